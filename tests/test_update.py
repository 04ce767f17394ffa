"""A casebook that was used for a term, brought to a newer version as docs/installing.md says: by
unpacking a new ZIP beside it, and by git. Nothing that somebody wrote is lost.
"""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from helpers import HOUSE, copy_house, env_of_nobody

pytestmark = pytest.mark.slow

PAGE = (HOUSE / "docs" / "installing.md").read_text("utf-8")
TOLD = re.search(r"## A new version\n(.+?)\n## ", PAGE, re.S)[1]
OWN = re.findall(r"`(\w+)/`", TOLD)
OF_GIT = re.findall(r"`(git [a-z ]+)`", TOLD)
USED = """
from casebook import *
from casebook.answers import learner
tables = open_tables()
learner().keep("exercise", "00-dates", 2)
learner().keep("writing", "07-change", "because the words are older")
"""
LOOK = """
import json
from casebook import *
from casebook.answers import learner
tables = open_tables()
print(json.dumps([learner().kept("exercise", "00-dates"), learner().kept("writing", "07-change"),
    exercise(tables, "00-dates").says]))
"""
LESSON = "notebooks/00-start-here.ipynb"


def python(code: str, house) -> str:
    """Run code where a lesson runs; what it prints."""
    env = env_of_nobody() | {"PYTHONPATH": str(house / "notebooks")}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=house / "notebooks",
        env=env,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def git(house, *words: str, ok: bool = True) -> str:
    """Run git as somebody whose own settings are none."""
    own = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    name = {
        f"GIT_{who}_{what}": "a" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    done = subprocess.run(
        ["git", *words], cwd=house, env=os.environ | own | name, capture_output=True, text=True
    )
    assert done.returncode == 0 or not ok, done.stderr
    return done.stdout + done.stderr


def use(house) -> None:
    """What a term leaves in a casebook: answers, a class's files, a teacher's question, a notebook
    that somebody has written in.
    """
    python(USED, house)
    for folder, name in (("class_answers", "answers-of-ada.json"), ("my_questions", "01.yaml")):
        (house / folder).mkdir()
        (house / folder / name).write_text("kept", "utf-8")
    write_in(house, "My own note.")


def write_in(house, note: str) -> None:
    """Add a cell at a lesson's end."""
    path = house / LESSON
    notebook = json.loads(path.read_text("utf-8"))
    notebook["cells"].append(
        {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": [note]}
    )
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")


def newer(house) -> None:
    """A newer version: the lesson begins otherwise."""
    path = house / LESSON
    text = path.read_text("utf-8")
    assert text.count("# Start here") == 1
    path.write_text(text.replace("# Start here", "# Start here, newer"), "utf-8")


def check_that_nothing_is_lost(house) -> None:
    exercise, text, says = json.loads(python(LOOK, house))
    assert exercise == 2 and text == "because the words are older"
    assert says.startswith("Kept from before")
    assert (house / "class_answers" / "answers-of-ada.json").read_text("utf-8") == "kept"
    assert (house / "my_questions" / "01.yaml").read_text("utf-8") == "kept"


def test_the_page_names_every_folder_that_people_write_in():
    ignored = (HOUSE / ".gitignore").read_text("utf-8")
    kept = re.search(r"# the learner's own work\n(.+?)# made by", ignored, re.S)[1]
    assert sorted(re.findall(r"^(\w+)/$", kept, re.M)) == sorted(OWN)


def test_a_new_zip_beside_the_old_folder(tmp_path):
    old, new = copy_house(tmp_path / "old"), copy_house(tmp_path / "new")
    use(old)
    newer(new)
    for name in OWN:
        if (old / name).exists():
            shutil.copytree(old / name, new / name)
    check_that_nothing_is_lost(new)
    assert "# Start here, newer" in (new / LESSON).read_text("utf-8")


@pytest.fixture
def school(tmp_path):
    """(the project's repository, a school's clone of it that was used for a term)."""
    project = copy_house(tmp_path / "project", ".gitignore", ".gitattributes")
    git(project, "init", "--quiet", "--initial-branch", "main")
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--message", "old")
    clone = tmp_path / "school"
    git(tmp_path, "clone", "--quiet", str(project), str(clone))
    use(clone)
    return project, clone


def update(project, clone) -> None:
    """Publish, and bring the clone to it by the page's three commands."""
    git(project, "commit", "--quiet", "--all", "--message", "new")
    assert OF_GIT == ["git stash", "git pull", "git stash pop"]
    for command in OF_GIT:
        git(clone, *command.split()[1:], ok=command != "git stash pop")


def test_git_brings_the_new_lesson_and_what_was_written_into_it(school):
    project, clone = school
    newer(project)
    update(project, clone)
    check_that_nothing_is_lost(clone)
    lesson = (clone / LESSON).read_text("utf-8")
    assert "# Start here, newer" in lesson and "My own note." in lesson
    json.loads(lesson)


def test_where_both_wrote_the_stash_keeps_it(school):
    project, clone = school
    write_in(project, "The project's own new end.")
    update(project, clone)
    check_that_nothing_is_lost(clone)
    assert "My own note." in git(clone, "stash", "show", "--patch")
