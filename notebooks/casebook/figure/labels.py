"""Where labels go, so that none covers another."""

from collections.abc import Hashable, Iterable, Sequence
from typing import NamedTuple


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
    all_stand: bool = False,
) -> list[int | None]:
    """Which of its boxes, in the order of preference, each label takes: the first that keeps
    ``gap`` to all before it, on its line.

    ``taken`` has no room from the beginning. Where no box is free the label is left out (None);
    with ``all_stand`` it takes the box that covers least.
    """
    lines: dict[Hashable, list[Box]] = {}
    for box in taken:
        lines.setdefault(box.line, []).append(box)
    found = []
    for boxes in choices:
        covers = [_covered(box, lines.get(box.line, ()), gap) for box in boxes]
        free = next((n for n, cover in enumerate(covers) if cover <= 0), None)
        if free is None and all_stand:
            free = min(range(len(boxes)), key=covers.__getitem__)
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
