"""The Code track: exercises in pandas and matplotlib, checked by running their own worked solution
on the same tables. CONTRIBUTING.md, “The Code track of a lesson”, says how one is added.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from casebook.core.tables import Tables
from casebook.exercises import Checked
from casebook.exercises.compare import drawing_faults, marks_differences, table_differences
from casebook.exercises.pyplot_figures import mark_name, marks_of
from casebook.subjects.sanctions.methods.sanctions import sanction_figures

RESULT = {"table": "answer", "series": "answer", "number": "answer", "chart": "fig"}
ASKED = {
    "table": "a table (DataFrame)",
    "series": "a single column (Series)",
    "number": "a number",
    "chart": "a figure",
}
# What the code may call besides tables, pd and plt; a lesson has the same by ``from casebook import
# *``.
WORDS = {"sanction_figures": sanction_figures}
# What a piece of code gives; of a chart its marks.
Result = pd.DataFrame | pd.Series | float | dict[str, float]
UNTOUCHED = "Not solved yet: this is the starting point. Change the cell and run it again."
WRONG, RIGHT = "Not solved yet.", "Solved."


class Mistake(NamedTuple):
    """Code that goes wrong in a typical way, and what to say to who gets the same."""

    code: str
    says: str


class Recorder:
    """Stands in for pyplot, its figure and its axes where only the marks matter: they are noted,
    nothing is drawn.
    """

    def __init__(self):
        self.marks = {}

    def subplots(self, *_, **__) -> tuple["Recorder", "Recorder"]:
        return self, self

    def _note(self, names, numbers, *_, later=False, **__):
        for name, number in zip(
            np.atleast_1d(np.asarray(names)), np.atleast_1d(np.asarray(numbers, dtype=float))
        ):
            name = mark_name(name)
            self.marks[name] = float(number) + (0 if later else self.marks.get(name, 0))

    bar = barh = _note

    def plot(self, across: Iterable, upwards: Iterable, *_, **__) -> None:
        # As marks_of has it: of two points at one place the later stands.
        self._note(across, upwards, later=True)

    scatter = plot

    def __getattr__(self, verb):
        return lambda *_, **__: None


def run(code: str, tables: Tables, result: str, plt: object) -> Result | Recorder | Figure:
    """What ``code`` of seeds/lessons/ calls ``result``. It is code of this repository, run as a
    lesson's cell would be; ``plt`` is pyplot or a Recorder.
    """
    names = {"tables": tables, "pd": pd, "plt": plt, **WORDS}
    exec(compile(code, "seeds/code", "exec"), names)
    return names[result]


@lru_cache(maxsize=8)
def _untouched(kind, folder, day):
    """Tables of the exercises' own: a learner may have changed theirs in place."""
    return kind(folder).as_of(day)


class CodeExercise:
    """One exercise of seeds/lessons/, with its answer computed from ``tables`` by its worked
    solution.
    """

    def __init__(self, text: dict, tables: Tables):
        self.id, self.title, self.gives, self.ordered = (
            text["code_id"],
            text["title"],
            text["gives"],
            text["ordered"] == "yes",
        )
        self.start, self.solution = text["start"], text["solution"]
        self.colours, self.joined = text["colours"], text["joined"] == "yes"
        self.hint, self.shows = text["hint"], text["shows"]
        self.mistakes = [Mistake(**mistake) for mistake in text["mistakes"]]
        self._tables = _untouched(type(tables), tables.folder, tables.day)

    def result_of(self, code: str) -> Result:
        """What a piece of this exercise's code gives: a table, a column, a number, and of a chart
        its marks (dict).
        """
        result = run(code, self._tables, RESULT[self.gives], Recorder())
        return result.marks if self.gives == "chart" else result

    def check(self, answer: object) -> Checked:
        """Compare a learner's answer with the solution's; ``reasons`` say what differs.

        ``answer`` is a DataFrame, Series, number or Figure, as ``gives`` says; anything else is
        told what is asked for.
        """
        if problem := _wrong_kind(self.gives, answer):
            return Checked(False, WRONG, [problem])
        differs = self._differences(answer, self.result_of(self.solution))
        if not differs:
            return Checked(True, RIGHT, [self.shows])
        if self.gives != "chart" and not self._differences(answer, self.result_of(self.start)):
            return Checked(False, UNTOUCHED, [])
        known = next(
            (m.says for m in self.mistakes if self._alike(answer, self.result_of(m.code))), None
        )
        if known:
            # What is drawn goes wrong in a way we know; how it is drawn is told besides.
            differs = [known] + (
                drawing_faults(answer, self.colours, self.joined) if self.gives == "chart" else []
            )
        return Checked(False, WRONG, differs)

    def _differences(self, answer, right) -> list[str]:
        if self.gives == "chart":
            return marks_differences(marks_of(answer), right) + drawing_faults(
                answer, self.colours, self.joined
            )
        if self.gives == "number":
            return (
                []
                if np.isclose(float(answer), float(right))
                else [
                    f"You have {answer:g}; the tables give a"
                    f" {'smaller' if answer > right else 'larger'} number."
                ]
            )
        return table_differences(answer, right, self.ordered)

    def _alike(self, answer, other) -> bool:
        return not (
            marks_differences(marks_of(answer), other)
            if self.gives == "chart"
            else self._differences(answer, other)
        )


def _wrong_kind(gives: str, answer) -> str:
    """What to say of an answer that is not of the kind asked for; empty if it is."""
    kinds = {
        "table": pd.DataFrame,
        "series": pd.Series,
        "number": (int, float, np.number),
        "chart": Figure,
    }
    if isinstance(answer, kinds[gives]) and not (gives == "number" and isinstance(answer, bool)):
        return ""
    more = ""
    if gives == "table" and isinstance(answer, pd.Series):
        more = (
            " Two pairs of brackets, [[…]], keep a table; as_index=False or .reset_index() makes"
            " one of a groupby."
        )
    elif gives == "series" and isinstance(answer, pd.DataFrame):
        more = ' One pair of brackets, ["…"], takes a single column.'
    elif gives == "chart" and hasattr(answer, "figure"):
        more = " Hand over fig, not ax."
    return f"Asked for is {ASKED[gives]}; this is {_kind_named(answer)}.{more}"


def _kind_named(value) -> str:
    return "nothing (None)" if value is None else f"of the kind {type(value).__name__}"


def find_code(tables: Tables, code_id: str) -> CodeExercise:
    """One exercise of the Code track. Raises KeyError, naming those there are."""
    texts = {text["code_id"]: text for text in tables.read_json("code")}
    if code_id not in texts:
        raise KeyError(f"there is no code exercise {code_id!r}; there are: {', '.join(texts)}")
    return CodeExercise(texts[code_id], tables)
