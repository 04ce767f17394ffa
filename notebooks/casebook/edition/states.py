"""A declared panel as data: its controls with their options, and what it shows in every state."""

from ipywidgets import Button, Checkbox, Dropdown, RadioButtons

from casebook.edition.parts import Parts
from casebook.figure import marked
from casebook.panel.controls import EDGES, Control, Value
from casebook.panel.explore import DeclaredPanel


def is_alive(panel: DeclaredPanel) -> bool:
    """Whether a page can bring along all that the panel shows: its states can be counted, and they
    differ without anything that a learner keeps.
    """
    states = panel.states()
    if states is None:
        return False
    return not panel.fresh or len({panel.state(state) for state in states}) > 1


def panel_data(panel: DeclaredPanel, parts: Parts) -> dict:
    """The panel for the page's script: controls, texts, and its states by the numbers of the
    controls' values.
    """
    controls = {name: _Numbered(control) for name, control in panel.declared.items()}
    shown: dict[str, tuple[str, str, str]] = {}
    for state in panel.states():
        for control in controls.values():
            control.take_in(state, controls)
        key = ",".join(str(control.number(state)) for control in controls.values())
        shown[key] = panel.in_full(state)
    numbers = [control.number(panel.values) for control in controls.values()]
    with panel.quietly():
        data = [control.data(list(controls)) for control in controls.values()]
    htmls, says, rows = (list(dict.fromkeys(column)) for column in zip(*shown.values()))
    places = [{text: n for n, text in enumerate(column)} for column in (htmls, says, rows)]
    return {
        "controls": data,
        "values": numbers,
        "edges": EDGES,
        "rows_label": panel.rows_label,
        "html": parts.pack(htmls),
        "says": list(map(marked, says)),
        "rows": parts.pack(rows),
        "states": {
            key: [place[text] for place, text in zip(places, texts)] for key, texts in shown.items()
        },
    }


class _Numbered:
    """A control, its values numbered in the order in which they are offered."""

    def __init__(self, control: Control):
        self._control = control
        self._numbers: dict[Value, int] = {}
        self._offers: dict[str, tuple[dict, list]] = {}  # values of what it needs → options

    def take_in(self, state: dict, controls: dict) -> None:
        """Note what the control offers beside the values of a state."""
        beside = ",".join(str(controls[name].number(state)) for name in self._control.needs)
        if beside not in self._offers:
            offered = self._control.offered(state)
            options = [
                [called, self._numbers.setdefault(value, len(self._numbers))]
                for called, value in offered
            ]
            self._offers[beside] = state, options

    def number(self, state: dict) -> int:
        """The number of the control's value in a state."""
        return self._numbers[state[self._control.name]]

    def data(self, names: list[str]) -> dict:
        """The control for the page's script, ``names`` being those of the panel's controls. It
        moves the control.
        """
        control, offers = self._control, {}
        for beside, (state, options) in self._offers.items():
            control.offer(state)
            start = self._numbers.get(control.start, options[0][1])
            offers[beside] = {"options": options, "start": start}
        kind = kind_of(control)
        return {
            "kind": kind,
            "label": control.label,
            "needs": [names.index(name) for name in control.needs],
            "anew": [names.index(name) for name in control.anew.split()],
            "per": names.index(control.per) if control.per else -1,
            "steps": [w.description for w in control.widgets if isinstance(w, Button)],
            "boxes": [w.description for w in control.widgets] if kind == "pick" else [],
            "offers": offers,
        }


def kind_of(control: Control) -> str:
    """Which control of a page does what this one does."""
    first = control.widgets[0]
    if isinstance(first, Checkbox):
        return "pick" if isinstance(control.value, tuple) else "tick"
    if isinstance(first, RadioButtons):
        return "radio"
    return "select" if isinstance(first, Dropdown) else "slide"
