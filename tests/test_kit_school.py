"""What the kit says to a school holds: privacy against the answers' form, another task without a
war, standards, the forms before and after, a teacher's own questions.
"""

import datetime
import json
import re
from html import escape

import pytest

from casebook import __main__ as command
from casebook.answers import export, shape
from casebook.answers.store import Work
from casebook.classroom import before_and_after
from casebook.classroom.forms import can_show, card, interval, typed
from casebook.classroom.work import class_work, form_answers
from casebook.core.addresses import PATTERN
from casebook.exercises.form_widget import DONE, form, form_key
from casebook.exercises.own import read_own
from casebook.exercises.own_widget import as_exercise, my_questions
from casebook.kit.forms import CANNOT, PUPILS, TO_SIT, served, smallest_change
from casebook.kit.prose import TEACH, html_of, section, table_of
from casebook.kit.sheet import lesson_sheet, unknown_skips
from casebook.kit.shorter import write_shorter
from casebook.kit.write import BEFOREHAND, general_documents
from helpers import HOUSE, controls, press

PAGE = (TEACH / "kit" / "privacy.md").read_text("utf-8")
AT = "2026-01-31T12:34:56Z"
LICENCES = ("MIT licence", "CC BY 4.0")
MONTHS = [datetime.date(2000, n, 1).strftime("%B") for n in range(1, 13)]
OF_WAR = (
    r"\b(war|soldier|troop|army|armies|milit|weapon|missile|attack|invasion|ukrain|russia|korea)"
)


# -- privacy ---------------------------------------------------------------------------------------


def test_the_privacy_page_names_every_stored_field_and_no_other():
    named = {row[0].strip("`") for row in table_of(section(PAGE, "On screen: every stored field"))}
    stored = json.loads(shape.written("Ada", {("exercise", "01-sort"): shape.Entry("x", AT)}))
    assert named == set(stored) | set(stored["answers"]["exercise"]["01-sort"])
    assert set(shape.Entry._fields) < named


def test_the_privacy_page_names_every_kind_and_what_is_handed_in_of_it():
    rows = table_of(section(PAGE, "On screen: every kind of answer"))
    handed_in = {row[0].strip("`"): row[3].startswith("yes") for row in rows}
    assert handed_in == {kind: kind in shape.CHOICES for kind in shape.KINDS}


VALUES = {
    "a text": "outlet",
    "several of them": ["a", "b"],
    "a text for each item of a sorting": {"T06": "open"},
    "or a number": 9,
    "a number from 0 to 1": 0.5,
    "`known`": "known",
}
ANY_FORM = ("exercise", "prediction")  # of these the store takes every form


def test_the_privacy_page_tells_the_form_of_each_value():
    """A form that it names is kept; one that it does not name is refused."""
    for kind, _, told, _ in table_of(section(PAGE, "On screen: every kind of answer")):
        kind = kind.strip("`")
        for words, value in VALUES.items():
            refused = shape.problem_of(kind, "key", value)
            if words in told:
                assert not refused, f"{kind}: {words}"
            elif kind not in ANY_FORM and not (isinstance(value, str) and "a text" in told):
                assert refused, f"{kind}: {words}"


def test_the_privacy_page_has_the_limits_of_a_file():
    for limit in (
        f"at most {shape.LONGEST_TEXT} characters",
        f"at most {shape.MOST_PARTS} parts",
        f"at most {shape.LONGEST_WRITING:,} characters",
        f"at most {shape.MOST_ENTRIES:,} answers",
    ):
        assert limit in PAGE


def test_the_file_that_the_privacy_page_shows_is_one():
    shown = re.search(r"(?:^    .*\n)+", PAGE, re.M)[0]
    content = shape.read(re.sub(r"^    ", "", shown, flags=re.M).encode())
    assert content.entries and not content.problems
    assert {kind for kind, _ in content.entries} <= set(shape.CHOICES)
    assert {entry.at for entry in content.entries.values()} == {"2026-09-14T00:00:00Z"}


def test_the_privacy_page_tells_of_every_sheet_that_a_pupil_fills(tables):
    told = " ".join(" ".join(row) for row in table_of(section(PAGE, "On paper: every sheet")))
    for name in ("pupil's sheet", "homework sheet", "forms A and B", "Another task", "In the room"):
        assert name in told
    for name in ("Results by hand", "list of who is who", "replies of families", "DOCX"):
        assert name in told
    assert all(len(row) == 5 for row in table_of(section(PAGE, "On paper: every sheet")))


def test_the_privacy_page_names_the_places_where_made_up_names_show():
    """Those of the stored class-results; a made-up class is shown there."""
    notebook = json.loads((HOUSE / "notebooks" / "class-results.ipynb").read_text("utf-8"))
    shows, heading = {"Before and after"}, ""  # it shows pairs, and the made-up class has none
    for found in notebook["cells"]:
        for line in re.findall(r"^## (.+)", "".join(found["source"]), re.M):
            heading = line
        if re.search(r"synthetic-(?:\d\d|broken)", json.dumps(found.get("outputs", []))):
            shows.add(heading)
    told = section(PAGE, "On screen: what is handed in").split("Made-up names show in")[1]
    assert told.startswith(" four places")
    assert set(re.findall(r"\*([^*]+)\*", told)) == shows


def test_pages_for_the_school_name_makers_and_version_as_the_licence_does():
    cited = (HOUSE / "CITATION.cff").read_text("utf-8")
    makers = re.search(r"- name: (.+)", cited)[1]
    version = re.search(r"^version: (\S+)", cited, re.M)[1]
    year, month, day = re.search(r'date-released: "(\d+)-(\d+)-(\d+)"', cited).groups()
    dated = f"version {version} of the casebook, of {int(day)} {MONTHS[int(month) - 1]} {year}"
    assert dated in PAGE
    assert f"Read and agreed for [school], version {version}:" in PAGE
    assert makers in (HOUSE / "LICENSE").read_text("utf-8")
    for name in ("principal", "when-a-family-asks"):
        page = (TEACH / "kit" / f"{name}.md").read_text("utf-8")
        assert makers in page
        assert all(licence in page for licence in LICENCES)
    assert f"version {version}, of {int(day)}" in (TEACH / "kit" / "principal.md").read_text(
        "utf-8"
    )


def test_the_version_is_not_older_than_its_newest_search(tables):
    """A search's card is public since its day, so a version that has it is of that day or later."""
    cited = (HOUSE / "CITATION.cff").read_text("utf-8")
    released = re.search(r'date-released: "([\d-]+)"', cited)[1]
    assert released >= tables.searches["date"].astype(str).max()[:10]


def test_short_notice_is_told_where_a_teacher_begins():
    for said in (
        BEFOREHAND,
        *((TEACH / n).read_text("utf-8") for n in ("plan.md", "kit/families.md")),
    ):
        assert re.search(r"ten\s+school days", said, re.I)
        assert "With less time" in said


def test_a_letter_promises_of_the_other_task_what_it_is():
    task = (TEACH / "kit" / "another-task.md").read_text("utf-8")
    assert "of twenty minutes" in task
    for name in ("families", "principal"):
        page = (TEACH / "kit" / f"{name}.md").read_text("utf-8")
        assert "twenty minutes" in page
        assert "no mark" in page
        assert "same time" not in page and "is marked" not in page


def test_what_is_handed_in_has_days_and_no_time_of_day(tmp_path):
    work = Work(tmp_path)
    work.keep("exercise", "01-voice", "outlet")
    work.keep("writing", "01-text", "mine")
    done = export(work)
    content = shape.read(done.path.read_bytes())
    assert {entry.at[10:] for entry in content.entries.values()} == {"T00:00:00Z"}
    assert {kind for kind, _ in content.entries} == {"exercise"}
    assert b"mine" not in done.path.read_bytes()


def test_deleting_takes_what_was_handed_in_too_where_one_asks_for_it(tmp_path):
    work = Work(tmp_path)
    work.keep("exercise", "01-voice", "outlet")
    path = export(work).path
    work.delete()
    assert path.exists()
    work.delete(exports_too=True)
    assert not path.exists()


# -- families, opting out --------------------------------------------------------------------------


def test_another_task_has_no_war_in_it():
    for name in ("another-task", "another-task-answers"):
        text = (TEACH / "kit" / f"{name}.md").read_text("utf-8")
        assert not PATTERN.search(text), "a row of the case"
        assert not re.search(OF_WAR, text, re.I)


@pytest.mark.parametrize("lesson", ["01", "02", "04", "07"])
def test_each_lesson_of_the_core_path_names_its_part_of_the_other_task(lesson):
    delicate = section((TEACH / f"{lesson}.md").read_text("utf-8"), "Delicate")
    assert "*Another task* in the kit" in delicate
    tasks = (TEACH / "kit" / "another-task.md").read_text("utf-8")
    assert len(re.findall(r"^## \d · ", tasks, re.M)) == 4


def test_the_general_pages_are_there_and_claim_nothing_about_learning(tables):
    names = {document.name.split("/")[1] for document in general_documents(tables)}
    assert {"when-a-family-asks", "results-by-hand"} <= names
    assert {"principal", "families", "privacy", "in-the-room", "adapt", "standards"} <= names
    assert {"form-A", "form-B", "forms-key", "another-task", "plan"} <= names
    said = (TEACH / "kit" / "principal.md").read_text("utf-8")
    assert "nobody knows" in section(said, "What we do not claim")
    assert "opt out" in section(said, "Opting out")


# -- standards -------------------------------------------------------------------------------------


def test_every_exercise_serves_a_standard_and_every_standard_an_exercise(tables):
    standards = tables.read_json("standards")
    serving = [set(served(tables, standard)) for standard in standards]
    assert all(serving)
    names = {text["exercise_id"] for text in tables.read_json("exercises")}
    assert set().union(*serving) == names
    assert len({standard["code"] for standard in standards}) == len(standards)


# -- before and after ------------------------------------------------------------------------------


def test_two_parallel_forms_of_eight_items_on_four_skills(tables):
    one, other = tables.read_json("forms")
    for item, twin in zip(one["items"], other["items"]):
        assert (item["skill"], len(item["choices"])) == (twin["skill"], len(twin["choices"]))
        worth, like = (sorted(c["points"] for c in i["choices"]) for i in (item, twin))
        assert worth == like
    assert len(one["annotated"]) + len(other["annotated"]) == 6
    assert {a["points"] for f in (one, other) for a in f["annotated"]} == {0, 1, 2}
    assert not re.search(OF_WAR, json.dumps([one, other]), re.I)


def test_every_closed_item_has_one_best_answer(tables):
    for content in tables.read_json("forms"):
        for item in content["items"]:
            best = [choice for choice in item["choices"] if choice["points"] == 2]
            assert len(best) == bool(item["choices"])


def best_places(form) -> list[int]:
    """Where the best answer of each closed item stands."""
    return [
        [choice["points"] for choice in item["choices"]].index(2)
        for item in form["items"]
        if item["choices"]
    ]


def test_whoever_ticks_one_box_throughout_gains_nothing_by_it(tables):
    one, other = map(best_places, tables.read_json("forms"))
    for places in (one, other):
        assert max(map(places.count, places)) <= len(places) / 2
    assert all(place != like for place, like in zip(one, other))


def test_the_key_prints_the_box_that_the_form_prints(tables):
    pages = {document.title: document.body for document in general_documents(tables)}
    key = pages["Before and after: the key"]
    for content in tables.read_json("forms"):
        right = []
        for item in filter(lambda item: item["choices"], content["items"]):
            for letter, choice in zip("abcd", item["choices"]):
                printed = f"<strong>{letter}</strong> {choice['text']}"
                assert printed in pages[f"Form {content['form']}"]
                assert f"Box {letter}: “{choice['text']}”" in key
                right += [f"{item['item']} {letter}"] * (choice["points"] == 2)
        assert f"<strong>{', '.join(right)}</strong>" in key


def test_results_by_hand_have_a_place_for_each_item_of_both_forms(tables):
    page = next(d for d in general_documents(tables) if d.title == "Results by hand").body
    assert re.findall(r"<th [^>]*>(\d)</th>", page) == [str(n) for n in range(1, 9)] * 2
    assert page.count("<tr>") == PUPILS + 1
    assert len(CANNOT) == 3 and all(escape(said[:40]) in page for said in CANNOT)
    assert smallest_change(3, 28) == pytest.approx(1.13, abs=0.01)


def test_the_screen_and_the_paper_give_a_form_the_same_minutes():
    notebook = (HOUSE / "notebooks" / "before-and-after.ipynb").read_text("utf-8")
    assert f"{TO_SIT} minutes before the first lesson, and {TO_SIT} minutes after" in notebook


def filled(panel, content):
    for item, field in zip(content["items"], panel.fields):
        field.value = item["choices"][0]["value"] if item["choices"] else "Because it says so."


def test_first_attempts_stay(tables):
    content = tables.read_json("forms")[0]
    panel = form(tables, "before", "A")
    press(panel, "I have finished")
    assert panel.says.startswith("Not yet answered: 1, 2")
    filled(panel, content)
    press(panel, "I have finished")
    assert panel.says == DONE
    again = form(tables, "before", "A")
    assert again.says == DONE
    assert all(field.disabled for field in again.fields)
    assert again.fields[0].value == content["items"][0]["choices"][0]["value"]
    assert not any(field.disabled for field in form(tables, "after", "A").fields)


def test_a_form_that_there_is_not_is_told(tables):
    with pytest.raises(KeyError, match="before and after"):
        form(tables, "later", "A")


def sat(tables, time, letter, worst=False):
    """Answers to the closed items of a form, the best or the worst."""
    content = next(f for f in tables.read_json("forms") if f["form"] == letter)
    ranked = {
        item["item"]: sorted(item["choices"], key=lambda c: c["points"], reverse=not worst)
        for item in content["items"]
        if item["choices"]
    }
    return {
        ("prediction", form_key(time, letter, item)): choices[0]["value"]
        for item, choices in ranked.items()
    }


def test_class_results_pairs_before_and_after_by_pseudonym(tables, hand_in):
    for number in range(4):
        before = sat(tables, "before", "AB"[number % 2], worst=number < 3)
        hand_in(f"Ada-{number}", before | sat(tables, "after", "BA"[number % 2]))
    hand_in("Alone", sat(tables, "before", "A"))
    work = class_work(tables)
    assert not len(work.pooled.problems)
    shown = before_and_after(work)
    assert [row[0] for row in shown.rows] == ["Ada-0", "Ada-1", "Ada-2", "Ada-3"]
    assert shown.rows[0][1:] == ["0", "8", "+8"]
    assert shown.rows[3][1:] == ["8", "8", "+0"]
    assert "4 pairs, on the mean +6.0 of 8 points" in shown.title
    assert "thirty pupils" in shown.title
    assert "one pupil sat one form alone" in shown.subtitle
    assert not any("/" in name for name in work.pooled.exercises["exercise"])


def test_the_interval_is_students_and_thirty_pupils_show_less_than_one_thinks():
    middle, low, high = interval([1, 2, 3, 4, 5])
    assert (middle, round(low, 3), round(high, 3)) == (3, 1.037, 4.963)
    assert can_show([1, 2, 3, 4, 5], 5) == pytest.approx(middle - low)
    assert can_show([1, 2, 3, 4, 5], 30) < can_show([1, 2, 3, 4, 5], 5)


def test_a_tally_from_paper_is_read_and_its_faults_are_told(tables, synthetic):
    pairs, wrong = typed("Ada 7 11\n\nBo, 9, 9\nCy 20 3\nAda 1 1\nnonsense")
    assert pairs.to_numpy().tolist() == [["Ada", 7, 11], ["Bo", 9, 9]]
    assert [fault.split(" ")[1] for fault in wrong] == ["4", "5", "6"]
    shown = before_and_after(synthetic, "Ada 7 11\nBo 9 9\nCy 4 9")
    assert shown.title.startswith("Your class, from paper: 3 pairs, on the mean +3.0 of 16")


def test_without_pairs_it_says_so(synthetic):
    assert "nobody has sat both forms yet" in before_and_after(synthetic).title


def test_only_the_closed_items_may_stand_in_a_file(tables):
    allowed = form_answers(tables)
    assert len(allowed) == 2 * 2 * 4
    assert all(int(key.split("/")[2]) % 2 for key in allowed)


def test_a_card_tells_why_and_ranks_nobody(tables, synthetic):
    learner = synthetic.pooled.learners[0]
    shown = card(synthetic, learner)
    assert learner in shown.title
    assert shown.rows
    assert not re.search(r"\bscore|\brank|per cent", " ".join(map(str, shown.rows[0])))
    assert "never a ranking" in shown.subtitle


# -- a teacher's own questions ---------------------------------------------------------------------


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOOK_WORK", str(tmp_path))
    folder = tmp_path / "my_questions"
    folder.mkdir()
    return folder


CHOICE = """lesson: 01
question: How many sources are that?
* one :: Both lean on the town hall.
- two :: Count on whom they lean.
"""
SORTING = """lesson: 01
question: Which names its source?
bins: names it / names nobody
names it | According to the mayor :: The mayor is named.
names nobody | It is said that :: By whom?
"""


def test_what_the_page_shows_as_an_example_is_read(own):
    page = (TEACH / "kit" / "adapt.md").read_text("utf-8")
    blocks = re.findall(r"(?:^    .+\n)+", page, re.M)
    plain = [re.sub(r"^    ", "", block, flags=re.M) for block in blocks]
    skip, choice, sorting = plain
    (own / "skip.txt").write_text(skip, "utf-8")
    (own / "mine.txt").write_text(f"{choice}\n{sorting}", "utf-8")
    found = read_own()
    assert found.problems == []
    assert [len(question.choices) for question in found.questions] == [3, 2]
    assert set(found.skipped) == {"01", "02"}


def test_own_questions_are_checked_like_the_others_and_stand_on_the_sheet(own, tables):
    (own / "mine.txt").write_text(f"{CHOICE}\n{SORTING}", "utf-8")
    choice, sorting = (as_exercise(question) for question in read_own().questions)
    assert choice.check("0").right and not choice.check("1").right
    assert sorting.check({"0": "names it", "1": "names nobody"}).right
    assert "Count on whom they lean." in choice.check("1").reasons
    pupils, teachers = (lesson_sheet(tables, "01", sort).body for sort in ("sheet", "answers"))
    assert "How many sources are that?" in pupils
    assert "<td>✓</td>" not in pupils.split("Your teacher's questions")[1]
    assert "<td>✓</td>" in teachers.split("Your teacher's questions")[1]
    panel = my_questions("01")
    assert len([b for b in controls(panel, type(panel)) if b is not panel]) >= 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("question: What?\n* a :: b\n- c :: d", "names no lesson"),
        ("lesson: 01\n* a :: b\n- c :: d", "asks nothing"),
        ("lesson: 01\nquestion: What?\n* a :: b", "fewer than two choices"),
        ("lesson: 01\nquestion: What?\n- a :: b\n- c :: d", "the one with the star"),
        ("lesson: 01\nquestion: What?\n* a\n- c :: d", "line 3"),
    ],
)
def test_what_is_wrong_is_told_kindly_and_costs_its_question_alone(own, text, says):
    (own / "mine.txt").write_text(f"{text}\n\n{CHOICE}", "utf-8")
    found = read_own()
    assert len(found.questions) == 1
    assert len(found.problems) == 1
    assert says in found.problems[0]
    assert "mine.txt, line" in found.problems[0]


def test_what_is_skipped_is_left_out_of_sheet_and_notebook(own, tables, tmp_path, monkeypatch):
    (own / "skip.txt").write_text("01 The toast\n01 No such part\nnonsense\n", "utf-8")
    assert ">The toast<" not in lesson_sheet(tables, "01").body
    assert ">Side by side<" in lesson_sheet(tables, "01").body
    assert [fault.split("“")[1].split("”")[0] for fault in unknown_skips(tables)] == [
        "No such part"
    ]
    assert "nonsense" in read_own().problems[0]
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    source = next((HOUSE / "notebooks").glob("01-*.ipynb"))
    (notebooks / source.name).write_bytes(source.read_bytes())
    copy = json.loads(write_shorter(notebooks, "01").read_text("utf-8"))
    said = ["".join(cell["source"]) for cell in copy["cells"]]
    assert not any(re.match(r"#+ The toast", cell) for cell in said)
    assert any(re.match(r"#+ Side by side", cell) for cell in said)
    assert 'my_questions("01")' in said
    first = next(cell for cell in copy["cells"] if cell["cell_type"] == "code")
    assert "".join(first["source"]).startswith("import sys")
    compile("".join(first["source"]), "first", "exec")


def test_the_command_says_what_is_wrong_in_own_files(own, tmp_path, monkeypatch, capsys):
    (own / "skip.txt").write_text("01 No such part\n", "utf-8")
    monkeypatch.setattr(command, "HOUSE", tmp_path)
    assert command.main(["handout", "01"]) == 0
    assert "lesson 01 has no part “No such part”; it has:" in capsys.readouterr().err


def test_markdown_pages_become_well_formed_html():
    for path in sorted((TEACH / "kit").glob("*.md")):
        assert html_of(path.read_text("utf-8")).startswith("<h1>")
