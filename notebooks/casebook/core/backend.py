"""matplotlib's back end as another program left it in the environment: where that is not installed
here, matplotlib could not even be imported.
"""

import importlib.util
import os

INLINE = "module://matplotlib_inline.backend_inline"


def mend_backend() -> None:
    """Put the notebooks' own back end in the place of one whose module is not here."""
    kind, _, module = os.environ.get("MPLBACKEND", "").partition("://")
    if kind == "module" and importlib.util.find_spec(module.split(".")[0]) is None:
        os.environ["MPLBACKEND"] = INLINE
