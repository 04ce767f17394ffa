"""The whole suite in a copy of the house that has one document and one message more.

Left out of the default run: ``pytest -m grown``. There the wording is written anew before the
suite runs, as a person would who has read its diff. Two kinds of tests are left out in the copy:
those marked ``prose``, since sentences that people wrote, "of 90 rows", are rightly out of date
there; and those of start.py and of the browser, which know nothing of the rows.
"""

import re

import pytest

from grown import grow, run
from helpers import HOUSE

SUITE = ("tests", "notebooks", "-n", "2", "--dist", "loadscope", "-m", "not prose")
LEFT_OUT = ("--ignore=tests/browser", "--ignore=tests/test_start.py")

pytestmark = pytest.mark.grown


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """The copy, grown, built and refreshed, its wording written anew."""
    folder = grow(tmp_path_factory.mktemp("grown") / "house")
    said = run(folder, "-m", "pytest", "tests/test_wording.py", "--rewrite-wording")
    assert said.returncode == 0, said.stdout
    return folder


def test_the_suite_is_green_with_a_new_document_and_a_new_message(house):
    said = run(house, "-m", "pytest", *SUITE, *LEFT_OUT)
    assert said.returncode == 0, said.stdout


def test_prose_that_new_rows_made_out_of_date_is_named(house):
    said = run(house, "-m", "pytest", "tests", "-m", "prose", *LEFT_OUT)
    assert "FAILED tests/test_counts.py" in said.stdout
    rows = len((house / "data" / "messages.csv").read_text(encoding="utf-8").splitlines())
    assert re.search(rf"log_rows is {rows - 1}\b", said.stdout)


def test_the_wording_of_the_lessons_shows_what_has_changed(house):
    def title(folder):
        return (folder / "tests" / "wording" / "00.txt").read_text(encoding="utf-8")

    assert title(house) != title(HOUSE)
    assert "Ukraine" in title(house)
