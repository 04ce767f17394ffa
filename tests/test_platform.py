"""What a kernel in a browser does otherwise, tried here with stand-ins for Pyodide's own modules:
saving without locks, packages that come when they are imported, results that are empty.
"""

import base64
import datetime as dt
import io
import re
import subprocess
import sys
import warnings
import zipfile
from types import SimpleNamespace

import pytest
from ipywidgets import FileUpload

from casebook.answers import files, learner, shape
from casebook.answers.files import Unlocked
from casebook.answers.store import Work
from casebook.core import platform
from casebook.core.platform import late_packages, without_empty_results
from casebook.exercises import work_widget
from casebook.exercises.work_widget import my_work
from helpers import HOUSE, control, copy_house, env_of_nobody, press


def wheel(module: str, text: str) -> bytes:
    """A wheel of one module."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as file:
        file.writestr(f"{module}.py", text)
    return raw.getvalue()


class Site:
    """The modules ``js`` and ``pyodide_js`` of a kernel whose site carries these wheels."""

    def __init__(self, wheels: dict[str, bytes], needs: dict[str, list[str]], loaded=()):
        self.asked: list[str] = []
        entries = {
            name: {"file_name": f"{name}.whl", "depends": needs.get(name, []), "imports": [name]}
            for name in wheels
        }
        self.js = SimpleNamespace(XMLHttpRequest=SimpleNamespace(new=lambda: _Request(self)))
        self.pyodide = SimpleNamespace(
            lockfile=SimpleNamespace(packages=SimpleNamespace(to_py=lambda: entries)),
            lockfileBaseUrl="https://example.org/pyodide/",
            loadedPackages=SimpleNamespace(to_py=lambda: {name: "" for name in loaded}),
            unpackArchive=self._unpack,
        )
        self.wheels = wheels

    @staticmethod
    def _unpack(raw, kind, extractDir):
        assert kind == "wheel"
        zipfile.ZipFile(io.BytesIO(raw)).extractall(extractDir)


class _Request:
    def __init__(self, site):
        self.site, self.responseType = site, ""

    def open(self, method, url, waits_not):
        assert (method, waits_not) == ("GET", False)
        self.name = url.removeprefix("https://example.org/pyodide/").removesuffix(".whl")

    def send(self, _):
        assert self.responseType == "arraybuffer"
        self.site.asked.append(self.name)
        self.response = self.site.wheels[self.name]
        self.status = 200 if self.response else 404


@pytest.fixture
def carried(tmp_path, monkeypatch):
    """carried(site): Python finds what the site carries, and looks for it in an empty folder."""
    before = set(sys.modules)

    def use(site):
        monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
        finder = late_packages(site.pyodide, site.js, tmp_path)
        monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, finder])

    yield use
    for name in set(sys.modules) - before:
        del sys.modules[name]


def test_a_package_comes_with_its_import_and_what_it_needs_first(carried):
    wheels = {
        "lpt_scale": wheel("lpt_scale", "import lpt_numbers; found = lpt_numbers.found"),
        "lpt_numbers": wheel("lpt_numbers", "found = 42"),
        "lpt_unused": wheel("lpt_unused", ""),
    }
    site = Site(wheels, {"lpt_scale": ["lpt_numbers"]})
    carried(site)
    assert __import__("lpt_scale").found == 42
    assert site.asked == ["lpt_numbers", "lpt_scale"]
    __import__("lpt_scale")
    assert len(site.asked) == 2


def test_what_is_loaded_or_not_carried_is_not_asked_for(carried):
    site = Site({"lpt_there": wheel("lpt_there", "")}, {}, loaded=["lpt_there"])
    carried(site)
    for name in ("lpt_there", "lpt_nowhere"):
        with pytest.raises(ModuleNotFoundError):
            __import__(name)
    assert site.asked == []


def test_a_site_that_lacks_the_file_is_said(carried):
    carried(Site({"lpt_lost": b""}, {}))
    with pytest.raises(ImportError, match="lpt_lost could not be fetched: the site answers 404"):
        __import__("lpt_lost")


class Hook:
    """A display hook as a kernel in a browser has it."""

    def __init__(self):
        self.data, self.sent = {}, []
        self.publish_execution_result = self.sent.append

    def finish_displayhook(self):
        if self.publish_execution_result:
            self.publish_execution_result(self.data)
        self.data = {}


def test_a_result_that_is_empty_is_not_sent():
    class Mended(Hook):
        pass

    without_empty_results(Mended)
    plain, hook = Hook(), Mended()
    plain.finish_displayhook()
    assert plain.sent == [{}]
    hook.finish_displayhook()
    assert hook.sent == []
    hook.data = {"text/plain": "1"}
    hook.finish_displayhook()
    assert hook.sent == [{"text/plain": "1"}]
    assert hook.data == {}


def test_in_a_browser_answers_are_saved_without_a_lock(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "IN_BROWSER", True)
    monkeypatch.setitem(sys.modules, "filelock", None)  # importing it would fail
    with warnings.catch_warnings(record=True) as said:
        Work(tmp_path / "work").keep("exercise", "01-meeting", "no")
    assert not said
    assert [path.name for path in (tmp_path / "work").iterdir()] == ["answers.json"]
    assert Work(tmp_path / "work").kept("exercise", "01-meeting") == "no"
    assert isinstance(files.acquired(str(tmp_path / "lock"), 0), Unlocked)


def test_where_work_is_kept(monkeypatch, tmp_path):
    monkeypatch.delenv("CASEBOOK_WORK")
    assert platform.work_folder() == HOUSE / "my_work"
    assert platform.class_folder("class_answers") == HOUSE / "class_answers"
    monkeypatch.setattr(platform, "IN_BROWSER", True)
    assert platform.work_folder().as_posix() == "/drive/my_work"
    assert platform.class_folder("class_answers").as_posix() == "/drive/class_answers"
    monkeypatch.setenv("CASEBOOK_WORK", str(tmp_path))
    assert learner().folder == platform.work_folder() == tmp_path
    assert platform.class_folder("class_answers") == tmp_path / "class_answers"


@pytest.mark.slow
def test_a_house_inside_the_package_is_the_one_that_counts(tmp_path):
    house = copy_house(tmp_path / "copy")
    package = house / "notebooks" / "casebook"
    (package / "house").mkdir()
    (house / "data").rename(package / "house" / "data")
    found = subprocess.run(
        [sys.executable, "-c", "from casebook import *; print(len(open_tables().sources))"],
        env=env_of_nobody() | {"PYTHONPATH": str(package.parent)},
        capture_output=True,
        text=True,
    )
    assert found.returncode == 0, found.stderr
    assert int(found.stdout) >= 5


def test_on_a_desktop_nothing_is_prepared():
    before = list(sys.meta_path)
    platform.prepare()
    assert sys.meta_path == before


@pytest.fixture
def in_a_browser(monkeypatch):
    """my_work as it is in a browser."""
    monkeypatch.setattr(work_widget, "IN_BROWSER", True)
    return my_work


def chosen(panel, name: str, raw: bytes):
    """Choose a file, as a browser hands it over."""
    control(panel, FileUpload).value = (
        {
            "name": name,
            "type": "application/json",
            "size": len(raw),
            "content": memoryview(raw),
            "last_modified": dt.datetime(2026, 1, 31, tzinfo=dt.UTC),
        },
    )


def offered(html) -> tuple[str, bytes]:
    """The name and the content of the download that a panel offers."""
    link = r"download='([^']+)' href='data:application/json;base64,([^']+)'"
    name, raw = re.search(link, html).groups()
    return name, base64.b64decode(raw)


def test_an_export_is_a_download_and_comes_back_by_a_chosen_file(in_a_browser, tables):
    learner().keep("exercise", "01-meeting", "no")
    learner().keep("writing", "01-write", "My words.")
    panel = in_a_browser(tables)
    press(panel, "Hand in")
    assert "Your file is ready to download below" in panel.says
    assert "one choice with" in panel.says
    name, raw = offered(panel.result)
    assert name == f"answers-of-{learner().pseudonym}.json"
    assert "My words" not in raw.decode()
    press(panel, "Look again")
    assert "download=" not in panel.result
    learner().delete()
    chosen(panel, f"C:\\class\\{name}", raw)
    press(panel, "Look into the file")
    assert panel.says.startswith("The file would add one answer")
    press(panel, "Import")
    assert learner().kept("exercise") == {"01-meeting": "no"}


def test_a_chosen_file_never_takes_the_place_of_the_work_itself(in_a_browser, tables):
    learner().keep("exercise", "01-meeting", "no")
    before = learner().path.read_bytes()
    panel = in_a_browser(tables)
    press(panel, "Look into the file")
    assert panel.says == "First choose a file, as in answers-of-Ada.json."
    for name in ("answers.json", "../answers.json", "../../answers.json"):
        chosen(panel, name, b"broken")
        press(panel, "Look into the file")
        assert "can't be imported" in panel.says
    chosen(panel, "large.json", b" " * (shape.MOST_BYTES + 1))
    press(panel, "Look into the file")
    assert "too large" in panel.says
    assert learner().path.read_bytes() == before
    assert sorted(path.name for path in learner().folder.iterdir()) == [
        ".answers.json.lock",
        "answers.json",
        "import-of-answers.json",
    ]
