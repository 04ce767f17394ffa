"""Pictures and tables: the same bytes each time, words for those who cannot see them, nothing
foreign run, findings as titles.
"""

import base64
import re

import matplotlib
import pytest

from casebook.core.tables import Evidence, Tables
from casebook.figure import (
    BREAK,
    STATES,
    TONES,
    YEARS,
    Html,
    Picture,
    TableExhibit,
    badge,
    cell,
    html_table,
    rows_table,
    strong,
    styled,
)
from casebook.figure.english import capital, day, listed, number, several
from casebook.subjects.arc.charts.arc import ArcPicture, arc
from casebook.subjects.reports.charts.corpus import corpus
from casebook.subjects.reports.charts.reports import coverage, extract, voices
from casebook.subjects.reports.methods.corpus import voice_counts
from casebook.subjects.reports.methods.coverage import position_matrix
from casebook.subjects.walk.charts import addresses_in, glossary, walk
from checks import check_legible
from helpers import HOUSE


@pytest.fixture(scope="module")
def pictures(tables):
    return {
        "arc": arc(tables),
        "arc of 2022": arc(tables.as_of("2022-08-31")),
        "voices": voices(tables),
    }


@pytest.mark.parametrize("name", ["arc", "arc of 2022", "voices"])
def test_the_same_picture_gives_the_same_bytes(pictures, name, tables):
    again = {
        "arc": lambda: arc(tables),
        "arc of 2022": lambda: arc(tables.as_of("2022-08-31")),
        "voices": lambda: voices(tables),
    }[name]()
    assert pictures[name].svg() == pictures[name].svg() == again.svg()


def test_an_arc_that_has_been_moved_is_the_arc_of_that_day(tables):
    moved = ArcPicture(tables)
    moved.as_of("2025-01-01")
    moved.as_of("2022-08-31")
    fresh = arc(tables.as_of("2022-08-31"))
    assert moved.html() == fresh.html()
    assert moved.plain() == fresh.plain()


def test_a_learners_own_style_does_not_leak_in(tables):
    before = voices(tables).svg()
    with matplotlib.rc_context({"font.size": 30, "svg.hashsalt": "x", "axes.facecolor": "red"}):
        assert voices(tables).svg() == before


@pytest.mark.parametrize("name", ["arc", "voices"])
def test_text_in_pictures_is_large_enough_inside_and_apart(pictures, name):
    check_legible(pictures[name])


def test_the_arc_says_and_shows_only_what_was_public(tables):
    then = arc(tables.as_of("2022-08-31"))
    shown = then.plain() + then.html()
    assert "Liberation Day" in shown
    for later in ("Vostochny", "2023", "Kursk", "in force", "unconditionally"):
        assert later not in re.sub(r"data:image[^\"]*", "", shown)
    visible = {t.get_text() for t in then.axes[0].texts if t.get_visible()}
    assert "Liberation Day letters" in visible
    assert "Vostochny" not in visible
    assert "Beijing" not in visible
    assert not {"Meetings", "Treaty"} & {
        t.get_text() for t in then.axes[0].get_yticklabels() if t.get_visible()
    }


def test_the_arcs_title_counts_what_it_shows(tables):
    then = tables.as_of("2024-06-30")
    inside = then.events[then.events["date"] >= "2022"]
    title = arc(then).title
    assert title.startswith("As of 30 June 2024: ")
    assert f"{len(inside)} events" in title
    assert f"{several((inside['lane'] == 'meetings').sum(), 'meeting')} of the two leaders" in title
    assert title.endswith("the treaty signed")


def test_the_coverage_title_counts_the_matrix(tables):
    matrix = position_matrix(tables)
    exhibit = coverage(tables)
    shared = (matrix == "agrees").all(axis=1).sum()
    alone = (matrix.isin(["agrees", "both"]).sum(axis=1) == 1).sum()
    assert exhibit.title == (
        f"Of {len(matrix)} statements, {number(shared) if shared else 'none'} stand in all"
        f" {number(matrix.shape[1])} reports and {number(alone)} in only one"
    )
    assert len(exhibit.rows) == len(matrix)
    assert "✗ contradicts" in exhibit.html()
    assert "· silent" in exhibit.html()


def test_the_coverage_of_reports_that_share_nothing_is_told_in_english(tables):
    changed = Tables(tables.folder)
    changed.positions = tables.positions.query("source_id != 'S0'")
    assert ", none stand in all two reports" in coverage(changed, ["S0", "S1"]).title


def test_the_voices_description_holds_every_number(tables):
    counts, words = voice_counts(tables, ["S0", "S1", "S4"]), voices(tables).description
    for _, row in counts.iterrows():
        assert (
            f"{row['quoted']} quoted, {row['paraphrased']} told in other words, {row['outlet']} in"
            " the outlet's own voice" in words
        )


def test_the_corpus_says_who_is_missing(tables):
    exhibit = corpus(tables)
    assert exhibit.title.startswith(capital(several(len(tables.sources), "document")))
    there = set(tables.sources["language"])
    for code, language in (("uk", "Ukrainian"), ("zh", "Chinese")):
        assert (language in exhibit.subtitle) == (code not in there)


def test_the_corpus_says_what_a_country_rests_on(tables):
    exhibit, placed = corpus(tables), tables.sources.query("country_note != ''")
    assert list(placed["source_id"]) == ["S4"]
    assert "United States (by its text)" in exhibit.html()
    assert "(one of them by its text)" in exhibit.title


def test_the_addresses_of_a_page_are_all_there_once(tables):
    shown = [row.address for row in addresses_in(tables, "01").evidence]
    assert len(shown) == len(set(shown))
    assert {"F015", "S4 ¶6", "M2022-08-15-a"} <= set(shown)
    assert addresses_in(tables, "01").title == f"This page leans on {len(shown)} addresses"


def test_the_glossary_has_twelve_words(tables):
    assert len(glossary(tables, "00").rows) == 12


def test_the_map_links_only_what_is_there(tables):
    html = walk(tables).html()
    for link in re.findall(r"href='([^']+)'", html):
        assert (HOUSE / "notebooks" / link).is_file()
    assert html.count("not here yet") == len(tables.lessons) - html.count("href=")


def test_an_extract_is_exact_and_says_where_the_whole_stands(tables):
    exhibit = extract(tables, "S4-q06")
    assert "would entirely conform with the interests of the peoples" in exhibit.html()
    assert "S4 ¶6" in exhibit.source
    assert "Red-Blooded Conservative" in exhibit.source


HOSTILE = "<script>alert(1)</script>\u202e\"'&" + "x" * 10_000 + "🙂"


def test_what_answers_a_question_can_be_folded_away(tables):
    invitation = "Open it, <b>then</b> read"
    whole, table = glossary(tables, "00").html(), glossary(tables, "00").folded(invitation)
    before, inside = table.html().split("</summary>", 1)
    assert "&lt;b&gt;then&lt;/b&gt;" in before
    assert table.title not in before
    assert "<details" in before
    assert "<details open" not in before
    assert inside == whole + "</details>"
    assert table.html(in_panel=True) == glossary(tables, "00").html(in_panel=True)


def test_a_cell_is_text_unless_it_says_that_it_is_html():
    table = html_table(["a < b", Html("<i>c</i>")], [[strong("d & e"), cell("f'", BREAK, "<g>")]])
    assert table == (
        "<table><thead><tr><th scope='col'>a &lt; b</th><th scope='col'><i>c</i></th></tr></thead>"
        "<tbody><tr><th scope='row'><strong>d &amp; e</strong></th><td>f&#x27;<br>&lt;g&gt;</td>"
        "</tr></tbody></table>"
    )
    again = TableExhibit(
        *(TableExhibit(["<"], [["&"]]).__dict__[part] for part in ("head", "rows"))
    )
    assert "&lt;" in again.body()
    assert "&amp;lt;" not in again.body()
    assert "style='width: 30%'>x<" in html_table(["x"], [], widths=[30])
    assert "<table class='own'>" in html_table(["x"], [], kind="own")


@pytest.mark.parametrize("tone", TONES)
def test_a_badge_can_be_read_and_shows_text_as_text(tone):
    colour, ground = TONES[tone]
    shown = badge(tone, "✓ <yes>")
    assert "✓ &lt;yes&gt;" in shown
    assert f"background: {ground}; color: {colour}" in shown
    light, dark = sorted((luminance(colour), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_hostile_text_is_shown_as_text():
    exhibit = TableExhibit(["a"], []).describe(
        HOSTILE,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        [Evidence(HOSTILE, HOSTILE, HOSTILE, HOSTILE, "javascript:alert(1)")],
    )
    assert "<script" not in exhibit.html()
    assert "javascript:" not in exhibit.html().replace("javascript:alert(1)</", "")
    picture = Picture(height=1).describe(HOSTILE, "", HOSTILE, "")
    assert "<script" not in picture.html()
    assert 'alt="&lt;script' in picture.html()


def test_only_web_addresses_become_links():
    assert "<a " not in rows_table([Evidence("F001", "t", "s", "2022", "file:///etc/passwd")])
    assert 'rel="noopener noreferrer"' in rows_table(
        [Evidence("F001", "t", "s", "2022", "https://example.org/")]
    )


def test_the_svg_loads_nothing_from_outside(pictures):
    for picture in pictures.values():
        svg = picture.svg().decode()
        assert not re.search(r"(?:href|src)=\"https?:", svg)
        assert "<script" not in svg


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", [*STATES.values(), *YEARS.values()])
def test_colours_stand_out_from_white(colour):
    assert 1.05 / (luminance(colour) + 0.05) >= 4.5


def test_a_picture_shows_itself_once_even_when_pyplot_is_loaded(monkeypatch):
    """A Figure would be printed as PNG besides; Picture displays HTML and text, and nothing
    else.
    """
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append((data, raw)))
    Picture(height=1).describe("Title", "", "A picture of 1 thing", "S0 ¶1")._ipython_display_()
    ((data, raw),) = shown
    assert raw
    assert set(data) == {"text/html", "text/plain"}
    assert "Title" in data["text/plain"]
    assert base64.b64decode(re.search(r"base64,([^\"]+)", data["text/html"])[1]).startswith(
        b"<?xml"
    )


def test_small_words():
    assert day("2024-06-18/2024-06-19") == "18 June 2024 to 19 June 2024"
    assert day("2024") == "2024"
    assert several(1, "claim") == "one claim"
    assert several(0, "claim") == "no claims"
    assert several(31, "claim") == "31 claims"
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed("abc") == "a, b and c"


def test_styled_keeps_the_name_and_the_words():
    @styled
    def draw():
        """Draws."""
        return matplotlib.rcParams["svg.hashsalt"]

    assert draw.__name__ == "draw"
    assert draw.__doc__ == "Draws."
    assert draw() == "letters-to-pact"
