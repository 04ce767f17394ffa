"""How words came to a document, step by step: as a picture and as a table."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.transforms import Affine2D, Transform

from casebook.core import addresses
from casebook.core.tables import Tables
from casebook.figure import (
    DASHES,
    INK,
    WIDTH,
    Picture,
    TableExhibit,
    badge,
    cell,
    strong,
    styled,
)
from casebook.figure.english import LANGUAGES, capital, day, listed, number, several
from casebook.subjects.wording.methods.whisper import TRANSLATOR

__all__ = ["chain", "chain_table"]

MOST_COLUMNS = 3  # documents side by side in the picture; the table takes any number
STEP, BOX, HEAD = 0.80, 0.62, 0.48  # inches: a step, its box, the heads
WIDEST, MARGIN = 3.6, 0.12  # inches: a column at most, and left free at either side of it
FIRST_LINE, LINE = 0.125, 0.185  # inches: the first line in a box, and from line to line
TONGUES = LANGUAGES | {"unknown": "language unknown"}
BASIS = {"inferred": ("mixed", "inferred"), "known": ("good", "known")}
# Known or inferred: dash, colour of the line, ground.
LOOKS = {"known": ("solid", "#0b5fa5", "#eef5fb"), "inferred": (DASHES, "#8a5a00", "#fdf6e7")}


def chain_steps(tables: Tables, source: str, thread: str) -> pd.DataFrame:
    """The steps by which a thread of words came to a document, in order."""
    rows = tables.chains
    return rows[(rows["source_id"] == source) & (rows["thread"] == thread)].sort_values(
        "step", kind="stable"
    )


def threads(tables: Tables, sources: Iterable[str]) -> list[str]:
    """The threads that these documents have: those of most documents first, else in their order."""
    rows = tables.chains[tables.chains["source_id"].isin(sources)]
    counts = rows.groupby("thread", sort=False)["source_id"].nunique()
    return list(counts.sort_values(ascending=False, kind="stable").index)


def _basis(row) -> str:
    """Whether a step is known or inferred."""
    return "inferred" if row.basis == "inferred" else "known"


def _place(row) -> str:
    """Where in its document a step of the document itself stands, as ' ¶9'; else nothing."""
    first = addresses.parse_all(row.address)[0]
    return f" ¶{first.paragraph}" if row.act == "reported" and first.row == row.source_id else ""


def _when(date: str) -> str:
    """A date for a box: '15-16 August 2022' where an interval lies in one month.

    >>> _when("2022-08-15/2022-08-16"), _when("")
    ('15-16 August 2022', 'no date')
    """
    halves = date.split("/")
    if len(halves) == 2 and halves[0][:7] == halves[1][:7] and date.count("-") == 4:
        return f"{int(halves[0][8:])}-{day(halves[1])}"
    return day(date) if date else "no date"


def _who(row) -> str:
    """Whose step it is: a translator's name is on no page of ours."""
    return TRANSLATOR if row.act == "translated" else row.actor


def _what(row) -> str:
    """The act, its place in the document and the language."""
    return f"{row.act}{_place(row)} · {TONGUES[row.language]}"


def _places(texts: Iterable[str]) -> str:
    """All addresses, each once."""
    return addresses.join(list(dict.fromkeys(addresses.parse_all("; ".join(texts)))))


def chain_title(tables: Tables, sources: Iterable[str], thread: str) -> str:
    """How many steps lie between the words and each document, and how many of them are inferred."""
    outlets = tables.sources.set_index("source_id")["outlet"]
    found = {outlets[s]: chain_steps(tables, s, thread)["basis"] for s in sources}
    parts = [
        f"{outlet} by {several(len(basis), 'step')},"
        f" {number(int((basis == 'inferred').sum()))} inferred"
        for outlet, basis in found.items()
        if len(basis)
    ]
    if not parts:
        return f"No chain of “{thread.strip('“”')}” is recorded for {listed(found)}"
    return f"{capital(thread)}: {'; '.join(parts)}"


# -- the picture ---------------------------------------------------------------------------------


@styled
def chain(tables: Tables, sources: Iterable[str], thread: str) -> Picture:
    """The way of one thread of words to one, two or three documents; inferred steps dashed and
    labelled.

    Raises ValueError where there are more documents than columns, or none has the thread.
    """
    columns = {source: list(chain_steps(tables, source, thread).itertuples()) for source in sources}
    columns = {source: steps for source, steps in columns.items() if steps}
    if not 1 <= len(columns) <= MOST_COLUMNS:
        raise ValueError(
            f"the picture takes one to {MOST_COLUMNS} documents that have {thread!r}; here"
            f" {len(columns)} have it"
        )
    outlets = tables.sources.set_index("source_id")["outlet"]
    heads = [outlets[source] for source in columns]
    place = _places(row.address for steps in columns.values() for row in steps)
    told = " ".join(f"{outlets[source]}: {_told(steps)}." for source, steps in columns.items())
    return _drawn(heads, list(columns.values())).describe(
        title=chain_title(tables, columns, thread),
        subtitle=(
            "From top to bottom; solid: a source says so; dashed and marked “inferred”: we"
            " conclude it"
        ),
        description=f"Chain of {sum(map(len, columns.values()))} steps. {told}",
        source=place,
        evidence=tables.resolve(place),
    )


def _told(steps: list) -> str:
    return "; ".join(
        f"{n}. {_who(row)}: {_what(row)}, {_when(row.date)} ({row.basis})"
        for n, row in enumerate(steps, 1)
    )


class Column(NamedTuple):
    """Where a document's steps are drawn: in inches, from the picture's top left corner."""

    picture: Picture
    inches: Transform
    left: float
    width: float

    @property
    def middle(self) -> float:
        """The middle of its boxes."""
        return self.left + self.width / 2

    def write(self, height: float, text: str, size: float, weight: str = "normal") -> None:
        """A line of text, in the middle."""
        look = {"ha": "center", "va": "center", "fontsize": size, "fontweight": weight}
        self.picture.text(self.middle, height, text, transform=self.inches, color=INK, **look)


def _drawn(heads: list[str], columns: list[list]) -> Picture:
    """The chains side by side, each under its head."""
    height = HEAD + STEP * max(map(len, columns))
    width = min(WIDTH / len(columns), WIDEST)
    picture = Picture(height=height, width=width * len(columns))
    # From the top; axes would cost more.
    inches = Affine2D().scale(1, -1).translate(0, height) + picture.dpi_scale_trans
    for n, (head, steps) in enumerate(zip(heads, columns)):
        column = Column(picture, inches, n * width + MARGIN, width - 2 * MARGIN)
        column.write(HEAD / 2, head, 11, "bold")
        for i, row in enumerate(steps):
            _draw_box(column, HEAD + i * STEP, row)
            if i:
                _draw_link(column, HEAD + i * STEP, steps[i - 1], row)
    return picture


def _draw_box(column: Column, top: float, row):
    """One step in three lines: who, what, on what basis and when."""
    dash, colour, ground = LOOKS[_basis(row)]
    box = FancyBboxPatch(
        (column.left, top),
        column.width,
        BOX,
        transform=column.inches,
        boxstyle="round,pad=0,rounding_size=0.06",
        linewidth=1.4,
        linestyle=dash,
        edgecolor=colour,
        facecolor=ground,
    )
    column.picture.add_artist(box)
    column.write(top + FIRST_LINE, _who(row), 10.5, "bold")
    column.write(top + FIRST_LINE + LINE, _what(row), 10)
    column.write(top + FIRST_LINE + 2 * LINE, f"{row.basis} · {_when(row.date)}", 10)


def _draw_link(column: Column, top: float, before, row):
    """The link between two steps, inferred where either is; two passages of one report stand side
    by side, not one after the other.
    """
    if (before.actor, before.act) == (row.actor, row.act):
        column.write(top - (STEP - BOX) / 2, "and", 10)
        return
    dash, colour, _ = LOOKS["inferred" if "inferred" in (before.basis, row.basis) else "known"]
    arrow = FancyArrowPatch(
        (column.middle, top - (STEP - BOX)),
        (column.middle, top),
        transform=column.inches,
        arrowstyle="-|>",
        mutation_scale=9,
        linestyle=dash,
        color=colour,
        linewidth=1.4,
        shrinkA=0,
        shrinkB=0,
    )
    column.picture.add_artist(arrow)


# -- the table -----------------------------------------------------------------------------------


def chain_table(tables: Tables, sources: Iterable[str], thread: str) -> TableExhibit:
    """The same chain in words: a row a step, with language, date, basis, address and what is
    uncertain.
    """
    sources, outlets = list(sources), tables.sources.set_index("source_id")["outlet"]
    steps = [
        (n, row)
        for source in sources
        for n, row in enumerate(chain_steps(tables, source, thread).itertuples(), 1)
    ]
    place = _places(row.address for _, row in steps)
    return TableExhibit(
        ["Step", "Who did what", "Language", "When", "Basis", "Address", "What is uncertain"],
        [_step(n, row, outlets[row.source_id]) for n, row in steps],
        widths=[9, 20, 11, 13, 10, 14, 0],
    ).describe(
        title=chain_title(tables, sources, thread),
        subtitle="The chain in words",
        description=f"Table of {len(steps)} steps.",
        source=place or "seeds/corpus/records",
        evidence=tables.resolve(place),
    )


def _step(n: int, row, outlet: str) -> list[str]:
    return [
        cell(strong(outlet), f", step {n}"),
        f"{_who(row)} {row.act}{_place(row)}",
        TONGUES[row.language],
        _when(row.date),
        badge(*BASIS[_basis(row)]),
        row.address,
        getattr(row, "note", ""),
    ]
