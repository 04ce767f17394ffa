"""Forecasts as of a day: make them, open the outcomes, recall what was said, see the scores. Kept
by ``answers``.
"""

from html import escape

from ipywidgets import Button, Checkbox, Dropdown, SelectionSlider

from casebook import answers
from casebook.charts.scores import asked_in_full, base_months, cases_known, score_dots
from casebook.figure import badge, rows_table
from casebook.figure.english import capital, day, number, several
from casebook.methods.scores import HALF, KNOWN, STEPS, base_rates, key_of, rivals, scored, shifts
from casebook.widgets.kept import keep as keep_value
from casebook.widgets.kept import opened, opened_key
from casebook.widgets.panel import Panel, made

UNSET = "not set"
MOST_ROWS = 8  # rows to read beside a question: the latest ones
SIGNS = {
    "yes": ("good", "✓ yes"),
    "no": ("bad", "✗ no"),
    "open": ("open", "? open"),
}


def _days(tables) -> list[str]:
    return sorted(tables.questions["opens"].unique())


def _percents() -> list[tuple[str, float | str]]:
    return [(UNSET, UNSET), *((f"{100 * n // STEPS} %", n / STEPS) for n in range(STEPS + 1))]


def _said(problem: str) -> str:
    """What a widget's line begins with if something could not be kept."""
    return f"{problem} " if problem else ""


def forecast(tables) -> Panel:
    """Choose a day and a question, read what was public then, and give a probability, or say that
    you already knew.

    Stored as of the first day, without an answer. A forecast is kept at every change; once the
    outcomes of its day are open, it stays.
    """
    work = answers.learner()
    days = _days(tables)
    rates = base_rates(tables).set_index("question_id")
    slider = made(
        SelectionSlider,
        options=[(day(d), d) for d in days],
        value=days[0],
        description="As of",
        width="360px",
    )
    chosen = made(Dropdown, options=[("", "")], description="Question", width="230px")
    percent = made(
        SelectionSlider,
        options=_percents(),
        value=UNSET,
        description="Probability",
        width="380px",
        continuous_update=False,
    )
    knew = made(Checkbox, value=False, description="I already knew", indent=False)
    panel = Panel(
        "How likely was it, with what was public on that day?", [slider, chosen, percent, knew]
    )
    state, views = {"busy": False}, {}
    questions = {q.question_id: q for q in tables.questions.itertuples()}

    def quietly(action):
        state["busy"] = True
        try:
            action()
        finally:
            state["busy"] = False

    def offer():
        today = [q for q in questions.values() if q.opens == slider.value]
        chosen.options = [
            (f"{q.question_id} · {capital(q.subject_id)}", q.question_id) for q in today
        ]

    def recall():
        """Set the controls to what is kept for the question; after the opening nothing is shown, so
        that it can be recalled.
        """
        kept = work.kept("forecast", key_of(questions[chosen.value]))
        hidden = opened(slider.value)
        percent.value = UNSET if hidden or kept in (None, KNOWN) else round(kept * STEPS) / STEPS
        knew.value = kept == KNOWN and not hidden

    def keep(owner):
        question = questions[chosen.value]
        if opened(slider.value):
            quietly(recall)
            return "The outcomes of this day are open: nothing is changed any more. "
        if (
            owner is knew
            and knew.value
            or owner is percent
            and percent.value == UNSET
            and knew.value
        ):
            quietly(lambda: setattr(percent, "value", UNSET))
            return _said(keep_value("forecast", key_of(question), KNOWN))
        if percent.value == UNSET:
            return _said(keep_value("forecast", key_of(question), None))
        quietly(lambda: setattr(knew, "value", False))
        return _said(keep_value("forecast", key_of(question), percent.value))

    def draw(change=None):
        if state["busy"]:
            return
        owner, before = change and change["owner"], ""
        if owner is None or owner is slider:
            quietly(offer)
        if owner in (percent, knew):
            before = keep(owner)
        else:
            quietly(recall)
        question = questions[chosen.value]
        if slider.value not in views:
            views[slider.value] = tables.as_of(slider.value)
        panel.show(
            _evidence(views[slider.value], question, rates.loc[question.question_id]),
            before + _state_of(work, tables, question, percent.value, knew.value),
            controls=(
                f"<p>As of {day(slider.value)}; question {question.question_id}; probability:"
                f" {percent.label}</p>"
            ),
        )

    for control in (slider, chosen, percent, knew):
        control.observe(draw, "value")
    notice = "".join(f"{told} " for told in work.notices())
    draw()
    if notice:
        panel.show(panel.result, notice + panel.says)
    return panel


def _state_of(work, tables, question, percent, knew) -> str:
    """What the learner has said of this question, and how many of the day are answered."""
    kept = work.kept("forecast")
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


def open_outcomes(tables) -> Panel:
    """The outcomes of a day's questions, with what settles each, after a tick; from then on the
    forecasts of that day stay as they are.
    """
    work = answers.learner()
    days = _days(tables)
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
    state = {"day": days[0], "busy": False}

    def draw(change=None):
        if state["busy"]:
            return
        if slider.value != state["day"]:
            # Each day is opened on its own: moving on never opens the next one.
            state.update(day=slider.value, busy=True)
            box.value = False
            state["busy"] = False
        today = [q for q in tables.questions.itertuples() if q.opens == slider.value]
        kept = work.kept("forecast")
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
            else _said(keep_value("writing", opened_key(slider.value), "opened"))
        )
        settled = tables.resolutions.set_index("question_id")["outcome"].to_dict()
        came = [settled.get(q.question_id, "open") for q in today]
        panel.show(
            _outcomes(tables, today),
            f"{message}As of {day(slider.value)}: {number(came.count('yes'))} yes,"
            f" {number(came.count('no'))} no, {number(came.count('open'))} open.",
        )

    slider.observe(draw, "value")
    box.observe(draw, "value")
    draw()
    return panel


def _outcomes(tables, questions) -> str:
    settled = {r.question_id: r for r in tables.resolutions.itertuples()}
    lines = []
    for q in questions:
        found = settled.get(q.question_id)
        why = (
            f"{escape(found.why)} ({found.address})"
            if found
            else f"Runs until {day(q.closes)}. Kept, and not scored."
        )
        lines.append(
            "<tr><th"
            f" scope='row'>{q.question_id}</th><td>{escape(asked_in_full(q))}</td><td>"
            f"{badge(*SIGNS[found.outcome if found else 'open'])}</td><td>{why}</td></tr>"
        )
    evidence = rows_table(
        tables.resolve(
            "; ".join(settled[q.question_id].address for q in questions if q.question_id in settled)
        )
    )
    head = "".join(
        f"<th scope='col'>{name}</th>" for name in ("", "Question", "Outcome", "What settles it")
    )
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table><details>"
        "<summary>The"
        f" rows that settle them</summary>{evidence}</details>"
    )


def look_back(tables) -> Panel:
    """With the outcome known: what did you say then? The number is kept beside the forecast, and
    the shift is shown.
    """
    work = answers.learner()
    chosen = made(
        Dropdown, options=[("none yet", "")], value="", description="Question", width="260px"
    )
    percent = made(
        SelectionSlider,
        options=_percents(),
        value=UNSET,
        description="I said",
        width="380px",
        continuous_update=False,
    )
    again = made(Button, description="Look again")
    panel = Panel(
        "Without looking it up: what did you say, before you knew?", [chosen, percent, again]
    )
    questions = {q.question_id: q for q in tables.questions.itertuples()}
    state = {"busy": False}

    def offer():
        kept, settled = work.kept("forecast"), set(tables.resolutions["question_id"])
        ready = [
            q
            for q in questions.values()
            if q.question_id in settled and opened(q.opens) and kept.get(key_of(q), KNOWN) != KNOWN
        ]
        options = [
            (f"{q.question_id} · {capital(q.subject_id)}", q.question_id) for q in ready
        ] or [("none yet", "")]
        if list(chosen.options) != options:
            before = chosen.value
            chosen.options = options
            chosen.value = before if before in dict((v, n) for n, v in options) else options[0][1]

    def draw(change=None):
        if state["busy"]:
            return
        message, owner = "", change and change.get("owner")
        state["busy"] = True
        try:
            offer()
            if owner is percent and chosen.value and percent.value != UNSET:
                message = _said(keep_value("forecast", f"{chosen.value}@hindsight", percent.value))
            elif owner is percent and chosen.value:
                message = _said(keep_value("forecast", f"{chosen.value}@hindsight", None))
            else:
                recalled = (
                    work.kept("forecast", f"{chosen.value}@hindsight") if chosen.value else None
                )
                percent.value = UNSET if recalled is None else round(recalled * STEPS) / STEPS
        finally:
            state["busy"] = False
        panel.show(
            *_looked_back(tables, work, questions, chosen.value, message),
            controls="<p>Question: none yet; I said: not set</p>",
        )

    chosen.observe(draw, "value")
    percent.observe(draw, "value")
    again.on_click(lambda _: draw())
    draw()
    return panel


def _looked_back(tables, work, questions, question_id, message) -> tuple[str, str]:
    if not question_id:
        return (
            (
                "<p>This panel lists the questions that you gave a number for and whose outcomes"
                " you have opened. Then press <em>Look again</em>.</p>"
            ),
            "Nothing to look back at yet: forecast first, then open the outcomes.",
        )
    moved = shifts(tables, work.kept("forecast"))
    here = moved[moved["question_id"] == question_id]
    title = f"<p><strong>{escape(asked_in_full(questions[question_id]))}</strong></p>"
    if here.empty:
        return (
            title,
            f"{message}{question_id}: set what you think you said. The kept number is shown then.",
        )
    row = next(here.itertuples())
    says = (
        f"{message}{question_id}: you said {row.said:.0%}, you recall {row.recalled:.0%}; it"
        f" {'happened' if row.outcome else 'did not happen'}. {_direction(row.toward)}"
    )
    total = (
        f"<p>Recalled so far: {several(len(moved), 'question')}. Nearer to what happened than said:"
        f" {(moved['toward'] > 0).sum()}; farther: {(moved['toward'] < 0).sum()}; as it was:"
        f" {(moved['toward'] == 0).sum()}.</p>"
    )
    return title + total, says


def _direction(toward) -> str:
    points = round(100 * abs(toward))
    return (
        "Your memory kept the number."
        if not points
        else (
            f"Your memory moved {points} points {'towards' if toward > 0 else 'away from'} what"
            " happened."
        )
    )


def score_forecasts(tables) -> Panel:
    """Brier scores of the learner, of the base rate and of 'always 50 %', on the same questions,
    once outcomes are open.
    """
    work = answers.learner()
    days = _days(tables)
    slider = made(
        SelectionSlider,
        options=[*((day(d), d) for d in days), ("all opened days", "")],
        value=days[0],
        description="Asked as of",
        width="420px",
    )
    box = made(Checkbox, value=False, description="Show the scores", indent=False, width="180px")
    panel = Panel("Who was nearer: you, the base rate, or “always 50 %”?", [slider, box])

    def draw(_=None):
        shown = [d for d in ([slider.value] if slider.value else days) if opened(d)]
        name = day(slider.value) if slider.value else "all opened days"
        if not shown:
            panel.show(
                "<p>Scores are shown for days whose outcomes you have opened.</p>",
                f"{capital(name)}: outcomes not opened yet.",
                controls=f"<p>Asked as of {name}</p>",
            )
        elif not box.value:
            panel.show(
                "<p>Look back first, in the panel above: afterwards you can't.</p>",
                f"{capital(name)}: scores folded.",
            )
        else:
            mine = scored(tables, work.kept("forecast"))
            panel.show(*_scores(tables, mine[mine["opens"].isin(shown)], shown, name))

    slider.observe(draw, "value")
    box.observe(draw, "value")
    draw()
    return panel


def _scores(tables, mine, shown, name) -> tuple[str, str]:
    others = rivals(tables)
    others = others[others["opens"].isin(shown)]
    every = "".join(
        "<tr><th"
        f" scope='row'>{day(r.opens)}</th><td>{r.settled}</td><td>{r.yes}</td><td>"
        f"{r.base_score:.2f}</td><td>{r.half_score:.2f}</td></tr>"
        for r in others.itertuples()
    )
    head = "".join(
        f"<th scope='col'>{h}</th>"
        for h in ("All settled questions", "Settled", "Yes", "Base rate", "Always 50 %")
    )
    reference = f"<table><thead><tr>{head}</tr></thead><tbody>{every}</tbody></table>"
    if mine.empty:
        return (
            reference,
            f"{capital(name)}: no forecast of yours can be scored. The rivals stand below.",
        )
    lines = "".join(
        "<tr><th"
        f" scope='row'>{r.question_id}</th><td>{'yes' if r.outcome else 'no'}</td><td>{r.value:.0%}"
        f"</td><td>{r.score:.2f}</td>"
        f"<td>{r.base:.0%}</td><td>{r.base_score:.2f}</td><td>{r.half_score:.2f}</td></tr>"
        for r in mine.itertuples()
    )
    heads = "".join(
        f"<th scope='col'>{h}</th>"
        for h in (
            "Question",
            "Outcome",
            "You said",
            "Your score",
            "Base rate said",
            "Its score",
            "Always 50 %",
        )
    )
    own = mine["score"].mean()
    flipped = own + (1 - 2 * (mine["value"] - mine["outcome"]).abs()) / len(mine)
    says = (
        f"{capital(name)}, {several(len(mine), 'question')}: you {own:.2f}, base rate"
        f" {mine['base_score'].mean():.2f}, always 50 % {mine['half_score'].mean():.2f}. Had one"
        f" answer come out the other way, yours would lie between {min(flipped.min(), own):.2f} and"
        f" {max(flipped.max(), own):.2f}."
    )
    return (
        f"{score_dots(mine).html(in_panel=True)}<table><thead><tr>{heads}</tr></thead><tbody>"
        f"{lines}</tbody></table>{reference}",
        says,
    )
