"""The arc of the case on one page: a lane for each kind of happening, and one for our documents."""

import datetime as dt
from collections.abc import Iterable

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection

from casebook.core.tables import Tables
from casebook.figure import (
    INK,
    PALE,
    STATES,
    YEARS,
    Box,
    Parts,
    Timeline,
    place_labels,
    styled,
)
from casebook.figure.english import capital, day, listed, number, several

__all__ = ["arc"]

# Lane: the line it stands on, which two may share, and its mark.
LANES = {
    "war": ("War, recognition", "X"),
    "recognition": ("War, recognition", "s"),
    "votes": ("Votes at the UN", "D"),
    "messages": ("Messages", "o"),
    "meetings": ("Meetings", "P"),
    "treaty": ("Treaty", "^"),
    "said": ("Said and denied", "v"),
    "documents": ("Our articles", "*"),
}
LINES = list(dict.fromkeys(line for line, _ in LANES.values()))  # top to bottom
# Ticks of the log: from and to which height about the Messages line, and whose colour.
TICKS = {
    "kim_to_putin": (-0.18, 0, STATES["North Korea"]),
    "putin_to_kim": (0, 0.18, STATES["Russia"]),
}
CHARACTER = 0.082  # inches a character of a label takes at 10 pt, on the wide side
GAP = 0.06  # inches between two labels
EDGE = 0.1  # inches that a label keeps to the page's right edge
CLOSE = 45  # days: documents nearer than this share a label
SEVERAL = "three articles"  # as long as such a label gets
AFTER = dt.timedelta(days=120)  # room behind the last row
RIGHT_OF_NAMES, RIGHT = 0.155, 0.985  # the axes, as shares of the picture's width
ABOVE, BELOW = -1, 1  # where a label may stand
UP = {ABOVE: 12, BELOW: -12}  # points that a label stands off its line …
OVER_TICKS = 14  # … and above the ticks of the log


def _first_day(text: str) -> dt.date:
    parts = [int(part) for part in text.split("/")[0].split("-")]
    return dt.date(*(parts + [1, 1])[:3])


def _happenings(tables: Tables) -> pd.DataFrame:
    """Events and documents in one table: key, lane, day, date, label, text, address. A document is
    called by its outlet.
    """
    events = tables.events.assign(
        key=tables.events["event_id"],
        day=[_first_day(d) for d in tables.events["date"]],
        text=tables.events["event"],
    )
    documents = tables.sources.assign(
        key=tables.sources["source_id"],
        lane="documents",
        day=tables.sources["public_from"].dt.date,
        date=tables.sources["published"],
        label=tables.sources["outlet"],
        address=tables.sources["source_id"] + " ¶1",
        text="the " + tables.sources["kind"] + " in " + tables.sources["outlet"],
    )
    columns = ["key", "lane", "day", "date", "label", "text", "address"]
    both = pd.concat([events[columns], documents[columns]])
    return both.sort_values("day", kind="stable").reset_index(drop=True)


def _with_shared_labels(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, documents close to one another under one label: ``names`` are those it stands for,
    {key: name}, and ``label`` is the longest that it can be.
    """
    rows, last = rows.assign(names=[{} for _ in rows.index]), None
    for i in rows.index[rows["lane"] == "documents"]:
        shared = last is not None and (rows.at[i, "day"] - rows.at[last, "day"]).days < CLOSE
        last = last if shared else i
        rows.at[last, "names"][rows.at[i, "key"]] = rows.at[i, "label"]
        if shared:
            rows.at[i, "label"] = ""
            rows.at[last, "label"] = max(*rows.at[last, "names"].values(), SEVERAL, key=len)
    return rows


def _label(row, public: set[str]) -> str:
    """What a label says: of documents the name of the one that is ``public``, or their number."""
    names = [name for key, name in row.names.items() if key in public]
    if row.lane != "documents":
        return row.label
    return names[0] if len(names) == 1 else f"{number(len(names))} articles"


def _level(row) -> int:
    """The place of a row's line, from the top."""
    return LINES.index(LANES[row.lane][0])


def _colour(row) -> str:
    """The colour of a row's year where a message, a treaty act or a document of 2022, 2024 or 2026
    stands, else ink.
    """
    core = row.lane in ("messages", "treaty", "documents") and str(row.day.year) in YEARS
    return YEARS[str(row.day.year)] if core else INK


class ArcPicture(Timeline):
    """The arc; ``as_of(day)`` shows what was public on that day, and says so."""

    UNKNOWN_AT = -0.6

    @styled
    def __init__(self, tables: Tables):
        super().__init__(tables, height=4.5)
        found = _happenings(self._tables)
        documents = found.loc[found["lane"] == "documents", "day"]
        self._start = dt.date(min(documents).year, 1, 1)
        self._rows = list(
            _with_shared_labels(
                found[found["day"] >= self._start].reset_index(drop=True)
            ).itertuples()
        )
        self._end = max(row.day for row in self._rows) + AFTER
        self._draw_ground()
        self._spots = self._places_of_labels()

    def _draw_ground(self):
        self.subplots_adjust(left=RIGHT_OF_NAMES, right=RIGHT, top=0.985, bottom=0.08)
        self._axes = axes = self.add_subplot()
        axes.set_xlim(self._start, self._end)
        axes.set_ylim(len(LINES) - 0.4, -0.8)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        # Given ticks are cheaper than a locator's.
        years = {dt.date(y, 1, 1): y for y in range(self._start.year, self._end.year + 1)}
        axes.set_xticks(list(years), years.values(), ha="left")
        line = {"color": PALE, "linewidth": 1, "zorder": 1}
        axes.hlines(range(len(LINES)), self._start, self._end, **line)
        axes.vlines(list(years), *axes.get_ylim(), **line)

    def _places_of_labels(self) -> dict[int, tuple[int, bool]]:
        """Row → above or below its line, and whether left of its mark, which it is at the page's
        edge; no row where there is no room.
        """
        inches = self.get_size_inches()[0] * (RIGHT - RIGHT_OF_NAMES)
        per_day = inches / (self._end - self._start).days
        rows = [row for row in self._rows if row.label]
        lefts, choices = [], []
        for row in rows:
            at, width = (row.day - self._start).days * per_day, len(row.label) * CHARACTER
            lefts.append(at + width + EDGE > inches)
            begin = at - width if lefts[-1] else at
            choices.append(
                [Box((_level(row), level), begin, begin + width) for level in (ABOVE, BELOW)]
            )
        places = place_labels(choices, gap=GAP)
        return {
            row.Index: ((ABOVE, BELOW)[place], left)
            for row, left, place in zip(rows, lefts, places)
            if place is not None
        }

    # -- what a view has ---------------------------------------------------------------------------

    def rows(self, view: Tables) -> list:
        known = {*view.events["event_id"], *view.sources["source_id"]}
        return [row for row in self._rows if row.key in known]

    def sentence(self, row: tuple) -> str:
        return f"{day(row.date)}: {row.text}"

    def ticks_between(self, before: dt.date | str, day: dt.date | str) -> int:
        """How many messages of the log became public after ``before`` and up to ``day``."""
        then, now = (sum(map(len, self._sent(self.view(end)).values())) for end in (before, day))
        return now - then

    def _sent(self, view: Tables) -> dict[str, list[dt.date]]:
        """Direction → the days of the log's dated messages."""
        log = view.messages
        log = log[(log["date"] >= self._start.isoformat()) & log["public_from"].notna()]
        return {
            direction: [_first_day(text) for text in log.loc[log["direction"] == direction, "date"]]
            for direction in TICKS
        }

    def parts(self, view: Tables) -> Parts:
        known, sent = self.rows(view), self._sent(view)
        public = set(view.sources["source_id"])
        wanted: Parts = {}
        for row in known:
            wanted["mark", f"{row.Index:04}"] = lambda row=row: self._draw_mark(row)
            if row.Index in self._spots:
                text = _label(row, public)
                key = "label", f"{row.Index:04}", text
                wanted[key] = lambda row=row, text=text: [self._draw_label(row, text)]
        for direction, days in sent.items():
            if days:
                wanted["ticks", direction, len(days)] = lambda direction=direction, days=days: [
                    self._axes.add_collection(_ticks(direction, days), autolim=False)
                ]
        lanes = {row.lane for row in known} | ({"messages"} if any(sent.values()) else set())
        for line in {LANES[lane][0] for lane in lanes}:  # a name would tell what is to come
            wanted["name", line] = lambda line=line: [self._draw_name(line)]
        return wanted

    # -- drawing -----------------------------------------------------------------------------------

    def _draw_mark(self, row):
        return self._axes.plot(
            row.day,
            _level(row),
            LANES[row.lane][1],
            color=_colour(row),
            markersize=9 if row.lane == "documents" else 7,
            markeredgecolor="white",
            markeredgewidth=0.8,
            zorder=4,
            linestyle="none",
        )

    def _draw_label(self, row, text: str):
        level, left = self._spots[row.Index]
        up = OVER_TICKS if level == ABOVE and row.lane == "messages" else UP[level]
        return self._axes.annotate(
            text,
            (mdates.date2num(row.day), _level(row)),
            xytext=(4 if left else -4, up),
            textcoords="offset points",
            ha="right" if left else "left",
            va="center",
            fontsize=10,
            color=_colour(row),
            zorder=5,
        )

    def _draw_name(self, line: str):
        return self._axes.text(
            -0.008,
            LINES.index(line),
            line,
            transform=self._axes.get_yaxis_transform(),
            ha="right",
            va="center",
            zorder=3,
        )

    # -- words -------------------------------------------------------------------------------------

    def words(self, view: Tables) -> dict[str, str]:
        known, sent = self.rows(view), self._sent(view)
        events = [row for row in known if row.lane != "documents"]
        outlets = dict(zip(view.sources["source_id"], view.sources["outlet"]))
        documents = [outlets[row.key] for row in known if row.lane == "documents"]
        when = f"As of {day(view.day)}" if view.day else "To the latest row"
        lanes: dict[str, list] = {}
        for row in events:
            lanes.setdefault(row.lane, []).append(f"{day(row.date)}, {row.text.rstrip('.')}")
        treaty = [row.label for row in events if row.lane == "treaty" and row.label]
        state = f"the treaty {treaty[-1]}" if treaty else "no treaty"
        told = [capital(f"{LANES[lane][0]}: {'; '.join(lines)}") for lane, lines in lanes.items()]
        return {
            "title": (
                f"{when}: {several(len(events), 'event')} since {day(self._start)},"
                f" {several(len(lanes.get('meetings', ())), 'meeting')} of the two leaders since"
                f" then, {state}"
            ),
            "subtitle": (
                "Each mark is something done or said. Small ticks on the line Messages: above it"
                " what Kim sent to Putin, below it what Putin sent to Kim. Stars: the articles that"
                " these lessons study"
            ),
            "description": (
                f"Timeline in {len(LINES)} lines. {when}: {len(events)} events; messages in the"
                f" log: {len(sent['kim_to_putin'])} from Kim to Putin, {len(sent['putin_to_kim'])}"
                f" from Putin to Kim; documents: {listed(documents) or 'none'}. {'. '.join(told)}."
            ),
            "source": "the rows behind the marks; messages by the log (M…), "
            + ("as public on that day" if view.day else "all dated rows"),
        }

    def addresses(self, view: Tables) -> Iterable[str]:
        return [row.address for row in self.rows(view)]


def _ticks(direction: str, days: list[dt.date]) -> LineCollection:
    """Messages of a direction as ticks. A day's ticks lie on one another: a picture of a hundred
    times as many messages is no heavier.
    """
    low, high, colour = TICKS[direction]
    line = LINES.index(LANES["messages"][0])
    segments = [[(x, line + low), (x, line + high)] for x in np.unique(mdates.date2num(days))]
    return LineCollection(segments, colors=colour, linewidths=1.2, zorder=2)


def arc(tables: Tables) -> ArcPicture:
    """The arc as ``tables`` show it: all of it, or as of their day."""
    return ArcPicture(tables).as_of(tables.day)
