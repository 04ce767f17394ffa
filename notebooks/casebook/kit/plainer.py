"""Help at the head of a large sheet, for whoever reads with difficulty: words that stand on the
sheet, said more plainly, and beginnings of sentences, from the lesson's page for teachers and the
glossary.
"""

import re
from html import escape

from casebook.core.tables import Tables
from casebook.figure.english import capital
from casebook.kit.page import text_of
from casebook.kit.prose import html_of, section

MOST = 8  # words that are explained
STARTERS = "Sentence starters:"


def help_with(tables: Tables, lesson: str, page: str, body: str) -> str:
    """The help for a sheet with this ``body``; ``page`` is the lesson's page for teachers."""
    said = section(page, "Plainer words")
    text = text_of(body)
    words = [entry for entry in plainer_words(said) if _is_used(_first_term(entry), text)]
    explained = " ".join(words).casefold()
    words += [
        f"*{capital(term)}:* {meaning}"
        for term, meaning in _glossary(tables, lesson)
        if _is_used(term, text) and term not in explained
    ]
    items = "".join(f"<li>{_inline(entry)}</li>" for entry in words[:MOST])
    listed = f"<p><strong>Words</strong></p><ul>{items}</ul>" if items else ""
    begins = " · ".join(map(escape, starters(said)))
    begin = f"<p><strong>You may begin a sentence with</strong> {begins}</p>"
    return f"<section class='help'>{listed}{begin}</section>"


def starters(said: str) -> list[str]:
    """The beginnings of sentences that a teacher's page offers."""
    line = next(line for line in _points(said) if line.startswith(STARTERS))
    return [piece.strip(" *“”") for piece in line.removeprefix(STARTERS).split(" · ")]


def plainer_words(said: str) -> list[str]:
    """The words that a teacher's page explains, one an entry in one sentence, as Markdown."""
    return [
        re.split(r"(?<=[.?]) (?!\*)", entry)[0]
        for line in _points(said)
        if not line.startswith(STARTERS)
        for entry in re.split(r"(?<=[.?]) (?=\*[^*]+(?::\*|\*:))", line)
    ]


def _points(said: str) -> list[str]:
    return [line.removeprefix("- ") for line in said.splitlines() if line.startswith("- ")]


def _first_term(entry: str) -> str:
    return re.search(r"\*([^*]+)\*", entry)[1].strip(" :").casefold()


def _is_used(term: str, text: str) -> bool:
    """Whether a term stands in a text, in one of its forms.

    >>> _is_used("deny", "He denies it."), _is_used("count", "A country.")
    (True, False)
    """
    stem = re.escape(re.sub(r"^(?:a|the|to) ", "", term))
    stem = re.sub(r"y$", "(?:y|i)", re.sub(r"e$", "e?", stem))
    return bool(re.search(rf"\b{stem}(?:e?s|e?d|ing)?\b", text, re.I))


def _glossary(tables: Tables, lesson: str) -> list[tuple[str, str]]:
    """(term, its meaning in a sentence): this lesson's first, then those of the lessons before."""
    known = tables.glossary[tables.glossary["lesson"] <= lesson]
    ordered = known.sort_values("lesson", ascending=False, kind="stable")
    return [
        (term, re.split(r"(?<=[.?]) ", meaning)[0])
        for term, meaning in zip(ordered["term"], ordered["meaning"])
    ]


def _inline(markdown: str) -> str:
    return html_of(markdown).strip().removeprefix("<p>").removesuffix("</p>")
