"""A chart of true figures as its maker sets it, and beside it the honest twin."""

import math
from collections.abc import Mapping, Sequence
from typing import Self

from matplotlib.patches import Polygon, Rectangle
from matplotlib.ticker import MaxNLocator

from casebook.core.tables import Tables
from casebook.figure import GREY, INK, PALE, SOFT, LayeredPicture, Parts, evidence_of, styled
from casebook.figure.english import listed
from casebook.subjects.sanctions.charts.sanctions import BEFORE, FILLS, NOT_OURS
from casebook.subjects.sanctions.methods.lie_factor import (
    chart_lie_factor,
    drawn_heights,
    drawn_sizes,
)
from casebook.subjects.sanctions.methods.sanctions import russia_parts, sanction_figures

UNITS = {
    "listings": "listings",
    "times": "times the smallest shown",
    "share": "per cent of those shown",
}
ORDERS = {"largest": "largest first", "smallest": "smallest first", "alphabet": "by the alphabet"}
DRAWN = {"bars": "bars", "sheets": "sheets, higher and wider", "fair sheets": "sheets of fair area"}

# The two charts: their left edges, width, bottom and height, as shares of the picture.
LEFT_EDGES, WIDE, BOTTOM, HIGH = (0.075, 0.575), 0.415, 0.15, 0.70
# Inside a chart across and up go from 0 to 1, the height of the largest figure; above it is room.
ROOF, HEAD = 1.13, 1.165
BAR = 0.62  # of a thing's room
SHEET = 0.8  # of a thing's room, for the largest
FOLD_DOWN, FOLD_IN = 0.22, 0.176  # a sheet's folded corner: of its height; of its height and room
LINES, MARGIN = (0.25, 0.45, 0.65), 0.15  # what is written on a sheet


def told_factor(factor: float) -> str:
    """A lie factor for readers: '1.0', '27', 'without limit'.

    >>> told_factor(1.0), told_factor(26.97), told_factor(float("inf"))
    ('1.0', '27', 'without limit')
    """
    if math.isinf(factor):
        return "without limit"
    return f"{factor:.1f}" if factor < 9.95 else f"{factor:,.0f}"


def in_order(figures: Mapping[str, float], order: str) -> list[str]:
    """Countries in one of ORDERS."""
    return {
        "largest": sorted(figures, key=figures.get, reverse=True),
        "smallest": sorted(figures, key=figures.get),
        "alphabet": sorted(figures),
    }[order]


def _in_unit(figure: float, figures: Mapping[str, float], unit: str) -> float:
    return {
        "listings": figure,
        "times": figure / min(figures.values()),
        "share": 100 * figure / sum(figures.values()),
    }[unit]


def _printed(value: float, unit: str) -> str:
    return {"listings": f"{value:,.0f}", "times": f"{value:.1f} ×", "share": f"{value:.0f} %"}[unit]


class TwinsPicture(LayeredPicture):
    """A chart as its maker sets it, and beside it the honest twin: all four figures as bars of
    listings from zero.

    ``as_set(...)`` makes the left one anew; where nothing can be drawn, it says so. The lie factor
    compares largest and smallest.
    """

    @styled
    def __init__(self, tables: Tables):
        super().__init__(height=3.7)
        self._tables = tables
        figures = {row.country: row.figure for row in sanction_figures(tables).itertuples()}
        before = russia_parts(tables).set_index("part").at["before", "number"]
        self._offered = {**figures, BEFORE: int(before)}
        self._honest = {name: figures[name] for name in in_order(figures, "largest")}
        self._left, right = (self.add_axes([edge, BOTTOM, WIDE, HIGH]) for edge in LEFT_EDGES)
        for axes in (self._left, right):  # its lines and words are parts
            axes.set_axis_off()
            axes.set_xlim(0, 1)
            axes.set_ylim(0, ROOF)
        factor = told_factor(chart_lie_factor(list(self._honest.values())))
        self._twin = _half(
            right, f"Honest twin: lie factor {factor}", self._honest, 0, "bars", "listings"
        )

    @styled
    def as_set(
        self,
        countries: Sequence[str] = ("Russia", "North Korea"),
        start: float = 0,
        shape: str = "bars",
        unit: str = "listings",
        order: str = "largest",
    ) -> Self:
        """Set the left chart, with title and description; returns the picture.

        ``countries`` are some of NAMED, or BEFORE; ``start`` is where the axis begins (listings);
        ``shape``, ``unit`` and ``order`` are keys of DRAWN, UNITS and ORDERS.
        """
        names = [name for name in in_order(self._offered, order) if name in countries]
        chosen = {name: self._offered[name] for name in names}
        try:
            factor = chart_lie_factor(list(chosen.values()), start, shape)
        except ValueError as error:
            head, says = "cannot be drawn", f"Cannot be drawn: {error}."
            half = _nothing_drawn(self._left, str(error))
        else:
            head = f"lie factor {told_factor(factor)}"
            says = _says(chosen, start, shape, factor)
            half = _drawn(self._left, chosen, start, shape, unit)
        self.show_parts(self._twin | _head(self._left, f"As it is set: {head}") | half)
        setting = (
            f"{listed(chosen)}, {DRAWN[shape]}, axis from {start:,}, in {UNITS[unit]},"
            f" {ORDERS[order]}"
        )
        return self._say(says, setting, BEFORE in chosen)

    def _say(self, says: str, setting: str, with_before: bool) -> Self:
        honest = "; ".join(f"{name} {figure:,}" for name, figure in self._honest.items())
        return self.describe(
            title=says,
            subtitle=(
                f"Left: {setting}. Right: all four, bars of listings from zero. March"
                f" 2022{', unless a label says otherwise' * with_before}; {NOT_OURS}"
            ),
            description=(
                f"Two charts side by side. Left, as it is set ({setting}): {says} Right, the honest"
                f" twin: {honest}, bars from zero, lie factor 1.0."
            ),
            source=f"S0 ¶11; {'F027; ' * with_before}F028; lie factor: F290; terms: F032",
            evidence=lambda: evidence_of(self._tables, ["S0 ¶11", "F027", "F028", "F290", "F032"]),
        )


def _says(chosen: Mapping[str, float], start: float, shape: str, factor: float) -> str:
    """What the lie factor says of a chart that can be drawn."""
    names = sorted(chosen, key=chosen.get)
    low, high = names[0], names[-1]
    ratio = chosen[high] / chosen[low]
    if math.isinf(factor):
        return (
            f"Lie factor without limit: {low} is drawn as nothing at all, since the axis begins at"
            f" its figure, {chosen[low]:,}."
        )
    area = 1 / min(drawn_sizes(list(chosen.values()), start, shape))
    return (
        f"Lie factor {told_factor(factor)}: {high} gets {_times(area)} times the area of {low}, an"
        f" effect of {_times(area - 1)}; its figure is {_times(ratio)} times as large, an effect of"
        f" {_times(ratio - 1)}."
    )


def _times(value: float) -> str:
    """A number to three figures, so that a reader can work out the factor: '2.66', '0.256',
    '1,234'.

    >>> _times(2.6635), _times(0.25566), _times(1234.5)
    ('2.66', '0.256', '1,234')
    """
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


# -- the parts of one chart of the pair, for ``show_parts`` --------------------------------------


def _half(axes, head: str, figures, start: float, shape: str, unit: str) -> Parts:
    return _head(axes, head) | _drawn(axes, figures, start, shape, unit)


def _head(axes, head: str) -> Parts:
    return {
        (axes, "head", head): lambda: [axes.text(0, HEAD, head, fontsize=11.5, fontweight="bold")]
    }


def _nothing_drawn(axes, problem: str) -> Parts:
    """Why there is no chart."""
    said = "No chart:\n" + problem.replace(", above", ",\nabove")
    place = {"ha": "center", "va": "center"}
    return {(axes, "problem", said): lambda: [axes.text(0.5, ROOF / 2, said, fontsize=11, **place)]}


def _drawn(axes, figures: Mapping[str, float], start: float, shape: str, unit: str) -> Parts:
    """The things, each with its figure above and its name below, and the scale."""
    parts: Parts = {(axes, "foot"): lambda: _line(axes, [0, 1], [0, 0], GREY)}
    wide = 1 / len(figures)
    heights = drawn_heights(list(figures.values()), start, shape)
    for i, (name, height) in enumerate(zip(figures, heights)):
        parts |= _thing(axes, shape, name, (i + 0.5) * wide, wide, height)
        value = _printed(_in_unit(figures[name], figures, unit), unit)
        parts |= _words(axes, name, (i + 0.5) * wide, height, value)
    return parts | _scale(axes, figures, start, shape, unit)


def _thing(axes, shape: str, name: str, at: float, wide: float, height: float) -> Parts:
    draw = _bar if shape == "bars" else _sheet
    return {
        (axes, shape, name, at, wide, height): lambda: draw(axes, at, wide, height, *FILLS[name])
    }


def _words(axes, name: str, at: float, height: float, value: str) -> Parts:
    above, below = {"ha": "center", "va": "bottom"}, {"ha": "center", "va": "top", "color": SOFT}
    return {
        (axes, "value", at, height, value): lambda: [axes.text(at, height + 0.02, value, **above)],
        (axes, "name", at, name): lambda: [axes.text(at, -0.025, _in_two_lines(name), **below)],
    }


def _in_two_lines(name: str) -> str:
    return name.replace(" before ", "\nbefore ").replace("North ", "North\n")


def _line(axes, across: list[float], up: list[float], colour: str) -> list:
    look = {"clip_on": False, "solid_capstyle": "projecting", "zorder": 2.5}
    return axes.plot(across, up, color=colour, linewidth=0.8, **look)


def _bar(axes, at: float, wide: float, height: float, colour: str, hatch: str) -> list:
    """A bar; ``wide`` is the room of one thing."""
    look = {"facecolor": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0}
    foot = (at - BAR / 2 * wide, 0)
    return [axes.add_patch(Rectangle(foot, BAR * wide, height, **look))]


def _sheet(axes, at: float, wide: float, height: float, colour: str, _: str) -> list:
    """A sheet of paper as on a list: a neutral picture. ``wide`` is the room of one thing."""
    across, fold, corner = SHEET * height * wide, FOLD_DOWN * height, FOLD_IN * height * wide
    left, right = at - across / 2, at + across / 2
    sheet = Polygon(
        [(left, 0), (left, height), (right - corner, height), (right, height - fold), (right, 0)],
        facecolor="white",
        edgecolor=colour,
        linewidth=1.6,
    )
    folded = Polygon(
        [(right - corner, height), (right - corner, height - fold), (right, height - fold)],
        facecolor=colour,
        edgecolor=colour,
        linewidth=1,
    )
    lines = axes.hlines(
        [line * height for line in LINES],
        left + MARGIN * across,
        right - MARGIN * across,
        color=colour,
        linewidth=max(0.5, 5 * height),
        capstyle="butt",
        zorder=2,
    )
    return [axes.add_patch(sheet), axes.add_patch(folded), lines]


def _scale(axes, figures: Mapping[str, float], start: float, shape: str, unit: str) -> Parts:
    """The parts of the axis in the unit shown; none beside sheets of fair area, whose height is no
    scale.
    """
    if shape == "fair sheets":
        return {}
    low, high = (_in_unit(figure, figures, unit) for figure in (start, max(figures.values())))
    room = high - low
    ticks = MaxNLocator(4).tick_values(low, high)
    stops = [low, *(stop for stop in ticks if low + 0.1 * room < stop <= high)]
    heights = tuple((stop - low) / room for stop in stops)
    thin = {"linewidth": 0.8, "zorder": 0.5}
    parts: Parts = {
        (axes, "scale"): lambda: _line(axes, [0, 0], [0, ROOF], INK),
        (axes, "grid", heights): lambda: [
            axes.hlines(heights, 0, 1, color=PALE, **thin),
            axes.hlines(heights, -0.01, 0, color=INK, clip_on=False, **thin),
        ],
    }
    for height, text in zip(heights, (_printed(stop, unit) for stop in stops)):
        parts[axes, "stop", height, text] = lambda height=height, text=text: [
            axes.text(-0.02, height, text, color=GREY, ha="right", va="center")
        ]
    return parts
