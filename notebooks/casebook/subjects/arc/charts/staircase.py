"""Three days drawn as a newspaper would draw them, and the whole log laid over them."""

import pandas as pd
from matplotlib.axes import Axes

from casebook.core.tables import Tables
from casebook.figure import GREY, INK, PALE, SOFT, STATES, YEARS, Picture, evidence_of, styled
from casebook.figure.english import day, listed, number, several
from casebook.subjects.arc.methods import SIDES, log_from_the_first_step, steps

__all__ = []

# Side: its name, its line below the steps, its colour.
LINES = {
    "kim_to_putin": ("Kim to Putin", -1.0, STATES["North Korea"]),
    "putin_to_kim": ("Putin to Kim", -1.8, STATES["Russia"]),
    "others": ("talks, envoys", -2.6, INK),
}
HALF = 0.24  # of every tick alike: a tick says when, never how strong
TOP, BOTTOM = 3.75, -3.1
BEFORE, AFTER = pd.Timedelta(days=60), pd.Timedelta(days=260)
NOTE = "drawn by hand: the heights measure nothing"
# A vote is taken on the three days: its answer stands only where the log does.
NO_SCALE = "No scale stands beside the steps; all ticks are alike."
HEIGHTS = "The heights of the steps are drawn by hand and measure nothing; all ticks are alike."


@styled
def staircase_picture(tables: Tables, whole: bool) -> Picture:
    """The three steps, with ticks of their days alone or, ``whole``, of every row of the log from
    the first of them on.
    """
    picked, log = steps(tables), log_from_the_first_step(tables)
    shown = log if whole else log[log["on_a_step"]]
    picture = Picture(height=4.1)
    picture.subplots_adjust(left=0.14, right=0.985, top=0.985, bottom=0.075)
    axes = picture.add_subplot()
    _draw_ground(axes, picked["day"])
    _draw_steps(axes, picked)
    _draw_ticks(axes, shown)
    if whole:
        look = {"fontsize": 10, "style": "italic", "color": SOFT, "va": "center"}
        axes.text(picked["day"].min(), TOP - 0.25, NOTE, **look)
    return picture.describe(
        **_words(picked, log, shown, whole),
        evidence=lambda: evidence_of(
            tables, [*picked["address"], *(shown["message_id"] if whole else ())]
        ),
    )


def _draw_ground(axes: Axes, days: pd.Series):
    start, end = days.min() - BEFORE, days.max() + AFTER
    axes.set_xlim(start, end)
    axes.set_ylim(BOTTOM, TOP)
    years = range(start.year + 1, end.year + 1)
    axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], years, ha="left")
    axes.set_yticks([height for _, height, _ in LINES.values()], [n for n, _, _ in LINES.values()])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    for _, height, _ in LINES.values():
        axes.axhline(height, color=PALE, linewidth=1, zorder=1)


def _draw_steps(axes: Axes, picked: pd.DataFrame):
    """Three steps as high as a hand would draw them: each one more than the last."""
    ends = [*picked["day"].iloc[1:], picked["day"].max() + AFTER]
    for height, (step, end) in enumerate(zip(picked.itertuples(), ends), 1):
        colour = YEARS[str(step.day.year)]
        axes.fill_between([step.day, end], 0, height, color=colour, alpha=0.16, linewidth=0)
        corner = [step.day, step.day, end], [height - 1, height, height]
        axes.plot(*corner, color=colour, linewidth=3, zorder=3)
        axes.text(
            step.day,
            height + 0.14,
            f" {step.day.year}: {step.word}",
            color=colour,
            fontsize=12,
            fontweight="bold",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.9, "pad": 1},
            zorder=5,
        )


def _draw_ticks(axes: Axes, shown: pd.DataFrame):
    """A tick for each row on the line of its side, and a hair through the steps for each day that
    is none of the three.
    """
    for side, rows in shown.groupby("side"):
        _, height, colour = LINES[side]
        axes.vlines(
            rows["day"], height - HALF, height + HALF, color=colour, linewidth=1.8, zorder=4
        )
    others = shown.loc[~shown["on_a_step"], "day"].drop_duplicates()
    if len(others):
        axes.vlines(others, BOTTOM, 3.0, color=GREY, linewidth=0.7, alpha=0.75, zorder=2)


def _words(
    picked: pd.DataFrame, log: pd.DataFrame, shown: pd.DataFrame, whole: bool
) -> dict[str, str]:
    told = listed(f"{day(step.day.date())}: {step.word}" for step in picked.itertuples())
    counts = listed(f"{LINES[side][0]} {(shown['side'] == side).sum()}" for side in SIDES)
    others = log.loc[~log["on_a_step"], "day"].nunique()
    first = day(picked["day"].min().date())
    title = (
        f"The same steps, and {several(others, 'other day')} on which our log has something that"
        " was sent or said"
        if whole
        else f"{number(len(picked)).capitalize()} days, drawn as steps"
    )
    ticks = f"every row of the log from {first} on" if whole else "those of these days alone"
    return {
        "title": title,
        "subtitle": f"Steps as a newspaper would draw them; small ticks by date: {ticks}",
        "description": (
            f"Staircase of {len(picked)} steps: {told}."
            f" {HEIGHTS if whole else NO_SCALE} Ticks by date, {ticks}: {counts}."
            + (f" They stand on {others} other days." if whole else "")
        ),
        "source": "; ".join(picked["address"])
        + ("; the message log (M…) from the first of them on" if whole else ""),
    }
