"""Sentences that say that something was not found: each rests on a search, and names it (Q012)."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

SEARCH = re.compile(r"\bQ\d{3}\b")
# "none found", "no page was found", "earliest found", "no page names", "was not seen", "nobody is
# known to" …
NEGATIVE = re.compile(
    r"\b(none (was |were |has been |have been )?(found|seen)|(not|never) (been )?(found|seen)|found"
    r" (none|nothing|no\b)"
    r"|(no|nothing|none|nobody|nowhere|neither)\b[^.;:!?]{0,60}\b(was|were|is|are|has been|have"
    r" been|could be) (yet )?(found|seen)"
    r"|(earliest|first|oldest)( [\w’'-]+){0,3} found|found (earliest|first)|(earliest|first) report"
    r" found"
    r"|no (stored )?pages? (of ours"
    r" )?(says?|gives?|names?|tells?|told|shows?|showed|settles?|speaks?|dates?|states?|on"
    r" which|that)"
    r"|(could|can) not be (found|seen)|looked for and not found)\b",
    re.I,
)
# What sounds like it and says nothing of a search: what a reader has not seen, what an excerpt has.
NOT_OURS = re.compile(
    r"\b(you|pupils?|learners?|class(es)?|they|nobody) (have|has) (not )?(yet )?(seen|read)|not"
    r" seen (before|beforehand)|^first found: ",
    re.I,
)
# Other people's words, words that are spoken about, and what stands in brackets in place of a
# title.
QUOTED = re.compile(r"“[^”]*”|‘[^’]*’|\*\*?[^*]{1,40}\*\*?|\[[^\]]*\]")
# Fields that hold codes, other people's words or addresses, and no sentence of ours.
NO_SENTENCES = {
    "value",
    "bins",
    "cell",
    "seen",
    "kind",
    "step_basis",
    "basis",
    "found",
    "url",
    "words",
    "quoted_context",
    "key_phrase",
    "snippet",
    "source_title",
    "title_basis",
    "file",
    "code_id",
    "start",
    "solution",
    "code",
    "query",
    "term",
}


def sentences(text: str) -> list[str]:
    """A text cut behind its full stops, colons kept.

    >>> sentences("None was found. That is all.")
    ['None was found.', 'That is all.']
    """
    return [
        part.strip()
        for part in re.split(r"(?<=[.?!])[”\"’)*]*\s+(?=[A-Z“‘\"(*\d])", text)
        if part.strip()
    ]


def negatives(text: str) -> list[str]:
    """The sentences of ``text`` that say that something was not found or not seen, those between
    quotation marks left out.

    >>> negatives("No report of a meeting was found. “None found” is not “none sent”.")
    ['No report of a meeting was found.']
    """
    return [
        s
        for s in sentences(text)
        if NEGATIVE.search(plain := QUOTED.sub(" ", s)) and not NOT_OURS.search(plain)
    ]


def without_search(text: str) -> list[str]:
    """Those of them that name no search (Q012)."""
    return [s for s in negatives(text) if not SEARCH.search(s)]


def rows_without_search(row: BaseModel) -> Iterator[tuple[BaseModel, str, str]]:
    """(row, field, sentence) of every negative in ``row`` and the rows inside it, where the row
    that says it names no search anywhere.

    A cell or an article of a treaty rests on the treaty's own search.
    """
    if getattr(type(row), "RESTS_ON_ITS_TREATYS_SEARCH", False):
        return
    texts = {name: value for name, value in row if isinstance(value, str)}
    inside = [
        part
        for _, value in row
        for part in (value if isinstance(value, (list, tuple)) else (value,))
        if isinstance(part, BaseModel)
    ]
    if not any(SEARCH.search(value) for value in texts.values()):
        for name, value in texts.items():
            if name not in NO_SENTENCES:
                yield from ((row, name, sentence) for sentence in negatives(value))
    for part in inside:
        yield from rows_without_search(part)
