"""Which modules of a name the subjects have: they are found, not listed."""

from functools import cache

from casebook.core.platform import PACKAGE


@cache
def modules(layer: str) -> tuple[str, ...]:
    """Every module of a layer, dotted: methods, charts, widgets, schema, rows or checks."""
    found = [*PACKAGE.glob(f"subjects/*/{layer}.py"), *PACKAGE.glob(f"subjects/*/{layer}/*.py")]
    parts = (path.relative_to(PACKAGE).with_suffix("").parts for path in sorted(found))
    return tuple(".".join(("casebook", *names)) for names in parts if names[-1] != "__init__")
