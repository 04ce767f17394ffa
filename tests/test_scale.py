"""The pairwise scale: known values, disconnected and one-sided judgements, the bootstrap, the noise
floor, rising triples; the shipped scale.
"""

import random
import subprocess
import sys
from itertools import combinations
from math import exp

import numpy as np
import pandas as pd
import pytest

from casebook.build.scale import strengths as worked_out
from casebook.subjects.commitment.methods import pairs
from casebook.subjects.commitment.methods import scale as s
from helpers import HOUSE

ITEMS = [f"P{n:02d}" for n in range(1, 9)]


def table(rows, judge="a"):
    return pd.DataFrame(
        [(judge, *row) if len(row) == 3 else row for row in rows],
        columns=["judge", "first", "second", "chosen"],
    )


def simulated(true, judgements, seed=1, judge="a"):
    """Judgements drawn from the model itself."""
    rng, pairs = random.Random(seed), list(combinations(sorted(true), 2))
    rows = []
    for _ in range(judgements):
        a, b = rng.choice(pairs)
        rows.append((judge, a, b, a if rng.random() < 1 / (1 + exp(true[b] - true[a])) else b))
    return table(rows)


def test_known_strengths_are_recovered():
    true = dict(zip(ITEMS, np.linspace(1.5, -1.5, len(ITEMS))))
    found = s.strengths(simulated(true, 6000), alpha=1e-6)
    assert list(found.index) == ITEMS
    assert np.allclose(found[ITEMS], list(true.values()), atol=0.15)
    assert abs(found.mean()) < 1e-9


def test_two_items_give_the_log_odds():
    rows = [("P01", "P02", "P01")] * 3 + [("P02", "P01", "P02")]
    found = s.strengths(table(rows), alpha=1e-9)
    assert found["P01"] - found["P02"] == pytest.approx(np.log(3), abs=1e-4)


def test_all_even_gives_one_strength_for_all():
    rows = [(a, b, winner) for a, b in combinations(ITEMS, 2) for winner in (a, b)]
    assert np.allclose(s.strengths(table(rows)), 0, atol=1e-6)
    assert pairs.triads(table(rows)) == (0, 0)


def test_nothing_comparable_is_no_scale():
    rows = [(a, b, pairs.CANNOT) for a, b in combinations(ITEMS[:3], 2)]
    with pytest.raises(pairs.NotConnected, match="3 groups"):
        s.strengths(table(rows))


def test_a_perfect_judge_has_a_finite_scale_in_the_right_order():
    rows = [(a, b, a) for a, b in combinations(ITEMS, 2)]
    found = s.strengths(table(rows))
    assert list(found.index) == ITEMS
    assert np.isfinite(found).all()
    whole, circles = pairs.triads(table(rows))
    assert whole == 8 * 7 * 6 / 6
    assert circles == 0


def test_groups_that_were_never_compared_are_named_instead_of_a_scale():
    rows = [("P01", "P02", "P01"), ("P03", "P04", "P03"), ("P02", "P03", pairs.CANNOT)]
    assert pairs.parts_of(table(rows), ITEMS[:4]) == [["P01", "P02"], ["P03", "P04"]]
    for ask in (s.strengths, s.scale):
        with pytest.raises(pairs.NotConnected, match=r"2 groups .*P01, P02; P03, P04") as caught:
            ask(table(rows))
    assert len(caught.value.parts) == 2


def test_cannot_compare_changes_no_strength():
    rows = [("P01", "P02", "P01"), ("P02", "P03", "P02"), ("P03", "P01", "P01")]
    more = rows + [("P01", "P03", pairs.CANNOT)] * 5
    assert np.allclose(s.strengths(table(rows)), s.strengths(table(more)))


def test_a_circle_is_counted():
    assert pairs.triads(
        table([("P01", "P02", "P01"), ("P02", "P03", "P02"), ("P03", "P01", "P03")])
    ) == (1, 1)
    assert pairs.triads(
        table([("P01", "P02", "P01"), ("P02", "P03", "P02"), ("P03", "P01", "P01")])
    ) == (1, 0)
    assert pairs.triads(
        table([("P01", "P02", "P01"), ("P02", "P03", pairs.CANNOT), ("P03", "P01", "P01")])
    ) == (0, 0)


def test_the_intervals_hold_the_truth_about_as_often_as_they_say_and_shrink_with_more_judgements():
    true = dict(zip(ITEMS, np.linspace(1, -1, len(ITEMS))))
    few, many = (s.scale(simulated(true, n), ITEMS, times=100) for n in (300, 3000))
    assert ((many["high"] - many["low"]).mean()) < 0.5 * (few["high"] - few["low"]).mean()
    inside = [
        low <= true[p] <= high for p, low, high in zip(many["phrase_id"], many["low"], many["high"])
    ]
    assert sum(inside) >= 6


def test_resampling_judges_is_wider_where_judges_differ():
    rng, rows = random.Random(3), []
    for judge in range(6):
        own = {item: rng.gauss(0, 1) for item in ITEMS}
        rows.append(simulated(own, 200, seed=judge, judge=f"j{judge}").assign(judge=f"j{judge}"))
    mixed = pd.concat(rows)
    width = {
        over: (
            (
                np.diff(
                    np.percentile(s.bootstrap(mixed, ITEMS, over, 100), [2.5, 97.5], axis=0), axis=0
                )
            ).mean()
        )
        for over in ("judgements", "judges")
    }
    assert width["judges"] > 1.5 * width["judgements"]


def test_one_judge_and_the_seed():
    one = simulated(dict(zip(ITEMS, np.linspace(1, -1, 8))), 200)
    assert np.array_equal(
        s.bootstrap(one, ITEMS, "judges", 20), s.bootstrap(one, ITEMS, "judges", 20)
    )
    assert np.isfinite(s.bootstrap(one, ITEMS, "judges", 20)).all()
    assert not np.array_equal(
        s.bootstrap(one, ITEMS, times=20), s.bootstrap(one, ITEMS, times=20, seed=7)
    )
    with pytest.raises(ValueError, match="judgements"):
        s.bootstrap(one, ITEMS, over="phrases")


def test_the_noise_floor_is_the_widest_distance_between_two_versions():
    found = pd.DataFrame(
        {"phrase_id": ["P01", "P02", "P03", "P04"], "strength": [1.0, 0.7, 0.0, -1.0]}
    )
    phrases = pd.DataFrame(
        {"phrase_id": ["P01", "P02", "P03", "P04", "P05"], "version_of": ["x", "y", "x", "y", "x"]}
    )
    pairs = s.twins(found, phrases)
    assert list(pairs["distance"]) == [1.7, 1.0]
    assert list(pairs["places"]) == [2, 2]
    assert s.noise_floor(found, phrases) == 1.7
    assert np.isnan(s.noise_floor(found.iloc[:0], phrases))


def test_leaving_out_a_judge_or_a_phrase():
    straight = [("a", x, y, x) for x, y in combinations(ITEMS, 2)]
    turned = [("b", x, y, y) for x, y in combinations(ITEMS, 2)]
    both = table(straight * 2 + turned)
    change = s.without(both, judge="a")
    assert list(change["phrase_id"]) == ITEMS
    assert list(change["place_after"]) == list(range(8, 0, -1))
    assert change["moved"].sum() == 0
    shorter = s.without(both, phrase="P01")
    assert "P01" not in set(shorter["phrase_id"])
    assert (shorter["moved"] == 0).all()
    assert abs(shorter["before"].mean()) < 1e-9
    with pytest.raises(pairs.NotConnected):
        s.without(table(straight), judge="a")


@pytest.mark.parametrize("count", [3, 4, 5, 8, 20, 21])
def test_the_order_of_pairs_has_each_pair_once_and_joins_all_in_the_first_round(count):
    items = [f"P{n:02d}" for n in range(count)]
    order = pairs.pair_order(items, 5)
    assert len({frozenset(p) for p in order}) == len(order) == count * (count - 1) // 2
    ring = pd.DataFrame(
        [("a", x, y, x) for x, y in order[:count]], columns=["judge", "first", "second", "chosen"]
    )
    assert len(pairs.parts_of(ring, items)) == 1
    seen = [item for pair in order[:count] for item in pair]
    assert all(seen.count(item) == 2 for item in items)
    assert order == pairs.pair_order(items, 5)
    assert count < 5 or order != pairs.pair_order(items, 6)


def test_judgements_of_an_answer_file_become_a_table_and_nonsense_is_left_out():
    kept = {
        "P03|P11": "P03",
        "P01|P02": pairs.CANNOT,
        "P01|P03": "P09",
        "P01": "P01",
        "P04|P04": "P04",
        "|P01": "P01",
    }
    assert pairs.class_judgements(kept, "x").values.tolist() == [
        ["x", "P03", "P11", "P03"],
        ["x", "P01", "P02", pairs.CANNOT],
    ]


@pytest.mark.parametrize(
    "values, share",
    [
        ([1, 2, 3], 1),
        ([3, 2, 1], 0),
        ([1, 1, 1], 0),
        ([1, 2, 3, 4], 1),
        ([1, 3, 2, 4], 0.5),
        ([2, 1, 3, 3], 0),
    ],
)
def test_rising_triples_by_hand(values, share):
    by_hand = [a < b < c for a, b, c in combinations(values, 3)]
    assert (
        s.rising_share(values)[0]
        == pytest.approx(share)
        == pytest.approx(sum(by_hand) / len(by_hand))
    )


def test_two_values_have_no_triple():
    with pytest.raises(ValueError, match="three"):
        s.rising_share([1, 2])


def test_shuffles_of_different_values_rise_one_time_in_six():
    shuffled = np.random.default_rng(1).permuted(np.tile(np.arange(12), (3000, 1)), axis=1)
    assert s.rising_share(shuffled).mean() == pytest.approx(1 / 6, abs=0.01)


def test_the_logs_triples_rise_over_the_whole_and_not_from_the_war_on(tables):
    rows = s.rising_triples(tables).set_index(["rows", "other", "period"])
    whole, war = (
        rows.loc[("all messages", "in", "whole log")],
        rows.loc[("all messages", "in", "from the war on")],
    )
    log = tables.messages[tables.messages["same_event_as"] == ""]
    log = log.sort_values(["date", "message_id"])["support_wording"]
    ladder = {name: i for i, name in enumerate(s.LADDER)} | {
        "other": s.LADDER.index("cooperation") + 0.5
    }
    by_hand = [a < b < c for a, b, c in combinations(log.map(ladder), 3)]
    assert whole["messages"] == len(log)
    assert round(whole["observed"], 2) == 0.12
    assert whole["observed"] == pytest.approx(sum(by_hand) / len(by_hand))
    assert whole["observed"] > whole["high"]
    assert war["low"] < war["observed"] < war["high"]
    assert rows.equals(s.rising_triples(tables).set_index(["rows", "other", "period"]))
    assert rows.loc[("Kim to Putin", "out", "from the war on"), "messages"] == 23
    before = tables.messages.loc[
        tables.messages["date"] < tables.events.set_index("event_id").at[s.WAR, "date"],
        "support_wording",
    ]
    assert set(before) - {"other"} == {"cooperation"}
    assert rows.loc[("all messages", "out", "before the war"), "observed"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_reading_of_the_triples_hangs_on_the_shuffle(tables, seed):
    rows, others = s.rising_triples(tables), s.rising_triples(tables, seed=seed)
    assert list(rows["reading"]) == list(others["reading"])


def test_the_shipped_scale_is_what_the_judgements_give():
    import csv

    with open(HOUSE / "seeds/commitment/strengths.csv", encoding="utf-8", newline="") as file:
        stored = list(csv.DictReader(file))
    fresh = worked_out(HOUSE / "seeds")
    assert [{k: str(v) for k, v in row.items() if k in stored[0]} for row in fresh] == stored, (
        "run `python -m casebook scale`"
    )


def test_every_pair_was_judged_once_by_the_reader_and_the_synthetic_class_is_called_so(tables):
    reader, made = s.judgements_of(tables), s.judgements_of(tables, s.SYNTHETIC)
    count = len(tables.phrases)
    assert (
        len(reader)
        == len({frozenset(p) for p in zip(reader["first"], reader["second"])})
        == count * (count - 1) // 2
    )
    assert set(reader["judge"]) == {"reader"}
    assert made["judge"].str.startswith("synthetic").all()
    assert made["judge"].nunique() == 8
    assert len(pairs.parts_of(made, pairs.items_of(made))) == 1


def test_the_judge_who_looks_at_length_moves_the_synthetic_scale_most(tables):
    assert (
        s.judges_left_out(tables)["judge"].iloc[0]
        == f"synthetic {s.judgements_of(tables, s.SYNTHETIC)['judge'].nunique()}"
    )


def test_no_phrase_gives_itself_away_by_name_or_year(tables):
    for words in tables.phrases["words"]:
        assert not any(
            name in words
            for name in ("Putin", "Kim", "Russia", "DPRK", "Korea", "Ukraine", "202", "201")
        ), words
        assert len(words.split()) <= 45


def test_choix_is_loaded_only_when_a_scale_is_fitted():
    code = "from casebook import *; import sys; print('choix' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=HOUSE / "notebooks",
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"
