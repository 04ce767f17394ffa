"""Codings of claims, what they changed, and how far two coders agree."""

from typing import Annotated, Literal

from pydantic import Field

from casebook.records import codebook
from casebook.records.base import Derived, Maybe, Origin, Role, Row, SourceId, Stance, Text, Voice


class Coding(Row):
    """One coder's four codes for one claim, before the codes were settled."""

    claim_id: Annotated[str, Field(pattern=r"^S\d{1,4}-c\d{2,3}$")] = Field(description="The claim")
    voice: Voice = Field(description=codebook.CODES["voice"][0])
    stance: Stance = Field(description=codebook.CODES["stance"][0])
    role: Role = Field(description=codebook.CODES["role"][0])
    origin: Origin = Field(description=codebook.CODES["origin"][0])
    note: Annotated[Text | None, Maybe] = Field(
        description="The coder's own remark, with the alternative"
    )


class Change(
    Row,
    table="codebook_changes",
    file="changes",
    title="What the codebook says since two coders parted, and over which claims",
    key=("code", "change"),
    references={"because": "claims"},
    several=("because",),
    over_all=True,
):
    """What was changed in the codebook because two coders disagreed."""

    code: Literal["voice", "stance", "role", "origin", "claim"] = Field(
        description="The code, or 'claim' for the unit itself"
    )
    change: Text = Field(description="What the codebook says now that it did not say before")
    because: Annotated[str | None, Field(max_length=300), Maybe] = Field(
        None, description="Claims that showed the need, parted by '; '; none where a new text did"
    )


class CodingItem(
    Row,
    table="coding_items",
    title="Claims to be coded in lesson 10",
    references={"claim_id": "claims", "quote_id": "quotes"},
    follows=("claims", "claim_id"),
):
    """A claim to be coded in lesson 10."""

    claim_id: Annotated[str, Field(pattern=r"^S\d{1,4}-c\d{2,3}$")] = Field(description="The claim")
    quote_id: Annotated[Annotated[str, Field(pattern=r"^S\d{1,4}-q\d{2,3}$")] | None, Maybe] = (
        Field(None, description="The quotation that its sentence carries, if one")
    )
    because: Text = Field(description="Why it was chosen, by the rule in seeds/coding/README.md")


class Coded(
    Derived,
    table="codings",
    title="Two independent codings of each claim, and what was settled",
    key=("claim_id", "code"),
    references={"claim_id": "claims", "source_id": "sources"},
    follows=("claims", "claim_id"),
):
    """A claim in both codings, on one code."""

    claim_id: Text = Field(description="The claim")
    source_id: SourceId = Field(description="The document")
    code: Literal["voice", "stance", "role", "origin"] = Field(description="The code")
    first: Text = Field(description="Value given by the first coder")
    second: Text = Field(description="Value given by the second coder")
    settled: Text = Field(description="Value settled on, the codebook having been sharpened")
    contested: Literal["yes", "no"] = Field(description="Whether the two coders disagreed")
    remark: Text | None = Field(
        description="What the second coder noted beside a contested claim; the first noted nothing"
    )


class Reliability(
    Derived, table="reliability", title="How far the two codings agree, per code", over_all=True
):
    """The agreement on one code."""

    code: Literal["voice", "stance", "role", "origin"] = Field(description="The code")
    claims: int = Field(description="Claims coded twice")
    agreement: float = Field(description="Share of claims on which both coders gave the same value")
    alpha: float | None = Field(description="Krippendorff's alpha, nominal")
    low: float | None = Field(description="Lower end of the 95 % bootstrap interval")
    high: float | None = Field(description="Upper end of the 95 % bootstrap interval")


class CodebookValue(
    Derived,
    table="codebook",
    title="The codes: for each value the question that decides it, an example and a near miss",
    key=("code", "value"),
    hides=("example", "near_miss"),
):
    """A value of a code."""

    code: Literal["voice", "stance", "role", "origin"] = Field(description="The code")
    question: Text = Field(description="What the code asks")
    value: Text = Field(description="The value")
    test: Text = Field(description="The question that decides it")
    example: Text = Field(description="An example")
    near_miss: Text = Field(description="What looks like it, with its right value")
