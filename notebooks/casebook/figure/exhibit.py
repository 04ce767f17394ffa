"""Exhibits: a picture or a table that carries its title, description, source line and evidence.

A picture is a matplotlib Figure shown as SVG inside HTML; its text stands outside the picture, so
that it can be read aloud, selected and enlarged. The same content gives the same bytes
(svg.hashsalt, no date, no layout engine).
"""

import base64
import io
import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Self

from matplotlib.figure import Figure

from casebook.core.tables import Evidence
from casebook.figure.marks import marked
from casebook.figure.style import WIDTH, styled
from casebook.figure.table import NO_SHORTCUTS, as_html, html_table, rows_table

# The bytes of a picture in HTML: a page that puts it together itself leaves them out.
CODED = re.compile(r"(?<=base64,)[^\"]+")
Rows = Iterable[Evidence] | Callable[[], Iterable[Evidence]]


class Exhibit:
    """What every exhibit has, picture or table.

    ``title`` states the finding, ``subtitle`` says what is measured; ``description`` says what the
    exhibit shows, with its numbers; ``source`` names addresses; ``evidence`` are the rows it was
    drawn from (tables.Evidence).
    """

    title = subtitle = description = source = invitation = ""
    _evidence: tuple[Evidence, ...] | Callable[[], Iterable[Evidence]] = ()

    def describe(
        self, title: str, subtitle: str, description: str, source: str, evidence: Rows = ()
    ) -> Self:
        """Set the exhibit's words; returns the exhibit. ``evidence`` may be a function that gives
        the rows when they are first asked for: a panel shows them on request only.
        """
        self.title, self.subtitle = title, subtitle
        self.description, self.source = description, source
        self._evidence = evidence if callable(evidence) else tuple(evidence)
        return self

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The rows the exhibit was drawn from."""
        if callable(self._evidence):
            self._evidence = tuple(self._evidence())
        return self._evidence

    def folded(self, invitation: str) -> Self:
        """Fold the exhibit under a line that invites to open it, where it would answer the question
        above; returns the exhibit.
        """
        self.invitation = invitation
        return self

    def body(self) -> str:
        """The picture or table itself, as HTML."""
        raise NotImplementedError

    def html(self, in_panel: bool = False) -> str:
        """The whole exhibit; in a panel without its title, which the panel's own line says, and
        without the fold of its evidence, which a redrawn panel would close at every step: a
        checkbox opens it there.
        """
        title = f"<strong style='font-size: 1.15em'>{marked(self.title)}</strong><br>"
        caption = f"Source: {escape(self.source)}" if self.source else ""
        shown = (
            f"<figure class='lp-exhibit' style='margin: 0'><p>{'' if in_panel else title}"
            f"{marked(self.subtitle)}</p>{self.body()}"
            f"<figcaption>{caption}{'' if in_panel else self._folded_rows()}</figcaption></figure>"
        )
        if in_panel or not self.invitation:
            return shown
        return (
            f"<details class='lp-folded'><summary {NO_SHORTCUTS}>"
            f"<strong>{escape(self.invitation)}</strong></summary>{shown}</details>"
        )

    def _folded_rows(self) -> str:
        """The evidence, under a line that says how many rows it has."""
        count = len(self.evidence)
        if not count:
            return ""
        return (
            f"<details><summary {NO_SHORTCUTS}>The evidence: {count}"
            f" row{'s' * (count != 1)}</summary>{rows_table(self.evidence)}</details>"
        )

    def plain(self) -> str:
        """The exhibit in words."""
        source = f"Source: {self.source}" if self.source else ""
        return "\n".join(filter(None, (self.title, self.subtitle, self.description, source)))

    def _ipython_display_(self):
        # Not _repr_html_: a Figure would be printed as PNG too once a learner has imported pyplot.
        from IPython.display import display

        display({"text/html": self.html(), "text/plain": self.plain()}, raw=True)


class Picture(Exhibit, Figure):
    """A matplotlib Figure that is an exhibit. Size in inches, 96 px each."""

    def __init__(self, height: float, width: float = WIDTH):
        Figure.__init__(self, figsize=(width, height))

    @styled
    def svg(self) -> bytes:
        """The picture as SVG; the same picture always gives the same bytes."""
        out = io.BytesIO()
        self.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
        return out.getvalue()

    def body(self) -> str:
        coded = base64.b64encode(self.svg()).decode("ascii")
        # Width and height are given: the picture's room is kept while it decodes.
        width, height = (round(96 * inches) for inches in self.get_size_inches())
        return (
            f'<img alt="{escape(self.description, quote=True)}"'
            f' src="data:image/svg+xml;base64,{coded}" width="{width}" height="{height}"'
            ' style="max-width: 100%; height: auto; background: white">'
        )


class TableExhibit(Exhibit):
    """An HTML table that is an exhibit: ``head`` and ``rows`` hold cells, first column the row's
    name; text is escaped, a marked-up cell is ``Html``.

    ``widths`` are the columns' shares of the width in per cent; none: as the words need.
    """

    def __init__(
        self,
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        widths: Sequence[int] = (),
    ):
        self.head = [as_html(title) for title in head]
        self.rows = [[as_html(text) for text in row] for row in rows]
        self.widths = widths

    def body(self) -> str:
        return html_table(self.head, self.rows, kind="lp-matrix", widths=self.widths, inline=True)
