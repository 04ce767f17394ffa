"""What a classroom does to a page: two tabs, hurried hands, Run All twice, and hostile text."""

import csv
import shutil

import pytest

from browser.conftest import WAIT, Lesson
from browser.test_lessons import NOISE, agree
from browser.twin import panels_of
from casebook.answers import shape
from casebook.answers.shape import Entry
from helpers import HOUSE

ARC = HOUSE / "notebooks" / "00-start-here.ipynb"


@pytest.fixture
def page(browser, lab):
    """A page of its own, on a first day."""
    lab.forget()
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def lesson(browser, lab):
    """Lesson 00, opened once for the tests of hurried hands."""
    lab.forget()
    lesson = Lesson(browser.new_page(), lab, ARC.name)
    yield lesson
    lesson.close()


def arc_of(lesson):
    """The arc's panel in a page, and its slider."""
    panel = lesson.panels.filter(has_text="What was known, and when?").first
    panel.scroll_into_view_if_needed()
    return panel, panel.locator("[role=slider]")


def twin_of_the_arc():
    return next(p for p in panels_of(ARC) if p.stored()[0].startswith("What was known"))


def test_thirty_moves_in_three_seconds_leave_the_last_state_and_no_queue(lesson):
    page, twin = lesson.page, twin_of_the_arc()
    assert lesson.run_all() == []
    panel, slider = arc_of(lesson)
    slider.focus()
    page.evaluate(
        """() => { window.pictures = [];  // when the kernel sent each
        window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.anyMessage.connect(
            (_, {msg, direction}) => { if (direction === 'recv' && msg.header.msg_type ===
                'comm_msg' && JSON.stringify(msg.content).includes('<img'))
                window.pictures.push(Date.parse(msg.header.date)); }); }"""
    )
    for n in range(30):
        page.keyboard.press("ArrowRight" if n % 10 < 7 else "ArrowLeft")
        page.wait_for_timeout(100)
    last = page.evaluate("() => Date.now()")
    for n in range(30):
        by = 1 if n % 10 < 7 else -1
        twin.controls.children[0].index = min(
            max(twin.controls.children[0].index + by, 0), len(twin.controls.children[0].options) - 1
        )
    agree(page, panel, twin)
    lesson.kernel_has_answered()
    sent = page.evaluate("() => window.pictures")
    assert sent and sum(at > last for at in sent) <= 2, "pictures still came after the last key"
    assert lesson.errors() == [] and panel.evaluate("e => e.contains(document.activeElement)")


def test_two_tabs_on_one_notebook_show_one_state(browser, lesson, lab):
    assert lesson.run_all() == []
    other = browser.new_page()
    second = Lesson(other, lab, ARC.name)
    assert second.run_all() == []
    panel, slider = arc_of(second)
    slider.focus()
    other.keyboard.press("ArrowRight")
    twin = twin_of_the_arc()
    twin.controls.children[0].index += 1
    agree(other, panel, twin)
    assert lesson.errors() == [] and second.errors() == []
    other.close()
    assert lesson.run_all() == []


def test_run_all_pressed_twice_ends_well(lesson):
    page = lesson.page
    page.evaluate(
        "() => { const run = () => window.jupyterapp.commands.execute('notebook:run-all-cells');"
        " return Promise.all([run(), run()]); }"
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
def hostile_lab(lab):
    """The lab with records that carry markup, scripts, right-to-left marks, emoji and ten thousand
    characters.
    """
    data = lab.folder / "data"
    shutil.copytree(data, lab.folder / "data as it was")
    for name, column in (
        ("claims", "claim"),
        ("facts", "fact"),
        ("messages", "key_phrase"),
        ("statements", "statement"),
        ("quotes", "text"),
    ):
        path = data / f"{name}.csv"
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row[column] += HOSTILE if row is rows[0] else "<script>window.hacked = 4</script>"
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0], lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    yield lab
    shutil.rmtree(data)
    (lab.folder / "data as it was").rename(data)


@pytest.mark.parametrize(
    "name", ["00-start-here.ipynb", "01-three-reports.ipynb", "07-unconditional.ipynb"]
)
def test_hostile_text_in_the_records_is_shown_as_text(page, hostile_lab, name):
    lesson = Lesson(page, hostile_lab, name)
    assert lesson.run_all() == []
    for box in page.locator(".lp-panel input[type=checkbox]").all():
        box.press(" ")
    lesson.wait_for_kernel()
    assert page.evaluate(EXECUTED) == [None, 0]
    assert "<script>window.hacked" in page.evaluate(
        "() => document.querySelector('.jp-Notebook').textContent"
    ), "shown, not dropped"


@pytest.fixture
def class_folder(lab):
    """The lab's folder of a class."""
    folder = lab.folder / "class_answers"
    folder.mkdir()
    yield folder
    shutil.rmtree(folder)


def test_hostile_files_of_classmates_are_named_or_shown_as_text(page, lab, class_folder):
    at = "2026-01-31T12:00:00Z"
    good = {("exercise", "00-dates"): 4, ("exercise", "01-first-country"): "contradicted"}
    hostile = {
        ("exercise", "01-sort"): {"T06": HOSTILE},
        ("exercise", "<img src=x onerror='window.hacked = 5'>"): "a",
        ("coding", HOSTILE[:150]): "quoted",
    }
    for name, learner, answers in (("a.json", "Ada", good), ("b.json", "Bo", good | hostile)):
        (class_folder / name).write_bytes(
            shape.written(learner, {place: Entry(value, at) for place, value in answers.items()})
        )
    (class_folder / "<b>c&d.json").write_text(HOSTILE, "utf-8")
    (class_folder / "e.json").write_bytes(
        shape.written("Eve", {}).replace(b"Eve", b"<script>window.hacked = 6</script>")
    )
    lesson = Lesson(page, lab, "class-results.ipynb")
    assert lesson.run_all() == []
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
