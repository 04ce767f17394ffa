"""Cards that are opened before a class that votes, and how the statement stands on a day."""

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from casebook.core.tables import Tables
from casebook.subjects.reports.methods.coverage import verdicts

# What a class can vote, by the verdict that it would be: its sign and its word.
VOTES = {
    "supported": ("▲", "true"),
    "open": ("●", "can't tell"),
    "contradicted": ("▼", "false"),
}
THEN = "then"  # the vote of a judge on an earlier day, after all cards


class Judged(NamedTuple):
    """A statement on a day (None: with all we have): its verdict, the cards that are public, and
    what bears on it then.
    """

    day: str | None
    verdict: str
    cards: list[str]
    bearings: pd.DataFrame


def cards_of(tables: Tables, statement: str) -> pd.DataFrame:
    """The cards of a statement, in the order in which they are opened."""
    return tables.cards[tables.cards["statement_id"] == statement].reset_index(drop=True)


def steps(tables: Tables, statement: str) -> list[str]:
    """What is voted on, one after the other: each card, then the judge of an earlier day."""
    return [*cards_of(tables, statement)["card_id"], THEN]


def vote_key(statement: str, step: str) -> str:
    """The key under which a vote is kept."""
    return f"01-{statement}-{step}"


def vote_keys(tables: Tables) -> list[str]:
    """The keys of all votes on cards."""
    return [
        vote_key(statement, step)
        for statement in tables.cards["statement_id"].unique()
        for step in steps(tables, statement)
    ]


def judged(tables: Tables, statement: str, day: str | None) -> Judged:
    """How the statement stands by what was public on a day."""
    view = tables.as_of(day)
    verdict = verdicts(view).set_index("statement_id").at[statement, "verdict"]
    bearings = view.bearings[view.bearings["statement_id"] == statement]
    return Judged(day, verdict, list(cards_of(view, statement)["card_id"]), bearings)


def turns(path: Iterable[str | None]) -> int:
    """How often a vote differs from the one before it; where none was given, it counts as not
    there.
    """
    given = [vote for vote in path if vote]
    return sum(before != after for before, after in zip(given, given[1:]))
