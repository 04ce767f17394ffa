"""The grid of obligations as coloured squares: a sign and a word in each, the reasons behind it."""

from html import escape

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import TONES, Exhibit, Html, as_html, evidence_of, html_table
from casebook.figure.english import capital, listed
from casebook.subjects.treaties.methods import obligation_grid

__all__ = ["squares"]

# What stands in a cell: its tone, its sign and its word.
SQUARES = {
    "yes": ("good", "✓", "yes"),
    "no": ("bad", "✗", "no"),
    "text not seen": ("open", "?", "not seen"),
    "": ("later", "·", "not public yet"),
}
MARKED = "outline: 3px solid #c05a00; outline-offset: -3px; "


class Squares(Exhibit):
    """A table of squares; the row of the obligation ``marked`` has a frame and an arrow."""

    def __init__(self, grid: pd.DataFrame, cells: pd.DataFrame, years: list[str], marked: str):
        self._grid, self._cells, self._years, self._marked = grid, cells, years, marked

    def body(self) -> str:
        rows = [
            [self._name(row), *(self._square(row, year) for year in self._years)]
            for _, row in self._grid.iterrows()
        ]
        return html_table(
            ["Promise", *self._years], rows, kind="lp-matrix", widths=[49, 17, 17, 17], inline=True
        )

    def _name(self, row: pd.Series) -> Html:
        text = as_html(capital(row["obligation"]))
        return Html(f"<strong>▶ {text}</strong>") if row["obligation_id"] == self._marked else text

    def _square(self, row: pd.Series, year: str) -> Html:
        tone, sign, word = SQUARES[row[year]]
        ink, ground = TONES[tone]
        frame = MARKED if row["obligation_id"] == self._marked else ""
        return Html(
            f"<span title='{escape(self._reason(row['obligation_id'], year), quote=True)}'"
            f" style='{frame}display: block; background: {ground}; color: {ink}; padding: 2px 8px;"
            f" border-radius: 3px'><strong>{sign}</strong> {word}</span>"
        )

    def _reason(self, obligation_id: str, year: str) -> str:
        key = f"{obligation_id}-{year}"
        if key not in self._cells.index:
            return f"{year}: not public yet"
        row = self._cells.loc[key]
        return f"{year}: {', '.join(filter(None, (row['article'], row['why'])))}"


def squares(tables: Tables, marked: str = "") -> Squares:
    """Promise × treaty as coloured squares; ``marked``: the identifier of a row to point out."""
    grid, years = obligation_grid(tables), list(tables.treaties["treaty_id"])
    cells = tables.obligations
    counts = {year: grid[year].value_counts().sort_index() for year in years}
    told = " ".join(
        f"{year}: {listed(f'{SQUARES[cell][2]} {n}' for cell, n in found.items())}."
        for year, found in counts.items()
    )
    return Squares(grid, cells.set_index("cell_id"), years, marked).describe(
        title=f"{capital(listed(years))}: which treaty has which promise?",
        subtitle=(
            "✓ yes: its words say so, or a report of them. ✗ no: the words that were read have no"
            " such promise, and the reason says how far we read. ? not seen: too little was read to"
            " say. Point at a square for its reason"
        ),
        description=f"Squares, {len(grid)} promises by {len(years)} treaties. {told}",
        source="table obligations, with the facts and searches that it names",
        evidence=lambda: evidence_of(tables, cells["address"]),
    )
