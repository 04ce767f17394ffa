"""From when a claim to grade may be shown."""

from casebook.records.registry import cells_of


@cells_of("gradings")
def day_of_grading(seeds, parent, grading, place: int) -> dict:
    """A grading is shown from the day on which it is to be made."""
    return {"public_from": grading.day, "public_from_basis": "day of grading"}
