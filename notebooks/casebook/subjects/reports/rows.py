"""Which claim stands how to which statement."""

from typing import TYPE_CHECKING

from casebook.records.registry import rows_of

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


@rows_of("positions")
def positions(seeds: "Seeds") -> list[dict]:
    """A row for each statement that a claim speaks to."""
    return [
        {
            "statement_id": statement,
            "source_id": record.source_id,
            "claim_id": claim.claim_id,
            "relation": claim.on[statement],
        }
        for record in seeds.records
        for claim in record.claims
        for statement in sorted(claim.on)
    ]
