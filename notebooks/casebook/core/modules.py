"""Which modules of a name the subjects have: they are found, not listed."""

from functools import cache
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]


@cache
def modules(layer: str) -> tuple[str, ...]:
    """Every module of a layer, dotted: methods, charts, widgets, schema, rows or checks."""
    found = [*HOUSE.glob(f"subjects/*/{layer}.py"), *HOUSE.glob(f"subjects/*/{layer}/*.py")]
    parts = (path.relative_to(HOUSE).with_suffix("").parts for path in sorted(found))
    return tuple(".".join(("casebook", *names)) for names in parts if names[-1] != "__init__")
