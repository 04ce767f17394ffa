"""Searches: what was looked for, in which words, and what was found nearest."""

import re
from html import escape

from casebook.charts.corpus import LANGUAGES
from casebook.charts.words import capital, day, listed, number, several
from casebook.figure import Matrix, mark

ANSWERS = {
    "none found": ("? none found", "#555555", "#f1f1f1"),
    "found": ("✓ found", "#0b3d2e", "#d9efe3"),
    "stands": ("▸ ours stays the earliest", "#5c4300", "#f6e7c0"),
    "earlier found": ("◂ an earlier one came up", "#0b3b66", "#dbe9f6"),
}


def searches(tables, *search_ids: str) -> Matrix:
    """Searches side by side: the question, the words in each language, how many results were read,
    what was found nearest.

    All of them without ``search_ids``. Raises KeyError for one that is not there.
    """
    found = tables.searches.set_index("search_id")
    if missing := set(search_ids) - set(found.index):
        raise KeyError(f"there is no search {', '.join(sorted(missing))}")
    shown = found.loc[list(search_ids)] if search_ids else found
    rows = [
        [
            f"<strong>{key}</strong> {escape(s['asked'])}",
            _words(s["words"]),
            f"{s['read']} of {s['results']}",
            f"{mark(*ANSWERS[s['answer']])}<br>{escape(s['nearest'])}",
            escape(s["pages"]) or "–",
        ]
        for key, s in shown.iterrows()
    ]
    counts = shown["answer"].value_counts()
    told = listed(f"{number(int(counts[name]))} “{name}”" for name in ANSWERS if name in counts)
    days = sorted(set(shown["date"]))
    return Matrix(
        ["What was asked", "In which words", "Results read", "What came of it", "On which page"],
        rows,
        widths=[20, 27, 9, 26, 18],
    ).tell(
        title=(
            f"{capital(several(len(shown), 'question'))} searched for with"
            f" {several(int(shown['queries'].sum()), 'query', 'queries')}: {told}"
        ),
        subtitle=(
            f"In {listed(dict.fromkeys(shown['collection']))},"
            f" {' and '.join(map(day, (days[0], days[-1]) if len(days) > 1 else days))}. What no"
            " stored page shows may still be so"
        ),
        description=f"Table of {len(shown)} searches. "
        + " ".join(
            f"{key}: {s['asked']} {capital(s['answer'])}, {s['read']} results read."
            for key, s in shown.iterrows()
        ),
        source="; ".join(shown.index),
        evidence=tables.resolve("; ".join(shown.index)),
    )


def _words(words: str) -> str:
    """The words of a search, a line for each query, its language in words; a query may have
    semicolons of its own.
    """
    queries = (query.partition(": ") for query in re.split(r"; (?=[a-z]{2}: )", words))
    return "<br>".join(
        f"<strong>{LANGUAGES[code]}:</strong> {escape(said)}" for code, _, said in queries
    )
