"""The documents themselves, the words of the trade, the walk, the addresses of a page: exhibits of
words.
"""

import json
from html import escape
from pathlib import Path

from casebook import addresses
from casebook.charts.words import capital, day, listed, number, several
from casebook.figure import NO_SHORTCUTS, Exhibit, Matrix
from casebook.methods import newsrooms

LANGUAGES = {
    "en": "English",
    "ko": "Korean",
    "ru": "Russian",
    "uk": "Ukrainian",
    "zh": "Chinese",
    "ja": "Japanese",
    "de": "German",
    "fr": "French",
    "hi": "Hindi",
}
# Newsrooms a reader of this case would want to hear: those of the two states, of the country at
# war, of the neighbours.
WANTED = {
    "Ukraine": "Ukrainian",
    "North Korea": "North Korean",
    "South Korea": "South Korean",
    "Russia": "Russian",
    "China": "Chinese",
}


def corpus(tables) -> Matrix:
    """Who wrote the documents, when, in which language; and whose newsroom is missing."""
    sources, rooms = tables.sources, newsrooms(tables)
    rows = [
        [
            f"<strong>{s.source_id}</strong>",
            escape(s.outlet),
            escape(s.country),
            LANGUAGES[s.language],
            day(s.published),
            escape(s.published_basis),
            s.kind,
            f"{s.words}",
        ]
        for s in sources.itertuples()
    ]
    by_country = rooms.groupby("country", sort=False)["documents"].sum()
    missing = [
        adjective for country, adjective in WANTED.items() if country not in set(sources["country"])
    ]
    tongues = listed(LANGUAGES[x] for x in sources["language"].unique())
    places = listed(
        f"{number(n)} from {'the ' if c.startswith('United') else ''}{c}"
        for c, n in by_country.items()
    )
    return Matrix(
        [
            "",
            "Outlet",
            "Works from",
            "Language",
            "Published",
            "How we know the date",
            "Kind",
            "Words",
        ],
        rows,
    ).tell(
        title=f"{capital(several(len(sources), 'document'))}, {places}, all in {tongues}",
        subtitle=(
            f"The corpus. Missing: a {listed(missing).replace(' and ', ' or ')} newsroom"
            if missing
            else "The corpus"
        ),
        description=(
            f"Table of {len(sources)} documents with outlet, country, language, date, kind and"
            " length."
        ),
        source="; ".join(f"{s.source_id}: {s.outlet_basis}" for s in sources.itertuples()),
        evidence=[
            e
            for s in sources.itertuples()
            for e in tables.resolve(f"{s.outlet_basis}; {s.published_address}")
        ],
    )


def glossary(tables, lesson: str) -> Matrix:
    """The words that a lesson needs first."""
    terms = tables.glossary[tables.glossary["lesson"] == lesson]
    rows = [
        [
            f"<strong>{escape(t.term)}</strong>",
            escape(t.meaning),
            escape(t.example),
            escape(t.address),
        ]
        for t in terms.itertuples()
    ]
    return Matrix(
        ["Word", "What it means here", "An example from this case", "Address"], rows
    ).tell(
        title=f"{capital(number(len(terms)))} words do most of the work",
        subtitle="Words of the trade, with an example each",
        description=f"Table of {len(terms)} terms: {', '.join(terms['term'])}.",
        source="examples at their addresses",
        evidence=[e for a in terms["address"] if a for e in tables.resolve(a)],
    )


NOTEBOOKS = Path(__file__).resolve().parents[2]


class Fold(Exhibit):
    """Evidence rows alone, folded."""

    def body(self) -> str:
        return ""


def addresses_on_page(tables, lesson: str, folder: Path = NOTEBOOKS) -> list:
    """Every address in the prose of a lesson, each once, in the order of the page."""
    row = tables.lessons.set_index("lesson").loc[lesson]
    page = json.loads((folder / row["file"]).read_text(encoding="utf-8"))
    prose = "\n".join(
        "".join(cell["source"]) for cell in page["cells"] if cell["cell_type"] == "markdown"
    )
    return list(dict.fromkeys(addresses.parse_all(prose)))


def addresses_in(tables, lesson: str, folder: Path = NOTEBOOKS) -> Fold:
    """What every address in the prose of a lesson leads to."""
    found = addresses_on_page(tables, lesson, folder)
    kinds = {
        "paragraph": "paragraphs of documents",
        "fact": "facts",
        "message": "messages",
        "search": "searches",
    }
    numbers = {kind: sum(a.kind == kind for a in found) for kind in kinds}
    counted = listed(
        several(numbers[kind], kind, plural)
        for kind, plural in kinds.items()
        if numbers[kind] or kind != "search"
    )
    return Fold().tell(
        title=f"This page leans on {len(found)} addresses",
        subtitle=capital(counted),
        description=f"List of {len(found)} addresses: {addresses.join(found)}.",
        source="the rows themselves",
        evidence=tables.resolve(addresses.join(found)),
    )


def walk(tables, folder: Path = NOTEBOOKS, done: dict | None = None) -> Matrix:
    """The map: all lessons, with a link where the notebook is there.

    ``done`` adds the learner's own progress: {lesson: (answered, of how many)}; an empty dict says
    that there is none yet.
    """
    rows, ready = [], 0
    for lesson in tables.lessons.itertuples():
        there = (folder / lesson.file).is_file()
        ready += there
        title = (
            f"<a href='{lesson.file}' {NO_SHORTCUTS}>{escape(lesson.title)}</a>"
            if there
            else f"{escape(lesson.title)} (not here yet)"
        )
        row = [
            f"<strong>{lesson.lesson}</strong>",
            title,
            escape(lesson.question),
            lesson.tier,
            escape(lesson.part),
            f"{lesson.minutes}",
        ]
        answered, most = (done or {}).get(lesson.lesson, (0, 0))
        rows.append(
            row
            if done is None
            else [*row, f"{answered} of {most}" if answered else "nothing yet" if there else ""]
        )
    core = tables.lessons[tables.lessons["tier"] == "core path"]
    yours = (
        ""
        if done is None
        else (
            f"; you have answered {sum(a for a, _ in done.values())} questions"
            if done
            else "; of yours, nothing is kept yet"
        )
    )
    return Matrix(
        ["", "Notebook", "Question", "Tier", "Part", "Minutes"]
        + ["You answered"] * (done is not None),
        rows,
    ).tell(
        title=(
            f"Four lessons make the core path: {listed(core['lesson'])}"
            if len(core) == 4
            else f"The core path: {listed(core['lesson'])}"
        ),
        subtitle=(
            f"The walk: {ready} of {len(rows)} notebooks are here; minutes for the marked core of"
            f" each{yours}"
        ),
        description=(
            f"Table of {len(rows)} lessons with question, tier and minutes; {ready} can be"
            f" opened{yours}."
        ),
        source="seeds/lessons/",
    )
