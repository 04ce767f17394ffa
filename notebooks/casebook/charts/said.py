"""Lesson 05: the lanes of stances through time, open cells, one claim in two tellings, the two
scales, troop figures as dated points.
"""

import datetime as dt
from collections import Counter
from html import escape

import matplotlib.dates as mdates
import pandas as pd

from casebook.charts.words import capital, count_words, day, listed, number, several
from casebook.figure import INK, PALE, STATES, LayeredPicture, Matrix, Picture, mark, styled
from casebook.methods.said import (
    LANES,
    SINCE,
    STANCES,
    answers,
    cells_of,
    changes_on_the_way,
    open_cells,
    stances_in,
)

# Shape says the stance, colour the side: never colour alone.
SHAPES = {
    "alleged": (">", "alleged, claimed"),
    "denied": ("X", "denied"),
    "neither": ("o", "neither confirmed nor denied"),
    "admitted": ("s", "admitted"),
    "verified": ("*", "examined, found so"),
}
COLOURS = {"others": INK, "Ukraine": INK, **STATES}
SIDE_NAMES = {"others": "Others"}
LEVEL = 0.36  # between two heights within a row, for marks that would cover each other
HIGHEST = 3  # levels above a row's line, and below it
CLOSE = 42  # days: marks nearer than this would touch
BETWEEN = 0.45  # rows left free between two lanes
SIGNS = {
    "kept": ("= kept", "#0b3d2e", "#d9efe3"),
    "lost": ("− lost", "#6b1010", "#f8dcd6"),
    "gained": ("+ gained", "#0b3b66", "#dbe9f6"),
    "changed": ("≠ changed", "#5c4300", "#f6e7c0"),
}
STEP = 4_000  # soldiers between two lines of the figures' scale
NUMBERS_SOUGHT = "Q016"  # the search for figures by the two states
COUNTS = {"sent": ("o", INK), "killed or wounded": ("D", "#7a4a00"), "killed": ("^", "#6a3d9a")}


class LanesPicture(LayeredPicture):
    """Stances by claim and side; ``as_of(day)`` shows what was public on that day, and gives the
    picture its words.

    Places are those of the latest view, so that nothing jumps when the day moves. A lane shows its
    name once something of it is known.
    """

    @styled
    def __init__(self, tables):
        super().__init__(height=5.3)
        self._tables = tables
        everything = stances_in(tables.as_of(None))
        rows = list(everything.itertuples())
        self._rows, self._before = (
            [r for r in rows if r.date >= SINCE],
            [r for r in rows if r.date < SINCE],
        )
        self._sentences = {r.stance_id: _sentence(r) for r in rows}
        self._start = dt.date.fromisoformat(self._rows[0].date) - dt.timedelta(days=25)
        self._end = dt.date.fromisoformat(self._rows[-1].date) + dt.timedelta(days=60)
        self._levels = _levels(self._rows)
        self._places = _places(self._rows, self._levels)
        self.subplots_adjust(left=0.272, right=0.805, top=0.925, bottom=0.055)
        self._axes = self.add_subplot()
        self._frame()
        self._spots = {
            r.stance_id: (
                dt.date.fromisoformat(r.date),
                self._places[r.lane, r.side] + LEVEL * self._levels[r.stance_id],
            )
            for r in self._rows
        }

    def _frame(self):
        axes = self._axes
        axes.set_xlim(self._start, self._end)
        axes.set_ylim(max(self._places.values()) + 0.6, -1.0)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xticks([])
        for year in range(self._start.year + 1, self._end.year + 1):
            axes.axvline(dt.date(year, 1, 1), color=PALE, linewidth=1, zorder=1)
            axes.text(
                dt.date(year, 1, 1),
                -0.012,
                str(year),
                transform=axes.get_xaxis_transform(),
                va="top",
                color="#444444",
            )
        for shape, name in SHAPES.values():
            hollow = {"markerfacecolor": "white"} if shape == "o" else {}
            axes.plot(
                [],
                [],
                shape,
                color=INK,
                markersize=10 if shape == "*" else 7,
                linestyle="none",
                label=name,
                **hollow,
            )
        axes.plot(
            [],
            [],
            ">",
            color=INK,
            markerfacecolor="white",
            markersize=5,
            linestyle=":",
            linewidth=1,
            label="a relay of it",
        )
        axes.legend(
            loc="lower left",
            bbox_to_anchor=(-0.52, 1.0),
            ncols=6,
            frameon=False,
            fontsize=10,
            handletextpad=0.3,
            columnspacing=0.9,
            handlelength=1.2,
        )

    def _name(self, lane):
        """A lane's name, direction, and its sides with their lines: [artists]."""
        name, direction, sides = LANES[lane]
        axes, where = self._axes, self._axes.get_yaxis_transform()
        first, last = (self._places[lane, sides[i]] for i in (0, -1))
        found = [
            axes.text(
                -0.50,
                first,
                name,
                transform=where,
                va="center",
                fontsize=10.5,
                fontweight="bold",
                zorder=3,
            )
        ]
        if "→" in direction:
            found.append(
                axes.text(
                    -0.50,
                    first + 0.5,
                    direction.replace(" → ", "\n→ "),
                    transform=where,
                    va="top",
                    fontsize=10,
                    color="#444444",
                    linespacing=1.15,
                    zorder=3,
                )
            )
        for side in sides:
            y = self._places[lane, side]
            found.append(
                axes.text(
                    -0.015,
                    y,
                    SIDE_NAMES.get(side, side),
                    transform=where,
                    ha="right",
                    va="center",
                    fontsize=10,
                    color=COLOURS[side],
                    zorder=3,
                )
            )
        heights = [*(self._places[lane, side] for side in sides), last + (1 + BETWEEN) / 2]
        found.append(
            axes.hlines(
                heights,
                self._start,
                self._end,
                colors=[PALE] * len(sides) + ["#bbbbbb"],
                linewidth=0.9,
                zorder=1,
            )
        )
        return found

    def _note(self, place, text):
        """What is open in a row, at its end."""
        return [
            self._axes.text(
                1.012,
                self._places[place],
                text,
                transform=self._axes.get_yaxis_transform(),
                va="center",
                fontsize=10,
                color="#444444",
                style="italic",
                zorder=3,
            )
        ]

    def _unknown(self, edge, named):
        """The hatched ground over what lies after a day; ``named``: with its words."""
        words = (
            [
                self._axes.text(
                    self._end,
                    -0.72,
                    "not yet known ",
                    ha="right",
                    va="center",
                    fontsize=10.5,
                    color="#444444",
                    style="italic",
                    zorder=3,
                )
            ]
            if named
            else []
        )
        return [
            self._axes.axvspan(
                edge, self._end, facecolor=PALE, alpha=0.55, hatch="//", edgecolor="white", zorder=0
            ),
            *words,
        ]

    def _mark(self, row):
        """A row's mark, relays small and hollow and joined to their origin: [artists]."""
        (when, y), origin = self._spots[row.stance_id], self._spots.get(row.relay_of)
        shape, colour = SHAPES[row.stance][0], COLOURS[row.side]
        hollow = origin is not None or row.stance == "neither"
        size = 6 if origin else 12 if shape == "*" else 8 if shape in "X>" else 7
        drawn = self._axes.plot(
            when,
            y,
            shape,
            color=colour,
            markersize=size,
            markerfacecolor="white" if hollow else colour,
            markeredgecolor=colour if hollow else "white",
            markeredgewidth=1.4 if hollow else 0.7,
            linestyle="none",
            zorder=4,
        )
        if origin:
            drawn += self._axes.plot(
                [origin[0], when],
                [origin[1], y],
                linestyle=":",
                color=colour,
                linewidth=1.3,
                zorder=2,
            )
        return drawn

    @styled
    def as_of(self, day_shown):
        """Show what was public on ``day_shown`` (a date; None: everything), with title, description
        and rows of that day.
        """
        limit = pd.Timestamp(day_shown) if day_shown is not None else pd.Timestamp.max
        known, older = (
            [row for row in rows if row.public_from <= limit] for rows in (self._rows, self._before)
        )
        lanes = {
            row.lane for row in [*known, *older]
        }  # the name of a lane would tell what is to come
        cells = {(cell["lane"], cell["side"]): cell["open"] for cell in cells_of([*known, *older])}
        notes = {
            place: _gutter(*place, cells, known, older)
            for place in self._places
            if place[0] in lanes
        }
        wanted = {("mark", f"{row.Index:03}"): lambda row=row: self._mark(row) for row in known}
        wanted |= {("name", lane): lambda lane=lane: self._name(lane) for lane in lanes}
        wanted |= {
            ("note", *place, text): lambda place=place, text=text: self._note(place, text)
            for place, text in notes.items()
            if text
        }
        if day_shown is not None and limit < pd.Timestamp(self._end):
            edge, named = max(limit.date(), self._start), (self._end - limit.date()).days > 420
            wanted["unknown", edge] = lambda: self._unknown(edge, named)
        self.show_parts(wanted)
        self._tell(known, older, cells, day_shown)
        return self

    def new_between(self, before, day_shown) -> list[str]:
        """What became public after ``before`` and up to ``day_shown`` (dates), in words."""
        return [
            self._sentences[row.stance_id]
            for row in self._rows
            if pd.Timestamp(before) < row.public_from <= pd.Timestamp(day_shown)
        ]

    def _tell(self, known, older, cells, as_of):
        when = f"As of {day(as_of)}" if as_of is not None else "To the latest row"
        own, lanes = [row for row in known if row.relay_of == ""], {}
        counts = Counter(row.stance for row in own)
        for row in known:
            lanes.setdefault(row.lane, []).append(self._sentences[row.stance_id])
        nouns = {
            "alleged": "charge or claim",
            "denied": "denial",
            "neither": "answer that neither confirms nor denies",
            "admitted": "admission",
            "verified": "finding by those who examined",
        }
        plurals = {
            "alleged": "charges or claims",
            "neither": "answers that neither confirm nor deny",
            "verified": "findings by those who examined",
        }
        relays = len(known) - len(own)
        told_again = (
            f"{capital(several(relays, 'relay'))} joined to the origin by dots, not counted again. "
            if relays
            else ""
        )
        found = {s: counts[s] for s in STANCES if s in counts}
        text = listed(several(n, nouns[s], plurals.get(s, "")) for s, n in found.items()) + (
            "" if found.keys() & {"denied", "neither", "admitted"} else ", and no answer yet"
        )
        lines = [
            f"{LANES[lane][0]} ({LANES[lane][1]}): " + " ".join(sentences)
            for lane, sentences in lanes.items()
        ]
        missing = "; ".join(
            f"{LANES[lane][0]}, {side}: {state}"
            for (lane, side), state in cells.items()
            if state != "admitted"
        )
        before = (
            f" Before {day(SINCE)}, not drawn: "
            + " ".join(self._sentences[r.stance_id] for r in older)
            if older
            else ""
        )
        self.tell(
            title=f"{when}: {text}",
            subtitle=(
                "Stances found, by claim and side. Shape: the stance; colour: the side."
                f" {told_again}Found is not the first said, and not all that was said"
            ),
            description=(
                f"Timeline in {len(lanes)} lanes, {len(own)} stances. {when}: {text}."
                f" {' '.join(lines)} Open: {missing or 'nothing'}.{before}"
            ),
            source=f"table stances: {'; '.join(dict.fromkeys(row.address for row in known))}",
            evidence=lambda: self._tables.as_of(as_of).resolve(
                "; ".join(
                    dict.fromkeys(
                        [
                            *(row.address for row in [*older, *known]),
                            *searched(self._tables.as_of(as_of)).values(),
                        ]
                    )
                )
            ),
        )


def _levels(rows) -> dict[str, int]:
    """stance_id → level: 0 on the row's line, −1 above it, 1 below it and so on. Marks that would
    touch stand at different levels.
    """
    levels, taken = {}, {}
    order = sorted(range(-HIGHEST, HIGHEST + 1), key=lambda level: (abs(level), level))
    for row in rows:
        when = dt.date.fromisoformat(row.date)
        ago = {
            level: (when - taken.get((row.lane, row.side, level), dt.date.min)).days
            for level in order
        }
        level = next((level for level in order if ago[level] >= CLOSE), max(order, key=ago.get))
        taken[row.lane, row.side, level] = when
        levels[row.stance_id] = level
    return levels


def _places(rows, levels) -> dict:
    """(lane, side) → the height of its row; a row with marks above and below its line has more
    room.
    """
    ends = {}
    for row in rows:
        low, high = ends.get((row.lane, row.side), (0, 0))
        ends[row.lane, row.side] = min(low, levels[row.stance_id]), max(high, levels[row.stance_id])
    places, y, below = {}, -1.0, 0
    for lane, (_, _, sides) in LANES.items():
        for side in sides:
            low, high = ends.get((lane, side), (0, 0))
            y += max(1, LEVEL * (below - low + 1.2))
            places[lane, side], below = y, high
        y += BETWEEN
    return places


def _gutter(lane, side, cells, known, older) -> str:
    """What is open in a row, said at its end."""
    if (lane, side) in cells:
        state = "" if cells[lane, side] == "admitted" else cells[lane, side]
        before = [row for row in older if (row.lane, row.side) == (lane, side)]
        return (
            f"{before[-1].stance} in {before[-1].date[:4]}"
            if state == "no answer found" and before
            else state
        )
    if side == "others":
        return (
            ""
            if any((row.lane, row.stance) == (lane, "verified") for row in known)
            else "no examination found"
        )
    return ""


def _sentence(row) -> str:
    relay = f", a relay ({row.relay_basis})" if row.relay_of else ""
    who = row.actor if row.side in ("others",) else f"{row.side}, {row.actor}"
    return f"{day(row.date)}, {who}: {SHAPES[row.stance][1]}{relay} ({row.address})."


def stances(tables) -> LanesPicture:
    """The lanes as ``tables`` show them: all, or as of their day."""
    return LanesPicture(tables.as_of(None)).as_of(tables.day)


def said(tables, stance_id: str) -> Matrix:
    """The words of one answer, with who said them, when and about what; not how we code it."""
    row = tables.stances.set_index("stance_id").loc[stance_id]
    words = count_words(row["words"])
    return Matrix(
        ["The words", f"“{escape(row['words'])}”"],
        [
            ["Who, and when", f"{escape(row['side'])}, {escape(row['actor'])}; {day(row['date'])}"],
            ["About what", f"{LANES[row['lane']][0]} ({LANES[row['lane']][1]})"],
        ],
        widths=[22, 0],
    ).tell(
        title=f"We have {several(words, 'word')} of this answer, in English",
        subtitle="As our fact quotes them; the rest of the statement is not shown",
        description=f"Answer of {words} words: {row['words']}.",
        source=row["address"],
        evidence=tables.resolve(row["address"]),
    )


def searched(tables) -> dict[str, str]:
    """The search behind each open cell ('arms|Russia'; 'troops|others' for what nobody examined);
    none in an as-of view.
    """
    return {
        cell: s.search_id
        for s in tables.searches.itertuples()
        for cell in s.covers.split("; ")
        if cell
    }


def who_answered(tables) -> Matrix:
    """Claim × state: how often denied, neither, admitted; open cells say so."""
    cells, behind = open_cells(tables), searched(tables)
    rows = [
        [
            f"<strong>{LANES[c.lane][0]}: {c.side}</strong><br>{LANES[c.lane][1]}",
            *(f"{n}" if n else "–" for n in (c.denied, c.neither, c.admitted)),
            mark(
                c.open,
                *(("#0b3d2e", "#d9efe3") if c.open == "admitted" else ("#555555", "#f1f1f1")),
            )
            + (f" {behind[c.cell]}" if c.open != "admitted" and c.cell in behind else ""),
        ]
        for c in cells.itertuples()
    ]
    done = cells[cells["open"] == "admitted"]
    claims = listed(dict.fromkeys(f"“{LANES[lane][0]}”" for lane in done["lane"])) or "no claim"
    return Matrix(
        [
            "Claim, who answers, and which way it goes",
            "Denied",
            "Neither confirmed nor denied",
            "Admitted",
            "What is open",
        ],
        rows,
        widths=[34, 10, 20, 12, 24],
    ).tell(
        title=(
            f"Of {number(len(cells))} cells {number(len(done))} hold an admission, of {claims}; the"
            " others stay open"
        ),
        subtitle=(
            f"Answers found since {day(SINCE)}, by the one accused. “None found” is not “none made”"
        ),
        description=f"Table of {len(cells)} cells: "
        + "; ".join(
            f"{LANES[c.lane][0]}, {c.side}: {c.denied} denied, {c.neither} neither, {c.admitted}"
            " admitted"
            for c in cells.itertuples()
        )
        + ".",
        source="table stances, answers of the two states; the searches named in the cells",
        evidence=tables.resolve(
            "; ".join(
                dict.fromkeys(
                    [
                        *answers(tables)["address"],
                        *(
                            behind[c.cell]
                            for c in cells.itertuples()
                            if c.open != "admitted" and c.cell in behind
                        ),
                    ]
                )
            )
        ),
    )


def on_the_way(tables, pair: str = "NBC to S2") -> Matrix:
    """One claim in two tellings, element by element: kept, lost, gained, changed."""
    found = changes_on_the_way(tables, pair)
    rows = [
        [
            f"<strong>{escape(p.element)}</strong>",
            escape(p.earlier) or "–",
            escape(p.later) or "–",
            mark(*SIGNS[p.change]),
            p.address,
        ]
        for p in found.itertuples()
    ]
    first, second = pair.split(" to ")
    counts = found["change"].value_counts()
    guess = "; the descent is inferred" if (found["basis"] == "inferred").any() else ""
    return Matrix(
        ["Element", first, second, "Change", "Address"], rows, widths=[22, 24, 24, 14, 16]
    ).tell(
        title=(
            f"Of {number(len(found))} elements"
            f" {listed(f'{number(int(counts[c]))} {c}' for c in SIGNS if c in counts)}"
        ),
        subtitle=(
            f"{pair.replace(' to ', ' and ')}: the same charge in two tellings, in our"
            f" words{guess}. Where a change was made, we can't see"
        ),
        description=f"Table of {len(found)} elements. "
        + " ".join(f"{capital(p.element)}: {p.change}." for p in found.itertuples()),
        source="; ".join(dict.fromkeys(found["address"])),
        evidence=tables.resolve("; ".join(dict.fromkeys(found["address"]))),
    )


def scales(tables) -> Matrix:
    """The two scales side by side: a letter for the source, a number for the information."""
    letters, numbers = (
        tables.scales[tables.scales["axis"] == axis] for axis in ("reliability", "credibility")
    )
    rows = [
        [
            f"<strong>{a.grade}</strong> {escape(a.name)}",
            escape(a.test),
            f"<strong>{b.grade}</strong> {escape(b.name)}",
            escape(b.test),
        ]
        for a, b in zip(letters.itertuples(), numbers.itertuples())
    ]
    return Matrix(["Source", "Ask", "Information", "Ask"], rows, widths=[21, 27, 22, 30]).tell(
        title=(
            f"{capital(number(len(letters)))} letters for the source, {number(len(numbers))}"
            " numbers for what it says"
        ),
        subtitle=(
            "Names of STANAG 2511 (2003), as a working group quotes them; questions in our words. F"
            " and 6 mean unknown: they stand last, and are not worst"
        ),
        description=f"Table of {len(letters)} letters and {len(numbers)} numbers: "
        + "; ".join(f"{s.grade} {s.name}" for s in tables.scales.itertuples())
        + ".",
        source=listed(dict.fromkeys(tables.scales["address"])),
        evidence=tables.resolve("; ".join(dict.fromkeys(tables.scales["address"]))),
    )


@styled
def troop_figures(tables) -> Picture:
    """Figures as dated points, each with its source; no line joins them, for they are not one
    quantity measured again.
    """
    found = tables.troop_figures
    admitted = stances_in(tables)
    admitted = admitted[(admitted["lane"] == "troops") & (admitted["stance"] == "admitted")]
    unseen = "no number seen" + (f" ({NUMBERS_SOUGHT})" if tables.knows(NUMBERS_SOUGHT) else "")
    picture = Picture(height=3.9)
    picture.subplots_adjust(left=0.085, right=0.985, top=0.9, bottom=0.09)
    axes = picture.add_subplot()
    days = [dt.date.fromisoformat(d) for d in found["date"]]
    axes.set_xlim(min(days) - dt.timedelta(days=15), max(days) + dt.timedelta(days=140))
    axes.set_ylim(0, found["number"].max() * 1.16)
    axes.yaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.grid(axis="y")
    axes.set_yticks(range(0, int(axes.get_ylim()[1]), STEP))
    axes.xaxis.set_major_locator(mdates.MonthLocator((1, 4, 7, 10)))
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y"))
    for name, (shape, colour) in COUNTS.items():
        axes.plot(
            [], [], shape, color=colour, markersize=8, linestyle="none", label=f"soldiers {name}"
        )
    for row, when in zip(found.itertuples(), days):
        shape, colour = COUNTS[row.counts]
        axes.plot(when, row.number, shape, color=colour, markersize=8, linestyle="none", zorder=4)
        axes.annotate(
            f"{'about ' if row.how == 'about' else ''}{row.number:,} · {row.by}",
            (mdates.date2num(when), row.number),
            xytext=(7, 3),
            textcoords="offset points",
            va="center",
            fontsize=10,
            color=colour,
        )
    for row, height in zip(admitted.itertuples(), (0.55, 0.45)):
        when = dt.date.fromisoformat(row.date)
        axes.axvline(when, color=COLOURS[row.side], linestyle=(0, (4, 3)), linewidth=1.2, zorder=1)
        axes.text(
            when,
            found["number"].max() * height,
            f"{row.side} admits, {unseen} ",
            ha="right",
            va="center",
            fontsize=10,
            color=COLOURS[row.side],
        )
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.02, 1.0),
        ncols=3,
        frameon=False,
        fontsize=10,
        handletextpad=0.2,
    )
    who = found["by"].nunique()
    return picture.tell(
        title=(
            f"{capital(number(len(found)))} figures by {number(who)} sources, of"
            f" {number(found['counts'].nunique())} different things; none by the two states that"
            " admitted the troops"
        ),
        subtitle=(
            "Each point: one source on one day, up to that day. Estimates by others, not counts. No"
            " line joins them, and they are no range"
        ),
        description=f"{len(found)} dated points. "
        + " ".join(
            f"{capital(day(f.date))}, {f.by}: {'about ' if f.how == 'about' else ''}{f.number:,}"
            f" {f.counts} ({f.remark})."
            for f in found.itertuples()
        )
        + " ".join(
            f" {capital(day(a.date))}: {a.side} admits that soldiers were there, {unseen}."
            for a in admitted.itertuples()
        ),
        source="; ".join(dict.fromkeys([*found["address"], *admitted["address"]])),
        evidence=tables.resolve(
            "; ".join(dict.fromkeys([*found["address"], *admitted["address"]]))
        ),
    )
