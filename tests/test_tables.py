"""The tables, the as-of view and the resolving of addresses."""

import datetime as dt

import pandas as pd
import pytest

from casebook.core.tables import Tables
from casebook.records import registry
from casebook.records.rows import flagged


def test_types(tables):
    assert tables.claims["paragraph"].dtype.kind == "i"
    assert pd.api.types.is_datetime64_any_dtype(tables.facts["public_from"])
    assert tables.claims.loc[tables.claims["number_text"] == "5,532", "number"].tolist() == [5532]


def test_a_table_that_is_not_there_is_named_with_those_that_are(tables):
    with pytest.raises(AttributeError, match="no table 'claim'.*quotes, claims"):
        assert tables.claim


def test_as_of_hides_what_became_public_later(tables):
    then = tables.as_of("2022-08-20")
    assert set(then.sources["source_id"]) == {"S4"}
    assert set(tables.as_of("2022-08-31").sources["source_id"]) == {"S0", "S1", "S4"}
    assert set(then.claims["source_id"]) == {"S4"}
    assert set(then.positions["source_id"]) == {"S4"}
    assert then.facts["public_from"].max() <= pd.Timestamp("2022-08-20")
    assert "F015" not in set(then.facts["fact_id"])
    assert "F015" not in set(then.bearings["address"])
    assert "M2022-10-07-a" not in set(then.messages["message_id"])


def test_a_letter_sent_in_one_week_and_printed_in_the_next_appears_when_it_was_printed(tables):
    sent, printed = tables.as_of("2025-12-20"), tables.as_of("2025-12-25")
    assert "M2025-12-18-a" not in set(sent.messages["message_id"])
    assert "M2025-12-18-a" in set(printed.messages["message_id"])


def test_a_row_without_a_day_shows_in_the_latest_view_only(tables):
    undated = tables.facts.loc[tables.facts["public_from"].isna(), "fact_id"]
    assert len(undated)
    assert not set(undated) & set(tables.as_of("2030-01-01").facts["fact_id"])


def test_columns_that_tell_the_future_are_hidden(tables):
    then = tables.as_of(dt.date(2030, 1, 1))
    for name, table in registry.tables().items():
        hidden = set(table.as_of.get("hides", ()))
        assert hidden <= set(getattr(tables, name))
        assert set(getattr(then, name)) == set(getattr(tables, name)) - hidden, name
    assert not {"note", "source_title", "url"} & set(then.facts)
    assert "note" not in then.messages


def test_as_of_none_is_the_latest_view(tables):
    assert tables.as_of("2022-08-20").as_of(None) is tables


def test_resolve(tables):
    fact, message, paragraph = tables.resolve("F003, M2022-08-15-a and S0 ¶8")
    assert "recognised" in fact.text
    assert fact.date == "2022-07-13"
    assert fact.link.startswith("https://")
    assert "new high stage" in message.text
    assert "good health" in paragraph.text
    assert "Business Insider" in paragraph.source


def test_in_an_as_of_view_a_later_address_shows_nothing_and_no_page_of_later(tables):
    then = tables.as_of("2022-08-20")
    assert then.resolve("F015") == []
    assert then.resolve("S2 ¶1") == []
    (fact,) = then.resolve("F003")
    assert fact.source == ""
    assert fact.link == ""


@pytest.mark.parametrize(
    "host, flag",
    [
        ("www.rt.com", True),
        ("clamreport.com", False),
        ("korea.news-pravda.com", True),
        ("www.pravda.com.ua", False),
        ("en.sputniknews.africa", True),
        ("sarabic.ae", True),
        ("rodong.rep.kp", True),
        ("bbc.co.uk", False),
    ],
)
def test_a_host_is_flagged_by_its_own_name_or_a_name_above_it(host, flag):
    assert flagged(f"https://{host}/page ; https://example.org") is flag


@pytest.mark.parametrize("fact", ["F012", "F022"])
def test_flagged_pages_are_text_not_links(tables, fact):
    assert tables.resolve(fact)[0].link == ""


def test_loading_another_folder(tmp_path, tables):
    import shutil

    shutil.copytree(tables.folder, tmp_path / "data")
    assert len(Tables(tmp_path / "data").claims) == len(tables.claims)
