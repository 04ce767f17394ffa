"""The chains of all documents side by side."""

from casebook.core.tables import Tables
from casebook.figure import BREAK, Html, TableExhibit, as_html, cell, evidence_of, strong
from casebook.figure.english import capital, listed, number
from casebook.subjects.wording.methods.chains import STAGES, chain_stages, strands


def shared_title(tables: Tables, leaders_only: bool = True) -> str:
    """What all documents' chains have in common, as far as the tables have it; steps are counted in
    the leaders' strands, or in all.
    """
    table, steps = strands(tables), chain_stages(tables)
    table = table[table["leader"] == "yes"] if leaders_only else table
    actors = steps[steps["leader"] == "yes"].groupby("source_id")["actor"].agg(set)
    documents = list(table["source_id"].unique())
    outlets = tables.sources.set_index("source_id")["outlet"]
    both = [s for s in documents if {"Putin", "Kim Jong Un"} <= actors.get(s, set())]
    guessed = [s for s in documents if table.loc[table["source_id"] == s, "inferred"].sum()]
    who = f"All {number(len(documents))}" if both == documents else listed(outlets[both])
    where = "in each" if guessed == documents else f"in {listed(outlets[guessed])}"
    return (
        f"{who} carry words of both leaders, and {where} at least one step is inferred:"
        f" {int(table['inferred'].sum())} of {int(table['steps'].sum())} steps"
    )


def chains_together(
    tables: Tables, leaders_only: bool = True, inferred: bool = True
) -> TableExhibit:
    """The chains of all documents in one table: a row a strand of words, a column a kind of step.

    An actor that stands in more than one document has a ◆; inferred steps are dashed, or, without
    ``inferred``, a gap.
    """
    steps = chain_stages(tables)
    outlets = tables.sources.set_index("source_id")["outlet"]
    in_how_many = steps[steps["stage"] != "on our page"].groupby("actor")["source_id"].nunique()
    shared = set(in_how_many.index[in_how_many > 1])
    steps = steps[steps["leader"] == "yes"] if leaders_only else steps
    hands: dict[str, dict[str, list]] = {}  # strand: {stage: who acted}
    for step in steps.itertuples():
        hand = _hand(step, step.actor in shared, inferred)
        hands.setdefault(step.strand, {}).setdefault(step.stage, []).append(hand)
    return TableExhibit(
        ["Strand", *(capital(name) for name in STAGES)],
        [_strand(outlets, strand, stages) for strand, stages in hands.items()],
        widths=[17, 15, 18, 16, 16, 18],
    ).describe(
        title=shared_title(tables, leaders_only),
        subtitle=(
            "◆ stands in more than one document;"
            f" {'dashed: inferred' if inferred else 'gap: a step that we infer'}; · no such step is"
            " recorded"
        ),
        description=(
            f"Table of {len(hands)} strands of words by {len(STAGES)} kinds of step,"
            f" {int((steps['basis'] == 'inferred').sum())} of {len(steps)} steps inferred."
        ),
        source="table chains; the addresses below",
        evidence=lambda: evidence_of(tables, steps["address"]),
    )


def _strand(outlets, strand: str, stages: dict[str, list]) -> list[str]:
    source, thread = strand.split(" · ", 1)
    cells = (Html("<br>".join(stages.get(name, "·"))) for name in STAGES)
    return [cell(strong(outlets[source]), BREAK, thread), *cells]


def _hand(step, shared: bool, inferred: bool) -> Html:
    """Who acted, with the signs of what is shared and what is inferred."""
    name = as_html(f"{'◆ ' if shared else ''}{step.actor}")
    if step.basis != "inferred":
        return strong(name) if shared else name
    look = "display: inline-block; border: 1.5px"
    if not inferred:
        return Html(f"<span style='{look} dotted #6b6b6b; padding: 0 5px'>gap</span>")
    return Html(
        f"<span style='{look} dashed #8a5a00; padding: 0 4px'>{name} <small>inferred</small></span>"
    )
