"""Before and after: what a class had in the two forms, from its files or from a tally typed in from
paper; and one pupil's card, for that pupil's own feedback.
"""

import re
from statistics import mean, stdev

import pandas as pd

from casebook.classroom.exhibits import source_of
from casebook.classroom.work import ClassWork
from casebook.core.tables import Tables
from casebook.exercises import Exercise, every_exercise
from casebook.exercises.form_widget import TIMES
from casebook.figure import BREAK, TableExhibit, cell
from casebook.figure.english import several
from casebook.panel.controls import choose
from casebook.panel.explore import explore
from casebook.panel.panel import Panel

__all__ = ["before_and_after", "pupil_card"]

LINE = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]{1,19})[\s,;]+(\d{1,2})[\s,;]+(\d{1,2})")
PAPER_MOST, FILE_MOST, PUPILS = 16, 8, 30  # points on paper, in files (closed items), a class
HEADS = ["Pseudonym", "Before", "After", "Difference"]
CANNOT = (
    "The two forms may differ in difficulty, so let one half of the class sit A first and the other"
    " half B. There is no class beside it that had other lessons: a difference may come from"
    " practice, from the time between, or from anything else. Nothing is claimed about learning"
)


def points(pooled_forms: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """The points of the closed items in the files. Columns: learner, before, after (0 to 8; NaN
    where a form was not sat whole).
    """
    worth = {
        (form["form"], str(item["item"]), choice["value"]): choice["points"]
        for form in tables.read_json("forms")
        for item in form["items"]
        for choice in item["choices"]
    }
    rows = pooled_forms.assign(
        points=[
            worth[row.form, row.item, row.value] for row in pooled_forms.itertuples(index=False)
        ]
    )
    whole = rows.groupby(["learner", "time", "form"])["points"].agg(["sum", "count"]).reset_index()
    whole = whole[whole["count"] == 4].drop_duplicates(["learner", "time"])
    table = whole.pivot(index="learner", columns="time", values="sum").astype(float)
    return table.reindex(columns=list(TIMES)).reset_index()


def typed(paper: str) -> tuple[pd.DataFrame, list[str]]:
    """(pairs of a tally typed in: learner, before, after; the lines that are none, with why).

    A line is a pseudonym and two numbers from 0 to 16; empty lines are passed over.
    """
    rows, wrong, seen = [], [], set()
    for number, line in enumerate(paper.splitlines(), 1):
        if not line.strip():
            continue
        found = LINE.fullmatch(line.strip())
        if not found:
            wrong.append(f"line {number} is no pseudonym with two numbers, as in: Ada 7 11")
        elif max(int(found[2]), int(found[3])) > PAPER_MOST:
            wrong.append(f"line {number} has more than {PAPER_MOST} points")
        elif found[1] in seen:
            wrong.append(f"line {number} has {found[1]} once more")
        else:
            seen.add(found[1])
            rows.append((found[1], float(found[2]), float(found[3])))
    return pd.DataFrame(rows, columns=["learner", *TIMES]), wrong


def _student(degrees: int) -> float:
    """The factor of a 95 per cent interval."""
    from scipy.stats import t  # here, as no other part of the page needs it at once

    return float(t.ppf(0.975, degrees))


def interval(differences: list[float]) -> tuple[float, float, float]:
    """(mean, low, high): Student's 95 per cent interval of a mean of two differences or more."""
    middle, count = mean(differences), len(differences)
    half = _student(count - 1) * stdev(differences) / count**0.5
    return middle, middle - half, middle + half


def can_show(differences: list[float], pupils: int = PUPILS) -> float:
    """The smallest mean difference whose interval would leave out nought in a class of ``pupils``,
    if pairs differ as much as these do.
    """
    return _student(pupils - 1) * stdev(differences) / pupils**0.5


def before_and_after(work: ClassWork, paper: str = "") -> TableExhibit:
    """Before and after by pseudonym: from the class's files (closed items, 0 to 8), or from a tally
    typed in from paper (all items, 0 to 16), a line a pupil: pseudonym, before, after.
    """
    pairs, wrong = typed(paper) if paper.strip() else (points(work.pooled.forms, work.tables), [])
    most = PAPER_MOST if paper.strip() else FILE_MOST
    both = pairs.dropna()
    rows = [
        [row.learner, f"{row.before:g}", f"{row.after:g}", f"{row.after - row.before:+g}"]
        for row in both.sort_values("learner", kind="stable").itertuples()
    ]
    differences = list(both["after"] - both["before"])
    said = _said(differences, most)
    alone = len(pairs) - len(both)
    notes = [*wrong, *([f"{several(alone, 'pupil')} sat one form alone"] if alone else [])]
    name = "Your class, from paper" if paper.strip() else work.name
    return TableExhibit(HEADS, rows or [["–", "–", "–", "–"]]).describe(
        title=f"{name}: {said}",
        subtitle=f"Points of {most}; {CANNOT}"
        + (f". Left out: {'; '.join(notes)}" if notes else ""),
        description=f"Table of {several(len(rows), 'pair')}. {said}.",
        source="a tally typed in from paper" if paper.strip() else source_of(work),
    )


def _said(differences: list[float], most: int) -> str:
    """The finding in words, with its interval and with what a class of thirty can show."""
    if not differences:
        return "nobody has sat both forms yet"
    if len(differences) < 3 or stdev(differences) == 0:
        return f"{several(len(differences), 'pair')}: too little for an interval"
    middle, low, high = interval(differences)
    side = "nought lies within it" if low <= 0 <= high else "nought lies outside it"
    return (
        f"{len(differences)} pairs, on the mean {middle:+.1f} of {most} points, 95 % interval"
        f" {low:+.1f} to {high:+.1f}: {side}; with thirty pupils who differ like these, a mean"
        f" below {can_show(differences):.1f} could not be told from none"
    )


# -- one pupil's card ------------------------------------------------------------------------------


def pupil_card(work: ClassWork) -> Panel:
    """One pupil's answers with what to say to each, for that pupil alone: no score, no ranking."""
    return explore(
        f"{work.name}: what could I say to this pupil?",
        learner=choose("Pseudonym", work.pooled.learners or ["nobody"], width="330px", reads=str),
        draw=lambda learner: card(work, learner),
        stored="Card of {learner}",
        rows="",
    )


def card(work: ClassWork, learner: str) -> TableExhibit:
    """A pupil's answers in the check-outs and exercises: the question, what was chosen, and why it
    is right or where its idea fails.
    """
    answers = work.pooled.exercises
    mine = answers[answers["learner"] == learner].set_index("exercise")["value"]
    rows = [
        [task.id[:2], task.question, _chosen(task, mine[task.id]), _why(task, mine[task.id])]
        for task in every_exercise(work.tables).values()
        if task.id in mine.index and task.kind in ("choose", "choose all")
    ]
    return TableExhibit(
        ["Lesson", "Question", "Chosen", "What to say"],
        rows or [["–", "no answers", "–", "–"]],
        (7, 33, 25, 35),
    ).describe(
        title=f"{work.name}: the card of {learner}",
        subtitle="The last answer to each; for this pupil's own feedback, and never a ranking",
        description=f"Table of {several(len(rows), 'answer')} of {learner}.",
        source=source_of(work),
    )


def _picked(task: Exercise, value: object) -> list[tuple[str, str]]:
    """(text, why) of what was chosen."""
    wanted = value if isinstance(value, list) else [value]
    return [(text, why) for choice, text, why in task.choices if choice in wanted]


def _chosen(task: Exercise, value: object) -> str:
    return "; ".join(text for text, _ in _picked(task, value))


def _why(task: Exercise, value: object) -> str:
    answer = set(value) if isinstance(value, list) else value
    checked = task.check(answer)
    return cell(checked.verdict, BREAK, " ".join(why for _, why in _picked(task, value)))
