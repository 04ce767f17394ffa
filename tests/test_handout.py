"""The paper part of a lesson: one page, no network, no script, no answers but in the teacher's
copy.
"""

import re

import pytest

from casebook import __main__ as command
from casebook import handout
from casebook.exercises import exercises, find_exercise
from casebook.figure import as_html, marked
from casebook.subjects.reports.methods.coverage import position_matrix
from helpers import lessons

LESSONS = [p.stem[:2] for p in lessons()]
each = pytest.mark.parametrize("lesson", LESSONS)


@each
def test_needs_no_network_and_runs_nothing(tables, lesson):
    for answers in (False, True):
        page = handout.page(tables, lesson, answers)
        assert page.startswith("<!doctype html>")
        assert not re.search(r"<script|<link|<img|src=|@import|url\(", page)
        assert not re.search(r"href=['\"]", page)


@each
def test_the_pupils_copy_holds_no_answer_and_the_teachers_holds_them_all(tables, lesson):
    pupils, teachers = handout.page(tables, lesson), handout.page(tables, lesson, answers=True)
    asked = exercises(tables, lesson, group="check-out")
    assert len(asked) == 5
    for task in asked:
        worked = marked(task.worked)
        assert worked not in pupils
        assert worked in teachers
        assert marked(task.question) in pupils


def test_the_table_to_fill_is_blank_for_pupils_and_filled_for_teachers(tables):
    pupils, teachers = handout.page(tables, "01"), handout.page(tables, "01", answers=True)
    for row in ("T03", "T14", "T16"):
        statement = tables.statements.set_index("statement_id").at[row, "statement"]
        assert as_html(statement) in pupils
        assert row not in pupils
    assert "agrees</span>" not in pupils
    assert "silent</span>" not in pupils
    shown = position_matrix(tables).loc[["T03", "T14", "T01", "T15", "T16", "T22"]]
    assert teachers.count("agrees</span>") == (shown == "agrees").sum().sum()


def test_a_sorting_is_a_table_with_a_column_for_each_bin(tables):
    task = find_exercise(tables, "01-sort")
    teachers = handout.page(tables, "01", answers=True)
    assert teachers.count("<td>✓</td>") == len(task.choices)
    assert "<td>✓</td>" not in handout.page(tables, "01")


def test_the_extract_is_exact_and_says_where_the_whole_stands(tables):
    page = handout.page(tables, "01")
    assert "would entirely conform with the interests of the peoples of the two countries" in page
    assert "its text is not carried here" in page


def test_the_command_writes_where_it_says(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "HOUSE", tmp_path)
    assert command.main(["handout", "01", "--answers"]) == 0
    assert "01-answers.html" in capsys.readouterr().out
    assert (tmp_path / "handouts" / "01-answers.html").is_file()


def test_a_lesson_without_a_handout_is_told_with_those_there_are(capsys):
    assert command.main(["handout", "99"]) == 1
    assert "there is no hand-out for lesson '99'; there are: 00, 01" in capsys.readouterr().err


def test_boxes_to_tick_stay_on_paper(tables):
    assert handout.page(tables, "08").count("☐ the first<br>") == 3 + 10
