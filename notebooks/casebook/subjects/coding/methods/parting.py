"""Two coders who parted over one claim: what each chose, what was noted, what came of it."""

from typing import NamedTuple

from casebook.core.tables import Tables


class Parting(NamedTuple):
    """A claim on one code: the value of each coder, the one settled on, what the second coder noted
    ("": nothing), and what the codebook has said since ("": nothing new).
    """

    claim: dict  # its row of the table claims
    code: str
    first: str
    second: str
    settled: str
    remark: str
    rule: str


def parting(tables: Tables, claim_id: str, code: str) -> Parting:
    """How two coders coded a claim. Raises KeyError for a claim that was not coded twice."""
    rows = tables.codings.set_index(["claim_id", "code"]).sort_index()
    if (claim_id, code) not in rows.index:
        raise KeyError(f"{claim_id} has no two codings of {code!r}")
    coded = rows.loc[(claim_id, code)]
    changes = tables.codebook_changes
    named = changes["because"].str.split("; ").map(lambda claims: claim_id in claims)
    rules = changes.loc[named & (changes["code"] == code), "change"]
    claim = tables.claims.set_index("claim_id").loc[claim_id].to_dict()
    return Parting(
        claim,
        code,
        coded["first"],
        coded["second"],
        coded["settled"],
        coded["remark"],
        " ".join(rules),
    )


def overruled(tables: Tables) -> list[str]:
    """The claims on which both coders agreed, and something else was settled."""
    rows = tables.codings
    both = (rows["first"] == rows["second"]) & (rows["second"] != rows["settled"])
    return list(rows.loc[both, "claim_id"])
