"""What only the finished tables can say: that each why explains the answer they give, and the
counts that texts name.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from casebook.core.numerals import number
from casebook.core.tables import Tables
from casebook.exercises import Exercise, asked
from casebook.records.reader import Problem
from casebook.records.teaching import Count

PLACE = re.compile(r"\{([a-z][a-z0-9_]*)(:words)?\}")


class Counts(NamedTuple):
    """The counts of seeds/lessons/counts.yaml by name, worked out of the tables."""

    numbers: dict[str, int]

    def put_into(self, text: str, extra: dict[str, int]) -> str:
        """``text`` with {name} as digits, {name:words} in words up to twelve. Raises KeyError for a
        name that is not there.
        """
        known = self.numbers | extra

        def shown(match):
            value = known[match[1]]
            return number(value) if match[2] else f"{value:,}"

        return PLACE.sub(shown, text)


def counted(tables: Tables, counts: Iterable[Count]) -> Counts:
    """Every count: the number of rows that its key picks, or of different values in its column."""
    numbers = {}
    for row in counts:
        key = row.key.model_dump()
        rows = asked(tables, key)
        numbers[row.name] = len(rows) if row.key.column is None else rows[row.key.column].nunique()
    return Counts(numbers)


def own_number(text: dict, tables: Tables) -> dict[str, int]:
    """The number that is an exercise's own answer, under 'key'; nothing for other kinds."""
    return {"key": Exercise(text, tables).key} if text["kind"] in ("number", "predict") else {}


def check_whys(texts: list[dict], tables: Tables) -> list[Problem]:
    """Choices whose why explains another answer than the tables give; ``texts`` are exercises as
    written.
    """
    problems = []
    for text in texts:
        exercise = Exercise(text, tables)
        for choice in text["choices"]:
            value = choice["value"]
            says = (
                exercise.key.get(value, "nothing")
                if exercise.kind == "sort"
                else "right"
                if value in exercise.key
                else "wrong"
            )
            if choice["explains"] != says:
                problems.append(
                    Problem(
                        f"lessons/{text['exercise_id'][:2]}/exercises.yaml",
                        0,
                        text["exercise_id"],
                        f"the why of {value!r} explains {choice['explains']!r}, and the tables say"
                        f" {says!r}",
                        "a why for the answer that the tables give",
                    )
                )
    return problems
