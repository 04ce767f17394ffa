"""Forecasts: the rule of their choice, scores of known values, nothing later shown before an
answer, what is kept and what is shown when.
"""

import re

import numpy as np
import pandas as pd
import pytest

from casebook import answers
from casebook.build.seeds import read_seeds
from casebook.core.tables import Tables
from casebook.subjects.forecasts.charts.calibration import calibration_chart, score_parts
from casebook.subjects.forecasts.charts.scores import (
    base_rates_then,
    forecast_questions,
    score_dots,
)
from casebook.subjects.forecasts.checks import check as check_questions
from casebook.subjects.forecasts.methods import calibration, scores
from casebook.subjects.forecasts.widgets.forecasts import UNSET, forecast, open_outcomes
from casebook.subjects.forecasts.widgets.scores import look_back, score_forecasts
from checks import check_legible
from helpers import HOUSE, labelled

FIRST = "2022-08-01"
FORECAST = "As of", "Question", "Probability", "I already knew"


# -- the rule --------------------------------------------------------------------------------------


def test_the_first_question_is_the_forecast_of_lesson_00(tables):
    first = tables.questions.iloc[0]
    assert scores.key_of(first) == "Q01@2022-08-01"
    assert first["subject_id"] == "meeting"
    assert str(first["closes"])[:10] == "2023-12-31"


def test_enough_questions_four_days_half_no_some_open(tables):
    settled = tables.resolutions["outcome"]
    assert len(tables.questions) >= 16
    assert tables.questions["opens"].nunique() == 4
    assert tables.questions.groupby("opens").size().min() >= 4
    assert (settled == "no").sum() * 2 >= len(settled)
    assert len(settled) < len(tables.questions)


def test_no_outcome_was_public_when_its_question_opened_and_every_address_leads_somewhere(tables):
    both = tables.questions.merge(
        tables.resolutions, on="question_id", suffixes=("", "_outcome"), validate="1:1"
    )
    assert (both["public_from_outcome"] > pd.to_datetime(both["opens"])).all()
    no = both[both["outcome"] == "no"]
    assert (no["public_from_outcome"] > no["closes"]).all()
    assert all(tables.resolve(address) for address in both["address"])


def problems_after(change):
    """What the check says of the seeds after ``change(question as dict)`` on the first template."""
    seeds = read_seeds(HOUSE / "seeds")
    first = seeds.questions[0].model_dump()
    change(first)
    seeds.questions[0] = type(seeds.questions[0]).model_validate(first)
    found = []
    check_questions(seeds, lambda row, name, what, allowed="": found.append(f"{what} ({allowed})"))
    return found


def _set(key, **values):
    def change(question):
        question["asked"] = [
            {**a, **values} if a["question_id"] == key else a for a in question["asked"]
        ]

    return change


@pytest.mark.slow
@pytest.mark.parametrize(
    "change, says",
    [
        (_set("Q01", address="F010"), "Q01: F010 was public on 2019-04-25"),
        (
            _set("Q01", outcome="no", address="F014", why="x"),
            "a no of 2023-09-13 for a question that closed on 2023-12-31",
        ),
        (_set("Q01", address="F017"), "F017 did not happen from 2022-08-01 to 2023-12-31"),
        (
            _set("Q01", outcome="open", address=None, why=None),
            "Q01 closed on 2023-12-31, before our latest row",
        ),
        (_set("Q09", opens="2023-10-01"), "not asked on each day of the rule"),
        (_set("Q01", opens="2022-08-02"), "the first day of a month"),
        (_set("Q09", question_id="Q01"), "Q01 stands twice"),
        (lambda q: q.update(happened=[{"year": 2018, "address": "F010"}]), "F010 is not of 2018"),
        (lambda q: q.update(since=2020), "lies before the class begins"),
    ],
)
def test_a_slip_in_the_questions_is_named(change, says):
    assert any(says in problem for problem in problems_after(change))


def test_a_list_with_too_many_a_yes_is_refused():
    def all_yes(question):
        question["asked"] = [
            {**a, "outcome": "yes", "address": a["address"] or "M2026-01-08-a", "why": "x"}
            for a in question["asked"]
        ]

    seeds = read_seeds(HOUSE / "seeds")
    for i, question in enumerate(seeds.questions):
        changed = question.model_dump()
        all_yes(changed)
        seeds.questions[i] = type(question).model_validate(changed)
    found = []
    check_questions(seeds, lambda row, name, what, allowed="": found.append(f"{what} ({allowed})"))
    assert any(
        "settled questions have the answer no (at least half)" in problem for problem in found
    )


# -- scores ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said, happened, score",
    [
        ([1, 0, 1], [1, 0, 1], 0),
        ([0, 1], [1, 0], 1),
        ([0.5] * 4, [1, 0, 0, 1], 0.25),
        ([0.7], [0], 0.49),
        ([0.7, 0.7], [1, 0], 0.29),
    ],
)
def test_brier_scores_of_known_values(said, happened, score):
    assert scores.brier(said, happened) == pytest.approx(score)


def test_no_forecasts_have_no_score():
    assert np.isnan(scores.brier([], []))
    assert calibration.calibration([], []).empty
    with pytest.raises(ValueError, match="no forecasts"):
        calibration.partition([], [])


@pytest.mark.parametrize(
    "said, happened, says",
    [
        ([0.5], [1, 0], "1 forecasts for 2 outcomes"),
        ([1.2], [1], "from 0 to 1"),
        ([float("nan")], [1], "from 0 to 1"),
        ([0.5], [0.5], "0 or 1"),
    ],
)
def test_what_is_no_forecast_is_refused(said, happened, says):
    with pytest.raises(ValueError, match=says):
        scores.brier(said, happened)


@pytest.mark.parametrize("bins", [None, 2, 5, 10])
@pytest.mark.parametrize("seed", range(5))
def test_the_three_terms_add_up_to_the_score(seed, bins):
    draw = np.random.default_rng(seed)
    said, happened = np.round(draw.random(60) * 20) / 20, draw.integers(0, 2, 60)
    parts = calibration.partition(said, happened, bins)
    assert parts.reliability - parts.resolution + parts.uncertainty == pytest.approx(parts.brier)
    if bins is None:
        assert parts.brier == pytest.approx(scores.brier(said, happened))
    assert parts.groups["n"].sum() == 60


def test_the_terms_of_known_forecasters():
    perfect = calibration.partition([1, 1, 0, 0], [1, 1, 0, 0])
    assert (perfect.brier, perfect.reliability, perfect.resolution, perfect.uncertainty) == (
        0,
        0,
        0.25,
        0.25,
    )
    half = calibration.partition([0.5] * 4, [1, 1, 0, 0])
    assert (half.brier, half.reliability, half.resolution) == (0.25, 0, 0)


def test_a_number_on_an_edge_belongs_to_the_bin_above_and_one_to_the_last():
    groups = calibration.calibration([0.6, 1.0, 0.0, 0.19], [1, 1, 0, 0], 5)
    assert list(zip(groups["low"].round(1), groups["n"])) == [(0.0, 2), (0.6, 1), (0.8, 1)]


def test_the_rule_of_succession_and_the_time_it_runs():
    assert scores.succession(0, 0) == 0.5
    assert scores.succession(1, 10) == pytest.approx(1 / 6)
    assert scores.within(0.5, 12) == 0.5
    assert scores.within(0.5, 24) == 0.75
    with pytest.raises(ValueError):
        scores.succession(3, 2)


def test_base_rates_count_only_what_was_public(tables):
    rates = scores.base_rates(tables).set_index("question_id")
    assert (rates.at["Q01", "cases"], rates.at["Q01", "years"]) == (1, 10)
    assert rates.at["Q09", "cases"] == 1
    assert rates.at["Q17", "cases"] == 2
    assert rates.at["Q24", "cases"] == 4
    assert rates.at["Q07", "cases"] == 5
    assert (rates["chance"].between(0, 1)).all()


def test_the_rivals_change_places_as_the_lesson_and_the_teachers_page_say(tables):
    others = scores.rivals(tables).set_index("opens")
    assert list(others["nearer"][:3]) == ["base rate", "always 50 %", "always 50 %"]
    assert (others["half_score"] == 0.25).all()
    page = (HOUSE / "teach" / "09.md").read_text("utf-8")
    for value in others["base_score"][:3]:
        assert f"{value:.2f}" in page


def test_known_and_open_are_kept_and_not_scored(tables):
    kept = {
        "Q01@2022-08-01": 0.4,
        "Q02@2022-08-01": "known",
        "Q24@2026-01-01": 0.5,
        "Q03@2023-09-01": 0.9,
        "Q01@hindsight": 0.8,
    }
    found = scores.scored(tables, kept)
    assert list(found["question_id"]) == ["Q01"]
    assert found.iloc[0]["score"] == pytest.approx(0.36)
    assert found.iloc[0]["half_score"] == 0.25
    moved = scores.shifts(tables, kept)
    assert list(moved["question_id"]) == ["Q01"]
    assert moved.iloc[0]["toward"] == pytest.approx(0.4)


def test_a_class_is_pooled_from_a_table_and_what_cannot_be_scored_is_left_out(tables):
    table = pd.DataFrame(
        [
            ("a", "Q01", "2022-08-01", 0.2),
            ("a", "Q01", "2022-08-01", 0.4),
            ("b", "Q01", "2022-08-01", "known"),
            ("b", "Q99", "2022-08-01", 0.4),
            ("b", "Q02", "2023-09-01", 0.4),
            ("c", "Q24", "2026-01-01", 0.4),
            ("c", "Q02", "2022-08-01", 7),
            ("c", "Q02", "2022-08-01", 0.1),
        ],
        columns=["learner", "question", "date", "value"],
    )
    pooled = scores.pool(tables, table)
    assert list(zip(pooled["learner"], pooled["question"], pooled["value"])) == [
        ("a", "Q01", 0.4),
        ("c", "Q02", 0.1),
    ]
    assert list(pooled["score"]) == pytest.approx([0.36, 0.01])
    assert "Class:" in score_parts(tables, table).title
    assert "made-up" not in calibration_chart(tables, table).subtitle


def test_the_synthetic_class_is_labelled_the_same_each_time_and_overconfident(tables):
    first, again = scores.synthetic_class(tables), scores.synthetic_class(tables)
    assert first.equals(again)
    assert first["learner"].str.startswith("synthetic").all()
    assert first["value"].between(0, 1).all()
    groups = calibration.partition(
        *(scores.pool(tables, first)[c] for c in ("value", "outcome")), 5
    ).groups
    assert groups.iloc[0]["happened"] > groups.iloc[0]["said"]
    assert groups.iloc[-1]["happened"] < groups.iloc[-1]["said"]
    for exhibit in (
        calibration_chart(tables),
        score_parts(tables),
        calibration_chart(tables, first),
        score_parts(tables, first),
    ):
        assert exhibit.title.startswith("Synthetic class")
        assert "nobody's forecasts" in exhibit.source


# -- exhibits --------------------------------------------------------------------------------------


KEPT = {
    f"Q0{n}@{FIRST}": value for n, value in enumerate([0.4, 0.1, 0.05, 0.2, 0.7, 0.1, 0.8, 0.1], 1)
}


@pytest.mark.parametrize(
    "make",
    [lambda t: score_dots(scores.scored(t, KEPT)), calibration_chart],
    ids=["dots", "calibration"],
)
def test_pictures_are_the_same_each_time_legible_inside_and_do_not_overlap(make, tables):
    picture = make(tables)
    assert picture.svg() == make(tables).svg()
    check_legible(picture)
    assert re.search(r"\d", picture.description)
    assert picture.source


def test_the_title_of_the_dots_says_the_means_in_their_order(tables):
    mine = scores.scored(tables, KEPT)
    title = score_dots(mine).title
    assert f"you {mine['score'].mean():.2f}" in title
    assert title.index("base rate") < title.index("always")


def test_questions_and_base_rates_of_a_day_say_nothing_later(tables):
    shown = base_rates_then(tables)
    said = (shown.html() + shown.plain()).replace("by 31 December 2023?", "")
    assert "23%" in said
    assert not re.search(r"202[3-6]|Vostochny", said)
    assert all(
        f"{d}</th>" in forecast_questions(tables).html()
        for d in ("1 August 2022", "1 January 2026")
    )
    assert len(forecast_questions(tables.as_of(FIRST)).rows) == 10
    assert "2024" not in forecast_questions(tables.as_of(FIRST)).html()


# -- panels ----------------------------------------------------------------------------------------


@pytest.fixture
def work(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOOK_WORK", str(tmp_path / "work"))
    return answers.learner()


def one(panel, name):
    return labelled(panel, name)[0]


def test_the_panel_opens_unset_and_keeps_a_number_or_that_one_knew(tables, work):
    panel = forecast(tables)
    when, question, percent, knew = labelled(panel, *FORECAST)
    assert percent.value == UNSET
    assert not work.kept("forecast")
    assert "no forecast yet. 0 of 10" in panel.says
    percent.value = 0.4
    assert work.kept("forecast") == {"Q01@2022-08-01": 0.4}
    assert "you say 40%, rather unlikely. 1 of 10" in panel.says
    question.value = "Q02"
    assert percent.value == UNSET
    assert not knew.value
    knew.value = True
    assert work.kept("forecast", "Q02@2022-08-01") == "known"
    assert "not scored" in panel.says
    percent.value = 0.1
    assert work.kept("forecast", "Q02@2022-08-01") == 0.1
    assert not knew.value
    percent.value = UNSET
    assert set(work.kept("forecast")) == {"Q01@2022-08-01"}
    when.value = "2024-05-01"
    assert question.value == "Q17"
    assert percent.value == UNSET
    when.value = FIRST
    assert percent.value == 0.4
    assert one(forecast(tables), "Probability").value == 0.4, (
        "another panel, or another kernel, finds it again"
    )


def test_what_could_not_be_kept_is_said_and_the_screen_stays(tables, work, monkeypatch):
    panel = forecast(tables)

    def full(*_):
        raise answers.NotKept("The disk is full.")

    monkeypatch.setattr(work, "keep", full)
    one(panel, "Probability").value = 0.4
    assert panel.says.startswith("The disk is full.")
    assert one(panel, "Probability").value == 0.4


LATER_WORDS = {
    FIRST: "Vostochny|2023-|2024-|2025-|Second meeting",
    "2023-09-01": "Vostochny|Pyongyang visit|2024-|2025-",
    "2024-05-01": "2025-|2024-0[6-9]|2026-",
    "2026-01-01": "2026-0",
}


@pytest.mark.parametrize("day", LATER_WORDS)
def test_no_question_shows_a_row_of_later(tables, work, day):
    panel = forecast(tables)
    when, question = labelled(panel, "As of", "Question")
    when.value = day
    for _, key in question.options:
        question.value = key
        assert not re.search(LATER_WORDS[day], panel.result), key
        for row in re.findall(r"<th scope='row'>([FM][\w-]+)", panel.result):
            assert tables.as_of(day).knows(row)


def test_nothing_planted_later_is_shown_or_counted(tmp_path, tables, work):
    import shutil

    from test_as_of import LATER, MARK, plant

    folder = shutil.copytree(tables.folder, tmp_path / "data")
    plant(folder, "facts", fact_id="F990", date="2022-07-01")
    for subject in tables.questions["subject_id"].unique():
        plant(folder, "precedents", subject_id=subject, role="case", year="2021", address="F990")
        plant(folder, "precedents", subject_id=subject, role="to read", address="F990")
    plant(
        folder, "resolutions", question_id="Q24", address="F990", outcome="yes", public_from=LATER
    )
    planted = Tables(folder)
    for panel in (
        forecast(planted),
        open_outcomes(planted),
        look_back(planted),
        score_forecasts(planted),
    ):
        assert not re.search(f"{MARK}|F990|2030", "".join(panel.stored()))
    panel = forecast(planted)
    for day, _ in LATER_WORDS.items():
        one(panel, "As of").value = day
        for _, key in one(panel, "Question").options:
            one(panel, "Question").value = key
            assert not re.search(f"{MARK}|F990", panel.result + panel.says)
    assert scores.base_rates(planted).equals(scores.base_rates(tables))
    assert base_rates_then(planted).html() == base_rates_then(tables).html()


def test_closed_panels_tell_no_outcome(tables, work):
    for panel in (open_outcomes(tables), look_back(tables), score_forecasts(tables)):
        shown = "".join(panel.stored())
        assert not re.search(r"✓ yes|✗ no\b|F014|F303|two yes|0\.17", shown)


def test_after_the_opening_forecasts_stay_and_are_not_shown_until_recalled(tables, work):
    panel = forecast(tables)
    one(panel, "Probability").value = 0.4
    outcomes = open_outcomes(tables)
    one(outcomes, "Open the outcomes of this day").value = True
    assert outcomes.says == "As of 1 August 2022: two yes, eight no, none open."
    assert "They met at Vostochny" in outcomes.result
    one(panel, "Probability").value = 0.9
    assert work.kept("forecast", "Q01@2022-08-01") == 0.4
    assert "nothing is changed any more" in panel.says
    assert one(panel, "Probability").value == UNSET
    assert one(forecast(tables), "Probability").value == UNSET
    one(outcomes, "Asked as of").value = "2023-09-01"
    assert (
        not one(outcomes, "Open the outcomes of this day").value and "not opened" in outcomes.says
    ), "each day is opened on its own"
    assert "Q09" not in str(one(look_back(tables), "Question").options)


def test_hindsight_is_kept_apart_and_the_shift_is_shown(tables, work):
    assert "Nothing to look back at" in look_back(tables).says
    one(forecast(tables), "Probability").value = 0.4
    back = look_back(tables)
    one(open_outcomes(tables), "Open the outcomes of this day").value = True
    one(back, "Look again").click()
    assert one(back, "Question").value == "Q01"
    assert "40%" not in back.says + back.result
    one(back, "I said").value = 0.65
    assert work.kept("forecast") == {"Q01@2022-08-01": 0.4, "Q01@hindsight": 0.65}
    assert (
        back.says
        == "Q01: you said 40%, you recall 65%; it happened. Your memory moved 25 points towards"
        " what happened."
    )
    one(back, "I said").value = 0.4
    assert back.says.endswith("Your memory kept the number.")


def test_scores_come_after_the_outcomes_and_on_request(tables, work):
    panel = score_forecasts(tables)
    day, box = labelled(panel, "Asked as of", "Show the scores")
    box.value = True
    assert "not opened yet" in panel.says
    assert "<img" not in panel.result
    one(forecast(tables), "Probability").value = 0.4
    one(open_outcomes(tables), "Open the outcomes of this day").value = True
    box.value = False
    assert "scores folded" in panel.says
    box.value = True
    assert "one question: you 0.36, base rate 0.60, always 50 % 0.25" in panel.says
    assert "lie between 0.16 and 0.36" in panel.says
    assert "<img" in panel.result
    day.value = ""
    assert panel.says.startswith("All opened days, one question")


def test_without_forecasts_the_rivals_alone_are_shown(tables, work):
    one(open_outcomes(tables), "Open the outcomes of this day").value = True
    panel = score_forecasts(tables)
    one(panel, "Show the scores").value = True
    assert "no forecast of yours can be scored" in panel.says
    assert "0.16" in panel.result
    assert "<img" not in panel.result


def test_the_stored_lesson_tells_no_outcome_above_its_panels():
    import json

    cells = json.loads((HOUSE / "notebooks" / "09-what-was-knowable.ipynb").read_text("utf-8"))[
        "cells"
    ]
    above = []
    for cell in cells:
        source = "".join(cell["source"])
        if source.startswith("score_forecasts("):
            break
        above += [
            source,
            *(
                "".join(v)
                for o in cell.get("outputs", [])
                for v in o.get("data", {}).values()
                if not isinstance(v, dict)
            ),
        ]
    shown = re.sub(r"data:image/[^\"]*", "", "\n".join(above))
    assert not re.search(r"Vostochny|Pyongyang|F014|F016|F017|F053|F076|2025|✓ yes", shown)
