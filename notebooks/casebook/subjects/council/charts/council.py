"""The Security Council on North Korea on one line of time: resolutions, vetoes, the Panel of
Experts, the sanctions, the monitoring team outside the United Nations.
"""

import datetime as dt
from collections.abc import Iterable

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.patches import Rectangle

from casebook.core.tables import Tables
from casebook.figure import GREY, INK, PALE, YEARS, Parts, Timeline, styled
from casebook.figure.english import capital, day, listed, several
from casebook.subjects.council.methods import interval

__all__ = ["council_line"]

# Lane: its name, and its height above the axis in inches, the picture's own unit, so that rows of
# labels never meet.
LANES = {
    "adopted": ("Resolutions", 2.42),
    "vetoed": ("Drafts vetoed", 1.86),
    "Panel of Experts": ("Panel of\nExperts", 1.24),
    "sanctions": ("Sanctions", 0.76),
    "MSMT": ("MSMT,\noutside\nthe UN", 0.27),
}
TOP = 4.52  # inches: the axes' own height
FIRST_LABEL, STEP = 2.64, 0.172  # inches: the lowest label of a resolution, and between two of them
BAR = 0.17  # inches: how thick a body's bar is
UNDER_BAR, OVER_LINE, UNDER_LINE = -0.2, 0.17, -0.18  # inches: labels off their line
RENEWAL_ENDS = dt.timedelta(days=25)  # left free at both ends of a year in which a renewal fell
AFTER = dt.timedelta(days=330)  # room behind the last row
RED = "#8a1c1c"
BODIES = {"Panel of Experts": YEARS["2024"], "sanctions": GREY, "MSMT": YEARS["2022"]}
SHOWN = ("adopted", "renewed", "vetoed", "created", "ended", "stays")


def _height(lane: str) -> float:
    return LANES[lane][1]


class CouncilPicture(Timeline):
    """Resolutions, vetoes, the Panel, the sanctions and the MSMT on one line of time;
    ``as_of(day)`` shows what was public on that day.

    A date known by its month or year alone is drawn as that interval.
    """

    UNKNOWN_TOP = LANES["adopted"][1] / TOP

    @styled
    def __init__(self, tables: Tables):
        super().__init__(tables, height=5.05)
        dates = self._tables.council["date"]
        self._start = interval(min(dates))[0].date().replace(month=1, day=1)
        self._end = max(interval(date)[1] for date in dates).date() + AFTER
        self.subplots_adjust(left=0.135, right=0.99, top=0.995, bottom=0.062)
        self._axes = axes = self.add_subplot()
        axes.set_xlim(self._start, self._end)
        axes.set_ylim(0, TOP)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        # Given ticks are cheaper than a locator's.
        years = range(self._start.year, self._end.year + 1, 2)
        axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], years)

    # -- what a view has ---------------------------------------------------------------------------

    def rows(self, view: Tables) -> list:
        return list(view.council.assign(key=view.council["council_id"]).itertuples())

    def sentence(self, row: tuple) -> str:
        return f"{capital(day(row.date))}: {row.what}"

    def parts(self, view: Tables) -> Parts:
        acts, axes = self.rows(view), self._axes
        now = pd.Timestamp(min(self._end, view.day or self._end))
        wanted: Parts = {}
        for lane in LANES.keys() & _kinds(acts):  # a lane's name would tell what is to come
            wanted["name", lane] = lambda lane=lane: _draw_name(axes, lane)
        by_day = sorted(acts, key=lambda act: act.date)
        adopted = [act for act in by_day if act.kind == "adopted"]
        wanted["adopted", len(adopted)] = lambda: _draw_resolutions(axes, adopted)
        for n, act in enumerate(act for act in by_day if act.kind == "vetoed"):
            wanted["vetoed", act.council_id] = lambda n=n, act=act: _draw_veto(axes, n, act)
        for lane in BODIES:
            here = [act for act in acts if act.body == lane]
            for begun in (act for act in here if act.kind == "created"):
                wanted |= _bar(axes, lane, here, begun, now)
                wanted["words", lane, len(here)] = lambda lane=lane, here=here, begun=begun: (
                    _draw_words(axes, lane, here, begun)
                )
        return wanted

    # -- words -------------------------------------------------------------------------------------

    def words(self, view: Tables) -> dict[str, str]:
        acts = self.rows(view)
        shown = [act for act in acts if act.kind in SHOWN]
        when = f"As of {day(view.day)}" if view.day else "With all we have"
        return {
            "title": f"{when}: {council_title(view)}",
            "subtitle": _key(acts),
            "description": (
                f"Timeline from {self._start.year} to {self._end.year} in {len(LANES)} lanes,"
                f" {len(shown)} rows. {' '.join(map(self.sentence, shown))}"
            ),
            "source": "table council; the rows below",
        }

    def addresses(self, view: Tables) -> Iterable[str]:
        return dict.fromkeys(act.address for act in self.rows(view) if act.kind in SHOWN)


def council_line(tables: Tables) -> CouncilPicture:
    """The line of time as ``tables`` show it: all of it, or as of their day."""
    return CouncilPicture(tables).as_of(tables.day)


def _kinds(acts: list) -> set[str]:
    """The kinds of act and the bodies there are."""
    return {act.kind for act in acts} | {act.body for act in acts}


def _key(acts: list) -> str:
    """What the marks mean, of those that this view has."""
    begin_and_end = [(act.kind, *interval(act.date)) for act in acts]
    spans = {kind for kind, first, last in begin_and_end if first != last}
    parts = [
        "Diamond: adopted on that day, hollow if it only adds names or came before the committee"
    ]
    if "adopted" in spans:
        parts.append("bar with ends: only the month or year was seen")
    long = ", long where only the month or year was seen" * ("renewed" in spans)
    of_kind = {
        "vetoed": "✕: vetoed",
        "renewed": f"white on the Panel's bar: the renewals in our table{long}",
        "stays": "dashed: after the last row that says so",
    }
    kinds = _kinds(acts)
    return "; ".join([*parts, *(text for kind, text in of_kind.items() if kind in kinds)])


def council_title(tables: Tables) -> str:
    """What a view shows, in a line: when resolutions were adopted, when drafts were vetoed."""
    acts = tables.council
    adopted = acts.loc[acts["counts_as"].isin(["measures", "names only"]), "date"]
    vetoed = acts.loc[acts["kind"] == "vetoed", "date"]
    said = f"sanctions resolutions adopted from {min(adopted)[:4]} to {max(adopted)[:4]}"
    if vetoed.empty:
        return f"{said}; no draft vetoed"
    months = listed(day(date[:7]) for date in vetoed)
    return f"{said}; vetoed: {several(len(vetoed), 'draft')}, in {months}"


def _short(date: str) -> str:
    """A date as short as its precision allows: 2009, Mar 2016, 22 Dec 2017."""
    return " ".join(word[:3] if word.isalpha() else word for word in day(date).split())


# -- drawing -----------------------------------------------------------------------------------


def _draw_name(axes, lane: str) -> list:
    name, height = LANES[lane]
    where = axes.get_yaxis_transform()
    return [
        axes.text(-0.008, height, name, transform=where, ha="right", va="center", zorder=3),
        axes.axhline(height, color=PALE, linewidth=1, zorder=1),
    ]


def _draw_resolutions(axes, found: list) -> list:
    """A mark or an interval for each resolution, its label on a step of its own: the earlier, the
    higher. Marks of a kind are drawn at once.
    """
    base, days, drawn = _height("adopted"), {INK: [], "white": []}, []
    feet = [_foot(act, found) for act in reversed(found)]
    heights = [FIRST_LABEL + step * STEP for step in range(len(found))]
    for act, at, height in zip(reversed(found), feet, heights):
        first, last = interval(act.date)
        if first == last:
            days[INK if act.counts_as == "measures" else "white"].append(first)
        else:
            ends = {"marker": "|", "markersize": 13, "markeredgewidth": 1.8}
            drawn += axes.plot(
                [first, last], [base, base], color=INK, linewidth=3, zorder=4, **ends
            )
        text = f" {act.resolution:.0f} · {_short(act.date)} · {act.label}"
        drawn.append(axes.text(at, height, text, va="center", fontsize=10, zorder=5))
    for fill, here in days.items():
        look = {"markersize": 7.5, "color": INK, "markerfacecolor": fill, "zorder": 4}
        drawn += axes.plot(here, [base] * len(here), "D", **look)
    return [*drawn, axes.vlines(feet, base, heights, color="#9a9a9a", linewidth=0.9, zorder=2)]


def _foot(act, found: list) -> pd.Timestamp:
    """Where the line to a label begins: those of one interval share it out."""
    first, last = interval(act.date)
    here = [other.council_id for other in found if other.date == act.date]
    return first + (last - first) * (here.index(act.council_id) + 1) / (len(here) + 1)


def _draw_veto(axes, n: int, act) -> list:
    """A cross for the draft; its label left of it, above and below the line in turn."""
    at, height = interval(act.date)[0], _height("vetoed")
    text = f"{_short(act.date)} · {act.label} · against: {act.vetoed_by.replace('; ', ', ')}   "
    return [
        *axes.plot(at, height, "X", markersize=12, color=RED, markeredgecolor="white", zorder=4),
        axes.text(
            at,
            height + (UNDER_LINE if n % 2 else OVER_LINE),
            text,
            ha="right",
            va="center",
            fontsize=10.5,
            color=RED,
            zorder=5,
        ),
    ]


def _said(here: list) -> list:
    """The rows that say of a body that it ended, or that it stays."""
    return [act for act in here if act.kind in ("ended", "stays")]


def _bar(axes, lane: str, here: list, begun, now: pd.Timestamp) -> Parts:
    """The parts of a body as a bar. Hatched: only the year of the beginning was seen. Solid up to
    the last row that says so; dashed beyond it, where nothing says that it ended. White on it:
    renewals.
    """
    base, colour, said = _height(lane), BODIES[lane], _said(here)
    first, last = interval(begun.date)
    stop = interval(said[0].date)[0] if said else last if lane == "MSMT" else now
    parts: Parts = {}

    def bar(start, end, **look):
        start, end = mdates.date2num(start), mdates.date2num(end)
        foot, width = (start, base - BAR / 2), end - start
        parts["bar", lane, start, end, *look.items()] = lambda: [
            axes.add_patch(Rectangle(foot, width, BAR, zorder=3, **look))
        ]

    if first != last:
        bar(first, last, facecolor="white", edgecolor=colour, hatch="////")
    bar(last, stop, facecolor=colour, linewidth=0)
    if any(act.kind == "ended" for act in said):
        end = {"markersize": 22, "markeredgewidth": 3, "color": colour, "zorder": 4}
        parts["end", lane, stop] = lambda: axes.plot(stop, base, "|", **end)
    elif stop < now:
        bar(stop, now, facecolor="white", edgecolor=colour, linestyle="--")
    for act in (act for act in here if act.kind == "renewed"):
        parts["renewed", act.council_id] = lambda act=act: _draw_renewal(axes, base, act)
    return parts


def _draw_renewal(axes, base: float, act) -> list:
    first, last = interval(act.date)
    look = {"color": "white", "zorder": 5}
    if first == last:
        return axes.plot(first, base, "|", markersize=9, markeredgewidth=1.8, **look)
    return axes.plot([first + RENEWAL_ENDS, last - RENEWAL_ENDS], [base, base], linewidth=2, **look)


def _draw_words(axes, lane: str, here: list, begun) -> list:
    """What stands under a bar: its beginning at the left, its end or its state at the right; left
    of the bar of the MSMT.
    """
    first, height = interval(begun.date)[0], _height(lane)
    look = {"va": "center", "fontsize": 10.5, "zorder": 5}
    said = f"{_short(begun.date)} · {begun.label}"
    if lane == "MSMT":
        return [axes.text(first, height, f"{said} ", ha="right", color=BODIES[lane], **look)]
    under = height + UNDER_BAR
    return [
        axes.text(first, under, said, ha="left", color=INK, **look),
        *(
            axes.text(
                interval(act.date)[0],
                under,
                f"{_short(act.date)} · {act.label} ",
                ha="right",
                color=INK,
                **look,
            )
            for act in _said(here)
        ),
    ]
