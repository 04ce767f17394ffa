"""The form for a record: what it shows, checks, keeps and saves; the worked example as one more
document.
"""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ipywidgets import Dropdown, Textarea

from casebook.answers import learner
from casebook.build import one
from casebook.build.seeds import read_seeds
from casebook.build.write import as_written, build
from casebook.core.platform import DATA
from casebook.core.tables import Tables
from casebook.records import documents
from casebook.records.reader import SeedsError, read_yaml
from casebook.records.writer import as_yaml
from casebook.subjects.arc.charts.arc import arc
from casebook.subjects.coding.widgets import record as form
from casebook.subjects.coding.widgets.record import write_record
from casebook.subjects.coding.widgets.record_shape import filled
from casebook.subjects.reports.charts.reports import coverage, voices
from grown import next_source
from helpers import HOUSE, control, press

HOSTILE = "<img src=x onerror=alert(1)>\u202e“&'\"🙂"


@pytest.fixture
def worked(tables):
    return copy.deepcopy(tables.read_json("worked")[0])


@pytest.fixture
def a_form(tables):
    return form.Form(tables)


def open_part(made, name):
    made.part.value = name


def field(made, name):
    """The control of a field in the part that is open."""
    found = []

    def walk(widget):
        if getattr(widget, "description", None) == name:
            found.append(widget)
        for child in getattr(widget, "children", ()):
            walk(child)

    walk(made.fields)
    return found[0]


# -- the worked example ----------------------------------------------------------------------------


def test_the_worked_example_passes_the_builds_checks_and_is_no_part_of_the_corpus(tables, worked):
    seeds = read_seeds(HOUSE / "seeds")
    assert [r.source_id for r in seeds.records] == list(tables.sources["source_id"])
    assert [as_written(r) for r in seeds.worked] == [worked]
    assert one.check(worked) == []
    for name in ("sources", "claims", "quotes", "chains", "signs", "words"):
        assert worked["source_id"] not in set(getattr(tables, name)["source_id"])
    assert len(worked["claims"]) == 17
    assert worked["coded"] == "once"


def test_a_mistake_in_the_worked_example_stops_the_build(tmp_path):
    shutil.copytree(HOUSE / "seeds", tmp_path / "seeds")
    path = tmp_path / "seeds" / "corpus" / "worked" / "S90.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("voice: quoted", "voice: sung", 1),
        encoding="utf-8",
    )
    with pytest.raises(
        SeedsError,
        match=(
            r"S90\.yaml, line \d+, claims\[\d+\]\.voice: 'sung' is not one of the values\. Allowed:"
            r" quoted"
        ),
    ):
        read_seeds(tmp_path / "seeds")


def test_the_worked_example_appears_in_arc_coverage_and_voices(tables, worked, tmp_path):
    one.tables_with(worked, DATA, tmp_path)
    with_it = Tables(tmp_path)
    assert list(with_it.sources["source_id"]) == [*tables.sources["source_id"], "S90"]
    drawn = arc(with_it)
    assert "The Korea Herald" in drawn.description
    assert any("two articles" in t.get_text() for t in drawn.axes[0].texts)
    assert "The Korea Herald: silent 24" in coverage(with_it, ["S0", "S90"]).description
    assert "The Korea Herald: 6 quoted" in voices(with_it, ["S3", "S90"]).description
    assert len(Tables().sources) == len(tables.sources)


# -- opening ---------------------------------------------------------------------------------------


def test_the_form_opens_with_the_worked_example_and_needs_no_yaml_for_that():
    code = (
        "import sys; from casebook import *; p = write_record(open_tables()); print('yaml' in"
        " sys.modules, 'pydantic' in sys.modules, p.says); assert 'Korea Herald' in p.stored()[1]"
    )
    said = subprocess.run(
        [sys.executable, "-c", code],
        cwd=HOUSE / "notebooks",
        env=os.environ,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert (
        said == "False False The worked example; the build has checked it. S90: 17 claims, four"
        " quotations; no problem.\n"
    )


def test_each_part_has_a_named_control_for_each_field_of_the_schema(a_form):
    for name, model in (
        ("the document", documents.Record),
        ("claims", documents.Claim),
        ("quotations", documents.Quote),
        ("the chain", documents.Step),
        ("signs", documents.Sign),
    ):
        open_part(a_form, name)
        for key in set(model.model_fields) - {"signs", "chain", "quotes", "claims", "events", "on"}:
            assert field(a_form, key), (name, key)
    open_part(a_form, "claims")
    assert [v for _, v in field(a_form, "stance").options] == [
        "",
        "asserted",
        "hedged",
        "alleged",
        "denied",
        "neither",
        "admitted",
    ]


# -- checking --------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize(
    "part, name, value, says",
    [
        ("the document", "published", "9 January", "published: write a date as 2022, 2022-08"),
        (
            "the document",
            "outlet_basis",
            "F999",
            (
                "outlet_basis: F999 leads nowhere. Allowed: a paragraph, fact, message or search"
                " that is here."
            ),
        ),
        (
            "the document",
            "paragraphs",
            "many",
            "paragraphs: 'many' is no whole number. Allowed: digits, as in 12.",
        ),
        ("the document", "sha256", "abc", "sha256: 'abc' has not the form it should have"),
        ("the document", "source_id", "S0", "S0 stands twice. Allowed: each source_id once."),
        (
            "the document",
            "outlet",
            "",
            "outlet: is empty. Allowed: at least one character, or leave the field out.",
        ),
        ("the document", "coded", "twice", "coded: 'twice', but 17 claims lack a second coding"),
        ("claims", "claim", "", "claims[0].claim: is empty"),
        (
            "claims",
            "paragraph",
            "8",
            "paragraph: ¶8 is beyond the end of the text. Allowed: 1 to 7.",
        ),
        ("claims", "claim_id", "S90-c14", "S90-c14 stands twice"),
        ("claims", "event_id", "E999", "claims[0].event_id: E999 leads nowhere"),
        ("claims", "number", "5", "number and number_text stand together or not at all"),
        ("claims", "date", "2027", "claims[0].date: 2027 lies after the text's date 2026-01-09"),
        (
            "claims",
            "voice",
            "",
            "claims[0].voice: '' is not one of the values. Allowed: quoted, paraphrased or outlet.",
        ),
        (
            "claims",
            "voice",
            "outlet",
            "claims[0]: voice outlet leans on nobody, but the claim is put down to",
        ),
        (
            "quotations",
            "text",
            "word " * 46,
            "a quotation has at most 45 words here; this one has 46",
        ),
        ("quotations", "variant_group", "alone", "“alone” has this quotation alone"),
        ("the chain", "address", "S77 ¶1", "S77 ¶1 leads nowhere"),
        ("signs", "layer", "", "signs[0].layer: '' is not one of the values"),
    ],
)
def test_a_mistake_in_each_kind_of_field_gives_the_builds_own_message(
    a_form, part, name, value, says
):
    open_part(a_form, part)
    field(a_form, name).value = value
    found = [str(p) for p in a_form.problems]
    assert any(says in p for p in found), found
    assert re.search("; .* problems?\\. (First|In this row|In this part): ", a_form.panel.says)
    assert "<li>" in a_form.panel.result
    with pytest.raises(SeedsError) as caught:
        with_it = Path(os.environ["CASEBOOK_WORK"]) / "check"
        with_it.mkdir(parents=True)
        read_seeds(HOUSE / "seeds", also=one._path(a_form.record, with_it))
    assert [str(p) for p in caught.value.problems] == found


def test_quotations_are_compared_with_the_text_when_it_is_given_and_it_is_not_kept(a_form):
    text = "One line says “permanent” here.\n" + "\n".join(f"Line {n}." for n in range(2, 8))
    open_part(a_form, "its text")
    control(a_form.panel, Textarea).value = text
    assert any(
        "sha256: the text is not the one that was recorded" in str(p) for p in a_form.problems
    )
    press(a_form.panel, "Take length and hash from the text")
    assert a_form.record["paragraphs"] == "7"
    assert [p.field for p in a_form.problems] == [f"quotes[{n}].text" for n in (1, 2, 3)]
    assert "not word for word in ¶2" in str(a_form.problems[0])
    assert "One line says" not in json.dumps(learner().kept("writing"))
    control(a_form.panel, Textarea).value = "x" * 200_001
    assert "at most 200,000 are taken" in a_form.panel.says


# -- rows ------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_rows_are_added_sorted_deleted_and_put_back(a_form):
    open_part(a_form, "claims")
    press(a_form.panel, "Add a row")
    assert a_form.record["claims"][-1]["claim_id"] == "S90-c18"
    assert len(a_form.problems) >= 5
    for name, value in {
        "claim": "KCNA is a news agency.",
        "actor": "KCNA",
        "voice": "outlet",
        "stance": "asserted",
        "role": "background",
        "origin": "none_named",
        "topic": "media",
    }.items():
        field(a_form, name).value = value
    assert a_form.problems == []
    field(a_form, "paragraph").value = "2"
    assert a_form.problems == []
    assert [c["claim_id"] for c in a_form.record["claims"]].index("S90-c18") == 6
    assert field(a_form, "Row").value == 7
    assert field(a_form, "claim").value == "KCNA is a news agency."
    press(a_form.panel, "Delete this row")
    assert len(a_form.record["claims"]) == 17
    press(a_form.panel, "Put it back")
    assert len(a_form.record["claims"]) == 18
    assert field(a_form, "claim_id").value == "S90-c18"
    press(a_form.panel, "Put it back")
    assert "Nothing was deleted" in a_form.panel.says


def test_a_list_can_be_emptied_and_begun_again(a_form):
    open_part(a_form, "signs")
    for _ in range(3):
        press(a_form.panel, "Delete this row")
    assert a_form.record["signs"] == []
    assert "no row to delete" in a_form.panel.says
    press(a_form.panel, "Add a row")
    assert field(a_form, "sign").value == ""


# -- keeping and saving ----------------------------------------------------------------------------


def test_half_finished_work_survives_reopening(tables, a_form):
    open_part(a_form, "claims")
    field(a_form, "claim").value = "Half a claim"
    press(a_form.panel, "Add a row")
    again = form.Form(tables)
    assert again.record == a_form.record
    assert again.panel.says.startswith("Your record, as you left it. S90: 18 claims")
    assert "not checked yet" in again.panel.says
    press(again.panel, "Check it")
    assert "problems" in again.panel.says


@pytest.mark.parametrize(
    "kept",
    ["[]", "{", '{"claims": "x"}', '{"claims": [1]}', '{"outlet": {"a": "b"}}', '{"outlet": 5}'],
)
def test_a_draft_that_is_none_is_left_out_and_said(tables, kept):
    learner().keep("writing", "10-record", kept)
    made = form.Form(tables)
    assert "can't be used" in made.panel.says
    assert made.record == made.worked


def test_what_is_saved_is_what_the_reader_reads_and_the_form_loads(a_form):
    open_part(a_form, "claims")
    field(a_form, "claim").value = "A claim: with # signs, 'marks', “curly” ones and a trailing NO"
    open_part(a_form, "save and load")
    press(a_form.panel, "Save as YAML")
    path = learner().folder / "records" / "S90.yaml"
    assert a_form.panel.says.startswith(f"Saved: {path}.")
    assert not list(path.parent.glob(".*"))
    assert read_yaml(path).value == filled(a_form.record)
    before = copy.deepcopy(a_form.record)
    press(a_form.panel, "Back to the worked example")
    assert a_form.record == a_form.worked
    press(a_form.panel, "Load the file")
    assert filled(a_form.record) == filled(before)
    assert a_form.problems == []


def test_another_file_is_never_overwritten_unasked(a_form):
    folder = learner().folder / "records"
    folder.mkdir(parents=True)
    (folder / "S90.yaml").write_text("mine: keep me\n", encoding="utf-8")
    open_part(a_form, "save and load")
    press(a_form.panel, "Save as YAML")
    assert "holds something else. Press the button once more" in a_form.panel.says
    assert "keep me" in (folder / "S90.yaml").read_text()
    press(a_form.panel, "Load the file")
    assert (
        "mine" in json.dumps([str(p) for p in a_form.problems]) or "Not loaded" in a_form.panel.says
    )


def test_an_unsaved_record_is_not_dropped_unasked(a_form):
    open_part(a_form, "the document")
    field(a_form, "outlet").value = "My paper"
    open_part(a_form, "save and load")
    press(a_form.panel, "Start a new record")
    assert "would be gone" in a_form.panel.says
    assert a_form.record["outlet"] == "My paper"
    press(a_form.panel, "Start a new record")
    assert a_form.record["source_id"] == next_source()
    assert a_form.record["claims"] == []


def test_a_name_that_is_no_identifier_makes_no_file(a_form):
    a_form.record["source_id"] = "../../evil"
    open_part(a_form, "save and load")
    press(a_form.panel, "Save as YAML")
    assert a_form.panel.says.startswith("Not saved: source_id")
    assert not (learner().folder / "records").exists()
    assert any("source_id" in p.field for p in one.check(a_form.record))


def test_a_disk_that_refuses_is_told(a_form, monkeypatch):
    monkeypatch.setattr(
        os, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    open_part(a_form, "save and load")
    press(a_form.panel, "Save as YAML")
    assert "Not saved: no space left on device." in a_form.panel.says
    assert not list((learner().folder / "records").glob("*"))


@pytest.mark.slow
def test_a_saved_record_passes_the_build_in_a_copy_of_seeds_and_appears(a_form, tmp_path):
    new = next_source()
    open_part(a_form, "the document")
    field(a_form, "source_id").value = new
    open_part(a_form, "claims")
    a_form.record["claims"] = [
        {**c, "claim_id": c["claim_id"].replace("S90", new)} for c in a_form.record["claims"]
    ]
    a_form.record["quotes"] = [
        {**q, "quote_id": q["quote_id"].replace("S90", new)} for q in a_form.record["quotes"]
    ]
    open_part(a_form, "save and load")
    press(a_form.panel, "Save as YAML")
    assert a_form.problems == []
    shutil.copytree(HOUSE / "seeds", tmp_path / "seeds")
    shutil.copyfile(
        learner().folder / "records" / f"{new}.yaml",
        tmp_path / f"seeds/corpus/records/{new}.yaml",
    )
    build(tmp_path / "seeds", tmp_path / "data")
    built = Tables(tmp_path / "data")
    assert "The Korea Herald" in arc(built).description
    assert "The Korea Herald: 6 quoted" in voices(built, ["S0", new]).description
    assert built.sources.set_index("source_id").at[new, "coded"] == "once"


# -- views, hostile text ---------------------------------------------------------------------------


def test_the_record_is_shown_in_the_charts_and_as_yaml_and_not_while_it_has_problems(a_form):
    view = control(a_form.panel, Dropdown, "Show it")
    for name, holds in (
        ("in the arc", "The Korea Herald"),
        ("in coverage", "silent"),
        ("in voices", "The Korea Herald"),
        ("as YAML", "source_id: S90"),
        ("the record", "17 claims"),
    ):
        view.value = name
        assert holds in a_form.panel.result, name
    a_form.record["claims"][0]["voice"] = "sung"
    a_form.check()
    view.value = "in the arc"
    assert "can't be shown in a chart" in a_form.panel.result


@pytest.mark.slow
def test_hostile_text_is_shown_as_text_and_long_text_is_refused(a_form):
    open_part(a_form, "claims")
    field(a_form, "claim").value = HOSTILE
    field(a_form, "actor").value = "</td><script>alert(1)</script>"
    for name in form.VIEWS:
        a_form.view.value = name
        for shown in (a_form.panel.result, a_form.panel._says.value, a_form.panel.stored()[1]):
            assert "<img src=x" not in shown
            assert "<script>" not in shown
    field(a_form, "claim").value = "x" * 10_000
    assert "10,000 characters are too many; at most 2,000" in a_form.panel.says
    assert a_form.record["claims"][0]["claim"] == HOSTILE


def test_hostile_files_are_refused_with_a_reason(a_form):
    folder = learner().folder / "records"
    folder.mkdir(parents=True)
    for content, says in (
        ("a: &x 1\nb: *x\n", "anchor or alias"),
        ("- 1\n", "no set of fields"),
        ("source_id: S7\nclaims: none\n", "to be lists"),
        ("outlet: !!python/object/apply:os.system [echo]\n", "no set of fields"),
        ("claim" * 3, "no set of fields"),
    ):
        (folder / "bad.yaml").write_text(content, encoding="utf-8")
        a_form.files.asked = ""
        a_form.files.load("bad.yaml")
        assert a_form.panel.says.startswith("Not loaded") and says in a_form.panel.says, (
            a_form.panel.says
        )
        assert a_form.record == a_form.worked


@settings(max_examples=60)
@given(
    st.dictionaries(
        st.sampled_from(["outlet", "title", "country"]),
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=80),
    )
)
def test_any_text_written_is_the_text_read_back(tmp_path_factory, values):
    path = tmp_path_factory.mktemp("yaml") / "S5.yaml"
    path.write_text(as_yaml({"source_id": "S5", **values}), encoding="utf-8", newline="\n")
    try:
        found = read_yaml(path).value
    except SeedsError as refused:
        assert "control character" in str(refused) or "line end" in str(refused)
        return
    assert {k: found[k] for k in values} == values


def test_the_form_is_in_a_panel_that_is_stored_readable(tables):
    bundle = write_record(tables)._repr_mimebundle_(include=None, exclude=None)
    assert "17 claims" in bundle["text/plain"]
    assert "Run this notebook" in bundle["text/html"]
    assert control(write_record(tables), Dropdown, "Part").value == "the document"


def test_the_fields_of_a_part_are_explained_on_request(a_form):
    a_form.view.value = "what to write"
    for part in form.PARTS:
        open_part(a_form, part)
        for name, meaning, values, _ in (
            a_form.columns(form.PARTS[part]) if form.PARTS[part] not in ("text", "files") else ()
        ):
            assert f"<strong>{name}</strong>" in a_form.panel.result
            assert form.escape(meaning) in a_form.panel.result
            assert all(v in a_form.panel.result for v in values)
    assert "no fields" in a_form.panel.result


def test_the_line_names_the_problem_of_the_open_row_before_others(a_form):
    a_form.record["published"], a_form.record["claims"][4]["voice"] = "soon", "sung"
    a_form.check()
    assert "In this part: S90.yaml, line " in a_form.panel.says
    assert "published" in a_form.panel.says
    open_part(a_form, "claims")
    assert "In this part: " in a_form.panel.says
    assert "'sung'" in a_form.panel.says
    field(a_form, "Row").value = 5
    assert "In this row: " in a_form.panel.says
    assert "'sung'" in a_form.panel.says
    open_part(a_form, "signs")
    assert "First: " in a_form.panel.says


@pytest.mark.slow
def test_a_saved_record_is_known_as_saved_after_reopening(tables, a_form):
    open_part(a_form, "the document")
    field(a_form, "outlet").value = "My paper"
    open_part(a_form, "save and load")
    press(a_form.panel, "Save as YAML")
    again = form.Form(tables)
    open_part(again, "save and load")
    press(again.panel, "Load the file")
    assert "would be gone" not in again.panel.says
    assert again.record["outlet"] == "My paper"
