"""The lessons in a real browser: Chromium, driven by Playwright, against a JupyterLab that starts
here on loopback.

Found by name on the path, or named by CASEBOOK_CHROMIUM; without a Chromium these tests skip and
say so. Pictures of each lesson's main states go to screenshots/, which git ignores, or to the
folder that CASEBOOK_SHOTS names.
"""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from helpers import HOUSE

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
WAIT = 60_000  # ms: a slow machine is no failure


def chromium() -> str | None:
    """The path of a Chromium, None where there is none."""
    return os.environ.get("CASEBOOK_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def pytest_collection_modifyitems(items):
    if chromium() is None:
        for item in items:
            if Path(__file__).parent in Path(item.path).parents:
                item.add_marker(
                    pytest.mark.skip(
                        reason=(
                            "no Chromium found: the lessons were not tried in a browser"
                            " (CASEBOOK_CHROMIUM may name one)"
                        )
                    )
                )


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
    restart it in place.
    """

    def __init__(self, house: Path = HOUSE):
        self._place = Path(tempfile.mkdtemp(prefix="casebook-lab-"))
        self.folder = self._place / "casebook"
        for name in ("notebooks", "data", "seeds"):
            shutil.copytree(
                house / name,
                self.folder / name,
                ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "my_work"),
            )
        self.theme("JupyterLab Light")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self.start()

    def theme(self, name: str):
        """The theme that pages opened from now on have."""
        settings = self._place / "settings" / "@jupyterlab" / "apputils-extension"
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "notification.jupyterlab-settings").write_text(
            '{"fetchNews": "false", "checkForUpdates": false}', "utf-8"
        )
        (settings / "themes.jupyterlab-settings").write_text(json.dumps({"theme": name}), "utf-8")

    def start(self):
        """Start the server, and wait until it answers."""
        own = {
            f"JUPYTER{name}": str(self._place / name.strip("_").lower())
            for name in ("_CONFIG_DIR", "_DATA_DIR", "_RUNTIME_DIR", "LAB_WORKSPACES_DIR")
        }
        hidden = ("CASEBOOK_TEXTS", "CASEBOOK_WORK", "PYTHONPATH")
        self._server = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "jupyterlab",
                "--no-browser",
                "--allow-root",
                f"--ServerApp.port={self.port}",
                "--ServerApp.port_retries=0",
                "--IdentityProvider.token=t",
                "--LabApp.expose_app_in_browser=True",
                f"--ServerApp.root_dir={self.folder}",
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
        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                assert self._server.poll() is None and time.monotonic() < until, (
                    "JupyterLab did not start"
                )
                time.sleep(0.1)

    @property
    def pid(self) -> int:
        """The server's process."""
        return self._server.pid

    def stop(self):
        """Stop the server and with it every kernel."""
        self._server.terminate()
        self._server.wait(WAIT / 1000)

    def forget(self):
        """Empty the learner's folder, as on the first day."""
        shutil.rmtree(self.folder / "my_work", ignore_errors=True)

    def close(self):
        self.stop()
        shutil.rmtree(self._place, ignore_errors=True)


class Lesson:
    """A notebook open in a page of the browser."""

    def __init__(self, page, lab: Lab, name: str):
        self.page, self.lab, self.name = page, lab, name
        self.console, self.outside = [], []
        page.on("console", lambda m: self.console.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.console.append(str(e)))
        page.on(
            "request",
            lambda r: (
                None
                if r.url.startswith((lab.base, "data:", "blob:", lab.base.replace("http", "ws")))
                else self.outside.append(r.url)
            ),
        )
        self.open()

    def open(self):
        """Open the notebook, or open it anew."""
        self.page.goto(f"{self.lab.base}/lab/tree/notebooks/{self.name}?reset&token=t")
        self.page.wait_for_function(
            "() => window.jupyterapp?.shell.currentWidget?.context?.isReady", timeout=WAIT
        )
        self.page.wait_for_selector(".jp-Notebook .jp-Cell", timeout=WAIT)
        self.wait_for_kernel()

    def wait_for_kernel(self):
        """Wait until the kernel is idle and the page has drawn what it said."""
        self.page.wait_for_function(
            """() => {
            const kernel = window.jupyterapp.shell.currentWidget?.sessionContext?.session?.kernel;
            return kernel
                && kernel.status === 'idle' && kernel.connectionStatus === 'connected' }""",
            timeout=WAIT,
        )
        self.page.wait_for_timeout(150)

    def run_all(self):
        """Run All, to the end; returns how many cells are in error."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")
        self.wait_for_kernel()
        return self.errors()

    def show_all(self):
        """Have every cell in the page, so that each can be looked at: JupyterLab draws those far
        below only when reached, and on a busy machine a while after that.
        """
        self.page.evaluate("""async () => {
            const outer = document.querySelector('.jp-WindowedPanel-outer'),
                cells = window.jupyterapp.shell.currentWidget.content.widgets;
            const drawn = c => c.node.isConnected && !c.isPlaceholder()
                && (c.model.type !== 'markdown' || c.node
                .querySelector('.jp-RenderedHTMLCommon')?.childElementCount)
                && (c.model.type !== 'code' || c.node
                    .querySelectorAll('.jp-OutputArea-output').length >= Math.min(1,
                    c.model.outputs.length));
            for (let round = 0; round < 40; round += 1) {
                for (let at = 0; at < outer.scrollHeight; at += 500) { outer.scrollTop = at;
                    await new Promise(r => setTimeout(r, 60)); }
                if (cells.every(drawn)) break;
            }
            outer.scrollTop = 0; }""")
        self.page.wait_for_timeout(200)

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
        """[number of cells, the active one, its mode]: what no key meant for a control may
        change.
        """
        return self.page.evaluate(
            "() => { const n = window.jupyterapp.shell.currentWidget.content; return"
            " [n.widgets.length, n.activeCellIndex, n.mode]; }"
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
def browser():
    """A headless Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def shoot():
    """shoot(page, name): a screenshot of the page as it is."""
    folder = Path(os.environ.get("CASEBOOK_SHOTS") or HOUSE / "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return lambda page, name: page.screenshot(path=str(folder / f"{name}.png"))
