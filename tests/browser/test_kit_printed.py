"""The kit as it is printed: every document, on both papers: how many sides, how full, a task with
its lines, tags and title.
"""

import ctypes
import re
from functools import cache

import pypdfium2.raw as pdfium
import pytest

from casebook.core.tables import Tables
from casebook.kit.page import PAPERS, Document, whole
from casebook.kit.printed import (
    EMPTY,
    FEWEST_LINES,
    Printer,
    faults,
    leaves,
    opened,
    points,
    side_of,
    sides,
)
from casebook.kit.prose import page_text
from casebook.kit.write import documents

TABLES = Tables()
EVERY = {document.name: document for document in documents(TABLES)}
each = pytest.mark.parametrize("name", EVERY)
WITH_LINES = re.compile(
    r"(<section>)((?:(?!</?section>).)*?)(<div class='lines'>(?:<div class='line'></div>)+)", re.S
)
MARK = "<span style='position: absolute; font-size: 3pt'>{}</span>"


@pytest.fixture(scope="module")
def press(chrome):
    """A printer that prints a document once for all tests."""
    page = chrome.new_page()
    press = Printer(page)
    press.pdf = cache(press.pdf)
    yield press
    page.close()


@each
def test_no_side_is_nearly_empty_and_none_is_too_many(press, name):
    for paper in PAPERS:
        raw = press.pdf(EVERY[name], paper)
        assert faults(raw, EVERY[name].most) == [], paper
        assert all(len(lines) >= FEWEST_LINES for lines in sides(raw) if lines != [EMPTY])


WIDTH = 672  # pixels: a side's text, of 17.8 cm
TOO_WIDE = """() => [...document.querySelectorAll("table, pre, p, div")]
    .filter(part => part.scrollWidth > document.body.clientWidth + 1)
    .map(part => part.textContent.slice(0, 80))"""


@each
def test_nothing_is_wider_than_its_side(chrome, name):
    """A browser makes a whole file smaller in which one table is too wide."""
    page = chrome.new_page()
    page.set_viewport_size({"width": WIDTH, "height": 900})
    page.set_content(whole(EVERY[name]))
    assert page.evaluate(TOO_WIDE) == []
    page.close()


@pytest.mark.parametrize("name", [n for n in EVERY if n.endswith("-large")])
def test_14_points_are_14_points_in_print(press, name):
    for paper in PAPERS:
        assert min(points(press.pdf(EVERY[name], paper))) >= 13.9, paper


@each
def test_a_pdf_is_tagged_and_has_title_paper_and_language(press, name):
    with opened(press.pdf(EVERY[name], "letter")) as pdf:
        assert pdf.is_tagged()
        assert language(pdf) == "en"
        assert pdf.get_metadata_value("Title") == EVERY[name].title
        assert [round(edge) for edge in pdf[0].get_size()] == [612, 792]


def language(pdf) -> str:
    """What the file says of its language."""
    room = (ctypes.c_ushort * 32)()
    pdfium.FPDFCatalog_GetLanguage(pdf, room, ctypes.sizeof(room))
    return bytes(room).decode("utf-16-le").split("\0")[0]


WITH_LEAF = [n for n in EVERY if n.split("/")[1] in ("sheet", "sheet-large")]


@pytest.mark.parametrize("name", WITH_LEAF)
def test_a_leaf_that_is_given_out_later_begins_on_a_front(press, name):
    for paper in PAPERS:
        raw = press.pdf(EVERY[name], paper)
        for heading, _ in leaves(EVERY[name].body):
            assert side_of(raw, heading) % 2 == 1, paper
        assert not [n for n, lines in enumerate(sides(raw), 1) if lines == [EMPTY] and n % 2]


SHEETS = [n for n in EVERY if n.endswith(("/sheet", "/home", "-large"))]
# An instruction, and the first cell of its table, or the question that follows.
INSTRUCTION = re.compile(
    r"((?:<section class='lead'>(?:(?!</section>).)*)|(?:<p class='point lead'>(?:(?!</p>).)*))"
    r"(</section>|</p>)"
    r"((?:<div class='(?:fill|given)'>)?<table[^>]*>(?:(?!<tbody>).)*<tbody><tr><t[hd][^>]*>"
    r"|<section>)",
    re.S,
)


# A row without a list; the codebook's have lists, and go on over sides.
ROW = re.compile(r"<tr>(?:(?!</tr>|<li).)*</tr>", re.S)
CELL = re.compile(r"(?<=>)(?:(?!</?t[hd]\b).)+(?=</t[hd]>)", re.S)


def with_rows_marked(document: Document) -> tuple[Document, int]:
    """The document with a mark at the beginning and the end of the longest cell of each row, and
    how many rows there are.
    """

    def put(found, begin, end):
        cells = CELL.findall(found[0])
        longest = max(cells, key=len, default="")
        return found[0].replace(longest, f"{begin}{longest}{end}", 1)

    return _marked(document, ROW, put)


def marked(document: Document) -> tuple[Document, int]:
    """The document with a mark at the beginning and the end of each task with lines to write on,
    and how many there are.
    """
    return _marked(
        document,
        WITH_LINES,
        lambda found, begin, end: f"{found[1]}{begin}{found[2]}{found[3]}{end}",
    )


def with_instructions_marked(document: Document) -> tuple[Document, int]:
    """The document with a mark at the end of each instruction and at the beginning of what it is
    for, and how many there are.
    """
    return _marked(
        document,
        INSTRUCTION,
        lambda found, begin, end: f"{found[1]}{begin}{found[2]}{found[3]}{end}",
    )


def _marked(document: Document, pattern: re.Pattern, put) -> tuple[Document, int]:
    count = 0

    def mark(found):
        nonlocal count
        count += 1
        return put(found, MARK.format(f"BEGIN{count}."), MARK.format(f"END{count}."))

    body = pattern.sub(mark, document.body)
    return document._replace(body=body), count


def apart(press, document: Document, count: int) -> list[str]:
    """The marked pairs of which begin and end don't stand on one side."""
    found = []
    for paper in PAPERS:
        pages = [" ".join(lines) for lines in sides(press.pdf(document, paper))]
        for number in range(1, count + 1):
            begins, ends = (
                [n for n, page in enumerate(pages) if re.search(rf"{word}{number}\b", page)]
                for word in ("BEGIN", "END")
            )
            found += [f"{number}, {paper}"] * (begins != ends)
    return found


@pytest.mark.parametrize("name", SHEETS)
def test_a_task_and_its_lines_stand_on_one_side(press, name):
    assert apart(press, *marked(EVERY[name])) == []


@pytest.mark.parametrize("name", SHEETS)
def test_an_instruction_stands_with_what_it_is_for(press, name):
    assert apart(press, *with_instructions_marked(EVERY[name])) == []


@pytest.mark.parametrize("name", SHEETS)
def test_a_row_stands_on_one_side(press, name):
    assert apart(press, *with_rows_marked(EVERY[name])) == []


def test_instructions_are_found():
    assert with_instructions_marked(EVERY["01/sheet"])[1] >= 4


SMALLEST = """() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), sizes = [];
    for (let node = walk.nextNode(); node; node = walk.nextNode())
        if (node.data.trim()) sizes.push(parseFloat(getComputedStyle(node.parentElement).fontSize));
    return Math.min(...sizes) * 72 / 96;
}"""


@pytest.mark.parametrize("name", [n for n in EVERY if n.endswith("-large")])
def test_no_word_of_a_large_sheet_is_smaller_than_14_points(chrome, name):
    page = chrome.new_page()
    page.set_content(whole(EVERY[name]))
    assert page.evaluate(SMALLEST) >= 13.99
    page.close()


# -- letters that this machine may lack ------------------------------------------------------------

KOREAN = Document("x", "A page", "<h1>A page</h1><p>It says: “두 나라 사람”.</p>")


def said(raw) -> str:
    return " ".join(line for lines in sides(raw) for line in lines)


def test_a_printer_knows_which_letters_it_has(press):
    assert press.draws("ab")
    assert not press.draws("\ue000\ue001"), "for private use: no font has them"


def test_words_without_letters_are_told_of_and_not_printed_as_boxes(chrome, monkeypatch):
    page = chrome.new_page()
    press = Printer(page)
    monkeypatch.setattr(press, "draws", lambda letters: False)
    assert "It says: “[Korean words, not printed]”." in said(press.pdf(KOREAN, "a4"))
    assert press.not_drawn == ["Korean"]
    page.close()


def test_words_whose_letters_are_there_are_printed(chrome, monkeypatch):
    page = chrome.new_page()
    press = Printer(page)
    monkeypatch.setattr(press, "draws", lambda letters: True)
    assert "not printed" not in said(press.pdf(KOREAN, "a4"))
    assert press.not_drawn == []
    page.close()


# -- leaves, and what a printed page leaves out ----------------------------------------------------

LEAF_2 = re.compile(r"from side (\d) \(\*([^*]+)\*\) on leaf 2")
WITH_LEAVES = [n for n in EVERY if n.endswith("/sheet") and LEAF_2.search(page_text(n[:2]))]


@pytest.mark.parametrize("name", WITH_LEAVES)
def test_the_second_leaf_begins_where_the_teachers_page_says(press, name):
    side, heading = LEAF_2.search(page_text(name[:2])).groups()
    for paper in PAPERS:
        texts = [" ".join(lines) for lines in sides(press.pdf(EVERY[name], paper))]
        # The line for the name stands beside the heading, so that a PDF may have it inside it.
        begins = re.sub(r"\s", "", texts[int(side) - 1])
        begins = re.sub("Made-upname:_+", "", begins).removeprefix("Withthewholeclass")
        assert begins.startswith(re.sub(r"\s", "", heading)), paper


@pytest.mark.parametrize("name", [n for n in EVERY if n.endswith("/teacher")])
def test_a_printed_page_for_teachers_leaves_the_list_of_addresses_out(press, name):
    found = sides(press.pdf(EVERY[name], "a4"))
    text = " ".join(line for lines in found for line in lines)
    assert "What stands there" not in text
    assert f"kit's page {name}.html" in text
    assert len(found) <= 6
