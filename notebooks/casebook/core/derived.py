"""Tables that are worked out of the tables: methods mark themselves, exercises ask them by name."""

import importlib
from collections.abc import Callable
from functools import lru_cache

import pandas as pd

from casebook.core.modules import modules
from casebook.core.tables import Tables

DERIVED: dict[str, Callable[..., pd.DataFrame]] = {}


def derived_table(function: Callable) -> Callable:
    """Marks a function of tables: the key of an exercise may ask its result by its name."""
    DERIVED[function.__name__] = function
    return function


@lru_cache(maxsize=64)
def derived(tables: Tables, name: str) -> pd.DataFrame:
    """A derived table of this view; several exercises of a lesson ask the same one.

    Raises KeyError for a name that no method has.
    """
    for module in modules("methods") if name not in DERIVED else ():
        importlib.import_module(module)
    return DERIVED[name](tables)
