"""A class's answers, lesson by lesson."""

from ipywidgets import Checkbox, Dropdown, RadioButtons

from casebook.classroom import class_ranking, question_results
from casebook.widgets.panel import Panel, made


def class_questions(work) -> Panel:
    """Choose a lesson, and its check-out or its exercises: what the class answered."""
    titles = work.tables.lessons.set_index("lesson")["title"]
    lessons = sorted({name[:2] for name in work.pooled.exercises["exercise"]}) or ["00"]
    lesson = made(
        Dropdown,
        options=[(f"{n} · {titles.get(n, '')}", n) for n in lessons],
        value=lessons[0],
        description="Lesson",
        width="330px",
    )
    group = made(
        RadioButtons, options=["check-out", "exercise"], value="check-out", description="Questions"
    )
    panel, states = (
        Panel("Which questions were hard, and what do the wrong answers suggest?", [lesson, group]),
        {},
    )

    def draw(_=None):
        asked = lesson.value, group.value
        if asked not in states:
            exhibit = question_results(work, *asked)
            states[asked] = exhibit.html(in_panel=True), f"{exhibit.title}."
        panel.show(*states[asked], controls=f"<p>Lesson {lesson.value}, {group.value}</p>")

    lesson.observe(draw, "value")
    group.observe(draw, "value")
    draw()
    return panel


def rank_phrasings(work) -> Panel:
    """A class's judgements of phrasings: counted at once; fitted to a scale on request, since that
    loads another package.
    """
    box = made(
        Checkbox,
        value=False,
        description="Fit the scale, with intervals (a few seconds)",
        indent=False,
        width="400px",
    )
    panel, states = Panel("Which phrasings does the class hear as stronger?", [box]), {}

    def draw(_=None):
        if box.value not in states:
            exhibit = class_ranking(work, box.value)
            states[box.value] = exhibit.html(in_panel=True), f"{exhibit.title}."
        panel.show(*states[box.value], controls="<p>Counted, not fitted</p>")

    box.observe(draw, "value")
    draw()
    return panel
