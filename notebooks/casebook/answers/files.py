"""A file that several kernels write: its state, reading and locking it."""

import errno
import os
import socket
import stat
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from casebook.core.files import patient
from casebook.core.platform import IN_BROWSER

if TYPE_CHECKING:
    from filelock import BaseFileLock

POLL = 0.005  # seconds between two tries
# A file system that can't lock says one of these.
NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP}


def stamp_of(path: Path) -> tuple[int, int, int] | None:
    """What tells one state of a file from another, or None if there is none. Each save makes a new
    file.
    """
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def read_bytes(path: Path, most: int) -> bytes:
    """The file's first ``most`` bytes. Raises OSError; a folder or a pipe of that name is refused,
    and not waited for.
    """
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError(errno.EINVAL, "it is no plain file")
    with patient(open, path, "rb") as file:
        return file.read(most)


def why_not(error: OSError) -> str:
    """Why, in plain words and without a path of this machine."""
    plain = {
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "your share of the disk is full",
        errno.EACCES: "this folder may not be written",
        errno.EPERM: "this folder may not be written",
        errno.EROFS: "this disk may only be read",
    }
    return plain.get(error.errno) or (error.strerror or type(error).__name__).lower()


class Unlocked:
    """What stands for a lock where none is needed."""

    def release(self) -> None:
        """Nothing was held."""


def acquired(place: str, wait: float) -> "BaseFileLock | Unlocked":
    """The lock at ``place``; where the file system can't lock, a lock by the presence of a file. In
    a browser none: nothing else writes there, and such a file would outlive its kernel.

    A save takes milliseconds. So another machine's file of presence that stays the same all through
    the wait was left behind, and is taken away. No clock is asked: a file server's may be wrong.

    Raises filelock.Timeout after ``wait`` seconds, OSError for any other reason.
    """
    if IN_BROWSER:
        return Unlocked()
    import filelock  # here, as a lesson that is only read never needs it

    lock = filelock.FileLock(place, timeout=wait, fallback_to_soft=False)
    try:
        lock.acquire(poll_interval=POLL)
    except filelock.Timeout:
        raise
    except (NotImplementedError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in NO_LOCKS:
            raise
        lock = _present(Path(place + "ed"), wait)
    return lock


def _present(mark: Path, wait: float) -> "BaseFileLock":
    """The lock by the presence of a file."""
    import filelock

    lock, before = filelock.SoftFileLock(mark, timeout=wait), stamp_of(mark)
    try:
        lock.acquire(poll_interval=POLL)
    except filelock.Timeout:
        if stamp_of(mark) != before or _names_this_machine(mark):
            raise  # of this machine's processes filelock knows which are gone
        mark.unlink(missing_ok=True)
        lock.acquire(poll_interval=POLL)
    return lock


def _names_this_machine(mark: Path) -> bool:
    with suppress(OSError, ValueError):
        return socket.gethostname() in mark.read_text("utf-8").splitlines()
    return False
