"""Forecasts and their scores: the questions, what could be counted on a day, who was nearer."""

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import (
    GREY,
    INK,
    PALE,
    Picture,
    TableExhibit,
    cell,
    evidence_of,
    strong,
    styled,
)
from casebook.figure.english import capital, day, listed, number, several
from casebook.subjects.forecasts.methods.scores import HALF, base_rates

__all__ = ["base_rates_then", "forecast_questions", "forecasts_on_paper"]

YOU, BASE, ALWAYS = "you", "base rate", "always 50 %"
# Rival: its column, colour and shape, so that neither is alone.
RIVALS = {
    YOU: ("score", "#0b5fa5", "o"),
    BASE: ("base_score", "#a3490a", "s"),
    ALWAYS: ("half_score", GREY, "D"),
}
MARKS = (
    "Brier score: filled mark the mean, open marks single questions; further left is better; the"
    " grey line is 0.25"
)
OF_SCORES = "the score: F310; outcomes: table resolutions; base rates: table precedents"
SCALE = {0: "0\nperfect", 0.25: "0.25", 0.5: "0.5", 0.75: "0.75", 1: "1\nworst"}


def asked_in_full(question: tuple) -> str:
    """A row of ``questions`` as one would ask it: 'Will … by 31 December 2023?'"""
    return f"{question.question} by {day(question.closes)}?"


def forecast_questions(tables: Tables) -> TableExhibit:
    """The questions, what counts as yes, and on which days each is asked; no outcome."""
    questions = tables.questions
    days = sorted(questions["opens"].unique())
    rows = []
    for _, asked in questions.groupby("subject_id", sort=False):
        by_day, first = dict(zip(asked["opens"], asked["question_id"])), asked.iloc[0]
        rows.append(
            [f"{first['question']} …?", first["counts"], *[by_day.get(d, "–") for d in days]]
        )
    months = base_months(questions)
    return TableExhibit(
        ["Question", "What counts", *[day(d) for d in days]],
        rows,
        widths=[30, 34, *[9] * len(days)],
    ).describe(
        title=(
            f"{capital(number(len(rows)))} questions, asked on up to {number(len(days))} days:"
            f" {len(questions)} in all"
        ),
        subtitle=(
            f"The same words each time; each runs {number(months)} months; – not asked, because it"
            " can happen only once and had its answer"
        ),
        description=(
            f"Table of {len(rows)} questions by {len(days)} days ({listed(day(d) for d in days)})."
        ),
        source="seeds/forecasts/README.md, where the rule of choice stands; table questions",
    )


def base_months(questions: pd.DataFrame) -> int:
    """How many months the questions run."""
    first, last = questions.iloc[0]["opens"], questions.iloc[0]["closes"]
    return (last.year - int(first[:4])) * 12 + last.month - int(first[5:7]) + 1


def base_rates_then(tables: Tables, opens: str = "") -> TableExhibit:
    """For each question of a day (none: the first), what could be counted then, and the base rate
    that follows.
    """
    opens = opens or tables.questions["opens"].min()
    view = tables.as_of(opens)
    questions = view.questions[view.questions["opens"] == opens].set_index("question_id")
    rates = base_rates(view).set_index("question_id").loc[questions.index]
    cases = [cases_known(view, subject) for subject in questions["subject_id"]]
    months = base_months(tables.questions)
    return TableExhibit(
        ["Question", "Years that are counted", "With a case", f"Base rate, {months} months"],
        [_base_rate(*row) for row in zip(questions.itertuples(), rates.itertuples(), cases)],
        widths=[36, 0, 20, 12],
    ).describe(
        title=(
            f"As of {day(opens)}: base rates from {rates['chance'].min():.0%} to"
            f" {rates['chance'].max():.0%}, by counting alone"
        ),
        subtitle=(
            "Full years before that day in which our tables have a case; (cases + 1) / (years + 2)"
            f" for a year (F313), taken over the {months} months that a question runs"
        ),
        description="; ".join(
            f"{rate.Index}: {rate.cases} of {rate.years} years, {rate.chance:.0%}"
            for rate in rates.itertuples()
        )
        + ".",
        source="tables questions and precedents; the rule: F313",
        evidence=evidence_of(view, cases),
    )


def _base_rate(question, rate, cases: str) -> list[str]:
    since = f"from {question.since} on ({question.since_address})"
    return [
        cell(strong(question.Index), " ", asked_in_full(question)),
        f"{capital(question.reference_class)}, {since}",
        f"{rate.cases} of {rate.years}{f' ({cases})' if cases else ''}",
        f"{rate.chance:.0%}",
    ]


def forecasts_on_paper(tables: Tables) -> TableExhibit:
    """The questions of the first day with what counting alone gives, short enough to leave room for
    a forecast of one's own.
    """
    whole = base_rates_then(tables)
    first = tables.questions["opens"].min()
    view = tables.as_of(first)
    asked = view.questions[view.questions["opens"] == first]
    rates = base_rates(view).set_index("question_id").loc[asked["question_id"]]
    rows = [
        [f"{n}. {asked_in_full(question)}", f"{rate.cases} of {rate.years}", f"{rate.chance:.0%}"]
        for n, (question, rate) in enumerate(zip(asked.itertuples(), rates.itertuples()), 1)
    ]
    return TableExhibit(
        ["Question", "Years with a case", whole.head[-1]], rows, widths=[66, 17, 17]
    ).describe(
        title=whole.title,
        subtitle=whole.subtitle,
        description=whole.description,
        source=whole.source,
        evidence=whole.evidence,
    )


def cases_known(tables: Tables, subject: str) -> str:
    """Addresses of the cases of a subject that this view knows, joined."""
    rows = tables.precedents
    cases = (rows["subject_id"] == subject) & (rows["role"] == "case")
    return "; ".join(rows.loc[cases, "address"])


@styled
def score_dots(scored: pd.DataFrame) -> Picture:
    """One learner's Brier score beside the rivals', on the same questions; ``scored`` as
    methods.scores.scored gives it.
    """
    means = {name: scored[column].mean() for name, (column, *_) in RIVALS.items()}
    picture = _score_line()
    (axes,) = picture.axes
    for height, (name, (column, colour, shape)) in enumerate(RIVALS.items()):
        _draw_dots(axes, height, scored[column], colour, shape)
        _draw_mean(axes, height, means[name], colour, shape)
    ranked = sorted(means, key=means.get)
    questions = several(len(scored), "question")
    return picture.describe(
        title=f"On {questions}: " + ", ".join(f"{name} {means[name]:.2f}" for name in ranked),
        subtitle=MARKS,
        description=f"Dots on a line from 0 to 1, {questions}. "
        + "; ".join(f"{name}: mean {mean:.3f}" for name, mean in means.items())
        + ".",
        source=OF_SCORES,
    )


def _score_line() -> Picture:
    """The line from 0 to 1 on which scores are drawn, a height for each rival."""
    picture = Picture(height=2.7)
    picture.subplots_adjust(left=0.15, right=0.97, top=0.95, bottom=0.30)
    axes = picture.add_subplot()
    axes.axvline(HALF**2, color=PALE, linewidth=6, zorder=0)
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(len(RIVALS) - 0.6, -0.65)
    axes.set_yticks(range(len(RIVALS)), list(RIVALS))
    axes.set_xticks(list(SCALE), SCALE.values())
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("Brier score")
    return picture


@styled
def score_line_for_page() -> dict:
    """The line for a page without a kernel, which draws the marks itself: its HTML, where 0, 1 and
    the heights lie in its SVG, and the rivals.
    """
    picture = _score_line().describe("", MARKS, "?", OF_SCORES)
    (axes,) = picture.axes
    html = picture.html(in_panel=True)
    height, scale = 72 * picture.get_size_inches()[1], 72 / picture.dpi
    places = scale * axes.transData.transform([[0, 0], [1, 1], [1, 2]])
    return {
        "html": html,
        "across": [round(float(x), 3) for x, _ in places[:2]],
        "down": [round(float(height - y), 3) for _, y in places],
        "rivals": [[name, *looks] for name, looks in RIVALS.items()],
    }


def _draw_dots(axes, height: int, scores: pd.Series, colour: str, shape: str):
    hollow = {"facecolors": "none", "edgecolors": colour, "linewidths": 1.2}
    axes.scatter(scores, [height] * len(scores), s=34, marker=shape, zorder=2, **hollow)


def _draw_mean(axes, height: int, mean: float, colour: str, shape: str):
    axes.scatter([mean], [height], s=130, marker=shape, color=colour, zorder=3)
    ground = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85}
    axes.text(
        mean,
        height - 0.24,
        f"{mean:.2f}",
        ha="center",
        va="bottom",
        fontsize=11,
        fontweight="bold",
        color=INK,
        zorder=4,
        bbox={**ground, "boxstyle": "round,pad=0.1"},
    )
