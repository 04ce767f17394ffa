"""English that counts and lists, and days in words."""

import datetime as dt
import re
from collections.abc import Iterable

from casebook.core.numerals import number

LANGUAGES = {
    "en": "English",
    "ko": "Korean",
    "ru": "Russian",
    "uk": "Ukrainian",
    "zh": "Chinese",
    "ja": "Japanese",
    "de": "German",
    "fr": "French",
    "hi": "Hindi",
}

__all__ = ["capital", "count_words", "day", "listed", "number", "several", "shortened", "verb"]


def day(value: str | dt.date) -> str:
    """19 June 2024, from a date or ISO text of any precision.

    >>> day("2024-06"), day("2024-06-18/2024-06-19")
    ('June 2024', '18 June 2024 to 19 June 2024')
    """
    text = value if isinstance(value, str) else value.strftime("%Y-%m-%d")
    if "/" in text:
        return " to ".join(day(half) for half in text.split("/"))
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 1:
        return text
    month = dt.date(2000, parts[1], 1).strftime("%B")
    return f"{month} {parts[0]}" if len(parts) == 2 else f"{parts[2]} {month} {parts[0]}"


def several(count: int, noun: str, plural: str = "") -> str:
    """'one claim', 'two claims', 'no claims'."""
    return f"{number(count)} {noun}" if count == 1 else f"{number(count)} {plural or noun + 's'}"


def none_or(count: int) -> str:
    """A number that no noun follows.

    >>> none_or(0), none_or(1)
    ('none', 'one')
    """
    return number(count) if count else "none"


def verb(count: int, one: str, many: str) -> str:
    """The form of a verb that agrees with a number.

    >>> verb(1, "stands", "stand"), verb(0, "is", "are")
    ('stands', 'are')
    """
    return one if count == 1 else many


def listed(items: Iterable[str]) -> str:
    """'a', 'a and b', 'a, b and c'."""
    items = list(items)
    return ", ".join(items[:-1]) + " and " + items[-1] if len(items) > 1 else "".join(items)


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def shortened(text: str, most: int) -> str:
    """A text, cut at a word where it has more than ``most`` characters.

    >>> shortened("one letter more", 12), shortened("one letter", 12)
    ('one letter …', 'one letter')
    """
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + " …"


def count_words(text: str) -> int:
    """Words as people count them: runs of letters or digits, hyphens and apostrophes inside."""
    return len(re.findall(r"\w+(?:[-'’]\w+)*", text))
