"""``explore``: a panel declared by its question, its controls and what it draws."""

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from html import escape

from casebook.core.tables import Evidence
from casebook.figure import Exhibit, rows_table
from casebook.figure.english import capital
from casebook.panel.controls import Control, Value, Values, tick
from casebook.panel.panel import Panel

ROWS = "Show the rows"


@dataclass(frozen=True)
class Shown:
    """What a panel shows: HTML, the line that says what it is, and the rows behind it.

    ``evidence`` may be a function, called when the rows are first asked for; None: no rows.
    """

    html: str
    says: str
    evidence: Sequence[Evidence] | Callable[[], Sequence[Evidence]] | None = None

    @classmethod
    def of(cls, exhibit: Exhibit, says: str = "", before: str = "") -> "Shown":
        """An exhibit that is made anew for each state, with HTML before it; ``says``: if its title
        doesn't say it.
        """
        return cls(
            before + exhibit.html(in_panel=True),
            says or _sentence(exhibit.title),
            lambda: exhibit.evidence,
        )

    @cached_property
    def rows(self) -> str:
        """The rows as an HTML table; "" where there are none to show."""
        found = self.evidence() if callable(self.evidence) else self.evidence
        return "" if found is None else rows_table(found)


Draw = Callable[..., Exhibit | Shown]


def explore(
    question: str,
    /,
    *,
    draw: Draw,
    stored: str = "",
    rows: str = ROWS,
    rows_width: str | None = None,
    fresh: bool = False,
    live: Draw | None = None,
    **controls: Control,
) -> "DeclaredPanel":
    """A panel: its wiring, its cache, "Show the rows", what it says, its stored form, its states.

    ``draw`` takes the values of the controls by their names and gives an exhibit, whose title the
    panel then says, or ``Shown``. ``stored`` is how the controls read in the stored form, such as
    "Lesson {lesson}, {group}"; by default each with its label. ``rows`` is the label of the box
    that shows the rows; "": no box. ``fresh``: what is drawn hangs on more than the values, so it
    is never kept. ``live`` draws in ``draw``'s place once a control was moved by hand: what must
    be neither stored nor kept. Raises TypeError where ``draw`` does not take these controls.
    """
    inspect.signature(draw).bind(**controls)
    box = tick(rows, width=rows_width) if rows else None
    return DeclaredPanel(question, controls, draw, box, stored, fresh, live)


class DeclaredPanel(Panel):
    """A panel made by ``explore``. ``declared`` are its controls by name, in their order."""

    def __init__(
        self,
        question: str,
        controls: dict[str, Control],
        draw: Draw,
        rows: Control | None,
        stored: str,
        fresh: bool,
        live: Draw | None,
    ):
        self.declared, self._draw, self._rows, self._live = controls, draw, rows, live
        self.countable = all(control.countable for control in controls.values())
        self.fresh, self._shown = fresh or not self.countable, {}
        self._reads = stored or "; ".join(f"{c.label}: {{{n}}}" for n, c in controls.items())
        every = [*controls.values(), *filter(None, [rows])]
        super().__init__(question, [widget for control in every for widget in control.widgets])
        for name, control in controls.items():
            control.name = name
        self._before = self._offer(set(controls))
        for name, control in controls.items():
            control.watch(partial(self._moved, name), self.remark)
        if rows:
            rows.watch(self.redraw, self.remark)
        self.redraw(by_hand=False)

    @property
    def values(self) -> dict[str, Value]:
        """The values of the controls now, by name."""
        return {name: control.value for name, control in self.declared.items()}

    @property
    def rows_label(self) -> str:
        """The label of the box that shows the rows; "" where there is none."""
        return self._rows.label if self._rows else ""

    def states(self) -> Iterator[dict[str, Value]] | None:
        """All combinations of values that the controls can take; None where one can't be
        counted.
        """
        return _combinations(list(self.declared.items()), {}) if self.countable else None

    def state(self, values: Values) -> tuple[str, str]:
        """(HTML, what the panel says) of these values, without the rows."""
        shown = self._at(values)
        return shown.html, shown.says

    def rows(self, values: Values) -> str:
        """The rows behind a state as HTML; "" where there are none to show."""
        return self._at(values).rows

    def in_full(self, values: Values) -> tuple[str, str, str]:
        """(HTML, what the panel says, the rows or "") of these values, drawn once and not kept."""
        drawn = self._draw(**values)
        shown = drawn if isinstance(drawn, Shown) else Shown.of(drawn)
        return shown.html, shown.says, shown.rows if self._rows else ""

    def redraw(self, by_hand: bool = True) -> None:
        """Show what belongs to the values now."""
        values = self.values
        live = self._live if by_hand else None
        shown = _as_shown(live, values) if live else self._at(values)
        told = {name: control.words(values) for name, control in self.declared.items()}
        self._line = shown.says
        self.show(
            shown.html + (shown.rows if self._rows and self._rows.value else ""),
            shown.says,
            controls=f"<p>{escape(capital(self._reads.format(**told)), quote=False)}</p>",
        )

    def remark(self, text: str) -> None:
        """Say something before the line of the state that is shown, until the next change."""
        self.show(self.result, f"{text} {self._line}")

    def _at(self, values: Values) -> Shown:
        if self.fresh:
            return _as_shown(self._draw, values)
        key = tuple(values[name] for name in self.declared)
        if key not in self._shown:
            self._shown[key] = _as_shown(self._draw, values)
        return self._shown[key]

    def _moved(self, name: str) -> None:
        """A control was moved: set those that follow it, then show."""
        if self.quiet:
            return
        with self.quietly():
            old, new = self._before[name], self.declared[name].value
            self._offer({name})
            for control in self.declared.values():
                if name in (*control.anew.split(), control.per):
                    control.turn(old, new)
            self._before = self.values
        self.redraw()

    def _offer(self, moved: set[str]) -> dict[str, Value]:
        """Have each control offer what fits those that moved, and give the values then."""
        for name, control in self.declared.items():
            if moved.intersection(control.needs):
                before = control.value
                control.offer(self.values)
                moved = moved | ({name} if control.value != before else set())
        return self.values


def _as_shown(draw: Draw, values: Values) -> Shown:
    """What ``draw`` gives. A picture may be redrawn for another state before its rows are asked
    for, so they are those of a drawing of their own.
    """
    drawn = draw(**values)
    if isinstance(drawn, Shown):
        return drawn
    return Shown(drawn.html(in_panel=True), _sentence(drawn.title), lambda: draw(**values).evidence)


def _sentence(title: str) -> str:
    return title if title.endswith(".") else f"{title}."


def _combinations(
    controls: Sequence[tuple[str, Control]], values: dict[str, Value]
) -> Iterator[dict[str, Value]]:
    if not controls:
        yield values
        return
    (name, control), *rest = controls
    for _, value in control.offered(values):
        yield from _combinations(rest, {**values, name: value})
