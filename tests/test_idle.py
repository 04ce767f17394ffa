"""What a panel makes ready while the kernel is idle, in a real kernel: not before, and without a
word.
"""

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from casebook.widgets.idle import PAUSE, when_idle
from helpers import HOUSE

LOADED = "import sys; print('{}' in sys.modules)"
WAIT = f"import asyncio; await asyncio.sleep({PAUSE + 0.5})"


def said(*cells) -> list[list]:
    """What each cell of a fresh kernel puts out, in words; an error raises."""
    client = NotebookClient(
        new_notebook(cells=[new_code_cell(c) for c in cells]),
        kernel_name="python3",
        timeout=120,
        resources={"metadata": {"path": str(HOUSE / "notebooks")}},
    )
    client.execute()
    return [[o.get("text", o.output_type) for o in cell.outputs] for cell in client.nb.cells]


@pytest.mark.parametrize(
    "panel, module", [("write_record", "casebook.build.one"), ("leave_one_out", "scipy.special")]
)
def test_a_first_press_is_made_ready(panel, module):
    loaded = LOADED.format(module)
    assert said(
        f"from casebook import *\npanel = {panel}(open_tables())", loaded, WAIT, loaded
    ) == [[], ["False\n"], [], ["True\n"]]


def test_it_is_called_once_and_fails_in_silence():
    cells = (
        (
            "from casebook.widgets.idle import when_idle\ncalled = []\ndef fail():\n   "
            " called.append('failed')\n    raise ValueError\nwhen_idle(lambda:"
            " called.append('ran'), 0.05)\nwhen_idle(fail, 0.1)\nprint(called)"
        ),
        "import asyncio; await asyncio.sleep(0.5)",
        "print(called)",
    )
    assert said(*cells) == [["[]\n"], [], ["['ran', 'failed']\n"]]


def test_outside_a_kernel_nothing_waits():
    when_idle(lambda: pytest.fail("called"), 0)
