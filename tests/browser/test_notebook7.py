"""A lesson in Notebook 7, which many schools have: readable before it is run, its panels alive
after it, an answer kept.

Asked for by ``-m programs``: it downloads what requirements-notebook.txt names.
"""

import json
import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from browser.conftest import WAIT, Lab
from browser.twin import panels_of
from helpers import HOUSE

pytestmark = pytest.mark.programs
LESSON = "00-start-here.ipynb"
ERRORS = """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
    .filter(c => c.type === 'code').flatMap(c => c.outputs.toJSON())
    .filter(o => o.output_type === 'error' || o.name === 'stderr').map(o => o.evalue || o.text)"""


class Notebook7(Lab):
    program, expose = "notebook", "JupyterNotebookApp"


@pytest.fixture(scope="module")
def notebook7(tmp_path_factory):
    """Notebook 7 with the casebook's lock, and nothing else of this machine's."""
    venv = tmp_path_factory.mktemp("notebook7") / "venv"
    uv = [sys.executable, "-m", "uv"]
    subprocess.run([*uv, "venv", "--quiet", "--python", sys.executable, venv], check=True)
    python = venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    for lock in ("requirements.txt", "requirements-notebook.txt"):
        install = [*uv, "pip", "install", "--quiet", "--require-hashes", "-r", HOUSE / lock]
        subprocess.run([*install, "--python", python], check=True)
    program = Notebook7(python=str(python))
    yield program
    program.close()


def test_a_lesson_is_read_run_and_answered(notebook7, browser):
    page, outside = browser.new_page(), []
    ours = (notebook7.base, "data:", "blob:", notebook7.base.replace("http", "ws"))
    page.on("request", lambda r: None if r.url.startswith(ours) else outside.append(r.url))
    page.goto(f"{notebook7.base}/notebooks/{LESSON}?token=t")
    page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=WAIT)
    expect(page.locator(".lp-panel-stored").first).to_be_visible(timeout=WAIT)
    page.wait_for_function(
        "() => window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel?.status"
        " === 'idle'",
        timeout=WAIT,
    )
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
    wanted = len(panels_of(HOUSE / "notebooks" / LESSON))
    page.wait_for_function(
        """async wanted => {
        const outer = document.querySelector('.jp-WindowedPanel-outer');
        for (let at = 0; outer && at < outer.scrollHeight; at += 500) {
            outer.scrollTop = at;
            await new Promise(requestAnimationFrame);
        }
        return document.querySelectorAll('.lp-panel').length === wanted; }""",
        arg=wanted,
        timeout=WAIT,
    )
    assert page.evaluate(ERRORS) == []
    assert page.locator(".lp-panel-stored").count() == 0
    arc = page.locator(".lp-panel").filter(has=page.get_by_role("slider", name="As of"))
    before = arc.first.locator(".lp-says").inner_text()
    arc.first.get_by_role("button", name="Later").press("Enter")
    expect(arc.first.locator(".lp-says")).not_to_have_text(before, timeout=WAIT)
    number = page.locator(".lp-panel input[type=text]").first
    number.fill("2")
    number.press("Tab")
    kept = notebook7.folder / "my_work" / "answers.json"
    while not kept.exists():
        page.wait_for_timeout(100)
    answers = json.loads(kept.read_text("utf-8"))["answers"]
    assert 2 in [entry["value"] for entry in answers["exercise"].values()]
    assert outside == []
    page.close()
