"""The arc of the case on one page: a lane for each kind of happening, and one for our documents."""
import datetime as dt

import matplotlib.dates as mdates
import numpy as np
import pandas as pd
from matplotlib.collections import LineCollection

from casebook.charts.words import capital, day, listed, several
from casebook.figure import INK, PALE, STATES, YEARS, Picture, styled

LANES = {"war": "War, recognition", "recognition": "War, recognition", "votes": "Votes at the UN", "messages": "Messages",
         "meetings": "Meetings", "treaty": "Treaty", "said": "Said and denied", "documents": "Our documents"}
MARKS = {"war": "X", "recognition": "s", "votes": "D", "messages": "o", "meetings": "P", "treaty": "^", "said": "v", "documents": "*"}
CHARACTER = 0.082       # inches a character of a label takes at 10 pt, on the wide side
CLOSE = 45              # days: documents nearer than this share a label
LINES = list(dict.fromkeys(LANES.values()))     # the lines of the picture, top to bottom; two lanes may share one


def _first_day(text: str) -> dt.date:
    parts = [int(part) for part in text.split("/")[0].split("-")]
    return dt.date(*(parts + [1, 1])[:3])


def _happenings(tables) -> pd.DataFrame:
    """Events and documents in one table: lane, day, label, text, address, public_from."""
    events = tables.events.assign(day=[_first_day(d) for d in tables.events["date"]], text=tables.events["event"])
    documents = tables.sources.assign(
        lane="documents", day=tables.sources["public_from"].dt.date, date=tables.sources["published"],
        label=tables.sources["source_id"], address=tables.sources["source_id"] + " ¶1",
        text=[f"{s.source_id}, {s.kind} of {s.outlet}" for s in tables.sources.itertuples()])
    columns = ["lane", "day", "date", "label", "text", "address", "public_from"]
    return pd.concat([events[columns], documents[columns]]).sort_values("day", kind="stable").reset_index(drop=True)


class ArcPicture(Picture):
    """The arc, drawn once from all tables; ``as_of(day)`` then shows what was public on that day, and says so.

    Places and scales are those of the latest view, so that nothing jumps when the day moves.
    """

    @styled
    def __init__(self, tables):
        super().__init__(height=4.5)
        self._tables = tables
        found = _happenings(tables)
        self._start = dt.date(min(d.year for d in found.loc[found["lane"] == "documents", "day"]), 1, 1)
        self._rows = found[found["day"] >= self._start].reset_index(drop=True)
        self._end = max(self._rows["day"]) + dt.timedelta(days=120)
        self.subplots_adjust(left=0.155, right=0.985, top=0.985, bottom=0.08)
        self._axes = self.add_subplot()
        self._frame()
        self._ticks = self._draw_log()
        self._together = []         # labels that several documents share, with the documents
        self._artists = self._draw_rows()
        self._now = self._axes.axvspan(self._start, self._end, facecolor=PALE, alpha=0.55, hatch="//", edgecolor="white", zorder=0)
        self._unknown = self._axes.text(self._end, -0.6, "not yet known ", ha="right", va="center", fontsize=10.5, color="#444444", style="italic")

    def _frame(self):
        axes = self._axes
        axes.set_xlim(self._start, self._end)
        axes.set_ylim(len(LINES) - 0.4, -0.8)
        axes.set_yticks(range(len(LINES)), LINES)
        axes.tick_params(axis="y", length=0)
        self._names = [tick.label1 for tick in axes.yaxis.get_major_ticks()]      # get_yticklabels leaves hidden ones out
        axes.spines["left"].set_visible(False)
        axes.xaxis.set_major_locator(mdates.YearLocator())
        axes.xaxis.set_major_formatter(mdates.DateFormatter("%Y"))
        for label in axes.get_xticklabels():
            label.set_ha("left")
        axes.hlines(range(len(LINES)), self._start, self._end, color=PALE, linewidth=1, zorder=1)
        for year in range(self._start.year, self._end.year + 1):
            axes.axvline(dt.date(year, 1, 1), color=PALE, linewidth=1, zorder=1)

    def _draw_log(self):
        """The message log as ticks: Kim's above the line, Putin's below, others across it; {direction: (lines, public_from, segments)}."""
        log = self._tables.messages
        log = log[(log["date"] >= self._start.isoformat()) & log["public_from"].notna()]
        lane, ticks = LINES.index(LANES["messages"]), {}
        for direction, low, high, colour in (("kim_to_putin", -0.18, 0, STATES["North Korea"]), ("putin_to_kim", 0, 0.18, STATES["Russia"])):
            here = log[log["direction"] == direction]
            days = mdates.date2num([_first_day(text) for text in here["date"]])
            segments = np.array([[(x, lane + low), (x, lane + high)] for x in days]).reshape(-1, 2, 2)
            lines = self._axes.add_collection(LineCollection([], colors=colour, linewidths=1.2, zorder=2), autolim=False)
            ticks[direction] = lines, here["public_from"].to_numpy(), segments
        return ticks

    def _draw_rows(self):
        """A mark for each row, a label where it has one and there is room; [(public_from, mark, label)]."""
        inches = self.get_size_inches()[0] * 0.83 / (self._end - self._start).days
        artists, taken = [], {}
        for row in self._merged().itertuples():
            lane = LINES.index(LANES[row.lane])
            core = row.lane in ("messages", "treaty", "documents") and str(row.day.year) in YEARS
            colour = YEARS[str(row.day.year)] if core else INK
            mark = self._axes.plot(row.day, lane, MARKS[row.lane], color=colour, markersize=9 if row.lane == "documents" else 7,
                                   markeredgecolor="white", markeredgewidth=0.8, zorder=4, linestyle="none")[0]
            label = self._draw_label(row, lane, colour, inches, taken) if row.label else None
            artists.append((row.public_from, mark, label))
            if row.lane == "documents" and label is not None:
                self._together.append((label, row.label.split(", ")))
        return artists

    def _merged(self):
        """The rows, documents close to one another under one label; on each day it names those that are public."""
        rows, last = self._rows.copy(), None
        for i in rows.index[rows["lane"] == "documents"]:
            if last is not None and (rows.at[i, "day"] - rows.at[last, "day"]).days < CLOSE:
                rows.at[last, "label"] += f", {rows.at[i, 'label']}"
                rows.at[i, "label"] = ""
            else:
                last = i
        return rows

    def _draw_label(self, row, lane, colour, inches, taken):
        """A label right of its mark, above or below the line, or left of it at the page's edge; None where there is no room."""
        at, width = (row.day - self._start).days * inches, len(row.label) * CHARACTER
        left = at + width + 0.1 > (self._end - self._start).days * inches
        start = at - width if left else at
        for level in (-1, 1):
            used = taken.setdefault((lane, level), [])
            if all(start > end + 0.06 or start + width < begin for begin, end in used):
                used.append((start, start + width))
                return self._axes.annotate(row.label, (mdates.date2num(row.day), lane), xytext=(4 if left else -4, 14 if level < 0 and row.lane == "messages" else -level * 12),
                                           textcoords="offset points", ha="right" if left else "left", va="center",
                                           fontsize=10, color=colour, zorder=5)
        return None

    @styled
    def as_of(self, day_shown):
        """Show what was public on ``day_shown`` (a date; None: everything), with title, description and rows of that day."""
        limit = pd.Timestamp(day_shown) if day_shown is not None else pd.Timestamp.max
        for public_from, mark, label in self._artists:
            for artist in (mark, label):
                if artist is not None:
                    artist.set_visible(bool(public_from <= limit))
        public = set(self._rows.loc[(self._rows["lane"] == "documents") & (self._rows["public_from"] <= limit), "label"])
        for label, documents in self._together:
            label.set_text(", ".join(d for d in documents if d in public))
        sent = {}
        for direction, (lines, public_from, segments) in self._ticks.items():
            seen = segments[public_from <= limit.to_datetime64()]
            sent[direction] = len(seen)
            # A day's ticks lie on one another: a picture of a hundred times as many messages is no heavier.
            lines.set_segments(np.unique(seen, axis=0) if len(seen) else [])
        hidden = day_shown is not None and limit < pd.Timestamp(self._end)
        edge = max(min(limit, pd.Timestamp(self._end)), pd.Timestamp(self._start)) if hidden else pd.Timestamp(self._end)
        self._now.set_x(mdates.date2num(edge))
        self._now.set_width(mdates.date2num(self._end) - mdates.date2num(edge))
        self._now.set_visible(hidden)
        known = set(self._rows.loc[self._rows["public_from"] <= limit, "lane"])
        known |= {"messages"} if any(sent.values()) else set()
        lines = {LANES[lane] for lane in known}
        for line, name in zip(LINES, self._names):
            name.set_visible(line in lines)         # the name of a line would tell what is to come
        self._unknown.set_visible(hidden)
        self._tell(self._rows[self._rows["public_from"] <= limit], day_shown, sent)
        return self

    def new_between(self, before, day_shown) -> list[str]:
        """What became public after ``before`` and up to ``day_shown`` (dates), in words."""
        rows = self._rows[(self._rows["public_from"] > pd.Timestamp(before)) & (self._rows["public_from"] <= pd.Timestamp(day_shown))]
        return [f"{day(row.date)}: {row.text}" for row in rows.itertuples()]

    def _tell(self, known, as_of, sent):
        events = known[known["lane"] != "documents"]
        counts = events["lane"].value_counts()
        when = f"As of {day(as_of)}" if as_of is not None else "To the latest row"
        treaty = events[(events["lane"] == "treaty") & (events["label"] != "")]
        state = f"the treaty {treaty.iloc[-1]['label']}" if len(treaty) else "no treaty"
        documents = known.loc[known["lane"] == "documents", "label"]
        parts = [f"{LANES[lane]}: " + "; ".join(f"{day(r.date)}, {r.text.rstrip('.')}" for r in rows.itertuples())
                 for lane, rows in events.groupby("lane", sort=False)]
        self.tell(
            title=f"{when}: {several(len(events), 'event')} since {day(self._start)}, {several(counts.get('meetings', 0), 'meeting')} of the two leaders, {state}",
            subtitle="Events by kind; ticks on the Messages line: Kim's to Putin above it, Putin's to Kim below; stars: our documents",
            description=f"Timeline in {len(LINES)} lines. {when}: {len(events)} events; messages in the log: {sent['kim_to_putin']} from Kim to Putin, "
                        f"{sent['putin_to_kim']} from Putin to Kim; documents: {listed(documents) or 'none'}. " + ". ".join(map(capital, parts)) + ".",
            source="the rows below; messages by the log (M…), " + ("as public on that day" if as_of is not None else "all dated rows"),
            evidence=lambda: [e for address in known["address"] for e in self._tables.as_of(as_of).resolve(address)])


def arc(tables) -> ArcPicture:
    """The arc as ``tables`` show it: all of it, or as of their day."""
    return ArcPicture(tables.as_of(None)).as_of(tables.day)
