"""What a classroom does to a page: two tabs, hurried hands, Run All twice, and hostile text."""

import csv

import pytest

from browser.conftest import WAIT, WIDE, Lab, Lesson
from browser.test_lessons import NOISE, agree
from browser.twin import panels_of
from casebook.answers import shape
from casebook.answers.shape import Entry
from helpers import HOUSE

ARC = HOUSE / "notebooks" / "00-start-here.ipynb"


@pytest.fixture
def page(browser):
    page = browser.new_page(viewport=WIDE)
    yield page
    page.close()


def arc_of(lesson):
    """The arc's panel in a page, and its slider."""
    panel = lesson.panels.filter(has_text="What was known, and when?").first
    panel.scroll_into_view_if_needed()
    return panel, panel.locator("[role=slider]")


def twin_of_the_arc():
    return next(p for p in panels_of(ARC) if p.stored()[0].startswith("What was known"))


def test_thirty_moves_in_three_seconds_leave_the_last_state_and_no_queue(page, lab):
    lesson, twin = Lesson(page, lab, ARC.name), twin_of_the_arc()
    assert lesson.run_all() == []
    panel, slider = arc_of(lesson)
    slider.focus()
    page.evaluate(
        """() => { window.pictures = 0; const panel = document.activeElement.closest('.lp-panel');
        new MutationObserver(list => { if (list.some(m => [...m.addedNodes].some(n =>
            n.querySelector?.('img') || n.tagName === 'IMG'))) window.pictures += 1; })
            .observe(panel, {childList: true, subtree: true}); }"""
    )
    for n in range(30):
        page.keyboard.press("ArrowRight" if n % 10 < 7 else "ArrowLeft")
        page.wait_for_timeout(100)
    drawn = page.evaluate("() => window.pictures")
    for n in range(30):
        by = 1 if n % 10 < 7 else -1
        twin.controls.children[0].index = min(
            max(twin.controls.children[0].index + by, 0), len(twin.controls.children[0].options) - 1
        )
    agree(page, panel, twin)
    lesson.wait_for_kernel()
    page.wait_for_timeout(500)
    assert drawn >= 1 and page.evaluate("() => window.pictures") - drawn <= 2, (
        "pictures still came after the last key"
    )
    assert lesson.errors() == [] and panel.evaluate("e => e.contains(document.activeElement)")


def test_two_tabs_on_one_notebook_show_one_state(browser, page, lab):
    first = Lesson(page, lab, ARC.name)
    assert first.run_all() == []
    other = browser.new_page(viewport=WIDE)
    second = Lesson(other, lab, ARC.name)
    assert second.run_all() == []
    second.show_all()
    panel, slider = arc_of(second)
    slider.focus()
    other.keyboard.press("ArrowRight")
    twin = twin_of_the_arc()
    twin.controls.children[0].index += 1
    agree(other, panel, twin)
    assert first.errors() == [] and second.errors() == []
    other.close()
    assert first.run_all() == []


def test_run_all_pressed_twice_ends_well(page, lab):
    lesson = Lesson(page, lab, ARC.name)
    page.evaluate(
        "() => { const run = () => window.jupyterapp.commands.execute('notebook:run-all-cells');"
        " run(); run(); }"
    )
    # A cell that waits for its second run has no number.
    page.wait_for_function(
        "() => [...window.jupyterapp.shell.currentWidget.content.model.cells].every(c => c.type !=="
        " 'code' || c.executionCount !== null)",
        timeout=WAIT,
    )
    lesson.wait_for_kernel()
    lesson.show_all()
    assert lesson.errors() == [] and all(line.startswith(NOISE) for line in lesson.console)
    counts = page.evaluate(
        "() => [...window.jupyterapp.shell.currentWidget.content.model.cells].filter(c => c.type"
        " === 'code').map(c => c.executionCount)"
    )
    assert counts == sorted(counts) and None not in counts
    panel, _ = arc_of(lesson)
    agree(page, panel, twin_of_the_arc())


HOSTILE = (
    "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'><b>bold</b>"
    " \u202edesrever\u202c 🙂 `code` [link](javascript:window.hacked=3) </td></table></figure> "
    + "long "
    * 2000
)
EXECUTED = (
    '() => [window.hacked ?? null, document.querySelectorAll(\'.jp-Notebook img[src="x"],'
    " .jp-OutputArea-output script').length]"
)


@pytest.fixture(scope="module")
def hostile_lab():
    """A casebook whose records carry markup, scripts, right-to-left marks, emoji and ten thousand
    characters.
    """
    lab = Lab()
    for name, column in (
        ("claims", "claim"),
        ("facts", "fact"),
        ("messages", "key_phrase"),
        ("statements", "statement"),
        ("quotes", "text"),
    ):
        path = lab.folder / "data" / f"{name}.csv"
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row[column] += HOSTILE if row is rows[0] else "<script>window.hacked = 4</script>"
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    yield lab
    lab.close()


@pytest.mark.parametrize(
    "name", ["00-start-here.ipynb", "01-three-reports.ipynb", "07-unconditional.ipynb"]
)
def test_hostile_text_in_the_records_is_shown_as_text(page, hostile_lab, name):
    lesson = Lesson(page, hostile_lab, name)
    assert lesson.run_all() == []
    lesson.show_all()
    for box in page.locator(".lp-panel input[type=checkbox]").all():
        box.press(" ")
    lesson.wait_for_kernel()
    assert page.evaluate(EXECUTED) == [None, 0]
    assert "<script>window.hacked" in page.evaluate(
        "() => document.querySelector('.jp-Notebook').textContent"
    ), "shown, not dropped"


@pytest.fixture
def class_lab():
    """A casebook with a class's folder of its own."""
    lab = Lab()
    yield lab
    lab.close()


def test_hostile_files_of_classmates_are_named_or_shown_as_text(page, class_lab):
    folder = class_lab.folder / "class_answers"
    folder.mkdir()
    at = "2026-01-31T12:00:00Z"
    good = {("exercise", "00-dates"): 4, ("exercise", "01-first-country"): "contradicted"}
    hostile = {
        ("exercise", "01-sort"): {"T06": HOSTILE},
        ("exercise", "<img src=x onerror='window.hacked = 5'>"): "a",
        ("coding", HOSTILE[:150]): "quoted",
    }
    for name, learner, answers in (("a.json", "Ada", good), ("b.json", "Bo", good | hostile)):
        (folder / name).write_bytes(
            shape.written(learner, {place: Entry(value, at) for place, value in answers.items()})
        )
    (folder / "<b>c&d.json").write_text(HOSTILE, "utf-8")
    (folder / "e.json").write_bytes(
        shape.written("Eve", {}).replace(b"Eve", b"<script>window.hacked = 6</script>")
    )
    lesson = Lesson(page, class_lab, "class-results.ipynb")
    assert lesson.run_all() == []
    lesson.show_all()
    text = page.evaluate("() => document.querySelector('.jp-Notebook').textContent")
    assert page.evaluate(EXECUTED) == [None, 0] and lesson.outside == []
    assert (
        "<b>c&d.json" in text
        and "e.json" in text
        and "SYNTHETIC" not in text.split("What came in")[-1][:300]
    )
    wide = page.evaluate(
        "() => [...document.querySelectorAll('.jp-OutputArea-output')].filter(e => e.scrollWidth >"
        " e.clientWidth + 2).length"
    )
    assert wide == 0
