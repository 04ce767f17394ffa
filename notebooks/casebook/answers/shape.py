"""What may stand in a file of answers: kinds, keys, values and their limits; reading one safely and
writing it.

The file is JSON: ``{"schema", "version", "learner", "answers": {kind: {key: {"value", "at"}}}}``,
sorted and indented, so that it can be read, compared and mended by hand.
"""

import codecs
import json
import re
from pathlib import Path
from typing import NamedTuple

SCHEMA, VERSION = "casebook answers", 1
MIGRATIONS: dict = {}  # version → function that gives the document (a dict) in the next version
CHOICES = ("exercise", "prediction", "forecast", "judgement", "coding")
KINDS = (*CHOICES, "writing")  # writing is free text: kept, never exported

MOST_ENTRIES, MOST_BYTES = 5_000, 5_000_000
LONGEST_TEXT, LONGEST_WRITING, MOST_PARTS, LARGEST_NUMBER = 500, 50_000, 60, 1e12
KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._|@/:+¶-]{0,119}")
PSEUDONYM = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{1,19}")
AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Entry(NamedTuple):
    """A kept value and when it was kept (UTC, ISO 8601, to the second)."""

    value: object
    at: str


class Content(NamedTuple):
    """What a file holds: ``entries`` are {(kind, key): Entry}; ``problems`` name what was left out;
    ``version`` is the file's own.
    """

    learner: str
    entries: dict
    problems: list
    version: int = VERSION


class Problem(NamedTuple):
    """What is wrong with one entry: where it stands, and why it is left out, with what is
    allowed.
    """

    place: str
    why: str

    def __str__(self) -> str:
        return f"{self.place}: {self.why}"


class Damaged(ValueError):
    """The file is no file of answers, or a broken one."""


class Newer(ValueError):
    """The file is of a version that this casebook does not know yet."""


def problem_of(kind: str, key: object, value: object) -> str:
    """Why this can't be kept, in words that say what is allowed; '' if it can."""
    if kind not in KINDS:
        return f"{short(kind)} is no kind of answer; allowed: {', '.join(KINDS)}"
    if not isinstance(key, str) or not KEY.fullmatch(key):
        return f"{short(key)} is no key; allowed: 1 to 120 letters, digits and . _ | @ / : + -"
    return _problem_of_value(kind, value)


def _problem_of_value(kind, value) -> str:
    if kind == "forecast":
        fits = value == "known" or (_is_number(value) and 0 <= value <= 1)
        return (
            ""
            if fits
            else f"{short(value)} is no forecast; allowed: a number from 0 to 1, or known"
        )
    if kind in ("judgement", "coding") and (not isinstance(value, str) or not value):
        return f"{short(value)} is no {kind}; allowed: a text that names the choice"
    if isinstance(value, str):
        longest = LONGEST_WRITING if kind == "writing" else LONGEST_TEXT
        return _problem_of_text(value, longest)
    if kind == "writing":
        return f"{short(value)} is no writing; allowed: a text"
    if isinstance(value, (list, dict)):
        return _problem_of_parts(value)
    return (
        ""
        if _is_number(value)
        else (
            f"{short(value)} is no answer; allowed: a text, a number, a list of texts, or texts by"
            " name"
        )
    )


def _problem_of_text(text: str, longest: int) -> str:
    if len(text) > longest:
        return f"a text of {len(text):,} characters; allowed: at most {longest:,}"
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "a text with half a character in it; allowed: whole characters"
    return ""


def _problem_of_parts(value) -> str:
    if len(value) > MOST_PARTS:
        return f"an answer of {len(value):,} parts; allowed: at most {MOST_PARTS}"
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    if not all(isinstance(part, str) for part in parts):
        return "an answer in parts that are no texts; allowed: a list of texts, or texts by name"
    return next(filter(None, (_problem_of_text(part, LONGEST_TEXT) for part in parts)), "")


def _is_number(value) -> bool:
    return (
        isinstance(value, (int, float))
        and not isinstance(value, bool)
        and abs(value) <= LARGEST_NUMBER
    )  # NaN is not


def short(value: object, most: int = 40) -> str:
    """A value as a message shows it: on one line, cut after ``most`` characters."""
    if isinstance(value, str):
        text = "".join(c if c.isprintable() else "�" for c in value[: most + 1])
    elif isinstance(value, (bool, float, type(None))):
        text = str(value)
    elif isinstance(value, int):
        text = str(value) if abs(value) < 10**most else "a number of very many digits"
    else:
        text = f"a {type(value).__name__}"
    return f"“{text[:most]}{'…' if len(text) > most else ''}”"


def load(raw: bytes, most_bytes: int = MOST_BYTES) -> object:
    """JSON read safely. Raises Damaged with the reason: too large, not UTF-8, no JSON, NaN, a name
    twice, too deep.

    The mark that some editors put before a text (BOM) is passed over: the file may be mended by
    hand.
    """
    if len(raw) > most_bytes:
        raise Damaged(f"it is larger than {most_bytes / 1e6:g} MB")
    try:
        return json.loads(
            raw.removeprefix(codecs.BOM_UTF8).decode("utf-8"),
            parse_constant=_no_constant,
            object_pairs_hook=_once,
        )
    except UnicodeDecodeError as error:
        raise Damaged(f"it is not UTF-8 text (byte {error.start + 1})") from None
    except json.JSONDecodeError as error:
        raise Damaged(
            f"it is no JSON (line {error.lineno}, column {error.colno}: {error.msg})"
        ) from None
    except RecursionError:
        raise Damaged("it is nested too deep") from None
    except Damaged:
        raise
    except ValueError:
        raise Damaged("it holds a number of too many digits") from None


def _no_constant(name):
    raise Damaged(f"it holds {name}, which is no number")


def _once(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Damaged("it holds a name twice")
    return found


def is_one(path: Path) -> bool:
    """Whether a plain file is one of answers of this casebook, whole or not; never raises."""
    try:
        if path.is_symlink() or not path.is_file():
            return False
        document = load(path.read_bytes()[: MOST_BYTES + 1])
    except (OSError, Damaged):
        return False
    return isinstance(document, dict) and document.get("schema") == SCHEMA


def read(raw: bytes, most_bytes: int = MOST_BYTES) -> Content:
    """The content of a file of answers; single bad entries are left out and named in ``problems``.

    Raises Damaged if it is none, Newer if its version is not known yet.
    """
    document = load(raw, most_bytes)
    if not isinstance(document, dict) or document.get("schema") != SCHEMA:
        raise Damaged("it is no file of answers of this casebook")
    version = document.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Damaged(f"its version is {short(version)}")
    if version > VERSION:
        raise Newer(f"version {version}; this casebook reads up to version {VERSION}")
    for step in range(version, VERSION):
        try:
            document = MIGRATIONS[step](document)
        except (KeyError, TypeError, ValueError, AttributeError):
            raise Damaged(f"it says that it is of version {version}, and is not") from None
    name, answers = document.get("learner"), document.get("answers")
    if not isinstance(name, str) or not PSEUDONYM.fullmatch(name):
        raise Damaged(f"its pseudonym is {short(name)}; allowed: 2 to 20 letters, digits and -")
    if not isinstance(answers, dict) or not all(
        isinstance(kept, dict) for kept in answers.values()
    ):
        raise Damaged("its answers are not sorted by kind")
    entries, problems = {}, []
    for kind, kept in answers.items():
        for key, entry in kept.items():
            problem = _problem_of_entry(kind, key, entry)
            if problem:
                problems.append(Problem(f"{short(kind)}, {short(key)}", problem))
            else:
                entries[kind, key] = Entry(entry["value"], entry["at"])
    if len(entries) > MOST_ENTRIES:
        raise Damaged(f"it holds {len(entries):,} answers; allowed: at most {MOST_ENTRIES:,}")
    return Content(name, entries, problems, version)


def _problem_of_entry(kind, key, entry) -> str:
    if not isinstance(entry, dict) or set(entry) != {"value", "at"}:
        return "an entry has a value and a time (at), and nothing else"
    if not isinstance(entry["at"], str) or not AT.fullmatch(entry["at"]):
        return f"{short(entry['at'])} is no time; allowed: as in 2026-01-31T12:00:00Z"
    return problem_of(kind, key, entry["value"])


def day_of(at: str) -> str:
    """The time of an entry without its time of day: who hands in shows no hours.

    >>> day_of("2026-01-31T12:34:56Z")
    '2026-01-31T00:00:00Z'
    """
    return f"{at[:10]}T00:00:00Z"


def written(learner: str, entries: dict) -> bytes:
    """The file that holds ``entries``, a line an entry, sorted: the same entries always give the
    same bytes.
    """
    kinds = []
    for kind in sorted({kind for kind, _ in entries}):
        lines = [
            f"   {_coded(key)}: {_coded({'at': entry.at, 'value': entry.value})}"
            for (a_kind, key), entry in sorted(entries.items(), key=lambda pair: pair[0])
            if a_kind == kind
        ]
        kinds.append(f"  {_coded(kind)}: {{\n" + ",\n".join(lines) + "\n  }")
    answers = "{\n" + ",\n".join(kinds) + "\n }" if kinds else "{}"
    return (
        f'{{\n "answers": {answers},\n "learner": {_coded(learner)},\n "schema":'
        f' {_coded(SCHEMA)},\n "version": {VERSION}\n}}\n'.encode()
    )


# A line an entry is easier to read than json's own indent, and takes a fifth of its time.
_coded = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True).encode
