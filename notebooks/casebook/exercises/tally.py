"""What of a lesson is done, and where to look again: what exercises say beside their checks."""

from html import escape

from casebook.answers import learner
from casebook.core.tables import Tables
from casebook.exercises import Exercise, every_exercise
from casebook.figure import NO_SHORTCUTS, marked
from casebook.figure.english import number


def tally(tables: Tables, exercise_id: str) -> str:
    """A line of HTML: how many tasks of the lesson's core and check-out were tried, and how many
    are left. Nothing before the first.
    """
    lesson = counted(tables, exercise_id)
    kept = {kind: learner().kept(kind) for kind in {task.kept_as for task in lesson}}
    done = sum(task.usable(kept[task.kept_as].get(task.id)) is not None for task in lesson)
    return tally_line(done, len(lesson))


def counted(tables: Tables, exercise_id: str) -> list[Exercise]:
    """The tasks of an exercise's lesson that the tally counts: core and check-out."""
    return [
        task
        for task in every_exercise(tables).values()
        if task.id[:2] == exercise_id[:2] and task.group != "more time"
    ]


def tally_line(done: int, of: int) -> str:
    """The line that says how many are done; nothing before the first is."""
    if not done:
        return ""
    rest = f"{number(of - done)} left" if of > done else "that is all of them"
    return (
        f"<p class='lp-tally'>You have tried {done} of {of}: guesses, exercises and the check-out"
        f" count here, panels don't; {rest}.</p>"
    )


def look_again(task: Exercise) -> str:
    """A line of HTML with a link to the part of the lesson that helps after a wrong answer."""
    if not task.again:
        return ""
    anchor = task.again.replace(" ", "-")
    return (
        f'<p>Look again: <a href="#{escape(anchor, quote=True)}" {NO_SHORTCUTS}>'
        f"{marked(task.again)}</a></p>"
    )
