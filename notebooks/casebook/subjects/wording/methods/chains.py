"""What the 'More time' parts ask: strands of words through all documents, letters in several
Englishes, cards on outlets.
"""

from __future__ import annotations

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables
from casebook.subjects.wording.methods.alignment import Alignment, align

__all__ = ["strands"]

LEADERS = ("Putin", "Kim Jong Un")
STAGES = ("spoken or written", "translated", "published", "carried on", "on our page")


def stage(act: str, actor: str, outlet: str) -> str:
    """The column of a step: the document's own outlet is 'on our page', whatever it did."""
    if actor == outlet:
        return "on our page"
    return {
        "spoke": "spoken or written",
        "wrote": "spoken or written",
        "translated": "translated",
        "published": "published",
    }.get(act, "carried on")


def chain_stages(tables: Tables) -> pd.DataFrame:
    """Every step of every chain. Columns: those of ``chains``, then stage (one of STAGES), strand
    ('S0 · Putin's message') and leader ('yes' where the strand begins with one of the two leaders,
    else 'no').
    """
    outlets = dict(zip(tables.sources["source_id"], tables.sources["outlet"]))
    steps = tables.chains.sort_values(["source_id", "step"], kind="stable")
    first = steps.groupby(["source_id", "thread"])["actor"].transform("first")
    return steps.assign(
        stage=[
            stage(act, actor, outlets[source])
            for act, actor, source in zip(steps["act"], steps["actor"], steps["source_id"])
        ],
        strand=steps["source_id"] + " · " + steps["thread"],
        leader=["yes" if actor in LEADERS else "no" for actor in first],
    )


def strands(tables: Tables) -> pd.DataFrame:
    """One row a strand of words in a document. Columns: strand, source_id, thread, leader, steps,
    inferred (counts), unbroken ('yes' where sources state every step).
    """
    found = (
        chain_stages(tables)
        .groupby(["source_id", "thread", "strand", "leader"], sort=False)["basis"]
        .agg(steps="size", inferred=lambda basis: int((basis == "inferred").sum()))
        .reset_index()
    )
    return found.assign(unbroken=["no" if n else "yes" for n in found["inferred"]])


@derived_table
def chain_actors(tables: Tables) -> pd.DataFrame:
    """Who stands in the leaders' strands of how many documents, the documents' own outlets left
    out. Columns: actor, documents.
    """
    steps = chain_stages(tables)
    steps = steps[(steps["leader"] == "yes") & (steps["stage"] != "on our page")]
    return (
        steps.groupby("actor", sort=False)["source_id"].nunique().rename("documents").reset_index()
    )


def letter_alignments(tables: Tables, message_id: str, piece: str) -> dict[str, Alignment]:
    """Each version of a piece of a letter, by version_id, against the one it is compared with.
    Raises KeyError for an unknown piece.
    """
    rows = tables.letter_versions[
        (tables.letter_versions["message_id"] == message_id)
        & (tables.letter_versions["piece"] == piece)
    ]
    if rows.empty:
        raise KeyError(f"no versions of {piece!r} in {message_id} are recorded")
    texts = dict(zip(rows["version_id"], rows["text"]))
    return {
        row.version_id: align(texts[row.after], row.text) for row in rows.itertuples() if row.after
    }
