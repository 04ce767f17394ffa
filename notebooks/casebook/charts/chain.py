"""How words came to a document, step by step: as a picture and as a table."""

from html import escape

from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from matplotlib.transforms import Affine2D

from casebook import addresses
from casebook.charts.corpus import LANGUAGES
from casebook.charts.words import capital, day, listed, number, several
from casebook.figure import INK, WIDTH, Matrix, Picture, mark, styled

MOST_COLUMNS = 3  # documents side by side in the picture; the table takes any number
STEP, BOX, HEAD = 0.80, 0.62, 0.48  # inches: a step, its box, the heads
TONGUES = LANGUAGES | {"unknown": "language unknown"}


def chain_steps(tables, source: str, thread: str):
    """The steps by which a thread of words came to a document, in order."""
    rows = tables.chains
    return rows[(rows["source_id"] == source) & (rows["thread"] == thread)].sort_values("step")


def threads(tables, sources) -> list[str]:
    """The threads that these documents have: those of most documents first, else in their order."""
    rows = tables.chains[tables.chains["source_id"].isin(sources)]
    counts = rows.groupby("thread", sort=False)["source_id"].nunique()
    return list(counts.sort_values(ascending=False, kind="stable").index)


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


def _what(row) -> str:
    """The act, its place in the document and the language."""
    return f"{row.act}{_place(row)} · {TONGUES[row.language]}"


def _places(texts) -> str:
    """All addresses, each once."""
    return addresses.join(list(dict.fromkeys(addresses.parse_all("; ".join(texts)))))


def chain_title(tables, sources, thread: str) -> str:
    """How many steps lie between the words and each document, and how many of them are inferred."""
    parts = []
    for source in sources:
        steps = chain_steps(tables, source, thread)
        if len(steps):
            parts.append(
                f"{source} by {several(len(steps), 'step')},"
                f" {number(int((steps['basis'] == 'inferred').sum()))} inferred"
            )
    return (
        f"{capital(thread)}: {'; '.join(parts)}"
        if parts
        else f"No chain of “{thread.strip('“”')}” is recorded for {listed(sources)}"
    )


@styled
def chain(tables, sources, thread: str) -> Picture:
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
    longest = max(map(len, columns.values()))
    width = min(WIDTH / len(columns), 3.6)
    picture = Picture(height=HEAD + STEP * longest, width=width * len(columns))
    inches = (
        Affine2D().scale(1, -1).translate(0, HEAD + STEP * longest) + picture.dpi_scale_trans
    )  # from the top; axes would cost more
    outlets = tables.sources.set_index("source_id")["outlet"]
    for n, (source, steps) in enumerate(columns.items()):
        left = n * width + 0.12
        picture.text(
            left + (width - 0.24) / 2,
            0.24,
            f"{source} · {outlets[source]}",
            transform=inches,
            ha="center",
            va="center",
            fontsize=11,
            fontweight="bold",
            color=INK,
        )
        for i, row in enumerate(steps):
            _box(picture, inches, row, left, HEAD + i * STEP, width - 0.24)
            if i:
                _link(
                    picture, inches, steps[i - 1], row, left + (width - 0.24) / 2, HEAD + i * STEP
                )
    told = " ".join(
        f"{source}: "
        + "; ".join(
            f"{i}. {r.actor}: {_what(r)}, {_when(r.date)} ({r.basis})"
            for i, r in enumerate(steps, 1)
        )
        + "."
        for source, steps in columns.items()
    )
    place = _places(r.address for steps in columns.values() for r in steps)
    return picture.tell(
        title=chain_title(tables, columns, thread),
        subtitle=(
            "From top to bottom; solid: a source says so; dashed and marked “inferred”: we"
            " conclude it"
        ),
        description=f"Chain of {sum(map(len, columns.values()))} steps. {told}",
        source=place,
        evidence=tables.resolve(place),
    )


def _line(inferred: bool) -> tuple:
    """Dash and colour of what is known or inferred."""
    return ((0, (4, 3)), "#8a5a00") if inferred else ("solid", "#0b5fa5")


def _box(picture, inches, row, left, top, width):
    """One step in three lines: who, what, on what basis and when."""
    inferred = row.basis == "inferred"
    dash, colour = _line(inferred)
    picture.add_artist(
        FancyBboxPatch(
            (left, top),
            width,
            BOX,
            transform=inches,
            boxstyle="round,pad=0,rounding_size=0.06",
            linewidth=1.4,
            linestyle=dash,
            edgecolor=colour,
            facecolor="#fdf6e7" if inferred else "#eef5fb",
        )
    )
    for n, (text, weight) in enumerate(
        [
            (row.actor, "bold"),
            (_what(row), "normal"),
            (f"{row.basis} · {_when(row.date)}", "normal"),
        ]
    ):
        picture.text(
            left + width / 2,
            top + 0.125 + n * 0.185,
            text,
            transform=inches,
            ha="center",
            va="center",
            fontsize=10.5 if n == 0 else 10,
            fontweight=weight,
            color=INK,
        )


def _link(picture, inches, before, row, middle, top):
    """The link between two steps, inferred where either is; two passages of one report stand side
    by side, not one after the other.
    """
    if (before.actor, before.act) == (row.actor, row.act):
        picture.text(
            middle,
            top - (STEP - BOX) / 2,
            "and",
            transform=inches,
            ha="center",
            va="center",
            fontsize=10,
            color=INK,
        )
        return
    dash, colour = _line("inferred" in (before.basis, row.basis))
    picture.add_artist(
        FancyArrowPatch(
            (middle, top - (STEP - BOX)),
            (middle, top),
            transform=inches,
            arrowstyle="-|>",
            mutation_scale=9,
            linestyle=dash,
            color=colour,
            linewidth=1.4,
            shrinkA=0,
            shrinkB=0,
        )
    )


def chain_table(tables, sources, thread: str) -> Matrix:
    """The same chain in words: a row a step, with language, date, basis, address and what is
    uncertain.
    """
    rows, places = [], []
    for source in sources:
        for n, row in enumerate(chain_steps(tables, source, thread).itertuples(), 1):
            basis = (
                mark("inferred", "#5c4300", "#f6e7c0")
                if row.basis == "inferred"
                else mark("known", "#0b3d2e", "#d9efe3")
            )
            rows.append(
                [
                    f"<strong>{source}</strong>, step {n}",
                    f"{escape(row.actor)} {row.act}{_place(row)}",
                    TONGUES[row.language],
                    _when(row.date),
                    basis,
                    escape(row.address),
                    escape(getattr(row, "note", "")),
                ]
            )
            places.append(row.address)
    place = _places(places)
    return Matrix(
        ["Step", "Who did what", "Language", "When", "Basis", "Address", "What is uncertain"],
        rows,
        widths=[9, 20, 11, 13, 10, 14, 0],
    ).tell(
        title=chain_title(tables, sources, thread),
        subtitle="The chain in words",
        description=f"Table of {len(rows)} steps.",
        source=place or "seeds/records",
        evidence=tables.resolve(place),
    )
