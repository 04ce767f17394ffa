"""What no single phrase, judgement or strength can know."""

import re
from collections import Counter
from typing import TYPE_CHECKING

from casebook.records.reader import Wrong

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


def check(seeds: "Seeds", wrong: Wrong) -> None:
    """A phrase has the words of its row, piece by piece; two versions of a sentence have each
    other; then the judgements, and the scale made of them.
    """
    texts = {m.message_id: m.key_phrase or "" for m in seeds.messages} | {
        f.fact_id: f.fact for f in seeds.facts
    }
    for variant in seeds.variants:
        texts[variant.address] = texts.get(variant.address, "") + " " + (variant.text or "")
    groups = Counter(p.version_of for p in seeds.phrases if p.version_of)
    for phrase in seeds.phrases:
        pieces = map(re.escape, (piece.strip() for piece in phrase.words.split("[…]")))
        if phrase.address in texts and not re.search(".*?".join(pieces), texts[phrase.address]):
            wrong(
                phrase,
                "words",
                "not word for word in its row",
                "the words as the row has them; […] for what is cut",
            )
        if phrase.version_of and groups[phrase.version_of] != 2:
            wrong(
                phrase,
                "version_of",
                f"“{phrase.version_of}” has {groups[phrase.version_of]} versions",
                "two",
            )
    _check_judgements(seeds, wrong)
    _check_strengths(seeds, wrong)


def _check_judgements(seeds: "Seeds", wrong: Wrong) -> None:
    """Each pair is judged once by a judge."""
    seen = set()
    for row in seeds.judgements:
        pair = (row.judge, *sorted((row.first, row.second)))
        if pair in seen:
            wrong(row, "first", f"{row.judge} judges this pair twice", "each pair once")
        seen.add(pair)


def _check_strengths(seeds: "Seeds", wrong: Wrong) -> None:
    """The scale is that of the judgements."""
    known = {p.phrase_id for p in seeds.phrases}
    decided = Counter(
        p for j in seeds.judgements if j.chosen != "cannot compare" for p in (j.first, j.second)
    )
    for row in seeds.strengths:
        if row.phrase_id not in known or (
            row.made == "one reader" and row.compared != decided[row.phrase_id]
        ):
            wrong(
                row,
                "compared",
                f"the scale of {row.phrase_id} is not that of the judgements",
                "run `python -m casebook scale`",
            )
