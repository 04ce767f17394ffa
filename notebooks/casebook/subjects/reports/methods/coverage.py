"""Who says what, who is silent, who contradicts; and how a statement stands against evidence from
outside.
"""

from collections.abc import Sequence
from itertools import combinations

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables

__all__ = ["claims_only_in", "common_ground", "statements_in", "verdicts"]


def reports(tables: Tables) -> list[str]:
    """The documents that speak to at least one statement, by identifier."""
    return sorted(tables.positions["source_id"].unique(), key=lambda s: int(s[1:]))


def position_matrix(tables: Tables, sources: Sequence[str] | None = None) -> pd.DataFrame:
    """Statement × report: 'agrees', 'contradicts', 'both' (a report at odds with itself) or
    'silent'.

    Index: statement_id in the order of the statements; columns: ``sources`` (all reports that speak
    to one if None).
    """
    sources = reports(tables) if sources is None else list(sources)
    found = tables.positions[tables.positions["source_id"].isin(sources)]
    matrix = pd.DataFrame(
        "silent",
        index=pd.Index(tables.statements["statement_id"], name="statement_id"),
        columns=sources,
    )
    for (statement, source), relations in found.groupby(["statement_id", "source_id"])["relation"]:
        kinds = set(relations)
        matrix.loc[statement, source] = kinds.pop() if len(kinds) == 1 else "both"
    return matrix


@derived_table
def positions_by_report(tables: Tables) -> pd.DataFrame:
    """The coverage matrix, a row a cell. Columns: statement_id, source_id, position, reports (how
    many make the statement).
    """
    matrix = position_matrix(tables)
    makes = matrix.isin(["agrees", "both"]).sum(axis=1)
    rows = (
        matrix.stack().rename_axis(["statement_id", "source_id"]).rename("position").reset_index()
    )
    return rows.assign(reports=rows["statement_id"].map(makes))


def shared_by(tables: Tables, sources: Sequence[str]) -> dict[tuple[str, ...], int]:
    """How many statements are made by just these reports and none of the others named, for each
    set of them: {(S0, S1): 1}, one report first.
    """
    makes = position_matrix(tables, sources).isin(["agrees", "both"])
    sets = [tuple(c) for n in range(1, len(sources) + 1) for c in combinations(sources, n)]
    found = [tuple(s for s in sources if row[s]) for _, row in makes.iterrows()]
    return {shared: found.count(shared) for shared in sets}


def addresses_spoken_to(tables: Tables, source: str) -> list[str]:
    """The addresses of a report's paragraphs that speak to a statement."""
    spoken = tables.positions.loc[tables.positions["source_id"] == source, "claim_id"]
    claims = tables.claims[tables.claims["claim_id"].isin(spoken)]
    return [f"{source} ¶{p}" for p in sorted(set(claims["paragraph"]))]


def common_ground(tables: Tables, sources: Sequence[str] | None = None) -> list[str]:
    """Statements on which all the reports agree."""
    matrix = position_matrix(tables, sources)
    return list(matrix.index[(matrix == "agrees").all(axis=1)])


def statements_in(tables: Tables, source: str) -> pd.DataFrame:
    """The statements that a report makes (agrees with), as rows of ``statements``."""
    matrix = position_matrix(tables)
    return tables.statements[
        tables.statements["statement_id"].isin(
            matrix.index[matrix[source].isin(["agrees", "both"])]
        )
    ]


def claims_only_in(tables: Tables, source: str) -> pd.DataFrame:
    """The statements that this report alone makes, with the claim that makes each.

    Columns: statement_id, statement, claim_id, paragraph, claim.
    """
    matrix = position_matrix(tables)
    makes = matrix.isin(["agrees", "both"])
    alone = matrix.index[makes[source] & (makes.sum(axis=1) == 1)]
    mine = tables.positions[
        (tables.positions["source_id"] == source)
        & tables.positions["statement_id"].isin(alone)
        & (tables.positions["relation"] == "agrees")
    ]
    return mine.merge(
        tables.statements[["statement_id", "statement"]], on="statement_id", validate="m:1"
    ).merge(tables.claims[["claim_id", "paragraph", "claim"]], on="claim_id", validate="m:1")[
        ["statement_id", "statement", "claim_id", "paragraph", "claim"]
    ]


@derived_table
def verdicts(tables: Tables) -> pd.DataFrame:
    """How each statement stands against the evidence of this view, from outside the reports.

    'contradicted' if any evidence contradicts it; 'supported' if some supports it and nothing
    weighs against it; else 'open'. Columns: statement_id, statement, verdict, evidence (addresses).
    """
    bearings = tables.bearings.groupby("statement_id", sort=False).agg(
        kinds=("bearing", frozenset), evidence=("address", "; ".join)
    )
    rows = tables.statements[["statement_id", "statement"]].merge(
        bearings, left_on="statement_id", right_index=True, how="left", validate="1:1"
    )
    rows["verdict"] = [_verdict(kinds) for kinds in rows["kinds"]]
    return rows.assign(evidence=rows["evidence"].fillna(""))[
        ["statement_id", "statement", "verdict", "evidence"]
    ]


def _verdict(kinds) -> str:
    if not isinstance(kinds, frozenset):
        return "open"
    if "contradicts" in kinds:
        return "contradicted"
    return "supported" if kinds == {"supports"} else "open"
