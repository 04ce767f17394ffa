"""The edition in a real browser, from ``file://`` with the network cut: a learner's way through a
page, at every width, for all eyes.
"""

import json
import random
import re
from html import unescape

import pytest
from axe_playwright_python.sync_playwright import Axe

from browser.conftest import WAIT, load
from casebook.answers import shape
from casebook.answers.pool import pool
from casebook.classroom.work import allowed_answers
from casebook.edition.notebook import cells_of
from helpers import notebooks, page_data

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


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
    assert asked.locator(".lp-tally").count() == 0  # under More time: it counts for none
    decided = page.locator("[data-task='00-decided']")
    decided.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    assert "You have tried 1 of" in decided.locator(".lp-tally").inner_text()
    load(page)
    assert asked.get_by_label("Number").input_value() == "2"
    assert asked.locator(".lp-says").inner_text() == "Kept from before: check again."
    assert asked.get_by_role("button", name="Worked answer").is_disabled()
    hand_in(page, tmp_path)
    pooled = pool(tmp_path, allowed_answers(tables))
    assert pooled.problems.empty
    kept = dict(pooled.exercises[["exercise", "value"]].values.tolist())
    assert kept.keys() == {"00-dates", "00-decided"}
    assert kept["00-dates"] == 2


@pytest.mark.parametrize("name", [path.stem for path in notebooks()])
def test_a_control_offers_what_fits_those_before_it(name, opened, edition):
    """Walk through the panels in which one control's choices hang on another's."""
    panels = page_data(edition, name)["panels"]
    hang = [n for n, panel in enumerate(panels) if any(c["needs"] for c in panel["controls"])]
    page, luck = opened(name) if hang else None, random.Random(name)
    for n in hang:
        root, controls = page.locator(f"[data-panel='{n}']"), panels[n]["controls"]
        fields = root.locator(":scope > .lp-controls > *")
        for _ in range(12):
            values = list(panels[n]["values"])
            for which, control in enumerate(controls):
                offer = control["offers"][",".join(str(values[one]) for one in control["needs"])]
                if control["kind"] not in ("select", "radio"):
                    continue
                field, radio = fields.nth(which), control["kind"] == "radio"
                there = field.locator("label" if radio else "option").all_text_contents()
                assert there == [words for words, _ in offer["options"]], control["label"]
                at = luck.randrange(len(there))
                if radio:
                    field.locator("input").nth(at).check()
                else:
                    field.locator("select").select_option(index=at)
                values[which] = offer["options"][at][1]
            says = panels[n]["says"][panels[n]["states"][",".join(map(str, values))][1]]
            assert plain(root.locator(":scope > .lp-says").inner_html()) == plain(says)


def plain(html: str) -> str:
    """The words of HTML, whatever the script has dressed it with."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()


def test_what_is_set_is_shown_beside_the_control_and_in_the_count(opened):
    page = opened("01-three-reports")
    own = page.locator("#your-answers .lp-says")
    assert own.inner_text().startswith("Nothing is kept yet.")
    guess = page.locator("[data-task='01-predict'][data-part='commit']")
    guess.get_by_role("slider").press("ArrowRight")
    assert guess.locator("output").inner_text() == "1"
    assert own.inner_text().startswith("1 answer kept")


def hand_in(page, folder):
    """Export the answers by keyboard into a folder."""
    own = page.locator("#your-answers")
    own.get_by_role("button", name="Hand in").focus()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    download.value.save_as(folder / download.value.suggested_filename)
    return folder / download.value.suggested_filename


def test_a_page_in_another_sites_frame_says_how_to_hand_in(chrome, edition, tmp_path):
    """Such a frame may forbid it to hand out a file, and says nothing."""
    lesson = (edition / "01-three-reports.html").as_uri()
    frame = tmp_path / "a learning platform.html"
    frame.write_text(f"<iframe sandbox='allow-scripts allow-same-origin' src='{lesson}'>", "utf-8")
    context = chrome.new_context(offline=True)
    context.set_default_timeout(WAIT)
    page = context.new_page()
    page.goto(frame.as_uri())
    own = page.frame_locator("iframe").locator("#your-answers")
    own.get_by_role("button", name="Hand in").press("Enter")
    says = own.locator(".lp-says").filter(has_text="open the page by itself")
    says.wait_for()
    assert lesson in says.inner_text()
    context.close()


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


@pytest.mark.parametrize("width", [1280, 390])
def test_an_address_in_a_cell_opens_below_the_table_s_row_over_its_whole_width(width, opened):
    page = opened("05-said-alleged-denied", width)
    unfold(page)
    cell = page.locator("td:has(.ed-address)").first
    table, marks = cell.locator("xpath=ancestor::table[1]"), cell.locator(".ed-address")
    before = cell.bounding_box()["height"]
    marks.first.focus()
    page.keyboard.press("Enter")
    row = page.locator(".ed-row")
    wide, whole = row.bounding_box(), table.bounding_box()
    assert wide["width"] > 0.9 * min(whole["width"], width - 60)
    assert wide["y"] >= cell.bounding_box()["y"] + before - 1
    assert cell.bounding_box()["height"] == pytest.approx(before, abs=1)
    page.keyboard.press("Escape")  # the focus is still at the mark
    assert row.count() == 0
    assert page.evaluate("() => document.activeElement.className") == "ed-address"
    page.keyboard.press("Enter")
    page.evaluate("() => document.activeElement.blur()")
    page.keyboard.press("Escape")
    assert row.count() == 0 and table.locator(".ed-row-line").count() == 0
    assert page.evaluate("() => document.activeElement.className") == "ed-address"


def test_escape_closes_the_row_that_has_the_focus_and_leaves_a_field_alone(opened):
    page = opened("00-start-here")
    marks = page.locator("main p > sup .ed-address")
    marks.nth(0).press("Enter")
    marks.nth(1).press("Enter")
    page.get_by_label("Number").first.press("Escape")
    assert page.locator(".ed-row").count() == 2
    marks.nth(0).press("Escape")
    assert [marks.nth(n).get_attribute("aria-expanded") for n in (0, 1)] == ["false", "true"]


# Of each box that is seen: is what it holds wider, and does the line above it say so?
SWIPES = """() => [...document.querySelectorAll('.ed-wide')].filter(box => box.checkVisibility())
    .map(box => [box.scrollWidth > box.clientWidth,
        box.previousElementSibling.checkVisibility()])"""


def test_a_picture_wider_than_the_screen_says_so_and_stays_where_it_was_swiped(opened):
    page = opened("00-start-here", 390)
    unfold(page)
    page.wait_for_function(f"() => ({SWIPES})().every(([wide, says]) => wide === says)")
    assert [True, True] in page.evaluate(SWIPES)
    arc = page.locator("[data-panel='0']")
    assert arc.get_by_text("Swipe: the picture is wider than the screen.").is_visible()
    arc.locator(".ed-wide").evaluate("box => { box.scrollLeft = 150 }")
    arc.get_by_role("slider", name="As of").press("ArrowRight")
    assert arc.locator(".ed-wide").evaluate("box => box.scrollLeft") == 150
    page.set_viewport_size({"width": 1280, "height": 800})
    page.wait_for_function(f"() => ({SWIPES})().every(([wide, says]) => !wide && !says)")


def test_in_a_check_out_addresses_wait_for_the_first_check(opened):
    page = opened("06-votes-and-vetoes")
    task = page.locator("[data-waits]:has(blockquote)").first.get_attribute("data-task")
    asked = page.locator(f"[data-task='{task}']")
    mark, check = (
        asked.locator("blockquote .ed-address"),
        asked.get_by_role("button", name="Check", exact=True),
    )
    assert mark.get_attribute("title") == "Opens after your first check"
    assert mark.get_attribute("aria-label").endswith(": opens after your first check")
    mark.press("Enter")
    assert page.locator(".ed-row").count() == 0
    assert asked.locator(".lp-says").inner_text().endswith("opens after your first check.")
    check.press("Enter")  # nothing is answered yet
    assert mark.get_attribute("aria-disabled") == "true"
    asked.get_by_role("radio").first.check()
    check.press("Enter")
    assert mark.get_attribute("title") is None
    mark.press("Enter")
    assert mark.inner_text() in page.locator(".ed-row").inner_text()
    before = page.locator("[data-task]:not([data-waits]) :is(.lp-lead, .lp-question) .ed-address")
    assert before.count() and not before.and_(page.locator("[aria-disabled]")).count()


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
    # A4 within a browser's margins: what is wider makes it print the whole page smaller.
    page.set_viewport_size({"width": 717, "height": 800})
    page.emulate_media(media="print")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), "on paper"


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


@pytest.mark.parametrize("path", notebooks(), ids=lambda p: p.stem)
def test_how_a_notebook_is_worked_with_is_no_part_of_a_page(edition, path):
    page = (edition / f"{path.stem}.html").read_text("utf-8")
    there = {int(place) for place in re.findall(r"data-cell=['\"](\d+)", page)}
    cells = enumerate(cells_of(path))
    told = {n for n, cell in cells if "notebook-only" in cell["metadata"].get("tags", [])}
    assert told and not told & there
    assert there
