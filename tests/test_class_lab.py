"""The methods lab of a class: forecasts beside their rivals, phrasings ranked; worked out by hand
here, kind where nothing came in.
"""

import re

import pytest
from ipywidgets import Checkbox

from casebook.classroom import (
    came_in,
    class_calibration,
    class_parts,
    class_scores,
    class_work,
    left_out,
)
from casebook.classroom.lab import class_ranking
from casebook.classroom.widgets import rank_phrasings
from casebook.subjects.commitment.methods import pairs, scale
from casebook.subjects.commitment.methods.pairs import CANNOT
from casebook.subjects.forecasts.methods import scores
from helpers import MARKUP, control

FIRST = "2022-08-01"
LAB = [
    class_scores,
    class_calibration,
    class_parts,
    class_ranking,
    lambda work: class_ranking(work, fitted=True),
]


def given(**forecasts):
    return {("forecast", f"{question}@{FIRST}"): value for question, value in forecasts.items()}


def judged(*pairs):
    return {("judgement", "|".join(sorted(pair[:2]))): pair[2] for pair in pairs}


@pytest.mark.slow
@pytest.mark.parametrize("exhibit", LAB)
def test_the_synthetic_class_is_called_so(exhibit, synthetic):
    shown = exhibit(synthetic)
    assert shown.title.startswith("SYNTHETIC class")
    assert "nobody's" in shown.source
    assert re.search(r"\d", shown.description)
    assert exhibit(synthetic).html() == shown.html()


@pytest.mark.slow
def test_the_synthetic_class_did_the_methods_lab(synthetic):
    pooled = synthetic.pooled
    for name in ("forecasts", "judgements", "codings"):
        assert getattr(pooled, name)["learner"].nunique() == 30, name
    assert {"hindsight", FIRST} < set(pooled.forecasts["date"])
    assert scores.KNOWN in set(pooled.forecasts["value"])
    assert CANNOT in set(pooled.judgements["chosen"])
    assert len(pairs.parts_of(pooled.judgements, pairs.items_of(pooled.judgements))) == 1


def test_scores_of_a_class_of_its_mean_and_of_each_learner(tables, hand_in):
    hand_in("Ada", given(Q01=0.6, Q02=0.2))
    hand_in(
        "Bo",
        given(Q01=1, Q02="known")
        | {
            ("forecast", "Q24@2026-01-01"): 0.5,
            ("forecast", "Q01@hindsight"): 0.9,
        },
    )
    exhibit = class_scores(class_work(tables))
    base = scores.base_rates(tables).set_index("question_id")["chance"]
    rival = ((1 - base["Q01"]) ** 2 * 2 + base["Q02"] ** 2) / 3
    assert exhibit.rows[0][1:] == ["3", f"{(0.16 + 0.04 + 0) / 3:.2f}", f"{rival:.2f}", "0.25"]
    assert exhibit.rows[1][1:3] == [
        "2",
        f"{(0.04 + 0.04) / 2:.2f}",
    ], "the mean forecast: 0.8 and 0.2"
    assert [row[:3] for row in exhibit.under.rows] == [["Ada", "2", "0.10"], ["Bo", "1", "0.00"]]
    assert "three forecasts: the class 0.07, always 50 % 0.25" in exhibit.title
    assert exhibit.title.startswith("Your class")
    assert "1 on questions still open, 1 “I already knew”" in exhibit.subtitle
    assert "<details>" in exhibit.html()


def test_too_few_forecasts_are_told_kindly(tables, hand_in):
    hand_in("Ada", given(Q01=0.6, Q02=0.2))
    for exhibit in (class_calibration, class_parts):
        shown = exhibit(class_work(tables))
        assert shown.title == "Your class: two forecasts that can be scored, too few for this part"
        assert "Nothing is wrong" in shown.subtitle


@pytest.mark.parametrize("exhibit", LAB)
def test_a_class_without_such_answers_is_told_so(exhibit, tables, hand_in):
    hand_in(
        "Ada", {("exercise", "00-dates"): 2} | judged(("P01", "P02", CANNOT)) | given(Q01="known")
    )
    shown = exhibit(class_work(tables))
    assert "came in" in shown.title
    assert "SYNTHETIC" not in shown.html()
    assert "Nothing is wrong" in shown.subtitle
    assert re.search("lesson 0[89]", shown.description)


def test_a_class_is_pooled_as_the_methods_do(tables, hand_in, synthetic):
    for learner, rows in synthetic.pooled.forecasts.groupby("learner"):
        hand_in(
            learner.replace("synthetic", "Ada"),
            {("forecast", f"{r.question}@{r.date}"): r.value for r in rows.itertuples()},
        )
    work = class_work(tables)
    title, parts = class_calibration(work).title, class_parts(work)
    assert title.startswith("Your class")
    assert title.split(":", 1)[1] == class_calibration(synthetic).title.split(":", 1)[1]
    assert parts.title.startswith("Your class")
    assert "made-up" not in class_calibration(work).subtitle
    assert "nobody" not in parts.source
    assert class_scores(work).rows == class_scores(synthetic).rows


def test_a_ranking_counts_and_fits_and_says_what_it_rests_on(tables, hand_in):
    for name in ("Ada", "Bo"):
        hand_in(
            name,
            judged(
                ("P01", "P02", "P01"),
                ("P02", "P03", "P02"),
                ("P01", "P03", "P01"),
                ("P03", "P04", CANNOT),
            ),
        )
    work = class_work(tables)
    counted, fitted = class_ranking(work), class_ranking(work, fitted=True)
    assert (
        [re.sub("<.*?>", "", row[0]) for row in counted.rows]
        == ["P01", "P02", "P03"]
        == [re.sub("<.*?>", "", row[0]) for row in fitted.rows]
    )
    assert [row[3:5] for row in counted.rows] == [
        ["100%", "4 of 4"],
        ["50%", "2 of 4"],
        ["0%", "0 of 4"],
    ]
    assert "Eight judgements of two learners, 2 of them" in counted.subtitle
    assert "of 1 triads decided 0" in counted.subtitle
    assert "resamples of judges" in fitted.subtitle
    assert "P01 stands highest" in fitted.title
    found = scale.scale(
        work.pooled.judgements.rename(columns={"learner": "judge"}), ["P01", "P02", "P03"], "judges"
    )
    assert [row[3] for row in fitted.rows] == [f"{s:+.2f}" for s in found["strength"]]


def test_judgements_that_do_not_hang_together_get_no_scale(tables, hand_in):
    hand_in("Ada", judged(("P01", "P02", "P01"), ("P03", "P04", "P04")))
    for fitted in (False, True):
        shown = class_ranking(class_work(tables), fitted)
        assert "no common scale" in shown.title
        assert "P01, P02 | P03, P04" in shown.title
        assert shown.head[3] == "Chosen"


def test_the_panel_counts_first_and_fits_on_request(synthetic):
    panel = rank_phrasings(synthetic)
    assert "chosen most often" in panel.says
    assert panel.says.startswith("SYNTHETIC class")
    fit = control(panel, Checkbox, "Fit the scale, with intervals (a few seconds)")
    fit.value = True
    assert "stands highest" in panel.says
    assert "resamples of judges" in panel.result
    fit.value = False
    assert "chosen most often" in panel.says


def test_a_file_without_an_answer_that_can_be_used_is_counted_so(tables, hand_in):
    hand_in("Ada", {("exercise", "00-dates"): 2})
    hand_in("Bo", {("exercise", "00-dates"): "\u202e2"})
    hand_in("Cy", {})
    assert (
        came_in(class_work(tables)).title
        == "Your class: three files of 3 can be used, two without an answer"
    )


def test_many_faults_are_counted_and_the_files_come_first(tables, hand_in):
    for n in range(5):
        hand_in(f"Ada-{n}", {("exercise", f"99-{m}"): "a" for m in range(15)})
    hand_in("Bo", {("exercise", f"99-{m}"): "a" for m in range(30)})
    shown = left_out(class_work(tables))
    assert len(shown.rows) == 61
    assert "Bo.json" in shown.rows[0][0]
    assert shown.rows[0][1] == "the whole file"
    assert "one file left out, and 75 faults in files that count" in shown.title
    assert "15 more single answers are not shown" in shown.subtitle


def test_hostile_values_stay_out_of_the_lab(tables, hand_in):
    hand_in(
        "Ada",
        {
            ("forecast", f"Q01@{FIRST}"): 0.4,
            ("judgement", "P01|P02"): MARKUP,
            ("judgement", "P01|P99"): "P01",
            ("forecast", "Q99@2022-08-01"): 0.4,
        }
        | judged(("P03", "P04", "P03")),
    )
    work = class_work(tables)
    html = "".join(exhibit(work).html() for exhibit in LAB) + rank_phrasings(work).stored()[1]
    assert len(work.pooled.problems) == 3
    assert "<img" not in html
    assert "P99" not in html
    assert class_scores(work).rows[0][1] == "1"
