"""The first cell of a lesson in any program that opens notebooks: with another working directory, a
copy of the lesson elsewhere, nothing beside it, somebody else's package of that name installed.
"""

import json
import subprocess
import sys

import pytest

from casebook.build.refresh import FIRST_CELL
from helpers import HOUSE, env_of_nobody

pytestmark = pytest.mark.slow

SHELL = """
import json, sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance(colors="NoColor")
done = shell.run_cell(sys.stdin.read())
where = sys.modules["casebook"].__file__ if "casebook" in sys.modules else ""
print(json.dumps({"ok": done.success, "facts": "tables" in shell.user_ns, "where": where}))
"""


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A casebook with folders of somebody's own in it, and nothing that leads back to this one."""
    place = tmp_path_factory.mktemp("first") / "casebook of a school"
    for folder in ("notebooks/mine", "copies/of-ada"):
        (place / folder).mkdir(parents=True)
    (place / "notebooks/casebook").symlink_to(HOUSE / "notebooks/casebook")
    return place


def first_cell_in(folder, tmp_path, **env) -> tuple[dict, str]:
    """What came of the first cell in a folder, and all that was printed."""
    clean = env_of_nobody() | {"IPYTHONDIR": str(tmp_path / "ipython")} | env
    if not env:
        clean.pop("PYTHONPATH", None)
    done = subprocess.run(
        [sys.executable, "-c", SHELL],
        input=FIRST_CELL,
        cwd=folder,
        env=clean,
        capture_output=True,
        text=True,
    )
    *said, found = done.stdout.strip().splitlines()
    return json.loads(found), "\n".join(said)


@pytest.mark.parametrize(
    "folder",
    [
        pytest.param("notebooks", id="JupyterLab"),
        pytest.param("", id="VS Code, whose folder is the whole project's"),
        pytest.param("copies", id="a copy one folder off"),
        pytest.param("copies/of-ada", id="a copy two folders off"),
        pytest.param("notebooks/mine", id="a folder among the lessons"),
    ],
)
def test_the_package_is_found(house, tmp_path, folder):
    found, said = first_cell_in(house / folder, tmp_path)
    assert found["ok"] and found["facts"], said
    assert said == ""


@pytest.mark.parametrize("name", ["statistics", "pandas"])
def test_a_file_of_ones_own_with_the_name_of_a_library_is_named(house, tmp_path, name):
    own = house / "notebooks" / f"{name}.py"
    own.write_text("x = 1\n", "utf-8")
    try:
        found, said = first_cell_in(house / "notebooks", tmp_path)
    finally:
        own.unlink()
    assert not found["ok"]
    assert said.startswith("This lesson can't begin: ") and said.count("\n") == 0
    assert f"the library of the same name: {name}.py. Give it another name" in said


def somebody_elses(tmp_path):
    """A folder of packages, with a casebook in it that is not ours, as a package index has it."""
    other = tmp_path / "site-packages"
    (other / "casebook").mkdir(parents=True)
    (other / "casebook/__init__.py").write_text("__version__ = '0.11.0'\n", "utf-8")
    return str(other)


@pytest.mark.parametrize("installed", [False, True], ids=["alone", "with another casebook"])
def test_alone_the_lesson_says_in_a_sentence_what_to_do(tmp_path, installed):
    """As on Colab, or out of an e-mail: nothing beside the file."""
    (tmp_path / "content").mkdir()
    env = {"PYTHONPATH": somebody_elses(tmp_path)} if installed else {}
    found, said = first_cell_in(tmp_path / "content", tmp_path, **env)
    assert not found["ok"]
    assert said.startswith("This lesson can't find what it needs: open it in the casebook's own")
    assert said.count("\n") == 0 and said.endswith("brings something else.")


def test_ours_comes_before_one_that_is_installed(house, tmp_path):
    found, _ = first_cell_in(house, tmp_path, PYTHONPATH=somebody_elses(tmp_path))
    assert found["ok"] and "site-packages" not in found["where"]
