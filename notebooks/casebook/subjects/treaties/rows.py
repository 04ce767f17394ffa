"""Cells of the grid, and the search behind what was not seen."""

from typing import TYPE_CHECKING

from casebook.records.registry import cells_of
from casebook.records.rows import known
from casebook.subjects.treaties.schema import (
    Article,
    AtopCategory,
    AtopCell,
    Cell,
    Obligation,
    ObligationCell,
    Treaty,
)

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


@cells_of("obligations")
def cell_of_grid(seeds: "Seeds", obligation: Obligation, cell: ObligationCell, place: int) -> dict:
    """The identifier of a cell, and what every cell has."""
    cell_id = f"{obligation.obligation_id}-{cell.treaty_id}"
    return {"cell_id": cell_id} | _of_cell(seeds, cell)


@cells_of("atop")
def cell_of_category(seeds: "Seeds", category: AtopCategory, cell: AtopCell, place: int) -> dict:
    """What every cell has."""
    return _of_cell(seeds, cell)


@cells_of("treaty_articles")
def article_search(seeds: "Seeds", treaty: Treaty, article: Article, place: int) -> dict:
    """The search for an article that was not seen."""
    return _searched(seeds, treaty.treaty_id, article.seen in ("field only", "not seen"))


def _of_cell(seeds: "Seeds", cell: Cell) -> dict:
    """The search for a text that was not seen, and the day from which the cell, or its treaty,
    could be known.
    """
    treaties = {treaty.treaty_id: treaty.address for treaty in seeds.treaties}
    public = known(seeds, cell.address or treaties[cell.treaty_id])
    return _searched(seeds, cell.treaty_id, cell.cell == "text not seen") | public


def _searched(seeds: "Seeds", treaty_id: str, unseen: bool) -> dict:
    searches = {treaty.treaty_id: treaty.search for treaty in seeds.treaties}
    return {"search": searches[treaty_id] if unseen else ""}
