"""What a panel makes ready while the kernel is idle, in a real kernel: not before, and without a
word.
"""

import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

from casebook.panel.idle import when_idle
from helpers import HOUSE

pytestmark = pytest.mark.notebook
SOON = "from casebook.panel import idle; idle.when_idle.__defaults__ = (0.05,)"


def said(*cells) -> list[list]:
    """What each cell of a fresh kernel puts out, in words; an error raises."""
    client = NotebookClient(
        new_notebook(cells=[new_code_cell(c) for c in cells]),
        kernel_name="python3",
        timeout=600,
        startup_timeout=600,
        resources={"metadata": {"path": str(HOUSE / "notebooks")}},
    )
    client.execute()
    return [[o.get("text", o.output_type) for o in cell.outputs] for cell in client.nb.cells]


@pytest.mark.parametrize(
    "panel, module", [("write_record", "casebook.build.one"), ("leave_one_out", "scipy.special")]
)
def test_a_first_press_is_made_ready(panel, module):
    assert said(
        f"import sys; from casebook import *\n{SOON}",
        f"panel = {panel}(open_tables()); print('{module}' in sys.modules)",
        f"import asyncio\nwhile '{module}' not in sys.modules: await asyncio.sleep(0.01)",
    ) == [[], ["False\n"], []]


def test_it_is_called_once_and_fails_in_silence():
    cells = (
        (
            "from casebook.panel.idle import when_idle\ncalled = []\ndef fail():\n   "
            " called.append('failed')\n    raise ValueError\nwhen_idle(lambda:"
            " called.append('ran'), 0.05)\nwhen_idle(fail, 0.1)\nprint(called)"
        ),
        "import asyncio\nwhile len(called) < 2: await asyncio.sleep(0.01)",
        "print(called)",
    )
    assert said(*cells) == [["[]\n"], [], ["['ran', 'failed']\n"]]


def test_outside_a_kernel_nothing_waits():
    when_idle(lambda: pytest.fail("called"), 0)
