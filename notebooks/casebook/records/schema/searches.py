"""Searches: what was looked for, in which words, and what was found nearest. "None found" rests on
one of them.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from casebook.records.schema.base import Date, Day, Maybe, Row, SearchId, Text

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


class Search(Row):
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
