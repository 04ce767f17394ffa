"""Count the words of the articles' texts, so that text methods work without the texts."""

import csv
import re
from collections import Counter
from pathlib import Path

from casebook.build.seeds import record_files
from casebook.records.documents import Record
from casebook.records.reader import SeedsError, read_one


def tokens(text: str) -> list[str]:
    """Words in small letters; hyphens and apostrophes inside a word stay."""
    return re.findall(r"\w+(?:[-'’]\w+)*", text.lower())


def count_into(seeds: Path, texts: Path) -> str:
    """Write seeds/corpus/words.csv from the texts of all records; returns a line that says what was
    counted.
    """
    problems, rows = [], []
    for path in record_files(seeds):
        for read in read_one(Record, path, problems):
            counts = Counter(tokens((texts / read.row.file).read_text(encoding="utf-8")))
            rows += [(read.row.source_id, word, count) for word, count in sorted(counts.items())]
    if problems:
        raise SeedsError(problems)
    with open(seeds / "corpus" / "words.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["source_id", "word", "count"])
        writer.writerows(rows)
    return f"{len(rows)} words counted in {len({r[0] for r in rows})} documents."
