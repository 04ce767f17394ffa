"""The edition in a real browser, from ``file://`` with the network cut: its script against the
Python that it stands for, and a learner's way through a page.
"""

import json
import random

import pytest
from axe_playwright_python.sync_playwright import Axe
from ipywidgets import Checkbox

from browser.conftest import FLAGS, WAIT, chromium
from casebook.answers import shape
from casebook.answers.pool import pool
from casebook.classroom.work import allowed_answers
from casebook.core.tables import Tables
from casebook.edition.notebook import blocks, nobodys_work
from casebook.edition.states import is_alive
from casebook.edition.tasks import lesson_tasks
from casebook.exercises import find_exercise
from casebook.exercises.commit_widget import predict
from casebook.exercises.widgets import exercise
from casebook.figure import marked
from casebook.panel.explore import DeclaredPanel
from helpers import notebooks

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOVES, ANSWERS, MOST = 25, 10, 300
each = pytest.mark.parametrize("notebook", notebooks(), ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def chrome():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=FLAGS, timeout=WAIT)
        yield chrome
        chrome.close()


@pytest.fixture
def opened(chrome, edition):
    """opened(name, width): a page of the edition in a fresh browser without a network; what it
    complains of and what it asks for outside fails the test.
    """
    contexts, wrong = [], []

    def open_page(name, width=1280, **settings):
        context = chrome.new_context(
            viewport={"width": width, "height": 800}, offline=True, **settings
        )
        context.set_default_timeout(WAIT)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        ours = (edition.as_uri(), "data:", "blob:")
        page.on("request", lambda r: None if r.url.startswith(ours) else wrong.append(r.url))
        show(page, (edition / f"{name}.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def show(page, address=None):
    """Go there, or load the page anew, and wait until it is set going."""
    page.goto(address) if address else page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")


# -- the script against Python ---------------------------------------------------------------------


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
            if isinstance(panel, DeclaredPanel) and is_alive(panel)
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


# -- a learner's way -------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 390])
def test_a_panel_is_moved_and_an_exercise_answered_by_keyboard_alone(
    width, opened, tables, tmp_path
):
    page = opened("00-start-here", width)
    arc = page.locator("[data-panel='0']")
    arc.get_by_role("slider", name="As of").focus()
    before = arc.locator(".lp-says").inner_text()
    page.keyboard.press("ArrowRight")
    assert arc.locator(".lp-says").inner_text() != before
    assert arc.get_by_role("slider").get_attribute("aria-valuetext") == "15 August 2022"
    assert "15 August 2022" in arc.locator("img").get_attribute("alt")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # Earlier
    assert arc.locator(".lp-says").inner_text() == before
    page.keyboard.press("Enter")
    assert arc.locator(".lp-says").inner_text().startswith("No earlier day.")
    arc.get_by_label("Show the rows").focus()
    page.keyboard.press("Space")
    assert arc.locator("table.lp-rows").count() == 1

    asked = page.locator("[data-task='00-dates']")
    asked.get_by_label("Number").focus()
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # Check
    assert asked.locator(".lp-says").inner_text() == "Yes."
    assert "you have done 1 of" in asked.locator(".lp-tally").inner_text()
    show(page)
    assert asked.get_by_label("Number").input_value() == "2"
    assert asked.locator(".lp-says").inner_text() == "Kept from before: check again."
    assert asked.get_by_role("button", name="Worked answer").is_disabled()
    hand_in(page, tmp_path)
    pooled = pool(tmp_path, allowed_answers(tables))
    assert pooled.problems.empty
    assert pooled.exercises[["exercise", "value"]].values.tolist() == [["00-dates", 2]]


def hand_in(page, folder):
    """Export the answers by keyboard into a folder."""
    own = page.locator("#your-answers")
    own.get_by_role("button", name="Export my choices").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(folder / download.value.suggested_filename)
    return folder / download.value.suggested_filename


def test_an_export_is_the_very_file_that_the_lab_writes_and_comes_back(opened, tmp_path):
    page = opened("01-three-reports")
    page.evaluate(
        """() => { const {answers} = casebook;
        answers.keep('exercise', '01-meeting', ['S4', 'S0']);
        answers.keep('exercise', '01-sort', {a: 'one “bin”', b: ''});
        answers.keep('prediction', '01-predict', 6);
        answers.keep('writing', '01-own', 'mine'); }"""
    )
    raw = hand_in(page, tmp_path).read_bytes()
    content = shape.read(raw)
    assert content.problems == []
    assert raw == shape.written(content.learner, content.entries)
    assert {place: entry.value for place, entry in content.entries.items()} == {
        ("exercise", "01-meeting"): ["S0", "S4"],
        ("exercise", "01-sort"): {"a": "one “bin”"},
        ("prediction", "01-predict"): 6,
    }
    own, says = page.locator("#your-answers"), page.locator("#your-answers .lp-says")
    own.get_by_role("button", name="Delete everything").click()
    assert says.inner_text().startswith("This deletes")
    own.get_by_role("button", name="Keep everything").click()
    own.get_by_role("button", name="Delete everything").click()
    assert page.evaluate("() => casebook.answers.count()") == 4
    own.get_by_role("button", name="Delete everything").click()
    assert page.evaluate("() => casebook.answers.count()") == 0
    file = next(tmp_path.iterdir())
    own.get_by_label("A file of answers").set_input_files(file)
    page.wait_for_function(
        "text => document.querySelector('#your-answers .lp-says').textContent.startsWith(text)",
        arg="The file would add 3 answers",
    )
    own.get_by_role("button", name="Import", exact=True).click()
    assert page.evaluate("() => casebook.answers.count()") == 3
    assert hand_in(page, tmp_path / "again").read_bytes().count(b'"at"') == 3
    own.get_by_label("A file of answers").set_input_files(
        {"name": "a.json", "mimeType": "application/json", "buffer": b"{}"}
    )
    page.wait_for_function(
        "text => document.querySelector('#your-answers .lp-says').textContent.endsWith(text)",
        arg="no file of answers of this casebook.",
    )


def test_a_browser_that_keeps_nothing_says_so(opened):
    page = opened("00-start-here")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    asked = page.locator("[data-task='00-dates']")
    asked.get_by_label("Number").fill("2")
    asked.get_by_label("Number").press("Tab")
    assert asked.locator(".lp-says").inner_text().startswith("Not saved: this browser keeps")
    assert page.evaluate("() => casebook.answers.kept('exercise', '00-dates')") == 2


def test_an_address_opens_its_row_in_place_and_closes_by_escape(opened):
    page = opened("01-three-reports", 390)
    mark = page.locator("main sup .ed-address").first
    mark.focus()
    page.keyboard.press("Enter")
    row = page.locator(".ed-row")
    assert mark.inner_text() in row.inner_text()
    assert mark.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Tab")
    row.get_by_role("button", name="Close").press("Escape")
    assert row.count() == 0
    assert page.evaluate("() => document.activeElement.className") == "ed-address"


# -- for all eyes ----------------------------------------------------------------------------------


def axe(page):
    """What axe finds; it may not fetch the style itself, which ``file:`` forbids."""
    options = {"runOnly": WCAG, "resultTypes": ["violations"], "preload": False}
    found = Axe().run(page, options=options).response["violations"]
    return [(v["id"], node["html"][:160]) for v in found for node in v["nodes"]]


def unfold(page):
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true })")


@pytest.mark.parametrize("name", ["index", *(path.stem for path in notebooks())])
def test_a_page_fits_every_width_and_axe_finds_nothing(name, opened, shoot):
    page = opened(name)
    # 640 px: 1280 at 200 %
    for width, scheme in ((1280, "light"), (640, "light"), (390, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        shoot(page, f"edition-{name}-{width}-{scheme}")
        unfold(page)
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), width
        if width != 640:
            assert axe(page) == [], width


def test_on_paper_a_page_has_no_controls_and_in_forced_colours_its_marks(opened):
    page = opened("01-three-reports")
    page.emulate_media(media="print")
    assert page.locator("button:not(.ed-address):visible, nav:visible").count() == 0
    assert page.locator("[data-task] label:visible").count() > 5
    page.emulate_media(media="screen", forced_colors="active")
    assert (
        json.loads(
            page.evaluate(
                "() => JSON.stringify(getComputedStyle(document.querySelector("
                "'.lp-says')).borderLeftWidth)"
            )
        )
        == "4px"
    )
