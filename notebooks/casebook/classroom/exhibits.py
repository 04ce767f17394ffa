"""What a class's answers look like: who answered what, what was left out, which mistakes were made,
how far coders agree.
"""

from collections import Counter
from html import escape
from statistics import median

import pandas as pd

from casebook.answers.pool import MANY, Pooled
from casebook.classroom.work import CODES, ClassWork, coding_key
from casebook.exercises import COMMITMENTS, Exercise, exercises
from casebook.figure import Html, TableExhibit, strong
from casebook.figure.english import capital, number, several
from casebook.subjects.coding.methods.agreement import Agreement, agreement, confusions

CLASS_FILES = "the files of class_answers"
MADE_UP = "a seeded generator; nobody's answers"
LESSON_OF = {"forecasts": "09", "judgements": "08", "codings": "10"}
MOST_CONFUSIONS = 8
MOST_FAULTS = 60  # single answers
ONE_OR_MANY = {False: "one answer", True: "many answers"}
AGREEMENT_HEADS = [
    "Code",
    "Coders",
    "Items coded by two or more",
    "Alpha among peers (95 %)",
    "Agreement with the key",
    Html("Alpha of this corpus's two coders"),
]
CODED = "Learners code passages in lesson 10, each on their own."


def source_of(work: ClassWork, also: str = "") -> str:
    """Where an exhibit's figures come from: the class's files or the generator, and ``also``."""
    return (MADE_UP if work.synthetic else CLASS_FILES) + (f"; {also}" if also else "")


def nothing_came_in(work: ClassWork, found: str, lesson: str, how: str) -> TableExhibit:
    """What stands where a class has nothing, or too little, for a part: what was ``found``, and
    ``how`` it gets more, in which lesson.
    """
    title = work.tables.lessons.set_index("lesson")["title"].get(lesson, "")
    return TableExhibit(
        ["Where such answers come from", "Lesson"],
        [[how, f"{lesson} · {title}"]],
    ).describe(
        title=f"{work.name}: {found}",
        subtitle="Nothing is wrong: this part fills when there are answers for it",
        description=f"{capital(found)}. Such answers come from lesson {lesson}.",
        source=source_of(work),
    )


def came_in(work: ClassWork) -> TableExhibit:
    """How many of the class answered how much of each lesson."""
    pooled, lessons = work.pooled, work.tables.lessons.set_index("lesson")["title"]
    parts = _by_lesson(pooled)
    rows, counts = [], {}
    for lesson in sorted(parts):
        each = parts[lesson]["learner"].value_counts()
        counts[lesson] = len(each)
        rows.append(
            [
                strong(lesson),
                lessons.get(lesson, ""),
                str(len(each)),
                f"{median(each):g}",
                f"{each.sum():,}",
            ]
        )
    usable, files = len(pooled.learners), pooled.files
    with_answers = len(set().union(*(part["learner"] for part in parts.values())))
    empty = f", {number(usable - with_answers)} without an answer" if with_answers < usable else ""
    most = [lesson for lesson, count in counts.items() if count == max(counts.values())]
    return TableExhibit(
        ["Lesson", "Title", "Learners", "Answers each (middle)", "Answers in all"], rows
    ).describe(
        title=f"{work.name}: {several(usable, 'file') if usable else 'none'} of {files} can be"
        f" used{empty}"
        + (f"; lesson {most[0]} was answered by most" if len(most) == 1 < len(counts) else ""),
        subtitle="What came in: learners who answered at least one question, and how many answers",
        description=(
            f"Table of {len(rows)} lessons; {usable} of {files} files can be used, with"
            f" {sum(len(p) for p in parts.values()):,} answers."
        ),
        source=source_of(work),
    )


def _by_lesson(pooled: Pooled) -> dict[str, pd.DataFrame]:
    """What was answered in each lesson; lessons without an answer are left out."""
    parts = dict(iter(pooled.exercises.groupby(pooled.exercises["exercise"].str[:2])))
    for name, lesson in LESSON_OF.items():
        parts[lesson] = pd.concat(
            [part for part in (parts.get(lesson), getattr(pooled, name)) if part is not None]
        )
    return {lesson: part for lesson, part in parts.items() if len(part)}


def left_out(work: ClassWork) -> TableExhibit:
    """Every file that could not be used, then single answers (at most ``MOST_FAULTS``): where the
    fault stands, and what is allowed.
    """
    problems = work.pooled.problems
    whole, single = (
        problems[problems["left_out"] == "file"],
        problems[problems["left_out"] != "file"],
    )
    rows = [
        [_broken(p.file), "the whole file", _broken(p.place), _broken(p.problem)]
        for p in whole.itertuples()
    ]
    rows += [
        [_broken(p.file), ONE_OR_MANY[p.place == MANY], _broken(p.place), _broken(p.problem)]
        for p in single.head(MOST_FAULTS).itertuples()
    ]
    more = (
        f". {len(single) - MOST_FAULTS} more single answers are not shown"
        if len(single) > MOST_FAULTS
        else ""
    )
    return TableExhibit(
        ["File", "Left out", "Where", "Why, and what is allowed"], rows, [20, 12, 24, 44]
    ).describe(
        title=(
            f"{work.name}: {several(len(whole), 'file')} left out, and"
            f" {several(len(single), 'fault')} in files that count"
        ),
        subtitle=(
            "What could not be used. Nothing in a file is ever run; its words are shown as"
            f" text{more}"
        ),
        description=(
            f"Table of {len(rows)} faults: {len(whole)} whole files, {len(single)} single answers."
        ),
        source=source_of(work),
    )


def _broken(text: str) -> Html:
    """A text from a file. It may break anywhere, so that a long word does not widen the
    page; $…$ is not set as a formula.
    """
    return Html(
        "<span class='mathjax_ignore tex2jax_ignore' style='overflow-wrap:"
        f" anywhere'>{escape(text)}</span>"
    )


def question_results(work: ClassWork, lesson: str, group: str = "check-out") -> TableExhibit:
    """The questions of a lesson: how many answered, how many rightly, the mistake most often made
    and what it suggests.
    """
    given = {name: list(rows["value"]) for name, rows in work.pooled.exercises.groupby("exercise")}
    tasks = [task for task in exercises(work.tables, lesson, group) if task.kind not in COMMITMENTS]
    rows, shares = [], {}
    for place, task in enumerate(tasks, 1):
        kept = [_whole(task, value) for value in given.get(task.id, [])]
        answers = [answer for answer in kept if answer is not None]
        right = sum(task.check(answer).right for answer in answers)
        if answers:
            shares[place] = right, len(answers)
        rows.append([f"{place}. {task.question}", *_result_row(task, answers, right)])
    hardest = min(shares, key=lambda n: shares[n][0] / shares[n][1], default=None)
    found = (
        f"question {hardest} was the hardest, {shares[hardest][0]} of {shares[hardest][1]} right"
        if shares
        else "nobody has answered yet"
    )
    return TableExhibit(
        ["Question", "Answered", "Right", "Mistake made most often", "What it suggests"],
        rows,
        [30, 8, 9, 24, 29],
    ).describe(
        title=f"{work.name}, lesson {lesson}: {found}",
        subtitle=(
            f"The {'check-out' if group == 'check-out' else 'exercises'}: last answer kept by each"
            " learner"
        ),
        description=f"Table of {len(rows)} questions of lesson {lesson}: "
        + "; ".join(f"{n}: {a} of {b} right" for n, (a, b) in shares.items())
        + ".",
        source=source_of(work, "data/exercises.json"),
    )


def _result_row(task: Exercise, answers: list, right: int) -> list[str]:
    """Answered, right, the mistake made most often, what it suggests."""
    mistake, how_often, suggests = most_frequent_mistake(task, answers)
    share = f"{right} ({right / len(answers):.0%})" if answers else "–"
    return [str(len(answers)), share, f"{mistake} ({how_often})" if mistake else "–", suggests]


def _whole(task, value):
    """A kept value as the exercise checks it; None for a sorting that is not finished."""
    if task.kind == "sort":
        return value if set(value) == {item for item, _, _ in task.choices} else None
    return set(value) if task.kind == "choose all" else value


def most_frequent_mistake(task: Exercise, answers: list) -> tuple[str, int, str]:
    """(the mistake that most of ``answers`` make, how many make it, what it suggests); ('', 0, '')
    without any.
    """
    texts = {value: (text, why) for value, text, why in task.choices}
    found: Counter = Counter()
    for answer in answers:
        found.update(_mistakes(task, answer))
    if not found:
        return "", 0, ""
    (mistake, about), how_often = min(found.items(), key=lambda pair: (-pair[1], str(pair[0])))
    text, why = texts.get(about, ("", task.hint))
    return mistake.format(text), how_often, why


def _mistakes(task, answer):
    """(what was done wrong, with {} for the choice's text; the choice or None) for each mistake in
    an answer.
    """
    if task.kind == "choose":
        return [("{}", answer)] if answer not in task.key else []
    if task.kind == "choose all":
        return [
            ("chosen: {}" if value in answer else "missed: {}", value)
            for value in sorted(answer ^ task.key)
        ]
    if task.kind == "sort":
        return [
            ("{} → " + bin_, item)
            for item, bin_ in sorted(answer.items())
            if bin_ != task.key[item]
        ]
    return [(f"{answer}", None)] if answer != task.key else []


def coding_agreement(work: ClassWork, round_: str = "1") -> TableExhibit:
    """How far the class agrees with itself (alpha among peers), beside this corpus's two coders and
    the key.
    """
    if not (work.pooled.codings["round"] == round_).any():
        return nothing_came_in(work, f"no codings came in for round {round_}", "10", CODED)
    rows, found = [], {}
    reliability = work.tables.reliability.set_index("code")
    for code in CODES:
        mine = _codings(work, code, round_)
        found[code] = agreement([list(unit) for _, unit in mine.groupby("item")["value"]])
        rows.append([code, *_agreement_row(mine, found[code], reliability.loc[code])])
    measured = {code: peers.alpha for code, peers in found.items() if peers.alpha is not None}
    return TableExhibit(AGREEMENT_HEADS, rows).describe(
        title=f"{work.name}: {_extremes(measured)}",
        subtitle=(
            f"Krippendorff's alpha, nominal, round {round_}: 1 is full agreement, 0 what chance"
            " gives. The key is this project's settled code, and no measure of truth"
        ),
        description="Table of four codes: "
        + "; ".join(f"{code} {value:.2f}" for code, value in measured.items())
        + ".",
        source=source_of(work, "data/codings.csv; data/reliability.csv"),
    )


def _agreement_row(mine: pd.DataFrame, peers: Agreement, ours: pd.Series) -> list[str]:
    """Coders, items, alpha among peers, agreement with the key, alpha of this corpus's coders."""
    alpha = "–"
    if peers.alpha is not None:
        alpha = f"{peers.alpha:.2f} ({peers.low:.2f} to {peers.high:.2f})"
    return [
        str(mine["learner"].nunique()),
        str(peers.claims),
        alpha,
        f"{(mine['value'] == mine['key']).mean():.0%}" if len(mine) else "–",
        f"{ours['alpha']:.2f} ({ours['low']:.2f} to {ours['high']:.2f})",
    ]


def _extremes(measured: dict[str, float]) -> str:
    """The codes of the highest and lowest alpha, in words."""
    if not measured:
        return (
            "alpha is not defined; it needs passages that two learners coded, and more than one"
            " value"
        )
    low, high = min(measured, key=measured.get), max(measured, key=measured.get)
    return f"coders agree most on {high}, least on {low} ({measured[low]:.2f})"


def coding_confusions(work: ClassWork, round_: str = "1") -> TableExhibit:
    """Which values the class takes for one another: the key's value, and what was chosen in its
    place.
    """
    rows, total = [], 0
    for code in CODES:
        mine = _codings(work, code, round_)
        total += len(mine)
        rows += [
            (n, code, key, chosen) for key, chosen, n in confusions(zip(mine["key"], mine["value"]))
        ]
    if not total:
        return nothing_came_in(work, f"no codings came in for round {round_}", "10", CODED)
    rows = sorted(rows, key=lambda row: (-row[0], row[1:]))
    shown = [[code, key, chosen, str(n)] for n, code, key, chosen in rows[:MOST_CONFUSIONS]]
    first = (
        f"{rows[0][1]}: “{rows[0][3]}” for “{rows[0][2]}” most often"
        if rows
        else "no coding differs from the key"
    )
    return TableExhibit(["Code", "Key", "Chosen in its place", "How often"], shown).describe(
        title=f"{work.name}: {first}",
        subtitle=(
            f"{capital(several(len(shown), 'confusion'))} most often made, of"
            f" {sum(r[0] for r in rows)} in {total} codings, round {round_}"
        ),
        description="Table of confusions: "
        + "; ".join(
            f"{code} {key} as {chosen}, {n}" for n, code, key, chosen in rows[:MOST_CONFUSIONS]
        )
        + ".",
        source=source_of(work, "data/codings.csv"),
    )


def _codings(work: ClassWork, code: str, round_: str):
    """The class's codings of one code in one round beside the key. Columns: learner, item, round,
    code, value, key.
    """
    mine = work.pooled.codings
    key = coding_key(work.tables)
    key = key[key["code"] == code].set_index("item")["value"]
    mine = mine[(mine["code"] == code) & (mine["round"] == round_)]
    return mine.assign(key=mine["item"].map(key))
