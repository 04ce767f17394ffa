"""What all models share: dates, addresses, codes, ``Row``, which refuses unknown fields, and
``Derived``.
"""

import calendar
import datetime as dt
import re
from typing import Annotated, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from casebook.core import addresses
from casebook.records import codebook

CODES = tuple(codebook.CODES)
LONGEST_QUOTATION = 45  # words of leaders and officials
LONGEST_PHRASE = 7  # words of an outlet's own


def count_words(text: str) -> int:
    """Words as people count them: runs of letters or digits, hyphens and apostrophes inside."""
    return len(re.findall(r"\w+(?:[-'’]\w+)*", text))


def last_day(text: str) -> dt.date:
    """The last day that a date of any precision can mean.

    >>> last_day("2022-02")
    datetime.date(2022, 2, 28)
    """
    end = text.split("/")[-1].strip()
    parts = [int(part) for part in end.split("-")]
    if len(parts) == 1:
        return dt.date(parts[0], 12, 31)
    if len(parts) == 2:
        return dt.date(parts[0], parts[1], calendar.monthrange(*parts)[1])
    return dt.date(*parts)


def first_day(text: str) -> dt.date:
    """The first day that a date of any precision can mean."""
    parts = [int(part) for part in text.split("/")[0].strip().split("-")]
    return dt.date(*(parts + [1, 1])[:3])


def _date(text: str) -> str:
    halves = text.split("/")
    if len(halves) > 2:
        raise ValueError("a date has at most one '/': 2022-08-15/2022-08-16")
    for half in halves:
        if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", half):
            raise ValueError("write a date as 2022, 2022-08, 2022-08-15 or 2022-08-15/2022-08-16")
    try:
        first, last = first_day(text), last_day(text)
    except ValueError:
        raise ValueError("this date does not exist in the calendar") from None
    if first > last:
        raise ValueError("the interval ends before it begins")
    return text


def whole_day(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError("write a whole day: 2022-08-15")
    return _date(text)


def address_text(text: str) -> str:
    found = addresses.parse_all(text)
    if not found or addresses.join(found) != text:
        raise ValueError(
            "write addresses as 'S0 ¶8', 'F056', 'M2026-01-08-a' or 'Q012', several parted by '; '"
        )
    return text


def _empty_is_none(value):
    return None if value in ("", None) else value


def _one_line(text: str) -> str:
    if "\n" in text or text != text.strip():
        raise ValueError("one line, without blanks at its ends")
    return text


def _one_of(names):
    return Literal[tuple(names)]


Text = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_one_line)]
Date = Annotated[str, AfterValidator(_date)]
Day = Annotated[str, AfterValidator(whole_day)]
Addresses = Annotated[str, AfterValidator(address_text)]


class Cites:
    """Marks a text in which addresses stand among other words: each must lead somewhere."""


Maybe = BeforeValidator(_empty_is_none)
SourceId = Annotated[str, Field(pattern=r"^S\d{1,4}$")]
SearchId = Annotated[str, Field(pattern=r"^Q\d{3}$")]
Paragraph = Annotated[int, Field(ge=1, le=5000)]
Number = Annotated[float, Field(allow_inf_nan=False)]
Voice = _one_of(codebook.names("voice"))
Stance = _one_of(codebook.names("stance"))
Role = _one_of(codebook.names("role"))
Origin = _one_of(codebook.names("origin"))
Topic = _one_of(codebook.TOPICS)
Relation = Literal["agrees", "contradicts"]
Bearing = Literal["supports", "contradicts", "weighs against", "may explain"]
Lane = Literal["messages", "meetings", "treaty", "votes", "recognition", "war", "said"]


class Row(BaseModel):
    """A row people write: unknown fields are refused, so that a slip of the pen does not vanish.

    What a table of data/ is, stands in the class line of its model; ``records.registry`` says what
    may stand there.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    declared: ClassVar[dict] = {}

    def __init_subclass__(cls, **declared):
        super().__init_subclass__()
        cls.declared = declared
        if declared:
            DECLARED.append(cls)


class Derived(BaseModel):
    """A row that the build makes, of a table that nobody writes as it is."""

    declared: ClassVar[dict] = {}

    def __init_subclass__(cls, **declared):
        super().__init_subclass__()
        cls.declared = declared
        DECLARED.append(cls)


DECLARED: list[type[BaseModel]] = []  # every model that says of itself where its rows stand
