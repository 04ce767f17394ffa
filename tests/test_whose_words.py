"""Lesson 02's exhibits and widgets: versions under a reference, the chain, the glosses."""

import re

import pytest
from ipywidgets import Checkbox, Dropdown
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import FancyBboxPatch

from casebook.core.derived import derived
from casebook.core.tables import Tables
from casebook.figure.english import count_words, listed
from casebook.subjects.reports.methods.coverage import reports
from casebook.subjects.wording.charts.alignment import (
    aligned,
    alignment,
    at_which_step,
    between_marks,
    glosses,
    what_changed,
)
from casebook.subjects.wording.charts.chain import chain, chain_steps, chain_table, threads
from casebook.subjects.wording.charts.whisper import as_tiles, passed_on
from casebook.subjects.wording.methods.alignment import align, align_group, count, versions_of
from casebook.subjects.wording.methods.whisper import (
    NOBODY,
    NOT_KNOWN,
    TRANSLATOR,
    sentences,
    whisper_pages,
)
from casebook.subjects.wording.widgets.whisper import QUESTION, whisper
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
    assert two.index("BBC's story we see “had been”") < two.index("no word changed")
    assert "not known; no line leads from KCNA's English" in at_which_step(tables, "V02", "V01")
    assert "hidden" in at_which_step(tables.as_of("2022-08-31"), "V06", "V01")


@pytest.mark.slow
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
    assert panel.says.startswith("Business Upturn keeps ")
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
    outlets = tables.sources.set_index("source_id")["outlet"]
    others = [outlets[source] for source in reports(tables) if source != "S0"]
    assert f"{listed(others)} have no such words" in panel.says
    assert "<img" in panel.result
    s0 = control(panel, Checkbox, outlets["S0"])
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


@pytest.mark.parametrize("make", [align_sentence, follow_chain, whisper])
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


# -- the whisper -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ways(tables):
    """The pages on the way to each report that has the sentence."""
    found = {source: whisper_pages(tables, source) for source in reports(tables)}
    return {source: pages for source, pages in found.items() if pages}


def test_each_way_begins_with_the_korean_and_ends_on_the_report(tables, ways):
    rows = sentences(tables)
    assert set(ways) >= {"S0", "S1", "S4"}
    for source, pages in ways.items():
        assert rows.at[pages[0].variant, "use"] == "word for word"
        assert rows.at[pages[-1].variant, "source_id"] == source
        assert [p.before for p in pages] == ["", *(p.variant for p in pages[:-1])]


def test_every_hand_of_the_chain_is_met_once_and_in_order(tables, ways):
    for source, pages in ways.items():
        steps = chain_steps(tables, source, "Kim's message").itertuples()
        acted = dict.fromkeys(TRANSLATOR if x.act == "translated" else x.actor for x in steps)
        assert [hand.who for page in pages for hand in page.hands] == list(acted)


def test_the_words_of_a_page_add_up(tables, ways):
    rows = sentences(tables)
    for page in (page for pages in ways.values() for page in pages[1:]):
        kept = page.alignment.counts["kept"]
        changed = page.alignment.words("changed")
        assert kept + page.replaced == count(rows.at[page.variant, "text"])
        before = count(rows.at[page.before, "text"])
        assert kept + changed + page.missing + page.unquoted == before


def test_who_changed_the_words_follows_from_the_rows(ways):
    held = {source: [page.held for page in pages[1:]] for source, pages in ways.items()}
    assert held["S1"] == [TRANSLATOR, "BBC News", NOBODY]
    assert held["S0"] == [TRANSLATOR, "Business Insider"]
    assert held["S4"] == [TRANSLATOR, NOT_KNOWN]


def test_the_vote_turns_on_what_the_words_are_said_of(tables):
    def change(of):
        legs = derived(of, "whisper_legs")
        return legs.set_index(["source_id", "page"]).at[("S0", "V03"), "change"]

    assert change(tables) == "said of"
    same = sentences(tables).at["V01", "said_of"]
    assert change(planted(tables, "V03", said_of=same)) == "shorter"


def test_the_counts_of_a_page_are_said_and_add_up(tables):
    title = passed_on(tables, "S1", "V01").title
    assert "six words became seven, one is dropped (30 + 6 + 1 = 37)" in title


def planted(tables, variant, **cells):
    """The same tables with other cells in one version."""
    changed = Tables(tables.folder)
    rows = tables.variants.copy()
    for column, value in cells.items():
        rows.loc[rows["variant_id"] == variant, column] = value
    changed.variants = rows
    return changed


def test_a_change_planted_in_a_row_is_seen_in_the_whisper(tables, ways):
    text = ways["S1"][-1].alignment
    words = "".join(x.variant for x in text.operations)
    other = planted(tables, "V06", text=words.replace("provocation", "attacks"))
    last = whisper_pages(other, "S1")[-1]
    assert (last.replaced, last.held) == (1, "Business Upturn")
    assert "⇄ <strong>attacks</strong>" in passed_on(other, "S1", "V06").body()
    turned = whisper_pages(planted(tables, "V06", said_of="the friendship"), "S1")[-1]
    assert (turned.replaced, turned.held) == (0, "Business Upturn")
    assert whisper_pages(planted(tables, "V05", step_basis="not known"), "S1")[2].held == NOT_KNOWN
    assert whisper_pages(planted(tables, "V01", after=""), "S1") == []


def test_most_words_are_replaced_on_the_way_into_english(tables):
    legs = derived(tables, "whisper_legs").set_index(["source_id", "leg"])
    words = derived(tables, "whisper_words").groupby(["source_id", "leg"]).size()
    assert legs["replaced"][legs["replaced"] > 0].to_dict() == words.to_dict()
    ours = legs.loc["S1", "replaced"]
    assert ours.idxmax() == 1
    assert ours.is_unique
    assert (legs["missing"].groupby("leg").sum()[2:] == 0).all()


def test_our_english_of_the_korean_rests_on_the_notes_of_its_facts(tables):
    """But for articles and “and”, which Korean does without."""
    (row,) = sentences(tables).query("use == 'word for word'").itertuples()
    facts = tables.facts.set_index("fact_id")
    notes = " ".join(facts.at[key, "note"] for key in row.address.split("; "))
    words = set(re.findall(r"[a-z]+", row.text))
    assert words - {"the", "and"} <= set(re.findall(r"[a-z]+", notes))


def test_the_tiles_are_the_words_with_signs_for_what_became_of_them(tables):
    assert as_tiles(tables, "V01").body().count("<span") == 37
    body = passed_on(tables, "S1", "V05").body()
    for sign in ("⇄ <strong>had been</strong>", "+ ,", "‹practices›", "▶ BBC News"):
        assert sign in body
    assert "− today" in passed_on(tables, "S1", "V01").body()
    assert "⇄ <strong>the friendship</strong>" in passed_on(tables, "S0", "V03").body()
    assert "⇄" not in passed_on(tables, "S1", "V06").body()


def test_the_whisper_is_played_by_its_controls(tables):
    panel = whisper(tables, start="S1")
    report, page, who = labelled(panel, "On the way to", "Page", QUESTION)
    assert [value for _, value in who.options] == [""]
    page.value = "V05"
    assert who.value == ""
    for said, answer in {
        "": "say who it was",
        "BBC News": "We think so too",
        NOT_KNOWN: "A careful answer",
        "KCNA": "still whole",
        "Business Upturn": "stands here already",
        NOBODY: "some tiles have a sign",
    }.items():
        who.value = said
        assert answer in panel.says
        assert ("we don't know (Q071)" in panel.says) == (said not in ("", NOBODY))
        assert ("26 of 37 words are kept" in panel.says) == (said not in ("", NOBODY))
    page.value = "V06"
    assert who.value == ""
    who.value = NOBODY
    assert "Yes. " in panel.says
    report.value = "S0"
    page.value = "V03"
    who.value = NOBODY
    assert panel.says.endswith("Insider. No quoted word changed. Look at the last line.")
    report.value = "S4"
    page.value = "V07"
    who.value = "Red-Blooded Conservative"
    assert "It may be" in panel.says
    who.value = NOT_KNOWN
    assert "that is an answer" in panel.says


def test_nothing_is_said_of_who_before_the_learner_says_it(tables):
    panel = whisper(tables)
    for state in panel.states():
        if not state["who"]:
            assert "of 37 words" not in panel.state(state)[1]
            assert "don't know" not in panel.state(state)[1]


def test_what_pupils_compare_by_hand_is_what_the_machine_counts(tables):
    given = between_marks(tables, "new high stage", ["V03", "V06"])
    counted = alignment(tables, "new high stage", "V03", ["V06"], words_only=True)
    assert "step" not in counted.body()
    assert "friendship" not in counted.body() + given.body()
    rows = versions_of(tables, "new high stage")
    for version, row in zip(("V03", "V06"), given.rows, strict=True):
        assert rows.at[version, "text"] in row[1]
    assert len(counted.rows) == len(given.rows)
