"""Lesson 02's exhibits and widgets: versions under a reference, the chain, the glosses."""

import pytest
from ipywidgets import Checkbox, Dropdown
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import FancyBboxPatch

from casebook.figure.english import count_words, listed
from casebook.subjects.reports.methods.coverage import reports
from casebook.subjects.wording.charts.alignment import (
    aligned,
    alignment,
    at_which_step,
    glosses,
    what_changed,
)
from casebook.subjects.wording.charts.chain import chain, chain_steps, chain_table, threads
from casebook.subjects.wording.methods.alignment import align, align_group, versions_of
from casebook.subjects.wording.widgets.words import align_sentence, follow_chain
from checks import check_legible
from helpers import control, labelled

THREADS = [
    (["S0", "S1", "S4"], "Kim's message"),
    (["S0", "S1", "S4"], "Putin's message"),
    (["S1"], "Kim's message"),
    (["S0"], "“just cause”"),
    (["S4", "S0"], "Putin's message"),
]
each = pytest.mark.parametrize(
    "sources, thread", THREADS, ids=[f"{t} {'-'.join(s)}" for s, t in THREADS]
)


def test_marks_and_words_tell_the_changes_apart():
    html = aligned(align("the old peoples of two lands met", "the new of two lands, met"))
    for sign in ("⇄ old peoples → new", "+ ,"):
        assert sign in html
    assert "<del" in aligned(align("a b c d", "a d"))
    assert "− b c" in aligned(align("a b c d", "a d"))
    assert "‹one word before it begins›" in aligned(align("a b c", "b c"))
    assert "<del" not in aligned(align("a b c", "b c"))


def test_hostile_words_are_shown_as_text():
    html = aligned(align("a <script>alert(1)</script> b", "a <b>x</b> b"))
    assert "<script" not in html
    assert "<b>" not in html


def test_every_table_of_versions_counts_and_says_the_step(tables):
    for group in tables.variants["group"].unique():
        for reference in versions_of(tables, group).index:
            exhibit = alignment(tables, group, reference)
            found = align_group(tables, group, reference)
            assert len(exhibit.rows) == 1 + len(found)
            assert "At which step: " in exhibit.html()
            for key, x in found.items():
                assert what_changed(x) in exhibit.description
                assert at_which_step(tables, key, reference).startswith("At which step: ")


@pytest.mark.parametrize(
    "group, reference",
    [("new high stage", "V01"), ("interests", "V11"), ("expand relations", "V21")],
)
def test_the_title_counts_the_words_of_the_reference(tables, group, reference):
    words = tables.variants.set_index("variant_id").at[reference, "text"]
    assert f"Of {count_words(words)} words in " in alignment(tables, group, reference).title


def test_the_step_is_told_along_the_line_or_not_known(tables):
    two = at_which_step(tables, "V06", "V01")
    assert two.count("(inferred)") == 2
    assert two.index("BBC's story: “had been”") < two.index("no word changed")
    assert "not known; no line leads from KCNA's English" in at_which_step(tables, "V02", "V01")
    assert "hidden" in at_which_step(tables.as_of("2022-08-31"), "V06", "V01")


@each
def test_the_chain_is_legible_and_the_same_every_time(tables, sources, thread):
    picture = chain(tables, sources, thread)
    assert picture.svg() == chain(tables, sources, thread).svg()
    check_legible(picture)


@each
def test_the_chain_says_every_step_in_words(tables, sources, thread):
    steps = sum(len(chain_steps(tables, s, thread)) for s in sources)
    inferred = sum((chain_steps(tables, s, thread)["basis"] == "inferred").sum() for s in sources)
    words, table = chain(tables, sources, thread).description, chain_table(tables, sources, thread)
    assert words.count("(inferred)") == inferred
    assert words.count("(known)") == steps - inferred
    assert len(table.rows) == steps
    assert table.body().count(">inferred<") == inferred


def test_the_text_of_a_box_stays_inside_it(tables):
    picture = chain(tables, ["S0", "S1", "S4"], "Kim's message")
    renderer = FigureCanvasAgg(picture).get_renderer()
    boxes = [part.get_window_extent(renderer) for part in picture.findobj(FancyBboxPatch)]
    assert len(boxes) > 9
    for text in picture.texts:
        extent = text.get_window_extent(renderer)
        for box in boxes:
            if box.contains((extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2):
                assert box.x0 <= extent.x0 and extent.x1 <= box.x1, text


def test_too_many_documents_or_none_is_said(tables):
    with pytest.raises(ValueError, match="one to 3 documents"):
        chain(tables, ["S1", "S4"], "“just cause”")


def test_glosses_are_counted_not_decided(tables):
    exhibit = glosses(tables)
    japan = [row for row in exhibit.rows if "✓" in row[exhibit.head.index("Japan")]]
    assert len(japan) == 1
    assert "S1 ¶10" in japan[0][0]
    assert "7 October" not in glosses(tables.as_of("2022-08-31")).html()


def test_choosing_sentence_reference_and_version(tables):
    panel = align_sentence(tables, start="interests")
    sentence, against, which = labelled(panel, "Sentence", "Reference", "Version")
    assert against.value == "V11"
    assert which.value == "all"
    which.value = "V14"
    assert panel.says.startswith("S1 ¶6 keeps ")
    assert "drops “the peoples of”" in panel.says
    assert "(inferred)" in panel.result
    against.value = "V14"
    assert which.value == "all"
    assert "V14" not in [key for _, key in which.options]
    for _, group in sentence.options:
        sentence.value = group
        for _, reference in against.options:
            against.value = reference
            for _, version in which.options:
                which.value = version
                assert panel.says
                assert "lp-matrix" in panel.result
    control(panel, Checkbox).value = True
    assert "lp-rows" in panel.result


def test_following_a_chain(tables):
    panel = follow_chain(tables, start="Kim's message")
    thread = control(panel, Dropdown)
    thread.value = "“just cause”"
    others = [source for source in reports(tables) if source != "S0"]
    assert f"{listed(others)} have no such words" in panel.says
    assert "<img" in panel.result
    s0 = control(panel, Checkbox, "S0")
    s0.value = False
    assert panel.says.startswith("No chain of")
    assert "<img" not in panel.result
    for box in labelled(panel, *others):
        box.value = False
    assert panel.says == "No document is chosen."
    s0.value = True
    control(panel, Checkbox, "Show the steps as a table").value = True
    assert "lp-matrix" in panel.result
    assert "said there of the Russian people" in panel.result


def test_every_thread_of_every_document_can_be_drawn(tables):
    panel = follow_chain(tables, sources=list(tables.sources["source_id"]))
    thread = control(panel, Dropdown)
    for name in threads(tables, list(tables.sources["source_id"])):
        thread.value = name
        assert panel.says
        assert "<img" in panel.result or "at most" in panel.result


@pytest.mark.parametrize("make", [align_sentence, follow_chain], ids=["align", "chain"])
def test_the_panels_are_stored_readable(make, tables):
    stored = make(tables)._repr_mimebundle_(include=None, exclude=None)
    assert "Run this notebook" in stored["text/html"]
    assert len(stored["text/plain"]) > 60


def test_the_snippets_of_the_check_out_are_versions_kept_apart(tables):
    import json

    texts = {
        x["exercise_id"]: x["snippet"] or ""
        for x in json.loads((tables.folder / "exercises.json").read_text(encoding="utf-8"))
    }
    kept = tables.variants[tables.variants["use"] == "check-out"].set_index("variant_id")["text"]
    assert kept["V09"] in texts["02-snippet-pledge"]
    assert kept["V54"] in texts["02-snippet-babel"]
    assert not {"V09", "V54"} & set(versions_of(tables, "new high stage").index) | {"V54"} & set(
        versions_of(tables, "just cause").index
    )
