"""Two codings of the claims side by side, how far they agree, and the codes as a table."""

from typing import TYPE_CHECKING

from casebook.records import codebook
from casebook.records.base import CODES
from casebook.records.registry import rows_of
from casebook.subjects.coding.methods.agreement import agreement

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


@rows_of("codings")
def codings(seeds: "Seeds") -> list[dict]:
    """Both independent codings beside the settled one, a row for each claim and code that two
    coders decided.
    """
    first, second = seeds.coded("first"), seeds.coded("second")
    rows = []
    for record in seeds.records:
        for claim in record.claims:
            if claim.claim_id not in first or claim.claim_id not in second:
                continue
            for code in CODES:
                one, other = (getattr(coder[claim.claim_id], code) for coder in (first, second))
                rows.append(
                    {
                        "claim_id": claim.claim_id,
                        "source_id": record.source_id,
                        "code": code,
                        "first": one,
                        "second": other,
                        "settled": getattr(claim, code),
                        "contested": "yes" if one != other else "no",
                        "remark": second[claim.claim_id].note if one != other else None,
                    }
                )
    return rows


@rows_of("reliability")
def reliability(seeds: "Seeds") -> list[dict]:
    """Krippendorff's alpha of the two codings, per code
    (casebook.subjects.coding.methods.agreement).
    """
    rows = codings(seeds)
    found = []
    for code in CODES if rows else ():
        pairs = [(row["first"], row["second"]) for row in rows if row["code"] == code]
        found.append({"code": code, **agreement(pairs)._asdict()})
    return found


@rows_of("codebook")
def values(seeds: "Seeds") -> list[dict]:
    """The codes, a row a value."""
    return [
        {
            "code": code,
            "question": codebook.CODES[code][0],
            "value": value.name,
            "test": value.test,
            "example": value.example,
            "near_miss": value.near_miss,
        }
        for code in CODES
        for value in codebook.CODES[code][1]
    ]
