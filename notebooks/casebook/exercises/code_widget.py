"""The check of a Code track exercise as a panel: what differs and why, a hint and the worked
solution on request.
"""

from html import escape

from IPython import get_ipython
from matplotlib.figure import Figure
from pandas import DataFrame, Series

from casebook.core.tables import Tables
from casebook.exercises import pyplot_figures
from casebook.exercises.code import find_code
from casebook.exercises.compare import MIDNIGHT, tidy
from casebook.panel.panel import Fold, Panel

__all__ = ["check_code"]

ROWS, LONGEST = 5, 60  # of a learner's table that are shown, and characters of a cell
ONE_LINE, NOWRAP = 14, " style='white-space: nowrap'"

# From here on a learner's own figures are shown with their words, in every cell of the lesson.
if (shell := get_ipython()) is not None:
    pyplot_figures.take_over(shell)


def check_code(
    tables: Tables, code_id: str, answer: DataFrame | Series | Figure | float | None
) -> Panel:
    """Check what a learner's cell gives: a DataFrame, Series, number or Figure. A figure is shown
    above the panel.

    Raises KeyError for an exercise that does not exist.
    """
    # Not declared: its controls are buttons that open a hint and a solution beside the verdict.
    task = find_code(tables, code_id)
    if isinstance(answer, Figure) and get_ipython() is not None:
        pyplot_figures.show(answer)
    result = task.check(answer)
    hint = Fold("Hint", f"<p><strong>Hint:</strong> {escape(task.hint)}</p>")
    worked = Fold(
        "Worked solution",
        "<p><strong>Worked solution:</strong></p><pre style='white-space:"
        f" pre-wrap'>{escape(task.solution)}</pre>",
    )
    panel = Panel(f"Check: {task.title}", controls=[hint.button, worked.button])
    said = "".join(f"<li>{escape(reason)}</li>" for reason in result.reasons)
    first = (f"<ul>{said}</ul>" if said else "") + preview(answer)

    def draw():
        panel.show(first + hint.html + worked.html, result.verdict)

    for fold in (hint, worked):
        fold.on_press(draw)
    panel.buttons = {"hint": hint.button, "worked": worked.button}
    draw()
    return panel


def preview(answer: DataFrame | Series | Figure | float | None) -> str:
    """The first rows of a learner's table, or the number, as HTML; nothing for a figure, which
    shows itself.
    """
    if not isinstance(answer, (DataFrame, Series)):
        return (
            ""
            if isinstance(answer, Figure)
            else f"<p>Your answer: <code>{escape(str(answer)[:LONGEST])}</code></p>"
        )
    table = tidy(answer)
    head = "".join(f"<th scope='col'>{escape(str(name))}</th>" for name in table)
    rows = "".join(
        "<tr>" + "".join(_td(_short(value)) for value in row) + "</tr>"
        for row in table.head(ROWS).itertuples(index=False)
    )
    count = f"{min(ROWS, len(table))} of {len(table)}" if len(table) > ROWS else f"{len(table)}"
    return (
        f"<p>Your table, rows: {count}</p><div style='overflow-x:"
        f" auto'><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _td(text: str) -> str:
    """A cell; a short one, such as a date or an identifier, stays on one line."""
    return f"<td{NOWRAP if len(text) <= ONE_LINE else ''}>{escape(text)}</td>"


def _short(value) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value).removesuffix(MIDNIGHT)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
