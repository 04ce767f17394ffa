"""What three reports share, as three circles; and on whom they lean, as arrows."""

from collections.abc import Sequence

from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

from casebook.core.tables import Tables
from casebook.figure import DASHES, INK, SOFT, Picture, each_once, evidence_of, styled
from casebook.figure.english import listed, none_or, several
from casebook.subjects.reports.methods.corpus import outlet_names
from casebook.subjects.reports.methods.coverage import addresses_spoken_to, shared_by
from casebook.subjects.reports.methods.leaning import Leaning, leanings

__all__ = ["circles", "one_source"]

COLOURS = ("#0b5fa5", "#b23a00", "#00695c")
# Three circles in a plane of 8.6 × 4.3, and where each region's number stands.
CENTRES, RADIUS = ((3.55, 2.75), (5.05, 2.75), (4.3, 1.5)), 1.4
NAMES = ((2.0, 3.85, "right"), (6.6, 3.85, "left"), (5.95, 0.6, "left"))
REGIONS = {
    (0,): (2.85, 3.05),
    (1,): (5.75, 3.05),
    (2,): (4.3, 0.7),
    (0, 1): (4.3, 3.2),
    (0, 2): (3.45, 1.9),
    (1, 2): (5.15, 1.9),
    (0, 1, 2): (4.3, 2.35),
}
SOURCE_LOOK = {"edgecolor": "#5c4300", "facecolor": "#fdf6e7", "linewidth": 1.8}
REPORT_LOOK = {"edgecolor": "#0b5fa5", "facecolor": "#eef5fb", "linewidth": 1.4}
ARROWS = {"known": ("solid", "#0b5fa5"), "inferred": (DASHES, "#8a5a00")}
LANE, GAP, LINE = 1.08, 0.3, 0.25  # inches: a report's row; between two arrows; between lines


@styled
def circles(tables: Tables, sources: Sequence[str]) -> Picture:
    """How many statements stand in one, two or all of three reports. Raises ValueError unless
    there are three.
    """
    if len(sources) != 3:
        raise ValueError(f"three circles take three reports, not {len(sources)}")
    names = outlet_names(tables)
    counts = shared_by(tables, sources)
    picture = Picture(height=4.3)
    axes = picture.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, 8.6)
    axes.set_ylim(0, 4.3)
    axes.set_axis_off()
    for source, colour, centre, (x, y, side) in zip(sources, COLOURS, CENTRES, NAMES):
        axes.add_patch(Circle(centre, RADIUS, facecolor=f"{colour}26", edgecolor=colour, lw=2))
        look = {"ha": side, "va": "center", "fontsize": 12, "fontweight": "bold"}
        axes.text(x, y, names[source], color=colour, **look)
    for places, (x, y) in REGIONS.items():
        count = counts[tuple(sources[place] for place in places)]
        size = 22 if len(places) == 3 else 16
        axes.text(x, y, str(count), ha="center", va="center", fontsize=size, color=INK)
    total, all_three = sum(counts.values()), counts[tuple(sources)]
    alone = sum(count for shared, count in counts.items() if len(shared) == 1)
    told = "; ".join(
        f"{listed(names[s] for s in shared)}{' alone' * (len(shared) == 1)} {count}"
        for shared, count in counts.items()
    )
    paragraphs = evidence_of(tables, *(addresses_spoken_to(tables, s) for s in sources))
    return picture.describe(
        title=(
            f"Of {total} statements, {none_or(all_three)} stand in all three reports and"
            f" {none_or(alone)} in only one"
        ),
        subtitle="Each statement counted once, where the reports that make it overlap",
        description=f"Three overlapping circles with {total} statements: {told}.",
        source=(
            f"the {len(paragraphs)} paragraphs of {listed(names[s] for s in sources)} in which the"
            " statements stand or are denied; a paragraph can hold several"
        ),
        evidence=paragraphs,
    )


@styled
def one_source(tables: Tables, sources: Sequence[str]) -> Picture:
    """On whom each report leans for the two messages: what it names with a solid arrow, what we
    conclude with a dashed one.
    """
    names = outlet_names(tables)
    found = {source: leanings(tables, source) for source in sources}
    every = [leaning for each in found.values() for leaning in each]
    publishers = list(dict.fromkeys(x.publisher for x in every if x.publisher))
    places = each_once(*(x.address.split("; ") for x in every))
    told = " ".join(f"{names[s]}: {listed(x.words for x in found[s])}." for s in sources)
    dashed = sum(x.basis == "inferred" for x in every)
    rows = [(names[source], each) for source, each in found.items()]
    return _drawn_arrows(rows, " · ".join(publishers)).describe(
        title=f"{several(len(sources), 'report').capitalize()}, one source: one state's media",
        subtitle="Solid: the report names them; dashed: it names nobody, and we infer it",
        description=(
            f"Arrows from North Korea's state media to {len(sources)} reports, {dashed} of them"
            f" dashed. {told}"
        ),
        source=places,
        evidence=tables.resolve(places),
    )


def _drawn_arrows(rows: list[tuple[str, list[Leaning]]], publishers: str) -> Picture:
    """The source on the left, a report a row on the right, its arrows between."""
    height = LANE * len(rows) + 0.3
    picture, middle = Picture(height=height), height / 2
    axes = picture.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, 8.6)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    _draw_box(axes, 0.1, middle, 2.4, 1.1, SOURCE_LOOK)
    _write(axes, 1.3, middle - 0.2, "North Korea's state media", 10.5, "bold")
    _write(axes, 1.3, middle + 0.15, publishers, 10.5)
    for n, (name, each) in enumerate(rows):
        row = 0.15 + LANE * (n + 0.5)
        _draw_box(axes, 5.2, row, 3.3, 0.92, REPORT_LOOK)
        top = row - LINE * len(each) / 2
        _write(axes, 6.85, top, name, 10.5, "bold")
        for place, leaning in enumerate(each):
            _write(axes, 6.85, top + LINE * (place + 1), leaning.words, 10, colour=SOFT)
            aside = GAP * (place - (len(each) - 1) / 2)
            start = (2.55, middle + (n - (len(rows) - 1) / 2) * 0.3 + aside / 2)
            _draw_arrow(axes, start, (5.15, row + aside), leaning.basis)
    return picture


def _draw_box(axes, left: float, middle: float, width: float, height: float, look: dict) -> None:
    corner = (left, middle - height / 2)
    style = "round,pad=0,rounding_size=0.08"
    axes.add_patch(FancyBboxPatch(corner, width, height, boxstyle=style, **look))


def _draw_arrow(axes, start: tuple[float, float], end: tuple[float, float], basis: str) -> None:
    dash, colour = ARROWS[basis]
    look = {"arrowstyle": "-|>", "mutation_scale": 14, "linewidth": 1.8}
    look |= {"linestyle": dash, "color": colour}
    axes.add_patch(FancyArrowPatch(start, end, shrinkA=0, shrinkB=0, **look))


def _write(axes, x, y, text: str, size: float, weight: str = "normal", colour: str = INK) -> None:
    axes.text(x, y, text, ha="center", va="center", fontsize=size, fontweight=weight, color=colour)
