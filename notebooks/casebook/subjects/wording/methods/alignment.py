"""Word-level alignment of versions of one sentence against a chosen reference, and what follows
from it.

Pairs of tokens come from ``difflib.SequenceMatcher`` (Ratcliff and Obershelp's longest matching
blocks). Words that differ only in capitals, or in the shape of an apostrophe or quotation mark,
count as the same; punctuation stands apart from words and is not counted.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables

__all__ = ["align", "kept_words", "versions_of"]

GAP = "[…]"  # where a report puts words of its own between two quotations
TOKEN = re.compile(r"(?:\[…\]|\w+(?:[-'’]\w+)*|[^\w\s])\s*")
ARTICLES = {"the", "a", "an"}
SAME_MARKS = str.maketrans("’‘“”", "''\"\"")
LONGEST_PIECE = 8  # words of a changed piece for which the best counterpart is looked for
# Share of letters in common from which a word is "changed" rather than dropped and another added.
LEAST_LIKE = 0.34


class Operation(NamedTuple):
    """One stretch: ``kind`` is kept, dropped, added or changed; ``reference`` and ``variant`` are
    its words on either side.

    ``where`` says of a dropped stretch whether it is missing 'inside' the variant, or lies 'before'
    its beginning, 'after' its end, or in a 'gap' between two quotations; else it is empty.
    """

    kind: str
    reference: str
    variant: str
    where: str = ""


class Alignment(NamedTuple):
    """A variant against its reference, stretch by stretch."""

    operations: tuple[Operation, ...]

    def words(self, kind: str, side: str = "reference", where: str = "") -> int:
        """How many words the stretches of a kind have, on the side of the reference or of the
        variant.
        """
        return sum(
            count(getattr(x, side))
            for x in self.operations
            if x.kind == kind and where in ("", x.where)
        )

    @property
    def counts(self) -> dict[str, int]:
        """Words kept, dropped, added and changed; added ones are counted in the variant, all else
        in the reference.
        """
        return {
            kind: self.words(kind, "variant" if kind == "added" else "reference")
            for kind in ("kept", "dropped", "added", "changed")
        }

    @property
    def verbatim(self) -> bool:
        """Whether the variant stands in the reference word for word, from wherever it begins to
        wherever it ends.
        """
        return self.words("kept") > 0 and not (
            self.words("added", "variant")
            or self.words("changed")
            or self.words("changed", "variant")
            or self.words("dropped", where="inside")
        )


def tokens(text: str) -> list[str]:
    """Words and punctuation marks, each with the blanks after it: joined again they give the text.

    >>> tokens("North-Korea's army, too")
    ["North-Korea's ", 'army', ', ', 'too']
    """
    return TOKEN.findall(text.strip())


def count(text: str) -> int:
    """How many words a text has; punctuation and gaps are none."""
    return sum(re.search(r"\w", token) is not None for token in tokens(text))


def _key(token: str) -> str:
    return token.strip().casefold().translate(SAME_MARKS)


def _codes(first: list[str], second: list[str]) -> list[list]:
    """difflib's codes, with dropped and added stretches moved to begin at an article where that is
    as true.

    Of "interests of the peoples of the two" against "interests of the two" one may drop "peoples of
    the" or "the peoples of".
    """
    codes = [
        list(code) for code in SequenceMatcher(None, first, second, autojunk=False).get_opcodes()
    ]
    for before, code, after in zip(codes, codes[1:], codes[2:]):
        if code[0] not in ("delete", "insert") or before[0] != "equal" or after[0] != "equal":
            continue
        words, (start, end) = (first, code[1:3]) if code[0] == "delete" else (second, code[3:5])
        shift = 0
        while (
            words[start] not in ARTICLES
            and shift + 1 < before[2] - before[1]
            and words[start - 1] == words[end - 1]
        ):
            start, end, shift = start - 1, end - 1, shift + 1
        if words[start] in ARTICLES and shift:
            for piece, places in ((before, (2, 4)), (code, (1, 2, 3, 4)), (after, (1, 3))):
                for place in places:
                    piece[place] -= shift
    return codes


def _likest(words: list[str], size: int, other: list[str], last: bool) -> int:
    """How many of ``words`` (the last of them, or the first) answer to ``other``: the number with
    the likest letters; none if all are unlike.
    """
    if size > LONGEST_PIECE:
        return 0
    wanted = "".join(map(_key, other))
    likeness = {
        n: (
            SequenceMatcher(
                None, "".join(map(_key, words[-n:] if last else words[:n])), wanted
            ).ratio()
        )
        for n in range(1, min(len(words), size) + 1)
    }
    best = max(likeness, key=lambda n: (likeness[n], -n), default=0)
    return best if best and likeness[best] >= LEAST_LIKE else 0


def _replaced(words: list[str], other: list[str], at_start: bool, at_end: bool):
    """A replaced stretch as operations: a gap, or an end of the variant, skips words of the
    reference; the rest is changed.
    """
    if GAP in map(str.strip, other):
        cut = [t.strip() for t in other].index(GAP)
        left, right = other[:cut], other[cut + 1 :]
        first = _likest(words, len(left), left, last=False) if left else 0
        last = _likest(words[first:], len(right), right, last=True) if right else 0
        middle = words[first : len(words) - last]
        yield from _plain(words[:first], left)
        yield Operation("dropped", "".join(middle), "", "gap")
        yield Operation("added", "", other[cut])
        yield from _plain(words[len(words) - last :], right)
    elif at_start != at_end and len(words) > len(other):
        size = _likest(words, len(other), other, last=at_start)
        if at_start:
            yield Operation("dropped", "".join(words[: len(words) - size]), "", "before")
            yield from _plain(words[len(words) - size :], other)
        else:
            yield from _plain(words[:size], other)
            yield Operation("dropped", "".join(words[size:]), "", "after")
    else:
        yield from _plain(words, other)


def _plain(words: list[str], other: list[str]):
    """Changed, or dropped or added where one side is empty."""
    if words or other:
        kind = "changed" if words and other else "dropped" if words else "added"
        yield Operation(kind, "".join(words), "".join(other), "inside" if kind == "dropped" else "")


@lru_cache(maxsize=4096)
def align(reference: str, variant: str) -> Alignment:
    """A variant against a reference, word for word.

    Kept, dropped and changed stretches joined give the reference back; kept, added and changed ones
    the variant. A gap ('[…]') in the variant is an added stretch without words.
    """
    first, second = tokens(reference), tokens(variant)
    found = []
    for kind, i1, i2, j1, j2 in _codes([_key(t) for t in first], [_key(t) for t in second]):
        words, other = first[i1:i2], second[j1:j2]
        at_start, at_end = j1 == 0, j2 == len(second)
        if kind == "equal":
            found.append(Operation("kept", "".join(words), "".join(other)))
        elif kind == "delete":
            found.append(
                Operation(
                    "dropped",
                    "".join(words),
                    "",
                    "before" if at_start and second else "after" if at_end and second else "inside",
                )
            )
        elif kind == "insert":
            found.append(Operation("added", "", "".join(other)))
        else:
            found += _replaced(words, other, at_start, at_end)
    return Alignment(tuple(x for x in found if x.reference or x.variant))


def versions_of(tables: Tables, group: str, unseen: bool = False) -> pd.DataFrame:
    """The versions of a sentence, by variant_id: the rows of ``variants``; those kept for a
    check-out only if ``unseen``.

    A comma or full stop at the very end is left out: it belongs to the sentence around the
    quotation. Raises KeyError for an unknown group.
    """
    rows = tables.variants[tables.variants["group"] == group]
    if rows.empty:
        raise KeyError(
            f"there is no sentence {group!r}; there are:"
            f" {', '.join(tables.variants['group'].unique())}"
        )
    rows = rows[rows["use"].isin(["lesson", "check-out"] if unseen else ["lesson"])]
    return rows.assign(text=[text.rstrip(" .,") for text in rows["text"]]).set_index("variant_id")


def align_group(tables: Tables, group: str, reference: str) -> dict[str, Alignment]:
    """Every other version of a sentence against the version ``reference``, by variant_id."""
    return _against(dict(versions_of(tables, group)["text"]), reference)


def _against(texts: dict[str, str], reference: str) -> dict[str, Alignment]:
    return {key: align(texts[reference], text) for key, text in texts.items() if key != reference}


def _all(tables: Tables, unseen=False):
    """(group, reference, variant, alignment) for every pair of versions of one sentence."""
    for group in tables.variants["group"].unique():
        texts = dict(versions_of(tables, group, unseen)["text"])
        for reference in texts:
            for variant, alignment in _against(texts, reference).items():
                yield group, reference, variant, alignment


@derived_table
def word_changes(tables: Tables) -> pd.DataFrame:
    """Every word that a version does not keep. Columns: group, reference, variant_id, operation,
    where, word, became.

    ``word`` is a word of the reference (dropped, changed) or of the variant (added); ``became`` the
    variant's words where it is changed.
    """
    rows = []
    for group, reference, variant, alignment in _all(tables):
        for x in alignment.operations:
            if x.kind != "kept":
                rows += [
                    (
                        group,
                        reference,
                        variant,
                        x.kind,
                        x.where,
                        _key(word),
                        x.variant.strip() if x.kind == "changed" else "",
                    )
                    for word in tokens(x.reference or x.variant)
                    if count(word)
                ]
    return pd.DataFrame(
        rows, columns=["group", "reference", "variant_id", "operation", "where", "word", "became"]
    )


@derived_table
def kept_words(tables: Tables, group: str = "") -> pd.DataFrame:
    """How many documents keep each word of a reference, in its place. Columns: group, reference,
    position, word, kept_by.

    ``group`` names one sentence; else all. A document keeps a word if one of its versions does; a
    document whose own version is the reference is not counted.
    """
    rows = []
    groups = [group] if group else tables.variants["group"].unique()
    for name in groups:
        table = versions_of(tables, name)
        texts, sources = dict(table["text"]), dict(table["source_id"])
        for reference, text in texts.items():
            every = tokens(text)
            keep = [set() for _ in every]
            for variant, alignment in _against(texts, reference).items():
                source, place = sources[variant], 0
                for x in alignment.operations:
                    size = len(tokens(x.reference))
                    if x.kind == "kept" and source and source != sources[reference]:
                        for i in range(place, place + size):
                            keep[i].add(source)
                    place += size
            words = [(token, who) for token, who in zip(every, keep) if count(token)]
            rows += [
                (name, reference, n, _key(token), len(who))
                for n, (token, who) in enumerate(words, 1)
            ]
    return pd.DataFrame(rows, columns=["group", "reference", "position", "word", "kept_by"])


@derived_table
def verbatim(tables: Tables) -> pd.DataFrame:
    """Which version stands word for word in which other one of the same sentence. Columns:
    variant_id, of ('none' where in no other).
    """
    rows, seen = [], set()
    for _, reference, variant, alignment in _all(tables, unseen=True):
        seen.add(variant)
        if alignment.verbatim:
            rows.append((variant, reference))
    rows += [(variant, "none") for variant in sorted(seen - {variant for variant, _ in rows})]
    return pd.DataFrame(rows, columns=["variant_id", "of"])


def descent(tables: Tables, variant: str, reference: str) -> list[str]:
    """The versions from ``variant`` back to just after ``reference``, each with the one it is held
    to come after.

    Empty where no such line leads from the reference to the variant.
    """
    before = dict(zip(tables.variants["variant_id"], tables.variants["after"]))
    line = []
    while variant and variant != reference and variant not in line:
        line.append(variant)
        variant = before.get(variant, "")
    return line if variant == reference else []
