"""Widgets driven by their values: what they then say and show is asserted."""

import html
import re

import pytest
from ipywidgets import Checkbox, Dropdown, RadioButtons, SelectionSlider

from casebook.exercises.commit_widget import predict
from casebook.exercises.widgets import check_out, exercise
from casebook.figure import rows_table
from casebook.figure.english import listed, number
from casebook.panel.panel import Access, Panel
from casebook.subjects.arc.charts.arc import arc
from casebook.subjects.arc.widgets import days_that_matter, explore_arc, first_forecast
from casebook.subjects.reports.methods.corpus import outlet_names
from casebook.subjects.reports.methods.coverage import reports, verdicts
from casebook.subjects.reports.widgets import compare_reports, weigh_statement
from casebook.subjects.walk.widgets import look_up
from helpers import control, labelled, press


@pytest.mark.parametrize(
    "make",
    [
        explore_arc,
        first_forecast,
        compare_reports,
        lambda t: predict(t, "01-predict"),
        lambda t: exercise(t, "01-sort"),
        lambda t: weigh_statement(t, ["2022-08-31"]),
    ],
    ids=["arc", "forecast", "compare", "predict", "sort", "weigh"],
)
def test_every_panel_is_stored_readable_and_carries_its_access(make, tables):
    panel = make(tables)
    stored = panel._repr_mimebundle_(include=None, exclude=None)
    assert "application/vnd.jupyter.widget-view+json" in stored
    assert panel.says in stored["text/plain"]
    assert "Run this notebook" in stored["text/html"]
    assert panel.result in stored["text/html"]
    assert control(panel, Access)


def test_the_arc_starts_before_the_letters_and_moves_by_slider_and_buttons(tables):
    panel = explore_arc(tables)
    slider = control(panel, SelectionSlider)
    assert panel.says.startswith("As of 1 August 2022:")
    assert "<img" in panel.result
    press(panel, "Later")
    assert slider.value == days_that_matter(tables)[1]
    assert panel.says.startswith("As of 15 August 2022")
    press(panel, "Earlier")
    press(panel, "Earlier")
    assert slider.index == 0
    assert panel.says.startswith("No earlier day. As of 1 August 2022")
    slider.value = days_that_matter(tables)[-1]
    press(panel, "Later")
    press(panel, "Later")
    assert panel.says.startswith("No later day. As of")
    assert panel.says.count("No later day") == 1


@pytest.mark.slow
def test_each_state_of_the_arc_is_the_arc_of_that_day(tables):
    panel = explore_arc(tables)
    slider = control(panel, SelectionSlider)
    for _, day in reversed(slider.options):
        slider.value = day
        fresh = arc(tables.as_of(day))
        assert panel.says == fresh.title + "."
        assert panel.result.startswith(fresh.html(in_panel=True))


def test_the_arc_says_what_is_new_at_each_step(tables):
    panel = explore_arc(tables)
    assert "New since" not in panel.result
    press(panel, "Later")
    assert "New since 1 August 2022:</strong>" in panel.result
    assert "<li>15 August 2022: Putin and Kim Jong Un send each other messages" in panel.result


def test_the_arc_counts_new_messages_and_says_where_it_ends(tables):
    panel, days = explore_arc(tables), days_that_matter(tables)
    log = tables.messages
    drawn = log["direction"].isin(["kim_to_putin", "putin_to_kim"])
    for before, day in zip(days, days[1:]):
        press(panel, "Later")
        assert ("This is the last day" in panel.result) == (day == days[-1])
        found = re.search(r"small ticks: (\w+) message", panel.result)
        new = (drawn & (log["public_from"] > before) & (log["public_from"] <= day)).sum()
        assert (found[1] if found else number(0)) == number(new)


def test_rows_open_by_a_checkbox_and_stay_open_when_the_day_moves(tables):
    panel = explore_arc(tables)
    box = control(panel, Checkbox)
    box.value = True
    assert "F003" in panel.result
    assert "M2022-08-15-a" not in panel.result
    press(panel, "Later")
    press(panel, "Later")
    assert "M2022-08-15-a" in panel.result
    assert rows_table(arc(tables.as_of(days_that_matter(tables)[2])).evidence) in panel.result
    box.value = False
    assert "<th scope='row'>F003" not in panel.result


def test_days_that_matter_come_from_the_tables(tables):
    days = days_that_matter(tables)
    assert days == sorted(days)
    assert days[0] == "2022-08-01"
    assert {"2022-08-15", "2023-09-13", "2024-06-19", "2024-12-05", "2026-01-09"} <= set(days)
    assert {day.strftime("%Y-%m-%d") for day in tables.sources["public_from"]} <= set(days)


def test_the_forecast_says_what_was_given_and_lets_the_knowing_step_aside(tables):
    panel = first_forecast(tables)
    slider, knew = labelled(panel, "Per cent", "I already knew")
    slider.value = 0.8
    assert panel.says.startswith("You say 80 per cent: rather likely")
    knew.value = True
    assert "will not be scored" in panel.says
    assert slider.disabled
    assert "25 April 2019" in panel.result
    assert "2023" not in panel.result


def test_compare_reports_leaves_a_silent_report_blank(tables):
    panel = compare_reports(tables)
    topic = control(panel, Dropdown)
    topic.value = "meeting"
    cells = re.findall(r"<td>(.*?)</td>", panel.result)
    compared = reports(tables)
    claims = tables.claims[
        (tables.claims["topic"] == "meeting") & (tables.claims["role"] != "artefact")
    ]
    for source, cell in zip(compared, cells):
        mine = claims[claims["source_id"] == source]
        assert ("· no claim on this topic" in cell) == mine.empty
        assert cell.count("<li>") == len(mine)
    names = outlet_names(tables)
    silent = [names[source] for source in compared if source not in set(claims["source_id"])]
    assert f"No claim of {listed(silent)} is filed under this topic" in panel.says


def test_compare_reports_shows_quoted_words_on_request(tables):
    panel = compare_reports(tables)
    control(panel, Dropdown).value = "relations"
    assert "strengthening the security" not in panel.result
    control(panel, Checkbox).value = True
    assert "strengthening the security and stability of the Korean peninsula" in panel.result


def test_weighing_follows_statement_and_day(tables):
    panel = weigh_statement(tables, ["2022-08-31"], start="T14")
    assert panel.says.startswith("As of 31 August 2022: open,")
    assert "F015" not in panel.result
    control(panel, RadioButtons).value = "latest"
    assert panel.says.startswith("With all we have: contradicted,")
    assert "F015" in panel.result
    statement = control(panel, Dropdown)
    for _, key in statement.options:
        statement.value = key
        assert verdicts(tables).set_index("statement_id").at[key, "verdict"] in panel.says
    statement.value = "T13"
    assert "hold no row from outside the reports for or against it" in panel.result


def test_an_exercise_is_answered_checked_hinted_and_worked(tables):
    panel = exercise(tables, "01-photograph")
    radio = control(panel, RadioButtons)
    assert panel.says == "Not answered yet."
    assert panel.buttons["worked"].disabled
    press(panel, "Check")
    assert "Not answered yet" in panel.says
    assert panel.buttons["worked"].disabled
    radio.value = "2022-08"
    press(panel, "Check")
    assert panel.says == "Not this one."
    assert "its caption dates it" in panel.result
    assert not panel.buttons["worked"].disabled
    assert "Worked answer" not in panel.result
    radio.value = "2019-04"
    assert panel.says == "Changed: check again."
    assert "<li>" not in panel.result
    press(panel, "Check")
    assert panel.says == "Yes."
    press(panel, "Hint")
    assert "Hint:" in panel.result
    press(panel, "Worked answer")
    assert "Worked answer:" in panel.result
    press(panel, "Hide the worked answer")
    assert "Worked answer:" not in panel.result


def test_a_sorting_is_checked_item_by_item(tables):
    panel = exercise(tables, "01-sort")
    for drop in panel.fields:
        drop.value = "supported"
    press(panel, "Check")
    assert panel.says == "2 of 7 are right. Look again; the next check says why."
    assert "<li>" not in panel.result
    press(panel, "Check")
    assert panel.says == "2 of 7 are right."
    assert panel.result.count("<li>") == 7


def test_a_number_is_typed_and_anything_else_is_not_an_answer(tables):
    panel = exercise(tables, "00-dates")
    box = panel.fields[0]
    for nothing in ("", "two", "-1", "9" * 30, "<b>2</b>"):
        box.value = nothing
        press(panel, "Check")
        assert "Not answered yet" in panel.says
    box.value = "3"
    press(panel, "Check")
    assert panel.says == "Not quite: you said 3."
    box.value = " 2 "
    press(panel, "Check")
    assert panel.says == "Yes."


def test_an_address_is_looked_up_in_place_and_the_article_is_pointed_to(tables, monkeypatch):
    monkeypatch.delenv("CASEBOOK_TEXTS", raising=False)
    panel = look_up(tables, "01")
    choice = control(panel, Dropdown)
    choice.value = "F015"
    assert panel.says.startswith("F015 is a checked fact: KBS World")
    assert "Vostochny" in panel.result
    choice.value = "S4 ¶6"
    assert "find the article: Red-Blooded Conservative" in panel.result
    assert "<blockquote>" not in panel.result


def test_the_paragraph_itself_is_shown_live_and_never_stored(tables, articles, texts, monkeypatch):
    monkeypatch.setenv("CASEBOOK_TEXTS", str(texts))
    panel = look_up(tables, "01")
    choice = control(panel, Dropdown)
    assert not any(
        line[:60] in "".join(panel.stored())
        for lines in articles.values()
        for line in lines
        if len(line) > 80
    )
    choice.value = "S4 ¶6"
    assert html.escape(articles["S4"][5]) in panel.result


def test_a_text_that_is_not_the_recorded_one_is_not_shown(tables, tmp_path, monkeypatch):
    (tmp_path / tables.sources.set_index("source_id").at["S4", "file"]).write_text(
        "something else", encoding="utf-8"
    )
    monkeypatch.setenv("CASEBOOK_TEXTS", str(tmp_path))
    panel = look_up(tables, "01")
    control(panel, Dropdown).value = "S4 ¶6"
    assert "something else" not in panel.result
    assert "find the article" in panel.result


def test_a_check_out_has_five_panels_and_hides_the_worked_answers(tables):
    box = check_out(tables, "01")
    assert len(box.children) == 5
    assert all(isinstance(p, Panel) for p in box.children)
    stored = box._repr_mimebundle_(include=None, exclude=None)["text/html"]
    assert "Worked answer:" not in stored
    assert "5 of 5." in stored


def test_the_access_script_and_style_are_carried(tables):
    access = Access()
    for word in (
        "data-lm-suppress-shortcuts",
        "aria-valuetext",
        "aria-pressed",
        "radiogroup",
        "MutationObserver",
    ):
        assert word in access._esm
    assert ".lp-panel" in access._css
