"""The walk, the words of the trade, the addresses of a page: exhibits of words."""

import json
from html import escape
from pathlib import Path

import pandas as pd

from casebook.core import addresses
from casebook.core.platform import NOTEBOOKS
from casebook.core.tables import Tables
from casebook.figure import NO_SHORTCUTS, Exhibit, Html, TableExhibit, strong
from casebook.figure.english import capital, listed, number, several

__all__ = ["addresses_in", "glossary", "walk"]

KINDS = {
    "paragraph": "paragraphs of documents",
    "fact": "facts",
    "message": "messages",
    "search": "searches",
}


def glossary(tables: Tables, lesson: str) -> TableExhibit:
    """The words that a lesson needs first."""
    terms = tables.glossary[tables.glossary["lesson"] == lesson]
    return TableExhibit(
        ["Word", "What it means here", "An example from this case", "Address"],
        [[strong(t.term), t.meaning, t.example, t.address] for t in terms.itertuples()],
    ).describe(
        title=f"{capital(number(len(terms)))} words do most of the work",
        subtitle="Words of the trade, with an example each",
        description=f"Table of {len(terms)} terms: {', '.join(terms['term'])}.",
        source="examples at their addresses",
        evidence=[e for places in terms["address"] if places for e in tables.resolve(places)],
    )


class Fold(Exhibit):
    """Evidence rows alone, folded."""

    def body(self) -> str:
        return ""


def addresses_on_page(
    tables: Tables, lesson: str, folder: Path = NOTEBOOKS
) -> list[addresses.Address]:
    """Every address in the prose of a lesson, each once, in the order of the page."""
    row = tables.lessons.set_index("lesson").loc[lesson]
    page = json.loads((folder / row["file"]).read_text(encoding="utf-8"))
    prose = "\n".join(
        "".join(cell["source"]) for cell in page["cells"] if cell["cell_type"] == "markdown"
    )
    return list(dict.fromkeys(addresses.parse_all(prose)))


def addresses_in(tables: Tables, lesson: str, folder: Path = NOTEBOOKS) -> Fold:
    """What every address in the prose of a lesson leads to."""
    found = addresses_on_page(tables, lesson, folder)
    counts = {kind: sum(a.kind == kind for a in found) for kind in KINDS}
    counted = listed(
        several(counts[kind], kind, plural)
        for kind, plural in KINDS.items()
        if counts[kind] or kind != "search"
    )
    return Fold().describe(
        title=f"This page leans on {len(found)} addresses",
        subtitle=capital(counted),
        description=f"List of {len(found)} addresses: {addresses.join(found)}.",
        source="the rows themselves",
        evidence=tables.resolve(addresses.join(found)),
    )


def walk(
    tables: Tables, folder: Path = NOTEBOOKS, done: dict[str, tuple[int, int]] | None = None
) -> TableExhibit:
    """The map: all lessons, with a link where the notebook is there.

    ``done`` adds the learner's own progress: {lesson: (answered, of how many)}; an empty dict says
    that there is none yet.
    """
    lessons = tables.lessons
    there = [(folder / file).is_file() for file in lessons["file"]]
    rows = [_lesson(row, here) for row, here in zip(lessons.itertuples(), there)]
    head = ["", "Notebook", "Question", "Tier", "Part", "Minutes"]
    if done is not None:
        head.append("You answered")
        for row, lesson, here in zip(rows, lessons["lesson"], there):
            row.append(_answered(*done.get(lesson, (0, 0)), here))
    core, yours = _core_path(lessons), _yours(done)
    return TableExhibit(head, rows).describe(
        title=core,
        subtitle=(
            f"The walk: {sum(there)} of {len(rows)} notebooks are here; minutes for the marked core"
            f" of each{yours}"
        ),
        description=(
            f"Table of {len(rows)} lessons with question, tier and minutes; {sum(there)} can be"
            f" opened{yours}."
        ),
        source="the lessons themselves",
    )


def _lesson(row, there: bool) -> list[str]:
    link = Html(f"<a href='{row.file}' {NO_SHORTCUTS}>{escape(row.title)}</a>")
    return [
        strong(row.lesson),
        link if there else f"{row.title} (not here yet)",
        row.question,
        row.tier,
        row.part,
        f"{row.minutes}",
    ]


def _answered(answered: int, most: int, there: bool) -> str:
    if answered:
        return f"{answered} of {most}"
    return "nothing yet" if there else ""


def _core_path(lessons: pd.DataFrame) -> str:
    core = lessons.loc[lessons["tier"] == "core path", "lesson"]
    if len(core) == 4:
        return f"Four lessons make the core path: {listed(core)}"
    return f"The core path: {listed(core)}"


def _yours(done: dict[str, tuple[int, int]] | None) -> str:
    """What is said of the learner's own progress; nothing where it is not asked for."""
    if done is None:
        return ""
    if not done:
        return "; of yours, nothing is kept yet"
    return f"; you have answered {sum(answered for answered, _ in done.values())} questions"
