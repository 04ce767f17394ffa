"""The English of figure/, under the name that panels know it by."""

from casebook.figure.english import (  # noqa: F401
    capital,
    count_words,
    day,
    listed,
    number,
    several,
    shortened,
    verb,
)
