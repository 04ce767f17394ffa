"""The paper part of a lesson: extracts, a table to fill, tasks, and the evidence that its closed
questions need.
"""

from collections.abc import Sequence
from html import escape

from casebook.core.tables import Tables
from casebook.exercises import Exercise, exercises, find_exercise
from casebook.exercises.own import Own, read_own
from casebook.exercises.own_widget import as_exercise
from casebook.figure import marked
from casebook.figure.english import day
from casebook.kit.needed import OnPaper, addresses_in, is_closed, needs_screen, rule_for
from casebook.kit.page import LICENCE, Document, without_addresses
from casebook.kit.pieces import asked, claims_table, extracts, points, table, told_whole
from casebook.kit.plainer import help_with
from casebook.kit.prose import page_text

SHEETS = ("sheet", "home", "sheet-large", "home-large", "answers")
WHO = "<p>Made-up name, not your own: __________________ &emsp; Date: ____________</p>"
# A leaf may be handed in without the one before.
AGAIN = "<p class='again'>Made-up name: __________________</p>"
LEVEL = f"<p class='level'>Your teacher writes here. Level: ____ Next step: {'_' * 50}</p>"
WITH_THE_SCREEN = "<p class='label'>With the screen, where you find the choices</p>"
WITH_THE_CLASS = "<p class='label'>With the whole class</p>"
SIGNS = "Small raised signs are addresses in the casebook's tables."


def handout_of(tables: Tables, lesson: str) -> dict:
    """The hand-out of a lesson ('01'), without the parts that the teacher leaves out.

    Raises KeyError, naming those there are, for a lesson without one.
    """
    handouts = {h["lesson"]: h for h in tables.read_json("handouts")}
    if lesson not in handouts:
        raise KeyError(
            f"there is no hand-out for lesson {lesson!r}; there are: {', '.join(handouts)}"
        )
    skipped = read_own().skipped.get(lesson, ())
    parts = [part for part in handouts[lesson]["parts"] if part["heading"] not in skipped]
    return handouts[lesson] | {"parts": parts}


def tasks_of(tables: Tables, lesson: str, part: dict) -> list[Exercise]:
    """The exercises of a part of a hand-out, in the order in which they are numbered."""
    tasks = [find_exercise(tables, name) for name in part["exercises"]]
    return tasks + (exercises(tables, lesson, group="check-out") if part["check_out"] else [])


def lesson_sheet(tables: Tables, lesson: str, sort: str = "sheet") -> Document | None:
    """A sheet of a lesson ('01'): the pupil's for the lesson or for homework, both in large print
    without addresses, or the teacher's copy of both with answers. None where a lesson has no
    homework.

    Raises KeyError, naming those there are, for a lesson without a hand-out.
    """
    handout, answers = handout_of(tables, lesson), sort == "answers"
    own, row = read_own(), tables.lessons.set_index("lesson").loc[lesson]
    home = sort.startswith("home")
    body = _Sheet(tables, handout, home, answers).body()
    if not body:
        return None
    if not home:
        body += _own(lesson, own, answers)
    if answers and (at_home := _Sheet(tables, handout, True, answers).body()):
        body += f"<h1 class='leaf'>Homework</h1>{at_home}"
    large = sort.endswith("-large")
    for_whom = {"answers": " · teacher's copy, with answers", "home": " · homework"}
    title = f"{lesson} · {row['title']}{for_whom.get(sort.removesuffix('-large'), '')}"
    whole = (
        f"<h1>{escape(title)}</h1><p><strong>{escape(row['question'])}</strong></p>"
        f"{'' if answers else WHO}{'' if home else _background(tables)}"
        f"{body}"
        f"<p class='last'>Letters to Pact. {_documents(tables, body, large)} {LICENCE}</p>"
    )
    if large:
        outlets = tables.sources.set_index("source_id")["outlet"].to_dict()
        help_first = help_with(tables, lesson, page_text(lesson), body)
        whole = without_addresses(whole.replace(WHO, WHO + help_first), outlets)
    most = {"answers": 8, "sheet-large": 12, "home-large": 5}.get(sort, 4)
    return Document(f"{lesson}/{sort}", title, whole, large, most)


def _background(tables: Tables) -> str:
    """What every reader of a sheet should know, with the days of its rows."""
    days = tables.facts.set_index("fact_id")["date"]
    asked = days["F548"].rpartition("-")[0]
    said = (
        f"Background: Russia invaded Ukraine on {day(days['F249'])} (F249). Donetsk and Luhansk are"
        f" regions of Ukraine; the UN General Assembly called on all states, in {day(asked)}, not"
        " to recognise a change of their status (F548)."
    )
    return f"<p><small>{marked(said)}</small></p>"


def own_tasks(lesson: str, own: Own) -> list[Exercise]:
    """The teacher's own questions for the lesson."""
    return [as_exercise(question) for question in own.questions if question.lesson == lesson]


def _own(lesson: str, own: Own, answers: bool) -> str:
    html = [
        f"<section>{asked(number, task, answers, '')}</section>"
        for number, task in enumerate(own_tasks(lesson, own), 1)
    ]
    return f"<h2>Your teacher's questions</h2>{''.join(html)}" if html else ""


def unknown_skips(tables: Tables) -> list[str]:
    """Headings of skip.txt that no sheet has, each with those that the lesson has."""
    there = {h["lesson"]: [p["heading"] for p in h["parts"]] for h in tables.read_json("handouts")}
    return [
        f"skip.txt: lesson {lesson} has no part “{heading}”; it has:"
        f" {'; '.join(there.get(lesson, ['no sheet']))}."
        for lesson, headings in read_own().skipped.items()
        for heading in headings
        if heading not in there.get(lesson, [])
    ]


def _documents(tables: Tables, body: str, large: bool) -> str:
    """What the raised signs are, which a large page has not, and where the articles that are named
    can be read.
    """
    named = [
        s
        for s in tables.sources.itertuples()
        if any(sign in body for sign in (f"{s.source_id} ¶", f">{escape(s.outlet)}<"))
    ]
    titles = " ".join(f"{escape(s.outlet)} ({s.source_id}): “{escape(s.title)}”." for s in named)
    carried = f" {titles} The articles' texts are not carried here." if named else ""
    return f"{SIGNS if '<sup>' in body and not large else ''}{carried}"


class _Sheet:
    """A sheet in the making: its parts, and what is printed on it as evidence."""

    def __init__(self, tables: Tables, handout: dict, home: bool, answers: bool):
        self.tables, self.handout, self.answers = tables, handout, answers
        self.parts = [part for part in handout["parts"] if part["home"] == home]
        self.paper = OnPaper(tables, self._printed())

    def _printed(self) -> dict[str, str]:
        """The addresses whose words stand in the sheet's extracts, tasks and tables of claims, each
        with the heading under which it stands first.
        """
        quotes, found = self.tables.quotes.set_index("quote_id"), {}
        for part in self.parts:
            places = [
                *addresses_in(part["task"] or ""),
                *(
                    f"{quotes.at[name, 'source_id']} ¶{quotes.at[name, 'paragraph']}"
                    for name in part["extracts"]
                ),
                *told_whole(self.tables, part),
                *(a for task in self._tasks(part) for a in addresses_in(task.snippet_address)),
            ]
            for place in places:
                found.setdefault(place, part["heading"])
        return found

    def _tasks(self, part: dict) -> list[Exercise]:
        return tasks_of(self.tables, self.handout["lesson"], part)

    def body(self) -> str:
        return "".join(map(self._part, self.parts))

    def _part(self, part: dict) -> str:
        new = part["leaf"] and not self.answers
        leaf = " class='leaf'" * (new and not part["together"])
        head = f"<h2{leaf}>{escape(part['heading'])}</h2>{AGAIN * new}"
        first, *others = points(part["task"]) or [""]
        head += f"<p>{marked(first)}</p>" if first else ""
        *middle, last = [f"<p class='point'>{marked(text)}</p>" for text in others] or [""]
        rest = "".join(middle) + last.replace("'point'", "'point lead'")
        lines = 0 if self.answers else part["lines"]
        ruled = "<div class='line'></div>" * lines + LEVEL * (part is self._marked())
        write = f"<div class='lines'>{ruled}</div>" if lines else ""
        rows = self.paper.letter(addresses_in(part["evidence"] or ""))
        more = extracts(self.tables, part["extracts"])
        more += self.paper.listed(rows) if rows else ""
        more += claims_table(self.tables, part)
        more += table(self.tables, part["table"], self.answers) if part["table"] else ""
        right = f"<div class='answer'><p>{marked(part['right'] or '')}</p></div>"
        more += right if self.answers and part["right"] else ""
        asks = self._asked(part)
        if lines:
            html = f"<section>{head}{rest}{more}{write}</section>{asks}"
        else:
            html = f"<section class='lead'>{head}</section>{rest}{more}{asks}"
        if not part["together"]:
            return html
        return f"<div class='screen{' leaf' * new}'>{WITH_THE_CLASS}{html}</div>"

    def _marked(self) -> dict | None:
        """The part of which the teacher marks the level: the last one to write in, in class."""
        return next((p for p in reversed(self.parts) if p["lines"] and not p["home"]), None)

    def _asked(self, part: dict) -> str:
        """The questions, each with where its evidence stands; the evidence before them."""
        tasks = self._tasks(part)
        closed = [t for t in tasks if is_closed(t) and not needs_screen(t, self.handout)]
        rows = [address for task in closed for address in self.paper.letter_for(task)]
        html = self.paper.listed(rows) if rows else ""
        for number, task in enumerate(tasks, 1):
            whence = self._whence(task, part["heading"]) if task in closed else ""
            on_screen = needs_screen(task, self.handout)
            question = asked(number, task, self.answers, whence, room=not on_screen)
            if on_screen:
                html += f"<section class='screen'>{WITH_THE_SCREEN}{question}</section>"
            else:
                html += f"<section>{question}</section>"
        return html

    def _whence(self, task: Exercise, here: str) -> str:
        """The line under a closed question: where on the sheet its evidence stands."""
        rule = rule_for(task, self.handout)
        return self.paper.whence(task, here, self._heading_of(rule) if rule else "")

    def _heading_of(self, rule: str) -> str:
        """The heading of the part in which the words of a rule stand. Raises LookupError."""
        for part in self.parts:
            exhibit = table(self.tables, part["table"], True) if part["table"] else ""
            if rule in (part["task"] or "") or escape(rule) in exhibit:
                return part["heading"]
        raise LookupError(f"no part of the sheet of {self.handout['lesson']} says “{rule}”")


def sheets_of(tables: Tables, lesson: str, sorts: Sequence[str] = SHEETS) -> list[Document]:
    """The sheets of a lesson that there are, of these sorts."""
    found = (lesson_sheet(tables, lesson, sort) for sort in sorts)
    return [sheet for sheet in found if sheet]
