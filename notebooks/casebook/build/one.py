"""One record on its own: checked as the build checks it, and the tables of the corpus with it among
them.
"""

import shutil
import tempfile
from pathlib import Path

from casebook.build.seeds import read_seeds
from casebook.build.tables import table_rows
from casebook.build.write import as_csv
from casebook.core.platform import SEEDS
from casebook.records import registry
from casebook.records.reader import Problem, SeedsError, field_name, read_yaml
from casebook.records.texts import check_against_text
from casebook.records.writer import PARTS, as_yaml

# The tables that a record adds to.
OF_RECORDS = ("sources", "claims", "quotes", "signs", "chains", "events", "positions")


def check(record: dict, text: str = "", seeds_folder: Path = SEEDS) -> list[Problem]:
    """What the build would say of ``record`` among the others: its problems, none if it is sound.

    ``record`` is {field: text or list of {field: text}}. With ``text``, the article as captured,
    its quotations, numbers, length and hash are checked too.
    """
    with tempfile.TemporaryDirectory() as folder:
        problems, seeds = _read(record, Path(folder), seeds_folder)
        if text and seeds is not None:
            problems = _against_text(seeds.records[-1], text, Path(folder))
    return problems


def _path(record, folder: Path) -> Path:
    """A file for the record, named as it names itself where that can be a file's name."""
    name = str(record.get("source_id", ""))
    path = folder / (
        f"{name}.yaml" if name.isascii() and name.isalnum() and len(name) < 20 else "record.yaml"
    )
    path.write_text(as_yaml(record), encoding="utf-8", newline="\n")
    return path


def _read(record, folder: Path, seeds_folder: Path):
    """(problems, seeds with the record last, or None)."""
    try:
        return [], read_seeds(seeds_folder, also=_path(record, folder))
    except SeedsError as error:
        return error.problems, None


def _against_text(record, text: str, folder: Path) -> list[Problem]:
    problems: list[Problem] = []
    (folder / record.file).write_bytes(text.encode("utf-8"))
    node, file = read_yaml(folder / f"{record.source_id}.yaml"), f"{record.source_id}.yaml"
    places = {id(record): ()} | {
        id(row): (part, i) for part in PARTS for i, row in enumerate(getattr(record, part))
    }

    def wrong(row, name, what, allowed=""):
        place = (*places[id(row)], name)
        problems.append(Problem(file, node.line(place), field_name(place), what, allowed))

    check_against_text(record, folder, wrong)
    return sorted(problems)


def tables_with(record: dict, data_folder: Path, folder: Path, seeds_folder: Path = SEEDS) -> None:
    """Write into ``folder`` the tables of ``data_folder`` with ``record`` among the documents.

    Raises SeedsError if it has problems.
    """
    with tempfile.TemporaryDirectory() as place:
        problems, seeds = _read(record, Path(place), seeds_folder)
    if seeds is None:
        raise SeedsError(problems)
    for path in data_folder.iterdir():
        if path.suffix in (".csv", ".json"):
            shutil.copyfile(path, folder / path.name)
    for name in OF_RECORDS:
        table = registry.tables()[name]
        (folder / f"{name}.csv").write_bytes(as_csv(table, table_rows(table, seeds)))
