"""Exercises as panels: answer, check, be told why; a hint and a worked answer on request. Every
change is kept.
"""

from __future__ import annotations

from html import escape

from ipywidgets import Button, Checkbox, Dropdown, IntSlider, RadioButtons, Text, VBox

from casebook.core.tables import Tables
from casebook.exercises import Exercise, exercises, find_exercise
from casebook.panel.kept import keep, kept
from casebook.panel.panel import Fold, Panel, Stored, made

__all__ = ["check_out", "exercise", "predict"]

EMPTY = "choose …"
UNANSWERED = "Not answered yet."


def exercise(tables: Tables, exercise_id: str) -> Panel:
    """One exercise, by its identifier."""
    # Not declared: each answer is kept, and what is shown follows from the checks made so far.
    return _panel(find_exercise(tables, exercise_id), tables)


def predict(tables: Tables, exercise_id: str) -> Panel:
    """A number to guess before the evidence. It is kept and not checked: the exhibit below it
    answers.
    """
    # Not declared: the guess is kept, and that there is none yet is no value of the slider.
    task = find_exercise(tables, exercise_id)
    before, notice = kept("prediction", task.id)
    here = task.usable(before) is not None
    # It opens at 0: a slider opened in the middle would suggest an answer.
    guess = made(
        IntSlider,
        value=before if here else 0,
        min=0,
        max=task.most,
        description="Your guess",
        width="430px",
    )
    panel = Panel(task.question, [guess])

    def say(says):
        panel.show(f"<p>{escape(task.hint)}</p>", says)

    def on_move(_):
        say(
            f"You guess {guess.value} of {task.most}. "
            f"{keep('prediction', task.id, guess.value)}".strip()
        )

    panel.watch(on_move, guess)
    say(
        notice
        + (
            f"Kept from before: you guess {guess.value} of {task.most}."
            if here
            else "No guess yet, unless 0 is yours: move the slider."
        )
    )
    return panel


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
    fields, answer = _FIELDS[task.kind](task)
    last, notice = kept("exercise", task.id)
    opened = last is not None and _refill(fields, task, last)
    check = made(Button, description="Check")
    hint = Fold("Hint", f"<p><strong>Hint:</strong> {escape(task.hint)}</p>")
    worked = Fold(
        "Worked answer",
        f"<p><strong>Worked answer:</strong> {escape(task.worked)}</p>",
        disabled=True,
    )
    panel = Panel(
        before + task.question,
        lead=_snippet(task),
        controls=[made(VBox, [*fields], width="100%"), check, hint.button, worked.button],
    )
    checks, state = [], {}

    def say(says, reasons=()):
        state.update(says=says, reasons=reasons)
        draw()

    def draw():
        because = "".join(f"<li>{escape(reason)}</li>" for reason in state["reasons"])
        html = f"<ul>{because}</ul>" if because else ""
        panel.show(html + hint.html + worked.html, state["says"], controls=_listed(task))

    def on_check(_):
        result = task.check(answer())
        if result.reasons:
            worked.button.disabled = False
            checks.append(result)
        if len(checks) == 1 and result.reasons and _asks_several(task) and not result.right:
            # A first wrong check says how many are right, not which.
            say(f"{result.verdict} Look again; the next check says why.")
        else:
            say(result.verdict, result.reasons)

    def on_change(_):
        given = _given(answer())
        kept_now = "Kept; not checked yet." if given else UNANSWERED
        problem = keep("exercise", task.id, given)
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
        f"<blockquote>{escape(task.snippet)}"
        f" <small>({escape(task.snippet_address)})</small></blockquote>"
        if task.snippet
        else ""
    )


def _listed(task: Exercise) -> str:
    """The choices as they are stored, before anything is run."""
    items = "".join(f"<li>{escape(text)}</li>" for _, text, _ in task.choices)
    bins = f"<p>Sort into: {escape(', '.join(task.bins))}.</p>" if task.bins else ""
    return f"{bins}<ul>{items}</ul>" if items else ""


def _choose(task):
    radio = made(
        RadioButtons,
        options=[(text, value) for value, text, _ in task.choices],
        value=None,
        width="100%",
    )
    return [radio], lambda: radio.value


def _choose_all(task):
    boxes = [
        made(Checkbox, value=False, description=text, indent=False, width="100%")
        for _, text, _ in task.choices
    ]
    return boxes, lambda: {value for box, (value, _, _) in zip(boxes, task.choices) if box.value}


def _sort(task):
    drops = [
        made(
            Dropdown,
            options=[(EMPTY, "")] + [(b, b) for b in task.bins],
            description=text,
            name_width="62%",
            width="100%",
        )
        for _, text, _ in task.choices
    ]
    return drops, lambda: {value: drop.value for drop, (value, _, _) in zip(drops, task.choices)}


def _number(task):
    # Sent when the field is left: of a value sent at each key the last may arrive after a press of
    # Check (ipywidgets holds back what the kernel has not asked for yet, and never holds back a
    # click).
    box = made(
        Text,
        value="",
        placeholder="a number",
        description="Number",
        width="220px",
        continuous_update=False,
    )
    return (
        [box],
        lambda: (
            int(box.value)
            if box.value.strip().isascii() and box.value.strip().isdigit() and len(box.value) < 9
            else None
        ),
    )


def _given(answer):
    """An answer without its gaps, as it is kept."""
    return (
        {item: bin_ for item, bin_ in answer.items() if bin_}
        if isinstance(answer, dict)
        else answer
    )


def _refill(fields, task, last) -> bool:
    """Set the fields to what was kept, as far as the exercise still has it; whether anything was
    set.
    """
    usable, values = task.usable(last), [value for value, _, _ in task.choices]
    if usable is None:
        return False
    if task.kind == "choose all":
        for box, value in zip(fields, values):
            box.value = value in usable
    elif task.kind == "sort":
        for drop, value in zip(fields, values):
            drop.value = usable.get(value, "")
    else:
        fields[0].value = str(usable) if task.kind == "number" else usable
    return True


_FIELDS = {"choose": _choose, "choose all": _choose_all, "sort": _sort, "number": _number}
