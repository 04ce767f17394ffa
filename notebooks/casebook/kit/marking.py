"""The marking side of a lesson: rubric, a sample and a next step for each level, and the key to
what is written on the sheet in class, by its headings and boxes.
"""

import re
from html import escape

from casebook.core.tables import Tables
from casebook.exercises import COMMITMENTS, Exercise
from casebook.exercises.own import read_own
from casebook.figure import Html, cell, html_table, in_markdown, marked, small
from casebook.kit.page import Document
from casebook.kit.pieces import BOX, filled, right
from casebook.kit.prose import inline, page_text, section, table_of
from casebook.kit.sheet import handout_of, own_tasks, tasks_of

LEVELS = ("4", "3", "2", "1")
HOW = (
    "A level is a place to go on from, and no mark. Take the one that fits best, of two the lower,"
    " and say the step beside it; where that is done already, ask for the first thing that is"
    " missing of the next. A reason that is not so counts as none. The samples are invented."
)
KEY = (
    "Mark only what was set for all. Tick what is right; where it is not, circle a table's cell,"
    " and elsewhere underline the line “Evidence” of the question or, where it has none, the word"
    " that decides. Two ticks are not yet right. A guess, a vote, a sentence of one's own has no"
    " mark: ask what changed it. Reasons, homework and what is only talked about: {lesson}/answers."
)
NOT_MARKED = {
    "predict": "guess",
    "vote": "vote",
    "sentence": "own sentence",
}


class Marking:
    """What a lesson's page for teachers says on marking.

    ``task`` is what was asked; ``levels`` are {level: (what it looks like, a sample, the next
    step)}; ``doubt`` is how what a level may leave in doubt is settled, "" where nothing is.
    """

    def __init__(self, text: str):
        rubric = section(text, "Rubric")
        steps = {row[0]: row[1:] for row in table_of(section(text, "The next step"))}
        looks = {row[0]: row[1] for row in table_of(rubric)}
        # No pupil writes an address.
        rubric = re.sub(r"<sup>.*?</sup>", "", in_markdown(rubric))
        samples = dict(
            re.findall(r"^\*\*A level (\d) answer:\*\* (.+?)(?=\n\n|\Z)", rubric, re.M | re.S)
        )
        doubt = re.search(r"^\*\*In doubt:\*\* .+$", rubric, re.M)
        self.doubt = doubt[0] if doubt else ""
        self.task = re.search(r"^## Rubric: ?(.*)", text, re.M)[1].strip("“”")
        self.levels = {
            level: (
                looks.get(level, ""),
                samples.get(level) or (steps[level][0] if level in steps else ""),
                steps[level][1] if level in steps else "",
            )
            for level in LEVELS
        }

    def missing(self) -> list[str]:
        """What a level still lacks, in words; empty where the marking side is whole."""
        parts = ("what it looks like", "a sample", "a next step")
        return [
            f"level {level}: {part}"
            for level, said in self.levels.items()
            for part, text in zip(parts, said)
            if not text
        ]


def marking_side(tables: Tables, lesson: str) -> Document:
    """The rubric with a sample and a next step for each level, and the key, on one side."""
    row = tables.lessons.set_index("lesson").loc[lesson]
    marking = Marking(page_text(lesson))
    levels = [
        [level, inline(looks), small(cell(inline(sample))), inline(step)]
        for level, (looks, sample, step) in marking.levels.items()
    ]
    head = ["Level", "What it looks like", "A sample", "What to say next"]
    title = f"{lesson} · {row['title']} · marking"
    doubt = f"<p>{inline(marking.doubt)}</p>" if marking.doubt else ""
    body = (
        f"<h1>{escape(title)}</h1><p><strong>{escape(marking.task)}</strong> {HOW}</p>"
        f"{html_table(head, levels, '', (6, 27, 40, 27))}{doubt}"
        f"<h2>Key</h2><p>{KEY.format(lesson=lesson)}</p>{key_of(tables, lesson)}"
    )
    return Document(f"{lesson}/marking", title, body, most=1)


def key_of(tables: Tables, lesson: str) -> str:
    """The key to what is written on the sheet of a lesson in class, part by part, as HTML."""
    parts = handout_of(tables, lesson)["parts"]
    written = [part for part in parts if not part["home"] and not is_spoken(part)]
    key = "".join(_of_part(tables, lesson, part) for part in written)
    asked = _of_tasks(own_tasks(lesson, read_own()))
    return key + (f"<p><strong>Your own questions.</strong> {asked}</p>" if asked else "")


def is_spoken(part: dict) -> bool:
    """Whether a part is talked about and nothing: it has no line, gap, table, question or mark."""
    writes = part["lines"] or part["table"] or part["exercises"] or part["check_out"]
    asks = part["task"] or ""
    return bool(part["right"]) and not writes and not re.search(r"____|[Uu]nderline|Write", asks)


def _of_part(tables: Tables, lesson: str, part: dict) -> str:
    """The key to a part: its open tasks in words, its questions by their boxes, its table filled;
    "" where nothing in it is right or wrong.
    """
    said = [marked(part["right"])] if part["right"] else []
    said += filter(None, [_of_tasks(tasks_of(tables, lesson, part))])
    wanted, grid = part["table"], ""
    if wanted and not wanted["given"] and not part["together"]:
        words, grid = _of_table(tables, wanted)
        said += filter(None, [words])
    if not said and not grid:
        return ""
    return f"<p><strong>{named(part)}</strong> {' '.join(said)}</p>{grid}"


def _of_table(tables: Tables, wanted: dict) -> tuple[str, str]:
    """What belongs into the table of a sheet, line by line as they stand there: in words, and as a
    grid where there is more than one column to fill. Both "" where there are boxes to tick as one
    sees it.
    """
    head, rows, _ = filled(tables, wanted)
    if any(c.startswith(BOX) for row in rows for c in row):
        return "", ""
    lines = [[_plain(c) for c in cells] for _, *cells in rows]
    if all(line == lines[0] for line in lines):
        return f"In every line: {' | '.join(lines[0])}.", ""
    if head[2:]:
        numbered = [[str(number), *map(Html, line)] for number, line in enumerate(lines, 1)]
        return "", html_table(["Line", *head[1:]], numbered, "key")
    told = (f"<strong>Line {number}</strong> {line[0]}." for number, line in enumerate(lines, 1))
    return " ".join(told), ""


def _plain(words: str) -> str:
    """A cell as HTML without the looks of a badge."""
    return re.sub(r"<[^>]+>", "", cell(words)).strip().replace("_", " ")


def named(part: dict) -> str:
    """The heading of a part before what is said of it: with a full stop, unless it asks."""
    heading = escape(part["heading"])
    return heading if heading.endswith("?") else f"{heading}."


def _of_tasks(tasks: list[Exercise]) -> str:
    """The questions with what is right in each, numbered as on the sheet."""
    said = []
    for number, task in enumerate(tasks, 1):
        commits = f"({NOT_MARKED[task.kind]}) " if task.kind in COMMITMENTS else ""
        told = f"{commits}{right(task)}".strip()
        said.append(f"<strong>{number}</strong> {escape(told)}")
    return " ".join(f"{text.rstrip('.')}." for text in said)
