"""The arc of the case on one page: a lane for each kind of happening, and one for our documents."""

import datetime as dt

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection

from casebook.charts.words import capital, day, listed, several
from casebook.figure import INK, PALE, STATES, YEARS, LayeredPicture, styled

LANES = {
    "war": "War, recognition",
    "recognition": "War, recognition",
    "votes": "Votes at the UN",
    "messages": "Messages",
    "meetings": "Meetings",
    "treaty": "Treaty",
    "said": "Said and denied",
    "documents": "Our documents",
}
MARKS = {
    "war": "X",
    "recognition": "s",
    "votes": "D",
    "messages": "o",
    "meetings": "P",
    "treaty": "^",
    "said": "v",
    "documents": "*",
}
CHARACTER = 0.082  # inches a character of a label takes at 10 pt, on the wide side
CLOSE = 45  # days: documents nearer than this share a label
LINES = list(
    dict.fromkeys(LANES.values())
)  # the lines of the picture, top to bottom; two lanes may share one


def _first_day(text: str) -> dt.date:
    parts = [int(part) for part in text.split("/")[0].split("-")]
    return dt.date(*(parts + [1, 1])[:3])


def _happenings(tables) -> pd.DataFrame:
    """Events and documents in one table: lane, day, label, text, address, public_from."""
    events = tables.events.assign(
        day=[_first_day(d) for d in tables.events["date"]], text=tables.events["event"]
    )
    documents = tables.sources.assign(
        lane="documents",
        day=tables.sources["public_from"].dt.date,
        date=tables.sources["published"],
        label=tables.sources["source_id"],
        address=tables.sources["source_id"] + " ¶1",
        text=[f"{s.source_id}, {s.kind} of {s.outlet}" for s in tables.sources.itertuples()],
    )
    columns = ["lane", "day", "date", "label", "text", "address", "public_from"]
    return (
        pd.concat([events[columns], documents[columns]])
        .sort_values("day", kind="stable")
        .reset_index(drop=True)
    )


def _colour(row) -> str:
    """The colour of a row's year where a message, a treaty act or a document of 2022, 2024 or 2026
    stands, else ink.
    """
    core = row.lane in ("messages", "treaty", "documents") and str(row.day.year) in YEARS
    return YEARS[str(row.day.year)] if core else INK


class ArcPicture(LayeredPicture):
    """The arc; ``as_of(day)`` shows what was public on that day, and says so.

    Places and scales are those of the latest view, so that nothing jumps when the day moves.
    """

    @styled
    def __init__(self, tables):
        super().__init__(height=4.5)
        self._tables = tables
        found = _happenings(tables)
        self._start = dt.date(
            min(d.year for d in found.loc[found["lane"] == "documents", "day"]), 1, 1
        )
        self._rows = found[found["day"] >= self._start].reset_index(drop=True)
        self._end = max(self._rows["day"]) + dt.timedelta(days=120)
        self.subplots_adjust(left=0.155, right=0.985, top=0.985, bottom=0.08)
        self._axes = self.add_subplot()
        self._frame()
        self._ticks = self._of_the_log()
        self._merged = list(self._with_shared_labels().itertuples())
        self._spots = self._places()
        self._names = dict(self._rows["label"])  # before documents shared one
        self._sentences = [f"{day(r.date)}, {r.text.rstrip('.')}" for r in self._merged]

    def _frame(self):
        axes = self._axes
        axes.set_xlim(self._start, self._end)
        axes.set_ylim(len(LINES) - 0.4, -0.8)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        years = range(
            self._start.year, self._end.year + 1
        )  # given ticks are cheaper than a locator's
        axes.set_xticks([dt.date(year, 1, 1) for year in years], years, ha="left")
        axes.hlines(range(len(LINES)), self._start, self._end, color=PALE, linewidth=1, zorder=1)
        axes.vlines(
            [dt.date(year, 1, 1) for year in years],
            *axes.get_ylim(),
            color=PALE,
            linewidth=1,
            zorder=1,
        )

    def _of_the_log(self) -> dict:
        """The message log as ticks: Kim's above the line, Putin's below; {direction: (colour,
        public_from, segments)}.
        """
        log = self._tables.messages
        log = log[(log["date"] >= self._start.isoformat()) & log["public_from"].notna()]
        lane, ticks = LINES.index(LANES["messages"]), {}
        for direction, low, high, colour in (
            ("kim_to_putin", -0.18, 0, STATES["North Korea"]),
            ("putin_to_kim", 0, 0.18, STATES["Russia"]),
        ):
            here = log[log["direction"] == direction]
            days = mdates.date2num([_first_day(text) for text in here["date"]])
            ticks[direction] = (
                colour,
                here["public_from"].to_numpy(),
                np.array([[(x, lane + low), (x, lane + high)] for x in days]).reshape(-1, 2, 2),
            )
        return ticks

    def _draw_ticks(self, colour, segments):
        # A day's ticks lie on one another: a picture of a hundred times as many messages is no
        # heavier.
        return [
            self._axes.add_collection(
                LineCollection(
                    np.unique(segments, axis=0), colors=colour, linewidths=1.2, zorder=2
                ),
                autolim=False,
            )
        ]

    def _draw_mark(self, row):
        return self._axes.plot(
            row.day,
            LINES.index(LANES[row.lane]),
            MARKS[row.lane],
            color=_colour(row),
            markersize=9 if row.lane == "documents" else 7,
            markeredgecolor="white",
            markeredgewidth=0.8,
            zorder=4,
            linestyle="none",
        )

    def _draw_label(self, row, text):
        """A row's label, at its place; documents close to one another share one, which names those
        that are public.
        """
        (across, up), side = self._spots[row.Index]
        return [
            self._axes.annotate(
                text,
                (mdates.date2num(row.day), LINES.index(LANES[row.lane])),
                xytext=(across, up),
                textcoords="offset points",
                ha=side,
                va="center",
                fontsize=10,
                color=_colour(row),
                zorder=5,
            )
        ]

    def _draw_name(self, line):
        return [
            self._axes.text(
                -0.008,
                LINES.index(line),
                line,
                transform=self._axes.get_yaxis_transform(),
                ha="right",
                va="center",
                zorder=3,
            )
        ]

    def _draw_unknown(self, edge):
        """The hatched ground over what lies after a day."""
        return [
            self._axes.axvspan(
                edge, self._end, facecolor=PALE, alpha=0.55, hatch="//", edgecolor="white", zorder=0
            ),
            self._axes.text(
                self._end,
                -0.6,
                "not yet known ",
                ha="right",
                va="center",
                fontsize=10.5,
                color="#444444",
                style="italic",
                zorder=3,
            ),
        ]

    def _places(self) -> dict:
        """row → ((points across, points up), side) of its label: right of its mark, above or below
        the line, or left of it at the page's edge; no row where there is no room.
        """
        inches = self.get_size_inches()[0] * 0.83 / (self._end - self._start).days
        spots, taken = {}, {}
        for row in self._merged:
            at, width = (row.day - self._start).days * inches, len(row.label) * CHARACTER
            left = at + width + 0.1 > (self._end - self._start).days * inches
            start = at - width if left else at
            for level in (-1, 1) if row.label else ():
                used = taken.setdefault((LANES[row.lane], level), [])
                if all(start > end + 0.06 or start + width < begin for begin, end in used):
                    used.append((start, start + width))
                    spots[row.Index] = (
                        (
                            4 if left else -4,
                            14 if level < 0 and row.lane == "messages" else -level * 12,
                        ),
                        "right" if left else "left",
                    )
                    break
        return spots

    def _with_shared_labels(self):
        """The rows, documents close to one another under one label; on each day it names those that
        are public.
        """
        rows, last = self._rows.copy(), None
        for i in rows.index[rows["lane"] == "documents"]:
            if last is not None and (rows.at[i, "day"] - rows.at[last, "day"]).days < CLOSE:
                rows.at[last, "label"] += f", {rows.at[i, 'label']}"
                rows.at[i, "label"] = ""
            else:
                last = i
        return rows

    @styled
    def as_of(self, day_shown):
        """Show what was public on ``day_shown`` (a date; None: everything), with title, description
        and rows of that day.
        """
        limit = pd.Timestamp(day_shown) if day_shown is not None else pd.Timestamp.max
        known = [row for row in self._merged if row.public_from <= limit]
        public = [self._names[row.Index] for row in known if row.lane == "documents"]
        wanted, sent = {}, {}
        for row in known:
            wanted["mark", f"{row.Index:04}"] = lambda row=row: self._draw_mark(row)
            if row.Index in self._spots:
                text = (
                    ", ".join(d for d in row.label.split(", ") if d in public)
                    if row.lane == "documents"
                    else row.label
                )
                wanted["label", f"{row.Index:04}", text] = lambda row=row, text=text: (
                    self._draw_label(row, text)
                )
        for direction, (colour, public_from, segments) in self._ticks.items():
            seen = public_from <= limit.to_datetime64()
            sent[direction] = int(seen.sum())
            if sent[direction]:
                wanted["ticks", direction, sent[direction]] = (
                    lambda colour=colour, here=segments[seen]: self._draw_ticks(colour, here)
                )
        lanes = {row.lane for row in known} | ({"messages"} if any(sent.values()) else set())
        for line in {
            LANES[lane] for lane in lanes
        }:  # the name of a line would tell what is to come
            wanted["name", line] = lambda line=line: self._draw_name(line)
        if day_shown is not None and limit < pd.Timestamp(self._end):
            edge = max(limit.date(), self._start)
            wanted["unknown", edge] = lambda: self._draw_unknown(edge)
        self.show_parts(wanted)
        self._tell(known, public, day_shown, sent)
        return self

    def new_between(self, before, day_shown) -> list[str]:
        """What became public after ``before`` and up to ``day_shown`` (dates), in words."""
        return [
            f"{day(row.date)}: {row.text}"
            for row in self._merged
            if pd.Timestamp(before) < row.public_from <= pd.Timestamp(day_shown)
        ]

    def _tell(self, known, documents, as_of, sent):
        events, lanes = [row for row in known if row.lane != "documents"], {}
        for row in events:
            lanes.setdefault(row.lane, []).append(self._sentences[row.Index])
        when = f"As of {day(as_of)}" if as_of is not None else "To the latest row"
        treaty = [row.label for row in events if row.lane == "treaty" and row.label]
        state = f"the treaty {treaty[-1]}" if treaty else "no treaty"
        parts = [f"{LANES[lane]}: " + "; ".join(lines) for lane, lines in lanes.items()]
        self.tell(
            title=(
                f"{when}: {several(len(events), 'event')} since {day(self._start)},"
                f" {several(len(lanes.get('meetings', ())), 'meeting')} of the two leaders, {state}"
            ),
            subtitle=(
                "Events by kind; ticks on the Messages line: Kim's to Putin above it, Putin's to"
                " Kim below; stars: our documents"
            ),
            description=(
                f"Timeline in {len(LINES)} lines. {when}: {len(events)} events; messages in the"
                f" log: {sent['kim_to_putin']} from Kim to Putin, {sent['putin_to_kim']} from Putin"
                f" to Kim; documents: {listed(documents) or 'none'}. "
            )
            + ". ".join(map(capital, parts))
            + ".",
            source="the rows below; messages by the log (M…), "
            + ("as public on that day" if as_of is not None else "all dated rows"),
            evidence=lambda: [
                e
                for address in [row.address for row in known]
                for e in self._tables.as_of(as_of).resolve(address)
            ],
        )


def arc(tables) -> ArcPicture:
    """The arc as ``tables`` show it: all of it, or as of their day."""
    return ArcPicture(tables.as_of(None)).as_of(tables.day)
