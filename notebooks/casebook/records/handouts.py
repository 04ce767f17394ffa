"""The paper part of a lesson: its parts in order, what is printed in them, what is right."""

from typing import Annotated

from pydantic import Field

from casebook.records.base import Addresses, Cites, Maybe, Row, Text, Topic


class HandoutTable(Row):
    """A table of words to be filled in on paper."""

    exhibit: Annotated[str, Field(pattern=r"^[a-z_]+$")] = Field(
        description="The exhibit whose cells are left blank"
    )
    rows: tuple[Text, ...] = Field(
        (), description="The rows to take, by a word of their first cell; none: all"
    )
    given: bool = Field(
        False, description="Whether its cells are printed, to be used and not to be filled in"
    )
    widths: tuple[int, ...] = Field(
        (), description="The columns' shares in per cent, 0 for the rest; none: the exhibit's own"
    )
    room: Annotated[Text | None, Maybe] = Field(
        None, description="The head of an empty column behind the others, to write in"
    )


class HandoutPart(Row):
    """A part of a hand-out."""

    heading: Text = Field(description="Its heading")
    task: Annotated[Text | None, Maybe] = Field(None, description="What to do")
    extracts: tuple[Text, ...] = Field((), description="Quotations to read, by identifier")
    topics: tuple[Topic, ...] = Field(
        (), description="Topics on which each report's claims are printed, in our words"
    )
    claims: tuple[Text, ...] = Field(
        (), description="Single claims that are printed with those topics, by identifier"
    )
    evidence: Annotated[Addresses | None, Maybe] = Field(
        None, description="Rows that are printed here, beside those that its questions rest on"
    )
    table: HandoutTable | None = Field(None, description="A table to fill in")
    exercises: tuple[Text, ...] = Field((), description="Exercises, by identifier")
    lines: Annotated[int, Field(ge=0, le=30)] = Field(0, description="Lines to write on")
    check_out: bool = Field(False, description="Whether the lesson's check-out stands here")
    home: bool = Field(False, description="Whether the part stands on the homework sheet")
    together: bool = Field(
        False,
        description=(
            "Whether the whole class does it, with what the teacher reads aloud; it is printed in a"
            " box that says so"
        ),
    )
    leaf: bool = Field(
        False, description="Whether a new leaf begins with the part, which is given out when due"
    )
    right: Annotated[Text | None, Maybe, Cites] = Field(
        None,
        description="What is right in an open task, for the teacher's copy and the marking side",
    )


class HandoutRule(Row):
    """A closed question that a rule on the sheet decides."""

    exercise: Text = Field(description="The question, by identifier")
    words: Text = Field(description="Words of the rule, as a task or a table of the sheet has them")


class Handout(Row, file="handout"):
    """The paper part of a lesson."""

    lesson: Annotated[str, Field(pattern=r"^\d{2}$")] = Field(description="The lesson")
    parts: tuple[HandoutPart, ...] = Field(description="Its parts, in order")
    screen: tuple[Text, ...] = Field(
        (), description="Closed questions that are put into a box “with the screen”"
    )
    in_itself: tuple[Text, ...] = Field(
        (), description="Closed questions that hold all that they need in their own words"
    )
    decided_by: tuple[HandoutRule, ...] = Field(
        (), description="Closed questions that a rule decides which is printed on the sheet"
    )
