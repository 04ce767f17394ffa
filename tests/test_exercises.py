"""Exercises: their answers come from the tables, wrong choices are really wrong, and each check
says why.
"""

import json
import re
import shutil

import pytest

from casebook.answers import learner
from casebook.build import write
from casebook.build.seeds import read_seeds
from casebook.core.tables import Tables
from casebook.exercises import Exercise, exercises, find_exercise
from casebook.exercises.work_widget import walk
from casebook.records.reader import SeedsError
from helpers import HOUSE, lessons, spoil

TEXTS = json.loads((HOUSE / "data" / "exercises.json").read_text(encoding="utf-8"))
each = pytest.mark.parametrize("text", TEXTS, ids=[t["exercise_id"] for t in TEXTS])


@each
def test_the_key_is_among_the_choices_and_something_is_wrong(text, tables):
    task = Exercise(text, tables)
    values = {value for value, _, _ in task.choices}
    if task.kind == "sentence":
        assert not values
        assert not task.key
    elif task.kind in ("choose", "vote"):
        assert len(task.key) == 1
        assert len(values) >= 3
    elif task.kind == "choose all":
        assert task.key
        assert task.key < values
    elif task.kind == "sort":
        assert set(task.key) == values
        assert set(task.key.values()) == set(task.bins)
    else:
        assert isinstance(task.key, int)
        assert task.key > 0
        assert task.most is None or task.key < task.most


@each
def test_the_right_answer_is_right_and_every_other_is_told_why(text, tables):
    task = Exercise(text, tables)
    if task.kind == "sentence":
        return  # nobody's sentence is right or wrong
    right = next(iter(task.key)) if task.kind in ("choose", "vote") else task.key
    assert task.check(right).right
    assert task.check(right).reasons
    values = [value for value, _, _ in task.choices]
    if task.kind in ("choose", "vote"):
        wrong = [value for value in values if value not in task.key]
    elif task.kind == "choose all":
        wrong = [set(values), {values[-1]}] if {values[-1]} != task.key else [set(values)]
    elif task.kind == "sort":
        wrong = [dict.fromkeys(values, task.bins[0])]
    else:
        wrong = [10_000]
    for answer in wrong:
        checked = task.check(answer)
        assert not checked.right
        assert checked.reasons
        assert all(len(r) > 15 for r in checked.reasons)


@each
def test_an_unanswered_exercise_says_so_kindly(text, tables):
    task = Exercise(text, tables)
    empty = {"sort": dict.fromkeys((v for v, _, _ in task.choices), "")}.get(task.kind)
    checked = task.check(empty)
    assert not checked.right
    assert "Not answered yet" in checked.verdict
    assert not checked.reasons


@each
def test_neither_question_nor_hint_gives_the_worked_answer(text, tables):
    assert text["worked"] not in text["question"] + text["hint"]
    assert len(text["worked"]) > 30


def test_the_answer_follows_the_tables(tables, tmp_path):
    """Change the data, and the answer changes: nothing is typed in."""
    shutil.copytree(tables.folder, tmp_path / "data")
    path = tmp_path / "data" / "bearings.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("T16,F002,contradicts", "T16,F002,supports"),
        encoding="utf-8",
    )
    assert find_exercise(Tables(tmp_path / "data"), "01-first-country").key == {"supported"}
    assert find_exercise(tables, "01-first-country").key == {"contradicted"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "name, old, new, says",
    [
        (
            "records/S1.yaml",
            (
                r"(claim_id: S1-c27\n(?:    .*\n)*?)    voice: outlet\n(    stance: .*\n    role:"
                r" .*\n)    origin: none_named"
            ),
            r"\1    attributed_to: an official\n    voice: paraphrased\n\2    origin: officials",
            (
                "00-own-voice: the why of 'outlet' explains 'right', and the tables say 'wrong'."
                " Allowed: a why for the answer that the tables give"
            ),
        ),
        (
            "lessons/00/exercises.yaml",
            r"(exercise_id: 00-own-voice\n(?:  .*\n)*?  worked: )",
            r"\1Of {nothing_counted} claims one. ",
            "{nothing_counted} is no count here. Allowed: a name of counts.yaml",
        ),
        (
            "handout.yaml",
            r"heading: A forecast",
            "heading: A forecast of {nothing_counted:words}",
            "handout.yaml: {nothing_counted} is no count here",
        ),
        (
            "lessons/05/exercises.yaml",
            r"explains: right",
            "explains: wrong",
            "explains 'wrong', and the tables say 'right'",
        ),
    ],
)
def test_a_why_for_another_answer_and_a_count_that_is_not_there_stop_the_build(
    name, old, new, says, tmp_path
):
    """The row alone is sound; only the finished tables can say that it and an exercise do not
    agree.
    """
    seeds = shutil.copytree(HOUSE / "seeds", tmp_path / "seeds")
    spoil(seeds, name, old, new)
    with pytest.raises(SeedsError, match=re.escape(says)):
        write.contents(read_seeds(seeds), (seeds / "essay.md").read_text(encoding="utf-8"))


def test_five_questions_end_a_lesson_two_of_them_on_an_unseen_snippet(tables):
    for path in lessons():
        asked = exercises(tables, path.stem[:2], group="check-out")
        assert len(asked) == 5
        assert sum(bool(task.snippet) for task in asked) == 2


def test_every_exercise_stands_in_its_lesson():
    for text in TEXTS:
        if text["group"] != "check-out":
            (path,) = [p for p in lessons() if p.stem.startswith(text["exercise_id"][:2])]
            assert f'\\"{text["exercise_id"]}\\"' in path.read_text(encoding="utf-8")


def test_an_unknown_exercise_is_named_with_those_there_are(tables):
    with pytest.raises(KeyError, match="no exercise '01-nothing'; there are: 00-dates"):
        find_exercise(tables, "01-nothing")


@pytest.mark.parametrize(
    "exercise_id, kept, usable",
    [
        ("00-own-voice", "paraphrased", "paraphrased"),
        ("00-own-voice", "no longer a choice", None),
        ("00-own-voice", ["paraphrased"], None),
        ("00-knowable", ["F070", "F003", "F999"], ["F003", "F070"]),
        ("00-knowable", ["F999"], None),
        ("00-knowable", "F003", None),
        ("00-dates", 3, 3),
        ("00-dates", 0, 0),
        ("00-dates", "3", None),
        ("00-dates", True, None),
        ("01-predict", 2, 2),
        ("01-predict", 99, None),
        ("01-predict", {"a": "b"}, None),
    ],
)
def test_of_what_was_kept_only_what_the_exercise_still_has_is_usable(
    tables, exercise_id, kept, usable
):
    assert find_exercise(tables, exercise_id).usable(kept) == usable


def test_a_sorting_kept_from_before_loses_what_is_gone(tables):
    task = find_exercise(tables, "01-sort")
    item, other = (value for value, _, _ in task.choices[:2])
    assert task.usable({item: task.bins[0], other: "no bin", "gone": task.bins[0]}) == {
        item: task.bins[0]
    }
    assert task.usable({"gone": task.bins[0]}) is None
    assert task.usable([item]) is None


def test_the_map_counts_what_can_still_be_shown(tables):
    learner().keep("exercise", "00-own-voice", "no longer a choice")
    learner().keep("exercise", "00-dates", 3)
    learner().keep("prediction", "01-predict", 99)
    html = walk(tables).body()
    assert "1 of 9" in html
    assert html.count("nothing yet") == len(tables.lessons) - 1


def test_what_a_pupil_has_not_seen_before_stands_in_no_earlier_lesson():
    """A snippet that is said to be new: its address is shown in no lesson before, on no sheet."""
    shown = {path.name[:2]: path.read_text("utf-8") for path in lessons()}
    sheets = json.loads((HOUSE / "data" / "handouts.json").read_text("utf-8"))
    new = [text for text in TEXTS if "not seen before" in text["question"]]
    assert new
    for text in new:
        own, address = text["exercise_id"][:2], re.compile(rf"\b{text['snippet_address']}\b")
        before = [seen for number, seen in shown.items() if number < own]
        before += [json.dumps(sheet) for sheet in sheets if sheet["lesson"] < own]
        assert not any(map(address.search, before)), text["exercise_id"]
