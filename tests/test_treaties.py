"""Lesson 04: what the grid may say, what the clauses quote, what the explorer answers, and how its
exhibits look.
"""

import re
import shutil

import pytest
from ipywidgets import Checkbox

from casebook.core.tables import Tables
from casebook.exercises import find_exercise
from casebook.figure.english import number
from casebook.subjects.treaties.charts.squares import squares
from casebook.subjects.treaties.charts.to_force import to_force
from casebook.subjects.treaties.charts.treaties import (
    articles_seen,
    clause,
    endings,
    englishes,
    namings,
    obligations,
    originals,
)
from casebook.subjects.treaties.methods import (
    ALONE,
    BY_WHOM,
    NOT,
    NOTHING,
    ON_WHOM,
    OPEN,
    SITUATIONS,
    SPEAKS,
    TIED_FURTHER,
    UNSEEN,
    clause_parts,
    clauses_for,
    days_to_force,
    duties,
    obligation_grid,
    outcome,
    outcomes,
    parted_points,
    situations,
    words_kept,
)
from casebook.subjects.treaties.widgets import NOT_YET, VOTES, explore_promises, explore_situation
from checks import check_legible, check_slip
from helpers import control, labelled

EXHIBITS = {
    "grid": obligations,
    "articles": lambda t: articles_seen(t, "2024"),
    "clause": lambda t: clause(t, "C2024-4a"),
    "englishes": englishes,
    "namings": namings,
    "endings": endings,
    "originals": originals,
    "squares": squares,
    "to force": to_force,
}


def facts_of(tables, address):
    facts = tables.facts.set_index("fact_id")
    return " ".join(facts.at[a, "fact"] for a in address.split("; "))


def test_no_stands_only_where_a_text_was_read(tables):
    """A 'no' names the articles that were read, and these are 'wording' in treaty_articles."""
    read = (
        tables.treaty_articles[tables.treaty_articles["seen"] == "wording"]
        .groupby("treaty_id")["article"]
        .agg(set)
    )
    for cell in tables.obligations[tables.obligations["cell"] == "no"].itertuples():
        first, *last = map(int, re.findall(r"\d+", cell.article))
        assert set(range(first, (last or [first])[0] + 1)) <= read[cell.treaty_id], cell.cell_id
    assert not (tables.obligations["cell"] == "no")[tables.obligations["treaty_id"] == "2000"].any()


def test_the_clauses_quote_their_facts(tables):
    for row in tables.clauses.itertuples():
        quoted = facts_of(tables, row.address)
        assert row.when in quoted
        assert row.then in quoted
        assert row.key_word in row.when
        assert row.qualifications == "" or "Article 51" in quoted
        assert len(f"{row.when} {row.then}".split()) <= 45


def test_namings_stand_where_they_are_addressed(tables):
    """The words of a naming stand in the row, or in its note."""
    notes = dict(zip(tables.facts["fact_id"], tables.facts["note"])) | dict(
        zip(tables.messages["message_id"], tables.messages["note"])
    )
    for row in tables.namings.itertuples():
        here = tables.resolve(row.address)[0].text + notes.get(row.address, "")
        if row.address.startswith("S2"):
            here += " ".join(
                tables.quotes.loc[
                    (tables.quotes["source_id"] == "S2")
                    & (tables.quotes["paragraph"] == int(row.address[-1])),
                    "text",
                ]
            )
        assert row.word in here, row.naming_id
        assert (row.alliance != "another word") == bool(re.search("allian|allie", row.word))


def test_each_row_is_known_when_all_that_it_rests_on_is(tables):
    known = dict(zip(tables.facts["fact_id"], tables.facts["public_from"])) | dict(
        zip(tables.messages["message_id"], tables.messages["public_from"])
    )
    for name in ("treaty_acts", "clauses", "endings", "namings", "obligations", "treaty_words"):
        for row in getattr(tables, name).itertuples():
            for address in filter(lambda a: a in known, row.address.split("; ")):
                assert row.public_from >= known[address], (name, row)


@pytest.mark.parametrize(
    "day, state", [("2024-06-18", None), ("2024-12-04", None), ("2024-12-05", 168)]
)
def test_days_to_force_are_known_from_the_day_after_force(tables, day, state):
    assert days_to_force(tables.as_of(day), "2024") == state


def test_the_grid_as_of_the_day_of_signature_has_no_cell_of_the_text_published_later(tables):
    then = tables.as_of("2024-06-19")
    assert "F056" not in obligations(then).html()
    assert "not public yet" in obligations(then).html()
    assert set(obligation_grid(then)["2024"]) == {""}


def test_situations_and_answers(tables):
    def answers(*setting):
        found = clauses_for(tables, *setting)
        return dict(zip(found["clause_id"], found["answer"]))

    assert answers("attack", "North Korea", "one state") == {
        "C1961-1": SPEAKS,
        "C2000-0": OPEN,
        "C2024-3a": NOT,
        "C2024-3b": NOT,
        "C2024-4a": SPEAKS,
        "C2024-4b": SPEAKS,
    }
    (gap,) = tables.clauses[tables.clauses["clause_id"] == "C2000-0"].itertuples()
    assert gap.at_request == "not known"
    assert "(...)" in gap.when  # what stands in the gap may speak of it
    assert answers("attack", "Russia", "several states")["C1961-1"] == OPEN
    assert answers("attack", "Russia", "nobody named")["C2024-4a"] == OPEN
    # A third state, by a paper: one fits, and whether several do is not known.
    assert answers("threat", "Russia", "one state")["C2000-0"] == SPEAKS
    assert answers("threat", "Russia", "several states")["C2000-0"] == OPEN
    assert answers("threat", "Russia", "nobody named")["C2024-3a"] == SPEAKS
    assert set(answers("attack", "a third state", "one state").values()) == {NOT}
    assert len(situations(tables)) == len(tables.clauses) * len(SITUATIONS) * len(ON_WHOM) * len(
        BY_WHOM
    )
    with pytest.raises(ValueError, match="no such situation"):
        clauses_for(tables, "quarrel", "Russia", "one state")


def test_versions_of_one_article_get_one_answer(tables):
    found = situations(tables)
    found = found[found["article"] != ""]
    assert (
        found.groupby(["treaty_id", "article", "asked", "on", "by"])["answer"].nunique() == 1
    ).all()


def test_the_titles_count_the_tables(tables):
    articles = tables.treaty_articles.query("treaty_id == '2024'")
    seen = articles["seen"].value_counts()
    title = articles_seen(tables, "2024").title
    assert f"Of {len(articles)} articles" in title
    assert f"of {number(seen['wording'])};" in title
    cells = tables.obligations.query("treaty_id == '2000'")["cell"]
    unseen = (cells == "text not seen").sum()
    assert f"{number(unseen)} of {len(cells)} rows" in obligations(tables).title


def test_the_namings_shown_in_the_lesson_leave_the_unseen_snippets_out(tables):
    assert "F154" not in namings(tables).html()
    assert "F175" not in obligations(tables).html()
    assert "F175" not in squares(tables).html()


@pytest.mark.parametrize("name", EXHIBITS)
def test_exhibits_have_words_and_evidence_and_are_the_same_each_time(name, tables):
    exhibit = EXHIBITS[name](tables)
    assert exhibit.html() == EXHIBITS[name](tables).html()
    assert re.search(r"\d", exhibit.description)
    assert exhibit.evidence
    assert exhibit.source


@pytest.mark.parametrize("day", [None, "2024-06-30", "2024-11-08", "2024-12-04"])
def test_the_picture_is_legible_on_any_day(tables, day):
    check_legible(to_force(tables.as_of(day)))


def test_the_picture_as_of_a_day_does_not_tell_what_came_later(tables):
    then = to_force(tables.as_of("2024-10-31"))
    assert then.title.startswith("Signed; not in force")
    assert "December" not in then.plain()
    assert "days" not in {t.get_text() for t in then.axes[0].texts}


def planted(tables, tmp_path, name, old, new) -> Tables:
    """The tables with ``old`` in one of them replaced."""
    folder = shutil.copytree(tables.folder, tmp_path / "data")
    path = folder / f"{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return Tables(folder)


def test_what_help_is_tied_to_follows_the_clauses(tables, tmp_path):
    assert dict(zip(duties(tables)["treaty_id"], duties(tables)["duty"])) == {
        "1961": ALONE,
        "2000": UNSEEN,
        "2024": TIED_FURTHER,
    }
    assert find_exercise(tables, "04-vote").key == {TIED_FURTHER}
    ties = "Article 51 of the UN Charter; the laws of both states"
    without = planted(tables, tmp_path, "clauses", ties, "")
    assert find_exercise(without, "04-vote").key == {ALONE}
    assert find_exercise(without, "04-part").key == set()


def test_the_two_articles_part_in_one_point(tables):
    points = dict(zip(parted_points(tables)["point"], parted_points(tables)["differs"]))
    assert points.pop("qualifications") == "yes"
    assert set(points.values()) == {"no"}
    assert parted_points(tables.as_of("2024-06-19")).empty


def test_a_clause_is_taken_apart_into_words_of_its_own(tables):
    parts = clause_parts(tables)
    for part in parts.itertuples():
        (row,) = tables.clauses[tables.clauses["clause_id"] == part.clause_id].itertuples()
        assert part.words in f"{row.when} {row.then} {row.by_whom} {row.qualifications}"
    assert parts.groupby("clause_id")["part"].nunique().between(2, 3).all()


def test_the_korean_word_is_one_and_a_planted_other_is_noticed(tables, tmp_path):
    kept = dict(zip(words_kept(tables)["language"], words_kept(tables)["kept"]))
    assert kept == {"en": "several words", "ko": "one word", "ru": "one treaty only"}
    for row in tables.treaty_words.itertuples():
        fact = tables.facts.set_index("fact_id").loc[row.address]
        assert row.word in f"{fact['fact']} {fact['note']}"
    other = planted(
        tables, tmp_path, "treaty_words", "W02,2024,ko,Article 4,무력", "W02,2024,ko,Article 4,"
    )
    assert find_exercise(other, "04-word").key == {"several words"}
    assert find_exercise(tables, "04-word").key == {"one word"}


def test_squares_show_what_the_grid_has(tables, tmp_path):
    grid = obligation_grid(tables)
    body = squares(tables).body()
    for cell, words in (("yes", "yes"), ("no", "no"), ("text not seen", "not seen")):
        assert body.count(f"</strong> {words}</span>") == (grid == cell).sum().sum()
    assert body.count("title='") == grid[list(tables.treaties["treaty_id"])].size
    assert "O01" not in body
    (chosen,) = re.findall("▶ (.*?)</strong>", squares(tables, "O10").body())
    assert chosen == "A clause on Korean unification"
    assert "not public yet" in squares(tables.as_of("2024-06-19")).body()


def test_a_promise_is_read_out_with_its_three_squares(tables):
    panel = explore_promises(tables)
    assert (
        panel.says == "Military help if a party is attacked: 1961 yes, 2000 not seen and 2024 yes."
    )
    labelled(panel, "Promise")[0].value = "O11"
    assert panel.says == "A term of years: 1961 yes, 2000 yes and 2024 no."
    assert "The article says that the effect is indefinite." in panel.result
    assert len(list(panel.states())) == len(obligation_grid(tables))


def test_outcomes_follow_the_clauses_and_the_grid(tables):
    assert outcome(tables, "attack", "Russia", "one state", "2024") == "help"
    assert outcome(tables, "threat", "Russia", "several states", "2024") == "consult"
    assert outcome(tables, "attack", "Russia", "nobody named", "2024") == OPEN
    assert outcome(tables, "attack", "Russia", "one state", "1961") == OPEN
    assert outcome(tables, "threat", "North Korea", "one state", "1961") == NOTHING
    assert outcome(tables, "attack", "North Korea", "one state", "2000") == OPEN
    found = outcomes(tables)
    assert set(found["outcome"]) == set(VOTES)
    assert set(found.loc[found["on"] == "a third state", "outcome"]) == {NOTHING}


def situation_controls(panel):
    return labelled(panel, "There is", "on", "by", "Treaty", "Our vote")


def test_the_panel_asks_for_a_vote_before_it_answers(tables):
    panel = explore_situation(tables)
    what, whom, by, treaty, vote = situation_controls(panel)
    assert "Vote first" in panel.says
    assert "speaks about it" not in panel.result + panel.says
    vote.value = "help"
    assert (
        "The wording: it must help, within limits, by Article 4. Vote and"
        " wording agree." in panel.says
    )
    assert "✓ speaks about it" in panel.result
    by.value = "nobody named"
    assert vote.value == NOT_YET
    vote.value = "help"
    assert "The wording: can't be told. Vote and wording differ" in panel.says
    what.value, whom.value, by.value = "threat", "Russia", "several states"
    assert vote.value == NOT_YET
    vote.value = "consult"
    assert "by Article 3. Vote and wording agree" in panel.says
    assert "imminent threat" in panel.result
    assert "direct threat" in panel.result
    treaty.value = "1961"
    assert vote.value == NOT_YET
    assert "Soviet Union" in panel.says
    vote.value = NOTHING
    assert "✗ does not" in panel.result
    control(panel, Checkbox).value = True
    assert "lp-rows" in panel.result


@pytest.mark.slow
def test_what_stands_in_the_panel_before_the_vote_does_not_tell_the_answer(tables):
    panel = explore_situation(tables)
    for state in panel.states():
        html, says = panel.state(state)
        assert "no verdict" in html
        told = re.search("speaks about it|✗ does not|± can|text not seen", html)
        assert bool(told) == (state["vote"] != NOT_YET), state
        now = outcome(tables, state["what"], state["whom"], state["by"], state["treaty"])
        if state["vote"] != NOT_YET:
            assert f"The wording: {VOTES[now]}" in says
            assert ("Vote and wording agree" in says) == (state["vote"] == now)


@pytest.mark.slow
@pytest.mark.parametrize(
    "name, old, new, says",
    [
        (
            "obligations.yaml",
            '    - {treaty_id: "2000", cell: text not seen, why: No clause on help was seen.}\n',
            "",
            "not one cell for each treaty",
        ),
        (
            "obligations.yaml",
            "address: F160; F161, why",
            "address: F999, why",
            "F999 leads nowhere",
        ),
        (
            "treaties.yaml",
            "when: comes under an armed attack by",
            "when: suffers an armed attack by",
            "is not in its facts",
        ),
        (
            "treaties.yaml",
            "key_word: armed invasion",
            "key_word: armed raid",
            "'armed raid' is not in its wording",
        ),
        (
            "treaties.yaml",
            "word: 무력침공",
            "word: 무력공격",
            "W01: '무력공격' is not in its facts",
        ),
        ("treaties.yaml", "articles: 23", "articles: 24", "not one row for each article"),
        ("treaties.yaml", "ending_id: X02", "ending_id: X01", "X01 stands twice"),
    ],
)
def test_a_slip_in_the_seeds_is_noticed(tmp_path, name, old, new, says):
    check_slip(tmp_path, name, old, new, says)
