"""Lesson 00: the forecast is asked before anything tells how the story goes on, and the staircase
is laid over all that the log has.
"""

import json
import re

import pandas as pd
import pytest
from ipywidgets import RadioButtons, SelectionSlider

from casebook.core.tables import Tables
from casebook.exercises import find_exercise
from casebook.figure import rows_table
from casebook.subjects.arc.charts.staircase import HALF, staircase_picture
from casebook.subjects.arc.methods import (
    days_of_the_log,
    log_from_the_first_step,
    step_readings,
    steps,
    ways_to_test,
)
from casebook.subjects.arc.widgets import first_forecast, staircase
from checks import check_legible
from helpers import HOUSE, control

PAGE = HOUSE / "notebooks" / "00-start-here.ipynb"
LATER = re.compile(
    r"202[3-6]|\bpact\b|treaty|Vostochny|cosmodrome|unconditional|soldiers|Kursk|Beijing", re.I
)


@pytest.fixture
def changed(tables):
    """changed(messages): the tables with another log."""

    def with_log(messages):
        found = Tables(tables.folder)
        found.messages = messages
        return found

    return with_log


def other_days(tables) -> set[str]:
    """The days behind the first step that are none of the three, counted anew."""
    picked = {date[:10] for date in steps(tables)["day"].astype(str)}
    return {date for date in tables.messages["date"] if date >= min(picked)} - picked


def test_the_steps_are_three_events_of_three_years(tables):
    found = steps(tables)
    assert list(found["day"].dt.year) == [2022, 2024, 2026]
    assert list(found["word"]) == ["messages", "pact", "letter"]
    assert all(tables.resolve(address) for address in found["address"])


def test_the_panel_opens_on_three_days_and_tells_of_the_others_only_when_asked(tables):
    panel = staircase(tables)
    others = len(other_days(tables))
    assert [state["show"] for state in panel.states()] == ["three", "all"]
    assert panel.says == "Three days, drawn as steps."
    stored = "".join(panel.stored())
    assert f"{others} other" not in stored
    assert not re.search("measure|by hand|chosen|picked", stored)  # a vote is taken on it
    control(panel, RadioButtons, "Show").value = "all"
    assert panel.says.startswith(f"The same steps, and {others} other days ")
    assert f"They stand on {others} other days." in panel.result


def test_the_whole_picture_has_a_tick_for_every_row_all_of_one_height(tables):
    picture, log = staircase_picture(tables, whole=True), log_from_the_first_step(tables)
    lines = [c for c in picture.axes[0].collections if hasattr(c, "get_segments")]
    heights = {}
    for line in lines:
        for (x, low), (_, high) in line.get_segments():
            heights.setdefault(round(high - low, 6), []).append(x)
    ticks = heights[round(2 * HALF, 6)]
    assert len(ticks) == len(log)
    assert len(heights) == 2  # ticks, and the hairs through the steps
    (hairs,) = [found for height, found in heights.items() if height != round(2 * HALF, 6)]
    assert len(hairs) == len(other_days(tables))
    assert "measure nothing" in picture.description
    assert len({row.address for row in picture.evidence}) >= len(log)


def test_three_days_alone_show_their_own_rows_only(tables):
    picture = staircase_picture(tables, whole=False)
    log = log_from_the_first_step(tables)
    mine = log[log["on_a_step"]]
    shown = sum(
        len(c.get_segments()) for c in picture.axes[0].collections if hasattr(c, "get_segments")
    )
    assert shown == len(mine) < len(log)
    assert "M2023" not in rows_table(picture.evidence)


@pytest.mark.parametrize("whole", [False, True])
def test_the_staircase_can_be_read_and_gives_the_same_bytes(tables, whole):
    picture = staircase_picture(tables, whole)
    check_legible(picture)
    assert picture.svg() == staircase_picture(tables, whole).svg()


def test_a_planted_message_is_a_day_more(tables, changed):
    row = tables.messages.iloc[[-1]].assign(message_id="M2025-02-02-a", date="2025-02-02")
    more = changed(pd.concat([tables.messages, row], ignore_index=True))
    assert len(days_of_the_log(more)) == len(days_of_the_log(tables)) + 1
    others = len(other_days(tables)) + 1
    assert f" {others} other days" in staircase_picture(more, whole=True).title
    before = tables.messages.iloc[[-1]].assign(message_id="M2021-02-02-a", date="2021-02-02")
    same = changed(pd.concat([tables.messages, before], ignore_index=True))
    assert len(days_of_the_log(same)) == len(days_of_the_log(tables))


def test_the_answers_follow_the_log(tables, changed):
    assert find_exercise(tables, "00-staircase").key == {"chosen"}
    assert find_exercise(tables, "00-test").key == {"every"}
    picked = steps(tables)["day"].dt.strftime("%Y-%m-%d")
    alone = changed(tables.messages[tables.messages["date"].isin(picked)])
    carried = step_readings(alone).set_index("reading")["carried"]
    assert carried.to_dict() == {"rise": "yes", "chosen": "no", "same": "no"}
    few = ways_to_test(alone).set_index("way")["tests"]
    assert few["fourth"] == "yes"


def test_the_day_that_decides_is_the_first_meeting_inside_the_questions_time(tables):
    first = tables.questions.iloc[0]
    settled = tables.resolutions.set_index("question_id").loc[first["question_id"]]
    (fact,) = tables.resolve(settled["address"])
    assert find_exercise(tables, "00-decided").key == {fact.date}


def test_the_slider_suggests_no_number(tables):
    panel = first_forecast(tables)
    assert control(panel, SelectionSlider, "Per cent").value == "not set"
    assert not re.search(r"\d+ (%|per cent)", "".join(panel.stored()))


def test_nothing_above_the_forecast_tells_how_the_story_goes_on():
    cells = json.loads(PAGE.read_text(encoding="utf-8"))["cells"]
    source = ["".join(cell["source"]) for cell in cells]
    arc = source.index("explore_arc(tables)")
    assert source.index("first_forecast(tables)") < arc
    for cell in cells[:arc]:
        shown = "".join(cell["source"]) + "".join(
            "".join(output["data"].get("text/html", ""))
            for output in cell.get("outputs", [])
            if "data" in output
        )
        asked = shown.replace("before the end of 2023", "")
        assert not LATER.search(re.sub(r"<sup>.*?</sup>", "", asked)), shown[:200]
