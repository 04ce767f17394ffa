"""How a class's forecasts hold, pooled: its calibration, and the three terms of its score."""

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import GREY, INK, Html, Picture, TableExhibit, styled
from casebook.figure.english import several
from casebook.subjects.forecasts.methods.calibration import (
    BINS,
    partition,
)
from casebook.subjects.forecasts.methods.scores import pool, synthetic_class

__all__ = ["calibration_chart", "score_parts"]

MADE_UP = "synthetic"  # how the pseudonym of a learner who does not exist begins
TICKS = (0, 0.2, 0.4, 0.6, 0.8, 1)
OFF = 11  # points between a mark and its number


def class_pool(tables: Tables, table: pd.DataFrame | None = None) -> tuple[pd.DataFrame, bool]:
    """A class's forecasts ready to score, without a table those of the made-up class; and whether
    every learner is made up.
    """
    pooled = pool(tables, synthetic_class(tables) if table is None else table)
    return pooled, bool(pooled["learner"].astype(str).str.startswith(MADE_UP).all())


def _class_name(made_up: bool) -> str:
    return "Synthetic class" if made_up else "Class"


def _class_source(made_up: bool) -> str:
    if made_up:
        return "a seeded generator, nobody's forecasts"
    return "the class's exported answers; outcomes: table resolutions"


@styled
def calibration_chart(tables: Tables, table: pd.DataFrame | None = None, name: str = "") -> Picture:
    """Of what a pooled class called about as likely, how much happened? Without ``table`` (columns
    learner, question, date, value) the synthetic class, labelled so. ``name`` is what titles call
    the class. Raises ValueError if nothing in the table can be scored.
    """
    pooled, made_up = class_pool(tables, table)
    name = name or _class_name(made_up)
    groups = partition(pooled["value"], pooled["outcome"], BINS).groups
    picture = Picture(height=4.4, width=6.2)
    picture.subplots_adjust(left=0.13, right=0.95, top=0.96, bottom=0.13)
    _draw(picture.add_subplot(), groups, name.lower())
    return picture.describe(
        title=f"{name}: {_ends(groups)}",
        subtitle=(
            f"{len(pooled)} forecasts of {pooled['learner'].nunique()}"
            f" {'made-up ' * made_up}learners, in {several(len(groups), 'group')} by what was said;"
            " the numbers are forecasts in a group"
        ),
        description="Line through groups: "
        + "; ".join(
            f"said {r.said:.0%}, happened {r.happened:.0%}, {r.n} forecasts"
            for r in groups.itertuples()
        )
        + ". Dashed: as often as said.",
        source=_class_source(made_up),
    )


def _ends(groups: pd.DataFrame) -> str:
    """What happened of what was called most likely, and of what was called least."""
    top, bottom = groups.iloc[-1], groups.iloc[0]
    said = f"called {top['said']:.0%} likely, it happened {top['happened']:.0%} of the time"
    if len(groups) == 1:
        return said
    return f"{said}; called {bottom['said']:.0%} likely, {bottom['happened']:.0%}"


def _draw(axes, groups: pd.DataFrame, name: str):
    dashes = {"color": GREY, "linewidth": 1.2, "linestyle": "--", "zorder": 1}
    axes.plot([0, 1], [0, 1], label="as often as said", **dashes)
    marks = {"color": "#0b5fa5", "marker": "o", "markersize": 8, "zorder": 3}
    axes.plot(groups["said"], groups["happened"], label=name, **marks)
    axes.legend(loc="upper left", frameon=False, fontsize=10.5)
    for row in groups.itertuples():
        _draw_number(axes, row)
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.05, 1.05)
    axes.set_xticks(TICKS, [f"{tick:.0%}" for tick in TICKS])
    axes.set_yticks(TICKS, [f"{tick:.0%}" for tick in TICKS])
    axes.set_xlabel("said, mean of the group")
    axes.set_ylabel("happened")


def _draw_number(axes, row):
    """How many forecasts a group has, on the side of its mark that the dashed line leaves free."""
    over = row.happened > row.said
    axes.annotate(
        f"{row.n}",
        (row.said, row.happened),
        xytext=(0, OFF if over else -OFF),
        textcoords="offset points",
        ha="center",
        va="bottom" if over else "top",
        fontsize=10.5,
        fontweight="bold",
        color=INK,
    )


def score_parts(tables: Tables, table: pd.DataFrame | None = None, name: str = "") -> TableExhibit:
    """Murphy's three terms of a pooled class's score; without ``table`` of the synthetic class.
    ``name`` and errors as calibration_chart.
    """
    pooled, made_up = class_pool(tables, table)
    parts = partition(pooled["value"], pooled["outcome"], BINS)
    terms = {
        "Uncertainty": (
            parts.uncertainty,
            "How mixed the outcomes were. The forecasters can't change it.",
        ),
        "− Resolution": (
            parts.resolution,
            "How far their groups tell yes from no. More is better.",
        ),
        "+ Reliability": (
            parts.reliability,
            "How far what was said lies from how often it happened. Less is better.",
        ),
        "= Brier score": (
            parts.brier,
            f"Of {len(pooled)} forecasts, each set to the mean of its group.",
        ),
    }
    return TableExhibit(
        ["Part", "Value", "What it says"],
        [[term, f"{value:.3f}", Html(text)] for term, (value, text) in terms.items()],
        widths=[22, 14, 0],
    ).describe(
        title=(
            f"{name or _class_name(made_up)}: {parts.uncertainty:.3f} − {parts.resolution:.3f} +"
            f" {parts.reliability:.3f} = {parts.brier:.3f}"
        ),
        subtitle="Murphy's three terms of the Brier score (F311); only for many forecasts pooled",
        description=(
            f"Uncertainty {parts.uncertainty:.3f}, resolution {parts.resolution:.3f}, reliability"
            f" {parts.reliability:.3f}, Brier score {parts.brier:.3f}."
        ),
        source=f"F311; {_class_source(made_up)}",
    )
