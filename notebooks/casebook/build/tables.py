"""The rows of each table of data/, from the seeds."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import BaseModel

from casebook.records import registry
from casebook.records.registry import Table
from casebook.records.rows import flagged, known, plain, published

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


def table_rows(table: Table, seeds: "Seeds") -> list[dict]:
    """The rows of a table: what was written, and what the build adds, a dict a row."""
    if table.name in registry.ROWS:
        return registry.ROWS[table.name](seeds)
    more = registry.MORE.get(table.name, lambda *row: {})
    fields = registry.plain_fields(table.model)
    rows = []
    for parent, row, place in instances(table.model, seeds):
        cells = plain(parent, *table.parent) if parent else {}
        cells |= plain(row, *fields) | _public(table.model, seeds, parent, row)
        if page := table.model.declared.get("link"):
            cells["link"] = "no" if flagged(getattr(row, page)) else "yes"
        rows.append(cells | more(seeds, parent, row, place))
    return rows


def instances(model: type[BaseModel], seeds: "Seeds") -> Iterator[tuple]:
    """(parent or None, row, place from 1) of every row of a model in the seeds."""
    parent = registry.parent_of(model)
    if parent is None:
        name = model.declared.get("file") or model.declared["table"]
        yield from ((None, row, n) for n, row in enumerate(getattr(seeds, name), 1))
        return
    for _, outer, _ in instances(parent, seeds):
        inner = getattr(outer, model.declared["part"])
        yield from ((outer, row, n) for n, row in enumerate(inner, 1))


def _public(model, seeds: "Seeds", parent, row) -> dict:
    """public_from by the rule that the model declares."""
    rule = model.declared.get("public")
    if rule == "published":
        return published(parent or row)
    if rule == "address":
        return known(seeds, row.address or getattr(parent, "address", None))
    return {}
