"""Nothing leaks: rows that became public later are planted in every table, and looked for in every
cell of an as-of view.
"""

import csv
import shutil

import pytest

from casebook.core.tables import Tables
from casebook.records import registry
from casebook.subjects.arc.charts.arc import arc
from casebook.subjects.arc.widgets import explore_arc
from casebook.subjects.reports.charts.corpus import corpus
from casebook.subjects.reports.charts.reports import coverage, voices
from casebook.subjects.reports.methods.coverage import verdicts
from casebook.subjects.reports.widgets import compare_reports, weigh_statement
from casebook.subjects.walk.charts import glossary
from helpers import HOUSE

MARK = "LEAKED"
LATER = "2030-01-01"


# What an address can lead to, as the planted row of its table is named; others carry the mark.
NAMED = {"sources": "S99", "facts": "F990", "messages": "M2030-01-01-a", "searches": "Q990"}
TRACE = f"{MARK}|{'|'.join(NAMED.values())}"


def planted_cells(table) -> dict[str, str]:
    """A row of 2030 for a table: references lead to other planted rows, texts carry the mark."""
    cells = {}
    for column in table.columns:
        other = table.references.get(column.name)
        if other or (column.name,) == table.key:
            cells[column.name] = NAMED.get(other or table.name, f"{MARK} {other or table.name}")
        elif column.type in ("integer", "number"):
            cells[column.name] = "1"
        elif column.type == "date" or column.name in DAYS:
            cells[column.name] = LATER
        elif "address" in column.name:
            cells[column.name] = NAMED["facts"]
        elif "enum" in column.constraints:
            cells[column.name] = column.constraints["enum"][0]
        else:
            cells[column.name] = f"{MARK} {table.name}.{column.name}"
    return cells


DAYS = {"date", "published", "signed", "day", "opens", "first_date"}  # dates of mixed precision


def plant(folder, name, **cells):
    """Append a planted row to a table; ``cells`` in place of what it would hold."""
    path, table = folder / f"{name}.csv", registry.tables()[name]
    row = planted_cells(table) | cells
    with open(path, "a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([row[column.name] for column in table.columns])


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The tables with rows of 2030 in every one of them, marked in every cell that can be
    marked, and some more that bear on rows of today.
    """
    folder = shutil.copytree(HOUSE / "data", tmp_path_factory.mktemp("planted") / "data")
    for name in registry.tables():
        plant(folder, name)
    plant(folder, "positions", statement_id="T01", relation="contradicts")
    plant(folder, "bearings", statement_id="T01", bearing="contradicts")
    plant(folder, "chains", source_id="S0", step="99")
    plant(folder, "resolutions", question_id="Q01")
    plant(folder, "precedents", subject_id="meeting", role="case", year="2019")
    plant(folder, "precedents", subject_id="meeting", role="to read")
    return Tables(folder)


@pytest.fixture(scope="module")
def then(planted):
    return planted.as_of("2022-08-31")


def test_the_planted_rows_are_there_in_the_latest_view(planted):
    for name in planted.names:
        cells = getattr(planted, name).astype(str)
        assert cells.apply(lambda column: column.str.contains(TRACE)).any(axis=None), name


def test_no_cell_of_any_table_leaks(then):
    for name in set(then.names) - {"lessons", "codebook"}:  # the walk and the codes have no date
        for column, cells in getattr(then, name).astype(str).items():
            leaks = cells[cells.str.contains(f"{TRACE}|2030-")]
            assert leaks.empty, f"{name}.{column}: {leaks.tolist()}"


def test_no_note_no_later_page_and_no_count_from_today(then):
    assert not {"note", "url", "source", "figure"} & set(then.facts)
    assert not {"note", "source_title", "source_url", "source_outlet", "source_date"} & set(
        then.messages
    )
    assert "note" not in then.chains
    assert then.reliability.empty


def test_an_old_event_with_a_later_address_shows_only_the_address_known_then(planted, tmp_path):
    folder = shutil.copytree(planted.folder, tmp_path / "data")
    path = folder / "events.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace(",F003,", ",F003; F990,", 1), encoding="utf-8"
    )
    event = Tables(folder).as_of("2022-08-31").events.set_index("event_id").loc["E006"]
    assert event["address"] == "F003"


@pytest.mark.parametrize(
    "exhibit",
    [arc, corpus, coverage, voices, lambda t: glossary(t, "00")],
    ids=["arc", "corpus", "coverage", "voices", "glossary"],
)
def test_no_exhibit_leaks(then, exhibit):
    shown = exhibit(then)
    assert MARK not in shown.html() + shown.plain()
    assert "S99" not in shown.html() + shown.plain()


def test_no_widget_leaks_before_its_last_day(planted, then):
    for panel in (explore_arc(planted), compare_reports(then)):
        text, html = panel.stored()
        assert MARK not in text + html
        assert "2030" not in text + html
    weighed = weigh_statement(planted, ["2022-08-31"], start="T07")
    assert MARK not in "".join(weighed.stored())


def test_a_verdict_does_not_use_later_evidence(planted, then):
    assert verdicts(then).set_index("statement_id").at["T01", "verdict"] == "supported"
    assert verdicts(planted).set_index("statement_id").at["T01", "verdict"] == "contradicted"


@pytest.mark.parametrize(
    "day", ["2022-08-15", "2023-12-31", "2024-06-19", "2025-04-27", "2026-01-08"]
)
def test_on_every_day_the_view_is_what_was_public(tables, day):
    view = tables.as_of(day)
    for name in ("sources", "claims", "quotes", "facts", "messages", "events", "searches"):
        whole, seen = getattr(tables, name), getattr(view, name)
        key = whole.columns[0]
        assert set(seen[key]) == set(whole.loc[whole["public_from"] <= day, key])
