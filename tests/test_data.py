"""data/ is what a fresh build gives, whole, valid, and each address in it leads somewhere."""

import csv
import json

import pytest

from casebook.build import write
from casebook.build.seeds import read_seeds
from casebook.core import addresses
from helpers import HOUSE, notebooks, prose_files

DATA = HOUSE / "data"


@pytest.fixture(scope="module")
def built():
    return contents()


def contents():
    return write.contents(
        read_seeds(HOUSE / "seeds"), (HOUSE / "seeds" / "essay.md").read_text(encoding="utf-8")
    )


def test_data_equals_a_fresh_build(built):
    stored = {p.name: p.read_bytes() for p in DATA.iterdir()}
    assert set(stored) == set(built)
    differ = [name for name in built if stored[name] != built[name]]
    assert not differ, f"edit seeds/ and run `python start.py build`: {differ}"


@pytest.mark.slow
def test_two_builds_give_the_same_bytes(built):
    assert contents() == built


def test_the_data_package_is_valid():
    from frictionless import Package

    report = Package(str(DATA / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])[:5]


def test_the_data_package_notices_a_broken_reference(tmp_path):
    """The check above can fail: a claim of a document that is not there."""
    import shutil

    from frictionless import Package

    shutil.copytree(DATA, tmp_path / "data")
    claims = tmp_path / "data" / "claims.csv"
    claims.write_text(
        claims.read_text(encoding="utf-8").replace(",S0,", ",S9,", 1), encoding="utf-8"
    )
    assert not Package(str(tmp_path / "data" / "datapackage.json")).validate().valid


def test_every_column_says_what_it_means():
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        with open(DATA / resource["path"], encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert all(len(field["description"]) > 5 for field in resource["schema"]["fields"]), (
            resource["name"]
        )


def test_every_table_has_its_licence_and_every_foreign_figure_its_owner(tables):
    package = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        assert resource["licenses"][0]["name"] == "CC-BY-4.0"
        assert resource["rights"]
    counters = tables.facts[
        tables.facts["source"].str.contains("Castellum")
        & tables.facts["figure"].str.contains(r"\d,\d")
    ]
    assert len(counters) >= 3
    assert (counters["figure_owner"] == "Castellum.AI").all()
    counted = tables.claims[
        (tables.claims["origin"] == "data_counter")
        & tables.claims["unit"].str.startswith("sanctions")
    ]
    assert len(counted) == 2
    assert counted["number_owner"].str.startswith("Castellum.AI").all()


def test_the_columns_that_others_rely_on(tables):
    assert {
        "source_id",
        "file",
        "outlet",
        "title",
        "published",
        "published_basis",
        "kind",
        "paragraphs",
        "words",
        "sha256",
    } <= set(tables.sources)
    assert {
        "claim_id",
        "source_id",
        "paragraph",
        "claim",
        "actor",
        "target",
        "date",
        "public_from",
        "public_from_basis",
        "attributed_to",
        "voice",
        "stance",
        "role",
        "origin",
        "number",
        "number_text",
        "unit",
        "topic",
        "event_id",
        "number_owner",
        "contested",
    } <= set(tables.claims)
    assert {
        "quote_id",
        "source_id",
        "paragraph",
        "text",
        "speaker",
        "addressee",
        "medium",
        "publisher",
        "relay",
        "variant_group",
    } <= set(tables.quotes)


@pytest.mark.parametrize(
    "path",
    [p for p in prose_files() if p.parent.name != "tests"],
    ids=lambda p: str(p.relative_to(HOUSE)),
)
def test_every_address_leads_somewhere(path, tables):
    """The tests themselves make addresses up."""
    tables.resolve(path.read_text(encoding="utf-8"))


def test_an_address_that_leads_nowhere_is_noticed(tables):
    for wrong in ("F999", "S0 ¶99", "S9 ¶1", "M2022-08-15-z", "Q999"):
        with pytest.raises(KeyError, match=wrong.replace("¶", ".")):
            tables.resolve(f"as {wrong} shows")


def test_every_event_of_the_arc_has_a_day_on_which_it_became_public(tables):
    assert tables.events["public_from"].notna().all()
    assert tables.sources["public_from"].notna().all()


def test_every_row_that_a_lesson_shows_has_its_day(tables):
    """Facts, messages and searches whose address stands in a notebook, an event or a bearing."""
    shown = " ".join(p.read_text(encoding="utf-8") for p in notebooks())
    shown += " ".join(tables.events["address"]) + " " + " ".join(tables.bearings["address"])
    days = {
        row: day
        for table, key in (
            ("facts", "fact_id"),
            ("messages", "message_id"),
            ("searches", "search_id"),
        )
        for row, day in zip(getattr(tables, table)[key], getattr(tables, table)["public_from"])
    }
    missing = {
        a.row
        for a in addresses.parse_all(shown)
        if a.kind != "paragraph" and str(days[a.row]) == "NaT"
    }
    assert not missing
