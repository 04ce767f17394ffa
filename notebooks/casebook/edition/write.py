"""Writes the edition: pages, their data, pictures, one style, one script. The same notebooks and
tables always give the same bytes.
"""

import hashlib
import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from casebook.core.addresses import PATTERN
from casebook.core.tables import Tables
from casebook.edition.notebook import nobodys_work
from casebook.edition.page import Page, coded, index_page, lesson_page
from casebook.edition.parts import PICTURE, opened
from casebook.figure import rows_table

HERE = Path(__file__).parent
STEPS = HERE.parent / "lab" / "letters-to-pact" / "static" / "steps.js"
ASSETS, DATA, PICTURES = "assets", "data", "pictures"
KIT = "kit"  # the teacher's kit, which another command writes there


def write(tables: Tables, notebooks: Sequence[Path], folder: Path) -> list[Page]:
    """Write the edition of these notebooks into ``folder``, in place of what is there; the index
    comes first among the pages, and leads to the kit where one is there.
    """
    with nobodys_work():
        pages = [lesson_page(tables, path) for path in notebooks]
    kit = f"{KIT}/index.html" if (folder / KIT / "index.html").is_file() else ""
    pages = [index_page(tables, pages, kit), *pages]
    _clear(folder)
    for page in pages:
        _put(folder / f"{page.name}.html", _pictures_apart(page.html, folder))
        _put(folder / DATA / f"{page.name}.js", page.data)
    for name, text in assets(tables).items():
        _put(folder / ASSETS / name, text)
    return pages


def _clear(folder: Path) -> None:
    """Take away what an earlier edition left; the kit stays."""
    for old in folder.glob("*"):
        if old.is_dir() and old.name != KIT:
            shutil.rmtree(old)
        elif old.is_file():
            old.unlink()


def assets(tables: Tables) -> dict[str, str]:
    """What all pages share, by the names of the files."""
    parts = [path.read_text(encoding="utf-8") for path in sorted(HERE.glob("script/*.js"))]
    parts.insert(1, projector())
    return {
        "edition.css": (HERE / "looks.css").read_text(encoding="utf-8"),
        "edition.js": "\n".join(parts),
        "addresses.js": address_rows(tables),
    }


def projector() -> str:
    """The rules of JupyterLab's projector view, for a script that is no module: ``file:`` loads
    none.
    """
    names = re.findall(r"^export (?:class|function) (\w+)", text := STEPS.read_text("utf-8"), re.M)
    inside = re.sub(r"^export ", "", text, flags=re.MULTILINE)
    return f"const PROJECTOR = (() => {{\n{inside}return {{ {', '.join(names)} }};\n}})();\n"


def address_rows(tables: Tables) -> str:
    """What stands at every address, and how an address looks, as a script."""
    paragraphs = [
        f"{source.source_id} ¶{number}"
        for source in tables.sources.itertuples()
        for number in range(1, int(source.paragraphs) + 1)
    ]
    columns = (tables.facts.fact_id, tables.messages.message_id, tables.searches.search_id)
    every = [*paragraphs, *(name for column in columns for name in column)]
    rows = {address: rows_table(tables.resolve(address)) for address in every}
    # One group around the whole, so that a text split by it keeps the addresses.
    looks = re.sub(r"\(\?P<\w+>", "(?:", PATTERN.pattern)
    return f"casebook.rows = {coded(rows)};\ncasebook.address = /({looks})/;\n"


def _pictures_apart(html: str, folder: Path) -> str:
    """The page with its pictures in files of their own, to be shown before any script has run."""

    def apart(found: re.Match) -> str:
        svg = opened(found[0])[1:-1]
        name = f"{hashlib.sha256(svg.encode()).hexdigest()[:12]}.svg"
        _put(folder / PICTURES / name, svg)
        return f"{PICTURES}/{name}"

    return PICTURE.sub(apart, html)


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
