"""Lesson 08: its exhibits say what the tables give, hide what must be hidden, and its panels keep,
undo, reveal and refuse.
"""

import json
import re

import pytest
from ipywidgets import HTML

from casebook.answers import NotKept, store
from casebook.figure.english import day
from casebook.subjects.commitment.charts.scale import (
    judged,
    pairs_on_paper,
    paper_pairs,
    phrasings,
    rising,
    scale_table,
)
from casebook.subjects.commitment.charts.strengths import strengths_by_date
from casebook.subjects.commitment.methods import pairs
from casebook.subjects.commitment.methods import scale as s
from casebook.subjects.commitment.widgets.judging import (
    judge_phrasings,
    opening_pair,
    own_judgements,
)
from casebook.subjects.commitment.widgets.scale import leave_one_out
from casebook.subjects.walk.charts import glossary
from checks import check_legible
from helpers import HOUSE, control, labelled

YEARS = re.compile(r"20(19|2\d)")


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOOK_WORK", str(tmp_path))
    return store.learner()


def buttons(panel):
    choice, keep, undo, reveal = labelled(
        panel,
        "In English,",
        "Keep it, next pair",
        "Undo the last",
        "Show my scale, with dates and speakers",
    )
    return control(panel.controls, HTML), choice, keep, undo, reveal


def judge(panel, count, choose=lambda n: n % 2):
    _, choice, keep, _, _ = buttons(panel)
    for n in range(count):
        choice.index = choose(n)
        keep.click()


@pytest.mark.parametrize("made", [s.READER, s.SYNTHETIC])
def test_the_picture_is_the_same_each_time_and_says_whose_judgements_it_shows(tables, made):
    picture = strengths_by_date(tables, made)
    assert picture.svg() == strengths_by_date(tables, made).svg()
    other = {s.READER: "SYNTHETIC", s.SYNTHETIC: "reader"}[made]
    assert other not in picture.title
    assert ("SYNTHETIC" in picture.title) == (made == s.SYNTHETIC)
    for row in s.scale_of(tables, made).itertuples():
        assert f"{row.phrase_id}, " in picture.description
        assert f"{row.strength:.2f} ({row.low:.2f} to {row.high:.2f})" in picture.description


@pytest.mark.parametrize("made", [s.READER, s.SYNTHETIC])
def test_the_words_in_the_picture_are_large_enough_inside_and_apart(tables, made):
    check_legible(strengths_by_date(tables, made), apart=r"P\d\d")


def test_the_title_says_whether_the_top_is_clear_and_does_not_answer_the_exercise(tables):
    near = s.near_the_top(tables)
    same = near[near["told_apart"] == "no"]
    assert len(same) == 4
    assert same["date"].min() == "2023-09-13"
    floor = s.noise_floor(s.scale_of(tables), tables.phrases)
    top = s.scale_of(tables).iloc[0]
    title = strengths_by_date(tables).title
    assert f"“{top['words'][:30]}" in title and f"of {day(top['date'])}" in title
    assert "not clear of all others" in title
    for row in near.itertuples():
        assert (row.told_apart == "no") == (row.distance <= floor or row.high >= top["low"])


def test_the_key_of_the_floor_does_not_hang_on_one_pair_of_twins(tables):
    """Who doubts that P19 and P11 are one sentence takes the closer pair's floor, and finds the
    same four; P02 misses both by a hair.
    """
    near, top, twins = s.near_the_top(tables), s.scale_of(tables).iloc[0], s.reader_twins(tables)
    for floor in twins["distance"]:
        assert {
            row.phrase_id
            for row in near.itertuples()
            if row.distance <= floor or row.high >= top["low"]
        } == {"P03", "P15", "P01", "P19"}
    hair = near.set_index("phrase_id").loc["P02"]
    assert 0 < hair["distance"] - twins["distance"].max() < 0.1
    assert 0 < top["low"] - hair["high"] < 0.1
    for row in twins.itertuples():
        told = f"{row.stronger} and {row.weaker} {row.distance:.2f}"
        assert told in strengths_by_date(tables).subtitle
        assert told in scale_table(tables).title


def test_what_the_prose_says_of_the_scale(tables):
    """The lesson's sentences that hold no digits."""
    found, war = s.scale_of(tables), tables.events.set_index("event_id").at[s.WAR, "date"]
    before, later = found[found["date"] < war], found[found["date"] >= war]
    assert (
        before["strength"].max() < later["strength"].min()
    )  # “every phrasing from before it stands lower”
    assert found.iloc[0]["address"] == "M2026-01-08-a"
    assert {"M2023-09-13-a", "M2024-06-19-b", "M2025-06-04-a", "M2025-08-12-a"} == set(
        s.near_the_top(tables).query("told_apart == 'no'")["address"]
    )
    putin = found[found["speaker"] == "Vladimir Putin"]
    assert putin.iloc[0]["address"] == "M2024-08-03-a"
    assert (putin["place"] > len(found) / 2).sum() == len(putin) - 1
    pairs = s.reader_twins(tables).set_index("version_of")
    assert pairs.at["we have always", "places"] == 4
    assert pairs.at["a new high stage", "places"] == 1
    wide = [(x["high"] - x["low"]).mean() for x in (found, s.scale_of(tables, s.SYNTHETIC))]
    assert 1.5 < wide[1] / wide[0] < 2.5  # “about twice”
    log = tables.messages[tables.messages["support_wording"].str.contains("support")]
    assert log["date"].min() == "2022-05-09"
    assert log["date"].min() >= war
    sets = s.sets_compared(tables).set_index("made")
    assert sets.at[s.READER, "circles"] == 0 < sets.at[s.SYNTHETIC, "circles"]
    assert sets.at[s.READER, "floor"] < sets.at[s.SYNTHETIC, "floor"]


def test_what_is_shown_before_judging_has_no_date_speaker_or_address(tables, work):
    shown = [
        x.html() + x.plain()
        for x in (pairs_on_paper(tables), phrasings(tables, "P20", "P04"), glossary(tables, "08"))
    ]
    shown.append("".join(judge_phrasings(tables).stored()))
    for text in shown:
        for hidden in ("Kim Jong Un", "Putin", *tables.phrases["address"]):
            assert hidden not in text
        assert not YEARS.search(text)


def test_the_stored_page_hides_dates_until_the_ten_pairs_are_judged():
    page = json.loads(
        (HOUSE / "notebooks" / "08-measuring-commitment.ipynb").read_text(encoding="utf-8")
    )
    cells = ["".join(c["source"]) for c in page["cells"]]
    first, until = cells.index("pairs_on_paper(tables)"), cells.index("two_ladders(tables)")
    for cell in page["cells"][first : until + 1]:
        for output in cell.get("outputs", []):
            assert not YEARS.search(
                "".join(
                    "".join(v) for v in output.get("data", {}).values() if not isinstance(v, dict)
                )
            )


def test_the_paper_pairs_are_the_ends_the_top_two_and_one_not_compared(tables):
    order, (ends, top, unsure) = list(s.scale_of(tables)["phrase_id"]), paper_pairs(tables)
    assert set(ends) == {order[0], order[-1]}
    assert set(top) == set(order[:2])
    mine = s.judgements_of(tables)
    assert (
        (mine["first"] == unsure[0])
        & (mine["second"] == unsure[1])
        & (mine["chosen"] == pairs.CANNOT)
    ).sum() == 1


def test_the_two_sets_are_never_mixed(tables):
    assert "SYNTHETIC" in scale_table(tables, s.SYNTHETIC).title
    assert "SYNTHETIC" not in scale_table(tables).title
    heads = [row[0] for row in judged(tables).rows]
    assert len(heads) == 2
    assert "SYNTHETIC" in heads[1]
    assert "SYNTHETIC" not in heads[0]


def test_the_triples_shares_stand_in_the_rows_and_not_over_them(tables):
    row, exhibit = s.rising_triples(tables).iloc[0], rising(tables)
    assert [f"{row[share]:.1%}" for share in ("observed", "shuffled")] == exhibit.rows[0][3:5]
    assert "%" not in exhibit.title + exhibit.subtitle
    assert len(exhibit.rows) == 10


def test_a_judgement_is_kept_and_the_next_pair_shown(tables, work):
    panel = judge_phrasings(tables)
    pair, choice, keep, undo, reveal = buttons(panel)
    first = pair.value
    keep.click()
    assert panel.says == "Choose one of the three first. 0 of 20 judged."
    assert pair.value == first
    choice.index = 0
    keep.click()
    assert panel.says == "Kept. 1 of 20 judged."
    assert pair.value != first
    assert choice.value is None
    ((key, value),) = work.kept("judgement").items()
    assert value in key.split("|")
    assert key == "|".join(sorted(key.split("|")))
    choice.index = 2
    keep.click()
    assert pairs.CANNOT in work.kept("judgement").values()
    undo.click()
    undo.click()
    assert panel.says == "Undone: judge it again. 0 of 20 judged."
    assert pair.value == first
    assert not work.kept("judgement")
    undo.click()
    assert panel.says.startswith("Nothing to undo yet.")


def test_what_was_judged_is_there_in_the_next_session(tables, work):
    judge(judge_phrasings(tables), 7)
    assert judge_phrasings(tables).says == "7 of 20 judged."
    assert len(own_judgements(tables, work)) == 7


def answered(tables, choose, count):
    """The pairs that a learner is asked who answers ``choose(number, pair)``, and what is kept
    then.
    """
    items, kept, asked = list(tables.phrases["phrase_id"]), {}, []
    for n in range(count):
        pair = pairs.next_pair(items, kept, opening_pair(tables.phrases))
        asked.append(pair)
        kept["|".join(sorted(pair))] = choose(n, pair)
    return asked, kept


def test_the_order_needs_no_name_begins_alike_and_follows_the_answers(
    tables, tmp_path, monkeypatch
):
    shown = []
    for n in range(2):
        monkeypatch.setenv("CASEBOOK_WORK", str(tmp_path / f"empty {n}"))
        panel = judge_phrasings(tables)
        pairs = [buttons(panel)[0].value]
        for _ in range(6):
            judge(panel, 1)
            pairs.append(buttons(panel)[0].value)
        shown.append(pairs)
    assert shown[0] == shown[1], (
        "two learners who answer alike are asked alike, whatever their random tags"
    )
    first, second = (
        answered(tables, choose, 20)[0]
        for choose in (lambda n, pair: pair[0], lambda n, pair: pair[1])
    )
    assert first[0] == second[0]
    assert len({frozenset(p) for p in first} & {frozenset(p) for p in second}) < 10


def test_the_first_twenty_meet_each_phrase_alike_and_join_all_even_where_some_cannot_be_compared(
    tables,
):
    items = list(tables.phrases["phrase_id"])
    asked, kept = answered(tables, lambda n, pair: pair[n % 2], 20)
    seen = [p for pair in asked for p in pair]
    assert {seen.count(p) for p in items} <= {1, 2, 3}
    assert len(pairs.parts_of(pairs.class_judgements(kept, "x"), items)) == 1
    for unsure in (3, 4, 5, 6):  # every so manieth pair can't be compared
        asked, kept = answered(
            tables,
            lambda n, pair, unsure=unsure: pairs.CANNOT if n % unsure == 0 else pair[0],
            19 + 19 // (unsure - 1) + 2,
        )
        assert len(pairs.parts_of(pairs.class_judgements(kept, "x"), items)) == 1, (
            "no pair is spent within a group while groups are left"
        )
    asked, kept = answered(tables, lambda n, pair: pairs.CANNOT if "P13" in pair else pair[0], 190)
    assert len({frozenset(p) for p in asked}) == 190
    assert pairs.next_pair(items, kept, opening_pair(tables.phrases)) is None


def test_of_imported_judgements_the_latest_is_undone(tables, work):
    work.add(
        {
            ("judgement", "P01|P02"): store.Entry("P01", "2026-01-02T12:00:00Z"),
            ("judgement", "P01|P03"): store.Entry("P01", "2026-01-01T12:00:00Z"),
        }
    )
    panel = judge_phrasings(tables)
    buttons(panel)[3].click()
    assert set(work.kept("judgement")) == {"P01|P03"}
    assert "1 of 20" in panel.says
    words = tables.phrases.set_index("phrase_id")["words"]
    assert words["P01"] in buttons(panel)[0].value
    assert words["P02"] in buttons(panel)[0].value


def test_the_pair_on_the_screen_is_kept_though_another_tab_judged(tables, work):
    one, other = judge_phrasings(tables), judge_phrasings(tables)
    judge(one, 1)
    judge(other, 1)
    assert len(work.kept("judgement")) == 1
    assert other.says == "Kept. 1 of 20 judged."


def test_a_phrase_that_hangs_loose_is_named_with_how_many_pairs_it_takes(tables, work):
    items = list(tables.phrases["phrase_id"])
    panel = judge_phrasings(tables)
    buttons(panel)[4].value = True
    while len(work.kept("judgement")) < 20:
        asked = pairs.next_pair(items, work.kept("judgement"), opening_pair(tables.phrases))
        choice = 2 if "P13" in asked else 0
        judge(panel, 1, choose=lambda n, choice=choice: choice)
    parts = pairs.parts_of(own_judgements(tables, work), items)
    assert ["P13"] in parts
    assert "P13: “friendship was firmly forged" in panel.result
    assert "No scale yet" in panel.result
    assert (
        "One more decided pair would" in panel.result
        or f"{len(parts) - 1} more" in panel.result.lower()
    )


def test_dates_and_speakers_open_after_enough_judgements(tables, work):
    panel = judge_phrasings(tables)
    reveal = buttons(panel)[4]
    reveal.value = True
    assert "after 20 more judgements" in panel.result
    assert "Putin" not in panel.result
    strong = dict(zip(tables.strengths["phrase_id"], tables.strengths["strength"]))
    _, choice, keep, _, _ = buttons(panel)
    while len(work.kept("judgement")) < 21:
        pair = pairs.next_pair(
            list(tables.phrases["phrase_id"]), work.kept("judgement"), opening_pair(tables.phrases)
        )
        choice.index = int(strong[pair[1]] > strong[pair[0]])
        keep.click()
    assert "Vladimir Putin" in panel.result
    assert "8 January 2026" in panel.result
    assert "F295" in panel.result
    assert "noise floor" in panel.result


def test_a_gap_in_the_comparisons_is_said_instead_of_a_scale(tables, work):
    panel = judge_phrasings(tables)
    buttons(panel)[4].value = True
    judge(panel, 20, choose=lambda n: 2)
    assert "No scale yet" in panel.result
    assert "19 more decided pairs" in panel.result
    assert "no pair is decided" in panel.result
    assert "Vladimir Putin" in panel.result
    assert "resamples" not in panel.result


def test_what_cannot_be_saved_is_said_and_the_screen_keeps_its_state(tables, work, monkeypatch):
    panel = judge_phrasings(tables)
    monkeypatch.setattr(
        type(work), "keep", lambda *_: (_ for _ in ()).throw(NotKept("Not kept: the disk is full."))
    )
    judge(panel, 1)
    assert panel.says.startswith("Not kept: the disk is full.")
    assert "0 of 20" in panel.says


def test_judgements_of_phrases_that_are_not_here_are_passed_over(tables, work):
    work.keep("judgement", "P01|P77", "P77")
    work.keep("judgement", "P01|P02", "<script>")
    assert own_judgements(tables, work).empty
    assert judge_phrasings(tables).says == "0 of 20 judged."


def test_leaving_out_says_what_changes(tables, work):
    panel = leave_one_out(tables)
    sets, left = labelled(panel, "Judgements", "Leave out")
    assert panel.says.startswith("Nothing left out:")
    left.value = ("judge", "synthetic 8")
    change = s.without(s.judgements_of(tables, s.SYNTHETIC), judge="synthetic 8")
    assert panel.says.startswith(
        f"Without synthetic 8: {(change['moved'] != 0).sum()} phrasings of 20 change places"
    )
    sets.value = s.READER
    assert left.value == "nothing"
    assert "one judge, 190 judgements" in panel.says
    left.value = ("judge", "reader")
    assert panel.says == "Without reader nothing is left: it is the only judge."
    left.value = ("phrase", "P06")
    assert panel.says.startswith("Without P06:")
    assert "of 19" in panel.says
    assert "<td>P06" not in panel.result


def test_leaving_out_of_ones_own_judgements(tables, work):
    panel = leave_one_out(tables)
    sets, left = labelled(panel, "Judgements", "Leave out")
    sets.value = "my own judgements"
    assert panel.says == "No judgements of yours are at hand here."
    judge(judge_phrasings(tables), 20)
    sets.value = s.READER
    sets.value = "my own judgements"
    assert "one judge, 20 judgements" in panel.says
    left.value = ("phrase", "P06")
    assert "no common scale" in panel.says or panel.says.startswith("Without P")
