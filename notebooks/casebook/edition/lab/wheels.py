"""Wheels for the browser: read, trimmed, written anew the same way every time; and the casebook as
one of them.
"""

import hashlib
import io
import json
import re
import tomllib
import zipfile
from collections.abc import Iterable, Mapping
from email.parser import BytesParser
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from casebook.core.platform import HOUSE, NOTEBOOKS, PACKAGE

MOMENT = (2026, 1, 1, 0, 0, 0)  # of every file in a wheel: the same bytes whenever it is made
BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix"}
PYTHON = {"python_version": "3.14", "python_full_version": "3.14.2"}
NAME = "letters-to-pact"  # never `casebook`, which is somebody else's on PyPI
SEEDS = f"{NAME}-seeds"
# Of the package what no kernel in a browser does.
APART = ("edition", "kit", "lab", "__pycache__", "build/new", "build/refresh.py")
# Of data/ what no lesson reads: it is for sheets, or for people.
UNREAD = ("data/handouts.json", "data/standards.json", ".md")
PURE = b"Wheel-Version: 1.0\nGenerator: letters-to-pact\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


class Wheel(NamedTuple):
    """A package to carry: its files by their names in the wheel, the packages that it asks for and
    the modules that it holds.
    """

    name: str
    version: str
    tag: str
    files: dict[str, bytes]
    needs: list[str]
    modules: list[str]

    def packed(self) -> bytes:
        """The wheel as a file."""
        raw = io.BytesIO()
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for name, content in sorted(self.files.items()):
                packed.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED, 9)
        return raw.getvalue()

    def file_name(self, raw: bytes) -> str:
        """Its name on the site, which tells its content too: a browser's cache never mixes two."""
        build = int(hashlib.sha256(raw).hexdigest()[:8], 16)
        return f"{self.name.replace('-', '_')}-{self.version}-{build}-{self.tag}.whl"


def read(raw: bytes, file_name: str, left_out: Iterable[str] = ()) -> Wheel:
    """A wheel from its bytes and the name of its file, without the files that the patterns fit."""
    apart = [re.compile(pattern) for pattern in left_out]
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        every = {i.filename: packed.read(i) for i in packed.infolist() if not i.is_dir()}
    files = {n: c for n, c in every.items() if not any(p.search(f"/{n}") for p in apart)}
    about = BytesParser().parsebytes(next(c for n, c in files.items() if _is_about(n, "METADATA")))
    for name in [n for n in files if _is_about(n, "RECORD")]:
        del files[name]
    parts = file_name.removesuffix(".whl").split("-")
    tag = "-".join(parts[-3:])
    if len(files) < len(every) - 1 and not any(n.endswith(".so") for n in files):
        tag = "py3-none-any"
    name = canonicalize_name(about["Name"])
    return Wheel(name, parts[1], tag, files, needs_of(about), modules_of(files))


def _is_about(name: str, what: str) -> bool:
    return bool(re.fullmatch(rf"[^/]+\.dist-info/{what}", name))


def needs_of(about: Mapping[str, str]) -> list[str]:
    """The packages that a wheel asks for in a browser, from its METADATA."""
    wishes = [Requirement(line) for line in about.get_all("Requires-Dist", [])]
    here = BROWSER | PYTHON | {"extra": ""}
    return sorted(
        {canonicalize_name(w.name) for w in wishes if not w.marker or w.marker.evaluate(here)}
    )


def modules_of(files: Iterable[str]) -> list[str]:
    """The modules and packages at the top of a wheel."""
    found = {re.match(r"([A-Za-z_]\w*)(?:/|\.pyc?$|\.[\w-]+\.so$)", name) for name in files}
    return sorted({m[1] for m in found if m and not m[0].endswith(".libs/")})


def casebook() -> Wheel:
    """The casebook: the package, and inside it what lessons read (data/, seeds/, the notebooks'
    prose).
    """
    version = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    files = {
        f"casebook/{_under(path, PACKAGE)}": path.read_bytes()
        for path in _files(PACKAGE)
        if path.suffix != ".pyi" and not _is_apart(_under(path, PACKAGE))
    }
    files |= {n: raw for n, raw in _house("data").items() if not n.endswith(UNREAD)}
    for path in sorted(NOTEBOOKS.glob("[!.]*.ipynb")):
        files[f"casebook/house/{_under(path, HOUSE)}"] = _prose(path)
    about = f"{NAME.replace('-', '_')}-{version}.dist-info"
    files[f"{about}/METADATA"] = (
        f"Metadata-Version: 2.1\nName: {NAME}\nVersion: {version}\n".encode()
    )
    files[f"{about}/WHEEL"] = PURE
    needs = "anywidget ipython ipywidgets krippendorff matplotlib matplotlib-inline numpy pandas"
    return Wheel(NAME, version, "py3-none-any", files, needs.split(), ["casebook"])


def seeds() -> Wheel:
    """What people wrote, which lesson 10 alone reads; it comes with what reads it."""
    files = placeholder(SEEDS).files | _house("seeds")
    return Wheel(SEEDS, "0", "py3-none-any", files, [], [])


def _house(folder: str) -> dict[str, bytes]:
    """A folder of the project, as it lies inside the package."""
    every = _files(HOUSE / folder)
    return {f"casebook/house/{_under(path, HOUSE)}": path.read_bytes() for path in every}


def placeholder(name: str) -> Wheel:
    """An empty package: the kernel asks for it by name, and does as well without what is in it."""
    about = f"{name.replace('-', '_')}-0.dist-info"
    files = {
        f"{about}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 0\n".encode(),
        f"{about}/WHEEL": PURE,
    }
    return Wheel(name, "0", "py3-none-any", files, [], [])


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _under(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix()


def _is_apart(name: str) -> bool:
    return any(name == apart or f"/{name}".find(f"/{apart}/") >= 0 for apart in APART)


def _prose(path: Path) -> bytes:
    """A notebook's cells of Markdown: exhibits look for the addresses in them."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    prose = [c for c in cells if c["cell_type"] == "markdown"]
    return json.dumps({"cells": prose}, ensure_ascii=False, sort_keys=True).encode("utf-8")
