"""A document of the kit in the form that word processors read (DOCX), from the same HTML as the
page: a colleague changes a word, shortens, translates.
"""

import datetime as dt
import io
import zipfile
from html.parser import HTMLParser

from docx import Document as WordDocument
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from casebook.kit.page import DENSITIES, LARGE, Document, unparted

# What a file says of itself is the same at every making.
MADE = dt.datetime(2026, 1, 1)
STAMP = (2026, 1, 1, 0, 0, 0)
WIDTH = 174  # of the text, in mm
VOID = {"br", "hr", "meta", "img"}


class Node:
    """An element of the page: its name, its attributes, its children (nodes and texts)."""

    def __init__(self, name: str, attributes: dict[str, str]):
        self.name, self.attributes, self.children = name, attributes, []

    def all(self, *names: str) -> list["Node"]:
        """The elements of these names among its descendants, in their order."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                found += [child] * (child.name in names) + child.all(*names)
        return found


class _Reader(HTMLParser):
    """The tree of a page that we wrote ourselves: every element is closed."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Node("body", {})]

    def handle_starttag(self, name, attributes):
        node = Node(name, dict(attributes))
        self.open[-1].children.append(node)
        if name not in VOID:
            self.open.append(node)

    def handle_endtag(self, name):
        if name not in VOID:
            assert self.open[-1].name == name, f"<{self.open[-1].name}> is closed by </{name}>"
            self.open.pop()

    def handle_data(self, text):
        self.open[-1].children.append(text)


def tree(html: str) -> Node:
    """The elements of a document's HTML."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].name}> is not closed"
    return reader.open[0]


def docx(document: Document) -> bytes:
    """The document as DOCX, A4; the same document always gives the same parts."""
    word = WordDocument()
    _set_up(word, document)
    writer = _Writer(word, document.large)
    writer.blocks(tree(unparted(document.body)), word)
    out = io.BytesIO()
    word.save(out)
    return _steady(out.getvalue())


def _steady(raw: bytes) -> bytes:
    """The package with its parts in one order and without the time of its making."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as parts, zipfile.ZipFile(out, "w") as steady:
        for name in sorted(parts.namelist(), key=lambda name: (name[0] != "[", name)):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            steady.writestr(info, parts.read(name))
    return out.getvalue()


def _set_up(word, document: Document) -> None:
    """Paper, margins, sizes, title and language; the foot with the page's number."""
    size = (LARGE if document.large else DENSITIES)["usual"][0]
    face = "Verdana" if document.large else "Georgia"
    for name, points in (
        ("Normal", size),
        ("Heading 1", size * 1.5),
        ("Heading 2", size * 1.2),
        ("Heading 3", size * 1.05),
    ):
        style = word.styles[name]
        style.font.name, style.font.size = face, Pt(points)
        style.font.color.rgb = None
        style.paragraph_format.space_after = Pt(4)
    section = word.sections[0]
    section.start_type = WD_SECTION.NEW_PAGE
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(18)
    section.top_margin = section.bottom_margin = Mm(17)
    properties = word.core_properties
    properties.title, properties.author, properties.language = (
        document.title,
        "Letters to Pact",
        "en",
    )
    properties.comments, properties.created, properties.modified = "", MADE, MADE
    foot = section.footer.paragraphs[0]
    small = Pt(size if document.large else 8)
    foot.add_run(f"Letters to Pact · {document.title} · ").font.size = small
    _page_number(foot, small)


def _page_number(paragraph, small: Pt) -> None:
    run = paragraph.add_run()
    run.font.size = small
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        part.text = text or None
        run._r.append(part)


class _Writer:
    """Puts the page's elements into the Word document, block by block."""

    def __init__(self, word, large: bool):
        self.word, self.large = word, large
        self.line = (LARGE if large else DENSITIES)["usual"][1]

    def blocks(self, node: Node, into, style: str = "") -> None:
        """The block elements of ``node``, into the document or a cell."""
        for child in node.children:
            if isinstance(child, Node):
                getattr(self, f"_{child.name}", self._room)(child, into, style)
            elif child.strip():
                self._runs(into.add_paragraph(), [child])

    def _room(self, node, into, style):
        """A section or a division: what stands in it; a box with the screen is indented, and what
        a printed page leaves out is left out here.
        """
        kind = node.attributes.get("class", "")
        if kind == "on-screen":
            return
        if kind == "line":
            self._written_line(into)
        elif any(isinstance(c, Node) and c.name not in _INLINE for c in node.children):
            before = len(self.word.paragraphs)
            self.blocks(node, into, style)
            for paragraph in self.word.paragraphs[before:] if "screen" in kind else ():
                _edge(paragraph, "left", "dashed")
            if kind == "card":
                _edge(self.word.paragraphs[before], "top", "dashed")
            if "leaf" in kind:
                self.word.paragraphs[before].paragraph_format.page_break_before = True
            if kind == "lead":
                self.word.paragraphs[-1].paragraph_format.keep_with_next = True
        else:
            self._p(node, into, style)

    def _p(self, node, into, style):
        paragraph = into.add_paragraph(style=style or None)
        self._runs(paragraph, node.children)
        kind = node.attributes.get("class")
        paragraph.paragraph_format.keep_with_next = kind == "label" or None
        for run in paragraph.runs:
            run.bold = True if kind == "label" else run.bold
            run.font.size = Pt(8) if kind == "last" and not self.large else run.font.size

    def _heading(self, node, into, style):
        paragraph = into.add_paragraph(style=f"Heading {node.name[1]}")
        if node.attributes.get("class") == "leaf":
            paragraph.paragraph_format.page_break_before = True
        self._runs(paragraph, node.children)

    _h1 = _h2 = _h3 = _heading

    def _blockquote(self, node, into, style):
        if node.all("p"):
            self.blocks(node, into, "Quote")
        else:
            self._p(node, into, "Quote")

    def _ul(self, node, into, style):
        boxes = node.attributes.get("class") == "box"
        for item in node.all("li"):
            paragraph = into.add_paragraph(style=None if boxes else "List Bullet")
            paragraph.paragraph_format.keep_with_next = boxes
            self._runs(paragraph, ["☐\u00a0\u00a0" * boxes, *_without_p(item)])

    def _ol(self, node, into, style):
        for number, item in enumerate(node.all("li"), 1):
            paragraph = into.add_paragraph()
            paragraph.paragraph_format.left_indent = Mm(7)
            paragraph.paragraph_format.first_line_indent = Mm(-7)
            self._runs(paragraph, [f"{number}.  ", *_without_p(item)])

    def _pre(self, node, into, style):
        text = "".join(
            code if isinstance(code, str) else code.children[0] for code in node.children
        )
        for line in text.rstrip("\n").split("\n"):
            paragraph = into.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            paragraph.add_run(line or " ").font.name = "Consolas"

    def _hr(self, node, into, style):
        into.add_paragraph()

    def _table(self, node, into, style):
        rows = [row.all("td", "th") for row in node.all("tr")]
        table = self.word.add_table(len(rows), max(map(len, rows)), style="Table Grid")
        for cells, row in zip(rows, table.rows):
            _whole(row)
            for cell, place in zip(cells, row.cells):
                paragraph = place.paragraphs[0]
                self._runs(paragraph, _without_p(cell), bold=_is_head(node, cell))
        if node.all("thead"):
            _repeated(table.rows[0])
        _share(table, node)
        self.word.add_paragraph().paragraph_format.space_after = Pt(2)

    def _written_line(self, into):
        paragraph = into.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.space_before = Pt(self.line - 16)
        # Neighbours with one border share it, unless there is one between them too.
        _edge(paragraph, "bottom", "single")
        _edge(paragraph, "between", "single")

    def _runs(self, paragraph, pieces, **looks) -> None:
        """The inline pieces of a block, with bold, italic, raised and small print."""
        for piece in pieces:
            if isinstance(piece, str):
                text = " ".join(piece.split("\n")) if piece.strip() else " " * bool(piece)
                if text:
                    self._run(paragraph, text, looks)
            elif piece.name == "br":
                paragraph.add_run().add_break()
            else:
                self._runs(paragraph, piece.children, **looks | _INLINE.get(piece.name, {}))
                if piece.name == "a" and piece.attributes.get("href", "").startswith("http"):
                    self._run(paragraph, f" ({piece.attributes['href']})", looks)

    def _run(self, paragraph, text, looks) -> None:
        run = paragraph.add_run(text)
        run.bold, run.italic = looks.get("bold"), looks.get("italic")
        run.font.superscript = looks.get("raised")
        if looks.get("small") and not self.large:
            run.font.size = Pt(9)


_INLINE: dict[str, dict] = {
    "strong": {"bold": True},
    "em": {"italic": True},
    "sup": {"raised": True},
    "small": {"small": True},
    "code": {},
    "span": {},
    "a": {},
    "br": {},
}


def _without_p(node: Node) -> list:
    """The pieces of a cell or an item, its paragraphs dissolved."""
    pieces = []
    for child in node.children:
        if isinstance(child, Node) and child.name in ("p", "div", "section"):
            pieces += [Node("br", {})] * bool(pieces) + child.children
        else:
            pieces.append(child)
    return pieces


def _is_head(table: Node, cell: Node) -> bool | None:
    return True if any(cell in head.all("th", "td") for head in table.all("thead")) else None


def _whole(row) -> None:
    """The row is not broken over two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _repeated(row) -> None:
    """The row is a head: repeated on each page, and read as such."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _share(table, node: Node) -> None:
    """The columns' widths: as the page gives them, the rest in equal parts."""
    heads = node.all("tr")[0].all("td", "th")
    styles = [cell.attributes.get("style", "") for cell in heads]
    shares = [float(s.split("width: ")[1].split("%")[0]) if "width: " in s else 0 for s in styles]
    rest = 100 - sum(shares)
    free = shares.count(0)
    table.autofit = False
    for column, share in zip(table.columns, shares):
        width = Mm(WIDTH * (share or rest / free) / 100)
        column.width = width
        for cell in column.cells:
            cell.width = width


def _edge(paragraph, side: str, kind: str) -> None:
    """A line at one side of a paragraph."""
    properties = paragraph._p.get_or_add_pPr()
    edges = properties.find(qn("w:pBdr"))
    if edges is None:
        edges = OxmlElement("w:pBdr")
        properties.append(edges)
    edge = OxmlElement(f"w:{side}")
    for name, value in (("val", kind), ("sz", "6"), ("space", "4"), ("color", "555555")):
        edge.set(qn(f"w:{name}"), value)
    edges.append(edge)
