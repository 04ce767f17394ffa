"""Letters to Pact: the package that the lessons import.

``from casebook import *`` gives a lesson its words: what each module names in ``__all__``. Rooms,
each importing only what stands before it: core, figure, answers, panel, subjects, exercises,
classroom; apart from them records and build, which turn seeds/ into data/.
"""

import gc
import importlib
from functools import cache

from casebook.core.backend import mend_backend
from casebook.core.modules import found, modules
from casebook.core.platform import PACKAGE, prepare

prepare()
mend_backend()


@cache
def _words() -> dict[str, str]:
    """Every word that lessons may use, and its module."""
    rooms = ["casebook.core.tables", *modules("methods"), *modules("charts"), *modules("widgets")]
    rooms += [".".join(("casebook", *names)) for names in found("exercises/*widget*")]
    rooms += ["casebook.classroom", "casebook.classroom.widgets"]
    homes = {}
    for room in rooms:
        for word in getattr(importlib.import_module(room), "__all__", ()):
            homes[word] = room
    gc.freeze()  # what was imported stays: to look it through again would hold up a first cell
    return homes


def __getattr__(name: str):
    if name.startswith("__") and name != "__all__" or (PACKAGE / name).exists():
        raise AttributeError(name)
    if name == "__all__":
        return list(_words())
    if name not in _words():
        raise AttributeError(f"casebook has no {name!r}")
    return getattr(importlib.import_module(_words()[name]), name)
