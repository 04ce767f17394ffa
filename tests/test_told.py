"""Which forecast questions other lessons have told, and Laplace's rule in a picture."""

import re

import pytest

from casebook.core.addresses import parse_all
from casebook.subjects.forecasts.charts.laplace import laplace
from casebook.subjects.forecasts.methods import asked, scores
from casebook.subjects.forecasts.widgets.forecasts import forecast
from checks import check_legible
from helpers import control, lessons

SUBJECTS = ["meeting", "test", "summit"]


def texts() -> dict[str, str]:
    """The whole of each other lesson's notebook, stored outputs too, by its number."""
    return {p.stem[:2]: p.read_text("utf-8") for p in lessons() if p.stem[:2] != "09"}


def settled_by(tables, subject) -> set[str]:
    """The rows that settle the questions on a subject."""
    mine = tables.questions.query("subject_id == @subject")["question_id"]
    found = tables.resolutions[tables.resolutions["question_id"].isin(mine)]
    return {a.row for text in found["address"] for a in parse_all(text)}


def test_what_no_lesson_tells_stands_in_no_other_notebook(tables):
    pages = texts()
    subjects = asked.untold(tables)["subject_id"].unique()
    assert len(subjects) >= 4
    for subject in subjects:
        for row in settled_by(tables, subject):
            told = [n for n, text in pages.items() if re.search(rf"\b{row}\b", text)]
            assert not told, f"{subject}: {row} stands in {told}"


def test_the_lesson_that_tells_an_outcome_has_its_row(tables):
    pages = texts()
    for subject, told in tables.questions.groupby("subject_id")["told"].first().items():
        if told:
            assert any(row in pages[told] for row in settled_by(tables, subject)), subject


def test_each_day_asks_at_least_four_questions_that_no_lesson_tells(tables):
    assert asked.untold(tables).groupby("opens").size().min() >= 4


def test_the_list_says_which_lesson_tells_it(tables):
    from ipywidgets import Dropdown

    options = dict(control(forecast(tables), Dropdown).options)
    assert "Q01 · Meeting · lesson 00 tells it" in options
    assert "Q02 · Moscow" in options


# -- Laplace ---------------------------------------------------------------------------------------


def squares(picture):
    """(x, filled, dashed) of each square."""
    return [
        (p.get_xy()[:, 0].min(), p.get_facecolor()[:3] != (1, 1, 1), p.get_linestyle() != "solid")
        for p in picture.axes[0].patches
    ]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_there_is_a_square_for_each_year_and_two_more_of_which_one_is_filled(tables, subject):
    rate = scores.base_rates(tables).query("opens == '2022-08-01'").set_index("subject_id")
    years, cases = rate.at[subject, "years"], rate.at[subject, "cases"]
    drawn = squares(laplace(tables, [subject]))
    assert len(drawn) == years + 2
    assert sum(filled for _, filled, _ in drawn) == cases + 1
    assert [filled for _, filled, _ in drawn[-2:]] == [True, False]


def test_the_picture_says_what_the_rule_gives(tables):
    picture = laplace(tables, SUBJECTS)
    check_legible(picture)
    assert (
        "Meeting: 1 of ten years with a case, with the two made up 2 of 12" in picture.description
    )
    assert "Test: 5 of 16 years" in picture.description


def test_a_later_day_knows_more_cases(tables):
    first, later = (laplace(tables, ["meeting"], day) for day in ("2022-08-01", "2024-05-01"))
    assert sum(s[1] for s in squares(later)) == sum(s[1] for s in squares(first)) + 1


def test_counting_wins_where_the_rivals_say_so(tables):
    won = (scores.rivals(tables)["nearer"] == "base rate").sum()
    assert list(asked.days_won_by_counting(tables)["days"]) == [won]
    rule = asked.counted_by_the_rule(tables).query("subject_id == 'moscow'")
    assert list(rule["with_two"])[0] == "1 of 12"
