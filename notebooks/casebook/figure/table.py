"""The one HTML table. A cell is text, which is escaped, unless it says that it is ``Html``."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from casebook.core.tables import Evidence
from casebook.figure.marks import marked

# On what can have the focus: no key meant for it may reach the notebook, where two d's delete a
# cell.
NO_SHORTCUTS = "data-lm-suppress-shortcuts='true'"


class Html(str):
    """Text that is HTML already, and is not escaped again."""


BREAK = Html("<br>")
LEFT = "text-align: left"


def as_html(text: str) -> Html:
    """A text escaped, its addresses as footnote marks; ``Html`` as it is."""
    return text if isinstance(text, Html) else Html(marked(text))


def cell(*pieces: str) -> Html:
    """A cell of several pieces one after the other: text escaped, ``Html`` as it is."""
    return Html("".join(map(as_html, pieces)))


def strong(text: str) -> Html:
    """A text in bold."""
    return Html(f"<strong>{as_html(text)}</strong>")


def small(text: str) -> Html:
    """A text in small print."""
    return Html(f"<small>{as_html(text)}</small>")


def html_table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    kind: str = "",
    widths: Sequence[int] = (),
    inline: bool = False,
) -> Html:
    """A table: a head, and rows of which the first cell is the row's name.

    ``kind`` is its CSS class; ``widths`` are the columns' shares in per cent (0: as the words
    need). ``inline``: it brings its looks along, for pages that know no style of ours.
    """
    name, text = (
        (f"{LEFT}; font-weight: normal; white-space: normal", f"{LEFT}; white-space: normal")
        if inline
        else ("", "")
    )
    heads = "".join(
        f"<th scope='col'{_style(LEFT * inline, f'width: {width}%' if width else '')}>"
        f"{as_html(title)}</th>"
        for title, width in zip(head, widths or [0] * len(head))
    )
    lines = "".join(
        f"<tr><th scope='row'{_style(name)}>{as_html(first)}</th>"
        + "".join(
            f"<td{_style(text, 'vertical-align: top' * inline)}>{as_html(other)}</td>"
            for other in others
        )
        + "</tr>"
        for first, *others in rows
    )
    named = f" class='{kind}'" if kind else ""
    return Html(f"<table{named}><thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table>")


def side_by_side(columns: Mapping[str, str], widths: Sequence[int] = ()) -> Html:
    """A table of one row without a name: {what stands above: what stands below}, each column as
    wide as the next but where ``widths`` says otherwise.
    """
    shares = widths or [100 // len(columns)] * len(columns)
    heads = "".join(
        f"<th scope='col'{_style(f'width: {share}%')}>{as_html(title)}</th>"
        for title, share in zip(columns, shares)
    )
    cells = "".join(f"<td>{as_html(text)}</td>" for text in columns.values())
    return Html(f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>")


def _style(*rules: str) -> str:
    said = "; ".join(filter(None, rules))
    return f" style='{said}'" if said else ""


def rows_table(rows: Sequence[Evidence]) -> str:
    """Evidence rows (address, text, source, date, link) as an HTML table; no last column where no
    row has a source to show.
    """
    if not rows:
        return "<p>No rows.</p>"
    sourced = any(row.source for row in rows)
    head = ["Address", "Date", "What stands there", *["Where from"] * sourced]
    return html_table(
        head,
        [[row.address, row.date, row.text, *[_whence(row)] * sourced] for row in rows],
        kind="lp-rows",
    )


def _whence(row: Evidence) -> Html:
    """Where a row comes from, with a link to its page if it may be one."""
    if not row.link.startswith(("https://", "http://")):
        return as_html(row.source)
    link = Html(
        f'<a href="{escape(row.link)}" target="_blank" rel="noopener noreferrer" {NO_SHORTCUTS}>'
        f"page of {escape(row.address)}</a>"
    )
    return cell(row.source, ", " if row.source else "", link)
