"""Words: variants of a sentence, glosses, renderings, letters in several Englishes."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field, model_validator

from casebook.records.base import LONGEST_QUOTATION, Addresses, Maybe, Row, Text, count_words


class DocumentOf(BaseModel):
    """The document that a version stands in."""

    source_id: Text | None = Field(description="The document, where it is one of ours")


class Variant(
    Row,
    table="variants",
    title=(
        "Versions of one sentence, each with its words and the step at which it parts from the"
        " version before"
    ),
    adds=DocumentOf,
    references={"quote_ids": "quotes", "after": "variants"},
    several=("quote_ids",),
    rights=(
        "The words remain their authors' and publishers'; the selection, the steps and what is"
        " given word for word are ours."
    ),
    public="address",
    hides=("step", "step_basis"),
):
    """One version of a sentence that came in several: its words, who has them, and the step at
    which it parts from the version before.
    """

    variant_id: Annotated[str, Field(pattern=r"^V\d{2,3}$")] = Field(description="Identifier, V01")
    group: Text = Field(description="The sentence it is a version of")
    label: Text = Field(description="Short name of the version")
    quote_ids: Annotated[
        Annotated[str, Field(pattern=r"^S\d{1,4}-q\d{2,3}(; S\d{1,4}-q\d{2,3})*$")] | None, Maybe
    ] = Field(
        None,
        description=(
            "Quotations that it is made of; where several, the report's own words between them are"
            " a gap, […]"
        ),
    )
    text: Annotated[Text | None, Maybe] = Field(
        None,
        description=(
            "The words, exact; for a quotation of ours those of quotes; word for word: our English"
        ),
    )
    speaker: Text = Field(description="Whose words, by this version")
    said_of: Text = Field(description="What this version says them of")
    publisher: Text = Field(description="Who published these words")
    language_step: Text = Field(description="How they came into this language")
    address: Addresses = Field(description="Where the words stand")
    after: Annotated[Annotated[str, Field(pattern=r"^V\d{2,3}$")] | None, Maybe] = Field(
        None,
        description="The version it is held against, as the one it comes after or may come after",
    )
    step: Text = Field(
        description=(
            "The step of the chain at which it differs from that version, or from the original"
        )
    )
    step_basis: Literal["known", "inferred", "not known"] = Field(
        description="Whether a source shows that step, we infer it, or nobody can say"
    )
    use: Literal["lesson", "check-out", "word for word"] = Field(
        "lesson",
        description=(
            "Shown in the lesson, or kept for its check-out, or our own English of the original,"
            " which no alignment takes for a version"
        ),
    )

    @model_validator(mode="after")
    def _has_words(self):
        if (self.quote_ids is None) == (self.text is None):
            raise ValueError("a version has quote_ids or text: one of the two")
        if self.text and count_words(self.text) > LONGEST_QUOTATION:
            raise ValueError(
                f"a quotation has at most {LONGEST_QUOTATION} words here; this one has"
                f" {count_words(self.text)}"
            )
        return self


class Gloss(
    Row,
    table="glosses",
    title="Whom texts name in explaining “hostile forces”, or in its place",
    public="address",
):
    """Whom somebody says that the words “hostile forces” mean, or that nobody is named."""

    gloss_id: Annotated[str, Field(pattern=r"^G\d{2}$")] = Field(description="Identifier, G01")
    by: Text = Field(description="Whose text or explanation")
    words: Text = Field(description="The words explained, or used in their place")
    names: Annotated[Text | None, Maybe] = Field(
        None, description="States it names, parted by '; '; none: it names nobody"
    )
    kind: Literal["the message", "no gloss", "gloss", "another message"] = Field(
        description="What sort of text names them, or does not"
    )
    address: Addresses = Field(description="Where that stands")
    remark: Text = Field(description="How it is put, in our words")


class Rendering(
    Row,
    table="renderings",
    title="Versions, in three languages, of words that the log has in English",
    key=(),
    references={"message_id": "messages"},
    rights="The words remain their authors' and publishers'; the English beside them is ours.",
    rests_on="address",
):
    """One version, in one language, of words that the log has in English."""

    message_id: Annotated[str, Field(pattern=r"^M\d{4}-\d{2}-\d{2}-[a-z]$")] = Field(
        description="The message"
    )
    language: Literal["en", "ko", "ru"] = Field(description="Language of this version")
    carrier: Text = Field(description="Who has it, and through whom")
    words: Text = Field(description="The words, exact")
    sounds: Annotated[Text | None, Maybe] = Field(
        description="How the words sound, in Latin letters; empty where they are English"
    )
    english: Annotated[Text | None, Maybe] = Field(
        description="Our word-for-word English; empty where the words are English"
    )
    shows: Literal[
        "“unconditional”",
        "another wording",
        "one adverb twice",
        "two different adverbs",
        "a single adverb",
    ] = Field(description="What to see in it")
    address: Addresses = Field(description="Where it stands")


class LetterVersion(
    Row,
    table="letter_versions",
    title=(
        "Pieces of letters in two Englishes or more, each with whose English it is and who stands"
        " behind the difference"
    ),
    references={"message_id": "messages", "after": "letter_versions"},
    rights=(
        "The words remain their authors', translators' and publishers'; the selection and the"
        " coding are ours."
    ),
    public="address",
):
    """One English version of a piece of a letter."""

    version_id: Annotated[str, Field(pattern=r"^L\d{2}$")] = Field(description="Identifier, L01")
    message_id: Annotated[str, Field(pattern=r"^M\d{4}-\d{2}-\d{2}-[a-z]$")] = Field(
        description="The letter"
    )
    piece: Text = Field(description="The piece of the letter that it is a version of")
    label: Text = Field(description="Short name of the version")
    english_by: Text = Field(description="Whose English it is")
    carrier: Text = Field(description="Whose page has it")
    text: Text = Field(
        description="The words, exact; […] where a newsroom puts its own between two quotations"
    )
    address: Addresses = Field(description="Where the words stand")
    after: Annotated[Annotated[str, Field(pattern=r"^L\d{2}$")] | None, Maybe] = Field(
        None, description="The version it is compared with; empty for that version itself"
    )
    changed_by: Annotated[Literal["translator", "outlet", "not known"] | None, Maybe] = Field(
        None,
        description=(
            "Who stands behind the difference from that version. translator: two official texts or"
            " two translations of one text, by a translator or an editor; outlet: one translation,"
            " changed by a newsroom"
        ),
    )
    step: Annotated[Text | None, Maybe] = Field(
        None, description="What the difference is, and at which step it arose"
    )

    @model_validator(mode="after")
    def _short_and_whole(self):
        if count_words(self.text) > LONGEST_QUOTATION:
            raise ValueError(
                f"a quotation has at most {LONGEST_QUOTATION} words here; this one has"
                f" {count_words(self.text)}"
            )
        if len({self.after is None, self.changed_by is None, self.step is None}) > 1:
            raise ValueError("after, changed_by and step stand together or not at all")
        return self
