"""Reports side by side by topic, and a statement weighed against evidence as of a day."""

from html import escape

from ipywidgets import Checkbox, Dropdown, RadioButtons

from casebook.charts.reports import SIGNS
from casebook.figure import badge, rows_table
from casebook.figure.english import capital, day, listed, several, shortened
from casebook.methods import position_matrix, reports, verdicts
from casebook.widgets.panel import Panel, made

LATEST = "latest"  # not None: to a radio button None means that nothing is chosen
VOICE = {"quoted": "“ ” quoted", "paraphrased": "↻ told in other words", "outlet": "▪ own voice"}


def compare_reports(tables, sources=None, topics=None) -> Panel:
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
    outlets = tables.sources.set_index("source_id")["outlet"]
    labels = [(t.replace("_", " "), t) for t in topics if t in set(claims["topic"])]
    topic = made(Dropdown, options=labels, description="Topic", width="300px")
    words = made(Checkbox, value=False, description="Show the quoted words", indent=False)
    panel = Panel("Who says what about it, and who is silent?", [topic, words])

    def cell(source):
        mine = claims[(claims["source_id"] == source) & (claims["topic"] == topic.value)]
        if mine.empty:
            return badge("open", "· no claim on this topic")
        lines = [
            f"<li>{escape(c.claim)} <small>({VOICE[c.voice]}, ¶{c.paragraph})</small></li>"
            for c in mine.itertuples()
        ]
        text = f"<ul style='margin: 0; padding-left: 16px'>{''.join(lines)}</ul>"
        if words.value:
            quoted = tables.quotes[
                (tables.quotes["source_id"] == source)
                & tables.quotes["paragraph"].isin(mine.loc[mine["voice"] == "quoted", "paragraph"])
            ]
            text += "".join(
                f"<p>“{escape(q.text)}” <small>¶{q.paragraph}, {escape(q.speaker)}</small></p>"
                for q in quoted.itertuples()
            )
        return text

    def draw(_=None):
        here = claims[claims["topic"] == topic.value]
        counts = {s: int((here["source_id"] == s).sum()) for s in sources}
        silent = [s for s in sources if not counts[s]]
        says = f"{capital(topic.value.replace('_', ' '))}: " + "; ".join(
            f"{s} {several(n, 'claim')}" for s, n in counts.items() if n
        )
        says += (
            f". No claim of {listed(silent)} is filed under this topic."
            if silent
            else ". Each report has a claim on it."
        )
        head = "".join(
            "<th scope='col' style='width:"
            f" {100 // len(sources)}%'>{s}<br><small>{escape(outlets[s])}</small></th>"
            for s in sources
        )
        panel.show(
            f"<table><thead><tr>{head}</tr></thead><tbody><tr>"
            f"{''.join(f'<td>{cell(s)}</td>' for s in sources)}</tr></tbody></table><p><small>"
            "Claims"
            " in our words; each stands in the paragraph named.</small></p>",
            says,
            controls=f"<p>Topic: {escape(topic.value.replace('_', ' '))}</p>",
        )

    topic.observe(draw, "value")
    words.observe(draw, "value")
    draw()
    return panel


def weigh_statement(tables, days, start=None) -> Panel:
    """Pick a statement that one report alone makes, and a day: what evidence was there, and how did
    the statement stand?

    ``days`` are the days to judge by (ISO text); ``start`` is the statement shown first
    (statement_id).
    """
    matrix = position_matrix(tables)
    makes = matrix.isin(["agrees", "both"])
    alone = [
        (key, makes.columns[makes.loc[key]][0]) for key in makes.index if makes.loc[key].sum() == 1
    ]
    texts = tables.statements.set_index("statement_id")["statement"]
    statement = made(
        Dropdown,
        options=[(f"{key} · {s}: {shortened(texts[key], 78)}", key) for key, s in alone],
        value=start or alone[0][0],
        description="Statement",
        width="98%",
    )
    when = made(
        RadioButtons,
        options=[(f"as of {day(d)}", d) for d in days] + [("with all we have", LATEST)],
        value=days[0],
        description="Judge it",
    )
    panel = Panel("One report alone says it. Does it hold?", [statement, when])
    views = {LATEST: tables.as_of(None)} | {d: tables.as_of(d) for d in days}

    def draw(_=None):
        view = views[when.value]
        row = verdicts(view).set_index("statement_id").loc[statement.value]
        bearings = view.bearings[view.bearings["statement_id"] == statement.value]
        source = dict(alone)[statement.value]
        lines = "".join(
            f"<li>{badge(SIGNS[_sign(b.bearing)][0], b.bearing)}"
            f" <strong>{b.address}</strong>: {escape(b.why)}</li>"
            for b in bearings.itertuples()
        )
        body = f"<p><strong>{escape(row['statement'])}</strong> <small>(only {source})</small></p>"
        body += (
            f"<ul>{lines}</ul>{rows_table(view.resolve(row['evidence']))}"
            if lines
            else (
                "<p>In this view our tables hold no row from outside the reports for or against it."
                " That is not evidence that it is false.</p>"
            )
        )
        moment = "With all we have" if when.value == LATEST else f"As of {day(when.value)}"
        if when.value != LATEST and lines:
            body += (
                "<p><small>Where each row comes from stands in the latest view: the pages may be"
                " later than the day.</small></p>"
            )
        panel.show(
            body,
            f"{moment}: {row['verdict']}, on {several(len(bearings), 'piece')} of evidence from"
            " outside the three reports.",
            controls=f"<p>Statement {statement.value}; {moment.lower()}</p>",
        )

    statement.observe(draw, "value")
    when.observe(draw, "value")
    draw()
    return panel


def _sign(bearing: str) -> str:
    return {"supports": "agrees", "contradicts": "contradicts", "may explain": "silent"}.get(
        bearing, "both"
    )
