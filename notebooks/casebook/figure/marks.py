"""Addresses as footnote marks: small, raised, behind the sentence that they belong to."""

import re
from html import escape

from casebook.core.addresses import PATTERN

_ONE = re.sub(r"\(\?P<\w+>", "(?:", PATTERN.pattern)
_MARKED = re.compile(rf" ?\(({_ONE}(?:[,;] {_ONE})*)\)([.,;:?!]*)")


def marked(text: str) -> str:
    """A text as HTML, in which addresses that stand alone between brackets are footnote marks.

    >>> marked("It rests on KCNA (F252, S4 ¶4).")
    'It rests on KCNA.<sup>F252, S4 ¶4</sup>'
    """
    return in_markdown(escape(text))


def in_markdown(text: str) -> str:
    """The same for text that is HTML or Markdown already."""
    return _MARKED.sub(r"\2<sup>\1</sup>", text)
