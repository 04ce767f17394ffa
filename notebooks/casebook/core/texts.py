"""The articles' own paragraphs, for whoever has them: read from the folder that CASEBOOK_TEXTS
names, never stored.
"""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

LARGEST = 2_000_000  # bytes


def paragraph(document: tuple, number: int) -> str | None:
    """¶``number`` of a document (a row of ``tables.sources``), or None where the text is not to be
    had.

    None too if the file is not the text that was recorded (another length or hash): its paragraphs
    may differ.
    """
    folder = os.environ.get("CASEBOOK_TEXTS")
    lines = _paragraphs(str(Path(folder, document.file)), document.sha256) if folder else ()
    return lines[number - 1] if 1 <= number <= len(lines) else None


@lru_cache(maxsize=32)
def _paragraphs(path: str, sha256: str) -> tuple[str, ...]:
    try:
        if os.path.getsize(path) > LARGEST:
            return ()
        raw = Path(path).read_bytes()
        text = raw.decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return ()
    if hashlib.sha256(raw).hexdigest() != sha256:
        return ()
    return tuple(line.strip() for line in text.splitlines() if line.strip())
