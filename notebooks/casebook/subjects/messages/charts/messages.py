"""The message log in tables: one message, first uses of a wording, elements of a promise, versions
in three languages.
"""

import re
from html import escape

import pandas as pd

from casebook.core import addresses
from casebook.core.tables import Tables
from casebook.figure import BREAK, Html, TableExhibit, badge, cell, evidence_of, strong
from casebook.figure.english import (
    LANGUAGES,
    capital,
    day,
    listed,
    none_or,
    number,
    several,
    shortened,
    verb,
)
from casebook.subjects.messages.charts.log import SIDES
from casebook.subjects.messages.methods import ELEMENTS, element_matrix, log_rows, moments, spans_of

__all__ = ["element_grid", "elements", "extract_message", "first_uses", "versions"]

SIGN = {"yes": ("good", "✓"), "no": ("bad", "✗"), "not seen": ("open", "?")}
UNSETTLED = "not settled"  # the first publisher, where pages do not decide
WORDS_SEEN = {
    "quoted": "some words as written or spoken",
    "retold": "reported speech alone",
    "none": "no words",
}
PRESENT = {"yes": ("good", "✓"), "no": ("bad", "✗"), "not seen": ("open", "? not seen")}
HEADS = {
    "letter": "A letter",
    "first_person": "“I”",
    "unlimited_object": "Object without limit",
    "permanence": "Permanence",
    "unconditional": "“unconditional”",
    "respect": "“respect” for policies",
}


def extract_message(tables: Tables, message_id: str) -> TableExhibit:
    """A message of the log to read closely: the words seen of it, and what is known of how they
    came.

    Raises KeyError for a message that is not in the log, ValueError for one of which no wording was
    seen.
    """
    row = tables.messages.set_index("message_id").loc[message_id]
    if not row["key_phrase"]:
        raise ValueError(f"of {message_id} no wording was seen")
    words = len(row["key_phrase"].split())
    source = f"{message_id}. The page: {row.get('source_outlet')}; its text is not carried here"
    return TableExhibit(
        ["The words", f"“{row['key_phrase']}”"],
        [[name, text] for name, text in _known_of(tables, message_id, row).items() if text],
        widths=[24, 0],
    ).describe(
        title=(
            f"{_publisher(row)}; the key phrase has {several(words, 'word')}: {row['occasion']},"
            f" {day(row['date'])}"
        ),
        subtitle=f"The words as the page has them; the log holds excerpts only ({message_id})",
        description=f"Excerpt of {words} words: {row['key_phrase']}",
        source=source if "source_outlet" in row else message_id,
        evidence=tables.resolve(message_id),
    )


def _publisher(row: pd.Series) -> str:
    told = "told of it first" if row["form"] == "meeting" else "published it first"
    if row["first_publisher"] == UNSETTLED:
        return f"Who {told} is not settled"
    return f"{row['first_publisher']} {told}"


def _known_of(tables: Tables, message_id: str, row: pd.Series) -> dict[str, str]:
    """What is known of a message, under its names."""
    elements = tables.elements[tables.elements["message_id"] == message_id]
    noted = elements.loc[elements["seen_in"] == "note", "words"]
    met, name = row["form"] == "meeting", SIDES[row["direction"]][0]
    return {
        "Also quoted from it": "; ".join(f"“{words}”" for words in noted),
        "Who": name if met else f"{name}; {row['form'].replace('_', ' ')}",
        "Occasion": row["occasion"],
        "First told of by" if met else "First published by": row["first_publisher"],
        "This English": row["key_phrase_language_note"],
        "Of the whole message we quote": WORDS_SEEN[row["words_seen"]],
        "Fit for comparing wordings": row["weak"] or "yes",
    }


def first_uses(tables: Tables, about: str = "") -> TableExhibit:
    """When each wording was first found, and where; with ``about``, the wordings that hold that
    word (by stem).
    """
    uses = tables.first_uses.sort_values(["first_date", "wording"], kind="stable")
    uses = uses[[not about or bool(spans_of(w, about)) for w in uses["wording"]]]
    sure = ["How sure"] if "confidence" in uses else []
    places = [*uses["found_in"], *uses.get("search", ())]
    return TableExhibit(
        ["First found", "Wording", "The words around it", "Where", *sure],
        [_first_use(use) for use in uses.itertuples()],
    ).describe(
        title=_when_first(uses, moments(tables), f" with “{about}”" if about else ""),
        subtitle=(
            "First found, not first ever: stored pages from January 2019 on, most of them English"
        ),
        description=f"Table of {len(uses)} wordings: "
        + "; ".join(f"{u.wording}, {day(u.first_date)}" for u in uses.itertuples())
        + ".",
        source="the messages and pages named in the rows; the searches below",
        evidence=evidence_of(tables, [p for p in places if addresses.parse_all(p)]),
    )


def _first_use(use) -> list[str]:
    inside = addresses.parse_all(use.found_in)
    sure = getattr(use, "confidence", "")
    return [
        day(use.first_date),
        strong(use.wording),
        f"“{use.quoted_context}”",
        cell("the log", _mark(use.found_in)) if inside else f"page of {use.found_in.split('/')[2]}",
        *([sure] if sure else []),
    ]


def _when_first(uses: pd.DataFrame, shown: list[str], about: str) -> str:
    """How many wordings were found before the first labelled message, and how many from the last
    on.
    """
    if len(shown) < 2:
        return f"{capital(several(len(uses), 'wording'))}{about}, each where it was first found"
    first, last = shown[0][1:11], shown[-1][1:11]
    early, late = (uses["first_date"] < first).sum(), (uses["first_date"] >= last).sum()
    return (
        f"Of {number(len(uses))} wordings{about} in our count, {none_or(early)}"
        f" {verb(early, 'was', 'were')} found before {day(first)},"
        f" {none_or(late)} first on {day(last)}"
    )


def _mark(address: str) -> Html:
    """An address as a footnote mark."""
    return Html(f"<sup style='white-space: nowrap'>{escape(address)}</sup>")


def element_grid(tables: Tables) -> TableExhibit:
    """Message × element by signs alone: the messages fit for comparison that hold two elements of
    wording or more, or one in a letter; their words are in ``elements``.
    """
    matrix, log = element_matrix(tables), log_rows(tables).set_index("message_id")
    held = (matrix[list(ELEMENTS)] == "yes").sum(axis=1)
    shown = matrix[(matrix["weak"] == "") & (held >= 2)]
    told = "; ".join(
        f"{day(log.at[m, 'date'])}: {listed([HEADS[e] for e in ELEMENTS if cells[e] == 'yes'])}"
        for m, cells in shown.iterrows()
    )
    return TableExhibit(
        ["Message", *HEADS.values()],
        [
            [
                cell(strong(day(log.at[m, "date"])), f", {_briefly(log.loc[m])}", _mark(m)),
                *(badge(*SIGN[cells[element]]) for element in ELEMENTS),
            ]
            for m, cells in shown.iterrows()
        ],
        widths=[0, *[11] * len(ELEMENTS)],
    ).describe(
        title=f"{capital(several(len(shown), 'message'))} of Kim's side, and six elements",
        subtitle=(
            "✓ the words we have hold it; ✗ they put it otherwise; ? they don't say. Messages that"
            " hold at least two, coded by one reader"
        ),
        description=f"Grid of {len(shown)} messages by {len(ELEMENTS)} elements. {told}.",
        source="key phrases and notes of the log",
        evidence=evidence_of(tables, shown.index),
    )


def _briefly(row: pd.Series) -> str:
    """The form and the occasion of a message, in few words."""
    occasion = shortened(re.split(r"[,(;]", row["occasion"])[0].strip(), 34)
    return f"{row['form'].replace('_', ' ')}: {occasion}"


def elements(tables: Tables) -> TableExhibit:
    """Message × element of the promise: in the words we have, put otherwise there, or not in the
    excerpt.
    """
    matrix, log = element_matrix(tables), log_rows(tables).set_index("message_id")
    coded = tables.elements.set_index(["message_id", "element"]).sort_index()
    fit = matrix[matrix["weak"] == ""]
    held = "; ".join(
        f"{day(log.at[m, 'date'])}: {listed([HEADS[e] for e in ELEMENTS if fit.at[m, e] == 'yes'])}"
        for m in fit.index
    )
    facts = [place for place in tables.elements["seen_in"] if place.startswith("F")]
    return TableExhibit(
        ["Message", *HEADS.values()],
        [
            [
                _message(log.loc[key]),
                *(
                    cell(badge(*PRESENT[cells[element]]), " ", _words(key, element, coded, log))
                    for element in ELEMENTS
                ),
            ]
            for key, cells in matrix.iterrows()
        ],
        widths=[16, 10, 14, 18, 15, 14, 13],
    ).describe(
        title=_who_holds_all((fit[list(ELEMENTS)] == "yes").sum(axis=1), log),
        subtitle=(
            "Messages of Kim's side that hold at least one element of wording, coded by one reader."
            " ✓ in the words we have; ✗ they put it otherwise; ? not seen: they don't say"
        ),
        description=f"Table of {len(matrix)} messages by {len(ELEMENTS)} elements. {held}.",
        source="key phrases and notes of the log; F… where a fact is named",
        evidence=evidence_of(tables, matrix.index, facts),
    )


def _message(row: pd.Series) -> Html:
    sign = [BREAK, badge("mixed", "weak")] if row["weak"] else []
    when = strong(day(row["date"]))
    return cell(when, _mark(row.name), BREAK, SIDES[row["direction"]][0], *sign)


def _words(key: str, element: str, coded: pd.DataFrame, log: pd.DataFrame) -> str:
    """The words of an element in a message, with the fact that has them; else a letter's form."""
    if (key, element) in coded.index:
        use = coded.loc[(key, element)]
        fact = f" ({use['seen_in']})" if use["seen_in"].startswith("F") else ""
        return f"“{use['words']}”{fact}"
    return log.at[key, "form"].replace("_", " ") if element == "letter" else ""


def _who_holds_all(held: pd.Series, log: pd.DataFrame) -> str:
    """What the numbers of elements that each message holds come to."""
    whole, rest = list(held.index[held == len(ELEMENTS)]), held[held < len(ELEMENTS)]
    every = f"all {number(len(ELEMENTS))} elements in the words we have"
    if len(whole) == 1:
        only = log.loc[whole[0]]
        return (
            f"Only the {only['form'].replace('_', ' ')} of {day(only['date'])} holds {every}; no"
            f" other message holds more than {number(rest.max())}"
        )
    return f"{capital(number(len(whole)))} messages hold {every}"


def versions(tables: Tables, message_id: str) -> TableExhibit:
    """One sentence in the versions that were found: language, carrier, words, and our word-for-word
    English. Raises ValueError where none are recorded.
    """
    found = tables.renderings[tables.renderings["message_id"] == message_id]
    if found.empty:
        raise ValueError(f"no versions of {message_id} are recorded")
    said = listed(
        f"{number(n)} {verb(n, 'has', 'have')} {kind}"
        for kind, n in found.groupby("shows", sort=False).size().items()
    )
    return TableExhibit(
        ["Language", "Who has it", "The words", "Word for word", "What to see"],
        [_version(v) for v in found.itertuples()],
        widths=[10, 24, 32, 20, 14],
    ).describe(
        title=f"Of {number(len(found))} versions {said}",
        subtitle=(
            f"One sentence of {day(message_id[1:11])} in the versions found; in italics how it"
            " sounds, beside it our English"
        ),
        description=f"Table of {len(found)} versions: "
        + "; ".join(f"{LANGUAGES[v.language]}, {v.carrier}: {v.shows}" for v in found.itertuples())
        + ".",
        source=", ".join(dict.fromkeys(found["address"])),
        evidence=evidence_of(tables, [message_id], found["address"]),
    )


def _version(row) -> list[str]:
    words = Html(f"<span lang='{row.language}'>“{escape(row.words)}”</span>")
    sounds = Html(f"<br><em>{escape(row.sounds)}</em>" if row.sounds else "")
    return [
        strong(LANGUAGES[row.language]),
        cell(row.carrier, _mark(row.address)),
        cell(words, sounds),
        row.english or "as it stands",
        row.shows,
    ]
