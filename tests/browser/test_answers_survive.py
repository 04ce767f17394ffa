"""What a learner answers in the browser stands after a closed tab, a restarted or killed kernel, a
restarted server, a second notebook; and whatever stands in the folder of answers, it is shown as
text or set aside, and runs nothing.
"""

import json
import shutil
import time

import psutil
import pytest

from browser.conftest import WAIT, Lesson
from browser.test_hard_use import EXECUTED, HOSTILE
from browser.test_lessons import NOISE

START, REPORTS = "00-start-here.ipynb", "01-three-reports.ipynb"
FORECAST, DATES, CHOICES, VOICE = (
    "meet in person before the end of 2023",
    "can the table name no single day",
    "Which of these could you know",
    "In whose voice is the claim told?",
)
GUESS, SORTED, WORK = (
    "How many will stand in all three?",
    "Sort them by the evidence",
    "What is kept of my work?",
)


@pytest.fixture(scope="module")
def begun(browser, lab):
    """Lesson 00, opened once for the tests below; it ends with the others' kernels."""
    lesson = Lesson(browser.new_page(), lab, START)
    yield lesson
    lesson.close()


@pytest.fixture
def opened(browser, lab, begun):
    """opened(name): a notebook run to its end without an error, in a new kernel, with no answers
    but those that the test has put there.
    """
    shutil.rmtree(lab.folder / "my_work", ignore_errors=True)
    others = []

    def open_(name):
        if name == START:
            begun.console.clear()
            lives = any(s["name"] == START for s in lab.asked("GET", "api/sessions"))
            return run((restart_the_kernel if lives else close_the_tab)(begun))
        others.append(Lesson(browser.new_page(), lab, name))
        return run(others[-1])

    yield open_
    for lesson in others:
        lesson.close()


def run(lesson):
    """Run the notebook; all of it is in the page then."""
    assert lesson.run_all() == []
    return lesson


def panel_of(lesson, question):
    panel = lesson.panels.filter(has=lesson.page.locator(".lp-question", has_text=question)).first
    panel.scroll_into_view_if_needed()
    return panel


def says(lesson, panel, words):
    """Wait until the panel's line says some words."""
    lesson.page.wait_for_function(
        "([panel, words]) => panel.querySelector('.lp-says').textContent.includes(words)",
        arg=[panel.element_handle(), words],
        timeout=WAIT,
    )


def press(lesson, panel, place, *keys, then):
    """Real keys on a control of the panel; then its line says that the answer is kept."""
    place.focus()
    for key in keys:
        lesson.page.keyboard.press(key)
    says(lesson, panel, then)


def answers_of(lab):
    """What the file of answers holds: {kind: {key: value}}."""
    kept = json.loads((lab.folder / "my_work" / "answers.json").read_text("utf-8"))["answers"]
    return {
        kind: {key: entry["value"] for key, entry in entries.items()}
        for kind, entries in kept.items()
    }


def saved(lesson, wanted):
    """Wait until the file holds what was answered: saved at once, before anything else happens."""
    until = time.monotonic() + WAIT / 1000
    while not wanted.items() <= answers_of(lesson.lab).items() and time.monotonic() < until:
        lesson.kernel_has_answered()
    assert wanted.items() <= answers_of(lesson.lab).items()


def answer_lesson_00(lesson):
    """A forecast, a number, a set and a choice, by keys."""
    panel = panel_of(lesson, FORECAST)
    press(
        lesson,
        panel,
        panel.locator("[role=slider]"),
        *["ArrowRight"] * 13,  # from "not set" over 0 % to 60 %
        then="60 per cent: rather likely. Kept",
    )
    panel = panel_of(lesson, DATES)
    press(
        lesson, panel, panel.locator("input[type=text]"), "3", "Tab", then="Kept; not checked yet."
    )
    panel = panel_of(lesson, CHOICES)
    boxes = panel.locator("input[type=checkbox]")
    press(lesson, panel, boxes.nth(0), " ", then="Kept; not checked yet.")
    press(lesson, panel, boxes.nth(3), " ", then="Kept; not checked yet.")
    panel = panel_of(lesson, VOICE)
    radios = panel.locator("input[type=radio]")
    press(lesson, panel, radios.nth(0), " ", then="Kept; not checked yet.")
    lesson.page.keyboard.press("ArrowDown")
    saved(lesson, KEPT_00)


KEPT_00 = {
    "forecast": {"Q01@2022-08-01": 0.6},
    "exercise": {"00-dates": 3, "00-knowable": ["F003", "F070"], "00-own-voice": "paraphrased"},
}


def stands_in_lesson_00(lesson):
    """All of it stands in the panels, on the map and in the list of all answers."""
    panel = panel_of(lesson, FORECAST)
    says(lesson, panel, "Kept from before. You say 60 per cent")
    assert panel.locator("[role=slider]").get_attribute("aria-valuetext").startswith("60")
    panel = panel_of(lesson, DATES)
    says(lesson, panel, "Kept from before")
    assert panel.locator("input[type=text]").input_value() == "3"
    panel = panel_of(lesson, CHOICES)
    says(lesson, panel, "Kept from before")
    assert [box.is_checked() for box in panel.locator("input[type=checkbox]").all()] == [
        True,
        False,
        False,
        True,
    ]
    panel = panel_of(lesson, VOICE)
    says(lesson, panel, "Kept from before")
    assert [radio.is_checked() for radio in panel.locator("input[type=radio]").all()] == [
        False,
        True,
        False,
    ]
    text = listed(lesson)
    assert "0.6" in text and "F003, F070" in text and "paraphrased" in text and "00-dates" in text
    assert "3 of 9" in lesson.page.evaluate(
        "() => document.querySelector('.jp-Notebook').textContent"
    ), "the map counts them"


def listed(lesson) -> str:
    """What “Show every answer” lists in lesson 00; the box is ticked by a key."""
    panel = panel_of(lesson, WORK)
    box = panel.locator("input[type=checkbox]").first
    if not box.is_checked():
        box.press(" ")
    lesson.page.wait_for_function(
        "panel => panel.textContent.includes('What you chose or wrote')",
        arg=panel.element_handle(),
        timeout=WAIT,
    )
    return panel.inner_text()


# -- what happens between the answer and the next look ---------------------------------------------


def close_the_tab(lesson):
    page = lesson.page.context.new_page()
    lesson.page.close()
    lesson.open(page)
    return lesson


def restart_the_kernel(lesson):
    lesson.page.evaluate(
        "() => window.jupyterapp.shell.currentWidget.sessionContext.restartKernel()"
    )
    lesson.wait_for_kernel()
    return lesson


def kill_the_kernels(lesson):
    """As the system does where memory runs out: nothing can be saved any more."""
    for process in psutil.Process(lesson.lab.pid).children(recursive=True):
        if any("ipykernel" in part for part in process.cmdline()):
            process.kill()
    return close_the_tab(lesson)


def restart_the_server(lesson):
    lesson.lab.stop()
    lesson.lab.start()
    return close_the_tab(lesson)


def test_answers_stand_again_whatever_happened(opened, lab):
    lesson = opened(START)
    answer_lesson_00(lesson)
    for happens in (close_the_tab, restart_the_kernel, kill_the_kernels, restart_the_server):
        stands_in_lesson_00(run(happens(lesson)))
        assert answers_of(lab) == KEPT_00, f"{happens.__name__}: looking changes nothing"


def test_a_prediction_and_a_sorting_stand_again_after_a_restart_of_the_server(opened, lab):
    lesson = opened(REPORTS)
    guess, sort = panel_of(lesson, GUESS), panel_of(lesson, SORTED)
    press(
        lesson,
        guess,
        guess.locator("[role=slider]"),
        "ArrowRight",
        "ArrowRight",
        then="2 of ",
    )
    press(lesson, sort, sort.locator("select").nth(1), "ArrowDown", then="Kept; not checked yet.")
    chosen = sort.locator("select").nth(1).input_value()
    run(restart_the_server(lesson))
    guess, sort = panel_of(lesson, GUESS), panel_of(lesson, SORTED)
    says(lesson, guess, "Kept from before: 2 of ")
    says(lesson, sort, "Kept from before")
    values = [s.input_value() for s in sort.locator("select").all()]
    assert values[1] == chosen and len(set(values)) == 2, "the others stay open"


def test_two_kernels_write_one_file_and_see_each_other(opened, lab):
    first, second = opened(START), opened(REPORTS)
    guess = panel_of(second, GUESS)
    press(second, guess, guess.locator("[role=slider]"), "ArrowRight", then="1 of ")
    answer_lesson_00(first)
    press(second, guess, guess.locator("[role=slider]"), "ArrowRight", then="2 of ")
    assert answers_of(lab) == KEPT_00 | {"prediction": {"01-predict": 2}}
    assert "01-predict" in listed(first), "what another kernel kept shows where one looks"


def test_an_answer_taken_back_and_a_deletion_stay_so(opened, lab):
    lesson = opened(START)
    answer_lesson_00(lesson)
    panel = panel_of(lesson, DATES)
    press(
        lesson,
        panel,
        panel.locator("input[type=text]"),
        "Backspace",
        "Tab",
        then="Not answered yet.",
    )
    assert "00-dates" not in answers_of(lab)["exercise"]
    work = panel_of(lesson, WORK)
    button = work.locator("button", has_text="Delete everything")
    press(lesson, work, button, "Enter", then="there is no way back")
    press(lesson, work, button, "Enter", then="Deleted: answers.json")
    run(restart_the_kernel(lesson))
    says(lesson, panel_of(lesson, CHOICES), "Not answered yet.")
    says(lesson, panel_of(lesson, WORK), "Nothing is kept yet.")


def test_a_busy_kernel_hears_what_was_typed_before_the_press_that_followed(opened, lab):
    """ipywidgets holds back the values of a field until the kernel has answered the one before, but
    never a click.
    """
    lesson = opened(START)
    busy = (
        "() => {"
        " window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.requestExecute({code:"
        " 'import time; time.sleep(2)'}) }"
    )
    dates, work = panel_of(lesson, DATES), panel_of(lesson, WORK)
    lesson.page.evaluate(busy)
    dates.locator("input[type=text]").focus()
    lesson.page.keyboard.type("123")
    press(lesson, dates, dates.locator("button", has_text="Check"), "Enter", then="you said 123")
    lesson.page.evaluate(busy)
    work.locator("input[type=text]").nth(1).focus()
    lesson.page.keyboard.type("from-grace.json")
    press(
        lesson,
        work,
        work.locator("button", has_text="Look into the file"),
        "Enter",
        then="There is no file “from-grace.json”",
    )
    lesson.wait_for_kernel()
    assert "Changed" not in dates.locator(".lp-says").inner_text(), "no value came after the check"


# -- whatever stands in the folder -----------------------------------------------------------------

AT = "2026-01-31T12:00:00Z"
MARKUP = HOSTILE[
    :240
]  # markup, scripts, marks that turn the direction, emoji: as long as a choice may be
LONG = "<i>" + "m" * 10_000 + "</i>"


def file_of(answers, learner="Ada", **more) -> str:
    document = {"schema": "casebook answers", "version": 1, "learner": learner, "answers": answers}
    return json.dumps(document | more, ensure_ascii=False)


def entries(**values) -> dict:
    return {key: {"value": value, "at": AT} for key, value in values.items()}


LEGAL = {
    "exercise": entries(
        **{
            "00-own-voice": MARKUP,
            "00-dates": 3,
            "00-knowable": [MARKUP, "F003"],
            "01-sort": {MARKUP: MARKUP},
        }
    ),
    "writing": entries(**{"10-final": HOSTILE, "10-second": LONG}),
}
BAD = {
    "🙂<script>window.hacked = 5</script>\u202e": {"value": "x", "at": AT},
    "k" * 10_000: {"value": "x", "at": AT},
    "01-long": {"value": LONG, "at": AT},
    "01-time": {"value": "x", "at": MARKUP},
}
DAMAGED = {
    "markup and no JSON": HOSTILE,
    "ten thousand characters": '{"schema": "' + LONG,
    "a pseudonym of markup": file_of(LEGAL, learner=MARKUP),
    "keys that are none": file_of({**LEGAL, "exercise": LEGAL["exercise"] | BAD}),
    "a kind of markup": file_of({**LEGAL, MARKUP: BAD}),
    "cut in the middle": file_of(LEGAL)[:400],
}


def shown_as_text(lesson):
    """Nothing ran, nothing of ours complained, nothing scrolls sideways; the marks that turn the
    direction stay in their cell.
    """
    assert lesson.page.evaluate(EXECUTED) == [None, 0]
    assert [
        line for line in lesson.console if not line.startswith(NOISE)
    ] == [] and lesson.outside == []
    wide = lesson.page.evaluate(
        """() => [...document.querySelectorAll(
            '.lp-panel, .lp-panel .lp-says, .lp-panel .widget-html-content')]
        .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 2)
        .map(e => [e.className, e.clientWidth, e.scrollWidth])"""
    )
    assert wide == []


def put(lab, text, name="answers.json"):
    (lab.folder / "my_work").mkdir()
    (lab.folder / "my_work" / name).write_text(text, "utf-8")


def test_a_file_of_answers_with_hostile_values_is_shown_as_text(opened, lab, shoot):
    put(lab, file_of(LEGAL))
    lesson = opened(START)
    says(lesson, panel_of(lesson, VOICE), "Not answered yet.")  # it is none of the choices
    says(lesson, panel_of(lesson, DATES), "Kept from before")
    text = listed(lesson)
    assert "<script>window.hacked = 1</script>" in text and "m" * 1000 in text.replace("\n", "")
    shown_as_text(lesson)
    shoot(lesson.page, "00-hostile-answers")
    assert not list((lab.folder / "my_work").glob("answers.damaged-*")), "it is a file like another"


@pytest.mark.parametrize("what", DAMAGED)
def test_a_damaged_file_of_answers_is_set_aside_and_named_and_the_lesson_goes_on(opened, lab, what):
    put(lab, DAMAGED[what])
    lesson = opened(START)
    (aside,) = (lab.folder / "my_work").glob("answers.damaged-*.json")
    assert aside.read_text("utf-8") == DAMAGED[what], "nothing of it is lost"
    notebook = lesson.page.evaluate("() => document.querySelector('.jp-Notebook').textContent")
    assert notebook.count(f"It is set aside as {aside.name}") == 1, "told once"
    shown_as_text(lesson)
    panel = panel_of(lesson, DATES)
    press(
        lesson,
        panel,
        panel.locator("input[type=text]"),
        "End",
        "Backspace",
        "4",
        "Tab",
        then="Kept; not checked yet.",
    )
    assert answers_of(lab)["exercise"]["00-dates"] == 4
    assert "00-dates" in listed(lesson)
    shown_as_text(lesson)


@pytest.mark.parametrize(
    "text",
    [
        file_of({**LEGAL, "exercise": LEGAL["exercise"] | BAD}),
        HOSTILE,
        file_of(LEGAL, learner=MARKUP),
    ],
    ids=["entries", "no JSON", "pseudonym"],
)
def test_a_hostile_file_looked_into_for_an_import_runs_nothing(opened, lab, text):
    put(lab, text, name="from-ada.json")
    lesson = opened(START)
    panel = panel_of(lesson, WORK)
    panel.locator("input[type=text]").nth(1).focus()
    lesson.page.keyboard.type("from-ada.json")
    press(
        lesson,
        panel,
        panel.locator("button", has_text="Look into the file"),
        "Enter",
        then="can't be",
    )
    shown_as_text(lesson)
    if text.startswith("{") and "Ada" in text:
        press(
            lesson,
            panel,
            panel.locator("button", has_text="Import").last,
            "Enter",
            then="imported.",
        )
        assert "<script>window.hacked = 1</script>" in listed(lesson)
        shown_as_text(lesson)
