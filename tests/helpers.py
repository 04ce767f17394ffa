"""What several test files use: a panel's controls, seeds that are spoilt, the prose of a page."""

import contextlib
import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from ipywidgets import Button, ValueWidget

from casebook.build.seeds import read_seeds
from casebook.records.reader import SeedsError

HOUSE = Path(__file__).resolve().parents[1]
TEXT = {".md", ".yaml", ".yml", ".csv", ".json", ".py", ".ipynb", ".html", ".txt", ".cff"}


def notebooks() -> list[Path]:
    """The committed notebooks."""
    return sorted(p for p in (HOUSE / "notebooks").glob("*.ipynb") if not p.name.startswith("."))


def lessons() -> list[Path]:
    """The notebooks that are lessons: their name begins with a number."""
    return [p for p in notebooks() if p.stem[:2].isdigit()]


def end(process: subprocess.Popen, patience: float = 60) -> None:
    """End a server. Its work may be done while its process stays, for a thread of a library's that
    waits for ever, so after ``patience`` seconds it and its children are killed.
    """
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):  # it may have ended meanwhile
                child.kill()
        process.kill()
        process.wait()


def build_edition(folder: Path, seed: str = "1") -> None:
    """Build the edition in a process of its own, whose sets have the order that ``seed`` gives."""
    code = (
        "import sys; from pathlib import Path; from casebook.core.tables import open_tables;"
        "from casebook.edition.write import write;"
        "write(open_tables(), [Path(name) for name in sys.argv[2:]], Path(sys.argv[1]))"
    )
    env = env_of_nobody() | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(HOUSE / "notebooks")}
    subprocess.run([sys.executable, "-c", code, folder, *notebooks()], env=env, check=True)


def page_data(edition: Path, name: str) -> dict:
    """What a page of the edition hands to its script."""
    text = (edition / "data" / f"{name}.js").read_text("utf-8")
    return json.loads(text.removeprefix("casebook.start(").removesuffix(");\n"))


def copy_house(to: Path, *also: str) -> Path:
    """The project in a new folder: what running notebooks needs, and what ``also`` names."""
    to.mkdir()
    for name in ("conftest.py", "pyproject.toml", "start.py", "data", "notebooks", "seeds", *also):
        source, ignore = HOUSE / name, shutil.ignore_patterns("__pycache__", ".*", "browser")
        if source.is_dir():
            shutil.copytree(source, to / name, ignore=ignore)
        else:
            shutil.copy(source, to)
    return to


def env_of_nobody() -> dict[str, str]:
    """The environment without what would lead a copy of the project to another one's code, texts or
    work.
    """
    ours = ("CASEBOOK_", "PYTEST_", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def prose_files() -> list[Path]:
    """Every text file of ours that could hold borrowed wording or an address."""
    here = [p for p in HOUSE.glob("*") if p.is_file()]
    deep = ("seeds", "data", "notebooks", "teach", "tests", "docs", ".github")
    found = here + [p for folder in deep for p in (HOUSE / folder).rglob("*")]
    return sorted(p for p in found if p.suffix in TEXT and "/." not in str(p.relative_to(HOUSE)))


MARKUP = "<img src=x onerror=alert(1)>"
PAGES = [
    *notebooks(),
    *sorted(HOUSE.glob("teach/*.md")),
    HOUSE / "seeds" / "essay.md",
    HOUSE / "README.md",
]


def controls(panel, kind) -> list:
    """All controls of a kind in a panel, in their order."""
    found = [panel] if isinstance(panel, kind) else []
    for child in getattr(panel, "children", ()):
        found += controls(child, kind)
    return found


def control(panel, kind, which=None):
    """The control of a kind with the label or name ``which``; without it the only one."""
    found = controls(panel, kind)
    if which is None:
        assert len(found) == 1, f"which of {[c.description for c in found]}?"
        return found[0]
    names = [(getattr(c, "description", ""), getattr(c, "tooltip", "")) for c in found]
    fitting = [c for c, name in zip(found, names) if which in name]
    assert len(fitting) == 1, f"{which!r}: {len(fitting)} of {names}"
    return fitting[0]


def labelled(panel, *names) -> list:
    """The controls of a panel with these labels or names, of whatever kind."""
    return [control(panel, ValueWidget | Button, name) for name in names]


def press(panel, name):
    """Click the first button that says ``name``."""
    next(b for b in controls(panel, Button) if b.description == name).click()


def coded_twice(tables) -> list[str]:
    """The documents that are coded as the corpus asks; a new one may be on its way there."""
    sources = tables.sources
    return list(sources.loc[sources["coded"] == "twice", "source_id"])


def seed_file(seeds, name) -> Path:
    """The file of a name in ``seeds``, in whatever folder; of several the first lesson's."""
    found = sorted(p for p in seeds.rglob("*") if p.as_posix().endswith(f"/{name}"))
    assert found, f"no {name} in seeds/"
    return found[0]


def spoil(seeds, name, old, new):
    """Replace the first match of the pattern ``old`` in a file of ``seeds``; in a CSV file 'column:
    value' stands for a cell that begins with the value.
    """
    path = seed_file(seeds, name)
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv" and (cell := re.fullmatch(r"(\w+): (.*)", old)):
        text = _spoil_cell(text, *cell.groups(), new.removeprefix(f"{cell[1]}: "))
    else:
        assert re.search(old, text, re.M), f"{old} is not in {name}"
        text = re.sub(old, new, text, count=1, flags=re.M)
    path.write_text(text, encoding="utf-8")


def _spoil_cell(text, column, old, new) -> str:
    header, *rows = csv.reader(io.StringIO(text))
    place = header.index(column)
    row = next(row for row in rows if row[place].startswith(old))
    row[place] = new + row[place].removeprefix(old)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *rows])
    return out.getvalue()


def problems(seeds) -> str:
    """What the build says of seeds that it refuses."""
    with pytest.raises(SeedsError) as caught:
        read_seeds(seeds)
    return str(caught.value)


def header(path) -> str:
    """The cell of a notebook with its title, question and goals."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return next("".join(c["source"]) for c in cells if c["source"][0].startswith("# "))


def prose(path) -> str:
    """What a page says: the Markdown of a notebook, or of a page, a paragraph a line."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".ipynb":
        text = "\n\n".join(
            "".join(c["source"]) for c in json.loads(text)["cells"] if c["cell_type"] == "markdown"
        )
    return re.sub(r"(?<!\n)\n(?![\n|#>*-])", " ", text)
