"""A class that does not exist, to show what pooling looks like: made by a seeded generator, from
the keys and mistakes of the exercises.
"""

import random

import pandas as pd

from casebook.answers import shape
from casebook.answers.shape import Entry
from casebook.core.tables import Tables
from casebook.exercises import COMMITMENTS, Exercise, every_exercise, second
from casebook.figure.english import count_words
from casebook.subjects.commitment.methods.pairs import (
    synthetic_class as judgements_of_nobody,
)
from casebook.subjects.commitment.methods.scale import scale_of
from casebook.subjects.forecasts.methods.scores import KNOWN, STEPS, outcomes
from casebook.subjects.forecasts.methods.scores import synthetic_class as forecasts_of_nobody
from casebook.subjects.reports.methods.cards import vote_keys

LEARNERS, SEED = 30, 2026
KNEW, RECALLED = 0.08, 0.5  # the share of forecasts that was known, of those recalled later
PAIRS = 40  # judgements each
AT = "2026-01-31T12:00:00Z"


def synthetic_files(
    tables: Tables, allowed: dict, key: pd.DataFrame, learners: int = LEARNERS, seed: int = SEED
) -> list[tuple[str, bytes]]:
    """Files as a class that did the core path and the methods lab would hand them in: (name,
    bytes). Two have a fault, to show what happens then.

    Each made-up learner knows more or less, each question is harder or easier, and of the wrong
    choices the first is the most tempting. The same seed gives the same files.
    """
    tiers = tables.lessons["tier"].isin(["opening", "core path", "methods lab"])
    done = set(tables.lessons.loc[tiers, "lesson"])
    tasks = [task for task in every_exercise(tables).values() if task.id[:2] in done]
    said = [task for task in tasks if task.kept_as == "prediction"]
    checked = [task for task in tasks if task.kind not in COMMITMENTS]
    hard = {task.id: luck(seed, task.id).uniform(-0.25, 0.3) for task in checked}
    forecast, happened = _said(tables, learners), outcomes(tables)
    judgements = _judgements(tables, learners, seed)
    files = []
    for n in range(1, learners + 1):
        knows = luck(seed, n).gauss(0.65, 0.12)
        entries = {}
        for task in checked:
            draw = luck(seed, n, task.id)
            if draw.random() < 0.85:
                entries["exercise", task.id] = _answer(draw, task, knows - hard[task.id])
        for task in said:
            entries |= _committed(luck(seed, n, task.id), task, knows)
        entries |= _card_votes(luck(seed, n, "cards"), tables, entries)
        mine = forecast.get(f"synthetic-{n:02}", {})
        entries |= _forecasts(luck(seed, n, "forecasts"), mine, happened, allowed)
        entries |= judgements[n - 1]
        entries |= _codings(luck(seed, n, "codings"), key, allowed["codes"], knows + 0.2)
        if n == learners:
            entries["exercise", checked[0].id] = "perhaps"  # the fault of a single answer
        files.append((f"answers-of-synthetic-{n:02}.json", _written(f"synthetic-{n:02}", entries)))
    broken = _written("synthetic-broken", {("exercise", checked[0].id): 1})[:-20]
    return [*files, ("answers-of-synthetic-broken.json", broken)]


def luck(*names: object) -> random.Random:
    """Luck of its own for each use, so that a new question changes no answer to another."""
    return random.Random("/".join(map(str, names)))


def _committed(draw: random.Random, task: Exercise, knows: float) -> dict:
    """A guess or a vote before the evidence, and by most made-up learners another after it, which
    turns to the key with a chance.
    """
    first = _said_first(draw, task)
    then, learned = first, draw.random() < knows
    if learned and task.kind == "predict":
        then = round(first + 0.7 * (task.key - first))
    elif learned:
        then = min(task.key)
    elif draw.random() < 0.2:
        then = _said_first(draw, task)
    found = {(task.kept_as, task.id): first}
    return found | ({(task.kept_as, second(task.id)): then} if draw.random() < 0.9 else {})


def _said_first(draw: random.Random, task: Exercise) -> int | str:
    if task.kind == "predict":
        return draw.randint(0, task.most)
    return draw.choice([value for value, _, _ in task.choices])


def _card_votes(draw: random.Random, tables: Tables, entries: dict) -> dict:
    """Votes on the cards of lesson 01: each card may turn a vote to what the class drifts to."""
    found, vote = {}, entries.get(("prediction", "01-meeting"), "open")
    names = vote_keys(tables)
    for place, name in enumerate(names):
        if draw.random() < 0.12 + 0.05 * place:
            vote = "open" if place < 3 or name == names[-1] else "contradicted"
        found["exercise", name] = vote
    return found


def _said(tables: Tables, learners: int) -> dict:
    """{learner: {key: number}} of the settled questions: the class of lesson 09, which sees dimly
    and is too sure.
    """
    said: dict = {}
    for row in forecasts_of_nobody(tables, learners).itertuples():
        said.setdefault(row.learner, {})[f"{row.question}@{row.date}"] = row.value
    return said


def _forecasts(draw, said, happened, allowed) -> dict:
    """A made-up learner's forecasts: some were known, some are recalled nearer to what happened,
    those still open are guesses.
    """
    entries = {}
    for key in sorted(allowed["forecast"]):
        question, _, date = key.partition("@")
        if date == "hindsight":
            continue
        value = KNOWN if draw.random() < KNEW else said.get(key, draw.randint(1, STEPS - 1) / STEPS)
        entries["forecast", key] = value
        recalled = f"{question}@hindsight"
        if (
            value != KNOWN
            and question in happened
            and recalled in allowed["forecast"]
            and draw.random() < RECALLED
        ):
            entries["forecast", recalled] = (
                round((value + 0.2 * (happened[question] - value)) * STEPS) / STEPS
            )
    return entries


def _codings(draw: random.Random, key: pd.DataFrame, codes: dict, chance: float) -> dict:
    """A made-up learner's codings: the key's value with a chance, else any other."""
    entries = {}
    for row in key.itertuples():
        others = sorted(codes[row.code] - {row.value})
        entries["coding", f"{row.item}/1/{row.code}"] = (
            row.value if draw.random() < chance else draw.choice(others)
        )
    return entries


def _judgements(tables: Tables, learners: int, seed: int) -> list[dict]:
    """Each made-up learner's judgements of phrasings, as they are kept: drawn around the reader's
    scale, as in lesson 08.
    """
    found = scale_of(tables).set_index("phrase_id")["strength"].to_dict()
    words = {row.phrase_id: count_words(row.words) for row in tables.phrases.itertuples()}
    made: dict = {}
    for row in judgements_of_nobody(found, words, learners, PAIRS, seed):
        made.setdefault(row["judge"], {})[
            "judgement", "|".join(sorted((row["first"], row["second"])))
        ] = row["chosen"]
    return list(made.values())


def _written(name: str, entries: dict) -> bytes:
    return shape.written(name, {place: Entry(value, AT) for place, value in entries.items()})


def _answer(draw, task, chance: float):
    """An answer that is right with a chance; else one of the wrong ones."""
    values = [value for value, _, _ in task.choices]
    if task.kind == "choose":
        wrong = [value for value in values if value not in task.key]
        return (
            min(task.key)
            if draw.random() < chance
            else wrong[0]
            if draw.random() < 0.6
            else draw.choice(wrong)
        )
    if task.kind == "choose all":
        chosen = [
            value for value in values if (value in task.key) == (draw.random() < chance + 0.2)
        ]
        return sorted(chosen) or [values[0]]
    if task.kind == "sort":
        return {
            value: task.key[value] if draw.random() < chance + 0.15 else draw.choice(task.bins)
            for value in values
        }
    return task.key if draw.random() < chance else max(0, task.key + draw.choice([-1, 1, 1, 2]))
