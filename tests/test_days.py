"""Days and months: whole months, counted in one place, and tables that tell of one day do not
part.
"""

import re

import pandas as pd
import pytest

from casebook.core import addresses, months
from casebook.core.months import whole_months
from casebook.exercises import find_exercise
from casebook.subjects.council import methods as council
from casebook.subjects.stances import methods as said
from helpers import HOUSE

PACKAGE = HOUSE / "notebooks" / "casebook"
# Months made out of years and months, or of days. Who needs them counts with whole_months.
ARITHMETIC = re.compile(
    r"\.month\b|\byears?\b[^#\n]*\* ?12\b|//?"
    r" ?30(\.\d+)?\b|DateOffset|relativedelta|timedelta64\[M\]"
)


# -- whole months ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "start, end, number",
    [
        ("2023-09-13", "2026-01-08", 27),
        ("2022-06-12", "2026-01-08", 42),
        ("2024-06-19", "2026-01-08", 18),
        ("2019-04-12", "2026-01-08", 80),
        ("2024-10-18", "2025-04-26", 6),
        ("2022-08-09", "2025-04-26", 32),
        ("2022-05-26", "2024-03-31", 22),
        ("2024-10-28", "2025-04-26", 5),
        ("2024-01-31", "2024-02-29", 0),
        ("2024-01-31", "2024-03-31", 2),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-05-01", "2024-05-01", 0),
    ],
)
def test_whole_months_of_known_days(start, end, number):
    assert (
        whole_months(start, end) == number == whole_months(pd.Timestamp(start), pd.Timestamp(end))
    )


@pytest.mark.parametrize("day", [1, 13, 28])
def test_a_month_is_full_on_the_day_of_the_month_and_not_before(day):
    start = pd.Timestamp(2022, 8, day)
    for n in range(1, 40):
        reached = start + pd.DateOffset(months=n)
        assert whole_months(start, reached) == n
        assert whole_months(start, reached - pd.Timedelta(days=1)) == n - 1


def test_log_stances_and_council_count_with_it_and_nobody_by_a_way_of_its_own():
    assert said.whole_months is council.whole_months is months.whole_months
    own_way = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if "records" not in path.parts and ARITHMETIC.search(path.read_text(encoding="utf-8"))
    }
    # scores counts the calendar months that a forecast question runs, first and last day included:
    # a window, no time gone by.
    assert "core/months.py" in own_way
    others = own_way - {"core/months.py", "subjects/forecasts/schema.py"}
    assert {name.split("/")[1] for name in others} == {"forecasts"}


@pytest.mark.parametrize(
    "line",
    [
        "n = (end.year - start.year) * 12 + 3",
        "n = days.days // 30",
        "n = days / 30.4",
        "end.month - start.month",
        "day + pd.DateOffset(months=1)",
    ],
)
def test_months_of_ones_own_are_noticed(line):
    assert ARITHMETIC.search(line)


@pytest.mark.parametrize(
    "exercise_id, start, end",
    [
        ("05-months", "2024-10-18", "2025-04-26"),
        ("06-predict", "2022-05-26", "2024-03-31"),
    ],
)
def test_the_months_that_exercises_ask_for_are_whole_ones(tables, exercise_id, start, end):
    assert find_exercise(tables, exercise_id).key == whole_months(start, end)


# -- one day for one act ---------------------------------------------------------------------------


def days_of_rows(tables) -> dict[str, str]:
    return dict(zip(tables.facts["fact_id"], tables.facts["date"])) | dict(
        zip(tables.messages["message_id"], tables.messages["date"])
    )


def test_the_years_of_liberation_day_messages_are_those_of_the_log(tables):
    """F023 counts from 2016; the log begins in 2019, and has both leaders' message for each year
    since.
    """
    row = tables.facts.set_index("fact_id").loc["F023"]
    first, last = map(int, row["date"].split("/"))
    day = tables.messages[tables.messages["occasion"].str.startswith("Liberation Day (")]
    by_year = day.groupby(day["date"].str[:4].astype(int))["direction"].agg(set)
    assert list(by_year.index) == list(range(2019, last + 1))
    assert all(sides == {"kim_to_putin", "putin_to_kim"} for sides in by_year)
    assert [int(year) for year in re.findall(r"\b20\d\d\b", row["source"])] == list(
        range(first, last + 1)
    )
    assert row["figure"].startswith(f"{last - first + 1} years")
    assert f"from {first} to {last}" in row["fact"]
    assert {days_of_rows(tables)[fact][:4] for fact in ("F422", "F423")} == {"2016", "2018"}
    (why,) = tables.bearings.loc[
        (tables.bearings["statement_id"] == "T22") & (tables.bearings["address"] == "F023"), "why"
    ]
    assert last - first + 1 == 10
    assert "ten years running" in why


@pytest.mark.parametrize(
    "name",
    [
        "events",
        "treaty_acts",
        "namings",
        "council",
        "reasons",
        "stances",
        "troop_figures",
        "phrases",
    ],
)
def test_an_act_has_the_day_of_what_it_rests_on(tables, name):
    known = days_of_rows(tables)
    for row in getattr(tables, name).itertuples():
        days = {known[a.row] for a in addresses.parse_all(row.address) if a.row in known}
        assert row.date in days or not days, row


def test_what_happened_in_public_is_known_that_day_and_what_was_sent_when_it_was_printed(tables):
    for table in (tables.facts, tables.messages):
        events = table[table["public_from_basis"] == "event"]
        last = [pd.Period(date.split("/")[-1]).end_time.normalize() for date in events["date"]]
        assert (events["public_from"] == last).all()
        assert not events.empty
        dated = table[table["public_from"].notna() & (table["date"] != "")]
        assert (
            dated["public_from"]
            >= [pd.Period(date.split("/")[0]).start_time for date in dated["date"]]
        ).all()
    sent = tables.messages[
        (tables.messages["date_basis"] == "sent")
        & tables.messages["form"].isin(["letter", "telegram", "oral_message"])
    ]
    assert len(sent) > 20
    assert "event" not in set(sent["public_from_basis"])
    open_to_all = tables.messages[tables.messages["public_from_basis"] == "event"]
    assert set(open_to_all["words_seen"]) == {"quoted"}, "no words were made public"


def test_one_page_has_one_day(tables):
    pages = tables.facts[
        (tables.facts["public_from_basis"] == "page date")
        & ~tables.facts["url"].str.contains(" ; ")
        & (tables.facts["url"] != "")
    ]
    days = pages.groupby("url")["public_from"].agg(["size", "nunique"])
    assert (days["nunique"] == 1).all()
    assert (days["size"] > 1).any()


@pytest.mark.parametrize(
    "event, row, happened, known",
    [
        ("E010", "F070", "2022-09-21", "2022-09-22"),
        ("E025", "F062", "2024-12-04", "2024-12-05"),
        ("E027", "F077", "2025-04-27", "2025-04-28"),
    ],
)
def test_a_day_of_closed_doors_and_the_day_of_its_page_are_kept_apart(
    tables, event, row, happened, known
):
    found = tables.events.set_index("event_id").loc[event]
    assert (found["address"], found["date"], str(found["public_from"])[:10]) == (
        row,
        happened,
        known,
    )
    assert event not in set(tables.as_of(happened).events["event_id"])
    assert event in set(tables.as_of(known).events["event_id"])
