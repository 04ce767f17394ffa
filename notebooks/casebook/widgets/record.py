"""A record of one's own document: a form, the build's own checks as one writes, a look at the
charts with it, saved as YAML.

What reads and checks records (YAML, pydantic) is imported at the first change, or when the kernel
is idle, not before: a lesson that runs to its end never waits for it. This is the only file of this
room that may import ``records`` and ``build``.
"""

import hashlib
import json
import os
import re
import tempfile
from html import escape
from pathlib import Path

from ipywidgets import HTML, Button, Dropdown, HBox, Text, Textarea, VBox

from casebook import charts
from casebook.answers import NotKept, learner
from casebook.figure import TableExhibit, strong
from casebook.figure.english import capital, count_words, several, shortened
from casebook.tables import DATA, Tables
from casebook.widgets.idle import when_idle
from casebook.widgets.panel import Panel, made

KIND, DRAFT = "writing", "10-record"  # kept with the learner's work, and never exported
LISTS = {
    "claims": "claims",
    "quotes": "quotes",
    "chain": "chains",
    "signs": "signs",
}  # list of a record → its table
HEAD = {"claims": "claim_id", "quotes": "quote_id"}  # what names a row
DERIVED = {"public_from", "public_from_basis", "contested", "step"}  # columns that the build adds
ONLY_IN_RECORDS = {
    "claims": [("date_reason", "Why a claim may be dated after its text was published")]
}
PARTS = {
    "the document": "sources",
    "claims": "claims",
    "quotations": "quotes",
    "the chain": "chain",
    "signs": "signs",
    "its text": "text",
    "save and load": "files",
}
HELP = "what to write"
VIEWS = ("the record", HELP, "in the arc", "in coverage", "in voices", "as YAML")
MOST_ROWS, LONGEST, LONGEST_ARTICLE, MOST_FILES, MOST_SHOWN = 300, 2_000, 200_000, 100, 20
CELL = 300  # characters of a field that a table shows
IDENTIFIER = re.compile(r"S\d{1,4}")


def write_record(tables) -> Panel:
    """A form for a record, opened with what was kept of it, else with the worked example."""
    form = _Form(tables)
    when_idle(form.ready)
    return form.panel


class _Form:
    """The form's state: the record, the part and row that are open, the problems found at the last
    check (None: not yet).
    """

    def __init__(self, tables):
        self.tables, self.quiet, self.problems, self.text = tables, False, None, ""
        self.row, self.removed, self.asked, self.ours = 0, None, "", {}
        self.boxes: dict = {}
        self.worked = tables.read_json("worked")[0]
        self.record, self.told = self._kept()
        self.part = made(
            Dropdown,
            options=list(PARTS),
            value="the document",
            description="Part",
            width="420px",
            name_width="140px",
        )
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
        self.part.observe(lambda _: self.open_part(), "value")
        self.view.observe(lambda _: self.draw(), "value")
        self.button.on_click(lambda _: self.check())
        self.open_part()

    # -- what a record may hold, as the data package says it ---------------------------------------

    def columns(self, part: str) -> list[tuple[str, str, list, bool]]:
        """(field, what it means, allowed values, required) of a part of a record."""
        table = LISTS.get(part, part)
        resource = next(r for r in self._package["resources"] if r["name"] == table)
        found = [
            (
                f["name"],
                f["description"],
                f.get("constraints", {}).get("enum", []),
                f.get("constraints", {}).get("required", False),
            )
            for f in resource["schema"]["fields"]
            if f["name"] not in DERIVED and not (part in LISTS and f["name"] == "source_id")
        ]
        return found + [
            (name, meaning, [], False) for name, meaning in ONLY_IN_RECORDS.get(part, [])
        ]

    @property
    def _package(self) -> dict:
        if "package" not in self.boxes:
            self.boxes["package"] = self.tables.read_json("datapackage")
        return self.boxes["package"]

    # -- keeping -----------------------------------------------------------------------------------

    def _kept(self) -> tuple[dict, str]:
        kept = learner().kept(KIND, DRAFT)
        if kept is None:
            return (
                json.loads(json.dumps(self.worked)),
                "The worked example; the build has checked it. ",
            )
        try:
            record = _as_record(json.loads(kept))
        except ValueError as why:
            return (
                json.loads(json.dumps(self.worked)),
                f"What was kept can't be used ({why}); this is the worked example. ",
            )
        return record, "Your record, as you left it. "

    def changed(self):
        """After any change: keep the draft, check, show."""
        self.asked, told = "", ""
        try:
            learner().keep(KIND, DRAFT, json.dumps(self.record, ensure_ascii=False))
        except NotKept as why:
            told = f"{why} "
        self.check(told)

    def ready(self):
        """Read the other records and import what reads them, ahead of the first check."""
        from casebook.build import one

        one.check(self.record)

    def check(self, told: str = ""):
        from casebook.build import one

        self.problems = one.check(self.record, self.text)
        self.told = ""
        self.draw(told)

    # -- parts of the form -------------------------------------------------------------------------

    def open_part(self):
        part = PARTS[self.part.value]
        self.row, self.asked = 0, ""
        make = {"sources": self._document, "text": self._article, "files": self._files}.get(
            part, self._rows
        )
        self.fields.children = make(part)
        self.draw()

    def _field(self, name, meaning, values, value, required, set_):
        """A control for a field; ``set_`` takes its value at each change."""
        if values:
            # A value that is not allowed stays in the record, and the check names it; the list
            # shows it as such.
            strange = (
                [(f"{value[:60]} (not allowed)", value)] if value and value not in values else []
            )
            options = [("choose …" if required else "–", ""), *((v, v) for v in values), *strange]
            control = made(
                Dropdown,
                options=options,
                value=value,
                description=name,
                width="420px",
                name_width="140px",
            )
        else:
            control = made(
                Text,
                value=value,
                description=name,
                placeholder=meaning,
                continuous_update=False,
                width="98%",
                name_width="140px",
            )

        def on_change(change):
            if not self.quiet:
                if len(change["new"]) > LONGEST:
                    self.draw(
                        f"{name}: {len(change['new']):,} characters are too many; at most"
                        f" {LONGEST:,}. It was not taken over. "
                    )
                else:
                    set_(change["new"])

        control.observe(on_change, "value")
        return control

    def _document(self, part):
        def setter(name):
            def set_(value):
                self.record[name] = value.strip()
                self.changed()

            return set_

        return [
            self._field(
                name, meaning, values, str(self.record.get(name, "")), required, setter(name)
            )
            for name, meaning, values, required in self.columns(part)
        ]

    def _rows(self, part):
        """A row to choose, its fields, and buttons to add, delete and put back."""
        rows = self.record.setdefault(part, [])
        names = [(f"{n}. {_name(part, row)}", n) for n, row in enumerate(rows, 1)] or [
            ("no row yet", 0)
        ]
        self.row = min(max(self.row, 1), len(rows))
        choice = made(
            Dropdown,
            options=names,
            value=self.row,
            description="Row",
            width="98%",
            name_width="140px",
        )
        buttons = [
            made(Button, description=name)
            for name in ("Add a row", "Delete this row", "Put it back")
        ]
        line = made(HBox, buttons)
        line.add_class("lp-controls")
        choice.observe(lambda change: self.go_to(part, change["new"]), "value")
        for button, do in zip(buttons, (self.add, self.delete, self.put_back)):
            button.on_click(lambda _, do=do: do(part))
        self.boxes["buttons"], self.boxes["editor"] = (
            choice,
            made(VBox, self._row_fields(part), width="100%"),
        )
        return [choice, line, self.boxes["editor"]]

    def _row_fields(self, part):
        rows = self.record[part]
        if not rows:
            return [made(HTML, "<p>No row yet: add one.</p>")]
        row = rows[self.row - 1]

        def setter(name):
            def set_(value):
                row[name] = value.strip()
                if name in ("paragraph", HEAD.get(part)):
                    self.sort(part, row)
                self.changed()

            return set_

        return [
            self._field(name, meaning, values, str(row.get(name, "")), required, setter(name))
            for name, meaning, values, required in self.columns(part)
        ]

    def sort(self, part, row):
        """Keep the order of the text, which the build demands; the row that is open stays open."""
        if part in ("claims", "quotes", "signs"):
            self.record[part].sort(key=lambda r: _count(r.get("paragraph", "")))
        self.row = next(n for n, other in enumerate(self.record[part], 1) if other is row)
        self.name_rows(part)

    def name_rows(self, part):
        """The list of rows anew, with the open one chosen."""
        choice = self.boxes["buttons"]
        self.quiet = True
        choice.options = [
            (f"{n}. {_name(part, row)}", n) for n, row in enumerate(self.record[part], 1)
        ] or [("no row yet", 0)]
        choice.value = self.row
        self.quiet = False

    def go_to(self, part, number):
        if not self.quiet and number:
            self.row = number
            self.boxes["editor"].children = self._row_fields(part)
            self.draw()

    def show_rows(self, part):
        self.name_rows(part)
        self.boxes["editor"].children = self._row_fields(part)
        self.changed()

    def add(self, part):
        rows = self.record[part]
        if len(rows) >= MOST_ROWS:
            self.draw(f"There is room for {MOST_ROWS} rows. ")
            return
        row = {}
        if part in HEAD:
            row[HEAD[part]] = self.next_name(part)
        if part != "chain":
            row["paragraph"] = str(rows[-1].get("paragraph", "1")) if rows else "1"
        rows.append(row)
        self.row = len(rows)
        self.show_rows(part)

    def next_name(self, part) -> str:
        """The next free identifier of a part: S90-c15."""
        letter = HEAD[part][0]
        taken = [
            int(m[1])
            for r in self.record[part]
            if (m := re.fullmatch(rf".*-{letter}(\d{{1,3}})", str(r.get(HEAD[part], ""))))
        ]
        return f"{self.record.get('source_id', '')}-{letter}{max(taken, default=0) + 1:02}"

    def delete(self, part):
        if not self.record[part]:
            self.draw("There is no row to delete. ")
            return
        self.removed = part, self.row - 1, self.record[part].pop(self.row - 1)
        self.row = min(self.row, len(self.record[part]))
        self.show_rows(part)

    def put_back(self, part):
        if self.removed is None or self.removed[0] != part:
            self.draw("Nothing was deleted here that could be put back. ")
            return
        _, place, row = self.removed
        self.record[part].insert(place, row)
        self.removed, self.row = None, min(place, len(self.record[part]) - 1) + 1
        self.show_rows(part)

    # -- the article's text: used for the check, never kept ----------------------------------------

    def _article(self, part):
        box = made(
            Textarea,
            value=self.text,
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
                self.draw(
                    f"The text has {len(change['new']):,} characters; at most {LONGEST_ARTICLE:,}"
                    " are taken. "
                )
            else:
                self.text = change["new"]
                self.check()

        def on_take(_):
            if not self.text.strip():
                self.draw("There is no text yet: paste it first. ")
                return
            self.record |= {
                "paragraphs": str(sum(bool(line.strip()) for line in self.text.splitlines())),
                "words": str(count_words(self.text)),
                "sha256": hashlib.sha256(self.text.encode("utf-8", "replace")).hexdigest(),
            }
            self.changed()

        box.observe(on_change, "value")
        take.on_click(on_take)
        return [box, take]

    # -- files -------------------------------------------------------------------------------------

    @property
    def folder(self) -> Path:
        return learner().folder / "records"

    def _saved(self) -> list[str]:
        if not self.folder.is_dir():
            return []
        return sorted(
            p.name for p in self.folder.glob("*.yaml") if p.is_file() and not p.is_symlink()
        )[:MOST_FILES]

    def _files(self, part):
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
        self.boxes["files"] = choice
        return [choice, line]

    def twice(self, what: str, question: str) -> bool:
        """Whether ``what`` was asked for a second time; the first time the question is put."""
        if self.asked == what:
            self.asked = ""
            return True
        self.asked = what
        self.draw(f"{question} Press the button once more to do it. ")
        return False

    def save(self):
        from casebook.records.writer import as_yaml

        name = str(self.record.get("source_id", ""))
        if not IDENTIFIER.fullmatch(name):
            self.draw("Not saved: source_id is to be S and a number, as in S5; it names the file. ")
            return
        path, raw = self.folder / f"{name}.yaml", as_yaml(self.record).encode("utf-8")
        foreign = path.exists() and _digest(path) not in (
            self.ours.get(path.name),
            hashlib.sha256(raw).hexdigest(),
        )
        if foreign and not self.twice(
            f"save {name}", f"my_work/records/{path.name} is there and holds something else."
        ):
            return
        try:
            _replace(path, raw)
        except OSError as error:
            self.draw(f"Not saved: {(error.strerror or 'no reason given').lower()}. ")
            return
        self.ours[path.name], self.asked = hashlib.sha256(raw).hexdigest(), ""
        self.boxes["files"].options = self._saved()
        self.boxes["files"].value = path.name
        self.check(f"Saved: my_work/records/{path.name}. ")

    def load(self, name: str):
        from casebook.records.reader import SeedsError, read_yaml

        if not name:
            self.draw("There is no file yet. ")
            return
        if not self._unsaved_may_go(f"load {name}"):
            return
        try:
            record = _as_record(read_yaml(self.folder / name).value)
        except SeedsError as error:
            self.draw(f"Not loaded: {error.problems[0]} ")
        except ValueError as why:
            self.draw(f"Not loaded: {why}. ")
        else:
            self.record, self.ours[name] = record, _digest(self.folder / name)
            self.changed()

    def anew(self):
        if self._unsaved_may_go("anew"):
            taken = {
                *self.tables.sources["source_id"],
                *(name.removesuffix(".yaml") for name in self._saved()),
                self.worked["source_id"],
            }
            name = next(f"S{n}" for n in range(len(taken) + 1) if f"S{n}" not in taken)
            self.record = {
                "source_id": name,
                "file": f"{name}.txt",
                "coded": "once",
                **{part: [] for part in LISTS},
            }
            self.changed()

    def back(self):
        if self._unsaved_may_go("back"):
            self.record = json.loads(json.dumps(self.worked))
            self.changed()

    def _unsaved_may_go(self, what) -> bool:
        """Whether the record in the form may be replaced: it is the worked example, or saved, or
        that was asked for twice.
        """
        from casebook.records.writer import as_yaml

        raw = hashlib.sha256(as_yaml(self.record).encode("utf-8")).hexdigest()
        saved = raw in self.ours.values() or any(
            _digest(self.folder / name) == raw for name in self._saved()
        )
        if saved or _filled(self.record) == _filled(self.worked):
            self.asked = ""
            return True
        return self.twice(what, "The record in the form is not saved as YAML and would be gone.")

    # -- what is shown -----------------------------------------------------------------------------

    def draw(self, told: str = ""):
        record, found = self.record, self.problems
        what = (
            f"{shortened(str(record.get('source_id', '')), 20)}:"
            f" {several(len(record.get('claims', [])), 'claim')},"
            f" {several(len(record.get('quotes', [])), 'quotation')}"
        )
        state = (
            "not checked yet"
            if found is None
            else "no problem"
            if not found
            else several(len(found), "problem")
        )
        if found is None and record == self.worked:
            state = "no problem"
        says = f"{told}{self.told}{what}; {state}."
        if found:
            says += self._nearest()
        elif found == [] and not self.text:
            says += " The quotations are not compared with the article: its text was not given."
        problems = [escape(shortened(str(p), 400)) for p in (found or [])[:MOST_SHOWN]]
        listed = f"<ul>{''.join(f'<li>{p}</li>' for p in problems)}</ul>" if found else ""
        parts = (self.shown(), listed) if self.view.value == HELP else (listed, self.shown())
        self.panel.show(
            "".join(parts),
            _one_line(says),
            controls=(
                f"<p>Part: {self.part.value}. Show it: {self.view.value}.</p>{_document(record)}"
            ),
        )

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
        if self.view.value == "the record":
            return _tables(self.record)
        if self.view.value == HELP:
            return self._meanings()
        if self.view.value == "as YAML":
            from casebook.records.writer import as_yaml

            return f"<pre style='white-space: pre-wrap'>{escape(as_yaml(self.record))}</pre>"
        return self._chart()

    def _meanings(self) -> str:
        """What each field of the open part asks for, as a table."""
        part = PARTS[self.part.value]
        if part in ("text", "files"):
            return (
                "<p>This part has no fields. Choose another part to see what its fields ask"
                " for.</p>"
            )
        rows = [
            [
                strong(name),
                meaning,
                ", ".join(values) or "words or a number",
                "yes" if required else "no",
            ]
            for name, meaning, values, required in self.columns(part)
        ]
        own = escape(shortened(str(self.record.get("source_id", "")), 20))
        return (
            f"<p>An address in your own document is its name and a paragraph: {own} ¶1. A day is"
            " written 2026-01-09; where only the month is known, 2026-01.</p>"
            + TableExhibit(
                ["Field", "What it asks for", "Allowed", "Needed"], rows, [20, 42, 28, 10]
            ).body()
        )

    def _chart(self) -> str:
        from casebook.build import one
        from casebook.records.reader import SeedsError

        with tempfile.TemporaryDirectory() as folder:
            try:
                one.tables_with(self.record, DATA, Path(folder))
            except SeedsError as error:
                return (
                    "<p><strong>A record with problems can't be shown in a chart.</strong>"
                    f" {capital(several(len(error.problems), 'problem'))} to mend.</p>"
                )
            tables = Tables(Path(folder))
            mine = self.record["source_id"]
            if self.view.value == "in the arc":
                exhibit = charts.arc(tables)
            elif self.view.value == "in coverage":
                exhibit = charts.coverage(
                    tables, dict.fromkeys([*dict.fromkeys(tables.positions["source_id"]), mine])
                )
            else:
                exhibit = charts.voices(tables, list(tables.sources["source_id"]))
            return f"<p><strong>{escape(exhibit.title)}</strong></p>{exhibit.html(in_panel=True)}"


def _one_line(text: str) -> str:
    """A line for ``says``, which escapes it: on one line, cut."""
    return shortened(" ".join(text.split()), 700)


def _count(text) -> int:
    return int(text) if str(text).isascii() and str(text).isdigit() and len(str(text)) < 6 else 0


def _name(part, row) -> str:
    """How the list of rows calls a row."""
    words = row.get(
        {"claims": "claim", "quotes": "text", "chain": "act", "signs": "sign"}[part], ""
    )
    head = (
        row.get(HEAD[part], "")
        if part in HEAD
        else row.get("thread", f"¶{row.get('paragraph', '')}")
    )
    return shortened(f"{head} {words}".strip(), 70) or "empty"


def _filled(record: dict) -> dict:
    """A record without what is empty: how it is compared."""
    return {
        key: (
            [{k: v for k, v in row.items() if v} for row in value]
            if isinstance(value, list)
            else value
        )
        for key, value in record.items()
        if value
    }


def _as_record(value) -> dict:
    """A record of texts and lists of rows of texts. Raises ValueError for any other shape."""
    if not isinstance(value, dict):
        raise ValueError("it is no set of fields")
    for name, part in value.items():
        rows = part if isinstance(part, list) else [{name: part}]
        if len(rows) > MOST_ROWS:
            raise ValueError(
                f"{shortened(name, 40)} has {len(rows):,} rows; at most {MOST_ROWS} are taken"
            )
        for row in rows:
            if not isinstance(row, dict):
                raise ValueError(f"{shortened(name, 40)} holds a row that is no set of fields")
            for key, text in row.items():
                parts = list(text.values()) if isinstance(text, dict) and key == "on" else [text]
                if not all(isinstance(one, str) and len(one) <= LONGEST for one in parts):
                    raise ValueError(
                        f"{shortened(key, 40)} is no text of at most {LONGEST:,} characters"
                    )
    if any(not isinstance(value.get(part, []), list) for part in LISTS):
        raise ValueError("claims, quotes, chain and signs are to be lists")
    return value


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""


def _replace(path: Path, raw: bytes) -> None:
    """Write a file whole, or not at all. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    try:
        with open(partial, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise


def _document(record: dict) -> str:
    """The document's own fields as a table."""
    head = "".join(
        f"<tr><th scope='row'>{escape(shortened(str(name), 40))}</th><td style='overflow-wrap:"
        f" anywhere'>{escape(shortened(value, CELL))}</td></tr>"
        for name, value in record.items()
        if isinstance(value, str) and value
    )
    return f"<h4>The document</h4><table><tbody>{head}</tbody></table>"


def _tables(record: dict) -> str:
    """The record's claims and quotations as tables."""

    def cell(row, *names):
        return " · ".join(
            shortened(str(row[name]), CELL).replace("_", " ") for name in names if row.get(name)
        )

    claims = [
        [
            cell(c, "claim_id"),
            cell(c, "paragraph"),
            shortened(str(c.get("claim", "")), CELL),
            cell(c, "attributed_to"),
            cell(c, "voice", "stance", "role", "origin"),
        ]
        for c in record.get("claims", [])
    ]
    quotes = [
        [
            cell(q, "quote_id"),
            cell(q, "paragraph"),
            shortened(str(q.get("text", "")), CELL),
            cell(q, "speaker"),
            cell(q, "kind"),
        ]
        for q in record.get("quotes", [])
    ]
    html = f"<h4>{capital(several(len(claims), 'claim'))}</h4>"
    html += TableExhibit(
        ["Claim", "¶", "What it says", "Put down to", "Voice · stance · role · origin"],
        claims,
        [10, 5, 40, 15, 30],
    ).body()
    return (
        html
        + f"<h4>{capital(several(len(quotes), 'quotation'))}</h4>"
        + TableExhibit(
            ["Quotation", "¶", "The words", "Speaker", "Kind"], quotes, [10, 5, 55, 17, 13]
        ).body()
    )
