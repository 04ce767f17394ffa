"""Forecast questions and how they were settled."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from casebook.records.base import Addresses, Day, Derived, Maybe, Row, Text

WINDOW = 17  # months that every forecast question runs, as the first one of lesson 00 does


def closing_day(opens: str) -> dt.date:
    """The last day of a question that opens on ``opens``, the first of a month, and runs ``WINDOW``
    months.

    >>> closing_day("2022-08-01")
    datetime.date(2023, 12, 31)
    """
    first = dt.date.fromisoformat(opens)
    months = first.year * 12 + first.month - 1 + WINDOW
    return dt.date(months // 12, months % 12 + 1, first.day) - dt.timedelta(days=1)


class Precedent(Row):
    """A case of the event a question asks about: the year, and the row that tells of it."""

    year: Annotated[int, Field(ge=1900, le=2100)] = Field(
        description="The year in which it happened"
    )
    address: Addresses = Field(description="Where that stands")


class Asked(Row):
    """One asking of a question: from which day, and what came of it."""

    question_id: Annotated[str, Field(pattern=r"^Q\d{2}$")] = Field(description="Identifier, Q01")
    opens: Day = Field(description="The day as of which it is asked")
    outcome: Literal["yes", "no", "open"] = Field(
        description="What came of it by its closing; open: not closed, and not settled"
    )
    address: Annotated[Addresses | None, Maybe] = Field(None, description="What settles it")
    why: Annotated[Text | None, Maybe] = Field(
        None, description="How that settles it, in a sentence"
    )

    @model_validator(mode="after")
    def _rests_on_something(self):
        if (self.outcome == "open") != (self.address is None) or (self.address is None) != (
            self.why is None
        ):
            raise ValueError("yes and no need an address and a why; an open question has neither")
        return self


class Question(Row, file="questions"):
    """A forecast question, asked word for word the same on several days."""

    subject_id: Annotated[str, Field(pattern=r"^[a-z]+$")] = Field(
        description="Its subject, in a word"
    )
    question: Text = Field(
        description="The question, without the closing date and the question mark"
    )
    counts: Text = Field(description="What counts as yes, and what does not")
    reference_class: Text = Field(description="Which years are counted for its base rate")
    since: Annotated[int, Field(ge=1900, le=2100)] = Field(
        description="First year of the reference class"
    )
    since_address: Addresses = Field(description="Why the class begins there")
    once: Literal["yes", "no"] = Field(
        description=(
            "Whether it can happen only once: then it is not asked again when its yes is public"
        )
    )
    told: Annotated[Text | None, Maybe] = Field(
        None, description="Another lesson that tells how it came out; empty: none does"
    )
    happened: tuple[Precedent, ...] = Field((), description="Cases, for the base rate")
    read: Addresses = Field(description="Rows on the subject, to show as far as they were public")
    asked: tuple[Asked, ...] = Field(description="When it is asked, and what came of it")


class QuestionAsked(
    Derived,
    table="questions",
    title="Forecast questions, as of the day on which each is asked",
    public="made",
):
    """A question on the day on which it is asked."""

    question_id: Annotated[str, Field(pattern=r"^Q\d{2}$")] = Field(description="Identifier, Q01")
    subject_id: Annotated[str, Field(pattern=r"^[a-z]+$")] = Field(
        description="Its subject, in a word"
    )
    question: Text = Field(
        description="The question, without the closing date and the question mark"
    )
    counts: Text = Field(description="What counts as yes, and what does not")
    reference_class: Text = Field(description="Which years are counted for its base rate")
    since: Annotated[int, Field(ge=1900, le=2100)] = Field(
        description="First year of the reference class"
    )
    since_address: Addresses = Field(description="Why the class begins there")
    opens: Day = Field(description="The day as of which it is asked")
    closes: dt.date = Field(description="Its last day: every question runs seventeen months")
    told: Annotated[Text | None, Maybe] = Field(
        description="Another lesson that tells how it came out; empty: none does"
    )


class Resolution(
    Derived,
    table="resolutions",
    title="What came of the forecast questions that are settled",
    references={"question_id": "questions"},
    public="made",
):
    """What came of a question."""

    question_id: Annotated[str, Field(pattern=r"^Q\d{2}$")] = Field(description="Identifier, Q01")
    outcome: Literal["yes", "no", "open"] = Field(
        description="What came of it by its closing; open: not closed, and not settled"
    )
    address: Annotated[Addresses | None, Maybe] = Field(description="What settles it")
    why: Annotated[Text | None, Maybe] = Field(description="How that settles it, in a sentence")


class PrecedentRow(
    Derived,
    table="precedents",
    title="Cases to count for a question's base rate, and rows to read on its subject",
    key=(),
    public="made",
):
    """A case to count, or a row to read."""

    subject_id: Annotated[str, Field(pattern=r"^[a-z]+$")] = Field(
        description="Its subject, in a word"
    )
    role: Literal["case", "to read"] = Field(description="A case to count, or a row to read")
    year: int | None = Field(description="The year of a case")
    address: Addresses = Field(description="Where that stands")
