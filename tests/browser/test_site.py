"""The notebooks in the browser's own Python: JupyterLite as `edition --lab` builds it, on a plain
web host, in a Chromium for which no other address exists.

Asked for by `-m site`. CASEBOOK_EDITION may name an edition that is built; else one is built here,
which downloads what carried.toml names.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from browser.conftest import FLAGS, WAIT, WIDE, chromium
from browser.web import Host
from helpers import HOUSE, env_of_nobody, notebooks

pytestmark = pytest.mark.site
LIVE = re.compile("The controls are live")
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
OUTPUTS = """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
    .filter(cell => cell.type === 'code').map(cell => cell.outputs.toJSON())"""
ANSWERS = """async () => { try {
    const file = await window.jupyterapp.serviceManager.contents.get(
        'my_work/answers.json', {content: true});
    if (typeof file.content !== 'string') return file.content;
    if (file.format !== 'base64') return JSON.parse(file.content);
    const bytes = Uint8Array.from(atob(file.content), letter => letter.charCodeAt(0));
    return JSON.parse(new TextDecoder().decode(bytes));
} catch { return null; } }"""


@pytest.fixture(scope="module")
def built() -> Path:
    """The folder of an edition with JupyterLite."""
    named = os.environ.get("CASEBOOK_EDITION")
    if not named:
        env = env_of_nobody() | {"PYTHONPATH": str(HOUSE / "notebooks")}
        command = [sys.executable, "-m", "casebook", "edition", "--lab"]
        subprocess.run(command, env=env, check=True)
    folder = Path(named or HOUSE / "edition")
    assert (folder / "run" / "jupyter-lite.json").is_file(), f"no site in {folder}"
    return folder


@pytest.fixture(scope="module")
def host(built):
    host = Host(built)
    yield host
    host.close()


class Browser:
    """A Chromium with a profile of its own, for which only this machine exists."""

    def __init__(self, playwright, profile, wrong):
        self._chrome = playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium(), args=[*FLAGS, ALONE], viewport=WIDE
        )
        self._chrome.set_default_timeout(WAIT)
        self._chrome.on("request", lambda r: self._asked(r.url, wrong))

    @staticmethod
    def _asked(url, wrong):
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:")):
            wrong.append(url)

    def page(self):
        return self._chrome.new_page()

    def close(self):
        self._chrome.close()


@pytest.fixture(scope="module")
def started(chrome_of_pages):
    """started(): a browser; with the same ``profile`` it is the same one, opened anew."""
    wrong, open_ones, places = [], [], []

    def start(profile=None):
        places.append(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        browser = Browser(chrome_of_pages, profile or places[-1].name, wrong)
        open_ones.append(browser)
        return browser

    yield start
    for browser in open_ones:
        browser.close()
    assert wrong == [], "something was asked for elsewhere"


@pytest.fixture(scope="module")
def chrome_of_pages(request):
    """Playwright: the one of the other browser tests where they run too."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="module")
def browser(started):
    return started()


def opened(browser, host, name, errors=None):
    """A lesson, open and readable, not run."""
    page = browser.page()
    if errors is not None:
        page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{host.address}/run/notebooks/index.html?path={name}")
    page.wait_for_function(
        "() => window.jupyterapp?.shell.currentWidget?.context?.isReady", timeout=WAIT
    )
    page.wait_for_selector(".ltp-bar button")
    return page


def run(page):
    """Run a lesson to its end; what its cells put out."""
    page.get_by_role("button", name="Run this lesson").click()
    page.get_by_role("status").filter(has_text=LIVE).wait_for(timeout=WAIT)
    return page.evaluate(OUTPUTS)


def words(outputs) -> list:
    """What cells show, in words: without pictures, whose bytes hang on the version of what draws
    them, and without where answers are kept, which is another place in a browser.
    """
    shown = []
    for cell in outputs:
        for output in cell:
            data = output.get("data") or {"text/plain": output.get("text", "")}
            html = "".join(data.get("text/html", ""))
            html = re.sub(r'src="data:image/[^"]*"|<p>Where it is: .*?</p>', "", html)
            shown.append(html or "".join(data["text/plain"]))
    return shown


def stored(path) -> list:
    """What a notebook's cells show as they are stored."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return words(cell["outputs"] for cell in cells if cell["cell_type"] == "code")


@pytest.mark.parametrize("path", notebooks(), ids=lambda p: p.stem)
def test_a_lesson_runs_to_its_end_and_says_what_is_stored(browser, host, path):
    errors = []
    page = opened(browser, host, path.name, errors)
    outputs = run(page)
    kinds = [output["output_type"] for cell in outputs for output in cell]
    assert set(kinds) <= {"execute_result", "display_data", "stream"}
    assert not [o for cell in outputs for o in cell if o.get("name") == "stderr"]
    assert words(outputs) == stored(path)
    assert errors == []
    page.close()


def test_a_lesson_is_read_before_anything_is_paid_for(started, host):
    browser, before = started(), len(host.sent)
    page = opened(browser, host, "01-three-reports.ipynb")
    assert page.locator(".lp-panel-stored").count() >= 5
    assert re.search(r"about \d\d MB", page.get_by_role("status").inner_text())
    page.wait_for_timeout(3000)
    asked = host.sent[before:]
    assert not [path for path, _ in asked if "pyodide/" in path or path.endswith(".whl")]
    assert sum(size for _, size in asked) < 4e6
    browser.close()


def test_a_first_visit_fetches_what_was_said(started, host):
    browser, before = started(), len(host.sent)
    page = opened(browser, host, "00-start-here.ipynb")
    told = int(re.search(r"about (\d+) MB", page.get_by_role("status").inner_text())[1])
    run(page)
    asked = host.sent[before:]
    assert sum(size for _, size in asked) < 25e6
    assert abs(sum(s for path, s in asked if "/pyodide/" in path) / 1e6 - told) < 2
    assert not [path for path, _ in asked if re.search("scipy|pydantic|choix", path)]
    browser.close()


def test_an_answer_survives_a_reload_and_a_closed_browser(started, host, tmp_path):
    browser = started(str(tmp_path))
    page = opened(browser, host, "00-start-here.ipynb")
    run(page)
    slider = page.locator(".lp-panel .noUi-handle").first
    slider.focus()
    page.keyboard.press("ArrowRight")
    looks = (page.evaluate(ANSWERS) or page.wait_for_timeout(100) for _ in range(WAIT // 100))
    kept = next(filter(None, looks), None)  # it is kept a moment after the key
    assert kept and kept["answers"]["forecast"]
    page.reload()
    page.wait_for_selector(".ltp-bar button")
    run(page)
    assert page.evaluate(ANSWERS) == kept
    browser.close()
    again = started(str(tmp_path))
    page = opened(again, host, "01-three-reports.ipynb")
    assert page.evaluate(ANSWERS) == kept
    again.close()


def test_a_newer_lesson_is_never_hidden_by_a_copy_that_the_browser_keeps(started, built, tmp_path):
    name, browser = "00-start-here.ipynb", started(str(tmp_path))
    host = Host(built, fresh=0)  # what the host itself lets a browser use again is not the question
    page = opened(browser, host, name)
    page.evaluate("""() => {
        const model = window.jupyterapp.shell.currentWidget.context.model;
        model.cells.get(0).sharedModel.setSource('# Changed here'); }""")
    page.keyboard.press("Control+s")
    page.wait_for_timeout(1500)
    file = built / "run" / "files" / name
    before = file.read_bytes()
    newer = json.loads(before)
    newer["cells"][0]["source"] = "# A newer lesson"
    try:
        file.write_text(json.dumps(newer), encoding="utf-8")
        from browser import web

        web.answer.cache_clear()
        browser.close()
        browser = started(str(tmp_path))
        page = browser.page()
        page.goto(f"{host.address}/run/notebooks/index.html?path={name}")
        page.wait_for_selector("h1:has-text('A newer lesson')")
    finally:
        file.write_bytes(before)
        web.answer.cache_clear()
        browser.close()
        host.close()


def test_a_copy_keeps_changes_under_a_name_of_its_own(started, host):
    browser = started()
    page = opened(browser, host, "00-start-here.ipynb")
    run(page)
    page.get_by_role("button", name="Make a copy").click()
    page.wait_for_url("**path=my-copy-of-00-start-here.ipynb")
    page.wait_for_selector(".ltp-bar button")
    assert page.locator(".jp-Notebook h1").first.inner_text()
    browser.close()


def test_links_lead_from_lesson_to_lesson_in_the_same_window(started, host):
    browser = started()
    page = opened(browser, host, "00-start-here.ipynb")
    link = page.locator(".jp-RenderedMarkdown a[href*='.ipynb']").first
    link.click()
    page.wait_for_url(re.compile(r"path=\d\d-[\w-]+\.ipynb"))
    page.wait_for_selector(".ltp-bar button")
    assert len(page.context.pages) <= 2  # the browser's own first page and this one
    browser.close()


def test_what_few_lessons_need_comes_when_it_is_asked_for(started, host):
    browser, before = started(), len(host.sent)
    page = opened(browser, host, "08-measuring-commitment.ipynb")
    run(page)
    said = page.evaluate(
        """async () => {
        const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
        let said = '';
        const asked = kernel.requestExecute({code: `
from casebook.subjects.commitment.methods.scale import strengths
print(len(strengths(tables.judgements)))
from casebook.build import one
print(len(one.check({"source_id": "S9"})) > 0)`});
        asked.onIOPub = m => { said += m.content.text || m.content.evalue || ''; };
        await asked.done;
        return said; }"""
    )
    assert re.fullmatch(r"\d+\nTrue\n", said)
    late = {path.rsplit("/", 1)[1].split("-")[0] for path, _ in host.sent[before:]}
    assert {"choix", "scipy", "pydantic", "pyyaml"} <= late
    browser.close()


def test_every_page_leads_to_its_notebook(built):
    for path in notebooks():
        page = (built / f"{path.stem}.html").read_text(encoding="utf-8")
        assert f"href='run/notebooks/index.html?path={path.name}'" in page
        assert (built / "run" / "files" / path.name).is_file()
