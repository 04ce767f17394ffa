"""A form before the lessons, or after them: eight items about an invented case. The first answers
stay; nothing is checked here.
"""

from html import escape

from ipywidgets import HTML, Button, RadioButtons, Textarea, VBox

from casebook.core.tables import Tables
from casebook.exercises import LONGEST_SENTENCE
from casebook.panel.kept import keep, kept
from casebook.panel.panel import InPage, Panel, made

__all__ = ["form"]

TIMES = ("before", "after")
READY = "Answer all eight; then press “I have finished”. Until then you may change what you like."
DONE = "Finished. Your first answers are kept and stay as they are; your teacher has the key."


def form_key(time: str, letter: str, item: int) -> str:
    """The key under which an item's first answer is kept: before/A/1."""
    return f"{time}/{letter}/{item}"


def form(tables: Tables, time: str, letter: str) -> Panel:
    """Sit form ``letter`` ('A', 'B') as ``time`` ('before', 'after'): choices are kept as
    predictions, sentences as writing, which no export holds.

    Raises KeyError for a time or a form that there is not.
    """
    # Not declared: what is answered is kept, and kept once.
    forms = {found["form"]: found for found in tables.read_json("forms")}
    if time not in TIMES or letter not in forms:
        raise KeyError(f"there is {' and '.join(TIMES)}, and the forms {', '.join(forms)}")
    return _Form(forms[letter], time).panel


class _Form:
    """The panel's state: its fields, and whether the first answers stand."""

    def __init__(self, content: dict, time: str):
        self.content, self.time = content, time
        self.fields = [_field(item) for item in content["items"]]
        self.finish = made(Button, description="I have finished")
        self.finish.on_click(lambda _: self._finish())
        asked = [
            part for pair in zip(map(_question, content["items"]), self.fields) for part in pair
        ]
        self.panel = Panel(
            f"Form {content['form']}, {time}",
            [made(VBox, asked, width="100%"), self.finish],
            lead=_case(content),
        )
        self.panel.in_page = InPage("form", self._for_page)
        self.panel.fields = self.fields
        self._open()

    def _for_page(self) -> dict:
        """The form for a page without a kernel, without its key."""
        items = self.content["items"]
        return {
            "items": [
                {
                    "asked": _question(item).value,
                    "choices": [[choice["value"], choice["text"]] for choice in item["choices"]],
                    "key": self._place(item)[1],
                }
                for item in items
            ],
            "longest": LONGEST_SENTENCE,
            "ready": READY,
            "done": DONE,
        }

    def _place(self, item: dict) -> tuple[str, str]:
        kind = "prediction" if item["choices"] else "writing"
        return kind, form_key(self.time, self.content["form"], item["item"])

    def _open(self) -> None:
        """Show what was kept, which can't be changed any more, or an empty form."""
        there, told = False, ""
        for item, field in zip(self.content["items"], self.fields):
            last, notice = kept(*self._place(item))
            told += notice
            if last in ([c["value"] for c in item["choices"]] or [last]) and last is not None:
                field.value, there = last, True
        self._say(f"{told}{DONE if there else READY}", there)

    def _finish(self) -> None:
        if self.locked:
            self._say(DONE, locked=True)
            return
        empty = [
            i["item"] for i, field in zip(self.content["items"], self.fields) if not field.value
        ]
        if empty:
            self._say(
                f"Not yet answered: {', '.join(map(str, empty))}. “I don't know” is an answer too."
            )
            return
        trouble = {
            keep(*self._place(item), field.value.strip()[:LONGEST_SENTENCE])
            for item, field in zip(self.content["items"], self.fields)
        } - {""}
        self._say(" ".join(trouble) or DONE, locked=not trouble)

    def _say(self, says: str, locked: bool = False) -> None:
        self.locked = locked
        for field in self.fields:  # the button stays: disabled, it would lose the focus
            field.disabled = locked
        items = "".join(f"<li>{escape(item['question'])}</li>" for item in self.content["items"])
        self.panel.show("", says, controls=f"<ol>{items}</ol>")


def _question(item: dict) -> HTML:
    """The question of an item: a label of its control would be cut where it is long."""
    return made(HTML, f"<strong>{item['item']}. {escape(item['question'])}</strong>")


def _field(item: dict) -> RadioButtons | Textarea:
    """The control of an item."""
    name = f"Answer {item['item']}"
    if item["choices"]:
        options = [(choice["text"], choice["value"]) for choice in item["choices"]]
        return made(RadioButtons, options=options, value=None, description=name, width="100%")
    return made(
        Textarea,
        value="",
        placeholder="your words",
        description=name,
        width="100%",
        continuous_update=False,
    )


def _case(content: dict) -> str:
    """The invented case and its texts."""
    texts = "".join(
        f"<p><strong>{escape(source['who'])}.</strong> “{escape(source['text'])}”</p>"
        for source in content["sources"]
    )
    return f"<p>{escape(content['case'])}</p>{texts}"
