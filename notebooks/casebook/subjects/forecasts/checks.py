"""The forecast questions: what a single one can't know, and the rule by which they were chosen."""

from collections import Counter
from typing import TYPE_CHECKING

from casebook.core import addresses
from casebook.records.base import first_day, last_day
from casebook.records.reader import Wrong
from casebook.subjects.forecasts.schema import closing_day

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds

FEWEST, FEWEST_A_DAY = 16, 4  # questions in all, and as of each day


def _rows(seeds: "Seeds") -> dict:
    """Facts and messages by identifier."""
    return {f.fact_id: f for f in seeds.facts} | {m.message_id: m for m in seeds.messages}


def _public(rows, address) -> str:
    """The day on which all of an address could be read; '' where one of its rows has none, or is
    not here.
    """
    days = [
        getattr(rows.get(a.row), "public_from", None) or "" for a in addresses.parse_all(address)
    ]
    return max(days) if all(days) else ""


def check(seeds: "Seeds", wrong: Wrong) -> None:
    """Each question of the seeds against the rows that settle it, and all of them against the rule
    of their choice.

    ``wrong(row, field, what, allowed)`` notes a problem.
    """
    if not seeds.questions:
        return
    rows = _rows(seeds)
    latest = max((row.public_from for row in rows.values() if row.public_from), default="")
    for question in seeds.questions:
        _check_cases(question, rows, wrong)
        for asked in question.asked:
            _check_outcome(question, asked, rows, latest, wrong)
    _check_rule(seeds.questions, rows, wrong)


def _check_cases(question, rows, wrong: Wrong):
    for case in question.happened:
        dates = [
            rows[a.row].date
            for a in addresses.parse_all(case.address)
            if a.row in rows and rows[a.row].date
        ]
        if dates and not any(first_day(d).year <= case.year <= last_day(d).year for d in dates):
            wrong(
                question, "happened", f"{case.address} is not of {case.year}", "the year of its row"
            )
        if case.year < question.since:
            wrong(
                question,
                "happened",
                f"{case.year} lies before the class begins",
                f"{question.since} or later",
            )


def _check_outcome(question, asked, rows, latest, wrong: Wrong):
    """A yes happened between opening and closing and was not public before; a no rests on a page
    later than the closing.
    """
    if not asked.opens.endswith("-01"):
        wrong(
            question,
            "asked",
            f"{asked.question_id} opens on {asked.opens}",
            "the first day of a month",
        )
        return
    closes = closing_day(asked.opens).isoformat()
    if asked.outcome == "open":
        if closes <= latest:
            wrong(
                question,
                "asked",
                f"{asked.question_id} closed on {closes}, before our latest row",
                "yes or no, with an address",
            )
        return
    _check_settled(question, asked, rows, closes, wrong)


def _check_settled(question, asked, rows, closes: str, wrong: Wrong) -> None:
    """What settles a question was public and happened when its outcome says."""
    found = [rows[a.row] for a in addresses.parse_all(asked.address) if a.row in rows]
    public = _public(rows, asked.address)
    if len(found) < len(addresses.parse_all(asked.address)):
        return  # an address that leads nowhere is told where references are checked
    if public <= asked.opens:
        wrong(
            question,
            "asked",
            f"{asked.question_id}: {asked.address} was public on {public or 'no known day'}",
            "a row that became public after the opening",
        )
    if asked.outcome == "no" and public <= closes:
        wrong(
            question,
            "asked",
            f"{asked.question_id}: a no of {public} for a question that closed on {closes}",
            "a row that became public after the closing",
        )
    inside = any(
        asked.opens <= first_day(row.date).isoformat() and last_day(row.date).isoformat() <= closes
        for row in found
        if row.date
    )
    if asked.outcome == "yes" and not inside:
        wrong(
            question,
            "asked",
            f"{asked.question_id}: {asked.address} did not happen from {asked.opens} to {closes}",
            "a row dated between opening and closing",
        )


def _check_rule(questions, rows, wrong: Wrong):
    """Every subject on every day, but for what can happen once and is known; enough questions; at
    least half with a no.
    """
    asked = [a for q in questions for a in q.asked]
    days = sorted({a.opens for a in asked})
    for question in questions:
        happened = [_public(rows, a.address) for a in question.asked if a.outcome == "yes"]
        known = min(happened, default="9999") if question.once == "yes" else "9999"
        wanted = [day for day in days if day < known]
        if [a.opens for a in question.asked] != wanted:
            wrong(
                question,
                "asked",
                "not asked on each day of the rule, once, in order",
                ", ".join(wanted),
            )
    _check_numbers(questions[0], asked, wrong)


def _check_numbers(first, asked: list, wrong: Wrong) -> None:
    """Enough questions, each identifier once, at least half with a no; told of the ``first``."""
    ids = [a.question_id for a in asked]
    if len(set(ids)) < len(ids):
        wrong(
            first,
            "asked",
            f"{Counter(ids).most_common(1)[0][0]} stands twice",
            "each identifier once",
        )
    if len(ids) < FEWEST or min(Counter(a.opens for a in asked).values()) < FEWEST_A_DAY:
        wrong(
            first,
            "asked",
            f"{len(ids)} questions",
            f"at least {FEWEST}, and {FEWEST_A_DAY} on each day",
        )
    settled = [a.outcome for a in asked if a.outcome != "open"]
    if 2 * settled.count("no") < len(settled):
        wrong(
            first,
            "asked",
            f"{settled.count('no')} of {len(settled)} settled questions have the answer no",
            "at least half",
        )
