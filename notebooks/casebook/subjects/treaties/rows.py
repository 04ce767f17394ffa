"""Cells of the grid, and the search behind what was not seen."""

from casebook.records.registry import cells_of


@cells_of("obligations")
def cell_of_grid(seeds, obligation, cell, place: int) -> dict:
    """The identifier of a cell, and the search for a text that was not seen."""
    cell_id = f"{obligation.obligation_id}-{cell.treaty_id}"
    return {"cell_id": cell_id} | _searched(seeds, cell.treaty_id, cell.cell == "text not seen")


@cells_of("atop")
def cell_of_category(seeds, category, cell, place: int) -> dict:
    """The search for a text that was not seen."""
    return _searched(seeds, cell.treaty_id, cell.cell == "text not seen")


@cells_of("treaty_articles")
def article_search(seeds, treaty, article, place: int) -> dict:
    """The search for an article that was not seen."""
    return _searched(seeds, treaty.treaty_id, article.seen in ("field only", "not seen"))


def _searched(seeds, treaty_id: str, unseen: bool) -> dict:
    searches = {treaty.treaty_id: treaty.search for treaty in seeds.treaties}
    return {"search": searches[treaty_id] if unseen else ""}
