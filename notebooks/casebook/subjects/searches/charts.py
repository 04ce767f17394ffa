"""Searches: what was looked for, in which words, and what was found nearest."""

import re

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import BREAK, Html, TableExhibit, badge, cell, evidence_of, strong
from casebook.figure.english import LANGUAGES, capital, day, listed, number, several

__all__ = ["searches"]

ANSWERS = {
    "none found": ("open", "? none found"),
    "found": ("good", "✓ found"),
    "stands": ("mixed", "▸ ours stays the earliest"),
    "earlier found": ("new", "◂ an earlier one came up"),
}


def searches(tables: Tables, *search_ids: str) -> TableExhibit:
    """Searches side by side: the question, the words in each language, how many results were read,
    what was found nearest.

    All of them without ``search_ids``. Raises KeyError for one that is not there.
    """
    found = tables.searches.set_index("search_id")
    if missing := set(search_ids) - set(found.index):
        raise KeyError(f"there is no search {', '.join(sorted(missing))}")
    shown = found.loc[list(search_ids)] if search_ids else found
    counts = shown["answer"].value_counts()
    told = listed(f"{number(int(counts[name]))} “{name}”" for name in ANSWERS if name in counts)
    return TableExhibit(
        ["What was asked", "In which words", "Results read", "What came of it", "On which page"],
        [_search(key, row) for key, row in shown.iterrows()],
        widths=[20, 27, 9, 26, 18],
    ).describe(
        title=(
            f"{capital(several(len(shown), 'question'))} searched for with"
            f" {several(int(shown['queries'].sum()), 'query', 'queries')}: {told}"
        ),
        subtitle=(
            f"In {listed(dict.fromkeys(shown['collection']))}, {_days(shown['date'])}. What no"
            " stored page shows may still be so"
        ),
        description=f"Table of {len(shown)} searches. "
        + " ".join(
            f"{key}: {s['asked']} {capital(s['answer'])}, {s['read']} results read."
            for key, s in shown.iterrows()
        ),
        source="; ".join(shown.index),
        evidence=evidence_of(tables, shown.index),
    )


def _search(key: str, row: pd.Series) -> list[str]:
    return [
        cell(row["asked"], Html(f"<sup>{key}</sup>")),
        _words(row["words"]),
        f"{row['read']} of {row['results']}",
        cell(badge(*ANSWERS[row["answer"]]), BREAK, row["nearest"]),
        row["pages"] or "–",
    ]


def _days(dates: pd.Series) -> str:
    """The first and the last day, or the one."""
    found = sorted(set(dates))
    return " and ".join(map(day, dict.fromkeys([*found[:1], *found[-1:]])))


def _words(words: str) -> Html:
    """The words of a search, a line for each query, its language in words; a query may have
    semicolons of its own.
    """
    queries = (query.partition(": ") for query in re.split(r"; (?=[a-z]{2}: )", words))
    lines = (cell(strong(f"{LANGUAGES[code]}:"), " ", text) for code, _, text in queries)
    return Html(BREAK.join(lines))
