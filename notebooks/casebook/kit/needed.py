"""What a closed question needs on paper: the rows that its choices rest on, printed beside it; or a
box that says where the screen is needed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from string import ascii_uppercase

from casebook.core.addresses import parse_all
from casebook.core.tables import Evidence, Tables
from casebook.exercises import COMMITMENTS, Exercise
from casebook.figure import Html, cell, html_table, small
from casebook.figure.english import capital, day, number
from casebook.kit.letters import in_other_letters


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
    if not is_closed(task) or task.id in lesson["in_itself"] or rule_for(task, lesson):
        return False
    return task.id in lesson["screen"] or not rests_on(task)


def rule_for(task: Exercise, lesson: dict) -> str:
    """The words of the rule on the sheet that decides a question; "" where none does."""
    rules = {rule["exercise"]: rule["words"] for rule in lesson["decided_by"]}
    return rules.get(task.id, "")


def is_readable(tables: Tables, address: str) -> bool:
    """Whether a pupil can read on paper what stands at an address: not where its words are in other
    letters, which not every machine prints, and no English of them stands there.
    """
    return not in_other_letters(tables.resolve(address)[0].text)


class OnPaper:
    """The evidence that a sheet prints: what stands in its extracts and tasks already, each address
    with the heading that it stands under, and a lettered list of the rest.
    """

    def __init__(self, tables: Tables, printed: Mapping[str, str]):
        self._tables, self._printed = tables, printed
        self._letters: dict[str, str] = {}

    def letter(self, addresses: Iterable[str]) -> list[str]:
        """Give these rows a letter each; returns the addresses that had none."""
        wanted = [a for a in addresses if a not in self._letters]
        for address in wanted:
            self._letters[address] = _letter(len(self._letters))
        return wanted

    def letter_for(self, task: Exercise) -> list[str]:
        """The same for the rows that a question rests on, but for those printed elsewhere and those
        that nobody can read.
        """
        wanted = (a for a in rests_on(task) if a not in self._printed)
        return self.letter(a for a in wanted if is_readable(self._tables, a))

    def whence(self, task: Exercise, here: str, rule: str = "") -> str:
        """The line under a question: where on the sheet its evidence stands; "" where that is the
        question's own part. ``here`` is the heading over the question, ``rule`` that of a rule
        which decides it.
        """
        found = rests_on(task)
        letters = sorted(
            (self._letters[a] for a in found if a in self._letters),
            key=lambda letter: (len(letter), letter),
        )
        lettered = self._letters
        under = [self._printed[a] for a in found if a in self._printed and a not in lettered]
        headings = dict.fromkeys([*under, *([rule] if rule else [])])
        said = [", ".join(letters)] if letters else []
        said += ["what is printed here" if name == here else f"“{name}”" for name in headings]
        return f"Evidence: {'; '.join(said)}" if said and said != ["what is printed here"] else ""

    def listed(self, addresses: Sequence[str]) -> Html:
        """The rows as a table: letter, what stands there in our words, where it comes from."""
        rows = []
        for address in addresses:
            found = self._told(address)
            where = small(
                cell(f" {_briefly(found.source)}.", Html(f"<sup>{escape(address)}</sup>"))
            )
            rows.append([self._letters[address], cell(_dated(found), found.text, where)])
        return html_table(
            ["", "Evidence, in our words, and where it is from"], rows, "evidence", (4, 96)
        )

    def _told(self, address: str) -> Evidence:
        """What stands at an address; of a message its form, of a search of ours the question and
        what came of it.
        """
        for short in (_search, _message):
            if found := short(self._tables, address):
                return found
        return self._tables.resolve(address)[0]


def _briefly(source: str) -> str:
    """The first of the pages that a row rests on, and how many more there are."""
    first, *more = source.split("; ")
    return f"{first}, and {number(len(more))} more" if more else first


def _dated(found: Evidence) -> str:
    """The day of which a row tells, where it is a day and its words don't have it."""
    is_day = found.address[0] in "FM" and re.fullmatch(r"\d{4}-\d\d-\d\d", found.date)
    return f"{day(found.date)}: " if is_day and day(found.date) not in found.text else ""


def _message(tables: Tables, address: str) -> Evidence | None:
    """A message with its form, letter or talk; None for any other address."""
    rows = tables.messages[tables.messages["message_id"] == address]
    if rows.empty:
        return None
    found, form = tables.resolve(address)[0], rows.iloc[0]["form"].replace("_", " ")
    return found._replace(text=f"{capital(form)}. {found.text}")


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
    came = "What we had stands" if row["answer"] == "stands" else capital(row["answer"])
    text = f"We asked: {row['asked']} {came}; {row['read']} results were read."
    return Evidence(address, text, "Our search of stored web pages", row["date"], "")
