"""The message log in pictures: a timeline in unordered lanes of wording, and who published."""

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import (
    DASHES,
    GREY,
    INK,
    PALE,
    STATES,
    Box,
    Picture,
    place_labels,
    styled,
)
from casebook.figure.english import capital, day, listed, number, several, verb
from casebook.subjects.messages.methods import log_by_year, log_rows, moments

__all__ = ["message_log", "who_published"]

LANES = {
    "cooperation": "cooperation",
    "full_support": "full support",
    "good_wishes": "good wishes",
    "none": "no wording seen",
    "other": "other wording",
    "support_solidarity": "support and solidarity",
    "unconditional_support": "unconditional support",
}
# Direction: name, mark, colour, and the places in the lane (up is Kim's side), filled in this order
# where marks are close.
SIDES = {
    "kim_to_putin": ("Kim to Putin", "^", STATES["North Korea"], (-0.19, -0.37)),
    "putin_to_kim": ("Putin to Kim", "v", STATES["Russia"], (0.19, 0.37)),
    "both": ("both, at a meeting", "D", INK, (0.0, 0.15)),
    "via_envoy": ("through envoys", "o", GREY, (0.0, 0.15, -0.15)),
}
# The bars of the counts: name, which directions they add up, colour, hatch.
KIM, OTHERS, PUTIN = (
    ("up: Kim to Putin", ["kim_to_putin"], STATES["North Korea"], ""),
    ("on top: meetings, envoys", ["both", "via_envoy"], "#b5b5b5", "//"),
    ("down: Putin to Kim", ["putin_to_kim"], STATES["Russia"], ".."),
)
MANY = 500  # above so many rows the timeline counts instead of marking each
CLOSE = 32  # days: marks nearer than this in one lane take another place
TALLEST = 0.44  # a lane's half, less some air: the height of the tallest bar
HALF_QUARTER = pd.Timedelta(days=45)
BAR = 70  # days: the width of a quarter's bar
AFTER = pd.Timedelta(days=190)  # room behind the last row
LAST_YEAR = pd.Timedelta(days=40)  # a year's name nearer to the edge would leave the picture
LEGEND = {"loc": "lower right", "bbox_to_anchor": (1.03, 1.065), "frameon": False, "fontsize": 10}


@styled
def message_log(tables: Tables) -> Picture:
    """The log as a timeline in lanes of support wording. The lanes stand in the order of the
    alphabet: no lane is above another.

    A mark for each row; counts by quarter where there are more than ``MANY``.
    """
    log, shown = log_rows(tables), moments(tables)
    picture = Picture(height=5.2)
    picture.subplots_adjust(left=0.252, right=0.965, top=0.845, bottom=0.06)
    axes = picture.add_subplot()
    _draw_lanes(axes, log)
    _draw_moments(axes, shown)
    (_draw_counts if len(log) > MANY else _draw_marks)(axes, log)
    events = log["event"].nunique()
    return picture.describe(
        title=f"{capital(several(len(log), 'row'))} of the log, by the wording of support",
        subtitle=(
            f"{_what_is_drawn(log)} ({len(log)} rows, {events} events). Lanes of support wording,"
            " by one coder, in the order of the alphabet: unordered, no ladder. “Other wording”"
            " holds strong wordings too"
        ),
        description=_told(log, shown, events),
        source=f"the message log (M…); dashed lines: {', '.join(shown)}",
        evidence=[e for m in log["message_id"] for e in tables.resolve(m)],
    )


def _draw_lanes(axes, log: pd.DataFrame):
    first, last = log["day"].min(), log["day"].max()
    axes.set_xlim(pd.Timestamp(first.year, 1, 1), last + AFTER)
    axes.set_ylim(len(LANES) - 0.45, -0.55)
    counts = log["support_wording"].value_counts()
    names = [f"{name} · {counts.get(lane, 0)}" for lane, name in LANES.items()]
    axes.set_yticks(range(len(LANES)), names)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    years = range(first.year, (last + LAST_YEAR).year + 1)
    axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], years)
    for label in axes.get_xticklabels():
        label.set_ha("left")
    for lane in range(1, len(LANES)):
        axes.axhline(lane - 0.5, color=PALE, linewidth=1, zorder=1)


def _draw_moments(axes, shown: list[str]):
    for message in shown:
        when = pd.Timestamp(message[1:11])
        axes.axvline(when, color=INK, linewidth=1, linestyle=DASHES, zorder=1)
        axes.text(when, -0.62, f"{when.day} {when:%b %Y}", ha="center", va="bottom", fontsize=10)


def _draw_marks(axes, log: pd.DataFrame):
    points: dict[tuple[str, bool], list] = {}
    for row, height in zip(log.itertuples(), _heights(log)):
        points.setdefault((row.direction, bool(row.weak)), []).append((row.day, height))
    for (direction, weak), spots in points.items():
        _, shape, colour, _ = SIDES[direction]
        axes.plot(
            *zip(*spots),
            shape,
            markersize=6.2 if weak else 7.5 if shape in "^v" else 6.5,
            color=colour,
            linestyle="none",
            zorder=4 if weak else 3,
            markerfacecolor="white" if weak else colour,
            markeredgecolor=colour if weak else "white",
            markeredgewidth=1.4 if weak else 0.7,
        )
    look = {"markersize": 7.5, "linestyle": "none"}
    for name, shape, colour, _ in SIDES.values():
        axes.plot([], [], shape, color=colour, label=name, **look)
    hollow = {"markerfacecolor": "white", "markeredgecolor": INK, "markeredgewidth": 1.4}
    axes.plot([], [], "^", label="hollow: weak", **hollow, **look)
    axes.legend(ncols=5, handletextpad=0.1, columnspacing=1.0, **LEGEND)


def _heights(log: pd.DataFrame) -> list[float]:
    """The height of each row's mark: in its lane, at a place where it covers no other."""
    order, choices = list(LANES), []
    for row in log.itertuples():
        lane, when = order.index(row.support_wording), row.day.toordinal()
        places = SIDES[row.direction][3]
        choices.append([Box((lane, place), when, when + CLOSE) for place in places])
    found = place_labels(choices, crowded="cover least")
    return [sum(boxes[n].line) for boxes, n in zip(choices, found)]


def _draw_counts(axes, log: pd.DataFrame):
    """Bars by quarter: Kim's up, Putin's down, the others grey on top of Kim's."""
    counts, order = _by_quarter(log), list(LANES)
    unit = TALLEST / _tallest(counts)
    for (lane, quarter), row in counts.iterrows():
        x, base = quarter.start_time + HALF_QUARTER, order.index(lane)
        kim, others, putin = (unit * row[kind[1]].sum() for kind in (KIM, OTHERS, PUTIN))
        for kind, height, bottom in (
            (KIM, -kim, base),
            (OTHERS, -others, base - kim),
            (PUTIN, putin, base),
        ):
            if height:
                axes.bar(x, height, bottom=bottom, width=BAR, linewidth=0, zorder=3, **_fill(kind))
    for kind in (KIM, OTHERS, PUTIN):
        axes.bar(log["day"].min(), 0, label=kind[0], **_fill(kind))
    axes.legend(ncols=3, title=None, **LEGEND)


def _fill(kind: tuple) -> dict[str, str]:
    return {"color": kind[2], "hatch": kind[3], "edgecolor": "white"}


def _by_quarter(log: pd.DataFrame) -> pd.DataFrame:
    """Rows by lane, quarter and direction."""
    keys = [log["support_wording"], log["day"].dt.to_period("Q"), log["direction"]]
    counts = log.groupby(keys).size().unstack(fill_value=0)
    return counts.reindex(columns=list(SIDES), fill_value=0)


def _tallest(counts: pd.DataFrame) -> int:
    up, down = counts.drop(columns="putin_to_kim").sum(axis=1), counts["putin_to_kim"]
    return int(max(up.max(), down.max()))


def _what_is_drawn(log: pd.DataFrame) -> str:
    if len(log) > MANY:
        return f"Bars count rows by quarter, the tallest {_tallest(_by_quarter(log))}"
    return "A mark is a row of the log"


def _told(log: pd.DataFrame, shown: list[str], events: int) -> str:
    weak = int((log["weak"] != "").sum())
    lanes = "; ".join(
        f"{name}: {_directions(log[log['support_wording'] == lane])}"
        for lane, name in LANES.items()
    )
    return (
        f"Timeline of {len(log)} rows ({events} events), {day(log['date'].min())} to"
        f" {day(log['date'].max())}, in {len(LANES)} lanes. {capital(lanes)}."
        f" {capital(several(weak, 'row'))} with weak wording {verb(weak, 'is', 'are')}"
        f" drawn hollow. Dashed lines: {listed(day(m[1:11]) for m in shown)}."
    )


def _directions(rows: pd.DataFrame) -> str:
    counts = rows["direction"].value_counts()
    sides = ", ".join(f"{counts[d]} {SIDES[d][0]}" for d in SIDES if counts.get(d))
    return f"{len(rows)} rows, {sides}" if len(rows) else "none"


@styled
def who_published(tables: Tables) -> Picture:
    """Rows of the log by year, those first published by KCNA apart."""
    years = log_by_year(tables)
    picture = Picture(height=2.6)
    picture.subplots_adjust(left=0.05, right=0.985, top=0.84, bottom=0.11)
    _draw_years(picture.add_subplot(), years)
    return picture.describe(
        title=(
            f"By our coding KCNA was the first publisher of {years['kcna'].sum()} of"
            f" {years['rows'].sum()} rows; the log grows from {number(years['rows'].iloc[0])} rows"
            f" in {years.index[0]} to {years['rows'].max()} in {years['rows'].idxmax()}"
        ),
        subtitle=(
            "Rows of the log by year; numbers: KCNA's of all. The growth may in part be that of"
            " attention: after 2022 more of the press may have looked"
        ),
        description="Stacked bars, one a year. "
        + " ".join(
            f"{year}: {r['rows']} rows, {r['kcna']} first published by KCNA."
            for year, r in years.iterrows()
        ),
        source="the message log (M…), column “first_publisher”",
        evidence=[e for m in log_rows(tables)["message_id"] for e in tables.resolve(m)],
    )


def _draw_years(axes, years: pd.DataFrame):
    """A bar a year: KCNA's below, the others' above, the numbers on top."""
    places = range(len(years))
    kcna = {"color": STATES["North Korea"], "label": "first published by KCNA"}
    axes.bar(places, years["kcna"], width=0.62, **kcna)
    others = {
        "color": "#bdbdbd",
        "hatch": "//",
        "edgecolor": "white",
        "label": "first published by others, or not settled",
    }
    axes.bar(places, years["rows"] - years["kcna"], bottom=years["kcna"], width=0.62, **others)
    for i, (_, year) in enumerate(years.iterrows()):
        text = f"{year['kcna']} of {year['rows']}"
        axes.text(i, year["rows"] + 0.6, text, ha="center", va="bottom", fontsize=10.5)
    axes.set_xticks(places, years.index)
    axes.set_yticks([])
    axes.set_ylim(0, years["rows"].max() * 1.16)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="x", length=0)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.01, 1.0),
        ncols=2,
        frameon=False,
        fontsize=10.5,
        handlelength=1.4,
    )
