"""A document's record and its words."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from casebook.records import codebook
from casebook.records.base import (
    LONGEST_PHRASE,
    LONGEST_QUOTATION,
    Addresses,
    Date,
    Maybe,
    Number,
    Origin,
    Paragraph,
    Relation,
    Role,
    Row,
    SourceId,
    Stance,
    Text,
    Topic,
    Voice,
    count_words,
)
from casebook.records.context import Event


class Sign(
    Row,
    table="signs",
    title="What the texts give away, by the layer that left it",
    of="Record",
    part="signs",
    key=(),
    follows=("sources", "source_id"),
):
    """What the text itself gives away, and the layer that left it."""

    paragraph: Paragraph = Field(description="Paragraph in which it stands")
    layer: Literal["outlet", "page template", "our capture", "page template or our capture"] = (
        Field(
            description=(
                "Who left it: the outlet wrote it, the page added it, or our capture of the page"
            )
        )
    )
    kind: Literal[
        "misspelling",
        "repetition",
        "caption",
        "credit",
        "link",
        "residue",
        "grammar",
        "name",
        "headline",
    ] = Field(description="What sort of sign it is")
    sign: Text = Field(
        description="What it is, in our words; at most seven of the outlet's, in marks"
    )


class StepPlace(BaseModel):
    """Where a step stands."""

    step: int = Field(description="Its place in the record's chain")


class Step(
    Row,
    table="chains",
    title="How the words came to each document, step by step",
    of="Record",
    part="chain",
    adds=StepPlace,
    key=("source_id", "step"),
    follows=("sources", "source_id"),
    rests_on="address",
    hides=("note",),
):
    """One step on the way of the words: who did what to them."""

    thread: Text = Field(
        description="Whose words: the strand of the chain that the step belongs to"
    )
    actor: Text = Field(description="Who acted")
    act: Literal["spoke", "wrote", "published", "translated", "relayed", "reported", "edited"] = (
        Field(description="What they did to the words")
    )
    language: Literal["ko", "ru", "en", "ja", "unknown"] = Field(
        description="Language in which the words left this step"
    )
    date: Annotated[Date | None, Maybe] = Field(None, description="When, as precisely as known")
    basis: Literal["known", "inferred"] = Field(
        description="Whether a source says so, or we infer it"
    )
    address: Addresses = Field(description="Where that stands, or what the inference rests on")
    note: Annotated[Text | None, Maybe] = Field(None, description="What is uncertain about it")


class Quote(
    Row,
    table="quotes",
    title="Every stretch inside quotation marks, word for word; the words remain their authors'",
    of="Record",
    part="quotes",
    rights=(
        "The words remain their authors' and publishers'; the selection and the coding are ours."
    ),
    public="published",
):
    """One stretch of text inside quotation marks, word for word."""

    quote_id: Annotated[str, Field(pattern=r"^S\d{1,4}-q\d{2,3}$")] = Field(
        description="Identifier, S0-q01"
    )
    paragraph: Paragraph = Field(description="Paragraph in which it stands")
    text: Text = Field(description="The words between the marks, exactly as the text has them")
    kind: Literal["statement", "term", "title", "headline"] = Field(
        "statement",
        description=(
            "A statement; a single quoted term; a title of a work; another story's headline"
        ),
    )
    speaker: Text = Field(
        description="Whose words, as the text presents them; 'not named' if it does not say"
    )
    addressee: Annotated[Text | None, Maybe] = Field(
        None, description="To whom they were said or written"
    )
    medium: Annotated[Text | None, Maybe] = Field(
        None, description="Letter, speech, statement and the like"
    )
    publisher: Annotated[Text | None, Maybe] = Field(
        None, description="Who published them first, by the text"
    )
    relay: Annotated[Text | None, Maybe] = Field(
        None, description="Through whom they came to this text"
    )
    variant_group: Annotated[Text | None, Maybe] = Field(
        None, description="Same sentence in other quotations"
    )

    @model_validator(mode="after")
    def _short_enough(self):
        limit = (
            LONGEST_PHRASE
            if self.kind in ("term",) and self.speaker == "outlet"
            else LONGEST_QUOTATION
        )
        if count_words(self.text) > limit:
            raise ValueError(
                f"a quotation has at most {limit} words here; this one has {count_words(self.text)}"
            )
        return self


class Contested(BaseModel):
    """What two codings of a claim say of it."""

    contested: Text | None = Field(
        description="Codes on which two independent codings disagreed, parted by '; '"
    )


class Claim(
    Row,
    table="claims",
    title="Every claim of every document, in our words, with its codes",
    of="Record",
    part="claims",
    adds=Contested,
    references={"event_id": "events"},
    rights="Ours, told in our words; a figure with a number_owner is that owner's.",
    public="published",
):
    """One actor, one act, one time, in our words."""

    claim_id: Annotated[str, Field(pattern=r"^S\d{1,4}-c\d{2,3}$")] = Field(
        description="Identifier, S0-c01"
    )
    paragraph: Paragraph = Field(description="Paragraph in which it stands")
    claim: Text = Field(description="What is claimed, in our words")
    actor: Text = Field(description="Who acts in it")
    target: Annotated[Text | None, Maybe] = Field(None, description="Towards whom")
    date: Annotated[Date | None, Maybe] = Field(
        None, description="When what is claimed happened or holds"
    )
    attributed_to: Annotated[Text | None, Maybe] = Field(
        None, description="Who it is put down to, as printed"
    )
    voice: Voice = Field(description=codebook.CODES["voice"][0])
    stance: Stance = Field(description=codebook.CODES["stance"][0])
    role: Role = Field(description=codebook.CODES["role"][0])
    origin: Origin = Field(description=codebook.CODES["origin"][0])
    number: Annotated[Number | None, Maybe] = Field(None, description="The number in it, plain")
    number_text: Annotated[Text | None, Maybe] = Field(None, description="The number as printed")
    unit: Annotated[Text | None, Maybe] = Field(None, description="What the number counts")
    topic: Topic = Field(description="What it is about")
    event_id: Annotated[Text | None, Maybe] = Field(None, description="The event it speaks of")
    number_owner: Annotated[Text | None, Maybe] = Field(
        None, description="Whose figure it is, where it is not ours to license"
    )
    date_reason: Annotated[Text | None, Maybe] = Field(
        None, description="Why a claim may be dated after its text was published"
    )
    on: dict[Annotated[str, Field(pattern=r"^T\d{2,3}$")], Relation] = Field(
        default_factory=dict, description="Statements it speaks to, and how"
    )

    @model_validator(mode="after")
    def _number_has_its_parts(self):
        if (self.number is None) != (self.number_text is None):
            raise ValueError("number and number_text stand together or not at all")
        if self.number is not None and self.unit is None:
            raise ValueError("a number needs its unit: what does it count?")
        return self

    @model_validator(mode="after")
    def _codes_agree(self):
        """Codes that exclude one another (codebook: voice, stance, origin)."""
        if self.voice == "outlet" and self.attributed_to is not None:
            raise ValueError(
                "voice outlet leans on nobody, but the claim is put down to"
                f" {self.attributed_to!r}; allowed: no attributed_to, or voice paraphrased or"
                " quoted"
            )
        if self.voice == "outlet" and self.origin != "none_named":
            raise ValueError(
                f"voice outlet leans on nobody, but origin is {self.origin}; allowed: origin"
                " none_named, or voice paraphrased or quoted"
            )
        if self.voice == "outlet" and self.stance in ("alleged", "denied", "neither", "admitted"):
            raise ValueError(
                f"stance {self.stance} is somebody's whom the text names, but voice is outlet;"
                " allowed: asserted or hedged, or voice paraphrased or quoted"
            )
        if self.stance == "alleged" and self.origin == "none_named":
            raise ValueError(
                "stance alleged rests on an accuser whom the text names, but origin is none_named;"
                " allowed: asserted or hedged, or the accuser's origin"
            )
        return self


class Record(
    Row,
    table="sources",
    title="The documents",
    file="records",
    rights="Ours; the headlines remain the outlets'.",
    public="published",
):
    """A document: what it is, how its words came, what it claims, quotes and gives away."""

    source_id: SourceId = Field(description="Identifier, S0")
    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+\.txt$")] = Field(
        description="Name of the text as captured"
    )
    outlet: Text = Field(description="Who published the page")
    outlet_basis: Addresses = Field(description="Where the outlet is known from")
    country: Text = Field(description="Where the outlet works from")
    country_note: Annotated[Text | None, Maybe] = Field(
        None, description="What that rests on, where no page says it: by its text, for instance"
    )
    language: Literal["en", "ko", "ru", "uk", "zh", "ja", "de", "fr"] = Field(
        description="Language of the text"
    )
    title: Text = Field(description="Headline")
    title_basis: Literal["text", "page address", "not seen"] = Field(
        description="Where the headline was seen"
    )
    published: Date = Field(description="When the page was published")
    published_basis: Text = Field(description="How that is known")
    published_address: Addresses = Field(description="Where that stands")
    kind: Literal["news report", "opinion piece", "agency report", "official text"] = Field(
        description="What sort of text"
    )
    paragraphs: Annotated[int, Field(ge=1, le=5000)] = Field(
        description="Non-empty lines of the text as captured"
    )
    words: Annotated[int, Field(ge=1, le=200_000)] = Field(
        description="Words of the text as captured"
    )
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(
        description="SHA-256 of the text as captured"
    )
    coded: Literal["not yet", "once", "twice"] = Field(
        description="How many independent codings its claims have"
    )
    signs: tuple[Sign, ...] = ()
    chain: tuple[Step, ...] = ()
    quotes: tuple[Quote, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = Field((), description="Events that no other record has")


class WordCount(
    Row,
    table="words",
    title="How often each word stands in each document",
    key=("source_id", "word"),
    references={"source_id": "sources"},
    follows=("sources", "source_id"),
):
    """How often a word stands in a document: counted once where the texts are (``python start.py
    words``).
    """

    source_id: SourceId = Field(description="The document")
    word: Annotated[str, Field(pattern=r"^[^\s,]{1,60}$")] = Field(
        description="The word, in small letters"
    )
    count: Annotated[int, Field(ge=1, le=100_000)] = Field(description="How often it stands there")
