"""Searches: every negative names one, open cells rest on one, and each opens to its words and its
nearest page.
"""

import re

import pytest
from ipywidgets import Checkbox, Dropdown

from casebook.figure.english import LANGUAGES
from casebook.records.negatives import SEARCH, negatives, without_search
from casebook.subjects.searches.charts import searches
from casebook.subjects.searches.widgets import open_search
from casebook.subjects.stances.charts.said import who_answered
from casebook.subjects.stances.methods import open_cells
from checks import check_slip
from helpers import HOUSE, PAGES, control, prose


def unsupported(text: str) -> list[str]:
    """Negatives of a text that name no search, row by row."""
    return [sentence for line in text.splitlines() for sentence in without_search(line)]


@pytest.mark.parametrize(
    "sentence",
    [
        "No report of a meeting was found.",
        "For 2000 no such clause was seen.",
        "That is the earliest report found.",
        "The Korean text was not seen.",
        "No page names an owner.",
        "We found none.",
        "It was first found in June.",
        "A message of that day could not be found.",
        "Nothing on it was found.",
    ],
)
def test_a_negative_without_a_search_is_noticed(sentence):
    assert without_search(sentence) == [sentence]
    assert not without_search(sentence[:-1] + " (Q012).")


@pytest.mark.parametrize(
    "sentence",
    [
        "“None found” is not “none sent”.",
        "*Not found* is a result of our search.",
        "The last two are on a text that you have not seen.",
        "He found it in June.",
        "Kim Jong Un did not answer.",
        "Silent is not denies.",
    ],
)
def test_what_is_no_negative_of_ours_passes(sentence):
    assert not negatives(sentence)


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.stem)
def test_negatives_in_prose_name_a_search_that_is_there(path, tables):
    text = prose(path)
    assert not unsupported(text)
    assert set(SEARCH.findall(text)) <= set(tables.searches["search_id"])


def test_a_negative_planted_in_a_page_is_noticed():
    text = prose(HOUSE / "notebooks" / "05-said-alleged-denied.ipynb")
    assert unsupported(text + "\n\nNo admission by anybody was found.") == [
        "No admission by anybody was found."
    ]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name, old, new, says",
    [
        (
            "glossary.yaml",
            "- term: claim\n  meaning: ",
            "- term: claim\n  meaning: No such thing was found. ",
            "names no search",
        ),
        (
            "lessons/05/exercises.yaml",
            'worked: "F: reliability',
            'worked: "No other was found. F: reliability',
            "names no search",
        ),
        ("stances.csv", "says: ", "says: No answer was found. ", "names no search"),
        ("searches.yaml", '"arms|Russia", ', "", "the open cell arms|Russia rests on no search"),
        ("searches.yaml", "- search_id: Q001", "- search_id: Q999", "Q001 leads nowhere"),
        ("searches.yaml", "  read: ", "  read: 9", "came back"),
        (
            "treaties.yaml",
            "  search: Q042\n",
            "",
            "texts of 2000 were not seen, and no search is named",
        ),
    ],
)
def test_the_build_refuses_a_negative_without_its_search(name, old, new, says, tmp_path):
    check_slip(tmp_path, name, old, new, says)


def test_a_search_says_in_which_words_and_how_much_was_read(tables):
    for row in tables.searches.itertuples():
        shown = re.findall(
            r"<strong>([A-Z][a-z]+):</strong>", searches(tables, row.search_id).rows[0][1]
        )
        assert len(shown) == row.queries >= 1 and set(shown) <= set(LANGUAGES.values()), (
            row.search_id
        )
        assert row.asked.endswith("?")
        assert 0 < row.read <= row.results
        assert len(row.nearest) > 30
        assert row.pages or row.answer == "none found"
    assert (tables.searches["words"].str.count(r"(?:^|; )(?:ru|ko): ") > 0).mean() > 0.7


def test_open_cells_open_to_their_search(tables):
    cells = open_cells(tables)
    exhibit = who_answered(tables)
    for cell in cells[cells["open"] != "admitted"].itertuples():
        (search,) = [
            s.search_id for s in tables.searches.itertuples() if cell.cell in s.covers.split("; ")
        ]
        assert search in exhibit.html()
        assert search in [row.address for row in exhibit.evidence]


def test_a_search_leads_to_what_was_read(tables):
    (row,) = tables.resolve("Q001")
    assert row.text.startswith("Did Putin and Kim Jong Un meet")
    assert "None found" in row.text
    assert "our search" in row.source


def test_no_search_is_known_before_its_day(tables):
    assert tables.as_of("2026-03-01").searches.empty
    assert not tables.as_of("2026-03-01").knows("Q001")


def test_searches_side_by_side(tables):
    exhibit = searches(tables, "Q001", "Q006")
    assert "2 searches" in exhibit.description
    assert "Korean:" in exhibit.html()
    assert exhibit.source == "Q001; Q006"
    with pytest.raises(KeyError, match="Q999"):
        searches(tables, "Q999")


def test_the_panel_opens_a_search_on_request_only(tables):
    panel = open_search(tables, "Q012", "Q013")
    assert "closed" in panel.result
    assert "Results read" not in panel.result
    control(panel, Checkbox).value = True
    assert "Results read" in panel.result
    control(panel, Dropdown).value = "Q013"
    assert "closed" in panel.result
    assert "<sup>Q013</sup>" in panel.result
