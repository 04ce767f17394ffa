"""Rows that a sort finds alike stay in their order: numpy picks its sort by the processor, so an
unstable one shows other rows on another machine.
"""

import ast
import json
import sys

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from casebook.core.tables import Tables
from helpers import HOUSE, lessons

PACKAGE = HOUSE / "notebooks" / "casebook"


def unstable_calls(source: str) -> list[str]:
    """The calls of ``sort_values`` and ``argsort`` that leave open what becomes of ties."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    return [
        ast.unparse(call)
        for call in calls
        if getattr(call.func, "attr", "") in ("sort_values", "argsort")
        and not any(k.arg == "kind" and ast.unparse(k.value) == "'stable'" for k in call.keywords)
    ]


def unsorted_indexes(source: str) -> list[str]:
    """The calls that index rows by several columns and leave them in the order of the file, which
    pandas looks up slowly and, in some versions, with a warning on the page.
    """
    nodes = list(ast.walk(ast.parse(source)))
    sorted_at_once = {id(node.func.value) for node in nodes if _asks(node, "sort_index")}
    return [
        ast.unparse(node)
        for node in nodes
        if _asks(node, "set_index")
        and isinstance(node.args[0], ast.List)
        and id(node) not in sorted_at_once
    ]


def _asks(node: ast.AST, method: str) -> bool:
    """Whether this is a call of the method."""
    return isinstance(node, ast.Call) and getattr(node.func, "attr", "") == method


def test_it_sees_an_unsorted_index():
    assert unsorted_indexes("t.set_index(['a', 'b'])['c']") == ["t.set_index(['a', 'b'])"]
    assert unsorted_indexes("t.set_index(['a', 'b']).sort_index()['c']; t.set_index('a')") == []


def test_every_index_of_several_columns_is_sorted():
    sources = {path: path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}
    assert sum("set_index([" in source for source in sources.values()) >= 3
    assert [call for source in sources.values() for call in unsorted_indexes(source)] == []


def test_it_sees_an_unstable_call():
    assert unstable_calls("t.sort_values('day')") == ["t.sort_values('day')"]
    assert unstable_calls("t.sort_values('day', kind='stable')") == []


def test_every_sort_of_the_package_is_stable():
    found = {
        str(path.relative_to(PACKAGE)): unstable_calls(path.read_text(encoding="utf-8"))
        for path in PACKAGE.rglob("*.py")
    }
    assert len(found) > 150
    assert {path: calls for path, calls in found.items() if calls} == {}


@pytest.fixture
def ties(monkeypatch) -> list:
    """The unstable sorts, by people's code, of rows that are alike where they are compared."""
    found = []
    sort = pd.DataFrame.sort_values

    def sort_values(frame, by, *rest, kind="quicksort", **named):
        columns = [by] if isinstance(by, str) else list(by)
        asked_by = sys._getframe(1).f_globals.get("__name__")
        # Of several columns pandas sorts stably, whatever kind says.
        if kind != "stable" and len(columns) == 1 and asked_by == "learner":
            found.extend(columns * bool(frame[columns].duplicated().any()))
        return sort(frame, by, *rest, kind=kind, **named)

    monkeypatch.setattr(pd.DataFrame, "sort_values", sort_values)
    return found


def run(*sources: str) -> None:
    """Run code as a learner's, in one space."""
    space = {"__name__": "learner", "tables": Tables(), "pd": pd, "plt": plt}
    exec("from casebook import *", space)
    for source in sources:
        exec(source, space)
    plt.close("all")


def test_a_tie_is_noticed(ties):
    run("tables.claims.sort_values('source_id')")
    run("tables.claims.sort_values('source_id', kind='stable').sort_values('claim_id')")
    assert ties == ["source_id"]


@pytest.mark.parametrize("notebook", lessons(), ids=lambda path: path.stem[:2])
def test_no_cell_of_the_code_track_sorts_ties_by_chance(notebook, ties):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    run(*("".join(c["source"]) for c in cells if "code-track" in c["metadata"].get("tags", [])))
    assert ties == []


@pytest.mark.parametrize("notebook", lessons(), ids=lambda path: path.stem[:2])
def test_no_solution_sorts_ties_by_chance(notebook, ties, tables):
    tasks = [t for t in tables.read_json("code") if t["code_id"].startswith(notebook.stem[:2])]
    assert len(tasks) == 3
    for task in tasks:
        run(task["solution"])
    assert ties == []
