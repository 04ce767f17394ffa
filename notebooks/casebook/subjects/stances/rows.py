"""From when a claim to grade may be shown."""

from typing import TYPE_CHECKING

from casebook.records.registry import cells_of
from casebook.subjects.stances.schema import Grading

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


@cells_of("gradings")
def day_of_grading(seeds: "Seeds", parent: None, grading: Grading, place: int) -> dict:
    """A grading is shown from the day on which it is to be made."""
    return {"public_from": grading.day, "public_from_basis": "day of grading"}
