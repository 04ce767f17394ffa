"""Work done ahead: what a first press would have to wait for, done while the kernel has nothing
else to do.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress

from IPython import get_ipython

from casebook.core.platform import IN_BROWSER

PAUSE = 3.0  # seconds, so that Run All is mostly over


def when_idle(function: Callable[[], object], pause: float = PAUSE) -> None:
    """Call ``function`` once, after a pause, between the kernel's messages; nowhere but in a
    kernel, and not in a browser, where it might fetch what nobody will press for.

    It fills caches and nothing else: its result is dropped, and an error is left to the press that
    will meet it again.
    """

    def call():
        with suppress(Exception):
            function()

    if hasattr(get_ipython(), "kernel") and not IN_BROWSER:  # in a script or a test nobody presses
        asyncio.get_running_loop().call_later(pause, call)
