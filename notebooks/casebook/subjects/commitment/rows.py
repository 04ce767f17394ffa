"""Dates of phrases, and judgements: a reader's and a SYNTHETIC class's."""

from typing import TYPE_CHECKING

from casebook.records.base import count_words
from casebook.records.registry import cells_of, rows_of
from casebook.subjects.commitment.methods import pairs, scale
from casebook.subjects.commitment.schema import Phrase, Strength

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


@cells_of("phrases")
def date_of_row(seeds: "Seeds", parent: None, phrase: Phrase, place: int) -> dict:
    """The date of the row in which a phrase stands."""
    dates = {m.message_id: m.date for m in seeds.messages} | {
        f.fact_id: f.date for f in seeds.facts
    }
    return {"date": dates[phrase.address]}


def synthetic(phrases: list[Phrase], strengths: list[Strength]) -> list[dict]:
    """The SYNTHETIC class made from the reader's scale: rows of judgements."""
    found = {s.phrase_id: s.strength for s in strengths if s.made == scale.READER}
    words = {p.phrase_id: count_words(p.words) for p in phrases}
    return pairs.synthetic_class(found, words) if found else []


@rows_of("judgements")
def judgements(seeds: "Seeds") -> list[dict]:
    """What the reader judged, then what the SYNTHETIC class did."""
    read = [{"made": scale.READER} | j.model_dump() for j in seeds.judgements]
    made = synthetic(seeds.phrases, seeds.strengths)
    return read + [{"made": scale.SYNTHETIC} | row for row in made]
