"""First votes and second ones of a class: who changed, towards what, and at which card."""

import os
from pathlib import Path

import pytest

from casebook.answers import shape
from casebook.answers.shape import Entry
from casebook.classroom import changed_minds, class_work, turned_at
from casebook.classroom.minds import commitments, first_and_then, said_twice, turns_at_cards
from casebook.classroom.widgets import class_minds
from casebook.classroom.work import FOLDER
from casebook.exercises import find_exercise, second
from casebook.subjects.reports.methods.cards import steps, vote_key
from checks import check_legible

AT = "2026-01-31T12:00:00Z"


def hand_in(**answers):
    """A file for each learner: {name: {(kind, key): value}}."""
    folder = Path(os.environ["CASEBOOK_WORK"]) / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name, given in answers.items():
        entries = {place: Entry(value, AT) for place, value in given.items()}
        (folder / f"{name}.json").write_bytes(shape.written(name, entries))


def votes(name, first, then):
    return {("prediction", name): first, ("prediction", second(name)): then}


def test_who_said_it_once_only_is_left_out_and_changes_are_counted(tables):
    hand_in(
        anna=votes("10-passage", "quoted", "paraphrased"),
        ben=votes("10-passage", "paraphrased", "paraphrased"),
        carl={("prediction", "10-passage"): "outlet"},
        dora=votes("10-passage", "paraphrased", "outlet"),
    )
    work = class_work(tables)
    found = said_twice(work, find_exercise(tables, "10-passage")).set_index("learner")
    assert list(found.index) == ["anna", "ben", "dora"]
    assert found["changed"].to_dict() == {"anna": True, "ben": False, "dora": True}
    assert (found["right_first"].sum(), found["right_then"].sum()) == (2, 2)
    title = first_and_then(work, "10-passage").title
    assert title.endswith(
        "2 of 3 changed their vote; one turned to what we found, one away from it"
    )
    assert "2 → 2" in changed_minds(work).html()


def test_numbers_are_drawn_from_the_first_to_the_second(tables):
    hand_in(
        anna=votes("10-predict", 100, 30),
        ben=votes("10-predict", 10, 10),
        carl=votes("10-predict", 20, 60),
    )
    picture = first_and_then(class_work(tables), "10-predict")
    key = find_exercise(tables, "10-predict").key
    assert "from 20 to 30" in picture.title
    assert f"1 of 3 came nearer to {key}" in picture.title
    lines = [list(line.get_ydata()) for line in picture.axes[0].lines]
    assert lines[:3] == [[100, 30], [10, 10], [20, 60]]
    assert set(lines[3]) == {key}


def test_the_card_at_which_a_vote_turned_is_the_one_after_which_it_was_given(tables):
    names = steps(tables, "T14")
    keys = [("exercise", vote_key("T14", step)) for step in names]
    first = {("prediction", "01-meeting"): "open"}
    hand_in(
        anna=first | dict.fromkeys(keys[:2], "open") | dict.fromkeys(keys[2:], "contradicted"),
        ben=first | {keys[0]: "supported", keys[4]: "open"},
        carl=dict.fromkeys(keys, "open"),
    )
    work = class_work(tables)
    found = turns_at_cards(work, "T14")
    assert list(map(tuple, found[["learner", "step", "to"]].to_numpy())) == [
        ("anna", names[2], "contradicted"),
        ("ben", names[0], "supported"),
        ("ben", names[4], "open"),
    ]
    heights = {
        round(bar.get_x() + bar.get_width() / 2): 0 for bar in turned_at(work).axes[0].patches
    }
    for bar in turned_at(work).axes[0].patches:
        heights[round(bar.get_x() + bar.get_width() / 2)] += bar.get_height()
    assert [heights[n] for n in range(len(names))] == [1, 0, 1, 0, 1, 0, 0, 0][: len(names)]


def test_without_a_vote_it_says_so_and_where_such_answers_come_from(tables):
    hand_in(anna={("prediction", "10-passage"): "outlet"})
    work = class_work(tables)
    for exhibit in (changed_minds(work), turned_at(work), first_and_then(work, "10-passage")):
        assert exhibit.title.startswith("Your class: nobody")
    hand_in(anna={("judgement", "P01|P02"): "P01"})
    assert class_minds(class_work(tables)).says.startswith("Your class: nobody")


def test_the_synthetic_class_says_everything_twice_and_is_called_so(tables):
    work = class_work(tables)
    asked = commitments(work)
    assert {task.id[:2] for task in asked} >= {"01", "08", "09", "10"}
    for task in asked:
        assert len(said_twice(work, task)) > len(work.pooled.learners) / 2
        assert first_and_then(work, task.id).title.startswith("SYNTHETIC class: ")
    assert changed_minds(work).title.startswith("SYNTHETIC class: ")
    check_legible(turned_at(work))


@pytest.mark.parametrize("name", ["00-staircase", "09-predict"])
def test_the_question_stands_under_the_title(tables, name):
    exhibit = first_and_then(class_work(tables), name)
    assert exhibit.subtitle == find_exercise(tables, name).question
