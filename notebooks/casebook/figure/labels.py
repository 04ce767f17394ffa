"""Where labels go, so that none covers another."""

from collections.abc import Hashable, Iterable, Sequence
from typing import Literal, NamedTuple

Crowded = Literal["leave out", "cover least", "take last"]


class Box(NamedTuple):
    """The room that a label would take. Boxes on different lines never meet."""

    line: Hashable
    left: float
    right: float
    bottom: float = 0
    top: float = 1


def place_labels(
    choices: Iterable[Sequence[Box]],
    taken: Iterable[Box] = (),
    gap: float = 0,
    crowded: Crowded = "leave out",
) -> list[int | None]:
    """Which of its boxes, in the order of preference, each label takes: the first that keeps
    ``gap`` to all before it, on its line.

    ``taken`` has no room from the beginning. ``crowded`` says what becomes of a label for which no
    box is free: it is left out (None), or takes the box that covers least, or its last.
    """
    lines: dict[Hashable, list[Box]] = {}
    for box in taken:
        lines.setdefault(box.line, []).append(box)
    found = []
    for boxes in choices:
        covers = [_covered(box, lines.get(box.line, ()), gap) for box in boxes]
        free = next((n for n, cover in enumerate(covers) if cover <= 0), None)
        if free is None and crowded == "cover least":
            free = min(range(len(boxes)), key=covers.__getitem__)
        if free is None and crowded == "take last":
            free = len(boxes) - 1
        found.append(free)
        if free is not None:
            lines.setdefault(boxes[free].line, []).append(boxes[free])
    return found


def _covered(box: Box, others: Iterable[Box], gap: float) -> float:
    """How far others of its line cover a box, at most, along it; 0 or less: it is free."""
    return max(
        (
            min(box.right, other.right) - max(box.left, other.left) + gap
            for other in others
            if box.bottom < other.top and other.bottom < box.top
        ),
        default=0,
    )


def place_all(
    choices: Sequence[Sequence[Box]], gap: float = 0, taken: tuple[Box, ...] = ()
) -> list[int] | None:
    """As ``place_labels``, for a few labels that must all find room: an earlier one moves where a
    later one would else have none. None where they can't.
    """
    if not choices:
        return []
    for n, box in enumerate(choices[0]):
        if _covered(box, (t for t in taken if t.line == box.line), gap) <= 0:
            rest = place_all(choices[1:], gap, (*taken, box))
            if rest is not None:
                return [n, *rest]
    return None
