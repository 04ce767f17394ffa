"""The tables of data/, as their models declare them.

In the class line of a model may stand:

- ``table``, ``title``: its name in data/, and what it holds. Without a table the rows are read, and
  texts or other tables are made of them.
- ``file``: the name of its files in seeds/, where that is not the table's (``seeds/**/NAME.csv`` or
  ``.yaml``).
- ``of``, ``part``: the name of the model that holds the rows in a field, and the field; the columns
  ``parent`` of that model, its key if nothing is said, stand beside the row's own.
- ``adds``: a model of more columns, filled by the function marked ``cells_of(table)``.
- ``key``: the fields that identify a row; the first field if nothing is said, () for none.
- ``references``: {field: table}; the field holds that table's key, or, if it is among ``several``,
  several parted by '; ', which a data package can't say.
- ``rights``: what is not ours to license.
- ``public``: how ``public_from`` is known. 'address': when all that the row rests on could be read;
  'published': when its document could be read; 'made': the rows of the table are made with it.
- ``link``: a field with the page's address: the table says whether it may be shown as a link.
- ``search``: a search stands beside what was not seen.
- ``hides``: columns that no as-of view shows; ``follows``: (table, column) with which the row
  appears; ``rests_on``: the column whose addresses must be public; ``over_all``: figures over all
  rows, which no as-of view shows.
"""

import datetime as dt
import importlib
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, Field

from casebook.core.modules import modules
from casebook.records import base

OURS = "Ours."
ROWS: dict[str, Callable] = {}  # table → the function that makes its rows
MORE: dict[str, Callable] = {}  # table → the function that gives more cells of one row


class Column(NamedTuple):
    """A column: its name, its type in the Table Schema, what it means, its constraints."""

    name: str
    type: str
    description: str
    constraints: dict


class Public(BaseModel):
    """When a row could be known."""

    public_from: Annotated[base.Day | None, base.Maybe] = Field(
        description="Day from which it could be known; empty: shown in the latest view only"
    )
    public_from_basis: base.Text = Field(description="What that day rests on")


class Link(BaseModel):
    """Whether the page may be a link."""

    link: Literal["yes", "no"] = Field(
        description=(
            "yes: may be shown as a link; no: plain text only, may be blocked or unlawful where you"
            " are"
        )
    )


class Searched(BaseModel):
    """The search behind what was not seen."""

    search: Annotated[base.SearchId | None, base.Maybe] = Field(
        description="The search for the text, where it was not seen"
    )


@dataclass(frozen=True)
class Table:
    """A table of data/: what it is, its columns, key and references {column: (table, column)}."""

    name: str
    title: str
    subject: str
    model: type[BaseModel]
    parent: tuple[str, ...]  # columns that the row's parent gives
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: dict[str, str]
    several: tuple[str, ...]  # references of which a cell holds more than one
    rights: str
    as_of: dict[str, object]  # what casebook.core.tables needs to know


def rows_of(table: str) -> Callable:
    """Marks the function that makes a table's rows from the seeds: seeds → list of dicts."""

    def keep(function):
        ROWS[table] = function
        return function

    return keep


def cells_of(table: str) -> Callable:
    """Marks the function that gives more cells of a row: (seeds, parent, row, place) → dict."""

    def keep(function):
        MORE[table] = function
        return function

    return keep


@cache
def models() -> tuple[type[BaseModel], ...]:
    """Every model that declares where its rows stand: documents first, the subjects by their names,
    in each what stands alone before the parts of it.
    """
    order = [
        f"casebook.records.{name}" for name in ("documents", "context", "teaching", "handouts")
    ]
    order += modules("schema")
    for module in order:
        importlib.import_module(module)
    place = {module: n for n, module in enumerate(order)}
    return tuple(sorted(base.DECLARED, key=lambda m: (place[m.__module__], "of" in m.declared)))


def written() -> dict[str, type[BaseModel]]:
    """The models of what people write, by the name of their files in seeds/."""
    return {
        name: model
        for model in models()
        if issubclass(model, base.Row) and "of" not in model.declared
        if (name := model.declared.get("file") or model.declared.get("table"))
    }


@cache
def tables() -> dict[str, Table]:
    """Every table of data/, by name."""
    for module in ("casebook.records.rows", *modules("rows")):
        importlib.import_module(module)
    return {
        model.declared["table"]: _table(model) for model in models() if "table" in model.declared
    }


def key_of(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields that identify a row of a model."""
    key = model.declared.get("key", next(iter(model.model_fields)))
    return (key,) if isinstance(key, str) else key


def parent_of(model: type[BaseModel]) -> type[BaseModel] | None:
    """The model that holds the rows of this one in a field."""
    name = model.declared.get("of")
    return next((m for m in base.DECLARED if m.__name__ == name), None)


def parent_columns(model: type[BaseModel]) -> tuple[str, ...]:
    """The fields of the parent that stand beside a row's own."""
    parent = parent_of(model)
    return model.declared.get("parent", key_of(parent)) if parent else ()


def plain_fields(model: type[BaseModel]) -> list[str]:
    """The fields of a model that hold no rows."""
    return [name for name in model.model_fields if not _is_nested(model, name)]


def _table(model) -> Table:
    said = model.declared
    key, parent = key_of(model), parent_columns(model)
    columns = [c for name in parent for c in columns_of(parent_of(model), name)]
    columns += columns_of(said["adds"]) if "adds" in said else []
    columns += columns_of(model, *plain_fields(model))
    columns.sort(key=lambda column: (column.name,) != key)  # a single key first, the rest as it is
    more = (("search", Searched), ("link", Link), ("public", Public))
    columns += [c for name, extra in more if name in said for c in columns_of(extra)]
    rules = {"hides": "hides", "follows": "follows", "rests_on": "restsOn", "over_all": "overAll"}
    return Table(
        name=said["table"],
        title=model.model_config["title"],
        subject=subject_of(model),
        model=model,
        parent=parent,
        columns=tuple(columns),
        key=key,
        references=_references(model),
        several=said.get("several", ()),
        rights=said.get("rights", OURS),
        as_of={called: said[name] for name, called in rules.items() if name in said},
    )


def subject_of(model: type[BaseModel]) -> str:
    """The subject that a model belongs to, by its place: casebook.subjects.council.schema."""
    parts = model.__module__.split(".")
    return parts[2]


def _references(model) -> dict[str, str]:
    said = model.declared
    found = dict(said.get("references", {}))
    parent = parent_of(model)
    if parent is not None and "table" in parent.declared:
        found |= dict.fromkeys(parent_columns(model)[:1], parent.declared["table"])
    if "search" in said:
        found["search"] = "searches"
    return found


def _is_nested(model, name: str) -> bool:
    return _inner(model.model_fields[name].annotation) is not None


def _inner(annotation) -> type[BaseModel] | dict | None:
    """The model of the rows inside a field, a dict for a mapping, None for a plain value."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if typing.get_origin(annotation) in (tuple, dict):
        return typing.get_args(annotation)[0]
    return None


def columns_of(model: type[BaseModel], *names: str) -> list[Column]:
    """Columns as a model has them; all of its fields if none is named."""
    columns = []
    for name in names or model.model_fields:
        info = model.model_fields[name]
        kind, constraints = _kind(info.annotation)
        for extra in info.metadata:
            if getattr(extra, "pattern", None):
                constraints["pattern"] = extra.pattern
            if getattr(extra, "ge", None) is not None:
                constraints["minimum"] = extra.ge
        args = typing.get_args(info.annotation)
        if type(None) not in args and "" not in args:
            constraints["required"] = True
        if not info.description:
            raise ValueError(f"{model.__name__}.{name} has no description")
        columns.append(Column(name, kind, info.description, constraints))
    return columns


def _kind(annotation) -> tuple[str, dict]:
    """The Table Schema type of a field, with what it allows."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
    if typing.get_origin(annotation) is Annotated:
        marks, annotation = typing.get_args(annotation)[1:], typing.get_args(annotation)[0]
        if any(getattr(m, "func", None) is base.whole_day for m in marks):
            return "date", {}
    if typing.get_origin(annotation) is Literal:
        return "string", {"enum": [v for v in typing.get_args(annotation) if v]}
    return {int: "integer", float: "number", dt.date: "date"}.get(annotation, "string"), {}


def addresses_in(row: BaseModel) -> Iterator[tuple[tuple, str]]:
    """(place, text) of every field of a row, and of the rows inside it, that holds addresses."""
    citing = _citing(type(row))
    for name in type(row).model_fields:
        value = getattr(row, name)
        if name in citing and isinstance(value, str):
            yield (name,), value
        for place, inner in rows_in(row, name):
            yield from (((*place, *rest), text) for rest, text in addresses_in(inner))


def rows_in(row: BaseModel, name: str) -> Iterator[tuple[tuple, BaseModel]]:
    """(place, row) of the rows in one field of a row."""
    value = getattr(row, name)
    if isinstance(value, BaseModel):
        yield (name,), value
    elif isinstance(value, tuple):
        yield from (((name, i), v) for i, v in enumerate(value) if isinstance(v, BaseModel))


@cache
def _marks(annotation) -> tuple:
    marks = []
    for part in (annotation, *typing.get_args(annotation)):
        if typing.get_origin(part) is Annotated:
            marks += typing.get_args(part)[1:]
    return tuple(marks)


@cache
def _citing(model: type[BaseModel]) -> frozenset[str]:
    """The fields of a model that hold addresses."""

    def cites(info):
        marks = [*info.metadata, *_marks(info.annotation)]
        return any(getattr(m, "func", None) is base.address_text or m is base.Cites for m in marks)

    return frozenset(name for name, info in model.model_fields.items() if cites(info))
