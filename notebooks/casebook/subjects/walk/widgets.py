"""An address of the page, looked up in place."""

from html import escape

from casebook.core import texts
from casebook.core.addresses import parse
from casebook.core.tables import Tables
from casebook.figure import rows_table
from casebook.figure.english import day
from casebook.panel.controls import choose
from casebook.panel.explore import Shown, explore
from casebook.panel.panel import Panel
from casebook.subjects.walk.charts import addresses_on_page

__all__ = ["look_up"]

KINDS = {
    "paragraph": "a paragraph of a document",
    "fact": "a checked fact",
    "message": "an entry of the message log",
    "search": "a search of ours",
}


def look_up(tables: Tables, lesson: str) -> Panel:
    """Choose an address of the lesson's page and see what stands there.

    Whoever has the articles' texts (CASEBOOK_TEXTS) sees the paragraph itself, but only once an
    address was chosen by hand: what is stored with the notebook never holds it. Everybody else is
    told where to find the article.
    """
    documents = {row.source_id: row for row in tables.sources.itertuples()}

    def shown(address: str, with_words: bool) -> Shown:
        found, rows = parse(address), tables.resolve(address)
        html = rows_table(rows)
        if found.kind == "paragraph":
            html += _article(documents[found.row], found.paragraph, with_words)
        where = rows[0].source or "source not shown"
        return Shown(html, f"{address} is {KINDS[found.kind]}: {where}.")

    return explore(
        "What stands at this address?",
        address=choose("Address", list(map(str, addresses_on_page(tables, lesson))), width="320px"),
        draw=lambda address: shown(address, with_words=False),
        live=lambda address: shown(address, with_words=True),
        stored="Address: {address}",
        rows="",
    )


def _article(document, paragraph: int, with_words: bool) -> str:
    """Where to find the article; ``with_words``: the paragraph itself, if its text is at hand."""
    where = escape(
        f"{document.outlet}, “{document.title}”, {day(document.published)}, paragraph {paragraph}"
        f" of {document.paragraphs}"
    )
    words = texts.paragraph(document, paragraph) if with_words else None
    if words is None:
        return f"<p>To read it whole, find the article: {where}. Its text is not carried here.</p>"
    return (
        f"<blockquote>{escape(words)}</blockquote><p><small>{where}; shown from your own copy, not"
        " stored.</small></p>"
    )
