"""One claim coded together: your value, then the two coders', then what the codebook says since."""

from collections.abc import Iterator

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import Html, as_html, badge, cell, evidence_of, html_table, small, strong
from casebook.figure.english import capital, day
from casebook.panel.controls import choose, slide
from casebook.panel.explore import Shown, explore
from casebook.panel.panel import Panel
from casebook.subjects.coding.methods.parting import Parting, parting

__all__ = ["code_together"]

NOT_YET = ""
STEPS = ("the sentence", "the first coder", "the second coder", "the rule made afterwards")
EXACT = "In our words; what stands inside the marks is exact."
BIG = "font-size: 20px; line-height: 1.4; margin: 6px 0"
SHEET = (
    "border: 2px solid #0b5fa5; border-radius: 8px; padding: 8px 16px; margin: 8px 0;"
    " overflow-wrap: anywhere"
)


def code_together(tables: Tables, claim_id: str, code: str) -> Panel:
    """Choose a value for one claim, then open one after the other what two coders chose and noted,
    and the rule that was made because they parted.
    """
    found = parting(tables, claim_id, code)
    values = tables.codebook[tables.codebook["code"] == code].set_index("value")["test"]
    outlets = tables.sources.set_index("source_id")
    source = outlets.loc[found.claim["source_id"]]
    address = f"{found.claim['source_id']} ¶{found.claim['paragraph']}"
    sheet = _sheet(found, f"{source['outlet']}, {day(source['published'])}", address)

    def draw(mine: str, opened: int) -> Shown:
        rows, last = list(_rows(found, mine, opened)), opened == len(STEPS) - 1
        table = html_table(["Who", code, "Noted beside it"], rows, kind="lp-rows")
        rule = _rule(found, values) if last else ""
        return Shown(
            f"{sheet}{table if rows else ''}{rule}",
            _says(found, mine, opened),
            lambda: evidence_of(tables, [address]),
        )

    return explore(
        f"One sentence, two careful coders: which {code}?",
        mine=choose("You say", [("not yet", NOT_YET), *((v, v) for v in values.index)], radio=True),
        opened=slide("Open", [(name, n) for n, name in enumerate(STEPS)], width="430px"),
        draw=draw,
        stored="You say: {mine}; open: {opened}",
        rows="Show the paragraph's rows",
    )


def _sheet(found: Parting, where: str, address: str) -> Html:
    """The claim, large enough for the back of a room."""
    named = found.claim["attributed_to"]
    who = f"Put down to: {named}." if named else "Nobody is named for it."
    text = cell(found.claim["claim"], Html(f"<sup>{as_html(address)}</sup>"))
    return Html(
        f"<div style='{SHEET}'><p style='margin: 0'>{small(f'{where}. In our words, but what')}"
        f" {small('stands inside the marks is exact.')}</p>"
        f"<p style='{BIG}'>{text}</p><p style='margin: 0'>{as_html(who)}</p></div>"
    )


def _rows(found: Parting, mine: str, opened: int) -> Iterator[list[str]]:
    """A row for each who has spoken so far."""
    if mine:
        yield ["You", badge("new", mine), ""]
    if opened >= 1:
        yield ["The first coder", badge("outlet", found.first), "nothing"]
    if opened >= 2:
        said = f"“{found.remark}”" if found.remark else "nothing"
        yield ["The second coder", badge("elsewhere", found.second), said]


def _rule(found: Parting, tests: pd.Series) -> Html:
    """What the codebook has said since, what it asks today, and what was settled."""
    asked = [
        [badge("own" if value == found.settled else "open", value), test]
        for value, test in tests.items()
        if value in (found.first, found.second)
    ]
    return Html(
        f"<p style='{BIG}'>{strong('Settled:')} {badge('own', found.settled)}</p>"
        f"<p>{strong('The rule that the codebook did not have then:')}"
        f" {as_html(capital(found.rule) or 'none was made.')}</p>"
        + html_table([found.code, "What the codebook asks today"], asked, kind="lp-rows")
    )


def _says(found: Parting, mine: str, opened: int) -> str:
    if opened == 0:
        return f"You say {mine}." if mine else "Choose a value before you open anything."
    if opened == 1:
        return f"The first coder wrote “{found.first}”{_beside(mine, found.first)}."
    if opened == 2:
        return (
            f"The first coder wrote “{found.first}”, the second “{found.second}”"
            f"{_beside(mine, found.second)}. Who is right, and how could one settle it?"
        )
    return f"Settled afterwards: “{found.settled}”{_beside(mine, found.settled)}."


def _beside(mine: str, value: str) -> str:
    return "" if not mine else ", as you do" if mine == value else f", and you say “{mine}”"
