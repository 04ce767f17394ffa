"""A document of the kit as PDF: tagged, A4 and Letter, printed by a Chromium and looked at after
printing, so that no side is left nearly empty and none is too many.
"""

import os
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

from casebook.core.addresses import PATTERN
from casebook.kit.letters import language, scripts_in, without_scripts
from casebook.kit.page import DENSITIES, Document, whole

FEWEST_LINES = 5  # on a side
EMPTY = "This side stays empty: the next one begins a leaf of its own."
LAST_LINES = "Letters to Pact. "  # how the small print at the end begins
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

DRAWN_ALIKE = """letters => {
    const [one, other] = letters.map(letter => {
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = 40;
        const pen = canvas.getContext("2d");
        pen.font = "30px serif";
        pen.fillText(letter, 2, 32);
        return canvas.toDataURL();
    });
    return one === other;
}"""


class NoBrowser(Exception):
    """There is no Chromium to print with."""


def chromium() -> str | None:
    """The path of a Chromium, None where there is none."""
    return os.environ.get("CASEBOOK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def printer() -> Iterator["Printer"]:
    """A Chromium that prints, closed at the end. Raises NoBrowser."""
    from playwright.sync_api import sync_playwright

    path = chromium()
    if path is None:
        raise NoBrowser("no Chromium was found; CASEBOOK_CHROMIUM may name one")
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield Printer(browser.new_page())
        finally:
            browser.close()


class Printer:
    """Prints documents on one open page of a browser."""

    def __init__(self, page):
        self._page = page
        self._fitting: dict[str, int] = {}  # a document's density on the paper before
        self._drawn: dict[str, bool] = {}  # whether this machine has letters of a script

    @property
    def not_drawn(self) -> list[str]:
        """The languages whose words were told of and not printed, for want of letters."""
        return sorted({language(script) for script, drawn in self._drawn.items() if not drawn})

    def draws(self, letters: str) -> bool:
        """Whether this machine has these two letters: where it has none, it draws one box twice."""
        return self._page.evaluate(DRAWN_ALIKE, list(letters)) is False

    def pdf(self, document: Document, paper: str) -> bytes:
        """The document printed, in the first density in which its sides come out well; where none
        does, in the one that comes nearest. One whose last side has a few lines is tried closer, so
        that a side may be spared. Words whose letters this machine lacks are told of in a note.
        """
        document = document._replace(body=on_paper(document.body))
        for script, letters in scripts_in(document.body).items():
            if script not in self._drawn:
                self._drawn[script] = self.draws(letters)
        missing = {script for script, drawn in self._drawn.items() if not drawn}
        document = document._replace(body=without_scripts(document.body, missing))
        begin = self._fitting.get(document.name, 0)
        order = [*list(DENSITIES)[begin:], *list(DENSITIES)[:begin]]
        best, fewest = b"", (99, 99)
        for density in order:
            raw = self._in_leaves(document, paper, density)
            found = sides(raw)
            score = len(_faults(found, document.most)), len(found)
            if score < fewest:
                best, fewest = raw, score
                self._fitting[document.name] = list(DENSITIES).index(density)
            if not score[0] and not _ends_early(found):
                break
        return best

    def _in_leaves(self, document: Document, paper: str, density: str) -> bytes:
        """The document printed, each leaf on a front side: where it would begin on the back of the
        one before, that back stays empty.
        """
        raw = self._printed(whole(document, paper, density))
        for number, (heading, _) in enumerate(leaves(document.body)):
            if side_of(raw, heading) % 2 == 0:
                begins = leaves(document.body)[number][1]
                empty = f"<p class='leaf empty'>{EMPTY}</p>"
                body = f"{document.body[:begins]}{empty}{document.body[begins:]}"
                document = document._replace(body=body)
                raw = self._printed(whole(document, paper, density))
        return raw

    def _printed(self, html: str) -> bytes:
        self._page.set_content(html)
        return self._page.pdf(prefer_css_page_size=True, tagged=True, outline=True)


@contextmanager
def opened(raw: bytes) -> Iterator:
    """A PDF as pypdfium2 reads it, closed at the end."""
    from pypdfium2 import PdfDocument

    pdf = PdfDocument(raw)
    try:
        yield pdf
    finally:
        pdf.close()


def sides(raw: bytes) -> list[list[str]]:
    """The lines of text on each side of a PDF, without the foot; a box, a rule, an empty cell and
    the small print of an address count for nothing.
    """
    with opened(raw) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    return [[line for line in text.splitlines() if not _is_beside(line)] for text in texts]


def on_paper(html: str) -> str:
    """The page without what a printed one leaves out, and without links that lead to it."""
    html = re.sub(r"<section class='on-screen'>.*?</section>", "", html, flags=re.S)
    return re.sub(r"<a href='#[^']*'>(.*?)</a>", r"\1", html)


def leaves(html: str) -> list[tuple[str, int]]:
    """The heading with which each leaf but the first begins, and the place of its element, or of
    the section that it opens.
    """
    begins = r"<h2 class='leaf'>(.*?)</h2>|<div class='screen leaf'>.*?<h2>(.*?)</h2>"
    found = re.finditer(begins, html, re.S)
    return [(unescape(leaf[1] or leaf[2]), _opened(html, leaf.start())) for leaf in found]


def _opened(html: str, place: int) -> int:
    """Where the section begins in which a place lies; the place, where it lies in none."""
    begins = html.rfind("<section", 0, place)
    return begins if begins > html.rfind("</section>", 0, place) else place


def side_of(raw: bytes, heading: str) -> int:
    """The side on which a heading stands, by the outline."""
    with opened(raw) as pdf:
        return next(
            entry.get_dest().get_index() + 1
            for entry in pdf.get_toc()
            if entry.get_title() == heading
        )


def points(raw: bytes) -> Counter:
    """How many letters of a PDF have which size in points, as they are printed; a browser makes a
    page smaller on which something is too wide.
    """
    import pypdfium2.raw as pdfium

    found: Counter = Counter()
    placed = pdfium.FS_MATRIX()
    with opened(raw) as pdf:
        for text in (page.get_textpage() for page in pdf):
            for number in range(text.count_chars()):
                if not chr(pdfium.FPDFText_GetUnicode(text, number)).isspace():
                    pdfium.FPDFText_GetMatrix(text, number, placed)
                    size = pdfium.FPDFText_GetFontSize(text, number)
                    found[round(abs(size * placed.d), 1)] += 1
    return found


def _ends_early(found: list[list[str]]) -> bool:
    """Whether the last of several sides has few lines."""
    return len(found) > 1 and len(found[-1]) < 3 * FEWEST_LINES


def _is_beside(line: str) -> bool:
    """Whether a line says nothing of its own: the page's number, its title, or both, in the order
    of their drawing; addresses alone, which a PDF sets on a line of their own; nothing.
    """
    foot = re.fullmatch(r"(\d+ / \d+)?(Letters to Pact · .*)?", line.strip())
    return bool(foot) or not PATTERN.sub("", line).strip(" ,;")


def faults(raw: bytes, most: int) -> list[str]:
    """What is wrong with the sides of a PDF: too many, one with less than five lines, or a last one
    with nothing but where the articles can be read.
    """
    return _faults(sides(raw), most)


def _faults(found: list[list[str]], most: int) -> list[str]:
    wrong = [f"{len(found)} sides, more than {most}"] if len(found) > most else []
    if len(found) > 1 and found[-1] and found[-1][0].startswith(LAST_LINES):
        wrong.append("the last side has nothing but the sources")
    return wrong + [
        f"side {number} has {len(lines)} lines"
        for number, lines in enumerate(found, 1)
        if len(lines) < FEWEST_LINES and lines != [EMPTY]
    ]
