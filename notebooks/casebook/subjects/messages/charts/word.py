"""One line of time with the rows of the log that have a word, and no others."""

import datetime as dt
import textwrap
from collections.abc import Iterable
from typing import NamedTuple

import matplotlib.dates as mdates
import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import INK, PALE, SOFT, STATES, Parts, Timeline, styled
from casebook.figure.english import capital, day, number, several, verb
from casebook.subjects.messages.charts.log import SIDES
from casebook.subjects.messages.methods import STRIKING, first_found, in_the_log

__all__ = ["word_line"]

LEFT, RIGHT = 0.012, 0.988
AFTER = dt.timedelta(days=125)  # room behind the last row
WRAP = 36  # characters of a label's line
NEAR, FAR, LABEL = 0.05, 0.18, 0.2  # from the line: a mark, the end of its stroke, its label
SPACING, LINE = 1.1, 11.3  # points: a line of a label
OF_KIM = {  # whose words, where the coding of elements says that they are of Kim's side
    "kim_to_putin": "Kim to Putin",
    "both": "Kim's side, at a meeting",
    "via_envoy": "Kim's side, to an envoy",
}


class Use(NamedTuple):
    """A row of the log that has the word. ``english`` is "" where the view does not tell it."""

    key: str
    day: dt.date
    who: str
    occasion: str
    words: str
    english: str
    weak: str
    first: bool


def uses(view: Tables, phrase: str = STRIKING) -> list[Use]:
    """The rows of a view that have a word, oldest first."""
    hits, log = in_the_log(view, phrase), view.messages.set_index("message_id")
    first, coded = first_found(hits), set(view.elements["message_id"])
    return [
        Use(
            hit.address,
            pd.Timestamp(hit.date).date(),
            OF_KIM[hit.direction] if hit.address in coded else SIDES[hit.direction][0],
            hit.occasion.partition(" (")[0],
            hit.text,
            log.loc[hit.address].get("key_phrase_language_note", "").partition(";")[0],
            hit.weak,
            first is not None and hit.address == first["address"],
        )
        for hit in hits.itertuples()
    ]


class WordLine(Timeline):
    """The line; ``as_of(day)`` shows the rows that were public on that day. Labels stand above and
    below it by turns, in places of their own, joined to their marks.
    """

    UNKNOWN_AT, UNKNOWN_DAYS, UNKNOWN_TOP = -0.86, 420, 1.0

    @styled
    def __init__(self, tables: Tables, phrase: str = STRIKING):
        super().__init__(tables, height=4.5)
        self._phrase, log = phrase, self._tables.messages["date"]
        self._start = dt.date(int(log.min()[:4]), 1, 1)
        self._end = pd.Timestamp(log.max()).date() + AFTER
        found = uses(self._tables, phrase)
        self._spots = {use.key: self._spot(n, len(found)) for n, use in enumerate(found)}
        self._draw_ground()

    def _spot(self, n: int, count: int) -> tuple[dt.date, dt.date, int]:
        """The left and the right edge of a label's place, and its side: 1 above the line, -1
        below.
        """
        wide = (self._end - self._start) / ((count + 1 - n % 2) // 2)
        left = self._start + wide * (n // 2)
        return left, left + 0.94 * wide, -1 if n % 2 else 1

    def _draw_ground(self):
        self.subplots_adjust(left=LEFT, right=RIGHT, top=0.99, bottom=0.065)
        self._axes = axes = self.add_subplot()
        axes.set_xlim(self._start, self._end)
        axes.set_ylim(-1, 1)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        years = {dt.date(y, 1, 1): y for y in range(self._start.year, self._end.year + 1)}
        axes.set_xticks(list(years), years.values(), ha="left")
        axes.vlines(list(years), -NEAR, NEAR, color=PALE, linewidth=1, zorder=1)
        axes.axhline(0, color=INK, linewidth=1.2, zorder=1)

    def rows(self, view: Tables) -> list[Use]:
        return uses(view, self._phrase)

    def sentence(self, row: Use) -> str:
        return f"{day(row.day)}, {row.who}, {row.occasion}: “{row.words}”"

    def parts(self, view: Tables) -> Parts:
        found = self.rows(view)
        keys = {use.key for use in found}
        others = view.messages[~view.messages["message_id"].isin(keys)]["date"]
        days = tuple(sorted(pd.Timestamp(date).date() for date in others))
        return {("others", days): lambda: self._draw_others(days)} | {
            ("use", row.key, row.english, row.first): lambda row=row: self._draw_use(row)
            for row in found
        }

    def _draw_others(self, days: tuple[dt.date, ...]) -> list:
        """A small grey dot for each row without the word, so that an empty line is seen to have
        been searched.
        """
        look = {"color": SOFT, "markersize": 3, "alpha": 0.55, "zorder": 3}
        return self._axes.plot(days, [0] * len(days), "o", **look)

    def _draw_use(self, row: Use) -> list:
        """The mark of a row, the stroke to its label, and the label."""
        left, right, side = self._spots[row.key]
        colour = STATES["North Korea"] if row.who in OF_KIM.values() else SOFT
        mark = self._axes.plot(
            row.day,
            side * NEAR,
            "o",
            color="white" if row.weak else colour,
            markeredgecolor=colour,
            markeredgewidth=1.6,
            markersize=11 if row.first else 8,
            zorder=6,
        )
        stroke = self._axes.plot(
            [row.day, min(max(row.day, left), right)],
            [side * NEAR, side * FAR],
            color=colour,
            linewidth=1,
            zorder=2,
        )
        return [*mark, *stroke, *self._draw_label(row, left, side, colour)]

    def _draw_label(self, row: Use, left: dt.date, side: int, colour: str) -> list:
        """The day in bold, and under it who, the words, and whose English they are."""
        lines = [
            *textwrap.wrap(f"{row.who}: {row.occasion}", WRAP),
            *textwrap.wrap(f"“{row.words}”", WRAP),
            *textwrap.wrap(f"({row.english})" if row.english else "", WRAP),
        ]
        sign = " · first found" * row.first + " · weak" * bool(row.weak)
        head = f"{row.day.day} {row.day:%b %Y}{sign}"
        up = side > 0
        text = {"va": "bottom" if up else "top", "fontsize": 10, "linespacing": SPACING}
        text["bbox"] = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
        text |= {"xy": (mdates.date2num(left), side * LABEL), "textcoords": "offset points"}
        at_body = (0, 0 if up else -LINE - 4)
        at_head = (0, LINE * len(lines) + 4 if up else 0)
        return [
            self._axes.annotate("\n".join(lines), xytext=at_body, color=INK, zorder=5, **text),
            self._axes.annotate(
                head, xytext=at_head, color=colour, weight="bold", zorder=5, **text
            ),
        ]

    def words(self, view: Tables) -> dict[str, str]:
        found, rows = self.rows(view), len(view.messages)
        first = next((use for use in found if use.first), None)
        when = f"As of {day(view.day)}" if view.day else "With all we have"
        told = (
            f"“{self._phrase}” is in {number(len(found))} of {rows} rows, first on {day(first.day)}"
            if first
            else f"“{self._phrase}” is in none of {rows} rows"
        )
        weak = sum(bool(use.weak) for use in found)
        return {
            "title": f"{when}: {told}",
            "subtitle": (
                "Rows of the log with the word: who, in which words, whose English. Hollow: weak."
                " A grey dot: a row without it"
            ),
            "description": (
                f"Line of time from {self._start.year} to {self._end.year}. {when}: {told}."
                f" {capital(several(weak, 'row'))} {verb(weak, 'is', 'are')} weak."
                f" Grey dots on the line: {several(rows - len(found), 'row')} without the word."
                + (f" {'; '.join(map(self.sentence, found))}." if found else "")
            ),
            "source": "key phrases of the message log (M…)",
        }

    def addresses(self, view: Tables) -> Iterable[str]:
        return [use.key for use in self.rows(view)]


def word_line(tables: Tables, phrase: str = STRIKING) -> WordLine:
    """The rows of the log that have a word, on one line of time: all of them, or as of the tables'
    day.
    """
    return WordLine(tables, phrase).as_of(tables.day)
