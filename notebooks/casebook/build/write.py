"""Write data/: every table, datapackage.json, the exercises and the codebook; all of them, or
none.
"""

import csv
import io
import json
import os
import shutil
import tempfile
from collections import Counter
from pathlib import Path

from casebook.build import keys
from casebook.build.seeds import Seeds, read_seeds
from casebook.build.tables import table_rows
from casebook.methods.agreement import confusions
from casebook.methods.coding import TOLD
from casebook.records import codebook, registry
from casebook.records.reader import Problem, SeedsError, read_text
from casebook.records.registry import Table
from casebook.subjects.coding.rows import codings, reliability
from casebook.tables import Tables

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
        if column == "quote_ids":
            continue
        reference = {"resource": other, "fields": list(registry.tables()[other].key[:1])}
        keys.append({"fields": [column], "reference": reference})
    return keys


def codebook_page(seeds: Seeds) -> str:
    """The codebook as Markdown: the schema's own values, then how far two coders agreed on them."""
    lines = [
        "# Codebook",
        "",
        "Built from the schema and from two codings; do not edit.",
        "",
        "## What a claim is",
        "",
        codebook.UNIT,
        "",
        (
            "Each claim has four codes, kept apart because they answer different questions. Code"
            " each on its own."
        ),
        "",
    ]
    for code, (question, values) in codebook.CODES.items():
        lines += [
            f"## {code}",
            "",
            question,
            "",
            "| value | test question | example | near miss |",
            "|---|---|---|---|",
        ]
        lines += [f"| `{v.name}` | {v.test} | {v.example} | {v.near_miss} |" for v in values] + [""]
    lines += (
        ["## Rules for what is hard", ""]
        + [f"- **{name}.** {rule}" for name, rule in codebook.RULES.items()]
        + [""]
    )
    lines += [
        "## topic",
        "",
        (
            "What is it about? One topic a claim, given by one coder; its reliability was not"
            " measured."
        ),
        "",
        "| value | meaning |",
        "|---|---|",
    ]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in codebook.TOPICS.items()] + [""]
    return "\n".join(lines + reliability_section(seeds)) + "\n"


def reliability_section(seeds: Seeds) -> list[str]:
    """How far the two codings agree, where they part, what was changed; lines of Markdown."""
    figures = reliability(seeds)
    lines = ["## How far two coders agree", ""]
    if not figures:
        return lines + [
            "The claims have been coded once. Nothing can be said yet about how far a second coder"
            " would agree."
        ]
    rows = codings(seeds)
    told = [f"{alpha:.2f} for {code}" for code, alpha in TOLD.items()]
    lines += [
        (
            f"Two coders coded the settled list of {figures[0]['claims']} claims independently,"
            " each alone: the second had this codebook as it stood then, the texts and the list"
            " without codes. Both are language models that read for this project, and no persons."
            " The figures are computed from seeds/coding/codings/ at every build: Krippendorff's "
            "alpha"
            " for nominal data, with a 95 % interval from 1,000 resamples of the claims. They"
            " can't be taken for what two strangers would reach: both coders worked for one"
            " project; the claims' own wording, which the first coder wrote, gives some codes away"
            " (“is believed to”); and some examples above are claims of this corpus."
        ),
        "",
        (
            "A third coding of the same list, independent of the two, was made outside this"
            " project. Its coder's alpha against the settled codes, as they stood then, is told as"
            f" {', '.join(told[:-1])} and {told[-1]}: told to us, not computed here."
        ),
        "",
        "| code | claims | same value | alpha | 95 % interval |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {f['code']} | {f['claims']} | {f['agreement']:.1%} | {f['alpha']:.3f} | {f['low']:.3f}"
        f" to {f['high']:.3f} |"
        for f in figures
    ]
    lines += [
        "",
        "### Where they part",
        "",
        "| code | first coder | second coder | claims |",
        "|---|---|---|---|",
    ]
    for code in codebook.CODES:
        lines += [
            f"| {code} | `{a}` | `{b}` | {n} |"
            for a, b, n in confusions(
                [(r["first"], r["second"]) for r in rows if r["code"] == code]
            )
        ]
    contested = [r for r in rows if r["contested"] == "yes"]
    claims = {c.claim_id: c.claim for r in seeds.records for c in r.claims}
    lines += [
        "",
        f"### Contested: {len({r['claim_id'] for r in contested})} claims on at least one code",
        "",
        "| claim | code | first | second | settled | what it says |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r['claim_id']} | {r['code']} | `{r['first']}` | `{r['second']}` | `{r['settled']}` |"
        f" {claims[r['claim_id']]} |"
        for r in contested
    ]
    if neither := [r for r in rows if r["settled"] not in (r["first"], r["second"])]:
        lines += [
            "",
            "Settled as neither coder wrote, by a rule that came later; the two codings stay as"
            " they were written: "
            + "; ".join(f"{r['claim_id']}, {r['code']} (`{r['settled']}`)" for r in neither)
            + ".",
        ]
    if seeds.changes:
        lines += ["", "### What was changed in the codebook since the two codings", ""]
        lines += [
            f"- **{change.code}**: {change.change}"
            + (f" ({change.because})" if change.because else "")
            for change in seeds.changes
        ]
    return lines


def essay_page(seeds: Seeds, template: str) -> str:
    """The data essay: seeds/essay.md with its numbers filled in from what was built."""
    quotes, claims = (
        [row for r in seeds.records for row in getattr(r, part)] for part in ("quotes", "claims")
    )
    figures = {f["code"]: f for f in reliability(seeds)}
    numbers = {
        "documents": len(seeds.records),
        "claims": len(claims),
        "quotes": len(quotes),
        "facts": len(seeds.facts),
        "messages": len(seeds.messages),
        "events": len(seeds.events),
        "statements": len(seeds.statements),
        "countries": ", ".join(
            f"{n} {country}"
            for country, n in Counter(r.country for r in seeds.records).most_common()
        ),
        "kcna": sum(m.first_publisher == "KCNA" for m in seeds.messages),
        "undated": (
            sum(not f.public_from for f in seeds.facts)
            + sum(not m.public_from for m in seeds.messages)
        ),
        "low_confidence": sum(f.confidence == "low" for f in seeds.facts),
        "contested": len({r["claim_id"] for r in codings(seeds) if r["contested"] == "yes"}),
        "owners": ", ".join(f.fact_id for f in seeds.facts if f.figure_owner),
        "alphas": (
            ", ".join(f"{code} {f['alpha']:.2f}" for code, f in figures.items())
            or "not measured yet"
        ),
        "tables": "\n".join(
            f"| {table.subject} | `{table.name}.csv` | {table.title} |"
            f" {len(table_rows(table, seeds))} |"
            for table in registry.tables().values()
        ),
    }
    return template.format(**numbers)


def as_written(record) -> dict:
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

    def filled(value, place, extra):
        if isinstance(value, dict):
            return {
                name: part if name == "key" else filled(part, place, extra)
                for name, part in value.items()
                if name != "explains"
            }
        if isinstance(value, list):
            return [filled(part, place, extra) for part in value]
        try:
            return counts.put_into(value, extra) if isinstance(value, str) else value
        except KeyError as error:
            problems.append(
                Problem(
                    place, 0, "", f"{{{error.args[0]}}} is no count here", "a name of counts.yaml"
                )
            )
            return value

    def whole(text):
        """An exercise with its largest number as a number."""
        return (
            text | {"most": int(text["most"].replace(",", ""))}
            if (text["most"] or "").replace(",", "").isdigit()
            else text
        )

    written = [
        whole(
            filled(
                text,
                f"lessons/{text['exercise_id'][:2]}/exercises.yaml",
                keys.own_number(text, tables),
            )
        )
        for text in exercises
    ]
    sheets = [filled(sheet.model_dump(mode="json"), "handout.yaml", {}) for sheet in seeds.handout]
    if problems:
        raise SeedsError(problems)
    return written, sheets


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
