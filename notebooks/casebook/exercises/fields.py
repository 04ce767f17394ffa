"""The controls in which an exercise is answered, one kind of exercise each."""

import re
from collections.abc import Callable, Sequence

from ipywidgets import Checkbox, Dropdown, IntSlider, RadioButtons, Text, Textarea, Widget

from casebook.exercises import LONGEST_SENTENCE, Answer, Exercise
from casebook.panel.panel import made

EMPTY = "choose …"
WHOLE = re.compile(r"[0-9]+|[0-9]{1,3}(?:[,'’\s][0-9]{3})+")
Fields = tuple[list[Widget], Callable[[], Answer]]


def fields_of(task: Exercise) -> Fields:
    """The controls of an exercise, and what gives the answer in them now."""
    return _FIELDS[task.kind](task)


def _choose(task):
    radio = made(
        RadioButtons,
        options=[(text, value) for value, text, _ in task.choices],
        value=None,
        width="100%",
    )
    return [radio], lambda: radio.value


def _choose_all(task):
    boxes = [
        made(Checkbox, value=False, description=text, indent=False, width="100%")
        for _, text, _ in task.choices
    ]
    return boxes, lambda: {value for box, (value, _, _) in zip(boxes, task.choices) if box.value}


def _sort(task):
    drops = [
        made(
            Dropdown,
            options=[(EMPTY, "")] + [(b, b) for b in task.bins],
            description=text,
            name_width="62%",
            width="100%",
        )
        for _, text, _ in task.choices
    ]
    return drops, lambda: {value: drop.value for drop, (value, _, _) in zip(drops, task.choices)}


def _number(task):
    # Sent when the field is left: of a value sent at each key the last may arrive after a press of
    # Check (ipywidgets holds back what the kernel has not asked for yet, and never holds back a
    # click).
    box = made(
        Text,
        value="",
        placeholder="a number",
        description="Number",
        width="220px",
        continuous_update=False,
    )
    return [box], lambda: whole_number(box.value)


def whole_number(text: str) -> int | None:
    """A whole number as people write it, 5532, 5,532 or 5 532; None for anything else, and for more
    than eight digits.
    """
    found = WHOLE.fullmatch(text.strip())
    digits = re.sub(r"[^0-9]", "", text) if found else ""
    return int(digits) if 0 < len(digits) < 9 else None


def given(answer: Answer) -> Answer:
    """An answer without its gaps, as it is kept."""
    return (
        {item: bin_ for item, bin_ in answer.items() if bin_}
        if isinstance(answer, dict)
        else answer
    )


def refill(fields: Sequence[Widget], task: Exercise, last: object) -> bool:
    """Set the fields to what was kept, as far as the exercise still has it; whether anything was
    set.
    """
    usable, values = task.usable(last), [value for value, _, _ in task.choices]
    if usable is None:
        return False
    if task.kind == "choose all":
        for box, value in zip(fields, values):
            box.value = value in usable
    elif task.kind == "sort":
        for drop, value in zip(fields, values):
            drop.value = usable.get(value, "")
    else:
        fields[0].value = str(usable) if task.kind == "number" else usable
    return True


def _guess(task):
    # It opens at 0: a slider opened in the middle would suggest an answer.
    slider = made(IntSlider, value=0, min=0, max=task.most, description="Your guess", width="430px")
    return [slider], lambda: slider.value


def _sentence(task):
    area = made(
        Textarea,
        value="",
        placeholder="your words",
        description="Your sentence",
        width="100%",
        continuous_update=False,
    )
    return [area], lambda: area.value.strip()[:LONGEST_SENTENCE]


_FIELDS = {
    "choose": _choose,
    "vote": _choose,
    "choose all": _choose_all,
    "sort": _sort,
    "number": _number,
    "predict": _guess,
    "sentence": _sentence,
}
