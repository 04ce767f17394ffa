"""Reports side by side by topic, a statement weighed against evidence as of a day, and a vote that
is taken again after each card.
"""

from collections.abc import Sequence
from functools import cache
from html import escape

import pandas as pd
from ipywidgets import Button, Checkbox, RadioButtons

from casebook.core.tables import Tables
from casebook.figure import Html, badge, rows_table, side_by_side
from casebook.figure.english import capital, day, listed, several, shortened
from casebook.panel.controls import choose, days_to_choose, tick
from casebook.panel.explore import ROWS, Shown, explore
from casebook.panel.kept import keep, kept
from casebook.panel.panel import Fold, InPage, Panel, made
from casebook.subjects.reports.charts.cards import (
    START,
    card_front,
    cards_before,
    cards_for_page,
    step_names,
    verdict_of_day,
    vote_path,
    vote_word,
)
from casebook.subjects.reports.charts.reports import SIGNS
from casebook.subjects.reports.methods.cards import (
    THEN,
    VOTES,
    cards_of,
    judged,
    steps,
    vote_key,
)
from casebook.subjects.reports.methods.corpus import outlet_names
from casebook.subjects.reports.methods.coverage import position_matrix, reports, verdicts

__all__ = ["compare_reports", "vote_by_cards", "weigh_statement"]

VOICE = {"quoted": "“ ” quoted", "paraphrased": "↻ told in other words", "outlet": "▪ own voice"}


def compare_reports(
    tables: Tables, sources: Sequence[str] | None = None, topics: Sequence[str] | None = None
) -> Panel:
    """Pick a topic; each report's claims on it side by side, blank where none is filed under it.

    ``topics`` are those to choose from; None: the topics of the statements by which the reports are
    compared.
    """
    sources = reports(tables) if sources is None else list(sources)
    topics = list(dict.fromkeys(tables.statements["topic"])) if topics is None else list(topics)
    claims = tables.claims[
        tables.claims["source_id"].isin(sources)
        & (tables.claims["role"] != "artefact")
        & tables.claims["topic"].isin(topics)
    ]

    names = outlet_names(tables)

    def draw(topic: str, words: bool) -> Shown:
        here = claims[claims["topic"] == topic]
        mine = {source: here[here["source_id"] == source] for source in sources}
        cells = {source: _claims_cell(tables, mine[source], words) for source in sources}
        return Shown(
            _side_by_side(tables, cells),
            _who_is_silent(topic, {names[s]: len(found) for s, found in mine.items()}),
        )

    there = set(claims["topic"])
    return explore(
        "Who says what about it, and who is silent?",
        topic=choose(
            "Topic", [(t.replace("_", " "), t) for t in topics if t in there], width="300px"
        ),
        words=tick("Show the quoted words"),
        draw=draw,
        stored="Topic: {topic}",
        rows="",
    )


def _side_by_side(tables: Tables, cells: dict[str, str]) -> str:
    """A column for each report: {source_id: HTML}."""
    names = outlet_names(tables)
    table = side_by_side({names[source]: Html(cell) for source, cell in cells.items()})
    return (
        f"{table}<p><small>"
        "Claims in our words; each stands in the paragraph named. “ ” quoted: the report gives the"
        " words between quotation marks. ↻ told in other words: it names who said it. ▪ own voice:"
        " it says so itself.</small></p>"
    )


def _claims_cell(tables: Tables, claims: pd.DataFrame, words: bool) -> str:
    """One report's claims on a topic; ``words``: with the words quoted in them."""
    if claims.empty:
        return badge("open", "· no claim on this topic")
    lines = "".join(
        f"<li>{escape(c.claim)} <small>({VOICE[c.voice]}, ¶{c.paragraph})</small></li>"
        for c in claims.itertuples()
    )
    text = f"<ul style='margin: 0; padding-left: 16px'>{lines}</ul>"
    if words:
        quoted = tables.quotes[
            tables.quotes["source_id"].isin(claims["source_id"])
            & tables.quotes["paragraph"].isin(claims.loc[claims["voice"] == "quoted", "paragraph"])
        ]
        text += "".join(
            f"<p>“{escape(q.text)}” <small>¶{q.paragraph}, {escape(q.speaker)}</small></p>"
            for q in quoted.itertuples()
        )
    return text


def _who_is_silent(topic: str, counts: dict[str, int]) -> str:
    silent = [outlet for outlet, count in counts.items() if not count]
    says = f"{capital(topic.replace('_', ' '))}: " + "; ".join(
        f"{outlet} {several(count, 'claim')}" for outlet, count in counts.items() if count
    )
    if silent:
        return f"{says}. No claim of {listed(silent)} is filed under this topic."
    return f"{says}. Each report has a claim on it."


def weigh_statement(tables: Tables, days: Sequence[str], start: str | None = None) -> Panel:
    """Pick a statement that one report alone makes, and a day: what evidence was there, and how did
    the statement stand?

    ``days`` are the days to judge by (ISO text); ``start`` is the statement shown first
    (statement_id).
    """
    makes = position_matrix(tables).isin(["agrees", "both"])
    names = outlet_names(tables)
    alone = {
        key: names[makes.columns[makes.loc[key]][0]]
        for key in makes.index
        if makes.loc[key].sum() == 1
    }
    texts = tables.statements.set_index("statement_id")["statement"]
    view = cache(tables.as_of)

    def draw(statement: str, day: str | None) -> Shown:
        return _weighed(view(day), statement, alone[statement], day)

    return explore(
        "One report alone says it. Does it hold?",
        statement=choose(
            "Statement",
            [(f"{outlet}: {shortened(texts[key], 56)}", key) for key, outlet in alone.items()],
            start,
            width="98%",
        ),
        day=days_to_choose(days, label="Judge it"),
        draw=draw,
        stored="Statement {statement}; {day}",
        rows="",
    )


def _weighed(view: Tables, statement: str, outlet: str, as_of: str | None) -> Shown:
    """A statement with the evidence for and against it in a view of a day (None: of all)."""
    row = verdicts(view).set_index("statement_id").loc[statement]
    bearings = view.bearings[view.bearings["statement_id"] == statement]
    lines = "".join(
        f"<li>{badge(SIGNS[_sign(b.bearing)][0], b.bearing)}"
        f" {escape(b.why)}<sup>{b.address}</sup></li>"
        for b in bearings.itertuples()
    )
    body = (
        f"<p><strong>{escape(row['statement'])}</strong> <small>(only {escape(outlet)})</small></p>"
    )
    if lines:
        body += f"<ul>{lines}</ul>{rows_table(view.resolve(row['evidence']))}"
    else:
        body += (
            "<p>In this view our tables hold no row from outside the reports for or against it."
            " That is not evidence that it is false.</p>"
        )
    if as_of and lines:
        body += (
            "<p><small>Where each row comes from stands in the latest view: the pages may be"
            " later than the day.</small></p>"
        )
    return Shown(
        body,
        f"{f'As of {day(as_of)}' if as_of else 'With all we have'}: {row['verdict']}, on"
        f" {several(len(bearings), 'piece')} of evidence from outside the three reports.",
    )


def _sign(bearing: str) -> str:
    return {"supports": "agrees", "contradicts": "contradicts", "may explain": "silent"}.get(
        bearing, "both"
    )


def vote_by_cards(tables: Tables, statement: str, first: str, day: str) -> Panel:
    """Vote on a statement again after each card of evidence; then as a judge of a ``day``, for whom
    what was not public yet lies covered; then see how it stood on that day. ``first`` is the
    exercise with the vote before any card; its comparison, further down, tells how it stands today.
    All votes are kept.
    """
    # Not declared: each vote is kept, and the path shows all that were given.
    scene = _Scene(tables, statement, first, day)
    return scene.panel


class _Scene:
    """The cards of a statement, the votes on them, and how many are open."""

    def __init__(self, tables: Tables, statement: str, first: str, day: str):
        self._tables, self._statement, self._first, self._day = tables, statement, first, day
        self._cards, self._steps = cards_of(tables, statement), steps(tables, statement)
        self._names = step_names(self._steps, day)
        before, notice = kept("exercise")
        votes = {step: before.get(vote_key(statement, step)) for step in self._steps}
        self._votes = {step: vote for step, vote in votes.items() if vote in VOTES}
        self._open = next(
            (n for n, step in enumerate(self._steps) if step not in self._votes), len(self._steps)
        )
        self._vote = made(
            RadioButtons,
            options=[(" ".join(words), vote) for vote, words in VOTES.items()],
            value=None,
            description="Your vote now",
            width="260px",
        )
        self._next = made(Button, description="Open the next card", width="230px")
        self._back = made(Button, description="Close the last card")
        self._found = Fold("What we found", "", hide="Hide what we found")
        self._rows = made(Checkbox, value=False, description=ROWS, indent=False)
        buttons = [self._next, self._back, self._found.button]
        text = tables.statements.set_index("statement_id").at[statement, "statement"]
        self.panel = Panel(
            f"True, false, or can't you tell? “{text}”", [self._vote, *buttons, self._rows]
        )
        self.panel.in_page = InPage("cards", self._for_page)
        self._wire()
        told = f"Kept from before: {several(len(self._votes), 'vote')}. " if self._votes else ""
        self._draw(notice + told)

    def _for_page(self) -> dict:
        told = cards_for_page(self._tables, self._statement, self._day)
        return told | {"first": self._first, "rows_label": ROWS}

    def _wire(self) -> None:
        self.panel.watch(self._voted, self._vote)
        self.panel.watch(lambda _: self._draw(), self._rows)
        self._next.on_click(lambda _: self._step(1))
        self._back.on_click(lambda _: self._step(-1))
        self._found.on_press(self._draw)

    @property
    def _now(self) -> str | None:
        """The step that is voted on; None before the first card."""
        return self._steps[self._open - 1] if self._open else None

    @property
    def _done(self) -> bool:
        return self._open == len(self._steps) and self._now in self._votes

    def _step(self, by: int) -> None:
        if by > 0 and self._now and self._now not in self._votes:
            self._draw("Vote first: what do you think now? ")
        elif not 0 <= self._open + by <= len(self._steps):
            self._draw("No card is open. " if by < 0 else "All cards are open. ")
        else:
            self._open += by
            self._draw()

    def _voted(self, change: dict) -> None:
        self._votes[self._now] = change["new"]
        self._draw(keep("exercise", vote_key(self._statement, self._now), change["new"]))

    def _draw(self, told: str = "") -> None:
        with self.panel.quietly():
            self._vote.value = self._votes.get(self._now)
            self._vote.disabled = self._now is None
            self._found.button.disabled = not self._done
            self._next.description = self._what_is_next()
            self._next.disabled = self._open == len(self._steps)
        shown = (self._verdict() if self._found.is_open and self._done else "") + self._table()
        if self._rows.value:
            shown += rows_table(self._tables.resolve("; ".join(self._in_sight["address"])))
        cards = f"<p>{capital(several(len(self._cards), 'card'))}, to be opened one at a time.</p>"
        self.panel.show(shown, f"{told}{self._says()}", cards)

    def _what_is_next(self) -> str:
        left = len(self._steps) - self._open
        return {0: "All are open", 1: f"Go back to {day(self._day)}"}.get(
            left, "Open the next card"
        )

    @property
    def _opened(self) -> pd.DataFrame:
        return self._cards.head(self._open)

    @property
    def _in_sight(self) -> pd.DataFrame:
        """The open cards; for the judge of the day those that were public."""
        if self._now != THEN:
            return self._opened
        public = judged(self._tables, self._statement, self._day).cards
        return self._opened[self._opened["card_id"].isin(public)]

    def _table(self) -> str:
        """The card just opened, the path of the votes, the cards before it."""
        if not self._open:
            return "<p>All cards lie face down. Open the first, read it aloud, and vote.</p>"
        public = None
        front, before = "", self._opened
        if self._now == THEN:
            public = list(self._in_sight["card_id"])
        else:
            *_, card = self._opened.itertuples()
            front, before = card_front(card, self._open, len(self._cards)), self._opened.iloc[:-1]
        table = cards_before(before, public) if len(before) else ""
        return front + vote_path(self._path(), self._names) + table

    def _path(self) -> dict[str, str | None]:
        first, _ = kept("prediction", self._first)
        path = {START: first if first in VOTES else None}
        return path | {step: self._votes.get(step) for step in self._steps[: self._open]}

    def _verdict(self) -> str:
        found = judged(self._tables, self._statement, self._day)
        return verdict_of_day(found, self._cards)

    def _says(self) -> str:
        if not self._open:
            return "No card is open yet."
        vote = self._votes.get(self._now)
        now = f"Your vote: {vote_word(vote)}." if vote else "Vote now."
        if self._now != THEN:
            return f"Card {self._open} of {len(self._cards)} is open. {now}"
        if self._found.is_open and self._done:
            verdict = judged(self._tables, self._statement, self._day).verdict
            return f"On {day(self._day)}: {verdict}. How it stands today is the next question."
        return (
            f"It is {day(self._day)}: what was not public yet lies covered. Judge as one of that"
            f" day. {now}"
        )
