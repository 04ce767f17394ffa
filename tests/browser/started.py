"""`python start.py …` itself, as a person starts it, but for the set-up: on a copy of the house,
with the Python that runs the tests, and with Jupyter's folders in a place of its own.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from helpers import HOUSE, end

LINES = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("start", "start.py")
start = importlib.util.module_from_spec(spec)
spec.loader.exec_module(start)
start.set_up = lambda lock: None
start.venv_python = lambda: sys.executable
sys.exit(start.main(sys.argv[1:]))
"""


class Started:
    """A start.py at work: ``address`` is what it printed, ``folder`` the copy of the house."""

    def __init__(self, *words: str, house: Path = HOUSE):
        self._place = Path(tempfile.mkdtemp(prefix="casebook-start-"))
        self.folder = self._place / "casebook"
        shutil.copytree(
            house,
            self.folder,
            ignore=lambda folder, names: [
                name
                for name in names
                if name in ("__pycache__", ".ipynb_checkpoints", "my_work")
                or (Path(folder) == house and name not in ("notebooks", "data", "seeds"))
            ],
        )
        for name in ("start.py", "requirements.txt", "requirements-test.txt"):
            shutil.copy(house / name, self.folder)
        own = {
            f"JUPYTER{name}": str(self._place / name.strip("_").lower())
            for name in (
                "_CONFIG_DIR",
                "_DATA_DIR",
                "_RUNTIME_DIR",
                "LAB_SETTINGS_DIR",
                "LAB_WORKSPACES_DIR",
            )
        }
        hidden = ("CASEBOOK_TEXTS", "CASEBOOK_WORK", "PYTHONPATH", "JUPYTER_TOKEN")
        expose = "--LabApp.expose_app_in_browser=True"
        self._child = subprocess.Popen(
            [sys.executable, "-c", LINES, *words, *([] if words else ["--"]), expose],
            cwd=self.folder,
            env={k: v for k, v in os.environ.items() if k not in hidden}
            | own
            | {"IPYTHONDIR": str(self._place / "ipython"), "CASEBOOK_NO_BROWSER": "1"},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._child.stdout.readline() == "Starting JupyterLab ...\n"
        said = self._child.stdout.readline()
        assert said.startswith("Open this address in a browser: http://127.0.0.1:"), said
        self.address = said.split()[-1]
        self.base = self.address.split("/doc/")[0]

    def keep(self, answers: str):
        """Let this machine's user have kept answers."""
        (self.folder / "my_work").mkdir(exist_ok=True)
        (self.folder / "my_work/answers.json").write_text(answers, "utf-8")

    def close(self):
        end(self._child)
        self._child.stdout.close()
        shutil.rmtree(self._place, ignore_errors=True)
