"""The scale that judgements give, against the date."""

import math
from collections.abc import Iterator

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import DASHES, INK, Box, Picture, evidence_of, place_labels, styled
from casebook.figure.english import day, shortened
from casebook.subjects.commitment.charts.scale import CALLED, METHOD, called, counted, two_englishes
from casebook.subjects.commitment.methods.scale import (
    READER,
    TIMES,
    WAR,
    near_the_top,
    noise_floor,
    scale_of,
    twins,
)
from casebook.subjects.messages.charts.log import SIDES

__all__ = ["strengths_by_date"]

# Speaker: mark and colour, as in the log.
MARKS = {
    "Kim Jong Un": SIDES["kim_to_putin"][1:3],
    "Vladimir Putin": SIDES["putin_to_kim"][1:3],
}
DODGE = pd.Timedelta(days=34)  # between marks that would cover each other
LABEL_WIDE, LABEL_HIGH = pd.Timedelta(days=100), 0.27  # room of a label; its height in log odds
# Where a label stands: under the lower end of its line if nothing is there, else over the upper,
# else farther off; in heights of a label.
OFF_ITS_LINE = (("low", -0.6), ("high", 0.6), ("low", -1.6), ("high", 1.6), ("low", -2.6))
UNDER, OVER = 0.55, 0.35  # log odds: room under the lowest and over the highest
TWINS = {"color": INK, "linewidth": 1.2, "linestyle": (0, (2, 2))}


@styled
def strengths_by_date(tables: Tables, made: str = READER) -> Picture:
    """The scale against the date: strength, the middle 95 % of its resamples, and the noise floor
    as a band below the strongest.
    """
    found = _placed(scale_of(tables, made))
    floor = noise_floor(found, tables.phrases)
    picture = Picture(height=4.9)
    picture.subplots_adjust(left=0.085, right=0.985, top=0.875, bottom=0.075)
    axes = picture.add_subplot()
    _draw_floor(axes, found, floor)
    _draw_points(axes, found)
    _draw_twins(axes, found, tables)
    for phrase, when, height in _labels(found):
        axes.text(when, height, phrase, ha="center", va="center", fontsize=10)
    _draw_scales(axes, found)
    _draw_war(axes, pd.Timestamp(_war(tables)["date"]))
    return picture.describe(
        title=f"{called(made)}: {_finding(tables, made)}",
        subtitle=_measured(tables, found, made, floor),
        description=(
            f"Strength against date for {len(found)} phrasings, with intervals. {_rows(found)}."
            f" Noise floor {floor:.2f}."
        ),
        source=(
            f"{METHOD}; {', '.join(found['address'])}; the dashed upright line:"
            f" {_war(tables)['address']}"
        ),
        evidence=evidence_of(tables, found["address"]),
    )


def _war(tables: Tables) -> pd.Series:
    return tables.events.set_index("event_id").loc[WAR]


def _placed(found: pd.DataFrame) -> pd.DataFrame:
    """The scale in the order of dates, with ``day`` and ``at``: where its mark stands, moved aside
    where another is near.
    """
    found = found.assign(day=pd.to_datetime(found["date"]))
    found = found.sort_values(["day", "strength"], kind="stable").reset_index(drop=True)
    places: list[pd.Timestamp] = []
    for when in found["day"]:
        places.append(max(when, places[-1] + DODGE) if places else when)
    return found.assign(at=places)


def _labels(found: pd.DataFrame) -> Iterator[tuple[str, pd.Timestamp, float]]:
    """(phrase_id, when, height) of each label, where it covers no line and no other label."""
    rows, half, quarter = list(found.itertuples()), LABEL_WIDE / 2, LABEL_WIDE / 4
    heights = [[getattr(row, end) + off * LABEL_HIGH for end, off in OFF_ITS_LINE] for row in rows]

    def box(row, wide: pd.Timedelta, bottom: float, top: float) -> Box:
        left, right = ((row.at + side * wide).timestamp() for side in (-1, 1))
        return Box("all", left, right, bottom, top)

    choices = [
        [box(row, half, height - LABEL_HIGH / 2, height + LABEL_HIGH / 2) for height in offered]
        for row, offered in zip(rows, heights)
    ]
    lines = [box(row, quarter, row.low, row.high) for row in rows]
    places = place_labels(choices, taken=lines, crowded="take last")
    for row, offered, place in zip(rows, heights, places):
        yield row.phrase_id, row.at, offered[place]


def _draw_floor(axes, found: pd.DataFrame, floor: float):
    top = found["strength"].max()
    axes.axhspan(top - floor, top, color="#dcdcdc", linewidth=0, zorder=0)
    axes.text(
        found["day"].min(),
        top - floor / 2,
        "grey: too near the top to tell, as deep\nas two Englishes taken for one lie apart",
        fontsize=10,
        va="center",
        ha="left",
        color=INK,
    )


def _draw_points(axes, found: pd.DataFrame):
    for speaker, (shape, colour) in MARKS.items():
        mine = found[found["speaker"] == speaker]
        axes.vlines(mine["at"], mine["low"], mine["high"], color=colour, linewidth=1.6, zorder=2)
        look = {"color": colour, "markersize": 8, "linestyle": "none", "zorder": 3}
        axes.plot(mine["at"], mine["strength"], shape, label=speaker, **look)


def _draw_twins(axes, found: pd.DataFrame, tables: Tables):
    """Two Englishes that are taken for one sentence, joined."""
    places = found.set_index("phrase_id")
    for pair in twins(found, tables.phrases).itertuples():
        ends = places.loc[[pair.stronger, pair.weaker]]
        axes.plot(ends["at"], ends["strength"], zorder=1, **TWINS)
    axes.plot([], [], label="two Englishes taken for one sentence", **TWINS)


def _draw_scales(axes, found: pd.DataFrame):
    bottom = found["low"].min() - UNDER
    top = max(found["high"].max(), found["strength"].max()) + OVER
    years = range(found["day"].min().year, found["day"].max().year + 1)
    axes.set_xlim(pd.Timestamp(years[0], 1, 1), found["at"].max() + LABEL_WIDE)
    axes.set_ylim(bottom, top)
    axes.set_yticks(range(math.ceil(bottom), math.floor(top) + 1))
    axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], years)
    axes.set_xticks([pd.Timestamp(year, 7, 1) for year in years], minor=True)
    for label in axes.get_xticklabels():
        label.set_ha("left")
    axes.set_ylabel("strength (log odds)", fontsize=10.5)
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.015, 1.0),
        ncols=3,
        frameon=False,
        fontsize=10.5,
        handletextpad=0.3,
        columnspacing=1.4,
    )


def _draw_war(axes, war: pd.Timestamp):
    axes.axvline(war, color=INK, linewidth=1, linestyle=DASHES, zorder=1)
    axes.text(war, axes.get_ylim()[0], f" {day(war)}", fontsize=10, ha="left", va="bottom")


def _finding(tables: Tables, made: str) -> str:
    """What the top of a scale can carry, in a sentence without its end."""
    top, near = scale_of(tables, made).iloc[0], near_the_top(tables, made)
    clear = (near["told_apart"] == "yes").all()
    return (
        f"“{shortened(top['words'], 50)}”, of {day(top['date'])}, stands highest,"
        f" {'clear of all others' if clear else 'but not clear of all others'}"
    )


def _measured(tables: Tables, found: pd.DataFrame, made: str, floor: float) -> str:
    resampled = found["resampled"].iloc[0]
    of = resampled if resampled == "judgements" else "judges and of their judgements"
    return (
        "A point is a phrasing; higher: chosen more often, and over whom counts, too."
        f" {CALLED[made]}: {counted(tables, made)}. Lines: the middle 95 % of {TIMES} draws of"
        f" {of}. Grey: {floor:.2f} deep; that its two Englishes are one sentence is our reading"
        f" (apart: {two_englishes(found, tables)}). Chosen by hand: no trend can be read off"
    )


def _rows(found: pd.DataFrame) -> str:
    return "; ".join(
        f"{r.phrase_id}, {day(r.date)}, {r.speaker}: {r.strength:.2f} ({r.low:.2f} to {r.high:.2f})"
        for r in found.itertuples()
    )
