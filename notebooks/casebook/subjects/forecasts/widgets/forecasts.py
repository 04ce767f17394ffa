"""Forecasts as of a day: make them, then open the outcomes. Kept by ``answers``."""

from functools import cache
from html import escape

from ipywidgets import Checkbox, Dropdown, SelectionSlider

from casebook.answers import learner
from casebook.core.tables import Tables
from casebook.figure import badge, html_table, rows_table
from casebook.figure.english import capital, day, none_or, several
from casebook.panel.kept import keep, opened, opened_key
from casebook.panel.panel import InPage, Panel, made
from casebook.subjects.forecasts.charts.scores import asked_in_full, base_months, cases_known
from casebook.subjects.forecasts.methods.scores import HALF, KNOWN, STEPS, base_rates, key_of

__all__ = ["forecast", "open_outcomes"]

UNSET = "not set"
MOST_ROWS = 8  # rows to read beside a question: the latest ones
SIGNS = {
    "yes": ("good", "✓ yes"),
    "no": ("bad", "✗ no"),
    "open": ("open", "? open"),
}


def days_asked(tables: Tables) -> list[str]:
    """The days (ISO) as of which questions are asked."""
    return sorted(tables.questions["opens"].unique())


def percents() -> list[tuple[str, float | str]]:
    """The steps of a slider for a probability: (what it is called, the probability or UNSET)."""
    return [(UNSET, UNSET), *((f"{100 * n // STEPS} %", n / STEPS) for n in range(STEPS + 1))]


def step_of(chance: float | None) -> float | str:
    """The step of the slider next to a probability; UNSET for none."""
    return UNSET if chance is None else round(chance * STEPS) / STEPS


def forecast(tables: Tables) -> Panel:
    """Choose a day and a question, read what was public then, and give a probability, or say that
    you already knew.

    Stored as of the first day, without an answer. A forecast is kept at every change; once the
    outcomes of its day are open, it stays.
    """
    # Not declared: every change is kept, and what is kept sets the controls. Long, since its
    # handlers share its controls.
    days, questions = days_asked(tables), {q.question_id: q for q in tables.questions.itertuples()}
    rates, view = base_rates(tables).set_index("question_id"), cache(tables.as_of)
    slider = made(
        SelectionSlider,
        options=[(day(d), d) for d in days],
        value=days[0],
        description="As of",
        width="360px",
    )
    chosen = made(Dropdown, options=[("", "")], description="Question", width="365px")
    percent = made(
        SelectionSlider,
        options=percents(),
        value=UNSET,
        description="Probability",
        width="380px",
        continuous_update=False,
    )
    knew = made(Checkbox, value=False, description="I already knew", indent=False)
    panel = Panel(
        "How likely was it, with what was public on that day?", [slider, chosen, percent, knew]
    )

    def draw(told=""):
        question = questions[chosen.value]
        panel.show(
            _evidence(view(slider.value), question, rates.loc[question.question_id]),
            told + _state_of(tables, question, percent.value, knew.value),
            controls=(
                f"<p>As of {day(slider.value)}; question {question.question_id}; probability:"
                f" {percent.label}</p>"
            ),
        )

    def on_day(_=None):
        with panel.quietly():
            chosen.options = [
                (_named(q), q.question_id) for q in questions.values() if q.opens == slider.value
            ]
        on_question()

    def on_question(_=None):
        with panel.quietly():
            percent.value, knew.value = _recalled(questions[chosen.value])
        draw()

    def on_answer(change):
        question = questions[chosen.value]
        if opened(slider.value):
            on_question()
            draw("The outcomes of this day are open: nothing is changed any more. ")
            return
        known = knew.value and (change["owner"] is knew or percent.value == UNSET)
        with panel.quietly():
            percent.value, knew.value = (UNSET, True) if known else (percent.value, False)
        given = None if percent.value == UNSET else percent.value
        draw(said(keep("forecast", key_of(question), KNOWN if known else given)))

    panel.watch(on_day, slider)
    panel.watch(on_question, chosen)
    panel.watch(on_answer, percent, knew)
    panel.in_page = InPage(
        "forecast",
        lambda: {
            "days": _days_for_page(days),
            "steps": [called for called, _ in percents()],
            "questions": [
                _question_for_page(q)
                | {"shown": _evidence(view(q.opens), q, rates.loc[q.question_id])}
                for q in questions.values()
            ],
        },
    )
    notice = "".join(f"{told} " for told in learner().notices())
    on_day()
    if notice:
        draw(notice)
    return panel


def _days_for_page(days: list[str]) -> list[dict]:
    """The days for a page without a kernel: what each is called, and under which key it is kept
    that its outcomes are open.
    """
    return [{"day": d, "called": day(d), "opened": opened_key(d)} for d in days]


def _question_for_page(question) -> dict:
    """A question for a page without a kernel."""
    return {
        "id": question.question_id,
        "key": key_of(question),
        "opens": question.opens,
        "called": _named(question),
    }


def _named(question) -> str:
    """How the list calls a question: its subject, and the lesson that tells how it came out."""
    told = f" · lesson {question.told} tells it" if question.told else ""
    return f"{question.question_id} · {capital(question.subject_id)}{told}"


def said(problem: str) -> str:
    """What a widget's line begins with if something could not be kept."""
    return f"{problem} " if problem else ""


def _recalled(question) -> tuple[float | str, bool]:
    """(step of the slider, already knew) as kept for the question; after the opening nothing is
    shown, so that it can be recalled.
    """
    kept = learner().kept("forecast", key_of(question))
    if kept is None or opened(question.opens):
        return UNSET, False
    return (UNSET, True) if kept == KNOWN else (step_of(kept), False)


def _state_of(tables, question, percent, knew) -> str:
    """What the learner has said of this question, and how many of the day are answered."""
    kept = learner().kept("forecast")
    today = [q for q in tables.questions.itertuples() if q.opens == question.opens]
    done = sum(key_of(q) in kept for q in today)
    count = f"{done} of {len(today)} answered as of {day(question.opens)}."
    if opened(question.opens):
        return (
            f"{question.question_id}: the outcomes of this day are open; what you said is kept as"
            f" it was. {count}"
        )
    if knew:
        return f"{question.question_id}: you already knew. That is kept, and not scored. {count}"
    if percent == UNSET:
        return f"{question.question_id}: no forecast yet. {count}"
    lean = (
        "as likely as not"
        if percent == HALF
        else "rather likely"
        if percent > HALF
        else "rather unlikely"
    )
    return f"{question.question_id}: you say {percent:.0%}, {lean}. {count}"


def _evidence(view, question, rate) -> str:
    """The question in full, what counts, what could be counted and read: ``view`` is that of the
    day on which it is asked.
    """
    rows = view.precedents
    mine = rows[(rows["subject_id"] == question.subject_id) & (rows["role"] == "to read")]
    found = sorted(view.resolve("; ".join(mine["address"])), key=lambda row: row.date)[-MOST_ROWS:]
    cases = cases_known(view, question.subject_id)
    counted = (
        f"{escape(capital(question.reference_class))}, from {question.since} on: {rate.cases} of"
        f" {rate.years}{f' ({cases})' if cases else ''}. By the rule of succession that is"
        f" {rate.chance:.0%} for {base_months(view.questions)} months."
    )
    return (
        f"<p><strong>{escape(asked_in_full(question))}</strong> What counts:"
        f" {escape(question.counts)}</p><p><strong>Base rate:</strong>"
        f" {counted}</p><p><strong>Public by {day(question.opens)}</strong>, the latest of what we"
        f" have on it:</p>{rows_table(found)}"
    )


def open_outcomes(tables: Tables) -> Panel:
    """The outcomes of a day's questions, with what settles each, after a tick; from then on the
    forecasts of that day stay as they are.
    """
    # Not declared: the tick is kept, and opens the outcomes for good. Long, since its handlers
    # share its controls.
    days = days_asked(tables)
    slider = made(
        SelectionSlider,
        options=[(day(d), d) for d in days],
        value=days[0],
        description="Asked as of",
        width="400px",
    )
    box = made(
        Checkbox,
        value=False,
        description="Open the outcomes of this day",
        indent=False,
        width="300px",
    )
    panel = Panel("What came of it?", [slider, box])

    def on_day(_):
        # Each day is opened on its own: moving on never opens the next one.
        with panel.quietly():
            box.value = False
        draw()

    def draw(_=None):
        today = [q for q in tables.questions.itertuples() if q.opens == slider.value]
        kept = learner().kept("forecast")
        done = sum(key_of(q) in kept for q in today)
        if not box.value:
            closed = "opened before, now folded" if opened(slider.value) else "not opened"
            panel.show(
                f"<p>You have answered {done} of {len(today)}. A forecast that is not there when"
                " you open can't be made up afterwards.</p>",
                f"As of {day(slider.value)}: {several(len(today), 'question')}, {closed}.",
                controls=f"<p>Asked as of {day(slider.value)}</p>",
            )
            return
        message = (
            ""
            if opened(slider.value)
            else said(keep("writing", opened_key(slider.value), "opened"))
        )
        panel.show(
            _outcomes(tables, today),
            f"{message}As of {day(slider.value)}: {_came(tables, today)}",
        )

    panel.watch(on_day, slider)
    panel.watch(draw, box)
    panel.in_page = InPage("outcomes", lambda: _outcomes_for_page(tables, days))
    draw()
    return panel


def _outcomes_for_page(tables: Tables, days: list[str]) -> dict:
    """The days for a page without a kernel, with the keys of their forecasts, their outcomes and
    what is said of them.
    """
    told = []
    for one in _days_for_page(days):
        today = [q for q in tables.questions.itertuples() if q.opens == one["day"]]
        told.append(
            one
            | {
                "keys": [key_of(q) for q in today],
                "outcomes": _outcomes(tables, today),
                "came": _came(tables, today),
            }
        )
    return {"days": told}


def _came(tables: Tables, questions) -> str:
    """How many of these questions came out yes, no, or are open."""
    settled = tables.resolutions.set_index("question_id")["outcome"].to_dict()
    came = [settled.get(q.question_id, "open") for q in questions]
    return (
        f"{none_or(came.count('yes'))} yes, {none_or(came.count('no'))} no,"
        f" {none_or(came.count('open'))} open."
    )


def _outcomes(tables, questions) -> str:
    settled = {r.question_id: r for r in tables.resolutions.itertuples()}
    lines = []
    for q in questions:
        found = settled.get(q.question_id)
        why = (
            f"{found.why} ({found.address})"
            if found
            else f"Runs until {day(q.closes)}. Kept, and not scored."
        )
        sign = badge(*SIGNS[found.outcome if found else "open"])
        lines.append([q.question_id, asked_in_full(q), sign, why])
    evidence = rows_table(
        tables.resolve(
            "; ".join(settled[q.question_id].address for q in questions if q.question_id in settled)
        )
    )
    table = html_table(["", "Question", "Outcome", "What settles it"], lines)
    return f"{table}<details><summary>The rows that settle them</summary>{evidence}</details>"
