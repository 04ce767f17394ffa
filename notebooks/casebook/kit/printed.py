"""A document of the kit as PDF: tagged, A4 and Letter, printed by a Chromium and looked at after
printing, so that no side is left nearly empty and none is too many.
"""

import io
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from casebook.kit.letters import language, scripts_in, without_scripts
from casebook.kit.page import DENSITIES, Document, whole

FEWEST_LINES = 5  # on a side
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
        does, in the one that comes nearest. Words whose letters this machine lacks are told of in a
        note.
        """
        for script, letters in scripts_in(document.body).items():
            if script not in self._drawn:
                self._drawn[script] = self.draws(letters)
        missing = {script for script, drawn in self._drawn.items() if not drawn}
        document = document._replace(body=without_scripts(document.body, missing))
        begin = self._fitting.get(document.name, 0)
        order = [*list(DENSITIES)[begin:], *list(DENSITIES)[:begin]]
        best, fewest = b"", (99, 99)
        for density in order:
            raw = self._printed(whole(document, paper, density))
            found = len(faults(raw, document.most)), len(sides(raw))
            if found < fewest:
                best, fewest = raw, found
                self._fitting[document.name] = list(DENSITIES).index(density)
            if not found[0]:
                break
        return best

    def _printed(self, html: str) -> bytes:
        self._page.set_content(html)
        return self._page.pdf(prefer_css_page_size=True, tagged=True, outline=True)


def sides(raw: bytes) -> list[list[str]]:
    """The lines of text on each side of a PDF, without the foot; a box, a rule and an empty cell
    count for nothing.
    """
    from pypdf import PdfReader

    texts = [page.extract_text() for page in PdfReader(io.BytesIO(raw)).pages]
    return [
        [line for line in text.splitlines() if line.strip() and not _is_foot(line)]
        for text in texts
    ]


def _is_foot(line: str) -> bool:
    """Whether a line is the page's number, its title, or both, in the order of their drawing."""
    return bool(re.fullmatch(r"(\d+ / \d+)?(Letters to Pact · .*)?", line.strip()))


def faults(raw: bytes, most: int) -> list[str]:
    """What is wrong with the sides of a PDF: too many, one with less than five lines, or a last one
    with nothing but where the articles can be read.
    """
    found = sides(raw)
    wrong = [f"{len(found)} sides, more than {most}"] if len(found) > most else []
    if len(found) > 1 and found[-1] and found[-1][0].startswith(LAST_LINES):
        wrong.append("the last side has nothing but the sources")
    return wrong + [
        f"side {number} has {len(lines)} lines"
        for number, lines in enumerate(found, 1)
        if len(lines) < FEWEST_LINES
    ]
