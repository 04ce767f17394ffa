"""Lesson 03: the lie factor against known values, what the count can decide, and how chart and
panel look and speak.
"""

import math
import re

import pytest
from ipywidgets import Checkbox, Dropdown, SelectionSlider

from casebook.exercises import find_exercise
from casebook.subjects.sanctions.charts.sanctions import in_our_words, stands_between, ways_to_say
from casebook.subjects.sanctions.charts.twins import (
    BEFORE,
    DRAWN,
    ORDERS,
    UNITS,
    TwinsPicture,
    in_order,
    told_factor,
)
from casebook.subjects.sanctions.methods.lie_factor import (
    chart_lie_factor,
    drawn_heights,
    drawn_sizes,
    effect,
    lie_factor,
)
from casebook.subjects.sanctions.methods.sanctions import (
    NAMED,
    SEEN,
    UNSEEN,
    comparisons,
    count_tests,
    lie_factors,
    russia_parts,
    sanction_figures,
    what_it_sees,
)
from casebook.subjects.sanctions.widgets import LEAST, SHOWN, STARTS, mislead
from checks import check_legible
from helpers import HOUSE, control, labelled

PAIR = ("Russia", "North Korea")


def twins(tables, *setting):
    """The pair of charts, set once."""
    return TwinsPicture(tables).as_set(*setting)


STATES = [
    (PAIR, 0, "bars", "listings", "largest"),
    (PAIR, 1500, "sheets", "share", "smallest"),
    (NAMED, 1000, "sheets", "times", "alphabet"),
    (PAIR, 2077, "bars", "share", "smallest"),
    (PAIR, 2500, "bars", "listings", "largest"),
    (NAMED, 0, "fair sheets", "listings", "largest"),
    (("Syria", "North Korea"), 2000, "bars", "times", "largest"),
    (("Russia", "Iran"), 3616, "sheets", "listings", "largest"),
    ((BEFORE, "North Korea"), 0, "bars", "share", "largest"),
    ((BEFORE, "North Korea"), 500, "sheets", "listings", "alphabet"),
]


def test_the_states_looked_at_have_every_form():
    assert {shape for _, _, shape, *_ in STATES} == set(DRAWN)


def test_tuftes_own_example():
    """Data from 18 to 27.5 drawn from 0.6 to 5.3: the book gives 14.8 (F291)."""
    assert round(lie_factor((0.6, 5.3), (18, 27.5)), 1) == 14.8


@pytest.mark.parametrize(
    "shown, data, factor",
    [
        ((1, 2), (1, 2), 1),
        ((10, 20), (3, 6), 1),
        ((1, 4), (1, 2), 3),
        ((1, 1.5), (1, 2), 0.5),
        ((1, 2), (1, 1.01), 100),
        ((2, 1), (2, 1), 1),
        ((5, 5), (1, 2), 0),
    ],
)
def test_the_lie_factor_of_known_cases(shown, data, factor):
    assert lie_factor(shown, data) == pytest.approx(factor)


@pytest.mark.parametrize(
    "first, second, size", [(2, 3, 0.5), (4, 1, 0.75), (0, 3, math.inf), (5, 5, 0)]
)
def test_the_size_of_an_effect(first, second, size):
    assert effect(first, second) == size


@pytest.mark.parametrize(
    "call",
    [
        lambda: effect(-1, 2),
        lambda: effect(0, 0),
        lambda: lie_factor((1, 2), (3, 3)),
        lambda: lie_factor((1, 2), (0, 3)),
        lambda: drawn_heights([2, 5], 3),
        lambda: drawn_sizes([4, 4], 4),
        lambda: chart_lie_factor([4, 4]),
    ],
)
def test_what_cannot_be_measured_or_drawn_is_refused(call):
    with pytest.raises(ValueError):
        call()


def test_drawn_sizes():
    assert drawn_heights([2, 4]) == [0.5, 1]
    assert drawn_heights([2, 4], start=1) == pytest.approx([1 / 3, 1])
    assert drawn_sizes([2, 4], shape="sheets") == [0.25, 1]
    assert drawn_sizes([2, 4], shape="fair sheets") == pytest.approx([0.5, 1])
    assert drawn_heights([1, 4], shape="fair sheets") == pytest.approx([0.5, 1])


def test_the_factor_of_a_chart():
    assert (
        chart_lie_factor([2077, 5532])
        == pytest.approx(1)
        == chart_lie_factor([5532, 3616, 2077], shape="fair sheets")
    )
    assert chart_lie_factor([2077, 5532], start=2077) == math.inf
    # (5532 - 1000) / (2077 - 1000) - 1 = 3.208; 5532 / 2077 - 1 = 1.663
    assert chart_lie_factor([5532, 2077], start=1000) == pytest.approx(3.20798 / 1.66346, rel=1e-4)
    # Bars from zero of any two figures are faithful; so are they in any unit.
    assert chart_lie_factor([20.77, 55.32], start=0) == pytest.approx(1)


def test_a_later_axis_never_lowers_the_factor_and_sheets_raise_it():
    factors = [chart_lie_factor([2077, 5532], start) for start in range(0, 2077, 100)]
    assert factors == sorted(factors)
    assert factors[0] < factors[-1]
    assert all(
        chart_lie_factor([2077, 5532], start, "sheets") > chart_lie_factor([2077, 5532], start)
        for start in (0, 500, 2000)
    )


def test_the_four_figures_are_those_of_the_rows_that_quote_them(tables):
    rows = sanction_figures(tables).set_index("country")
    facts = tables.facts.set_index("fact_id")
    assert list(rows["figure"]) == [5532, 3616, 2608, 2077]
    assert list(rows.index) == [
        "Russia",
        "Iran",
        "Syria",
        "North Korea",
    ]
    for _, row in rows.iterrows():
        quoted = (
            facts.at["F028", "figure"]
            if row["address"] == "F028"
            else " ".join(tables.claims.loc[tables.claims["source_id"] == "S0", "number_text"])
        )
        assert f"{row['figure']:,}" in quoted
        assert row["owner"] == "Castellum.AI"
    assert f"North Korea {rows.at['North Korea', 'figure']:,}" in facts.at["F028", "figure"], (
        "S0 and the relay agree"
    )
    assert "Venezuela" not in rows.index, "four single figures, no table of the counter's"


def test_russias_parts_add_up_to_what_s0_prints(tables):
    parts = russia_parts(tables).set_index("part")["number"]
    assert (
        parts["before"] + parts["new"]
        == parts["sum"]
        == sanction_figures(tables).set_index("country").at["Russia", "figure"]
    )
    assert list(sanction_figures(tables).query("ahead_before == 'yes'")["country"]) == ["Iran"]


def test_the_ways_to_say_a_gap(tables):
    found = comparisons(tables)
    said = (
        found[(found["larger"] == "Russia") & (found["smaller"] == "North Korea")]
        .set_index("way")["printed"]
        .to_dict()
    )
    assert said == {
        "more": "3,455",
        "times": "2.7",
        "per cent more": "166",
        "per cent fewer": "62",
        "share of the two": "73",
        "share of the four": "40",
    }


def test_what_the_count_decides_follows_its_figures(tables, monkeypatch):
    verdict = count_tests(tables).set_index("test")["verdict"].to_dict()
    assert verdict == {
        "most": "holds",
        "two most": "fails",
        "more than twice": "holds",
        "more than next two": "fails",
        "hit hardest": "the count can't tell",
    }
    rows = (
        sanction_figures(tables)
        .assign(figure=[9000, 10, 9, 5000])
        .sort_values("figure", ascending=False)
    )
    monkeypatch.setattr(
        "casebook.subjects.sanctions.methods.sanctions.sanction_figures", lambda t: rows
    )
    changed = count_tests(tables).set_index("test")["verdict"]
    assert changed["two most"] == "holds"
    assert changed["more than next two"] == "holds"
    assert changed["more than twice"] == "fails"


def test_what_the_factor_sees(tables):
    seen = what_it_sees(tables).set_index("trick")["seen"]
    assert set(seen.index[seen == SEEN]) == {"axis", "picture"}
    assert set(seen.index[seen == UNSEEN]) == {"left out", "order", "unit", "date"}
    factors = lie_factors(tables).set_index("setting")["factor"]
    assert factors["honest"] == pytest.approx(1)
    assert math.isinf(factors["axis at the smaller figure"])
    assert math.isnan(factors["axis above the smaller figure"])


def test_a_paragraph_without_a_count_of_sanctions_is_named(tables):
    with pytest.raises(ValueError, match="S1 ¶1 has no claim on sanctions"):
        in_our_words(tables, "S1 ¶1")


@pytest.mark.parametrize(
    "make",
    [stands_between, ways_to_say, lambda t: in_our_words(t, "S0 ¶11"), twins],
    ids=["between", "ways", "words", "twins"],
)
def test_every_exhibit_says_whose_the_figures_are_and_is_the_same_each_time(make, tables):
    exhibit = make(tables)
    assert exhibit.html() == make(tables).html()
    assert "not ours" in exhibit.plain()
    assert "F032" in exhibit.source
    assert re.search(r"\d", exhibit.description)


@pytest.mark.parametrize("state", [None, *STATES])
def test_text_is_legible_inside_and_not_covered(tables, state):
    check_legible(stands_between(tables) if state is None else twins(tables, *state))


def names_under(axes):
    return [
        text.get_text().replace("\n", " ")
        for text in axes.texts
        if text.get_visible() and text.get_va() == "top"
    ]


def drawn_bars(axes):
    return {name: patch.get_height() for name, patch in zip(names_under(axes), axes.patches)}


def test_the_bars_are_as_high_as_the_method_says_and_the_twin_is_honest(tables):
    left, right = twins(tables, PAIR, 1000).axes
    heights = drawn_bars(left)
    assert lie_factor((heights["North Korea"], heights["Russia"]), (2077, 5532)) == pytest.approx(
        chart_lie_factor([2077, 5532], 1000)
    )
    twin = drawn_bars(right)
    assert twin["North Korea"] / twin["Russia"] == pytest.approx(2077 / 5532)
    assert set(twin) == set(NAMED)


def test_a_sheet_is_as_much_wider_as_it_is_higher(tables):
    sheets = [
        patch.get_path().get_extents()
        for patch in twins(tables, PAIR, 0, "sheets").axes[0].patches[::2]
    ]
    assert (
        sheets[0].width / sheets[1].width
        == pytest.approx(sheets[0].height / sheets[1].height)
        == pytest.approx(5532 / 2077)
    )


def test_labels_give_the_unit_and_the_order(tables):
    left = twins(tables, NAMED, 0, "bars", "share", "alphabet").axes[0]
    assert names_under(left) == ["Iran", "North Korea", "Russia", "Syria"]
    assert {"26 %", "15 %", "40 %", "19 %"} <= {t.get_text() for t in left.texts}
    assert in_order({"b": 1, "a": 2}, "smallest") == ["b", "a"]
    assert in_order({"b": 1, "a": 2}, "largest") == ["a", "b"]


def test_a_factor_is_told():
    assert [told_factor(x) for x in (1, 9.94, 26.97, 1234.5, math.inf)] == [
        "1.0",
        "9.9",
        "27",
        "1,234",
        "without limit",
    ]


def misleading_controls(panel):
    return labelled(panel, "Show", "Drawn as", "Unit", "Order")


def test_the_panel_opens_faithful_and_can_be_made_to_mislead(tables):
    panel = mislead(tables)
    whom, shape, unit, order = misleading_controls(panel)
    start = control(panel, SelectionSlider)
    assert panel.says.startswith("Lie factor 1.0:")
    assert "Iran" not in panel._static
    assert "3,616" in panel.result
    shape.value = "sheets"
    assert panel.says.startswith("Lie factor 3.7:")
    start.value = 1500
    assert panel.says.startswith("Lie factor 29:")
    unit.value, order.value = "share", "smallest"
    assert panel.says.startswith("Lie factor 29:"), "unit and order do not move it"
    start.value = LEAST
    assert panel.says.startswith("Lie factor without limit:")
    start.value = 2500
    assert panel.says.startswith("Cannot be drawn:")
    assert "<img" in panel.result
    whom.value = "Russia, Iran"
    assert panel.says.startswith("Lie factor")
    assert "Iran" in panel.says
    control(panel, Checkbox).value = True
    assert "lp-rows" in panel.result
    assert "F290" in panel.result


def test_an_older_figure_is_drawn_faithfully_and_named_with_its_day(tables):
    panel = mislead(tables)
    control(panel, Dropdown, "Show").value = next(
        name for name, shown in SHOWN.items() if BEFORE in shown
    )
    assert panel.says.startswith(f"Lie factor 1.0: {BEFORE} gets ")
    assert "unless a label says otherwise" in panel.result
    assert "F027" in panel.result
    control(panel, SelectionSlider).value = LEAST
    assert panel.says.startswith("Lie factor without limit:")


def test_the_effects_in_the_line_give_its_factor(tables):
    """A reader can work it out: the effect shown, divided by the effect in the figures."""
    for shown in SHOWN.values():
        for start, shape in (
            (0, "bars"),
            (500, "sheets"),
            (1000, "bars"),
            (1500, "sheets"),
            (2000, "sheets"),
        ):
            title = twins(tables, shown, start, shape).title
            factor, drawn, real = (
                float(n.replace(",", ""))
                for n in re.search(
                    r"factor ([\d.,]+):.*effect of ([\d.,]+);.*effect of ([\d.]+)\.", title
                ).groups()
            )
            assert drawn / real == pytest.approx(factor, rel=0.06), title  # both are rounded


def test_every_single_control_moved_says_something_and_shows_a_picture(tables):
    panel = mislead(tables)
    controls = misleading_controls(panel)
    for box in controls:
        for _, value in box.options:
            box.value = value
            assert panel.says.startswith("Lie factor ")
            assert "<img" in panel.result
        box.value = box.options[0][1]
    start = control(panel, SelectionSlider)
    for _, value in start.options:
        start.value = value
        assert panel.says.startswith(("Lie factor ", "Cannot be drawn"))
    assert {key for _, key in controls[1].options} == set(DRAWN)
    assert {key for _, key in controls[2].options} == set(UNITS)
    assert {key for _, key in controls[3].options} == set(ORDERS)
    assert set(STARTS) < {value for _, value in start.options}
    assert len(SHOWN) == len(controls[0].options)


def test_the_lesson_stores_no_figure_of_who_stands_between_above_its_prediction():
    import json

    from helpers import HOUSE

    cells = json.loads(
        (HOUSE / "notebooks" / "03-counting-sanctions.ipynb").read_text(encoding="utf-8")
    )["cells"]
    above = json.dumps(cells[: next(i for i, c in enumerate(cells) if c["id"] == "predict")])
    assert "3,616" not in above
    assert "2,608" not in above
    assert "Iran" not in above


def test_the_claims_are_shown_with_their_outlets_names_and_who_counted_is_left_to_the_reader(
    tables,
):
    for place in ("S0 ¶11", "S1 ¶16", "S0 ¶10"):
        shown = in_our_words(tables, place)
        outlet = tables.sources.set_index("source_id").at[place[:2], "outlet"]
        assert all(f"<strong>{outlet}</strong><sup>{place}</sup>" in row[0] for row in shown.rows)
        assert not re.search(r"Castellum|\bS\d\b(?! ¶)", shown.title + shown.body())


def test_the_vote_on_the_faithful_chart_follows_what_the_factor_sees(tables):
    task = find_exercise(tables, "03-honest")
    seen = what_it_sees(tables).set_index("trick")["seen"]
    assert task.key == {seen["left out"]} != {seen["axis"]}
    assert {seen["date"], seen["unit"], seen["order"]} == task.key


def test_nothing_above_the_comparison_tells_who_stands_between(tables):
    """The two names stand in one report's sentence; their figures and their place do not."""
    path = HOUSE / "notebooks" / "03-counting-sanctions.ipynb"
    stored = path.read_text(encoding="utf-8")
    above = stored[: stored.index('exercise(tables, \\"03-predict\\")')]
    above = re.sub(r"data:image[^\"]*", "", above)
    for row in sanction_figures(tables).query("between == 'yes'").itertuples():
        assert f"{row.figure:,}" not in above
