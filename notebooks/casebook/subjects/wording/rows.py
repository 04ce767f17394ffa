"""The words of a version: those of its quotations, or its own."""

from casebook.records.registry import cells_of


@cells_of("variants")
def words_of(seeds, parent, variant, place: int) -> dict:
    """The document and the words of a version that is made of quotations."""
    parts = [seeds.quotes[key] for key in filter(None, (variant.quote_ids or "").split("; "))]
    return {
        "source_id": parts[0][0] if parts else "",
        "text": variant.text or " […] ".join(quote.text for _, quote in parts),
    }
