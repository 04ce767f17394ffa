"""The teacher's kit: sheets that carry their evidence, marking sides, pages; one text, three
forms.
"""

import io
import re
import zipfile
from html import escape
from io import StringIO

import pytest
from pandas import read_html

from casebook import __main__ as command
from casebook.core.addresses import PATTERN
from casebook.exercises import exercises, find_exercise
from casebook.figure import as_html, marked
from casebook.figure.english import day
from casebook.kit.letters import LANGUAGES, scripts_in, without_scripts
from casebook.kit.marking import Marking, is_spoken, key_of, marking_side, named
from casebook.kit.needed import (
    addresses_in,
    is_closed,
    is_readable,
    needs_screen,
    rests_on,
    rule_for,
)
from casebook.kit.page import DENSITIES, STYLE, text_of, whole, without_addresses
from casebook.kit.plainer import starters
from casebook.kit.prose import TEACH, page_text, section, table_of
from casebook.kit.sheet import SHEETS, SIGNS, lesson_sheet
from casebook.kit.word import docx, tree
from casebook.kit.write import NOT_DRAWN, documents, write_kit
from casebook.subjects.coding.methods.coding import coding_items
from casebook.subjects.reports.methods.coverage import position_matrix
from helpers import HOUSE, lessons

LESSONS = [p.stem[:2] for p in lessons()]
CORE_PATH = ["01", "02", "04", "07"]
each = pytest.mark.parametrize("lesson", LESSONS)


@pytest.fixture(scope="module")
def every(tables):
    return {document.name: document for document in documents(tables)}


@pytest.fixture(scope="module")
def kit(tables, tmp_path_factory):
    """The folder of the kit, without PDF."""
    folder = tmp_path_factory.mktemp("kit") / "kit"
    write_kit(tables, folder, pdf=False)
    return folder


def handout(tables, lesson) -> dict:
    return next(h for h in tables.read_json("handouts") if h["lesson"] == lesson)


def asked(tables, lesson, home=None) -> list:
    """The exercises of a lesson's sheets, in their order; ``home`` picks one of the two."""
    found = []
    for part in handout(tables, lesson)["parts"]:
        if home in (None, part["home"]):
            found += [find_exercise(tables, name) for name in part["exercises"]]
            found += exercises(tables, lesson, group="check-out") if part["check_out"] else []
    return found


def is_told(tables, address, body) -> bool:
    """Whether an address stands on the sheet, or every claim of its paragraph does."""
    source, _, paragraph = address.partition(" ¶")
    claims = tables.claims[tables.claims["source_id"] == source]
    told = claims.loc[claims["paragraph"].astype(str) == paragraph, "claim"]
    return address in addresses_in(body) or (
        not told.empty and all(as_html(claim) in body or escape(claim) in body for claim in told)
    )


# -- what every page keeps to ----------------------------------------------------------------------


@each
def test_a_sheet_needs_no_network_and_runs_nothing(tables, lesson):
    for sort in SHEETS:
        if sheet := lesson_sheet(tables, lesson, sort):
            page = whole(sheet)
            assert page.startswith("<!doctype html>")
            assert not re.search(r"<script|<link|<img|src=|@import|url\(|href=", page)


def test_no_page_names_a_path_of_a_machine(every):
    for document in every.values():
        assert not re.search(r"file:|[A-Z]:\\|/(?:home|Users|tmp|work)/", whole(document))


def test_every_page_is_well_formed_and_says_where_it_belongs(every):
    for document in every.values():
        assert tree(document.body).all("h1"), document.name
        assert f"Letters to Pact · {document.title}" in whole(document)


# -- sheets ----------------------------------------------------------------------------------------


@each
def test_the_pupils_copy_holds_no_answer_and_the_teachers_holds_them_all(tables, lesson):
    pupils, teachers = (lesson_sheet(tables, lesson, sort).body for sort in ("sheet", "answers"))
    questions = exercises(tables, lesson, group="check-out")
    assert len(questions) == 5
    for task in questions:
        worked = marked(task.worked)
        assert worked not in pupils
        assert worked in teachers
        assert marked(task.question) in pupils


@each
def test_every_closed_question_has_its_evidence_on_the_sheet_or_stands_with_the_screen(
    tables, lesson
):
    for home in (False, True):
        sheet = lesson_sheet(tables, lesson, "home" if home else "sheet")
        tasks = asked(tables, lesson, home)
        assert tasks or not sheet or home
        boxes = re.findall(r"<section class='screen'>.*?</section>", str(sheet), re.S)
        for task in filter(is_closed, tasks):
            question = marked(task.question)
            if needs_screen(task, handout(tables, lesson)):
                assert any(question in box for box in boxes), task.id
                continue
            assert question in sheet.body
            assert not any(question in box for box in boxes), task.id
            missing = [
                a
                for a in rests_on(task)
                if not is_told(tables, a, sheet.body) and is_readable(tables, a)
            ]
            assert not missing, f"{task.id}: {missing}"
            alone = task.id in handout(tables, lesson)["in_itself"]
            rule = rule_for(task, handout(tables, lesson))
            assert not rule or escape(rule, quote=False) in sheet.body, task.id
            whole_in_itself = alone and len(task.question.split()) >= 12
            assert rests_on(task) or rule or whole_in_itself, task.id


@each
def test_what_stands_at_a_printed_address_is_told_in_full(tables, lesson):
    for sort in ("sheet", "home"):
        sheet = lesson_sheet(tables, lesson, sort)
        for row in re.findall(r"<th scope='row'>([A-Z]{1,2})</th><td>(.*?)</td>", str(sheet)):
            address = re.search(r"<sup>([^<]+)</sup></small>", row[1])[1]
            if not address.startswith("Q"):
                assert as_html(tables.resolve(address)[0].text) in row[1]
            whence = re.findall(r"<small>Evidence: ([A-Z, ]+)", sheet.body)
            asked_for = any(row[0] in letters.split(", ") for letters in map(str.strip, whence))
            assert asked_for or address in given(tables, lesson), row[0]


def given(tables, lesson) -> list[str]:
    """The rows that a lesson's sheets print beside those that its questions rest on."""
    parts = handout(tables, lesson)["parts"]
    return [a for part in parts for a in addresses_in(part["evidence"] or "")]


def test_what_a_core_lesson_gives_for_home_is_a_sheet_of_its_own(tables):
    for lesson in CORE_PATH:
        tasks = asked(tables, lesson, home=True)
        assert any(is_closed(task) for task in tasks), lesson
        assert not any(needs_screen(task, handout(tables, lesson)) for task in tasks), lesson


def test_of_27_closed_questions_of_the_core_path_few_need_the_screen(tables):
    closed = [
        (task, handout(tables, lesson))
        for lesson in CORE_PATH
        for task in asked(tables, lesson)
        if is_closed(task)
    ]
    on_screen = [task.id for task, sheet in closed if needs_screen(task, sheet)]
    assert len(closed) >= 27
    assert len(on_screen) <= 3


def test_a_row_in_letters_that_a_machine_may_lack_is_printed_with_its_english_or_not_at_all(every):
    """And never as a note alone, which no pupil can weigh."""
    for name, document in every.items():
        if name.split("/")[1] in ("sheet", "home", "sheet-large", "home-large"):
            missing = set(scripts_in(document.body))
            assert "not printed" not in without_scripts(document.body, missing), name


def test_a_usual_page_has_10_points_and_its_small_print_9():
    assert min(points for points, *_ in DENSITIES.values()) >= 10
    small = re.findall(r"(?:small|evidence|given|last)[^{}]*{[^}]*font-size: ([.\d]+)em", STYLE)
    assert small and min(map(float, small)) >= 0.9


@each
def test_the_teacher_has_a_place_for_level_and_next_step(every, lesson):
    for name in (f"{lesson}/sheet", f"{lesson}/sheet-large"):
        assert (
            len(
                re.findall(
                    r"<p class='level'>Your teacher writes here. Level: _+ Next step: _+</p>",
                    every[name].body,
                )
            )
            == 1
        )
    assert "class='level'" not in every[f"{lesson}/answers"].body


def test_a_box_and_its_word_stay_together(every):
    for document in every.values():
        assert not re.search("☐ ", whole(document)), document.name
        assert not re.search(": ___", whole(document)), document.name


def large_ones(every) -> list:
    """(the sheet in the usual size, in 14 points) of every large sheet."""
    return [(every[n.removesuffix("-large")], every[n]) for n in every if n.endswith("-large")]


def without_help(body) -> str:
    return re.sub(r"<section class='help'>.*?</section>", "", body)


def test_large_print_has_no_code_and_loses_no_question(every):
    for usual, large in large_ones(every):
        text = text_of(large.body)
        assert not PATTERN.search(text), large.name
        assert not re.search(r"\b[SF]\d{1,3}\b", text), large.name
        assert "<sup" not in large.body
        for name in ("h2", "li", "tr"):
            rest = tree(without_help(large.body)).all(name)
            assert len(rest) == len(tree(usual.body).all(name)), large.name


HOLE = re.compile(
    r"\(\s|\s\)|\(\)|\([,;.]|\( ?to\)|\s[,;](?!\S)|[,;] ?[,;]|[,;]\)|(?<!\.)\.\.(?!\.)"
)


def test_large_print_has_no_hole(every):
    for _, large in large_ones(every):
        assert not HOLE.findall(text_of(large.body)), large.name


@pytest.mark.parametrize(
    "text",
    ["most of its explanations ( to) and", "the sentence is , which", "(; in the English", "so ()"],
)
def test_a_hole_is_noticed(text):
    assert HOLE.search(text)


def test_large_print_has_every_word_of_the_usual_one(every, tables):
    """But for addresses; one that stands in a sentence is said in words."""
    outlets = "|".join(map(re.escape, tables.sources["outlet"]))
    for usual, large in large_ones(every):
        body = usual.body.replace(SIGNS, "")  # a large page has no raised signs to explain
        said = text_of(re.sub(r"<sup\b[^>]*>[^<]*</sup>", "", body))
        said = re.sub(r"\bS\d\b", "", PATTERN.sub("", said))
        told = re.sub(rf"[Pp]aragraph \d+ of (?:{outlets})", "", text_of(without_help(large.body)))
        assert re.findall(r"\w+", told) == re.findall(r"\w+", said), large.name


def test_an_address_that_its_sentence_needs_is_said_in_words():
    outlets = {"S1": "Business Upturn"}
    html = "<p>the sentence is S1 ¶6, which stands after S1 ¶8 (S1 ¶3; F001)</p>"
    said = without_addresses(html, outlets)
    assert said == (
        "<p>the sentence is paragraph 6 of Business Upturn, which stands after paragraph 8 of"
        " Business Upturn</p>"
    )
    assert without_addresses("(F001; in its English, F024)", {}) == "(in its English)"


@each
def test_rows_that_pupils_read_name_outlets_and_paragraphs_in_words(tables, lesson):
    """A code may stand in a bracket behind the sentence, and nowhere else in it."""
    for sort in ("sheet", "home"):
        sheet = lesson_sheet(tables, lesson, sort)
        for letter, row in re.findall(
            r"<th scope='row'>([A-Z]{1,2})</th><td>(.*?)<small", str(sheet)
        ):
            sentence = re.sub(r"\([^()]*\)|<sup>[^<]*</sup>", "", row)
            assert not re.search(rf"{PATTERN.pattern}|\bS\d\b", sentence), f"{letter}: {row}"


@each
def test_a_large_sheet_helps_with_words_that_stand_on_it_and_with_beginnings(tables, lesson):
    sheet = lesson_sheet(tables, lesson, "sheet-large")
    helps = re.search(r"<section class='help'>(.*?)</section>", sheet.body)[1]
    said = section((TEACH / f"{lesson}.md").read_text("utf-8"), "Plainer words")
    assert all(escape(start) in helps for start in starters(said))
    words = tree(helps).all("li")
    assert 1 <= len(words) <= 8
    rest = text_of(without_help(sheet.body)).casefold()
    for word in words:
        first = word.all("em")[0].children[0].strip(":").casefold()
        assert re.sub(r"^(?:a|the|to) |[ey]$", "", first) in rest, first


def test_14_points_are_14_points(every):
    for _, large in large_ones(every):
        assert "font: 14pt" in whole(large)
        with zipfile.ZipFile(io.BytesIO(docx(large))) as parts:
            sizes = re.findall(r'<w:sz w:val="(\d+)"', parts.read("word/document.xml").decode())
        assert all(int(half_points) >= 28 for half_points in sizes), large.name


def test_the_table_to_fill_is_blank_for_pupils_and_filled_for_teachers(tables):
    pupils, teachers = (lesson_sheet(tables, "01", sort).body for sort in ("sheet", "answers"))
    for row in ("T03", "T14", "T16"):
        statement = tables.statements.set_index("statement_id").at[row, "statement"]
        assert as_html(statement) in pupils
        assert row not in pupils
    assert "agrees</span>" not in pupils
    assert "silent</span>" not in pupils
    shown = position_matrix(tables).loc[["T03", "T14", "T01", "T15", "T16"]]
    assert teachers.count("agrees</span>") == (shown == "agrees").sum().sum()


def test_a_table_to_fill_keeps_the_order_in_which_its_rows_are_named(tables):
    body = lesson_sheet(tables, "01").body
    said = tables.statements.set_index("statement_id")["statement"]
    places = [body.rindex(as_html(said[name])) for name in ("T03", "T14", "T01", "T15", "T16")]
    assert places == sorted(places)


def test_a_sorting_is_a_table_with_a_column_for_each_bin(tables):
    task = find_exercise(tables, "01-sort")
    assert lesson_sheet(tables, "01", "answers").body.count("<td>✓</td>") == len(task.choices)
    assert "<td>✓</td>" not in lesson_sheet(tables, "01", "home").body


def test_the_background_is_what_its_two_rows_say(tables):
    facts = tables.facts.set_index("fact_id")
    body = lesson_sheet(tables, "04", "sheet").body
    invaded, asked = (day(facts.at[row, "date"]) for row in ("F249", "F548"))
    assert f"Russia invaded Ukraine on {invaded}" in body and asked.split(" ", 1)[1] in body
    assert "Russia invaded Ukraine" in facts.at["F249", "fact"]
    for word in ("UN General Assembly", "called on all states not to recognise", "Donetsk"):
        assert word in facts.at["F548", "fact"]


def test_a_claim_to_code_stands_behind_the_one_before_it_in_its_text(tables):
    claims = tables.claims.set_index("claim_id")["claim"]
    body = text_of(lesson_sheet(tables, "10", "sheet").body)
    shown = coding_items(tables).head(5).query("quote == ''")["claim_id"]
    before = [claims.iloc[claims.index.get_loc(name) - 1] for name in shown]
    assert before
    assert all(f"the claim before it: {text}" in body for text in before)


def test_the_extract_is_exact_and_the_sheet_says_what_it_does_not_carry(tables):
    page = lesson_sheet(tables, "01").body
    assert "would entirely conform with the interests of the peoples of the two countries" in page
    assert "texts are not carried here" in page


def test_boxes_to_tick_stay_on_paper(tables):
    on_paper, ten = 3, 10
    assert lesson_sheet(tables, "08").body.count("☐ the first<br>") == on_paper + ten


# -- marking, teachers' pages ----------------------------------------------------------------------


@each
def test_the_marking_side_has_rubric_sample_and_next_step_for_each_level(tables, lesson):
    marking = Marking(page_text(lesson))
    assert marking.missing() == []
    assert len({said for level in marking.levels.values() for said in level}) == 12
    levels, key = marking_side(tables, lesson).body.split("<h2>Key</h2>")
    assert levels.count("<tr>") == 5
    assert re.findall(r"<strong>([1-5])</strong>", key[key.index("Check-out.") :])[:5] == [*"12345"]


@each
def test_the_key_speaks_of_what_stands_on_the_sheet(tables, lesson):
    """By its headings and boxes, and by no code."""
    headings = [named(part) for part in handout(tables, lesson)["parts"]]
    key = key_of(tables, lesson)
    told = re.findall(r"<p><strong>([^<]{3,})</strong>", key)
    assert told == [heading for heading in headings if heading in told]
    words = re.sub(r"<sup[^>]*>.*?</sup>|<small>.*?</small>", "", key)
    assert not PATTERN.search(words)
    assert not re.search(r"\b[A-Z]\d{2}\b", words)


@each
def test_whatever_a_sheet_asks_has_a_key(tables, every, lesson):
    """Gaps, extracts, tables and lines; but for the task of the rubric, votes and guesses. What is
    asked at home, or only talked about, has it in the teacher's copy.
    """
    task = Marking(page_text(lesson)).task
    key, copy = key_of(tables, lesson), every[f"{lesson}/answers"].body
    for part in handout(tables, lesson)["parts"]:
        wanted = part["table"]
        fills = wanted and not wanted["given"] and not part["together"]
        asked_for = part["task"] or ""
        reads = part["extracts"] and re.search(r"\?|Underline", asked_for)
        asks = "____" in asked_for or reads or part["lines"] or fills
        if asks and not answers_the_rubric(asked_for, task) and not is_opinion(part):
            if part["home"] or is_spoken(part):
                assert part["right"] or fills, part["heading"]
                assert marked(part["right"] or "") in copy, part["heading"]
            else:
                assert f"<strong>{named(part)}</strong>" in key, part["heading"]


@pytest.mark.parametrize("lesson", ["01", "10"])
def test_the_key_to_a_table_has_the_lines_and_columns_of_the_sheet(tables, every, lesson):
    """So that the two are laid side by side."""
    (key,) = read_html(StringIO(key_of(tables, lesson)))
    sheet = read_html(StringIO(every[f"{lesson}/sheet"].body))
    (asked_for,) = (table for table in sheet if [*table][1:] == [*key][1:])
    assert len(asked_for) == len(key)
    assert key.notna().all(axis=None)
    assert asked_for.iloc[:, 1:].isna().all(axis=None)


def answers_the_rubric(asked_for: str, task: str) -> bool:
    words = set(re.findall(r"[a-z]{4,}", task.lower()))
    return sum(word in asked_for.lower() for word in words) >= len(words) * 0.7


def is_opinion(part) -> bool:
    """A headline, a pupil's own order, a memory, boxes alone: nothing in it is right or wrong."""
    asked_for = part["task"] or ""
    own = r"headline|front page|your own order|the six in your own|from memory|would you print|Vote"
    boxes = part["table"] and "paper" in part["table"]["exhibit"]
    return bool(re.search(own, asked_for)) or bool(boxes)


# -- a sample that a pupil could have written ------------------------------------------------------

WORDS_A_LINE = 11  # of handwriting on a line of 18 cm


@each
def test_the_best_sample_fits_the_lines_and_rests_on_the_sheet(tables, every, lesson):
    marking = Marking(page_text(lesson))
    sample = marking.levels["4"][1]
    lines = max(
        part["lines"]
        for part in handout(tables, lesson)["parts"]
        if answers_the_rubric(part["task"] or "", marking.task)
    )
    assert len(sample.split()) <= WORDS_A_LINE * lines
    assert not PATTERN.search(sample)
    bodies = [every[name].body for name in (f"{lesson}/sheet", f"{lesson}/cards") if name in every]
    there = re.sub(r"<[^>]+>", " ", " ".join(bodies))
    names = re.findall(r"(?<![.?!:“‘] )(?<!^)(?<!“)\b[A-Z][a-z]+\b|\b\d{4}\b", sample)
    unknown = {name for name in names if not re.search(rf"\b{name}\b", there)}
    assert not unknown
    assert not re.search(r"neighbour|classmate|in class", marking.levels["4"][2])


@each
def test_the_marking_side_asks_what_notebook_and_sheet_ask(tables, lesson):
    """The rubric's task is the heading task of the sheet, or stands in the notebook."""
    asked_for = Marking(page_text(lesson)).task
    notebook = next(p for p in lessons() if p.stem.startswith(lesson)).read_text("utf-8")
    said = lesson_sheet(tables, lesson).body + notebook
    words = set(re.findall(r"[a-z]{4,}", asked_for.lower()))
    assert sum(word in said.lower() for word in words) >= len(words) * 0.7


@each
def test_an_address_on_a_teachers_page_opens_from_it(every, lesson):
    page = every[f"{lesson}/teacher"].body
    named = addresses_in((TEACH / f"{lesson}.md").read_text("utf-8"))
    leads = set(re.findall(r"<a href='#([^']+)'>", page))
    there = set(re.findall(r"<th id='([^']+)'>", page))
    assert named
    assert {name.replace(" ¶", "-") for name in named} == leads == there


# -- letters that a machine may lack ---------------------------------------------------------------


def test_scripts_are_found_with_two_letters_each():
    found = scripts_in("“북한” says KCNA, «Правда» 朝鮮 and a é")
    assert found == {"HANGUL": "북한", "CYRILLIC": "Пр", "CJK": "朝鮮"}
    assert len(scripts_in("only one: 한")["HANGUL"]) == 2


def test_words_in_a_script_become_one_note_and_all_else_stays():
    html = "<p>Korean: “두 나라, 사람”; <b>Правда</b>; ロシア大統領。</p>"
    said = without_scripts(html, {"HANGUL", "KATAKANA", "CJK"})
    assert said == (
        "<p>Korean: “[Korean words, not printed]”; <b>Правда</b>; "
        "[Japanese words, not printed]。</p>"
    )
    assert without_scripts(html, set()) == html


def test_every_script_of_the_kit_has_a_name_that_pupils_know(every):
    used = {script for document in every.values() for script in scripts_in(document.body)}
    assert "HANGUL" in used
    assert used <= set(LANGUAGES)


def test_who_lacks_letters_is_told_where_fonts_are_named():
    page = re.search(r"docs/\w+\.md", NOT_DRAWN.format("Korean"))[0]
    assert "fonts-noto-cjk" in (HOUSE / page).read_text("utf-8")


# -- forms of the files ----------------------------------------------------------------------------


def test_docx_says_what_the_page_says(every):
    for name in ("01/sheet", "04/answers", "07/marking", "school/plan"):
        document = every[name]
        with zipfile.ZipFile(io.BytesIO(docx(document))) as parts:
            xml = parts.read("word/document.xml").decode()
        squeezed = re.sub(r"[\s☐]", "", re.sub(r"<[^>]+>", "", xml)).replace("&amp;", "&")
        for node in tree(document.body).all("p", "h2", "td", "li"):
            for words in (c for c in node.children if isinstance(c, str)):
                assert re.sub(r"[\s☐]", "", words) in squeezed, f"{name}: {words}"


def test_the_same_document_gives_the_same_file(every):
    sheet = every["01/sheet"]
    assert docx(sheet) == docx(sheet)
    assert whole(sheet) == whole(sheet)


@pytest.mark.slow
def test_the_kits_first_page_leads_to_every_file(kit):
    first = (kit / "index.html").read_text("utf-8")
    leads = set(re.findall(r"<a href='([^']+)'", first))
    files = (path.relative_to(kit).as_posix() for path in kit.rglob("*") if path.is_file())
    assert leads == set(files) - {"index.html"}


@pytest.mark.slow
def test_the_kit_runs_nothing_and_keeps_nothing(kit):
    for path in kit.rglob("*.html"):
        assert not re.search(r"<script|<form|<iframe|\son\w+=|javascript:", path.read_text("utf-8"))


def test_the_command_writes_where_it_says(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command, "HOUSE", tmp_path)
    assert command.main(["handout", "01", "--answers"]) == 0
    assert "01-answers.html" in capsys.readouterr().out
    assert (tmp_path / "handouts" / "01-answers.html").is_file()


def test_a_lesson_without_a_handout_is_told_with_those_there_are(capsys):
    assert command.main(["handout", "99"]) == 1
    assert "there is no hand-out for lesson '99'; there are: 00, 01" in capsys.readouterr().err


# -- what the pages for every lesson say of the kit ------------------------------------------------

SCHOOL = [TEACH / "plan.md", *sorted((TEACH / "kit").glob("*.md"))]


def test_the_plan_names_the_homework_sheets(every):
    plan = (TEACH / "plan.md").read_text("utf-8")
    rows = table_of(plan[plan.index("## Four periods") :])
    assert [row[-1] for row in rows[:4]] == [f"homework sheet of {n}" for n in CORE_PATH]
    there = [name[:2] for name in every if name.endswith("/home")]
    assert f"{', '.join(there[:-1])} and {there[-1]} have one" in plan


@pytest.mark.parametrize("path", SCHOOL, ids=lambda p: p.stem)
def test_a_file_that_a_page_of_the_kit_names_is_in_it(every, path):
    named = re.findall(
        r"`(\d\d/[a-z-]+|school/[a-z-]+)(?:\.docx|\.html)?`", path.read_text("utf-8")
    )
    assert not set(named) - set(every)


@pytest.mark.parametrize("path", SCHOOL, ids=lambda p: p.stem)
def test_a_page_of_the_kit_sends_nobody_to_what_the_kit_has_not(path):
    """But for the part on the whole casebook, and the ways of use that Privacy tells apart."""
    text = path.read_text("utf-8").split("## With the whole casebook")[0]
    away = r"start\.py|CONTRIBUTING|seeds/|teach/|\bpage 00\b|kernel"
    found = set(re.findall(away, text))
    assert found <= ({"start.py", "kernel"} if path.stem == "privacy" else set())


def test_changing_a_question_names_every_document_that_has_it(every, tables):
    page = (TEACH / "kit" / "adapt.md").read_text("utf-8")
    told = re.search(r"### Change a question\n(.*?)\n###", page, re.S)[1]
    named = {name.removesuffix(".docx") for name in re.findall(r"`(01/[a-z.-]+)`", told)}
    for task in [*exercises(tables, "01", group="check-out"), find_exercise(tables, "01-sort")]:
        question = as_html(task.question)
        assert {name for name in every if question in every[name].body} <= named
    assert {"01/marking", "01/teacher"} <= named


@pytest.mark.slow
def test_the_first_page_puts_a_task_before_its_answers_and_says_where_results_are_made(kit):
    first = (kit / "index.html").read_text("utf-8")
    assert first.index("school/another-task.html") < first.index("school/another-task-answers.html")
    assert "class-results" in first
    assert "school/results-by-hand.html" in first
    assert "Homework sheet, for after the lesson" in first
