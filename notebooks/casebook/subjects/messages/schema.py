"""The log of messages: its rows, elements of a promise, first uses of a wording."""

from typing import Annotated, Literal

from pydantic import Field

from casebook.records.base import Cites, Day, Maybe, Row, SearchId, Text


class Message(
    Row,
    table="messages",
    title="The log of messages between the leaders, or near them",
    references={"same_event_as": "messages"},
    rights=(
        "The key phrases remain their authors' and publishers'; the selection and the coding are"
        " ours."
    ),
    link="source_url",
    hides=(
        "source_title",
        "source_outlet",
        "source_date",
        "source_url",
        "note",
        "link",
    ),
):
    """One entry of the log of messages between the leaders, or near them."""

    message_id: Annotated[str, Field(pattern=r"^M\d{4}-\d{2}-\d{2}-[a-z]$")] = Field(
        description="Identifier, its date and a letter"
    )
    date: Day = Field(description="When it was sent, held or published: see date_basis")
    date_basis: Literal["sent", "held", "published"] = Field(
        description="What the date is the date of; sent: or, by the page, received"
    )
    direction: Literal["kim_to_putin", "putin_to_kim", "both", "via_envoy"] = Field(
        description="From whom to whom; of a statement to the public: whose it is"
    )
    form: Literal["letter", "telegram", "oral_message", "speech", "meeting"] = Field(
        description=(
            "Form; letter and telegram follow the word on the page, letter also where it says"
            " message or greetings. In Korean most of them are telegrams (축전, 위문전문). Speech:"
            " words to the public, spoken or written"
        )
    )
    occasion: Text = Field(description="On what occasion")
    first_publisher: Text = Field(
        description=(
            "Who published it first; of a meeting: who first told of it; “not settled” where pages"
            " do not decide. KCNA: also where another North Korean outlet had it the same"
            " morning"
        )
    )
    words_seen: Literal["quoted", "retold", "none"] = Field(
        description=(
            "How its words stand on the pages we read; of a meeting, what either side says there."
            " quoted: words of it, in whatever language, as written or spoken; retold: reported"
            " speech alone; none: no words"
        )
    )
    key_phrase: Annotated[Text | None, Maybe] = Field(
        description=(
            "Commitment or support wording, exact, chosen by one coder; the note may hold stronger"
            " words, and names the sentence for the class where it is another (“Class by”)"
        )
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
            "Class of the strongest wording seen, by one coder, in the English of the page unless"
            " the note names another language; unordered. unconditional_support:"
            " the word unconditional(ly) for support; full_support: full, fully or complete;"
            " support_solidarity: the noun support or solidarity, one's own for the other's cause"
            " or between the two, without these; cooperation: relations or cooperation grow, are to"
            " grow or are praised; good_wishes: wishes alone; other: another commitment or word on"
            " the war (the verb support with another adverb, always with, alliance, thanks, praise,"
            " help after a disaster); none: no wording seen"
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


class Element(
    Row,
    table="elements",
    title=(
        "Elements of a promise by Kim's side, in messages of the log: held, or put otherwise; no"
        " row: not in the words we have"
    ),
    key=("message_id", "element"),
    references={"message_id": "messages"},
    rights="The words remain their authors' and publishers'; the coding is ours.",
    rests_on="message_id",
):
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
    seen_in: Annotated[str, Cites, Field(pattern=r"^(key phrase|note|F\d{3}[a-z]?)$")] = Field(
        description="Where the words stand: key phrase or note of the message, or a fact"
    )


class FirstUse(
    Row,
    table="first_uses",
    title="Wordings and the first place in which each was found, from January 2019 on",
    references={"search": "searches"},
    rights="The quoted contexts remain their authors' and publishers'; the selection is ours.",
    rests_on="found_in",
    hides=("confidence", "note", "search"),
):
    """A wording and the first place in which it was found, from January 2019 on. First found, not
    first ever.
    """

    wording: Text = Field(description="The wording")
    first_date: Day = Field(description="Date of the first use found")
    found_in: Annotated[Text, Cites] = Field(
        description="Message of the log, or address of the page"
    )
    quoted_context: Text = Field(description="The words around it, exact")
    confidence: Literal["high", "medium", "low"] = Field(
        description="How sure, by the one who checked"
    )
    note: Text = Field(description="What to know about it; may speak of later times")
    search: SearchId = Field(description="The search in which no earlier one was found")
