"""Teachers' pages in Markdown as documents of the kit: whole, with every address opened at the end,
or their marking part on one side.
"""

import re
from html import escape
from pathlib import Path

import mistune

from casebook.core.addresses import PATTERN
from casebook.core.tables import Tables
from casebook.figure import Html, cell, html_table, small
from casebook.kit.needed import addresses_in
from casebook.kit.page import Document

TEACH = Path(__file__).resolve().parents[3] / "teach"
LEVELS = ("4", "3", "2", "1")
_markdown = mistune.create_markdown(escape=True, plugins=["table"])
_ADDRESS = re.compile(
    rf"(?<![\w-])({re.sub(r'[(][?]P<[a-z]+>', '(?:', PATTERN.pattern)})(?![^<]*>)"
)


def html_of(markdown: str) -> str:
    """Markdown as HTML; a link to another page of ours is its words alone, for on paper there is
    none.
    """
    alone = re.sub(r"\[([^\]]+)\]\((?!https?:)[^)]*\)", r"\1", markdown)
    return str(_markdown(alone))


def page_of(tables: Tables, path: Path, name: str, most: int = 10) -> Document:
    """A page of ours as a document: each address leads to what stands there, at the end of the
    page.

    Raises KeyError for an address that leads nowhere.
    """
    text = path.read_text(encoding="utf-8")
    title = re.match(r"# (.+)", text)[1]
    return Document(name, title, opened(tables, html_of(text)), most=most)


def opened(tables: Tables, html: str) -> str:
    """The page with its addresses as links to a list of what stands at each."""
    named = sorted(addresses_in(html))
    if not named:
        return html
    linked = _ADDRESS.sub(lambda found: f"<a href='#{_anchor(found[0])}'>{found[0]}</a>", html)
    rows = "".join(
        f"<tr><th id='{_anchor(address)}'>{address}</th><td>{_told(tables, address)}</td></tr>"
        for address in named
    )
    return (
        f"{linked}<h2>Every address on this page</h2><table class='evidence'><thead><tr>"
        f"<th style='width: 17%'>Address</th><th style='width: 83%'>What stands there</th></tr>"
        f"</thead><tbody>{rows}</tbody></table>"
    )


def _anchor(address: str) -> str:
    return address.replace(" ¶", "-")


def _told(tables: Tables, address: str) -> str:
    """What stands at an address, with its source, and a link to the page where it may be one."""
    row = tables.resolve(address)[0]
    where = escape(row.source)
    if row.link.startswith(("https://", "http://")):
        where = f"<a href='{escape(row.link)}'>{where or 'its page'}</a>"
    return f"{escape(row.text)} <small>{where}</small>"


def section(text: str, heading: str) -> str:
    """What stands under a heading of the second rank, '' where there is none; the heading may go
    on.
    """
    found = re.search(rf"^## {re.escape(heading)}[^\n]*\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    return found[1].strip() if found else ""


def table_of(text: str) -> list[list[str]]:
    """The rows of the first Markdown table of a text, without head and rule, cells as Markdown."""
    rows = [
        [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip().strip("|"))]
        for line in text.splitlines()
        if line.lstrip().startswith("|")
    ]
    return rows[2:]


class Marking:
    """What a lesson's page for teachers says on marking.

    ``task`` is what was asked; ``levels`` are {level: (what it looks like, a sample, the next
    step)}; ``key`` are the (question, answer) of the core and the check-out.
    """

    def __init__(self, text: str):
        rubric = section(text, "Rubric")
        steps = {row[0]: row[1:] for row in table_of(section(text, "The next step"))}
        looks = {row[0]: row[1] for row in table_of(rubric)}
        samples = dict(
            re.findall(r"^\*\*A level (\d) answer:\*\* (.+?)(?=\n\n|\Z)", rubric, re.M | re.S)
        )
        self.task = re.search(r"^## Rubric: ?(.*)", text, re.M)[1].strip("“”")
        self.levels = {
            level: (
                looks.get(level, ""),
                samples.get(level) or (steps[level][0] if level in steps else ""),
                steps[level][1] if level in steps else "",
            )
            for level in LEVELS
        }
        self.key = [
            (row[0], row[1])
            for row in table_of(section(text, "Answers"))
            if not row[0].startswith(("*More time*", "More time", "Code track"))
        ]

    def missing(self) -> list[str]:
        """What a level still lacks, in words; empty where the marking side is whole."""
        parts = ("what it looks like", "a sample", "a next step")
        return [
            f"level {level}: {part}"
            for level, said in self.levels.items()
            for part, text in zip(parts, said)
            if not text
        ]


def page_text(lesson: str) -> str:
    """The teacher's page of a lesson, as Markdown."""
    return (TEACH / f"{lesson}.md").read_text(encoding="utf-8")


def key_list(text: str) -> str:
    """The answers of the core and the check-out, as a list, from a teacher's page."""
    return "<ul>{}</ul>".format(
        "".join(
            f"<li><strong>{_inline(question)}</strong>: {_inline(answer)}</li>"
            for question, answer in Marking(text).key
        )
    )


def marking_side(tables: Tables, lesson: str) -> Document:
    """The key, the rubric, a sample and a next step for each level, on one side."""
    text = page_text(lesson)
    row = tables.lessons.set_index("lesson").loc[lesson]
    marking = Marking(text)
    levels = [
        [level, _inline(looks), small(cell(_inline(sample))), _inline(step)]
        for level, (looks, sample, step) in marking.levels.items()
    ]
    title = f"{lesson} · {row['title']} · marking"
    body = (
        f"<h1>{escape(title)}</h1><p><strong>{escape(marking.task)}</strong> A level is a"
        " place to go on from, and no mark. The samples are invented; no pupil wrote them.</p>"
        + html_table(
            ["Level", "What it looks like", "A sample", "What to say next"],
            levels,
            "",
            (6, 27, 40, 27),
        )
        + f"<h2>Key</h2>{key_list(text)}"
    )
    return Document(f"{lesson}/marking", title, body, most=1)


def _inline(markdown: str) -> Html:
    """A cell of a Markdown table as HTML; a number at its beginning makes no list of it."""
    html = html_of(re.sub(r"^(\d+)\.", r"\1\.", markdown)).strip()
    return Html(html.removeprefix("<p>").removesuffix("</p>"))
