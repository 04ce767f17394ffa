"""A class's files as people and learning platforms hand them in: a folder a pupil, a ZIP, the
systems' own files among them. Found and read safely; nothing is unpacked to the disk.
"""

import os
import stat
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

MOST_BYTES, MOST_FILES = 1_000_000, 1_000
DEEPEST = 2  # folders between class_answers/ and a file: the platform's, and a pupil's in it
EXPORTS = "files that “Hand in” wrote"

# What systems and programs put into a folder by themselves, in small letters; what begins with a
# dot or ~$ besides.
SYSTEMS_OWN = {
    "desktop.ini",
    "thumbs.db",
    "ehthumbs.db",
    "icon\r",
    "$recycle.bin",
    "system volume information",
    "__macosx",
    "@eadir",
}


class Unusable(ValueError):
    """A file that is left out, with the reason and what is allowed."""


class HandedIn(NamedTuple):
    """A file that was handed in: its name below the folder, parted by /, and how to read it;
    ``read`` raises Unusable.
    """

    name: str
    read: Callable[[], bytes]


def handed_in(folder: Path) -> list[HandedIn]:
    """What lies in a folder and up to two folders or one ZIP further down, in the order of the
    names. A folder that is not there holds nothing.
    """
    return list(_in_folder(Path(folder), "", 0)) if Path(folder).is_dir() else []


def is_systems_own(name: str) -> bool:
    """Whether a system or a program put it there by itself."""
    return name.startswith((".", "~$")) or name.lower() in SYSTEMS_OWN


def _in_folder(folder: Path, above: str, depth: int) -> Iterator[HandedIn]:
    try:
        names = sorted(os.listdir(folder))
    except OSError as error:
        yield _refused(above.rstrip("/"), f"this folder can't be read ({_why(error)})")
        return
    names = [name for name in names if not is_systems_own(name)]
    if above and not names:
        yield _refused(above.rstrip("/"), f"this folder holds no file; allowed: {EXPORTS}")
    for name in names:
        path, shown = folder / name, above + name
        if not path.is_symlink() and path.is_dir():
            if depth < DEEPEST:
                yield from _in_folder(path, f"{shown}/", depth + 1)
            else:
                yield _refused(shown, "this folder lies too deep; put its files further up")
        elif path.suffix.lower() == ".zip" and not path.is_symlink():
            yield from _in_zip(path, f"{shown}/")
        else:
            yield HandedIn(shown, partial(_bytes, path))


def _in_zip(path: Path, above: str) -> Iterator[HandedIn]:
    """The files in a ZIP. What it says of its sizes is not believed: no more than MOST_BYTES of a
    file are ever unpacked.
    """
    shown = above.rstrip("/")
    try:
        with zipfile.ZipFile(path) as archive:
            found = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        yield _refused(shown, "it can't be read as a ZIP; unpack it, or ask for the file again")
        return
    parts = {entry.filename: PurePosixPath(entry.filename).parts for entry in found}
    found = [entry for entry in found if not any(map(is_systems_own, parts[entry.filename]))]
    if not found:
        yield _refused(shown, f"this ZIP holds no file; allowed: {EXPORTS}")
    for entry in sorted(found, key=lambda entry: entry.filename)[: MOST_FILES + 1]:
        if len(parts[entry.filename]) > DEEPEST + 1:
            yield _refused(above + entry.filename, "it lies too deep in the ZIP")
        else:
            yield HandedIn(above + entry.filename, partial(_unzipped, path, entry))


def _refused(name: str, why: str) -> HandedIn:
    def read() -> bytes:
        raise Unusable(why)

    return HandedIn(name, read)


def _unzipped(path: Path, entry: zipfile.ZipInfo) -> bytes:
    """One file of a ZIP, in memory."""
    _check_name(entry.filename)
    if entry.flag_bits & 1:
        raise Unusable("it is locked with a password; allowed: files that anybody can open")
    try:
        with zipfile.ZipFile(path) as archive, archive.open(entry) as file:
            raw = file.read(MOST_BYTES + 1)
    except (OSError, RuntimeError, ValueError, NotImplementedError, EOFError, zipfile.BadZipFile):
        raise Unusable("it can't be read out of its ZIP; unpack the ZIP") from None
    except Exception as error:  # zlib and lzma have errors of their own
        raise Unusable(f"it can't be read out of its ZIP ({type(error).__name__})") from None
    if len(raw) > MOST_BYTES:
        raise Unusable(f"it has more than {MOST_BYTES:,} bytes; allowed: at most {MOST_BYTES:,}")
    return raw


def _check_name(name: str) -> None:
    if not name.lower().endswith(".json"):
        raise Unusable(f"its name does not end in .json; allowed: {EXPORTS}")


def _bytes(path: Path) -> bytes:
    """The bytes of a plain file. A link is not followed, a pipe not waited for."""
    try:
        if path.is_symlink():
            raise Unusable("it is a link to another place; allowed: plain files")
        _check_name(path.name)
        number = os.open(
            path,
            os.O_RDONLY
            | getattr(os, "O_NOFOLLOW", 0)
            | getattr(os, "O_NONBLOCK", 0)
            | getattr(os, "O_BINARY", 0),
        )
        with open(number, "rb") as file:
            found = os.fstat(number)
            if not stat.S_ISREG(found.st_mode):
                raise Unusable("it is no plain file; allowed: plain files")
            if found.st_size > MOST_BYTES:
                raise Unusable(f"it has {found.st_size:,} bytes; allowed: at most {MOST_BYTES:,}")
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise Unusable(f"it can't be read ({_why(error)}); allowed: plain files") from None


def _why(error: OSError) -> str:
    return (error.strerror or "no reason given").lower()
