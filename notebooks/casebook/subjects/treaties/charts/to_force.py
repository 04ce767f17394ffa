"""A treaty from signature to force on a line of time."""

import datetime as dt
from typing import NamedTuple

import matplotlib.dates as mdates
import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import (
    INK,
    PALE,
    STATES,
    YEARS,
    Box,
    Picture,
    evidence_of,
    place_all,
    styled,
)
from casebook.figure.english import capital, day
from casebook.subjects.treaties.methods import days_to_force

__all__ = ["to_force"]

# Lane: its name and colour.
LANES = {
    "both": ("Both states", INK),
    "Russia": ("Russia", STATES["Russia"]),
    "North Korea": ("North Korea", STATES["North Korea"]),
    "documents": ("A report", YEARS["2024"]),
}
# Kind of act: its mark and size.
MARKS = {
    "signed": ("^", 9),
    "published": ("o", 9),
    "ratified": ("s", 9),
    "in force": ("P", 12),
    "document": ("*", 12),
}
BEFORE, AFTER = dt.timedelta(days=12), dt.timedelta(days=48)  # room around the first and last act
LEFT, RIGHT = 0.135, 0.99  # the axes, as shares of the picture's width
CHARACTER = 0.080  # inches a character of a label takes at 10.5 pt, on the wide side
GAP = 0.06  # inches between two labels
ABOVE, BELOW = -1, 1
# Where a label may stand, in this order: above or below the line, left of its mark or right.
PLACES = ((ABOVE, False), (BELOW, False), (ABOVE, True), (BELOW, True))


class Spot(NamedTuple):
    """An act or a document on the line."""

    lane: str
    when: dt.date
    label: str
    kind: str

    @property
    def text(self) -> str:
        """The label over its day and month."""
        return f"{self.label}\n{day(self.when.isoformat())[:-5]}"


@styled
def to_force(tables: Tables, treaty_id: str = "2024") -> Picture:
    """From signature to force: the acts of a treaty by state and day, with the documents of the day
    of its signature.
    """
    acts = tables.treaty_acts[tables.treaty_acts["treaty_id"] == treaty_id]
    signed = tables.treaties.set_index("treaty_id").at[treaty_id, "signed"]
    documents = tables.sources[tables.sources["published"] == signed]
    between, places = days_to_force(tables, treaty_id), documents["source_id"] + " ¶1"
    picture = Picture(height=4.5)
    picture.subplots_adjust(left=LEFT, right=RIGHT, top=0.985, bottom=0.075)
    _draw(picture, _spots(acts, documents), between)
    return picture.describe(
        title=(
            f"{between} days lay between signature and force"
            if between is not None
            else "Signed; not in force, as far as was known on the last day shown"
        ),
        subtitle=(
            f"The treaty of {treaty_id}: acts of both states, of each state, and a report of the"
            " day of signature"
        ),
        description=f"Timeline in {len(LANES)} lanes. "
        + " ".join(f"{capital(day(a.date))}: {a.act}" for a in acts.itertuples())
        + "".join(f" {day(s.published)}: a report in {s.outlet}." for s in documents.itertuples()),
        source="; ".join([*acts["address"], *places]),
        evidence=evidence_of(tables, acts["address"], places),
    )


def _spots(acts: pd.DataFrame, documents: pd.DataFrame) -> list[Spot]:
    return [
        *(Spot(a.by, dt.date.fromisoformat(a.date), a.label, a.kind) for a in acts.itertuples()),
        *(
            Spot(
                "documents",
                dt.date.fromisoformat(s.published),
                f"{s.outlet} reports",
                "document",
            )
            for s in documents.itertuples()
        ),
    ]


def _draw(picture: Picture, spots: list[Spot], between: int | None):
    axes = picture.add_subplot()
    first, last = min(s.when for s in spots), max(s.when for s in spots)
    start, end = first - BEFORE, last + AFTER
    _draw_lanes(axes, start, end)
    if between is not None:
        _draw_between(axes, first, next(s.when for s in spots if s.kind == "in force"), between)
    inches = picture.get_size_inches()[0] * (RIGHT - LEFT)
    for row, lane in enumerate(LANES):
        here = sorted(spot for spot in spots if spot.lane == lane)
        for spot in here:
            _draw_mark(axes, row, spot)
        for spot, place in zip(here, _places_of_labels(here, start, end, inches)):
            _draw_label(axes, row, spot, *place)


def _draw_lanes(axes, start: dt.date, end: dt.date):
    axes.set_xlim(start, end)
    axes.set_ylim(len(LANES) - 0.45, -0.6)
    axes.set_yticks(range(len(LANES)), [name for name, _ in LANES.values()])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(mdates.MonthLocator())
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y"))
    axes.hlines(range(len(LANES)), start, end, color=PALE, linewidth=1, zorder=1)


def _draw_between(axes, signed: dt.date, force: dt.date, days: int):
    axes.plot([signed, force], [0, 0], color=INK, linewidth=2.5, zorder=2)
    look = {"fontsize": 12, "fontweight": "bold", "color": INK}
    middle = signed + (force - signed) / 2
    axes.text(middle, -0.12, f"{days} days", ha="center", va="bottom", **look)


def _places_of_labels(
    spots: list[Spot], start: dt.date, end: dt.date, inches: float
) -> list[tuple[int, bool]]:
    """Where the labels of a lane go: one of PLACES for each; none where not all find room."""
    offered, choices = [], []
    for spot in spots:
        at = (spot.when - start).days * inches / (end - start).days
        width = max(map(len, spot.text.split("\n"))) * CHARACTER
        inside = {
            place: Box(place[0], at - width * place[1], at + width * (not place[1]))
            for place in PLACES
        }
        inside = {p: box for p, box in inside.items() if box.left >= 0 and box.right <= inches}
        offered.append(list(inside))
        choices.append(list(inside.values()))
    found = place_all(choices, gap=GAP)
    return [places[n] for places, n in zip(offered, found)] if found is not None else []


def _draw_mark(axes, row: int, spot: Spot):
    shape, size = MARKS[spot.kind]
    axes.plot(
        spot.when,
        row,
        shape,
        color=LANES[spot.lane][1],
        markersize=size,
        markeredgecolor="white",
        markeredgewidth=0.8,
        zorder=4,
        linestyle="none",
    )


def _draw_label(axes, row: int, spot: Spot, level: int, left: bool):
    axes.annotate(
        spot.text,
        (mdates.date2num(spot.when), row),
        xytext=(-4 if left else 4, -8 * level),
        textcoords="offset points",
        ha="right" if left else "left",
        va="bottom" if level == ABOVE else "top",
        fontsize=10.5,
        color=LANES[spot.lane][1],
        zorder=5,
        linespacing=1.1,
    )
