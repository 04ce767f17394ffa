"""One count of sanctions: what two reports make of it, one gap in several numbers, what stands
between, a chart and its honest twin.
"""

import math
from html import escape

from matplotlib.patches import Polygon, Rectangle
from matplotlib.ticker import MaxNLocator

from casebook.charts.words import capital, listed, number, several
from casebook.figure import GREY, INK, PALE, STATES, LayeredPicture, Matrix, Picture, styled
from casebook.methods.lie_factor import chart_lie_factor, drawn_heights, drawn_sizes
from casebook.methods.sanctions import comparisons, russia_parts, sanction_figures

NOT_OURS = "not ours"
VOICES = {
    "quoted": "quoted",
    "paraphrased": "told in other words",
    "outlet": "the outlet's own voice",
}
BEFORE = "Russia before 22 February 2022"  # its figure of another day (F027)
# Colour and hatch; the two that S1 names have their states' colours, the others grey.
FILLS = {
    "Russia": (STATES["Russia"], ""),
    "North Korea": (STATES["North Korea"], ""),
    "Iran": ("#8a8a8a", "//"),
    "Syria": ("#b0b0b0", ".."),
    BEFORE: (STATES["Russia"], ""),
}
UNITS = {
    "listings": "listings",
    "times": "times the smallest shown",
    "share": "per cent of those shown",
}
ORDERS = {"largest": "largest first", "smallest": "smallest first", "alphabet": "by the alphabet"}
DRAWN = {"bars": "bars", "sheets": "sheets, higher and wider", "fair sheets": "sheets of fair area"}


def in_our_words(tables, *places: str, topic: str = "sanctions") -> Matrix:
    """The claims of some paragraphs on one topic, in our words, with their voice and numbers as
    printed.

    ``places`` are addresses of paragraphs (S0 ¶11). Raises ValueError for one without a claim on
    the topic.
    """
    found = []
    for place in places:
        source, paragraph = place.split(" ¶")
        here = tables.claims[
            (tables.claims["source_id"] == source)
            & (tables.claims["paragraph"] == int(paragraph))
            & (tables.claims["topic"] == topic)
        ]
        if here.empty:
            raise ValueError(f"{place} has no claim on {topic}")
        found += here.itertuples()
    # Who counted is left to the reader: it stands in the claim, or does not.
    rows = [
        [
            f"<strong>{c.source_id} ¶{c.paragraph}</strong>",
            escape(c.claim),
            VOICES[c.voice],
            escape(c.number_text) or "–",
        ]
        for c in found
    ]
    reports, printed = (
        len({c.source_id for c in found}),
        [c.number_text for c in found if c.number_text],
    )
    return Matrix(
        ["Where", "The claim, in our words", "Voice", "Number, as printed"],
        rows,
        widths=[9, 0, 20, 14],
    ).tell(
        title=(
            f"{capital(several(reports, 'report'))}, {several(len(rows), 'claim')},"
            f" {several(len(printed), 'number')}: {listed(printed)}"
        ),
        subtitle=(
            f"What {'they say' if reports > 1 else 'it says'} of {topic}, claim by claim; their"
            " text is not carried here"
        ),
        description=f"Table of {len(rows)} claims from {listed(places)}: "
        + " ".join(c.claim for c in found),
        source="; ".join(places)
        + f". Numbers printed there are quoted singly and {NOT_OURS} (F032)",
        evidence=tables.resolve("; ".join([*places, "F032"])),
    )


SAID = {
    "more": "{a} has {n} more than {b}",
    "times": "{a} has {n} times as many as {b}",
    "per cent more": "{a} has {n} per cent more than {b}",
    "per cent fewer": "{b} has {n} per cent fewer than {a}",
    "share of the two": "Of the two, {a} has {n} per cent",
    "share of the four": "Of the four that S0 ¶11 names, {a} has {n} per cent",
}
HIDES = {
    "more": "how large the two figures are",
    "times": "how large the two figures are",
    "per cent more": "that the smaller figure is the hundred",
    "per cent fewer": "that now the larger figure is the hundred",
    "share of the two": "everybody else",
    "share of the four": "everybody else, and that the four are S0's choice",
}


def ways_to_say(tables, larger: str = "Russia", smaller: str = "North Korea") -> Matrix:
    """One gap between two countries in several numbers, each true, and what each does not show."""
    found = comparisons(tables)
    found = found[(found["larger"] == larger) & (found["smaller"] == smaller)]
    rows = [
        [
            SAID[w.way].format(
                a=escape(larger), b=escape(smaller), n=f"<strong>{w.printed}</strong>"
            ),
            HIDES[w.way],
        ]
        for w in found.itertuples()
    ]
    low, high = (
        found.loc[found["value"].idxmin(), "printed"],
        found.loc[found["value"].idxmax(), "printed"],
    )
    places = "; ".join(dict.fromkeys(sanction_figures(tables)["address"]))
    return Matrix(["How it can be said", "What that does not show"], rows, widths=[55, 0]).tell(
        title=f"One gap, {number(len(found))} true numbers, from {low} to {high}",
        subtitle=(
            f"{larger} and {smaller} on the count that S0, by our inference, uses, worked out from"
            f" single quoted figures; the figures are {NOT_OURS}"
        ),
        description=f"Table of {len(found)} ways to say one gap: "
        + "; ".join(
            SAID[w.way].format(a=larger, b=smaller, n=w.printed) for w in found.itertuples()
        )
        + ".",
        source=f"{places}; terms: F032",
        evidence=tables.resolve(f"{places}; F032"),
    )


@styled
def stands_between(tables) -> Picture:
    """The four figures that S0 ¶11 speaks of, on one axis from zero."""
    figures = sanction_figures(tables)
    picture = Picture(height=2.5)
    picture.subplots_adjust(left=0.135, right=0.985, top=0.985, bottom=0.11)
    axes = picture.add_subplot()
    for i, row in enumerate(figures.itertuples()):
        colour, hatch = FILLS[row.country]
        axes.barh(
            i, row.figure, height=0.62, color=colour, hatch=hatch, edgecolor="white", linewidth=0
        )
        axes.text(row.figure + 50, i, f"{row.figure:,} ({row.address})", va="center", fontsize=11)
    axes.set_yticks(range(len(figures)), figures["country"])
    axes.set_ylim(len(figures) - 0.5, -0.5)
    end = figures["figure"].max() * 1.2
    axes.set_xlim(0, end)
    axes.set_xticks(range(0, int(end), 1000), [f"{stop:,}" for stop in range(0, int(end), 1000)])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    amid = figures[figures["between"] == "yes"]
    places = "; ".join(dict.fromkeys(figures["address"]))
    return picture.tell(
        title=(
            f"{capital(number(len(amid)))} countries stand between Russia and North Korea:"
            f" {listed(f'{r.country} with {r.figure:,}' for r in amid.itertuples())}"
        ),
        subtitle=(
            "Listings of persons, entities and ships in March 2022, by the count that S0, by our"
            f" inference, uses. The figures are {figures['owner'].iloc[0]}'s, quoted singly from"
            f" relays: {NOT_OURS}"
        ),
        description="Horizontal bars from zero: "
        + "; ".join(f"{r.country} {r.figure:,}" for r in figures.itertuples())
        + f". {listed(amid['country'])} stand between Russia and North Korea.",
        source=f"{places}; what is counted: F030; terms: F032",
        evidence=tables.resolve(f"{places}; F027; F030; F032"),
    )


def told_factor(factor: float) -> str:
    """A lie factor for readers: '1.0', '27', 'without limit'.

    >>> told_factor(1.0), told_factor(26.97), told_factor(float("inf"))
    ('1.0', '27', 'without limit')
    """
    return (
        "without limit"
        if math.isinf(factor)
        else f"{factor:.1f}"
        if factor < 9.95
        else f"{factor:,.0f}"
    )


def in_order(figures: dict, order: str) -> list[str]:
    """Countries in one of ORDERS."""
    return {
        "largest": sorted(figures, key=figures.get, reverse=True),
        "smallest": sorted(figures, key=figures.get),
        "alphabet": sorted(figures),
    }[order]


def _in_unit(figure: float, figures: dict, unit: str) -> float:
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
    def __init__(self, tables):
        super().__init__(height=3.7)
        self._tables, self._all = (
            tables,
            {r.country: r.figure for r in sanction_figures(tables).itertuples()},
        )
        self._offered = {
            **self._all,
            BEFORE: int(russia_parts(tables).set_index("part").at["before", "number"]),
        }
        self._left, right = (self.add_axes([at, 0.15, 0.415, 0.70]) for at in (0.075, 0.575))
        for axes in (self._left, right):  # its lines and words are parts
            axes.set_axis_off()
            axes.set_xlim(0, 1)
            axes.set_ylim(0, 1.13)
        self._honest = {name: self._all[name] for name in in_order(self._all, "largest")}
        self._twin = _half(
            right,
            f"Honest twin: lie factor {told_factor(chart_lie_factor(list(self._honest.values())))}",
            self._honest,
            0,
            "bars",
            "listings",
            "",
        )

    @styled
    def as_set(
        self,
        countries=("Russia", "North Korea"),
        start: float = 0,
        shape: str = "bars",
        unit: str = "listings",
        order: str = "largest",
    ):
        """Set the left chart, with title and description; returns the picture.

        ``countries`` are some of NAMED, or BEFORE; ``start`` is where the axis begins (listings);
        ``shape``, ``unit`` and ``order`` are keys of DRAWN, UNITS and ORDERS.
        """
        chosen = {
            name: self._offered[name]
            for name in in_order(self._offered, order)
            if name in countries
        }
        factor, problem = None, ""
        try:
            factor = chart_lie_factor(list(chosen.values()), start, shape)
        except ValueError as error:
            problem = str(error)
        head = (
            f"As it is set: lie factor {told_factor(factor)}"
            if factor is not None
            else "As it is set: cannot be drawn"
        )
        self.show_parts(
            {**self._twin, **_half(self._left, head, chosen, start, shape, unit, problem)}
        )
        setting = (
            f"{listed(chosen)}, {DRAWN[shape]}, axis from {start:,}, in {UNITS[unit]},"
            f" {ORDERS[order]}"
        )
        says = (
            f"Cannot be drawn: {problem}."
            if factor is None
            else _says(chosen, start, shape, factor)
        )
        return self.tell(
            title=says,
            subtitle=(
                f"Left: {setting}. Right: all four, bars of listings from zero. March"
                f" 2022{', unless a label says otherwise' * (BEFORE in chosen)}; {NOT_OURS}"
            ),
            description=(
                f"Two charts side by side. Left, as it is set ({setting}): {says} Right, the honest"
                " twin: "
            )
            + "; ".join(f"{n} {f:,}" for n, f in self._honest.items())
            + ", bars from zero, lie factor 1.0.",
            source=f"S0 ¶11; {'F027; ' * (BEFORE in chosen)}F028; lie factor: F290; terms: F032",
            evidence=lambda: self._tables.resolve("S0 ¶11; F027; F028; F290; F032"),
        )


def _says(chosen, start, shape, factor) -> str:
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


def _half(axes, head, figures, start, shape, unit, problem) -> dict:
    """The parts of one chart of the pair, for ``show_parts``; across, the axes go from 0 to 1."""
    parts = {
        (axes, "head", head): lambda: [axes.text(0, 1.165, head, fontsize=11.5, fontweight="bold")]
    }
    if problem:
        said = "No chart:\n" + problem.replace(", above", ",\nabove")
        return parts | {
            (axes, "problem", said): lambda: [
                axes.text(0.5, 0.565, said, ha="center", va="center", fontsize=11)
            ]
        }
    parts[axes, "foot"] = lambda: axes.plot(
        [0, 1],
        [0, 0],
        color=GREY,
        linewidth=0.8,
        clip_on=False,
        solid_capstyle="projecting",
        zorder=2.5,
    )
    for i, (name, height) in enumerate(
        zip(figures, drawn_heights(list(figures.values()), start, shape))
    ):
        wide, value = 1 / len(figures), _printed(_in_unit(figures[name], figures, unit), unit)
        at = (i + 0.5) * wide
        parts |= {
            (
                axes,
                shape,
                name,
                at,
                wide,
                height,
            ): lambda at=at, wide=wide, height=height, name=name: _thing(
                axes, at, wide, height, shape, *FILLS[name]
            ),
            (axes, "value", at, height, value): lambda at=at, height=height, value=value: [
                axes.text(at, height + 0.02, value, ha="center", va="bottom")
            ],
            (axes, "name", at, name): lambda at=at, name=name: [
                axes.text(at, -0.025, _in_two_lines(name), color="#444444", ha="center", va="top")
            ],
        }
    return parts | _scale(axes, figures, start, shape, unit)


def _in_two_lines(name: str) -> str:
    return name.replace(" before ", "\nbefore ").replace("North ", "North\n")


def _thing(axes, at, wide, height, shape, colour, hatch):
    """A bar, or a sheet of paper as on a list: a neutral picture. ``wide``: the room of one
    thing.
    """
    if shape == "bars":
        return [
            axes.add_patch(
                Rectangle(
                    (at - 0.31 * wide, 0),
                    0.62 * wide,
                    height,
                    facecolor=colour,
                    hatch=hatch,
                    edgecolor="white",
                    linewidth=0,
                )
            )
        ]
    across, fold, corner = 0.8 * height * wide, 0.22 * height, 0.176 * height * wide
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
        [line * height for line in (0.25, 0.45, 0.65)],
        left + 0.15 * across,
        right - 0.15 * across,
        color=colour,
        linewidth=max(0.5, 5 * height),
        capstyle="butt",
        zorder=2,
    )
    return [axes.add_patch(sheet), axes.add_patch(folded), lines]


def _scale(axes, figures, start, shape, unit) -> dict:
    """The parts of the axis in the unit shown; none beside sheets of fair area, whose height is no
    scale.
    """
    if shape == "fair sheets":
        return {}
    low, high = (_in_unit(figure, figures, unit) for figure in (start, max(figures.values())))
    room = high - low
    stops = [
        low,
        *(
            stop
            for stop in MaxNLocator(4).tick_values(low, high)
            if low + 0.1 * room < stop <= high
        ),
    ]
    heights = tuple((stop - low) / room for stop in stops)
    parts = {
        (axes, "scale"): lambda: axes.plot(
            [0, 0],
            [0, 1.13],
            color=INK,
            linewidth=0.8,
            clip_on=False,
            solid_capstyle="projecting",
            zorder=2.5,
        ),
        (axes, "grid", heights): lambda: [
            axes.hlines(heights, 0, 1, color=PALE, linewidth=0.8, zorder=0.5),
            axes.hlines(heights, -0.01, 0, color=INK, linewidth=0.8, clip_on=False, zorder=0.5),
        ],
    }
    for stop, height in zip(stops, heights):
        text = _printed(stop, unit)
        parts[axes, "stop", height, text] = lambda height=height, text=text: [
            axes.text(-0.02, height, text, color=GREY, ha="right", va="center")
        ]
    return parts
