"""The paper part of a lesson: extracts, a table to fill, tasks, and the evidence that its closed
questions need.
"""

import re
from collections.abc import Iterable
from html import escape

import casebook
from casebook.core.tables import Tables
from casebook.exercises import Exercise, exercises, find_exercise
from casebook.exercises.own import Own, read_own
from casebook.exercises.own_widget import as_exercise
from casebook.figure import TableExhibit, marked
from casebook.kit.needed import OnPaper, addresses_in, is_closed, needs_screen
from casebook.kit.page import LICENCE, Document, without_addresses
from casebook.kit.plainer import help_with
from casebook.kit.prose import key_list, page_text
from casebook.subjects.reports.charts.reports import extract
from casebook.subjects.reports.methods.coverage import reports

SHEETS = ("sheet", "home", "sheet-large", "home-large", "answers")
WHO = "<p>Made-up name, not your own: __________________ &emsp; Date: ____________</p>"
WITH_THE_SCREEN = "<p class='label'>With the screen</p>"


def lesson_sheet(tables: Tables, lesson: str, sort: str = "sheet") -> Document | None:
    """A sheet of a lesson ('01'): the pupil's for the lesson or for homework, both in large print
    without addresses, or the teacher's copy of both with answers. None where a lesson has no
    homework.

    Raises KeyError, naming those there are, for a lesson without a hand-out.
    """
    handouts = {h["lesson"]: h for h in tables.read_json("handouts")}
    if lesson not in handouts:
        raise KeyError(
            f"there is no hand-out for lesson {lesson!r}; there are: {', '.join(handouts)}"
        )
    row = tables.lessons.set_index("lesson").loc[lesson]
    own = read_own()
    wanted = [
        part
        for part in handouts[lesson]["parts"]
        if part["heading"] not in own.skipped.get(lesson, ())
        and (sort == "answers" or part["home"] == sort.startswith("home"))
    ]
    if not wanted:
        return None
    body = _Sheet(tables, handouts[lesson], wanted, sort == "answers").body()
    for_whom = {"answers": " · teacher's copy, with answers", "home": " · homework"}
    which = for_whom.get(sort.removesuffix("-large"), "")
    title = f"{lesson} · {row['title']}{which}"
    if not sort.startswith("home"):
        body += _own(lesson, own, sort == "answers")
    body += _key(lesson) if sort == "answers" else ""
    whole = (
        f"<h1>{escape(title)}</h1><p><strong>{escape(row['question'])}</strong></p>"
        f"{'' if sort == 'answers' else WHO}{body}"
        f"<p class='last'>Letters to Pact. {_documents(tables, body)} {LICENCE}</p>"
    )
    large = sort.endswith("-large")
    if large:
        outlets = tables.sources.set_index("source_id")["outlet"].to_dict()
        help_first = help_with(tables, lesson, page_text(lesson), body)
        whole = without_addresses(whole.replace(WHO, WHO + help_first), outlets)
    most = {"answers": 8, "sheet-large": 12, "home-large": 5}.get(sort, 4)
    return Document(f"{lesson}/{sort}", title, whole, large, most)


def _own(lesson: str, own: Own, answers: bool) -> str:
    """The teacher's own questions for the lesson."""
    asked = [question for question in own.questions if question.lesson == lesson]
    html = [
        f"<section>{_exercise(number, as_exercise(question), answers, '')}</section>"
        for number, question in enumerate(asked, 1)
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


def _key(lesson: str) -> str:
    """The answers of the teacher's page, those to open tasks too."""
    return f"<h2>Key, as on the teacher's page</h2>{key_list(page_text(lesson))}"


def _documents(tables: Tables, body: str) -> str:
    """Where the articles named on the page can be read."""
    named = [
        s
        for s in tables.sources.itertuples()
        if any(sign in body for sign in (f"{s.source_id} ¶", f">{escape(s.outlet)}<"))
    ]
    titles = " ".join(f"{escape(s.outlet)} ({s.source_id}): “{escape(s.title)}”." for s in named)
    return f"{titles} The articles' texts are not carried here." if named else ""


class _Sheet:
    """A sheet in the making: its parts, and what is printed on it as evidence."""

    def __init__(self, tables: Tables, handout: dict, parts: list[dict], answers: bool):
        self.tables, self.handout, self.parts, self.answers = tables, handout, parts, answers
        self.paper = OnPaper(tables, self._printed())

    def _printed(self) -> Iterable[str]:
        """The addresses whose words stand in the sheet's extracts, tasks and tables of claims."""
        quotes = self.tables.quotes.set_index("quote_id")
        for part in self.parts:
            yield from addresses_in(part["task"] or "")
            for name in part["extracts"]:
                yield f"{quotes.at[name, 'source_id']} ¶{quotes.at[name, 'paragraph']}"
            yield from _told_whole(self.tables, part["topics"])
            for task in self._tasks(part):
                yield from addresses_in(task.snippet_address)

    def _tasks(self, part: dict) -> list[Exercise]:
        asked = [find_exercise(self.tables, name) for name in part["exercises"]]
        if part["check_out"]:
            asked += exercises(self.tables, self.handout["lesson"], group="check-out")
        return asked

    def body(self) -> str:
        return "".join(map(self._part, self.parts))

    def _part(self, part: dict) -> str:
        head = f"<h2>{escape(part['heading'])}</h2>"
        head += "".join(f"<p>{marked(text)}</p>" for text in _points(part["task"]))
        head += _extracts(self.tables, part["extracts"])
        lines = 0 if self.answers else part["lines"]
        ruled = "<div class='line'></div>" * lines
        write = f"<div class='lines'>{ruled}</div>" if lines else ""
        more = _claims(self.tables, part["topics"]) if part["topics"] else ""
        more += _table(self.tables, part["table"], self.answers) if part["table"] else ""
        asked = "".join(self._asked(self._tasks(part)))
        if more and not asked:
            html = f"<section>{head}</section><section>{more}{write}</section>"
        else:
            html = f"<section>{head}{write}</section>{more}{asked}"
        return f"<div class='screen'>{WITH_THE_SCREEN}{html}</div>" if part["screen"] else html

    def _asked(self, tasks: list[Exercise]) -> list[str]:
        """The questions, each with where its evidence stands; the evidence before them."""
        on_paper = [
            task for task in tasks if is_closed(task) and not needs_screen(task, self.handout)
        ]
        rows = [address for task in on_paper for address in self.paper.letter(task)]
        html = [self.paper.listed(rows)] if rows else []
        for number, task in enumerate(tasks, 1):
            whence = self.paper.whence(task) if task in on_paper else ""
            asked = _exercise(number, task, self.answers, whence)
            boxed = needs_screen(task, self.handout)
            box = f"<section class='screen'>{WITH_THE_SCREEN}{asked}</section>"
            html.append(box if boxed else f"<section>{asked}</section>")
        return html


def _points(task: str | None) -> list[str]:
    """A task in paragraphs: what is numbered (1), (2) … stands on lines of its own."""
    return re.split(r" (?=\(\d\) )", task) if task else []


def _extracts(tables: Tables, quotes: list[str]) -> str:
    """The quotations with what is known of each; a paragraph that two of them come from is told
    once.
    """
    html, told = "", ""
    for name in quotes:
        exhibit = extract(tables, name)
        around, place = exhibit.rows[-1], exhibit.source.split(". The whole")[0]
        html += f"<blockquote>{exhibit.head[1]}<sup>{escape(place)}</sup></blockquote>"
        known = f"{escape(exhibit.title)}."
        if around[1] != told:
            known += f" {around[0]}: {around[1]}"
        html, told = f"{html}<p><small>{known}</small></p>", around[1]
    return html


def _claims_on(tables: Tables, topics: list):
    """The claims of the reports on these topics, but for what a page template added."""
    wanted = tables.claims["topic"].isin(topics) & (tables.claims["role"] != "artefact")
    return tables.claims[wanted & tables.claims["source_id"].isin(reports(tables))]


def _told_whole(tables: Tables, topics: list) -> Iterable[str]:
    """The paragraphs of which every claim is among those on these topics."""
    printed = set(_claims_on(tables, topics)["claim_id"])
    for (source, paragraph), claims in tables.claims.groupby(["source_id", "paragraph"]):
        if printed.issuperset(claims["claim_id"]):
            yield f"{source} ¶{paragraph}"


def _claims(tables: Tables, topics: list) -> str:
    """What each report says on these topics, in our words, side by side, for a class without the
    articles.
    """
    claims, sources = _claims_on(tables, topics), reports(tables)
    outlets = tables.sources.set_index("source_id")["outlet"]
    rows = [
        [_told(claims[(claims["topic"] == topic) & (claims["source_id"] == s)]) for s in sources]
        for topic in topics
    ]
    lines = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return (
        "<table class='evidence'><thead><tr>"
        f"{''.join(f'<th>{escape(outlets[s])}</th>' for s in sources)}</tr></thead>"
        f"<tbody>{lines}</tbody></table>"
    )


def _told(claims) -> str:
    """What one report says on one topic, claim after claim with its paragraph."""
    return " ".join(f"¶{c.paragraph} {escape(c.claim)}" for c in claims.itertuples()) or "–"


def _table(tables: Tables, wanted: dict, answers: bool) -> str:
    """An exhibit of words with its cells left blank but for boxes to tick, or filled in the
    teacher's copy; only the rows named, in the order in which they are named.
    """
    exhibit = getattr(casebook, wanted["exhibit"])(tables)
    rows = [row for name in wanted["rows"] or [""] for row in exhibit.rows if name in row[0]]
    blank = (
        rows
        if answers
        else [
            [first, *[cell if cell.startswith("☐") else "" for cell in cells]]
            for first, *cells in rows
        ]
    )
    return f"<div class='fill'>{TableExhibit(exhibit.head, blank, exhibit.widths).body()}</div>"


def _exercise(number: int, task: Exercise, answers: bool, whence: str) -> str:
    html = ""
    if task.snippet:
        html += (
            f"<blockquote>{marked(task.snippet)}<sup>{escape(task.snippet_address)}</sup>"
            "</blockquote>"
        )
    html = f"<p><strong>{number}.</strong> {marked(task.question)}</p>{html}"
    html += f"<p><small>{escape(whence)}</small></p>" if whence else ""
    html += _to_answer(task, answers)
    if answers:
        right = [
            text for value, text, _ in task.choices if task.kind != "sort" and value in task.key
        ] or ([f"{task.key}."] if task.kind in ("number", "predict") else [])
        html += f"<div class='answer'><p>{escape(' '.join(right))} {marked(task.worked)}</p></div>"
    return html


def _to_answer(task: Exercise, answers: bool) -> str:
    """Where the answer is put: a table for a sorting, boxes, lines, a number."""
    if task.kind == "sort":
        heads = "".join(f"<th>{escape(b)}</th>" for b in task.bins)
        cells = "".join(
            f"<tr><td>{escape(text)}</td>"
            + "".join(
                f"<td>{'✓' if answers and task.key[value] == b else ''}</td>" for b in task.bins
            )
            + "</tr>"
            for value, text, _ in task.choices
        )
        return f"<table><thead><tr><th></th>{heads}</tr></thead><tbody>{cells}</tbody></table>"
    if task.choices:
        items = "".join(f"<li>{escape(text)}</li>" for _, text, _ in task.choices)
        return f"<ul class='box'>{items}</ul>"
    if task.kind == "sentence":
        return "<div class='line'></div><div class='line'></div>"
    return "<p>Your number: __________</p>"
