"""Files that are written whole or not at all."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

Result = TypeVar("Result")


def patient(function: Callable[..., Result], *arguments: object) -> Result:
    """Call it; on Windows again for a moment, where a file that another process has open is
    refused.
    """
    for _ in range(20 if os.name == "nt" else 0):
        try:
            return function(*arguments)
        except PermissionError:
            time.sleep(0.01)
    return function(*arguments)


def replace(source: Path, target: Path) -> None:
    """Put ``source`` in the place of ``target``. Raises OSError."""
    patient(os.replace, source, target)


def write_whole(path: Path, raw: bytes) -> None:
    """Write a file: a partial one beside it, to the disk, then in its place. Raises OSError, with
    the old file as it was and nothing left beside it.
    """
    partial = path.with_name(f".{path.name}.partial")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(partial, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        replace(partial, path)
    except OSError:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise
