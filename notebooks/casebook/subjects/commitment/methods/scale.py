"""A scale from pairwise judgements: strengths, their uncertainty, what they hang on; and the log's
rising triples.

Judgements are a DataFrame as ``methods.pairs`` has it. The model is that of Bradley and Terry (Rank
analysis of incomplete block designs I, Biometrika 39, 1952, 324-345): the odds that i is chosen
over j are exp(s_i - s_j). It is fitted by the package ``choix`` (choix.lum.li), function
ilsr_pairwise_dense, after Maystre and Grossglauser, Fast and accurate inference of Plackett-Luce
models (NIPS 2015). Intervals are percentiles of a bootstrap (Efron, Bootstrap methods: another look
at the jackknife, Annals of Statistics 7, 1979, 1-26).
"""

from collections.abc import Iterable, Sequence
from itertools import combinations
from math import nan

import numpy as np
import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables
from casebook.subjects.commitment.methods.pairs import (
    CANNOT,
    SEED,
    NotConnected,
    items_of,
    parts_of,
    triads,
    wins,
)

# choix's regularisation: draws the strengths together, so that one never beaten has a finite one.
ALPHA = 0.1
TIMES = 200
# Who made a judgement: column ``made`` of the table of judgements.
READER, SYNTHETIC = "one reader", "SYNTHETIC"
LADDER = (
    "none",
    "good_wishes",
    "cooperation",
    "support_solidarity",
    "full_support",
    "unconditional_support",
)
OTHER_AFTER = "cooperation"  # where "other wording" stands when it is put on the ladder at all
WAR = "E000"  # the event that parts the log in two


def fit(table: np.ndarray, alpha: float = ALPHA, start: np.ndarray | None = None) -> np.ndarray:
    """Strengths (log odds, mean 0) from a matrix of wins; ``start``: strengths to begin from, which
    saves time.

    Raises RuntimeError if choix does not converge.
    """
    from choix import ilsr_pairwise_dense  # imports scipy.stats: most lessons never need it

    found = ilsr_pairwise_dense(table, alpha=alpha, initial_params=start, max_iter=2000)
    return found - found.mean()


def strengths(
    judgements: pd.DataFrame, items: Iterable[str] | None = None, alpha: float = ALPHA
) -> pd.Series:
    """The strength of each item, strongest first: a difference of 1 is odds of 2.7 to 1.

    Raises NotConnected if the decided comparisons don't join all ``items`` (none: all that were
    judged).
    """
    items = items_of(judgements) if items is None else list(items)
    parts = parts_of(judgements, items)
    if len(parts) > 1:
        raise NotConnected(parts)
    return pd.Series(fit(wins(judgements, items), alpha), items, name="strength").sort_values(
        ascending=False, kind="stable"
    )


def bootstrap(
    judgements: pd.DataFrame,
    items: Sequence[str],
    over: str = "judgements",
    times: int = TIMES,
    seed: int = SEED,
    alpha: float = ALPHA,
) -> np.ndarray:
    """Strengths of ``times`` resamples (times × items): judgements drawn anew, or judges drawn anew
    and then their judgements.

    A resample may leave a gap in the comparisons; ``alpha`` bridges it. Raises ValueError for
    another ``over``.
    """
    if over not in ("judgements", "judges"):
        raise ValueError(f"resample 'judgements' or 'judges', not {over!r}")
    rng, size = np.random.default_rng(seed), len(items)
    groups = (
        [rows for _, rows in judgements.groupby("judge", sort=True)]
        if over == "judges"
        else [judgements]
    )
    tables = [(len(rows), wins(rows, items).ravel()) for rows in groups]
    # The last cell holds what could not be compared: it is drawn too, and then left out.
    chances = [(n, np.append(table, n - table.sum()) / n) for n, table in tables]
    start = fit(sum(table for _, table in tables).reshape(size, size), alpha)
    found = np.empty((times, size))
    for k in range(times):
        drawn = rng.integers(len(chances), size=len(chances))
        table = sum(rng.multinomial(*chances[i])[:-1] for i in drawn).reshape(size, size)
        found[k] = fit(table.astype(float), alpha, start)
    return found


def scale(
    judgements: pd.DataFrame,
    items: Iterable[str] | None = None,
    over: str = "judgements",
    times: int = TIMES,
    seed: int = SEED,
) -> pd.DataFrame:
    """Strengths with the middle 95 % of their resamples, strongest first.

    Columns: phrase_id, strength, low, high (log odds), compared (decided comparisons), resampled
    ('judgements' or 'judges', then their judgements). Raises NotConnected, as ``strengths``.
    """
    items = items_of(judgements) if items is None else list(items)
    found = strengths(judgements, items)
    low, high = np.percentile(bootstrap(judgements, items, over, times, seed), [2.5, 97.5], axis=0)
    table = wins(judgements, items)
    rows = pd.DataFrame(
        {
            "phrase_id": items,
            "low": low,
            "high": high,
            "compared": (table + table.T).sum(axis=1).astype(int),
        }
    )
    rows.insert(1, "strength", found[items].to_numpy())
    return (
        rows.assign(resampled=over)
        .sort_values("strength", ascending=False, kind="stable")
        .reset_index(drop=True)
    )


def twins(found: pd.DataFrame, phrases: pd.DataFrame) -> pd.DataFrame:
    """How far apart two English versions of one sentence land: the noise floor.

    ``found`` has phrase_id and strength. Columns: version_of, stronger, weaker, distance (log
    odds), places (on the scale); the widest pair first. Phrases not on the scale are left out.
    """
    ranked = found.sort_values("strength", ascending=False, kind="stable").reset_index(drop=True)
    place, strength = (
        {p: i for i, p in enumerate(ranked["phrase_id"])},
        dict(zip(ranked["phrase_id"], ranked["strength"])),
    )
    rows = []
    for name, group in phrases[phrases["version_of"] != ""].groupby("version_of", sort=True):
        here = sorted((p for p in group["phrase_id"] if p in place), key=place.get)
        rows += [
            (name, a, b, strength[a] - strength[b], place[b] - place[a])
            for a, b in combinations(here, 2)
        ]
    table = pd.DataFrame(rows, columns=["version_of", "stronger", "weaker", "distance", "places"])
    return table.sort_values("distance", ascending=False, kind="stable").reset_index(drop=True)


def noise_floor(found: pd.DataFrame, phrases: pd.DataFrame) -> float:
    """The widest distance between two English versions of one sentence (log odds); nan where no
    pair is on the scale.
    """
    pairs = twins(found, phrases)
    return float(pairs["distance"].iloc[0]) if len(pairs) else nan


def without(
    judgements: pd.DataFrame, judge: str = "", phrase: str = "", whole: pd.Series | None = None
) -> pd.DataFrame:
    """The scale with and without a judge, or a phrase. Columns: phrase_id, before, after
    (strengths), place_before, place_after (1 is the strongest), moved (places up, negative down);
    strongest before first. A phrase left out is left out of both. ``whole`` are the ``strengths``
    of all, where they are known. Raises NotConnected if what is left does not hang together.
    """
    whole = strengths(judgements) if whole is None else whole
    kept = judgements[
        (judgements["judge"] != judge)
        & (judgements["first"] != phrase)
        & (judgements["second"] != phrase)
    ]
    items = [item for item in items_of(judgements) if item != phrase]
    before, after = whole.drop(phrase, errors="ignore"), strengths(kept, items)
    rows = pd.DataFrame({"before": before - before.mean(), "after": after}).rename_axis("phrase_id")
    rows = rows.sort_values("before", ascending=False, kind="stable").reset_index()
    rows["place_before"] = range(1, len(rows) + 1)
    rows["place_after"] = rows["after"].rank(ascending=False, method="first").astype(int)
    return rows.assign(moved=rows["place_before"] - rows["place_after"])


def judgements_of(tables: Tables, made: str = READER) -> pd.DataFrame:
    """The shipped judgements made by ``READER`` or ``SYNTHETIC``."""
    rows = tables.judgements
    return rows[rows["made"] == made].reset_index(drop=True)


@derived_table
def scale_of(tables: Tables, made: str = READER) -> pd.DataFrame:
    """The shipped scale (strengths.csv, worked out by the build) with what is known of each phrase,
    strongest first.

    Columns: phrase_id, strength, low, high, compared, resampled, place (1 is the strongest), words,
    address, speaker, date, version_of.
    """
    rows = tables.strengths[tables.strengths["made"] == made].merge(tables.phrases, on="phrase_id")
    rows = rows.sort_values("strength", ascending=False, kind="stable").reset_index(drop=True)
    return rows.assign(place=range(1, len(rows) + 1)).drop(
        columns=["made", "public_from", "public_from_basis"]
    )


@derived_table
def near_the_top(tables: Tables, made: str = READER) -> pd.DataFrame:
    """Each phrase but the strongest: is it nearer to the strongest than the noise floor, does its
    interval touch that one's?

    Columns as ``scale_of``, and distance (log odds below the strongest), told_apart ('yes' or 'no':
    no, if it is nearer than the noise floor or the intervals touch).
    """
    found = scale_of(tables, made)
    top, floor = found.iloc[0], noise_floor(found, tables.phrases)
    rows = found.iloc[1:].assign(distance=top["strength"] - found["strength"].iloc[1:])
    apart = (rows["distance"] > floor) & (rows["high"] < top["low"])
    return rows.assign(told_apart=["yes" if x else "no" for x in apart]).reset_index(drop=True)


@derived_table
def reader_twins(tables: Tables) -> pd.DataFrame:
    """``twins`` on the reader's shipped scale."""
    return twins(scale_of(tables), tables.phrases)


def sets_compared(tables: Tables) -> pd.DataFrame:
    """What each shipped set of judgements holds. Columns: made, judges, judgements, cannot (not
    comparable), groups (that hang together), triads (decided whole), circles, floor (noise floor,
    log odds).
    """
    rows = []
    for made in (READER, SYNTHETIC):
        mine = judgements_of(tables, made)
        whole, circles = triads(mine)
        rows.append(
            (
                made,
                mine["judge"].nunique(),
                len(mine),
                int((mine["chosen"] == CANNOT).sum()),
                len(parts_of(mine, items_of(mine))),
                whole,
                circles,
                noise_floor(scale_of(tables, made), tables.phrases),
            )
        )
    return pd.DataFrame(
        rows,
        columns=["made", "judges", "judgements", "cannot", "groups", "triads", "circles", "floor"],
    )


@derived_table
def judges_left_out(tables: Tables, made: str = SYNTHETIC) -> pd.DataFrame:
    """How far the scale moves without each judge. Columns: judge, moved (sum of places moved), most
    (the phrase that moves most).
    """
    mine, rows = judgements_of(tables, made), []
    whole = strengths(mine)
    for judge in sorted(mine["judge"].unique()):
        change = without(mine, judge=judge, whole=whole)
        rows.append(
            (
                judge,
                int(change["moved"].abs().sum()),
                change.loc[change["moved"].abs().idxmax(), "phrase_id"],
            )
        )
    return (
        pd.DataFrame(rows, columns=["judge", "moved", "most"])
        .sort_values("moved", ascending=False, kind="stable")
        .reset_index(drop=True)
    )


def rising_share(values: Sequence[float] | np.ndarray) -> np.ndarray:
    """The share of triples, in their order, that rise at both steps; equal values don't rise.

    ``values``: a sequence of numbers, or a matrix of which each row is one sequence. Returns the
    share of each. Raises ValueError for fewer than three values.
    """
    rows = np.atleast_2d(np.asarray(values, dtype=float))
    count = rows.shape[1]
    if count < 3:
        raise ValueError("a triple needs three values")
    smaller_before, larger_after = np.zeros((2, *rows.shape), dtype=np.int32)
    for value in np.unique(rows):  # a ladder has few steps, and a log many messages
        seen = np.cumsum(rows == value, axis=1, dtype=np.int32)
        smaller_before += seen * (rows > value)
        larger_after += (seen[:, -1:] - seen) * (rows < value)
    rising = (smaller_before * larger_after).sum(axis=1)
    return rising / (count * (count - 1) * (count - 2) / 6)


@derived_table
def rising_triples(tables: Tables, times: int = 10_000, seed: int = SEED) -> pd.DataFrame:
    """The log's wordings climbed as if they were a ladder: rising triples in the order of dates,
    and in shuffles of it.

    The ladder is ``LADDER``, ours; 'other wording' stands after ``OTHER_AFTER``, or is left out.
    Columns: rows ('all messages' or 'Kim to Putin'), other ('in' or 'out'), period ('whole log',
    'before the war' (all messages only: of one direction there are too few) or 'from the war on'),
    messages (their number), observed, shuffled (mean), low, high (middle 95 of 100 shuffles;
    shares), name (rows and period), reading ('more than in shuffles', 'fewer than in shuffles' or
    'as in shuffles').
    """
    log = tables.messages[tables.messages["same_event_as"] == ""]  # two rows of one speech: once
    log = log.sort_values(["date", "message_id"], kind="stable")
    war = tables.events.set_index("event_id").at[WAR, "date"]
    steps = {name: i for i, name in enumerate(LADDER)}
    his, rows = log[log["direction"] == "kim_to_putin"], []
    parts = [
        ("all messages", "whole log", log),
        ("all messages", "before the war", log[log["date"] < war]),
        ("all messages", "from the war on", log[log["date"] >= war]),
        ("Kim to Putin", "whole log", his),
        ("Kim to Putin", "from the war on", his[his["date"] >= war]),
    ]
    for other in ("out", "in"):
        ladder = steps | ({"other": steps[OTHER_AFTER] + 0.5} if other == "in" else {})
        for who, period, part in parts:
            values = part["support_wording"].map(ladder).dropna().to_numpy()
            rows.append((who, other, period, *_beside_shuffles(values, times, seed)))
    numbers = ["messages", "observed", "shuffled", "low", "high"]
    found = pd.DataFrame(rows, columns=["rows", "other", "period", *numbers])
    more, fewer = found["observed"] > found["high"], found["observed"] < found["low"]
    reading = np.select(
        [more, fewer], ["more than in shuffles", "fewer than in shuffles"], "as in shuffles"
    )
    return found.assign(name=found["rows"] + ", " + found["period"], reading=reading.tolist())


def _beside_shuffles(values: np.ndarray, times: int, seed: int) -> tuple:
    """(messages, observed, shuffled, low, high) as ``rising_triples`` gives them."""
    rng = np.random.default_rng(seed)
    shuffled = rising_share(rng.permuted(np.tile(values, (times, 1)), axis=1))
    low, high = np.percentile(shuffled, [2.5, 97.5])
    observed = float(rising_share(values)[0])
    return len(values), observed, float(shuffled.mean()), float(low), float(high)
