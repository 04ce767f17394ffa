"""Exhibits: a picture or a table that carries its title, description, source line and evidence.

A picture is a matplotlib Figure shown as SVG inside HTML; its text stands outside the picture, so
that it can be read aloud, selected and enlarged. The same content gives the same bytes
(svg.hashsalt, no date, no layout engine).
"""

import base64
import io
import re
from functools import cache
from html import escape
from pathlib import Path
from xml.parsers import expat

import matplotlib
import matplotlib.style
from matplotlib.figure import Figure

STYLE = Path(__file__).with_name("house.mplstyle")
WIDTH = 8.6  # inches: 826 px, the width of a notebook's output at 1280 x 800

# Safe for colour-blind eyes; each at least 4.5:1 on white. Never the only sign: shapes, hatches or
# words go with them.
STATES = {"Russia": "#0b5fa5", "North Korea": "#b23a00"}
YEARS = {"2022": "#6a3d9a", "2024": "#00695c", "2026": "#a3490a"}
INK, GREY, PALE = "#222222", "#6b6b6b", "#e3e3e3"
# On what can have the focus: no key meant for it may reach the notebook, where two d's delete a
# cell.
NO_SHORTCUTS = "data-lm-suppress-shortcuts='true'"


@cache
def style() -> dict:
    """The house style as matplotlib settings."""
    return dict(matplotlib.rc_params_from_file(STYLE, use_default_template=False))


def styled(function):
    """Draw in the house style, whatever a learner has set."""

    def wrapper(*args, **kwargs):
        with matplotlib.rc_context(style()):
            return function(*args, **kwargs)

    wrapper.__doc__, wrapper.__name__, wrapper.__wrapped__ = (
        function.__doc__,
        function.__name__,
        function,
    )
    return wrapper


def rows_table(rows) -> str:
    """Evidence rows (address, text, source, date, link) as an HTML table; no last column where no
    row has a source to show.
    """
    if not rows:
        return "<p>No rows.</p>"
    heads = ["Address", "Date", "What stands there"] + ["Where from"] * any(
        row.source for row in rows
    )
    lines = []
    for row in rows:
        source = escape(row.source)
        if row.link.startswith(("https://", "http://")):
            source += (
                f'{", " if source else ""}<a href="{escape(row.link)}" target="_blank"'
                f' rel="noopener noreferrer" {NO_SHORTCUTS}>page of {escape(row.address)}</a>'
            )
        cells = [escape(row.date), escape(row.text), source][: len(heads) - 1]
        lines.append(
            "<tr><th"
            f" scope='row'>{escape(row.address)}</th>"
            f"{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"
        )
    head = "".join(f"<th scope='col'>{name}</th>" for name in heads)
    return (
        "<table"
        f" class='lp-rows'><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table>"
    )


class Exhibit:
    """What every exhibit has, picture or table.

    ``title`` states the finding, ``subtitle`` says what is measured; ``description`` says what the
    exhibit shows, with its numbers; ``source`` names addresses; ``evidence`` are the rows it was
    drawn from (tables.Evidence).
    """

    title = subtitle = description = source = invitation = ""
    _evidence: tuple = ()

    def tell(self, title: str, subtitle: str, description: str, source: str, evidence=()):
        """Set the exhibit's words; returns the exhibit. ``evidence`` may be a function that gives
        the rows when they are first asked for: a panel shows them on request only.
        """
        self.title, self.subtitle, self.description, self.source = (
            title,
            subtitle,
            description,
            source,
        )
        self._evidence = evidence if callable(evidence) else tuple(evidence)
        return self

    @property
    def evidence(self) -> tuple:
        """The rows the exhibit was drawn from."""
        if callable(self._evidence):
            self._evidence = tuple(self._evidence())
        return self._evidence

    def folded(self, invitation: str):
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
        caption = f"Source: {escape(self.source)}" if self.source else ""
        if not in_panel and self.evidence:
            count = len(self.evidence)
            caption += (
                f"<details><summary {NO_SHORTCUTS}>The evidence: {count}"
                f" row{'s' * (count != 1)}</summary>{rows_table(self.evidence)}</details>"
            )
        head = (
            ""
            if in_panel
            else f"<strong style='font-size: 1.15em'>{escape(self.title)}</strong><br>"
        )
        shown = (
            f"<figure class='lp-exhibit' style='margin: 0'><p>{head}{escape(self.subtitle)}</p>"
            f"{self.body()}<figcaption>{caption}</figcaption></figure>"
        )
        return (
            shown
            if in_panel or not self.invitation
            else (
                "<details class='lp-folded'><summary"
                f" {NO_SHORTCUTS}><strong>{escape(self.invitation)}</strong></summary>{shown}"
                "</details>"
            )
        )

    def plain(self) -> str:
        """The exhibit in words."""
        return "\n".join(
            part
            for part in (
                self.title,
                self.subtitle,
                self.description,
                f"Source: {self.source}" if self.source else "",
            )
            if part
        )

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
        width, height = (
            round(96 * inches) for inches in self.get_size_inches()
        )  # given, its room is kept while it decodes
        return (
            f'<img alt="{escape(self.description, quote=True)}"'
            f' src="data:image/svg+xml;base64,{coded}" width="{width}" height="{height}"'
            ' style="max-width: 100%; height: auto; background: white">'
        )


class LayeredPicture(Picture):
    """A picture of many states, such as the days of an as-of control, of which matplotlib draws
    each part once.

    Draw the ground, which stands in every state, into the picture's axes; then ``show_parts`` names
    what a state shows besides. A part never changes once it is drawn, it is shown or hidden: what
    looks different in another state is another part. The SVG of a state is put together from the
    parts that it shows, so a new state costs what is new in it, and the same state gives the same
    bytes whatever was shown before.
    """

    def __init__(self, height: float, width: float = WIDTH):
        super().__init__(height, width)
        self._parts: dict = {}  # key → its artists
        self._drawn: dict = {}  # artist → its SVG
        # Identifier → what an SVG refers to: glyphs, marks, clips, hatches.
        self._definitions: dict = {}
        self._head = b""  # the SVG up to the first artist

    def show_parts(self, wanted: dict):
        """Show the parts of ``wanted``, {key: function that draws the part and gives its artists},
        and no others.

        Of parts at one height (zorder) in one axes, the one whose key, as text, sorts later lies
        above.
        """
        for key, draw in wanted.items():
            if key not in self._parts:
                self._parts[key] = list(draw())
        for key, artists in self._parts.items():
            for artist in artists:
                artist.set_visible(key in wanted)

    @styled
    def svg(self) -> bytes:
        shown = self._in_order()
        if new := [artist for artist in shown if artist not in self._drawn]:
            self._draw(new)
        body = b"".join(self._drawn[artist] for artist in shown)
        used = sorted(set(re.findall(rb'(?:href="|url\()#([^")]+)', body)))
        return b"".join(
            [
                self._head,
                body,
                b"  </g>\n </g>\n <defs>\n",
                *(self._definitions[name] for name in used),
                b" </defs>\n</svg>\n",
            ]
        )

    def _in_order(self) -> list:
        """The artists that are shown, the lowest first, one axes after the other."""
        places = {
            artist: (str(key), n)
            for key, artists in self._parts.items()
            for n, artist in enumerate(artists)
        }
        found = []
        for axes in self.axes:
            above = [
                artist
                for artist in axes.get_children()
                if artist.get_visible() and artist is not axes.patch
            ]
            found += [
                axes.patch,
                *sorted(
                    above, key=lambda artist: (artist.get_zorder(), *places.get(artist, ("", 0)))
                ),
            ]
        return found

    def _draw(self, new):
        """Have matplotlib draw some artists and no others, and keep the SVG of each."""
        hidden = [
            artist
            for axes in self.axes
            for artist in axes.get_children()
            if artist.get_visible() and artist not in new
        ]
        for artist in hidden:
            artist.set_visible(False)
        for n, artist in enumerate(new):
            artist.set_gid(f"part-{n}")
        try:
            raw = super().svg()
        finally:
            for artist in hidden:
                artist.set_visible(True)
            for artist in new:
                artist.set_gid(None)
        head, groups, definitions = _taken_apart(raw)
        self._head = self._head or head
        self._definitions |= definitions
        for n, artist in enumerate(new):  # an empty text draws nothing
            self._drawn[artist] = re.sub(rb'<g id="[^"]*"', b"<g", groups.get(f"part-{n}", b""))


def _taken_apart(raw: bytes) -> tuple[bytes, dict, dict]:
    """An SVG of matplotlib's: what stands before the first group of ours ("part-…"), {group: SVG},
    {identifier: definition}.

    The groups come without the definitions that stand inside them.
    """
    parser, opened, groups, definitions, cuts = expat.ParserCreate(), [], {}, {}, []

    def start(tag, attributes):
        opened.append((tag, attributes.get("id", ""), parser.CurrentByteIndex))

    def end(_):
        tag, name, begin = opened.pop()
        at = parser.CurrentByteIndex  # of an empty element's end: behind it
        stop = raw.index(b">", at) + 1 if raw.startswith(b"</", at) else at
        if tag == "g" and name.startswith("part-"):
            groups[name] = begin, stop
        elif opened and opened[-1][0] == "defs" and name:
            definitions[name.encode()] = raw[begin:stop] + b"\n"
        elif tag == "defs" and b"<style" not in raw[begin:stop]:
            cuts.append((len(raw[:begin].rstrip()), stop))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(raw, True)

    def without(begin, stop):
        kept, at = [], begin
        for first, last in cuts:
            if begin <= first and last <= stop:
                kept.append(raw[at:first])
                at = last
        return b"".join([*kept, raw[at:stop]]) + b"\n"

    head = raw[: min((begin for begin, _ in groups.values()), default=len(raw))]
    return head, {name: without(*place) for name, place in groups.items()}, definitions


class Matrix(Exhibit):
    """An HTML table that is an exhibit: ``head`` and ``rows`` hold cells as ready HTML, first
    column the row's name.

    ``widths`` are the columns' shares of the width in per cent; none: as the words need.
    """

    def __init__(self, head: list[str], rows: list[list[str]], widths: list[int] = ()):
        self.head, self.rows, self.widths = head, rows, widths or [0] * len(head)

    def body(self) -> str:
        head = "".join(
            "<th scope='col' style='text-align:"
            f" left{f'; width: {width}%' if width else ''}'>{cell}</th>"
            for cell, width in zip(self.head, self.widths)
        )
        rows = "".join(
            "<tr><th scope='row' style='text-align: left; font-weight: normal; white-space:"
            f" normal'>{first}</th>"
            + "".join(
                "<td style='text-align: left; white-space: normal; vertical-align:"
                f" top'>{cell}</td>"
                for cell in cells
            )
            + "</tr>"
            for first, *cells in self.rows
        )
        return (
            f"<table class='lp-matrix'><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        )


def mark(text: str, colour: str = INK, ground: str = "#ffffff") -> str:
    """A short text on a ground of its own, readable in light and dark themes."""
    return (
        f"<span style='background: {ground}; color: {colour}; padding: 1px 5px; border-radius: 3px;"
        f" white-space: nowrap'>{text}</span>"
    )
