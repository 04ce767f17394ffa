"""Forecasts and their scores: the questions, what could be counted on a day, who was nearer, and a
class's calibration.
"""

from html import escape

from casebook.charts.words import capital, day, listed, number, several
from casebook.figure import GREY, INK, PALE, Matrix, Picture, styled
from casebook.methods.scores import BINS, HALF, base_rates, partition, pool, synthetic_class

MADE_UP = "synthetic"  # how the pseudonym of a learner who does not exist begins
YOU, BASE, ALWAYS = "you", "base rate", "always 50 %"
MARKS = {
    YOU: ("#0b5fa5", "o"),
    BASE: ("#a3490a", "s"),
    ALWAYS: (GREY, "D"),
}  # colour and shape, so that neither is alone


def asked_in_full(question) -> str:
    """A row of ``questions`` as one would ask it: 'Will … by 31 December 2023?'"""
    return f"{question.question} by {day(question.closes)}?"


def forecast_questions(tables) -> Matrix:
    """The questions, what counts as yes, and on which days each is asked; no outcome."""
    questions = tables.questions
    days = sorted(questions["opens"].unique())
    rows = []
    for _, asked in questions.groupby("subject_id", sort=False):
        by_day = dict(zip(asked["opens"], asked["question_id"]))
        first = asked.iloc[0]
        rows.append(
            [
                f"{escape(first['question'])} …?",
                escape(first["counts"]),
                *[by_day.get(d, "–") for d in days],
            ]
        )
    months = base_months(questions)
    return Matrix(
        ["Question", "What counts", *[day(d) for d in days]],
        rows,
        widths=[30, 34, *[9] * len(days)],
    ).tell(
        title=(
            f"{capital(number(len(rows)))} questions, asked on up to {number(len(days))} days:"
            f" {len(questions)} in all"
        ),
        subtitle=(
            f"The same words each time; each runs {number(months) if months < 13 else months}"
            " months; – not asked, because it can happen only once and had its answer"
        ),
        description=(
            f"Table of {len(rows)} questions by {len(days)} days ({listed(day(d) for d in days)})."
        ),
        source="seeds/forecasts/README.md, where the rule of choice stands; table questions",
    )


def base_months(questions) -> int:
    """How many months the questions run."""
    first, last = questions.iloc[0]["opens"], questions.iloc[0]["closes"]
    return (last.year - int(first[:4])) * 12 + last.month - int(first[5:7]) + 1


def base_rates_then(tables, opens: str = "") -> Matrix:
    """For each question of a day (none: the first), what could be counted then, and the base rate
    that follows.
    """
    opens = opens or tables.questions["opens"].min()
    view = tables.as_of(opens)
    questions = view.questions[view.questions["opens"] == opens].set_index("question_id")
    rates = base_rates(view).set_index("question_id").loc[questions.index]
    rows, evidence = [], []
    for q, rate in zip(questions.itertuples(), rates.itertuples()):
        cases = cases_known(view, q.subject_id)
        rows.append(
            [
                f"<strong>{q.Index}</strong> {escape(asked_in_full(q))}",
                f"{escape(capital(q.reference_class))}, from {q.since} on ({q.since_address})",
                f"{rate.cases} of {rate.years}{f' ({cases})' if cases else ''}",
                f"{rate.chance:.0%}",
            ]
        )
        evidence += view.resolve(cases)
    months = base_months(tables.questions)
    return Matrix(
        ["Question", "Years that are counted", "With a case", f"Base rate, {months} months"],
        rows,
        widths=[36, 0, 20, 12],
    ).tell(
        title=(
            f"As of {day(opens)}: base rates from {rates['chance'].min():.0%} to"
            f" {rates['chance'].max():.0%}, by counting alone"
        ),
        subtitle=(
            "Full years before that day in which our tables have a case; (cases + 1) / (years + 2)"
            f" for a year (F313), taken over the {months} months that a question runs"
        ),
        description="; ".join(
            f"{q}: {rate.cases} of {rate.years} years, {rate.chance:.0%}"
            for q, rate in zip(questions.index, rates.itertuples())
        )
        + ".",
        source="tables questions and precedents; the rule: F313",
        evidence=evidence,
    )


def cases_known(tables, subject: str) -> str:
    """Addresses of the cases of a subject that this view knows, joined."""
    rows = tables.precedents
    return "; ".join(
        rows.loc[(rows["subject_id"] == subject) & (rows["role"] == "case"), "address"]
    )


@styled
def score_dots(scored) -> Picture:
    """One learner's Brier score beside the rivals', on the same questions; ``scored`` as
    methods.scores.scored gives it.
    """
    columns = {YOU: "score", BASE: "base_score", ALWAYS: "half_score"}
    means = {name: scored[column].mean() for name, column in columns.items()}
    picture = Picture(height=2.7)
    picture.subplots_adjust(left=0.15, right=0.97, top=0.95, bottom=0.30)
    axes = picture.add_subplot()
    axes.axvline(HALF**2, color=PALE, linewidth=6, zorder=0)
    for height, (name, column) in enumerate(columns.items()):
        colour, shape = MARKS[name]
        axes.scatter(
            scored[column],
            [height] * len(scored),
            s=34,
            marker=shape,
            facecolors="none",
            edgecolors=colour,
            linewidths=1.2,
            zorder=2,
        )
        axes.scatter([means[name]], [height], s=130, marker=shape, color=colour, zorder=3)
        axes.text(
            means[name],
            height - 0.24,
            f"{means[name]:.2f}",
            ha="center",
            va="bottom",
            fontsize=11,
            fontweight="bold",
            color=INK,
            zorder=4,
            bbox={
                "facecolor": "white",
                "edgecolor": "none",
                "alpha": 0.85,
                "boxstyle": "round,pad=0.1",
            },
        )
    axes.set_xlim(-0.03, 1.03)
    axes.set_ylim(len(columns) - 0.6, -0.65)
    axes.set_yticks(range(len(columns)), list(columns))
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0\nperfect", "0.25", "0.5", "0.75", "1\nworst"])
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("Brier score")
    ranked = sorted(means, key=means.get)
    return picture.tell(
        title=f"On {several(len(scored), 'question')}: "
        + ", ".join(f"{name} {means[name]:.2f}" for name in ranked),
        subtitle=(
            "Brier score: filled mark the mean, open marks single questions; further left is"
            " better; the grey line is 0.25"
        ),
        description=f"Dots on a line from 0 to 1, {several(len(scored), 'question')}. "
        + "; ".join(f"{name}: mean {means[name]:.3f}" for name in columns)
        + ".",
        source="the score: F310; outcomes: table resolutions; base rates: table precedents",
    )


def class_pool(tables, table=None):
    """A class's forecasts ready to score, without a table those of the made-up class; and whether
    every learner is made up.
    """
    pooled = pool(tables, synthetic_class(tables) if table is None else table)
    return pooled, bool(pooled["learner"].astype(str).str.startswith(MADE_UP).all())


def _class_name(made_up: bool) -> str:
    return "Synthetic class" if made_up else "Class"


def _class_source(made_up: bool) -> str:
    return (
        "a seeded generator, nobody's forecasts"
        if made_up
        else "the class's exported answers; outcomes: table resolutions"
    )


@styled
def calibration_chart(tables, table=None, name: str = "") -> Picture:
    """Of what a pooled class called about as likely, how much happened? Without ``table`` (columns
    learner, question, date, value) the synthetic class, labelled so. ``name`` is what titles call
    the class. Raises ValueError if nothing in the table can be scored.
    """
    pooled, made_up = class_pool(tables, table)
    name = name or _class_name(made_up)
    groups = partition(pooled["value"], pooled["outcome"], BINS).groups
    picture = Picture(height=4.4, width=6.2)
    picture.subplots_adjust(left=0.13, right=0.95, top=0.96, bottom=0.13)
    axes = picture.add_subplot()
    axes.plot(
        [0, 1],
        [0, 1],
        color=GREY,
        linewidth=1.2,
        linestyle="--",
        zorder=1,
        label="as often as said",
    )
    axes.plot(
        groups["said"],
        groups["happened"],
        color="#0b5fa5",
        marker="o",
        markersize=8,
        zorder=3,
        label=name.lower(),
    )
    axes.legend(loc="upper left", frameon=False, fontsize=10.5)
    for row in groups.itertuples():
        below = row.happened > row.said
        axes.annotate(
            f"{row.n}",
            (row.said, row.happened),
            xytext=(0, 11 if below else -11),
            textcoords="offset points",
            ha="center",
            va="bottom" if below else "top",
            fontsize=10.5,
            fontweight="bold",
            color=INK,
        )
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.05, 1.05)
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    axes.set_xticks(ticks, [f"{t:.0%}" for t in ticks])
    axes.set_yticks(ticks, [f"{t:.0%}" for t in ticks])
    axes.set_xlabel("said, mean of the group")
    axes.set_ylabel("happened")
    top, bottom = groups.iloc[-1], groups.iloc[0]
    return picture.tell(
        title=(
            f"{name}: called {top['said']:.0%} likely, it happened {top['happened']:.0%} of the"
            " time"
        )
        + (
            f"; called {bottom['said']:.0%} likely, {bottom['happened']:.0%}"
            if len(groups) > 1
            else ""
        ),
        subtitle=(
            f"{len(pooled)} forecasts of {pooled['learner'].nunique()}"
            f" {'made-up ' * made_up}learners, in {several(len(groups), 'group')} by what was said;"
            " the numbers are forecasts in a group"
        ),
        description="Line through groups: "
        + "; ".join(
            f"said {r.said:.0%}, happened {r.happened:.0%}, {r.n} forecasts"
            for r in groups.itertuples()
        )
        + ". Dashed: as often as said.",
        source=_class_source(made_up),
    )


def score_parts(tables, table=None, name: str = "") -> Matrix:
    """Murphy's three terms of a pooled class's score; without ``table`` of the synthetic class.
    ``name`` and errors as calibration_chart.
    """
    pooled, made_up = class_pool(tables, table)
    name = name or _class_name(made_up)
    parts = partition(pooled["value"], pooled["outcome"], BINS)
    rows = [
        [
            "Uncertainty",
            f"{parts.uncertainty:.3f}",
            "How mixed the outcomes were. The forecasters can't change it.",
        ],
        [
            "− Resolution",
            f"{parts.resolution:.3f}",
            "How far their groups tell yes from no. More is better.",
        ],
        [
            "+ Reliability",
            f"{parts.reliability:.3f}",
            "How far what was said lies from how often it happened. Less is better.",
        ],
        [
            "= Brier score",
            f"{parts.brier:.3f}",
            f"Of {len(pooled)} forecasts, each set to the mean of its group.",
        ],
    ]
    return Matrix(["Part", "Value", "What it says"], rows, widths=[22, 14, 0]).tell(
        title=(
            f"{name}: {parts.uncertainty:.3f} − {parts.resolution:.3f} + {parts.reliability:.3f} ="
            f" {parts.brier:.3f}"
        ),
        subtitle="Murphy's three terms of the Brier score (F311); only for many forecasts pooled",
        description=(
            f"Uncertainty {parts.uncertainty:.3f}, resolution {parts.resolution:.3f}, reliability"
            f" {parts.reliability:.3f}, Brier score {parts.brier:.3f}."
        ),
        source=f"F311; {_class_source(made_up)}",
    )
