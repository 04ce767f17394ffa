"""Troop figures as dated points."""

import datetime as dt

import matplotlib.dates as mdates
import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import (
    DASHES,
    INK,
    STATES,
    Picture,
    each_once,
    evidence_of,
    styled,
)
from casebook.figure.english import capital, day, number
from casebook.subjects.stances.methods import stances_in

__all__ = ["troop_figures"]

STEP = 4_000  # soldiers between two lines of the scale
NUMBERS_SOUGHT = "Q016"  # the search for figures by the two states
# What a figure counts: its mark and colour.
COUNTS = {"sent": ("o", INK), "killed or wounded": ("D", "#7a4a00"), "killed": ("^", "#6a3d9a")}
BEFORE, AFTER = dt.timedelta(days=15), dt.timedelta(days=140)  # the last label needs room
ADMITTED_AT = (0.55, 0.45)  # heights of the words beside an admission, as shares of the top figure


@styled
def troop_figures(tables: Tables) -> Picture:
    """Figures as dated points, each with its source; no line joins them, for they are not one
    quantity measured again.
    """
    found, admitted = tables.troop_figures, _admissions(tables)
    unseen = "no number seen" + (f" ({NUMBERS_SOUGHT})" if tables.knows(NUMBERS_SOUGHT) else "")
    picture = Picture(height=3.9)
    picture.subplots_adjust(left=0.085, right=0.985, top=0.9, bottom=0.09)
    axes = picture.add_subplot()
    _draw_scales(axes, found)
    _draw_points(axes, found)
    for row, share in zip(admitted.itertuples(), ADMITTED_AT):
        _draw_admission(axes, row, found["number"].max() * share, unseen)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        ncols=3,
        frameon=False,
        fontsize=10,
        handletextpad=0.2,
    )
    return picture.describe(
        title=(
            f"{capital(number(len(found)))} figures by {number(found['by'].nunique())} sources, of"
            f" {number(found['counts'].nunique())} different things; none by the two states that"
            " admitted the troops"
        ),
        subtitle=(
            "Each point: one source on one day, up to that day. Estimates by others, not counts. No"
            " line joins them, and they are no range"
        ),
        description=_told(found, admitted, unseen),
        source=each_once(found["address"], admitted["address"]),
        evidence=evidence_of(tables, found["address"], admitted["address"]),
    )


def _admissions(tables: Tables) -> pd.DataFrame:
    """The stances by which troops were admitted."""
    found = stances_in(tables)
    return found[(found["lane"] == "troops") & (found["stance"] == "admitted")]


def _bounded(row) -> str:
    """A figure as its source bounds it, and said to be ours where it is."""
    return f"over {row.number:,} (our sum)" if row.how == "our sum" else f"{row.how} {row.number:,}"


def _told(found: pd.DataFrame, admitted: pd.DataFrame, unseen: str) -> str:
    figures = (
        f"{capital(day(f.date))}, {f.by}: {_bounded(f)} {f.counts} ({f.remark})."
        for f in found.itertuples()
    )
    admissions = (
        f" {capital(day(a.date))}: {a.side} admits that soldiers were there, {unseen}."
        for a in admitted.itertuples()
    )
    return f"{len(found)} dated points. {' '.join(figures)}{' '.join(admissions)}"


def _draw_scales(axes, found: pd.DataFrame):
    days = [dt.date.fromisoformat(date) for date in found["date"]]
    axes.set_xlim(min(days) - BEFORE, max(days) + AFTER)
    axes.set_ylim(0, found["number"].max() * 1.16)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.grid(axis="y")
    axes.set_yticks(range(0, int(axes.get_ylim()[1]), STEP))
    axes.xaxis.set_major_locator(mdates.MonthLocator((1, 4, 7, 10)))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y"))


def _draw_points(axes, found: pd.DataFrame):
    look = {"markersize": 8, "linestyle": "none"}
    for name, (shape, colour) in COUNTS.items():
        axes.plot([], [], shape, color=colour, label=f"soldiers {name}", **look)
    for row in found.itertuples():
        (shape, colour), when = COUNTS[row.counts], dt.date.fromisoformat(row.date)
        axes.plot(when, row.number, shape, color=colour, zorder=4, **look)
        axes.annotate(
            f"{_bounded(row)} · {row.by}",
            (mdates.date2num(when), row.number),
            xytext=(7, 3),
            textcoords="offset points",
            va="center",
            fontsize=10,
            color=colour,
        )


def _draw_admission(axes, row, height: float, unseen: str):
    when, colour = dt.date.fromisoformat(row.date), STATES[row.side]
    axes.axvline(when, color=colour, linestyle=DASHES, linewidth=1.2, zorder=1)
    text = f"{row.side} admits, {unseen} "
    axes.text(when, height, text, ha="right", va="center", fontsize=10, color=colour)
