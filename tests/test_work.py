"""Widgets keep what a learner does and open with it; the panel shows, exports, imports and deletes
it.
"""

import errno
import json
import os
import re

import pytest
from ipywidgets import Button, Checkbox, IntSlider, RadioButtons, SelectionSlider, Text

from casebook import answers
from casebook.answers import shape, store
from casebook.exercises.commit_widget import predict
from casebook.exercises.widgets import check_out, exercise
from casebook.exercises.work_widget import my_work, walk
from casebook.figure import marked
from casebook.subjects.arc.widgets import first_forecast
from casebook.subjects.forecasts.widgets.forecasts import open_outcomes
from casebook.subjects.walk import charts
from helpers import control, controls, labelled, press

AT = "2026-01-31T12:00:00Z"
FORECAST = "Per cent", "I already knew"


def restarted():
    """As after a restart of the kernel: nothing in memory."""
    store._works.clear()
    return answers.learner()


FILLED = [
    ("01-photograph", lambda p: setattr(p.fields[0], "value", "2022-08"), "2022-08"),
    (
        "00-knowable",
        lambda p: [setattr(p.fields[i], "value", True) for i in (1, 0)],
        ["F003", "F044"],
    ),
    (
        "01-sort",
        lambda p: [setattr(p.fields[i], "value", "supported") for i in (0, 2)],
        {"T06": "supported", "T14": "supported"},
    ),
    ("00-dates", lambda p: setattr(p.fields[0], "value", " 3 "), 3),
]


@pytest.mark.parametrize("name, answer, value", FILLED, ids=[f[0] for f in FILLED])
def test_an_answer_is_kept_at_once_and_there_after_a_restart(tables, name, answer, value):
    panel = exercise(tables, name)
    assert panel.says == "Not answered yet."
    answer(panel)
    assert panel.says == "Kept; not checked yet."
    assert restarted().kept("exercise") == {name: value}
    later = exercise(tables, name)
    assert later.says == "Kept from before: check again."
    assert [f.value for f in later.fields if f.value] == [
        f.value.strip() if isinstance(f.value, str) else f.value for f in panel.fields if f.value
    ]
    assert "<li>" not in later.result
    assert later.buttons["worked"].disabled
    press(panel, "Check")
    press(later, "Check")
    assert later.says == panel.says


@pytest.mark.parametrize("name, answer, value", FILLED, ids=[f[0] for f in FILLED])
def test_a_notebook_run_again_stores_what_was_chosen(tables, name, answer, value):
    """So that one that is saved, printed or exported does not deny the answers."""
    answer(exercise(tables, name))
    later = exercise(tables, name)
    (task,) = [task for task in tables.read_json("exercises") if task["exercise_id"] == name]
    texts = {choice["value"]: choice["text"] for choice in task["choices"]}
    _, html = later.stored()
    assert "You chose:" in html
    _, chosen = html.split("You chose:")
    parts = value if isinstance(value, (list, dict)) else [value]
    for part in parts:
        assert marked(texts.get(part, str(part))) in chosen
    assert len(re.findall("<li>", chosen.split("</ul>")[0])) == len(parts)
    for field in later.fields:
        field.value = None if isinstance(field, RadioButtons) else type(field.value)()
    assert "You chose:" not in later.stored()[1]


def test_an_answer_that_is_taken_back_is_forgotten(tables):
    panel = exercise(tables, "00-dates")
    panel.fields[0].value = "3"
    panel.fields[0].value = ""
    assert answers.learner().kept("exercise") == {}
    assert panel.says == "Not answered yet."


@pytest.mark.parametrize(
    "name, value",
    [
        ("01-photograph", "1492-10"),
        ("01-photograph", ["2019-04"]),
        ("01-photograph", 5),
        ("00-knowable", ["F999"]),
        ("00-knowable", "F003"),
        ("01-sort", {"T06": "perhaps", "T99": "supported"}),
        ("01-sort", "x"),
        ("00-dates", "3"),
        ("00-dates", {"a": "b"}),
    ],
)
def test_what_an_exercise_no_longer_has_is_not_shown(tables, name, value):
    answers.learner().keep("exercise", name, value)
    panel = exercise(tables, name)
    assert panel.says == "Not answered yet."
    assert not any(f.value for f in panel.fields)


def test_a_prediction_is_kept(tables):
    panel = predict(tables, "01-predict")
    assert panel.says.startswith("No guess yet")
    control(panel, IntSlider, "Your guess").value = 3
    restarted()
    again = predict(tables, "01-predict")
    assert control(again, IntSlider, "Your guess").value == 3
    assert again.says.startswith("Kept from before: 3 of")


@pytest.mark.parametrize("value", ["three", 10**6, -1, 2.5])
def test_a_prediction_that_does_not_fit_is_not_shown(tables, value):
    answers.learner().keep("prediction", "01-predict", value)
    assert predict(tables, "01-predict").says.startswith("No guess yet")


def test_the_first_forecast_is_kept_for_lesson_09(tables):
    panel = first_forecast(tables)
    percent, knew = labelled(panel, *FORECAST)
    assert panel.says.startswith("No forecast yet")
    assert answers.learner().kept("forecast") == {}
    percent.value = 0.35
    assert restarted().kept("forecast") == {"Q01@2022-08-01": 0.35}
    assert "Kept" in panel.says
    again = first_forecast(tables)
    percent, knew = labelled(again, *FORECAST)
    assert percent.value == 0.35
    assert again.says == "Kept from before. You say 35 per cent: rather unlikely."
    knew.value = True
    assert restarted().kept("forecast") == {"Q01@2022-08-01": "known"}
    assert percent.disabled
    later = first_forecast(tables)
    knew = control(later, Checkbox, "I already knew")
    assert knew.value
    assert "will not be scored" in later.says
    knew.value = False
    assert later.says == "No forecast yet: move the slider to your number."
    assert answers.learner().kept("forecast") == {}


def test_once_lesson_09_has_opened_its_outcome_the_first_forecast_stays(tables):
    panel = first_forecast(tables)
    percent, knew = labelled(panel, *FORECAST)
    percent.value = 0.35
    opened = open_outcomes(tables)
    control(opened, Checkbox, "Open the outcomes of this day").value = True
    percent.value = 0.9
    assert restarted().kept("forecast") == {"Q01@2022-08-01": 0.35}
    assert percent.value == 0.35
    assert "nothing is changed any more" in panel.says
    knew.value = True
    assert restarted().kept("forecast") == {"Q01@2022-08-01": 0.35}
    assert not knew.value
    assert not percent.disabled
    later = first_forecast(tables)
    percent, knew = labelled(later, *FORECAST)
    assert percent.value == "not set"
    assert percent.disabled
    assert knew.disabled
    assert "opened its outcome in lesson 09" in later.says
    assert "35" not in later.says
    assert "Lesson 09 asks you" in later.says
    answers.learner().keep("forecast", "Q01@hindsight", 0.5)
    assert control(first_forecast(tables), SelectionSlider, "Per cent").value == 0.35


def test_another_days_outcomes_do_not_lock_the_first_forecast(tables):
    panel, opened = first_forecast(tables), open_outcomes(tables)
    control(opened, SelectionSlider, "Asked as of").value = "2023-09-01"
    control(opened, Checkbox, "Open the outcomes of this day").value = True
    control(panel, SelectionSlider, "Per cent").value = 0.35
    assert restarted().kept("forecast") == {"Q01@2022-08-01": 0.35}


def test_a_full_disk_is_told_where_the_answer_stands_and_the_screen_keeps_it(tables, monkeypatch):
    panel, guess, forecast = (
        exercise(tables, "01-photograph"),
        predict(tables, "01-predict"),
        first_forecast(tables),
    )

    def refuse(_):
        raise OSError(errno.ENOSPC, "No space left")

    with monkeypatch.context() as full:
        full.setattr(os, "fsync", refuse)
        panel.fields[0].value = "2019-04"
        control(guess, IntSlider, "Your guess").value = 3
        control(forecast, SelectionSlider, "Per cent").value = 0.8
        for one in (panel, guess, forecast):
            assert "Not saved yet: the disk is full." in one.says
        assert panel.fields[0].value == "2019-04"
        assert exercise(tables, "01-photograph").fields[0].value == "2019-04"
        assert "could not be saved yet" in my_work(tables).says
    press(panel, "Check")
    assert panel.says == "Yes."
    panel.fields[0].value = "2022-08"
    assert len(restarted().entries()) == 3


def test_a_damaged_file_is_named_once_where_the_lesson_goes_on(tables):
    work = answers.learner()
    work.keep("exercise", "01-photograph", "2019-04")
    work.path.write_text("broken", "utf-8")
    restarted()
    panel = exercise(tables, "01-photograph")
    assert "answers.json was damaged" in panel.says
    assert panel.says.endswith("Not answered yet.")
    assert exercise(tables, "01-sort").says == "Not answered yet."


def test_the_check_out_opens_with_what_is_kept(tables):
    box = check_out(tables, "01")
    box.children[0].fields[0].value = (
        box.children[0].fields[0].options[1][1]
        if hasattr(box.children[0].fields[0], "options")
        else True
    )
    restarted()
    assert check_out(tables, "01").children[0].says == "Kept from before: check again."


def test_the_map_shows_how_far_the_learner_is(tables):
    empty = walk(tables)
    assert "nothing is kept yet" in empty.subtitle
    assert empty.html().count("nothing yet") == empty.html().count("href=")
    asked = [
        t["exercise_id"]
        for t in tables.read_json("exercises")
        if t["exercise_id"].startswith("01-")
    ]
    answers.learner().keep("exercise", "01-sort", {"T06": "supported"})
    answers.learner().keep("prediction", "01-predict", 2)
    answers.learner().keep("exercise", "99-gone", 2)
    html = walk(tables).html()
    assert f"2 of {len(asked)}" in html
    assert "you have answered 2 questions" in walk(tables).subtitle
    assert "You answered" not in charts.walk(tables).html()


# -- the panel -------------------------------------------------------------------------------------


@pytest.fixture
def full(tables):
    work = answers.learner()
    work.add(
        {
            ("exercise", "01-sort"): shape.Entry({"T06": "supported"}, AT),
            ("forecast", "Q01@2022-08-01"): shape.Entry(0.35, AT),
            ("judgement", "P03|P11"): shape.Entry("P03", AT),
            ("coding", "C05/1/voice"): shape.Entry("outlet", AT),
            ("writing", "07-write"): shape.Entry("<script>alert(1)</script> mine alone", AT),
        }
    )
    return work


def test_the_panel_counts_by_lesson_and_kind_and_shows_all_on_request(tables, full):
    panel = my_work(tables)
    assert panel.says == f"Five answers kept, as {full.pseudonym}."
    assert all(
        name in panel.result
        for name in (
            "01 Three reports",
            "08 Measuring commitment",
            "09 What was knowable",
            "10 Code a source",
            "my_work/answers.json",
        )
    )
    assert "mine alone" not in panel.result
    assert str(full.folder) not in panel.result
    control(panel, Checkbox, "Show every answer").value = True
    assert "T06: supported" in panel.result
    assert "&lt;script&gt;alert(1)&lt;/script&gt; mine alone" in panel.result
    assert "<script" not in panel.result
    assert "2026-01-31 12:00:00 UTC" in panel.result


def test_what_another_widget_keeps_shows_when_one_looks_again(tables):
    panel = my_work(tables)
    assert panel.says.startswith("Nothing is kept yet")
    exercise(tables, "00-dates").fields[0].value = "2"
    press(panel, "Look again")
    assert panel.says.startswith("One answer kept")


def test_an_export_holds_choices_only_and_says_so(tables, full):
    panel = my_work(tables)
    press(panel, "Hand in")
    path = full.folder / f"answers-of-{full.pseudonym}.json"
    assert (
        f"Your file is {path}: upload it, or give it to your teacher. It has four choices with"
        " their days, no time of day and no text of yours. One text of yours stayed here."
        in panel.says
    )
    raw = path.read_bytes()
    assert b"mine alone" not in raw
    assert b"writing" not in raw
    assert set(json.loads(raw)["answers"]) == {"exercise", "forecast", "judgement", "coding"}
    assert re.search(rb'"learner": "learner-[0-9a-f]{6}"', raw)
    control(panel, Text, "Pseudonym (optional)").value = "Ada-7"
    press(panel, "Use this pseudonym")
    press(panel, "Hand in")
    assert json.loads((full.folder / "answers-of-Ada-7.json").read_bytes())["learner"] == "Ada-7"
    assert "signed Ada-7" in panel.says
    control(panel, Text, "Pseudonym (optional)").value = "Ada Lovelace"
    press(panel, "Use this pseudonym")
    assert "is no pseudonym; allowed: 2 to 20 letters" in panel.says
    assert full.pseudonym == "Ada-7"


def test_an_import_shows_what_it_would_do_and_overwrites_nothing_newer_unasked(tables, full):
    theirs = {
        ("exercise", "01-sort"): shape.Entry({"T06": "open"}, "2026-01-30T12:00:00Z"),
        ("judgement", "P03|P11"): shape.Entry("P11", "2026-02-01T12:00:00Z"),
        ("coding", "C05/1/voice"): shape.Entry("outlet", AT),
        ("exercise", "00-dates"): shape.Entry(2, "9999-01-01T00:00:00Z"),
    }
    (full.folder / "home.json").write_bytes(shape.written("Ada", theirs))
    panel = my_work(tables)
    press(panel, "Import")
    assert panel.says.startswith("First name a file")
    control(panel, Text, "Import").value = "home.json"
    before = full.entries()
    press(panel, "Look into the file")
    assert (
        panel.says
        == "The file would add one answer, replace one of yours by newer, and leave one of yours"
        " that are newer; one the same. Press Import to do it."
    )
    assert full.entries() == before
    press(panel, "Import")
    assert panel.says == "Two answers imported."
    assert full.kept("exercise") == {"01-sort": {"T06": "supported"}, "00-dates": 2}
    assert full.kept("judgement", "P03|P11") == "P11"
    assert full.entries()["exercise", "00-dates"].at < "9999"
    press(panel, "Import")
    assert panel.says.startswith("First name a file")
    control(panel, Checkbox, "Import also in place of newer answers of mine").value = True
    press(panel, "Look into the file")
    press(panel, "Import")
    assert full.kept("exercise", "01-sort") == {"T06": "open"}


@pytest.mark.parametrize(
    "name, content, why",
    [
        ("", b"", "Name a file"),
        ("../secret.json", b"", "without a folder"),
        ("/etc/passwd", b"", "without a folder"),
        ("answers.json", b"", "Name a file"),
        ("none.json", None, "There is no file"),
        ("bad.json", b"{", "no JSON"),
        ("b.json", b"\xff", "not UTF-8"),
        ("d.json", b"[" * 99_999, "too deep"),
        ("n.json", shape.written("Ada", {}).replace(b'"version": 1', b'"version": 9'), "version 9"),
        ("o.json", b"{}", "no file of answers"),
        ("x\0y", None, ""),
    ],
)
def test_a_file_that_can_not_be_imported_is_refused_with_the_reason(
    tables, full, name, content, why
):
    if content:
        (full.folder / name).write_bytes(content)
    before = full.entries()
    panel = my_work(tables)
    control(panel, Text, "Import").value = name
    press(panel, "Look into the file")
    assert why in panel.says
    assert full.entries() == before
    press(panel, "Import")
    assert full.entries() == before


def test_a_link_is_not_followed_at_an_import(tables, full, tmp_path):
    (tmp_path / "elsewhere.json").write_bytes(
        shape.written("Ada", {("exercise", "00-dates"): shape.Entry(2, AT)})
    )
    try:
        (full.folder / "link.json").symlink_to(tmp_path / "elsewhere.json")
    except OSError:
        pytest.skip("no links can be made here")
    with pytest.raises(answers.NotKept, match="There is no file"):
        answers.look(full, "link.json")


def test_deleting_is_asked_for_twice_and_takes_all(tables, full):
    panel = my_work(tables)
    press(panel, "Hand in")
    press(panel, "Delete everything")
    assert "there is no way back" in panel.says
    assert full.path.exists()
    press(panel, "Keep everything")
    press(panel, "Delete everything")
    assert "there is no way back" in panel.says
    assert full.path.exists()
    press(panel, "Delete everything")
    assert panel.says == "Deleted: answers.json."
    assert not full.path.exists()
    assert full.entries() == {}
    assert list(full.folder.glob("answers-of-*.json"))
    press(panel, "Delete everything")
    press(panel, "Delete everything")
    assert panel.says == "There was nothing to delete."


def test_deleting_takes_the_copies_that_a_synced_folder_holds(tables, full):
    """As OneDrive, Dropbox, Google Drive and Syncthing name them; nothing else is touched."""
    copies = [
        "answers (1).json",
        "answers (ADA-PC's conflicted copy 2026-11-01).json",
        "answers-LAPTOP7.json",
        "answers.sync-conflict-20261101-101010-ABCDEFG.json",
    ]
    for name in copies:
        (full.folder / name).write_bytes(full.path.read_bytes())
    others = ["answers-of-ada (1).json", "answers-to-my-homework.json"]
    (full.folder / others[0]).write_bytes(full.path.read_bytes())
    (full.folder / others[1]).write_text('{"schema": "mine"}', "utf-8")
    panel = my_work(tables)
    press(panel, "Delete everything")
    press(panel, "Delete everything")
    assert panel.says == f"Deleted: {', '.join(['answers.json', *sorted(copies)])}."
    assert sorted(p.name for p in full.folder.glob("*.json")) == sorted(others)


def test_each_button_of_the_panel_does_something_on_an_empty_folder(tables):
    panel = my_work(tables)
    for name in [button.description for button in controls(panel, Button)]:
        press(panel, name)
        assert panel.says


def test_a_thousand_answers_are_shown_and_no_more(tables):
    answers.learner().add({("exercise", f"01-e{i}"): shape.Entry(i, AT) for i in range(1005)})
    panel = my_work(tables)
    control(panel, Checkbox, "Show every answer").value = True
    assert panel.result.count("<tr>") == 1 + 1 + 1 + 1000
    assert "5 more stand in the file" in panel.result
