"""The lessons in a real browser: Chromium, driven by Playwright, against a JupyterLab that starts
here on loopback.

Found by name on the path, or named by CASEBOOK_CHROMIUM; without a Chromium these tests skip and
say so. Where CASEBOOK_SHOTS names a folder (screenshots/ is one that git ignores), pictures of each
lesson's main states go there. A worker has one JupyterLab and one browser; a test that changes what
lies in the lab's folder puts it back.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from helpers import HOUSE, end

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDE = {"width": 1280, "height": 800}
WAIT = 600_000  # ms: nothing is waited for as long as this, however slow the machine


def chromium() -> str | None:
    """The path of a Chromium, None where there is none."""
    return os.environ.get("CASEBOOK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items):
    absent = pytest.mark.skip(
        reason="no Chromium found: the lessons were not tried in a browser"
        " (CASEBOOK_CHROMIUM may name one)"
    )
    for item in items:
        if Path(__file__).parent in Path(item.path).parents:
            item.add_marker("browser")
            if chromium() is None:
                item.add_marker(absent)


@pytest.fixture(autouse=True)
def no_texts_of_mine(monkeypatch):
    """A twin sees no more than the server does, whose kernels have no copy of the articles'
    texts.
    """
    monkeypatch.delenv("CASEBOOK_TEXTS", raising=False)


class Lab:
    """A JupyterLab of our own: the casebook copied to a folder, all of Jupyter's settings beside
    it, on a free port.

    ``base`` is its address; ``folder`` holds notebooks/, data/, seeds/; ``stop()`` and ``start()``
    restart it in place. ``program`` is what ``python -m`` runs, ``python`` the Python that does.
    """

    program, expose = "jupyterlab", "LabApp"

    def __init__(self, house: Path = HOUSE, python: str = sys.executable):
        self.python = python
        self._place = Path(tempfile.mkdtemp(prefix="casebook-lab-"))
        self.folder = self._place / "casebook"
        for name in ("notebooks", "data", "seeds"):
            shutil.copytree(
                house / name,
                self.folder / name,
                ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "my_work"),
            )
        self.set_up()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.start()

    def set_up(self):
        """JupyterLab's settings: light, without news, and nothing saved but what a test saves."""
        for plugin, settings in (
            ("apputils-extension/notification", {"fetchNews": "false", "checkForUpdates": False}),
            ("apputils-extension/themes", {"theme": "JupyterLab Light"}),
            ("docmanager-extension/plugin", {"autosave": False}),
        ):
            path = self._place / "settings" / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(settings), "utf-8")

    def start(self):
        """Start the server, and wait until it answers."""
        own = {
            f"JUPYTER{name}": str(self._place / name.strip("_").lower())
            for name in ("_CONFIG_DIR", "_DATA_DIR", "_RUNTIME_DIR", "LAB_WORKSPACES_DIR")
        }
        hidden = ("CASEBOOK_TEXTS", "CASEBOOK_WORK", "PYTHONPATH")
        self._server = subprocess.Popen(
            [
                self.python,
                "-m",
                self.program,
                "--no-browser",
                "--allow-root",
                f"--ServerApp.port={self.port}",
                "--ServerApp.port_retries=0",
                "--IdentityProvider.token=t",
                f"--{self.expose}.expose_app_in_browser=True",
                f"--ServerApp.root_dir={self.folder / 'notebooks'}",
            ],
            env={k: v for k, v in os.environ.items() if k not in hidden}
            | own
            | {
                "JUPYTERLAB_SETTINGS_DIR": str(self._place / "settings"),
                "IPYTHONDIR": str(self._place / "ipython"),
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port)).close()
                return
            except OSError:
                assert self._server.poll() is None, "JupyterLab did not start"
                time.sleep(0.05)

    def asked(self, method: str, path: str):
        """What the server answers, from JSON."""
        request = urllib.request.Request(
            f"{self.base}/{path}", method=method, headers={"Authorization": "token t"}
        )
        with urllib.request.urlopen(request, timeout=WAIT / 1000) as answer:
            return json.loads(answer.read() or b"null")

    @property
    def pid(self) -> int:
        """The server's process."""
        return self._server.pid

    def stop(self):
        """Stop the server and with it every kernel."""
        end(self._server)

    def forget(self):
        """End all kernels and empty the learner's folder, as on the first day."""
        for session in self.asked("GET", "api/sessions"):
            self.asked("DELETE", f"api/sessions/{session['id']}")
        shutil.rmtree(self.folder / "my_work", ignore_errors=True)

    def close(self):
        self.stop()
        shutil.rmtree(self._place, ignore_errors=True)


class Lesson:
    """A notebook open in a page of the browser."""

    def __init__(self, page, lab: Lab, name: str):
        self.lab, self.name = lab, name
        self.open(page)

    def open(self, page):
        """Open the notebook in a page."""
        self.page, self.console, self.outside = page, [], []
        page.on("console", lambda m: self.console.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.console.append(str(e)))
        ours = (self.lab.base, "data:", "blob:", self.lab.base.replace("http", "ws"))
        page.on(
            "request",
            lambda r: None if r.url.startswith(ours) else self.outside.append(r.url),
        )
        self.page.goto(f"{self.lab.base}/lab/tree/{self.name}?reset&token=t")
        self.page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.context?.isReady", timeout=WAIT
        )
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=WAIT)
        self.wait_for_kernel()

    def wait_for_kernel(self):
        """Wait until the kernel is idle and the page has drawn what it said."""
        self.page.wait_for_function(
            """() => {
            const kernel = window.jupyterapp?.shell.currentWidget?.sessionContext?.session?.kernel;
            return kernel
                && kernel.status === 'idle' && kernel.connectionStatus === 'connected' }""",
            timeout=WAIT,
        )
        self.settle()

    def kernel_has_answered(self):
        """Wait until the kernel has done all that it was asked before."""
        self.page.evaluate(
            "async () => { await window.jupyterapp.shell.currentWidget.sessionContext.session"
            ".kernel.requestExecute({code: '', silent: true}).done }"
        )
        self.settle()

    def settle(self):
        """Wait until the notebook's size and place have stayed the same for some frames."""
        self.page.evaluate("""async () => {
            const outer = document.querySelector('.jp-WindowedPanel-outer');
            const size = () => [innerWidth, outer.clientWidth, outer.scrollHeight,
                outer.scrollTop].join();
            for (let still = 0, last = ''; still < 4;) {
                await new Promise(requestAnimationFrame);
                still = size() === last ? still + 1 : 0;
                last = size();
            } }""")

    def resize(self, width, height):
        """Give the window a size in CSS px, and wait until the notebook has taken it up."""
        self.page.set_viewport_size({"width": width, "height": height})
        self.page.wait_for_function("wide => innerWidth === wide", arg=width, timeout=WAIT)
        self.settle()

    def run_all(self):
        """Run All, to the end, with all that it shows drawn; returns the errors of the cells."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.wait_for_kernel()
        self.show_all()
        return self.errors()

    def show_all(self):
        """Scroll through the notebook until every cell and every panel is drawn; the height of a
        cell that was never in sight is a guess, and the page would jump when it is known.
        """
        self.page.evaluate(
            """async wait => {
            const outer = document.querySelector('.jp-WindowedPanel-outer'),
                cells = window.jupyterapp.shell.currentWidget.content.widgets;
            const drawn = c => c.node.isConnected && !c.isPlaceholder()
                && (c.model.type !== 'markdown' || c.node
                .querySelector('.jp-RenderedHTMLCommon')?.childElementCount)
                && (c.model.type !== 'code' || c.node
                    .querySelectorAll('.jp-OutputArea-output').length >= Math.min(1,
                    c.model.outputs.length));
            const whole = () => cells.every(drawn)
                && [...document.querySelectorAll('.jp-OutputArea-output')].every(e =>
                    e.textContent !== 'Loading widget...')
                && [...document.querySelectorAll('.lp-panel')].every(p =>
                    p.querySelector('.lp-says'));
            const until = performance.now() + wait;
            do {
                if (performance.now() > until) throw new Error('some cells are not drawn');
                for (let at = 0; at < outer.scrollHeight; at += 500) {
                    outer.scrollTop = at;
                    await new Promise(requestAnimationFrame);
                }
            } while (!whole());
            outer.scrollTop = 0; }""",
            WAIT,
        )
        self.settle()

    def errors(self) -> list:
        """The cells that stopped with an error, by the model, which knows those out of sight
        too.
        """
        return self.page.evaluate(
            """() => [...window.jupyterapp.shell.currentWidget.content.model.cells]
            .filter(c => c.type === 'code').flatMap(c => c.outputs.toJSON()).filter(o =>
                o.output_type === 'error' || o.name === 'stderr')
            .map(o => o.evalue || o.text)"""
        )

    def notebook(self) -> list:
        """[number of cells, the active one, its mode, how far the page is scrolled]: what no key
        meant for a control may change.
        """
        return self.page.evaluate(
            """() => { const n = window.jupyterapp.shell.currentWidget.content;
            return [n.widgets.length, n.activeCellIndex, n.mode,
                document.querySelector('.jp-WindowedPanel-outer').scrollTop]; }"""
        )

    def close(self):
        """Close the page, and end its kernel."""
        self.page.evaluate(
            "() => window.jupyterapp.shell.currentWidget?.sessionContext?.shutdown()"
        )
        self.page.close()

    @property
    def panels(self):
        """The widgets of the page, run."""
        return self.page.locator(".lp-panel")


@pytest.fixture(scope="session")
def lab():
    """The JupyterLab that the browser tests share."""
    lab = Lab()
    yield lab
    lab.close()


@pytest.fixture(scope="session")
def chrome():
    """The one headless Chromium of a worker: Playwright starts no second one beside it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=chromium(), args=FLAGS, timeout=WAIT)
        yield chrome
        chrome.close()


@pytest.fixture(scope="session")
def browser(chrome):
    """Its window, whose pages load JupyterLab from one cache."""
    window = chrome.new_context(viewport=WIDE)
    window.set_default_timeout(WAIT)
    return window


@pytest.fixture
def shoot():
    """shoot(page, name): a screenshot of the page as it is, where somebody wants to see them."""
    named = os.environ.get("CASEBOOK_SHOTS")
    return lambda page, name: named and page.screenshot(path=str(Path(named) / f"{name}.png"))


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
        load(page, (edition / f"{name}.html").as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


def load(page, address=None):
    """Go there, or load the page anew, and wait until it is set going."""
    page.goto(address) if address else page.reload()
    page.wait_for_selector("html[data-ready]", state="attached")
