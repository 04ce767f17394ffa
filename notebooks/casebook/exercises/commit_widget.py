"""What a learner says before the evidence, and the comparison after it: a number, a vote, a
sentence. Both are kept; neither is marked.
"""

from collections.abc import Callable
from html import escape

from casebook.core.tables import Tables
from casebook.exercises import Answer, Exercise, find_exercise, second
from casebook.exercises.fields import fields_of, given, refill
from casebook.exercises.tally import tally
from casebook.figure import BREAK, Html, cell, html_table, marked
from casebook.panel.kept import keep, kept
from casebook.panel.panel import Fold, Panel

__all__ = ["predict"]

FOUND, HIDE = "What we found", "Hide what we found"
BEFORE_IT_OPENS = "Say what you think now; then open what we found."
ONCE_IT_IS_OPEN = "Compare: what did you expect, what do you say now, what did we find?"
_compared: dict[str, Callable[[], None]] = {}  # a commitment → what draws its comparison again


def predict(tables: Tables, exercise_id: str) -> Panel:
    """A number, a vote or a sentence to commit oneself to before the evidence. It is kept and not
    checked: ``exercise`` of the same identifier compares it afterwards.
    """
    # Not declared: what is said is kept, and that nothing is said yet is no value of a slider.
    task = find_exercise(tables, exercise_id)
    fields, answer, notice, here = _filled(task, task.id)
    panel = Panel(task.question, fields)
    panel.asks = task, "commit"

    def say(says):
        panel.show(f"<p>{marked(task.hint)}</p>{tally(tables, task.id)}", says, _options(task))

    def on_change(_):
        problem = keep(task.kept_as, task.id, given(answer()))
        say(f"{_said(task, answer())} {problem}".strip())
        _compared.get(task.id, lambda: None)()

    panel.watch(on_change, *fields)
    panel.fields = fields
    before = f"Kept from before: {_said(task, answer())}" if here else _nothing_yet(task)
    say(notice + before)
    return panel


def comparison(task: Exercise, tables: Tables) -> Panel:
    """What was said before the evidence, what the learner says now, and on request what we found,
    side by side.
    """
    fields, answer, notice, here = _filled(task, second(task.id))
    found = Fold(FOUND, "", hide=HIDE)
    panel = Panel(f"And now? {task.question}", [*fields, found.button])
    panel.asks = task, "compare"

    def draw(remark=""):
        first, told = kept(task.kept_as, task.id)
        first = task.usable(first)
        now = _said(task, answer()) if _anything(task, answer(), here) else "nothing yet"
        columns = {"Before the evidence": "nothing" if first is None else _said(task, first)}
        columns["Now"] = now
        html = html_table(list(columns), [list(columns.values())], kind="lp-compared")
        says = BEFORE_IT_OPENS
        if found.is_open:
            html += f"<p><strong>{FOUND}:</strong> {found_out(task)}</p>"
            says = ONCE_IT_IS_OPEN
        panel.show(html + tally(tables, task.id), remark or told or says, _options(task))

    def on_change(_):
        nonlocal here
        here = True
        draw(keep(task.kept_as, second(task.id), given(answer())))

    panel.watch(on_change, *fields)
    found.on_press(draw)
    panel.fields, panel.buttons = fields, {"found": found.button}
    _compared[task.id] = draw
    draw(notice)
    return panel


def _filled(task: Exercise, key: str):
    """(controls with what was kept under ``key``, what gives the answer, what to tell the learner
    once, whether anything was kept).
    """
    fields, answer = fields_of(task)
    last, notice = kept(task.kept_as, key)
    return fields, answer, notice, last is not None and refill(fields, task, last)


def _anything(task: Exercise, value: Answer, here: bool) -> bool:
    return here if task.kind == "predict" else bool(value)


def _said(task: Exercise, value: Answer) -> str:
    """An answer in words."""
    if task.kind == "predict":
        return f"{value} of {task.most}."
    if task.kind == "vote":
        return next((text for choice, text, _ in task.choices if choice == value), "nothing")
    return f"“{value}”" if value else "nothing"


def _nothing_yet(task: Exercise) -> str:
    if task.kind == "predict":
        return "No guess yet, unless 0 is yours: move the slider."
    return "Nothing said yet."


def found_out(task: Exercise) -> Html:
    """What we found, with the reason."""
    if task.kind == "sentence":
        return Html(marked(task.worked))
    if task.kind == "predict":
        return cell(f"{task.key} of {task.most}.", BREAK, task.worked)
    right = [(text, why) for value, text, why in task.choices if value in task.key]
    lines = [Html(f"<strong>{escape(text)}</strong> {marked(why)}") for text, why in right]
    return cell(*lines, BREAK, task.worked)


def _options(task: Exercise) -> str:
    """The choices of a vote as they are stored, before anything is run."""
    items = "".join(f"<li>{marked(text)}</li>" for _, text, _ in task.choices)
    return f"<ul>{items}</ul>" if items else ""
