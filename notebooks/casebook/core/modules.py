"""Which modules of a name the subjects have: they are found, not listed."""

from functools import cache

from casebook.core.platform import PACKAGE

SUFFIXES = (".py", ".pyc")  # the second where a site carries them compiled


def found(pattern: str) -> list[tuple[str, ...]]:
    """The modules of the package that a pattern without ending fits, as the parts of their names,
    in order.
    """
    paths = [path for path in PACKAGE.glob(f"{pattern}.py*") if path.suffix in SUFFIXES]
    return sorted({path.relative_to(PACKAGE).with_suffix("").parts for path in paths})


@cache
def modules(layer: str) -> tuple[str, ...]:
    """Every module of a layer, dotted: methods, charts, widgets, schema, rows or checks."""
    every = sorted([*found(f"subjects/*/{layer}"), *found(f"subjects/*/{layer}/*")])
    return tuple(".".join(("casebook", *names)) for names in every if names[-1] != "__init__")
