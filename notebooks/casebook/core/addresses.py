"""Addresses of evidence: a paragraph of a document, a fact, a message, a search. Parsing only;
``tables`` resolves.
"""

import re
from typing import NamedTuple

PATTERN = re.compile(
    r"\b(?:(?P<source>S\d{1,4}) ¶(?P<paragraph>\d{1,4})"
    r"|(?P<fact>F\d{3}[a-z]?)"
    r"|(?P<message>M\d{4}-\d{2}-\d{2}-[a-z])"
    r"|(?P<search>Q\d{3}))\b"
)


class Address(NamedTuple):
    """A place in the evidence. ``kind`` is 'paragraph', 'fact', 'message' or 'search';
    ``paragraph`` is None but for the first.
    """

    kind: str
    row: str
    paragraph: int | None = None

    def __str__(self) -> str:
        return f"{self.row} ¶{self.paragraph}" if self.kind == "paragraph" else self.row


def parse_all(text: str) -> list[Address]:
    """Every address in ``text``, in order.

    >>> [str(a) for a in parse_all("Compare S0 ¶8 with F056.")]
    ['S0 ¶8', 'F056']
    """
    found = []
    for match in PATTERN.finditer(text):
        if match["source"]:
            found.append(Address("paragraph", match["source"], int(match["paragraph"])))
        else:
            kind = match.lastgroup
            found.append(Address(kind, match[kind]))
    return found


def parse(text: str) -> Address:
    """The one address that ``text`` is. Raises ValueError if it is anything else."""
    found = parse_all(text)
    if len(found) != 1 or str(found[0]) != text.strip():
        raise ValueError(f"{text!r} is no address: write S0 ¶8, F056, M2026-01-08-a or Q012")
    return found[0]


def join(found: list[Address]) -> str:
    """Addresses as they are written in a table: parted by '; '."""
    return "; ".join(map(str, found))
