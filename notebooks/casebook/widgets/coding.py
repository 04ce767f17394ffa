"""Coding by the codebook: one claim at a time, two rounds, and what came of it, beside the key."""

from html import escape

from ipywidgets import HTML, Button, Dropdown, HBox, VBox

from casebook.answers import NotKept, learner
from casebook.figure import badge
from casebook.figure.english import capital, count_words, day, listed, number, several
from casebook.methods import changes, coded, coding_items, item_codes, named_confusions, with_key
from casebook.methods.coding import CODES
from casebook.widgets.panel import Panel, made

EMPTY = "choose …"
ROUNDS = {"1": "first round", "2": "second round"}
NOT_ALL = "The key is shown when every claim of the round has its four codes."


def code_passages(tables) -> Panel:
    """Fifteen claims to code, one at a time, by the codebook's questions; each choice is kept at
    once.

    The key is shown by a button, and only for a round that is complete; the second round opens
    after the first.
    """
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
        self.at, self.compared, self.quiet = 0, False, False
        self.round = made(
            Dropdown,
            options=[(name, key) for key, name in ROUNDS.items()],
            value="1",
            description="Round",
            width="190px",
        )
        self.drops = {
            code: made(
                Dropdown,
                options=[(EMPTY, "")] + [(value, value) for value, _ in self.tests[code]],
                value="",
                description=code,
                width="300px",
                name_width="56px",
            )
            for code in CODES
        }
        self.beside = {code: made(HTML, width="100%") for code in CODES}
        self.passage = made(HTML, width="100%")
        buttons = [
            made(Button, description=name) for name in ("Previous", "Next", "Compare with the key")
        ]
        columns = [
            made(
                VBox,
                [part for code in pair for part in (self.drops[code], self.beside[code])],
                width="49%",
            )
            for pair in (CODES[:2], CODES[2:])
        ]
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
            drop.observe(lambda change, code=code: self.chosen(code, change["new"]), "value")
        self.round.observe(self.other_round, "value")
        self.panel.buttons = {button.description: button for button in buttons}
        self.open_at_first_gap()
        self.show_item()

    def mine(self, round_=None) -> dict:
        """What is chosen, {(item, code): value}, of items that are here."""
        here = {item["claim_id"] for item in self.items}
        found = coded(learner().kept("coding"), round_ or self.round.value)
        values = {code: {value for value, _ in tests} for code, tests in self.tests.items()}
        return {
            (item, code): value
            for (item, code), value in found.items()
            if item in here and value in values[code]
        }

    def missing(self, round_=None) -> list[int]:
        """The items, by their place from 1, that lack a code in this round."""
        mine = self.mine(round_)
        return [
            n
            for n, item in enumerate(self.items, 1)
            if any((item["claim_id"], code) not in mine for code in CODES)
        ]

    def open_at_first_gap(self):
        gaps = self.missing()
        self.at = gaps[0] - 1 if gaps else 0

    # -- what the controls do ----------------------------------------------------------------------

    def step(self, by):
        to = self.at + by
        if not 0 <= to < len(self.items):
            self.draw(f"There is no {'earlier' if by < 0 else 'later'} claim. ")
            return
        self.at, self.compared = to, False
        self.show_item()

    def chosen(self, code, value):
        if self.quiet:
            return
        key, told = f"{self.items[self.at]['claim_id']}/{self.round.value}/{code}", ""
        try:
            learner().keep("coding", key, value) if value else learner().forget("coding", key)
        except NotKept as why:
            told = f"{why} "
        self.compared = False
        self.draw(told)

    def other_round(self, _):
        if self.quiet:
            return
        if self.round.value == "2" and self.missing("1"):
            self.quiet = True
            self.round.value = "1"
            self.quiet = False
            self.draw("The second round opens when the first is complete. ")
            return
        self.compared = False
        self.open_at_first_gap()
        self.show_item()

    def compare(self):
        """Open the comparison, or close it and show the claim again."""
        complete = not self.missing()
        self.compared = complete and not self.compared
        self.draw("" if complete else f"{NOT_ALL} ")

    def show_item(self):
        mine, item = self.mine(), self.items[self.at]
        self.quiet = True
        for code, drop in self.drops.items():
            drop.value = mine.get((item["claim_id"], code), "")
        self.quiet = False
        self.draw()

    # -- what is shown -----------------------------------------------------------------------------

    def draw(self, told: str = ""):
        item, gaps, mine = self.items[self.at], self.missing(), self.mine()
        self.passage.value = passage = self._passage(item)
        for code in CODES:
            self.beside[code].value = self._tests(code)
        wanted = tuple(self.claim[:1] if self.compared else self.claim)
        if self.body.children != wanted:
            self.body.children = wanted
        done = len(self.items) - len(gaps)
        here = sum((item["claim_id"], code) in mine for code in CODES)
        says = (
            f"Claim {self.at + 1} of {len(self.items)}, {ROUNDS[self.round.value]}: {number(here)}"
            f" of {number(len(CODES))} codes chosen. {capital(several(done, 'claim'))} of"
            f" {len(self.items)} complete"
        )
        says += f"; the next to do is claim {gaps[0]}." if gaps else ": compare with the key."
        body = self.report() if self.compared else ""
        tests = "".join(f"<p><strong>{code}</strong></p>{self._tests(code)}" for code in CODES)
        self.panel.show(
            body, told + (self.summary() if self.compared else says), controls=passage + tests
        )

    def _passage(self, item) -> str:
        rest = self.tables.claims
        rest = rest[
            (rest["source_id"] == item["source_id"])
            & (rest["paragraph"] == item["paragraph"])
            & (rest["claim_id"] != item["claim_id"])
        ]
        who = (
            f"Put down to: {escape(item['attributed_to'])}."
            if item["attributed_to"]
            else "Nobody is named for this claim beside it."
        )
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
            f"<p><small>Claim {self.at + 1} · {item['source_id']} ¶{item['paragraph']} ·"
            f" {escape(item['outlet'])}, {item['kind']},"
            f" {day(item['published'])}</small></p><blockquote><strong>{escape(item['claim'])}"
            "</strong>"
            f" <small>(in our words)</small></blockquote>{quote}<p>{who}</p>{around}"
        )

    def _tests(self, code) -> str:
        """The code's question and the test question of each value, the chosen one marked."""
        lines = "".join(
            f"<li>{'<strong>▸ ' if value == self.drops[code].value else ''}{value}"
            f"{'</strong>' if value == self.drops[code].value else ''}:"
            f" {escape(test)}</li>"
            for value, test in self.tests[code]
        )
        return (
            f"<div style='line-height: 1.3'><small>{escape(self.asks[code])}<ul style='margin: 0;"
            f" padding-left: 18px'>{lines}</ul></small></div>"
        )

    def summary(self) -> str:
        figures = with_key(self.tables, self.mine())
        return (
            f"Agreement with the key, {ROUNDS[self.round.value]}: "
            + ", ".join(f"{f.code} {f.same} of {f.items}" for f in figures)
            + ". The key is one project's settled coding, not the truth; contested codes are not"
            " counted. Press the button once more to see the claims again."
        )

    def report(self) -> str:
        """Agreement with the key, what was taken for what, the contested codes, and what a second
        round changed.
        """
        mine = self.mine()
        return (
            self._agreement(mine)
            + self._confusions(mine)
            + self._contested(mine)
            + (self._changed() if self.round.value == "2" else "")
        )

    def _agreement(self, mine) -> str:
        rows = "".join(
            f"<tr><th scope='row' style='white-space: nowrap'>{f.code}</th><td>{f.same} of"
            f" {f.items} ({f.share:.0%})</td><td>{_figure(f.kappa)}</td></tr>"
            for f in with_key(self.tables, mine)
        )
        return (
            "<h4>Agreement with the key</h4><table><thead><tr><th scope='col'>Code</th><th"
            " scope='col'>Same as the key</th><th scope='col'>Corrected for chance (Cohen's"
            f" kappa)</th></tr></thead><tbody>{rows}</tbody></table><p><small>1 is full agreement,"
            " 0 is what chance gives, below 0 is less than chance. With so few claims one more"
            " slip moves it much.</small></p>"
        )

    def _confusions(self, mine) -> str:
        found = named_confusions(self.tables, mine)
        if found.empty:
            return (
                "<h4>What was taken for what</h4><p>Nothing: every code that is not contested is as"
                " in the key.</p>"
            )
        asks = {code: dict(tests) for code, tests in self.tests.items()}
        lines = "".join(
            f"<li><strong>{c.code}</strong>: you said “{c.said}” where the key says “{c.key}”,"
            f" {_times(c.times)} ({self._told(c.items)}). “{capital(c.key)}” asks:"
            f" {escape(asks[c.code][c.key])} The near miss of “{c.said}”:"
            f" {escape(c.near_miss)}.</li>"
            for c in found.itertuples()
        )
        return f"<h4>What was taken for what</h4><ul>{lines}</ul>"

    def _place(self, name: str) -> str:
        """How the panel calls an item: by its place among the claims."""
        return f"claim {[item['claim_id'] for item in self.items].index(name) + 1}"

    def _told(self, names: str) -> str:
        """The items named, each with its place and words."""
        texts = {item["claim_id"]: item["claim"] for item in self.items}
        return "; ".join(
            f"{self._place(name)}: {escape(texts[name].removesuffix('.'))}"
            for name in names.split("; ")
        )

    def _contested(self, mine) -> str:
        key = item_codes(self.tables)
        texts = {item["claim_id"]: item["claim"] for item in self.items}
        why = {item["claim_id"]: item["because"].partition(": ")[2] for item in self.items}
        rows = "".join(
            f"<tr><th scope='row'>{capital(self._place(r.claim_id))},"
            f" {r.code}</th><td>{escape(texts[r.claim_id])}"
            f" <small>({escape(why[r.claim_id])})</small></td>"
            f"<td>{r.first}</td><td>{r.second}</td><td>"
            f"{badge('good', mine.get((r.claim_id, r.code), '–'))}</td><td>{r.settled}"
            "</td></tr>"
            for r in key[key["contested"] == "yes"].itertuples()
        )
        return (
            "<h4>Contested: our two coders parted here, so nobody is counted"
            " wrong</h4><table><thead><tr>"
            + "".join(
                f"<th scope='col'>{name}</th>"
                for name in (
                    "Claim, code",
                    "What it says",
                    "First coder",
                    "Second coder",
                    "You",
                    "Settled later",
                )
            )
            + f"</tr></thead><tbody>{rows}</tbody></table><p>With whom do you side, and which word"
            " of the claim decides it?</p>"
        )

    def _changed(self) -> str:
        found = changes(self.tables, self.mine("1"), self.mine("2"))
        if found.empty:
            return (
                "<h4>From the first round to the second</h4><p>You changed nothing: you agree with"
                " yourself.</p>"
            )
        moves = found["move"].value_counts()
        words = {
            "to the key": "to the key's value",
            "from the key": "away from it",
            "elsewhere": "from one other value to another",
            "contested": "on a contested code",
        }
        lines = "".join(
            f"<li>{capital(self._place(c.claim_id))}, {c.code}: “{c.first}” → “{c.second}”</li>"
            for c in found.itertuples()
        )
        return (
            "<h4>From the first round to the second:"
            f" {several(len(found), 'change')}</h4><p>"
            f"{capital(listed(f'{number(n)} {words[move]}' for move, n in moves.items()))}."
            " A change towards the key after you have seen it is memory as much as"
            f" skill.</p><ul>{lines}</ul>"
        )


def _figure(value) -> str:
    return "not defined: one value only" if value is None else f"{value:.2f}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
