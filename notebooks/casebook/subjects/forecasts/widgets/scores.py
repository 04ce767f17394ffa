"""Forecasts whose outcomes are open: recall what was said, and see the scores."""

from html import escape

import pandas as pd
from ipywidgets import Button, Dropdown, SelectionSlider

from casebook.answers import learner
from casebook.core.tables import Tables
from casebook.figure.english import capital, day, several
from casebook.panel.controls import slide, tick
from casebook.panel.explore import Shown, explore
from casebook.panel.kept import keep, opened, opened_key
from casebook.panel.panel import InPage, Panel, made
from casebook.subjects.forecasts.charts.scores import (
    asked_in_full,
    score_dots,
    score_line_for_page,
)
from casebook.subjects.forecasts.methods.scores import (
    HALF,
    KNOWN,
    base_rates,
    key_of,
    outcomes,
    rivals,
    scored,
    shifts,
)
from casebook.subjects.forecasts.widgets.forecasts import UNSET, days_asked, percents, said, step_of

__all__ = ["look_back", "score_forecasts"]

RIVAL_HEADS = ("All settled questions", "Settled", "Yes", "Base rate", "Always 50 %")
OWN_HEADS = (
    "Question",
    "Outcome",
    "You said",
    "Your score",
    "Base rate said",
    "Its score",
    "Always 50 %",
)


def look_back(tables: Tables) -> Panel:
    """With the outcome known: what did you say then? The number is kept beside the forecast, and
    the shift is shown.
    """
    # Not declared: what can be chosen follows from what is kept, and each change is kept. Long,
    # since its handlers share its controls.
    chosen = made(
        Dropdown, options=[("none yet", "")], value="", description="Question", width="260px"
    )
    percent = made(
        SelectionSlider,
        options=percents(),
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

    def offer():
        ready = _ready(tables, questions.values())
        options = [
            (f"{q.question_id} · {capital(q.subject_id)}", q.question_id) for q in ready
        ] or [("none yet", "")]
        if list(chosen.options) != options:
            before, there = chosen.value, [value for _, value in options]
            chosen.options = options
            chosen.value = before if before in there else there[0]

    def draw(told=""):
        panel.show(
            *_looked_back(tables, questions, chosen.value, told),
            controls="<p>Question: none yet; I said: not set</p>",
        )

    def look(_=None):
        with panel.quietly():
            offer()
            percent.value = step_of(learner().kept("forecast", _hindsight(chosen.value)))
        draw()

    def on_percent(_):
        with panel.quietly():
            offer()
        if not chosen.value:
            look()
            return
        given = None if percent.value == UNSET else percent.value
        draw(said(keep("forecast", _hindsight(chosen.value), given)))

    panel.watch(look, chosen)
    panel.watch(on_percent, percent)
    again.on_click(look)
    panel.in_page = InPage("look back", lambda: _for_page(tables))
    look()
    return panel


def _for_page(tables: Tables) -> dict:
    """What pages without a kernel need to recall and to score: the steps of the slider; the days;
    of each question its words, keys and outcome (1, 0; None: open) and its base rate.
    """
    happened, base = outcomes(tables), base_rates(tables).set_index("question_id")["chance"]
    days = days_asked(tables)
    return {
        "steps": [called for called, _ in percents()],
        "days": [
            {
                "day": d,
                "called": day(d),
                "opened": opened_key(d),
                "rivals": _rivals_line(tables, d),
            }
            for d in days
        ],
        "questions": [
            {
                "id": q.question_id,
                "key": key_of(q),
                "hindsight": _hindsight(q.question_id),
                "opens": q.opens,
                "called": f"{q.question_id} · {capital(q.subject_id)}",
                "asked": escape(asked_in_full(q)),
                "outcome": happened.get(q.question_id),
                "base": float(base[q.question_id]),
            }
            for q in tables.questions.itertuples()
        ],
        "half": HALF,
        "rivals": RIVAL_HEADS,
        "own": OWN_HEADS,
    }


def _hindsight(question_id: str) -> str:
    """The key of what is recalled of a question."""
    return f"{question_id}@hindsight"


def _ready(tables: Tables, questions) -> list:
    """The questions with a number of the learner's and an outcome that they have opened."""
    kept, settled = learner().kept("forecast"), set(tables.resolutions["question_id"])
    return [
        q
        for q in questions
        if q.question_id in settled and opened(q.opens) and kept.get(key_of(q), KNOWN) != KNOWN
    ]


def _looked_back(tables, questions, question_id, message) -> tuple[str, str]:
    if not question_id:
        return (
            (
                "<p>This panel lists the questions that you gave a number for and whose outcomes"
                " you have opened. Then press <em>Look again</em>.</p>"
            ),
            "Nothing to look back at yet: forecast first, then open the outcomes.",
        )
    moved = shifts(tables, learner().kept("forecast"))
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


def score_forecasts(tables: Tables) -> Panel:
    """Brier scores of the learner, of the base rate and of 'always 50 %', on the same questions,
    once outcomes are open.
    """
    days, every = days_asked(tables), "all opened days"

    def draw(asked: str, open_them: bool) -> Shown:
        shown = [d for d in ([asked] if asked else days) if opened(d)]
        name = day(asked) if asked else every
        if not shown:
            return Shown(
                "<p>Scores are shown for days whose outcomes you have opened.</p>",
                f"{capital(name)}: outcomes not opened yet.",
            )
        if not open_them:
            return Shown(
                "<p>Look back first, in the panel above: afterwards you can't.</p>",
                f"{capital(name)}: scores folded.",
            )
        mine = scored(tables, learner().kept("forecast"))
        return _scores(tables, mine[mine["opens"].isin(shown)], shown, name)

    panel = explore(
        "Who was nearer: you, the base rate, or “always 50 %”?",
        asked=slide("Asked as of", [*((day(d), d) for d in days), (every, "")], width="420px"),
        open_them=tick("Show the scores", width="180px"),
        draw=draw,
        stored="Asked as of {asked}",
        rows="",
        fresh=True,  # forecasts are made and outcomes opened in other panels
    )
    panel.in_page = InPage("scores", lambda: _for_page(tables) | {"picture": score_line_for_page()})
    return panel


def _scores(tables: Tables, mine: pd.DataFrame, shown: list[str], name: str) -> Shown:
    """The scores of the forecasts ``mine`` and their rivals', on the days ``shown``."""
    reference = _rivals_table(tables, shown)
    if mine.empty:
        return Shown(
            reference,
            f"{capital(name)}: no forecast of yours can be scored. The rivals stand below.",
        )
    own = mine["score"].mean()
    flipped = own + (1 - 2 * (mine["value"] - mine["outcome"]).abs()) / len(mine)
    return Shown(
        score_dots(mine).html(in_panel=True) + _own_table(mine) + reference,
        f"{capital(name)}, {several(len(mine), 'question')}: you {own:.2f}, base rate"
        f" {mine['base_score'].mean():.2f}, always 50 % {mine['half_score'].mean():.2f}. Had one"
        f" answer come out the other way, yours would lie between {min(flipped.min(), own):.2f} and"
        f" {max(flipped.max(), own):.2f}.",
    )


def _rivals_table(tables: Tables, shown: list[str]) -> str:
    """The scores of the base rate and of 'always 50 %' on all settled questions of these days."""
    return _table(RIVAL_HEADS, "".join(_rivals_line(tables, opens) for opens in shown))


def _rivals_line(tables: Tables, opens: str) -> str:
    """The line of a day in the table of the rivals' scores; "" where no question is settled."""
    others = rivals(tables)
    return "".join(
        "<tr><th"
        f" scope='row'>{day(r.opens)}</th><td>{r.settled}</td><td>{r.yes}</td><td>"
        f"{r.base_score:.2f}</td><td>{r.half_score:.2f}</td></tr>"
        for r in others[others["opens"] == opens].itertuples()
    )


def _own_table(mine: pd.DataFrame) -> str:
    lines = "".join(
        "<tr><th"
        f" scope='row'>{r.question_id}</th><td>{'yes' if r.outcome else 'no'}</td><td>{r.value:.0%}"
        f"</td><td>{r.score:.2f}</td>"
        f"<td>{r.base:.0%}</td><td>{r.base_score:.2f}</td><td>{r.half_score:.2f}</td></tr>"
        for r in mine.itertuples()
    )
    return _table(OWN_HEADS, lines)


def _table(heads: tuple[str, ...], lines: str) -> str:
    head = "".join(f"<th scope='col'>{name}</th>" for name in heads)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"
