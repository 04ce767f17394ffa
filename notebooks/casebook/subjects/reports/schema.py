"""What reports say or leave out, and what bears on it."""

from typing import Annotated

from pydantic import Field

from casebook.records.base import (
    Addresses,
    Bearing,
    Cites,
    Derived,
    Relation,
    Row,
    SourceId,
    Text,
    Topic,
)


class Evidence(
    Row,
    table="bearings",
    title="What bears on a statement from outside the reports",
    of="Statement",
    part="evidence",
    key=("statement_id", "address"),
    rests_on="address",
):
    """What bears on a statement from outside the reports."""

    address: Addresses = Field(description="A fact or a message")
    bearing: Bearing = Field(description="How it bears on the statement")
    why: Text = Field(description="Why, in one sentence")


class Card(
    Row,
    table="cards",
    title="What is laid open, one after the other, before a class that votes on a statement",
    of="Statement",
    part="cards",
    key=("statement_id", "card_id"),
    public="address",
):
    """A card: a row of evidence or more, in plain words, with a heading that gives nothing away."""

    card_id: Annotated[str, Field(pattern=r"^[a-z]+(-[a-z]+)*$")] = Field(
        description="Its name among the cards of the statement"
    )
    heading: Text = Field(description="What sort of evidence it is, not what follows from it")
    says: Annotated[Text, Cites] = Field(description="What stands in its rows, in our words")
    address: Addresses = Field(description="The rows; it is public once all of them are")


class Statement(
    Row,
    table="statements",
    title="Things that reports say or leave out: rows of the coverage matrix",
    follows=("positions", "statement_id"),
):
    """One thing that reports say, or do not: a row of the coverage matrix."""

    statement_id: Annotated[str, Field(pattern=r"^T\d{2,3}$")] = Field(
        description="Identifier, T01"
    )
    topic: Topic = Field(description="What it is about")
    statement: Text = Field(description="The statement, in our words")
    evidence: tuple[Evidence, ...] = Field(
        (), description="What bears on it from outside the reports"
    )
    cards: tuple[Card, ...] = Field((), description="What a class that votes on it is shown")


class Position(
    Derived,
    table="positions",
    title="Which claim agrees with or contradicts which statement",
    key=("statement_id", "claim_id"),
    references={"statement_id": "statements", "claim_id": "claims", "source_id": "sources"},
    follows=("claims", "claim_id"),
):
    """Where a claim stands to a statement."""

    statement_id: Text = Field(description="The statement")
    source_id: SourceId = Field(description="The document")
    claim_id: Text = Field(description="The claim")
    relation: Relation = Field(description="How the claim stands to the statement")
