"""The lie factor of a graphic, and the sizes at which a graphic draws figures. Pure: numbers in,
numbers out.

E. R. Tufte, The Visual Display of Quantitative Information (1983), as F290 gives it: the size of
the effect shown in the graphic, divided by the size of the effect in the data. The size of an
effect is |second - first| / first.
"""

import math
from collections.abc import Sequence

__all__ = ["lie_factor"]

# How a figure is drawn → the power of its height with which its area grows, and the power of the
# figure with which its height grows.
SHAPES = {
    "bars": (1, 1),  # equal widths: area grows with height
    "sheets": (2, 1),  # height and width both grow with the figure: area grows with its square
    "fair sheets": (2, 0.5),  # height and width grow with its root: area grows with the figure
}


def effect(first: float, second: float) -> float:
    """The size of an effect, from ``first`` to ``second``: 0.5 is a change by half of the first.

    Infinite where the first is 0 and the second is not. Raises ValueError below 0 and where both
    are 0.

    >>> effect(2, 3), effect(0, 3)
    (0.5, inf)
    """
    if first < 0 or second < 0 or first == second == 0:
        raise ValueError(f"no effect can be measured from {first} to {second}")
    return math.inf if first == 0 else abs(second - first) / first


def lie_factor(shown: tuple[float, float], data: tuple[float, float]) -> float:
    """Tufte's lie factor: 1 is faithful, above 1 overstates, below 1 understates, infinite where
    the first is drawn as nothing.

    ``shown`` are the sizes of two things in the graphic, ``data`` their figures, in the same order,
    each in any unit. Raises ValueError where the figures are equal or not above 0: then there is no
    effect to compare with.

    >>> lie_factor((1, 4), (1, 2))
    3.0
    """
    if min(data) <= 0 or data[0] == data[1]:
        raise ValueError(f"the figures {data[0]} and {data[1]} have no effect to compare with")
    return effect(*shown) / effect(*data)


def drawn_heights(figures: Sequence[float], start: float = 0, shape: str = "bars") -> list[float]:
    """Heights of the drawn things, the largest 1, on an axis that begins at ``start`` (in the
    figures' unit).

    Raises ValueError where the axis begins above the smallest figure, or at the largest: nothing
    could be drawn.
    """
    smallest, largest = min(figures), max(figures)
    if start > smallest or start >= largest:
        raise ValueError(
            f"the axis begins at {start:,.0f}, above the smallest figure, {smallest:,.0f}"
        )
    growth = SHAPES[shape][1]
    return [((figure - start) / (largest - start)) ** growth for figure in figures]


def drawn_sizes(figures: Sequence[float], start: float = 0, shape: str = "bars") -> list[float]:
    """The areas of the drawn things, the largest 1: what the eye is given to compare. Raises as
    ``drawn_heights``.
    """
    return [height ** SHAPES[shape][0] for height in drawn_heights(figures, start, shape)]


def chart_lie_factor(figures: Sequence[float], start: float = 0, shape: str = "bars") -> float:
    """The lie factor of a chart of ``figures``: its largest thing against its smallest. Raises as
    the functions it uses.
    """
    sizes = drawn_sizes(figures, start, shape)
    low, high = figures.index(min(figures)), figures.index(max(figures))
    return lie_factor((sizes[low], sizes[high]), (figures[low], figures[high]))
