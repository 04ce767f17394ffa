"""A teacher's own questions in a lesson, checked like the others, and what the teacher left out."""

from ipywidgets import Button

from casebook.exercises import Exercise
from casebook.exercises.fields import fields_of
from casebook.exercises.own import FOLDER, OwnQuestion, own_folder, read_own
from casebook.figure import marked
from casebook.panel.panel import Panel, made

__all__ = ["my_questions"]

NONE = f"No question of your teacher's for this lesson: the folder {FOLDER} has none."


def my_questions(lesson: str) -> list[Panel] | Panel:
    """Your teacher's own questions for a lesson ('01'), from my_questions/; first a line on what is
    left out of the lesson, and on what could not be read.
    """
    # Not declared: what is asked comes from a file of the teacher's.
    own = read_own(own_folder())
    said = [*own.problems]
    if lesson in own.skipped:
        said.insert(0, f"Your teacher leaves out: {'; '.join(own.skipped[lesson])}.")
    asked = [question for question in own.questions if question.lesson == lesson]
    first = Panel("Your teacher's questions", [])
    first.asks = None, "own questions"
    first.show("", " ".join(said) or ("" if asked else NONE))
    return _stacked([first, *map(_asked, asked)])


def _stacked(panels: list[Panel]) -> Panel:
    """The panels in one: a cell shows its last value alone."""
    first, *rest = panels
    first.children = (*first.children, *rest)
    return first


def _asked(question: OwnQuestion) -> Panel:
    task = as_exercise(question)
    fields, answer = fields_of(task)
    check = made(Button, description="Check")
    panel = Panel(question.question, [*fields, check])

    def say(_):
        checked = task.check(answer())
        panel.show("".join(f"<p>{marked(why)}</p>" for why in checked.reasons), checked.verdict)

    check.on_click(say)
    panel.show("", "Choose, then check. This answer is not kept.")
    panel.fields, panel.buttons = fields, {"check": check}
    return panel


def as_exercise(question: OwnQuestion) -> Exercise:
    """The question as an exercise, whose key is typed and not asked of the tables."""
    choices = [
        {"value": str(number), "text": text, "why": why}
        for number, (text, _, why) in enumerate(question.choices)
    ]
    kind = "sort" if question.bins else "choose"
    text = {
        "exercise_id": f"{question.lesson}-own",
        "kind": kind,
        "group": "exercise",
        "question": question.question,
        "hint": "",
        "worked": "",
        "snippet": "",
        "snippet_address": "",
        "choices": choices,
        "bins": question.bins,
        "most": None,
        "again": None,
        "key": None,
    }
    task = Exercise(text, None)
    answers = {str(n): answer for n, (_, answer, _) in enumerate(question.choices)}
    task.key = answers if question.bins else {n for n, right in answers.items() if right}
    return task
