"""First votes and second ones: who changed their mind between the commitment and the comparison,
towards what, and, in lesson 01, at which card.
"""

from collections import Counter
from collections.abc import Iterator

import pandas as pd

from casebook.classroom.exhibits import nothing_came_in, source_of
from casebook.classroom.work import ClassWork
from casebook.exercises import COMMITMENTS, Exercise, every_exercise, second
from casebook.figure import (
    GREY,
    INK,
    Exhibit,
    Picture,
    TableExhibit,
    badge,
    cell,
    strong,
    styled,
)
from casebook.figure.english import capital, number, several, shortened
from casebook.subjects.reports.methods.cards import THEN, VOTES, cards_of, steps, vote_key

SAID = "Before the evidence each learner says something, and says it again after it."
VOTED = "Learners vote on a scene after each card."
NUMBERS = "predict"
# Votes on cards: colour and hatch of the vote that was turned to.
TURNED = {
    "supported": ("#0b3d2e", ""),
    "open": ("#b98900", "//"),
    "contradicted": ("#8c1c13", ".."),
}


def commitments(work: ClassWork) -> list[Exercise]:
    """The guesses and votes that anybody in the class gave, in the order of the lessons."""
    given = set(work.pooled.exercises["exercise"])
    kinds = {kind for kind in COMMITMENTS if kind != "sentence"}
    tasks = every_exercise(work.tables).values()
    return [task for task in tasks if task.kind in kinds and task.id in given]


def said_twice(work: ClassWork, task: Exercise) -> pd.DataFrame:
    """What each learner said before the evidence and after it; who said it once only is left out.

    Columns: learner, first, then, changed, right_first, right_then (as the tables have it).
    """
    rows = work.pooled.exercises
    sides = (
        rows[rows["exercise"] == name][["learner", "value"]].rename(columns={"value": side})
        for side, name in (("first", task.id), ("then", second(task.id)))
    )
    found = next(sides).merge(next(sides), on="learner", validate="1:1")
    changed = [first != then for first, then in zip(found["first"], found["then"])]
    right = {
        f"right_{side}": [task.check(value).right for value in found[side]]
        for side in ("first", "then")
    }
    return found.assign(changed=changed, **right)


def changed_minds(work: ClassWork) -> Exhibit:
    """Every guess and vote: how many said it twice, how many changed their mind, and how many said
    first and then what the tables say.
    """
    rows, counts = [], {}
    for task in commitments(work):
        found = said_twice(work, task)
        if found.empty:
            continue
        counts[task.id] = int(found["changed"].sum()), len(found)
        rows.append(
            [
                cell(strong(task.id[:2]), f" {shortened(task.question, 130)}"),
                str(len(found)),
                f"{found['changed'].sum()} ({found['changed'].mean():.0%})",
                f"{found['right_first'].sum()} → {found['right_then'].sum()}",
            ]
        )
    if not rows:
        return nothing_came_in(work, "nobody said a guess or a vote twice", "00", SAID)
    most = max(counts, key=lambda name: counts[name][0] / counts[name][1])
    changed, of = counts[most]
    return TableExhibit(
        ["Lesson, and what was asked", "Said twice", "Changed", "As we found it: first → then"],
        rows,
        [58, 12, 14, 16],
    ).describe(
        title=(
            f"{work.name}: most minds changed in lesson {most[:2]}, {changed} of {of}, over"
            f" “{shortened(_question(work, most), 60)}”"
        ),
        subtitle=(
            "Said before the evidence, and again after it; whether “What we found” was open by then"
            " the files don't say. A number counts as changed if it differs at all"
        ),
        description=f"Table of {len(rows)} questions. "
        + "; ".join(f"{name}: {n} of {of} changed" for name, (n, of) in counts.items())
        + ".",
        source=source_of(work, "data/exercises.json"),
    )


def _question(work: ClassWork, name: str) -> str:
    return next(task.question for task in commitments(work) if task.id == name)


def first_and_then(work: ClassWork, name: str) -> Exhibit:
    """One guess or vote of the class, before the evidence and after it."""
    task = next(task for task in commitments(work) if task.id == name)
    found = said_twice(work, task)
    if found.empty:
        return nothing_came_in(work, "nobody has said this twice", name[:2], SAID)
    return _numbers(work, task, found) if task.kind == NUMBERS else _votes(work, task, found)


def _votes(work: ClassWork, task: Exercise, found: pd.DataFrame) -> TableExhibit:
    """Who voted what first, and what then: a row for each first vote, a column for each second."""
    went = Counter(zip(found["first"], found["then"]))
    texts = {value: text for value, text, _ in task.choices}
    rows = [
        [
            texts[first],
            *(_went(went[first, then], first == then) for then in texts),
            str(sum(went[first, then] for then in texts)),
        ]
        for first in texts
    ]
    totals = [str(sum(went[first, then] for first in texts)) for then in texts]
    rows.append([strong("All, the second time"), *totals, str(len(found))])
    changed = int(found["changed"].sum())
    heads = [f"then: {shortened(text, 40)}" for text in texts.values()]
    return TableExhibit(["First", *heads, "All, first"], rows).describe(
        title=f"{work.name}: {changed} of {len(found)} changed their vote; {_towards(found)}",
        subtitle=task.question,
        description=f"Table of first and second votes. {changed} of {len(found)} changed.",
        source=source_of(work, "data/exercises.json"),
    )


def _went(count: int, stayed: bool):
    """A count, set apart where the vote stayed as it was."""
    if not count:
        return "·"
    return badge("open", f"= {count}") if stayed else badge("new", f"→ {count}")


def _towards(found: pd.DataFrame) -> str:
    """How many turned to what the tables say, and how many away from it."""
    changed = found[found["changed"]]
    to = int((changed["right_then"] & ~changed["right_first"]).sum())
    away = int((changed["right_first"] & ~changed["right_then"]).sum())
    to, away = (number(count) if count else "none" for count in (to, away))
    return f"{to} turned to what we found, {away} away from it"


@styled
def _numbers(work: ClassWork, task: Exercise, found: pd.DataFrame) -> Picture:
    """Each learner's number as a line from the first to the second, with what the tables say."""
    picture = Picture(height=3.6, width=6.2)
    picture.subplots_adjust(left=0.13, right=0.8, top=0.95, bottom=0.1)
    axes = picture.add_subplot()
    for row in found.itertuples():
        axes.plot([0, 1], [row.first, row.then], color=GREY, linewidth=1, marker="o", alpha=0.6)
    axes.axhline(task.key, color="#b23a00", linewidth=2, linestyle=(0, (4, 3)))
    axes.text(1.06, task.key, f"the tables: {task.key}", va="center", fontsize=11, color="#b23a00")
    axes.set_xlim(-0.15, 1.05)
    axes.set_ylim(-0.03 * task.most, 1.03 * task.most)
    axes.set_xticks([0, 1], ["first", "then"])
    axes.set_ylabel("the number said", color=INK)
    middles = [found[side].median() for side in ("first", "then")]
    nearer = (found["then"] - task.key).abs() < (found["first"] - task.key).abs()
    return picture.describe(
        title=(
            f"{work.name}: the middle guess went from {middles[0]:g} to {middles[1]:g};"
            f" {nearer.sum()} of {len(found)} came nearer to {task.key}"
        ),
        subtitle=task.question,
        description=(
            f"Lines from the first to the second number of {len(found)} learners: middle"
            f" {middles[0]:g}, then {middles[1]:g}; the tables say {task.key}."
        ),
        source=source_of(work, "data/exercises.json"),
    )


def turns_at_cards(work: ClassWork, statement: str) -> pd.DataFrame:
    """Who changed their vote at which card. Columns: step, learner, to (the vote turned to)."""
    votes = work.pooled.exercises.set_index(["learner", "exercise"]).sort_index()["value"]
    rows = list(_turns(votes, steps(work.tables, statement), statement))
    return pd.DataFrame(rows, columns=["step", "learner", "to"])


def _turns(votes: pd.Series, names: list[str], statement: str) -> Iterator[tuple[str, str, str]]:
    for learner in sorted(set(votes.index.get_level_values("learner"))):
        before = votes.get((learner, "01-meeting"))
        for step in names:
            now = votes.get((learner, vote_key(statement, step)))
            if now and before and now != before:
                yield step, learner, now
            before = now or before


@styled
def turned_at(work: ClassWork, statement: str = "T14") -> Exhibit:
    """At which card of lesson 01 minds changed: a bar for each, by the vote that was turned to."""
    found, names = turns_at_cards(work, statement), steps(work.tables, statement)
    if found.empty:
        return nothing_came_in(work, "nobody changed a vote at a card", "01", VOTED)
    counts = found.groupby(["step", "to"]).size().unstack(fill_value=0)
    counts = counts.reindex(index=names, columns=list(VOTES), fill_value=0)
    picture = Picture(height=3.3)
    picture.subplots_adjust(left=0.07, right=0.99, top=0.86, bottom=0.2)
    axes = picture.add_subplot()
    bottom = 0 * counts["open"]
    for vote, (colour, hatch) in TURNED.items():
        look = {"color": colour, "hatch": hatch, "edgecolor": "white"}
        label = f"turned to “{VOTES[vote][1]}”"
        axes.bar(range(len(names)), counts[vote], bottom=bottom, label=label, **look)
        bottom = bottom + counts[vote]
    cards = cards_of(work.tables, statement)["heading"]
    labels = [f"card {n}" for n in range(1, len(cards) + 1)]
    axes.set_xticks(range(len(names)), [*labels, "as a judge\nof that day"], fontsize=10)
    axes.set_ylabel("learners who turned", fontsize=10.5)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=3, frameon=False, fontsize=10.5)
    sums = counts.sum(axis=1)
    top = names.index(sums.idxmax())
    where = "at the step back" if names[top] == THEN else f"at card {top + 1}, “{cards[top]}”"
    told = (f"{label}: {total}" for label, total in zip([*labels, "judge"], sums))
    learners = several(found["learner"].nunique(), "learner")
    return picture.describe(
        title=f"{work.name}: most minds changed {where} ({sums.max()})",
        subtitle=(
            f"{capital(learners)} changed a vote on the toast at least once; each change stands at"
            " the card after which it was made"
        ),
        description=f"Bars, one a card. {'; '.join(told)}.",
        source=source_of(work, "table cards"),
    )
