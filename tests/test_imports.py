"""Who may import whom: the rooms of casebook, the order inside a subject, the names that cross from
one subject into another, and what a lesson needs.
"""

import ast
import sys

import pytest

from helpers import HOUSE

PACKAGE = HOUSE / "notebooks" / "casebook"
MAY_IMPORT = {
    "core": set(),
    "figure": {"core"},
    "answers": {"core"},
    "panel": {"core", "figure", "answers"},
    "records": {"core"},
    "subjects": {"core", "figure", "answers", "panel", "records", "build"},
    "exercises": {"core", "figure", "answers", "panel", "subjects"},
    "classroom": {"core", "figure", "answers", "panel", "subjects", "exercises"},
    "build": {"core", "records", "subjects", "exercises"},
    "kit": {"core", "figure", "subjects", "exercises"},
    "edition": {"core", "figure", "panel", "exercises"},
    "__init__": {"core"},
    "__main__": {"core", "records", "exercises", "build", "kit", "edition"},
}
# Inside a subject each imports only what stands before it, and of the other rooms what is said
# here.
LAYERS = {
    "schema": {"records"},
    "rows": {"core", "records"},
    "checks": {"core", "records"},
    "methods": {"core"},
    "charts": {"core", "figure"},
    "widgets": {"core", "figure", "answers", "panel"},
}
BEFORE = {
    "schema": {"methods"},
    "rows": {"schema", "methods"},
    "checks": {"schema", "rows", "methods"},
    "methods": {"methods"},
    "charts": {"methods", "charts"},
    "widgets": {"methods", "charts", "widgets"},
}
# (from, into): the names that one subject may take from another.
CROSSING = {
    ("messages", "commitment"): {"LANES", "SIDES"},
    ("reports", "wording"): {"reports"},
    ("arc", "coding"): {"arc"},
    ("reports", "coding"): {"coverage", "voices"},
}
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
A_BROWSER_HAS = {"js", "pyodide_js", "pyodide_kernel"}  # and nothing else: core/platform.py
HOUSE_ONLY = {"packaging", "pydantic", "yaml", "nbformat", "nbclient", "mistune", "bleach"}
KIT_ONLY = {"docx", "playwright", "pypdfium2"}  # of the lock of the tests: pupils never need them
BUILD_SIDE = {"schema", "rows", "checks"}


def files():
    return sorted(PACKAGE.rglob("*.py"))


def parts_of(path) -> tuple[str, ...]:
    """('subjects', 'council', 'charts', 'votes') for subjects/council/charts/votes.py."""
    return path.relative_to(PACKAGE).with_suffix("").parts


def nodes(tree):
    """Every node of a file, but for what only a type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if not (isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING"):
            yield node
            yield from nodes(node)


def imported(path):
    """(module, name) of every import in a file, those inside functions included."""
    for node in nodes(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.module, alias.name) for alias in node.names)


def of_ours(path):
    """(parts after casebook, name) of a file's imports of casebook."""
    for module, name in imported(path):
        parts = tuple(module.split("."))
        if parts[0] == "casebook":
            yield (parts[1:], name) if len(parts) > 1 else ((name,), "")


each = pytest.mark.parametrize("path", files(), ids=lambda p: "/".join(parts_of(p)))
of_a_subject = pytest.mark.parametrize(
    "path",
    [p for p in files() if parts_of(p)[0] == "subjects" and len(parts_of(p)) > 2],
    ids=lambda p: "/".join(parts_of(p)[1:]),
)


def test_every_room_is_in_the_graph():
    assert {parts_of(path)[0] for path in files()} == set(MAY_IMPORT)


@each
def test_a_room_imports_only_what_it_may(path):
    here = parts_of(path)[0]
    rooms = {parts[0] for parts, _ in of_ours(path) if parts[0] in MAY_IMPORT} - {here}
    assert rooms <= MAY_IMPORT[here]


def test_the_rooms_have_no_circle():
    order, left = [], dict(MAY_IMPORT)
    while left:
        free = [name for name, needs in left.items() if needs - {"build"} <= set(order)]
        assert free, f"a circle among {sorted(left)}"
        order += free
        for name in free:
            del left[name]


@of_a_subject
def test_inside_a_subject_the_order_holds(path):
    _, subject, layer, *_ = parts_of(path)
    if layer == "__init__":
        return
    for parts, _ in of_ours(path):
        if parts[0] != "subjects":
            assert parts[0] in LAYERS[layer] or is_late(path, parts)
        elif parts[1] == subject and parts[2:]:
            assert parts[2] in BEFORE[layer]


def is_late(path, parts) -> bool:
    """Whether lesson 10's form imports this, inside functions: only once somebody writes in it."""
    if parts[0] not in ("records", "build") or not path.name.startswith("record"):
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(n) for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)}
    late = [
        id(node) in inside
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module.startswith(f"casebook.{parts[0]}")
    ]
    return all(late)


@of_a_subject
def test_only_listed_names_cross_from_one_subject_into_another(path):
    subject = parts_of(path)[1]
    for parts, name in of_ours(path):
        if parts[0] == "subjects" and parts[1] != subject:
            assert name in CROSSING.get((parts[1], subject), ()), f"{name} of {parts[1]}"


def test_few_names_cross():
    assert sum(map(len, CROSSING.values())) <= 6


@each
def test_lessons_need_only_what_a_browser_kernel_has(path):
    packages = {module.split(".")[0] for module, _ in imported(path)}
    foreign = packages - set(sys.stdlib_module_names) - {"casebook"}
    parts = parts_of(path)
    rooms = {"records", "build", "edition", "kit", "__main__"}
    allowed = set(LESSONS_MAY_NEED)
    if parts[0] in rooms or BUILD_SIDE & set(parts):
        allowed |= HOUSE_ONLY
    if parts[0] == "kit":
        allowed |= KIT_ONLY
    if parts == ("core", "platform"):
        allowed |= A_BROWSER_HAS
    assert foreign <= allowed


def test_every_word_of_the_lessons_has_one_home():
    homes = {}
    for path in files():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__":
                for word in ast.literal_eval(node.value):
                    homes.setdefault(word, []).append("/".join(parts_of(path)))
    lessons = {word: found for word, found in homes.items() if len(found) > 1}
    assert not {w: f for w, f in lessons.items() if sum("subjects" in home for home in f) > 1}
