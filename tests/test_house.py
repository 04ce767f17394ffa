"""The house rules: format, lint, the workflow, the recipes of CONTRIBUTING.md."""

import ast
import re
import subprocess
import sys
import tomllib

import pytest
import yaml

from helpers import HOUSE
from starting import load_start

WORKFLOW = HOUSE / ".github" / "workflows" / "test.yml"
DOCS = [f"docs/{page.name}" for page in sorted((HOUSE / "docs").glob("*.md"))]
WORKFLOWS = sorted(WORKFLOW.parent.glob("*.yml"))


@pytest.mark.parametrize("check", [["check"], ["format", "--check"]], ids=["lint", "format"])
def test_ruff_finds_nothing(check):
    ruff = [sys.executable, "-m", "ruff", *check, "--no-cache", "--quiet", str(HOUSE)]
    found = subprocess.run(ruff, capture_output=True, text=True)
    assert found.returncode == 0, found.stdout + found.stderr


def public_functions(path):
    """The functions of a module that others may call, those of its classes too."""
    rooms = [ast.parse(path.read_text(encoding="utf-8"))]
    while rooms:
        for node in ast.iter_child_nodes(rooms.pop()):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                rooms.append(node)
            elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield node


def test_no_module_is_longer_than_one_reads_at_once():
    modules = (HOUSE / "notebooks" / "casebook").rglob("*.py")
    lines = {path.name: len(path.read_text("utf-8").splitlines()) for path in modules}
    assert {name: count for name, count in lines.items() if count > 350} == {}


def test_every_public_function_has_types():
    untyped = []
    for path in sorted((HOUSE / "notebooks" / "casebook").rglob("*.py")):
        for function in public_functions(path):
            args = function.args
            named = [*args.posonlyargs, *args.args, *args.kwonlyargs]
            asked = [a for a in named if a.arg not in ("self", "cls")]
            if function.returns is None or not all(a.annotation for a in asked):
                untyped.append(f"{path.relative_to(HOUSE)}: {function.name}")
    assert not untyped


@pytest.mark.slow
@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_fits_its_schema(workflow):
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema"]
    found = subprocess.run(
        [*command, "vendor.github-workflows", str(workflow)], capture_output=True, text=True
    )
    assert found.returncode == 0, found.stdout + found.stderr


def test_the_workflow_tries_every_python_that_start_lets_in_on_three_systems():
    jobs = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
    matrix = jobs["test"]["strategy"]["matrix"]
    start = load_start()
    minors = range(start.OLDEST[1], start.NEWEST[1] + 1)
    assert matrix["python"] == [f"3.{minor}" for minor in minors]
    assert {name.split("-")[0] for name in matrix["os"]} == {"ubuntu", "macos", "windows"}
    early = jobs["early"]  # one version further than start.py lets in, and nobody waits for it
    assert early["continue-on-error"] is True
    assert f"3.{start.NEWEST[1] + 1}-dev" in early["strategy"]["matrix"]["python"]


def test_the_pages_name_the_pythons_that_start_lets_in():
    start = load_start()
    named = f"Python {start.dotted(start.OLDEST)} to {start.dotted(start.NEWEST)}"
    assert named in (HOUSE / "README.md").read_text("utf-8")


def test_pyproject_and_citation_name_one_version():
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]
    citation = yaml.safe_load((HOUSE / "CITATION.cff").read_text("utf-8"))
    newest = re.search(r"^## (\S+)", (HOUSE / "CHANGELOG.md").read_text("utf-8"), re.M)[1]
    assert project["version"] == citation["version"] == newest


def _is_there(name: str) -> bool:
    """A path from the top or from the package; or a file that each subject has: schema.py."""
    package = HOUSE / "notebooks" / "casebook"
    here = (HOUSE / name).exists() or (package / name).exists()
    return here or any(package.glob(f"subjects/*/{name}"))


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "README.md", *DOCS])
def test_every_path_that_a_page_names_is_there(page):
    text = (HOUSE / page).read_text("utf-8")
    named = set(re.findall(r"`((?:[\w.-]+/)+[\w.-]*|[\w-]+\.(?:py|md|yml|toml|in|txt|cff))`", text))
    written_later = {"my_work/", "my_work/answers.json", "class_answers/", "my_work/records/"}
    written_later |= {
        ".site/",
        "letters-to-pact/my_work/",
        "edition/",
        "edition/index.html",
        "edition/kit/",
        "my_lessons/",
        "my_questions/",
        "my_questions/skip.txt",
    }
    gone = [
        name
        for name in named - written_later
        if not re.search(r"NN|NAME|11|S5", name) and not _is_there(name)
    ]
    assert not gone
