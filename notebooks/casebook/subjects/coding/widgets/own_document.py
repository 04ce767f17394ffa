"""A document of one's own in the charts: its claims, their four codes, and the bar that they make
beside the five documents. All of it is kept as writing, which no export holds.
"""

import json
from html import escape

from ipywidgets import Button, Dropdown, HBox, Text, Textarea, VBox

from casebook.core.tables import Tables
from casebook.figure import html_table
from casebook.figure.english import capital, number, several, shortened, verb
from casebook.panel.kept import keep, kept
from casebook.panel.panel import InPage, Panel, made
from casebook.subjects.coding.charts import codes_of_documents, documents_for_page
from casebook.subjects.coding.methods.coding import CODES, NO_VALUE, in_words

__all__ = ["add_document"]

KIND, KEY = "writing", "10-document"
MOST_CLAIMS, LONGEST_CLAIM, LONGEST_NAME = 8, 300, 40
EMPTY = "choose …"
UNNAMED = "Your document"
Claim = dict[str, str]  # "claim" and the codes that were chosen


def add_document(tables: Tables) -> Panel:
    """Write down the claims of a document, code each, and see the document as a bar beside the
    five of the casebook. What is written is kept on this machine.
    """
    # Not declared: what is typed and chosen is kept, and a text has no states to count.
    return _Document(tables).panel


def as_document(text: object, allowed: dict[str, set[str]]) -> tuple[str, list[Claim]]:
    """The name and claims of a kept text; what has another shape, or a value that is not
    ``allowed``, is left out.
    """
    try:
        found = json.loads(text)
    except (TypeError, ValueError):
        return "", []
    if not isinstance(found, dict) or not isinstance(found.get("claims"), list):
        return "", []
    name, claims = found.get("name"), []
    for row in found["claims"][:MOST_CLAIMS]:
        if isinstance(row, dict) and isinstance(row.get("claim"), str):
            codes = {c: row[c] for c in CODES if row.get(c) in allowed[c]}
            claims.append({"claim": row["claim"][:LONGEST_CLAIM], **codes})
    return name[:LONGEST_NAME] if isinstance(name, str) else "", claims


class _Document:
    """The document, the claim that is open, and the code by which the documents are drawn."""

    def __init__(self, tables: Tables):
        self._tables, self._at = tables, 0
        book = tables.codebook
        self._values = {c: [*book.loc[book["code"] == c, "value"], NO_VALUE] for c in CODES}
        self._asks = dict(zip(book["code"], book["question"]))
        text, notice = kept(KIND, KEY)
        self._name, self._claims = as_document(text, {c: set(v) for c, v in self._values.items()})
        self._claims = self._claims or [{"claim": ""}]
        self._make_controls()
        self._fill()
        self._draw(notice)

    def _make_controls(self) -> None:
        wide = {"width": "98%", "name_width": "130px", "continuous_update": False}
        self._title = made(
            Text, value=self._name, description="Your document", placeholder="its name", **wide
        )
        self._choice = made(Dropdown, description="Claim", width="300px", name_width="130px")
        self._words = made(
            Textarea, description="In your words", placeholder="one actor, one act", **wide
        )
        self._codes = {
            code: made(
                Dropdown,
                options=[(EMPTY, ""), *((in_words(v), v) for v in self._values[code])],
                description=code,
                width="262px",
                name_width="56px",
            )
            for code in CODES
        }
        add, drop = (
            made(Button, description=name) for name in ("Add a claim", "Delete this claim")
        )
        self._by = made(
            Dropdown, options=list(CODES), description="Draw the documents by", width="300px"
        )
        first = made(HBox, [self._choice, add, drop])
        codes = made(HBox, list(self._codes.values()), width="100%")
        for line in (first, codes):
            line.add_class("lp-controls")
        body = made(VBox, [self._title, first, self._words, codes, self._by], width="100%")
        self.panel = Panel("Where does your document stand among the five?", [body])
        self.panel.in_page = InPage("own document", self._for_page)
        self.panel.buttons = {"add": add, "delete": drop}
        self.panel.fields = {"name": self._title, "claim": self._words, **self._codes}
        self.panel.watch(self._renamed, self._title)
        self.panel.watch(lambda change: self._open(change["new"]), self._choice)
        self.panel.watch(self._written, self._words, *self._codes.values())
        self.panel.watch(lambda _: self._draw(), self._by)
        add.on_click(lambda _: self._add())
        drop.on_click(lambda _: self._delete())

    def _for_page(self) -> dict:
        """What a page without a kernel needs to take a document down and to draw its bar. What the
        pictures have in common stands there once.
        """
        codes, definitions = [], {}
        for code in CODES:
            asks = f"<p><small>{code}: {escape(self._asks[code])}</small></p>"
            drawn = documents_for_page(self._tables, code, MOST_CLAIMS)
            for state in ("five", "six"):
                definitions |= drawn[state]["picture"].pop("definitions")
            codes.append({"code": code, "values": self._values[code], "asks": asks, **drawn})
        return {
            "key": KEY,
            "most": MOST_CLAIMS,
            "longest": {"claim": LONGEST_CLAIM, "name": LONGEST_NAME},
            "empty": EMPTY,
            "unnamed": UNNAMED,
            "gap": NO_VALUE,
            "codes": codes,
            "definitions": definitions,
        }

    # -- what the controls do ----------------------------------------------------------------------

    def _renamed(self, change: dict) -> None:
        self._name = change["new"].strip()[:LONGEST_NAME]
        self._save()

    def _open(self, place: int) -> None:
        self._at = place
        self._fill()
        self._draw()

    def _written(self, _: dict) -> None:
        codes = {code: drop.value for code, drop in self._codes.items() if drop.value}
        words = self._words.value.strip()[:LONGEST_CLAIM]
        self._claims[self._at] = {"claim": words, **codes}
        self._save()

    def _add(self) -> None:
        if len(self._claims) == MOST_CLAIMS:
            self._draw(f"There is room for {number(MOST_CLAIMS)} claims. ")
        elif not self._claims[-1]["claim"]:
            self._draw("The last claim has no words yet. ")
        else:
            self._claims.append({"claim": ""})
            self._at = len(self._claims) - 1
            self._fill()
            self._draw()

    def _delete(self) -> None:
        self._claims.pop(self._at)
        self._claims = self._claims or [{"claim": ""}]
        self._at = min(self._at, len(self._claims) - 1)
        self._fill()
        self._save()

    def _save(self) -> None:
        text = json.dumps({"name": self._name, "claims": self._claims}, ensure_ascii=False)
        empty = not self._name and self._claims == [{"claim": ""}]
        self._fill()
        self._draw(keep(KIND, KEY, None if empty else text))

    # -- what is shown -----------------------------------------------------------------------------

    def _fill(self) -> None:
        """The fields as the open claim has them."""
        claim = self._claims[self._at]
        with self.panel.quietly():
            self._choice.options = [
                (f"{n + 1} of {len(self._claims)}", n) for n in range(len(self._claims))
            ]
            self._choice.value = self._at
            self._words.value = claim["claim"]
            for code, drop in self._codes.items():
                drop.value = claim.get(code, "")

    def _draw(self, told: str = "") -> None:
        by, name = self._by.value, self._name or UNNAMED
        values = [claim[by] for claim in self._claims if claim.get(by)]
        picture = codes_of_documents(self._tables, by, values, f"▸ {name}")
        ask = f"<p><small>{by}: {escape(self._asks[by])}</small></p>"
        html = picture.html(in_panel=True) + ask + self._listed()
        self.panel.show(html, f"{told} {self._says(by, values)}".strip())

    def _says(self, by: str, values: list[str]) -> str:
        if not values:
            return f"No {by} is chosen yet: write a claim, and choose its {by}."
        gaps = sum(claim.get(code) == NO_VALUE for claim in self._claims for code in CODES)
        stand = verb(len(values), "stands", "stand")
        told = f"{capital(several(len(values), 'claim'))} of your document {stand} in the chart."
        gap = f" No value of the codebook fits in {several(gaps, 'place')}." if gaps else ""
        return told + gap

    def _listed(self) -> str:
        """The claims written so far, as a table."""
        rows = [
            [
                str(n),
                shortened(claim["claim"], 90),
                *(in_words(claim.get(code, "–")) for code in CODES),
            ]
            for n, claim in enumerate(self._claims, 1)
            if claim["claim"]
        ]
        return html_table(["", "Your claim", *CODES], rows, kind="lp-rows") if rows else ""
