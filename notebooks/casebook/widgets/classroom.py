"""A class's answers, lesson by lesson."""
from ipywidgets import Dropdown, RadioButtons

from casebook.classroom import question_results
from casebook.widgets.panel import made, Panel


def class_questions(work) -> Panel:
    """Choose a lesson, and its check-out or its exercises: what the class answered."""
    titles = work.tables.lessons.set_index("lesson")["title"]
    lessons = sorted({name[:2] for name in work.pooled.exercises["exercise"]}) or ["00"]
    lesson = made(Dropdown, options=[(f"{n} · {titles.get(n, '')}", n) for n in lessons], value=lessons[0], description="Lesson", width="330px")
    group = made(RadioButtons, options=["check-out", "exercise"], value="check-out", description="Questions")
    panel, states = Panel("Which questions were hard, and what do the wrong answers suggest?", [lesson, group]), {}

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
