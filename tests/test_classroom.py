"""A class's results: computed from its files, called synthetic where there are none, and nothing in
a file runs.
"""

import json
import re

from ipywidgets import Dropdown

from casebook.answers import shape
from casebook.classroom import (
    came_in,
    class_work,
    coding_agreement,
    coding_confusions,
    left_out,
    question_results,
)
from casebook.classroom.widgets import class_questions
from casebook.classroom.work import allowed_answers, form_answers
from casebook.exercises import find_exercise, second
from casebook.subjects.reports.methods.cards import vote_keys
from casebook.subjects.stances.methods import grade_key
from helpers import HOUSE, MARKUP, control

AT = "2026-01-31T12:00:00Z"


def exhibits(work):
    return [
        came_in(work),
        left_out(work),
        coding_agreement(work),
        coding_confusions(work),
        question_results(work, "01"),
        question_results(work, "01", "exercise"),
    ]


def test_without_files_a_class_of_thirty_is_shown_and_called_synthetic_everywhere(synthetic):
    assert synthetic.synthetic
    assert len(synthetic.pooled.learners) == 30
    assert synthetic.pooled.files == 31
    assert all(name.startswith("synthetic-") for name in synthetic.pooled.learners)
    assert "SYNTHETIC" in str(synthetic)
    assert "SYNTHETIC" in synthetic._repr_html_()
    for exhibit in exhibits(synthetic):
        assert exhibit.title.startswith("SYNTHETIC class")
        assert "nobody's answers" in exhibit.source
        assert exhibit.rows
    panel = class_questions(synthetic)
    for _, lesson in control(panel, Dropdown).options:
        control(panel, Dropdown).value = lesson
        assert panel.says.startswith(f"SYNTHETIC class, lesson {lesson}: question ")


def test_every_title_of_the_page_says_that_the_class_is_synthetic():
    page = json.loads((HOUSE / "notebooks" / "class-results.ipynb").read_text(encoding="utf-8"))
    html = [
        "".join(output["data"]["text/html"])
        for cell in page["cells"]
        for output in cell.get("outputs", [])
        if "text/html" in output.get("data", {})
    ]
    titles = [text.split("</strong>")[0] for text in html]
    assert len(titles) >= 9
    assert not [title for title in titles if "SYNTHETIC" not in title]


def test_the_synthetic_class_is_the_same_each_time_and_its_faults_are_named(synthetic, tables):
    again = class_work(tables)
    for name in ("exercises", "forecasts", "judgements", "codings", "problems"):
        assert getattr(again.pooled, name).equals(getattr(synthetic.pooled, name))
    assert list(again.pooled.problems["left_out"]) == ["entry", "file"]
    assert "one file left out, and one fault in" in left_out(again).title


def test_real_files_are_never_called_synthetic(tables, hand_in):
    hand_in("Ada", {("exercise", "01-photograph"): "2019-04"})
    work = class_work(tables)
    assert came_in(work).title == "Your class: one file of 1 can be used"
    assert not work.synthetic
    assert str(work) == "One file in class_answers; one can be used."
    for exhibit in exhibits(work):
        assert "SYNTHETIC" not in exhibit.html()
        assert exhibit.title.startswith("Your class")
    assert "no codings came in" in coding_agreement(work).title
    assert "no codings came in" in coding_confusions(work).title
    assert "lesson 10" in coding_agreement(work).description
    assert "Nothing is wrong" in coding_agreement(work).subtitle


def test_mistakes_are_counted_and_what_they_suggest_comes_from_the_exercise(tables, hand_in):
    task = find_exercise(tables, "01-photograph")
    wrong = next(value for value, _, _ in task.choices if value not in task.key)
    text, why = next((text, why) for value, text, why in task.choices if value == wrong)
    hand_in(
        "Ada", {("exercise", task.id): min(task.key), ("exercise", "01-sort"): {"T06": "supported"}}
    )
    for name in ("Bo", "Cy"):
        hand_in(name, {("exercise", task.id): wrong})
    work = class_work(tables)
    assert came_in(work).title == "Your class: three files of 3 can be used"
    exhibit = question_results(work, "01", "exercise")
    (row,) = [r for r in exhibit.rows if task.question[:30] in r[0].replace("&#x27;", "'")]
    assert row[1:4] == ["3", "1 (33%)", f"{text} (2)"]
    assert why in row[4].replace("&#x27;", "'").replace("&quot;", '"')
    assert f"{row[0].split('.')[0]} was the hardest, 1 of 3 right" in exhibit.title
    (unfinished,) = [
        r for r in exhibit.rows if find_exercise(tables, "01-sort").question[:30] in r[0]
    ]
    assert unfinished[1:3] == ["0", "–"]


def test_each_kind_of_exercise_has_its_mistake(tables, hand_in):
    key = find_exercise(tables, "00-knowable").key
    hand_in(
        "Ada",
        {
            ("exercise", "00-knowable"): ["F015"],
            ("exercise", "00-dates"): 3,
            ("exercise", "00-own-voice"): "outlet",
        },
    )
    hand_in(
        "Bo",
        {
            ("exercise", "00-knowable"): sorted(key | {"F015"}),
            ("exercise", "00-dates"): 3,
            ("exercise", "00-own-voice"): "outlet",
        },
    )
    work = class_work(tables)
    rows = question_results(work, "00").rows
    assert any(
        "chosen: No meeting of the two leaders took place in 2022. (2)" in row[3]
        and row[2] == "0 (0%)"
        for row in rows
    )
    assert any(row[3] == "–" and row[2] == "2 (100%)" for row in rows)
    assert "3 (2)" in [row[3] for row in question_results(work, "00", "exercise").rows]
    order = find_exercise(tables, "01-sort")
    bad = {
        value: next(b for b in order.bins if b != order.key[value]) for value, _, _ in order.choices
    }
    hand_in("Cy", {("exercise", "01-sort"): bad})
    assert any("→" in row[3] for row in question_results(class_work(tables), "01", "exercise").rows)


def test_agreement_is_that_of_the_method_and_the_key_is_called_the_key(tables, hand_in):
    settled = tables.codings[
        (tables.codings["code"] == "voice")
        & tables.codings["claim_id"].isin(tables.coding_items["claim_id"])
    ].iloc[:6]
    for name, flip in (("Ada", 0), ("Bo", 0), ("Cy", 2)):
        values = {r.claim_id: r.settled for r in settled.itertuples()}
        for item in list(values)[:flip]:
            values[item] = "quoted" if values[item] == "outlet" else "outlet"
        hand_in(name, {("coding", f"{item}/1/voice"): value for item, value in values.items()})
    work = class_work(tables)
    voice, stance = coding_agreement(work).rows[:2]
    from casebook.subjects.coding.methods.agreement import alpha

    expected = alpha([list(unit) for _, unit in work.pooled.codings.groupby("item")["value"]])
    assert voice[0] == "voice"
    assert voice[1:3] == ["3", "6"]
    assert voice[3].startswith(f"{expected:.2f} (")
    assert voice[4] == "89%"
    assert voice[5].startswith("0.94")
    assert stance[1:4] == ["0", "0", "–"]
    assert sum(int(row[3]) for row in coding_confusions(work).rows) == 2
    assert "no measure of truth" in coding_agreement(work).subtitle
    assert coding_agreement(work, "2").title.endswith("for round 2")


def test_hostile_files_are_shown_as_text(tables, hand_in):
    (hand_in.folder / f"{MARKUP.replace('/', '')}.json").write_text("{", encoding="utf-8")
    document = json.loads(shape.written("Ada", {}))
    document["answers"] = {
        "exercise": {
            "01-photograph": {"value": MARKUP, "at": AT},
            MARKUP: {"value": 1, "at": AT},
            "00-dates": {"value": "\u202e" + "x" * 9_999, "at": AT},
        },
        MARKUP: {"a": {"value": 1, "at": AT}},
    }
    (hand_in.folder / "ada.json").write_text(json.dumps(document), encoding="utf-8")
    work = class_work(tables)
    html = (
        "".join(e.html() for e in exhibits(work))
        + class_questions(work).stored()[1]
        + work._repr_html_()
    )
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html
    assert "\u202e" not in html
    assert "xxxxxxxxxxx" * 50 not in html
    assert len(left_out(work).rows) == 5


def test_long_work_says_how_far_it_is(tables, hand_in):
    calls = []
    for n in range(3):
        hand_in(f"Ada-{n}", {("exercise", "00-dates"): 2})
    class_work(tables, progress=lambda done, of: calls.append((done, of)))
    assert calls == [(1, 3), (2, 3), (3, 3)]


def test_a_line_of_progress_is_shown_for_many_files(tables, hand_in, capsys):
    for n in range(60):
        hand_in(f"Ada-{n}", {("exercise", "00-dates"): 2})
    assert len(class_work(tables).pooled.learners) == 60
    assert "Read 60 of 60 files." in capsys.readouterr().out


def test_what_may_stand_in_a_file_comes_from_the_tables(tables):
    allowed = allowed_answers(tables)
    lines = {f"06-line-{line}" for line in tables.article_lines["line_id"]}
    grades = {grade_key(g) for g in tables.gradings["grading_id"]}
    forms = form_answers(tables)
    assert set(allowed["exercise"]) | set(allowed["prediction"]) == {
        t["exercise_id"] for t in tables.read_json("exercises") if t["kind"] != "sentence"
    } | {
        second(key) for key in set(allowed["prediction"]) - set(forms) if not key.endswith("-again")
    } | lines | grades | set(vote_keys(tables)) | set(forms)
    assert "Q01@2022-08-01" in allowed["forecast"]
    assert allowed["codes"]["voice"] == {
        "quoted",
        "paraphrased",
        "outlet",
    }
    assert set(tables.codings["settled"]) <= set().union(*allowed["codes"].values())
    assert allowed["items"] == set(tables.coding_items["claim_id"])


def test_the_class_page_names_no_class_but_the_synthetic_one(tables):
    from helpers import HOUSE

    page = json.loads((HOUSE / "notebooks" / "class-results.ipynb").read_text(encoding="utf-8"))
    titles = re.findall(r"1\.15em'>([^<]+)<", json.dumps(page).replace("\\", ""))
    assert len(titles) >= 4
    assert all(title.startswith("SYNTHETIC class") for title in titles)
    assert "class_answers/" in (HOUSE / ".gitignore").read_text(encoding="utf-8")
