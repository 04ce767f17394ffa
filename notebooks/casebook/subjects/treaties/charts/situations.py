"""Situations to vote on without a screen: read aloud, with boxes to tick and what the wording then
asks.
"""

from casebook.core.tables import Tables
from casebook.figure import TableExhibit, cell, evidence_of, html_table
from casebook.figure.english import capital, listed, several
from casebook.subjects.treaties.methods import OPEN, SITUATIONS, SPEAKS, clauses_for, outcome

__all__ = ["situations_to_vote"]

# What there is, on whom, by whom, by the wording of which treaty.
READ_ALOUD = (
    ("attack", "North Korea", "one state", "2024"),
    ("threat", "Russia", "several states", "2024"),
    ("attack", "Russia", "nobody named", "2024"),
    ("attack", "a third state", "one state", "2024"),
    ("attack", "Russia", "one state", "1961"),
)
BOXES = "☐ must help ☐ must talk ☐ nothing ☐ can't be told"
# Clauses that the situations are about.
QUOTED = "when.str.len() > 0 and version in ['KCNA', 'the UN Treaty Series']"


def told(situation: str, on_whom: str, by_whom: str, treaty: str) -> str:
    """A situation in words: 'An attack on Russia by one state; treaty of 1961'."""
    by = "and it is not said by whom" if by_whom == "nobody named" else f"by {by_whom}"
    return f"{capital(SITUATIONS[situation])} on {on_whom}, {by}; treaty of {treaty}"


def answer(tables: Tables, situation: str, on_whom: str, by_whom: str, treaty: str) -> str:
    """What the wording then asks of the other party, and why."""
    setting = situation, on_whom, by_whom
    found = clauses_for(tables, *setting)
    found = found[(found["treaty_id"] == treaty) & (found["follows"] != "")]
    asked = outcome(tables, *setting, treaty)
    decides = found[found["answer"].isin([SPEAKS, OPEN])]
    shown = (decides if len(decides) else found).drop_duplicates(["article", "reason"])
    why = " ".join(
        f"{row.article}: {row.reason} ({row.address.replace('; ', ', ')})"
        for row in shown.itertuples()
    )
    words = {"help": "It must help.", "consult": "The two must talk.", OPEN: "Can't be told."}
    return f"{words.get(asked, 'Nothing, by these articles.')} {why}"


def wordings(tables: Tables) -> str:
    """The clauses that the situations are about, in the English that is quoted, as HTML."""
    years = dict.fromkeys(treaty for *_, treaty in READ_ALOUD)
    found = clauses_for(tables, *READ_ALOUD[0][:3]).query(QUOTED)
    rows = [
        [f"{row.article} of {row.treaty_id}", f"“… {row.when} … {row.then}” ({row.address})"]
        for year in years
        for row in found[found["treaty_id"] == year].itertuples()
    ]
    return html_table(["Article", "The published English"], rows, widths=(22, 78))


def situations_to_vote(tables: Tables) -> TableExhibit:
    """The situations on paper: a line for each vote with boxes to tick; on the teacher's copy what
    the wording then asks.
    """
    rows = [
        [f"{n}", BOXES, cell(answer(tables, *setting))] for n, setting in enumerate(READ_ALOUD, 1)
    ]
    addresses = "; ".join(clauses_for(tables, *READ_ALOUD[0][:3]).query(QUOTED)["address"])
    return TableExhibit(["", "Our vote", "What the wording asks"], rows, [5, 50, 0]).describe(
        title=f"{capital(several(len(rows), 'situation'))} to vote on",
        subtitle="Read one aloud, vote, and compare with the wording; it is no legal verdict",
        description=f"Table of {len(rows)} situations: {listed(told(*s) for s in READ_ALOUD)}.",
        source=addresses,
        evidence=evidence_of(tables, [addresses]),
    )
