"""Counts in prose are those of the tables; a number typed beside a word for our rows is a named
count, or fails.
"""

import json
import re

import pytest

from casebook.build.keys import counted
from casebook.build.seeds import read_seeds
from casebook.core.numerals import NUMERALS
from helpers import HOUSE, PAGES, prose

SEEDS = read_seeds(HOUSE / "seeds")
# Words for rows of our tables. A larger number typed before one of them is a count.
OURS = (
    "rows|messages|claims|statements|answers|denials|admissions|stances|quotations|facts|"
    "searches|phrasings|judgements"
)
WORDS = "|".join(NUMERALS[1:])
ANY = rf"(?:\d[\d,]*|{WORDS})"
TYPED = re.compile(
    r"\b(?:1[3-9]|[2-9]\d|\d{3,}|\d,\d{3}) (?:of (?:the |our )?\d+ )?(?:[\w'’-]+"
    rf" ){{0,1}}(?:{OURS})\b"
)


@pytest.fixture(scope="module")
def counts(tables):
    return counted(tables, SEEDS.counts)


@pytest.fixture(scope="module")
def pages():
    texts = {path.stem: " ".join(prose(path).split()) for path in PAGES}
    return texts | {
        f"codebook texts {i}": t
        for i, t in enumerate(
            json.dumps(text, ensure_ascii=False)
            for text in json.loads((HOUSE / "data" / "code.json").read_text(encoding="utf-8"))
        )
    }


def pattern(template: str, right: dict[str, int] | None = None, own: int = 0) -> re.Pattern:
    """A template as a pattern: with any number, or with the right ones in digits or words."""

    def number(match):
        if right is None:
            return ANY
        value = own if match[0] == "{}" else right[match[0][1:-1]]
        return rf"(?:{value:,}|{value}" + (
            rf"|{NUMERALS[value]})" if value < len(NUMERALS) else ")"
        )

    return re.compile(
        r"\b"
        + re.sub(
            r"\\\{([a-z0-9_]*)\\\}",
            lambda m: number(re.match(r".*", "{" + m[1] + "}")),
            re.escape(template),
        ).replace(r"\ ", " "),
        re.I,
    )


@pytest.mark.prose
@pytest.mark.parametrize("row", SEEDS.counts, ids=lambda row: row.name)
def test_prose_says_the_number_that_the_tables_give(row, counts, pages):
    for template in row.said:
        anything, right = (
            pattern(template),
            pattern(template, counts.numbers, counts.numbers[row.name]),
        )
        said = [
            (name, found[0]) for name, text in pages.items() for found in anything.finditer(text)
        ]
        assert said, f"nobody says {template!r}"
        assert not [(name, words) for name, words in said if not right.fullmatch(words)], (
            f"{row.name} is {counts.numbers[row.name]}"
        )


def test_every_larger_count_is_a_named_one(pages):
    known = [pattern(template) for row in SEEDS.counts for template in row.said]
    typed = [
        (name, found[0], text[max(0, found.start() - 30) : found.end() + 20])
        for name, text in pages.items()
        for found in TYPED.finditer(text)
        if not any(
            k.start() <= found.start() and found.end() <= k.end()
            for one in known
            for k in one.finditer(text)
        )
    ]
    assert not typed


def test_a_planted_count_is_noticed(counts):
    row = next(row for row in SEEDS.counts if row.said)
    template, number = row.said[0], counts.numbers[row.name]
    right = pattern(template, counts.numbers, number)
    wrong = re.sub(r"\{[a-z0-9_]*\}", str(number + 1), template)
    assert pattern(template).fullmatch(wrong)
    assert not right.fullmatch(wrong)
    assert TYPED.search("Of 977 claims few are hedged.")
    assert not TYPED.search("Two claims in one sentence.")


def test_exercises_and_hand_outs_hold_no_open_place():
    for name in ("exercises", "handouts"):
        assert not re.search(
            r"\{[a-z][a-z0-9_]*(:words)?\}",
            (HOUSE / "data" / f"{name}.json").read_text(encoding="utf-8"),
        )
