"""The Security Council: acts, the articles' lines on them, reasons given."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from casebook.records.base import Addresses, Date, Day, Maybe, Row, SourceId, Text


class CouncilAct(
    Row,
    table="council",
    title="What was done in or about the Security Council on North Korea, as far as pages show",
    public="address",
):
    """Something done in or about the Security Council on North Korea: a row of the line of time."""

    council_id: Annotated[str, Field(pattern=r"^K\d{2}$")] = Field(description="Identifier, K01")
    kind: Literal[
        "adopted", "renewed", "vetoed", "created", "ended", "stays", "debated", "unanimous", "rule"
    ] = Field(
        description=(
            "What it is: a resolution adopted, or one that renews a mandate; a draft vetoed; a body"
            " created, ended or still there; a debate; a statement on several votes; a rule in"
            " force"
        )
    )
    resolution: Annotated[Annotated[int, Field(ge=1)] | None, Maybe] = Field(
        None, description="Number of the resolution"
    )
    date: Date = Field(description="When, as precisely as seen")
    body: Literal[
        "Security Council", "sanctions", "Panel of Experts", "MSMT", "General Assembly"
    ] = Field(description="What it concerns, or who acts")
    what: Text = Field(description="What was done, in a sentence")
    label: Annotated[Text | None, Maybe] = Field(
        None, description="Two or three words for the picture"
    )
    after: Annotated[Text | None, Maybe] = Field(
        None, description="What it answers: nuclear test, launches, or both, parted by '; '"
    )
    counts_as: Annotated[
        Literal["measures", "names only", "before the sanctions", "renewal"] | None, Maybe
    ] = Field(
        None,
        description=(
            "By what rule a resolution is counted: it sets measures; adds names only; came before"
            " the sanctions committee; renews the Panel's mandate"
        ),
    )
    votes_for: Annotated[Annotated[int, Field(ge=0, le=15)] | None, Maybe] = Field(
        None, description="Votes for, where seen"
    )
    votes_against: Annotated[Annotated[int, Field(ge=0, le=15)] | None, Maybe] = Field(
        None, description="Votes against, where seen"
    )
    abstained: Annotated[Annotated[int, Field(ge=0, le=15)] | None, Maybe] = Field(
        None, description="Abstentions, where seen"
    )
    unanimous: Annotated[Literal["yes"] | None, Maybe] = Field(
        None, description="yes where its own page says that it was unanimous"
    )
    vetoed_by: Annotated[Text | None, Maybe] = Field(
        None, description="Permanent members that voted against, parted by '; '"
    )
    abstaining: Annotated[Text | None, Maybe] = Field(
        None, description="Members that abstained, as far as named, parted by '; '"
    )
    drafted_by: Annotated[Text | None, Maybe] = Field(
        None, description="Whose draft it was, where seen"
    )
    subject: Annotated[Literal["sanctions", "monitoring"] | None, Maybe] = Field(
        None, description="What a vetoed draft was about"
    )
    effect: Annotated[Literal["tighten", "renew"] | None, Maybe] = Field(
        None, description="What a vetoed draft would have done"
    )
    forbids: Annotated[Text | None, Maybe] = Field(None, description="What a rule forbids")
    address: Addresses = Field(description="Where that stands")

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self):
        needs = {
            "adopted": ("resolution", "counts_as"),
            "renewed": ("resolution", "counts_as"),
            "vetoed": ("vetoed_by", "subject", "effect"),
            "rule": ("forbids",),
        }
        for name in needs.get(self.kind, ()):
            if getattr(self, name) is None:
                raise ValueError(f"a row of the kind '{self.kind}' needs {name}")
        return self


class LinePlace(BaseModel):
    """Where a point stands."""

    point_id: Text = Field(description="The point")
    source_id: SourceId = Field(description="The document")
    address: Text = Field(description="Where the line stands")


class LinePoint(
    Row,
    table="article_lines",
    title="One-line versions in the articles of what happened in the Council, point by point",
    of="ArticleLine",
    part="points",
    parent=("line_id", "claim_id"),
    adds=LinePlace,
    key="point_id",
    references={"claim_id": "claims", "source_id": "sources"},
    public="made",
):
    """One thing that an article's sentence says, as a question that the council's record can
    answer.
    """

    asks: Literal[
        "vetoed by",
        "drafted by",
        "subject",
        "effect",
        "vote on the resolutions",
        "first veto of",
        "forbidden",
        "said of UN sanctions",
    ] = Field(description="What the record is asked")
    when: Annotated[Date | None, Maybe] = Field(None, description="In which month or on which day")
    state: Annotated[Text | None, Maybe] = Field(None, description="Of which state")
    says: Text = Field(description="What the sentence says to it, parted by '; '")
    why: Text = Field(description="What to look at in the record")


class ArticleLine(Row, file="article_lines", references={"claim_id": "claims"}):
    """An article's one-line version of what happened in the Council, to be set against the
    record.
    """

    line_id: Annotated[str, Field(pattern=r"^L\d{2}$")] = Field(description="Identifier, L01")
    claim_id: Text = Field(description="The claim that it is")
    points: tuple[LinePoint, ...] = Field(min_length=1, description="What it says, point by point")


class Reason(
    Row,
    table="reasons",
    title="The reasons that states gave, by occasion and side, both sides at one length",
    rights="Ours, told in our words; words between marks remain their speakers'.",
    public="address",
):
    """What one speaker gave as reasons on one occasion."""

    reason_id: Annotated[str, Field(pattern=r"^R\d{2}$")] = Field(description="Identifier, R01")
    occasion: Text = Field(description="The occasion")
    side: Literal["against the draft", "for the draft"] = Field(
        description=(
            "On which side the speaker stood; who abstained or defends the veto stands against"
        )
    )
    speaker: Text = Field(description="The state that spoke")
    date: Day = Field(description="When it spoke, or was reported")
    text: Text = Field(
        description=(
            "Its reasons in our words; an official's own words between marks, as the fact has them"
        )
    )
    seen_in: Text = Field(description="Where we read it: the speaker's own text, or a report")
    address: Addresses = Field(description="Where that stands")
    use: Literal["lesson", "check-out"] = Field(
        "lesson", description="Shown in the lesson, or kept for its check-out"
    )
