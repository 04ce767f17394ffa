"""Lesson 05's lanes: stances by claim and side through time, and what is open in each."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

from matplotlib.axes import Axes
from matplotlib.legend import Legend
from matplotlib.lines import Line2D

from casebook.core.tables import Tables
from casebook.figure import INK, PALE, SOFT, STATES, Box, Parts, Timeline, place_labels, styled
from casebook.figure.english import capital, day, listed, several
from casebook.subjects.stances.methods import LANES, SINCE, STANCES, cells_of, searched, stances_in

__all__ = ["stances"]

# Shape says the stance, colour the side: never colour alone. Stance: shape, size, in words, as a
# noun, as nouns.
STANCE = {
    "alleged": (">", 8, "alleged, claimed", "charge or claim", "charges or claims"),
    "denied": ("X", 8, "denied", "denial", "denials"),
    "neither": (
        "o",
        7,
        "neither confirmed nor denied",
        "answer that neither confirms nor denies",
        "answers that neither confirm nor deny",
    ),
    "admitted": ("s", 7, "admitted", "admission", "admissions"),
    "verified": (
        "*",
        12,
        "examined",
        "finding by those who examined",
        "findings by those who examined",
    ),
}
RELAY_SIZE = 6
ANSWERS = {"denied", "neither", "admitted"}
COLOURS = {"others": INK, "Ukraine": INK, **STATES}
SIDE_NAMES = {"others": "Others"}

BEFORE, AFTER = dt.timedelta(days=25), dt.timedelta(days=60)  # room around the first and last mark
LEVEL = 0.36  # between two heights within a row, for marks that would cover each other
LEVELS = (0, -1, 1, -2, 2, -3, 3)  # of a row's line, in the order in which marks take them
CLOSE = 42  # days: marks nearer than this would touch
ROW = 1.0  # a row's height, if its marks need no more
MARK_ROOM = 1.2  # levels that a mark needs between it and those of the row above
BETWEEN = 0.45  # rows left free between two lanes
LANE_NAME, SIDE_NAME, NOTE = -0.50, -0.015, 1.012  # where words stand, as shares of the axes


class LanesPicture(Timeline):
    """Stances by claim and side; ``as_of(day)`` shows what was public on that day, and gives the
    picture its words.

    A lane shows its name once something of it is known.
    """

    UNKNOWN_AT, UNKNOWN_DAYS = -0.72, 420

    @styled
    def __init__(self, tables: Tables):
        super().__init__(tables, height=5.3)
        self._rows = [
            row._replace(key=row.stance_id)
            for row in stances_in(self._tables).assign(key="").itertuples()
        ]
        drawn = [row for row in self._rows if row.date >= SINCE]
        self._start = dt.date.fromisoformat(drawn[0].date) - BEFORE
        self._end = dt.date.fromisoformat(drawn[-1].date) + AFTER
        levels = _levels(drawn)
        self._heights = _heights_of_rows(drawn, levels)
        self._spots = {
            row.key: (
                dt.date.fromisoformat(row.date),
                self._heights[row.lane, row.side] + LEVEL * levels[row.key],
            )
            for row in drawn
        }
        self._draw_ground()

    def _draw_ground(self):
        self.subplots_adjust(left=0.272, right=0.805, top=0.925, bottom=0.055)
        self._axes = axes = self.add_subplot()
        axes.set_xlim(self._start, self._end)
        axes.set_ylim(max(self._heights.values()) + 0.6, -1.0)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xticks([])
        where = axes.get_xaxis_transform()
        for year in range(self._start.year + 1, self._end.year + 1):
            first = dt.date(year, 1, 1)
            axes.axvline(first, color=PALE, linewidth=1, zorder=1)
            axes.text(first, -0.012, str(year), transform=where, va="top", color=SOFT)

    # -- what a view has ---------------------------------------------------------------------------

    def _known(self, view: Tables) -> list:
        """The rows that a view has, those before SINCE too, which are not drawn."""
        known = set(view.stances["stance_id"])
        return [row for row in self._rows if row.key in known]

    def rows(self, view: Tables) -> list:
        return [row for row in self._known(view) if row.key in self._spots]

    def sentence(self, row: tuple) -> str:
        return stance_in_words(row)

    def parts(self, view: Tables) -> Parts:
        known = self._known(view)
        lanes = {row.lane for row in known}  # a lane's name would tell what is to come
        wanted: Parts = {
            ("mark", f"{row.Index:03}"): lambda row=row: self._draw_mark(row)
            for row in self.rows(view)
        }
        for lane in lanes:
            wanted["name", lane] = lambda lane=lane: self._draw_name(lane)
        signs = signs_of(self.rows(view))
        wanted["legend", *signs] = lambda: draw_legend(self._axes, -0.52, signs)
        for place in self._heights:
            if place[0] in lanes and (text := _what_is_open(*place, known)):
                wanted["note", *place, text] = lambda place=place, text=text: [
                    self._draw_note(place, text)
                ]
        return wanted

    # -- drawing -----------------------------------------------------------------------------------

    def _draw_name(self, lane: str) -> list:
        """A lane's name, direction, and its sides with their lines."""
        name, direction, sides = LANES[lane]
        heights = [self._heights[lane, side] for side in sides]
        look = {"transform": self._axes.get_yaxis_transform(), "zorder": 3}
        bold = {"va": "center", "fontsize": 10.5, "fontweight": "bold"}
        found = [self._axes.text(LANE_NAME, heights[0], name, **bold, **look)]
        if "→" in direction:
            below = {"va": "top", "fontsize": 10, "color": SOFT, "linespacing": 1.15}
            text = direction.replace(" → ", "\n→ ")
            found.append(self._axes.text(LANE_NAME, heights[0] + 0.5, text, **below, **look))
        for side, height in zip(sides, heights):
            beside = {"ha": "right", "va": "center", "fontsize": 10, "color": COLOURS[side]}
            text = SIDE_NAMES.get(side, side)
            found.append(self._axes.text(SIDE_NAME, height, text, **beside, **look))
        lines = self._axes.hlines(
            [*heights, heights[-1] + (ROW + BETWEEN) / 2],
            self._start,
            self._end,
            colors=[PALE] * len(sides) + ["#bbbbbb"],
            linewidth=0.9,
            zorder=1,
        )
        return [*found, lines]

    def _draw_note(self, place: tuple[str, str], text: str):
        """What is open in a row, at its end."""
        return self._axes.text(
            NOTE,
            self._heights[place],
            text,
            transform=self._axes.get_yaxis_transform(),
            va="center",
            fontsize=10,
            color=SOFT,
            style="italic",
            zorder=3,
        )

    def _draw_mark(self, row) -> list:
        """A row's mark, relays small and hollow and joined to their origin."""
        (when, height), origin = self._spots[row.key], self._spots.get(row.relay_of)
        (shape, size, *_), colour = STANCE[row.stance], COLOURS[row.side]
        hollow = origin is not None or row.stance == "neither"
        drawn = self._axes.plot(
            when,
            height,
            shape,
            color=colour,
            markersize=RELAY_SIZE if origin else size,
            markerfacecolor="white" if hollow else colour,
            markeredgecolor=colour if hollow else "white",
            markeredgewidth=1.4 if hollow else 0.7,
            linestyle="none",
            zorder=4,
        )
        if origin:
            dots = {"linestyle": ":", "color": colour, "linewidth": 1.3, "zorder": 2}
            drawn += self._axes.plot([origin[0], when], [origin[1], height], **dots)
        return drawn

    # -- words -------------------------------------------------------------------------------------

    def words(self, view: Tables) -> dict[str, str]:
        known = self.rows(view)
        own = [row for row in known if row.relay_of == ""]
        older = [row for row in self._known(view) if row not in known]
        lanes: dict[str, list] = {}
        for row in known:
            lanes.setdefault(row.lane, []).append(self.sentence(row))
        when = f"As of {day(view.day)}" if view.day else "To the latest row"
        text = counted_stances(own)
        relays = _relays(len(known) - len(own))
        lines = [f"{' '.join([_lane_in_words(lane), *said])}" for lane, said in lanes.items()]
        before = "".join(f" {self.sentence(row)}" for row in older)
        before = f" Before {day(SINCE)}, not drawn:{before}" if older else ""
        return {
            "title": f"{when}: {text}",
            "subtitle": (
                "Stances found, by claim and side. Shape: the stance; colour: the side."
                f" {relays}Found is not the first said, and not all that was said"
            ),
            "description": (
                f"Timeline in {len(lanes)} lanes, {len(own)} stances. {when}: {text}."
                f" {' '.join(lines)} Open: {_open_in_words([*known, *older])}.{before}"
            ),
            "source": f"table stances: {'; '.join(dict.fromkeys(row.address for row in known))}",
        }

    def addresses(self, view: Tables) -> Iterable[str]:
        rows = [row.address for row in self._known(view)]
        return dict.fromkeys([*rows, *searched(view).values()])


def speaker(row: tuple) -> str:
    """Who takes a stance, the side before the office."""
    return row.actor if row.side == "others" else f"{row.side}, {row.actor}"


def stance_in_words(row: tuple) -> str:
    """'15 September 2023, Russia, President Putin: denied (F209).'"""
    relay = f", a relay ({row.relay_basis})" if row.relay_of else ""
    told = f"{STANCE[row.stance][2]}{relay} ({row.address})."
    return f"{day(row.date)}, {speaker(row)}: {told}"


def signs_of(rows: list) -> tuple[str, ...]:
    """The signs that rows need explained: their stances, and 'relay' where one is a relay. A legend
    of all would tell what is to come.
    """
    there = {row.stance for row in rows}
    return (*(s for s in STANCE if s in there), *["relay"] * any(row.relay_of for row in rows))


def draw_legend(axes: Axes, left: float, signs: tuple[str, ...]) -> list:
    """Signs of the stances above a picture, from ``left`` (in widths of the axes) on."""
    handles = []
    for sign in signs:
        shape, _, name, *_ = STANCE.get(sign, (">", 0, "a relay of it"))
        size = {"verified": 10, "relay": 5}.get(sign, 7)
        hollow = {"markerfacecolor": "white"} if sign in ("neither", "relay") else {}
        line = {"linestyle": ":", "linewidth": 1} if sign == "relay" else {"linestyle": "none"}
        handles.append(
            Line2D([], [], marker=shape, label=name, color=INK, markersize=size, **line, **hollow)
        )
    legend = Legend(
        axes,
        handles,
        [handle.get_label() for handle in handles],
        loc="lower left",
        bbox_to_anchor=(left, 1.0),
        ncols=6,
        frameon=False,
        fontsize=10,
        handletextpad=0.3,
        columnspacing=0.9,
        handlelength=1.2,
    )
    return [axes.add_artist(legend)]


def _levels(rows: list) -> dict[str, int]:
    """stance_id → level: 0 on the row's line, −1 above it, 1 below it and so on. Marks that would
    touch stand at different levels.
    """
    days = [dt.date.fromisoformat(row.date).toordinal() for row in rows]
    choices = [
        [Box((row.lane, row.side, level), when, when + CLOSE) for level in LEVELS]
        for row, when in zip(rows, days)
    ]
    places = place_labels(choices, crowded="cover least")
    return {row.key: LEVELS[place] for row, place in zip(rows, places)}


def _heights_of_rows(rows: list, levels: dict[str, int]) -> dict[tuple[str, str], float]:
    """(lane, side) → the height of its row; a row with marks above and below its line has more
    room.
    """
    used: dict[tuple[str, str], list[int]] = {}
    for row in rows:
        used.setdefault((row.lane, row.side), [0]).append(levels[row.key])
    heights, height, below = {}, -ROW, 0
    for lane, (_, _, sides) in LANES.items():
        for side in sides:
            here = used.get((lane, side), [0])
            height += max(ROW, LEVEL * (below - min(here) + MARK_ROOM))
            heights[lane, side], below = height, max(here)
        height += BETWEEN
    return heights


def _what_is_open(lane: str, side: str, known: list) -> str:
    """What is open in a row, said at its end."""
    cells = {(cell["lane"], cell["side"]): cell["open"] for cell in cells_of(known)}
    if (lane, side) in cells:
        state = "" if cells[lane, side] == "admitted" else cells[lane, side]
        before = [r for r in known if (r.lane, r.side) == (lane, side) and r.date < SINCE]
        if state == "no answer found" and before:
            return f"{before[-1].stance} in {before[-1].date[:4]}"
        return state
    if side != "others":
        return ""
    examined = any((r.lane, r.stance) == (lane, "verified") for r in known if r.date >= SINCE)
    return "" if examined else "no examination found"


def counted_stances(own: list) -> str:
    """'two charges or claims and one denial': the stances, relays left out."""
    counts = Counter(row.stance for row in own)
    found = {stance: counts[stance] for stance in STANCES if stance in counts}
    text = listed(several(n, *STANCE[stance][3:]) for stance, n in found.items())
    return text + ("" if found.keys() & ANSWERS else ", and no answer yet")


def _relays(count: int) -> str:
    if not count:
        return ""
    return f"{capital(several(count, 'relay'))} joined to the origin by dots, not counted again. "


def _lane_in_words(lane: str) -> str:
    return f"{LANES[lane][0]} ({LANES[lane][1]}):"


def _open_in_words(known: list) -> str:
    still = [cell for cell in cells_of(known) if cell["open"] != "admitted"]
    said = (f"{LANES[cell['lane']][0]}, {cell['side']}: {cell['open']}" for cell in still)
    return "; ".join(said) or "nothing"


def stances(tables: Tables) -> LanesPicture:
    """The lanes as ``tables`` show them: all, or as of their day."""
    return LanesPicture(tables).as_of(tables.day)
