"""Read all of seeds/, and check what no single row can know."""

import contextlib
import importlib
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel

from casebook.build.tables import instances
from casebook.core import addresses
from casebook.core.modules import modules
from casebook.records import registry
from casebook.records.base import Row, first_day
from casebook.records.documents import Record
from casebook.records.reader import (
    Problem,
    Read,
    SeedsError,
    Unreadable,
    Wrong,
    field_name,
    read_csv,
    read_list,
    read_one,
    read_text,
)
from casebook.records.rows import published
from casebook.records.texts import check_against_text
from casebook.subjects.coding.schema import Coding


class Seeds:
    """Everything people wrote down, checked: a list of rows for each name of a file in seeds/.

    ``there`` are the identifiers that are written anywhere, in faulty rows too; ``whole`` says
    whether every record could be read.
    """

    def __init__(self):
        for name in registry.written():
            setattr(self, name, [])
        self.codings: dict[str, list[Coding]] = {}  # coder's name → rows
        self.worked: list[Record] = []  # records that are no part of the corpus: worked examples
        self.there: set[str] = set()
        self.whole = True

    def written(self, without: str = "") -> Iterator[BaseModel]:
        """Every row that people wrote, but for the files of one name."""
        for name in registry.written():
            yield from getattr(self, name) if name != without else ()
        for rows in self.codings.values():
            yield from rows

    def coded(self, coder: str) -> dict[str, Coding]:
        """A coder's codings by claim."""
        return {row.claim_id: row for row in self.codings.get(coder, ())}

    @cached_property
    def claims(self) -> dict[str, tuple]:
        """(source_id, claim) by identifier."""
        return {c.claim_id: (r.source_id, c) for r in self.records for c in r.claims}

    @cached_property
    def quotes(self) -> dict[str, tuple]:
        """(source_id, quotation) by identifier."""
        return {q.quote_id: (r.source_id, q) for r in self.records for q in r.quotes}

    @cached_property
    def days(self) -> dict[str, str | None]:
        """The day from which a fact, message, document or search could be known."""
        days = {f.fact_id: f.public_from for f in self.facts}
        days |= {m.message_id: m.public_from for m in self.messages}
        days |= {r.source_id: published(r)["public_from"] for r in self.records}
        return days | {s.search_id: s.date for s in self.searches}


def read_seeds(folder: Path, texts: Path | None = None, also: Path | None = None) -> Seeds:
    """All of ``folder``, checked; against the articles too where ``texts`` names their folder.

    ``also`` is the file of one more record, read and checked as if it stood among them. Raises
    SeedsError with every problem found.
    """
    seeds = _read_and_check(folder, texts, also)
    for path in sorted(folder.rglob("worked/*.yaml")) if also is None else ():
        # A worked example passes the checks of a record in the company of the others, and stays out
        # of the corpus.
        seeds.worked.append(_read_and_check(folder, None, path).records[-1])
    return seeds


def record_files(folder: Path, also: Path | None = None) -> list[Path]:
    """The files of the records, that of ``also`` last."""
    return [*sorted(folder.rglob("records/*.yaml"), key=_natural), *([also] if also else [])]


def _read_and_check(folder: Path, texts: Path | None, also: Path | None) -> Seeds:
    """Everything but the worked examples; the record of ``also`` comes last."""
    problems: list[Problem] = []
    places: dict[int, Read] = {}
    seeds = _read(folder, also, problems, places)
    if any(isinstance(problem, Unreadable) for problem in problems):
        raise SeedsError(problems)  # much hangs on a whole file, and none of it is wrong

    def wrong(row, name, what, allowed=""):
        read = places[id(row)]
        name = (name,) if isinstance(name, str) else name
        place = (*read.place, *filter(None, name))
        problems.append(Problem(read.file, read.node.line(place), field_name(place), what, allowed))

    seeds.there = _written_ids(folder, also)
    _check_keys(seeds, wrong)
    _check_addresses(seeds, wrong)
    _check_references(seeds, wrong)
    for name in ("casebook.records.checks", *modules("checks")):
        importlib.import_module(name).check(seeds, wrong)
    if texts is not None:
        for record in seeds.records:
            check_against_text(record, texts, wrong)
    if problems:
        raise SeedsError(problems)
    return seeds


def _read(folder, also, problems, places) -> Seeds:
    """What the files hold; the place of each row, and of the rows inside it, goes to ``places``."""
    seeds = Seeds()

    def keep(found: list[Read]) -> list:
        for read in found:
            _note_places(read, places)
        return [read.row for read in found]

    for path in record_files(folder, also):
        found = read_one(Record, path, problems)
        seeds.records += keep(found)
        for read in found:
            if path.stem != read.row.source_id:
                what = f"{read.row.source_id} in a file of another name"
                line = read.node.line(("source_id",))
                problems.append(Problem(path.name, line, "source_id", what, path.stem))
    seeds.whole = len(seeds.records) == len(record_files(folder, also))
    files = [path for path in folder.rglob("*") if path.suffix in (".csv", ".yaml")]
    for name, model in registry.written().items():
        if model is not Record:
            named = sorted((p for p in files if p.stem == name), key=_natural)
            for path in named or [folder / f"{name}.csv or {name}.yaml"]:
                read = read_csv if path.suffix == ".csv" else read_list
                getattr(seeds, name).extend(keep(read(model, path, problems)))
    for path in sorted(folder.rglob("codings/*.csv")):
        seeds.codings[path.stem] = keep(read_csv(Coding, path, problems))
    for record in seeds.records:
        seeds.events += record.events
    seeds.events.sort(key=lambda event: (first_day(event.date), event.event_id))
    return seeds


def _natural(path: Path) -> list:
    parts = re.split(r"(\d+)", str(path))
    return [int(part) if part.isdigit() else part for part in parts]


def _note_places(read: Read, places: dict[int, Read]) -> None:
    places[id(read.row)] = read
    for name in type(read.row).model_fields:
        for place, row in registry.rows_in(read.row, name):
            _note_places(read._replace(row=row, place=(*read.place, *place)), places)


def _written_ids(folder: Path, also: Path | None) -> set[str]:
    """Every identifier that stands in seeds/, also in rows that are faulty: a faulty row is one
    problem, not fifty more.
    """
    records = record_files(folder, also)
    found = {path.stem for path in records}
    for path in {*folder.rglob("*.csv"), *folder.rglob("*.yaml"), *records}:
        if path.parent.name in ("worked", "codings"):
            continue
        with contextlib.suppress(SeedsError):
            found |= set(
                re.findall(r"^(?: *- \{?\w+_id: )?[\"']?([FMETSQ]\d[\w-]*)", read_text(path), re.M)
            )
    return found


def _check_keys(seeds: Seeds, wrong: Wrong) -> None:
    """What identifies a row stands once; a key that the build makes up is not looked at."""
    for model in registry.models():
        key, parent = registry.key_of(model), registry.parent_of(model)
        fields = {*model.model_fields, *(parent.model_fields if parent else ())}
        if not issubclass(model, Row) or not key or not fields.issuperset(key):
            continue
        seen = set()
        for outer, row, _ in instances(model, seeds):
            names = tuple(getattr(row, name, getattr(outer, name, None)) for name in key)
            if names in seen:
                own = next(name for name in key if name in model.model_fields)
                text = ", ".join(map(str, names))
                wrong(row, own, f"{text} stands twice", f"each {', '.join(key)} once")
            seen.add(names)


def _check_addresses(seeds: Seeds, wrong: Wrong) -> None:
    """Every address that is named leads somewhere."""
    paragraphs = {r.source_id: r.paragraphs for r in seeds.records}
    for row in seeds.written():
        for place, text in registry.addresses_in(row):
            for address in addresses.parse_all(text):
                beyond = address.kind == "paragraph" and not (
                    1 <= address.paragraph <= paragraphs.get(address.row, address.paragraph)
                )
                if address.row not in seeds.there or beyond:
                    wrong(
                        row,
                        place,
                        f"{address} leads nowhere",
                        "a paragraph, fact, message or search that is here",
                    )


def _check_references(seeds: Seeds, wrong: Wrong) -> None:
    """Every row that is referred to is here."""
    by_table = {m.declared["table"]: m for m in registry.models() if "table" in m.declared}
    for model in registry.models():
        if not issubclass(model, Row):
            continue
        for column, table in model.declared.get("references", {}).items():
            if column not in model.model_fields:
                continue
            known = _identifiers(by_table[table], seeds) | seeds.there
            for _, row, _ in instances(model, seeds):
                for value in filter(None, str(getattr(row, column) or "").split("; ")):
                    if value not in known:
                        wrong(row, column, f"{value} leads nowhere", f"a row of {table}")


def _identifiers(model, seeds: Seeds) -> set[str]:
    name = registry.key_of(model)[0]
    if not issubclass(model, Row):
        return set()
    return {getattr(row, name) for _, row, _ in instances(model, seeds)}
