"""Questions as they are asked, how they were settled, and cases to count."""

from typing import TYPE_CHECKING

from casebook.core import addresses
from casebook.records.registry import rows_of
from casebook.records.rows import known, plain
from casebook.subjects.forecasts.schema import closing_day

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds

OF_QUESTION = (
    "subject_id",
    "question",
    "counts",
    "reference_class",
    "since",
    "since_address",
)


def _asked(seeds: "Seeds"):
    """(question, asking) in the order of the identifiers."""
    pairs = [(question, asked) for question in seeds.questions for asked in question.asked]
    return sorted(pairs, key=lambda pair: pair[1].question_id)


@rows_of("questions")
def questions(seeds: "Seeds") -> list[dict]:
    """The forecast questions, each public from the day on which it is asked."""
    return [
        {
            "question_id": asked.question_id,
            **plain(question, *OF_QUESTION),
            "opens": asked.opens,
            "closes": closing_day(asked.opens).isoformat(),
            "told": question.told,
            "public_from": asked.opens,
            "public_from_basis": "opening",
        }
        for question, asked in _asked(seeds)
    ]


@rows_of("resolutions")
def resolutions(seeds: "Seeds") -> list[dict]:
    """What came of the questions that are settled, public when that could be read."""
    return [
        plain(asked, "question_id", "outcome", "address", "why") | known(seeds, asked.address)
        for _, asked in _asked(seeds)
        if asked.outcome != "open"
    ]


@rows_of("precedents")
def precedents(seeds: "Seeds") -> list[dict]:
    """Cases to count for a base rate, and rows to read on a subject, each public as its row is."""
    found = [
        (question.subject_id, "case", case.year, case.address)
        for question in seeds.questions
        for case in question.happened
    ]
    found += [
        (question.subject_id, "to read", "", str(address))
        for question in seeds.questions
        for address in addresses.parse_all(question.read)
    ]
    names = ("subject_id", "role", "year", "address")
    return [dict(zip(names, row)) | known(seeds, row[-1]) for row in found]
