"""A class's answers, lesson by lesson."""

from casebook.classroom import question_results
from casebook.classroom.lab import class_ranking
from casebook.classroom.minds import changed_minds, commitments, first_and_then
from casebook.classroom.work import ClassWork
from casebook.figure.english import shortened
from casebook.panel.controls import choose, tick
from casebook.panel.explore import explore
from casebook.panel.panel import Panel

__all__ = ["class_minds", "class_questions", "rank_phrasings"]

MINDS = "Who changed their mind, and towards what?"


def class_questions(work: ClassWork) -> Panel:
    """Choose a lesson, and its check-out or its exercises: what the class answered."""
    titles = work.tables.lessons.set_index("lesson")["title"]
    lessons = sorted({name[:2] for name in work.pooled.exercises["exercise"]}) or ["00"]
    return explore(
        f"{work.name}: which questions were hard, and what do the wrong answers suggest?",
        lesson=choose(
            "Lesson",
            [(f"{n} · {titles.get(n, '')}", n) for n in lessons],
            width="330px",
            reads=str,
        ),
        group=choose("Questions", ["check-out", "exercise"], radio=True),
        draw=lambda lesson, group: question_results(work, lesson, group),
        stored="Lesson {lesson}, {group}",
        rows="",
    )


def rank_phrasings(work: ClassWork) -> Panel:
    """A class's judgements of phrasings: counted at once; fitted to a scale on request, since that
    loads another package.
    """
    return explore(
        f"{work.name}: which phrasings are heard as stronger?",
        fitted=tick(
            "Fit the scale, with intervals (a few seconds)",
            width="400px",
            reads=("Counted, not fitted", "Fitted"),
        ),
        draw=lambda fitted: class_ranking(work, fitted),
        stored="{fitted}",
        rows="",
    )


def class_minds(work: ClassWork) -> Panel:
    """Choose a guess or a vote: what the class said before the evidence and after it."""
    tasks = commitments(work)
    if not tasks:
        nothing = [("nobody has said anything yet", "")]
        return explore(
            MINDS,
            asked=choose("Question", nothing, width="98%"),
            draw=lambda asked: changed_minds(work),
            rows="",
        )
    options = [(f"{task.id[:2]} · {shortened(task.question, 90)}", task.id) for task in tasks]
    return explore(
        MINDS,
        asked=choose("Question", options, width="98%"),
        draw=lambda asked: first_and_then(work, asked),
        stored="Question: {asked}",
        rows="",
    )
