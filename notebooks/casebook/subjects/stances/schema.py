"""Stances, what a text loses on its way, the two scales and claims to grade, troop figures."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from casebook.records.base import (
    LONGEST_QUOTATION,
    Addresses,
    Date,
    Day,
    Maybe,
    Row,
    Text,
    count_words,
)
from casebook.subjects.stances.methods import LANES, STANCES

SIDES = ("others", "Russia", "North Korea", "Ukraine")


Letter = Literal["A", "B", "C", "D", "E"]


Credibility = Literal["1", "2", "3", "4", "5"]


class StanceTaken(
    Row,
    table="stances",
    title="Who took which stance towards which claim, when; relays of one origin are marked",
    rights="The quoted words remain their speakers'; the selection and the coding are ours.",
    public="address",
):
    """One side's stance towards one claim on one day: a mark in the lanes."""

    stance_id: Annotated[str, Field(pattern=r"^D\d{2,3}$")] = Field(description="Identifier, D01")
    lane: Literal[tuple(LANES)] = Field(
        description=(
            "The claim: arms for Russia, troops for Russia, technology or goods for North Korea,"
            " Kursk retaken"
        )
    )
    direction: Literal["to Russia", "to North Korea", "none"] = Field(
        description="Which way the thing claimed is said to go; none: nothing is passed on"
    )
    side: Literal[SIDES] = Field(
        description=(
            "The side whose stance it is; 'others': those who allege or examine and speak for none"
            " of the two states"
        )
    )
    actor: Text = Field(description="Who spoke, or examined")
    stance: Literal[STANCES] = Field(
        description=(
            "alleged: says that it is so of another, or of itself in triumph; denied; neither"
            " confirmed nor denied; admitted by the one accused; verified by one who examined it"
        )
    )
    date: Date = Field(description="When it was said or found")
    says: Text = Field(description="What was said or found, in our words")
    words: Annotated[Text | None, Maybe] = Field(
        None, description="Words of it, exact as the fact quotes them"
    )
    address: Addresses = Field(description="The fact or paragraph on which it rests")
    relay_of: Annotated[Annotated[str, Field(pattern=r"^D\d{2,3}$")] | None, Maybe] = Field(
        None,
        description=(
            "The stance of which it is a relay: the same origin told again, not a second source"
        ),
    )
    relay_basis: Literal["", "stated", "inferred"] = Field(
        "", description="Whether the text names that origin, or we infer it"
    )
    use: Literal["lesson", "check-out"] = Field(
        "lesson", description="Shown in the lesson, or kept for its check-out"
    )

    @model_validator(mode="after")
    def _is_whole(self):
        if bool(self.relay_of) != bool(self.relay_basis):
            raise ValueError("a relay has relay_of and relay_basis; nothing else has them")
        if self.words and count_words(self.words) > LONGEST_QUOTATION:
            raise ValueError(
                f"a quotation has at most {LONGEST_QUOTATION} words here; this one has"
                f" {count_words(self.words)}"
            )
        return self


class Passage(
    Row,
    table="passages",
    title="One claim in two tellings, element by element",
    key=("pair", "element"),
    public="address",
):
    """One element of a claim in an earlier and in a later telling. An empty cell: the telling does
    not have it.
    """

    pair: Text = Field(description="Which telling is compared with which")
    element: Text = Field(description="What is compared")
    earlier: Annotated[Text | None, Maybe] = Field(
        None, description="The element in the earlier telling, in our words"
    )
    later: Annotated[Text | None, Maybe] = Field(
        None, description="The element in the later telling, in our words"
    )
    address: Addresses = Field(description="Where both stand, the earlier one before the other")
    basis: Literal["known", "inferred"] = Field(
        description="Whether it is known that the later descends from the earlier, or inferred"
    )

    @model_validator(mode="after")
    def _is_somewhere(self):
        if not (self.earlier or self.later):
            raise ValueError("an element stands in one of the two at least")
        return self


class Scale(
    Row,
    table="scales",
    title="The two scales of STANAG 2511",
    key=("axis", "grade"),
    rights="The grades' names are STANAG 2511's; the tests are ours.",
    rests_on="address",
):
    """A grade of one of the two scales."""

    axis: Literal["reliability", "credibility"] = Field(
        description="Reliability of the source, or credibility of the information"
    )
    grade: Literal["A", "B", "C", "D", "E", "F", "1", "2", "3", "4", "5", "6"] = Field(
        description="The grade"
    )
    name: Text = Field(description="Its name in STANAG 2511")
    test: Text = Field(description="What to ask, in our words")
    address: Addresses = Field(description="Where the scale stands")


class Grading(
    Row,
    table="gradings",
    title="Claims to grade, with the ranges accepted and the reasons for both ends",
    public="made",
):
    """A claim to grade on a day, with the range accepted on each axis and a reason for each end of
    it.

    The two readers are ours: two readings that a careful person could defend, not two people.
    """

    grading_id: Annotated[str, Field(pattern=r"^K\d{2}$")] = Field(description="Identifier, K01")
    claim: Text = Field(description="The claim, in our words")
    graded: Text = Field(description="The source to which the letter belongs")
    day: Day = Field(description="The day on which it is to be graded, with what was public")
    address: Addresses = Field(description="What to grade it by")
    best: Letter = Field(description="The best letter accepted")
    worst: Letter = Field(description="The worst letter accepted")
    f_accepted: Literal["yes", "no"] = Field(description="Whether F, unknown, is accepted too")
    best_reason: Text = Field(description="What the reader says who gives the best letter")
    worst_reason: Text = Field(
        description="What the reader says who gives the worst letter accepted, or F"
    )
    highest: Credibility = Field(description="The highest credibility accepted; 1 is the highest")
    lowest: Credibility = Field(description="The lowest credibility accepted")
    six_accepted: Literal["yes", "no"] = Field(
        description="Whether 6, cannot be judged, is accepted too"
    )
    highest_reason: Text = Field(description="What the reader says who gives the highest number")
    lowest_reason: Text = Field(
        description="What the reader says who gives the lowest number accepted, or 6"
    )

    @model_validator(mode="after")
    def _ranges_run_the_right_way(self):
        if self.best > self.worst or self.highest > self.lowest:
            raise ValueError("a range runs from the better grade to the worse")
        return self


class TroopFigure(
    Row,
    table="troop_figures",
    title="Figures of soldiers sent, killed or wounded, each by one source on one day",
    rights="Each figure is its source's, quoted singly with attribution.",
    public="address",
):
    """One figure, by one source, on one day."""

    figure_id: Annotated[str, Field(pattern=r"^Y\d{2}$")] = Field(description="Identifier, Y01")
    date: Day = Field(description="Day on which it was given")
    by: Text = Field(description="Whose figure it is")
    counts: Literal["sent", "killed", "killed or wounded"] = Field(
        description="What it counts, up to that day"
    )
    number: Annotated[int, Field(ge=1, le=1_000_000)] = Field(description="The figure")
    how: Literal["about", "at least", "our sum"] = Field(
        description="How its source bounds it; 'our sum': of two figures of one source, one 'over'"
    )
    remark: Text = Field(description="What the source says of it, in our words")
    address: Addresses = Field(description="Where it stands")
