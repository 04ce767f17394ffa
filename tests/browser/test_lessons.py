"""Each lesson as a learner meets it: opened, read, run, and every control operated by real keys.

What a control shows is compared with a twin: the same panel, made in this process from the same
tables and moved in the same way. So the picture's text, the tables and the line that says the
result are asserted by content.
"""

import json
import re
from html import unescape

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import TimeoutError as Late
from playwright.sync_api import expect

from browser.conftest import WAIT, WIDE, Lesson
from browser.twin import IN_PAGE, controls_of, html_of, move, panels_of, undrawn
from casebook.figure import marked
from helpers import HOUSE, notebooks

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SMALLEST = 12  # px: text in a chart as shown
# What a panel shows, in words. The pseudonym is made at random in each folder, each answer carries
# its second, and a file that was written its folder.
READ = r"""elements => {
    const words = e => e.textContent.replace(/\s+/g, ' ').trim(),
        alts = e => [...e.querySelectorAll('img')].map(i => i.alt).join('|');
    return [...elements].map(e => words(e) + ' ' + alts(e)).join('\n').replace(/\s+/g, ' ')
        .replace(/learner-[0-9a-f]{6}|\d\d:\d\d:\d\d UTC/g, '')
        .replace(/(?<=: |is )(\/|[A-Z]:\\)\S+[\/\\]/g, '') }"""
SHOWN = f"panel => ({READ})(panel.querySelectorAll('.widget-html-content'))"
WANTED = f"html => ({READ})(new DOMParser().parseFromString(html, 'text/html').body.children)"
NOTEBOOKS_OWN = "xddam"  # keys of the notebook's: cut, delete, insert above, Markdown
FORMS = "before-and-after.ipynb"  # two forms to fill in, with nothing to open
NOISE = ("Failed to load resource",)  # JupyterLab asks for what a bare server does not have


@pytest.fixture(scope="class")
def lesson(request, lab, browser):
    """A lesson in a page of its own, shared by the tests below in their order: read first, then
    run; nothing is kept yet.
    """
    lab.forget()
    lesson = Lesson(browser.new_page(), lab, request.cls.path.name)
    yield lesson
    lesson.close()


def as_shown(text):
    """A panel's words as a page has them: addresses are marks behind their sentences."""
    return unescape(re.sub(r"<[^>]+>", "", marked(text)))


def squeezed(text):
    return re.sub(r"\s+", "", text)


def agree(page, panel, twin):
    """Wait until the panel in the page shows what its twin shows; if it never does, fail with
    both.
    """
    handle = panel.element_handle()
    # The bytes of a picture say nothing here, its words do.
    wanted = page.evaluate(WANTED, re.sub(r'src="data:[^"]*"', "", html_of(twin)))
    try:
        page.wait_for_function(
            f"([panel, wanted]) => ({SHOWN})(panel) === wanted",
            arg=[handle, wanted],
            timeout=WAIT,
            polling=50,  # ms: to read a large panel at each frame would keep the kernel waiting
        )
    except Late:
        assert page.evaluate(SHOWN, handle) == wanted


def axe(lesson):
    """What axe finds in what our cells show: [(rule, where)]."""
    found = (
        Axe()
        .run(
            lesson.page,
            context={"include": [[".jp-OutputArea-output"], [".jp-MarkdownOutput"]]},
            options={"runOnly": WCAG, "resultTypes": ["violations"]},
        )
        .response["violations"]
    )
    return [(v["id"], node["html"][:160]) for v in found for node in v["nodes"]]


class EachLesson:
    """The tests of one lesson; ``path`` is its notebook."""

    path = None

    def test_it_is_readable_before_anything_is_run(self, lesson, shoot):
        stored = json.loads((HOUSE / "notebooks" / lesson.name).read_text("utf-8"))
        lesson.show_all()
        shown = squeezed(
            lesson.page.evaluate("() => document.querySelector('.jp-Notebook').textContent")
        )
        for cell in stored["cells"]:
            for output in cell.get("outputs", []):
                if "application/vnd.jupyter.widget-view+json" in output.get("data", {}):
                    question, says = "".join(output["data"]["text/plain"]).split("\n")[:2]
                    assert squeezed(as_shown(question)) in shown
                    assert squeezed(as_shown(says)) in shown
        pictures = lesson.page.evaluate(
            "() => [...document.querySelectorAll('.jp-OutputArea img')].map(i => [i.naturalWidth,"
            " i.alt])"
        )
        assert all(
            width > 100 and len(alt) >= 60 and re.search(r"\d", alt) for width, alt in pictures
        )
        shoot(lesson.page, f"{lesson.name[:2]}-unrun")

    def test_run_all_ends_without_an_error_a_complaint_or_a_request_outside(self, lesson, shoot):
        assert lesson.run_all() == []
        assert lesson.page.locator(".lp-panel-stored").count() == 0, "every widget is live"
        assert [line for line in lesson.console if not line.startswith(NOISE)] == []
        assert lesson.outside == []
        for n in range(lesson.panels.count()):
            lesson.panels.nth(n).scroll_into_view_if_needed()
            expect(lesson.panels.nth(n)).to_be_in_viewport(timeout=WAIT)
            shoot(lesson.page, f"{lesson.name[:2]}-panel-{n:02d}")

    @undrawn()
    def test_every_control_does_by_key_what_its_twin_does(self, lesson):
        """And the notebook keeps its cells, its active cell and mode; the focus stays; the page
        does not jump.
        """
        twins, page = panels_of(HOUSE / "notebooks" / lesson.name), lesson.page
        assert lesson.panels.count() == len(twins)
        cells = lesson.notebook()[0]
        for n, twin in enumerate(twins):
            panel = lesson.panels.nth(n)
            panel.scroll_into_view_if_needed()
            agree(page, panel, twin)
            number = -1
            while (number := number + 1) < len(
                controls_of(twin)
            ):  # counted anew: a control may bring others
                control = controls_of(twin)[number]
                found = panel.locator(IN_PAGE).locator("visible=true")
                expect(found, f"{twin.stored()[0]}, control {number}").to_have_count(
                    len(controls_of(twin)), timeout=WAIT
                )
                keys = move(control)
                if not keys:
                    continue
                place = found.nth(number)
                place = (
                    place.locator("input").nth(0 if keys == [" "] else max(0, control.index - 1))
                    if place.get_attribute("role") == "radiogroup"
                    else place
                )
                place.focus()
                before = lesson.notebook()
                for key in keys:
                    page.keyboard.press(key)
                agree(page, panel, twin)
                # A field that is sent when it is left may be the last of its panel.
                stays = panel.evaluate("e => e.contains(document.activeElement)")
                left = keys[-1] == "Tab"  # on to the next field, wherever that stands
                assert stays or left, f"{control.description}: the focus is lost"
                if "7" not in keys:
                    page.keyboard.type(NOTEBOOKS_OWN)
                after = lesson.notebook()
                if stays:
                    assert after[1] == before[1], f"{control.description}: another cell is active"
                assert (after[0], after[2]) == (cells, before[2]), (
                    f"{control.description}: {keys} reached the notebook"
                )
                assert left or abs(after[3] - before[3]) < 120, (
                    f"{control.description}: the page jumps"
                )

    def test_folds_open_by_key_and_no_key_reaches_the_notebook(self, lesson):
        """The evidence under a picture or table, and what is folded away until a question is
        answered.
        """
        page, cells = lesson.page, lesson.notebook()[0]
        folds = page.locator(
            ".jp-OutputArea .lp-folded > summary, .jp-OutputArea .lp-exhibit summary"
        ).locator("visible=true")
        assert folds.count() or lesson.name == FORMS, "each lesson has evidence to open"
        for n in range(folds.count()):
            fold = folds.nth(n)
            fold.focus()
            page.keyboard.press("Enter")
            assert fold.evaluate(
                "e => e.parentElement.open && e.parentElement.querySelectorAll('tr,"
                " img').length > 0"
            )
            page.keyboard.type(NOTEBOOKS_OWN)
            assert lesson.notebook()[0] == cells and fold.evaluate(
                "e => e === document.activeElement"
            )
            page.keyboard.press(" ")
            assert not fold.evaluate("e => e.parentElement.open")

    @pytest.mark.parametrize("theme", ["JupyterLab Light", "JupyterLab Dark"])
    def test_axe_finds_nothing_in_what_our_cells_show(self, lesson, theme, shoot):
        lesson.page.evaluate(
            "theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
        )
        lesson.page.wait_for_function(
            "theme => document.body.dataset.jpThemeName === theme", arg=theme, timeout=WAIT
        )
        lesson.settle()
        shoot(lesson.page, f"{lesson.name[:2]}-{theme[-5:].strip().lower()}")
        assert axe(lesson) == []

    def test_a_finger_has_24_px_and_a_cell_begins_at_its_left(self, lesson):
        """The height of what is touched (WCAG 2.2, 2.5.8); JupyterLab sets cells flush right."""
        lesson.show_all()
        low, right = lesson.page.evaluate(
            """() => {
                const seen = (...where) => [...document.querySelectorAll(where.join())]
                    .filter(e => e.checkVisibility());
                const touched = seen('.lp-panel :is(.noUi-handle, button, select, textarea)',
                    '.lp-panel input[type=text]', '.jp-OutputArea summary');
                const cells = seen('.lp-panel td', '.jp-OutputArea .lp-exhibit td');
                const told = e => e.outerHTML.slice(0, 120);
                return [touched.filter(e => e.getBoundingClientRect().height < 23.5).map(told),
                    cells.filter(e => ['right', 'end'].includes(getComputedStyle(e).textAlign))
                        .map(told)];
            }"""
        )
        assert low == []
        assert right == []

    def test_names_states_and_tab_stops(self, lesson):
        """What axe does not see (access.js has the cures): each control has a name and a stop of
        its own.
        """
        nameless = lesson.page.evaluate(
            """() => [...document.querySelectorAll('.lp-panel')].flatMap(panel => [
            ...[...panel.querySelectorAll('[role=slider]')].filter(e =>
                !e.getAttribute('aria-label') || !e.getAttribute('aria-valuetext')
                || e.tabIndex < 0),
            ...[...panel.querySelectorAll('.widget-radio-box')].filter(e =>
                e.getAttribute('role') !== 'radiogroup' || !e.getAttribute('aria-label')),
            ...[...panel.querySelectorAll('.widget-toggle-button')].filter(e =>
                !e.hasAttribute('aria-pressed')),
            ...[...panel.querySelectorAll('select, button, input, textarea')].filter(e =>
                e.tabIndex < 0 && e.offsetParent),
            ...[panel].filter(e =>
                e.getAttribute('role') !== 'group' || !e.getAttribute('aria-label')),
            ...[...panel.querySelectorAll('.lp-says')].filter(e =>
                e.getAttribute('aria-live') !== 'polite')]).map(e => e.outerHTML.slice(0, 200))"""
        )
        assert nameless == []

    @pytest.mark.parametrize("zoom", [1, 2], ids=["100 %", "200 %"])
    def test_nothing_is_cut_off_or_scrolls_sideways(self, lesson, zoom, shoot):
        """At 1280 x 800, and at 200 % zoom: half as many CSS pixels, as a browser's zoom gives."""
        page = lesson.page
        if zoom == 2:
            page.evaluate("() => window.jupyterapp.shell.collapseLeft()")
        lesson.resize(*(side // zoom for side in WIDE.values()))
        shoot(page, f"{lesson.name[:2]}-zoom-{zoom}")
        wide = page.evaluate(
            """() => [...document.querySelectorAll(
                '.jp-OutputArea-output, .jp-MarkdownOutput, .lp-panel, .lp-panel *')]
            .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 2 && e.clientWidth > 0
                && !['INPUT', 'SELECT', 'SPAN'].includes(e.tagName)
                         && !e.closest('.noUi-target'))
            .map(e => [e.className || e.tagName, e.clientWidth, e.scrollWidth,
                e.textContent.slice(0, 60)])"""
        )
        # A list has room for each of its choices; at 200 % a long one may need the browser's own
        # list to be read whole.
        cut = page.evaluate(
            """() => { const paper = document.createElement('canvas').getContext('2d');
            return [...document.querySelectorAll('.lp-panel select')].filter(e => e.offsetParent)
                .flatMap(e => {
                const style = getComputedStyle(e);
                paper.font = style.font;
                const room = e.clientWidth - parseFloat(style.paddingLeft) - 20;        // the arrow
                return [...e.options].filter(o => paper.measureText(o.text).width > room).map(o =>
                    [o.text, paper.measureText(o.text).width, room]); }) }"""
        )
        lesson.resize(**WIDE)
        assert wide == []
        assert cut == [] or zoom == 2

    def test_text_in_charts_is_large_enough(self, lesson):
        """The smallest text of each picture, as shown at 1280 x 800."""
        # Text is drawn as paths of a font of 100 units, scaled by its size in points: 72 of them an
        # inch, 96 px.
        smallest = lesson.page.evaluate(
            r"""async () => {
                const SHOWN = '.jp-OutputArea img[src^="data:image/svg"]';
                const shown = () => [...document.querySelectorAll(SHOWN)];
                let drawn = [];
                while (shown().some(picture => !drawn.includes(picture))) {
                    drawn = shown();
                    await Promise.allSettled(drawn.map(picture => picture.decode()));
                }
                return drawn.map(i => i.clientWidth / i.naturalWidth * 100 * 96 / 72 * Math.min(
                    ...[...atob(i.src.split(',')[1]).matchAll(
                        /<g [^>]*transform="translate\([^)]*\)[^"]*scale\((0\.\d+) -0\.\d+\)"/g)]
                    .map(m => Number(m[1]))));
            }"""
        )
        assert [size for size in smallest if not SMALLEST <= size < 1000] == []


# A class for each notebook, so that several workers can share them.
for path in notebooks():
    name = "Test" + re.sub(r"\W", "", path.stem.title())
    globals()[name] = type(name, (EachLesson,), {"path": path})
