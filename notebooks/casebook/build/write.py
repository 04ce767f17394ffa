"""Write data/: every table, datapackage.json, the exercises and the codebook; all of them, or
none.
"""

import csv
import io
import json
import os
import shutil
import tempfile
from pathlib import Path

from pydantic import BaseModel

from casebook.build import keys
from casebook.build.pages import codebook_page, essay_page
from casebook.build.seeds import Seeds, read_seeds
from casebook.build.tables import table_rows
from casebook.core.tables import Tables
from casebook.records import registry
from casebook.records.reader import Problem, SeedsError, read_text
from casebook.records.registry import Table

LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}


def as_csv(table: Table, rows: list[dict]) -> bytes:
    """A table as CSV: UTF-8, LF, columns in their order."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [column.name for column in table.columns]
    writer.writerow(names)
    writer.writerows([_cell(row[name]) for name in names] for row in rows)
    return out.getvalue().encode("utf-8")


def _cell(value) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() else repr(value)
    return str(value)


def datapackage() -> dict:
    """The Frictionless Data Package descriptor of data/
    (specs.frictionlessdata.io/data-package); ``subject`` and ``asOf`` are ours: the folder of
    casebook that a table belongs to, and what an as-of view does with it.
    """
    return {
        "profile": "tabular-data-package",
        "name": "letters-to-pact",
        "title": "Letters to Pact: five articles, their claims and quotations, and checked context",
        "description": (
            "Built from seeds/ by `python start.py build`; do not edit. See codebook.md for the"
            " codes."
        ),
        "licenses": [LICENCE],
        "sources": [
            {
                "title": (
                    "Five news articles of 2022 to 2026, named in sources.csv; their texts are not"
                    " carried"
                )
            },
            {"title": "Stored public pages, named row by row in facts.csv and messages.csv"},
        ],
        "resources": [_resource(table) for table in registry.tables().values()],
    }


def _resource(table: Table) -> dict:
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "subject": table.subject,
        "licenses": [LICENCE],
        "rights": table.rights,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "asOf": table.as_of,
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            **({"primaryKey": list(table.key)} if table.key else {}),
            **({"foreignKeys": keys} if (keys := _foreign_keys(table)) else {}),
        },
    }


def _field(column: registry.Column) -> dict:
    field = {"name": column.name, "type": column.type, "description": column.description}
    return field | ({"constraints": column.constraints} if column.constraints else {})


def _foreign_keys(table: Table) -> list[dict]:
    """The references that hold one key a cell; a list of keys is checked by the build alone."""
    keys = []
    for column, other in table.references.items():
        if column in table.several:
            continue
        reference = {"resource": other, "fields": list(registry.tables()[other].key[:1])}
        keys.append({"fields": [column], "reference": reference})
    return keys


def as_written(record: BaseModel) -> dict:
    """A record as people write it: its fields that are filled in, every value a text."""

    def text(value):
        if isinstance(value, dict):
            return {key: text(part) for key, part in value.items() if part not in (None, {}, [])}
        return [text(part) for part in value] if isinstance(value, (list, tuple)) else _cell(value)

    return text(record.model_dump(mode="json"))


def asked_of_tables(seeds: Seeds, tables: Tables) -> tuple[list[dict], list[dict]]:
    """Exercises and hand-outs with the counts that they name, once every why fits the answer that
    ``tables`` give.

    Raises SeedsError for a why that explains another answer, or a count that is not in counts.yaml.
    """
    exercises = [x.model_dump(mode="json") for x in seeds.exercises]
    counts, problems = keys.counted(tables, seeds.counts), keys.check_whys(exercises, tables)
    written = []
    for text in exercises:
        place = f"lessons/{text['exercise_id'][:2]}/exercises.yaml"
        filled = _filled(text, place, counts, keys.own_number(text, tables), problems)
        written.append(_with_most_as_number(filled))
    sheets = [
        _filled(sheet.model_dump(mode="json"), "handout.yaml", counts, {}, problems)
        for sheet in seeds.handout
    ]
    if problems:
        raise SeedsError(problems)
    return written, sheets


def _filled(value, place: str, counts: keys.Counts, extra: dict, problems: list[Problem]):
    """A text, or all texts in a list or mapping, with their counts; what can't be is a problem."""
    if isinstance(value, dict):
        return {
            name: part if name == "key" else _filled(part, place, counts, extra, problems)
            for name, part in value.items()
            if name != "explains"
        }
    if isinstance(value, list):
        return [_filled(part, place, counts, extra, problems) for part in value]
    try:
        return counts.put_into(value, extra) if isinstance(value, str) else value
    except KeyError as error:
        wrong = f"{{{error.args[0]}}} is no count here"
        problems.append(Problem(place, 0, "", wrong, "a name of counts.yaml"))
        return value


def _with_most_as_number(exercise: dict) -> dict:
    """An exercise with its largest number as a number."""
    digits = (exercise["most"] or "").replace(",", "")
    return exercise | {"most": int(digits)} if digits.isdigit() else exercise


def contents(seeds: Seeds, essay: str) -> dict[str, bytes]:
    """Every file of data/, by name; ``essay`` is the text of seeds/essay.md."""

    def as_json(value):
        return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

    files = {
        f"{table.name}.csv": as_csv(table, table_rows(table, seeds))
        for table in registry.tables().values()
    }
    files["datapackage.json"] = as_json(datapackage())
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        exercises, handouts = asked_of_tables(seeds, Tables(Path(folder)))
    files["exercises.json"] = as_json(exercises)
    files["code.json"] = as_json([x.model_dump(mode="json") for x in seeds.code])
    files["handouts.json"] = as_json(handouts)
    files["forms.json"] = as_json([x.model_dump(mode="json") for x in seeds.forms])
    files["standards.json"] = as_json([x.model_dump(mode="json") for x in seeds.standards])
    files["worked.json"] = as_json([as_written(x) for x in seeds.worked])
    files["codebook.md"] = codebook_page(seeds).encode("utf-8")
    files["README.md"] = essay_page(seeds, essay).encode("utf-8")
    return files


def replace_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Put ``files`` in place of ``folder``: beside it first, then by renaming, so that it is never
    half written.
    """
    recover(folder)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-new-", dir=folder.parent))
    try:
        for name, content in files.items():
            (fresh / name).write_bytes(content)
        fresh.chmod(0o755)
        old = _set_aside(folder)
        if folder.exists():
            os.replace(folder, old)
        os.replace(fresh, folder)
    except BaseException:
        recover(folder)
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _set_aside(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}-old")


def recover(folder: Path) -> None:
    """Bring back what an interrupted build had set aside, or clear it away if the new folder is in
    place.
    """
    old = _set_aside(folder)
    if old.exists() and not folder.exists():
        os.replace(old, folder)
    shutil.rmtree(old, ignore_errors=True)
    for left in folder.parent.glob(f".{folder.name}-new-*"):
        shutil.rmtree(left, ignore_errors=True)


def build(seeds_folder: Path, data_folder: Path, texts: Path | None = None) -> Seeds:
    """seeds/ → data/. Raises SeedsError, with data/ left as it was, if anything in seeds/ is
    wrong.
    """
    seeds = read_seeds(seeds_folder, texts)
    replace_folder(data_folder, contents(seeds, read_text(seeds_folder / "essay.md")))
    return seeds
