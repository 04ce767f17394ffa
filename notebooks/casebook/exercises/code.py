"""The Code track: exercises in pandas and matplotlib, checked by running their own worked solution
on the same tables. CONTRIBUTING.md, “The Code track of a lesson”, says how one is added.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from casebook.exercises import Checked
from casebook.methods import sanction_figures
from casebook.pyplot_figures import bars_of, has_words, is_joined, mark_name, marks_of, title_of

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
UNTOUCHED = "Not solved yet: this is the starting point. Change the cell and run it again."
WRONG, RIGHT = "Not solved yet.", "Solved."
MIDNIGHT = " 00:00:00"  # a date without a time is shown as a date


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

    def subplots(self, *_, **__):
        return self, self

    def _note(self, names, numbers, *_, later=False, **__):
        for name, number in zip(
            np.atleast_1d(np.asarray(names)), np.atleast_1d(np.asarray(numbers, dtype=float))
        ):
            name = mark_name(name)
            self.marks[name] = float(number) + (0 if later else self.marks.get(name, 0))

    bar = barh = _note

    def plot(self, across, upwards, *_, **__):
        # As marks_of has it: of two points at one place the later stands.
        self._note(across, upwards, later=True)

    scatter = plot

    def __getattr__(self, verb):
        return lambda *_, **__: None


def run(code: str, tables, result: str, plt):
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

    def __init__(self, text: dict, tables):
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

    def result_of(self, code: str):
        """What a piece of this exercise's code gives: a table, a column, a number, and of a chart
        its marks (dict).
        """
        result = run(code, self._tables, RESULT[self.gives], Recorder())
        return result.marks if self.gives == "chart" else result

    def check(self, answer) -> Checked:
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


def tidy(found) -> pd.DataFrame:
    """A result as a plain table: an index with a name becomes a column (so as_index makes no
    difference), any other is dropped.
    """
    if isinstance(found, pd.Series):
        return (
            found.rename("value")
            .rename_axis([f"key {n}" for n in range(1, found.index.nlevels + 1)])
            .reset_index()
        )
    needless = [
        level
        for level, name in enumerate(found.index.names)
        if name is None or name in found.columns
    ]
    found = found.reset_index(level=needless, drop=True) if needless else found
    return found.reset_index(drop=found.index.names[0] is None)


def table_differences(answer, right, ordered: bool = False) -> list[str]:
    """What tells a table or Series from the right one: columns, number of rows, kinds, the first
    row that differs, order.

    The order of columns never counts, that of rows only where ``ordered``. Empty: none.
    """
    mine, ours = tidy(answer), tidy(right)
    if twice := list(dict.fromkeys(mine.columns[mine.columns.duplicated()])):
        return [f"Column twice: {', '.join(map(str, twice))}."]
    missing, extra = [c for c in ours if c not in mine], [c for c in mine if c not in ours]
    says = [f"Column missing: {', '.join(map(str, missing))}."] if missing else []
    says += [f"Column not asked for: {', '.join(map(str, extra))}."] if extra else []
    if len(mine) != len(ours):
        why = (
            "many: is a filter missing, or a key doubled by a merge"
            if len(mine) > len(ours)
            else "few: does a filter take too much"
        )
        says.append(f"You have {len(mine)} rows, which is too {why}?")
    if says:
        return says
    mine = mine[list(ours)]
    says = [
        f"Column {name} holds {_holds(mine[name])}; {_holds(ours[name])} are asked for."
        for name in ours
        if _holds(mine[name]) != _holds(ours[name])
    ]
    if says or (here := _first_difference(mine, ours)) is None:
        return says
    alike = _first_difference(_in_order(mine), _in_order(ours))
    if alike is None:
        return (
            [f"The rows are right, their order is not: look at row {here[0] + 1}."]
            if ordered
            else []
        )
    row, column = here if ordered else alike
    mine, ours = (mine, ours) if ordered else (_in_order(mine), _in_order(ours))
    at = f"Row {row + 1}" if ordered else f"Sorted by {', '.join(map(str, ours))}, row {row + 1}"
    return [
        f"{at} is the first that differs: in {column} you have {_cell(mine, row, column)}, the"
        f" tables give {_cell(ours, row, column)}."
    ]


def _holds(column: pd.Series) -> str:
    """What sort of values a column holds."""
    if pd.api.types.is_bool_dtype(column):
        return "True and False"
    if pd.api.types.is_numeric_dtype(column):
        return "numbers"
    return "dates" if pd.api.types.is_datetime64_any_dtype(column) else "words"


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.sort_values(
        list(frame),
        key=lambda column: column if _holds(column) == "numbers" else column.astype(str),
    ).reset_index(drop=True)


def _first_difference(mine, ours):
    """(row, column) of the first cell that differs; None where all are alike. Both have the same
    columns and length.
    """
    unlike = np.zeros(ours.shape, dtype=bool)
    for place, name in enumerate(ours):
        if _holds(ours[name]) == "numbers":
            unlike[:, place] = ~np.isclose(
                _numbers(mine[name]), _numbers(ours[name]), equal_nan=True
            )
        else:
            unlike[:, place] = (
                mine[name].astype(str).to_numpy() != ours[name].astype(str).to_numpy()
            )
    if not unlike.any():
        return None
    row = int(unlike.any(axis=1).argmax())
    return row, ours.columns[int(unlike[row].argmax())]


def _numbers(column: pd.Series) -> np.ndarray:
    return column.to_numpy(dtype=float, na_value=np.nan)


def _cell(frame, row, column) -> str:
    value = frame[column].iloc[row]
    return (
        f"{value:g}"
        if isinstance(value, (float, np.floating))
        else f"“{str(value)[:80]}”"
        if isinstance(value, str)
        else str(value).removesuffix(MIDNIGHT)
    )


def marks_differences(mine: dict, ours: dict) -> list[str]:
    """What a learner's bars or points (name → number) say otherwise than the solution's; their
    order is all one.
    """
    if not mine:
        return [
            "Nothing is drawn yet: ax.bar(names, numbers) or ax.barh(names, numbers) draws bars,"
            ' ax.plot(days, numbers, "o") dots.'
        ]
    if set(mine) != set(ours):
        missing, extra = [n for n in ours if n not in mine], [n for n in mine if n not in ours]
        return ([f"Not drawn: {', '.join(missing[:5])}."] if missing else []) + (
            [f"Drawn, but not asked for: {', '.join(extra[:5])}."] if extra else []
        )
    wrong = [name for name in ours if not np.isclose(mine[name], ours[name])]
    return (
        [f"“{wrong[0]}” is drawn as {mine[wrong[0]]:.4g}; the tables give {ours[wrong[0]]:.4g}."]
        if wrong
        else []
    )


def drawing_faults(figure: Figure, colours: int = 1, joined: bool = True) -> list[str]:
    """What makes a chart hard to read, or misleads: bars not from zero, no title, an axis without a
    name, colours without a meaning, and a line through points where they may not be ``joined``.
    """
    says = [fault for axes in figure.axes for fault in _bars_from_zero(axes) + _names_missing(axes)]
    if (used := len(_colours(figure))) > colours:
        says.append(
            f"{used} colours, and nothing says what they mean: take"
            f' {"one" if colours == 1 else f"at most {colours}"} (color="…").'
        )
    if not joined and any(is_joined(line) for axes in figure.axes for line in axes.lines):
        says.append(
            "A line joins the points, and speaks of what lies between them, of which the table says"
            ' nothing: give ax.plot the format "o" for dots alone.'
        )
    return says


def _bars_from_zero(axes) -> list[str]:
    bars = list(bars_of(axes).values())
    if not bars:
        return []
    axis = axes.xaxis if _lying(axes) else axes.yaxis
    low = min(axis.get_view_interval())
    if axis.get_scale() != "linear":
        return ["The scale is not linear: a bar of double length must mean double the number."]
    if low <= 0:
        return []
    says = f"The axis starts at {low:g}, not at zero"
    if min(bars) > low:
        says += (
            f": the longest bar looks {(max(bars) - low) / (min(bars) - low):.1f} times as long as"
            f" the shortest; the numbers say {max(bars) / min(bars):.1f} times"
        )
    return [says + "."]


def _lying(axes) -> bool:
    return any(
        getattr(container, "orientation", "") == "horizontal" for container in axes.containers
    )


def _names_missing(axes) -> list[str]:
    """Titles and names that are not there. An axis of words explains itself; one of numbers needs a
    name.
    """
    says = (
        []
        if title_of(axes)
        else ['No title yet: ax.set_title("…"). Say what the chart shows, not what it is.']
    )
    for which, axis in (("x", axes.xaxis), ("y", axes.yaxis)):
        if not axis.get_label_text().strip() and not has_words(axis):
            says.append(f'The {which} axis has numbers and no name: ax.set_{which}label("…").')
    return says


def _colours(figure: Figure) -> set:
    return {
        tuple(patch.get_facecolor())
        for axes in figure.axes
        for container in axes.containers
        for patch in getattr(container, "patches", ())
    } | {str(line.get_color()) for axes in figure.axes for line in axes.lines}


def find_code(tables, code_id: str) -> CodeExercise:
    """One exercise of the Code track. Raises KeyError, naming those there are."""
    texts = {text["code_id"]: text for text in tables.read_json("code")}
    if code_id not in texts:
        raise KeyError(f"there is no code exercise {code_id!r}; there are: {', '.join(texts)}")
    return CodeExercise(texts[code_id], tables)
