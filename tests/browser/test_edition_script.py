"""The script of the edition's pages, in a real browser, against the Python that it stands for."""

import random

import pytest
from ipywidgets import Checkbox

from casebook.core.tables import Tables
from casebook.edition.notebook import blocks, nobodys_work
from casebook.edition.states import is_alive
from casebook.edition.tasks import lesson_tasks
from casebook.exercises import find_exercise
from casebook.exercises.commit_widget import predict
from casebook.exercises.fields import whole_number
from casebook.exercises.widgets import exercise
from casebook.figure import marked
from casebook.panel.explore import DeclaredPanel
from helpers import notebooks

MOVES, ANSWERS, MOST = 25, 10, 300
each = pytest.mark.parametrize("notebook", notebooks(), ids=lambda path: path.stem)


def shown_panels(notebook):
    """The panels of a notebook, in the order of its page."""
    return [block.panel for block in blocks(notebook) if block.kind == "panel"]


PLAY = """([which, moves]) => {
    const {panels, parts} = casebook.page, model = new casebook.PanelModel(panels[which], parts);
    return moves.map(([control, place]) => {
        const options = model.offer(control).options;
        model.move(control, options[place % options.length][1]);
        return [model.html, model.says,
            model.values.map((value, n) => model.offer(n).options.findIndex(o => o[1] === value))];
    }) }"""


@each
def test_a_panel_moved_in_the_page_shows_what_it_shows_in_the_lab(notebook, opened):
    page, dice = opened(notebook.stem), random.Random(notebook.stem)
    with nobodys_work():
        panels = [
            panel
            for panel in shown_panels(notebook)
            if isinstance(panel, DeclaredPanel) and is_alive(panel) and not panel.in_page
        ]
        for which, panel in enumerate(panels):
            panel._live = None  # what only a hand in the lab sees
            names, twin = list(panel.declared), []
            moves = [
                [dice.randrange(len(names)), dice.randrange(64)]
                for _ in range(MOVES if len(names) > 1 else 5)
            ]
            for number, place in moves:
                control = panel.declared[names[number]]
                offered = [value for _, value in control.offered(panel.values)]
                control.value = offered[place % len(offered)]
                places = [
                    [v for _, v in c.offered(panel.values)].index(c.value)
                    for c in panel.declared.values()
                ]
                twin.append([panel.result, marked(panel.says), places])
            for step, (ours, wanted) in enumerate(zip(page.evaluate(PLAY, [which, moves]), twin)):
                assert ours == wanted, (panel.question, step)


def answers_of(task, dice):
    """All answers of an exercise where they are few, else some drawn at random."""
    values = [value for value, _, _ in task.choices]
    if task.kind == "choose":
        return values
    if task.kind == "choose all":
        every = [
            [value for n, value in enumerate(values) if bits >> n & 1]
            for bits in range(2 ** len(values))
        ]
        return every if len(every) <= MOST else dice.sample(every, MOST)
    if task.kind == "sort":
        some = [dict(task.key)] + [
            {value: dice.choice([task.key[value], *task.bins, ""]) for value in values}
            for _ in range(MOST)
        ]
        return some
    return [*range(60), task.key, *(dice.randrange(10**8) for _ in range(40))]


@each
def test_verdicts_in_the_page_are_those_of_the_lab(notebook, opened):
    page, dice = opened(notebook.stem), random.Random(notebook.stem)
    with nobodys_work():
        asked = [panel.asks for panel in shown_panels(notebook) if panel.asks and panel.asks[0]]
    for task in [task for task, part in asked if part == "check"]:
        answers = answers_of(task, dice)
        ours = page.evaluate(
            """([id, answers]) => answers.map(answer => {
                const said = casebook.checked(casebook.lesson.tasks[id], answer);
                return [said.right, said.verdict, said.reasons]; })""",
            [task.id, answers],
        )
        for answer, said in zip(answers, ours):
            wanted = task.check(set(answer) if isinstance(answer, list) else answer)
            assert said == [wanted.right, wanted.verdict, list(map(marked, wanted.reasons))]


WRITTEN = ["5532", "5,532", "5 532", " 5\u202f532 ", "5’532", "1,234,567", "007", "0", "12345678"]
NO_NUMBERS = ["", "5,53", "55,32", "5.532", "1,2345", "-5", "٣", "5e3", "123456789", "two", "5 5"]


def test_a_number_is_read_as_the_lab_reads_it(opened):
    ours = [whole_number(text) for text in [*WRITTEN, *NO_NUMBERS]]
    page = opened("00-start-here")
    theirs = page.evaluate("texts => texts.map(casebook.wholeNumber)", [*WRITTEN, *NO_NUMBERS])
    assert theirs == ours
    assert None not in ours[: len(WRITTEN)]
    assert set(ours[len(WRITTEN) :]) == {None}


PRESSED = """([id, part, acts]) => {
    const {lesson, answers, TaskModel, CommitModel} = casebook,
        model = part === 'check' ? new TaskModel(id, lesson, answers)
            : new CommitModel(id, lesson, answers, part);
    return [[model.says, model.html], ...acts.map(([act, value]) => {
        if (act === 'answer') model.change(value);
        else if (act === 'check') model.check();
        else model.fold(act);
        return [model.says, model.html]; })] }"""


def acted(panel, task, part, dice):
    """Random acts on a panel of the lab, as the page's model takes them, and what it then said."""
    acts, said = [], [[marked(panel.says), panel.result]]
    ways = {"check": ["answer", "check", "hint", "worked"], "compare": ["answer", "found"]}
    for _ in range(ANSWERS):
        act = dice.choice(ways.get(part, ["answer"]))
        if act == "answer":
            before = panel.says, panel.result
            acts.append(["answer", changed(panel, task, dice)])
            if (panel.says, panel.result) == before and acts[-1][1] is None:
                acts.pop()
                continue
        else:
            acts.append([act, None])
            press = panel.buttons[act]
            if press.disabled:
                acts.pop()
                continue
            press.click()
        said.append([marked(panel.says), panel.result])
    return acts, said


def changed(panel, task, dice):
    """Change one field of a panel; the answer then, as the page has it."""
    field = dice.choice(panel.fields)
    if isinstance(field, Checkbox):
        field.value = not field.value
        values = [value for value, _, _ in task.choices]
        return [value for box, value in zip(panel.fields, values) if box.value]
    if task.kind == "sort":
        field.index = (field.index + dice.randrange(1, len(field.options))) % len(field.options)
        return {value: f.value for f, (value, _, _) in zip(panel.fields, task.choices)}
    if task.kind in ("choose", "vote"):
        field.index = ((field.index if field.index is not None else -1) + 1) % len(field.options)
        return field.value
    if task.kind == "predict":
        field.value = (field.value + 1) % (field.max + 1)
        return field.value
    field.value = str(int(field.value or 0) + dice.randrange(1, 40))
    return int(field.value) if task.kind == "number" else field.value


@each
def test_an_exercise_in_the_page_says_what_it_says_in_the_lab(notebook, opened):
    page, dice = opened(notebook.stem), random.Random(notebook.stem)
    with nobodys_work():
        for panel in shown_panels(notebook):
            if panel.asks and panel.asks[0]:
                task, part = panel.asks
                acts, said = acted(panel, task, part, dice)
                ours = page.evaluate(PRESSED, [task.id, part, acts])
                # Drawn before others were answered, its tally in the lab is of then.
                assert ours[0][0] == said[0][0], task.id
                for step, (one, wanted) in enumerate(zip(ours[1:], said[1:])):
                    assert one == wanted, (task.id, acts[: step + 1])


BARE = {"hint": "Say it.", "snippet": None, "snippet_address": None, "again": None, "most": None}
BARE |= {"group": "exercise", "question": "Which word is new?", "bins": [], "key": None}
LATER = [
    {
        "exercise_id": "01-vote",
        "kind": "vote",
        "worked": "“Must” was there (F001).",
        "choices": [
            {"value": "a", "text": "“Will”, & <more> (F002).", "why": "Since 2022."},
            {"value": "b", "text": "“Must”.", "why": "It stands in S0 ¶3."},
        ],
    },
    {"exercise_id": "01-said", "kind": "sentence", "worked": "One of ours.", "choices": []},
    {"exercise_id": "01-guess", "kind": "predict", "worked": "Few.", "choices": [], "most": 9},
]


@pytest.mark.parametrize("row", LATER, ids=lambda row: row["kind"])
def test_what_is_said_first_and_compared_after_reads_as_in_the_lab(row, opened):
    """Of every kind, whether a lesson has one by now or not."""
    page, dice, tables = opened("01-three-reports"), random.Random(1), Tables()
    tables.read_json("exercises").append(BARE | row)
    task = find_exercise(tables, row["exercise_id"])
    page.evaluate("lesson => { casebook.lesson = lesson }", lesson_tasks(tables, "01", [task]))
    with nobodys_work():
        for part, make in (("commit", predict), ("compare", exercise)):
            panel = make(tables, task.id)
            acts, said = acted(panel, task, part, dice)
            assert {act for act, _ in acts} == {"answer", *(["found"] * (part == "compare"))}
            assert page.evaluate(PRESSED, [task.id, part, acts]) == said
