"""Set a situation, vote, and see what the treaties' wording says about it; choose a promise, and
read its three squares.
"""

from html import escape

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import Html, as_html, badge, html_table, strong
from casebook.figure.english import capital, listed
from casebook.panel.controls import choose
from casebook.panel.explore import Shown, explore
from casebook.panel.panel import Panel
from casebook.subjects.treaties.charts.squares import SQUARES, squares
from casebook.subjects.treaties.methods import (
    BY_WHOM,
    NOT,
    NOTHING,
    ON_WHOM,
    OPEN,
    SITUATIONS,
    SPEAKS,
    UNSEEN,
    clauses_for,
    obligation_grid,
    outcome,
)

__all__ = ["explore_promises", "explore_situation"]

SIGNS = {
    SPEAKS: ("good", "✓ speaks about it"),
    NOT: ("bad", "✗ does not"),
    OPEN: ("mixed", "± can't be told"),
    UNSEEN: ("open", "? text not seen"),
}
NOT_YET = "not yet"
# What the treaty then asks of the other party, as a vote and as the wording gives it.
VOTES = {
    "help": "it must help, within limits",
    "consult": "the two must talk",
    NOTHING: "nothing that names it",
    OPEN: "can't be told",
}
NO_VERDICT = (
    "<p>This reads published words and is no verdict. Whether an event is an attack, whether it has"
    " put the attacked in a state of war, as the articles on help ask, whether one side has asked,"
    " whether the treaty was in force on that day, and what the original languages say, it can't"
    " tell you.</p>"
)


def explore_situation(tables: Tables) -> Panel:
    """A situation and a treaty: the class votes on what the other party then owes, and then sees
    which clauses' wording speaks about it. No legal verdict.
    """
    years = list(tables.treaties["treaty_id"])[::-1]
    parties = tables.treaties.set_index("treaty_id")["parties"]

    def draw(what: str, whom: str, by: str, treaty: str, vote: str) -> Shown:
        found = clauses_for(tables, what, whom, by)
        found = found[found["treaty_id"] == treaty]
        cell = _cell_without_clause(tables, what, whom, treaty, found)
        now = outcome(tables, what, whom, by, treaty)
        lines = [*_clause_lines(found, vote), *_cell_line(cell, what, vote)]
        addresses = "; ".join([*found["address"], *filter(None, cell["address"])])
        setting = (
            f"{capital(SITUATIONS[what])} on {whom} by {by}; the treaty of {treaty}"
            f" ({parties[treaty]})."
        )
        return Shown(
            _table(lines, vote) + NO_VERDICT,
            f"{setting} {_answer(found, now, vote)}",
            lambda: tables.resolve(addresses) if addresses else [],
        )

    return explore(
        "Set a situation. By the treaty's wording, what does the other party then owe?",
        what=choose(
            "There is",
            [(capital(text), key) for key, text in SITUATIONS.items()],
            "attack",
            width="235px",
        ),
        whom=choose("on", ON_WHOM, "North Korea", width="175px"),
        by=choose("by", BY_WHOM, "one state", width="175px"),
        treaty=choose("Treaty", years, width="130px"),
        vote=choose(
            "Our vote",
            [(NOT_YET, NOT_YET), *((text, value) for value, text in VOTES.items())],
            width="330px",
            anew="what whom by treaty",
        ),
        draw=draw,
        stored="{what} on {whom} by {by}; treaty: {treaty}; our vote: {vote}",
    )


def _cell_without_clause(tables, situation, on_whom, treaty, found) -> pd.DataFrame:
    """The cell of the grid on a situation of which we have no clause of the treaty; of a third
    state no cell speaks.
    """
    cells = tables.obligations
    here = (cells["situation"] == situation) & (cells["treaty_id"] == treaty)
    have = (found["situation"] == situation).any()
    return cells[here & (not have and on_whom != "a third state")]


def _table(lines: list[list[str]], vote: str) -> str:
    answered = [] if vote == NOT_YET else ["Does it speak about this?"]
    head = ["Clause", "The published English", "In keeping with, in our words", *answered]
    return html_table(head, lines, widths=[15, 0, 20, *[22] * len(answered)])


def _clause_lines(found: pd.DataFrame, vote: str) -> list[list[str]]:
    """A line for each clause with its English versions; the answer only after the vote."""
    lines = []
    for _, versions in found.groupby(["treaty_id", "article"], sort=False):
        one = next(versions.itertuples())
        words = Html("<br>".join(_wording(v) for v in versions.itertuples()))
        name = strong(one.article or "article number not seen")
        line = [name, words, _besides(one)]
        if vote != NOT_YET:
            line.append(Html(f"{badge(*SIGNS[one.answer])}<br>{escape(one.reason)}"))
        lines.append(line)
    return lines


def _cell_line(cell: pd.DataFrame, situation: str, vote: str) -> list[list[str]]:
    """What the grid says where no clause was seen or there is none; only after the vote."""
    if vote == NOT_YET:
        return []
    return [
        [
            strong(f"on {SITUATIONS[situation]}"),
            f"{c.why} ({c.address})" if c.address else c.why,
            "–",
            badge(*SIGNS[NOT if c.cell == "no" else UNSEEN]),
        ]
        for c in cell.itertuples()
    ]


def _wording(version) -> str:
    text = f"… {version.when} … {version.then}"
    return f"<strong>{escape(version.version)}:</strong> “{escape(text)}”" + as_html(
        f" ({version.address})"
    )


def _besides(clause) -> str:
    parts = [clause.qualifications] if clause.qualifications else []
    parts += ["at one side's request"] if clause.at_request == "yes" else []
    parts += ["other conditions not known"] if clause.at_request == "not known" else []
    return "; ".join(parts) or "nothing that it names"


def _answer(found: pd.DataFrame, now: str, vote: str) -> str:
    """The line after the setting: vote first; then the vote and the wording side by side."""
    if vote == NOT_YET:
        return "Vote first; then the wording answers."
    speaks = found.loc[found["answer"] == SPEAKS, "article"].drop_duplicates()
    where = listed(article or "a clause without a number" for article in speaks)
    by = f", by {where}" if where else ""
    agree = "Vote and wording agree" if vote == now else "Vote and wording differ: find out why"
    return (
        f"Our vote: {VOTES[vote]}. The wording: {VOTES[now]}{by}. {agree}. It is no legal verdict."
    )


def explore_promises(tables: Tables) -> Panel:
    """The grid as squares; a promise is chosen, and its three squares are read out with their
    reasons.
    """
    grid = obligation_grid(tables)
    names = dict(zip(grid["obligation_id"], grid["obligation"]))

    def draw(promise: str) -> Shown:
        exhibit = squares(tables, promise)
        cells = tables.obligations[tables.obligations["obligation_id"] == promise]
        lines = [
            [
                strong(c.treaty_id),
                badge(SQUARES[c.cell][0], f"{SQUARES[c.cell][1]} {SQUARES[c.cell][2]}"),
                f"{c.article}: {c.why}" if c.article else c.why,
                "; ".join(filter(None, (c.address, getattr(c, "search", "")))),
            ]
            for c in cells.itertuples()
        ]
        found = html_table(["Treaty", "Square", "Why", "Address"], lines, widths=[9, 13, 0, 20])
        told = listed(f"{c.treaty_id} {SQUARES[c.cell][2]}" for c in cells.itertuples())
        return Shown(
            found + exhibit.html(in_panel=True),
            f"{capital(names[promise])}: {told}.",
            lambda: tables.resolve("; ".join(filter(None, cells["address"]))),
        )

    return explore(
        "Choose a promise. What stands behind its three squares?",
        promise=choose(
            "Promise", [(capital(text), key) for key, text in names.items()], width="560px"
        ),
        draw=draw,
    )
