"""Exercises: a question, a hint, a check that says why, a worked answer on request. Answers are
computed from the tables.
"""

from functools import cached_property, lru_cache
from typing import NamedTuple

import pandas as pd

from casebook.core.derived import derived
from casebook.core.tables import Tables

# What a learner says before the evidence: kept, and compared after it.
COMMITMENTS = ("predict", "vote", "sentence")
LONGEST_SENTENCE = 400  # characters

# A right answer: the right values, the bin of each item, or a number.
Key = set[str] | dict[str, str] | int
# What a learner answers: one value, or as in ``Key``; None or empty: not yet.
Answer = str | set[str] | dict[str, str] | float | None


def asked(tables: Tables, key: dict) -> pd.DataFrame:
    """What a key (table, query, column, as_of) picks: the rows of a table of ``tables``, or of one
    derived from them.
    """
    tables = tables.as_of(key["as_of"]) if key["as_of"] else tables
    name = key["table"]
    table = getattr(tables, name) if name in tables.names else derived(tables, name)
    return table.query(key["query"]) if key["query"] else table


def second(exercise_id: str) -> str:
    """The key of what a learner says of a commitment after the evidence."""
    return f"{exercise_id}-again"


class Checked(NamedTuple):
    """What a check says: whether the answer is right, in one line, and why, a line for each
    point.
    """

    right: bool
    verdict: str
    reasons: list[str]


class Exercise:
    """One exercise of seeds/lessons/, with its answer computed from ``tables``.

    ``choices`` are (value, text, why); ``key`` is the set of right values ('choose', 'choose all',
    'vote'), the dict from item to bin ('sort'), or the number ('number', 'predict'); a 'sentence'
    has none.
    """

    def __init__(self, text: dict, tables: Tables):
        self.id, self.kind, self.group = text["exercise_id"], text["kind"], text["group"]
        self.question, self.hint, self.worked = text["question"], text["hint"], text["worked"]
        self.snippet, self.snippet_address = text["snippet"] or "", text["snippet_address"] or ""
        self.choices = [(c["value"], c["text"], c["why"]) for c in text["choices"]]
        self.bins, self.most, self.again = text["bins"], text["most"], text["again"]
        self._asks, self._tables = text["key"], tables

    @property
    def kept_as(self) -> str:
        """The kind of answers that what a learner says here is kept among."""
        commits = {"predict": "prediction", "vote": "prediction", "sentence": "writing"}
        return commits.get(self.kind, "exercise")

    @cached_property
    def key(self) -> Key:
        """The right answer, worked out when it is first needed: a lesson is opened faster than it
        is answered.
        """
        key = self._asks
        if key is None:
            return set()
        rows = asked(self._tables, key)
        if key["column"] is None:
            return len(rows)
        if self.kind == "sort":
            return {
                item: str(answer) for item, answer in zip(rows[key["item"]], rows[key["column"]])
            }
        values = {str(value) for value in rows[key["column"]]}
        if self.kind in ("number", "predict"):
            return int(float(values.pop())) if len(values) == 1 else len(values)
        return values & {value for value, _, _ in self.choices}

    def check(self, answer: Answer) -> Checked:
        """Check an answer: a value ('choose'), a set of values, a dict item → bin, or a number.
        None or empty: not yet answered.
        """
        if answer in (None, "", set(), {}) or (self.kind == "sort" and not all(answer.values())):
            how = "type a whole number" if self.kind == "number" else "choose"
            return Checked(False, f"Not answered yet. That is fine: {how}, then check.", [])
        return {
            "choose": self._choose,
            "vote": self._choose,
            "choose all": self._choose_all,
            "sort": self._sort,
            "number": self._number,
            "predict": self._number,
        }[self.kind](answer)

    def usable(self, kept: object) -> str | list[str] | dict[str, str] | int | None:
        """What of an answer kept from before the exercise still has, in the form in which it is
        kept; None where that is nothing.

        A file of answers may be older than the lesson, or come from another machine: it may hold
        anything.
        """
        values = [value for value, _, _ in self.choices]
        if self.kind in ("choose", "vote"):
            return kept if kept in values else None
        if self.kind == "sentence":
            return kept if isinstance(kept, str) and len(kept) <= LONGEST_SENTENCE else None
        if self.kind == "choose all":
            return (
                [value for value in values if value in kept] or None
                if isinstance(kept, list)
                else None
            )
        if self.kind == "sort":
            return (
                {value: kept[value] for value in values if kept.get(value) in self.bins} or None
                if isinstance(kept, dict)
                else None
            )
        number = isinstance(kept, int) and not isinstance(kept, bool)
        return kept if number and (self.kind == "number" or 0 <= kept <= self.most) else None

    def _choose(self, answer):
        right = answer in self.key
        return Checked(
            right,
            "Yes." if right else "Not this one.",
            [next(why for value, _, why in self.choices if value == answer)],
        )

    def _choose_all(self, answer):
        reasons = [
            (
                f"{'Rightly' if value in self.key else 'Wrongly'} chosen: {text} {why}"
                if value in answer
                else f"Missed: {text} {why}"
            )
            for value, text, why in self.choices
            if value in answer or value in self.key
        ]
        wrong = set(answer) ^ self.key
        return Checked(
            not wrong,
            (
                "Yes, all of them."
                if not wrong
                else f"{len(self.choices) - len(wrong)} of {len(self.choices)} are as they should"
                " be, ticked or not."
            ),
            reasons,
        )

    def _sort(self, answer):
        wrong = [value for value, _, _ in self.choices if answer[value] != self.key[value]]
        reasons = [
            f"{text} ({'not yet, it belongs under' if value in wrong else 'right'}:"
            f" “{self.key[value]}”). {why}"
            for value, text, why in self.choices
        ]
        return Checked(
            not wrong,
            (
                "Yes, all of them."
                if not wrong
                else f"{len(self.choices) - len(wrong)} of {len(self.choices)} are right."
            ),
            reasons,
        )

    def _number(self, answer):
        right = answer == self.key
        say = "Yes." if right else f"Not quite: you said {answer:g}."
        return Checked(right, say, [self.worked if right else self.hint])


@lru_cache(maxsize=8)
def every_exercise(tables: Tables) -> dict[str, Exercise]:
    """All exercises by their identifiers, in their order; a view's answers are worked out once."""
    return {text["exercise_id"]: Exercise(text, tables) for text in tables.read_json("exercises")}


def exercises(tables: Tables, lesson: str, group: str = "exercise") -> list[Exercise]:
    """The exercises of a lesson ('01') in their order: its check-out, or all others."""
    return [
        task
        for task in every_exercise(tables).values()
        if task.id.startswith(f"{lesson}-")
        and (task.group == "check-out") == (group == "check-out")
    ]


def find_exercise(tables: Tables, exercise_id: str) -> Exercise:
    """One exercise by its identifier. Raises KeyError, naming those there are."""
    every = every_exercise(tables)
    if exercise_id not in every:
        raise KeyError(f"there is no exercise {exercise_id!r}; there are: {', '.join(every)}")
    return every[exercise_id]
