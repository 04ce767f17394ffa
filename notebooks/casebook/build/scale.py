"""Work out the scale of the judgements into seeds/commitment/strengths.csv: once where judgements
change, since choix loads slower than all of the build.
"""

import csv
import io
from pathlib import Path

import pandas as pd

from casebook.records.reader import SeedsError, read_csv
from casebook.subjects.commitment.methods import scale
from casebook.subjects.commitment.rows import synthetic
from casebook.subjects.commitment.schema import Judgement, Phrase, Strength

NAMES = list(Strength.model_fields)


def strengths(folder: Path) -> list[dict]:
    """The rows of strengths.csv, worked out from phrases and judgements.

    Raises SeedsError for a faulty row, NotConnected (a ValueError) where the judgements don't hang
    together.
    """
    problems, folder = [], folder / "commitment"
    phrases = [read.row for read in read_csv(Phrase, folder / "phrases.csv", problems)]
    judged = [read.row for read in read_csv(Judgement, folder / "judgements.csv", problems)]
    if problems:
        raise SeedsError(problems)
    reader = _rows(scale.READER, scale.scale(pd.DataFrame([row.model_dump() for row in judged])))
    made = synthetic(phrases, [Strength(**row) for row in reader])
    return reader + _rows(scale.SYNTHETIC, scale.scale(pd.DataFrame(made), over="judges"))


def _rows(made, found) -> list[dict]:
    # Three digits: more would say nothing, and could differ from one machine to the next.
    return [
        {
            "made": made,
            **row,
            **{name: round(row[name], 3) + 0.0 for name in ("strength", "low", "high")},
        }
        for row in found.to_dict("records")
    ]


def work_out(folder: Path) -> str:
    """Write seeds/commitment/strengths.csv; returns what was done."""
    rows, out = strengths(folder), io.StringIO()
    writer = csv.DictWriter(out, NAMES, lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: row[name] for name in NAMES} for row in rows)
    (folder / "commitment" / "strengths.csv").write_text(
        out.getvalue(), encoding="utf-8", newline="\n"
    )
    return (
        f"seeds/commitment/strengths.csv: {len(rows)} strengths of "
        f"{len({row['phrase_id'] for row in rows})}"
        " phrases. Now build."
    )
