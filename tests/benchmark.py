"""The figures to reach, measured: `python tests/benchmark.py` prints a line for each, `name: value
(target)`.

No test asserts a time. Caches are warm: everything is downloaded once before the clock runs, so the
figures say what this project's code costs, not what the network does. Each time is the median of a
few runs, ours and the yardstick in turn.
"""

import importlib.util
import json
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
BASE = (
    getattr(sys, "_base_executable", None) or sys.executable
)  # a Python outside every venv, as a learner's is


def seconds(*commands, cwd=ROOT):
    """How long these commands take, one after the other."""
    began = time.perf_counter()
    for command in commands:
        subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=START.child_env(),
            check=True,
            capture_output=True,
        )
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
            yardstick.append(
                seconds(
                    [BASE, "-m", "venv", plain],
                    [
                        sys.executable,
                        "-m",
                        "uv",
                        "pip",
                        "install",
                        "--python",
                        python,
                        "--compile-bytecode",
                        "--require-hashes",
                        "-r",
                        START.LEARN,
                    ],
                )
            )
            shutil.rmtree(plain)
    ours, theirs = (
        statistics.median(first[1:]),
        statistics.median(yardstick[1:]),
    )  # the first round warms the caches
    return [
        (
            "first set-up",
            f"{ours / theirs:.2f} x venv + uv pip install ({ours:.1f} s against {theirs:.1f} s)",
            "at most 1.3 x",
        ),
        ("second start before Jupyter", f"{statistics.median(second):.3f} s", "under 1 s"),
    ]


YARDSTICK = "import pandas, matplotlib.pyplot, ipywidgets"


def run_in_kernel(cells, folder):
    """Seconds from starting a kernel to the end of the last cell, and the kernel's memory then
    (resident, in MB).
    """
    import psutil
    from nbclient import NotebookClient
    from nbformat.v4 import new_code_cell, new_notebook

    client = NotebookClient(
        new_notebook(cells=[new_code_cell(c) for c in cells]),
        kernel_name="python3",
        timeout=120,
        resources={"metadata": {"path": str(folder)}},
    )
    began = time.perf_counter()
    with client.setup_kernel(env=START.child_env(), stderr=subprocess.DEVNULL):
        for number, cell in enumerate(client.nb.cells):
            client.execute_cell(cell, number)
        took = time.perf_counter() - began
        memory = psutil.Process(client.km.provisioner.pid).memory_info().rss / 1e6
    return took, memory


def notebook_figures():
    """Each notebook from fresh kernel to last cell, and its memory, against a kernel that only
    imports the libraries.
    """
    import json

    folder, rows = ROOT / "notebooks", []
    for path in sorted(folder.glob("*.ipynb")):
        cells = [
            "".join(c["source"])
            for c in json.loads(path.read_text("utf-8"))["cells"]
            if c["cell_type"] == "code"
        ]
        ours, plain = [], []
        for _ in range(RUNS + 1):
            ours.append(run_in_kernel(cells, folder))
            plain.append(run_in_kernel([YARDSTICK], folder))
        time_ours, time_plain = (
            statistics.median(t for t, _ in runs[1:]) for runs in (ours, plain)
        )
        memory_ours, memory_plain = (
            statistics.median(m for _, m in runs[1:]) for runs in (ours, plain)
        )
        rows += [
            (
                f"{path.stem}, fresh kernel to last cell",
                (
                    f"{time_ours / time_plain:.2f} x kernel start and imports ({time_ours:.2f} s"
                    f" against {time_plain:.2f} s)"
                ),
                "at most 1.5 x",
            ),
            (
                f"{path.stem}, kernel memory after Run All",
                (
                    f"{memory_ours / memory_plain:.2f} x that after imports ({memory_ours:.0f} MB"
                    f" against {memory_plain:.0f} MB)"
                ),
                "at most 1.3 x",
            ),
        ]
    return rows


def synthetic_seeds(folder, documents):
    """seeds/ with this many documents: copies of S0's record under other names, everything else as
    it is.
    """
    shutil.copytree(ROOT / "seeds", folder)
    record = (folder / "corpus" / "records" / "S0.yaml").read_text("utf-8")
    for path in (folder / "corpus" / "records").glob("*.yaml"):
        if path.stem not in ("S0", "S1", "S2", "S3", "S4"):
            path.unlink()
    for number in range(100, 100 + documents - 5):
        text = (
            record.replace("S0-", f"S{number}-")
            .replace("source_id: S0", f"source_id: S{number}")
            .replace("coded: twice", "coded: once")
        )
        (folder / "corpus" / "records" / f"S{number}.yaml").write_text(text, "utf-8")
    return folder


def write_tables(seeds, folder):
    """The tables of data/, without exercises and texts."""
    from casebook.build import write
    from casebook.build.tables import table_rows
    from casebook.records import registry

    folder.mkdir()
    for table in registry.tables().values():
        content = write.as_csv(table, table_rows(table, seeds))
        (folder / f"{table.name}.csv").write_bytes(content)
    (folder / "datapackage.json").write_text(json.dumps(write.datapackage()), "utf-8")


def build_figures():
    """The build of the five, of larger corpora, and the as-of view over ten thousand claims."""
    sys.path.insert(0, str(ROOT / "notebooks"))
    from casebook.build.seeds import read_seeds
    from casebook.core.tables import Tables

    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        five = [
            seconds([sys.executable, "-m", "casebook", "build"], cwd=ROOT / "notebooks")
            for _ in range(RUNS)
        ]
        rows.append(
            (
                "build of the five documents, as a command",
                f"{statistics.median(five):.2f} s",
                "under 2 s",
            )
        )
        for documents in (20, 200, 2000):
            seeds = synthetic_seeds(folder / f"seeds {documents}", documents)
            began = time.perf_counter()
            # The tables alone: so many copies change the answers that exercises explain.
            built = read_seeds(seeds)
            write_tables(built, folder / f"data {documents}")
            took = time.perf_counter() - began
            claims = sum(len(r.claims) for r in built.records)
            rows.append(
                (
                    f"build of {documents} documents, {claims:,} claims",
                    f"{took:.1f} s, {1000 * took / claims:.2f} ms a claim",
                    "linear, at most 2 ms a claim",
                )
            )
        tables = Tables(folder / "data 200")
        tables.claims = tables.claims.sample(10_000, replace=True, random_state=1).reset_index(
            drop=True
        )
        times = []
        for day in ("2022-08-20", "2023-01-01", "2024-07-01", "2025-06-01", "2026-02-01"):
            assert len(tables.sources)  # read before the clock runs, as in a lesson
            began = time.perf_counter()
            assert len(tables.as_of(day).claims)
            times.append(time.perf_counter() - began)
        rows.append(
            ("as_of over 10,000 claims", f"{1000 * statistics.median(times):.1f} ms", "under 50 ms")
        )
    return rows


def alignment_figures():
    """Aligning two texts of 2,000 words: one word in ten changed, one in twenty dropped; and two
    unrelated ones.
    """
    import random

    sys.path.insert(0, str(ROOT / "notebooks"))
    from casebook.subjects.wording.methods.alignment import align

    rng, rows = random.Random(1), []
    vocabulary, weights = (
        [f"w{i}" for i in range(400)],
        [1 / (i + 1) for i in range(400)],
    )  # as uneven as in language
    near, far = [], []
    for _ in range(2 * RUNS):
        one = rng.choices(vocabulary, weights, k=2000)
        other = [
            w if rng.random() > 0.1 else rng.choice(vocabulary) for w in one if rng.random() > 0.05
        ]
        for times, variant in ((near, other), (far, rng.choices(vocabulary, weights, k=2000))):
            began = time.perf_counter()
            align(" ".join(one), " ".join(variant))
            times.append(time.perf_counter() - began)
    for name, times in (("a variant", near), ("an unrelated text", far)):
        rows.append(
            (
                f"aligning 2,000 words with {name}",
                f"{1000 * statistics.median(times):.0f} ms",
                "under 100 ms",
            )
        )
    return rows


def answers_figures():
    """Saving an answer beside 500 that are kept, and pooling the files of 300 learners."""
    sys.path.insert(0, str(ROOT / "notebooks"))
    from casebook.answers import Entry, Work
    from casebook.answers.pool import pool
    from casebook.classroom.synthetic import synthetic_files
    from casebook.classroom.work import allowed_answers, coding_key
    from casebook.core.tables import Tables

    at, saving, pooling = "2026-01-31T12:00:00Z", [], []
    tables = Tables()
    allowed = allowed_answers(tables)
    with tempfile.TemporaryDirectory() as temporary:
        work = Work(Path(temporary, "work"))
        work.add(
            {
                ("exercise", f"01-e{n}"): Entry({"T06": "supported", "T14": "open"}, at)
                for n in range(500)
            }
        )
        for n in range(50):
            began = time.perf_counter()
            work.keep("exercise", "01-e7", n)
            saving.append(time.perf_counter() - began)
        folder = Path(temporary, "class")
        folder.mkdir()
        for name, raw in synthetic_files(tables, allowed, coding_key(tables), learners=300):
            (folder / name).write_bytes(raw)
        for _ in range(RUNS):
            began = time.perf_counter()
            pooled = pool(folder, allowed)
            pooling.append(time.perf_counter() - began)
    answers = sum(
        len(part)
        for part in (pooled.exercises, pooled.forecasts, pooled.judgements, pooled.codings)
    )
    return [
        (
            "saving an answer beside 500 that are kept",
            f"{1000 * statistics.median(saving):.1f} ms, at most {1000 * max(saving):.1f} ms",
            "under 20 ms",
        ),
        (
            f"pooling 300 files, {answers:,} answers",
            f"{statistics.median(pooling):.2f} s",
            "under 5 s",
        ),
    ]


def scale_figures():
    """200 bootstraps of a Bradley-Terry scale of 20 phrases from 2,000 judgements of 25 judges; and
    what choix costs to load.
    """
    import random
    from math import exp

    sys.path.insert(0, str(ROOT / "notebooks"))
    import pandas as pd

    from casebook.subjects.commitment.methods import pairs, scale

    items, rng, rows = [f"P{n:02d}" for n in range(1, 21)], random.Random(1), []
    true = {item: rng.gauss(0, 1) for item in items}
    for n in range(2000):
        a, b = rng.sample(items, 2)
        rows.append(
            (f"judge {n % 25}", a, b, a if rng.random() < 1 / (1 + exp(true[b] - true[a])) else b)
        )
    judgements = pd.DataFrame(rows, columns=["judge", "first", "second", "chosen"])
    load = [
        seconds([sys.executable, "-c", "import choix"])
        - seconds([sys.executable, "-c", "import numpy"])
        for _ in range(RUNS)
    ]
    found = [
        (
            "loading choix, when a scale is first fitted",
            f"{statistics.median(load):.2f} s",
            "no target; not at import",
        )
    ]
    scale.fit(pairs.wins(judgements, items))  # choix is loaded before the clock runs
    for over in ("judgements", "judges"):
        times = []
        for _ in range(RUNS):
            began = time.perf_counter()
            scale.scale(judgements, items, over, times=200)
            times.append(time.perf_counter() - began)
        found.append(
            (
                f"Bradley-Terry scale, 20 phrases, 2,000 judgements, 200 bootstraps over {over}",
                f"{statistics.median(times):.2f} s",
                "under 3 s",
            )
        )
    return found


def browser_figures():
    """Widgets under the hand, a hundred times the data, ten learners at once: in a real browser,
    side by side in one run.
    """
    sys.path[:0] = [str(ROOT / "notebooks"), str(ROOT / "tests")]
    from browser.hand import crowd_figures, hand_figures

    return [*hand_figures(), *crowd_figures()]


def edition_figures():
    """The pages of the edition: build, size, first text, under the hand, memory."""
    sys.path[:0] = [str(ROOT / "notebooks"), str(ROOT / "tests")]
    from browser.pages import page_figures

    return page_figures()


# Each returns rows of (name, value, target).
FIGURES = [
    set_up_figures,
    notebook_figures,
    build_figures,
    alignment_figures,
    answers_figures,
    scale_figures,
    browser_figures,
    edition_figures,
]


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
