"""Lesson 05, one charge: who said what about it, a step for each statement found."""

import datetime as dt
from collections.abc import Iterable
from itertools import groupby

from casebook.core.tables import Tables
from casebook.figure import PALE, SOFT, Parts, Timeline, styled
from casebook.figure.english import day
from casebook.subjects.stances.charts.lanes import (
    COLOURS,
    RELAY_SIZE,
    SIDE_NAMES,
    STANCE,
    counted_stances,
    draw_legend,
    signs_of,
    stance_in_words,
)
from casebook.subjects.stances.methods import LANES, SINCE, stances_in

__all__ = ["one_charge"]

TOP, HALF = -0.75, 0.5  # the upper edge, in rows; half a step, in statements
SIZE = 1.4  # of the marks, against those in the lanes


class ChargePicture(Timeline):
    """The stances towards one claim, side by side in the order of time; ``as_of(day)`` shows what
    was public on that day, and the steps to come as not yet known.

    The steps are of one width: the picture shows the order, and dates tell how far apart they are.
    """

    @styled
    def __init__(self, tables: Tables, lane: str):
        super().__init__(tables, height=2.9)
        self._lane, self._sides = lane, LANES[lane][2]
        found = stances_in(self._tables, SINCE)
        self._rows = [
            row._replace(key=row.stance_id)
            for row in found[found["lane"] == lane].assign(key="").itertuples()
        ]
        self._at = {row.key: step for step, row in enumerate(self._rows)}
        self._draw_ground()

    def _draw_ground(self):
        self.subplots_adjust(left=0.125, right=0.99, top=0.87, bottom=0.25)
        self._axes = axes = self.add_subplot()
        axes.set_xlim(-HALF, len(self._rows) - HALF)
        axes.set_ylim(len(self._sides) - HALF, TOP)
        axes.set_xticks([])
        axes.set_yticks(range(len(self._sides)), [SIDE_NAMES.get(s, s) for s in self._sides])
        for label, side in zip(axes.get_yticklabels(), self._sides):
            label.set_color(COLOURS[side])
        axes.tick_params(length=0)
        axes.spines["left"].set_visible(False)
        axes.hlines(range(len(self._sides)), *axes.get_xlim(), colors=PALE, zorder=1)

    def rows(self, view: Tables) -> list:
        known = set(view.stances["stance_id"])
        return [row for row in self._rows if row.key in known]

    def sentence(self, row: tuple) -> str:
        return stance_in_words(row)

    def parts(self, view: Tables) -> Parts:
        known = self.rows(view)
        wanted: Parts = {("mark", row.key): lambda row=row: self._draw_mark(row) for row in known}
        for year, rows in groupby(known, key=lambda row: row.date[:4]):
            steps = [self._at[row.key] for row in rows]
            wanted["year", year, steps[-1]] = lambda year=year, steps=steps: self._draw_year(
                year, steps
            )
        signs = signs_of(known)
        wanted["legend", *signs] = lambda: draw_legend(self._axes, -0.13, signs)
        return wanted

    def _draw_mark(self, row) -> list:
        """A statement's mark, with its day below."""
        (shape, size, *_), colour = STANCE[row.stance], COLOURS[row.side]
        hollow = row.stance == "neither" or bool(row.relay_of)
        at = self._at[row.key]
        drawn = self._axes.plot(
            at,
            self._sides.index(row.side),
            shape,
            color=colour,
            markersize=RELAY_SIZE if row.relay_of else size * SIZE,
            markerfacecolor="white" if hollow else colour,
            markeredgecolor=colour if hollow else "white",
            markeredgewidth=1.6 if hollow else 0.7,
            linestyle="none",
            zorder=4,
        )
        when = dt.date.fromisoformat(row.date)
        below = {"transform": self._axes.get_xaxis_transform(), "rotation": 90, "color": SOFT}
        text = f"{when.day} {when:%b}"
        return [*drawn, self._axes.text(at, -0.03, text, ha="center", va="top", **below)]

    def _draw_year(self, year: str, steps: list[int]) -> list:
        """A year under its days, with a line to its left."""
        across = self._axes.get_xaxis_transform()
        line = self._axes.axvline(steps[0] - HALF, color="#bbbbbb", linewidth=0.9, zorder=1)
        look = {"ha": "left", "va": "bottom", "fontsize": 10, "color": SOFT, "transform": across}
        return [line, self._axes.text(steps[0] - HALF + 0.06, 0.9, f"’{year[2:]}", **look)]

    def _unknown(self, day: dt.date | None) -> Parts:
        """The steps to come, hatched."""
        known = len(self.rows(self.view(day)))
        if known == len(self._rows):
            return {}

        def draw():
            look = {"facecolor": PALE, "alpha": 0.55, "hatch": "//", "edgecolor": "white"}
            return [self._axes.axvspan(known - HALF, len(self._rows) - HALF, zorder=0, **look)]

        return {("unknown", known): draw}

    def words(self, view: Tables) -> dict[str, str]:
        known = self.rows(view)
        own = [row for row in known if not row.relay_of]
        when = f"As of {day(view.day)}" if view.day else "To the latest row"
        text = counted_stances(own)
        told = " ".join(map(self.sentence, known))
        hatched = "" if len(known) == len(self._rows) else ". Hatched: not yet known"
        return {
            "title": f"{when}: {text}",
            "subtitle": (
                "A step for each statement found, in the order of time. Shape: what sort of"
                f" statement; colour and row: whose{hatched}"
            ),
            "description": f"{LANES[self._lane][0]}, {len(own)} statements. {when}: {text}. {told}",
            "source": f"table stances: {'; '.join(row.address for row in known)}",
        }

    def addresses(self, view: Tables) -> Iterable[str]:
        return dict.fromkeys(row.address for row in self.rows(view))


def one_charge(tables: Tables, lane: str) -> ChargePicture:
    """The stances towards one claim as ``tables`` show them: with all we have, or as of their
    day.
    """
    return ChargePicture(tables, lane).as_of(tables.day)
