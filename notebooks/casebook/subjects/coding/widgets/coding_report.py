"""What came of a coding: how far it agrees with the key, where it parts, what a second round
changed.
"""

from html import escape

from casebook.core.tables import Tables
from casebook.figure import Html, badge, cell, html_table, small
from casebook.figure.english import capital, listed, number, several
from casebook.subjects.coding.methods.coding import (
    changes,
    in_words,
    item_codes,
    named_confusions,
    with_key,
)

NAMES = ("first round", "second round")
MOVES = {
    "to the key": "to the key's value",
    "from the key": "away from it",
    "elsewhere": "from one other value to another",
    "contested": "on a contested code",
}
Codes = dict[tuple[str, str], str]  # {(item, code): value}


def _with_reason(item: dict) -> Html:
    """A claim, with what was noted of it in small print."""
    return cell(f"{item['claim']} ", small(f"({item['because'].partition(': ')[2]})"))


def report_for_page(tables: Tables, items: list[dict]) -> dict:
    """The key, the claims and the codebook for a page without a kernel, which compares itself."""
    book = tables.codebook
    return {
        "items": [
            {
                "id": item["claim_id"],
                "told": escape(item["claim"].removesuffix(".")),
                "contested": _with_reason(item),
            }
            for item in items
        ],
        "key": [
            [r.claim_id, r.code, r.first, r.second, r.settled, r.contested == "yes"]
            for r in item_codes(tables).itertuples()
        ],
        "book": {
            f"{row.code}/{row.value}": [escape(row.test), escape(row.near_miss)]
            for row in book.itertuples()
        },
        "badge": badge("good", "?"),
        "moves": MOVES,
    }


class Report:
    """The comparison with the key of one round, or of the second and the first."""

    def __init__(self, tables: Tables, items: list[dict], rounds: list[Codes]):
        """``items`` are the claims to compare, as ``coding_items`` gives them."""
        here = {item["claim_id"] for item in items}
        rounds = [{key: v for key, v in one.items() if key[0] in here} for one in rounds]
        self.tables, self.items, self.rounds, self.mine = tables, items, rounds, rounds[-1]

    def summary(self) -> str:
        """How many codes are as in the key, in a sentence."""
        figures = with_key(self.tables, self.mine)
        return (
            f"Agreement with the key, {NAMES[len(self.rounds) - 1]}, {len(self.items)} claims: "
            + ", ".join(f"{f.code} {f.same} of {f.items}" for f in figures)
            + ". The key is one project's settled coding, not the truth; contested codes are not"
            " counted. Press the button once more to see the claims again."
        )

    def html(self) -> str:
        """Agreement with the key, what was taken for what, the contested codes, and what a second
        round changed.
        """
        html = self._agreement() + self._confusions() + self._contested()
        return html + self._changed() if len(self.rounds) > 1 else html

    def _agreement(self) -> str:
        table = html_table(
            ["Code", "Same as the key", "Corrected for chance (Cohen's kappa)"],
            [
                [f.code, f"{f.same} of {f.items} ({f.share:.0%})", _figure(f.kappa)]
                for f in with_key(self.tables, self.mine)
            ],
        )
        return (
            f"<h4>Agreement with the key</h4>{table}<p><small>1 is full agreement,"
            " 0 is what chance gives, below 0 is less than chance. With so few claims one more"
            " slip moves it much.</small></p>"
        )

    def _confusions(self) -> str:
        found = named_confusions(self.tables, self.mine)
        if found.empty:
            return (
                "<h4>What was taken for what</h4><p>Nothing: every code that is not contested is as"
                " in the key.</p>"
            )
        book = self.tables.codebook
        asks = dict(zip(zip(book["code"], book["value"]), book["test"]))
        lines = "".join(
            f"<li><strong>{c.code}</strong>: you said “{in_words(c.said)}” where the key says"
            f" “{in_words(c.key)}”, {_times(c.times)} ({self._told(c.items)})."
            f" “{capital(in_words(c.key))}” asks: {escape(asks[c.code, c.key])} The near miss"
            f" of “{in_words(c.said)}”: {escape(c.near_miss)}.</li>"
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

    def _contested(self) -> str:
        key = item_codes(self.tables)
        told = {item["claim_id"]: _with_reason(item) for item in self.items}
        table = html_table(
            ["Claim, code", "What it says", "First coder", "Second coder", "You", "Settled later"],
            [
                [
                    f"{capital(self._place(r.claim_id))}, {r.code}",
                    told[r.claim_id],
                    in_words(r.first),
                    in_words(r.second),
                    badge("good", in_words(self.mine.get((r.claim_id, r.code), "–"))),
                    in_words(r.settled),
                ]
                for r in key[key["contested"] == "yes"].itertuples()
                if r.claim_id in told
            ],
        )
        return (
            "<h4>Contested: our two coders parted here, so nobody is counted"
            f" wrong</h4>{table}<p>With whom do you side, and which word"
            " of the claim decides it?</p>"
        )

    def _changed(self) -> str:
        found = changes(self.tables, *self.rounds)
        if found.empty:
            return (
                "<h4>From the first round to the second</h4><p>You changed nothing: you agree with"
                " yourself.</p>"
            )
        moves = found["move"].value_counts()
        lines = "".join(
            f"<li>{capital(self._place(c.claim_id))}, {c.code}: “{in_words(c.first)}” →"
            f" “{in_words(c.second)}”</li>"
            for c in found.itertuples()
        )
        return (
            "<h4>From the first round to the second:"
            f" {several(len(found), 'change')}</h4><p>"
            f"{capital(listed(f'{number(n)} {MOVES[move]}' for move, n in moves.items()))}."
            " A change towards the key after you have seen it is memory as much as"
            f" skill.</p><ul>{lines}</ul>"
        )


def _figure(value) -> str:
    return "not defined: one value only" if value is None else f"{value:.2f}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")
