"""The figures to reach, measured: `python tests/benchmark.py` prints a line for each, `name: value (target)`.

No test asserts a time. Caches are warm: everything is downloaded once before the clock runs, so the figures say what
this project's code costs, not what the network does. Each time is the median of a few runs, ours and the yardstick
in turn.
"""
import importlib.util
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3


def load_start():
    """start.py as a module."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


START = load_start()
BASE = getattr(sys, "_base_executable", None) or sys.executable  # a Python outside every venv, as a learner's is


def seconds(*commands, cwd=ROOT):
    """How long these commands take, one after the other."""
    began = time.perf_counter()
    for command in commands:
        subprocess.run([str(part) for part in command], cwd=cwd, env=START.child_env(), check=True,
                       capture_output=True)
    return time.perf_counter() - began


def copy_project(folder):
    """A copy of what a set-up needs, without a .venv."""
    folder.mkdir(parents=True)
    for name in ("start.py", START.LEARN, START.TEST):
        shutil.copy(ROOT / name, folder)
    return folder


def set_up_figures():
    """First set-up against venv and uv alone, and the second start."""
    first, yardstick, second = [], [], []
    with tempfile.TemporaryDirectory() as temporary:
        for run in range(RUNS + 1):
            folder = copy_project(Path(temporary, f"ours {run}"))
            first.append(seconds([BASE, "start.py", "setup"], cwd=folder))
            second += [seconds([BASE, "start.py", "setup"], cwd=folder) for _ in range(3)]
            shutil.rmtree(folder)

            plain = Path(temporary, f"plain {run}")
            python = plain / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
            yardstick.append(seconds(
                [BASE, "-m", "venv", plain],
                [sys.executable, "-m", "uv", "pip", "install", "--python", python, "--compile-bytecode",
                 "--require-hashes", "-r", START.LEARN]))
            shutil.rmtree(plain)
    ours, theirs = statistics.median(first[1:]), statistics.median(yardstick[1:])  # the first round warms the caches
    return [
        ("first set-up", f"{ours / theirs:.2f} x venv + uv pip install ({ours:.1f} s against {theirs:.1f} s)",
         "at most 1.3 x"),
        ("second start before Jupyter", f"{statistics.median(second):.3f} s", "under 1 s"),
    ]


YARDSTICK = "import pandas, matplotlib.pyplot, ipywidgets"


def run_in_kernel(cells, folder):
    """Seconds from starting a kernel to the end of the last cell, and the kernel's memory then (resident, in MB)."""
    import psutil
    from nbclient import NotebookClient
    from nbformat.v4 import new_code_cell, new_notebook

    client = NotebookClient(new_notebook(cells=[new_code_cell(c) for c in cells]), kernel_name="python3", timeout=120,
                            resources={"metadata": {"path": str(folder)}})
    began = time.perf_counter()
    with client.setup_kernel(env=START.child_env(), stderr=subprocess.DEVNULL):
        for number, cell in enumerate(client.nb.cells):
            client.execute_cell(cell, number)
        took = time.perf_counter() - began
        memory = psutil.Process(client.km.provisioner.pid).memory_info().rss / 1e6
    return took, memory


def notebook_figures():
    """Each notebook from fresh kernel to last cell, and its memory, against a kernel that only imports the libraries."""
    import json

    folder, rows = ROOT / "notebooks", []
    for path in sorted(folder.glob("*.ipynb")):
        cells = ["".join(c["source"]) for c in json.loads(path.read_text("utf-8"))["cells"] if c["cell_type"] == "code"]
        ours, plain = [], []
        for _ in range(RUNS + 1):
            ours.append(run_in_kernel(cells, folder))
            plain.append(run_in_kernel([YARDSTICK], folder))
        time_ours, time_plain = (statistics.median(t for t, _ in runs[1:]) for runs in (ours, plain))
        memory_ours, memory_plain = (statistics.median(m for _, m in runs[1:]) for runs in (ours, plain))
        rows += [
            (f"{path.stem}, fresh kernel to last cell",
             f"{time_ours / time_plain:.2f} x kernel start and imports ({time_ours:.2f} s against {time_plain:.2f} s)", "at most 1.5 x"),
            (f"{path.stem}, kernel memory after Run All",
             f"{memory_ours / memory_plain:.2f} x that after imports ({memory_ours:.0f} MB against {memory_plain:.0f} MB)", "at most 1.3 x"),
        ]
    return rows


FIGURES = [set_up_figures, notebook_figures]  # each returns rows of (name, value, target)


def main():
    """Print every figure. Runs itself in .venv, where uv and the notebooks' packages are."""
    if Path(sys.prefix) != START.venv():
        START.set_up(START.TEST)
        return subprocess.call([START.venv_python(), __file__], env=START.child_env())
    for figures in FIGURES:
        for name, value, target in figures():
            print(f"{name}: {value} ({target})", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
