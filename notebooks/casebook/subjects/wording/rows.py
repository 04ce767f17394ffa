"""The words of a version: those of its quotations, or its own."""

from typing import TYPE_CHECKING

from casebook.records.registry import cells_of
from casebook.subjects.wording.schema import Variant

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


@cells_of("variants")
def words_of(seeds: "Seeds", parent: None, variant: Variant, place: int) -> dict:
    """The document and the words of a version that is made of quotations."""
    parts = [seeds.quotes[key] for key in filter(None, (variant.quote_ids or "").split("; "))]
    return {
        "source_id": parts[0][0] if parts else "",
        "text": variant.text or " […] ".join(quote.text for _, quote in parts),
    }
