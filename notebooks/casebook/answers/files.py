"""A file that several kernels write: its state, reading and locking it."""

import errno
import os
import stat
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

    Raises filelock.Timeout after ``wait`` seconds, OSError for any other reason.
    """
    if IN_BROWSER:
        return Unlocked()
    import filelock  # here, as a lesson that is only read never needs it

    lock = filelock.FileLock(place, timeout=wait)
    try:
        lock.acquire(poll_interval=POLL)
    except filelock.Timeout:
        raise
    except (NotImplementedError, OSError) as error:
        if isinstance(error, OSError) and error.errno not in NO_LOCKS:
            raise
        lock = filelock.SoftFileLock(place + "ed", timeout=wait)
        lock.acquire(poll_interval=POLL)
    return lock
