"""The cards on a statement as they are shown: the one just opened, those before it, the path of
the votes, and how the statement stands on a day.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import (
    Html,
    TableExhibit,
    as_html,
    badge,
    cell,
    evidence_of,
    html_table,
    marked,
    rows_table,
    small,
    strong,
)
from casebook.figure.english import day, listed, number, several
from casebook.subjects.reports.methods.cards import (
    THEN,
    VOTES,
    Judged,
    cards_of,
    judged,
    steps,
    turns,
    vote_key,
)

__all__ = ["cards_to_read"]

TONES = {"supported": "good", "open": "mixed", "contradicted": "bad"}
COVERED = "▨ covered"
BIG = "font-size: 20px; line-height: 1.4; margin: 6px 0"
START = "start"


def vote_word(vote: str | None) -> str:
    """A vote as sign and word; a dash where none was given."""
    return " ".join(VOTES[vote]) if vote else "–"


def since(card: tuple) -> str:
    """From which day a card is public, in words."""
    return f"Public since {day(card.public_from)}"


def card_front(card: tuple, place: int, of: int) -> Html:
    """The card just opened, large enough for the back of a room."""
    return Html(
        "<div class='lp-card' style='border: 2px solid #0b5fa5; border-radius: 8px;"
        " padding: 8px 16px; margin: 8px 0'>"
        f"<p style='margin: 0'>{badge('new', f'Card {place} of {of}')}"
        f" {strong(card.heading)} · {as_html(since(card))}</p>"
        f"<p style='{BIG}'>{marked_text(card)}</p></div>"
    )


def cards_before(cards: pd.DataFrame, public: Sequence[str] | None = None) -> Html:
    """Cards opened before, a row each; those that are not in ``public``, where it is given, lie
    covered.
    """
    rows = []
    for place, card in enumerate(cards.itertuples(), 1):
        there = public is None or card.card_id in public
        says = marked_text(card) if there else badge("open", f"{COVERED}: {card.heading}")
        rows.append([str(place), since(card).removeprefix("Public since "), says])
    return html_table(["Card", "Public since", "What it says"], rows, kind="lp-rows")


def marked_text(card: tuple) -> Html:
    """What a card says, with its addresses behind it, unless the text names them itself."""
    said = marked(card.says)
    mark = f"<sup>{as_html(card.address)}</sup>"
    return Html(said if mark in said else said + mark)


def vote_path(path: Mapping[str, str | None], names: Mapping[str, str]) -> Html:
    """All votes so far: a mark a step in three lanes, and the same in a line of text."""
    heads = ["Your vote", *(as_html(names[step]) for step in path)]
    lanes = [
        [
            f"{sign} {word}",
            *(badge(TONES[vote], sign) if path[step] == vote else "" for step in path),
        ]
        for vote, (sign, word) in VOTES.items()
    ]
    told = " → ".join(f"{names[step]}: {vote_word(vote)}" for step, vote in path.items())
    count = turns(path.values())
    often = {1: "once", 2: "twice"}.get(count, f"{number(count)} times")
    turned = f"It has turned {often}." if count else "It has not turned yet."
    table = html_table(heads, lanes, kind="lp-path")
    return Html(f"{table}<p>{as_html(told)}. {turned}</p>")


def step_names(steps: Sequence[str], then: str) -> dict[str, str]:
    """How the path calls its steps: the start, the cards by their place, the judge by the day."""
    cards = {step: str(n) for n, step in enumerate(steps, 1) if step != THEN}
    return {START: "start", **cards, THEN: day(then)}


NOTHING_BEARS = "Nothing that was public speaks for it or against it."


def verdict_of_day(found: Judged, cards: pd.DataFrame) -> Html:
    """How the statement stood on a day: the cards that were public, what bore on it, and its
    verdict.
    """
    reasons = [f"{b.bearing}: {b.why} ({b.address})" for b in found.bearings.itertuples()]
    missing = cards[~cards["card_id"].isin(found.cards)]
    late = [f"{card.heading} ({card.address})" for card in missing.itertuples()]
    row = [
        strong(f"A judge of {day(found.day)}"),
        f"{number(len(found.cards))} of {number(len(cards))}",
        cell(*(Html(f"{as_html(reason)}<br>") for reason in reasons or [NOTHING_BEARS])),
        as_html("; ".join(late) or "none"),
        _verdict(found.verdict),
    ]
    heads = ["Who judges", "Cards public", "What bears on it", "Not public yet", "Verdict"]
    note = small("The verdict follows from the cards that were public on that day.")
    return Html(f"{html_table(heads, [row], kind='lp-rows')}<p>{note}</p>")


def cards_for_page(tables: Tables, statement: str, then: str) -> dict:
    """The cards of a statement for a page without a kernel: what each step shows (the card just
    opened, those before it, their rows), the verdict of the judge, how votes are shown.
    """
    cards, names = cards_of(tables, statement), step_names(steps(tables, statement), then)
    found = judged(tables, statement, then)
    shown = [_step_shown(tables, cards, place) for place in range(1, len(cards) + 1)]
    public = cards[cards["card_id"].isin(found.cards)]
    shown.append(
        {
            "front": "",
            "before": cards_before(cards, found.cards),
            "rows": rows_table(tables.resolve("; ".join(public["address"]))),
        }
    )
    keys = [vote_key(statement, step) for step in steps(tables, statement)]
    return {
        "steps": [{"key": key, **step} for key, step in zip(keys, shown)],
        "names": list(names.values()),
        "votes": [
            [vote, sign, word, badge(TONES[vote], sign)] for vote, (sign, word) in VOTES.items()
        ],
        "no_rows": rows_table([]),
        "verdict": verdict_of_day(found, cards),
        "judged": found.verdict,
    }


def _step_shown(tables: Tables, cards: pd.DataFrame, place: int) -> dict:
    """What the step shows that opens the card at a place, from 1."""
    opened, before = cards.head(place), cards.head(place - 1)
    *_, card = opened.itertuples()
    return {
        "front": card_front(card, place, len(cards)),
        "before": cards_before(before) if len(before) else "",
        "rows": rows_table(tables.resolve("; ".join(opened["address"]))),
    }


def _verdict(verdict: str) -> Html:
    """A verdict, with the vote that it would be."""
    sign, word = VOTES[verdict]
    return cell(badge(TONES[verdict], f"{sign} {verdict}"), f" ({word})")


def cards_to_read(tables: Tables, day_of_judge: str = "2022-08-31") -> TableExhibit:
    """The cards on paper: a line for each vote with boxes to tick; on the teacher's copy what is to
    be read aloud, and since when it has been public.
    """
    boxes = " ".join(f"☐ {word}".replace(" ", "\u00a0") for _, word in VOTES.values())
    rows = [
        [f"Card {n}", boxes, since(card).removeprefix("Public since "), marked_text(card)]
        for n, card in enumerate(tables.cards.itertuples(), 1)
    ]
    judge = f"As a judge of {day(day_of_judge)}"
    known = judged_cards(tables, day_of_judge)
    rows.append([judge, boxes, "", f"Only {known} were public on that day."])
    return TableExhibit(
        ["", "Your vote", "Public since", "What it says, in a few words"], rows, [13, 33, 17, 0]
    ).describe(
        title=f"{several(len(tables.cards), 'card').capitalize()} to vote on",
        subtitle="Read one aloud, vote, and go on",
        description=f"Table of {len(tables.cards)} cards with the day since which each is public.",
        source="table cards",
        evidence=evidence_of(tables, tables.cards["address"]),
    )


def judged_cards(tables: Tables, on: str) -> str:
    """Which cards were public on a day, by their places: 'the cards 1, 2 and 5'."""
    public = set(tables.as_of(on).cards["card_id"])
    return "the cards " + listed(
        str(n) for n, card in enumerate(tables.cards["card_id"], 1) if card in public
    )
