"""Exercises as panels: answer, check, be told why; a hint and a worked answer on request. Every
change is kept.
"""

from __future__ import annotations

from html import escape

from ipywidgets import Button, VBox

from casebook.core.tables import Tables
from casebook.exercises import COMMITMENTS, Answer, Exercise, exercises, find_exercise
from casebook.exercises.commit_widget import comparison
from casebook.exercises.fields import fields_of, given, refill
from casebook.exercises.tally import look_again, tally
from casebook.figure import marked
from casebook.panel.kept import is_empty, keep, kept
from casebook.panel.panel import Fold, Panel, Stored, made

__all__ = ["check_out", "exercise"]

UNANSWERED = "Not answered yet."


def exercise(tables: Tables, exercise_id: str) -> Panel:
    """One exercise, by its identifier; of what was said before the evidence, the comparison."""
    # Not declared: each answer is kept, and what is shown follows from the checks made so far.
    task = find_exercise(tables, exercise_id)
    return comparison(task, tables) if task.kind in COMMITMENTS else _panel(task, tables)


def check_out(tables: Tables, lesson: str) -> CheckOut:
    """The five questions at the end of a lesson."""
    # Not declared: several exercises under one another, see there.
    found = exercises(tables, lesson, group="check-out")
    return CheckOut(
        [_panel(task, tables, f"{n} of {len(found)}. ") for n, task in enumerate(found, 1)]
    )


class CheckOut(Stored):
    """Several panels under one another, stored together."""

    def stored(self) -> tuple[str, str]:
        parts = [panel.stored() for panel in self.children]
        return "\n\n".join(text for text, _ in parts), "\n".join(html for _, html in parts)


def _panel(task: Exercise, tables, before: str = "") -> Panel:
    # Long, since its handlers share its controls.
    fields, answer = fields_of(task)
    last, notice = kept("exercise", task.id)
    opened = last is not None and refill(fields, task, last)
    check = made(Button, description="Check")
    hint = Fold("Hint", f"<p><strong>Hint:</strong> {marked(task.hint)}</p>")
    worked = Fold(
        "Worked answer",
        f"<p><strong>Worked answer:</strong> {marked(task.worked)}</p>",
        disabled=True,
    )
    panel = Panel(
        before + task.question,
        lead=_snippet(task),
        controls=[made(VBox, [*fields], width="100%"), check, hint.button, worked.button],
    )
    panel.asks = task, "check"
    checks, state = [], {}

    def say(says, reasons=(), again=""):
        state.update(says=says, reasons=reasons, again=again)
        draw()

    def draw():
        because = "".join(f"<li>{marked(reason)}</li>" for reason in state["reasons"])
        html = f"<ul>{because}</ul>" if because else ""
        html += state["again"] + hint.html + worked.html + tally(tables, task.id)
        panel.show(html, state["says"], controls=_listed(task) + _chosen(task, answer()))

    def on_check(_):
        result = task.check(answer())
        if result.reasons:
            worked.button.disabled = False
            checks.append(result)
        if len(checks) == 1 and result.reasons and _asks_several(task) and not result.right:
            # A first wrong check says how many are right, not which.
            say(f"{result.verdict} Look again; the next check says why.", again=look_again(task))
        else:
            say(result.verdict, result.reasons, again="" if result.right else look_again(task))

    def on_change(_):
        said = given(answer())
        kept_now = UNANSWERED if is_empty(said) else "Kept; not checked yet."
        problem = keep("exercise", task.id, said)
        say(problem or ("Changed: check again." if checks else kept_now))

    check.on_click(on_check)
    for fold in (hint, worked):
        fold.on_press(draw)
    panel.watch(on_change, *fields)
    panel.fields = fields
    panel.buttons = {"check": check, "hint": hint.button, "worked": worked.button}
    say(notice + ("Kept from before: check again." if opened else UNANSWERED))
    return panel


def _asks_several(task: Exercise) -> bool:
    """Whether one check is of several answers."""
    return task.kind in ("choose all", "sort")


def _snippet(task: Exercise) -> str:
    """The extract to read first, with its address."""
    return (
        f"<blockquote>{marked(task.snippet)}<sup>{escape(task.snippet_address)}</sup></blockquote>"
        if task.snippet
        else ""
    )


def _listed(task: Exercise) -> str:
    """The choices as they are stored, before anything is run."""
    items = "".join(f"<li>{marked(text)}</li>" for _, text, _ in task.choices)
    bins = f"<p>Sort into: {escape(', '.join(task.bins))}.</p>" if task.bins else ""
    return f"{bins}<ul>{items}</ul>" if items else ""


def _chosen(task: Exercise, answer: Answer) -> str:
    """What is chosen now, as it is stored: a notebook that is handed in or printed says it."""
    if is_empty(given(answer)):
        return ""
    texts = {value: text for value, text, _ in task.choices}
    if isinstance(answer, dict):
        parts = [f"{texts[item]}: {bin_}" for item, bin_ in answer.items() if bin_]
    elif isinstance(answer, set):
        parts = [text for value, text in texts.items() if value in answer]
    else:
        parts = [texts.get(answer, str(answer))]
    items = "".join(f"<li>{marked(part)}</li>" for part in parts)
    return f"<p class='lp-chosen'>You chose:</p><ul>{items}</ul>"
