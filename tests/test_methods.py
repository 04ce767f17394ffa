"""What is worked out from the tables, on made-up tables whose answer is plain, and on the real
ones.
"""

from types import SimpleNamespace

import pandas as pd
import pytest

from casebook.subjects.reports.methods.corpus import newsrooms, voice_counts
from casebook.subjects.reports.methods.coverage import (
    claims_only_in,
    common_ground,
    position_matrix,
    positions_by_report,
    statements_in,
    verdicts,
)


@pytest.fixture
def made_up():
    statement = ["T01", "T02", "T03", "T04"]
    return SimpleNamespace(
        statements=pd.DataFrame(
            {"statement_id": statement, "statement": ["all", "one", "at odds", "nobody"]}
        ),
        positions=pd.DataFrame(
            [
                ("T01", "S0", "S0-c01", "agrees"),
                ("T01", "S10", "S10-c01", "agrees"),
                ("T02", "S10", "S10-c02", "agrees"),
                ("T03", "S0", "S0-c02", "agrees"),
                ("T03", "S0", "S0-c03", "contradicts"),
                ("T03", "S10", "S10-c03", "contradicts"),
            ],
            columns=["statement_id", "source_id", "claim_id", "relation"],
        ),
        claims=pd.DataFrame(
            {
                "claim_id": ["S0-c01", "S0-c02", "S0-c03", "S10-c01", "S10-c02", "S10-c03"],
                "source_id": ["S0"] * 3 + ["S10"] * 3,
                "paragraph": [1, 2, 3, 1, 2, 3],
                "claim": list("abcdef"),
                "role": ["news"] * 5 + ["artefact"],
                "voice": ["quoted", "outlet", "outlet", "paraphrased", "outlet", "outlet"],
            }
        ),
        bearings=pd.DataFrame(
            [
                ("T01", "F001", "supports", ""),
                ("T02", "F002", "supports", ""),
                ("T02", "F003", "weighs against", ""),
                ("T03", "F004", "supports", ""),
                ("T03", "F005", "contradicts", ""),
            ],
            columns=["statement_id", "address", "bearing", "why"],
        ),
    )


def test_position_matrix(made_up):
    matrix = position_matrix(made_up)
    assert matrix.loc["T01"].tolist() == ["agrees", "agrees"]
    assert list(matrix) == ["S0", "S10"]
    assert matrix.loc["T03"].tolist() == ["both", "contradicts"]
    assert matrix.loc["T04"].tolist() == ["silent", "silent"]


def test_common_ground_and_what_stands_alone(made_up):
    assert common_ground(made_up) == ["T01"]
    assert claims_only_in(made_up, "S10")[
        ["statement_id", "claim_id", "paragraph", "claim"]
    ].values.tolist() == [["T02", "S10-c02", 2, "e"]]
    assert claims_only_in(made_up, "S0")["statement_id"].tolist() == ["T03"]
    assert statements_in(made_up, "S0")["statement_id"].tolist() == ["T01", "T03"]


def test_positions_by_report(made_up):
    rows = positions_by_report(made_up)
    assert len(rows) == 8
    assert rows.loc[rows["statement_id"] == "T01", "reports"].tolist() == [2, 2]


def test_verdicts(made_up):
    assert verdicts(made_up).set_index("statement_id")["verdict"].to_dict() == {
        "T01": "supported",
        "T02": "open",
        "T03": "contradicted",
        "T04": "open",
    }


def test_voice_counts_leave_artefacts_out(made_up):
    assert voice_counts(made_up).loc["S10"].to_dict() == {
        "quoted": 0,
        "paraphrased": 1,
        "outlet": 1,
    }


def test_the_meeting_stands_in_one_report_and_its_verdict_depends_on_the_day(tables):
    assert "T14" in set(claims_only_in(tables, "S4")["statement_id"])
    then, now = (
        verdicts(t).set_index("statement_id").at["T14", "verdict"]
        for t in (tables.as_of("2022-08-31"), tables)
    )
    assert (then, now) == ("open", "contradicted")


def test_the_first_country_and_the_two_most_sanctioned_fail_and_one_of_the_few_holds(tables):
    verdict = verdicts(tables).set_index("statement_id")["verdict"]
    assert [verdict[t] for t in ("T16", "T19", "T17")] == [
        "contradicted",
        "contradicted",
        "supported",
    ]


def test_newsrooms(tables):
    rooms = newsrooms(tables).set_index(["country", "language"])["documents"]
    assert rooms["United States", "en"] == (tables.sources["country"] == "United States").sum()
    assert rooms.sum() == len(tables.sources)
    assert rooms.is_monotonic_decreasing
