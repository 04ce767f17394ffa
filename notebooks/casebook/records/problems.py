"""What is wrong in seeds/, and where: file, line, field and what is allowed."""

from typing import NamedTuple


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


class Unreadable(Problem):
    """A fault for which nothing of a file could be read."""


class SeedsError(ValueError):
    """All the problems found in seeds/, in ``problems``; printed one a line."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(problems)
        count = len(self.problems)
        super().__init__(
            "\n".join([f"seeds/: {count} problem{'s' * (count > 1)}", *map(str, self.problems)])
        )


class Node(NamedTuple):
    """What a YAML file holds (mappings, lists, strings) and the line of every place in it."""

    value: dict | list | str | None
    lines: dict[tuple, int]

    def line(self, place: tuple) -> int:
        """The line of ``place``, or of the nearest place around it."""
        while place not in self.lines:
            place = place[:-1]
        return self.lines[place]


def field_name(loc: tuple) -> str:
    """A place in a file as people write it: claims[3].voice; of a list's row the field alone."""
    words = ""
    for part in loc[1:] if loc and isinstance(loc[0], int) else loc:
        words += f"[{part}]" if isinstance(part, int) else f".{part}" if words else str(part)
    return words
