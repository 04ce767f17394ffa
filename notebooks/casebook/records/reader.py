"""Read seeds/: YAML and CSV through the schema, with errors that name file, line, field and what is
allowed.

YAML is read as text and structure only (no ``NO`` turned into False, no dates guessed); anchors,
aliases and doubled keys are refused, so that a file means what it looks like.
"""

import csv
import io
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import yaml
from pydantic import BaseModel, ValidationError

LARGEST = 2_000_000  # bytes; the largest record today has under 100,000
DEEPEST = 12  # levels of nesting; a record has five
REMEMBERED = (
    256  # files: a form that checks a record at each change reads the same seeds again and again
)
# Events that mark where a file or a document begins and ends, and hold nothing.
MARKS_ONLY = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)
# What no line of ours holds: control characters, among them the tab and all line ends but one.
ODD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


class Problem(NamedTuple):
    """One thing wrong in seeds/. ``line`` is 1-based, 0 where no line can be named."""

    file: str
    line: int
    field: str
    wrong: str
    allowed: str = ""

    def __str__(self) -> str:
        place = f"{self.file}, line {self.line}" if self.line else self.file
        field = f", {self.field}" if self.field else ""
        allowed = f" Allowed: {self.allowed}." if self.allowed else ""
        return f"{place}{field}: {self.wrong}.{allowed}"


class SeedsError(ValueError):
    """All the problems found in seeds/, in ``problems``; printed one a line."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(problems)
        count = len(self.problems)
        super().__init__(
            "\n".join([f"seeds/: {count} problem{'s' * (count > 1)}", *map(str, self.problems)])
        )


class Read(NamedTuple):
    """A row with the place where it was read: its file, the file's structure, the place in it."""

    row: BaseModel
    file: str
    node: "Node"
    place: tuple = ()


# Notes a fault: the row, its field ('' for the whole row), what is wrong, what is allowed.
Wrong = Callable[..., None]


class Node(NamedTuple):
    """What a YAML file holds (mappings, lists, strings) and the line of every place in it."""

    value: dict | list | str | None
    lines: dict[tuple, int]

    def line(self, place: tuple) -> int:
        """The line of ``place``, or of the nearest place around it."""
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place]


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
    if raw.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        refuse(1, "the file begins with a byte-order mark", "UTF-8 without one")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        refuse(raw[: error.start].count(b"\n") + 1, "not UTF-8 text", "UTF-8")
    if odd := ODD.search(text):
        number = text.count("\n", 0, odd.start()) + 1
        line = text.split("\n")[number - 1]
        if "\r" in line:
            refuse(number, "a Windows or old Mac line end", "plain line ends (LF)")
        if "\t" in line:
            refuse(number, "a tab", "spaces")
        refuse(number, f"a control character (U+{ord(odd[0]):04X})", "text")
    return text


def read_yaml(path: Path) -> Node:
    """The structure of a YAML file, every scalar a string. Raises SeedsError."""
    return _parse_yaml(_called(path), read_text(path))


def _parse_yaml(name: str, text: str) -> Node:
    """The structure of a text; ``name`` is the file's, for the messages."""
    tree = _Tree(name)
    try:
        value = tree.whole(yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        wrong = getattr(error, "problem", None) or str(error).splitlines()[0]
        line = mark.line + 1 if mark else 0
        raise SeedsError([Problem(name, line, "", f"not YAML: {wrong}")]) from None
    if tree.problems:
        raise SeedsError(tree.problems)
    return Node(value, tree.lines)


class _Tree:
    """Builds a structure from YAML's events, and notes the line of every place."""

    def __init__(self, name: str):
        self.name = name
        self.lines: dict[tuple, int] = {}
        self.problems: list[Problem] = []

    def fail(self, event, wrong: str, allowed: str = ""):
        raise SeedsError([Problem(self.name, event.start_mark.line + 1, "", wrong, allowed)])

    def whole(self, events):
        """What the one document of a file holds."""
        starts, value = 0, None
        for event in events:
            if isinstance(event, MARKS_ONLY):
                continue
            if isinstance(event, yaml.DocumentStartEvent):
                starts += 1
                if starts > 1:
                    self.fail(event, "a second document ('---') in one file", "one")
                continue
            value = self.build(event, events, ())
        if not starts:
            raise SeedsError([Problem(self.name, 0, "", "the file is empty")])
        return value

    def build(self, event, events, place: tuple):
        """The value that begins with ``event`` and stands at ``place``."""
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self.fail(
                event,
                "an anchor or alias (& or *)",
                "write the value out, or put it in quotation marks",
            )
        if len(place) > DEEPEST:
            self.fail(event, f"nested more than {DEEPEST} levels deep", "the fields of the schema")
        self.lines[place] = event.start_mark.line + 1
        if isinstance(event, yaml.ScalarEvent):
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self.build(event, events, (*place, len(items))))
            return items
        return self.mapping(events, place)

    def mapping(self, events, place: tuple) -> dict:
        """The fields of a mapping, each once."""
        found = {}
        while not isinstance(key := next(events), yaml.MappingEndEvent):
            if not isinstance(key, yaml.ScalarEvent) or key.anchor:
                self.fail(key, "a key that is no plain word", "a field's name")
            line = key.start_mark.line + 1
            if key.value in found:
                self.problems.append(
                    Problem(self.name, line, key.value, "stands twice", "each field once")
                )
            found[key.value] = self.build(next(events), events, (*place, key.value))
            self.lines[(*place, key.value)] = line
        return found


def field_name(loc: tuple) -> str:
    """A place in a file as people write it: claims[3].voice; of a list's row the field alone."""
    words = ""
    for part in loc[1:] if loc and isinstance(loc[0], int) else loc:
        words += f"[{part}]" if isinstance(part, int) else f".{part}" if words else str(part)
    return words


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
        found, wrong = (), error.problems
    problems.extend(wrong)
    return list(found)


# Each gives (what was read, problems), and may be remembered: rows are frozen, and the same text
# reads the same.


@lru_cache(REMEMBERED)
def _one(model, name, text):
    node, problems = _parse_yaml(name, text), []
    row = check(model, node, (), name, problems)
    return () if row is None else (Read(row, name, node),), tuple(problems)


@lru_cache(REMEMBERED)
def _list(model, name, text):
    node, problems = _parse_yaml(name, text), []
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
