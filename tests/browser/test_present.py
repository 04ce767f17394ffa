"""What is on the screen: `python start.py`, which opens a lesson alone, its key for the code, and
`python start.py present`, which shows a lesson on the projector.
"""

import json
import re

import pytest

from browser.conftest import WAIT
from browser.started import Started
from helpers import HOUSE

LESSONS = sorted((HOUSE / "notebooks").glob("[0-9]*.ipynb"))
LEFT_OUT = ("What holds", "Code track", "Every address on this page", "Your own work")
PANEL = "window.jupyterapp?.shell.currentWidget"


@pytest.fixture(scope="module")
def projector():
    """`python start.py present 01`, on a machine whose user has kept answers."""
    started = Started("present", "01")
    started.keep(json.dumps({"version": 1, "answers": {"01-predict": {"value": 41}}}))
    yield started
    started.close()


@pytest.fixture(scope="module")
def lab_alone():
    """`python start.py`."""
    started = Started()
    yield started
    started.close()


@pytest.fixture
def page(browser):
    """A page that notes what it asks for elsewhere, and what goes wrong in it."""
    page = browser.new_page()
    page.outside, page.wrong = [], []
    page.on(
        "request",
        lambda r: (
            None
            if re.match(r"(http|ws)://127\.0\.0\.1|data:|blob:", r.url)
            else page.outside.append(r.url)
        ),
    )
    page.on("pageerror", lambda e: page.wrong.append(str(e)))
    yield page
    page.close()


# The projector


def shown(page, address):
    """The lesson on the projector, run."""
    page.goto(address)
    page.wait_for_selector(".lp-live", timeout=WAIT)
    return page


def where(page):
    """(the step, how many there are), from the foot of the page."""
    at, steps = page.locator(".lp-foot span").last.inner_text().split(" / ")
    return int(at), int(steps)


def scrolled(page):
    return page.evaluate(f"() => {PANEL}.node.querySelector('.jp-WindowedPanel-outer').scrollTop")


def turn(page, key, to):
    """Press a clicker's key until another step is there: a high step goes by screens before."""
    at, _ = where(page)
    while where(page)[0] == at:
        before = scrolled(page)
        page.keyboard.press(key)
        assert where(page)[0] == to or scrolled(page) != before, f"{key} did nothing at {at}"
    assert where(page)[0] == to


def find(page, words):
    """Go forward to the step in which these words are seen."""
    while not page.locator(".lp-on").get_by_text(words).first.is_visible():
        at, steps = where(page)
        assert at < steps, f"no step shows {words}"
        turn(page, "PageDown", at + 1)


def test_a_lesson_on_the_projector(projector, page, shoot):
    shown(page, projector.address)
    seen, (_, steps) = [], where(page)
    for at in range(1, steps + 1):
        assert where(page)[0] == at
        shoot(page, f"present-01-{at:02}")
        seen.append(page.locator(".lp-on").all_inner_texts())
        small = page.evaluate("""() => [...document.querySelectorAll(
            '.lp-on .jp-MarkdownOutput :is(p, li, td, h1, h2, h3),'
            + '.lp-on .lp-panel :is(.widget-html-content, label, button, select, input)')]
            .filter(e => e.checkVisibility() && parseFloat(getComputedStyle(e).fontSize) < 24)
            .map(e => e.outerHTML.slice(0, 200))""")
        assert small == []
        assert page.locator(
            ".jp-CodeCell .jp-InputArea, .jp-CodeCell .jp-Placeholder"
        ).evaluate_all("all => all.every(e => !e.checkVisibility())")
        cut = page.evaluate(f"""() => {{
            const page = {PANEL}.node.querySelector('.jp-WindowedPanel-outer');
            return page.scrollWidth - page.clientWidth; }}""")
        assert cut == 0, f"step {at} is wider than the screen"
        if at < steps:
            turn(page, "PageDown", at + 1)
    words = "\n".join(" ".join(step) for step in seen)
    assert not any(f"\n{heading}" in f"\n{words}" for heading in LEFT_OUT)
    assert "Onward" in words
    page.keyboard.press("PageDown")
    assert where(page) == (steps, steps)  # the last stays
    turn(page, "PageUp", steps - 1)
    assert (page.outside, page.wrong) == ([], [])


def test_the_keys_of_a_clicker(projector, page):
    shown(page, projector.address)
    for forward, back in (
        ("PageDown", "PageUp"),
        ("ArrowRight", "ArrowLeft"),
        ("ArrowDown", "ArrowUp"),
        ("Space", "Shift+Space"),
    ):
        turn(page, forward, 2)
        turn(page, back, 1)
    page.get_by_label("Forward").click()
    assert where(page)[0] == 2


def test_a_panel_lives_and_keeps_its_keys(projector, page):
    shown(page, projector.address)
    find(page, "Your guess")
    at, _ = where(page)
    says = page.locator(".lp-on .lp-says")
    before = says.inner_text()
    assert "No guess yet" in before  # what this machine's user has kept is not shown
    page.locator(".lp-on [role=slider]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "was => document.querySelector('.lp-on .lp-says').innerText !== was", arg=before
    )
    assert where(page)[0] == at
    page.keyboard.press("PageDown")  # but a clicker's keys are never a control's
    assert where(page)[0] == at + 1


def test_what_to_notice_opens_on_a_press(projector, page):
    shown(page, projector.address)
    fold = page.locator(".lp-on > .lp-fold")
    while not fold.count():
        turn(page, "PageDown", where(page)[0] + 1)
    text = page.locator(".lp-on:has(> .lp-fold) .jp-MarkdownOutput").first
    assert not text.is_visible()
    fold.first.click()
    assert text.is_visible()
    at, _ = where(page)
    turn(page, "PageUp", at - 1)
    turn(page, "PageDown", at)
    assert not text.is_visible()


def test_no_key_changes_the_notebook(projector, page):
    shown(page, projector.address)
    file = projector.folder / "notebooks/01-three-reports.ipynb"
    before = file.read_bytes()
    cells = page.evaluate(f"() => {PANEL}.content.widgets.length")
    for key in ("x", "d", "d", "a", "Enter", "y", "Control+s", "Escape", "Control+Shift+h"):
        page.keyboard.press(key)
    assert page.evaluate(f"() => {PANEL}.content.widgets.length") == cells
    assert not page.evaluate(f"() => {PANEL}.context.model.dirty")
    assert file.read_bytes() == before
    assert where(page)[0] == 1
    assert not (projector.folder / "my_work/exports").exists()


def test_a_link_on_the_projector_shows_the_next_lesson(projector, page):
    shown(page, projector.address)
    page.locator(".lp-on a", has_text="Start here").click()
    page.wait_for_function(
        f"() => {PANEL}?.context.path === '00-start-here.ipynb'"
        f" && {PANEL}.node.classList.contains('lp-live')",
        timeout=WAIT,
    )
    assert where(page)[0] == 1
    assert page.locator(".lp-on h1:visible").inner_text() == "Start here"


def test_the_steps_of_every_lesson(projector, page):
    """By the rule itself, on every notebook: nothing that is left out is a step, nothing else is
    lost.
    """
    page.goto(projector.address)
    for path in LESSONS:
        cells = [
            {
                "type": cell["cell_type"],
                "source": "".join(cell["source"]),
                "tags": cell["metadata"].get("tags", []),
                "shows": bool(cell.get("outputs")),
            }
            for cell in json.loads(path.read_text("utf-8"))["cells"]
        ]
        steps = page.evaluate(
            "async cells => (await import('/lab/extensions/letters-to-pact/static/present.js'))"
            ".stepsOf(cells)",
            cells,
        )
        used = [index for step in steps for index in sorted(step["cells"] + step["notice"])]
        assert used == sorted(set(used)), path.name
        left = [cells[i] for i in range(len(cells)) if i not in used]
        headings = [
            line[3:]
            for i in used
            for line in cells[i]["source"].splitlines()
            if line.startswith("## ")
        ]
        assert not [h for h in headings if h.startswith(LEFT_OUT)], path.name
        parts = {
            line[3:]
            for cell in left
            for line in cell["source"].splitlines()
            if line.startswith("## ")
        }
        assert all(part.startswith(LEFT_OUT) for part in parts), (path.name, parts)


# The lesson alone


def opened(page, address):
    page.goto(address)
    page.wait_for_function(f"() => {PANEL}?.context?.isReady", timeout=WAIT)
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=WAIT)
    return page


def test_the_lesson_stands_alone_and_its_links_lead_on(lab_alone, page, shoot):
    assert "/doc/tree/00-start-here.ipynb?token=" in lab_alone.address
    opened(page, lab_alone.address)
    shoot(page, "lesson-alone")
    assert not page.locator(".jp-FileBrowser").is_visible()
    follow(page, "Onward:", "01 · Three reports", "01-three-reports.ipynb")
    assert page.url == f"{lab_alone.base}/doc/tree/01-three-reports.ipynb"
    page.go_back()
    page.wait_for_function(f"() => {PANEL}?.context?.path === '00-start-here.ipynb'")
    follow(page, "The walk", "Whose words?", "02-whose-words.ipynb")
    page.keyboard.press("Control+Shift+f")  # how README says that teachers find the list of files
    page.wait_for_selector(".jp-FileBrowser", state="visible")


def follow(page, cell, link, name):
    """Press a link of the open lesson, in the cell with these words or the one after it."""
    index = page.evaluate(
        f"words => {PANEL}.content.widgets.findIndex(c => c.model.type === 'markdown'"
        " && c.model.sharedModel.getSource().includes(words))",
        cell,
    )
    page.evaluate(
        f"async at => {{ const n = {PANEL}.content; await n.scrollToItem(at, 'start');"
        " n.activeCellIndex = at; }",
        index,
    )
    page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) a", has_text=link).last.click()
    page.wait_for_function(
        f"name => {PANEL}?.context?.path === name && {PANEL}.context.isReady", arg=name
    )


HIDDEN = f"""() => {PANEL}.content.widgets.filter(c => c.model.type === 'code')
    .map(c => [!!c.inputHidden, !!c.model.getMetadata('jupyter')?.source_hidden])"""


def wait_for_code(page, shown):
    """Until the Read track's code is shown, or folded as it is stored."""
    page.wait_for_function(
        f"shown => ({HIDDEN})().every(([now, stored]) => now === (shown ? false : stored))",
        arg=shown,
    )


def test_one_key_shows_and_folds_the_code(lab_alone, page):
    opened(page, lab_alone.address)
    # JupyterLab notes the language once the kernel has told it, key or no key.
    page.wait_for_function(
        f"() => {PANEL}?.context.model.toJSON().metadata.language_info?.version", timeout=WAIT
    )
    page.evaluate(f"() => {PANEL}.content.node.focus()")
    stored = page.evaluate(f"() => {PANEL}.context.model.toJSON()")
    first = page.locator(".jp-CodeCell").first
    assert not first.locator(".jp-InputArea-editor").is_visible()
    page.keyboard.press("Control+Shift+h")
    wait_for_code(page, True)
    first.locator(".jp-InputArea-editor").wait_for(state="visible")
    assert "from casebook import" in first.locator(".jp-InputArea-editor").inner_text()
    page.keyboard.press("Control+Shift+h")
    wait_for_code(page, False)
    first.locator(".jp-InputArea-editor").wait_for(state="hidden")
    page.keyboard.press("Control+Shift+h")
    wait_for_code(page, True)
    # What a save would write is what it was.
    assert page.evaluate(f"() => {PANEL}.context.model.toJSON()") == stored
    assert not page.locator(".jp-Dialog").count()


def test_the_key_is_nothing_where_somebody_types(lab_alone, page):
    opened(page, lab_alone.address)
    page.evaluate(
        """() => { const input = document.createElement('input');
        document.querySelector('.jp-Notebook .jp-Cell').prepend(input); input.focus(); }"""
    )
    page.keyboard.press("Control+Shift+h")
    page.evaluate("() => document.activeElement.blur()")
    wait_for_code(page, False)
    page.keyboard.press("Control+Shift+h")
    wait_for_code(page, True)
