"""The tests pass for somebody who has used the casebook: they neither see nor change their work."""

import subprocess
import sys
from pathlib import Path

import pytest

from casebook.answers import shape
from casebook.answers.shape import Entry
from helpers import copy_house, end, env_of_nobody

AT = "2026-01-31T12:00:00Z"
ANSWERS = {
    ("exercise", "01-photograph"): Entry("2019-04", AT),
    ("prediction", "01-predict"): Entry(3, AT),
    ("forecast", "Q01@2022-08-01"): Entry(0.9, AT),
}


@pytest.fixture
def used_copy(tmp_path) -> Path:
    """The project as somebody leaves it: answers kept, an export made, a class's file handed in."""
    copy = copy_house(tmp_path / "used")
    for place in ("my_work/answers.json", "my_work/answers-of-ada.json", "class_answers/ada.json"):
        (copy / place).parent.mkdir(exist_ok=True)
        (copy / place).write_bytes(shape.written("ada", ANSWERS))
    return copy


def work_in(copy) -> dict[Path, bytes]:
    """All files of a learner's and of a teacher's folder."""
    folders = copy / "my_work", copy / "class_answers"
    return {path: path.read_bytes() for folder in folders for path in folder.iterdir()}


@pytest.mark.notebook
def test_notebooks_under_test_do_not_see_the_work_of_whoever_runs_them(used_copy):
    before = work_in(used_copy)
    lessons = [f"notebooks/{name}.ipynb" for name in ("01-three-reports", "class-results")]
    child = subprocess.run(
        [sys.executable, "-m", "pytest", *lessons],
        cwd=used_copy,
        env=env_of_nobody(),
        capture_output=True,
        text=True,
    )
    assert child.returncode == 0, child.stdout
    assert " passed" in child.stdout
    assert work_in(used_copy) == before


def test_a_server_that_stays_is_ended():
    stays = "import signal, time; signal.signal(15, signal.SIG_IGN); print('on', flush=True)"
    child = subprocess.Popen(
        [sys.executable, "-c", f"{stays}; time.sleep(600)"], stdout=subprocess.PIPE, text=True
    )
    with child.stdout:
        assert child.stdout.readline() == "on\n"
        end(child, patience=0.1)
    assert child.poll()
