"""The Security Council on North Korea: one line of time, votes as far as seen, what ended and what stays, what two articles say."""
import datetime as dt
from html import escape

import matplotlib.dates as mdates
import pandas as pd

from casebook.charts.words import capital, day, listed, number, several
from casebook.figure import GREY, INK, PALE, YEARS, Matrix, Picture, mark, styled
from casebook.methods import fates, interval, votes

LANES = {"adopted": "Resolutions", "vetoed": "Drafts vetoed", "Panel of Experts": "Panel of\nExperts", "sanctions": "Sanctions", "MSMT": "MSMT,\noutside\nthe UN"}
# Heights above the axis, in inches: the picture's own unit, so that rows of labels never meet.
AT = {"adopted": 2.42, "vetoed": 1.86, "Panel of Experts": 1.24, "sanctions": 0.76, "MSMT": 0.27}
TOP, FIRST_LABEL, STEP = 4.52, 2.64, 0.172
RED, GREEN, VIOLET = "#8a1c1c", YEARS["2024"], YEARS["2022"]
VOTES = {"for": ("✓ for", "#0b3d2e", "#d9efe3"), "against": ("✗ against", "#6b1010", "#f8dcd6"), "abstained": ("○ abstained", "#5c4300", "#f6e7c0"),
         "not seen": ("? not seen", "#555555", "#f1f1f1")}
FATES = {"never adopted": ("✗ never adopted", "#6b1010", "#f8dcd6"), "ended": ("■ ended", "#5c4300", "#f6e7c0"), "stays in force": ("✓ stays in force", "#0b3d2e", "#d9efe3"),
         "outside the UN": ("◇ outside the UN", "#3c1f63", "#ece4f5")}


@styled
def council_line(tables) -> Picture:
    """Resolutions, vetoes, the Panel, the sanctions and the MSMT on one line of time, as far as public in this view.

    A date known by its month or year alone is drawn as that interval. The scale is that of the latest view.
    """
    acts, whole = tables.council, tables.as_of(None).council
    picture = Picture(height=5.05)
    picture.subplots_adjust(left=0.135, right=0.99, top=0.995, bottom=0.062)
    drawn = picture.add_subplot()
    start, end = interval(min(whole["date"]))[0].replace(month=1, day=1), max(interval(d)[1] for d in whole["date"]) + dt.timedelta(days=330)
    _frame(drawn, acts, start, end)
    _resolutions(drawn, acts[acts["kind"] == "adopted"])
    _vetoes(drawn, acts[acts["kind"] == "vetoed"])
    _bodies(drawn, acts, min(end, pd.Timestamp(tables.day)) if tables.day else end, end)
    if tables.day:
        _not_yet(drawn, tables.day, end)
    shown = acts[acts["kind"].isin(["adopted", "renewed", "vetoed", "created", "ended", "stays"])]
    return picture.tell(
        title=council_title(tables),
        subtitle=_key(acts),
        description=f"Timeline from {start.year} to {end.year} in {len(LANES)} lanes, {len(shown)} rows. " + " ".join(f"{capital(day(a.date))}: {a.what}" for a in shown.itertuples()),
        source="table council; the rows below", evidence=tables.resolve("; ".join(dict.fromkeys(shown["address"]))))


def _key(acts) -> str:
    """What the marks mean, of those that this view has."""
    kinds = set(acts["kind"])
    parts = ["Diamond: adopted on that day, hollow if it only adds names or came before the committee", "bar with ends: only the month or year was seen"]
    parts += ["✕: vetoed"] if "vetoed" in kinds else []
    parts += ["white on the Panel's bar: renewals, long where only the year was seen"] if "renewed" in kinds else []
    parts += ["dashed: after the last row that says so"] if "stays" in kinds else []
    return "; ".join(parts)


def council_title(tables) -> str:
    """What a view shows, in a line: when resolutions were adopted, when drafts were vetoed."""
    acts = tables.council
    adopted = acts.loc[acts["counts_as"].isin(["measures", "names only"]), "date"]
    vetoed = acts.loc[acts["kind"] == "vetoed", "date"]
    said = f"Sanctions resolutions adopted from {min(adopted)[:4]} to {max(adopted)[:4]}"
    return f"{said}; vetoed: {several(len(vetoed), 'draft')}, in {listed(day(d[:7]) for d in vetoed)}" if len(vetoed) else f"{said}; no draft vetoed"


def _frame(axes, acts, start, end):
    axes.set_xlim(start, end)
    axes.set_ylim(0, TOP)
    there = set(acts["kind"]) | set(acts["body"])
    axes.set_yticks(list(AT.values()), [name if lane in there else "" for lane, name in LANES.items()])       # a lane's name would tell what is to come
    axes.tick_params(axis="y", length=0, pad=3)
    axes.spines["left"].set_visible(False)
    years = range(start.year, end.year + 1, 2)          # given ticks are cheaper than a locator's
    axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], years)
    for lane, at in AT.items():
        if lane in there:
            axes.axhline(at, color=PALE, linewidth=1, zorder=1)


def _short(date: str) -> str:
    """A date as short as its precision allows: 2009, Mar 2016, 22 Dec 2017."""
    return " ".join(word[:3] if word.isalpha() else word for word in day(date).split())


def _resolutions(axes, found):
    """A mark or an interval for each resolution, its label on a step of its own: the earlier, the higher. Marks of a kind are drawn at once."""
    found = found.sort_values("date", kind="stable")
    base, same, foots, tops, days = AT["adopted"], found.groupby("date")["council_id"].agg(list), [], [], {"black": [], "white": []}
    for step, act in enumerate(reversed(list(found.itertuples()))):
        first, last = interval(act.date)
        here = same[act.date]
        at, height = first + (last - first) * (here.index(act.council_id) + 1) / (len(here) + 1), FIRST_LABEL + step * STEP
        if first == last:
            days["black" if act.counts_as == "measures" else "white"].append(first)
        else:
            axes.plot([first, last], [base, base], color=INK, linewidth=3, marker="|", markersize=13, markeredgewidth=1.8, zorder=4)
        foots.append(at)
        tops.append(height)
        axes.text(at, height, f" {act.resolution:.0f} · {_short(act.date)} · {act.label}", va="center", fontsize=10, zorder=5)
    for fill, here in days.items():
        axes.plot(here, [base] * len(here), "D", markersize=7.5, color=INK, markerfacecolor=INK if fill == "black" else "white", zorder=4)
    axes.vlines(foots, base, tops, color="#9a9a9a", linewidth=0.9, zorder=2)


def _vetoes(axes, found):
    """A cross for each draft; labels left of it, above and below the line in turn."""
    for n, act in enumerate(found.sort_values("date").itertuples()):
        at = interval(act.date)[0]
        axes.plot(at, AT["vetoed"], "X", markersize=12, color=RED, markeredgecolor="white", zorder=4)
        axes.text(at, AT["vetoed"] + (-0.18 if n % 2 else 0.17), f"{_short(act.date)} · {act.label} · against: {act.vetoed_by.replace('; ', ', ')}   ",
                  ha="right", va="center", fontsize=10.5, color=RED, zorder=5)


def _bodies(axes, acts, now, end):
    """The Panel, the sanctions and the MSMT as bars. Hatched: only the year of the beginning was seen. Solid up to the last row that
    says so; dashed beyond it, where nothing says that it ended."""
    for lane, colour in (("Panel of Experts", GREEN), ("sanctions", GREY), ("MSMT", VIOLET)):
        here, base = acts[acts["body"] == lane], AT[lane]
        for begun in here[here["kind"] == "created"].itertuples():
            first, last = interval(begun.date)
            said = here[here["kind"].isin(["ended", "stays"])]
            stop = interval(said.iloc[0]["date"])[0] if len(said) else last if lane == "MSMT" else now
            if first != last:
                axes.barh(base, last - first, left=first, height=0.17, color="white", edgecolor=colour, hatch="////", zorder=3)
            axes.barh(base, stop - last, left=last, height=0.17, color=colour, zorder=3)
            if "ended" in set(said["kind"]):
                axes.plot(stop, base, "|", markersize=22, markeredgewidth=3, color=colour, zorder=4)
            else:
                axes.barh(base, now - stop, left=stop, height=0.17, facecolor="white", edgecolor=colour, linestyle="--", zorder=3)
            _name(axes, lane, begun, said, first, stop, colour)
        for act in here[here["kind"] == "renewed"].itertuples():
            first, last = interval(act.date)
            if first == last:
                axes.plot(first, base, "|", color="white", markersize=9, markeredgewidth=1.8, zorder=5)
            else:
                axes.plot([first + dt.timedelta(days=25), last - dt.timedelta(days=25)], [base, base], color="white", linewidth=2, zorder=5)


def _name(axes, lane, begun, said, first, stop, colour):
    """What stands under a bar: its beginning at the left, its end or its state at the right; left of the bar of the MSMT."""
    if lane == "MSMT":
        axes.text(first, AT[lane], f"{_short(begun.date)} · {begun.label} ", ha="right", va="center", fontsize=10.5, color=colour, zorder=5)
        return
    for act, at, side in [(begun, first, "left"), *((act, stop, "right") for act in said.itertuples())]:
        axes.text(at, AT[lane] - 0.2, f"{_short(act.date)} · {act.label}{' ' * (side == 'right')}", ha=side, va="center", fontsize=10.5, color=INK, zorder=5)


def _not_yet(axes, shown, end):
    """A hatched ground over what lies after the day shown."""
    begin = mdates.date2num(shown)
    axes.axvspan(begin, mdates.date2num(end), ymax=AT["adopted"] / TOP, facecolor=PALE, alpha=0.55, hatch="//", edgecolor="white", zorder=0)


def council_votes(tables, kinds=("adopted", "renewed", "vetoed")) -> Matrix:
    """Who voted how, as far as pages show: Russia and China by name, the others as a number. ``kinds``: of which rows."""
    found = votes(tables)
    found = found[found["kind"].isin(kinds)]
    what = tables.council.set_index("council_id")["what"]
    rows = [[f"<strong>{day(v.date)}</strong>", escape(what[v.council_id]), _count(v), mark(*VOTES[v.Russia]), mark(*VOTES[v.China]), v.address] for v in found.itertuples()]
    against = found[found["kind"] == "vetoed"]
    seen = found[found["Russia"] != "not seen"]
    title = f"Russia voted against {several((against['Russia'] == 'against').sum(), 'draft')} and China against {number((against['China'] == 'against').sum())}"
    return Matrix(["When", "What", "Votes, as far as seen", "Russia", "China", "Address"], rows, widths=[15, 0, 18, 12, 12, 12]).tell(
        title=title if set(kinds) == {"vetoed"} else f"Of {len(found)} votes we know how Russia voted in {len(seen)}: {(seen['Russia'] == 'for').sum()} for, {(seen['Russia'] == 'against').sum()} against",
        subtitle="Votes in the Security Council on North Korea; a number that no page showed stays blank",
        description=f"Table of {len(found)} votes. " + " ".join(f"{capital(day(v.date))}: Russia {v.Russia}, China {v.China}." for v in found.itertuples()),
        source="table council", evidence=tables.resolve("; ".join(dict.fromkeys("; ".join(found["address"]).split("; ")))))


def _count(vote) -> str:
    parts = [f"{int(count)} {name}" for name, count in (("for", vote.votes_for), ("against", vote.votes_against), ("abstained", vote.abstained)) if count == count]
    return ", ".join(parts) or ("unanimous" if vote.unanimous else "not seen")


def council_fates(tables) -> Matrix:
    """What was vetoed, what ended, what stayed, and what is new outside the United Nations."""
    found, what = fates(tables), tables.council.set_index(["date", "address"])["what"]
    rows = [[f"<strong>{escape(f.thing if f.fate != 'never adopted' else 'Draft: ' + f.thing)}</strong>", mark(*FATES[f.fate]), day(f.date), escape(what[f.date, f.address]), f.address]
            for f in found.itertuples()]
    by = {fate: list(found.loc[found["fate"] == fate, "thing"]) for fate in FATES}
    return Matrix(["What", "What became of it", "When", "By the record", "Address"], rows, widths=[20, 20, 15, 0, 10]).tell(
        title=f"{capital(several(len(by['never adopted']), 'draft'))} never adopted; ended: {listed(by['ended']) or 'nothing'}; still in force: {listed(by['stays in force']) or 'not said'}",
        subtitle="What was vetoed, what ended, what stays; a veto stops a draft, and leaves earlier resolutions as they are",
        description=f"Table of {len(found)} rows. " + " ".join(f"{f.thing}: {f.fate}, {day(f.date)}." for f in found.itertuples()),
        source="table council", evidence=tables.resolve("; ".join(found["address"])))


def article_says(tables, lines=()) -> Matrix:
    """What S2 and S4 make of votes in the Council, in our words; ``lines`` picks some by line_id, none: all."""
    found = tables.article_lines.drop_duplicates("line_id")
    found = found[found["line_id"].isin(lines)] if lines else found
    said, published = tables.claims.set_index("claim_id")["claim"], tables.sources.set_index("source_id")["published"]
    rows = [[f"<strong>{x.source_id}</strong>, {day(published[x.source_id])}", escape(said[x.claim_id]), x.address] for x in found.itertuples()]
    per = found["source_id"].value_counts()
    return Matrix(["Article", "What it says, in our words", "Where"], rows, widths=[22, 0, 12]).tell(
        title=f"{capital(listed(several(per[s], 'line') + ' of ' + s for s in sorted(per.index)))} on the Council",
        subtitle="One claim a row; the article's own words stand where the address leads",
        description=f"Table of {len(found)} claims. " + " ".join(f"{x.source_id}: {said[x.claim_id]}" for x in found.itertuples()),
        source="; ".join(dict.fromkeys(found["address"])), evidence=tables.resolve("; ".join(dict.fromkeys(found["address"]))))
