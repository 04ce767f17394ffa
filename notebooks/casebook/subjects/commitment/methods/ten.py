"""Ten pairs of six phrasings, two of them Englishes of one sentence: which pairs, and how alike a
learner judged the two.
"""

from itertools import combinations
from typing import NamedTuple

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables
from casebook.subjects.commitment.methods.pairs import CANNOT
from casebook.subjects.commitment.methods.scale import (
    noise_floor,
    rising_triples,
    scale_of,
    strengths,
    twins,
)

# Strengths as near as this are equal: those of answers that say the same of two phrasings differ
# by less, all others by more.
EQUAL = 1e-6

Pair = tuple[str, str]


class Six(NamedTuple):
    """The six phrasings: two Englishes that are taken for one sentence, and four others."""

    twins: Pair
    others: tuple[str, ...]

    @property
    def all(self) -> list[str]:
        """All six, in the order of their names."""
        return sorted((*self.twins, *self.others))


def six_phrasings(tables: Tables) -> Six:
    """The two Englishes of a sentence that lie farthest apart on the reader's scale, and the four
    other phrasings nearest to the middle between them.
    """
    found = scale_of(tables)
    pair = twins(found, tables.phrases).iloc[0]
    strength = found.set_index("phrase_id")["strength"]
    middle = (strength[pair["stronger"]] + strength[pair["weaker"]]) / 2
    single = found[found["version_of"] == ""].set_index("phrase_id")["strength"]
    near = (single - middle).abs().sort_values(kind="stable").index[:4]
    return Six((pair["stronger"], pair["weaker"]), tuple(sorted(near)))


def ten_pairs(tables: Tables) -> list[Pair]:
    """The ten pairs in their order: each of the four meets both Englishes, never one right after
    the other; the Englishes never meet.
    """
    (one, other), (a, b, c, d) = six_phrasings(tables)
    first = [(a, one), (other, b), (one, c), (d, other), (a, b)]
    return [*first, (b, one), (other, a), (one, d), (c, other), (c, d)]


def own_order(six: Six, mine: pd.DataFrame) -> list[str]:
    """The six in the order of the learner's own scale, the strongest first, equals by their names.

    Raises NotConnected if the judgements don't join all of them.
    """
    found = strengths(mine, six.all)
    return sorted(six.all, key=lambda item: (int((found > found[item] + EQUAL).sum()), item))


def judged_unlike(six: Six, mine: pd.DataFrame) -> int:
    """Against how many of the four others the two Englishes were judged unlike: one over it and the
    other not, or one not comparable.
    """
    said = {frozenset((row.first, row.second)): row.chosen for row in mine.itertuples()}

    def against(other: str, twin: str) -> str:
        chosen = said.get(frozenset((other, twin)), CANNOT)
        return "over" if chosen == twin else "under" if chosen == other else CANNOT

    return sum(len({against(other, twin) for twin in six.twins}) > 1 for other in six.others)


def circle_in(six: Six, mine: pd.DataFrame) -> tuple[str, ...]:
    """Three phrasings of which each was chosen over the next, and the last over the first; () if
    no three were.
    """
    over = {(row.chosen, row.first) for row in mine.itertuples()}
    over |= {(row.chosen, row.second) for row in mine.itertuples()}
    for one, two, three in combinations(six.all, 3):
        for ring in ((one, two, three), (one, three, two)):
            if over.issuperset(zip(ring, ring[1:] + ring[:1])):
                return ring
    return ()


@derived_table
def neighbours(tables: Tables) -> pd.DataFrame:
    """Each phrasing of the reader's scale beside the next lower one. Columns: higher, lower,
    distance (log odds), told_apart ('no' where it is within the noise floor, else 'yes').
    """
    found = scale_of(tables)
    floor = noise_floor(found, tables.phrases)
    distance = -found["strength"].diff().iloc[1:]
    return pd.DataFrame(
        {
            "higher": found["phrase_id"].iloc[:-1].to_list(),
            "lower": found["phrase_id"].iloc[1:].to_list(),
            "distance": distance.to_list(),
            "told_apart": ["yes" if apart > floor else "no" for apart in distance],
        }
    )


@derived_table
def course_of_the_log(tables: Tables) -> pd.DataFrame:
    """How the log's wordings went, by the ladder without 'other wording', over all
    messages. Column: course ('one step' where more triples rise than in shuffles over the whole,
    and no more before and after the war began; 'steadily' where more rise from the war on; else
    'no change').
    """
    found = rising_triples(tables).query("other == 'out' and rows == 'all messages'")
    more = (found.set_index("period")["reading"] == "more than in shuffles").to_dict()
    course = "no change"
    if more["from the war on"]:
        course = "steadily"
    elif more["whole log"] and not more["before the war"]:
        course = "one step"
    return pd.DataFrame({"course": [course]})
