"""What no single line of a card can know."""

from typing import TYPE_CHECKING, get_args

from casebook.records.reader import Wrong
from casebook.subjects.outlets.schema import CardLine

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


def check(seeds: "Seeds", wrong: Wrong) -> None:
    """A card answers every question once, in order."""
    asked = list(get_args(CardLine.model_fields["question"].annotation))
    for card in seeds.outlet_cards:
        if [line.question for line in card.lines] != asked:
            wrong(card, "lines", "not one line for each question in order", ", ".join(asked))
