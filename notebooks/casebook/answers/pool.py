"""A class's exported files, pooled. They come from other machines and are not trusted: whatever
does not fit is named and left out.

A file is read only if it is a plain file of at most 1 MB, in a folder or a ZIP of the class too
(``handed_in``); it is parsed as JSON and nothing else.
Which keys and values may stand in it comes as an argument, ``allowed``::

    {"exercise": {id: {"kind", "choices": [...], "bins": [...]}},
     "prediction": {id: most or [choices]}, "forecast": {"Q01@2022-08-01", …},
     "phrases": {"P03", …}, "cannot": what is chosen where two can't be compared,
     "items": {"C05", …}, "codes": {"voice": {"quoted", …}, …}}
"""

import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from casebook.answers import shape
from casebook.answers.handed_in import MOST_BYTES, MOST_FILES, Unusable, handed_in
from casebook.answers.shape import short

MOST_PROBLEMS = 20
MANY = "many entries"  # the place of a fault that stands for more than so many
ROUNDS = "1", "2"
LARGEST_COUNT = 999_999_999

COLUMNS = {
    "exercises": ["learner", "exercise", "value"],
    "forms": ["learner", "time", "form", "item", "value"],
    "forecasts": ["learner", "question", "date", "value"],
    "judgements": ["learner", "first", "second", "chosen"],
    "codings": ["learner", "item", "round", "code", "value"],
    "problems": ["file", "place", "problem", "left_out"],
}


class Pooled(NamedTuple):
    """A class's answers as tidy tables (columns: COLUMNS), and who handed in.

    ``learners`` are pseudonyms, ``files`` is the number of files found. ``exercises`` holds
    predictions too; ``forms`` the closed items of the forms before and after; ``value`` is a text,
    a number, a list or a dict there, and in ``forecasts`` a number from 0 to 1 or 'known', where
    ``date`` is the day as of which it was made, or 'hindsight'. ``left_out`` is 'file' or 'entry'.
    All texts are as the files have them: whoever shows them escapes them.
    """

    learners: list
    files: int
    exercises: pd.DataFrame
    forms: pd.DataFrame
    forecasts: pd.DataFrame
    judgements: pd.DataFrame
    codings: pd.DataFrame
    problems: pd.DataFrame


def pool(folder: Path, allowed: dict, progress: Callable[[int, int], None] | None = None) -> Pooled:
    """Pool the files of ``folder``. ``progress(done, of)`` is called after each file. A folder that
    is not there is an empty class.
    """
    files = handed_in(folder)
    return pool_files(files, len(files), allowed, progress)


def pool_files(
    files: Iterable[tuple[str, Callable[[], bytes]]],
    count: int,
    allowed: dict,
    progress: Callable[[int, int], None] | None = None,
) -> Pooled:
    """Pool ``files``, each (name, function that gives its bytes or raises Unusable); as
    ``pool``.
    """
    contents, problems = {}, []
    for number, (name, read) in enumerate(files, 1):
        shown = _shown(name)
        try:
            if number > MOST_FILES:
                raise Unusable(
                    "there are more files before it than can be pooled at once; allowed:"
                    f" {MOST_FILES:,}"
                )
            content, found = _checked(read(), allowed)
        except Unusable as why:
            problems.append((shown, "the file", str(why), "file"))
        else:
            problems += [(shown, p.place, p.why, "entry") for p in found]
            _admit(contents, content, shown, problems)
        if progress:
            progress(number, count)
    rows = {name: [] for name in COLUMNS}
    for learner, (_, content) in contents.items():
        for (kind, key), entry in content.entries.items():
            _ROWS[kind](rows, learner, key, entry.value)
    rows["problems"] = problems
    return Pooled(
        sorted(contents),
        count,
        **{
            name: pd.DataFrame(rows[name], columns=columns, dtype=object)
            for name, columns in COLUMNS.items()
        },
    )


def _shown(name: str) -> str:
    """A file's name on one line; of a long one in a folder the end, which is the file's own."""
    if "/" in name and len(name) > 60:
        return f"…{short(name[-59:], 60)[1:-1]}"
    return short(name, 60)[1:-1]


def _checked(raw: bytes, allowed: dict):
    """(content with the entries that are allowed, problems of the others). Raises Unusable."""
    try:
        content = shape.read(raw, MOST_BYTES)
    except shape.Newer as newer:
        raise Unusable(f"it was written by a newer casebook ({newer})") from None
    except shape.Damaged as damage:
        raise Unusable(f"{damage}; allowed: a file as “Hand in” wrote it") from None
    good, problems = {}, list(content.problems)
    for (kind, key), entry in content.entries.items():
        why = _problem(kind, key, entry.value, allowed)
        if why:
            problems.append(shape.Problem(f"{kind}, {short(key)}", why))
        else:
            good[kind, key] = entry
    if len(problems) > MOST_PROBLEMS:
        many = f"{len(problems)} of its answers can't be used, the first one at {problems[0]}"
        if not good:
            raise Unusable(f"{many}; allowed: at most {MOST_PROBLEMS}")
        others = "the other one is" if len(good) == 1 else f"the other {len(good)} are"
        rest = f"{others}; its casebook may be newer or older than this one"
        problems = [shape.Problem(MANY, f"{many}; {rest}")]
    return content._replace(entries=good), problems


def _admit(contents, content, name, problems) -> None:
    """Take in a file; of two files of one pseudonym the one with the latest day, then with more
    answers, then the one that was downloaded later.
    """
    if content.learner not in contents:
        contents[content.learner] = name, content
        return
    other_name, other = contents[content.learner]
    later = _rank(content, name) > _rank(other, other_name)
    if later:
        contents[content.learner] = name, content
    out, stays = (other_name, name) if later else (name, other_name)
    why = (
        "it says the same"
        if content.entries == other.entries
        else f"{_why_later(content, other)} is used; if they are two people, one needs another"
        " pseudonym"
    )
    problems[:] = [p for p in problems if p[0] != out]
    problems.append(
        (
            out,
            "learner",
            f"“{content.learner}” has handed in {stays} too; {why}; allowed: one file a pseudonym",
            "file",
        )
    )


def _latest(content) -> str:
    return max((entry.at for entry in content.entries.values()), default="")


def _rank(content, name: str) -> tuple:
    """What decides between two files of one pseudonym: a file handed in twice has days alone."""
    return _latest(content), len(content.entries), download(name)


def _why_later(content, other) -> str:
    if _latest(content) != _latest(other):
        return "the one with the latest answer"
    if len(content.entries) != len(other.entries):
        return "the one with more answers"
    return "the one downloaded later"


def download(name: str) -> int:
    """The number that a browser or a course page gives to a second file of one name, else 0.

    >>> [download(n) for n in ("answers-of-Ada.json", "answers-of-Ada (2).json", "a - Copy.json")]
    [0, 2, 1]
    """
    found = re.search(r"(?: \((\d{1,4})\)| - Copy(?: \((\d{1,4})\))?)\.json$", name, re.I)
    return 0 if found is None else int(found[1] or found[2] or 1)


# -- what may stand in an entry --------------------------------------------------------------------


def _problem(kind, key, value, allowed) -> str:
    """Why an entry can't be used, with what is allowed; '' if it can. Its shape was checked
    before.
    """
    return _CHECKS[kind](key, value, allowed)


def _exercise(key, value, allowed) -> str:
    task = allowed["exercise"].get(key)
    if task is None:
        return f"there is no such exercise; allowed: {_few(allowed['exercise'])}"
    choices, bins = task["choices"], task["bins"]
    if task["kind"] == "choose" and not (isinstance(value, str) and value in choices):
        return f"{short(value)} is none of its choices; allowed: {_few(choices)}"
    if task["kind"] == "choose all" and not (
        isinstance(value, list)
        and value
        and len(set(value)) == len(value)
        and set(value) <= set(choices)
    ):
        return f"{short(value)} is no list of its choices, each once; allowed: {_few(choices)}"
    if task["kind"] == "sort" and (wrong := _badly_sorted(value, choices, bins)):
        return f"{wrong} does not sort its items; allowed: {_few(choices)} into {_few(bins)}"
    if task["kind"] == "number" and not _count(value, LARGEST_COUNT):
        return f"{short(value)} is no count; allowed: a whole number from 0 to {LARGEST_COUNT:,}"
    return ""


def _badly_sorted(value, choices, bins) -> str:
    """The first part of a sorting that does not fit; '' if all do."""
    if not isinstance(value, dict) or not value:
        return short(value)
    return next(
        (
            f"{short(item)} into {short(bin_)}"
            for item, bin_ in value.items()
            if item not in choices or bin_ not in bins
        ),
        "",
    )


def _prediction(key, value, allowed) -> str:
    if key not in allowed["prediction"]:
        return f"there is no such prediction; allowed: {_few(allowed['prediction'])}"
    fits = allowed["prediction"][key]
    if isinstance(fits, list):
        return "" if value in fits else f"{short(value)} is no vote; allowed: {_few(fits)}"
    return (
        ""
        if _count(value, fits)
        else f"{short(value)} is no guess; allowed: a whole number from 0 to {fits}"
    )


def _forecast(key, value, allowed) -> str:
    return (
        ""
        if key in allowed["forecast"]
        else f"there is no such question on such a day; allowed: {_few(allowed['forecast'])}"
    )


def _judgement(key, value, allowed) -> str:
    pair = key.split("|")
    if len(pair) != 2 or pair != sorted(set(pair)) or not set(pair) <= set(allowed["phrases"]):
        return f"this is no pair of phrasings, sorted; allowed: two of {_few(allowed['phrases'])}"
    fits = (*pair, allowed["cannot"])
    return (
        "" if value in fits else f"{short(value)} is neither of the two; allowed: {', '.join(fits)}"
    )


def _coding(key, value, allowed) -> str:
    item, round_, code = (key.split("/") + ["", "", ""])[:3]
    if (
        key.count("/") != 2
        or item not in allowed["items"]
        or round_ not in ROUNDS
        or code not in allowed["codes"]
    ):
        return (
            f"this is no item, round and code; allowed: {_few(allowed['items'])}; {_few(ROUNDS)};"
            f" {_few(allowed['codes'])}"
        )
    return (
        ""
        if value in allowed["codes"][code]
        else f"{short(value)} is no value of {code}; allowed: {_few(allowed['codes'][code])}"
    )


def _writing(key, value, allowed) -> str:
    return f"a text is not pooled; allowed: choices ({', '.join(shape.CHOICES)})"


def _count(value, most) -> bool:
    return isinstance(value, int) and 0 <= value <= most


def _few(values, most: int = 8) -> str:
    """The first few of the values that are allowed."""
    values = sorted(values)
    return (
        ", ".join(values[:most]) + (f" and {len(values) - most} more" if len(values) > most else "")
    ) or "none in this casebook"


def _predicted(rows, learner, key, value) -> None:
    """A guess or a vote of a lesson; or an item of a form, whose key is before/A/1."""
    place = key.split("/")
    if len(place) == 3:
        rows["forms"].append((learner, *place, value))
    else:
        rows["exercises"].append((learner, key, value))


_CHECKS = {
    "exercise": _exercise,
    "prediction": _prediction,
    "forecast": _forecast,
    "judgement": _judgement,
    "coding": _coding,
    "writing": _writing,
}
_ROWS = {
    "exercise": lambda rows, learner, key, value: rows["exercises"].append((learner, key, value)),
    "prediction": lambda rows, learner, key, value: _predicted(rows, learner, key, value),
    "forecast": (
        lambda rows, learner, key, value: rows["forecasts"].append(
            (learner, *key.split("@"), value)
        )
    ),
    "judgement": (
        lambda rows, learner, key, value: rows["judgements"].append(
            (learner, *key.split("|"), value)
        )
    ),
    "coding": (
        lambda rows, learner, key, value: rows["codings"].append((learner, *key.split("/"), value))
    ),
}
