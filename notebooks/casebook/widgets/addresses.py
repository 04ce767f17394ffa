"""An address of the page, looked up in place."""

from html import escape

from ipywidgets import Dropdown

from casebook import texts
from casebook.addresses import parse
from casebook.charts.corpus import addresses_on_page
from casebook.figure import rows_table
from casebook.figure.english import day
from casebook.widgets.panel import Panel, made


def look_up(tables, lesson: str) -> Panel:
    """Choose an address of the lesson's page and see what stands there.

    Whoever has the articles' texts (CASEBOOK_TEXTS) sees the paragraph itself, but only once an
    address was chosen by hand: what is stored with the notebook never holds it. Everybody else is
    told where to find the article.
    """
    found = [str(address) for address in addresses_on_page(tables, lesson)]
    choice = made(Dropdown, options=found, value=found[0], description="Address", width="320px")
    panel = Panel("What stands at this address?", [choice])
    documents = {row.source_id: row for row in tables.sources.itertuples()}

    def article(address, by_hand):
        document = documents[address.row]
        where = (
            f"{document.outlet}, “{document.title}”, {day(document.published)}, paragraph"
            f" {address.paragraph} of {document.paragraphs}"
        )
        words = texts.paragraph(document, address.paragraph) if by_hand else None
        if words is None:
            return (
                f"<p>To read it whole, find the article: {escape(where)}. Its text is not carried"
                " here.</p>"
            )
        return (
            f"<blockquote>{escape(words)}</blockquote><p><small>{escape(where)}; shown from your"
            " own copy, not stored.</small></p>"
        )

    def draw(change=None):
        address = parse(choice.value)
        rows = tables.resolve(choice.value)
        kind = {
            "paragraph": "a paragraph of a document",
            "fact": "a checked fact",
            "message": "an entry of the message log",
            "search": "a search of ours",
        }[address.kind]
        html = rows_table(rows) + (
            article(address, change is not None) if address.kind == "paragraph" else ""
        )
        panel.show(
            html,
            f"{choice.value} is {kind}: {rows[0].source or 'source not shown'}.",
            controls=f"<p>Address: {escape(choice.value)}</p>",
        )

    choice.observe(draw, "value")
    draw()
    return panel
