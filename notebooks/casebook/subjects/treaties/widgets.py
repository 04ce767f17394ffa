"""Set a situation, and see which clauses' published wording speaks to it."""

from html import escape

from casebook.core.tables import Tables
from casebook.figure import Html, badge
from casebook.figure.english import capital, listed
from casebook.panel.controls import choose
from casebook.panel.explore import Shown, explore
from casebook.panel.panel import Panel
from casebook.subjects.treaties.methods import (
    BY_WHOM,
    NOT,
    ON_WHOM,
    OPEN,
    SITUATIONS,
    SPEAKS,
    clauses_for,
)

__all__ = ["explore_situation"]

SIGNS = {
    SPEAKS: ("good", "✓ speaks to it"),
    NOT: ("bad", "✗ does not"),
    OPEN: ("mixed", Html("± can't be told")),
    "text not seen": ("open", "? text not seen"),
}
ALL = "all"
PARTIES = ("Russia", "North Korea")


def explore_situation(tables: Tables) -> Panel:
    """A situation, and for each treaty the clauses with their English versions: does the wording
    speak to it? No legal verdict.
    """
    every = list(tables.treaties["treaty_id"])

    def draw(what: str, whom: str, by: str, treaty: str) -> Shown:
        years = every if treaty == ALL else [treaty]
        found = clauses_for(tables, what, whom, by)
        found = found[found["treaty_id"].isin(years)]
        missing = _missing(tables, what, years, found) if whom in PARTIES else []
        addresses = "; ".join([*found["address"], *(address for *_, address in missing if address)])
        return Shown(
            _table(found, missing, what)
            + "<p>A reading of published words, not of law: whether an event is an attack, whether"
            " a treaty was in force, and what the original languages say, the wording shown here"
            " does not settle.</p>",
            f"{capital(SITUATIONS[what])} on {whom} by {by}. {_sum_up(found, missing, whom)}",
            lambda: tables.resolve(addresses),
        )

    return explore(
        "Set a situation. Which clauses' published wording speaks to it?",
        what=choose(
            "There is",
            [(capital(text), key) for key, text in SITUATIONS.items()],
            "attack",
            width="235px",
        ),
        whom=choose("on", [(text, text) for text in ON_WHOM], "North Korea", width="175px"),
        by=choose("by", [(text, text) for text in BY_WHOM], "one state", width="175px"),
        treaty=choose(
            "Treaty", [("all three", ALL), *((year, year) for year in every)], width="150px"
        ),
        draw=draw,
        stored="{what} on {whom} by {by}; treaty: {treaty}",
    )


def _name(row) -> str:
    return f"{row.treaty_id}, {row.article or 'article number not seen'}"


def _missing(tables, situation, years, found):
    """Treaties without a clause on the situation: (year, 'does not' or 'text not seen', why,
    address), by the grid.
    """
    have = set(found.loc[found["situation"] == situation, "treaty_id"])
    cells = tables.obligations[
        (tables.obligations["situation"] == situation)
        & tables.obligations["treaty_id"].isin(set(years) - have)
    ]
    return [
        (c.treaty_id, NOT if c.cell == "no" else "text not seen", c.why, c.address)
        for c in cells.itertuples()
    ]


def _table(found, missing, situation) -> str:
    lines = [
        _clause_line(versions)
        for _, versions in found.groupby(["treaty_id", "article"], sort=False)
    ]
    lines += [
        (
            year,
            f"<tr><th scope='row'>{year}, on"
            f" {SITUATIONS[situation]}</th><td>{badge(*SIGNS[answer])}</td><td>{escape(why)}"
            f" {f'({address})' if address else ''}</td><td>–</td></tr>",
        )
        for year, answer, why, address in missing
    ]
    head = "".join(
        f"<th scope='col'{width}>{text}</th>"
        for text, width in (
            ("Clause", " style='width: 14%'"),
            ("Its wording", " style='width: 22%'"),
            ("The published English", ""),
            ("Tied to, in our words", " style='width: 18%'"),
        )
    )
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>"
        f"{''.join(text for _, text in sorted(lines, key=lambda line: line[0]))}</tbody>"
        "</table>"
    )


def _clause_line(versions) -> tuple[str, str]:
    """(year of the treaty, the clause as a line of the table), from its English versions."""
    one = next(versions.itertuples())
    words = "".join(
        f"<p style='margin: 2px 0'><strong>{escape(v.version)}:</strong> {_wording(v)}"
        f" ({v.address})</p>"
        for v in versions.itertuples()
    )
    tied = [escape(one.qualifications) or "nothing in what was seen"]
    tied += ["at the request of one side"] if one.at_request == "yes" else []
    tied += ["other conditions not known"] if one.at_request == "not known" else []
    return (
        one.treaty_id,
        f"<tr><th scope='row'>{escape(_name(one))}<br>to {one.follows}</th>"
        f"<td>{badge(*SIGNS[one.answer])}<br>{escape(one.reason)}</td><td>{words}</td>"
        f"<td>{'; '.join(tied)}</td></tr>",
    )


def _wording(version) -> str:
    """The words of a version; of a clause on another situation only what it names."""
    if version.answer == NOT:
        return f"“{escape(version.key_word)}”"
    return f"“… {escape(version.when)}”, “… {escape(version.then)}”"


def _sum_up(found, missing, whom) -> str:
    if whom not in PARTIES:
        return (
            "No clause here speaks to it: a third state is no party, and every clause we have"
            " speaks of the parties only."
        )
    names = {
        answer: list(dict.fromkeys(_name(c) for c in found[found["answer"] == answer].itertuples()))
        for answer in (SPEAKS, OPEN)
    }
    parts = [
        (
            f"Wording that speaks to it: {listed(names[SPEAKS])}."
            if names[SPEAKS]
            else "No wording that we have speaks to it."
        )
    ]
    parts += [f"Can't be told: {listed(names[OPEN])}."] if names[OPEN] else []
    unseen = [year for year, answer, *_ in missing if answer == "text not seen"]
    parts += [f"Text not seen: {listed(unseen)}."] if unseen else []
    return " ".join([*parts, "No legal verdict."])
