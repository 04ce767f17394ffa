"""The controls that a panel is declared with: days, choose, slide, tick, pick, type_in.

Each knows its widgets, its value now, how that value reads in words, and all its values where they
can be counted. ``explore`` gives each its name and wires it.
"""

import inspect
from collections.abc import Callable, Hashable, Mapping, Sequence
from itertools import compress, product

from ipywidgets import Button, Checkbox, Dropdown, RadioButtons, SelectionSlider, Text, Widget

from casebook.figure.english import day as day_in_words
from casebook.panel.panel import made

LATEST = "latest"  # not None: to a radio button None means that nothing is chosen
OWN = "my own words"
EDGES = ("No earlier day.", "No later day.")

Value = Hashable
Values = Mapping[str, Value]  # {name of a control: its value}
Option = Value | tuple[str, Value]  # a value, or (what it is called, the value)
Options = Sequence[Option] | Callable[..., Sequence[Option]]


class Control:
    """A declared control. ``widgets`` are shown in the panel, in this order; the first holds the
    value.

    ``anew`` names a control, or several parted by blanks: whenever one of them moves, this one goes
    back to its start. ``per`` names one for each of whose values this one has a value of its own,
    which it takes up again.
    """

    name = label = anew = per = ""
    needs: tuple[str, ...] = ()  # the controls on whose values the options depend
    countable = True

    def __init__(self, label: str, *widgets: Widget):
        self.label, self.widgets, self.start = label, widgets, widgets[0].value
        self._per: dict[Value, Value] = {}

    @property
    def value(self) -> Value:
        """The value now, as ``draw`` takes it."""
        return self.widgets[0].value

    @value.setter
    def value(self, value: Value) -> None:
        self.widgets[0].value = value

    def offered(self, values: Values) -> list[tuple[str, Value]]:
        """(what it is called, value) of each value that can be set beside these values of the
        controls before it.
        """
        raise NotImplementedError

    def words(self, values: Values) -> str:
        """How its value among ``values`` reads in the stored form."""
        called = {value: words for words, value in self.offered(values)}
        return called.get(values[self.name], str(values[self.name]))

    def offer(self, values: Values) -> None:
        """Offer what fits the values of the other controls; the value stays where it still can."""

    def turn(self, old: Value, new: Value) -> None:
        """The control named by ``anew`` or ``per`` went from one value to another."""
        if self.per:
            self._per[old] = self.value
        self.value = self._per.get(new, self.start)

    def watch(self, moved: Callable[[], None], remark: Callable[[str], None]) -> None:
        """Call ``moved`` at each change; ``remark`` says something before the panel's line."""
        for widget in self.widgets:
            widget.observe(lambda _: moved(), "value")


class _Choice(Control):
    """One of several options: a list to drop down, radio buttons or a slider."""

    def __init__(self, label, kind, options, start, width, reads):
        self._options, self._reads, self._wanted = options, reads, start
        now = () if callable(options) else options
        widget = made(kind, options=now, description=label, width=width)
        if now:
            widget.value = _pairs(now)[0][1] if start is None else start
        super().__init__(label, widget)
        if callable(options):
            self.needs = _parameters(options)

    def _options_beside(self, values: Values) -> Sequence[Option]:
        if callable(self._options):
            return self._options(*(values[name] for name in self.needs))
        return self._options

    def offered(self, values: Values) -> list[tuple[str, Value]]:
        return _pairs(self._options_beside(values))

    def words(self, values: Values) -> str:
        return self._reads(values[self.name]) if self._reads else super().words(values)

    def offer(self, values: Values) -> None:
        options, kept, widget = self._options_beside(values), self.value, self.widgets[0]
        there = [value for _, value in _pairs(options)]
        self.start = self._wanted if self._wanted in there else there[0]
        if list(widget.options) != list(options):
            widget.options = options
        self.value = kept if kept in there else self.start


class _Days(_Choice):
    """A day of several, or all we have; the value of all we have is None."""

    def __init__(self, kind, days, latest, label, width, names, buttons, reads=str):
        every, as_of = names
        options = [*((as_of.format(day_in_words(d)), d) for d in days), (every, LATEST)]
        options = options if latest else options[:-1]
        super().__init__(label, kind, options, days[0], width, reads)
        if buttons:
            self.widgets += made(Button, description="Earlier"), made(Button, description="Later")

    @property
    def value(self) -> str | None:
        value = self.widgets[0].value
        return None if value == LATEST else value

    @value.setter
    def value(self, value: str | None) -> None:
        self.widgets[0].value = LATEST if value is None else value

    def offered(self, values: Values) -> list[tuple[str, str | None]]:
        return [(called, None if day == LATEST else day) for called, day in self._options]

    def words(self, values: Values) -> str:
        day = values[self.name]
        return self._reads(f"as of {day_in_words(day)}") if day else "with all we have"

    def watch(self, moved: Callable[[], None], remark: Callable[[str], None]) -> None:
        slider, *buttons = self.widgets
        slider.observe(lambda _: moved(), "value")

        def step(by: int, edge: str) -> None:
            # The buttons stay enabled at both ends: a button that is disabled while it has the
            # focus loses it.
            if 0 <= slider.index + by < len(slider.options):
                slider.index += by
            else:
                remark(edge)

        for button, by, edge in zip(buttons, (-1, 1), EDGES):
            button.on_click(lambda _, by=by, edge=edge: step(by, edge))


class _Tick(Control):
    """A box to tick."""

    def __init__(self, label, start, width, reads):
        box = made(Checkbox, value=start, description=label, indent=False, width=width)
        super().__init__(label, box)
        self._reads = reads

    def offered(self, values: Values) -> list[tuple[str, bool]]:
        return list(zip(self._reads, (False, True)))


class _Pick(Control):
    """Boxes, of which any number may be ticked; the value is what is ticked, as a tuple."""

    def __init__(self, label, options, start, width, reads, joined):
        self._pairs, self._joined = _pairs(options), joined
        self._reads = reads or dict((value, words) for words, value in self._pairs).get
        boxes = [
            made(Checkbox, value=value in start, description=words, indent=False, width=width)
            for words, value in self._pairs
        ]
        super().__init__(label, *boxes)
        self.start = self.value

    @property
    def value(self) -> tuple[Value, ...]:
        return tuple(value for box, (_, value) in zip(self.widgets, self._pairs) if box.value)

    @value.setter
    def value(self, value: tuple[Value, ...]) -> None:
        for box, (_, one) in zip(self.widgets, self._pairs):
            box.value = one in value

    def offered(self, values: Values) -> list[tuple[str, tuple[Value, ...]]]:
        ticks = product((False, True), repeat=len(self._pairs))
        return [
            (", ".join(called for called, _ in pairs) or "none", tuple(value for _, value in pairs))
            for pairs in (list(compress(self._pairs, ticked)) for ticked in ticks)
        ]

    def words(self, values: Values) -> str:
        chosen = values[self.name]
        return self._joined(map(self._reads, chosen)) if chosen else "none"


class _TypeIn(Control):
    """A text, typed in or taken from a list beside it."""

    countable = False

    def __init__(self, label, start, width, offers, reads):
        super().__init__(label, made(Text, value=start, description=label, width=width))
        self._offers, self._reads = offers, reads
        if offers:
            self.needs = _parameters(offers)
            self.widgets += (made(Dropdown, options=[OWN], description="or choose", width=width),)

    def words(self, values: Values) -> str:
        return self._reads(values[self.name])

    def offer(self, values: Values) -> None:
        (_, chosen), before = self.widgets, self.widgets[1].value
        options = [OWN, *self._offers(*(values[name] for name in self.needs))]
        if list(chosen.options) != options:
            chosen.options = options
            chosen.value = before if before in options else OWN

    def watch(self, moved: Callable[[], None], remark: Callable[[str], None]) -> None:
        box, *beside = self.widgets

        def typed(_) -> None:
            for chosen in beside:
                if chosen.value != box.value:
                    chosen.value = OWN
            moved()

        def taken(change) -> None:
            if change["new"] != OWN:
                box.value = change["new"]

        box.observe(typed, "value")
        for chosen in beside:
            chosen.observe(taken, "value")


def _parameters(function: Callable) -> tuple[str, ...]:
    return tuple(inspect.signature(function).parameters)


def _following(control: Control, anew: str = "", per: str = "") -> Control:
    """The control, with the names of those that it follows."""
    control.anew, control.per = anew, per
    return control


def _pairs(options: Sequence[Option]) -> list[tuple[str, Value]]:
    """(what it is called, value) of each option."""
    return [option if isinstance(option, tuple) else (str(option), option) for option in options]


def days(
    days: Sequence[str],
    *,
    latest: bool = False,
    label: str = "As of",
    width: str | None = "360px",
    steps: bool = True,
) -> Control:
    """A slider over days (ISO), ``latest``: and all we have (None); ``steps``: with Earlier and
    Later.
    """
    return _Days(SelectionSlider, days, latest, label, width, ("all we have", "{}"), steps)


def days_to_choose(days: Sequence[str], *, label: str) -> Control:
    """Radio buttons for days (ISO) and all we have (None)."""
    names = ("with all we have", "as of {}")
    return _Days(RadioButtons, days, True, label, None, names, False)


def choose(
    label: str,
    options: Options,
    start: Value | None = None,
    *,
    width: str | None = None,
    radio: bool = False,
    reads: Callable[[Value], str] | None = None,
    anew: str = "",
    per: str = "",
) -> Control:
    """One of several options: values, or pairs (what it is called, value), or a function that gives
    them, whose parameters are names of controls before this one.

    ``start`` None: the first. ``reads`` says a value in words; None: as it is called. ``anew``
    names the control, or several parted by blanks, that set it back to its start, ``per`` the one
    for each of whose values it keeps a value of its own. Raises TraitError for a start that is no
    option.
    """
    kind = RadioButtons if radio else Dropdown
    return _following(_Choice(label, kind, options, start, width, reads), anew, per)


def slide(
    label: str,
    steps: Sequence[Option],
    start: Value | None = None,
    *,
    width: str | None = None,
    reads: Callable[[Value], str] | None = None,
) -> Control:
    """A slider over steps: values, or pairs (what it is called, value)."""
    return _Choice(label, SelectionSlider, steps, start, width, reads)


def tick(
    label: str,
    start: bool = False,
    *,
    width: str | None = None,
    reads: tuple[str, str] = ("no", "yes"),
    anew: str = "",
) -> Control:
    """A box to tick; ``reads`` is how it reads without the tick and with it. Whenever the control
    that ``anew`` names moves, it goes back to its start.
    """
    return _following(_Tick(label, start, width, reads), anew=anew)


def pick(
    label: str,
    options: Sequence[Option],
    start: Sequence[Value] = (),
    *,
    width: str | None = None,
    reads: Callable[[Value], str] | None = None,
    joined: Callable[..., str] = ", ".join,
) -> Control:
    """A box for each option; the value is the tuple of those that are ticked. ``joined`` makes one
    text of what they are called.
    """
    return _Pick(label, options, start, width, reads, joined)


def type_in(
    label: str,
    start: str = "",
    *,
    width: str | None = None,
    offers: Callable[..., Sequence[str]] | None = None,
    reads: Callable[[str], str] = str,
) -> Control:
    """A text to type in, whose values can't be counted; ``offers`` gives texts to choose instead,
    by the controls that its parameters name. ``reads`` is how the text reads when stored.
    """
    return _TypeIn(label, start, width, offers, reads)
