"""Reports side by side by topic, and a statement weighed against evidence as of a day."""

from collections.abc import Sequence
from functools import cache
from html import escape

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import badge, rows_table
from casebook.figure.english import capital, day, listed, several, shortened
from casebook.panel.controls import choose, days_to_choose, tick
from casebook.panel.explore import Shown, explore
from casebook.panel.panel import Panel
from casebook.subjects.reports.charts.reports import SIGNS
from casebook.subjects.reports.methods.coverage import position_matrix, reports, verdicts

__all__ = ["compare_reports", "weigh_statement"]

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

    def draw(topic: str, words: bool) -> Shown:
        here = claims[claims["topic"] == topic]
        mine = {source: here[here["source_id"] == source] for source in sources}
        cells = {source: _claims_cell(tables, mine[source], words) for source in sources}
        return Shown(
            _side_by_side(tables, cells),
            _who_is_silent(topic, {source: len(found) for source, found in mine.items()}),
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
    outlets = tables.sources.set_index("source_id")["outlet"]
    head = "".join(
        "<th scope='col' style='width:"
        f" {100 // len(cells)}%'>{source}<br><small>{escape(outlets[source])}</small></th>"
        for source in cells
    )
    row = "".join(f"<td>{cell}</td>" for cell in cells.values())
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody><tr>{row}</tr></tbody></table><p><small>"
        "Claims in our words; each stands in the paragraph named.</small></p>"
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
    silent = [source for source, count in counts.items() if not count]
    says = f"{capital(topic.replace('_', ' '))}: " + "; ".join(
        f"{source} {several(count, 'claim')}" for source, count in counts.items() if count
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
    alone = {
        key: makes.columns[makes.loc[key]][0] for key in makes.index if makes.loc[key].sum() == 1
    }
    texts = tables.statements.set_index("statement_id")["statement"]
    view = cache(tables.as_of)

    def draw(statement: str, day: str | None) -> Shown:
        return _weighed(view(day), statement, alone[statement], day)

    return explore(
        "One report alone says it. Does it hold?",
        statement=choose(
            "Statement",
            [(f"{key} · {s}: {shortened(texts[key], 78)}", key) for key, s in alone.items()],
            start,
            width="98%",
            reads=str,
        ),
        day=days_to_choose(days, label="Judge it"),
        draw=draw,
        stored="Statement {statement}; {day}",
        rows="",
    )


def _weighed(view: Tables, statement: str, source: str, as_of: str | None) -> Shown:
    """A statement with the evidence for and against it in a view of a day (None: of all)."""
    row = verdicts(view).set_index("statement_id").loc[statement]
    bearings = view.bearings[view.bearings["statement_id"] == statement]
    lines = "".join(
        f"<li>{badge(SIGNS[_sign(b.bearing)][0], b.bearing)}"
        f" <strong>{b.address}</strong>: {escape(b.why)}</li>"
        for b in bearings.itertuples()
    )
    body = f"<p><strong>{escape(row['statement'])}</strong> <small>(only {source})</small></p>"
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
