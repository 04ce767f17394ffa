"""What a pupil meets: names and joined sentences, minutes that add up, questions that are not given
away, one order in every lesson.
"""

import json
import re

import pytest

import ruler
from casebook.core.tables import open_tables
from casebook.exercises import COMMITMENTS, Exercise, exercises, find_exercise
from helpers import header, lessons

LESSONS = open_tables().lessons.set_index("lesson")
# The tiers that are held to it, with the most minutes that their cores have.
MOST = {"opening": 45, "core path": 45, "option": 45, "methods lab": 60}
CORE = [p for p in lessons() if LESSONS.at[p.stem[:2], "tier"] in MOST]
AFTER = ["What holds, what fails, what stays open", "Check-out", "More time", "Code track"]
AFTER += ["Every address on this page", "Your own work"]
each = pytest.mark.parametrize("path", lessons(), ids=lambda p: p.stem)
each_core = pytest.mark.parametrize("path", CORE, ids=lambda p: p.stem)


def cells(path):
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def headings(path):
    """The headings of all levels, without their minutes."""
    text = "\n".join("".join(c["source"]) for c in cells(path) if c["cell_type"] == "markdown")
    return [h.split(" · ")[0] for h in re.findall(r"^#{2,} (.*)$", text, re.M)]


@each_core
def test_people_and_outlets_are_called_by_their_names(path):
    found = ruler.measure(path)
    assert found.bare <= 3
    assert not found.outside


@each_core
def test_sentences_have_their_because(path):
    found = ruler.measure(path)
    assert found.short < 0.20
    assert found.joined >= 0.25


@each_core
def test_minutes_are_counted_and_add_up(path):
    parts = [part for part in ruler.measure(path).parts if part.said or part.counted > 3]
    assert not [part for part in parts if part.counted > part.said + 1]
    said = sum(part.said for part in parts)
    lesson = LESSONS.loc[path.stem[:2]]
    assert said == lesson["minutes"] <= MOST[lesson["tier"]]
    assert re.search(rf"\*\*Time\*\* \| {said} minutes", header(path))


@each
def test_one_order_in_every_lesson(path):
    found = [h for h in headings(path) if h in AFTER]
    assert found == [h for h in AFTER if h in found]
    assert found[:2] == AFTER[:2]


@each
def test_the_read_track_is_stored_with_its_source_folded(path):
    for cell in (c for c in cells(path) if c["cell_type"] == "code"):
        code_track = "code-track" in cell["metadata"].get("tags", [])
        assert cell["metadata"].get("jupyter", {}).get("source_hidden", False) != code_track


def tasks(path):
    """The exercises of a lesson's core and check-out, as Exercise."""
    tables = open_tables()
    return [
        Exercise(text, tables)
        for text in tables.read_json("exercises")
        if text["exercise_id"][:2] == path.stem[:2] and text["group"] != "more time"
    ]


@each_core
def test_after_a_wrong_answer_a_link_says_where_to_look_again(path):
    for task in tasks(path):
        if task.kind not in COMMITMENTS:
            assert task.again in headings(path), f"{task.id}: {task.again}"


@each_core
def test_the_learner_commits_first_and_compares_afterwards(path):
    source = "\n".join("".join(c["source"]) for c in cells(path))
    commitments = [
        (f'predict(tables, "{task.id}")', f'exercise(tables, "{task.id}")')
        for task in tasks(path)
        if task.kind in COMMITMENTS
    ]
    if "print_headline(" in source:
        commitments.append(("print_headline(", "move_the_day("))
    assert commitments
    for first, then in commitments:
        assert 0 <= source.find(first) < source.find(then), first


def test_the_right_choice_is_not_known_by_its_length():
    chosen = [task for path in CORE for task in tasks(path) if task.kind in ("choose", "vote")]
    longest = [
        task.id
        for task in chosen
        if max(task.choices, key=lambda choice: len(choice[1]))[0] in task.key
    ]
    assert len(longest) <= 0.4 * len(chosen), longest


@pytest.mark.parametrize("lesson", LESSONS.index)
def test_no_place_is_right_in_more_than_half_of_the_choices(tables, lesson):
    """Of a lesson's check-out, of its sheet, and of all that it asks."""
    of_lesson = [exercises(tables, lesson, group) for group in ("exercise", "check-out")]
    handout = next(h for h in tables.read_json("handouts") if h["lesson"] == lesson)
    named = [name for part in handout["parts"] for name in part["exercises"]]
    on_sheet = [find_exercise(tables, name) for name in named] + of_lesson[1]
    for asked in (of_lesson[1], on_sheet, sum(of_lesson, [])):
        places = [place_of_the_right_one(t) for t in asked if t.kind in ("choose", "vote")]
        most = max(map(places.count, places))
        assert most <= max(1, len(places) / 2), f"{lesson}: {places}"


def place_of_the_right_one(task) -> int:
    return next(n for n, (value, _, _) in enumerate(task.choices, 1) if value in task.key)


def test_open_is_right_no_more_often_than_other_answers_are():
    """Whoever always takes the choice that leaves it open gets no further than by luck."""
    unsure = re.compile(
        r"\b(open|not known|not settled|nobody knows|can.t tell|cannot tell|neither)\b", re.I
    )
    offered = right = 0
    luck = 0.0
    for task in (task for path in CORE for task in tasks(path) if task.kind in ("choose", "vote")):
        cautious = [value for value, text, _ in task.choices if unsure.search(text)]
        if cautious:
            offered += 1
            right += any(value in task.key for value in cautious)
            luck += len(cautious) / len(task.choices)
    assert offered
    assert right <= luck + 1
