"""A copy of a lesson's notebook without the parts that a teacher leaves out, and with the teacher's
own questions before the check-out.
"""

import json
import re
from pathlib import Path

from casebook.exercises.own import read_own

FOLDER = "my_lessons"  # in notebooks/, which is all that JupyterLab shows
PATH = "import sys\nsys.path.insert(0, '..')\n"


def write_shorter(notebooks: Path, lesson: str) -> Path:
    """Write the copy; returns it. Raises KeyError for a lesson that there is not."""
    found = sorted(notebooks.glob(f"{lesson}-*.ipynb"))
    if not found:
        raise KeyError(f"there is no lesson {lesson!r}")
    notebook = json.loads(found[0].read_text(encoding="utf-8"))
    notebook["cells"] = _own(_kept(notebook["cells"], read_own().skipped.get(lesson, [])), lesson)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    path = notebooks / FOLDER / found[0].name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def _kept(cells: list[dict], skipped: list[str]) -> list[dict]:
    """The cells that stand under none of the headings to skip."""
    kept, leaving = [], 0
    for cell in cells:
        source = "".join(cell["source"])
        heading = re.match(r"(#+) (.+)", source) if cell["cell_type"] == "markdown" else None
        if heading and (not leaving or len(heading[1]) <= leaving):
            # A sheet's heading may be the beginning of the notebook's.
            leaves = any(heading[2].startswith(name) for name in skipped)
            leaving = len(heading[1]) if leaves else 0
        if not leaving:
            kept.append(cell)
    return kept


def _own(cells: list[dict], lesson: str) -> list[dict]:
    """The cells with the way to the package, and with the teacher's questions before the
    check-out.
    """
    first = next(cell for cell in cells if cell["cell_type"] == "code")
    first["source"] = [PATH + "".join(first["source"])]
    asked = dict(first, id="own-questions", source=[f'my_questions("{lesson}")'])
    place = next(
        (n for n, cell in enumerate(cells) if "".join(cell["source"]).startswith("## Check")),
        len(cells),
    )
    return [*cells[:place], asked, *cells[place:]]
