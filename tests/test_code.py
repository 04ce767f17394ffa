"""The Code track: every solution solves its check, every start runs and is not yet solved, typical
mistakes are told; learners' figures.
"""

import io
import json
import re
import subprocess
import sys

import matplotlib
import numpy as np
import pandas as pd
import pytest
from pydantic import ValidationError

from casebook.core.tables import Tables
from casebook.exercises import pyplot_figures
from casebook.exercises.code import RIGHT, UNTOUCHED, WRONG, find_code, run
from casebook.exercises.code_widget import check_code
from casebook.exercises.compare import table_differences, tidy
from casebook.figure import Picture
from casebook.records.teaching import CodeExercise
from helpers import HOUSE, notebooks

matplotlib.use("agg")
import matplotlib.pyplot as plt  # noqa: E402

TEXTS = json.loads((HOUSE / "data" / "code.json").read_text(encoding="utf-8"))
each = pytest.mark.parametrize("text", TEXTS, ids=[t["code_id"] for t in TEXTS])
each_mistake = pytest.mark.parametrize(
    "text, mistake",
    [(t, m) for t in TEXTS for m in t["mistakes"]],
    ids=[f"{t['code_id']} {n}" for t in TEXTS for n, _ in enumerate(t["mistakes"], 1)],
)


def result(text, code, tables):
    """What a learner's cell with this code hands to the check."""
    found = run(code, tables, "fig" if text["gives"] == "chart" else "answer", plt)
    plt.close("all")
    return found


def code_cells(path):
    """(source, outputs) of the cells of a lesson's Code track."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [
        ("".join(c["source"]), c["outputs"])
        for c in cells
        if "code-track" in c["metadata"].get("tags", [])
    ]


@each
def test_the_solution_solves_its_own_check(text, tables):
    checked = find_code(tables, text["code_id"]).check(result(text, text["solution"], tables))
    assert checked == (True, RIGHT, [text["shows"]])


@each
def test_the_start_runs_and_is_kindly_not_yet_solved(text, tables):
    checked = find_code(tables, text["code_id"]).check(result(text, text["start"], tables))
    assert not checked.right
    assert checked.verdict.startswith("Not solved yet")
    assert checked.reasons if text["gives"] == "chart" else checked.verdict == UNTOUCHED


@pytest.mark.prose
def test_what_titles_and_texts_of_the_track_say_in_words_holds(tables):
    """nearly twice (00), least often and close by share (01), most cells and fewer than half
    (04).
    """
    words = tables.sources.set_index("source_id")["words"]
    assert 1.75 < words.max() / words.min() < 2
    claims = tables.claims[
        tables.claims["source_id"].isin(["S0", "S1", "S4"]) & (tables.claims["role"] != "artefact")
    ]
    share = (
        claims.assign(own=claims["voice"] == "outlet")
        .groupby("source_id")["own"]
        .agg(["mean", "sum"])
    )
    assert share["mean"].idxmin() == "S0"
    assert abs(share.at["S1", "mean"] - share.at["S4", "mean"]) < 0.05
    assert share.at["S1", "sum"] < share.at["S4", "sum"] / 1.5
    cells = tables.obligations[tables.obligations["treaty_id"] == "2000"]["cell"]
    assert (cells == "text not seen").sum() * 2 > len(cells)
    assert set(cells) == {
        "yes",
        "text not seen",
    }
    seen = tables.treaty_articles[tables.treaty_articles["treaty_id"] == "2024"]["seen"]
    assert (seen == "wording").sum() * 2 < len(seen) == 23


@each_mistake
def test_a_typical_mistake_is_told_what_went_wrong(text, mistake, tables):
    checked = find_code(tables, text["code_id"]).check(result(text, mistake["code"], tables))
    assert not checked.right
    assert checked.verdict == UNTOUCHED or checked.reasons[0] == mistake["says"]


@each
def test_neither_title_nor_hint_is_the_solution(text):
    assert text["solution"] not in text["hint"]
    assert len(text["hint"]) > 30
    assert len(text["shows"]) > 60
    assert text["start"] != text["solution"]


@each
def test_the_marks_noted_are_the_marks_drawn(text, tables):
    if text["gives"] == "chart":
        drawn = pyplot_figures.marks_of(result(text, text["solution"], tables))
        assert drawn == pytest.approx(
            find_code(tables, text["code_id"]).result_of(text["solution"])
        )


def test_the_answer_follows_the_tables(tables, tmp_path):
    """Change the data, and the answer changes: nothing is typed in."""
    import shutil

    shutil.copytree(tables.folder, tmp_path / "data")
    path = tmp_path / "data" / "sources.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("news report", "opinion piece", 1),
        encoding="utf-8",
    )
    text = next(t for t in TEXTS if t["code_id"] == "00-code-longest")
    old = result(text, text["solution"], tables)
    assert find_code(tables, text["code_id"]).check(old).right
    assert not find_code(Tables(tmp_path / "data"), text["code_id"]).check(old).right


def test_tables_that_a_learner_has_spoilt_do_not_spoil_the_check():
    mine = Tables()
    text = next(t for t in TEXTS if t["code_id"] == "00-code-longest")
    answer = result(text, text["solution"], mine)
    mine.sources.drop(mine.sources.index, inplace=True)
    assert find_code(mine, text["code_id"]).check(answer).right


# The lessons

lessons_with_code = pytest.mark.parametrize(
    "path", [p for p in notebooks() if code_cells(p)], ids=lambda p: p.stem
)


@lessons_with_code
def test_a_lesson_has_three_exercises_as_their_texts_say(path):
    asked = [t for t in TEXTS if t["code_id"].startswith(path.stem[:2])]
    cells = [source for source, _ in code_cells(path)]
    assert len(asked) >= 3
    assert asked[-1]["gives"] == "chart"
    for text in asked:
        name = "fig" if text["gives"] == "chart" else "answer"
        assert f'{text["start"]}\ncheck_code(tables, "{text["code_id"]}", {name})' in cells
    assert cells[0].startswith("import matplotlib.pyplot as plt\nimport pandas as pd")
    prose = path.read_text(encoding="utf-8")
    assert all(f"### {text['title']}" in prose for text in asked)
    assert "## Code track" in prose


@lessons_with_code
def test_the_stored_lesson_says_that_nothing_is_solved_yet(path):
    for source, outputs in code_cells(path):
        if "check_code" in source:
            stored = "".join("".join(o["data"]["text/html"]) for o in outputs)
            assert "Not solved yet" in stored
            assert "Worked solution:" not in stored
            assert ("<figure" in stored) == (", fig)" in source)
            assert stored.count("<figure") <= 1


@lessons_with_code
def test_merges_say_what_they_expect_and_a_line_has_one_verb(path):
    for source, _ in code_cells(path):
        for line in source.splitlines():
            assert "merge(" not in line or "validate=" in line
            assert not re.match(r"\s+\.\w+\(.*\)\.\w+\(", line), line


def test_every_code_exercise_stands_in_a_lesson():
    there = "".join(p.read_text(encoding="utf-8") for p in notebooks())
    assert all(f'\\"{text["code_id"]}\\"' in there for text in TEXTS)


def test_teachers_are_told_where_the_solutions_are():
    for number in {t["code_id"][:2] for t in TEXTS}:
        page = (HOUSE / "teach" / f"{number}.md").read_text(encoding="utf-8")
        assert "Code track" in page
        assert "button *Worked solution* shows solutions" in page


# What a check says of a table

TABLE = pd.DataFrame({"outlet": ["A", "B", "C"], "claims": [3, 1, 2]})


@pytest.mark.parametrize(
    "answer",
    [
        TABLE,
        TABLE[["claims", "outlet"]],
        TABLE.iloc[::-1],
        TABLE.set_index("outlet"),
        TABLE.astype({"claims": float}),
        TABLE.set_index("outlet", drop=False),
        TABLE.set_index(["outlet", "claims"]),
        TABLE.set_index(["outlet", "claims"], drop=False),
    ],
    ids=[
        "same",
        "columns",
        "rows",
        "index",
        "kind of number",
        "index doubled",
        "two indexes",
        "two doubled",
    ],
)
def test_what_makes_no_difference_is_accepted(answer):
    assert table_differences(answer, TABLE) == []


@pytest.mark.parametrize(
    "answer, says",
    [
        (TABLE[["outlet"]], "Column missing: claims."),
        (TABLE.assign(more=1), "Column not asked for: more."),
        (pd.concat([TABLE, TABLE[["claims"]]], axis=1), "Column twice: claims."),
        (TABLE.head(2), "You have 2 rows, which is too few: does a filter take too much?"),
        (
            pd.concat([TABLE, TABLE]),
            "You have 6 rows, which is too many: is a filter missing, or a key doubled by a merge?",
        ),
        (TABLE.astype({"claims": str}), "Column claims holds words; numbers are asked for."),
        (TABLE.assign(claims=[3, 1, 9]), "in claims you have 9, the tables give 2."),
        (TABLE.assign(claims=[3, np.nan, 2]), "in claims you have nan, the tables give 1."),
        (TABLE.assign(outlet=["A", "B", "D"]), "in outlet you have “D”, the tables give “C”."),
    ],
    ids=["missing", "extra", "twice", "few", "many", "kind", "number", "gap", "word"],
)
def test_what_differs_is_named(answer, says):
    (said,) = table_differences(answer, TABLE)
    assert said.endswith(says)


def test_the_order_of_rows_counts_only_where_it_is_asked_for():
    assert table_differences(TABLE.iloc[::-1], TABLE, ordered=True) == [
        "The rows are right, their order is not: look at row 1."
    ]
    (said,) = table_differences(TABLE.assign(claims=[3, 7, 2]), TABLE, ordered=True)
    assert said == "Row 2 is the first that differs: in claims you have 7, the tables give 1."


def test_a_column_is_compared_with_its_keys():
    ours = TABLE.set_index("outlet")["claims"]
    assert table_differences(ours.rename("n"), ours) == []
    assert table_differences(ours + 1, ours)


@pytest.mark.parametrize(
    "answer, says",
    [
        (None, "nothing (None)"),
        (TABLE["outlet"], "Two pairs of brackets"),
        (7, "of the kind int"),
        (Ellipsis, "of the kind ellipsis"),
    ],
)
def test_another_kind_of_thing_is_named(answer, says, tables):
    checked = find_code(tables, "00-code-longest").check(answer)
    assert checked.verdict == WRONG
    assert checked.reasons[0].startswith("Asked for is a table (DataFrame); this is ")
    assert says in checked.reasons[0]


def test_numbers_and_columns_can_be_asked_for_too(tables):
    task = find_code(tables, "00-code-longest")
    task.gives, task.solution, task.start, task.mistakes = (
        "number",
        "answer = len(tables.claims)",
        "answer = len(tables.sources)",
        [],
    )
    assert task.check(len(tables.claims)).right
    assert task.check(np.int64(len(tables.claims))).right
    assert task.check(len(tables.sources)).verdict == UNTOUCHED
    assert task.check(10_000).reasons == ["You have 10000; the tables give a smaller number."]
    assert not task.check(True).right
    assert "(Series)" not in task.check(TABLE).reasons[0]
    task.gives, task.solution = "series", "answer = tables.claims.groupby('source_id').size()"
    task.start, task.ordered = "answer = tables.claims['source_id']", False
    assert task.check(tables.claims["source_id"].value_counts()).right
    assert "One pair of brackets" in task.check(TABLE).reasons[0]


def test_an_unknown_exercise_is_named_with_those_there_are(tables):
    with pytest.raises(KeyError, match="no code exercise '01-nothing'; there are: 00-code-longest"):
        find_code(tables, "01-nothing")


# What a check says of a chart


def drawn(tables, kind="barh", **changes):
    """The chart of lesson 00 as a learner may draw it."""
    figure, axes = plt.subplots()
    getattr(axes, kind)(
        tables.sources["outlet"],
        tables.sources["words"],
        **{k: v for k, v in changes.items() if k == "color"},
    )
    axes.set_title(changes.get("title", "One is long"))
    (axes.set_xlabel if kind == "barh" else axes.set_ylabel)(changes.get("label", "words"))
    plt.close("all")
    return figure, axes


def said_of(tables, figure):
    return find_code(tables, "00-code-chart").check(figure)


def test_standing_bars_are_as_good_as_lying_ones(tables):
    for kind in ("bar", "barh"):
        assert said_of(tables, drawn(tables, kind)[0]).right


def test_what_a_chart_lacks_is_named(tables):
    assert "No title yet" in said_of(tables, drawn(tables, title="")[0]).reasons[0]
    assert (
        "The x axis has numbers and no name"
        in said_of(tables, drawn(tables, label=" ")[0]).reasons[0]
    )
    assert (
        "The y axis has numbers and no name"
        in said_of(tables, drawn(tables, "bar", label="")[0]).reasons[0]
    )
    assert (
        "5 colours"
        in said_of(tables, drawn(tables, color=[f"C{n}" for n in range(5)])[0]).reasons[0]
    )
    figure, axes = plt.subplots()
    plt.close(figure)
    assert "Nothing is drawn yet" in said_of(tables, figure).reasons[0]
    assert "Hand over fig, not ax" in said_of(tables, axes).reasons[0]


def test_an_axis_that_does_not_start_at_zero_is_named_with_what_it_does(tables):
    figure, axes = drawn(tables)
    words = tables.sources["words"]
    low = words.min() // 2
    axes.set_xlim(left=low)
    looks = (words.max() - low) / (words.min() - low)
    (said,) = said_of(tables, figure).reasons
    assert (
        said
        == f"The axis starts at {low}, not at zero: the longest bar looks {looks:.1f} times as long"
        f" as the shortest; the numbers say {words.max() / words.min():.1f} times."
    )
    axes.set_xlim(left=0)
    assert said_of(tables, figure).right
    axes.set_xscale("log")
    assert "The scale is not linear" in said_of(tables, figure).reasons[0]


def test_wrong_bars_are_named(tables):
    figure, axes = drawn(tables)
    axes.containers[0].patches[0].set_width(1)
    first = tables.sources.iloc[0]
    assert said_of(tables, figure).reasons == [
        f"“{first['outlet']}” is drawn as 1; the tables give {first['words']}."
    ]
    figure, axes = plt.subplots()
    axes.bar(["A"], [1])
    plt.close(figure)
    assert said_of(tables, figure).reasons[:2] == [
        f"Not drawn: {', '.join(tables.sources['outlet'].head(5))}.",
        "Drawn, but not asked for: A.",
    ]


def test_dots_may_be_plotted_or_scattered_and_no_line_joins_them(tables):
    rows = tables.troop_figures.query("counts == 'sent'")
    task, days = find_code(tables, "05-code-chart"), pd.to_datetime(rows["date"])
    for draw, reasons in (
        (lambda a: a.scatter(days, rows["number"]), [task.shows]),
        (lambda a: a.plot(days, rows["number"], "o"), [task.shows]),
        (lambda a: a.plot(days, rows["number"], "o-"), ["A line joins the points"]),
    ):
        figure, axes = plt.subplots()
        draw(axes)
        axes.set(title="Dots", xlabel="day", ylabel="soldiers")
        plt.close(figure)
        checked = task.check(figure)
        assert checked.right == (reasons == [task.shows])
        assert checked.reasons[0].startswith(reasons[0])


# The panel


def test_the_panel_shows_what_the_check_says_and_hides_the_rest(tables):
    text = TEXTS[0]
    panel = check_code(tables, text["code_id"], result(text, text["start"], tables))
    assert panel.says == UNTOUCHED
    assert "Hint:" not in panel.result
    assert "Worked solution:" not in panel.result
    assert re.search(rf"rows: (5 of )?{len(tables.sources)}\b", panel.result)
    panel.buttons["hint"].click()
    assert "Hint:" in panel.result
    assert panel.buttons["hint"].description == "Hide the hint"
    panel.buttons["worked"].click()
    assert "sort_values" in panel.result
    assert panel.buttons["worked"].description == "Hide the worked solution"
    panel.buttons["hint"].click()
    panel.buttons["worked"].click()
    assert "Hint:" not in panel.result
    assert "Worked solution:" not in panel.result
    assert panel.buttons["worked"].description == "Worked solution"
    assert panel.says in panel.stored()[0]
    assert panel.says in panel.stored()[1]


def test_a_learners_words_are_shown_as_text_and_short(tables):
    answer = pd.DataFrame({"<b>x": ["<script>alert(1)</script>" + "x" * 500] * 9})
    panel = check_code(tables, "00-code-longest", answer)
    assert "<script" not in panel.result
    assert "<b>" not in panel.result
    assert "5 of 9" in panel.result
    assert "x" * 70 not in panel.result
    assert "Your answer: <code>&lt;b&gt;" in check_code(tables, "00-code-longest", "<b>").result
    assert tidy(TABLE["claims"]).shape == (3, 2)


def test_a_day_is_shown_as_a_day(tables):
    text = next(t for t in TEXTS if t["code_id"] == "09-code-no")
    answer = result(text, text["start"], tables)
    shown = check_code(tables, text["code_id"], answer).result
    assert f"{answer['public_from'].min():%Y-%m-%d}</td>" in shown
    assert "00:00" not in shown
    (said,) = table_differences(answer.assign(public_from=pd.Timestamp("2020-02-03")), answer)
    assert "you have 2020-02-03, the tables" in said
    assert "00:00" not in said


# Learners' figures


def test_a_figure_without_a_title_says_so():
    figure, axes = plt.subplots()
    axes.bar(["a", "b"], [1, 2])
    plt.close(figure)
    assert (
        pyplot_figures.described(figure)
        == "A chart that has no title yet. Across: an axis without a name, words. "
        "Upwards: an axis without a name, numbers from 0 to 2.1. Bars: 2: a 1, b 2."
    )
    assert 'alt="A chart that has no title yet.' in pyplot_figures.html(figure)
    axes.set_title("“Two” & <one>", loc="left")
    assert "Chart: “Two” & <one>." in pyplot_figures.described(figure)
    assert "&lt;one&gt;" in pyplot_figures.html(figure)
    assert "<one>" not in pyplot_figures.html(figure)


@pytest.mark.parametrize(
    "draw, says",
    [
        (
            lambda a: a.plot([2022, 2023, 2024], [1, 5, 2]),
            "A line of 3 points from 2022 (1) to 2024 (2), lowest 1, highest 5.",
        ),
        (
            lambda a: a.plot(pd.to_datetime(["2022-08-15", "2024-06-19"]), [1, 2]),
            "A line of 2 points from 2022-08-15 (1) to 2024-06-19 (2)",
        ),
        (
            lambda a: a.plot(pd.to_datetime(["2022-08-15", "2024-06-19"]), [1, 2], "o"),
            "Dots without a line: 2 points from 2022-08-15 (1)",
        ),
        (
            lambda a: a.plot(pd.to_datetime(["2022-08-15", "2024-06-19"]), [1, 2]),
            "Across: an axis without a name, days from 2022-07-",
        ),
        (lambda a: a.plot(["a", "b"], ["low", "high"]), "A line of 2 points from a (0) to b (1)"),
        (lambda a: a.plot([], []), "Nothing is drawn in it yet."),
        (lambda a: a.scatter([1, 2, 3], [1, 2, 3]), "Points: 3."),
        (
            lambda a: a.bar(pd.to_datetime(["2022-08-15", "2024-06-19"]), [1, 2]),
            "Bars: 2: 2022-08-15 1, 2024-06-19 2.",
        ),
        (
            lambda a: a.vlines(["a", "b"], [0, 1], [2, 3]),
            "Straight lines without points, such as intervals: 2.",
        ),
        (lambda a: a.pie([1, 2], labels=["x", "y"]), "Words in it: x, y."),
        (lambda a: a.barh(range(20), range(20)), "Bars: 20: 0 0, 1 1"),
        (lambda a: (a.bar(["a"], [1]), a.bar(["a"], [2], bottom=[1])), "Bars: 1: a 3."),
        (lambda a: a.bar([0, 1], [3, 4], tick_label=["x", "y"]), "Bars: 2: x 3, y 4."),
        (lambda a: a.bar([2022, 2023], [3, 4]), "Bars: 2: 2022 3, 2023 4."),
        (lambda a: a.bar(["a"], [np.nan]), "Bars: 1: a nan."),
        (lambda a: None, "Nothing is drawn in it yet."),
    ],
)
def test_whatever_is_drawn_is_described(draw, says):
    figure, axes = plt.subplots()
    draw(axes)
    plt.close(figure)
    assert says in pyplot_figures.described(figure)


def test_a_figure_without_charts_is_described_too():
    figure = plt.figure()
    plt.close(figure)
    assert pyplot_figures.described(figure) == "An empty figure: it has 0 charts."


def test_the_same_figure_gives_the_same_bytes(tables):
    first, again = (drawn(tables)[0] for _ in range(2))
    assert pyplot_figures.svg(first) == pyplot_figures.svg(first) == pyplot_figures.svg(again)


def test_long_labels_are_not_cut():
    """The frame grows to hold what is drawn, as Jupyter's own does, and is as large as that."""
    figure, axes = plt.subplots(figsize=(3, 2))
    axes.barh(["a name that is much longer than the room beside the axis"], [1])
    plt.close(figure)
    jupyters = io.BytesIO()
    figure.savefig(jupyters, format="svg", bbox_inches="tight")
    ours, theirs = (
        [float(n) for n in re.search(rb'width="([\d.]+)pt" height="([\d.]+)pt"', svg).groups()]
        for svg in (pyplot_figures.svg(figure), jupyters.getvalue())
    )
    assert ours[0] > 3 * 72
    assert ours == pytest.approx(theirs, rel=0.01)
    left, _, width, _ = (
        float(n) for n in re.search(rb'viewBox="([^"]+)"', pyplot_figures.svg(figure))[1].split()
    )
    assert left < 0
    assert width == ours[0]


IN_A_KERNEL = """
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
shell = InteractiveShell.instance()
shell.run_cell("from casebook import *\\ntables = open_tables()")
shown = []
shell.display_pub.publish = lambda data, metadata=None, **more: shown.append(sorted(data))
shell.run_cell("import matplotlib; matplotlib.use('module://matplotlib_inline.backend_inline')")
shell.run_cell("%matplotlib inline")
shell.run_cell("import matplotlib.pyplot as plt")
for cell in CELLS:
    shown.clear()
    shell.run_cell("%matplotlib inline")
    result = shell.run_cell(cell)
    assert result.success, result
    print(shown, len(__import__("matplotlib.pyplot").pyplot.get_fignums()))
"""


@pytest.mark.slow
def test_a_figure_is_shown_once_as_html_whatever_the_cell_ends_with(tmp_path):
    """As last expression, left to pyplot, shown by plt.show() or handed to the check; %matplotlib
    inline changes nothing.
    """
    draw = "fig, ax = plt.subplots(); ax.bar(['a'], [1])\n"
    cells = [
        draw + "fig",
        draw,
        draw + "plt.show()",
        draw + "check_code(tables, '00-code-chart', fig)",
        draw + "display(fig)",
        "voices(tables)",
    ]
    script = IN_A_KERNEL.replace("CELLS", repr(cells))
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", script],
        cwd=HOUSE / "notebooks",
        capture_output=True,
        text=True,
    )
    lines = [line for line in done.stdout.splitlines() if line.endswith(" 0")]
    assert len(lines) == len(cells), done.stdout + done.stderr
    for line in lines:
        assert line.count("text/html") == 1 and "image/png" not in line, line


def test_an_exhibit_stays_an_exhibit(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: shown.append(data))
    pyplot_figures.show(Picture(height=1).describe("Title", "", "A picture of 1 thing", "S0 ¶1"))
    assert "Title" in shown[0]["text/plain"]


# What the build refuses

GOOD = {
    "code_id": "01-code-x",
    "title": "t",
    "gives": "table",
    "start": "answer = 1",
    "solution": "answer = 2",
    "hint": "h",
    "shows": "s",
}


@pytest.mark.parametrize(
    "change, says",
    [
        ({"solution": "answer = ("}, "is no Python"),
        ({"solution": "answer = a.merge(b)"}, "a merge says validate="),
        ({"solution": "import os\nanswer = 1"}, "defines and imports nothing"),
        ({"start": "x = 1"}, "must set answer"),
        ({"gives": "chart"}, "must set fig"),
        ({"start": "answer = 1\n" * 15}, "at most 14 lines"),
        ({"gives": "poem"}, "table"),
        ({"mistakes": [{"code": "y = 1", "says": "s"}]}, "must set answer"),
        ({"code_id": "01-x"}, "match"),
    ],
)
def test_a_faulty_exercise_stops_the_build(change, says):
    assert CodeExercise(**GOOD)
    with pytest.raises(ValidationError, match=re.escape(says)):
        CodeExercise(**GOOD | change)
