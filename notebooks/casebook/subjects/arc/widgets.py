"""The first forecast, the arc with its as-of control, and the staircase with the log over it."""

import datetime as dt

from ipywidgets import Checkbox, SelectionSlider

from casebook.core.tables import Tables
from casebook.figure import marked
from casebook.figure.english import day, several
from casebook.panel.as_of import explore_days
from casebook.panel.controls import choose
from casebook.panel.explore import explore
from casebook.panel.kept import keep, kept, opened, opened_key
from casebook.panel.panel import InPage, Panel, made
from casebook.subjects.arc.charts.arc import ArcPicture
from casebook.subjects.arc.charts.staircase import staircase_picture

__all__ = ["explore_arc", "first_forecast", "staircase"]

BEFORE = "2022-08-01"  # the first state shown: before the letters of August 2022
FIRST_FORECAST = f"Q01@{BEFORE}"  # lesson 09 asks the same question
HINDSIGHT = "Q01@hindsight"  # what was recalled there
UNSET = "not set"  # where the slider stands first: a number there would suggest an answer
PERCENTS = [(UNSET, UNSET), *((f"{n} %", n / 100) for n in range(0, 101, 5))]
STAYS = (
    "You have opened its outcome in lesson 09: what you said is kept as it was, and nothing is"
    " changed any more."
)


def days_that_matter(tables: Tables) -> list[str]:
    """The days of the as-of control: before the first letters, then each day on which a labelled
    message, meeting, treaty act or admission became public, and the latest day of any row.
    """
    events = tables.events[
        (tables.events["label"] != "")
        & tables.events["lane"].isin(["messages", "meetings", "treaty"])
    ]
    documents = tables.sources["public_from"]
    days = {
        d.strftime("%Y-%m-%d")
        for d in [*events["public_from"].dropna(), *documents]
        if d.strftime("%Y-%m-%d") > BEFORE
    }
    latest = max(
        tables.facts["public_from"].max(), tables.messages["public_from"].max(), documents.max()
    )
    return [BEFORE, *sorted(days | {latest.strftime("%Y-%m-%d")})]


def explore_arc(tables: Tables) -> Panel:
    """The arc, hiding what was not yet public; moved by a slider over the days that matter, or
    Earlier and Later.
    """
    picture, days = ArcPicture(tables), days_that_matter(tables)

    def new(index):
        before, now = (dt.date.fromisoformat(d) for d in days[index - 1 : index + 1])
        told = [marked(line) for line in picture.new_between(before, now)]
        ticks = picture.ticks_between(before, now)
        if ticks:
            told.append(f"As small ticks: {several(ticks, 'message')} of our log.")
        told = told or ["Nothing that is drawn here."]
        if index == len(days) - 1:
            told.append("This is the last day that we have.")
        lines = "".join(f"<li>{line}</li>" for line in told)
        return (
            f"<p style='margin-bottom: 0'><strong>New since {day(before)}:</strong></p>"
            f"<ul style='margin-top: 2px'>{lines}</ul>"
        )

    return explore_days(
        "What was known, and when? Move the day forward.",
        days,
        lambda d: picture.as_of(dt.date.fromisoformat(d)),
        new,
        width="420px",
    )


def staircase(tables: Tables) -> Panel:
    """Three days drawn as steps, and the whole log laid over them."""
    return explore(
        "Three steps: what else was sent or said between them?",
        show=choose("Show", [("three days", "three"), ("all messages we have", "all")], radio=True),
        draw=lambda show: staircase_picture(tables, whole=show == "all"),
    )


def first_forecast(tables: Tables) -> Panel:
    """A forecast to make before the arc is opened. It is kept, for lesson 09; once its outcome has
    been opened there, it stays.

    From then on it is not shown either, until lesson 09 has asked what it was.
    """
    # Not declared: what it shows hangs on what is kept, and it keeps what is set. Long, since its
    # handlers share its controls.
    question = (
        "It is 1 August 2022. How likely is it that Putin and Kim Jong Un meet in person before the"
        " end of 2023?"
    )
    before, notice = kept("forecast", FIRST_FORECAST)
    percent = made(
        SelectionSlider, options=PERCENTS, value=UNSET, description="Per cent", width="430px"
    )
    knew = made(Checkbox, value=False, description="I already knew", indent=False)
    panel = Panel(question, [percent, knew])
    closed = opened(BEFORE)
    hidden = closed and kept("forecast", HINDSIGHT)[0] is None

    def says() -> str:
        if knew.value:
            return (
                "You already knew: then it is no forecast, and it will not be scored. Honest, and"
                " useful to know."
            )
        return _in_words(percent.value)

    def recall(value):
        """Set the controls to a kept value, without keeping it again."""
        with panel.quietly():
            percent.value = UNSET if value in (None, "known") else round(20 * value) / 20
            knew.value = value == "known"

    def show(line):
        percent.disabled = knew.value or closed
        knew.disabled = closed
        panel.show(_known_before(tables), line)

    def on_change(_):
        if opened(BEFORE):  # in another tab, since this panel was made
            recall(kept("forecast", FIRST_FORECAST)[0])
            show(STAYS)
            return
        given = None if percent.value == UNSET else percent.value
        problem = keep("forecast", FIRST_FORECAST, "known" if knew.value else given)
        done = "" if given is None and not knew.value else "Kept; the next panel will tell."
        show(f"{says()} {problem or done}".strip())

    panel.watch(on_change, percent, knew)
    panel.in_page = InPage("first forecast", lambda: _first_forecast_for_page(tables))
    recall(None if hidden else before)
    if closed:
        line = STAYS + (
            ""
            if before is None or not hidden
            else " What did you say? Lesson 09 asks you, and shows it then."
        )
    else:
        line = _in_words(UNSET) if before is None else f"Kept from before. {says()}"
    show(notice + line)
    return panel


def _known_before(tables: Tables) -> str:
    """The meetings known on the day of the first forecast, as HTML."""
    past = tables.as_of(BEFORE).events
    met = past[past["lane"] == "meetings"]
    address = met.iloc[-1]["address"]
    return (
        f"<p>Known on that day: {several(len(met), 'meeting')} of the two,"
        f" {day(met.iloc[-1]['date'])}{marked(f' ({address}).')}</p>"
    )


def _first_forecast_for_page(tables: Tables) -> dict:
    """What a page without a kernel needs of the first forecast."""
    return {
        "key": FIRST_FORECAST,
        "hindsight": HINDSIGHT,
        "opened": opened_key(BEFORE),
        "shown": _known_before(tables),
        "stays": STAYS,
        "steps": [called for called, _ in PERCENTS],
    }


def _in_words(chance: float | str) -> str:
    """What a forecast says."""
    if chance == UNSET:
        return "No forecast yet: move the slider to your number."
    lean = (
        "as likely as not"
        if chance == 0.5
        else "rather likely"
        if chance > 0.5
        else "rather unlikely"
    )
    return f"You say {chance * 100:.0f} per cent: {lean}."
