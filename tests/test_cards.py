"""Lesson 01: the vote that is taken again after each card, three circles, on whom reports lean."""

import datetime as dt
import re
from html import escape

import pandas as pd
import pytest
from ipywidgets import Checkbox, RadioButtons

from casebook.answers import learner
from casebook.classroom.work import allowed_answers
from casebook.core.tables import Tables
from casebook.exercises import find_exercise
from casebook.figure.english import day
from casebook.subjects.reports.charts.cards import (
    COVERED,
    card_front,
    cards_to_read,
    judged_cards,
    vote_path,
)
from casebook.subjects.reports.charts.circles import circles, one_source
from casebook.subjects.reports.charts.reports import quotation
from casebook.subjects.reports.methods.cards import (
    THEN,
    VOTES,
    cards_of,
    judged,
    steps,
    turns,
    vote_key,
)
from casebook.subjects.reports.methods.coverage import position_matrix, shared_by
from casebook.subjects.reports.methods.leaning import leanings
from casebook.subjects.reports.widgets import vote_by_cards
from checks import check_legible
from helpers import control, press

SCENE, FIRST, DAY = "T14", "01-meeting", "2022-08-31"
THREE = ["S0", "S1", "S4"]


@pytest.fixture
def panel(tables):
    return vote_by_cards(tables, SCENE, first=FIRST, day=DAY)


def vote(panel, value):
    control(panel, RadioButtons).value = value


def to_the_end(panel, tables, value="open"):
    """Open every card, voting alike on each, and as the judge of the day."""
    for step in steps(tables, SCENE):
        press(panel, f"Go back to {day(DAY)}" if step == THEN else "Open the next card")
        vote(panel, value)


def test_before_the_first_card_nothing_is_told_and_nothing_can_be_voted(panel, tables):
    text, html = panel.stored()
    for card in cards_of(tables, SCENE).itertuples():
        assert card.says not in html
        assert card.heading not in html
    assert panel.says == "No card is open yet."
    assert control(panel, RadioButtons).disabled
    assert "contradicted" not in html + text


def test_a_card_is_opened_once_the_one_before_it_is_voted_on(panel, tables):
    first, second, *_ = cards_of(tables, SCENE).itertuples()
    press(panel, "Open the next card")
    assert first.heading in panel.result
    assert day(first.public_from) in panel.result
    press(panel, "Open the next card")
    assert panel.says.startswith("Vote first")
    assert second.heading not in panel.result
    vote(panel, "supported")
    press(panel, "Open the next card")
    assert second.heading in panel.result
    assert control(panel, RadioButtons).value is None
    press(panel, "Close the last card")
    assert control(panel, RadioButtons).value == "supported"
    assert second.heading not in panel.result


def test_the_path_shows_every_vote_by_mark_and_word_and_counts_the_turns(panel):
    learner().keep("prediction", FIRST, "supported")
    for value in ("supported", "open", "contradicted"):
        press(panel, "Open the next card")
        vote(panel, value)
    told = "start: ▲ true → 1: ▲ true → 2: ● can&#x27;t tell → 3: ▼ false. It has turned twice."
    assert told in panel.result
    assert "<tr><th scope='row'>▲ true</th>" in panel.result
    lane = re.search(r"<th scope='row'>▲ true</th>(.*?)</tr>", panel.result)[1]
    assert lane.count("▲") == 2


@pytest.mark.parametrize(
    "path, count",
    [([], 0), ([None, "open"], 0), (["open", None, "supported"], 1), (["open", "open"], 0)],
)
def test_a_turn_is_a_vote_unlike_the_one_before(path, count):
    assert turns(path) == count


def test_as_judge_of_the_day_what_came_later_lies_covered(panel, tables):
    to_the_end(panel, tables)
    late = cards_of(tables, SCENE).query("public_from > @DAY")
    assert len(late)
    assert panel.result.count(COVERED) == len(late)
    for card in late.itertuples():
        assert card.says not in panel.result
    for card in cards_of(tables.as_of(DAY), SCENE).itertuples():
        assert card.address in panel.result


def test_the_verdict_of_the_day_is_opened_after_all_votes_and_todays_is_not_told(tables):
    panel = vote_by_cards(tables, SCENE, first=FIRST, day=DAY)
    found = panel.controls.children[3]
    assert found.description == "What we found"
    assert found.disabled
    to_the_end(panel, tables)
    assert not found.disabled
    found.click()
    assert panel.says.startswith(f"On {day(DAY)}: open.")
    early, late = judged(tables, SCENE, DAY), judged(tables, SCENE, None)
    assert late.verdict not in panel.says + panel.result
    for row in late.bearings.itertuples():
        shown = escape(row.why) in panel.result
        assert shown == (row.address in set(early.bearings["address"]))


def test_the_verdict_follows_the_tables(tables):
    changed = Tables(tables.folder)
    late = tables.bearings["bearing"].where(tables.bearings["address"] != "F015", "supports")
    changed.bearings = tables.bearings.assign(bearing=late)
    assert judged(changed, SCENE, None).verdict == "open"
    assert judged(tables, SCENE, None).verdict == "contradicted"


def test_what_bears_on_the_day_is_public_on_it(tables):
    early, late = judged(tables, SCENE, DAY), judged(tables, SCENE, None)
    assert set(early.cards) < set(late.cards)
    assert set(early.bearings["address"]) < set(late.bearings["address"])


def test_a_card_is_public_once_all_its_rows_are(tables):
    days = {}
    for name, key in (("sources", "source_id"), ("facts", "fact_id"), ("searches", "search_id")):
        table = getattr(tables, name)
        days |= dict(zip(table[key], table["public_from"]))
    for card in tables.cards.itertuples():
        rows = re.findall(r"[FQ]\d{3}|S\d", card.address)
        assert card.public_from == max(days[row] for row in rows), card.card_id


def test_no_heading_tells_what_follows_from_its_card(tables):
    for card in tables.cards.itertuples():
        assert not re.search(r"\d|true|false|meeting of|none|no\b", card.heading, re.I), (
            card.heading
        )


def test_votes_are_kept_under_keys_that_a_class_file_may_hold(panel, tables):
    to_the_end(panel, tables, "contradicted")
    allowed = allowed_answers(tables)["exercise"]
    kept = learner().kept("exercise")
    for step in steps(tables, SCENE):
        key = vote_key(SCENE, step)
        assert kept[key] in allowed[key]["choices"]
    again = vote_by_cards(tables, SCENE, first=FIRST, day=DAY)
    assert again.says.startswith("Kept from before: eight votes.")
    assert control(again, RadioButtons).value == "contradicted"


def test_votes_are_the_choices_of_the_first_vote(tables):
    assert {value for value, _, _ in find_exercise(tables, FIRST).choices} == set(VOTES)


def test_what_was_kept_and_is_no_vote_is_passed_over(tables):
    learner().keep("exercise", vote_key(SCENE, steps(tables, SCENE)[0]), "perhaps")
    assert vote_by_cards(tables, SCENE, first=FIRST, day=DAY).says == "No card is open yet."


def test_the_rows_of_the_open_cards_are_shown_on_request(panel, tables):
    press(panel, "Open the next card")
    card = cards_of(tables, SCENE).iloc[0]
    row = tables.resolve(card["address"])[0].text[:40]
    assert row not in panel.result
    control(panel, Checkbox).value = True
    assert row in panel.result


def test_the_judge_of_the_day_sees_only_rows_that_were_public(panel, tables):
    to_the_end(panel, tables)
    control(panel, Checkbox).value = True
    public = set(cards_of(tables.as_of(DAY), SCENE)["card_id"])
    for card in cards_of(tables, SCENE).itertuples():
        rows = tables.resolve(card.address)
        assert all(
            (escape(row.text[:40]) in panel.result) == (card.card_id in public) for row in rows
        )


def test_no_card_shows_its_address_twice(tables):
    for place, card in enumerate(cards_of(tables, SCENE).itertuples(), 1):
        assert card_front(card, place, 7).count(f"<sup>{card.address}</sup>") == 1


def test_when_all_is_open_nothing_can_be_opened(panel, tables):
    to_the_end(panel, tables)
    following = panel.controls.children[1]
    assert (following.description, following.disabled) == ("All are open", True)
    press(panel, "Close the last card")
    assert not following.disabled


def test_a_path_without_votes_says_so():
    shown = vote_path({"start": None}, {"start": "start"})
    assert "start: –. It has not turned yet." in shown


def test_on_paper_the_text_of_the_cards_is_the_teachers(tables):
    exhibit = cards_to_read(tables)
    assert len(exhibit.rows) == len(tables.cards) + 1
    assert all(row[1].startswith("☐") for row in exhibit.rows)
    public = tables.cards["public_from"] <= pd.Timestamp(dt.date.fromisoformat(DAY))
    assert len(re.findall(r"\d", judged_cards(tables, DAY))) == public.sum()


def test_a_quotation_alone_gives_its_words_and_nothing_of_where_they_come_from(tables):
    row = tables.quotes.set_index("quote_id").loc["S1-q06"]
    exhibit = quotation(tables, "S1-q06")
    assert row["text"] in exhibit.plain()
    assert not exhibit.rows
    assert row["speaker"] not in exhibit.title + exhibit.subtitle


# -- circles and arrows ----------------------------------------------------------------------------


def test_the_circles_count_each_statement_once(tables):
    counts = shared_by(tables, THREE)
    makes = position_matrix(tables, THREE).isin(["agrees", "both"])
    assert sum(counts.values()) == len(tables.statements)
    assert counts[tuple(THREE)] == makes.all(axis=1).sum()
    for source in THREE:
        assert sum(n for shared, n in counts.items() if source in shared) == makes[source].sum()
    drawn = {t.get_text() for t in circles(tables, THREE).axes[0].texts}
    assert {str(n) for n in counts.values()} <= drawn


def test_a_statement_that_a_report_no_longer_makes_leaves_its_circle(tables):
    changed = Tables(tables.folder)
    changed.positions = tables.positions.query("not (source_id == 'S4' and statement_id == 'T01')")
    before, after = shared_by(tables, THREE), shared_by(changed, THREE)
    assert after[tuple(THREE)] == before[tuple(THREE)] - 1
    assert after["S0", "S1"] == before["S0", "S1"] + 1


def test_three_circles_take_three_reports(tables):
    with pytest.raises(ValueError, match="three reports, not 2"):
        circles(tables, THREE[:2])


def test_what_a_report_names_is_solid_and_what_it_does_not_is_inferred(tables):
    for source in THREE:
        for leaning in leanings(tables, source):
            assert (leaning.basis == "inferred") == (not leaning.publisher)
            assert leaning.publisher == "" or leaning.address.startswith(source)
    assert [x.words for x in leanings(tables, "S1")] == [
        "names KCNA for Putin's words",
        "names nobody for Kim's words",
    ]
    assert "1 of them dashed" in one_source(tables, THREE).description


@pytest.mark.parametrize("make", [circles, one_source])
def test_the_pictures_are_legible_and_the_same_each_time(make, tables):
    assert make(tables, THREE).svg() == make(tables, THREE).svg()
    check_legible(make(tables, THREE))
