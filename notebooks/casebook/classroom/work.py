"""A class's work: what may stand in its files, the files pooled, and a synthetic class where there
are none.
"""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from casebook.answers.pool import Pooled, pool, pool_files
from casebook.classroom.synthetic import synthetic_files
from casebook.core import platform
from casebook.core.tables import Tables
from casebook.exercises import COMMITMENTS, second
from casebook.exercises.form_widget import TIMES, form_key
from casebook.figure.english import capital, none_or, several
from casebook.subjects.coding.methods.coding import CODES, item_codes
from casebook.subjects.commitment.methods.pairs import CANNOT
from casebook.subjects.council.methods import JUDGEMENTS, line_key
from casebook.subjects.reports.methods.cards import VOTES, vote_keys
from casebook.subjects.stances.methods import GRADES, grade_key

FOLDER = "class_answers"


class ClassWork(NamedTuple):
    """A class's pooled answers and the tables that they are compared with; ``synthetic`` if there
    is no such class.
    """

    pooled: Pooled
    tables: Tables
    synthetic: bool

    @property
    def name(self) -> str:
        """How titles call the class."""
        return "SYNTHETIC class" if self.synthetic else "Your class"

    def _repr_html_(self) -> str:
        return f"<p>{self}</p>"

    def __repr__(self) -> str:
        usable = len(self.pooled.learners)
        if self.synthetic:
            return (
                f"The folder {FOLDER} is empty. What you see is a SYNTHETIC class of {usable}: made"
                " by a generator, to show what this page does. Nobody's answers are in it, and"
                " nothing follows from it."
            )
        return (
            f"{capital(several(self.pooled.files, 'file'))} in {FOLDER};"
            f" {none_or(usable)} can be used."
        )


def class_folder() -> Path:
    """Where the class's files are put: class_answers beside notebooks, or in the folder that
    CASEBOOK_WORK names.
    """
    return platform.class_folder(FOLDER)


def class_work(tables: Tables, progress: Callable[[int, int], None] | None = None) -> ClassWork:
    """Pool the files of class_answers/; where there are none, a synthetic class. ``progress(done,
    of)``: as ``pool``.
    """
    allowed = allowed_answers(tables)
    pooled = pool(class_folder(), allowed, progress or _progress())
    if pooled.files:
        return ClassWork(pooled, tables, False)
    files = synthetic_files(tables, allowed, coding_key(tables))
    return ClassWork(
        pool_files([(name, lambda raw=raw: raw) for name, raw in files], len(files), allowed),
        tables,
        True,
    )


def _progress():
    """A line that says how far long work is; for a few files none is shown."""
    from IPython.display import display

    line = None

    def say(done, of):
        nonlocal line
        if of >= 50 and (done % 10 == 0 or done == of):
            text = {"text/plain": f"Read {done} of {of} files."}
            if line is None:
                line = display(text, raw=True, display_id=True)
            else:
                line.update(text, raw=True)

    return say


def allowed_answers(tables: Tables) -> dict:
    """Which keys and values may stand in a file, from the tables; the shape is that of
    ``answers.pool``.
    """
    tasks = tables.read_json("exercises")
    questions = tables.questions
    fields = next(r for r in tables.read_json("datapackage")["resources"] if r["name"] == "claims")[
        "schema"
    ]["fields"]
    chosen = {
        t["exercise_id"]: (t["kind"], [c["value"] for c in t["choices"]], t["bins"])
        for t in tasks
        if t["kind"] not in COMMITMENTS
    }
    for line in tables.article_lines["line_id"]:  # lesson 06
        chosen[line_key(line)] = "choose", list(JUDGEMENTS), []
    for grading in tables.gradings["grading_id"]:  # lesson 05
        chosen[grade_key(grading)] = "choose", list(GRADES), []
    for vote in vote_keys(tables):  # lesson 01
        chosen[vote] = "choose", list(VOTES), []
    return {
        "exercise": {
            key: {"kind": kind, "choices": choices, "bins": bins}
            for key, (kind, choices, bins) in chosen.items()
        },
        "prediction": {
            name: t["most"] or [c["value"] for c in t["choices"]]
            for t in tasks
            if t["kind"] in ("predict", "vote")
            for name in (t["exercise_id"], second(t["exercise_id"]))
        }
        | form_answers(tables),
        "forecast": {
            f"{q.question_id}@{when}"
            for q in questions.itertuples()
            for when in (str(q.opens)[:10], "hindsight")
        },
        "phrases": set(tables.phrases["phrase_id"]),
        "cannot": CANNOT,
        "items": set(tables.coding_items["claim_id"]),
        "codes": {f["name"]: set(f["constraints"]["enum"]) for f in fields if f["name"] in CODES},
    }


def form_answers(tables: Tables) -> dict[str, list[str]]:
    """The closed items of the forms before and after, by the keys that a form keeps them under."""
    return {
        form_key(time, form["form"], item["item"]): [choice["value"] for choice in item["choices"]]
        for form in tables.read_json("forms")
        for item in form["items"]
        if item["choices"]
        for time in TIMES
    }


def coding_key(tables: Tables) -> pd.DataFrame:
    """The settled codes of the items of lesson 10. Columns: item, code, value."""
    return item_codes(tables).rename(columns={"claim_id": "item", "settled": "value"})[
        ["item", "code", "value"]
    ]
