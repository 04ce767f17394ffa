"""The site: JupyterLite with the lessons, built by its own tool around the Python that we carry."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from casebook.core.platform import PACKAGE
from casebook.edition.lab.distribution import FIRST
from casebook.edition.lab.fetch import Fetched
from casebook.edition.lab.wheels import NAME

EXTENSION = Path(__file__).with_name("extension")
MOMENT = "1767225600"  # 1 January 2026, of every file: the same bytes whenever the site is built
SETTINGS = {
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
        "doNotDisturbMode": True,
    },
    # Every cell stands in the page, so that the browser's own search finds its words.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none", "scrollPastEnd": False},
    "@jupyterlab/apputils-extension:themes": {"adaptive-theme": True},
}


def configuration(megabytes: int) -> dict:
    """What JupyterLite is told: nothing from elsewhere, and the casebook with the kernel."""
    kernel = {
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": [*FIRST, NAME]},
    }
    return {
        "jupyter-lite-schema-version": 0,
        "jupyter-config-data": {
            "appName": "Letters to Pact",
            "exposeAppInBrowser": True,
            # It asks for the kernel of a lesson that has none yet.
            "disabledExtensions": ["@jupyter-notebook/notebook-extension:kernel-logo"],
            "casebookSite": {"megabytes": megabytes},
            "litePluginSettings": {"@jupyterlite/pyodide-kernel-extension:kernel": kernel},
        },
    }


def build(
    fetched: Fetched, python: Path, notebooks: Sequence[Path], folder: Path, megabytes: int
) -> None:
    """Write the site into ``folder``, in place of what is there; ``python`` is the distribution
    that it carries.
    """
    with tempfile.TemporaryDirectory() as place:
        lite, lessons = Path(place, "lite"), Path(place, "lessons")
        shutil.copytree(python, lite / "static" / "pyodide")
        lessons.mkdir()
        for notebook in notebooks:
            shutil.copyfile(notebook, lessons / notebook.name)
        _write(lite / "jupyter-lite.json", configuration(megabytes))
        _write(lite / "overrides.json", SETTINGS)
        _write(lite / "jupyter_lite_config.json", _told(fetched, lessons, folder))
        _run(fetched.tools, lite)
    for listing in folder.glob("api/contents/**/all.json"):
        _read_only(listing)
    shutil.rmtree(folder / "doc", ignore_errors=True)


def extensions(tools: Path) -> list[Path]:
    """What JupyterLite gets besides itself: widgets, the kernel, and what is ours."""
    ours = Path(sys.prefix) / "share" / "jupyter" / "labextensions"
    theirs = tools / "share" / "jupyter" / "labextensions"
    return [
        ours / "@jupyter-widgets" / "jupyterlab-manager",
        ours / "anywidget",
        theirs / "@jupyterlite" / "pyodide-kernel-extension",
        PACKAGE / "lab" / "letters-to-pact",
        EXTENSION,
    ]


def _told(fetched: Fetched, lessons: Path, folder: Path) -> dict:
    """What JupyterLite's own tool is told."""
    return {
        "LiteBuildConfig": {
            "apps": ["notebooks"],
            "contents": [str(lessons)],
            "federated_extensions": [str(path) for path in extensions(fetched.tools)],
            "ignore_sys_prefix": ["federated_extensions"],
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
            "output_dir": str(folder),
        }
    }


def _run(tools: Path, lite: Path) -> None:
    command = [sys.executable, "-m", "jupyterlite_core", "build", "--lite-dir", str(lite)]
    env = os.environ | {"PYTHONPATH": str(tools), "SOURCE_DATE_EPOCH": MOMENT}
    done = subprocess.run(
        command, cwd=lite, env=env, capture_output=True, encoding="utf-8", errors="replace"
    )
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise RuntimeError(f"JupyterLite could not be built:\n{last}")


def _read_only(listing: Path) -> None:
    """A lesson is not changed in the browser: its old copy would hide every newer one."""
    told = json.loads(listing.read_text(encoding="utf-8"))
    told["content"] = [entry | {"writable": False} for entry in told["content"]]
    _write(listing, told)


def _write(path: Path, content: dict) -> None:
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    path.write_text(text, encoding="utf-8", newline="\n")
