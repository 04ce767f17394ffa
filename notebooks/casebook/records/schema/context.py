"""Events, facts, messages, statements, and who is behind each outlet."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from casebook.records.schema.base import (
    Addresses,
    Bearing,
    Date,
    Day,
    Lane,
    Maybe,
    Row,
    SearchId,
    Text,
    Topic,
)


class Event(Row):
    """A dated happening that claims, facts or messages speak of."""

    event_id: Annotated[str, Field(pattern=r"^E\d{3}$")] = Field(description="Identifier, E001")
    date: Date = Field(description="When it happened")
    lane: Lane = Field(description="The row of the arc in which it is drawn")
    event: Text = Field(description="What happened, attributed where it is a claim")
    label: Annotated[Text | None, Maybe] = Field(
        None, description="Two to four words for the arc; none: a mark only"
    )
    address: Addresses = Field(description="Where that stands")


class Fact(Row):
    """A checked piece of context, with the page on which it was seen."""

    fact_id: Annotated[str, Field(pattern=r"^F\d{3}[a-z]?$")] = Field(
        description="Identifier, F056; F060a where one fact had two dates"
    )
    date: Annotated[Date | None, Maybe] = Field(
        description="When it happened; empty for a standing fact"
    )
    public_from: Annotated[Day | None, Maybe] = Field(
        description="Day from which it could be known; empty: shown in the latest view only"
    )
    public_from_basis: Literal["event", "page date", "year end", "month end", "unknown"] = Field(
        description="What that day rests on"
    )
    fact: Text = Field(description="The fact, in our words")
    figure: Annotated[Text | None, Maybe] = Field(
        description="Its number or key word, as the source gives it"
    )
    figure_owner: Annotated[Text | None, Maybe] = Field(
        description="Whose figure it is, where it is not ours to license"
    )
    source: Text = Field(description="Publisher, title where seen, date of the page")
    url: Text = Field(description="Address of the page or pages, several parted by ' ; '")
    confidence: Literal["high", "medium", "low"] = Field(
        description="How sure, by the one who checked"
    )
    note: Annotated[Annotated[str, Field(max_length=1200)] | None, Maybe] = Field(
        description="What to know about it; may speak of later times"
    )


class Message(Row):
    """One entry of the log of messages between the leaders, or near them."""

    message_id: Annotated[str, Field(pattern=r"^M\d{4}-\d{2}-\d{2}-[a-z]$")] = Field(
        description="Identifier, its date and a letter"
    )
    date: Day = Field(description="When it was sent, held or published: see date_basis")
    date_basis: Literal["sent", "held", "published"] = Field(
        description="What the date is the date of"
    )
    direction: Literal["kim_to_putin", "putin_to_kim", "both", "via_envoy"] = Field(
        description="From whom to whom; of a statement to the public: whose it is"
    )
    form: Literal["letter", "telegram", "oral_message", "speech", "meeting"] = Field(
        description="Form; letter and telegram follow the page"
    )
    occasion: Text = Field(description="On what occasion")
    first_publisher: Text = Field(
        description=(
            "Who published it first; of a meeting: who first told of it; “not settled” where pages"
            " do not decide. KCNA: also where another North Korean outlet had it the same"
            " morning"
        )
    )
    text_released: Literal["full", "excerpts", "summary_only", "not_released"] = Field(
        description="How much of its text was made public, as far as pages show"
    )
    key_phrase: Annotated[Text | None, Maybe] = Field(
        description="Strongest commitment or support wording seen, exact"
    )
    key_phrase_language_note: Annotated[Text | None, Maybe] = Field(
        description="Whose English it is"
    )
    topics: Text = Field(description="Topics, parted by ';'")
    support_wording: Literal[
        "none",
        "good_wishes",
        "cooperation",
        "support_solidarity",
        "full_support",
        "unconditional_support",
        "other",
    ] = Field(
        description=(
            "Class of the strongest wording seen, by one coder; unordered. unconditional_support:"
            " the word unconditional(ly) for support; full_support: full, fully or complete;"
            " support_solidarity: the noun support or solidarity, one's own for the other's cause"
            " or between the two, without these; cooperation: relations or cooperation are to grow;"
            " good_wishes: wishes alone; other: another commitment or word on the war (the verb"
            " support with another adverb, always with, alliance, thanks, praise, help after a"
            " disaster); none: no wording seen"
        )
    )
    source_title: Text = Field(description="Title of the page; in [brackets] where none was seen")
    source_outlet: Text = Field(description="Who published the page")
    source_date: Annotated[Day | None, Maybe] = Field(description="Date of the page")
    source_url: Text = Field(description="Address of the page")
    note: Annotated[Annotated[str, Field(max_length=1200)] | None, Maybe] = Field(
        description="What to know about it; may speak of later times"
    )
    public_from: Annotated[Day | None, Maybe] = Field(
        description="Day from which it could be known; empty: shown in the latest view only"
    )
    public_from_basis: Literal["event", "page date", "unknown"] = Field(
        description="What that day rests on"
    )
    weak: Annotated[Text | None, Maybe] = Field(
        description="Why its wording is not fit for comparison; empty: it is"
    )
    same_event_as: Annotated[
        Annotated[str, Field(pattern=r"^M\d{4}-\d{2}-\d{2}-[a-z]$")] | None, Maybe
    ] = Field(description="The row that tells of the same event; count the two as one")


class Element(Row):
    """One element of a promise by Kim's side in one message of the log: whether the words we have
    hold it. No row: not in the words we have.
    """

    message_id: Annotated[str, Field(pattern=r"^M\d{4}-\d{2}-\d{2}-[a-z]$")] = Field(
        description="The message"
    )
    element: Literal[
        "first_person", "unlimited_object", "permanence", "unconditional", "respect"
    ] = Field(
        description=(
            "I, not we or the state; all policies, measures or decisions; always, without end or"
            " change; the word; respect for policies"
        )
    )
    present: Literal["yes", "no"] = Field(
        description=(
            "yes: the words hold it; no: they put it otherwise (for unconditional: another adverb"
            " or adjective stands there). By one coder"
        )
    )
    words: Text = Field(description="The words that show it, exact")
    seen_in: Annotated[str, Field(pattern=r"^(key phrase|note|F\d{3}[a-z]?)$")] = Field(
        description="Where the words stand: key phrase or note of the message, or a fact"
    )


class Rendering(Row):
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


class FirstUse(Row):
    """A wording and the first place in which it was found, from January 2019 on. First found, not
    first ever.
    """

    wording: Text = Field(description="The wording")
    first_date: Day = Field(description="Date of the first use found")
    found_in: Text = Field(description="Message of the log, or address of the page")
    quoted_context: Text = Field(description="The words around it, exact")
    confidence: Literal["high", "medium", "low"] = Field(
        description="How sure, by the one who checked"
    )
    note: Text = Field(description="What to know about it; may speak of later times")
    search: SearchId = Field(description="The search in which no earlier one was found")


class Evidence(Row):
    """What bears on a statement from outside the reports."""

    address: Addresses = Field(description="A fact or a message")
    bearing: Bearing = Field(description="How it bears on the statement")
    why: Text = Field(description="Why, in one sentence")


class Statement(Row):
    """One thing that reports say, or do not: a row of the coverage matrix."""

    statement_id: Annotated[str, Field(pattern=r"^T\d{2,3}$")] = Field(
        description="Identifier, T01"
    )
    topic: Topic = Field(description="What it is about")
    statement: Text = Field(description="The statement, in our words")
    evidence: tuple[Evidence, ...] = Field(
        (), description="What bears on it from outside the reports"
    )


class CardLine(Row):
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


class Card(Row):
    """An outlet, or an agency, looked at from outside."""

    card_id: Annotated[str, Field(pattern=r"^(S\d{1,4}|[A-Z]{2,8})$")] = Field(
        description="The document whose outlet it is, or the agency"
    )
    outlet: Text = Field(description="Its name")
    lines: tuple[CardLine, ...] = ()
