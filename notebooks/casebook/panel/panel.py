"""``Panel``: the one look of all widgets, readable without a kernel. ``Access``: what makes its
controls usable by all.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeVar

import anywidget
from ipywidgets import HTML, Button, HBox, Layout, VBox, Widget

from casebook.figure import marked

HERE = Path(__file__).parent
Made = TypeVar("Made", bound=Widget)


@cache
def _layout(width: str | None) -> Layout:
    return Layout(width=width)


@cache
def _style(kind, name_width: str):
    """The style that widgets of a kind share."""
    style = kind.class_traits()["style"].klass
    return (
        style(description_width=name_width)
        if "description_width" in style.class_trait_names()
        else style()
    )


def made(
    kind: type[Made],
    *arguments: object,
    width: str | None = None,
    name_width: str = "initial",
    **traits: object,
) -> Made:
    """A widget whose layout and style are shared with others of the same width: each of its own
    would cost two more models, and a lesson has some two hundred widgets. ``name_width`` 'initial':
    its name is never cut short.
    """
    if "style" in kind.class_trait_names():
        traits["style"] = _style(kind, name_width)
    return kind(*arguments, layout=_layout(width), **traits)


class Access(anywidget.AnyWidget):
    """Mends the controls of the panel it stands in: keys, names, states (access.js); carries the
    panel's style.
    """

    _esm = (HERE / "access.js").read_text(encoding="utf-8")
    _css = (HERE / "panel.css").read_text(encoding="utf-8")


@cache
def access() -> Access:
    """The one Access of a kernel: each panel shows a view of it."""
    return Access(layout=_layout(None))


class Stored(VBox):
    """A box that stores what it shows with the notebook: text and HTML beside the live view."""

    def stored(self) -> tuple[str, str]:
        """What to store: (text, HTML)."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **kwargs):
        bundle = super()._repr_mimebundle_(**kwargs)
        bundle["text/plain"], bundle["text/html"] = self.stored()
        return bundle


class InPage(NamedTuple):
    """What a page without a kernel needs to do what a panel does: the name of the model in
    ``edition/script`` that does it, and a function that gives the model's data.
    """

    model: str
    data: Callable[[], dict]


class Panel(Stored):
    """A question, its controls in one row, the result under it, and a line that says what the
    result is now.

    ``lead`` is HTML to read before the controls. ``show(html, says)`` sets the result. What the
    panel shows at that moment is stored with the notebook too, so that a lesson can be read before
    it is run.
    """

    quiet = False  # whether the panel itself sets its controls, not a person
    asks: tuple[object, str] | None = None  # what a page without a kernel can ask in its place
    in_page: InPage | None = None  # and what it can do in its place, where it asks nothing
    not_in_page = ""  # or why it can't, as a sentence

    def __init__(self, question: str, controls=(), lead: str = ""):
        self._question, self._lead, self._static = question, lead, ""
        self.controls = made(HBox, list(controls))
        self.controls.add_class("lp-controls")
        self._result, self._says = made(HTML), made(HTML)
        self._says.add_class("lp-says")
        head = made(HTML, marked(question))
        head.add_class("lp-question")
        leads = [made(HTML, lead)] if lead else []
        super().__init__(
            [head, *leads, self.controls, self._says, self._result, access()], layout=_layout(None)
        )
        self.add_class("lp-panel")

    def show(self, html: str, says: str, controls: str | None = None) -> None:
        """Set the result (HTML) and the line that says what it is (text); ``controls`` describes
        the controls when stored.
        """
        self._static = self._static if controls is None else controls
        self.says = says
        self._says.value = marked(says)
        self._result.value = html

    def watch(self, moved: Callable[[dict], None], *controls: Widget) -> None:
        """Call ``moved`` with each change of these controls, but for those made ``quietly``."""

        def heard(change):
            if not self.quiet:
                moved(change)

        for control in controls:
            control.observe(heard, "value")

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Set controls inside, and nobody is told."""
        before, self.quiet = self.quiet, True
        try:
            yield
        finally:
            self.quiet = before

    @property
    def question(self) -> str:
        """The question on top."""
        return self._question

    @property
    def lead(self) -> str:
        """What is to be read before the controls, as HTML."""
        return self._lead

    @property
    def told(self) -> str:
        """The controls in words, as HTML, as they are stored."""
        return self._static

    @property
    def result(self) -> str:
        """The result shown now, as HTML."""
        return self._result.value

    def stored(self) -> tuple[str, str]:
        html = (
            "<div"
            f" class='lp-panel-stored'><p><strong>{marked(self._question)}</strong></p>"
            f"{self._lead}{self._static}<p>{marked(self.says)}</p>{self._result.value}<p><em>Run"
            " this notebook to use the controls.</em></p></div>"
        )
        return f"{self._question}\n{self.says}", html


class Fold:
    """A button that shows a part of a panel's result, and hides it again."""

    def __init__(self, name: str, html: str, disabled: bool = False, hide: str = ""):
        self._name, self._html, self._open = name, html, False
        self._hide = hide or f"Hide the {name.lower()}"
        self.button = made(Button, description=name, disabled=disabled)

    @property
    def is_open(self) -> bool:
        """Whether it is shown."""
        return self._open

    @property
    def html(self) -> str:
        """The part, while it is shown."""
        return self._html if self._open else ""

    def on_press(self, redraw: Callable[[], None]) -> None:
        """Call ``redraw`` whenever it is shown or hidden."""

        def press(_) -> None:
            self._open = not self._open
            self.button.description = self._hide if self._open else self._name
            redraw()

        self.button.on_click(press)
