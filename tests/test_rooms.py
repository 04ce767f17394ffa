"""The import graph of casebook: what stands right of an arrow imports what stands left of it; none
runs back.
"""

import ast
import sys

import pytest

from helpers import HOUSE

PACKAGE = HOUSE / "notebooks" / "casebook"
# widgets may use records and build in one widget, lesson 10's form, and only once somebody writes
# in it: see the test below. build computes the agreement of the codings, so it may use methods; it
# asks the finished tables what the exercises ask them.
MAY_IMPORT = {
    "addresses": set(),
    "numerals": set(),
    "tables": {"addresses"},
    "methods": {"addresses", "tables"},
    "answers": set(),
    "figure": {"numerals", "tables"},
    "texts": set(),
    "pyplot_figures": {"figure"},
    "charts": {"addresses", "tables", "methods", "figure"},
    "exercises": {"addresses", "tables", "methods", "pyplot_figures"},
    "widgets": {
        "addresses",
        "tables",
        "methods",
        "figure",
        "pyplot_figures",
        "charts",
        "exercises",
        "texts",
        "answers",
        "classroom",
        "records",
        "build",
    },
    "classroom": {"addresses", "tables", "methods", "figure", "charts", "exercises", "answers"},
    "handout": {"addresses", "tables", "methods", "figure", "charts", "exercises"},
    "records": {"addresses"},
    "build": {"addresses", "numerals", "records", "subjects", "methods", "tables", "exercises"},
    "subjects": {"addresses", "records", "methods"},
    "__init__": set(),
    "__main__": {"build", "records", "handout", "tables"},
}
# Inside a subject each imports only what stands before it.
IN_A_SUBJECT = ["__init__", "schema", "rows", "checks"]
LESSONS_MAY_NEED = {
    "numpy",
    "pandas",
    "matplotlib",
    "scipy",
    "ipywidgets",
    "anywidget",
    "IPython",
    "krippendorff",
    "choix",
    "filelock",
}  # works in a browser kernel
HOUSE_ONLY = {"pydantic", "yaml", "nbformat", "nbclient"}


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def read(node):
    """Every node of a file but what stands there for its types alone."""
    yield node
    if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
        return
    for part in ast.iter_child_nodes(node):
        yield from read(part)


def imported(path):
    """(package, room or None) of every import in a file, those inside functions included."""
    for node in read(ast.parse(path.read_text(encoding="utf-8"))):
        names = (
            [a.name for a in node.names]
            if isinstance(node, ast.Import)
            else (
                [f"{node.module}.{a.name}" for a in node.names]
                if isinstance(node, ast.ImportFrom)
                else []
            )
        )
        for name in names:
            parts = name.split(".")
            yield parts[0], parts[1] if parts[0] == "casebook" and len(parts) > 1 else None


def files():
    return sorted(p for p in PACKAGE.rglob("*.py"))


def test_every_room_is_in_the_graph():
    assert {room(p) for p in files()} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_arrow_runs_back(path):
    here = room(path)
    rooms = {
        other for package, other in imported(path) if package == "casebook" and other in MAY_IMPORT
    } - {here}
    assert rooms <= MAY_IMPORT[here], f"{here} imports {sorted(rooms - MAY_IMPORT[here])}"


@pytest.mark.parametrize(
    "path", PACKAGE.glob("subjects/*/*.py"), ids=lambda p: str(p.relative_to(PACKAGE))
)
def test_in_a_subject_the_order_holds_and_no_other_subject_is_imported(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        parts = (getattr(node, "module", "") or "").split(".")
        if parts[:2] == ["casebook", "subjects"]:
            assert parts[2] == path.parent.name
            assert IN_A_SUBJECT.index(parts[3]) < IN_A_SUBJECT.index(path.stem)


@pytest.mark.parametrize("path", files(), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_lessons_need_only_what_a_browser_kernel_has(path):
    foreign = (
        {package for package, _ in imported(path)} - set(sys.stdlib_module_names) - {"casebook"}
    )
    allowed = LESSONS_MAY_NEED | (
        HOUSE_ONLY if room(path) in {"records", "build", "subjects", "__main__"} else set()
    )
    assert foreign <= allowed, sorted(foreign - allowed)


def test_one_widget_alone_checks_records_and_only_when_it_is_used():
    users = {}
    for path in files():
        if room(path) == "widgets":
            tree = ast.parse(path.read_text(encoding="utf-8"))
            inside = {
                id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)
            }
            for node in ast.walk(tree):
                if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[:2] in (
                    ["casebook", "records"],
                    ["casebook", "build"],
                ):
                    users.setdefault(path.name, []).append(id(node) in inside)
    form = {"record.py", "record_files.py", "record_views.py"}
    assert set(users) == form
    assert all(all(inside) for inside in users.values())


def test_the_graph_has_no_circle():
    order, left = [], dict(MAY_IMPORT)
    while left:
        free = [name for name, needs in left.items() if needs <= set(order)]
        assert free, f"a circle among {sorted(left)}"
        order += free
        for name in free:
            del left[name]
