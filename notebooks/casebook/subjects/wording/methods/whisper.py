"""One sentence from hand to hand: which page has it in which words, what became of the words of the
page before, and at which hand that is held to have come in.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables
from casebook.subjects.wording.methods.alignment import Alignment, align, count

__all__ = ["whisper_pages"]

SENTENCE, THREAD = "new high stage", "Kim's message"
NOBODY, NOT_KNOWN = "nobody", "not known"
TRANSLATOR = "a translator (not named)"


class Hand(NamedTuple):
    """A hand that the words went through: who, what they did, and whether a source says so."""

    who: str
    act: str
    basis: str


class Page(NamedTuple):
    """A page that has the sentence. ``hands`` are those since the page before, its own the last;
    ``alignment`` is against that page's words, ``turned`` whether it says them of something else;
    ``held`` is the hand at which what differs is held to have come in, NOBODY or NOT_KNOWN, by what
    ``step`` says on ``basis``.
    """

    variant: str
    before: str
    hands: tuple[Hand, ...]
    alignment: Alignment
    turned: bool
    held: str
    basis: str
    step: str

    @property
    def quotes(self) -> bool:
        """Whether its words stand between quotation marks: a translation is of all that was
        said.
        """
        return all(hand.act != "translated" for hand in self.hands)

    @property
    def replaced(self) -> int:
        """How many of its words stand where the page before has others, or none."""
        return self.alignment.words("changed", "variant") + self.alignment.words("added", "variant")

    @property
    def missing(self) -> int:
        """How many words of the page before are gone, with nothing in their place."""
        return self.alignment.words("dropped") - self.unquoted

    @property
    def unquoted(self) -> int:
        """How many words of the page before stand outside its quotation marks."""
        places = ("before", "after", "gap") if self.quotes else ()
        return sum(self.alignment.words("dropped", where=place) for place in places)

    @property
    def change(self) -> str:
        """The gravest change: another or a missing word, another subject, fewer words, none."""
        if self.replaced + self.missing:
            return "words"
        return "said of" if self.turned else "shorter" if self.unquoted else "none"


def hands(tables: Tables, source: str) -> list[Hand]:
    """The hands of the chain by which the message came to a report, in order, each once."""
    rows = tables.chains
    rows = rows[(rows["source_id"] == source) & (rows["thread"] == THREAD)].sort_values(
        "step", kind="stable"
    )
    found = {(row.actor, row.act): row.basis for row in rows.itertuples()}
    return [
        Hand(TRANSLATOR if act == "translated" else actor, act, basis)
        for (actor, act), basis in found.items()
    ]


def sentences(tables: Tables) -> pd.DataFrame:
    """The versions of the sentence by variant_id, the original word for word among them."""
    rows = tables.variants
    rows = rows[(rows["group"] == SENTENCE) & (rows["use"] != "check-out")]
    return rows.assign(text=[text.rstrip(" .,") for text in rows["text"]]).set_index("variant_id")


def line_to(rows: pd.DataFrame, source: str) -> list[str]:
    """The versions from the original to that of a report; of several the longest. Empty where the
    report has none, or no line leads to it.
    """
    own = rows.loc[rows["source_id"] == source, "text"]
    variant, line = (max(own.index, key=lambda key: count(own[key])) if len(own) else ""), []
    while variant in rows.index and variant not in line:
        line.insert(0, variant)
        variant = rows.at[variant, "after"]
    return line if line and rows.at[line[0], "use"] == "word for word" else []


def whisper_pages(tables: Tables, source: str) -> list[Page]:
    """The pages on which the sentence stands on its way to a report, from the original on. Empty
    where no line leads there.
    """
    rows, every = sentences(tables), hands(tables, source)
    line, at, found = line_to(rows, source), 0, []
    for before, variant in zip(["", *line], line):
        row, start = rows.loc[variant], at
        if before:
            at = _place(every, row["publisher"])
            mine = tuple(every[start + 1 : at + 1])
        else:
            mine = tuple(every[:1])
        last = rows.loc[before or variant]
        alignment = align(last["text"], row["text"])
        turned = last["said_of"] != row["said_of"]
        basis, step = row.get("step_basis", NOT_KNOWN), row.get("step", "hidden here")
        found.append(Page(variant, before, mine, alignment, turned, "", basis, step))
    return [page._replace(held=_held(page)) for page in found]


def _place(every: list[Hand], publisher: str) -> int:
    """At which hand a page stands: that of its publisher."""
    return next(n for n, hand in enumerate(every) if publisher.startswith(hand.who))


def _held(page: Page) -> str:
    """At which hand what a page has of its own is held to have come in."""
    if not page.before or page.change == "none":
        return NOBODY
    if page.basis == NOT_KNOWN:
        return NOT_KNOWN
    translators = [hand.who for hand in page.hands if hand.act == "translated"]
    return (translators or [page.hands[-1].who])[0]


@derived_table
def whisper_words(tables: Tables) -> pd.DataFrame:
    """Every word that a page has in place of another, on the sentence's way to each report.
    Columns: source_id, leg (1 for the way from the original to the first English), word.
    """
    rows = [
        (source, leg, word)
        for source in tables.sources["source_id"]
        for leg, page in enumerate(whisper_pages(tables, source)[1:], 1)
        for x in page.alignment.operations
        if x.kind in ("changed", "added")
        for word in x.variant.split()
        if count(word)
    ]
    return pd.DataFrame(rows, columns=["source_id", "leg", "word"])


@derived_table
def whisper_legs(tables: Tables) -> pd.DataFrame:
    """Every leg of the sentence's way to each report. Columns: source_id, leg, before, page,
    replaced, missing, unquoted (words), change (Page.change), held.
    """
    rows = [
        (
            source,
            n,
            page.before,
            page.variant,
            page.replaced,
            page.missing,
            page.unquoted,
            page.change,
            page.held,
        )
        for source in tables.sources["source_id"]
        for n, page in enumerate(whisper_pages(tables, source)[1:], 1)
    ]
    counts = ["replaced", "missing", "unquoted"]
    head = ["source_id", "leg", "before", "page", *counts, "change", "held"]
    return pd.DataFrame(rows, columns=head)
