"""The Security Council on North Korea: one line of time, votes as far as seen, what ended and what
stays, what two articles say.
"""

import datetime as dt
from html import escape

import matplotlib.dates as mdates
import pandas as pd
from matplotlib.patches import Rectangle

from casebook.charts.words import capital, day, listed, number, several
from casebook.figure import GREY, INK, PALE, YEARS, LayeredPicture, Matrix, mark, styled
from casebook.methods import fates, interval, votes

LANES = {
    "adopted": "Resolutions",
    "vetoed": "Drafts vetoed",
    "Panel of Experts": "Panel of\nExperts",
    "sanctions": "Sanctions",
    "MSMT": "MSMT,\noutside\nthe UN",
}
# Heights above the axis, in inches: the picture's own unit, so that rows of labels never meet.
AT = {"adopted": 2.42, "vetoed": 1.86, "Panel of Experts": 1.24, "sanctions": 0.76, "MSMT": 0.27}
TOP, FIRST_LABEL, STEP = 4.52, 2.64, 0.172
RED = "#8a1c1c"
BODIES = {"Panel of Experts": YEARS["2024"], "sanctions": GREY, "MSMT": YEARS["2022"]}
VOTES = {
    "for": ("✓ for", "#0b3d2e", "#d9efe3"),
    "against": ("✗ against", "#6b1010", "#f8dcd6"),
    "abstained": ("○ abstained", "#5c4300", "#f6e7c0"),
    "not seen": ("? not seen", "#555555", "#f1f1f1"),
}
FATES = {
    "never adopted": ("✗ never adopted", "#6b1010", "#f8dcd6"),
    "ended": ("■ ended", "#5c4300", "#f6e7c0"),
    "stays in force": ("✓ stays in force", "#0b3d2e", "#d9efe3"),
    "outside the UN": ("◇ outside the UN", "#3c1f63", "#ece4f5"),
}


class CouncilPicture(LayeredPicture):
    """Resolutions, vetoes, the Panel, the sanctions and the MSMT on one line of time;
    ``as_of(day)`` shows what was public on that day.

    A date known by its month or year alone is drawn as that interval. The scale is that of the
    latest view.
    """

    @styled
    def __init__(self, tables):
        super().__init__(height=5.05)
        self._tables, whole = tables, tables.as_of(None).council
        self._start = interval(min(whole["date"]))[0].replace(month=1, day=1)
        self._end = max(interval(d)[1] for d in whole["date"]) + dt.timedelta(days=330)
        self.subplots_adjust(left=0.135, right=0.99, top=0.995, bottom=0.062)
        self._axes = axes = self.add_subplot()
        axes.set_xlim(self._start, self._end)
        axes.set_ylim(0, TOP)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        years = range(
            self._start.year, self._end.year + 1, 2
        )  # given ticks are cheaper than a locator's
        axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], years)

    @styled
    def as_of(self, day_shown):
        """Show what was public on ``day_shown`` (a date; None: everything), with title, description
        and rows of that day.
        """
        view = self._tables.as_of(day_shown)
        acts, axes, wanted = list(view.council.itertuples()), self._axes, {}
        now = min(self._end, pd.Timestamp(view.day)) if view.day else self._end
        there = {act.kind for act in acts} | {act.body for act in acts}
        for lane in LANES.keys() & there:  # a lane's name would tell what is to come
            wanted["name", lane] = lambda lane=lane: _lane_name(axes, lane)
        by_day = sorted(acts, key=lambda act: act.date)
        adopted = [act for act in by_day if act.kind == "adopted"]
        wanted["adopted", len(adopted)] = lambda: _resolutions(axes, adopted)
        for n, act in enumerate(act for act in by_day if act.kind == "vetoed"):
            wanted["vetoed", act.council_id] = lambda n=n, act=act: _veto(axes, n, act)
        for lane, colour in BODIES.items():
            here = [act for act in acts if act.body == lane]
            for begun in (act for act in here if act.kind == "created"):
                wanted |= _bar(axes, lane, here, begun, now, colour)
                wanted["words", lane, len(here)] = (
                    lambda here=here, begun=begun, lane=lane, colour=colour: _words(
                        axes, lane, here, begun, colour
                    )
                )
        if view.day:
            wanted["unknown", now] = lambda: [
                axes.axvspan(
                    now,
                    self._end,
                    ymax=AT["adopted"] / TOP,
                    facecolor=PALE,
                    alpha=0.55,
                    hatch="//",
                    edgecolor="white",
                    zorder=0,
                )
            ]
        self.show_parts(wanted)
        shown = [
            act
            for act in acts
            if act.kind in ("adopted", "renewed", "vetoed", "created", "ended", "stays")
        ]
        return self.tell(
            title=(
                f"{f'As of {day(view.day)}' if view.day else 'With all we have'}:"
                f" {council_title(view)}"
            ),
            subtitle=_key(there),
            description=(
                f"Timeline from {self._start.year} to {self._end.year} in {len(LANES)} lanes,"
                f" {len(shown)} rows. "
            )
            + " ".join(f"{capital(day(a.date))}: {a.what}" for a in shown),
            source="table council; the rows below",
            evidence=lambda: view.resolve("; ".join(dict.fromkeys(act.address for act in shown))),
        )


def council_line(tables) -> CouncilPicture:
    """The line of time as ``tables`` show it: all of it, or as of their day."""
    return CouncilPicture(tables).as_of(tables.day)


def _key(kinds) -> str:
    """What the marks mean, of those that this view has."""
    parts = [
        "Diamond: adopted on that day, hollow if it only adds names or came before the committee",
        "bar with ends: only the month or year was seen",
    ]
    parts += ["✕: vetoed"] if "vetoed" in kinds else []
    parts += (
        ["white on the Panel's bar: the renewals in our table, long where only the year was seen"]
        if "renewed" in kinds
        else []
    )
    parts += ["dashed: after the last row that says so"] if "stays" in kinds else []
    return "; ".join(parts)


def council_title(tables) -> str:
    """What a view shows, in a line: when resolutions were adopted, when drafts were vetoed."""
    acts = tables.council
    adopted = acts.loc[acts["counts_as"].isin(["measures", "names only"]), "date"]
    vetoed = acts.loc[acts["kind"] == "vetoed", "date"]
    said = f"sanctions resolutions adopted from {min(adopted)[:4]} to {max(adopted)[:4]}"
    return (
        f"{said}; vetoed: {several(len(vetoed), 'draft')}, in {listed(day(d[:7]) for d in vetoed)}"
        if len(vetoed)
        else f"{said}; no draft vetoed"
    )


def _lane_name(axes, lane):
    return [
        axes.text(
            -0.008,
            AT[lane],
            LANES[lane],
            transform=axes.get_yaxis_transform(),
            ha="right",
            va="center",
            zorder=3,
        ),
        axes.axhline(AT[lane], color=PALE, linewidth=1, zorder=1),
    ]


def _short(date: str) -> str:
    """A date as short as its precision allows: 2009, Mar 2016, 22 Dec 2017."""
    return " ".join(word[:3] if word.isalpha() else word for word in day(date).split())


def _resolutions(axes, found):
    """A mark or an interval for each resolution, its label on a step of its own: the earlier, the
    higher. Marks of a kind are drawn at once.
    """
    base, foots, tops, days, drawn = AT["adopted"], [], [], {"black": [], "white": []}, []
    for step, act in enumerate(reversed(found)):
        first, last = interval(act.date)
        here = [other.council_id for other in found if other.date == act.date]
        at, height = (
            first + (last - first) * (here.index(act.council_id) + 1) / (len(here) + 1),
            FIRST_LABEL + step * STEP,
        )
        if first == last:
            days["black" if act.counts_as == "measures" else "white"].append(first)
        else:
            drawn += axes.plot(
                [first, last],
                [base, base],
                color=INK,
                linewidth=3,
                marker="|",
                markersize=13,
                markeredgewidth=1.8,
                zorder=4,
            )
        foots.append(at)
        tops.append(height)
        drawn.append(
            axes.text(
                at,
                height,
                f" {act.resolution:.0f} · {_short(act.date)} · {act.label}",
                va="center",
                fontsize=10,
                zorder=5,
            )
        )
    for fill, here in days.items():
        drawn += axes.plot(
            here,
            [base] * len(here),
            "D",
            markersize=7.5,
            color=INK,
            markerfacecolor=INK if fill == "black" else "white",
            zorder=4,
        )
    return [*drawn, axes.vlines(foots, base, tops, color="#9a9a9a", linewidth=0.9, zorder=2)]


def _veto(axes, n, act):
    """A cross for the draft; its label left of it, above and below the line in turn."""
    at = interval(act.date)[0]
    return [
        *axes.plot(
            at, AT["vetoed"], "X", markersize=12, color=RED, markeredgecolor="white", zorder=4
        ),
        axes.text(
            at,
            AT["vetoed"] + (-0.18 if n % 2 else 0.17),
            f"{_short(act.date)} · {act.label} · against: {act.vetoed_by.replace('; ', ', ')}   ",
            ha="right",
            va="center",
            fontsize=10.5,
            color=RED,
            zorder=5,
        ),
    ]


def _said(here):
    """The rows that say of a body that it ended, or that it stays."""
    return [act for act in here if act.kind in ("ended", "stays")]


def _bar(axes, lane, here, begun, now, colour) -> dict:
    """The parts of a body as a bar. Hatched: only the year of the beginning was seen. Solid up to
    the last row that says so; dashed beyond it, where nothing says that it ended. White on it:
    renewals.
    """
    base, said, parts = AT[lane], _said(here), {}
    first, last = interval(begun.date)
    stop = interval(said[0].date)[0] if said else last if lane == "MSMT" else now

    def bar(start, end, **look):
        start, end = mdates.date2num(start), mdates.date2num(end)
        parts["bar", lane, start, end, *look.items()] = lambda: [
            axes.add_patch(Rectangle((start, base - 0.085), end - start, 0.17, zorder=3, **look))
        ]

    if first != last:
        bar(first, last, facecolor="white", edgecolor=colour, hatch="////")
    bar(last, stop, facecolor=colour, linewidth=0)
    if any(act.kind == "ended" for act in said):
        parts["end", lane, stop] = lambda: axes.plot(
            stop, base, "|", markersize=22, markeredgewidth=3, color=colour, zorder=4
        )
    elif stop < now:
        bar(stop, now, facecolor="white", edgecolor=colour, linestyle="--")
    for act in (act for act in here if act.kind == "renewed"):
        parts["renewed", act.council_id] = lambda act=act: _renewal(axes, base, act)
    return parts


def _renewal(axes, base, act):
    first, last = interval(act.date)
    if first == last:
        return axes.plot(
            first, base, "|", color="white", markersize=9, markeredgewidth=1.8, zorder=5
        )
    return axes.plot(
        [first + dt.timedelta(days=25), last - dt.timedelta(days=25)],
        [base, base],
        color="white",
        linewidth=2,
        zorder=5,
    )


def _words(axes, lane, here, begun, colour):
    """What stands under a bar: its beginning at the left, its end or its state at the right; left
    of the bar of the MSMT.
    """
    first = interval(begun.date)[0]
    if lane == "MSMT":
        return [
            axes.text(
                first,
                AT[lane],
                f"{_short(begun.date)} · {begun.label} ",
                ha="right",
                va="center",
                fontsize=10.5,
                color=colour,
                zorder=5,
            )
        ]
    ends = [(act, interval(act.date)[0], "right") for act in _said(here)]
    return [
        axes.text(
            at,
            AT[lane] - 0.2,
            f"{_short(act.date)} · {act.label}{' ' * (side == 'right')}",
            ha=side,
            va="center",
            fontsize=10.5,
            color=INK,
            zorder=5,
        )
        for act, at, side in [(begun, first, "left"), *ends]
    ]


def council_votes(tables, kinds=("adopted", "renewed", "vetoed")) -> Matrix:
    """Who voted how, as far as pages show: Russia and China by name, the others as a number.
    ``kinds``: of which rows.
    """
    found = votes(tables)
    found = found[found["kind"].isin(kinds)]
    what = tables.council.set_index("council_id")["what"]
    rows = [
        [
            f"<strong>{day(v.date)}</strong>",
            escape(what[v.council_id]),
            _count(v),
            mark(*VOTES[v.Russia]),
            mark(*VOTES[v.China]),
            v.address,
        ]
        for v in found.itertuples()
    ]
    against = found[found["kind"] == "vetoed"]
    seen = found[found["Russia"] != "not seen"]
    title = (
        f"Russia voted against {several((against['Russia'] == 'against').sum(), 'draft')} and China"
        f" against {number((against['China'] == 'against').sum())}"
    )
    return Matrix(
        ["When", "What", "Votes, as far as seen", "Russia", "China", "Address"],
        rows,
        widths=[15, 0, 18, 12, 12, 12],
    ).tell(
        title=(
            title
            if set(kinds) == {"vetoed"}
            else (
                f"Of {len(found)} votes we know how Russia voted in {len(seen)}:"
                f" {(seen['Russia'] == 'for').sum()} for, {(seen['Russia'] == 'against').sum()}"
                " against"
            )
        ),
        subtitle=(
            "Votes in the Security Council on North Korea; a number that no page showed stays blank"
        ),
        description=f"Table of {len(found)} votes. "
        + " ".join(
            f"{capital(day(v.date))}: Russia {v.Russia}, China {v.China}."
            for v in found.itertuples()
        ),
        source="table council",
        evidence=tables.resolve("; ".join(dict.fromkeys("; ".join(found["address"]).split("; ")))),
    )


def _count(vote) -> str:
    parts = [
        f"{int(count)} {name}"
        for name, count in (
            ("for", vote.votes_for),
            ("against", vote.votes_against),
            ("abstained", vote.abstained),
        )
        if count == count
    ]
    return ", ".join(parts) or ("unanimous" if vote.unanimous else "not seen")


def council_fates(tables) -> Matrix:
    """What was vetoed, what ended, what stayed, and what is new outside the United Nations."""
    found, what = fates(tables), tables.council.set_index(["date", "address"])["what"]
    rows = [
        [
            (
                f"<strong>{escape(f.thing if f.fate != 'never adopted' else 'Draft: ' + f.thing)}"
                "</strong>"
            ),
            mark(*FATES[f.fate]),
            day(f.date),
            escape(what[f.date, f.address]),
            f.address,
        ]
        for f in found.itertuples()
    ]
    by = {fate: list(found.loc[found["fate"] == fate, "thing"]) for fate in FATES}
    return Matrix(
        ["What", "What became of it", "When", "By the record", "Address"],
        rows,
        widths=[20, 20, 15, 0, 10],
    ).tell(
        title=(
            f"{capital(several(len(by['never adopted']), 'draft'))} never adopted; ended:"
            f" {listed(by['ended']) or 'nothing'}; still in force:"
            f" {listed(by['stays in force']) or 'not said'}"
        ),
        subtitle=(
            "What was vetoed, what ended, what stays; a veto stops a draft, and leaves earlier"
            " resolutions as they are"
        ),
        description=f"Table of {len(found)} rows. "
        + " ".join(f"{f.thing}: {f.fate}, {day(f.date)}." for f in found.itertuples()),
        source="table council",
        evidence=tables.resolve("; ".join(found["address"])),
    )


def article_says(tables, lines=()) -> Matrix:
    """What S2 and S4 make of votes in the Council, in our words; ``lines`` picks some by line_id,
    none: all.
    """
    found = tables.article_lines.drop_duplicates("line_id")
    found = found[found["line_id"].isin(lines)] if lines else found
    said, published = (
        tables.claims.set_index("claim_id")["claim"],
        tables.sources.set_index("source_id")["published"],
    )
    rows = [
        [
            f"<strong>{x.source_id}</strong>, {day(published[x.source_id])}",
            escape(said[x.claim_id]),
            x.address,
        ]
        for x in found.itertuples()
    ]
    per = found["source_id"].value_counts()
    return Matrix(
        ["Article", "What it says, in our words", "Where"], rows, widths=[22, 0, 12]
    ).tell(
        title=(
            f"{capital(listed(several(per[s], 'line') + ' of ' + s for s in sorted(per.index)))} on"
            " the Council"
        ),
        subtitle="One claim a row; the article's own words stand where the address leads",
        description=f"Table of {len(found)} claims. "
        + " ".join(f"{x.source_id}: {said[x.claim_id]}" for x in found.itertuples()),
        source="; ".join(dict.fromkeys(found["address"])),
        evidence=tables.resolve("; ".join(dict.fromkeys(found["address"]))),
    )
