"""What the exhibits and panels of each lesson say, one file a lesson in tests/wording.

``pytest tests/test_wording.py --rewrite-wording`` writes the files anew; their diff is English.
"""

import ast
import json
from pathlib import Path

import pytest

import casebook
from casebook.figure.exhibit import Exhibit
from casebook.panel.explore import DeclaredPanel
from casebook.panel.panel import Panel
from helpers import HOUSE, notebooks

STORED = HOUSE / "tests" / "wording"
PARTS = ("title", "subtitle", "description", "source")
MOST = 15  # states of a panel that are all written down
# Their words stand in the seeds or the prose, and a diff shows them there.
ELSEWHERE = {
    "addresses_in",
    "check_out",
    "exercise",
    "extract",
    "glossary",
    "look_up",
    "predict",
}


def stored(path: Path) -> Path:
    """The file that holds the wording of a notebook: 05.txt of a lesson."""
    return STORED / f"{path.stem[:2] if path.stem[0].isdigit() else path.stem}.txt"


def shown(path: Path, tables) -> list[tuple[str, object]]:
    """(the code, what it shows) of each cell of the Read track of a notebook, none kept answers."""
    scope = {name: getattr(casebook, name) for name in casebook.__all__} | {"tables": tables}
    found = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] != "code" or "code-track" in cell["metadata"].get("tags", []):
            continue
        code = "".join(cell["source"])
        *before, last = ast.parse(code).body
        exec(compile(ast.Module(before, []), path.name, "exec"), scope)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), path.name, "eval"), scope)
            found.append((code, value))
        else:
            exec(compile(ast.Module([last], []), path.name, "exec"), scope)
    return found


def in_words(value: object) -> str:
    """An exhibit's title, subtitle, description and source; a panel's question and first line,
    and what it says in its other states, where those are few. "" for anything else.
    """
    if isinstance(value, Exhibit):
        parts = ("title", "subtitle", "description", "source")
        return "\n".join(
            f"{part}: {getattr(value, part)}" for part in parts if getattr(value, part)
        )
    if not isinstance(value, Panel):
        return ""
    lines = [f"panel: {value.stored()[0]}"]
    states = list(value.states() or []) if isinstance(value, DeclaredPanel) else []
    if len(states) <= MOST:
        lines += [f"- {_of_state(value, state)}: {value.state(state)[1]}" for state in states]
    return "\n".join(lines)


def _of_state(panel: DeclaredPanel, values: dict) -> str:
    return ", ".join(panel.declared[name].words(values) for name in values)


def wording(path: Path, tables) -> str:
    """All that a notebook's exhibits and panels say."""
    parts = [
        f"{code}\n{words}"
        for code, value in shown(path, tables)
        if code.split("(")[0] not in ELSEWHERE and (words := in_words(value))
    ]
    return "\n\n".join(parts) + "\n"


@pytest.mark.parametrize("path", notebooks(), ids=lambda p: p.stem)
def test_exhibits_say_what_was_read_and_stored(path, tables, request, monkeypatch):
    monkeypatch.delenv("CASEBOOK_TEXTS", raising=False)
    words, file = wording(path, tables), stored(path)
    if request.config.getoption("rewrite_wording"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(words, encoding="utf-8", newline="\n")
    else:
        assert words == file.read_text(encoding="utf-8"), "right? then --rewrite-wording"


def test_no_wording_is_left_of_a_lesson_that_went():
    assert {p.name for p in STORED.iterdir()} == {stored(p).name for p in notebooks()}
