"""What no single row can know of our searches: negatives that name one, open cells that one covers,
searches that something rests on.
"""

from dataclasses import fields
from functools import lru_cache

from pydantic import BaseModel

from casebook import addresses
from casebook.methods.said import LANES, cells_of
from casebook.records.negatives import rows_without_search
from casebook.records.schema import Record

ALLOWED = "a search of seeds/searches.yaml in the same row, as (Q012)"


def check_searches(seeds, there: set[str], wrong) -> None:
    """Every sentence, cell, choice and why that says that something was not found names its search;
    each search is there, and is used.
    """
    used = set()
    for row in rows_of(seeds):
        unnamed, named = (_said_of if isinstance(row, Record) else _remembered)(row)
        for name, sentence in unnamed:
            wrong(
                row,
                name if name in type(row).model_fields else "",
                f"{sentence[:120]!r} names no search",
                ALLOWED,
            )
        used |= named
        for search in sorted(named - there):
            wrong(row, "", f"{search} leads nowhere", "a search of seeds/searches.yaml")
    unseen = {
        cell.treaty_id
        for row in [*seeds.obligations, *seeds.atop]
        for cell in row.cells
        if cell.cell == "text not seen"
    }
    for treaty in seeds.treaties:
        if not treaty.search and (
            treaty.treaty_id in unseen
            or any(article.seen in ("field only", "not seen") for article in treaty.texts)
        ):
            wrong(
                treaty,
                "search",
                f"texts of {treaty.treaty_id} were not seen, and no search is named",
                "a search of seeds/searches.yaml",
            )
    covered = {cell: search.search_id for search in seeds.searches for cell in search.covers}
    for cell in sorted(open_cells(seeds.stances) - set(covered)):
        wrong(
            seeds.stances[0],
            "",
            f"the open cell {cell} rests on no search",
            "a search that covers it",
        )
    for search in seeds.searches:
        if search.search_id not in used and not search.covers:
            wrong(
                search,
                "search_id",
                f"nothing rests on {search.search_id}",
                "a search that a sentence or a cell names",
            )


def _said_of(row: BaseModel) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """((field, negative that names no search), …) of a row, and the searches that it names."""
    unnamed = tuple((name, sentence) for _, name, sentence in rows_without_search(row))
    found = addresses.parse_all(" ".join(texts_of(row)))
    return unnamed, frozenset(a.row for a in found if a.kind == "search")


# The same rows come again and again while a record is written; a record itself, which holds a
# mapping, has no hash.
_remembered = lru_cache(10_000)(_said_of)


def open_cells(stances) -> set[str]:
    """The cells of lesson 05 that say that something was not found: 'arms|Russia' without an
    admission or an answer, 'troops|others' unexamined.
    """
    shown = [s for s in stances if s.use == "lesson"]
    cells = {cell["cell"] for cell in cells_of(shown) if cell["open"] != "admitted"}
    examined = {s.lane for s in shown if s.stance == "verified"}
    return cells | {
        f"{lane}|others"
        for lane, (_, _, sides) in LANES.items()
        if "others" in sides and lane not in examined and any(s.lane == lane for s in shown)
    }


def rows_of(seeds):
    """Every row that people wrote, searches themselves left out: a search says what it did not
    find.
    """
    for part in fields(seeds):
        found = getattr(seeds, part.name)
        for rows in found.values() if isinstance(found, dict) else [found]:
            yield from (row for row in rows if part.name != "searches")


def texts_of(row: BaseModel):
    """Every text in a row and in the rows inside it."""
    for _, value in row:
        for part in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(part, BaseModel):
                yield from texts_of(part)
            elif isinstance(part, str):
                yield part
