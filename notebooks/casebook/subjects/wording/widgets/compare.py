"""Widgets of the 'More time' parts: an outlet seen from outside, all chains at once, one letter in
several Englishes.
"""

from casebook.core.tables import Tables
from casebook.figure import Exhibit
from casebook.figure.english import day, number
from casebook.panel.controls import choose, tick
from casebook.panel.explore import Shown, explore
from casebook.panel.panel import Panel
from casebook.subjects.wording.charts.chains import chains_together
from casebook.subjects.wording.charts.letters import letter_versions
from casebook.subjects.wording.methods.chains import strands

__all__ = ["compare_chains", "compare_englishes"]


def compare_chains(tables: Tables) -> Panel:
    """The chains of all documents in one table, with the inferred steps or with gaps in their
    place.
    """

    def draw(leaders: bool, inferred: bool) -> Exhibit | Shown:
        exhibit = chains_together(tables, leaders, inferred)
        return exhibit if inferred else Shown.of(exhibit, _stated(tables, leaders))

    return explore(
        "Five documents, five chains: what do they share?",
        leaders=choose(
            "Show",
            [("the two leaders' words", True), ("all strands", False)],
            width="300px",
            reads={True: "The two leaders’ words", False: "All strands"}.get,
        ),
        inferred=tick("With the inferred steps", True, width="210px", reads=("left out", "shown")),
        draw=draw,
        stored="{leaders}; inferred steps {inferred}",
        rows_width="150px",
    )


def _stated(tables: Tables, leaders: bool) -> str:
    """How many strands are left where only what sources state is counted."""
    table = strands(tables)
    table = table[table["leader"] == "yes"] if leaders else table
    whole = int((table["unbroken"] == "yes").sum())
    return (
        f"By what sources state alone, {number(whole) if whole else 'none'} of {len(table)}"
        " strands reach our page without a gap."
    )


def compare_englishes(tables: Tables, start: str = "") -> Panel:
    """Choose a piece of a letter: its English versions, word by word, whose each is, and who stands
    behind a difference.
    """
    table = tables.letter_versions
    pieces = sorted(dict.fromkeys(zip(table["message_id"], table["piece"])), key=lambda x: x[0])
    dates = dict(zip(tables.messages["message_id"], tables.messages["date"]))
    return explore(
        "One letter, several Englishes: what stays, what changes, and who changed it?",
        piece=choose(
            "Letter",
            [
                (f"{day(dates[m])}: “{p}” ({int((table['piece'] == p).sum())} versions)", (m, p))
                for m, p in pieces
            ],
            next((x for x in pieces if x[1] == start), None),
            width="500px",
            reads=lambda piece: "{}, “{}”".format(*piece),
        ),
        behind=tick("Say who changed it", width="180px"),
        draw=lambda piece, behind: letter_versions(tables, *piece, behind),
        stored="Letter: {piece}",
        rows_width="150px",
    )
