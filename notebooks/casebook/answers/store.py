"""One learner's work, in one file: saved at every change, whole or not at all, together with what
others wrote.
"""

import datetime as dt
import secrets
from contextlib import contextmanager
from pathlib import Path

from casebook.answers import shape
from casebook.answers.files import acquired, read_bytes, stamp_of, why_not
from casebook.answers.shape import Entry, short
from casebook.core.files import replace, write_whole
from casebook.core.platform import work_folder

NAME = "answers.json"
WAIT = 3.0  # seconds to wait for another kernel that is saving
UNREADABLE = (0, 0, 0)


class NotKept(Exception):
    """A value could not be saved; its text says why, and what to do."""


_works: dict = {}


def learner() -> "Work":
    """The learner's own work: in the folder that CASEBOOK_WORK names, else in my_work/ beside
    notebooks/.

    One Work a folder and kernel, so that what could not be saved is held for all widgets alike.
    """
    folder = work_folder()
    if folder not in _works:
        _works[folder] = Work(folder)
    return _works[folder]


class Work:
    """The answers in ``folder``. Nothing is created before the first value is kept.

    Two kernels may write at once: each save reads the file under a lock and changes only its own
    keys; for the same key the last one wins. What could not be saved is held in memory and saved
    with the next success.
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        self.path = self.folder / NAME
        self._partial = self.folder / f".{NAME}.partial"
        self._notices: list[str] = []
        self._start_empty()

    def _start_empty(self) -> None:
        self._learner = f"learner-{secrets.token_hex(3)}"
        self._entries: dict = {}  # what the file held when it was last read
        self._pending: dict = {}  # not saved yet: (kind, key) → Entry, or None to forget it
        self._stamp = None  # which state of the file was read
        self._version = shape.VERSION  # of the file that was read
        self._barred = ""  # why the file must not be written
        self._wished = ""  # a pseudonym that is not saved yet

    # -- what widgets use --------------------------------------------------------------------------

    def keep(self, kind: str, key: str, value: object) -> None:
        """Save a value, together with all that is still unsaved, before returning.

        A set is kept as a sorted list, a tuple as a list. Raises NotKept if it may not be kept
        (then it is dropped) or could not be saved (then it is held in memory), ValueError for an
        unknown kind.
        """
        if kind not in shape.KINDS:
            raise ValueError(f"{kind!r} is no kind of answer: {', '.join(shape.KINDS)}")
        value = (
            sorted(value)
            if isinstance(value, (set, frozenset))
            else list(value)
            if isinstance(value, tuple)
            else value
        )
        if problem := shape.problem_of(kind, key, value):
            raise NotKept(f"Not kept: {problem}.")
        self._change({(kind, key): Entry(value, now())})

    def forget(self, kind: str, key: str) -> None:
        """Remove a value; nothing happens if there is none. Raises NotKept as ``keep`` does."""
        if (kind, key) in self.entries():
            self._change({(kind, key): None})

    def kept(self, kind: str, key: str | None = None, default: object = None) -> object:
        """{key: value} of a kind, or with ``key`` the one value or ``default``. Read afresh if the
        file changed.
        """
        if kind not in shape.KINDS:
            raise ValueError(f"{kind!r} is no kind of answer: {', '.join(shape.KINDS)}")
        entries = self.entries()
        if key is not None:
            entry = entries.get((kind, key))
            return default if entry is None else entry.value
        return {k: entry.value for (a_kind, k), entry in entries.items() if a_kind == kind}

    def entries(self) -> dict:
        """{(kind, key): Entry} of everything, what is not saved yet included."""
        self._read()
        return {k: e for k, e in {**self._entries, **self._pending}.items() if e is not None}

    def notices(self) -> list[str]:
        """What the learner should be told (a damaged file set aside …), each once."""
        self._read()
        told, self._notices = self._notices, []
        return told

    @property
    def unsaved(self) -> int:
        """How many changes are held in memory only."""
        return len(self._pending)

    # -- the pseudonym -----------------------------------------------------------------------------

    @property
    def pseudonym(self) -> str:
        """What an export is signed with: made at random until one is given."""
        self._read()
        return self._wished or self._learner

    def rename(self, pseudonym: str) -> None:
        """Give a pseudonym: 2 to 20 of A-Z, a-z, 0-9 and -. Raises NotKept."""
        if not isinstance(pseudonym, str) or not shape.PSEUDONYM.fullmatch(pseudonym):
            raise NotKept(
                f"Not kept: {short(pseudonym)} is no pseudonym; allowed: 2 to 20 letters, digits"
                " and -, no spaces."
            )
        self._wished = pseudonym
        self._change({})

    # -- all at once -------------------------------------------------------------------------------

    def add(self, entries: dict) -> None:
        """Keep many entries {(kind, key): Entry} at once, with their times. Raises NotKept as
        ``keep`` does.
        """
        for (kind, key), entry in entries.items():
            if problem := shape.problem_of(kind, key, entry.value):
                raise NotKept(f"Not kept: {problem}.")
        self._change(dict(entries))

    def delete(self, exports_too: bool = False) -> list[str]:
        """Delete the file, every copy of it that was set aside, and every copy that a program made
        which keeps folders the same on two machines (answers (1).json, answers-LAPTOP.json …);
        returns their names. Exports are left alone, unless ``exports_too``.

        Raises NotKept if a file can't be deleted.
        """
        with self._locked(lambda why: f"Not deleted: {why}."):
            exports = sorted(self.folder.glob("answers-of-*.json")) if exports_too else ()
            gone = []
            for path in (self.path, self._partial, *self._copies(), *exports):
                try:
                    path.unlink()
                except FileNotFoundError:
                    continue
                except OSError as error:
                    raise NotKept(f"{path.name} could not be deleted: {why_not(error)}.") from error
                gone.append(path.name)
            self._start_empty()
        return gone

    def _copies(self) -> list[Path]:
        """What else in the folder holds answers of this casebook and is no export."""
        ours = ("answers.damaged-", "answers.version-")
        return [
            path
            for path in sorted(self.folder.glob("answers*.json"))
            if path != self.path
            and not path.name.startswith("answers-of-")
            and (path.name.startswith(ours) or shape.is_one(path))
        ]

    # -- reading -----------------------------------------------------------------------------------

    def _read(self, locked: bool = False) -> None:
        """Take in the file if it changed since it was last read; mend it if it is damaged."""
        stamp = stamp_of(self.path)
        if stamp == self._stamp:
            return
        if stamp is None:
            self._entries, self._stamp, self._barred = {}, None, ""
            return
        try:
            content = shape.read(read_bytes(self.path, shape.MOST_BYTES + 1))
        except shape.Newer as newer:
            self._entries, self._stamp = {}, stamp
            self._bar(
                f"{NAME} was written by a newer casebook ({newer}). It is left as it is; what you"
                " do now is held only until the kernel stops. Take the newer casebook to go on"
                " with it."
            )
        except OSError as error:
            self._stamp = UNREADABLE  # so that it is tried again
            self._bar(
                f"{NAME} could not be read: {why_not(error)}. What you do now is held until the"
                " kernel stops, and saved once it can be."
            )
        except shape.Damaged as damage:
            self._mend(stamp, str(damage), locked)
        else:
            if content.problems:
                self._mend(stamp, "; ".join(map(str, content.problems[:3])), locked, content)
            else:
                self._learner, self._entries, self._version = (
                    content.learner,
                    content.entries,
                    content.version,
                )
                self._stamp, self._barred = stamp, ""

    def _bar(self, why: str) -> None:
        """Write nothing before the file changes; say so once."""
        if why != self._barred:
            self._barred = why
            self._notices.append(why)

    def _mend(self, stamp, reason: str, locked: bool, content=None) -> None:
        """Set the damaged file aside under a name with the time, and write anew what is still
        known.

        Still known are the file's own good entries (``content``), or else what this kernel had read
        before.
        """
        if not locked:
            try:
                with self._locked():
                    self._read(locked=True)  # another kernel may have mended it meanwhile
            except NotKept as stuck:
                self._stamp = stamp  # not again before the file changes
                self._notices.append(
                    f"{NAME} is damaged ({reason}) and could not be set aside. {stuck}"
                )
            return
        if content:
            self._learner, self._entries = content.learner, content.entries
        aside = self._aside(f"answers.damaged-{dt.datetime.now():%Y-%m-%d-%H%M%S}")
        try:
            replace(self.path, aside)
            self._stamp = None
            if self._entries:
                self._write(shape.written(self._learner, self._entries))
        except OSError as error:
            raise NotKept(_held(why_not(error))) from error
        rest = (
            f"{len(self._entries)} answers that were still known are kept on"
            if self._entries
            else "the lesson goes on with an empty one"
        )
        self._notices.append(
            f"{NAME} was damaged ({reason}). It is set aside as {aside.name}; {rest}."
        )

    def _aside(self, stem: str) -> Path:
        """A name in the folder that is free."""
        path, n = self.folder / f"{stem}.json", 1
        while path.exists():
            n += 1
            path = self.folder / f"{stem}-{n}.json"
        return path

    # -- writing -----------------------------------------------------------------------------------

    def _change(self, changes: dict) -> None:
        """Apply changes to what the file holds now, and save it; on failure hold them in memory and
        raise NotKept.
        """
        before = dict(self._pending)
        self._pending |= changes
        with self._locked():
            self._read(locked=True)
            if self._barred:
                raise NotKept(self._barred)
            entries = {k: e for k, e in {**self._entries, **self._pending}.items() if e is not None}
            raw = shape.written(self._wished or self._learner, entries)
            if len(entries) > shape.MOST_ENTRIES or len(raw) > shape.MOST_BYTES:
                self._pending = before
                raise NotKept(
                    f"Not kept: there is room for {shape.MOST_ENTRIES:,} answers and"
                    f" {shape.MOST_BYTES / 1e6:g} MB in all."
                )
            try:
                self._keep_older_version()
                self._write(raw)
            except OSError as error:
                raise NotKept(_held(why_not(error))) from error
            self._entries, self._learner = entries, self._wished or self._learner
            self._pending, self._wished = {}, ""

    def _keep_older_version(self) -> None:
        """Before a file of an older version is written anew: a copy of it as it was."""
        if self._version < shape.VERSION and self.path.exists():
            aside = self._aside(f"answers.version-{self._version}")
            aside.write_bytes(self.path.read_bytes())
            self._version = shape.VERSION

    def _write(self, raw: bytes) -> None:
        """Write the file whole. Raises OSError."""
        write_whole(self.path, raw)
        self._stamp = stamp_of(self.path)

    @contextmanager
    def _locked(self, refused=None):
        """Hold the folder's lock. Raises NotKept if it can't be had, in the words that ``refused``
        gives to the reason.
        """
        refused = refused or _held
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock = acquired(str(self.folder / f".{NAME}.lock"), WAIT)
        except TimeoutError:  # filelock's Timeout is one
            raise NotKept(refused(f"another kernel has been saving for {WAIT:g} seconds")) from None
        except OSError as error:
            raise NotKept(refused(why_not(error))) from error
        try:
            yield
        finally:
            lock.release()


def now() -> str:
    """The time, as entries carry it."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _held(reason: str) -> str:
    return (
        f"Not saved yet: {reason}. Your answer is held until the kernel stops, and saved with the"
        " next one that can be."
    )
