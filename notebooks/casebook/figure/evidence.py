"""The rows that an exhibit rests on, from the addresses in its tables."""

from collections.abc import Iterable

from casebook.core.tables import Evidence, Tables


def each_once(*texts: Iterable[str]) -> str:
    """Texts of addresses joined, each text once."""
    return "; ".join(dict.fromkeys(text for several in texts for text in several if text))


def evidence_of(tables: Tables, *texts: Iterable[str]) -> list[Evidence]:
    """What the addresses in columns or lists of texts lead to in a view, each once, in their order.

    Empty texts are passed over. Raises KeyError, in the latest view, for one that leads nowhere.
    """
    parts = (part for several in texts for text in several for part in text.split("; "))
    return tables.resolve(each_once(parts))
