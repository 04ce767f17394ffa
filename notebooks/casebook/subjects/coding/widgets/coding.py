"""Coding by the codebook: one claim at a time, two rounds, and what came of it, beside the key."""

from html import escape

from ipywidgets import HTML, Button, Dropdown, HBox, VBox

from casebook.answers import learner
from casebook.core.tables import Tables
from casebook.figure.english import capital, count_words, day, number, several
from casebook.panel.kept import keep
from casebook.panel.panel import InPage, Panel, made
from casebook.subjects.coding.methods.coding import CODES, coded, coding_items, in_words
from casebook.subjects.coding.widgets.coding_report import (
    NAMES,
    Codes,
    Report,
    report_for_page,
)

__all__ = ["code_passages"]

EMPTY = "choose …"
ROUNDS = dict(zip("12", NAMES))
STRETCH = 5  # claims that are compared with the key at a time
NOT_ALL = "The key is shown for five claims at a time, when each of them has its four codes."


def code_passages(tables: Tables) -> Panel:
    """Fifteen claims to code, one at a time, by the codebook's questions; each choice is kept at
    once.

    The key is shown by a button, for five claims at a time, and only for those that have all their
    codes; the second round opens after the first.
    """
    # Not declared: each code is kept, and what is shown follows from all that are.
    return _Coding(tables).panel


class _Coding:
    """The panel's state: the round, the item shown, and whether the comparison with the key is
    open.
    """

    def __init__(self, tables):
        self.tables, self.items = tables, coding_items(tables).to_dict("records")
        self.tests = {
            code: list(zip(rows["value"], rows["test"]))
            for code, rows in tables.codebook.groupby("code")
        }
        self.asks = dict(zip(tables.codebook["code"], tables.codebook["question"]))
        self.at, self.compared = 0, False
        self.round = made(
            Dropdown,
            options=[(name, key) for key, name in ROUNDS.items()],
            value="1",
            description="Round",
            width="190px",
        )
        self.drops = {code: self._drop(code) for code in CODES}
        self.beside = {code: made(HTML, width="100%") for code in CODES}
        self.passage = made(HTML, width="100%")
        buttons = [
            made(Button, description=name) for name in ("Previous", "Next", "Compare with the key")
        ]
        columns = [self._column(codes) for codes in (CODES[:2], CODES[2:])]
        first = made(HBox, [self.round, *buttons])
        first.add_class("lp-controls")
        # What stands under the buttons: the claim with its four questions, or nothing, so that the
        # comparison is next to its button.
        self.claim = [first, self.passage, made(HBox, columns, width="100%")]
        self.body = made(VBox, self.claim, width="100%")
        self.panel = Panel(
            "How does the text put it, how firmly, to do what, resting on whom?", [self.body]
        )
        for button, do in zip(buttons, (lambda: self.step(-1), lambda: self.step(1), self.compare)):
            button.on_click(lambda _, do=do: do())
        for code, drop in self.drops.items():
            self.panel.watch(lambda change, code=code: self.chosen(code, change["new"]), drop)
        self.panel.watch(self.other_round, self.round)
        self.panel.buttons = {button.description: button for button in buttons}
        self.panel.in_page = InPage("coding", self.for_page)
        self.open_at_first_gap()
        self.show_item()

    def _drop(self, code):
        options = [(EMPTY, ""), *((in_words(value), value) for value, _ in self.tests[code])]
        return made(
            Dropdown,
            options=options,
            value="",
            description=code,
            width="300px",
            name_width="56px",
        )

    def _column(self, codes):
        parts = [part for code in codes for part in (self.drops[code], self.beside[code])]
        return made(VBox, parts, width="49%")

    def mine(self, round_: str | None = None) -> Codes:
        """What is chosen, {(item, code): value}, of items that are here."""
        here = {item["claim_id"] for item in self.items}
        found = coded(learner().kept("coding"), round_ or self.round.value)
        values = {code: {value for value, _ in tests} for code, tests in self.tests.items()}
        return {
            (item, code): value
            for (item, code), value in found.items()
            if item in here and value in values[code]
        }

    def missing(self, round_: str | None = None) -> list[int]:
        """The items, by their place from 1, that lack a code in this round."""
        mine = self.mine(round_)
        return [
            n
            for n, item in enumerate(self.items, 1)
            if any((item["claim_id"], code) not in mine for code in CODES)
        ]

    def ready(self) -> list[dict]:
        """The claims that can be compared: from the first on, whole stretches without a gap."""
        gaps = self.missing()
        without = gaps[0] - 1 if gaps else len(self.items)
        return self.items[: without // STRETCH * STRETCH]

    def open_at_first_gap(self) -> None:
        gaps = self.missing()
        self.at = gaps[0] - 1 if gaps else 0

    # -- what the controls do ----------------------------------------------------------------------

    def step(self, by: int) -> None:
        to = self.at + by
        if not 0 <= to < len(self.items):
            self.draw(f"There is no {'earlier' if by < 0 else 'later'} claim. ")
            return
        self.at, self.compared = to, False
        self.show_item()

    def chosen(self, code: str, value: str) -> None:
        key = f"{self.items[self.at]['claim_id']}/{self.round.value}/{code}"
        problem = keep("coding", key, value)
        self.compared = False
        self.draw(f"{problem} " if problem else "")

    def other_round(self, _: dict) -> None:
        if self.round.value == "2" and self.missing("1"):
            with self.panel.quietly():
                self.round.value = "1"
            self.draw("The second round opens when the first is complete. ")
            return
        self.compared = False
        self.open_at_first_gap()
        self.show_item()

    def compare(self) -> None:
        """Open the comparison, or close it and show the claim again."""
        ready = bool(self.ready())
        self.compared = ready and not self.compared
        self.draw("" if ready else f"{NOT_ALL} ")

    def show_item(self) -> None:
        mine, item = self.mine(), self.items[self.at]
        with self.panel.quietly():
            for code, drop in self.drops.items():
                drop.value = mine.get((item["claim_id"], code), "")
        self.draw()

    # -- what is shown -----------------------------------------------------------------------------

    def draw(self, told: str = "") -> None:
        item, gaps, mine = self.items[self.at], self.missing(), self.mine()
        ready = self.ready()
        self.passage.value = passage = self._passage(item, self.at + 1)
        for code in CODES:
            self.beside[code].value = self._tests(code)
        wanted = tuple(self.claim[:1] if self.compared else self.claim)
        if self.body.children != wanted:
            self.body.children = wanted
        done = len(self.items) - len(gaps)
        here = sum((item["claim_id"], code) in mine for code in CODES)
        body, says = (
            "",
            f"Claim {self.at + 1} of {len(self.items)}, {ROUNDS[self.round.value]}: {number(here)}"
            f" of {number(len(CODES))} codes chosen. {capital(several(done, 'claim'))} of"
            f" {len(self.items)} complete"
            + (f"; the next to do is claim {gaps[0]}." if gaps else ": compare with the key.")
            + (f" The first {number(len(ready))} can be compared." if gaps and ready else ""),
        )
        if self.compared:
            rounds = [self.mine(key) for key in ROUNDS if key <= self.round.value]
            report = Report(self.tables, ready, rounds)
            body, says = report.html(), report.summary()
        tests = "".join(f"<p><strong>{code}</strong></p>{self._tests(code)}" for code in CODES)
        self.panel.show(body, told + says, controls=passage + tests)

    def for_page(self) -> dict:
        """What a page without a kernel needs: the claims, the codebook's questions, the key."""
        return report_for_page(self.tables, self.items) | {
            "codes": CODES,
            "empty": EMPTY,
            "rounds": list(ROUNDS.values()),
            "passages": [self._passage(item, place) for place, item in enumerate(self.items, 1)],
            "asks": {code: escape(self.asks[code]) for code in CODES},
            "tests": {
                code: [[value, escape(test)] for value, test in self.tests[code]] for code in CODES
            },
        }

    def _passage(self, item, place: int) -> str:
        rest = self.tables.claims
        rest = rest[
            (rest["source_id"] == item["source_id"])
            & (rest["paragraph"] == item["paragraph"])
            & (rest["claim_id"] != item["claim_id"])
        ]
        quote = (
            f"<p>The sentence carries a quotation of {several(count_words(item['quote']), 'word')}:"
            f" “{escape(item['quote'])}”</p>"
            if item["quote"]
            else "<p>No quotation is recorded with it.</p>"
        )
        around = (
            "<p><small>The rest of the paragraph, in our words:"
            f" {escape(' '.join(rest['claim']))}</small></p>"
            if len(rest)
            else ""
        )
        return (
            f"<p><small>Claim {place}, in our words · {escape(item['outlet'])}, {item['kind']},"
            f" {day(item['published'])}</small><sup>{item['source_id']} ¶{item['paragraph']}</sup>"
            f"</p><blockquote><strong>{escape(item['claim'])}</strong>"
            f"</blockquote>{quote}{around}"
        )

    def _tests(self, code) -> str:
        """The code's question and the test question of each value, the chosen one marked."""
        lines = "".join(
            f"<li>{'<strong>' if value == self.drops[code].value else ''}{in_words(value)}"
            f"{'</strong>' if value == self.drops[code].value else ''}:"
            f" {escape(test)}</li>"
            for value, test in self.tests[code]
        )
        return (
            f"<div style='line-height: 1.3'><small>{escape(self.asks[code])}<ul style='margin: 0;"
            f" padding-left: 18px'>{lines}</ul></small></div>"
        )
