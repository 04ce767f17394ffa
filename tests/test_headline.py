"""Lesson 07's scene: a headline is printed and staked on, the day moves to the first use, the
headline is corrected; and the line of time with only the rows that have the word.
"""

import pytest
from ipywidgets import RadioButtons, SelectionSlider, Text

from casebook.answers import learner
from casebook.answers.share import export
from casebook.core.tables import Tables
from casebook.panel.controls import LATEST
from casebook.subjects.messages.charts.word import uses, word_line
from casebook.subjects.messages.methods import (
    elements_read,
    in_the_log,
    stake_points,
    use_days,
    used_before,
)
from casebook.subjects.messages.widgets import headline
from casebook.subjects.messages.widgets.headline import (
    LONGEST_HEADLINE,
    STAKES,
    move_the_day,
    print_headline,
)
from checks import check_legible
from helpers import MARKUP, control, press
from test_as_of import MARK, planted  # noqa: F401  (the fixture)

LETTER, FIRST = "M2026-01-08-a", "M2023-09-13-a"


def without(tables, *messages):
    """The tables without some messages, and what rests on them."""
    fewer = Tables(tables.folder)
    fewer.messages = tables.messages[~tables.messages["message_id"].isin(messages)]
    fewer.elements = tables.elements[~tables.elements["message_id"].isin(messages)]
    fewer.first_uses = tables.first_uses[~tables.first_uses["found_in"].isin(messages)]
    return fewer


def printed(tables, headline="Kim goes all in", claim="never", stake=90):
    panel = print_headline(tables)
    control(panel, Text).value = headline
    control(panel, RadioButtons).value = claim
    control(panel, SelectionSlider).value = stake
    return panel


# the method


def test_the_days_go_by_years_until_the_first_use_and_then_by_uses(tables):
    days = use_days(tables)
    assert days == sorted(days)
    found = [used_before(tables.as_of(day), LETTER) for day in days]
    assert [day for day, use in zip(days, found) if use is None] == [
        f"{year}-12-31" for year in range(2019, 2023)
    ]
    assert {use["address"] for use in found if use is not None} == {FIRST}
    public = tables.messages.set_index("message_id")["public_from"]
    rows = in_the_log(tables)["address"]
    assert {public[address].strftime("%Y-%m-%d") for address in rows} == set(days[4:])


def test_an_older_use_in_the_tables_is_the_first_one_found(tables):
    older = Tables(tables.folder)
    older.messages = tables.messages.copy()
    row = older.messages["message_id"] == "M2022-06-12-a"
    older.messages.loc[row, "key_phrase"] = "give you unconditional help"
    assert used_before(older, LETTER)["address"] == "M2022-06-12-a"
    assert use_days(older)[:4] == ["2019-12-31", "2020-12-31", "2021-12-31", "2022-06-12"]


def test_the_letter_itself_is_no_earlier_use(tables):
    rows = in_the_log(tables)["address"]
    alone = without(tables, *rows[rows != LETTER])
    assert in_the_log(alone)["address"].tolist() == [LETTER]
    assert used_before(alone, LETTER) is None


def test_the_stake_is_scored_by_a_proper_rule():
    for right in (True, False):
        assert stake_points(50, right) == 0
    assert [stake_points(s, True) for s in STAKES] == [0, 9, 16, 21, 24, 25]
    assert [stake_points(s, False) for s in STAKES] == [0, -11, -24, -39, -56, -75]
    for believed in STAKES:  # whoever says what they believe can expect most
        expected = [
            believed * stake_points(s, True) + (100 - believed) * stake_points(s, False)
            for s in STAKES
        ]
        assert STAKES[expected.index(max(expected))] == believed


def test_elements_are_read_as_yes_otherwise_or_not_said(tables):
    read = elements_read(tables).set_index(["message_id", "element"])["read"]
    assert read[FIRST, "unlimited_object"] == "yes"
    assert read["M2024-10-07-a", "unconditional"] == "no, otherwise"
    assert read[FIRST, "respect"] == "they don't say"


# the line of time


def test_the_line_has_the_rows_with_the_word_and_no_others(tables):
    picture = word_line(tables)
    found = [use.key for use in uses(tables)]
    assert found == in_the_log(tables)["address"].tolist()
    assert {e.address for e in picture.evidence} == set(found)
    assert [use.key for use in uses(tables) if use.first] == [FIRST]
    weak = tables.messages.set_index("message_id")["weak"]
    assert all(bool(weak[use.key]) == bool(use.weak) for use in uses(tables))
    for use in uses(tables):
        assert use.words in picture.description
    assert f"in six of {len(tables.messages)} rows" in picture.title
    assert f"{len(tables.messages) - len(found)} rows without the word" in picture.description


@pytest.mark.slow
def test_the_line_is_legible_on_each_of_its_days(tables):
    picture = word_line(tables)
    for day in (None, *use_days(tables)):
        picture.as_of(day)
        picture.svg()
        check_legible(picture)


def test_the_line_shows_nothing_before_its_day(planted):  # noqa: F811
    picture = word_line(planted.as_of("2022-12-31"))
    assert "in none of" in picture.title
    assert "2023" not in picture.plain().replace("2019 to", "")
    picture = word_line(planted.as_of("2025-12-31"))
    assert MARK not in picture.plain()
    assert "8 January 2026" not in picture.plain()


# the panels


def test_a_headline_and_its_stake_are_kept_and_no_export_holds_them(tables):
    panel = printed(tables)
    assert "Kim goes all in" in panel.result
    assert "Stake: 90 per cent on “never said before”." in panel.result
    again = print_headline(tables)
    assert control(again, Text).value == "Kim goes all in"
    assert control(again, RadioButtons).value == "never"
    assert control(again, SelectionSlider).value == 90
    out = export(learner())
    assert "Kim goes all in" not in out.path.read_text(encoding="utf-8")
    assert "07-stake" not in out.path.read_text(encoding="utf-8")


def test_a_headline_is_escaped_and_cut(tables):
    panel = printed(tables, MARKUP + " x" * 500)
    for shown in (panel, move_the_day(tables)):
        assert "<img src=x" not in shown.stored()[1]
    assert len(learner().kept("writing", "07-headline")) <= LONGEST_HEADLINE


def test_what_is_kept_and_is_no_stake_is_passed_over(tables):
    learner().keep("writing", "07-stake", "never 99")
    assert control(print_headline(tables), RadioButtons).value is None
    learner().keep("writing", "07-stake", "always 90")
    assert "No stake yet." in move_the_day(tables).result


def test_the_day_moves_until_the_first_use_and_the_stamp_turns(tables):
    printed(tables)
    panel = move_the_day(tables)
    assert "nothing found yet" in panel.result
    assert "Kim goes all in" in panel.result
    presses = 0
    while "✗ found earlier" not in panel.result:
        assert "is in none of" in panel.says
        assert "none sent" in panel.says
        press(panel, "Later")
        presses += 1
    assert presses == 4
    assert panel.says.startswith("As of 13 September 2023: “unconditional” is in one of")
    assert "The first row with the word, 13 September 2023: “We have always" in panel.result
    control(panel, SelectionSlider).index = len(use_days(tables))
    assert panel.says.endswith("(Q031).")


def test_the_stamp_of_the_other_claim_turns_the_other_way(tables):
    printed(tables, claim="before")
    panel = move_the_day(tables)
    control(panel, SelectionSlider).index = 4
    assert "✓ found earlier" in panel.result


def test_before_the_word_the_newest_row_with_support_is_shown(tables):
    panel = move_the_day(tables)
    assert "None of these rows has “support”" in panel.result
    control(panel, SelectionSlider).value = "2022-12-31"
    last = tables.as_of("2022-12-31").messages
    last = last[last["key_phrase"].str.contains("support") & (last["weak"] == "")]
    assert last.sort_values("date")["key_phrase"].iloc[-1] in panel.result


@pytest.mark.parametrize(
    "claim, stake, before, told",
    [
        ("never", 90, "So far you win 24 points.", ("You lose 56", "25 − 100 × 0.9 × 0.9 = −56")),
        ("before", 90, "So far you lose 56 points.", ("You win 24", "25 − 100 × 0.1 × 0.1 = +24")),
        ("never", 50, "So far you win and lose", ("You win and", "25 − 100 × 0.5 × 0.5 = +0")),
    ],
)
def test_both_headlines_stand_side_by_side_and_the_stake_is_counted(
    tables, claim, stake, before, told
):
    printed(tables, claim=claim, stake=stake)
    panel = move_the_day(tables)
    assert "Corrected" not in panel.result
    control(panel, Text).value = "Kim says it again, in a letter"
    for shown in ("Printed", "Corrected", "Kim goes all in", "Kim says it again, in a letter"):
        assert shown in panel.result
    assert before not in panel.result
    press(panel, "Count of my stake")
    assert before in panel.result
    assert "13 September 2023" not in panel.result  # a count is as of its day
    control(panel, SelectionSlider).index = 4
    for shown in (*told, "13 September 2023"):
        assert shown in panel.result
    press(panel, "Hide the count of my stake")
    assert told[0] not in panel.result


def test_the_count_follows_the_tables(tables):
    printed(tables)
    rows = in_the_log(tables)["address"]
    panel = move_the_day(without(tables, *rows[rows != LETTER]))
    control(panel, SelectionSlider).value = LATEST
    press(panel, "Count of my stake")
    assert "So far you win 24 points." in panel.result
    assert "No earlier row has the word so far.<sup>Q031</sup>" in panel.result


def test_nothing_staked_is_not_counted(tables):
    panel = move_the_day(tables)
    press(panel, "Count of my stake")
    assert "nothing is counted" in panel.result


def test_a_correction_is_kept_and_said_where_it_cannot_be(tables, monkeypatch):
    panel = move_the_day(tables)
    control(panel, Text).value = "Kim says it again"
    assert "Kim says it again" in move_the_day(tables).result
    monkeypatch.setattr(headline, "keep", lambda *_: "Not saved.")
    control(panel, Text).value = "Kim says it once more"
    assert panel.says.startswith("Not saved. As of")
    assert "Kim says it once more" in panel.result


def test_what_is_printed_later_shows_at_once_in_the_panel_below(tables):
    panel = move_the_day(tables)
    assert "No stake yet." in panel.result
    printed(tables)
    assert "Kim goes all in" in panel.result
    assert "Stake: 90 per cent" in panel.result
