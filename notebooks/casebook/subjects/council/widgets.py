"""The Security Council: its line of time as of a day, resolutions counted by a rule, an article's
line judged, reasons side by side.
"""

from html import escape

import pandas as pd
from ipywidgets import Button, Dropdown, RadioButtons

from casebook.core.tables import Tables
from casebook.figure import BREAK, Html, badge, cell, html_table, marked, side_by_side
from casebook.figure.english import capital, count_words, day, listed, several, shortened
from casebook.panel.as_of import explore_days
from casebook.panel.controls import choose, pick
from casebook.panel.explore import Shown, explore
from casebook.panel.kept import keep, kept
from casebook.panel.panel import InPage, Panel, made
from casebook.subjects.council.charts.council import CouncilPicture
from casebook.subjects.council.methods import (
    CLASSES,
    JUDGEMENTS,
    counted,
    line_key,
    line_points,
    line_verdicts,
    printed_counts,
)

__all__ = ["count_resolutions", "explore_council", "judge_line", "weigh_reasons"]

SIGNS = {
    "holds": ("good", "✓ holds"),
    "holds in part": ("mixed", "± holds in part"),
    "fails": ("bad", "✗ fails"),
    "open": ("open", "? open"),
}
BOTH = "both"
LONGEST_LINE = 88  # characters in the list of lines: more would be cut off


def council_days(tables: Tables) -> list[str]:
    """The days of the control: the last on which no draft had been vetoed but all resolutions were
    known, then each on which a veto, an end, a body or a debate became public.
    """
    acts = tables.council.dropna(subset=["public_from"])
    before = acts.loc[acts["kind"] == "adopted", "public_from"].max()
    later = acts.loc[
        (acts["public_from"] > before)
        & acts["kind"].isin(["vetoed", "debated", "stays", "ended", "created"]),
        "public_from",
    ]
    return [d.strftime("%Y-%m-%d") for d in sorted({before, *later})]


def explore_council(tables: Tables) -> Panel:
    """The Council's line of time, hiding what was not yet public; a slider over the days that
    matter, or Earlier and Later.
    """
    picture, days = CouncilPicture(tables), council_days(tables)

    def new(index):
        acts = tables.council[
            (tables.council["public_from"] > days[index - 1])
            & (tables.council["public_from"] <= days[index])
        ]
        return (
            f"<p><strong>New since {day(days[index - 1])}:</strong></p><ul>"
            + "".join(
                f"<li>{capital(day(a.date))}: {escape(a.what)}<sup>{a.address}</sup></li>"
                for a in acts.itertuples()
            )
            + "</ul>"
        )

    return explore_days(
        "What had the Security Council done, and when did that change?",
        days,
        picture.as_of,
        new,
        latest=True,
        width="420px",
    )


def count_resolutions(tables: Tables) -> Panel:
    """Tick what counts as a sanctions resolution, and see the number; which printed counts it
    meets.
    """
    printed = printed_counts(tables)

    def draw(kinds: tuple[str, ...]) -> Shown:
        if not kinds:
            return Shown(
                f"<p>Tick at least one kind. In print stand {listed(map(str, printed))}.</p>",
                "Nothing is counted yet.",
            )
        found = counted(tables, list(kinds)).sort_values("date", kind="stable")
        return Shown(
            _counted_table(found),
            f"{capital(several(len(found), 'resolution'))} that"
            f" {' or '.join(CLASSES[kind] for kind in kinds)}. {_in_print(printed, len(found))}",
            lambda: tables.resolve("; ".join(dict.fromkeys(found["address"]))),
        )

    return explore(
        "How many sanctions resolutions are there? Count those …",
        kinds=pick(
            "Kinds",
            [(f"that {text}", name) for name, text in CLASSES.items()],
            width="400px",
            reads=CLASSES.get,
            joined=" or ".join,
        ),
        draw=draw,
    )


def _counted_table(found: pd.DataFrame) -> str:
    return html_table(
        ["Resolution", "When", "What", "Counted with those that", "Address"],
        [
            [f"{n}. {r.resolution:.0f}", day(r.date), r.what, CLASSES[r.counts_as], r.address]
            for n, r in enumerate(found.itertuples(), 1)
        ],
    )


def _in_print(printed: dict[int, str], count: int) -> str:
    """Whether a count is one of those that were seen in print."""
    if count in printed:
        return (
            f"In print, {count} is the number of {printed[count]}; whether by this rule, we don't"
            " know."
        )
    return f"None of the counts that we saw in print ({listed(map(str, printed))}) is {count}."


def judge_line(tables: Tables) -> Panel:
    """Choose an article's line, see the record's rows beside it, judge it, and be told why. A
    judgement is kept.

    Before a judgement the verdict stays hidden; of one kept from before it is told on request, so
    that none stands on a projector by accident.
    """
    # Not declared: it keeps a judgement, and what it shows hangs on what was pressed before. Long,
    # since its handlers share its controls.
    points, outlets = line_points(tables), tables.sources.set_index("source_id")["outlet"]
    found = line_verdicts(tables, points).set_index("line_id")
    called = [
        shortened(f"{outlets[v.source_id]}: {v.claim}", LONGEST_LINE) for v in found.itertuples()
    ]
    found = found.assign(called=called)
    line = made(
        Dropdown,
        options=list(zip(called, found.index)),
        value=found.index[0],
        description="Line",
        width="98%",
    )
    judged = made(
        RadioButtons,
        options=list(JUDGEMENTS),
        value=None,
        description="Your judgement",
        width="100%",
    )
    why = made(Button, description="Tell me why")
    panel = Panel(
        "One line in an article, and the record. Does the line hold?", [line, judged, why]
    )
    state = {"told": False, "says": ""}

    def open_line(_=None):
        """Show a line with the judgement of it that was kept, if there is one."""
        before, notice = kept("exercise", line_key(line.value))
        with panel.quietly():
            judged.value = before if before in JUDGEMENTS else None
        state.update(
            told=False,
            says=notice + (f"Kept from before: you say {judged.value}." if judged.value else ""),
        )
        draw()

    def on_judged(_):
        state.update(told=True, says=keep("exercise", line_key(line.value), judged.value))
        draw()

    def on_why(_):
        state.update(
            told=judged.value is not None,
            says="" if judged.value else "Judge first: this line has no judgement of yours yet.",
        )
        draw()

    def draw():
        row, mine = found.loc[line.value], points[points["line_id"] == line.value]
        body, says = _line_shown(tables, row, mine, judged.value, state["told"])
        panel.show(
            body,
            f"{state['says']} {says}".strip(),
            controls=(
                f"<p>Line: {escape(row['claim'])}; judgement: {judged.value or 'none yet'}</p>"
            ),
        )

    panel.watch(open_line, line)
    panel.watch(on_judged, judged)
    why.on_click(on_why)
    panel.in_page = InPage("line", lambda: _lines(tables, found, points))
    open_line()
    return panel


def _lines(tables, found, points) -> dict:
    """The lines for a page: of each the record beside it, the reasons, and what is said of each
    judgement.
    """
    lines = []
    for key, row in found.iterrows():
        mine = points[points["line_id"] == key]
        told = {judgement: _line_shown(tables, row, mine, judgement, True) for judgement in SIGNS}
        whole, beside = told["open"][0], _line_shown(tables, row, mine, None, False)[0]
        lines.append(
            {
                "key": line_key(key),
                "called": row["called"],
                "beside": beside,
                "why": whole.removeprefix(beside),
                "told": {judgement: says for judgement, (_, says) in told.items()},
            }
        )
    return {"lines": lines, "judgements": list(JUDGEMENTS)}


def _line_shown(tables, row, points, judgement, told) -> tuple[str, str]:
    """(HTML, what to say) of a line beside the record; ``told``: with the verdict and why."""
    rests = "; ".join(dict.fromkeys("; ".join(filter(None, points["rests_on"])).split("; ")))
    beside = _beside(tables, row, rests)
    if told:
        same = (
            "The same."
            if judgement == row["verdict"]
            else "Not the same: see why, point by point, and say where you part."
        )
        says = f"You say: {judgement}. By our reading of the rows: {row['verdict']}. {same}"
        return beside + _why(points), says
    if judgement:
        return beside, "Judge anew, or press “Tell me why”."
    return beside, "Read both sides, then judge."


def _beside(tables, row, rests) -> str:
    """The line and the record's rows, side by side."""
    record = (
        "".join(
            f"<p><strong>{capital(day(e.date))}:</strong> {marked(e.text)}"
            f"{_figure(tables, e.address)}<sup>{e.address}</sup></p>"
            for e in tables.resolve(rests)
        )
        or "<p>No row speaks to it.</p>"
    )
    line = cell(row["claim"], Html(f"<sup>{row['address']}</sup>"))
    return side_by_side({"The article, in our words": line, "The record": Html(record)}, (42, 58))


def _figure(tables, address) -> str:
    figures = dict(zip(tables.facts["fact_id"], tables.facts["figure"]))
    return f" <em>{escape(figures[address])}</em>." if figures.get(address) else ""


def _why(points) -> str:
    return html_table(
        ["What is asked", "The line says", "The record says", "So"],
        [
            [
                f"{capital(p.asks)}{f', {day(p.when)}' if p.when else ''}"
                f"{f' {p.state}' if p.state else ''}",
                _said(p.says),
                _said(p.record) or "not found",
                cell(badge(*SIGNS[p.result]), BREAK, p.why),
            ]
            for p in points.itertuples()
        ],
    )


def _said(values: str) -> str:
    """Values as words, dates written out."""
    return listed(day(v) if v[:2] == "20" else v for v in filter(None, values.split("; ")))


def weigh_reasons(tables: Tables) -> Panel:
    """The reasons given on an occasion by both sides, at the same length; or one side alone."""
    found = tables.reasons[tables.reasons["use"] == "lesson"]
    occasions, sides = list(dict.fromkeys(found["occasion"])), list(dict.fromkeys(found["side"]))

    def draw(when: str, side: str) -> Shown:
        here = found[found["occasion"] == when]
        shown = sides if side == BOTH else [side]
        counts = "; ".join(
            f"{s}: {_speakers(here, s)},"
            f" {sum(map(count_words, here.loc[here['side'] == s, 'text']))} words of ours"
            for s in shown
        )
        return Shown(
            _reasons_table(here, shown),
            f"{when}: {counts}.",
            lambda: tables.resolve("; ".join(here.loc[here["side"].isin(shown), "address"])),
        )

    return explore(
        "Why? What did each side say?",
        when=choose("When", occasions, width="260px"),
        side=choose("Who spoke", [("both sides", BOTH), *((s, s) for s in sides)], width="260px"),
        draw=draw,
        stored="{when}; {side}",
    )


def _reasons_table(reasons: pd.DataFrame, sides: list[str]) -> str:
    """The reasons of an occasion, a column for each side."""
    told = {
        capital(s): Html("".join(map(_reason, reasons[reasons["side"] == s].itertuples())))
        for s in sides
    }
    return (
        f"{side_by_side(told)}<p>"
        "<small>Told in our words; between marks a speaker's own. A reason given is not yet a"
        " reason held: why a state votes as it does, its words don't prove.</small></p>"
    )


def _speakers(rows, side) -> str:
    return several(
        rows.loc[rows["side"] == side, "speaker"].str.replace(r" \(.*", "", regex=True).nunique(),
        "speaker",
    )


def _reason(row) -> str:
    return (
        f"<p><strong>{escape(row.speaker)}</strong>, {day(row.date)}: {escape(row.text)}"
        f"<sup>{row.address}</sup> <small>({escape(row.seen_in)})</small></p>"
    )
