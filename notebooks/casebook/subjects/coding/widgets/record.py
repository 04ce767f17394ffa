"""A record of one's own document: a form, the build's own checks as one writes, a look at the
charts with it, saved as YAML.

What reads and checks records (YAML, pydantic) is imported at the first change, or when the kernel
is idle, not before: a lesson that runs to its end never waits for it. Only the files of this form
may import ``records`` and ``build``.
"""

import json
from functools import cached_property
from html import escape

from ipywidgets import HTML, Button, Dropdown, HBox, Text, VBox

from casebook.answers import learner
from casebook.core.tables import Tables
from casebook.figure.english import several, shortened
from casebook.panel.idle import when_idle
from casebook.panel.kept import keep
from casebook.panel.panel import Panel, made
from casebook.subjects.coding.widgets import record_views as views
from casebook.subjects.coding.widgets.record_files import Files, article
from casebook.subjects.coding.widgets.record_shape import (
    HEAD,
    LISTS,
    LONGEST,
    MOST_ROWS,
    PARTS,
    Column,
    as_record,
    columns,
    copied,
    name_of,
    next_name,
    place_of,
)

__all__ = ["write_record"]

KIND, DRAFT = "writing", "10-record"  # kept with the learner's work, and never exported
HELP = "what to write"
VIEWS = ("the record", HELP, "in the arc", "in coverage", "in voices", "as YAML")
MOST_SHOWN = 20  # problems


def write_record(tables: Tables) -> Panel:
    """A form for a record, opened with what was kept of it, else with the worked example."""
    # Not declared: the form's fields change with what is written, and all of it is kept.
    form = Form(tables)
    when_idle(form.ready)
    form.panel.not_in_page = (
        "A record is read by the program that builds the casebook's tables, which no page carries:"
        " this form does not work here."
    )
    return form.panel


class Form:
    """The form's state: the record, the part and row that are open, the problems found at the last
    check (None: not yet).
    """

    def __init__(self, tables):
        self.tables, self.problems, self.text = tables, None, ""
        self.row, self.removed, self.files = 0, None, Files(self)
        self.worked = tables.read_json("worked")[0]
        self.record, self.told = self._kept()
        self.part = self._made(Dropdown, "Part", "the document", "420px", options=list(PARTS))
        self.view = made(
            Dropdown, options=list(VIEWS), value=VIEWS[0], description="Show it", width="330px"
        )
        self.button = made(Button, description="Check it")
        self.fields = made(VBox, [], width="100%")
        last = made(HBox, [self.view, self.button])
        last.add_class("lp-controls")
        self.panel = Panel(
            "Can the build read your record?",
            [made(VBox, [self.part, self.fields, last], width="100%")],
        )
        self.panel.watch(lambda _: self.open_part(), self.part)
        self.panel.watch(lambda _: self.draw(), self.view)
        self.button.on_click(lambda _: self.check())
        self.open_part()

    def columns(self, part: str) -> list[Column]:
        """The fields of a part of a record."""
        return columns(self._package, part)

    @cached_property
    def _package(self) -> dict:
        return self.tables.read_json("datapackage")

    # -- keeping -----------------------------------------------------------------------------------

    def _kept(self) -> tuple[dict, str]:
        """The record to begin with, and what to say of it."""
        kept = learner().kept(KIND, DRAFT)
        if kept is None:
            return copied(self.worked), "The worked example; the build has checked it. "
        try:
            record = as_record(json.loads(kept))
        except ValueError as why:
            told = f"What was kept can't be used ({why}); this is the worked example. "
            return copied(self.worked), told
        return record, "Your record, as you left it. "

    def changed(self) -> None:
        """After any change: keep the draft, check, show."""
        self.files.asked = ""
        problem = keep(KIND, DRAFT, json.dumps(self.record, ensure_ascii=False))
        self.check(f"{problem} " if problem else "")

    def ready(self) -> None:
        """Read the other records and import what reads them, ahead of the first check."""
        from casebook.build import one

        one.check(self.record)

    def check(self, told: str = "") -> None:
        from casebook.build import one

        self.problems = one.check(self.record, self.text)
        self.told = ""
        self.draw(told)

    # -- parts of the form -------------------------------------------------------------------------

    def open_part(self) -> None:
        part = PARTS[self.part.value]
        self.row, self.files.asked = 0, ""
        if part == "text":
            self.fields.children = article(self)
        elif part == "files":
            self.fields.children = self.files.controls()
        else:
            self.fields.children = (
                self._fields(part, self.record) if part == "sources" else self._rows(part)
            )
        self.draw()

    def _fields(self, part: str, row: dict) -> list[Dropdown | Text]:
        """A control for each field of a row, or of the document."""
        return [self._field(part, row, *column) for column in self.columns(part)]

    def _field(self, part, row, name, meaning, values, required) -> Dropdown | Text:
        value = str(row.get(name, ""))
        if values:
            # A value that is not allowed stays in the record, and the check names it; the list
            # shows it as such.
            strange = [(f"{value[:60]} (not allowed)", value)] * bool(value and value not in values)
            options = [("choose …" if required else "–", ""), *((v, v) for v in values), *strange]
            control = self._made(Dropdown, name, value, "420px", options=options)
        else:
            traits = {"placeholder": meaning, "continuous_update": False}
            control = self._made(Text, name, value, "98%", **traits)

        def on_change(change):
            if len(change["new"]) > LONGEST:
                self.draw(
                    f"{name}: {len(change['new']):,} characters are too many; at most"
                    f" {LONGEST:,}. It was not taken over. "
                )
                return
            row[name] = change["new"].strip()
            if name in ("paragraph", HEAD.get(part)):
                self.sort(part, row)
            self.changed()

        self.panel.watch(on_change, control)
        return control

    @staticmethod
    def _made(kind, name, value, width, **traits) -> Dropdown | Text:
        return made(kind, value=value, description=name, width=width, name_width="140px", **traits)

    def _rows(self, part):
        """A row to choose, its fields, and buttons to add, delete and put back."""
        rows = self.record.setdefault(part, [])
        names = [(f"{n}. {name_of(part, row)}", n) for n, row in enumerate(rows, 1)] or [
            ("no row yet", 0)
        ]
        self.row = min(max(self.row, 1), len(rows))
        choice = self._made(Dropdown, "Row", self.row, "98%", options=names)
        buttons = [
            made(Button, description=name)
            for name in ("Add a row", "Delete this row", "Put it back")
        ]
        line = made(HBox, buttons)
        line.add_class("lp-controls")
        self.panel.watch(lambda change: self.go_to(part, change["new"]), choice)
        for button, do in zip(buttons, (self.add, self.delete, self.put_back)):
            button.on_click(lambda _, do=do: do(part))
        self.choice, self.editor = choice, made(VBox, self._row_fields(part), width="100%")
        return [choice, line, self.editor]

    def _row_fields(self, part):
        rows = self.record[part]
        if not rows:
            return [made(HTML, "<p>No row yet: add one.</p>")]
        return self._fields(part, rows[self.row - 1])

    def sort(self, part: str, row: dict) -> None:
        """Keep the order of the text, which the build demands; the row that is open stays open."""
        if part in ("claims", "quotes", "signs"):
            self.record[part].sort(key=place_of)
        self.row = next(n for n, other in enumerate(self.record[part], 1) if other is row)
        self.name_rows(part)

    def name_rows(self, part: str) -> None:
        """The list of rows anew, with the open one chosen."""
        names = [(f"{n}. {name_of(part, row)}", n) for n, row in enumerate(self.record[part], 1)]
        with self.panel.quietly():
            self.choice.options = names or [("no row yet", 0)]
            self.choice.value = self.row

    def go_to(self, part: str, number: int) -> None:
        if number:
            self.row = number
            self.editor.children = self._row_fields(part)
            self.draw()

    def show_rows(self, part: str) -> None:
        self.name_rows(part)
        self.editor.children = self._row_fields(part)
        self.changed()

    def add(self, part: str) -> None:
        rows = self.record[part]
        if len(rows) >= MOST_ROWS:
            self.draw(f"There is room for {MOST_ROWS} rows. ")
            return
        row = {}
        if part in HEAD:
            row[HEAD[part]] = next_name(self.record, part)
        if part != "chain":
            row["paragraph"] = str(rows[-1].get("paragraph", "1")) if rows else "1"
        rows.append(row)
        self.row = len(rows)
        self.show_rows(part)

    def delete(self, part: str) -> None:
        if not self.record[part]:
            self.draw("There is no row to delete. ")
            return
        self.removed = part, self.row - 1, self.record[part].pop(self.row - 1)
        self.row = min(self.row, len(self.record[part]))
        self.show_rows(part)

    def put_back(self, part: str) -> None:
        if self.removed is None or self.removed[0] != part:
            self.draw("Nothing was deleted here that could be put back. ")
            return
        _, place, row = self.removed
        self.record[part].insert(place, row)
        self.removed, self.row = None, min(place, len(self.record[part]) - 1) + 1
        self.show_rows(part)

    # -- what is shown -----------------------------------------------------------------------------

    def draw(self, told: str = "") -> None:
        found = self.problems or []
        problems = "".join(
            f"<li>{escape(shortened(str(problem), 400))}</li>" for problem in found[:MOST_SHOWN]
        )
        listed = f"<ul>{problems}</ul>" if found else ""
        parts = (self.shown(), listed) if self.view.value == HELP else (listed, self.shown())
        chosen = f"<p>Part: {self.part.value}. Show it: {self.view.value}.</p>"
        self.panel.show(
            "".join(parts),
            _one_line(told + self.told + self._says()),
            controls=chosen + views.document(self.record),
        )

    def _says(self) -> str:
        """What the record holds, and which problem to mend next."""
        record, found = self.record, self.problems
        what = (
            f"{shortened(str(record.get('source_id', '')), 20)}:"
            f" {several(len(record.get('claims', [])), 'claim')},"
            f" {several(len(record.get('quotes', [])), 'quotation')}"
        )
        if found:
            return f"{what}; {several(len(found), 'problem')}.{self._nearest()}"
        if found is None and record != self.worked:
            return f"{what}; not checked yet."
        unread = " The quotations are not compared with the article: its text was not given."
        return f"{what}; no problem.{unread if found == [] and not self.text else ''}"

    def _nearest(self) -> str:
        """The problem to mend next: one of the open row, else of the open part, else the first of
        all.
        """
        part = PARTS[self.part.value]
        for where, begins in (
            ("In this row", f"{part}[{self.row - 1}]"),
            ("In this part", f"{part}["),
        ):
            for problem in self.problems:
                if (
                    problem.field.startswith(begins)
                    or part == "sources"
                    and "[" not in problem.field
                ):
                    return f" {where if part in LISTS else 'In this part'}: {problem}"
        return f" First: {self.problems[0]}"

    def shown(self) -> str:
        """The view that was chosen, as HTML."""
        part, view = PARTS[self.part.value], self.view.value
        if view == "the record":
            return views.rows(self.record)
        if view == "as YAML":
            return views.yaml(self.record)
        if view != HELP:
            return views.chart(self.record, view)
        if part in ("text", "files"):
            return (
                "<p>This part has no fields. Choose another part to see what its fields ask"
                " for.</p>"
            )
        name = shortened(str(self.record.get("source_id", "")), 20)
        return views.meanings(self.columns(part), name)


def _one_line(text: str) -> str:
    """A line for ``says``, which escapes it: on one line, cut."""
    return shortened(" ".join(text.split()), 700)
