"""How a notebook is made: header, goals, rhythm, texts for pictures, numbers with their addresses,
nothing that varies.
"""

import json
import re

import pytest

from casebook.build.refresh import FIRST_CELL
from casebook.core import addresses
from helpers import HOUSE, header, lessons, notebooks

LONGEST_READ, LONGEST_CODE = 6, 15  # lines of a code cell in the Read and the Code track
each = pytest.mark.parametrize("path", notebooks(), ids=lambda p: p.stem)
each_lesson = pytest.mark.parametrize("path", lessons(), ids=lambda p: p.stem)


def cells(path, kind=None):
    found = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [c for c in found if kind is None or c["cell_type"] == kind]


def text(cell):
    return "".join(cell["source"])


def outputs(path, mime):
    return [
        "".join(o["data"][mime])
        for c in cells(path, "code")
        for o in c["outputs"]
        if mime in o.get("data", {})
    ]


def test_there_are_notebooks():
    assert {"00-start-here", "01-three-reports"} <= {p.stem for p in notebooks()}


@each
def test_header(path):
    head = header(path)
    assert head.count("\n# ") == 0
    assert re.search(r"^\*\*.+\?\*\*$", head, re.M), "the question, in bold"
    for row in ("Time", "You will", "Skill", "You need", "Evidence"):
        assert f"| **{row}** |" in head
    goals = re.search(r"\*\*You will\*\* \| (.+?) \|", head)[1]
    assert goals.count(";") == 2, "three goals"
    assert re.search(r"\d+ minutes", head)


@each
def test_first_cell_is_the_same_everywhere(path):
    assert text(cells(path, "code")[0]) == FIRST_CELL


@each
def test_executed_in_order_without_error_or_noise(path):
    code = cells(path, "code")
    assert [c["execution_count"] for c in code] == list(range(1, len(code) + 1))
    for cell in code:
        for output in cell["outputs"]:
            assert output["output_type"] != "error" and output.get("name") != "stderr", text(cell)


@each
def test_small_and_without_a_path_of_some_machine(path):
    raw = path.read_text(encoding="utf-8")
    assert len(raw.encode()) < 1_000_000
    assert not re.search(r"/(home|Users|work|tmp|root)/|[A-Z]:\\\\", raw)
    assert "/shared" not in raw


@each
def test_rhythm(path):
    gap = 0
    for cell in cells(path):
        if cell["cell_type"] == "markdown":
            if text(cell).startswith("## What holds"):
                gap = 0  # the learner has just written: a pause
            if not text(cell).startswith("# "):
                prose = re.sub(r"<sup>.*?</sup>", "", text(cell))
                gap += len(re.findall(r"[\w’'-]+", prose))
            continue
        if text(cell) == FIRST_CELL:  # folded, and nobody's to read
            gap = 0
            continue
        lines = [x for x in text(cell).splitlines() if x.strip()]
        track = cell["metadata"].get("tags", [])
        assert len(lines) <= (LONGEST_CODE if "code-track" in track else LONGEST_READ)
        assert not re.search(r"^\s*(def|class) ", text(cell), re.M)
        assert gap <= 200, f"{gap} words before {text(cell)!r}"
        gap = 0


@each
def test_headings_go_down_one_level_at_a_time(path):
    levels = [
        len(m[1]) for c in cells(path, "markdown") for m in re.finditer(r"^(#+) ", text(c), re.M)
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b <= a + 1 for a, b in zip(levels, levels[1:]))


@each_lesson
def test_ends_with_what_holds_fails_and_stays_open(path):
    prose = "\n".join(text(c) for c in cells(path, "markdown"))
    assert "## What holds, what fails, what stays open" in prose
    for word in ("**Holds:**", "**Fails:**", "**Stays open:**", "**Key points.**", "**Onward:**"):
        assert word in prose
    assert f'check_out(tables, "{path.stem[:2]}")' in [text(c) for c in cells(path, "code")]


@each
def test_every_picture_has_words_with_numbers_and_every_exhibit_a_source(path):
    html = outputs(path, "text/html")
    images = [i for h in html for i in re.findall(r"<img\b[^>]*>", h)]
    for image in images:
        alt = re.search(r'alt="([^"]*)"', image)
        assert alt and len(alt[1]) >= 60 and re.search(r"\d", alt[1]), image[:200]
    for exhibit in (h for h in html if "<figure" in h):
        assert re.search(r"<figcaption>Source: .{4,}", exhibit)
    assert not any(
        "image/png" in o.get("data", {}) for c in cells(path, "code") for o in c["outputs"]
    )


@each
def test_every_widget_is_stored_readable(path):
    for cell in cells(path, "code"):
        for output in cell["outputs"]:
            if "application/vnd.jupyter.widget-view+json" in output.get("data", {}):
                assert len("".join(output["data"]["text/html"])) > 150
                assert "(children=" not in "".join(output["data"]["text/plain"])


@each
def test_lesson_stores_the_arc_as_of_its_first_day_only(path):
    """Nothing on the stored page tells what came after the first day of an as-of control."""
    for html in outputs(path, "text/html"):
        if "What was known, and when?" in html:
            assert "As of 1 August 2022" in html
            for later in ("2023", "Vostochny", "2025", "Kursk", "Pyongyang."):
                assert later not in re.sub(r"data:image/[^\"]*", "", html)


# Numbers of the text itself: minutes, counts of tasks, lessons, the names of keys and documents.
NO_FACTS = re.compile(
    r"\d+ minutes|minutes \d+|[Ll]esson \d\d|\[0\d [^\]]*\]\([^)]*\)|\]\([^)]*\)|S\d\b(?! ¶)|Take"
    r" two|T\d\d\b|\d+ periods|“always 50 %”"
)


def numbers_without_evidence(paragraph, tables):
    """Digits in a paragraph of prose that stand in none of the rows to which its addresses lead."""
    evidence = set()
    for row in tables.resolve(paragraph):
        evidence |= set(re.findall(r"\d+", f"{row.date} {row.text} {row.source}".replace(",", "")))
    for address in addresses.parse_all(paragraph):
        if address.kind == "fact":
            evidence |= set(
                re.findall(
                    r"\d+",
                    tables.facts.set_index("fact_id").at[address.row, "figure"].replace(",", ""),
                )
            )
    plain = NO_FACTS.sub(" ", addresses.PATTERN.sub(" ", paragraph)).replace(",", "")
    known = {str(int(n)) for n in evidence}
    return [n for n in re.findall(r"\d+", plain) if str(int(n)) not in known]


@each
def test_numbers_of_the_case_stand_with_their_addresses(path, tables):
    wrong = {}
    for cell in cells(path, "markdown"):
        if text(cell) == header(path):
            continue
        for paragraph in re.split(r"\n\n|\n- ", text(cell)):
            if not paragraph.startswith("#") and (
                found := numbers_without_evidence(paragraph, tables)
            ):
                wrong[paragraph[:80]] = found
    assert not wrong


def test_a_number_without_evidence_is_noticed(tables):
    assert numbers_without_evidence("Syria recognised them on 29 June 2022 (F002).", tables) == []
    assert numbers_without_evidence("Syria recognised them on 30 June 2022 (F002).", tables) == [
        "30"
    ]
    assert numbers_without_evidence("There were 5532 sanctions.", tables) == ["5532"]


def test_every_lesson_has_its_page_for_the_teacher():
    for path in lessons():
        page = HOUSE / "teach" / f"{path.stem[:2]}.md"
        assert page.is_file(), path.stem
        prose = page.read_text(encoding="utf-8")
        for heading in (
            "15 minutes",
            "What classes get wrong",
            "Delicate",
            "Answers",
            "Rubric",
            "Plainer words",
            "The next step",
        ):
            assert re.search(rf"^## .*{heading}", prose, re.M), f"{page.name}: {heading}"
