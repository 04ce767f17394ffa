"""Work done ahead: what a first press would have to wait for, done while the kernel has nothing else to do."""
import asyncio
from contextlib import suppress

PAUSE = 3.0         # seconds, so that Run All is mostly over


def when_idle(function, pause: float = PAUSE):
    """Call ``function`` once, after a pause, between the kernel's messages; nowhere but in a kernel.

    It fills caches and nothing else: its result is dropped, and an error is left to the press that will meet it again.
    """
    def call():
        with suppress(Exception):
            function()

    with suppress(RuntimeError):            # no loop runs: a script or a test, where nobody presses
        asyncio.get_running_loop().call_later(pause, call)
