"""Cards on outlets: six questions about each, and what pages from outside say."""

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import TableExhibit, badge, cell, evidence_of, strong
from casebook.figure.english import listed, none_or, number
from casebook.subjects.outlets.methods import cards_found

__all__ = ["outlets"]

ASKED = {
    "owner": "Who owns it?",
    "founded": "Since when is it there?",
    "pays": "Who pays?",
    "itself": "What does it say of itself?",
    "others": "What do others say?",
    "copy": "How does it get its copy?",
}
FOUND = {
    "yes": ("good", "✓ found"),
    "in part": ("mixed", "◐ in part"),
    "no": ("open", "? not found"),
    "": ("later", "· not public yet"),
}
ANSWERED = ("yes", "in part")


def _places(line) -> list[str]:
    """The addresses of a line, and the search behind what was not found."""
    return [*filter(None, line.address.split("; ")), *filter(None, [getattr(line, "search", "")])]


def outlet_card(tables: Tables, card_id: str) -> TableExhibit:
    """One card: six questions about an outlet, what pages from outside say, or that nothing was
    found. Raises KeyError for an unknown card.
    """
    lines = tables.outlet_cards[tables.outlet_cards["card_id"] == card_id]
    if lines.empty:
        there = ", ".join(tables.outlet_cards["card_id"].unique())
        raise KeyError(f"there is no card {card_id!r}; there are: {there}")
    places = list(dict.fromkeys(place for x in lines.itertuples() for place in _places(x)))
    lost = int((lines["found"] == "no").sum())
    return TableExhibit(
        ["Question", "Found?", "What pages say", "Address"],
        [
            [strong(ASKED[x.question]), badge(*FOUND[x.found]), x.answer, "; ".join(_places(x))]
            for x in lines.itertuples()
        ],
        widths=[20, 13, 0, 17],
    ).describe(
        title=(
            f"{lines['outlet'].iloc[0]}: of {number(len(lines))} questions, {none_or(lost)} without"
            " an answer"
        ),
        subtitle="From stored pages; “not found” does not mean that there is nothing",
        description=f"Card with {len(lines)} lines. "
        + " ".join(f"{ASKED[x.question]} {x.answer}" for x in lines.itertuples()),
        source="; ".join(places) or "no page was found",
        evidence=evidence_of(tables, places),
    )


def _found_for(answers: pd.Series) -> str:
    """For how many the answer was found, and for how many a part of it."""
    part = int((answers == "in part").sum())
    return none_or(int((answers == "yes").sum())) + (
        f", in part for {number(part)} more" if part else ""
    )


def outlets(tables: Tables) -> TableExhibit:
    """All cards at a glance: which question has an answer for which outlet."""
    grid = cards_found(tables)
    names = tables.outlet_cards.drop_duplicates("card_id").set_index("card_id")["outlet"]
    answered = grid.isin(ANSWERED)
    empty = names[answered.index[~answered[["owner", "pays", "others"]].any(axis=1)]]
    return TableExhibit(
        ["Outlet", *(ASKED[q] for q in grid)],
        [
            [
                cell(strong(card), " ", names[card].removeprefix(card).lstrip(", ")),
                *(badge(*FOUND[found]) for found in cells),
            ]
            for card, cells in zip(grid.index, grid.to_numpy())
        ],
        widths=[22, *[13] * len(grid.columns)],
    ).describe(
        title=(
            f"Of {number(len(grid))}, an owner was found for {_found_for(grid['owner'])}; who pays"
            f" for {_found_for(grid['pays'])}; nothing on either, nor from others, for"
            f" {listed(empty)}"
        ),
        subtitle="What pages from outside say about each outlet and about the agency behind them",
        description=f"Grid of {len(grid)} outlets by {len(grid.columns)} questions. "
        + " ".join(f"{ASKED[q]} answered for {_found_for(grid[q])}." for q in grid),
        source="table outlet_cards; the facts and searches below",
        evidence=evidence_of(tables, *map(_places, tables.outlet_cards.itertuples())),
    )
