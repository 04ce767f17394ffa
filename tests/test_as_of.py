"""Nothing leaks: rows that became public later are planted in every table, and looked for in every
cell of an as-of view.
"""

import csv
import json
import shutil

import pytest

from casebook.charts import arc, corpus, coverage, glossary, voices
from casebook.methods import verdicts
from casebook.tables import Tables
from casebook.widgets import compare_reports, explore_arc, weigh_statement
from helpers import HOUSE

MARK = "LEAKED"
LATER = "2030-01-01"


def plant(folder, name, **cells):
    """Append a row to a table: ``cells`` as given, 'LEAKED' in every other column that is text."""
    path = folder / f"{name}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    fields = {
        r["name"]: r["schema"]["fields"]
        for r in json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    }[name]
    blank = {"date": LATER, "integer": "1", "number": "1"}
    values = (
        {f["name"]: blank.get(f["type"], f"{MARK} {name}.{f['name']}") for f in fields}
        | {"event_id": ""}
        | cells
    )
    with open(path, "a", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerow([values[column] for column in header])


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """The tables with rows of 2030 in every one of them, marked in every cell that can be
    marked.
    """
    folder = shutil.copytree(HOUSE / "data", tmp_path_factory.mktemp("planted") / "data")
    plant(
        folder,
        "sources",
        source_id="S99",
        paragraphs="3",
        words="9",
        published=LATER,
        language="en",
    )
    plant(
        folder,
        "claims",
        claim_id="S99-c01",
        source_id="S99",
        paragraph="1",
        voice="quoted",
        role="news",
        topic="exchange",
    )
    plant(folder, "quotes", quote_id="S99-q01", source_id="S99", paragraph="1")
    plant(folder, "signs", source_id="S99", paragraph="1")
    plant(folder, "words", source_id="S99", count="1")
    plant(folder, "facts", fact_id="F990", date=LATER)
    plant(folder, "messages", message_id="M2030-01-01-a", date=LATER, direction="kim_to_putin")
    plant(folder, "events", event_id="E990", date=LATER, lane="treaty", address="F990")
    plant(folder, "statements", statement_id="T99")
    plant(
        folder,
        "positions",
        statement_id="T99",
        source_id="S99",
        claim_id="S99-c01",
        relation="agrees",
    )
    plant(
        folder,
        "positions",
        statement_id="T01",
        source_id="S99",
        claim_id="S99-c01",
        relation="contradicts",
    )
    plant(folder, "bearings", statement_id="T01", address="F990", bearing="contradicts")
    plant(folder, "chains", source_id="S99", step="1", address="S99 ¶1")
    plant(folder, "chains", source_id="S0", step="99", address="F990")
    plant(folder, "codings", claim_id="S99-c01", source_id="S99")
    plant(folder, "reliability", claims="1", agreement="1", alpha="1", low="1", high="1")
    plant(folder, "searches", search_id="Q990", date=LATER, link="no")
    plant(folder, "first_uses", found_in="M2030-01-01-a")
    plant(folder, "elements", message_id="M2030-01-01-a")
    plant(folder, "renderings", message_id="M2030-01-01-a", address="F990")
    plant(folder, "glossary", address="F990")
    plant(folder, "phrases", phrase_id="P99", address="F990")
    plant(folder, "judgements", judge=f"{MARK} judge", place="1")
    plant(folder, "strengths", phrase_id="P99", strength="1", low="1", high="1", compared="1")
    plant(folder, "treaties", treaty_id="2030", articles="1")
    for name in ("treaty_acts", "treaty_articles", "clauses", "endings", "namings", "obligations"):
        plant(folder, name, treaty_id="2030")
    plant(folder, "atop", treaty_id="2030")
    plant(folder, "outlet_cards", card_id="S99", address="F990")
    plant(folder, "letter_versions", version_id="L99", message_id="M2030-01-01-a")
    plant(folder, "variants", variant_id="V99", group="interests", source_id="", use="lesson")
    plant(folder, "codebook", code="voice", question="?", value="sung", test="?")
    plant(folder, "coding_items", claim_id="S99-c01", quote_id="S99-q01")
    plant(folder, "glosses", gloss_id="G99", kind="gloss")
    plant(folder, "council", council_id="K99", kind="vetoed", date=LATER, address="F990")
    plant(
        folder,
        "article_lines",
        point_id="L99-1",
        line_id="L99",
        claim_id="S99-c01",
        source_id="S99",
        address="S99 ¶1",
        asks="vetoed by",
    )
    plant(folder, "reasons", reason_id="R99", date=LATER, address="F990", use="lesson")
    plant(
        folder,
        "stances",
        stance_id="D99",
        lane="troops",
        side="Russia",
        stance="denied",
        date=LATER,
        relay_of="",
        use="lesson",
    )
    plant(folder, "passages")
    plant(folder, "scales", address="F990")
    plant(folder, "gradings", grading_id="K99", day=LATER)
    plant(folder, "troop_figures", figure_id="Y99", date=LATER, counts="sent")
    plant(folder, "questions", question_id="Q99", subject_id="meeting", opens=LATER)
    plant(folder, "resolutions", question_id="Q01", address="F990")
    plant(folder, "precedents", subject_id="meeting", role="case", year="2019", address="F990")
    plant(folder, "precedents", subject_id="meeting", role="to read", address="F990")
    return Tables(folder)


@pytest.fixture(scope="module")
def then(planted):
    return planted.as_of("2022-08-31")


def test_the_planted_rows_are_there_in_the_latest_view(planted):
    for name in set(planted.names) - {"lessons"}:
        cells = getattr(planted, name).astype(str)
        assert cells.apply(lambda column: column.str.contains(f"{MARK}|S99|F990|Q990|M2030")).any(
            axis=None
        ), name


def test_no_cell_of_any_table_leaks(then):
    for name in then.names:
        for column, cells in getattr(then, name).astype(str).items():
            leaks = cells[cells.str.contains(f"{MARK}|S99|F990|Q990|M2030|2030-")]
            assert leaks.empty, f"{name}.{column}: {leaks.tolist()}"


def test_no_note_no_later_page_and_no_count_from_today(then):
    assert not {"note", "url", "source", "figure"} & set(then.facts)
    assert not {"note", "source_title", "source_url", "source_outlet", "source_date"} & set(
        then.messages
    )
    assert "note" not in then.chains and then.reliability.empty


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
    assert MARK not in shown.html() + shown.plain() and "S99" not in shown.html() + shown.plain()


def test_no_widget_leaks_before_its_last_day(planted, then):
    for panel in (explore_arc(planted), compare_reports(then)):
        text, html = panel.stored()
        assert MARK not in text + html and "2030" not in text + html
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
