"""A lesson on the projector from the edition's pages: the steps and keys of JupyterLab's view, and
nothing kept.
"""

import re

import pytest

from browser.conftest import load
from browser.test_edition import axe
from helpers import lessons

LEFT_OUT = ("What holds", "Code track", "Every address on this page", "Your own work")


# What is on the screen in letters of less than 24 px, marks and tables of data apart.
SMALL = """() => [...document.querySelectorAll('.lp-on > :is(p, ul, h1, h2, h3),'
    + '.lp-on :is(.lp-question, .lp-says, label, button, select)')]
    .filter(e => e.checkVisibility() && !e.closest('sup, small, .ed-address, .dataframe')
        && parseFloat(getComputedStyle(e).fontSize) < 24)
    .map(e => e.outerHTML.slice(0, 160))"""


@pytest.fixture
def shown(opened):
    """shown(name): a lesson of the edition on the projector."""

    def show(name, width=1280):
        page = opened(name, width)
        load(page, f"{page.url}?present")
        return page

    return show


def where(page):
    """(the step, how many there are), from the foot of the page."""
    at, steps = page.locator(".lp-foot span").last.inner_text().split(" / ")
    return int(at), int(steps)


def turn(page, key, to):
    """Press a clicker's key until another step is there: a high step goes by screens before."""
    at, _ = where(page)
    while where(page)[0] == at:
        before = page.evaluate("() => scrollY")
        page.keyboard.press(key)
        assert where(page)[0] == to or page.evaluate("() => scrollY") != before, f"{key} at {at}"
    assert where(page)[0] == to


@pytest.mark.parametrize("notebook", lessons(), ids=lambda path: path.stem)
def test_every_step_of_a_lesson_fits_and_is_legible(notebook, shown, shoot):
    page = shown(notebook.stem)
    words, (_, steps) = "", where(page)
    assert steps > 5
    for at in range(1, steps + 1):
        shoot(page, f"edition-present-{notebook.stem[:2]}-{at:02}")
        words += "\n" + page.locator("main").inner_text()
        assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), at
        assert page.evaluate(SMALL) == [], at
        if at < steps:
            turn(page, "PageDown", at + 1)
    for heading in LEFT_OUT:
        assert not re.search(rf"^{heading}", words, re.M), heading
    page.keyboard.press("PageDown")
    assert where(page) == (steps, steps)  # the last stays
    assert axe(page) == []


def test_the_keys_of_a_clicker(shown):
    page = shown("07-unconditional")
    pairs = (("PageDown", "PageUp"), ("ArrowRight", "ArrowLeft"), ("ArrowDown", "ArrowUp"))
    for forward, back in (*pairs, ("Space", "Shift+Space")):
        turn(page, forward, 2)
        turn(page, back, 1)
    page.get_by_label("Forward", exact=True).click()
    assert where(page)[0] == 2
    load(page)
    assert where(page)[0] == 2  # a page that is loaded anew shows its step again
    page.keyboard.press("Escape")
    page.wait_for_selector("body:not(.lp-present) .ed-contents")


def test_nothing_is_kept_and_nothing_shows_that_was(shown, opened):
    page = shown("01-three-reports")
    page.evaluate("() => new casebook.Answers().keep('prediction', '01-predict', 41)")
    before = page.evaluate("() => JSON.stringify(localStorage)")
    load(page)
    guess = page.locator(".lp-on [data-task='01-predict']")
    while not guess.count():
        turn(page, "PageDown", where(page)[0] + 1)
    at, _ = where(page)
    assert "No guess yet" in guess.locator(".lp-says").inner_text()
    guess.get_by_role("slider").focus()
    page.keyboard.press("ArrowRight")
    assert guess.locator(".lp-says").inner_text().startswith("1 of ")
    assert where(page)[0] == at  # a slider keeps its keys
    page.keyboard.press("PageDown")  # but a clicker's are never a control's
    assert where(page)[0] == at + 1
    assert page.evaluate("() => JSON.stringify(localStorage)") == before


def test_what_to_notice_opens_on_a_press(shown):
    page = shown("07-unconditional")
    fold = page.locator(".lp-on > .lp-fold")
    while not fold.count():
        turn(page, "PageDown", where(page)[0] + 1)
    text = page.locator(".lp-on:has(> .lp-fold) > p").first
    assert not text.is_visible()
    fold.first.click()
    assert text.is_visible()
    at, _ = where(page)
    page.get_by_label("Back", exact=True).click()
    while where(page)[0] != at:
        page.keyboard.press("PageDown")
    assert not text.is_visible()


def test_the_steps_are_those_of_the_lab(shown):
    """The page's steps are worked out by the lab's own rule; none is lost on the way."""
    for notebook in lessons():
        page = shown(notebook.stem)
        steps = page.evaluate("() => casebook.show.steps.map(s => [...s.cells, ...s.notice])")
        cells = [index for step in steps for index in sorted(step)]
        there = page.evaluate("() => [...casebook.show.cells.keys()]")
        assert set(cells) <= set(there)
        assert cells == sorted(set(cells))
