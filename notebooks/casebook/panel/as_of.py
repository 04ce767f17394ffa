"""What the lines of time share: a picture as of a day, and what became public since the day
before.
"""

from collections.abc import Callable, Sequence

from casebook.figure import Exhibit
from casebook.panel.controls import days as days_control
from casebook.panel.explore import DeclaredPanel, Shown, explore


def explore_days(
    question: str,
    days: Sequence[str],
    draw: Callable[[str | None], Exhibit],
    new: Callable[[int], str],
    latest: bool = False,
    width: str = "360px",
) -> DeclaredPanel:
    """A panel that shows a picture as of each of ``days`` (ISO), opened at the first; ``latest``:
    and with all we have.

    ``draw(day)`` gives the exhibit of a day (None: all we have), whose title is what the panel
    says; ``new(index)`` is HTML of what became public since the day before.
    """

    def drawn(day: str | None) -> Shown:
        exhibit = draw(day)
        since = new(days.index(day)) if day in days[1:] else ""
        return Shown(
            exhibit.html(in_panel=True) + since,
            f"{exhibit.title}.",
            lambda: draw(day).evidence,  # the picture may show another day by then
        )

    return explore(
        question,
        day=days_control(days, latest=latest, width=width),
        draw=drawn,
        stored="{day}",
    )
