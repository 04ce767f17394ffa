"""A lesson's panels made a second time, in this process: what the browser must show after each key
is read off them.
"""

import ast
import json
from contextlib import ExitStack, contextmanager
from pathlib import Path
from unittest import mock

import matplotlib.pyplot as plt
from ipywidgets import (
    HTML,
    Button,
    Checkbox,
    Dropdown,
    FloatSlider,
    IntSlider,
    RadioButtons,
    Select,
    SelectionSlider,
    Text,
    Textarea,
)

from casebook.figure import LayeredPicture
from casebook.figure.exhibit import Picture
from casebook.panel.panel import Panel

SLIDERS = (SelectionSlider, IntSlider, FloatSlider)
CONTROLS = (*SLIDERS, Dropdown, Select, Checkbox, RadioButtons, Button, Text, Textarea)
# The same controls in the page, in the same order.
IN_PAGE = (
    "[role=slider], select, input[type=checkbox], .widget-radio-box, button, input[type=text],"
    " textarea"
)


@contextmanager
def undrawn():
    """Pictures stay undrawn here: for where their words are compared, and their bytes are not."""
    with ExitStack() as patched:
        for kind in (Picture, LayeredPicture):
            patched.enter_context(mock.patch.object(kind, "svg", lambda picture: b"undrawn"))
        yield


def panels_of(path: Path, code_track: bool = True) -> list[Panel]:
    """Every panel that a notebook's code cells show, in the order of the page; those of the Code
    track may be left out.
    """
    space, found = {}, []
    for cell in json.loads(path.read_text("utf-8"))["cells"]:
        if cell["cell_type"] == "code" and (
            code_track or "code-track" not in cell["metadata"].get("tags", [])
        ):
            *before, last = ast.parse("".join(cell["source"])).body
            exec(compile(ast.Module(before, []), path.name, "exec"), space)
            if isinstance(last, ast.Expr):
                found += inside(
                    eval(compile(ast.Expression(last.value), path.name, "eval"), space), Panel
                )
            else:
                exec(compile(ast.Module([last], []), path.name, "exec"), space)
    plt.close("all")  # a learner's own charts
    return found


def inside(widget, kinds) -> list:
    """The widgets of some kinds in a widget and below it, in their order; what is found is not
    searched further.
    """
    if isinstance(widget, kinds):
        return [widget]
    return [found for child in getattr(widget, "children", ()) for found in inside(child, kinds)]


def controls_of(panel) -> list:
    """The controls of a panel in the order of the page, those not shown left out."""
    return [
        c for child in panel.children for c in inside(child, CONTROLS) if c.layout.display != "none"
    ]


def html_of(panel) -> str:
    """All HTML that a panel shows."""
    return "".join(
        f"<div>{widget.value}</div>" for child in panel.children for widget in inside(child, HTML)
    )


def move(control) -> list[str]:
    """Move a control of the twin as the keys returned move the one in the page; [] where it cannot
    be moved.
    """
    if (
        getattr(control, "disabled", False)
        or isinstance(control, (Dropdown, Select))
        and len(control.options) < 2
    ):
        return []
    if isinstance(control, SelectionSlider):
        by = 1 if control.index + 1 < len(control.options) else -1
        control.index += by
        return ["ArrowRight" if by > 0 else "ArrowLeft"]
    if isinstance(control, SLIDERS):
        by = control.step if control.value + control.step <= control.max else -control.step
        control.value += by
        return ["ArrowRight" if by > 0 else "ArrowLeft"]
    if isinstance(control, (Dropdown, Select)) and len(control.options) < 2:
        return []
    if isinstance(control, (Dropdown, Select)):
        by = 1 if control.index + 1 < len(control.options) else -1
        control.index += by
        return ["ArrowDown" if by > 0 else "ArrowUp"]
    if isinstance(control, Checkbox):
        control.value = not control.value
        return [" "]
    if isinstance(control, RadioButtons):
        if control.index is None:
            control.index = 0
            return [" "]
        control.index = (control.index + 1) % len(control.options)
        return ["ArrowDown"]
    if isinstance(control, Button):
        control.click()
        return ["Enter"]
    control.value += "7"
    return ["End", "7"] if control.continuous_update else ["End", "7", "Tab"]
