"""What no single row of the Council's record can know: words in their facts, sides of a length."""

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from casebook.core import addresses
from casebook.records.base import LONGEST_QUOTATION, count_words
from casebook.records.reader import Wrong

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds

FAIR = 0.15  # by how much the longer side of an occasion may exceed the shorter


def check(seeds: "Seeds", wrong: Wrong) -> None:
    """Reasons quote their facts, briefly, each side at one length."""
    facts = {f.fact_id: f.fact for f in seeds.facts}
    lengths = defaultdict(dict)
    for reason in seeds.reasons:
        quoted = " ".join(facts.get(a.row, "") for a in addresses.parse_all(reason.address))
        for words in re.findall(r"“([^”]*)”", reason.text):
            if words not in quoted:
                wrong(
                    reason,
                    "text",
                    f"{words!r} is not in its facts",
                    "words as the facts quote them",
                )
            if count_words(words) > LONGEST_QUOTATION:
                wrong(
                    reason,
                    "text",
                    f"{count_words(words)} words quoted",
                    f"at most {LONGEST_QUOTATION}",
                )
        if reason.use == "lesson":
            sides = lengths[reason.occasion]
            sides[reason.side] = sides.get(reason.side, 0) + count_words(reason.text)
    for occasion, sides in lengths.items():
        one = next(r for r in seeds.reasons if r.occasion == occasion)
        if len(sides) < 2 or max(sides.values()) > (1 + FAIR) * min(sides.values()):
            wrong(
                one,
                "text",
                f"{occasion}: the sides have"
                f" {', '.join(f'{n} words {side}' for side, n in sides.items())}",
                f"two sides, the longer at most {FAIR:.0%} longer",
            )
