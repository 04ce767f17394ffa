"""A whole page of the kit: its style, for A4 and Letter, in the usual size or in 14 points without
addresses. No network, no script.
"""

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import NamedTuple

from casebook.core.addresses import PATTERN

PAPERS = {"a4": "A4", "letter": "Letter"}
MARGINS = {"a4": "13mm 15mm 15mm", "letter": "10mm 14mm 12mm"}
# Tried in turn until the pages come out well: points of the text, of a line to write on, and how
# high a line of print is in sizes of its letters. Small print is nine tenths of the text, so that
# nothing that is read is smaller than 9 points.
DENSITIES = {
    "usual": (11, 25, 1.4),
    "closer": (10.5, 23, 1.35),
    "close": (10, 22, 1.3),
    "closest": (10, 19, 1.22),
    "roomy": (11.5, 28, 1.4),
}
LARGE = {
    "usual": (14, 30, 1.4),
    "closer": (14, 28, 1.35),
    "close": (14, 26, 1.3),
    "closest": (14, 25, 1.25),
    "roomy": (15, 32, 1.4),
}
LICENCE = "Quotations remain their authors'; the rest is CC BY 4.0."

STYLE = """
body { font: $textpt/$leading $font; max-width: 17.8cm; margin: 0 auto }
body { color: #000; background: #fff }
h1 { font-size: 1.55em; margin: 0 0 .3em }
h2 { font-size: 1.2em; margin: 1em 0 .25em; break-after: avoid }
h3 { font-size: 1.05em; margin: .9em 0 .2em; break-after: avoid }
p, ul, ol, blockquote { margin: $gapem 0; orphans: 3; widows: 3 }
table { border-collapse: collapse; width: 100%; margin: .5em 0 }
td, th {
    border: 1px solid #555;
    padding: $padem .5em;
    text-align: left;
    vertical-align: top;
    font-weight: normal;
}
thead { display: table-header-group }
thead th { font-weight: bold }
.fill td { height: $linept }
.evidence, .given, small { font-size: .9em }
.evidence small, .given small { font-size: 1em }
.point { margin: .2em 0 }
.key { font-size: .9em; width: auto; margin: 0 }
.key td, .key th { padding: 0 .8em; line-height: 1.25 }
.tally { font-size: .8em; table-layout: fixed }
.tally td { height: 5.4mm; padding: 0 }
.tally th { padding: .1em .2em; vertical-align: bottom }
section, tr, li { break-inside: avoid }
.fill:not(:has(tr:nth-child(8))) { break-inside: avoid }
table:not(.evidence, .given > *, :has(tr:nth-child(7))) { break-inside: avoid }
.evidence:not(.claims, :has(tr:nth-child(4))) { break-inside: avoid }
.given tr:has(li) { break-inside: auto }
section:has(> table) > p { break-after: avoid; break-inside: avoid }
.given td:empty { height: 3em }
.leaf { break-before: page }
.lead, .label, thead { break-after: avoid }
.again { float: right; margin: -1.9em 0 0 }
tbody tr:first-child { break-before: avoid }
ol, ul { padding-left: 1.6em }
.line { border-bottom: 1px solid #777; height: $linept }
.line, .lines { break-inside: avoid }
.box { list-style: none; padding-left: .5em }
.box li::before { content: "\\2610\\00a0\\00a0" }
.screen { border: 1.5px dashed #000; padding: 0 .7em .3em; margin: .6em 0 }
.screen > .label { font-weight: bold; margin: .3em 0 }
.card { border-top: 1.5px dashed #000; padding: .6em 0; font-size: 1.1em }
.answer { border-left: 3px solid #000; padding-left: .8em; margin: .5em 0 }
blockquote { padding-left: 1em; border-left: 2px solid #777 }
.last { font-size: .9em; border-top: 1px solid #777; padding-top: .4em; margin-top: 1em }
pre { font-size: .85em; white-space: pre-wrap; border-left: 2px solid #777; padding-left: 1em }
sup { font-size: .65em; line-height: 0 }
.empty { text-align: center }
@media print {
    .on-screen { display: none }
    a[href^="#"] { color: inherit; text-decoration: none }
}
@page {
    size: $paper;
    margin: $margin;
    @bottom-left { content: "$foot"; font: $smallpt $font }
    @bottom-right { content: counter(page) " / " counter(pages); font: $smallpt $font }
}
"""
# Nothing on a large page is smaller than its text. What reports say side by side stands in it one
# below the other, each under its name, and a table that is long goes on over sides.
ALL_LARGE = """
.evidence, .given, .card, small, .last, pre { font-size: 1em }
section:has(> table), .lead { break-inside: auto }
.fill:has(tr:nth-child(5)), .fill:has(tr:nth-child(5)) > table { break-inside: auto !important }
.claims, .claims tbody, .claims tr { display: block }
.claims thead { display: none }
.claims td { display: block; border-bottom: 0; break-inside: avoid }
.claims td + td { border-top: 1px dotted #555 }
.claims td:last-child { border-bottom: 1px solid #555 }
.claims td::before { content: attr(data-outlet) ". "; font-weight: bold }
"""
SERIF = "Georgia, 'DejaVu Serif Condensed', 'Liberation Serif', 'DejaVu Serif', serif"
SANS = "Verdana, 'DejaVu Sans', sans-serif"


class Document(NamedTuple):
    """One text of the kit: where it is written (without ending), its title, its HTML, whether in 14
    points, and how many sides it may have.
    """

    name: str
    title: str
    body: str
    large: bool = False
    most: int = 4


def whole(document: Document, paper: str = "a4", density: str = "usual") -> str:
    """The document as an HTML page for this paper (PAPERS), as dense as DENSITIES says."""
    text, line, leading = (LARGE if document.large else DENSITIES)[density]
    given = {
        "text": f"{text}",
        "line": f"{line}",
        "leading": f"{leading}",
        "gap": f"{leading - 0.95:.2f}",
        "pad": f"{(leading - 1) * 0.6:.2f}",
        "small": f"{text if document.large else 9}",
        "font": SANS if document.large else SERIF,
        "paper": PAPERS[paper],
        "margin": MARGINS[paper],
        "foot": re.sub(r'["\\]', "", f"Letters to Pact · {document.title}"),
    }
    style = STYLE + ALL_LARGE * document.large
    style = re.sub(rf"\$({'|'.join(given)})", lambda found: given[found[1]], style)
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><meta name='viewport'"
        " content='width=device-width, initial-scale=1'>"
        f"<title>{escape(document.title)}</title><style>{style}</style></head>"
        f"<body>{unparted(document.body)}</body></html>\n"
    )


def unparted(html: str) -> str:
    """The page with no break between a box and its word, or between a gap and what asks for it.

    >>> unparted("☐ true ☐ false, Date: ____")
    '☐\\xa0true ☐\\xa0false, Date:\\xa0____'
    """
    return re.sub(r"(?<=☐) | (?=_{3})", "\u00a0", html)


_ADDRESS = re.sub(r"[(][?]P<[a-z]+>", "(?:", PATTERN.pattern)
_CODE = re.compile(rf"(?:{_ADDRESS}|S\d{{1,4}})")
_BRACKET = re.compile(r"( ?)\(([^()<>]*)\)")


def without_addresses(html: str, outlets: Mapping[str, str]) -> str:
    """The page for whoever reads with difficulty. What is an address and nothing else goes: a
    footnote mark, a part of a bracket. One that its sentence needs is said in words, with the name
    that ``outlets`` has for the document.

    >>> page = "<p>So it is.<sup>F252, S4 ¶4</sup> Two (F001; F002) more (by KCNA, F003).</p>"
    >>> without_addresses(page, {})
    '<p>So it is. Two more (by KCNA).</p>'
    >>> without_addresses("It stands in S1 ¶6, too.", {"S1": "Business Upturn"})
    'It stands in paragraph 6 of Business Upturn, too.'
    """
    html = re.sub(r"<sup\b[^>]*>[^<]*</sup>", "", html)
    html = re.sub(rf" ?<small>(?:[\s;,]*{_ADDRESS})+\s*</small>", "", html)
    html = _BRACKET.sub(_bracket, html)
    return PATTERN.sub(lambda found: _in_words(found, outlets), html)


def _bracket(found: re.Match) -> str:
    """A bracket without those of its parts that are codes."""
    parts = re.split(r"([;,] )", found[2])
    kept = ""
    for mark, part in zip(["", *parts[1::2]], parts[::2]):
        if not _CODE.fullmatch(part):
            kept += (mark if kept else "") + part
    return f"{found[1]}({kept})" if kept else ""


def _in_words(found: re.Match, outlets: Mapping[str, str]) -> str:
    if found["source"] not in outlets:
        return found[0]
    begins = found.start() == 0 or found.string[found.start() - 1] == ">"
    return f"{'P' if begins else 'p'}aragraph {found['paragraph']} of {outlets[found['source']]}"


def text_of(html: str) -> str:
    """The text of a page, a line a block."""
    html = re.sub(
        r"<(?:/?(?:p|h\d|li|td|th|tr|div|section|blockquote|small)|br)\b[^>]*>", "\n", html
    )
    return re.sub(r"\s*\n\s*", "\n", unescape(re.sub(r"<[^>]+>", "", html))).strip()
