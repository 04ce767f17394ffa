"""The parts of lesson 10's form that deal with files: the article's text, which is used for the
check and never kept, and records saved as YAML.
"""

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

from ipywidgets import Button, Dropdown, HBox, Textarea, Widget

from casebook.answers import learner
from casebook.core.files import write_whole
from casebook.figure.english import count_words
from casebook.panel.panel import made
from casebook.subjects.coding.widgets.record_shape import LISTS, as_record, copied, filled

if TYPE_CHECKING:
    from casebook.subjects.coding.widgets.record import Form

LONGEST_ARTICLE, MOST_FILES = 200_000, 100
IDENTIFIER = re.compile(r"S\d{1,4}")


def article(form: "Form") -> list[Widget]:
    """A box for the article's text, and a button that takes its length and hash."""
    box = made(
        Textarea,
        value=form.text,
        description="Text",
        placeholder=(
            "Paste the article here: its quotations are then checked word for word. "
            "It is not saved and not kept."
        ),
        continuous_update=False,
        rows=8,
        width="98%",
        name_width="140px",
    )
    take = made(Button, description="Take length and hash from the text")

    def on_change(change):
        if len(change["new"]) > LONGEST_ARTICLE:
            form.draw(
                f"The text has {len(change['new']):,} characters; at most {LONGEST_ARTICLE:,}"
                " are taken. "
            )
        else:
            form.text = change["new"]
            form.check()

    def on_take(_):
        if not form.text.strip():
            form.draw("There is no text yet: paste it first. ")
            return
        form.record |= _measured(form.text)
        form.changed()

    box.observe(on_change, "value")
    take.on_click(on_take)
    return [box, take]


def _measured(text: str) -> dict[str, str]:
    """Length and hash of a text, as a record gives them."""
    return {
        "paragraphs": str(sum(bool(line.strip()) for line in text.splitlines())),
        "words": str(count_words(text)),
        "sha256": hashlib.sha256(text.encode("utf-8", "replace")).hexdigest(),
    }


class Files:
    """Records saved as YAML: those written or read here (``ours``, {name: digest}), and what was
    asked for once and not yet done (``asked``).
    """

    def __init__(self, form: "Form"):
        self.form, self.ours, self.asked, self.choice = form, {}, "", None

    @property
    def folder(self) -> Path:
        return learner().folder / "records"

    def _saved(self) -> list[str]:
        if not self.folder.is_dir():
            return []
        return sorted(
            p.name for p in self.folder.glob("*.yaml") if p.is_file() and not p.is_symlink()
        )[:MOST_FILES]

    def controls(self) -> list[Widget]:
        """The list of saved files, and buttons to save, load and begin anew."""
        names = self._saved()
        choice = made(
            Dropdown,
            options=names or [("no file yet", "")],
            description="Saved files",
            width="330px",
        )
        buttons = [
            made(Button, description=name)
            for name in (
                "Save as YAML",
                "Load the file",
                "Start a new record",
                "Back to the worked example",
            )
        ]
        line = made(HBox, buttons)
        line.add_class("lp-controls")
        for button, do in zip(
            buttons, (self.save, lambda: self.load(choice.value), self.anew, self.back)
        ):
            button.on_click(lambda _, do=do: do())
        self.choice = choice
        return [choice, line]

    def twice(self, what: str, question: str) -> bool:
        """Whether ``what`` was asked for a second time; the first time the question is put."""
        if self.asked == what:
            self.asked = ""
            return True
        self.asked = what
        self.form.draw(f"{question} Press the button once more to do it. ")
        return False

    def save(self) -> None:
        from casebook.records.writer import as_yaml

        name = str(self.form.record.get("source_id", ""))
        if not IDENTIFIER.fullmatch(name):
            self.form.draw(
                "Not saved: source_id is to be S and a number, as in S5; it names the file. "
            )
            return
        path, raw = self.folder / f"{name}.yaml", as_yaml(self.form.record).encode("utf-8")
        foreign = path.exists() and _digest(path) not in (
            self.ours.get(path.name),
            hashlib.sha256(raw).hexdigest(),
        )
        if foreign and not self.twice(
            f"save {name}", f"my_work/records/{path.name} is there and holds something else."
        ):
            return
        try:
            write_whole(path, raw)
        except OSError as error:
            self.form.draw(f"Not saved: {(error.strerror or 'no reason given').lower()}. ")
            return
        self.ours[path.name], self.asked = hashlib.sha256(raw).hexdigest(), ""
        self.choice.options = self._saved()
        self.choice.value = path.name
        self.form.check(f"Saved: {path.absolute()}. ")

    def load(self, name: str) -> None:
        from casebook.records.reader import SeedsError, read_yaml

        if not name:
            self.form.draw("There is no file yet. ")
            return
        if not self._unsaved_may_go(f"load {name}"):
            return
        try:
            record = as_record(read_yaml(self.folder / name).value)
        except SeedsError as error:
            self.form.draw(f"Not loaded: {error.problems[0]} ")
        except ValueError as why:
            self.form.draw(f"Not loaded: {why}. ")
        else:
            self.form.record, self.ours[name] = record, _digest(self.folder / name)
            self.form.changed()

    def anew(self) -> None:
        if self._unsaved_may_go("anew"):
            taken = {
                *self.form.tables.sources["source_id"],
                *(name.removesuffix(".yaml") for name in self._saved()),
                self.form.worked["source_id"],
            }
            name = next(f"S{n}" for n in range(len(taken) + 1) if f"S{n}" not in taken)
            self.form.record = {
                "source_id": name,
                "file": f"{name}.txt",
                "coded": "once",
                **{part: [] for part in LISTS},
            }
            self.form.changed()

    def back(self) -> None:
        if self._unsaved_may_go("back"):
            self.form.record = copied(self.form.worked)
            self.form.changed()

    def _unsaved_may_go(self, what) -> bool:
        """Whether the record in the form may be replaced: it is the worked example, or saved, or
        that was asked for twice.
        """
        from casebook.records.writer import as_yaml

        raw = hashlib.sha256(as_yaml(self.form.record).encode("utf-8")).hexdigest()
        saved = raw in self.ours.values() or any(
            _digest(self.folder / name) == raw for name in self._saved()
        )
        if saved or filled(self.form.record) == filled(self.form.worked):
            self.asked = ""
            return True
        return self.twice(what, "The record in the form is not saved as YAML and would be gone.")


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
