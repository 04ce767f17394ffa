"""A record of lesson 10's form as HTML: its fields and rows, what they ask for, its YAML, and the
charts with it.
"""

import tempfile
from html import escape
from pathlib import Path

from casebook.core.platform import DATA
from casebook.core.tables import Tables
from casebook.figure import Exhibit, TableExhibit, strong
from casebook.figure.english import capital, several, shortened
from casebook.subjects.arc.charts.arc import arc
from casebook.subjects.coding.widgets.record_shape import Column, Record
from casebook.subjects.reports.charts.reports import coverage, voices

CELL = 300  # characters of a field that a table shows


def document(record: Record) -> str:
    """The document's own fields as a table."""
    head = "".join(
        f"<tr><th scope='row'>{escape(shortened(str(name), 40))}</th><td style='overflow-wrap:"
        f" anywhere'>{escape(shortened(value, CELL))}</td></tr>"
        for name, value in record.items()
        if isinstance(value, str) and value
    )
    return f"<h4>The document</h4><table><tbody>{head}</tbody></table>"


def rows(record: Record) -> str:
    """The record's claims and quotations as tables."""
    claims = [
        [
            _cell(c, "claim_id"),
            _cell(c, "paragraph"),
            shortened(str(c.get("claim", "")), CELL),
            _cell(c, "attributed_to"),
            _cell(c, "voice", "stance", "role", "origin"),
        ]
        for c in record.get("claims", [])
    ]
    quotes = [
        [
            _cell(q, "quote_id"),
            _cell(q, "paragraph"),
            shortened(str(q.get("text", "")), CELL),
            _cell(q, "speaker"),
            _cell(q, "kind"),
        ]
        for q in record.get("quotes", [])
    ]
    said = ["Claim", "¶", "What it says", "Put down to", "Voice · stance · role · origin"]
    quoted = ["Quotation", "¶", "The words", "Speaker", "Kind"]
    return (
        f"<h4>{capital(several(len(claims), 'claim'))}</h4>"
        + TableExhibit(said, claims, [10, 5, 40, 15, 30]).body()
        + f"<h4>{capital(several(len(quotes), 'quotation'))}</h4>"
        + TableExhibit(quoted, quotes, [10, 5, 55, 17, 13]).body()
    )


def _cell(row: dict, *names: str) -> str:
    """The values of some fields of a row, those that it has."""
    values = [shortened(str(row[name]), CELL).replace("_", " ") for name in names if row.get(name)]
    return " · ".join(values)


def meanings(columns: list[Column], source_id: str) -> str:
    """What each field asks for, as a table."""
    rows = [
        [
            strong(name),
            meaning,
            ", ".join(values) or "words or a number",
            "yes" if required else "no",
        ]
        for name, meaning, values, required in columns
    ]
    return (
        f"<p>An address in your own document is its name and a paragraph: {escape(source_id)} ¶1. A"
        " day is written 2026-01-09; where only the month is known, 2026-01.</p>"
        + TableExhibit(
            ["Field", "What it asks for", "Allowed", "Needed"], rows, [20, 42, 28, 10]
        ).body()
    )


def yaml(record: Record) -> str:
    """The record as it is saved."""
    from casebook.records.writer import as_yaml

    return f"<pre style='white-space: pre-wrap'>{escape(as_yaml(record))}</pre>"


def chart(record: Record, view: str) -> str:
    """A chart of the tables with this record, or that it has problems to mend first."""
    from casebook.build import one
    from casebook.records.reader import SeedsError

    with tempfile.TemporaryDirectory() as folder:
        try:
            one.tables_with(record, DATA, Path(folder))
        except SeedsError as error:
            return (
                "<p><strong>A record with problems can't be shown in a chart.</strong>"
                f" {capital(several(len(error.problems), 'problem'))} to mend.</p>"
            )
        exhibit = _exhibit(Tables(Path(folder)), record["source_id"], view)
        return f"<p><strong>{escape(exhibit.title)}</strong></p>{exhibit.html(in_panel=True)}"


def _exhibit(tables: Tables, source_id: str, view: str) -> Exhibit:
    if view == "in the arc":
        return arc(tables)
    if view == "in coverage":
        sources = dict.fromkeys([*tables.positions["source_id"], source_id])
        return coverage(tables, sources)
    return voices(tables, list(tables.sources["source_id"]))
