"""Read seeds/: YAML and CSV through the schema, with errors that name file, line, field and what is
allowed.

The mark that Excel and Notepad put before a text, and Windows' line ends, are simply read.
"""

import csv
import io
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from casebook.records.problems import Node, Problem, SeedsError, Unreadable, field_name
from casebook.records.structure import parse_yaml

LARGEST = 2_000_000  # bytes; the largest record today has under 100,000
REMEMBERED = (
    256  # files: a form that checks a record at each change reads the same seeds again and again
)
# What no line of ours holds: control characters, among them the tab and all line ends but one.
ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class Read(NamedTuple):
    """A row with the place where it was read: its file, the file's structure, the place in it."""

    row: BaseModel
    file: str
    node: Node
    place: tuple = ()


# Notes a fault: the row, its field ('' for the whole row), what is wrong, what is allowed.
Wrong = Callable[..., None]


def _called(path: Path) -> str:
    """A file's name, with its folder where each lesson has one of that name: 02/glossary.yaml."""
    lesson = path.parent.name
    return f"lessons/{lesson}/{path.name}" if lesson.isdigit() else path.name


def read_text(path: Path) -> str:
    """The text of a file people wrote. Raises SeedsError for what no text of ours can be."""
    name = _called(path)

    def refuse(line, wrong, allowed):
        raise SeedsError([Problem(name, line, "", wrong, allowed)])

    if not path.is_file():
        refuse(0, "the file is missing", "a file of this name")
    size = path.stat().st_size
    if size > LARGEST:
        refuse(0, f"the file has {size:,} bytes", f"at most {LARGEST:,}")
    raw = path.read_bytes()
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        refuse(1, "the file is written in UTF-16", "UTF-8")
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        refuse(raw[: error.start].count(b"\n") + 1, "not UTF-8 text", "UTF-8")
    if odd := ODD.search(text):
        number = text.count("\n", 0, odd.start()) + 1
        line = text.split("\n")[number - 1]
        if "\r" in line:
            refuse(number, "an old Mac's line end", "line ends as today's systems write them")
        if "\t" in line:
            refuse(number, "a tab", "spaces")
        refuse(number, f"a control character (U+{ord(odd[0]):04X})", "text")
    return text


def read_yaml(path: Path) -> Node:
    """The structure of a YAML file, every scalar a string. Raises SeedsError."""
    return parse_yaml(_called(path), read_text(path))


# pydantic's kinds of error in plain words: (what is wrong, what is allowed). {given} is the value
# as it is shown, {length} its length.
EXPLAINED = {
    "missing": ("is missing", ""),
    "literal_error": ("{given} is not one of the values", "{expected}"),
    "string_pattern_mismatch": (
        "{given} has not the form it should have",
        "text that matches {pattern}",
    ),
    "int_parsing": ("{given} is no whole number", "digits, as in 12"),
    "int_type": ("{given} is no whole number", "digits, as in 12"),
    "float_parsing": ("{given} is no number", "digits, as in 5532 or 2.5"),
    "float_type": ("{given} is no number", "digits, as in 5532 or 2.5"),
    "finite_number": ("{given} is no number", "digits, as in 5532 or 2.5"),
    "greater_than_equal": ("{given} is out of range", "{should}"),
    "less_than_equal": ("{given} is out of range", "{should}"),
    "string_too_short": ("is empty", "at least one character, or leave the field out"),
    "string_too_long": ("has {length} characters", "at most {most}"),
    "string_type": ("is no text", "one line of text"),
    "tuple_type": ("is no list", "items that begin with '-'"),
    "list_type": ("is no list", "items that begin with '-'"),
    "dict_type": ("is no set of fields", "lines of the form 'field: value'"),
    "model_type": ("is no set of fields", "lines of the form 'field: value'"),
    "model_attributes_type": ("is no set of fields", "lines of the form 'field: value'"),
}


def _explain(error: dict, model: type[BaseModel]) -> tuple[str, str]:
    """pydantic's error in plain words: (what is wrong, what is allowed)."""
    kind, context, given = error["type"], error.get("ctx", {}), error.get("input")
    if kind == "extra_forbidden":
        return "is no field here", ", ".join(_fields_at(model, error["loc"][:-1]))
    if kind == "value_error":
        return str(context["error"]), ""
    if kind not in EXPLAINED:
        return error["msg"], ""
    words = {
        "given": repr(given if len(str(given)) <= 60 else str(given)[:57] + "…"),
        "length": f"{len(str(given)):,}",
        "expected": str(context.get("expected", "")).replace("'", ""),
        "pattern": context.get("pattern", ""),
        "most": f"{context.get('max_length', 0):,}",
        "should": error["msg"].removeprefix("Input should be "),
    }
    return tuple(text.format(**words) for text in EXPLAINED[kind])


def _fields_at(model: type[BaseModel], loc: tuple) -> list[str]:
    """The fields of the model that stands at ``loc`` inside ``model``."""
    for part in loc:
        if isinstance(part, str):
            inner = getattr(model.model_fields[part].annotation, "__args__", (None,))[0]
            model = inner if isinstance(inner, type) and issubclass(inner, BaseModel) else model
    return list(model.model_fields)


def check(
    model: type[BaseModel], node: Node, place: tuple, file: str, problems: list[Problem]
) -> BaseModel | None:
    """``node``'s part at ``place`` as a ``model``, or None with its faults added to
    ``problems``.
    """
    value = node.value
    for part in place:
        value = value[part]
    try:
        return model.model_validate(value)
    except ValidationError as caught:
        for error in caught.errors(include_url=False):
            loc = tuple(error["loc"])
            if loc and loc[-1] == "[key]":  # a key of a mapping: name the key itself
                loc = loc[:-1]
            wrong, allowed = _explain(error, model)
            problems.append(Problem(file, node.line(place + loc), field_name(loc), wrong, allowed))
        return None


def read_one(model: type[BaseModel], path: Path, problems: list[Problem]) -> list[Read]:
    """A file that holds one mapping; no row where it can't be read."""
    return _read(_one, model, path, problems)


def read_list(model: type[BaseModel], path: Path, problems: list[Problem]) -> list[Read]:
    """A file that holds a list of mappings."""
    return _read(_list, model, path, problems)


def read_csv(model: type[BaseModel], path: Path, problems: list[Problem]) -> list[Read]:
    """A table; its columns are the model's fields, in their order."""
    return _read(_csv, model, path, problems)


def _read(parse, model, path, problems) -> list[Read]:
    """What ``parse`` makes of a file's text, its problems added to ``problems``."""
    try:
        found, wrong = parse(model, _called(path), read_text(path))
    except SeedsError as error:
        found, wrong = (), [Unreadable(*problem) for problem in error.problems]
    if not found and any(not problem.field for problem in wrong):
        wrong = [Unreadable(*problem) for problem in wrong]
    problems.extend(wrong)
    return list(found)


# Each gives (what was read, problems), and may be remembered: rows are frozen, and the same text
# reads the same.


@lru_cache(REMEMBERED)
def _one(model, name, text):
    node, problems = parse_yaml(name, text), []
    row = check(model, node, (), name, problems)
    return () if row is None else (Read(row, name, node),), tuple(problems)


@lru_cache(REMEMBERED)
def _list(model, name, text):
    node, problems = parse_yaml(name, text), []
    if not isinstance(node.value, list):
        return (), (Problem(name, 1, "", "is no list", "items that begin with '-'"),)
    rows = [(check(model, node, (i,), name, problems), (i,)) for i in range(len(node.value))]
    found = tuple(Read(row, name, node, place) for row, place in rows if row is not None)
    return found, tuple(problems)


@lru_cache(REMEMBERED)
def _csv(model, name, text):
    reader, rows, problems = csv.reader(io.StringIO(text), strict=True), [], []
    try:
        header, expected = next(reader, []), list(model.model_fields)
        if header != expected:
            return (), (
                Problem(name, 1, "", f"the columns are {', '.join(header)}", ", ".join(expected)),
            )
        for cells in reader:
            line = reader.line_num
            if len(cells) != len(header):
                problems.append(Problem(name, line, "", f"{len(cells)} cells", f"{len(header)}"))
                continue
            node = Node(dict(zip(header, cells)), {(): line})
            row = check(model, node, (), name, problems)
            if row is not None:
                rows.append(Read(row, name, node))
    except csv.Error as error:
        return (), (*problems, Problem(name, reader.line_num, "", f"not a CSV table: {error}"))
    return tuple(rows), tuple(problems)
