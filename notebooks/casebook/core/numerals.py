"""Numbers as words."""

NUMERALS = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def number(count: int) -> str:
    """Small numbers as words.

    >>> number(0), number(12), number(13)
    ('no', 'twelve', '13')
    """
    return NUMERALS[count] if 0 <= count < len(NUMERALS) else str(count)
