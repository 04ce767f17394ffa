"""A line of time that moves: what was public by a day, what became public since, what is not yet
known.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Self

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure.layers import LayeredPicture, Parts
from casebook.figure.style import PALE, SOFT, styled


class Timeline(LayeredPicture):
    """A picture of happenings as of a day: ``as_of(day)`` shows what was public then, and says it.

    Places and scales are those of the latest view, so that nothing jumps when the day moves. A kind
    of timeline draws its ground into ``_axes``, from ``_start`` to ``_end``, and says what a view
    has:

    - ``rows(view)``: what a view has, tuples with the field ``key``, in the order of time;
    - ``sentence(row)``: a row in words;
    - ``parts(view)``: what a view shows, for ``show_parts``;
    - ``words(view)``: what ``describe`` takes, without evidence, which is ``addresses(view)``.
    """

    UNKNOWN_AT: float | None = None  # height of the words "not yet known"; None: no words
    UNKNOWN_DAYS = 0  # the words need more days than these after the day shown
    UNKNOWN_TOP = 1.0  # how far up the hatched ground reaches, as a share of the axes

    def __init__(self, tables: Tables, height: float):
        super().__init__(height)
        self._tables, self._views = tables.as_of(None), {}
        self._axes = None
        self._start = self._end = dt.date.max

    def rows(self, view: Tables) -> list:
        """What a view has."""
        raise NotImplementedError

    def sentence(self, row: tuple) -> str:
        """A row in words."""
        raise NotImplementedError

    def parts(self, view: Tables) -> Parts:
        """What a view shows."""
        raise NotImplementedError

    def words(self, view: Tables) -> dict[str, str]:
        """Title, subtitle, description and source of a view."""
        raise NotImplementedError

    def addresses(self, view: Tables) -> Iterable[str]:
        """The addresses that a view's rows rest on."""
        raise NotImplementedError

    def view(self, day: dt.date | str | None) -> Tables:
        """The tables as of a day, read once."""
        day = None if day is None else pd.Timestamp(day).date()
        if day not in self._views:
            self._views[day] = self._tables.as_of(day)
        return self._views[day]

    @styled
    def as_of(self, day: dt.date | str | None) -> Self:
        """Show what was public on ``day`` (None: everything), with words and rows of that day."""
        view = self.view(day)
        self.show_parts(self.parts(view) | self._unknown(view.day))
        return self.describe(
            **self.words(view),
            evidence=lambda: [e for text in self.addresses(view) for e in view.resolve(text)],
        )

    def new_between(self, before: dt.date | str, day: dt.date | str) -> list[str]:
        """What became public after ``before`` and up to ``day``, in words."""
        return [self.sentence(row) for row in self.fresh(before, day)]

    def fresh(self, before: dt.date | str | None, day: dt.date | str) -> list:
        """The rows that became public after ``before`` (None: since the beginning) and up to
        ``day``.
        """
        known = {row.key for row in self.rows(self.view(before))} if before else set()
        return [row for row in self.rows(self.view(day)) if row.key not in known]

    def _unknown(self, day: dt.date | None) -> Parts:
        """The hatched ground over what lies after a day, with its words where there is room."""
        if day is None or day >= self._end:
            return {}
        edge = max(day, self._start)

        def draw():
            ground = self._axes.axvspan(
                edge,
                self._end,
                ymax=self.UNKNOWN_TOP,
                facecolor=PALE,
                alpha=0.55,
                hatch="//",
                edgecolor="white",
                zorder=0,
            )
            room = (self._end - edge).days > self.UNKNOWN_DAYS
            if self.UNKNOWN_AT is None or not room:
                return [ground]
            words = self._axes.text(
                self._end,
                self.UNKNOWN_AT,
                "not yet known ",
                ha="right",
                va="center",
                fontsize=10.5,
                color=SOFT,
                style="italic",
                zorder=3,
            )
            return [ground, words]

        return {("unknown", edge): draw}
