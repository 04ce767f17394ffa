"""The learner's own work: how far they are, and a panel to see, export, import and delete what is
kept.
"""

from base64 import b64encode
from html import escape
from pathlib import Path

from ipywidgets import Button, Checkbox, FileUpload, HBox, Text, VBox

from casebook.answers import KINDS, Entry, NotKept, carry_out, export, learner, look, receive
from casebook.core.platform import IN_BROWSER, WHERE_KEPT
from casebook.core.tables import Tables
from casebook.exercises import every_exercise
from casebook.figure import TableExhibit, html_table
from casebook.figure.english import none_or, several
from casebook.panel.kept import saved
from casebook.panel.panel import Panel, made
from casebook.subjects.walk.charts import walk as walk_chart

__all__ = ["my_work", "walk"]

LESSON_OF = {
    "forecast": "09",
    "judgement": "08",
    "coding": "10",
}  # other kinds name their lesson in the key
PLURAL = {
    "exercise": "Exercises",
    "prediction": "Predictions",
    "forecast": "Forecasts",
    "judgement": "Judgements",
    "coding": "Codings",
    "writing": "Texts",
}
MOST_SHOWN = 1000


def walk(tables: Tables) -> TableExhibit:
    """The map of all lessons, with how many questions of each are answered with what they still
    offer.
    """
    kept, done = learner().kept("exercise") | learner().kept("prediction"), {}
    for task in every_exercise(tables).values() if kept else ():
        answered, asked = done.get(task.id[:2], (0, 0))
        done[task.id[:2]] = answered + (task.usable(kept.get(task.id)) is not None), asked + 1
    return walk_chart(tables, done=done)


def my_work(tables: Tables) -> Panel:
    """What is kept, where, and what to do with it. Nothing leaves the machine: an export is a file
    in the same folder.
    """
    # Not declared: its buttons export, import and delete what is kept.
    return _MyWork(tables).panel


class _MyWork:
    """The panel's state: an import that was looked at and not yet done, a deletion asked for
    once.
    """

    def __init__(self, tables):
        self.lessons = tables.lessons.set_index("lesson")["title"]
        self.plan, self.asked, self.offered = None, False, ""
        self.all = made(
            Checkbox, value=False, description="Show every answer", indent=False, width="190px"
        )
        self.older_too = made(
            Checkbox,
            value=False,
            description="Import also in place of newer answers of mine",
            indent=False,
            width="430px",
        )
        self.exports_too = made(
            Checkbox,
            value=False,
            description="Delete also the files that I handed in",
            indent=False,
            width="330px",
        )
        self.name = _text(
            "Pseudonym (optional)", "not your name: 2 to 20 letters, digits, -", "430px"
        )
        self.file = (
            made(FileUpload, accept=".json", description="Choose a file to import", width="270px")
            if IN_BROWSER
            else _text("Import", "name of a file in my_work", "330px")
        )
        button = self._button
        rows = [
            [
                button("Look again", self.look_again),
                self.all,
                button("Hand in", self.export),
            ],
            [self.name, button("Use this pseudonym", self.rename)],
            [
                self.file,
                button("Look into the file", self.look_into),
                button("Import", self.carry_out),
                self.older_too,
            ],
            [
                button("Delete everything", self.delete),
                button("Keep everything", self.look_again),
                self.exports_too,
            ],
        ]
        self.panel = Panel(
            "What is kept of my work?", [made(VBox, [self._row(row) for row in rows], width="100%")]
        )
        self.panel.asks = None, "my work"
        self.panel.watch(lambda _: self._try(self.look_again), self.all)
        self._try(self.look_again)

    def _button(self, name, do):
        button = made(Button, description=name)
        button.on_click(lambda _: self._try(do))
        return button

    @staticmethod
    def _row(controls):
        row = made(HBox, controls)
        row.add_class("lp-controls")
        return row

    def _try(self, do):
        """Do it; say what came of it, or why nothing did. Whatever is done in between, a deletion
        is asked for anew.
        """
        asked, self.asked, self.offered = self.asked, False, ""
        says = saved(do, asked) if do == self.delete else saved(do)
        told = " ".join(learner().notices())
        self.panel.show(self.body(), f"{told} {says}".strip())

    def look_again(self) -> str:
        kept = learner().entries()
        if not kept:
            return "Nothing is kept yet. Answer a question in any lesson, and it is."
        held = learner().unsaved
        unsaved = f" {several(held, 'change').capitalize()} could not be saved yet." if held else ""
        return (
            f"{several(len(kept), 'answer').capitalize()} kept, as {learner().pseudonym}.{unsaved}"
        )

    def export(self) -> str:
        done = export(learner())
        left = (
            f" {several(done.left, 'text').capitalize()} of yours stayed here." if done.left else ""
        )
        if IN_BROWSER:
            self.offered = _download(done.path)
        where = (
            "Your file is ready to download below: save it, then upload it"
            if IN_BROWSER
            else f"Your file is {done.path.absolute()}: upload it"
        )
        days = "its day" if done.choices == 1 else "their days"
        return (
            f"{where}, or give it to your teacher. It has {several(done.choices, 'choice')} with"
            f" {days}, no time of day and no text of yours.{left} It is signed"
            f" {learner().pseudonym}; your name is not in it."
        )

    def rename(self) -> str:
        learner().rename(self.name.value.strip())
        return f"From now on exports are signed {learner().pseudonym}."

    def look_into(self) -> str:
        self.plan = None
        self.plan = plan = look(learner(), self._file_named())
        bad = (
            f" {several(len(plan.problems), 'entry', 'entries').capitalize()} can't be used:"
            f" {plan.problems[0]}."
            if plan.problems
            else ""
        )
        return (
            f"The file would add {several(len(plan.new), 'answer')}, replace"
            f" {none_or(len(plan.newer))} of yours by newer, and leave"
            f" {none_or(len(plan.older))} of yours that are newer; {none_or(plan.same)} the"
            f" same.{bad} Press Import to do it."
        )

    def _file_named(self) -> str:
        """The name, in the learner's folder, of the file to import."""
        if not isinstance(self.file, FileUpload):
            return self.file.value.strip()
        if not self.file.value:
            raise NotKept("First choose a file, as in answers-of-Ada.json.")
        chosen = self.file.value[0]
        return receive(learner(), chosen["name"], bytes(chosen["content"]))

    def carry_out(self) -> str:
        if self.plan is None:
            return "First name a file and press “Look into the file”, to see what it would change."
        plan, self.plan = self.plan, None
        return (
            f"{several(carry_out(learner(), plan, self.older_too.value), 'answer').capitalize()}"
            " imported."
        )

    def delete(self, asked: bool) -> str:
        if not asked:
            self.asked = True
            return (
                "This deletes every answer and text kept on this machine, and every copy that was"
                f" set aside; there is no way back. {self._exports()} Press “Delete everything”"
                " once more to do it, or “Keep everything”."
            )
        gone = learner().delete(self.exports_too.value)
        return f"Deleted: {', '.join(gone)}." if gone else "There was nothing to delete."

    def _exports(self) -> str:
        """What becomes of the files handed in that still lie here."""
        return (
            "The files handed in that lie beside it go too."
            if self.exports_too.value
            else "Files handed in stay, unless you tick the box."
        )

    def body(self) -> str:
        """What is kept, counted by lesson and kind; all of it if the box is ticked."""
        entries = learner().entries()
        where = f"{self.offered}<p>Where it is: {WHERE_KEPT}</p>"
        if not entries:
            return where
        counts: dict = {}
        for kind, key in entries:
            counts.setdefault(lesson_of(kind, key), dict.fromkeys(KINDS, 0))[kind] += 1
        lines = [
            [
                f"{lesson} {self.lessons.get(lesson, '')}".strip(),
                *(str(counts[lesson][kind] or "") for kind in KINDS),
            ]
            for lesson in sorted(counts)
        ]
        table = html_table(["Lesson", *PLURAL.values()], lines, kind="lp-own")
        return table + (_every(entries) if self.all.value else "") + where


def _every(entries: dict[tuple[str, str], Entry]) -> str:
    """All that is kept, as a table."""
    every = [
        [
            lesson_of(*place),
            *place,
            _plain(entry.value),
            entry.at.replace("T", " ").replace("Z", " UTC"),
        ]
        for place, entry in sorted(entries.items())
    ]
    more = (
        f"<p>{len(every) - MOST_SHOWN:,} more stand in the file.</p>"
        if len(every) > MOST_SHOWN
        else ""
    )
    head = ["Lesson", "Kind", "Question", "What you chose or wrote", "When"]
    return html_table(head, every[:MOST_SHOWN], kind="lp-own") + more


def _download(path: Path) -> str:
    """A link by which a browser saves a file of its own drive among the user's."""
    raw = b64encode(path.read_bytes()).decode("ascii")
    return (
        f"<p><a download='{escape(path.name)}' href='data:application/json;base64,{raw}'>Download"
        f" {escape(path.name)}</a></p>"
    )


def _text(name: str, placeholder: str, width: str) -> Text:
    # Sent when left, not at each key: a busy kernel would hear the press of the button beside
    # before the last letters.
    return made(
        Text,
        value="",
        placeholder=placeholder,
        description=name,
        width=width,
        continuous_update=False,
    )


def lesson_of(kind: str, key: str) -> str:
    """The number of the lesson that an entry belongs to, '' if none can be told."""
    return LESSON_OF.get(kind) or (key[:2] if key[:2].isdigit() else "")


def _plain(value) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{item}: {bin_}" for item, bin_ in value.items())
    return ", ".join(value) if isinstance(value, list) else str(value)
