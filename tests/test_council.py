"""Lesson 06: what is counted, who voted how as far as seen, articles' lines against the record,
reasons at one length, and how it looks.
"""

import math
import re
from itertools import combinations

import matplotlib
import pytest
from ipywidgets import Button, Checkbox, Dropdown, RadioButtons, SelectionSlider

from casebook.answers import NotKept, Work, learner
from casebook.classroom.work import allowed_answers
from casebook.core import addresses
from casebook.core.tables import Tables
from casebook.exercises import find_exercise
from casebook.figure.english import count_words, several
from casebook.subjects.council.charts.council import council_line
from casebook.subjects.council.charts.votes import article_says, council_fates, council_votes
from casebook.subjects.council.methods import (
    CLASSES,
    JUDGEMENTS,
    compare,
    counted,
    countings,
    fates,
    interval,
    line_key,
    line_points,
    line_verdicts,
    printed_counts,
    record_says,
    turns,
    verdict,
    votes,
)
from casebook.subjects.council.widgets import (
    council_days,
    count_resolutions,
    explore_council,
    judge_line,
    weigh_reasons,
)
from checks import check_legible, check_slip
from helpers import control, labelled, press

DAYS = [None, "2017-12-22", "2022-05-26", "2024-03-29", "2024-04-30", "2024-10-16"]
EXHIBITS = {
    "line": council_line,
    "votes": council_votes,
    "fates": council_fates,
    "lines": article_says,
}


@pytest.mark.parametrize(
    "date, first, last",
    [
        ("2009", "2009-01-01", "2009-12-31"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2017-12-22", "2017-12-22", "2017-12-22"),
        ("2006/2017", "2006-01-01", "2017-12-31"),
    ],
)
def test_an_interval_has_the_precision_of_its_date(date, first, last):
    assert [d.strftime("%Y-%m-%d") for d in interval(date)] == [first, last]


def test_the_council_table_keeps_the_dates_and_numbers_of_its_facts(tables):
    facts = tables.facts.set_index("fact_id")
    for act in tables.council.itertuples():
        rows = facts.loc[[a.row for a in addresses.parse_all(act.address)]]
        row = rows[["fact", "figure"]].agg("; ".join)
        assert act.date in set(rows["date"]), act.council_id
        if act.resolution == act.resolution:
            assert f"{act.resolution:.0f}" in row["fact"], act.council_id
        for count, name in (
            (act.votes_for, "for"),
            (act.votes_against, "against"),
            (act.abstained, "abstention"),
        ):
            assert math.isnan(count) or f"{count:.0f} {name}" in row["figure"], act.council_id
        if act.unanimous == "yes":
            assert "unanimous" in row["fact"], act.council_id
        assert all(
            state in row["fact"]
            for state in [*act.vetoed_by.split("; "), *act.abstaining.split("; ")]
        )


def test_an_act_has_its_day_and_only_a_sum_of_years_is_longer(tables):
    council = tables.council
    longer = council[council["date"].str.len() != len("2016-03-02")]
    assert set(longer["kind"]) == {"unanimous", "rule"} and longer["date"].str.contains("/").all()
    facts = tables.facts.set_index("fact_id")["date"]
    acts = council[council["kind"] == "adopted"]
    assert (acts["date"].to_numpy() == facts[acts["address"]].to_numpy()).all()


def test_counts_by_rule(tables):
    assert list(countings(tables)["number"]) == [9, 10, 11, 17]
    assert printed_counts(tables) == {
        9: "CNN relay",
        10: "Jiji; China in SC/14911",
        12: "teleSUR",
    }
    assert {
        len(counted(tables, c)) for n in range(1, 5) for c in combinations(CLASSES, n)
    }.isdisjoint({12, 13, 14})
    assert len(counted(tables, ["names only"])) == 1
    assert len(counted(tables, [])) == 0
    with pytest.raises(ValueError, match="no such class: nuclear"):
        counted(tables, ["nuclear"])


def test_votes_are_told_only_as_far_as_seen(tables):
    found = votes(tables).set_index("council_id")
    assert list(found.loc[["K19", "K23"], "Russia"]) == ["against", "against"]
    assert list(found.loc[["K19", "K23"], "China"]) == ["against", "abstained"]
    assert found.loc["K16", ["Russia", "China"]].tolist() == ["for", "for"]
    assert found.loc["K16", "address"] == "F425"
    assert (found.loc[found["kind"] == "renewed", ["Russia", "China"]] == "for").all(axis=None)
    assert (found["kind"] == "renewed").sum() == 6
    assert found.loc["K12", "Russia"] == "for"
    assert found.loc["K12", "address"] == "F041; F043"
    before = votes(tables.as_of("2017-12-20")).set_index(
        "council_id"
    )  # F043 is known from the last of them
    assert before.loc["K12", "Russia"] == "not seen"
    assert before.loc["K01", "Russia"] == "for"
    less = tables.as_of("2026-12-31")
    less.council = tables.council.assign(
        unanimous=tables.council["unanimous"].where(tables.council["council_id"] != "K16", "")
    )
    assert votes(less).set_index("council_id").loc["K16", ["Russia", "China"]].tolist() == [
        "not seen",
        "not seen",
    ]


@pytest.mark.parametrize(
    "says, record, result",
    [
        ({"China"}, {"China", "Russia"}, "holds in part"),
        ({"Russia"}, {"Russia"}, "holds"),
        ({"a", "b"}, {"a"}, "holds in part"),
        ({"a"}, {"b"}, "fails"),
        ({"a"}, set(), "open"),
        ({"2022-05"}, {"2022-05-26"}, "holds"),
        ({"2024-03"}, {"2022-05-26"}, "fails"),
    ],
)
def test_a_point_is_compared_with_the_record(says, record, result):
    assert compare(says, record) == result


@pytest.mark.parametrize(
    "points, result",
    [
        (["holds"], "holds"),
        (["holds", "holds"], "holds"),
        (["holds", "fails"], "holds in part"),
        (["fails", "fails"], "fails"),
        (["holds", "open"], "open"),
        (["open", "fails"], "holds in part"),
        (["holds", "holds in part"], "holds in part"),
        (["open"], "open"),
    ],
)
def test_a_line_is_judged_by_its_points(points, result):
    assert verdict(points) == result


def test_the_lines_verdicts(tables):
    found = line_verdicts(tables).set_index("line_id")["verdict"]
    assert found.to_dict() == {
        "L01": "holds in part",
        "L02": "holds",
        "L03": "holds",
        "L04": "holds",
        "L05": "holds in part",
        "L06": "fails",
        "L07": "holds",
        "L08": "open",
    }
    assert set(found) == set(JUDGEMENTS)
    assert (line_points(tables)["rests_on"] != "").all()


def test_a_verdict_follows_the_record(tables):
    """Had China alone vetoed, S4's line would hold; nothing is typed in."""
    changed = tables.as_of("2026-12-31")
    changed.council = tables.council.assign(
        vetoed_by=tables.council["vetoed_by"].replace("Russia; China", "China")
    )
    found = line_verdicts(changed).set_index("line_id")["verdict"]
    assert found["L01"] == "holds"
    assert found["L06"] == "holds"


def test_the_record_knows_what_it_can_be_asked(tables):
    assert record_says(tables, "vetoed by", when="2022-05") == ({"Russia", "China"}, ["F044"])
    assert record_says(tables, "vetoed by", when="2019-05") == (set(), [])
    with pytest.raises(ValueError, match="cannot be asked 'why'"):
        record_says(tables, "why")


def test_the_turn_is_months_before_the_one_in_print(tables):
    assert turns(tables).to_dict("records") == [
        {
            "line_id": "L06",
            "state": "Russia",
            "printed": "2024-03",
            "first": "2022-05-26",
            "months": 22,
        }
    ]
    assert find_exercise(tables, "06-predict").key == 22


def test_fates(tables):
    found = fates(tables)
    assert dict(zip(found["thing"], found["fate"])) == {
        "more sanctions": "never adopted",
        "Panel's renewal": "never adopted",
        "sanctions": "stays in force",
        "Panel of Experts": "ended",
        "MSMT": "outside the UN",
    }


def test_both_sides_get_the_same_length(tables):
    """Within 15 per cent on every occasion, and over all of them."""
    shown = tables.reasons[tables.reasons["use"] == "lesson"].assign(
        words=lambda r: r["text"].map(count_words)
    )
    for _, here in [*shown.groupby("occasion"), ("all", shown)]:
        lengths = here.groupby("side")["words"].sum()
        assert len(lengths) == 2
        assert lengths.max() <= 1.15 * lengths.min()


def test_quotations_of_officials_are_short_exact_attributed_and_dated(tables):
    facts = tables.facts.set_index("fact_id")["fact"]
    for row in tables.reasons.itertuples():
        assert row.speaker
        assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", row.date)
        for words in re.findall(r"“([^”]*)”", row.text):
            assert words in facts[row.address]
            assert count_words(words) <= 45


@pytest.mark.parametrize("day", DAYS)
def test_the_title_counts_the_vetoes_of_its_day(tables, day):
    then = tables.as_of(day)
    vetoed = (then.council["kind"] == "vetoed").sum()
    assert (several(vetoed, "draft") if vetoed else "no draft vetoed") in council_line(then).title


@pytest.mark.parametrize("name", EXHIBITS)
def test_exhibits_have_words_and_evidence_and_are_the_same_each_time(name, tables):
    exhibit = EXHIBITS[name](tables)
    assert exhibit.html() == EXHIBITS[name](tables).html()
    assert re.search(r"\d", exhibit.description)
    assert exhibit.evidence
    assert exhibit.source


@pytest.mark.parametrize("day", DAYS)
def test_the_picture_is_legible_on_any_day(tables, day):
    check_legible(council_line(tables.as_of(day)))


def test_an_imprecise_date_is_drawn_as_its_interval_and_the_key_says_so(tables):
    less, told = Tables(tables.folder), "only the month or year was seen"
    shorter = tables.council["date"].replace({"2016-03-02": "2016-03", "2013-03-07": "2013"})
    less.council = tables.council.assign(date=shorter)
    lines = [
        line.get_xdata()
        for line in council_line(less).axes[0].lines
        if line.get_marker() == "|" and len(line.get_xdata()) == 2
    ]
    assert sorted((last - first).days for first, last in lines) == [30, 364]
    assert told in council_line(less).subtitle and told not in council_line(tables).subtitle


def test_the_picture_does_not_tell_what_came_later(tables):
    then = council_line(tables.as_of("2022-05-26"))
    shown = then.plain() + " ".join(t.get_text() for t in then.findobj(matplotlib.text.Text))
    assert "vetoed" in shown
    assert not re.search("MSMT|ended|stay in force|Mar 2024", shown)
    assert "vetoed:" not in council_line(tables.as_of("2017-12-22")).title


def test_the_line_of_time_opens_before_the_first_veto_and_moves(tables):
    panel = explore_council(tables)
    days = council_days(tables)
    assert days[0] == "2017-12-22"
    assert {
        "2022-05-26",
        "2024-03-28",
        "2024-04-30",
        "2024-10-16",
    } <= set(days)
    stored = re.sub(r"data:image[^\"]*", "", "".join(panel.stored()))
    assert not re.search("2022|2024|MSMT|Panel's", stored)
    press(panel, "Earlier")
    assert panel.says.startswith("No earlier day.")
    press(panel, "Later")
    assert "New since 22 December 2017" in panel.result
    assert "F044" in panel.result
    slider = control(panel, SelectionSlider)
    for _, value in slider.options:
        slider.value = value
        assert "<img" in panel.result
        assert panel.says
    press(panel, "Later")
    assert panel.says.startswith("No later day. With all we have")
    control(panel, Checkbox, "Show the rows").value = True
    assert "lp-rows" in panel.result


def test_counting_follows_the_boxes(tables):
    panel = count_resolutions(tables)
    assert panel.says == "Nothing is counted yet."
    assert "9, 10 and 12" in panel.result
    measures, names, early, renewals = labelled(
        panel,
        "that set or tighten measures",
        "that only add names",
        "that came before the sanctions committee",
        "that only renew the Panel",
    )
    measures.value = True
    assert panel.says.startswith(
        "Nine resolutions that set or tighten measures. In print, 9 is the number of CNN relay"
    )
    names.value = True
    assert panel.says.startswith("Ten resolutions")
    assert "2356" in panel.result
    early.value = renewals.value = True
    assert panel.says.startswith("17 resolutions")
    assert "None of the counts" in panel.says
    control(panel, Checkbox, "Show the rows").value = True
    assert "lp-rows" in panel.result


def test_a_verdict_is_told_after_a_judgement_only(tables, tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOOK_WORK", str(tmp_path))
    panel = judge_line(tables)
    line, judged = control(panel, Dropdown), control(panel, RadioButtons)
    for _, key in line.options:
        line.value = key
        assert judged.value is None
        assert panel.says == "Read both sides, then judge."
        assert "What is asked" not in panel.result
        judged.value = "fails"
        right = line_verdicts(tables).set_index("line_id").at[key, "verdict"]
        assert f"By our reading of the rows: {right}." in panel.says
        assert ("Not the same" in panel.says) == (right != "fails")
        assert "What is asked" in panel.result


def test_a_judgement_of_a_line_is_kept_and_its_verdict_told_again_on_request_only(
    tables, tmp_path, monkeypatch
):
    monkeypatch.setenv("CASEBOOK_WORK", str(tmp_path))
    panel = judge_line(tables)
    line, judged, why = (
        control(panel, Dropdown),
        control(panel, RadioButtons),
        control(panel, Button),
    )
    why.click()
    assert panel.says.startswith("Judge first")
    assert "What is asked" not in panel.result
    judged.value = "holds"
    line.value = "L06"
    judged.value = "open"
    assert learner().kept("exercise") == {"06-line-L01": "holds", "06-line-L06": "open"}
    line.value = "L01"
    assert judged.value == "holds"
    assert panel.says.startswith("Kept from before: you say holds.")
    assert "What is asked" not in panel.result
    why.click()
    assert panel.says.startswith("You say: holds. By our reading")
    assert "What is asked" in panel.result
    again = judge_line(tables)
    assert control(again, RadioButtons).value == "holds"
    assert "By our reading" not in "".join(again.stored())
    allowed = allowed_answers(tables)["exercise"]
    assert all(allowed[line_key(key)]["choices"] == list(JUDGEMENTS) for _, key in line.options)


def test_a_judgement_that_could_not_be_saved_says_so_and_one_that_is_none_is_passed_over(
    tables, tmp_path, monkeypatch
):
    monkeypatch.setenv("CASEBOOK_WORK", str(tmp_path))
    learner().keep("exercise", "06-line-L01", "perhaps")
    panel = judge_line(tables)
    assert control(panel, RadioButtons).value is None
    assert panel.says == "Read both sides, then judge."
    monkeypatch.setattr(
        Work, "keep", lambda *_: (_ for _ in ()).throw(NotKept("Not saved yet: the disk is full."))
    )
    control(panel, RadioButtons).value = "holds"
    assert panel.says.startswith("Not saved yet: the disk is full. You say: holds.")


def test_reasons_show_both_sides_or_one(tables):
    panel = weigh_reasons(tables)
    when, side = labelled(panel, "When", "Who spoke")
    for occasion in when.options:
        when.value = occasion
        assert "against the draft" in panel.says
        assert "for the draft" in panel.says
        assert "None" not in panel.result
    side.value = "for the draft"
    assert "against the draft" not in panel.says
    assert panel.result.count("<th ") == 1
    assert "F047" not in panel.result


@pytest.mark.slow
@pytest.mark.parametrize(
    "name, old, new, says",
    [
        ("reasons.csv", "“a dead-end road”", "“a dead end”", "'a dead end' is not in its facts"),
        (
            "reasons.csv",
            "Its government voiced “deep regret”",
            "Its government voiced regret" + ", and regret" * 20,
            "the longer at most 15% longer",
        ),
        ("article_lines.yaml", "claim_id: S4-c60", "claim_id: S4-c99", "S4-c99 leads nowhere"),
        ("council.csv", "address: F048", "address: F999", "F999 leads nowhere"),
        ("council.csv", "council_id: K02", "council_id: K01", "K01 stands twice"),
        ("council.csv", "vetoed_by: Russia; China", "", "needs vetoed_by"),
    ],
)
def test_a_slip_in_the_seeds_is_noticed(tmp_path, name, old, new, says):
    check_slip(tmp_path, name, old, new, says)
