"""Texts that have much in common, put together from parts that are stored once.

A picture inside a text (an SVG in base64) is opened first, so that two pictures share what both
show: the parts of a picture in layers, letters, the ground.
"""

import base64
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

BEGINS, ENDS = "\x01", "\x02"  # around an opened picture
CUT = "\x03"  # between two pieces; no HTML of ours holds any of the three
PREFIX = "data:image/svg+xml;base64,"
PICTURE = re.compile(re.escape(PREFIX) + r"([A-Za-z0-9+/=]+)")
# Before a row, a cell, a paragraph …; in a picture before an artist's group and a definition. Each
# pattern begins with what it consumes, so that the search leaps from one to the next.
BEFORE_TAG = re.compile(
    r"<(?=(?:tr|td|th|li|ul|p|table|tbody|figure|figcaption|img|details|blockquote|span|h\d)\b)"
    f"|{ENDS}"
)
BEFORE_LINE = re.compile(r"\n(?= {0,3}</?g[ >]|<(?:path|pattern|clipPath)\b| ?</?defs)")


def opened(html: str) -> str:
    """HTML with its pictures as plain SVG."""
    return PICTURE.sub(
        lambda found: f"{BEGINS}{base64.b64decode(found[1]).decode('utf-8')}{ENDS}", html
    )


def closed(text: str) -> str:
    """The HTML that ``opened`` was given."""
    return re.sub(
        f"{BEGINS}([^{ENDS}]*){ENDS}",
        lambda found: PREFIX + base64.b64encode(found[1].encode("utf-8")).decode("ascii"),
        text,
    )


class Parts:
    """The parts of one page: ``texts`` by their numbers."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}

    def pack(self, several: Iterable[str]) -> list[list[int]]:
        """Texts of HTML, each as the numbers of its parts."""
        pieces: dict[str, int] = {}
        rows = [
            [pieces.setdefault(piece, len(pieces)) for piece in _cut(opened(text))]
            for text in several
        ]
        names = list(pieces)
        return [
            [self._number("".join(names[piece] for piece in run)) for run in runs]
            for runs in _runs(rows)
        ]

    def html(self, numbers: Iterable[int]) -> str:
        """The HTML that these parts make."""
        return closed("".join(self.texts[number] for number in numbers))

    def _number(self, text: str) -> int:
        if text not in self._numbers:
            self._numbers[text] = len(self.texts)
            self.texts.append(text)
        return self._numbers[text]


def _cut(text: str) -> list[str]:
    """A text in its pieces.

    >>> _cut("<tr><td>1</td></tr>")
    ['<tr>', '<td>1</td></tr>']
    """
    text = BEFORE_TAG.sub(rf"{CUT}\g<0>", text).replace(BEGINS, BEGINS + CUT)
    return [piece for piece in BEFORE_LINE.sub(rf"\n{CUT}", text).split(CUT) if piece]


def _runs(rows: Sequence[Sequence[int]]) -> list[list[list[int]]]:
    """Each row cut into runs of what always follows one another, in whatever row.

    >>> _runs([[1, 2, 3], [1, 2, 4]])
    [[[1, 2], [3]], [[1, 2], [4]]]
    """
    after, before = defaultdict(set), defaultdict(set)
    for row in rows:
        for one, next_one in zip([None, *row], [*row, None]):
            after[one].add(next_one)
            before[next_one].add(one)
    found = []
    for row in rows:
        runs: list[list[int]] = []
        for one, piece in zip([None, *row], row):
            alone = one is None or len(after[one]) > 1 or len(before[piece]) > 1
            if alone or one == piece:
                runs.append([piece])
            else:
                runs[-1].append(piece)
        found.append(runs)
    return found
