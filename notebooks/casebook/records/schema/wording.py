"""Words: variants of a sentence, glosses, letters in several Englishes, phrasings and their
judgements.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from casebook.records.schema.base import (
    LONGEST_QUOTATION,
    Addresses,
    Maybe,
    Number,
    Row,
    Text,
    count_words,
)


class LetterVersion(Row):
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


class Variant(Row):
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
        None, description="The words, exact; for a quotation of ours those of quotes"
    )
    speaker: Text = Field(description="Whose words, by this version")
    said_of: Text = Field(description="What this version says them of")
    publisher: Text = Field(description="Who published these words")
    language_step: Text = Field(description="How they came into this language")
    address: Addresses = Field(description="Where the words stand")
    after: Annotated[Annotated[str, Field(pattern=r"^V\d{2,3}$")] | None, Maybe] = Field(
        None, description="The version it is held to come after"
    )
    step: Text = Field(
        description=(
            "The step of the chain at which it differs from that version, or from the original"
        )
    )
    step_basis: Literal["known", "inferred", "not known"] = Field(
        description="Whether a source shows that step, we infer it, or nobody can say"
    )
    use: Literal["lesson", "check-out"] = Field(
        "lesson", description="Shown in the lesson, or kept for its check-out"
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


class Gloss(Row):
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


class Phrase(Row):
    """A phrasing to compare with others: how strong does it sound?"""

    phrase_id: Annotated[str, Field(pattern=r"^P\d{2}$")] = Field(
        description="Identifier, P07; says nothing of date or speaker"
    )
    words: Text = Field(
        description=(
            "The words, exact; […] marks what was cut so that they don't give themselves away"
        )
    )
    address: Addresses = Field(description="Where they stand: one message or fact")
    speaker: Literal["Kim Jong Un", "Vladimir Putin"] = Field(
        description="Whose words they are, by their source"
    )
    version_of: Annotated[Text | None, Maybe] = Field(
        None, description="The sentence of which this is one of two English versions"
    )


class Judgement(Row):
    """One judgement of a pair: which sounds as if it commits more?"""

    judge: Text = Field(description="Who judged")
    place: Annotated[int, Field(ge=1)] = Field(
        description="Its place in the order in which this judge saw the pairs"
    )
    first: Annotated[str, Field(pattern=r"^P\d{2}$")] = Field(description="The phrase shown first")
    second: Annotated[str, Field(pattern=r"^P\d{2}$")] = Field(
        description="The phrase shown second"
    )
    chosen: Annotated[str, Field(pattern=r"^(P\d{2}|cannot compare)$")] = Field(
        description="The one that sounds stronger, or 'cannot compare'"
    )

    @model_validator(mode="after")
    def _of_the_pair(self):
        if self.first == self.second or self.chosen not in (
            self.first,
            self.second,
            "cannot compare",
        ):
            raise ValueError("chosen is one of two different phrases, or 'cannot compare'")
        return self


class Strength(Row):
    """The strength of a phrase on the scale of one set of judgements; worked out by ``python -m
    casebook scale``, never typed.
    """

    made: Literal["one reader", "SYNTHETIC"] = Field(
        description=(
            "Whose judgements: those of one reader of this project, a language model; or nobody's:"
            " SYNTHETIC, generated by a stated model"
        )
    )
    phrase_id: Annotated[str, Field(pattern=r"^P\d{2}$")] = Field(description="The phrase")
    strength: Number = Field(description="Log odds; the mean is 0")
    low: Number = Field(description="Lower end of the middle 95 % of resamples")
    high: Number = Field(description="Upper end of the middle 95 % of resamples")
    compared: Annotated[int, Field(ge=1)] = Field(description="Decided comparisons it stands in")
    resampled: Literal["judgements", "judges"] = Field(
        description="What was drawn anew: judgements, or judges and then their judgements"
    )
