"""What many subjects rest on: facts, searches, dated events."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from casebook.records.base import Addresses, Date, Day, Derived, Lane, Maybe, Row, SearchId, Text


class Event(
    Row, table="events", title="Dated happenings", public="made", hides=("public_from_basis",)
):
    """A dated happening that claims, facts or messages speak of."""

    event_id: Annotated[str, Field(pattern=r"^E\d{3}$")] = Field(description="Identifier, E001")
    date: Date = Field(description="When it happened")
    lane: Lane = Field(description="The row of the arc in which it is drawn")
    event: Text = Field(description="What happened, attributed where it is a claim")
    label: Annotated[Text | None, Maybe] = Field(
        None, description="Two to four words for the arc; none: a mark only"
    )
    address: Addresses = Field(description="Where that stands")


class Fact(
    Row,
    table="facts",
    title="Checked context, each with its page",
    rights=(
        "Ours, told in our words; a figure with a figure_owner is that owner's, quoted singly with"
        " attribution."
    ),
    link="url",
    hides=("figure", "source", "url", "confidence", "note", "link"),
):
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


LANGUAGES = ("en", "ru", "ko", "ja", "zh", "uk", "hi", "fr", "de")


class Query(Row):
    """Words that were searched for in one language."""

    language: Literal[LANGUAGES] = Field(description="Language of the words")
    words: Text = Field(description="The words, exactly")
    results: Annotated[int, Field(ge=0, le=100)] = Field(description="How many pages came back")


class Page(Row):
    """A page that a search brought up."""

    publisher: Text = Field(description="Who published it")
    title: Text = Field(description="Its title; in [brackets] where none was seen")
    date: Annotated[Date | None, Maybe] = Field(
        None, description="Its date; empty where none was seen"
    )
    url: Text = Field(description="Its address")


class Search(Row, file="searches"):
    """One question that was searched for, with the words used and the nearest page found.

    ``answer`` is 'none found' (no page answers it), 'found' (a page does), 'stands' (an earliest
    case found: no earlier one) or 'earlier found' (an earlier one came up, and the tables have it
    now).
    """

    search_id: SearchId = Field(description="Identifier, Q001")
    asked: Annotated[Text, Field(pattern=r"^.+\?$")] = Field(description="What was asked")
    queries: tuple[Query, ...] = Field(
        min_length=1, description="The words searched for, in their order"
    )
    collection: Text = Field(
        "stored copies of public web pages, found by meaning",
        description="In what kind of collection",
    )
    date: Day = Field(description="The day of the search")
    read: Annotated[int, Field(ge=0, le=1000)] = Field(description="How many results were read")
    answer: Literal["none found", "found", "stands", "earlier found"] = Field(
        description="What came of it"
    )
    nearest: Text = Field(description="What was found nearest, or found, in our words")
    pages: tuple[Page, ...] = Field((), description="The pages on which that stands")
    covers: tuple[Text, ...] = Field(
        (), description="Open cells of lesson 05 that rest on it: lane|side"
    )

    @model_validator(mode="after")
    def _read_what_came(self):
        came = sum(query.results for query in self.queries)
        if self.read > came:
            raise ValueError(f"{self.read} results read, but {came} came back")
        if self.answer != "none found" and not self.pages:
            raise ValueError("what was found stands on a page")
        return self


class SearchMade(
    Derived,
    table="searches",
    title=(
        "What was searched for, in which words, and what was found nearest: behind every “none"
        " found”"
    ),
    link="url",
    public="made",
):
    """A search as a row."""

    search_id: SearchId = Field(description="Identifier, Q001")
    asked: Annotated[Text, Field(pattern=r"^.+\?$")] = Field(description="What was asked")
    words: Text = Field(
        description="The words searched for, each with its language, parted by '; '"
    )
    queries: int = Field(description="How many times words were sent")
    results: int = Field(description="How many results came back")
    read: Annotated[int, Field(ge=0, le=1000)] = Field(description="How many results were read")
    collection: Text = Field(description="In what kind of collection")
    date: Day = Field(description="The day of the search")
    answer: Literal["none found", "found", "stands", "earlier found"] = Field(
        description="What came of it"
    )
    nearest: Text = Field(description="What was found nearest, or found, in our words")
    pages: Text | None = Field(
        description="The pages on which that stands: publisher, title, date, parted by ' ; '"
    )
    url: Text | None = Field(description="Their addresses, parted by ' ; '")
    covers: Text | None = Field(
        description="Open cells of lesson 05 that rest on it, parted by '; '"
    )
