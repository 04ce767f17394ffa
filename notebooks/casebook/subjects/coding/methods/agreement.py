"""How far coders agree: Krippendorff's alpha with a bootstrap interval, and where they part.

Source of the method: K. Krippendorff, Content Analysis (2004), chapter 11; computed by the package
``krippendorff``.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import krippendorff
import numpy as np

RESAMPLES, SEED = 1000, 2022


class Agreement(NamedTuple):
    """How far coders agree on one code: units coded by two or more, share of agreeing pairs, alpha,
    its 95 % interval.

    ``alpha`` is None where it is not defined: all values alike, so that there is nothing to tell
    apart.
    """

    claims: int
    agreement: float
    alpha: float | None
    low: float | None
    high: float | None


def _counts(units) -> np.ndarray:
    """Units × values: how many coders gave each value; units with fewer than two codes are left
    out.
    """
    units = [[value for value in unit if value not in (None, "")] for unit in units]
    units = [unit for unit in units if len(unit) >= 2]
    values = sorted({value for unit in units for value in unit})
    return np.array([[unit.count(value) for value in values] for unit in units]).reshape(
        len(units), len(values)
    )


def alpha(units: Iterable[Sequence]) -> float | None:
    """Krippendorff's alpha, nominal, of units each given as the sequence of its coders' values
    (None: not coded).
    """
    counts = _counts(units)
    if counts.shape[0] == 0 or (counts.sum(axis=0) > 0).sum() < 2:
        return None
    return float(krippendorff.alpha(value_counts=counts, level_of_measurement="nominal"))


def agreement(units: Iterable[Sequence], resamples: int = RESAMPLES, seed: int = SEED) -> Agreement:
    """How far coders agree on ``units``, each the sequence of its coders' values.

    The interval is the percentile interval over ``resamples`` draws of the units with replacement;
    the same ``seed`` gives the same interval. All figures are rounded to three decimals.
    """
    counts = _counts(units)
    total = counts.sum(axis=1)
    agreeing = (
        (counts * (counts - 1)).sum(axis=1) / (total * (total - 1)) if len(counts) else np.array([])
    )
    point = alpha(units)
    low = high = None
    if point is not None:
        random = np.random.default_rng(seed)
        draws = _alphas(counts[random.integers(0, len(counts), (resamples, len(counts)))])
        low, high = (round(float(q), 3) for q in np.nanpercentile(draws, [2.5, 97.5]))
        point = round(point, 3)
    return Agreement(
        len(counts), round(float(agreeing.mean()), 3) if len(counts) else 0.0, point, low, high
    )


def _alphas(counts: np.ndarray) -> np.ndarray:
    """Alpha of each resample at once (resamples × units × values); nan where it is not defined.

    The package computes one alpha a call; a thousand calls would take the build a second and more.
    A test holds this against the package.
    """
    total = counts.sum(axis=2)
    observed = ((total**2 - (counts**2).sum(axis=2)) / (total - 1)).sum(axis=1)
    values, pairs = counts.sum(axis=1), total.sum(axis=1)
    expected = (pairs**2 - (values**2).sum(axis=1)) / (pairs - 1)
    return np.where(expected > 0, 1 - observed / np.where(expected > 0, expected, 1), np.nan)


def confusions(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str, int]]:
    """(first coder's value, second coder's value, how often), where they differ; the most frequent
    first.
    """
    return [
        (a, b, n)
        for (a, b), n in sorted(
            Counter((a, b) for a, b in pairs if a != b).items(), key=lambda x: (-x[1], x[0])
        )
    ]
