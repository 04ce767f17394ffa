"""An exercise as data: its controls, and what its check says, taken from the check itself.

The script of a page puts an answer's lines together; each line is one that ``Exercise.check`` gave
here. A test compares the two over many answers.
"""

import base64
import json
from collections.abc import Sequence

from casebook.core.tables import Tables
from casebook.exercises import LONGEST_SENTENCE, Exercise, second
from casebook.exercises.commit_widget import (
    BEFORE_IT_OPENS,
    FOUND,
    HIDE,
    ONCE_IT_IS_OPEN,
    found_out,
)
from casebook.exercises.fields import EMPTY
from casebook.exercises.tally import counted, look_again, tally_line
from casebook.exercises.widgets import UNANSWERED
from casebook.figure import marked

MARK = 987654321  # a number that stands for the learner's in a line


def task_data(task: Exercise) -> dict:
    """An exercise for the page's script. Whatever is shown is HTML."""
    return {
        "kind": task.kind,
        "kept_as": task.kept_as,
        "second": second(task.id),
        "choices": [[value, marked(text)] for value, text, _ in task.choices],
        "bins": task.bins,
        "most": task.most,
        "longest": LONGEST_SENTENCE,
        "hint": marked(task.hint),
        "worked": marked(task.worked),
        "again": look_again(task),
        "rules": _RULES[task.kind](task),
        "empty": EMPTY,
        "unanswered": UNANSWERED,
        "open": "" if task.kind == "sentence" else task.check(None).verdict,
    }


def lesson_tasks(tables: Tables, lesson: str, tasks: Sequence[Exercise]) -> dict:
    """The exercises of a page, and what its tally counts."""
    every = counted(tables, lesson)
    return {
        "tasks": {task.id: task_data(task) for task in [*every, *tasks]},
        "counted": [task.id for task in every],
        "tally": [tally_line(done, len(every)) for done in range(len(every) + 1)],
    }


def veiled(data: dict | list) -> str:
    """Data that nobody reads by chance in the page's source."""
    plain = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return base64.b64encode(plain.encode("utf-8")).decode("ascii")


def _choose(task: Exercise) -> dict:
    return {
        value: {
            "right": task.check(value).right,
            "verdict": task.check(value).verdict,
            "reasons": list(map(marked, task.check(value).reasons)),
        }
        for value, _, _ in task.choices
    }


def _choose_all(task: Exercise) -> dict:
    """For each choice what is said where it is chosen and where it is missed; the verdict by the
    number of wrong ones.
    """
    values = [value for value, _, _ in task.choices]
    chosen = {value: task.check({value}).reasons for value in values}
    lines, verdicts = {}, []
    for value, text, _ in task.choices:
        # Of what is chosen alone, its own line is the one that is no "Missed".
        mine = next(line for line in chosen[value] if not line.startswith("Missed: "))
        others = task.check(set(values) - {value}).reasons if len(values) > 1 else []
        missed = [line for line in others if line.startswith(f"Missed: {text} ")]
        lines[value] = [marked(mine), *map(marked, missed)]
    for wrong in range(len(values) + 1):
        answer = set(task.key) ^ set(values[:wrong])
        answer = answer or set(task.key) ^ set(values[len(values) - wrong :])
        verdicts.append(task.check(answer).verdict if answer else "")
    return {"key": sorted(task.key), "lines": lines, "verdicts": verdicts}


def _sort(task: Exercise) -> dict:
    """For each item what is said where it lies right and where it doesn't."""
    values = [value for value, _, _ in task.choices]
    wrongly = {value: next(b for b in task.bins if b != task.key[value]) for value in values}
    right, wrong = (task.check({v: bins[v] for v in values}) for bins in (task.key, wrongly))
    verdicts = [
        task.check({v: (wrongly if n < count else task.key)[v] for n, v in enumerate(values)})
        for count in range(len(values) + 1)
    ]
    return {
        "key": {value: task.key[value] for value in values},
        "right": list(map(marked, right.reasons)),
        "wrong": list(map(marked, wrong.reasons)),
        "verdicts": [checked.verdict for checked in verdicts],
    }


def _number(task: Exercise) -> dict:
    right, wrong = task.check(task.key), task.check(MARK)
    return {
        "key": task.key,
        "right": right.verdict,
        "wrong": wrong.verdict.split(f"{MARK:g}", 1),
        "reasons": [list(map(marked, found.reasons)) for found in (wrong, right)],
    }


def _found(task: Exercise) -> dict:
    """What stands beside what a learner said: it is compared, not checked."""
    return {
        "found": found_out(task),
        "name": FOUND,
        "hide": HIDE,
        "says": [BEFORE_IT_OPENS, ONCE_IT_IS_OPEN],
    }


_RULES = {
    "choose": _choose,
    "choose all": _choose_all,
    "sort": _sort,
    "number": _number,
    "predict": _found,
    "vote": _found,
    "sentence": _found,
}
