"""The kit as files: every document as HTML and DOCX, and as PDF where there is a Chromium."""

import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path

from casebook.core.tables import Tables
from casebook.kit.cards import lesson_cards
from casebook.kit.forms import form_sheets, standards_page
from casebook.kit.marking import marking_side
from casebook.kit.page import PAPERS, Document, whole
from casebook.kit.prose import TEACH, page_of
from casebook.kit.sheet import sheets_of

GENERAL = "school"  # the folder of what belongs to no lesson
# What a file of a lesson is called on the kit's first page.
NAMES = {
    "sheet": "Pupil's sheet",
    "home": "Homework sheet, for after the lesson",
    "sheet-large": "Pupil's sheet in 14 points, with help with words",
    "home-large": "Homework sheet in 14 points, with help with words",
    "answers": "Teacher's copy, with answers",
    "cards": "Cards to cut out, for the scene without a screen",
    "marking": "Marking: levels and key",
    "teacher": "Teacher's page",
}
# What the first page says of the days before.
BEFOREHAND = (
    "the letter to families goes out ten school days ahead, and on the same day ask the pupils in"
    " private, as “In the room” says. With less time left send it today, name in it the day"
    " before the lesson as the day for replies, and have “Another task” printed, so that whoever"
    " asks on the day itself gets it without a word. A family that writes late can still"
    " opt out: the ten days bind nobody but you."
)

NOT_DRAWN = (
    "This computer has no letters for {}: in the PDFs a note says where such words stand, and the"
    " pages and DOCX have them. With the fonts that docs/installing.md names, write the kit again."
)


def lesson_documents(tables: Tables, lesson: str) -> list[Document]:
    """What the kit has for one lesson: sheets, cards, marking side, teacher's page."""
    page = page_of(tables, TEACH / f"{lesson}.md", f"{lesson}/teacher")
    cards = lesson_cards(tables, lesson)
    for_teachers = [*([cards] if cards else []), marking_side(tables, lesson), page]
    return [*sheets_of(tables, lesson), *for_teachers]


def general_documents(tables: Tables) -> list[Document]:
    """What belongs to no lesson: the plan, the pages of teach/kit, standards, the forms."""
    paths = [TEACH / "plan.md", *sorted((TEACH / "kit").glob("*.md"), key=lambda p: p.stem)]
    pages = [page_of(tables, path, f"{GENERAL}/{path.stem}") for path in paths]
    return [*pages, standards_page(tables, f"{GENERAL}/standards"), *form_sheets(tables, GENERAL)]


def documents(tables: Tables) -> list[Document]:
    """Every document of the kit, in the order in which its first page lists them."""
    lessons = [h["lesson"] for h in tables.read_json("handouts")]
    of_lessons = [d for lesson in lessons for d in lesson_documents(tables, lesson)]
    return [*general_documents(tables), *of_lessons]


def write_kit(
    tables: Tables, folder: Path, say: Callable[[str], None] = print, pdf: bool = True
) -> list[Path]:
    """Write the kit into ``folder``, in place of what is there; returns the files. Without a
    Chromium, or without ``pdf``, there are pages and DOCX alone, and ``say`` is told.
    """
    from casebook.kit.word import docx

    shutil.rmtree(folder, ignore_errors=True)
    every = documents(tables)
    files = [
        _put(folder / f"{document.name}{ending}", raw)
        for document in every
        for ending, raw in ((".html", whole(document).encode()), (".docx", docx(document)))
    ]
    printed = _print(every, folder, say) if pdf else []
    first = _put(folder / "index.html", whole(_first_page(tables, every, bool(printed))).encode())
    return [first, *files, *printed]


def _print(every: list[Document], folder: Path, say: Callable[[str], None]) -> list[Path]:
    """The documents as PDF, on both papers; none without a Chromium."""
    from casebook.kit.printed import NoBrowser, printer

    try:
        with printer() as press:
            files = [
                _put(folder / f"{document.name}-{paper}.pdf", press.pdf(document, paper))
                for document in every
                for paper in PAPERS
            ]
            if press.not_drawn:
                say(NOT_DRAWN.format(" and ".join(press.not_drawn)))
            return files
    except NoBrowser as why:
        say(f"No PDF was made: {why}. The pages (.html) can be printed from any browser.")
        return []


def write_handout(tables: Tables, lesson: str, folder: Path, answers: bool = False) -> list[Path]:
    """Write a lesson's sheets as HTML into ``folder``, or with ``answers`` the teacher's copy;
    returns the files. Raises KeyError as ``lesson_sheet``.
    """
    sheets = sheets_of(tables, lesson, ("answers",) if answers else ("sheet", "home"))
    return [
        _put(folder / f"{sheet.name.replace('/', '-')}.html", whole(sheet).encode())
        for sheet in sheets
    ]


def _first_page(tables: Tables, every: list[Document], printed: bool) -> Document:
    """The kit's first page: every document with its forms."""
    titles = tables.lessons.set_index("lesson")["title"]
    rooms: dict[str, list[Document]] = {}
    for document in every:
        rooms.setdefault(document.name.split("/")[0], []).append(document)
    body = (
        "<h1>Letters to Pact: the teacher's kit</h1><p>Print what you need (PDF), change what you"
        " like (DOCX), or read it here. Nothing has to be installed, and the files keep nothing."
        " Whoever is new reads the plan, “In the room”, and of lesson 01 the teacher's page and the"
        " sheet.</p>"
        f"<p><strong>Before the first lesson:</strong> {BEFOREHAND}</p>"
        "<p>A few pages name things that stand in the casebook and not in this kit: its"
        " notebooks, which need Python, and its commands (<code>python start.py …</code>). One of"
        " the notebooks is class-results, which puts a class's files together, and the points of"
        " the two forms. On paper “Results by hand” does the second, and needs none of it.</p>"
    )
    for room, found in rooms.items():
        head = f"{room} · {titles[room]}" if room in titles else "For every lesson"
        lines = "".join(
            f"<li>{_named(document)}: {_forms(document, printed)}</li>" for document in found
        )
        body += f"<h2>{escape(head)}</h2><ul>{lines}</ul>"
    return Document("index", "The teacher's kit", body)


def _named(document: Document) -> str:
    return escape(NAMES.get(document.name.split("/")[1], document.title))


def _forms(document: Document, printed: bool) -> str:
    """Links to a document's files."""
    forms = [("page", ".html"), ("DOCX", ".docx")]
    if printed:
        papers = [(f"PDF {PAPERS[paper]}", f"-{paper}.pdf") for paper in PAPERS]
        forms = [*papers, *forms]
    return ", ".join(f"<a href='{document.name}{end}'>{name}</a>" for name, end in forms)


def _put(path: Path, raw: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    return path
