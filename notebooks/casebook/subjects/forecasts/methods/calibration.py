"""Forecasts in groups: how often did it happen, and Murphy's partition of their score (1973,
F311).
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from casebook.subjects.forecasts.methods.scores import checked

BINS = 5  # of a calibration chart


class Parts(NamedTuple):
    """Murphy's partition (1973, F311): brier = reliability - resolution + uncertainty, for
    forecasts set to their group's mean.
    """

    brier: float
    reliability: float
    resolution: float
    uncertainty: float
    groups: pd.DataFrame


def calibration(
    forecasts: Sequence[float] | pd.Series,
    happened: Sequence[int] | pd.Series,
    bins: int | None = BINS,
) -> pd.DataFrame:
    """Forecasts in groups: how often did it happen when about so much was said?

    ``bins`` equal bins from 0 to 1, the last one with its upper end; None: a group for each number
    said. Columns: low, high, n, said (mean forecast), happened (share). Empty groups are left out.
    Raises ValueError as ``brier``.
    """
    said, came = checked(forecasts, happened)
    if bins is None:
        low = high = said
    else:
        # A number on an edge belongs to the bin above it; the rounding keeps 0.6 from falling below
        # its own edge.
        place = np.minimum(np.floor(np.round(said * bins, 9)), bins - 1)
        low, high = place / bins, (place + 1) / bins
    frame = pd.DataFrame({"low": low, "high": high, "said": said, "happened": came})
    groups = frame.groupby(["low", "high"]).agg(
        n=("said", "size"), said=("said", "mean"), happened=("happened", "mean")
    )
    return groups.reset_index()[["low", "high", "n", "said", "happened"]]


def partition(
    forecasts: Sequence[float] | pd.Series,
    happened: Sequence[int] | pd.Series,
    bins: int | None = None,
) -> Parts:
    """Murphy's three terms. Only for a pooled class: with a handful of questions they say nothing.

    With ``bins`` each forecast counts as the mean of its bin, and ``brier`` is that of those means:
    only then does the identity hold exactly. Raises ValueError as ``brier``, and for no forecasts
    at all.
    """
    groups = calibration(forecasts, happened, bins)
    if groups.empty:
        raise ValueError("no forecasts to part")
    share = groups["n"] / groups["n"].sum()
    overall = float((share * groups["happened"]).sum())
    reliability = float((share * (groups["said"] - groups["happened"]) ** 2).sum())
    resolution = float((share * (groups["happened"] - overall) ** 2).sum())
    score = float(
        (
            share
            * (groups["said"] ** 2 - 2 * groups["said"] * groups["happened"] + groups["happened"])
        ).sum()
    )
    return Parts(score, reliability, resolution, overall * (1 - overall), groups)
