"""Who is behind each outlet."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from casebook.records.base import Addresses, Maybe, Row, SearchId, Text


class CardLine(
    Row,
    table="outlet_cards",
    title=(
        "Who is behind each outlet: a row a question, with what pages say, its own ones marked, or"
        " that nothing was found"
    ),
    of="Card",
    part="lines",
    parent=("card_id", "outlet"),
    key=("card_id", "question"),
    references={"search": "searches"},
    public="address",
    hides=("search",),
):
    """One question about an outlet, and what pages from outside say."""

    question: Literal["owner", "founded", "pays", "itself", "others", "copy"] = Field(
        description=(
            "Who owns it, since when it is there, who pays, what it says of itself, what others"
            " say, how it gets its copy"
        )
    )
    found: Literal["yes", "in part", "no"] = Field(
        description="Whether pages that answer it were found"
    )
    kind: Annotated[
        Literal[
            "a media group",
            "a company of its own",
            "a state or a party",
            "readers",
            "advertisers",
            "readers and advertisers",
            "praise",
            "criticism",
            "description only",
            "not found",
        ]
        | None,
        Maybe,
    ] = Field(None, description="The answer as one of a few, for owner, pays and others")
    answer: Text = Field(description="What the pages say, in our words")
    address: Annotated[Addresses | None, Maybe] = Field(
        None, description="Where that stands; empty where nothing was found"
    )
    search: Annotated[SearchId | None, Maybe] = Field(
        None, description="The search in which something was not found"
    )

    @model_validator(mode="after")
    def _found_somewhere(self):
        if (self.found == "no") != (self.address is None):
            raise ValueError("what was found has an address, what was not found has none")
        if self.found == "no" and self.search is None:
            raise ValueError("what was not found names its search")
        if (self.question in ("owner", "pays", "others")) != (self.kind is not None):
            raise ValueError("owner, pays and others have a kind, and only they")
        return self


class Card(Row, file="outlet_cards"):
    """An outlet, or an agency, looked at from outside."""

    card_id: Annotated[str, Field(pattern=r"^(S\d{1,4}|[A-Z]{2,8})$")] = Field(
        description="The document whose outlet it is, or the agency"
    )
    outlet: Text = Field(description="Its name")
    lines: tuple[CardLine, ...] = ()
