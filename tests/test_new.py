"""A lesson begun by `python start.py new`: what is written, what is refused, and that every test
that looks at lessons passes at once.
"""

import subprocess
import sys

import pytest

from casebook import __main__ as command
from casebook.build.new import Refused, new_lesson
from helpers import HOUSE, copy_house, env_of_nobody, lessons

FREE = f"{int(lessons()[-1].stem[:2]) + 1:02d}"
NAME = f"{FREE}-a-title"
LOOK_AT_LESSONS = (
    *(f"tests/test_{name}.py" for name in ("notebooks", "exercises", "code", "counts", "kit")),
    "tests/test_kit_paper.py",
    "tests/test_more_time.py::test_the_plan_names_every_lesson_and_is_one_page",
    "notebooks/00-start-here.ipynb",
    f"notebooks/{NAME}.ipynb",
)


def done_in(house, *arguments) -> str:
    """What a module of Python prints, started in a folder of the project; it must succeed."""
    child = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=house,
        env=env_of_nobody(),
        capture_output=True,
        text=True,
    )
    assert child.returncode == 0, child.stdout + child.stderr
    return child.stdout


@pytest.mark.notebook
def test_a_new_lesson_is_built_and_run_and_all_that_looks_at_lessons_passes(tmp_path, request):
    copy = copy_house(tmp_path / "copy", "teach", "tests", "docs", "README.md")
    said = done_in(copy / "notebooks", "casebook", "new", NAME)
    assert f"teach/{FREE}.md" in said
    assert f"{NAME}.ipynb … stored afresh" in said
    assert f"\n{FREE},{NAME}.ipynb,A title," in (copy / "data" / "lessons.csv").read_text("utf-8")
    # In a house that has grown its suite leaves out tests, and so does this part of it.
    marked = request.config.getoption("markexpr")
    asked = ("-m", marked) if marked else ()
    assert " passed" in done_in(copy, "pytest", *LOOK_AT_LESSONS, *asked)


@pytest.fixture
def begun(tmp_path):
    """A folder that holds what a new lesson is written beside."""
    for folder in ("notebooks", "teach", "seeds/lessons"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "teach" / "plan.md").write_text("# A plan\n", "utf-8")
    return tmp_path


def test_what_is_written_is_said_and_holds_no_blank_to_fill(begun):
    written = new_lesson(begun, "00-two-words")
    assert {path.relative_to(begun).as_posix() for path in written} == {
        "notebooks/00-two-words.ipynb",
        "teach/00.md",
        "teach/plan.md",
        *(f"seeds/lessons/00/{name}.yaml" for name in ("code", "exercises", "handout", "lesson")),
    }
    texts = [path.read_text("utf-8") for path in written]
    assert not any("$" in text for text in texts)
    assert "# 00 · Two words" in texts[0]
    assert texts[-1].endswith("Not planned yet: 00, Two words.\n")


@pytest.mark.parametrize(
    "name",
    ["11", "title", "1-title", "011-title", "11-Title", "11-a--b", "11-a_b", "11-é", "../11-a", ""],
)
def test_a_name_of_another_form_is_refused_and_nothing_is_written(begun, name):
    before = sorted(begun.rglob("*"))
    with pytest.raises(Refused, match="no name for a lesson.* 00-your-title"):
        new_lesson(begun, name)
    assert sorted(begun.rglob("*")) == before


@pytest.mark.parametrize("place", ["notebooks/00-old.ipynb", "seeds/lessons/00/", "teach/00.md"])
def test_a_number_that_is_taken_anywhere_is_refused_with_the_first_that_is_free(begun, place):
    (begun / place).mkdir()
    with pytest.raises(Refused, match="lesson 00 already.* is 01"):
        new_lesson(begun, "00-new")


def test_the_command_says_why_it_refuses(capsys):
    before = sorted((HOUSE / "seeds" / "lessons").iterdir())
    assert command.main(["new", "00-again"]) == 1
    assert f"first free number is {FREE}" in capsys.readouterr().err
    assert sorted((HOUSE / "seeds" / "lessons").iterdir()) == before
