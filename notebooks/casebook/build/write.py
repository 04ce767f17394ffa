"""Write data/: every table, datapackage.json, the exercises and the codebook; all of them, or none."""
import csv
import io
import json
import os
import shutil
import tempfile
from pathlib import Path

from casebook.build.seeds import Seeds, read_seeds
from casebook.build.tables import LICENCE_OURS, TABLES, Table
from casebook.records import codebook


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
    """The Frictionless Data Package descriptor of data/ (specs.frictionlessdata.io/data-package)."""
    return {
        "profile": "tabular-data-package",
        "name": "letters-to-pact",
        "title": "Letters to Pact: five articles, their claims and quotations, and checked context",
        "description": "Built from seeds/ by `python start.py build`; do not edit. See codebook.md for the codes.",
        "licenses": [{"name": LICENCE_OURS, "title": "Creative Commons Attribution 4.0",
                      "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "resources": [
            {
                "name": table.name, "path": f"{table.name}.csv", "title": table.title,
                "profile": "tabular-data-resource", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": c.name, "type": c.type, "description": c.description,
                                **({"constraints": c.constraints} if c.constraints else {})} for c in table.columns],
                    "missingValues": [""],
                    **({"primaryKey": table.key} if table.key else {}),
                    **({"foreignKeys": [{"fields": [column], "reference": {"resource": other, "fields": [theirs]}}
                                        for column, (other, theirs) in table.references.items()]}
                       if table.references else {}),
                },
            }
            for table in TABLES
        ],
    }


def codebook_page() -> str:
    """The codebook as Markdown, from the schema's own values."""
    lines = ["# Codebook", "", "Built from the schema; do not edit. Each claim has four codes, kept apart because they answer "
             "different questions.", ""]
    for code, (question, values) in codebook.CODES.items():
        lines += [f"## {code}", "", question, "", "| value | test question | example | near miss |", "|---|---|---|---|"]
        lines += [f"| `{v.name}` | {v.test} | {v.example} | {v.near_miss} |" for v in values] + [""]
    lines += ["## topic", "", "What is it about?", "", "| value | meaning |", "|---|---|"]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in codebook.TOPICS.items()]
    return "\n".join(lines) + "\n"


def contents(seeds: Seeds) -> dict[str, bytes]:
    """Every file of data/, by name."""
    def as_json(value):
        return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

    files = {f"{table.name}.csv": as_csv(table, table.rows(seeds)) for table in TABLES}
    files["datapackage.json"] = as_json(datapackage())
    files["exercises.json"] = as_json([x.model_dump(mode="json") for x in seeds.exercises])
    files["codebook.md"] = codebook_page().encode("utf-8")
    return files


def replace_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Put ``files`` in place of ``folder``: beside it first, then by renaming, so that it is never half written."""
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
    """Bring back what an interrupted build had set aside, or clear it away if the new folder is in place."""
    old = _set_aside(folder)
    if old.exists() and not folder.exists():
        os.replace(old, folder)
    shutil.rmtree(old, ignore_errors=True)
    for left in folder.parent.glob(f".{folder.name}-new-*"):
        shutil.rmtree(left, ignore_errors=True)


def build(seeds_folder: Path, data_folder: Path, texts: Path | None = None) -> Seeds:
    """seeds/ → data/. Raises SeedsError, with data/ left as it was, if anything in seeds/ is wrong."""
    seeds = read_seeds(seeds_folder, texts)
    replace_folder(data_folder, contents(seeds))
    return seeds
