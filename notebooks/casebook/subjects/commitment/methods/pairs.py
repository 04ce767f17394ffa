"""Judgements of pairs: which pair to ask next, what hangs together, and those of a class that does
not exist.

Judgements are a DataFrame with the columns judge, first, second, chosen: ``chosen`` is one of the
two items, or ``CANNOT``, which is counted and left out of the scale (``methods.scale``).
"""

import random
import zlib
from collections.abc import Iterable, Sequence
from itertools import combinations
from math import exp, gcd

import numpy as np
import pandas as pd

CANNOT = "cannot compare"
SEED = 2026


class NotConnected(ValueError):
    """The judgements don't hang together: between some groups nobody ever decided, so that no
    common scale exists.
    """

    def __init__(self, parts):
        self.parts = parts
        super().__init__(
            f"the phrasings fall into {len(parts)} groups that were never compared with each"
            " other: " + "; ".join(", ".join(part) for part in parts)
        )


def items_of(judgements: pd.DataFrame) -> list[str]:
    """Every item that was ever judged, sorted."""
    return sorted(set(judgements["first"]) | set(judgements["second"]))


def wins(judgements: pd.DataFrame, items: Sequence[str]) -> np.ndarray:
    """Items × items: how often the row was chosen over the column. ``CANNOT`` is left out."""
    place, table = {item: i for i, item in enumerate(items)}, np.zeros((len(items), len(items)))
    decided = judgements[judgements["chosen"] != CANNOT]
    for one, other, chosen in zip(decided["first"], decided["second"], decided["chosen"]):
        table[place[chosen], place[other if chosen == one else one]] += 1
    return table


def parts_of(judgements: pd.DataFrame, items: Sequence[str]) -> list[list[str]]:
    """Groups of items that hang together by decided comparisons; one group: a common scale
    exists.
    """
    near = wins(judgements, items)
    near, left, parts = near + near.T > 0, set(range(len(items))), []
    while left:
        part, edge = set(), {min(left)}
        while edge:
            part |= edge
            edge = {int(j) for i in edge for j in np.flatnonzero(near[i])} - part
        parts.append([items[i] for i in sorted(part)])
        left -= part
    return parts


def triads(judgements: pd.DataFrame) -> tuple[int, int]:
    """(triads in which all three pairs are decided, those that go round in a circle: a over b, b
    over c, c over a).

    Several judgements of a pair count by their majority; an even split is not decided. Kendall and
    Babington Smith, On the method of paired comparisons (Biometrika 31, 1940, 324-345).
    """
    items = items_of(judgements)
    table = wins(judgements, items)
    over = (table > table.T).astype(int)
    decided = over + over.T
    whole = np.trace(decided @ decided @ decided) // 6
    return int(whole), int(np.trace(over @ over @ over) // 3)


def pair_order(items: Iterable[str], seed: int) -> list[tuple[str, str]]:
    """Every pair once, in an order of its own for each seed: rounds in which each item stands in
    two pairs (the last, where their number is even, in one). The first round joins all of them in a
    ring; no item comes twice in a row if it can be helped.
    """
    rng, ring = random.Random(seed), sorted(items)
    rng.shuffle(ring)
    count = len(ring)
    steps = [step for step in range(2, count // 2 + 1)]
    rng.shuffle(steps)
    first = next((step for step in range(1, count) if gcd(step, count) == 1), 1)
    order = []
    for step in [first, *steps]:
        places = list(range(count if 2 * step != count else count // 2))
        for i in places[::2] + places[1::2]:
            pair = (ring[i], ring[(i + step) % count])
            order.append(pair if rng.random() < 0.5 else pair[::-1])
    return order


def seed_of(name: str) -> int:
    """A seed from a name, the same on every machine."""
    return zlib.crc32(name.encode("utf-8"))


def next_pair(
    items: Sequence[str], judged: dict, opening: tuple[str, str]
) -> tuple[str, str] | None:
    """Which pair to judge next, or None if all are; the first is ``opening``, the same for
    everybody.

    ``judged`` is what ``answers`` keeps ({'P03|P11': 'P03'}). As long as the decided pairs leave
    groups, the next pair joins two of them, if any pair is left that can; it has the items that
    were shown least often so far. Among pairs that are equal in this the answers given so far
    decide, by a checksum: so the order needs no name and no chance, the same answers always lead to
    the same next pair, and two learners part ways where they first judge differently.
    """
    if "|".join(sorted(opening)) not in judged:
        return opening
    shown, group = dict.fromkeys(items, 0), {item: item for item in items}
    for key, chosen in judged.items():
        one, other = key.split("|")
        shown[one] += 1
        shown[other] += 1
        if chosen != CANNOT:
            old, new = group[one], group[other]
            group = {item: new if name == old else name for item, name in group.items()}
    so_far = " ".join(f"{key}={chosen}" for key, chosen in sorted(judged.items()))

    def rank(pair):
        one, other = pair
        # All but the first decide between equals: the one shown more often, both together, then the
        # answers so far.
        return (
            group[one] == group[other],
            max(shown[one], shown[other]),
            shown[one] + shown[other],
            seed_of(f"{one} {other} {so_far}"),
        )

    left = [pair for pair in combinations(sorted(items), 2) if "|".join(pair) not in judged]
    if not left:
        return None
    found = min(left, key=rank)
    return found if rank(found)[-1] % 2 else found[::-1]


def class_judgements(kept: dict, judge: str) -> pd.DataFrame:
    """Judgements as ``answers`` keeps them ({'P03|P11': 'P03'}) as a table of judgements; an entry
    that is none is left out.
    """
    rows = []
    for key, chosen in kept.items():
        first, _, second = key.partition("|")
        if first and second and first != second and chosen in (first, second, CANNOT):
            rows.append((judge, first, second, chosen))
    return pd.DataFrame(rows, columns=["judge", "first", "second", "chosen"])


def synthetic_class(
    found: dict, words: dict, judges: int = 8, each: int = 60, seed: int = SEED
) -> list[dict]:
    """SYNTHETIC judgements of a class that does not exist, to show what resampling judges does.

    The model: to each judge a phrase has the strength in ``found`` ({phrase_id: log odds}) plus the
    judge's own taste (normal, standard deviation 0.6); of a pair that differs by d the judge takes
    the stronger with the chance of a logistic curve of 2 d, and finds one pair in twelve not
    comparable. The last judge looks at nothing but length: nine times in ten the phrase with more
    words (``words``: {phrase_id: number of words}). They can confirm nothing, being made from the
    scale itself. Rows: judge, place, first, second, chosen.
    """
    rows = []
    for number in range(1, judges + 1):
        rng = random.Random(seed + number)
        view = {item: strength + rng.gauss(0, 0.6) for item, strength in sorted(found.items())}
        for place, (one, other) in enumerate(pair_order(found, seed + number)[:each], 1):
            chance = 1 / (1 + exp(-2 * (view[one] - view[other])))
            if number == judges:
                chance = (
                    0.9 if words[one] > words[other] else 0.1 if words[one] < words[other] else 0.5
                )
            chosen = CANNOT if rng.random() < 1 / 12 else one if rng.random() < chance else other
            rows.append(
                {
                    "judge": f"synthetic {number}",
                    "place": place,
                    "first": one,
                    "second": other,
                    "chosen": chosen,
                }
            )
    return rows
