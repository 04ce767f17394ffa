"""Scores of forecasts: the Brier score, its rivals and its parts, and what hindsight does to a
remembered number.

Brier (1950) proposed the score (F310); Murphy (1973) parted it in three (F311); the base rate
follows Laplace's rule of succession (F313). A forecast is a number from 0 to 1, an outcome is 1 (it
happened) or 0.
"""

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables

HALF = 0.5  # the rival that always says fifty per cent
KNOWN = "known"  # "I already knew": kept, not scored
STEPS = 20  # forecasts are made in steps of one twentieth


def brier(forecasts: Sequence[float] | pd.Series, outcomes: Sequence[int] | pd.Series) -> float:
    """The mean squared distance of forecasts from outcomes: 0 is perfect, 1 the worst, always 0.5
    gives 0.25; nan for none.

    Raises ValueError if the two differ in length, a forecast lies outside 0 to 1, or an outcome is
    not 0 or 1.

    >>> brier([0.7], [0])
    0.49
    """
    said, happened = checked(forecasts, outcomes)
    return round(float(np.mean((said - happened) ** 2)), 12) if len(said) else math.nan


def checked(
    forecasts: Sequence[float] | pd.Series, outcomes: Sequence[int] | pd.Series
) -> tuple[np.ndarray, np.ndarray]:
    said, happened = np.asarray(forecasts, dtype=float), np.asarray(outcomes, dtype=float)
    if said.shape != happened.shape:
        raise ValueError(f"{said.size} forecasts for {happened.size} outcomes")
    if not ((said >= 0) & (said <= 1)).all():
        raise ValueError("a forecast is a number from 0 to 1")
    if not np.isin(happened, (0, 1)).all():
        raise ValueError("an outcome is 0 or 1")
    return said, happened


def succession(cases: int, chances: int) -> float:
    """Laplace's rule of succession (F313): after ``cases`` in ``chances`` equal chances, the chance
    of the next one.

    Raises ValueError for more cases than chances, or fewer than none.
    """
    if not 0 <= cases <= chances:
        raise ValueError(f"{cases} cases in {chances} chances")
    return (cases + 1) / (chances + 2)


def within(yearly: float, months: float) -> float:
    """The chance of at least one case in ``months``, if each year has the same chance and years are
    independent.
    """
    return 1 - (1 - yearly) ** (months / 12)


@derived_table
def base_rates(tables: Tables) -> pd.DataFrame:
    """The base rate of every question, as it could be worked out on the day on which the question
    is asked.

    Columns: question_id, subject_id, opens, years (full years of the class before that day), cases
    (years of them with a case that was public), yearly (rule of succession), chance (over the
    question's months).
    """
    views = {opens: tables.as_of(opens) for opens in tables.questions["opens"].unique()}
    rows = []
    for q in tables.questions.itertuples():
        opens, closes = pd.Timestamp(q.opens), pd.Timestamp(q.closes) + pd.Timedelta(days=1)
        seen = views[q.opens]
        chances = max(opens.year - q.since, 0)
        cases = len(years_with_a_case(seen, q.subject_id, range(q.since, opens.year)))
        yearly = succession(cases, chances)
        months = (closes.year - opens.year) * 12 + closes.month - opens.month
        rows.append(
            (q.question_id, q.subject_id, q.opens, chances, cases, yearly, within(yearly, months))
        )
    return pd.DataFrame(
        rows, columns=["question_id", "subject_id", "opens", "years", "cases", "yearly", "chance"]
    )


def years_with_a_case(tables: Tables, subject: str, years: range) -> set[int]:
    """The years among ``years`` in which a subject has a case that this view knows."""
    rows = tables.precedents
    cases = rows[(rows["subject_id"] == subject) & (rows["role"] == "case")]
    return {int(year) for year in cases["year"] if year in years}


def outcomes(tables: Tables) -> dict[str, int]:
    """{question: 1 or 0} of the settled questions that this view knows."""
    return {r.question_id: int(r.outcome == "yes") for r in tables.resolutions.itertuples()}


def key_of(question: tuple) -> str:
    """The key under which a forecast is kept: Q01@2022-08-01. ``question`` is a row of
    ``questions``.
    """
    opens = (
        question.opens if isinstance(question.opens, str) else question.opens.strftime("%Y-%m-%d")
    )
    return f"{question.question_id}@{opens}"


def scored(tables: Tables, kept: dict) -> pd.DataFrame:
    """One learner's forecasts that can be scored, beside the rivals on the same questions.

    ``kept`` is {key: number from 0 to 1, or 'known'}. Left out: what was known, what is open, what
    was not answered. Columns: question_id, opens, outcome, value, base, and the squared distances
    score, base_score, half_score.
    """
    happened = outcomes(tables)
    base = base_rates(tables).set_index("question_id")["chance"]
    rows = []
    for q in tables.questions.itertuples():
        value = kept.get(key_of(q))
        if q.question_id in happened and _is_number(value):
            truth, chance = happened[q.question_id], base[q.question_id]
            rows.append(
                (
                    q.question_id,
                    q.opens,
                    truth,
                    float(value),
                    chance,
                    (value - truth) ** 2,
                    (chance - truth) ** 2,
                    (HALF - truth) ** 2,
                )
            )
    return pd.DataFrame(
        rows,
        columns=[
            "question_id",
            "opens",
            "outcome",
            "value",
            "base",
            "score",
            "base_score",
            "half_score",
        ],
    )


def _is_number(value) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


@derived_table
def rivals(tables: Tables) -> pd.DataFrame:
    """The base rate and 'always 50 %' on every settled question, day by day.

    Columns: opens, settled, yes, base_score, half_score (means), nearer (which of the two has the
    lower mean).
    """
    every = scored(tables, {key_of(q): HALF for q in tables.questions.itertuples()})
    days = (
        every.groupby("opens")
        .agg(
            settled=("outcome", "size"),
            yes=("outcome", "sum"),
            base_score=("base_score", "mean"),
            half_score=("half_score", "mean"),
        )
        .reset_index()
    )
    days["nearer"] = np.where(days["base_score"] < days["half_score"], "base rate", "always 50 %")
    return days


@derived_table
def score_grid(tables: Tables) -> pd.DataFrame:
    """Every forecast that the slider allows, with either outcome. It is the same for all tables;
    exercises ask it as one of theirs.

    Columns: said (per cent), outcome, card ('70, did not happen'), hundredths (the score times
    100), beside_half (lower than, higher than or the same as 'always 50 %').
    """
    rows = []
    for step in range(STEPS + 1):
        for truth in (1, 0):
            score, half = (step / STEPS - truth) ** 2, (HALF - truth) ** 2
            beside = (
                "the same" if math.isclose(score, half) else "lower" if score < half else "higher"
            )
            rows.append(
                (
                    100 * step // STEPS,
                    truth,
                    f"{100 * step // STEPS}, {'happened' if truth else 'did not happen'}",
                    round(100 * score),
                    beside,
                )
            )
    return pd.DataFrame(rows, columns=["said", "outcome", "card", "hundredths", "beside_half"])


@derived_table
def readable_from(tables: Tables) -> pd.DataFrame:
    """The first day of forecasts on which each fact or message could be read; 'none of them' if on
    none.

    Columns: address, first.
    """
    days = sorted(tables.questions["opens"].unique())
    public = [
        *zip(tables.facts["fact_id"], tables.facts["public_from"]),
        *zip(tables.messages["message_id"], tables.messages["public_from"]),
    ]
    rows = [
        (
            address,
            next((d for d in days if pd.notna(seen) and seen <= pd.Timestamp(d)), "none of them"),
        )
        for address, seen in public
    ]
    return pd.DataFrame(rows, columns=["address", "first"])


@derived_table
def other_classes(tables: Tables) -> pd.DataFrame:
    """Base rates of the first day, had the class begun in another year.

    Columns: subject_id, since, cases, years, count ('5 of 16').
    """
    opens = tables.questions["opens"].min()
    view = tables.as_of(opens)
    cases, last = view.precedents[view.precedents["role"] == "case"], int(opens[:4])
    rows = []
    for q in view.questions.itertuples():
        years = set(cases.loc[cases["subject_id"] == q.subject_id, "year"].astype(int))
        for since in range(int(q.since), last):
            found = sum(since <= year < last for year in years)
            rows.append((q.subject_id, since, found, last - since, f"{found} of {last - since}"))
    return pd.DataFrame(rows, columns=["subject_id", "since", "cases", "years", "count"])


@derived_table
def questions_left_open(tables: Tables) -> pd.DataFrame:
    """The rows of ``questions`` that nothing settles yet."""
    return tables.questions[
        ~tables.questions["question_id"].isin(tables.resolutions["question_id"])
    ]


def pool(tables: Tables, table: pd.DataFrame) -> pd.DataFrame:
    """A class's forecasts that can be scored, from a table with the columns learner, question,
    date, value.

    Left out: questions that are unknown, open or of another date, and 'known'. A learner counts
    once a question: the last row. Columns: learner, question, date, value, outcome, score. Raises
    KeyError if a column is missing.
    """
    happened = outcomes(tables)
    opens = {q.question_id: key_of(q).split("@")[1] for q in tables.questions.itertuples()}
    frame = table[["learner", "question", "date", "value"]].copy()
    frame["value"] = pd.to_numeric(frame["value"], errors="coerce")
    frame = frame[frame["value"].between(0, 1) & frame["question"].isin(happened)]
    frame = frame[frame["date"].astype(str) == frame["question"].map(opens)]
    frame = frame.drop_duplicates(["learner", "question"], keep="last")
    frame["outcome"] = frame["question"].map(happened).astype(int)
    frame["score"] = (frame["value"] - frame["outcome"]) ** 2
    return frame.reset_index(drop=True)


def beside_rivals(tables: Tables, pooled: pd.DataFrame) -> pd.DataFrame:
    """``pooled`` as ``pool`` gives it, with the rivals' squared distances on the same question:
    columns base_score, half_score.
    """
    chance = pooled["question"].map(base_rates(tables).set_index("question_id")["chance"])
    return pooled.assign(
        base_score=(chance - pooled["outcome"]) ** 2, half_score=(HALF - pooled["outcome"]) ** 2
    )


def synthetic_class(tables: Tables, learners: int = 24, seed: int = 9) -> pd.DataFrame:
    """A class that does not exist, to show what pooling looks like: columns learner, question,
    date, value.

    Made by a seeded generator. Each made-up learner sees the outcome dimly (a normal draw around
    it) and is too sure of what is seen: the class is built to be overconfident. Nobody's forecasts
    are in it, and nothing follows from it.
    """
    draw = np.random.default_rng(seed)
    rows = []
    for q in tables.questions.itertuples():
        truth = outcomes(tables).get(q.question_id)
        if truth is None:
            continue
        dim = draw.normal(truth - 0.5, 0.85, learners)
        values = np.round(STEPS / (1 + np.exp(-2.4 * dim))) / STEPS
        rows += [
            (f"synthetic-{n:02d}", q.question_id, key_of(q).split("@")[1], value)
            for n, value in enumerate(values, 1)
        ]
    return pd.DataFrame(rows, columns=["learner", "question", "date", "value"])


def shifts(tables: Tables, kept: dict) -> pd.DataFrame:
    """What was said before the outcome, and what was recalled after it.

    Columns: question_id, said, recalled, outcome, toward (recalled nearer to the outcome by this
    much; below 0: farther).
    """
    happened, rows = outcomes(tables), []
    for q in tables.questions.itertuples():
        said, recalled = kept.get(key_of(q)), kept.get(f"{q.question_id}@hindsight")
        if q.question_id in happened and _is_number(said) and _is_number(recalled):
            truth = happened[q.question_id]
            rows.append(
                (q.question_id, said, recalled, truth, abs(said - truth) - abs(recalled - truth))
            )
    return pd.DataFrame(rows, columns=["question_id", "said", "recalled", "outcome", "toward"])
