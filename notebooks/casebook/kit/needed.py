"""What a closed question needs on paper: the rows that its choices rest on, printed beside it; or a
box that says where the screen is needed.
"""

from collections.abc import Iterable, Sequence
from html import escape
from string import ascii_uppercase

from casebook.core.addresses import parse_all
from casebook.core.tables import Evidence, Tables
from casebook.exercises import COMMITMENTS, Exercise
from casebook.figure import Html, cell, html_table, small
from casebook.figure.english import capital


def is_closed(task: Exercise) -> bool:
    """Whether a question has one right answer that evidence decides. A guess, a vote and a sentence
    come before the evidence.
    """
    return task.kind not in COMMITMENTS


def rests_on(task: Exercise) -> list[str]:
    """The addresses that the reasons of its choices name, of the wrong ones too, so that the
    evidence on the sheet does not point at the right one.
    """
    return addresses_in(" ".join(why for _, _, why in task.choices))


def addresses_in(text: str) -> list[str]:
    """Every address of a text, each once, in their order."""
    return list(dict.fromkeys(map(str, parse_all(text))))


def needs_screen(task: Exercise, lesson: dict) -> bool:
    """Whether a closed question can't be answered from paper: it is counted on the screen, or
    nothing that can be printed decides it. ``lesson`` is the hand-out's own entry.
    """
    if not is_closed(task) or task.id in lesson["in_itself"]:
        return False
    return task.id in lesson["screen"] or not rests_on(task)


class OnPaper:
    """The evidence that a sheet prints: what stands in its extracts and tasks already, and a
    lettered list of the rest.
    """

    def __init__(self, tables: Tables, printed: Iterable[str]):
        self._tables, self._printed = tables, set(printed)
        self._letters: dict[str, str] = {}

    def letter(self, task: Exercise) -> list[str]:
        """Give the rows that ``task`` rests on a letter each, but for those printed before; returns
        the addresses that are new.
        """
        wanted = [a for a in rests_on(task) if a not in self._printed | set(self._letters)]
        for address in wanted:
            self._letters[address] = _letter(len(self._letters))
        return wanted

    def whence(self, task: Exercise) -> str:
        """The line under a question: where on the sheet its evidence stands."""
        letters = sorted(
            (self._letters[a] for a in rests_on(task) if a in self._letters),
            key=lambda letter: (len(letter), letter),
        )
        above = any(a in self._printed for a in rests_on(task))
        said = [*letters, *["what is printed above"] * (above or not letters)]
        return f"Evidence: {', '.join(said)}" if rests_on(task) else ""

    def listed(self, addresses: Sequence[str]) -> Html:
        """The rows as a table: letter, what stands there in our words, where it comes from."""
        rows = []
        for address in addresses:
            found = _search(self._tables, address) or self._tables.resolve(address)[0]
            where = small(cell(f" {found.source}.", Html(f"<sup>{escape(address)}</sup>")))
            rows.append([self._letters[address], cell(found.text, where)])
        return html_table(
            ["", "Evidence, in our words, and where it is from"], rows, "evidence", (4, 96)
        )


def _letter(number: int) -> str:
    """A … Z, then AA …"""
    high, low = divmod(number, 26)
    return (ascii_uppercase[high - 1] if high else "") + ascii_uppercase[low]


def _search(tables: Tables, address: str) -> Evidence | None:
    """A search of ours in short: what was asked and what came of it; None for any other address."""
    rows = tables.searches[tables.searches["search_id"] == address]
    if rows.empty:
        return None
    row = rows.iloc[0]
    text = f"We asked: {row['asked']} {capital(row['answer'])}; {row['read']} results were read."
    return Evidence(address, text, f"our search of {row['collection']}", row["date"], "")
