"""The structure of a YAML file that people wrote: mappings, lists and strings, each with its line.

YAML is read as text and structure only (no ``NO`` turned into False, no dates guessed); anchors,
aliases, doubled keys and remarks behind a value are refused, so that a file means what it looks
like.
"""

import re

import yaml

from casebook.records.problems import Node, Problem, SeedsError, field_name

DEEPEST = 12  # levels of nesting; a record has five
# Events that mark where a file or a document begins and ends, and hold nothing.
MARKS_ONLY = (yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent)
# What looks like a plain space or colon where YAML wants one: at a line's head or after a key.
LOOKS_LIKE = re.compile("^ *([\u00a0\u2000-\u200b\u3000])|^[ -]*\\w+:?([\u00a0\u3000\uff1a])", re.M)
QUOTE = (
    "a value with a colon or # in it, or one that begins with \" ' * & @ % ! ` - [ { > or |, in"
    " quotation marks from its first to its last letter"
)


def parse_yaml(name: str, text: str) -> Node:
    """The structure of a text; ``name`` is the file's, for the messages."""
    tree = _Tree(name, text.split("\n"))
    try:
        value = tree.whole(yaml.parse(text, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        wrong = getattr(error, "problem", None) or str(error).splitlines()[0]
        line = mark.line + 1 if mark else 0
        if odd := LOOKS_LIKE.search(text):
            line = text.count("\n", 0, odd.start()) + 1
            wrong = f"a sign (U+{ord(odd[1] or odd[2]):04X}) that only looks like a space or colon"
            raise SeedsError([Problem(name, line, "", wrong, "plain spaces and colons")]) from None
        raise SeedsError([Problem(name, line, "", f"not YAML: {wrong}", QUOTE)]) from None
    if tree.problems:
        raise SeedsError(tree.problems)
    return Node(value, tree.lines)


class _Tree:
    """Builds a structure from YAML's events, and notes the line of every place."""

    def __init__(self, name: str, text: list[str]):
        self.name, self.text = name, text
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
            self.refuse_remark(event, place)
            return event.value
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(event := next(events), yaml.SequenceEndEvent):
                items.append(self.build(event, events, (*place, len(items))))
            return items
        return self.mapping(events, place)

    def refuse_remark(self, event, place: tuple):
        """A # cuts a value without quotation marks short, and nobody sees it."""
        end = event.end_mark
        behind = self.text[end.line][end.column :] if end.line < len(self.text) else ""
        if not event.style and event.value and behind.lstrip().startswith("#"):
            words = "the value in quotation marks; a remark on a line of its own"
            wrong = f"# cuts the value short: “{behind.strip()[:40]}” is not read"
            self.problems.append(Problem(self.name, end.line + 1, field_name(place), wrong, words))

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
