"""A notebook, read as it is stored, and the panels that its cells show, made in this process."""

import ast
import io
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from casebook.panel.panel import Panel

HIDDEN = "CASEBOOK_WORK", "CASEBOOK_TEXTS"  # what a page shows hangs on nobody's own files


class Block(NamedTuple):
    """A piece of a page: ``kind`` is 'prose' (Markdown), 'code', 'output' (HTML), 'plain' (text
    that a cell printed) or 'panel'; ``cell`` is the place of its cell in the notebook.
    """

    kind: str
    text: str = ""
    panel: Panel | None = None
    cell: int = 0


@contextmanager
def nobodys_work() -> Iterator[None]:
    """Inside, the learner's folder is an empty one, and nobody has the articles' texts."""
    before = {name: os.environ.pop(name, None) for name in HIDDEN}
    with tempfile.TemporaryDirectory() as work:
        os.environ["CASEBOOK_WORK"] = work
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value


def blocks(path: Path) -> Iterator[Block]:
    """The pieces of a notebook's page, in their order. Cells of the Code track are shown as they
    are stored; of the others the panels are made anew. What tells how a notebook is worked with
    (tag notebook-only) is no piece of a page.
    """
    space: dict = {}
    for place, cell in enumerate(cells_of(path)):
        if "notebook-only" in cell["metadata"].get("tags", []):
            continue
        for block in _blocks_of(cell, space, path.name):
            yield block._replace(cell=place)


def cells_of(path: Path) -> list[dict]:
    """The cells of a notebook as they are stored."""
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def for_steps(path: Path) -> list[dict]:
    """The cells as the steps on the projector are told from them: type, source, tags, and whether
    they show anything.
    """
    return [
        {
            "type": cell["cell_type"],
            "source": "".join(cell["source"]),
            "tags": cell["metadata"].get("tags", []),
            "shows": bool(cell.get("outputs")),
        }
        for cell in cells_of(path)
    ]


def _blocks_of(cell: dict, space: dict, name: str) -> Iterator[Block]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield Block("prose", source)
    elif "code-track" in cell["metadata"].get("tags", []):
        yield Block("code", source)
        yield from _stored(cell)
    else:
        panels = panels_in(_result(source, space, name))
        yield from (Block("panel", panel=panel) for panel in panels)
        if not panels:
            yield from _stored(cell)


def _result(source: str, space: dict, name: str) -> object:
    """What a cell's last line gives, its lines run in ``space``."""
    *before, last = ast.parse(source).body
    if not isinstance(last, ast.Expr):
        before, last = [*before, last], None
    with redirect_stdout(io.StringIO()):  # what was printed is stored
        exec(compile(ast.Module(before, []), name, "exec"), space)
        return last and eval(compile(ast.Expression(last.value), name, "eval"), space)


def panels_in(shown: object) -> list[Panel]:
    """The panels in what a cell shows, in their order."""
    if isinstance(shown, Panel):
        return [shown]
    return [found for child in getattr(shown, "children", ()) for found in panels_in(child)]


def _stored(cell: dict) -> Iterator[Block]:
    """What a cell showed when it was stored."""
    for output in cell["outputs"]:
        data = output.get("data", {"text/plain": output.get("text", "")})
        if "text/html" in data:
            yield Block("output", "".join(data["text/html"]))
        else:
            yield Block("plain", "".join(data["text/plain"]))
