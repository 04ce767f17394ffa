"""Laplace's rule of succession as a picture: the years that could be counted, and two made up."""

from collections.abc import Sequence

from casebook.core.tables import Tables
from casebook.figure import DASHES, GREY, INK, STATES, Picture, evidence_of, styled
from casebook.figure.english import capital, day, several
from casebook.subjects.forecasts.charts.scores import base_months, cases_known
from casebook.subjects.forecasts.methods.scores import base_rates, years_with_a_case

__all__ = ["laplace"]

CASE, NONE = STATES["Russia"], "#ffffff"
ACROSS = 18  # squares in a line
GAP = 1.1  # between two questions, in squares


@styled
def laplace(tables: Tables, subjects: Sequence[str], opens: str = "") -> Picture:
    """For each of some subjects, as asked on a day (none: the first): a square for each full year
    that is counted, filled where it has a case, and the two squares that Laplace's rule adds.
    """
    opens = opens or tables.questions["opens"].min()
    view = tables.as_of(opens)
    rates = base_rates(view).query("opens == @opens").set_index("subject_id")
    asked = view.questions.query("opens == @opens").set_index("subject_id")
    picture = Picture(height=0.93 * len(subjects) + 0.05)
    picture.subplots_adjust(left=0.01, right=0.99, top=0.99, bottom=0.02)
    axes = picture.add_subplot()
    for row, subject in enumerate(subjects):
        years = range(int(asked.at[subject, "since"]), int(opens[:4]))
        cases = years_with_a_case(view, subject, years)
        _draw_row(axes, row, asked.at[subject, "question"], years, cases, rates.loc[subject])
    axes.set_xlim(-0.2, ACROSS + 4.6)
    axes.set_ylim(len(subjects) * 2.4 - 0.6, -0.9)
    axes.set_aspect("equal")
    axes.axis("off")
    told = {subject: _told(rates.loc[subject]) for subject in subjects}
    return picture.describe(
        title="A filled square is a year with a case; the two dashed ones are added by the rule",
        subtitle=(
            f"As of {day(opens)}: full years that could be counted. One year with a case and one"
            f" without are made up, so that nothing is ever called impossible or certain (F313)"
        ),
        description="; ".join(f"{capital(subject)}: {text}" for subject, text in told.items())
        + f", over {base_months(tables.questions)} months more.",
        source="tables questions and precedents; the rule: F313",
        evidence=evidence_of(view, [cases_known(view, subject) for subject in subjects]),
    )


def _told(rate) -> str:
    years = several(rate.years, "year")
    return (
        f"{rate.cases} of {years} with a case, with the two made up {rate.cases + 1} of"
        f" {rate.years + 2}, {rate.yearly:.0%} for a year"
    )


def _draw_row(axes, row: int, question: str, years: range, cases: set[int], rate) -> None:
    top = row * 2.4
    axes.text(0, top - 0.45, f"{question}?", fontsize=11.5, fontweight="bold", va="center")
    for place, year in enumerate(years):
        _square(axes, place, top, CASE if year in cases else NONE, year % 100)
    for off, (fill, sign) in enumerate(((CASE, "+"), (NONE, "+"))):
        _square(axes, len(years) + 0.5 + off, top, fill, sign, dashed=True)
    axes.text(
        len(years) + 3.0,
        top + 0.5,
        f"{rate.cases + 1} of {rate.years + 2}\n= {rate.yearly:.0%} a year",
        fontsize=11.5,
        va="center",
        color=INK,
    )


def _square(axes, x: float, y: float, fill: str, text: object, dashed: bool = False) -> None:
    look = {"edgecolor": INK if dashed else GREY, "linestyle": DASHES if dashed else "solid"}
    xs, ys = [x + 0.05, x + 0.95, x + 0.95, x + 0.05], [y + 0.05, y + 0.05, y + 0.95, y + 0.95]
    axes.fill(xs, ys, facecolor=fill, linewidth=1.8 if dashed else 1.0, **look)
    written = text if isinstance(text, str) else f"{text:02}"
    ink = "#ffffff" if fill == CASE else INK
    axes.text(x + 0.5, y + 0.5, written, fontsize=10, ha="center", va="center", color=ink)
