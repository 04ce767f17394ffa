"""The 'More time' parts: cards on outlets, the chains of all documents, ATOP's categories, letters
in several Englishes.
"""

import re

import pytest
from ipywidgets import Checkbox, Dropdown

from casebook.core import addresses
from casebook.exercises import find_exercise
from casebook.figure.english import number
from casebook.subjects.outlets.charts import ASKED, outlet_card, outlets
from casebook.subjects.outlets.methods import cards_found
from casebook.subjects.outlets.widgets import GUESSES, NONE, read_laterally
from casebook.subjects.wording.charts.chains import chains_together, shared_title
from casebook.subjects.wording.charts.letters import letter_versions
from casebook.subjects.wording.methods.chains import (
    STAGES,
    chain_actors,
    chain_stages,
    letter_alignments,
    strands,
)
from casebook.subjects.wording.widgets.compare import compare_chains, compare_englishes
from helpers import HOUSE, coded_twice, control

# Cards


def test_each_outlet_and_the_agency_have_a_card_with_every_question(tables):
    grid = cards_found(tables)
    assert set(coded_twice(tables)) | {"KCNA"} <= set(grid.index)
    assert set(grid.index) <= {*tables.sources["source_id"], "KCNA"}
    assert list(grid) == list(ASKED)
    assert grid.isin(["yes", "in part", "no"]).all(axis=None)


def test_what_was_found_has_its_page_and_what_was_not_has_none(tables):
    for line in tables.outlet_cards.itertuples():
        assert bool(line.address) == (line.found != "no"), line
        for place in addresses.parse_all(line.address):
            if place.kind == "fact":
                assert tables.facts.set_index("fact_id").at[place.row, "url"].startswith("http")


def test_years_on_a_card_stand_in_its_rows(tables):
    for line in tables.outlet_cards.itertuples():
        if line.address:
            evidence = " ".join(
                f"{row.date} {row.text} {row.source}" for row in tables.resolve(line.address)
            )
            assert set(re.findall(r"\b\d{4}\b", line.answer)) <= set(
                re.findall(r"\d{4}", evidence)
            ), line


def test_the_titles_of_the_cards_count(tables):
    lines = tables.outlet_cards
    for card in lines["card_id"].unique():
        shown = outlet_card(tables, card)
        assert len(shown.rows) == 6
        assert (
            shown.html().count("? not found")
            == ((lines["card_id"] == card) & (lines["found"] == "no")).sum()
        )
    assert (
        outlet_card(tables, "S4").title
        == "Red-Blooded Conservative: of six questions, five without an answer"
    )
    found = lines.groupby(["question", "found"])["card_id"].nunique()
    assert outlets(tables).title.startswith(
        f"Of {number(lines['card_id'].nunique())}, an owner was found for"
        f" {number(found['owner', 'yes'])}; who pays for {number(found['pays', 'yes'])},"
        f" in part for {number(found['pays', 'in part'])} more; "
    )
    with pytest.raises(KeyError, match="no card 'S9'"):
        outlet_card(tables, "S9")


def test_a_card_opens_closed_and_compares_the_guesses(tables):
    panel = read_laterally(tables)
    stored = "".join(panel.stored())
    assert "Axel Springer" not in stored
    assert "The card is closed" in stored
    assert "not guessed" not in panel.says
    owner = control(panel, Dropdown, "Who owns it?")
    owner.value = "a media group"
    assert panel.says == "Business Insider: one guess so far, of three."
    control(panel, Checkbox, "Open the card").value = True
    assert "you guessed a media group; the card: a media group" in panel.result
    assert "Axel Springer" in panel.result
    assert "One of your three guesses is what the card has." in panel.says
    assert "F271" not in panel.result.split("<table")[0]
    control(panel, Checkbox, "Show the pages").value = True
    assert "lp-rows" in panel.result
    outlet = control(panel, Dropdown, "Outlet")
    outlet.value = "S4"
    assert owner.value == NONE
    assert not control(panel, Checkbox, "Open the card").value
    assert "No page" not in panel.result
    outlet.value = "S0"
    assert owner.value == "a media group"


def test_every_kind_of_a_card_can_be_guessed(tables):
    lines = tables.outlet_cards
    for question, choices in GUESSES.items():
        assert set(lines.loc[lines["question"] == question, "kind"]) <= set(choices)


# Chains


def test_each_step_stands_in_one_column_and_each_strand_ends_on_a_page(tables):
    steps = chain_stages(tables)
    assert len(steps) == len(tables.chains)
    assert set(steps["stage"]) == set(STAGES)
    last = steps.groupby("strand")["stage"].agg(lambda stages: "on our page" in set(stages))
    assert last.all()


def test_strands_count_their_inferred_steps(tables):
    table = strands(tables).set_index("strand")
    assert table.at["S0 · Kim's message", "inferred"] == 3
    assert table["steps"].sum() == len(tables.chains)
    assert set(table.index[table["unbroken"] == "yes"]) == {"S0 · “futile”", "S4 · the report"}


def test_what_the_five_share_is_computed(tables):
    for then in (tables, tables.as_of("2022-08-31")):
        steps = chain_stages(then).query("leader == 'yes'")
        guessed = (steps["basis"] == "inferred").sum()
        assert shared_title(then).endswith(f"{guessed} of {len(steps)} steps")
    assert shared_title(then).startswith("All three carry words of both leaders")


@pytest.mark.prose
def test_the_lessons_words_on_the_chains_hold(tables):
    """KCNA in four of five; no translation known; no leader's strand without a gap; the title does
    not answer the exercise.
    """
    hands = chain_actors(tables).set_index("actor")["documents"]
    assert list(hands.index[hands == 4]) == ["KCNA"]
    assert set(hands.index[hands == 5]) == {
        "Putin",
        "Kim Jong Un",
    }
    steps = chain_stages(tables)
    with_kcna = steps.loc[(steps["leader"] == "yes") & (steps["actor"] == "KCNA"), "source_id"]
    assert set(with_kcna) == {"S0", "S1", "S3", "S4"}
    assert "KCNA" not in shared_title(tables)
    translated = steps[(steps["leader"] == "yes") & (steps["stage"] == "translated")]
    assert len(translated) == 10
    assert set(translated["basis"]) == {"inferred"}
    assert not (strands(tables).query("leader == 'yes'")["unbroken"] == "yes").any()


def test_the_table_of_chains_shows_what_is_inferred_or_the_gap(tables):
    shown, stated = chains_together(tables), chains_together(tables, inferred=False)
    guessed = chain_stages(tables).query("leader == 'yes' and basis == 'inferred'")
    assert (
        shown.html().count("<small>inferred</small>")
        == len(guessed)
        == stated.html().count(">gap</span>")
    )
    assert "◆ KCNA" in shown.html()
    assert "◆ BBC" not in shown.html()
    assert (
        len(chains_together(tables, leaders_only=False).rows)
        == len(strands(tables))
        > len(shown.rows)
    )


def test_the_control_takes_the_inferred_steps_away(tables):
    panel = compare_chains(tables)
    assert shared_title(tables) in panel.says
    control(panel, Checkbox, "With the inferred steps").value = False
    assert panel.says.startswith("By what sources state alone, none of ")
    assert ">gap<" in panel.result
    control(panel, Dropdown, "Show").value = False
    assert "two of 24 strands" in panel.says


# ATOP


def test_our_reading_by_atop_never_says_no_of_a_text_that_was_not_seen(tables):
    atop = tables.atop
    assert len(atop) == 15
    assert set(atop["category"]) == {
        "defense",
        "offense",
        "neutrality",
        "nonaggression",
        "consultation",
    }
    seen = (
        tables.treaty_articles[tables.treaty_articles["seen"].isin(["wording", "content"])]
        .groupby("treaty_id")
        .size()
    )
    whole = {
        treaty
        for treaty, articles in zip(tables.treaties["treaty_id"], tables.treaties["articles"])
        if seen.get(treaty, 0) == articles
    }
    assert set(atop.loc[atop["cell"] == "no", "treaty_id"]) <= whole == {"1961"}


def test_our_reading_agrees_with_the_grid_of_the_lesson(tables):
    atop = tables.atop.set_index(["category", "treaty_id"])["cell"]
    grid = tables.obligations.set_index(["obligation_id", "treaty_id"])["cell"]
    for treaty in tables.treaties["treaty_id"]:
        assert atop["defense", treaty] == grid["O01", treaty]
        assert atop["consultation", treaty] == grid["O04", treaty]


def test_the_lesson_calls_it_our_own_reading(tables):
    page = (HOUSE / "notebooks" / "04-the-pact.ipynb").read_text(encoding="utf-8")
    assert "our own reading, not ATOP's" in page
    assert tables.facts.set_index("fact_id").at["F370", "confidence"] == "low"


# Letters


def pieces(tables):
    return list(
        dict.fromkeys(zip(tables.letter_versions["message_id"], tables.letter_versions["piece"]))
    )


def test_each_version_stands_word_for_word_where_it_says(tables):
    quoted = dict(zip(tables.facts["fact_id"], tables.facts["fact"])) | dict(
        zip(tables.messages["message_id"], tables.messages["key_phrase"])
    )
    known = set(tables.variants["text"]) | set(tables.quotes["text"])
    for row in tables.letter_versions.itertuples():
        for part in row.text.split(" […] "):
            # Yonhap's brackets are told apart in the fact, and join there.
            plain = part.replace("(a source of) ", "")
            assert plain in quoted.get(row.address, "") or any(plain in text for text in known), (
                row.version_id
            )
    assert "“(a source of)” before “pride”" in quoted["F375"]


def test_every_piece_has_one_reference_and_says_who_changed_the_rest(tables):
    for message, piece in pieces(tables):
        rows = tables.letter_versions[
            (tables.letter_versions["message_id"] == message)
            & (tables.letter_versions["piece"] == piece)
        ]
        assert (rows["after"] == "").sum() == 1
        assert len(rows) >= 2
        found, shown = (
            letter_alignments(tables, message, piece),
            letter_versions(tables, message, piece),
        )
        assert len(found) == len(rows) - 1
        assert len(shown.rows) == len(rows)
        for row in rows.itertuples():
            assert row.english_by in re.sub(r"&#x27;", "'", shown.html())
    with pytest.raises(KeyError, match="no versions of 'nothing'"):
        letter_alignments(tables, "M2026-01-08-a", "nothing")


def test_the_titles_of_the_letters_count_words(tables):
    kept = letter_versions(tables, "M2024-10-07-a", "what the two built").title
    assert kept.startswith("Letter of 7 October 2024, “what the two built”: of ")
    assert "⇄ life → pain" in letter_versions(tables, "M2025-12-27-a", "the same trench").html()


def test_the_panel_of_letters_does_not_answer_the_exercise_before_it_is_asked(tables):
    panel = compare_englishes(tables)
    piece, behind = (
        control(panel, Dropdown, "Letter"),
        control(panel, Checkbox, "Say who changed it"),
    )
    for _, value in piece.options:
        piece.value = value
        assert "Decide first" in panel.result
        assert "an outlet</span>" not in panel.result
    behind.value = True
    assert "an outlet</span>" in panel.result
    assert "Decide first" not in panel.result
    assert (
        find_exercise(tables, "07-englishes")
        .check({"L02": "translator", "L06": "outlet", "L07": "outlet", "L10": "translator"})
        .right
    )


@pytest.mark.parametrize(
    "exercise, answer",
    [("01-owner", {"S1", "S4"}), ("01-which-page", "F362"), ("02-four-of-five", "KCNA")],
)
def test_the_exercises_keys(tables, exercise, answer):
    assert find_exercise(tables, exercise).check(answer).right


def test_pages_of_the_agency_are_no_links(tables):
    facts = tables.facts.set_index("fact_id")
    assert facts.at["F365", "link"] == facts.at["F377", "link"] == "no"


def test_the_plan_names_every_lesson_and_is_one_page(tables):
    plan = (HOUSE / "teach" / "plan.md").read_text(encoding="utf-8")
    assert len(plan.splitlines()) <= 60
    assert "plan.md" in (HOUSE / "teach" / "00.md").read_text(encoding="utf-8")
    for lesson in tables.lessons["lesson"]:
        assert re.search(rf"\b{lesson}\b", plan), lesson
    for periods in ("Two", "Four", "Seven", "Twelve"):
        assert re.search(rf"^## {periods} periods", plan, re.M), periods
