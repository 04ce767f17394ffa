"""On whom a report leans for each message: whom it names, and what is concluded."""

from typing import NamedTuple

from casebook.core import addresses
from casebook.core.tables import Tables

MESSAGES = {"Putin's message": "Putin's words", "Kim's message": "Kim's words"}


class Leaning(NamedTuple):
    """Whom a report names for some messages ('' for nobody), in words, with the basis and where
    that stands.
    """

    publisher: str
    words: str
    basis: str
    address: str


def leanings(tables: Tables, source: str) -> list[Leaning]:
    """One for each publisher that a report names, and one for the messages without any."""
    chains = tables.chains[
        (tables.chains["source_id"] == source) & (tables.chains["act"] != "wrote")
    ]
    named: dict[str, list[tuple[str, str]]] = {}
    for thread, words in MESSAGES.items():
        steps = chains[chains["thread"] == thread]
        published = steps[steps["act"] == "published"]
        own = [
            (row.actor, place)
            for row in published.itertuples()
            for place in _own_paragraphs(row.address, source)
        ]
        publisher, place = own[0] if own else ("", "; ".join(published["address"]))
        named.setdefault(publisher, []).append((words, place))
    return [_leaning(publisher, found) for publisher, found in named.items()]


def _own_paragraphs(address: str, source: str) -> list[str]:
    """The paragraphs of the report itself among some addresses."""
    return [str(a) for a in addresses.parse_all(address) if a.row == source and a.paragraph]


def _leaning(publisher: str, found: list[tuple[str, str]]) -> Leaning:
    whose = " and ".join(words for words, _ in found)
    whose = "both messages" if len(found) == len(MESSAGES) else whose
    words = f"names {publisher} for {whose}" if publisher else f"names nobody for {whose}"
    basis = "known" if publisher else "inferred"
    return Leaning(publisher, words, basis, "; ".join(place for _, place in found))
