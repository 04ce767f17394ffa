"""The Python of the site: Pyodide's core, the wheels, and one lock that names them all."""

import hashlib
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

from casebook.edition.lab.fetch import Fetched, NotFetched, lock
from casebook.edition.lab.wheels import SEEDS, Wheel, casebook, placeholder, read, seeds

COMPILE = Path(__file__).with_name("compile.mjs")
# What the kernel loads by name before it answers; with the casebook comes all that lessons need.
FIRST = ["micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "jedi", "ipython"]
OF_THE_KERNEL = {
    "ipykernel": ["pyodide-kernel"],
    "pyodide-kernel": ["comm", "ipython", "traitlets"],
}


def assemble(fetched: Fetched, folder: Path, kept: Path) -> None:
    """Write the distribution into ``folder``, in place of what is there; what is compiled is kept
    in ``kept`` for the next time. Raises NotFetched where a wheel is not what Pyodide's lock says.
    """
    wheels = [*compiled(fetched), *pure(fetched), *kernels(fetched.kernel)]
    wheels += [placeholder("jedi"), casebook(), seeds()]
    plain = folder.with_name(f"{folder.name}-plain")
    for place in (plain, folder):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
    kept.mkdir(exist_ok=True)
    write(wheels, fetched.pyodide, plain)
    _compile(fetched.node, plain, folder, kept)
    shutil.rmtree(plain)


def compiled(fetched: Fetched) -> list[Wheel]:
    """The wheels that the carrier holds, each compared with Pyodide's lock."""
    wanted, official = lock(), json.loads(fetched.pyodide["pyodide-lock.json"])["packages"]
    found = []
    with zipfile.ZipFile(fetched.carrier) as carrier:
        for name in wanted["carrier"]["packages"]:
            entry = official[name if name in official else name.replace("-", "_")]
            raw = carrier.read(f"{wanted['carrier']['folder']}/{entry['file_name']}")
            same(raw, entry)
            wheel = read(raw, entry["file_name"], wanted["left_out"].get(name, ()))
            # What reads records brings the records along.
            also = [SEEDS] if name == "pydantic" else []
            found.append(wheel._replace(needs=wheel.needs + also))
    return found


def same(raw: bytes, entry: dict) -> None:
    """Whether a wheel is, bit for bit, what Pyodide's lock names. Raises NotFetched."""
    if hashlib.sha256(raw).hexdigest() != entry["sha256"]:
        raise NotFetched(f"{entry['file_name']} is not the one that Pyodide's own lock names.")


def pure(fetched: Fetched) -> list[Wheel]:
    """The wheels from PyPI."""
    apart = lock()["left_out"]
    return [
        read(path.read_bytes(), path.name, apart.get(name, ()))
        for name, path in fetched.pure.items()
    ]


def kernels(folder: Path) -> list[Wheel]:
    """The kernel's own wheels."""
    found = []
    for name in ("ipykernel", "piplite", "pyodide_kernel"):
        path = next(folder.glob(f"{name}-*.whl"))
        wheel = read(path.read_bytes(), path.name)
        found.append(wheel._replace(needs=OF_THE_KERNEL.get(wheel.name, wheel.needs)))
    return found


def write(wheels: list[Wheel], core: dict[str, bytes], folder: Path) -> None:
    """Write core, wheels and lock into ``folder``."""
    for name in lock()["pyodide"]["core"]:
        (folder / name).write_bytes(core[name])
    carried, entries = {wheel.name for wheel in wheels}, {}
    for wheel in wheels:
        raw = wheel.packed()
        file_name = wheel.file_name(raw)
        (folder / file_name).write_bytes(raw)
        entries[wheel.name] = {
            "name": wheel.name,
            "version": wheel.version,
            "file_name": file_name,
            "install_dir": "site",
            "sha256": hashlib.sha256(raw).hexdigest(),
            "package_type": "package",
            "imports": wheel.modules,
            "depends": sorted(carried & set(wheel.needs)),
            "unvendored_tests": False,
        }
    whole = json.loads(core["pyodide-lock.json"]) | {"packages": dict(sorted(entries.items()))}
    text = json.dumps(whole, indent=1, sort_keys=True)
    (folder / "pyodide-lock.json").write_text(text, encoding="utf-8", newline="\n")


def _compile(node: Path, plain: Path, folder: Path, kept: Path) -> None:
    """Compile every wheel by the Python that will run it: half of a kernel's start is saved."""
    command = [str(part) for part in (node, COMPILE, plain, folder, kept)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode:
        raise RuntimeError(f"The packages could not be compiled:\n{done.stderr[-2000:]}")
