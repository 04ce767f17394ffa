"""What tells a learner's table, marks or chart from those of the worked solution, in sentences."""

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from casebook.exercises.pyplot_figures import bars_of, has_words, is_joined, title_of

MIDNIGHT = " 00:00:00"  # a date without a time is shown as a date


def tidy(found: pd.DataFrame | pd.Series) -> pd.DataFrame:
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


def table_differences(
    answer: pd.DataFrame | pd.Series, right: pd.DataFrame | pd.Series, ordered: bool = False
) -> list[str]:
    """What tells a table or Series from the right one: columns, number of rows, kinds, the first
    row that differs, order.

    The order of columns never counts, that of rows only where ``ordered``. Empty: none.
    """
    mine, ours = tidy(answer), tidy(right)
    if twice := list(dict.fromkeys(mine.columns[mine.columns.duplicated()])):
        return [f"Column twice: {', '.join(map(str, twice))}."]
    if says := _shapes_differ(mine, ours):
        return says
    mine = mine[list(ours)]
    says = [
        f"Column {name} holds {_holds(mine[name])}; {_holds(ours[name])} are asked for."
        for name in ours
        if _holds(mine[name]) != _holds(ours[name])
    ]
    return says or _cells_differ(mine, ours, ordered)


def _shapes_differ(mine: pd.DataFrame, ours: pd.DataFrame) -> list[str]:
    """Columns that are missing or too many, and rows."""
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
    return says


def _cells_differ(mine: pd.DataFrame, ours: pd.DataFrame, ordered: bool) -> list[str]:
    """The first row that differs, in tables of the same columns and length, or their order."""
    if (here := _first_difference(mine, ours)) is None:
        return []
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
        kind="stable",
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
