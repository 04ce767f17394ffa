"""Whole pages: a lesson from its notebook, the index from the table of lessons."""

import json
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from casebook.core.tables import Tables
from casebook.edition import frames
from casebook.edition.catalogue import described, in_script
from casebook.edition.notebook import Block, blocks, for_steps
from casebook.edition.parts import Parts
from casebook.edition.prose import Heading, Prose
from casebook.edition.states import is_alive, panel_data
from casebook.edition.tasks import lesson_tasks, veiled
from casebook.exercises import Exercise
from casebook.exercises.tally import counted
from casebook.panel.explore import DeclaredPanel
from casebook.panel.panel import Panel

NAME = "Letters to Pact"
INDEX = "index.html"
ABOUT = (
    "<p class='ed-about'>The {} as a page: {}. What you answer is kept in this browser; where the"
    " text speaks of the folder <code>my_work</code>, look at <a href='#your-answers'>Your"
    " answers</a>.</p>"
)
NOTHING = "there is nothing to run"
IN_PARTS = "nothing has to be run, and a part that needs Python says so"
TIERS = {
    "opening": "Begin here",
    "core path": "Core path",
    "option": "Options",
    "methods lab": "Methods lab",
}


class Page(NamedTuple):
    """A page of the edition: its file's name without ending, title, HTML, and its data as the
    script that sets it going.
    """

    name: str
    title: str
    html: str
    data: str


class _Lesson:
    """A lesson's page in the making."""

    def __init__(self, tables: Tables):
        self.tables, self.prose, self.parts = tables, Prose(), Parts()
        self.panels: list[dict] = []
        self.scenes: list[dict] = []
        self.tasks: list[Exercise] = []
        self.own_work = False

    def piece(self, block: Block) -> str:
        """A block of the notebook as HTML."""
        if block.kind == "panel":
            return self._panel(block.panel)
        make = {
            "prose": self.prose.html,
            "code": frames.code,
            "plain": frames.plain,
            "output": frames.output,
        }
        return make[block.kind](block.text)

    def _panel(self, panel: Panel) -> str:
        task, part = panel.asks or (None, "")
        if part == "my work":
            self.own_work = True
            return frames.own_work("h3")
        if task:
            self.tasks.append(task)
            return frames.asked(panel, task, part)
        if panel.in_page:
            html = frames.scene(panel, len(self.scenes))
            self.scenes.append(self._scene(panel))
            return html
        if not isinstance(panel, DeclaredPanel) or not is_alive(panel):
            return frames.declared(panel, None)
        note = frames.NOT_YOURS if panel.fresh else ""
        html = frames.declared(panel, len(self.panels), note)
        self.panels.append(panel_data(panel, self.parts))
        return html

    def _scene(self, panel: Panel) -> dict:
        """What the model needs that does in a page what the panel does."""
        model, data = panel.in_page
        states = {}
        if isinstance(panel, DeclaredPanel) and panel.states() is not None:
            states = {"panel": panel_data(panel, self.parts)}
        return {"model": model, **data(), **states}

    def data(self, lesson: str) -> dict:
        """What the page's script needs."""
        tasks = lesson_tasks(self.tables, lesson, self.tasks) if self.tasks else None
        return {
            "panels": self.panels,
            "parts": self.parts.texts,
            "tasks": veiled(tasks) if tasks else "",
            "scenes": veiled(self.scenes) if self.scenes else "",
        }


def lesson_page(tables: Tables, notebook: Path) -> Page:
    """The page of a notebook."""
    lesson, name = _Lesson(tables), notebook.stem
    cells: dict[int, list[str]] = {}
    for block in blocks(notebook):
        cells.setdefault(block.cell, []).append(lesson.piece(block))
    pieces = [frames.cell_of(place, "\n".join(parts)) for place, parts in cells.items()]
    title, *headings = lesson.prose.headings
    if not lesson.own_work:
        pieces.append(frames.own_work())
    done = [task.id for task in counted(tables, name[:2])] if lesson.tasks else []
    onwards = onward(tables, name)
    needs = any(frames.LAB in piece for piece in pieces)
    told = ABOUT.format("lesson" if onwards else "notebook", IN_PARTS if needs else NOTHING)
    body = [pieces[0], told, contents(headings, done), *pieces[1:], onwards]
    data = script(lesson.data(name[:2]) | {"cells": for_steps(notebook)})
    about = described(tables, name)
    return Page(name, title.html, whole(title.html, "\n".join(body), name, about), data)


def onward(tables: Tables, name: str) -> str:
    """The way to the lesson before and the one after; nothing beside a page that is no lesson."""
    lessons = list(tables.lessons.itertuples())
    place = next((n for n, row in enumerate(lessons) if row.file[:-6] == name), None)
    if place is None:
        return ""
    ways = [("Before", place - 1, "prev"), ("Next", place + 1, "next")]
    links = "".join(
        f"<li><a rel='{rel}' href='{lessons[at].file[:-6]}.html'>{word}: {lessons[at].lesson} ·"
        f" {escape(lessons[at].title)}</a></li>"
        for word, at, rel in ways
        if 0 <= at < len(lessons)
    )
    all_lessons = f"<li><a href='{INDEX}'>All lessons</a></li>"
    return f"<nav class='ed-onward' aria-label='Onward'><ul>{links}{all_lessons}</ul></nav>"


def contents(headings: Sequence[Heading], done: Sequence[str] = ()) -> str:
    """The table of contents of a page, folded, with how many of the tasks ``done`` names are."""
    items = "".join(
        f"<li class='ed-level-{h.level}'><a href='#{escape(h.name)}'>{h.html}</a></li>"
        for h in headings
    )
    items += f"<li><a href='#your-answers'>{frames.ANSWERS}</a></li>"
    count = f" <small data-counted='{' '.join(done)}'></small>" if done else ""
    return (
        "<nav class='ed-contents' aria-label='On this page'><details><summary>On this"
        f" page{count}</summary><ol>{items}</ol></details><p><a class='ed-show'"
        " href='?present'>Show on a projector, a step a screen</a></p></nav>"
    )


def index_page(tables: Tables, pages: Sequence[Page], kit: str = "") -> Page:
    """The first page: all lessons, with their questions, and the way to the teacher's kit where
    ``kit`` says where it lies.
    """
    lessons = tables.lessons.set_index("file")
    by_name = {page.name: page for page in pages}
    parts = [
        f"<h1>{NAME}</h1><p>How to read sources: a casebook on Russia and North Korea, from the"
        " letters of August 2022 through the pact of June 2024 to the letter of January 2026. Each"
        " lesson below is a page that works by itself.</p>"
    ]
    for tier, heading in TIERS.items():
        rows = [row for row in lessons.itertuples() if row.tier == tier]
        parts.append(_listed(heading, [_entry(tables, by_name.pop(r.Index[:-6]), r) for r in rows]))
    rest = [f"<li><a href='{name}.html'>{page.title}</a></li>" for name, page in by_name.items()]
    parts += [_listed("After class", rest) if rest else "", frames.own_work()]
    if kit:
        parts.append(
            f"<p><small>For teachers: <a href='{kit}'>the kit</a>, with sheets to print, plans and"
            " answers.</small></p>"
        )
    body = "\n".join(parts)
    return Page("index", NAME, whole(NAME, body, "", described(tables, "")), script({}))


def _listed(heading: str, items: Iterable[str]) -> str:
    return f"<h2>{heading}</h2><ul class='ed-lessons'>{''.join(items)}</ul>"


def _entry(tables: Tables, page: Page, row: pd.Series) -> str:
    ids = " ".join(task.id for task in counted(tables, row.lesson))
    return (
        f"<li><a href='{page.name}.html'>{row.lesson} · {escape(row.title)}</a><br>"
        f"{escape(row.question)} <small>{row.minutes} minutes. <span data-counted='{ids}'></span>"
        "</small></li>"
    )


def script(data: dict) -> str:
    """A page's data as a script, which starts the page: ``file:`` lets no script fetch data."""
    return f"casebook.start({coded(data)});\n"


def coded(data: dict) -> str:
    """Data as JSON, which is JavaScript too."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def whole(title: str, body: str, name: str, about_it: dict) -> str:
    """A whole page around its main part; ``name`` is the lesson's, "" for the index; ``about_it``
    is what a catalogue reads of it.
    """
    about = title if title == NAME else f"{title} · {NAME}"
    scripts = "".join(
        f"<script defer src='{file}'></script>"
        for file in ("assets/edition.js", "assets/addresses.js", f"data/{name or 'index'}.js")
    )
    up = f"<a href='{INDEX}'>{NAME}: all lessons</a>" if name else NAME
    return (
        "<!doctype html>\n<html lang='en'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'>"
        f"<meta name='color-scheme' content='light dark'><title>{about}</title>"
        f"<link rel='icon' href='data:,'><link rel='stylesheet' href='assets/edition.css'>{scripts}"
        f"<script type='application/ld+json'>{in_script(about_it)}</script>"
        "</head><body><a class='ed-skip' href='#main'>Skip to the lesson</a>"
        f"<header><nav aria-label='Lessons'>{up}</nav></header>"
        f"<main id='main' tabindex='-1'>\n{body}\n</main>"
        "<footer><p>Teaching text and data: CC BY 4.0. Quotations remain their authors'.</p>"
        "</footer></body></html>\n"
    )
