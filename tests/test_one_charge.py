"""Lesson 05's scene: one charge walked along, a vote at each stop, and what came after the walk."""

import re

import pytest
from ipywidgets import Dropdown, SelectionSlider

from casebook.core.tables import Tables
from casebook.exercises import find_exercise
from casebook.subjects.stances.charts.lane import ChargePicture, one_charge
from casebook.subjects.stances.charts.said import denials_up_to
from casebook.subjects.stances.methods import SINCE, answers_by_word, denials_until, stances_in
from casebook.subjects.stances.widgets import VOTES, walk_charge
from checks import check_legible
from helpers import control, press

STOPS = ["2022-08-11", "2024-06-21", "2024-10-18", "2024-10-25", "2024-12-31"]


@pytest.fixture
def walk(tables):
    return walk_charge(tables, "troops", STOPS, "Sent, or not?")


def vote(panel, value):
    control(panel, Dropdown).value = value


def new_rows(html):
    """The addresses in the list of what is new."""
    return re.findall(r"<sup>(\w+)</sup></li>", html)


def troops(tables):
    found = stances_in(tables, SINCE)
    return found[found["lane"] == "troops"]


def test_every_statement_is_told_once_on_the_walk_and_in_its_time(walk, tables):
    told = []
    for number in range(len(STOPS)):
        told += new_rows(walk.result)
        if number + 1 < len(STOPS):
            press(walk, "Later")
    seen = troops(tables.as_of(STOPS[-1]))
    assert told == list(seen["address"])
    assert len(troops(tables)) > len(seen), "the walk leaves the end to the fold"


def test_before_the_vote_what_is_new_has_no_mark_and_no_word_of_ours(walk):
    stored = "".join(walk.stored())
    assert "F384" in stored
    assert not re.search("denied|alleged|neither|admi", stored)
    assert "<img" not in walk.result
    vote(walk, "open")
    assert "one charge or claim and one denial" in walk.says
    assert walk.says.startswith(f"Your vote: {VOTES['open']}. As of 11 August 2022")
    assert "<img" in walk.result


def test_a_vote_stays_with_its_stop(walk):
    vote(walk, "false")
    press(walk, "Later")
    assert control(walk, Dropdown).value == "not yet"
    assert "read what is new, vote" in walk.says
    assert "1 charge" not in walk.says
    vote(walk, "true")
    control(walk, SelectionSlider).value = STOPS[0]
    assert control(walk, Dropdown).value == "false"


def test_no_state_of_the_walk_tells_of_what_came_after_it(walk, tables):
    after = troops(tables)[lambda found: found["date"] > STOPS[-1]]
    for state in walk.states():
        html, says = walk.state(state)
        shown = re.sub(r"data:image[^\"]*", "", html + says)
        assert not [address for address in after["address"] if address in shown]
        assert "2025" not in shown


def test_a_statement_planted_between_two_stops_is_told_at_the_second(tables, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    for path in tables.folder.iterdir():
        (folder / path.name).write_bytes(path.read_bytes())
    path = folder / "stances.csv"
    lines = path.read_text(encoding="utf-8")
    planted = "D99,troops,to Russia,others,a made-up ministry,alleged,2023-01-02,A planted charge."
    path.write_text(f"{lines}{planted},,F073,,,lesson,2023-01-02,event\n", encoding="utf-8")
    panel = walk_charge(Tables(folder), "troops", STOPS, "Sent, or not?")
    assert "planted" not in panel.result
    press(panel, "Later")
    assert "A planted charge." in panel.result


@pytest.mark.parametrize("day", [None, *STOPS])
def test_the_picture_of_one_charge_is_legible_and_hides_what_is_to_come(day, tables):
    picture = ChargePicture(tables, "troops").as_of(day)
    check_legible(picture)
    marks = [line for line in picture.axes[0].lines if len(line.get_xdata()) == 1]
    assert len(marks) == len(troops(tables.as_of(day)))
    assert ("As of" in picture.title) == (day is not None)


def test_the_whole_charge_ends_with_what_the_accused_said(tables):
    picture = one_charge(tables, "troops")
    assert "two admissions" in picture.title
    assert picture.html() == ChargePicture(tables, "troops").as_of("2024-12-31").as_of(None).html()
    assert find_exercise(tables, "05-troops").key == {"admitted"}
    assert not find_exercise(tables.as_of("2024-12-31"), "05-troops").key & {"admitted"}


def test_the_denials_up_to_a_day_show_no_direction(tables):
    shown = denials_up_to(tables, "2024-06-19")
    found = denials_until(tables, "2024-06-19")
    assert len(shown.rows) == len(found) == found["address"].nunique()
    answered = {charge for *_, charge in shown.rows}
    assert not [charge for charge in answered if re.search("→|Russia|Korea", charge)]
    both = found[found["lanes"].map(len) > 1]
    assert list(both["address"]) == ["F393"]
    assert set(found.loc[found["lanes"].map(lambda x: "technology" in x), "side"]) == {"Russia"}
    assert len(denials_until(tables, "2022-09-06")) == 3


def test_an_admission_is_in_no_bin_of_the_sorting(tables):
    found = answers_by_word(tables)
    assert set(found["says_no"]) == {"denied", "neither yes nor no"}
    assert not {"D29", "D30"} & set(found["stance_id"])
