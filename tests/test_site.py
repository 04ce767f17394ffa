"""What goes into the site with JupyterLite, and what is refused; without a download. The site
itself, in a browser: tests/browser/test_site.py, by -m site.
"""

import gzip
import hashlib
import io
import json
import re
import zipfile

import pytest

from casebook.edition.lab import fetch, wheels
from casebook.edition.lab.distribution import FIRST, same, write
from casebook.edition.lab.fetch import NotFetched
from casebook.edition.lab.site import configuration
from casebook.edition.lab.wheels import NAME, SEEDS, Wheel
from casebook.edition.lab.write import ABOUT, first_visit, link
from helpers import HOUSE, notebooks

ABOUT_IT = b"""Metadata-Version: 2.1
Name: Some_Package
Version: 1.2
Requires-Dist: numpy>=1
Requires-Dist: typing_extensions; python_version < "3.11"
Requires-Dist: pexpect; sys_platform != "emscripten"
Requires-Dist: js-thing; sys_platform == "emscripten"
Requires-Dist: pytest; extra == "test"
"""
FILES = {
    "some_package/__init__.py": b"found = 1",
    "some_package/tests/test_it.py": b"",
    "some_package/_fast.cpython-314-wasm32-emscripten.so": b"\0asm",
    "single.py": b"",
    "some_package-1.2.dist-info/METADATA": ABOUT_IT,
    "some_package-1.2.dist-info/WHEEL": b"",
    "some_package-1.2.dist-info/RECORD": b"",
}
FILE_NAME = "some_package-1.2-cp314-cp314-pyemscripten_2026_0_wasm32.whl"


def zipped(files=None) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as packed:
        for name, content in (files or FILES).items():
            packed.writestr(name, content)
    return raw.getvalue()


def names(raw: bytes) -> list[str]:
    return zipfile.ZipFile(io.BytesIO(raw)).namelist()


def test_a_wheel_is_read_with_what_a_browser_needs_of_it():
    wheel = wheels.read(zipped(), FILE_NAME, ["/tests/"])
    assert wheel[:3] == ("some-package", "1.2", "cp314-cp314-pyemscripten_2026_0_wasm32")
    assert wheel.needs == ["js-thing", "numpy"]
    assert wheel.modules == ["single", "some_package"]
    assert "some_package/tests/test_it.py" not in wheel.files
    assert "some_package-1.2.dist-info/METADATA" in wheel.files


def test_a_wheel_without_its_compiled_part_is_for_any_machine():
    assert wheels.read(zipped(), FILE_NAME, [r"\.so$"]).tag == "py3-none-any"


def test_a_wheel_is_written_the_same_way_and_its_name_tells_its_content():
    wheel = wheels.read(zipped(), FILE_NAME)
    raw = wheel.packed()
    assert raw == wheels.read(zipped(dict(reversed(FILES.items()))), FILE_NAME).packed()
    other = wheel._replace(files=wheel.files | {"single.py": b"changed = 1"})
    assert wheel.file_name(raw) != other.file_name(other.packed())
    assert re.fullmatch(
        r"some_package-1\.2-\d+-cp314-cp314-pyemscripten_2026_0_wasm32\.whl", wheel.file_name(raw)
    )


def test_the_casebook_is_carried_under_a_name_that_nobody_else_has():
    wheel = wheels.casebook()
    assert (NAME, wheel.modules) == ("letters-to-pact", ["casebook"])
    assert not [name for name in wheel.files if re.match("casebook/(edition|lab)/", name)]
    assert not [name for name in wheel.files if name.endswith((".txt", ".pyi", ".pyc"))]
    for path in (HOUSE / "data").glob("*.csv"):
        assert wheel.files[f"casebook/house/data/{path.name}"] == path.read_bytes()
    lesson = json.loads(wheel.files[f"casebook/house/notebooks/{notebooks()[0].name}"])
    assert {cell["cell_type"] for cell in lesson["cells"]} == {"markdown"}


def test_records_come_apart_from_what_every_lesson_loads():
    seeds = wheels.seeds()
    assert seeds.name == SEEDS
    assert "casebook/house/seeds/corpus/records/S0.yaml" in seeds.files
    assert not [name for name in wheels.casebook().files if "/house/seeds/" in name]


def test_a_wheel_that_is_not_the_official_one_is_refused():
    entry = {"file_name": "numpy.whl", "sha256": hashlib.sha256(b"as it was").hexdigest()}
    same(b"as it was", entry)
    with pytest.raises(NotFetched, match="numpy.whl is not the one that Pyodide's own lock names"):
        same(b"another", entry)


def test_a_download_that_is_not_the_locked_one_is_refused_and_thrown_away(tmp_path):
    came = tmp_path / "numpy.whl"
    came.write_bytes(b"another")
    with pytest.raises(NotFetched, match="not the one named in carried.toml"):
        fetch.check(came, hashlib.sha256(b"as it was").hexdigest())
    assert not came.exists()


def test_what_lessons_use_here_is_what_the_browser_gets():
    """But for what Pyodide compiles, and what the kernel brings."""
    text = (HOUSE / "requirements.txt").read_text(encoding="utf-8")
    ours = dict(re.findall(r"^([a-z0-9-]+)==([^ \\\n]+)", text, re.M))
    carried = fetch.lock()["packages"]
    for name in ("anywidget", "choix", "ipywidgets", "krippendorff"):
        assert carried[name]["version"] == ours[name], name
    wanted = [*carried.values(), fetch.lock()["carrier"], fetch.lock()["pyodide"]]
    assert all(re.fullmatch("[0-9a-f]{64}", entry["sha256"]) for entry in wanted)


def wheel_of(name, needs, size) -> Wheel:
    content = hashlib.sha256(name.encode()).digest() * (size // 32)
    return Wheel(name, "1", "py3-none-any", {f"{name}.txt": content}, needs, [name])


def test_the_lock_of_the_site_names_what_is_carried_and_no_more(tmp_path):
    carried = [wheel_of("numpy", [], 64), wheel_of("pandas", ["numpy", "pytz"], 64)]
    core = {name: b"core" for name in fetch.lock()["pyodide"]["core"]}
    core["pyodide-lock.json"] = json.dumps({"info": {"python": "3.14.2"}, "packages": {}}).encode()
    write(carried, core, tmp_path)
    lock = json.loads((tmp_path / "pyodide-lock.json").read_text())
    assert lock["info"] == {"python": "3.14.2"}
    assert lock["packages"]["pandas"]["depends"] == ["numpy"]
    for entry in lock["packages"].values():
        raw = (tmp_path / entry["file_name"]).read_bytes()
        assert hashlib.sha256(raw).hexdigest() == entry["sha256"]


def test_what_a_first_visit_costs_is_counted(tmp_path):
    entries = {}
    for name in (*FIRST, NAME, "numpy", "scipy"):
        needs = ["numpy"] if name == NAME else []
        entries[name] = {"file_name": f"{name}.whl", "depends": needs}
        (tmp_path / f"{name}.whl").write_bytes(b"0" * (3_000_000 if name == "numpy" else 0))
    (tmp_path / "scipy.whl").write_bytes(b"0" * 9_000_000)
    (tmp_path / "pyodide-lock.json").write_text(json.dumps({"packages": entries}))
    (tmp_path / "pyodide.asm.wasm").write_bytes(b"0" * 9_000_000)
    assert len(gzip.compress(b"0" * 9_000_000)) < 10_000
    assert first_visit(tmp_path) == 3


def test_a_page_leads_to_its_notebook_and_says_what_that_costs(tmp_path):
    page = tmp_path / "01-three-reports.html"
    page.write_text(f"<h1>Three reports</h1>{ABOUT}The lesson as a page.</p>", encoding="utf-8")
    link(page, "01-three-reports.ipynb", 23)
    text = page.read_text(encoding="utf-8")
    assert "href='run/notebooks/index.html?path=01-three-reports.ipynb'" in text
    assert text.index("about 23 MB") < text.index(ABOUT)
    page.write_text("<h1>Three reports</h1>", encoding="utf-8")
    with pytest.raises(ValueError, match="has no place for a link"):
        link(page, "01-three-reports.ipynb", 23)


def test_every_lesson_of_the_edition_has_the_place_for_its_link(edition):
    for path in notebooks():
        assert ABOUT in (edition / f"{path.stem}.html").read_text(encoding="utf-8")


def test_the_kernel_is_told_to_fetch_nothing_from_elsewhere():
    told = configuration(23)["jupyter-config-data"]
    kernel = told["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    assert kernel["disablePyPIFallback"] is True
    assert NAME in kernel["loadPyodideOptions"]["packages"]
    assert "://" not in json.dumps(told)
