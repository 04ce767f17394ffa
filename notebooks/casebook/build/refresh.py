"""Run notebooks afresh and store them so that the same content always gives the same bytes."""

import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from casebook.core.files import write_whole

AT_A_TIME = 2  # kernels: as many as the tests use
# What every lesson begins with: it finds the package one or two folders up, or says what to do.
FIRST_CELL = Path(__file__).with_name("new").joinpath("first_cell.txt").read_text("utf-8").rstrip()
PRESS_FIRST = "**First, and after a restart:** *Run*, *Run All Cells*."
LONGEST = 600  # seconds for a cell, and for a kernel to start
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def fresh(path: Path) -> str:
    """The notebook at ``path``, run in a fresh kernel and written out with nothing in it that
    varies.

    Raises CellExecutionError if a cell does.
    """
    notebook = nbformat.read(path, as_version=4)
    begin(notebook)
    with tempfile.TemporaryDirectory() as work:
        environment = {k: v for k, v in os.environ.items() if k != "CASEBOOK_TEXTS"}
        environment |= {"CASEBOOK_WORK": work, "PYTHONHASHSEED": "0"}
        client = NotebookClient(
            notebook,
            timeout=LONGEST,
            startup_timeout=LONGEST,
            kernel_name="python3",
            record_timing=False,
            store_widget_state=False,
            resources={"metadata": {"path": str(path.parent)}},
        )
        client.execute(env=environment, stderr=subprocess.DEVNULL)  # the kernel's own remarks
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        cell.metadata.pop("trusted", None)
        if cell.cell_type == "code":
            fold(cell)
    text = (
        nbformat.writes(notebook, version=4, sort_keys=True, indent=1, ensure_ascii=False).rstrip(
            "\n"
        )
        + "\n"
    )
    return renumber(text)


def begin(notebook: nbformat.NotebookNode) -> None:
    """Write how a lesson begins anew: what to press first, which is for notebooks alone, and the
    first cell. Both are the same everywhere.
    """
    code = (n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    first = next(code, None)
    if first is None or "from casebook import *" not in notebook.cells[first].source:
        return
    notebook.cells[first].source = FIRST_CELL
    told = [c for c in notebook.cells[:first] if "notebook-only" in c.metadata.get("tags", [])]
    if not told:
        told = [nbformat.v4.new_markdown_cell(id="run-first", metadata={"tags": ["notebook-only"]})]
        notebook.cells.insert(first, told[0])
    if told[0].id == "run-first":
        told[0].source = PRESS_FIRST


def fold(cell: nbformat.NotebookNode) -> None:
    """Fold the source of a cell that nobody needs to read: the Code track's alone stays open."""
    if "code-track" in cell.metadata.get("tags", []):
        cell.metadata.pop("jupyter", None)
    else:
        cell.metadata["jupyter"] = {"source_hidden": True}


def _last_line(error: Exception) -> str:
    """The last line of an error's text, without the colours of a terminal."""
    return re.sub(r"\x1b\[[0-9;]*m", "", str(error)).strip().splitlines()[-1]


def renumber(text: str) -> str:
    """Widget model ids, random at each run, as 32-digit numbers in the order of their first use."""
    seen: dict[str, str] = {}

    def number(match):
        return f'"model_id": "{seen.setdefault(match[1], f"{len(seen) + 1:032x}")}"'

    return re.sub(r'"model_id": "([0-9a-f]{32})"', number, text)


def choose(folder: Path, names: list[str]) -> list[Path]:
    """The notebooks that ``names`` mean (01, 01-three-reports or the file's name); all if there are
    none.
    """
    every = sorted(p for p in folder.glob("*.ipynb") if not p.name.startswith("."))
    if not names:
        return every
    chosen = []
    for name in names:
        found = [p for p in every if p.stem == Path(name).stem or p.stem.split("-")[0] == name]
        if not found:
            raise SystemExit(
                f"There is no notebook {name!r}. There are: {', '.join(p.stem for p in every)}."
            )
        chosen += found
    return chosen


def fresh_or_stopped(path: Path) -> tuple[str, str]:
    """(what ``fresh`` gives, "") or, where a cell stops, ("", why)."""
    try:
        return fresh(path), ""
    except CellExecutionError as error:
        return "", _last_line(error)


def refresh(folder: Path, names: list[str], check: bool = False) -> int:
    """Refresh the notebooks, some at a time; with ``check`` change nothing. Returns 1 if one
    differs (check) or fails, else 0.
    """
    differ, failed = [], []
    chosen = choose(folder, names)
    # Closed, so that those not yet begun are left out when somebody presses Ctrl+C.
    with (
        ThreadPoolExecutor(AT_A_TIME) as pool,
        closing(pool.map(fresh_or_stopped, chosen)) as runs,
    ):
        for path in chosen:
            print(f"{path.name} …", end=" ", flush=True)
            text, stopped = next(runs)
            if stopped:
                failed.append(path.name)
                print(f"stopped: {stopped}")
            elif path.read_bytes() == text.encode("utf-8"):
                print("as stored")
            elif check:
                differ.append(path.name)
                print("DIFFERS")
            else:
                write_whole(path, text.encode("utf-8"))
                print("stored afresh")
    if differ:
        print(
            f"Not what a fresh run gives: {', '.join(differ)}. `python start.py refresh` stores"
            " them afresh."
        )
    if failed:
        print(f"Stopped by an error: {', '.join(failed)}.", file=sys.stderr)
    return 1 if differ or failed else 0
