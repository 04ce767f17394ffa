"""A teacher's own questions, and what a teacher leaves out, in plain text files of my_questions/,
beside the folder notebooks.
"""

import os
import re
from pathlib import Path
from typing import NamedTuple

FOLDER = "my_questions"
SKIP = "skip.txt"
HOUSE = Path(__file__).resolve().parents[3]
CHOICE = re.compile(r"([*-])\s+(.+?)\s*::\s*(.+)")
ITEM = re.compile(r"(.+?)\s*\|\s*(.+?)\s*::\s*(.+)")
FORMS = (
    "allowed: “lesson: 01”, “question: …”, “* right choice :: why”, “- wrong choice :: why”,"
    " “bins: one / other”, “bin | item :: why”"
)


class OwnQuestion(NamedTuple):
    """A question of a teacher's: ``choices`` are (text, right, why), for a sorting (item, its bin,
    why); ``bins`` are empty for a choice.
    """

    lesson: str
    question: str
    bins: list[str]
    choices: list[tuple[str, bool | str, str]]


class Own(NamedTuple):
    """What the folder holds: questions, {lesson: headings left out}, and what is wrong in it."""

    questions: list[OwnQuestion]
    skipped: dict[str, list[str]]
    problems: list[str]


def own_folder() -> Path:
    """my_questions beside notebooks, or in the folder that CASEBOOK_WORK names."""
    return Path(os.environ.get("CASEBOOK_WORK") or HOUSE) / FOLDER


def read_own(folder: Path | None = None) -> Own:
    """Read the folder; a folder that is not there is empty. What is wrong is told with its file and
    line, and costs its own question alone.
    """
    folder = own_folder() if folder is None else folder
    own = Own([], {}, [])
    for path in sorted(folder.glob("*.txt")) if folder.is_dir() else []:
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except (OSError, UnicodeDecodeError):
            own.problems.append(f"{path.name} can't be read: save it as plain text (UTF-8).")
            continue
        if path.name == SKIP:
            _read_skips(lines, own)
        else:
            _read_questions(path.name, lines, own)
    return own


def _read_skips(lines: list[str], own: Own) -> None:
    for number, line in enumerate(map(str.strip, lines), 1):
        found = re.fullmatch(r"(\d\d)\s+(.+)", line)
        if found:
            own.skipped.setdefault(found[1], []).append(found[2])
        elif line and not line.startswith("#"):
            own.problems.append(
                f"{SKIP}, line {number}: “{line}” names no part; allowed: a lesson's number and a"
                " heading, as in “01 The toast”."
            )


def _read_questions(name: str, lines: list[str], own: Own) -> None:
    """The questions of a file, parted by empty lines."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*map(str.strip, lines), ""], 1):
        if line and not line.startswith("#"):
            block.append((number, line))
        elif not line and block:
            try:
                own.questions.append(_question(block))
            except ValueError as why:
                own.problems.append(f"{name}, {why}")
            block = []


def _question(block: list[tuple[int, str]]) -> OwnQuestion:
    """One question. Raises ValueError with the line, what is wrong, and what is allowed."""
    said: dict[str, str] = {}
    choices: list[tuple[str, bool | str, str]] = []
    for number, line in block:
        field = re.fullmatch(r"(lesson|question|bins):\s*(.+)", line)
        choice, item = CHOICE.fullmatch(line), ITEM.fullmatch(line)
        if field:
            said[field[1]] = field[2]
        elif choice and "bins" not in said:
            choices.append((choice[2], choice[1] == "*", choice[3]))
        elif item and item[1] in _bins(said):
            choices.append((item[2], item[1], item[3]))
        else:
            raise ValueError(f"line {number}: “{line}” can't be read; {FORMS}.")
    return _whole(block[0][0], said, choices)


def _bins(said: dict[str, str]) -> list[str]:
    return [bin_.strip() for bin_ in said["bins"].split("/")] if "bins" in said else []


def _whole(first: int, said: dict[str, str], choices: list) -> OwnQuestion:
    """The question, once it has all that it needs."""
    place = f"line {first}: the question that begins here"
    if not re.fullmatch(r"\d\d", said.get("lesson", "")):
        raise ValueError(f"{place} names no lesson; allowed: “lesson: 01”.")
    if "question" not in said:
        raise ValueError(f"{place} asks nothing; allowed: “question: …”.")
    if len(choices) < 2:
        raise ValueError(f"{place} has fewer than two choices; {FORMS}.")
    bins = _bins(said)
    if not bins and sum(bool(right) for _, right, _ in choices) != 1:
        raise ValueError(f"{place} needs one right choice, the one with the star.")
    return OwnQuestion(said["lesson"], said["question"], bins, choices)
