"""A lesson on paper alone: cells that the sheet decides, days beside the evidence, cards of the
scene, a plan whose minutes add up and whose files and headings are there.
"""

import calendar
import re
from html import unescape

import pytest

from casebook.exercises import find_exercise
from casebook.figure import marked
from casebook.figure.english import day
from casebook.kit.cards import SCENES, lesson_cards
from casebook.kit.needed import rests_on
from casebook.kit.pieces import claims_on, right
from casebook.kit.prose import page_text, section
from casebook.kit.sheet import lesson_sheet, tasks_of
from casebook.kit.write import documents
from casebook.subjects.reports.methods.coverage import position_matrix
from casebook.subjects.treaties.charts.situations import READ_ALOUD, answer
from casebook.subjects.treaties.methods import outcome
from helpers import lessons

LESSONS = [p.stem[:2] for p in lessons()]
each = pytest.mark.parametrize("lesson", LESSONS)
DAYS = re.compile(rf"\b(?:{'|'.join(calendar.month_name[1:])}|(?i:Liberation Day))\b")


@pytest.fixture(scope="module")
def every(tables):
    return {document.name: document for document in documents(tables)}


def handout(tables, lesson) -> dict:
    return next(h for h in tables.read_json("handouts") if h["lesson"] == lesson)


# -- cells and days --------------------------------------------------------------------------------


def undecided(tables, part) -> list[str]:
    """The cells of a table of reports whose key can't be read off the claims that are printed with
    it: one that a claim decides which is not there, or a day that the report's claims don't have.
    """
    printed = claims_on(tables, part)
    statements = tables.statements.set_index("statement_id")["statement"]
    asked = [k for k, text in statements.items() if any(w in text for w in part["table"]["rows"])]
    cells = position_matrix(tables).loc[asked].stack()
    found = []
    for (statement, source), relation in cells[cells != "silent"].items():
        here = tables.positions["statement_id"].eq(statement)
        decides = set(tables.positions[here & tables.positions["source_id"].eq(source)]["claim_id"])
        said = " ".join(printed.loc[printed["source_id"] == source, "claim"])
        days, told = (set(map(str.lower, DAYS.findall(t))) for t in (statements[statement], said))
        named = {"liberation day"} & days or days
        if decides - set(printed["claim_id"]) or (named and not named & told):
            found.append(f"{statement}, {source}: {relation}")
    return found


@each
def test_a_table_of_reports_is_decided_by_the_claims_that_are_printed_with_it(tables, lesson):
    for part in handout(tables, lesson)["parts"]:
        if part["table"] and part["table"]["exhibit"] == "coverage":
            assert undecided(tables, part) == []
            assert "may not be needed" in part["task"]


def test_a_cell_without_its_day_is_noticed(tables):
    part = next(p for p in handout(tables, "01")["parts"] if p["topics"])
    assert undecided(tables, part | {"claims": []}) == ["T01, S4: agrees", "T15, S4: agrees"]
    assert undecided(tables, part | {"topics": ["exchange", "recognition"]}) == ["T14, S4: agrees"]


@each
def test_a_printed_row_says_its_day(tables, lesson):
    days = dict(zip(tables.facts["fact_id"], tables.facts["date"]))
    days |= dict(zip(tables.messages["message_id"], tables.messages["date"]))
    for sort in ("sheet", "home"):
        sheet = lesson_sheet(tables, lesson, sort)
        for row in re.findall(r"<th scope='row'>[A-Z]{1,2}</th><td>(.*?)</td>", str(sheet)):
            address = re.search(r"<sup>([^<]+)</sup></small>", row)[1]
            if re.fullmatch(r"\d{4}-\d\d-\d\d", days.get(address, "")):
                assert day(days[address]) in unescape(row), address


def test_who_came_first_can_be_read_off_the_sheet(tables):
    """Of the claim “first country” both recognitions, with their days, in class and at home."""
    for name, sort in (("01-first-country", "sheet"), ("01-sort", "home")):
        assert {"F002", "F003"} <= set(rests_on(find_exercise(tables, name)))
        body = lesson_sheet(tables, "01", sort).body
        for said in ("29 June 2022: Syria", "13 July 2022: North Korea", "Donetsk and Luhansk"):
            assert said in body


def test_a_message_says_its_form_and_once_who_sent_it(tables):
    body = lesson_sheet(tables, "07").body
    assert "18 April 2019: Letter. Kim to Putin, Reply to Putin's congratulations" in unescape(body)


@each
def test_the_teachers_copy_has_the_letters_of_the_sheets(tables, lesson):
    """The same row has the same letter on a sheet and on the copy of it."""
    rows = r"<th scope='row'>([A-Z]{1,2})</th><td>(.*?)</td>"
    copy = re.findall(rows, lesson_sheet(tables, lesson, "answers").body)
    for sort in ("sheet", "home"):
        sheet = lesson_sheet(tables, lesson, sort)
        assert [row for row in re.findall(rows, str(sheet)) if row not in copy] == []


@each
def test_boxes_and_rows_have_letters_and_the_key_names_them(tables, lesson):
    side = unescape(lesson_sheet(tables, lesson, "answers").body)
    for part in handout(tables, lesson)["parts"]:
        for task in tasks_of(tables, lesson, part):
            if task.kind in ("choose", "vote"):
                letter, text = right(task).split(": ", 1)
                assert f"<li><strong>{letter}</strong> {unescape(marked(text))}</li>" in side


# -- cards -----------------------------------------------------------------------------------------


def test_the_cards_say_what_the_tables_say(tables):
    body = unescape(lesson_cards(tables, "01").body)
    for card in tables.cards.itertuples():
        assert re.sub(r" \([^)]*¶[^)]*\)", "", card.says)[:60] in body
    assert body.count("class='card'") == len(tables.cards) + 1
    assert lesson_cards(tables, "09").body.count("class='card'") == 10
    assert lesson_cards(tables, "03") is None


def test_a_page_of_the_whisper_is_read_once(tables):
    body = lesson_cards(tables, "02").body
    heads = re.findall(r"<p><strong>Page (\d)(?:, after page (\d))?:", body)
    assert heads == [("1", ""), ("2", "1"), ("3", "2"), ("4", "3"), ("5", "2"), ("6", "2")]


def test_each_outcome_of_a_situation_is_asked_for(tables):
    assert {outcome(tables, *setting) for setting in READ_ALOUD} == {
        "help",
        "consult",
        "nothing",
        "can't be told",
    }
    assert answer(tables, *READ_ALOUD[0]).startswith("It must help. Article 4")


@each
def test_a_scene_that_is_read_aloud_has_cards(tables, every, lesson):
    reads = any(
        part["together"] and re.search(r"\b[Cc]ards?\b|situations|reads how", part["task"])
        for part in handout(tables, lesson)["parts"]
    )
    assert (f"{lesson}/cards" in every) == (lesson in SCENES)
    assert reads or lesson not in SCENES


# -- the plan --------------------------------------------------------------------------------------


def plan(lesson) -> tuple[int, str, list[list[str]]]:
    """The minutes of a lesson on paper, what its page says of it, and the rows of its table."""
    text = page_text(lesson)
    minutes = int(re.search(r"^## (\d+) minutes on paper$", text, re.M)[1])
    said = section(text, f"{minutes} minutes on paper")
    rows = re.findall(r"^\| (\d+)-(\d+) \| (.+?) \| (.+?) \|$", said, re.M)
    return minutes, said, [list(row) for row in rows]


@each
def test_the_minutes_on_paper_add_up(lesson):
    minutes, _, rows = plan(lesson)
    assert minutes in (45, 60)
    ends = [0, *(int(end) for _, end, *_ in rows)]
    assert [int(begin) for begin, *_ in rows] == ends[:-1]
    assert ends[-1] == minutes


@each
def test_the_plan_on_paper_names_files_and_headings_that_are_there(tables, every, lesson):
    _, said, rows = plan(lesson)
    files = set(re.findall(r"`(\w+/[\w-]+)`", said))
    assert {f"{lesson}/sheet", f"{lesson}/sheet-large", f"{lesson}/marking"} <= files <= set(every)
    assert (f"{lesson}/cards" in files) == (lesson in SCENES)
    assert (f"{lesson}/home" in files) == (f"{lesson}/home" in every)
    headings = [p["heading"] for p in handout(tables, lesson)["parts"] if not p["home"]]
    named = [n for row in rows for n in re.findall(r"\*([^*]+)\*", row[2])]
    assert set(headings) <= set(named), set(headings) - set(named)
    for part in ("**Print**", "**Say first:**", "**Left out:**", "**The scene without a screen"):
        assert part in said


@each
def test_the_plan_on_paper_gives_each_leaf_when_it_is_due(tables, lesson):
    leaf, leaves = 1, {}
    for part in handout(tables, lesson)["parts"]:
        leaf += part["leaf"]
        leaves[part["heading"]] = str(leaf)
    _, said, rows = plan(lesson)
    due = [heading for heading, number in leaves.items() if number == "2"]
    if leaf == 1:
        return
    assert re.search(rf"from side \d \(\*{re.escape(due[0])}\*\) on leaf 2", said)
    for *_, what, on in rows:
        for heading in re.findall(r"\*([^*]+)\*", what):
            assert leaves.get(heading, on) == on, heading


# -- what a reader of the kit can open -------------------------------------------------------------


@each
def test_a_teachers_page_names_nothing_that_only_a_folder_of_ours_has(every, lesson):
    text = page_text(lesson)
    assert not re.search(r"start\.py|page 00|seeds/|\bdata/|\bteach/|CONTRIBUTING|You need", text)
    files = re.findall(r"`((?:\d\d|school)/[\w-]+)`", text)
    assert set(files) <= set(every)
    assert f"{lesson}/sheet" in files
