"""``edition --lab``: the site beside the pages, and on each page the way to it."""

import gzip
import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path

from casebook.edition.lab.distribution import FIRST, assemble
from casebook.edition.lab.fetch import fetch
from casebook.edition.lab.site import build
from casebook.edition.lab.wheels import NAME

RUN = "run"  # the site's folder among the pages
ABOUT = "<p class='ed-about'>"  # what each lesson's page begins with, after its title
ZIPPED = (".mjs", ".js", ".wasm", ".json")  # what web hosts compress


def add(
    edition: Path,
    notebooks: Sequence[Path],
    store: Path,
    say: Callable[[str], None] = lambda _: None,
) -> Path:
    """Add JupyterLite with these notebooks to the pages in ``edition``; what is downloaded and
    compiled is kept in ``store``. Returns the site's folder. Raises NotFetched, RuntimeError.
    """
    say("Fetching what the site carries (about 180 MB, the first time) ...")
    fetched = fetch(store)
    with tempfile.TemporaryDirectory() as place:
        python = Path(place, "pyodide")
        say("Compiling it for the browser (a few minutes, the first time) ...")
        assemble(fetched, python, store / "compiled")
        megabytes = first_visit(python)
        say("Building JupyterLite ...")
        site = Path(place, RUN)
        build(fetched, python, notebooks, site, megabytes)
        shutil.rmtree(edition / RUN, ignore_errors=True)
        shutil.move(site, edition / RUN)
    for notebook in notebooks:
        link(edition / f"{notebook.stem}.html", notebook.name, megabytes)
    return edition / RUN


def first_visit(python: Path) -> int:
    """How many megabytes a first kernel fetches: the core, compressed as web hosts do, and the
    packages that it loads before it answers.
    """
    lock = json.loads((python / "pyodide-lock.json").read_text(encoding="utf-8"))["packages"]
    wanted, names = [*FIRST, NAME], set()
    while wanted:
        name = wanted.pop()
        if name not in names:
            names.add(name)
            wanted += lock[name]["depends"]
    wheels = {entry["file_name"] for entry in lock.values()}
    core = [p for p in python.iterdir() if p.name not in wheels and p.suffix != ".whl"]
    size = sum((python / lock[name]["file_name"]).stat().st_size for name in names)
    return round((size + sum(map(_sent, core))) / 1e6)


def _sent(path: Path) -> int:
    """The bytes of a file as a web host sends it."""
    raw = path.read_bytes()
    return len(gzip.compress(raw, 6)) if path.suffix in ZIPPED else len(raw)


def link(page: Path, notebook: str, megabytes: int) -> None:
    """Put the way to a lesson's notebook on its page, with what it costs. Raises ValueError for a
    page that has no place for it.
    """
    text = page.read_text(encoding="utf-8")
    before, found, after = text.partition(ABOUT)
    if not found:
        raise ValueError(f"{page.name} has no place for a link to its notebook")
    way = (
        f"<p class='ed-run'><a href='{RUN}/notebooks/index.html?path={escape(notebook)}'>Open this"
        " lesson as a notebook</a>, with its code, in this browser: Python then runs here, and"
        f" nothing is installed. To run it, the first visit fetches about {megabytes} MB and takes"
        " about half a minute; it works where these pages come from a web server, not from a"
        " folder. Answers are kept there and here apart: export them to carry them over.</p>"
    )
    page.write_text(f"{before}{way}{found}{after}", encoding="utf-8", newline="\n")
