"""Teachers' pages in Markdown as documents of the kit, with every address opened at the end."""

import re
from html import escape
from pathlib import Path

import mistune

from casebook.core.addresses import PATTERN
from casebook.core.tables import Tables
from casebook.figure import Html
from casebook.kit.needed import addresses_in
from casebook.kit.page import Document

TEACH = Path(__file__).resolve().parents[3] / "teach"
_markdown = mistune.create_markdown(escape=True, plugins=["table"])
_ADDRESS = re.compile(
    rf"(?<![\w-])({re.sub(r'[(][?]P<[a-z]+>', '(?:', PATTERN.pattern)})(?![^<]*>)"
)


def html_of(markdown: str) -> str:
    """Markdown as HTML; a link to another page of ours is its words alone, for on paper there is
    none.
    """
    alone = re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]*\)", r"\1", markdown)
    return str(_markdown(alone))


def page_of(tables: Tables, path: Path, name: str, most: int = 10) -> Document:
    """A page of ours as a document: each address leads to what stands there, at the end of the
    page.

    Raises KeyError for an address that leads nowhere.
    """
    text = path.read_text(encoding="utf-8")
    title = re.match(r"# (.+)", text)[1]
    return Document(name, title, opened(tables, html_of(text), name), most=most)


def opened(tables: Tables, html: str, name: str) -> str:
    """The page with its addresses as links to a list of what stands at each; printed, the list is
    left out, and a line says where it opens: in the page of this ``name``.
    """
    named = sorted(addresses_in(html))
    if not named:
        return html
    linked = _ADDRESS.sub(lambda found: f"<a href='#{_anchor(found[0])}'>{found[0]}</a>", html)
    rows = "".join(
        f"<tr><th id='{_anchor(address)}'>{address}</th><td>{_told(tables, address)}</td></tr>"
        for address in named
    )
    return (
        f"{linked}<p class='last'>Letters and figures in brackets, such as {named[0]}, are"
        f" addresses of evidence. What stands at each of them is told at the end of the kit's page"
        f" {name}.html, with a link to its source.</p><section class='on-screen'>"
        "<h2>Every address on this page</h2><table class='evidence'><thead><tr>"
        f"<th style='width: 17%'>Address</th><th style='width: 83%'>What stands there</th></tr>"
        f"</thead><tbody>{rows}</tbody></table></section>"
    )


def _anchor(address: str) -> str:
    return address.replace(" ¶", "-")


def _told(tables: Tables, address: str) -> str:
    """What stands at an address, with its source, and a link to the page where it may be one."""
    row = tables.resolve(address)[0]
    where = escape(row.source)
    if row.link.startswith(("https://", "http://")):
        where = f"<a href='{escape(row.link)}'>{where or 'its page'}</a>"
    return f"{escape(row.text)} <small>{where}</small>"


def section(text: str, heading: str) -> str:
    """What stands under a heading of the second rank, '' where there is none; the heading may go
    on.
    """
    found = re.search(rf"^## {re.escape(heading)}[^\n]*\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return found[1].strip() if found else ""


def table_of(text: str) -> list[list[str]]:
    """The rows of the first Markdown table of a text, without head and rule, cells as Markdown."""
    first = re.search(r"^ *\|.*(?:\n *\|.*)*", text, re.M)
    lines = first[0].splitlines() if first else []
    rows = [[c.strip() for c in re.split(r"(?<!\\)\|", x.strip().strip("|"))] for x in lines]
    return rows[2:]


def page_text(lesson: str) -> str:
    """The teacher's page of a lesson, as Markdown."""
    return (TEACH / f"{lesson}.md").read_text(encoding="utf-8")


def inline(markdown: str) -> Html:
    """A cell of a Markdown table as HTML; a number at its beginning makes no list of it."""
    html = html_of(re.sub(r"^(\d+)\.", r"\1\.", markdown)).strip()
    return Html(html.removeprefix("<p>").removesuffix("</p>"))
