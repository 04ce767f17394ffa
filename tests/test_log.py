"""The message log: its search, its lanes, its elements, the phrase finder; on made-up rows and on
the real ones.
"""

import re
from html import unescape

import matplotlib
import pandas as pd
import pytest
from ipywidgets import Checkbox, Dropdown, SelectionSlider, Text

from casebook.core.tables import Tables
from casebook.figure import rows_table
from casebook.figure.english import number
from casebook.panel.controls import LATEST, OWN
from casebook.subjects.messages.charts.log import LANES, MANY, message_log, who_published
from casebook.subjects.messages.charts.messages import (
    element_grid,
    elements,
    extract_message,
    first_uses,
    versions,
)
from casebook.subjects.messages.methods import (
    ELEMENTS,
    element_ages,
    element_matrix,
    find,
    first_found,
    log_by_year,
    log_rows,
    moments,
    spans_of,
    stem,
)
from casebook.subjects.messages.widgets.finder import (
    LONGEST,
    days_of_the_log,
    find_phrase,
    wordings,
)
from checks import check_legible
from helpers import HOUSE, control
from test_as_of import MARK, planted  # noqa: F401  (the fixture)

LETTER = "M2026-01-08-a"


@pytest.fixture(scope="module")
def log_of_900(tables):
    """The log ten times over, days moved by a fixed rule."""
    many = Tables(tables.folder)
    copies = []
    for n in range(1, 10):
        moved = tables.messages.copy()
        moved["date"] = (
            pd.to_datetime(moved["date"])
            + pd.to_timedelta([(i * 37 + n * 53) % 301 - 150 for i in range(len(moved))], unit="D")
        ).dt.strftime("%Y-%m-%d")
        copies.append(
            moved.assign(
                message_id=[f"M{d}-{'bcdefghij'[n - 1]}" for d in moved["date"]], same_event_as=""
            )
        )
    many.messages = pd.concat([tables.messages, *copies], ignore_index=True)
    return many


@pytest.mark.parametrize(
    "forms",
    [
        "unconditional unconditionally",
        "full fully",
        "support supports supported supporting",
        "policy policies",
        "invincible invincibility",
        "ally allies allied",
        "respect respects respected",
        "comrade comrades comradely",
        "firm firmly",
        "force forces",
    ],
)
def test_forms_of_a_word_have_one_stem(forms):
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize(
    "pair",
    [
        "condition unconditional",
        "respect prospect",
        "support port",
        "alliance all",
        "bring br",
        "solidarity solid",
        "thus thu",
    ],
)
def test_other_words_have_another_stem(pair):
    one, other = pair.split()
    assert stem(one) != stem(other)


def test_exact_and_stem():
    text = "will Unconditionally support, and be supported"
    assert [text[a:b] for a, b in spans_of(text, "unconditional support")] == [
        "Unconditionally support"
    ]
    assert spans_of(text, "unconditional support", by_stem=False) == ()
    assert [text[a:b] for a, b in spans_of(text, "unconditionally", by_stem=False)] == [
        "Unconditionally"
    ]
    assert len(spans_of(text, "support")) == 2
    for empty in ("", "  ", "?!", "“”"):
        assert spans_of(text, empty) == ()


def test_part_of_a_word_is_no_hit_and_blanks_or_signs_do_not_matter():
    assert spans_of("conditions", "condition")
    assert not spans_of("unconditional", "condition")
    assert spans_of("support and\n solidarity", "support  and solidarity")
    assert spans_of("in all-out struggle", "all-out")


def test_unconditional_is_found_where_the_log_has_it(tables):
    hits = find(tables, "unconditional")
    phrases = tables.messages[
        tables.messages["key_phrase"].str.lower().str.contains("unconditional")
    ]
    assert set(phrases["message_id"]) == {a for a in hits["address"] if a.startswith("M")}
    assert list(hits["date"]) == sorted(hits["date"])
    assert first_found(hits)["address"] == "M2023-09-13-a"
    assert find(tables, "unconditional", by_stem=False)["address"].tolist() == ["M2023-09-13-a"]
    for hit in hits.itertuples():
        assert all("ncondition" in hit.text[a:b] for a, b in hit.spans)


def test_a_context_of_the_first_uses_is_searched_where_the_key_phrase_has_not_the_words(tables):
    hits = find(tables, "strategic and tactical cooperation").set_index("address")
    assert hits.at["M2022-08-15-a", "where"] == "key phrase"
    blood = find(tables, "blood").set_index("address")
    assert blood.at["M2025-06-12-a", "where"] == "quoted context"
    assert [hits.index.tolist().count(a) for a in hits.index] == [1] * len(hits)
    outside = find(tables, "same trench")
    assert outside.iloc[0]["where"] == "a page outside the log"
    assert outside.iloc[0]["direction"] == ""


def test_weak_rows_are_found_but_never_first(tables):
    hits = find(tables, "expand and strengthen")
    assert hits["address"].tolist() == ["M2021-06-12-a"]
    assert hits["weak"].tolist() == ["machine-translated wording"]
    assert first_found(hits) is None
    assert first_found(find(tables, "blood"))["weak"] == ""


def test_nothing_later_is_found_before_its_day(tables):
    assert find(tables.as_of("2023-09-12"), "unconditional").empty
    assert find(tables.as_of("2023-09-13"), "unconditional")["address"].tolist() == [
        "M2023-09-13-a"
    ]
    assert find(tables.as_of("2026-01-08"), "respect")["address"].tolist() == ["M2021-09-09-a"]


def test_the_weak_rows_are_those_that_need_care(tables):
    weak = tables.messages[tables.messages["weak"] != ""]
    noted = tables.messages[
        tables.messages["key_phrase_language_note"].str.contains("machine-translated|unattributed")
        | tables.messages["note"].str.contains("WEAK")
    ]
    assert set(weak["message_id"]) == set(noted["message_id"])
    assert len(weak) == 5


def test_two_rows_of_one_meeting_are_one_event(tables):
    log = log_rows(tables)
    second = (log["same_event_as"] != "").sum()
    assert log["event"].nunique() == len(log) - second
    assert log.set_index("message_id").at["M2024-06-19-b", "event"] == "M2024-06-19-a"
    years = log_by_year(tables)
    assert years["rows"].sum() == len(tables.messages)
    assert years["events"].sum() == log["event"].nunique()
    assert years["kcna"].sum() == (tables.messages["first_publisher"] == "KCNA").sum()


def test_the_moments_are_the_messages_of_our_documents(tables):
    assert moments(tables) == ["M2022-08-15-a", "M2024-06-19-a", LETTER]


# elements


def test_each_element_stands_word_for_word_where_it_is_said_to(tables):
    messages, facts = (tables.messages.set_index("message_id"), tables.facts.set_index("fact_id"))
    for row in tables.elements.itertuples():
        if row.seen_in in ("key phrase", "note"):
            text = messages.at[row.message_id, row.seen_in.replace(" ", "_")]
        else:
            text = facts.at[row.seen_in, "fact"]
        assert row.words in text, row


def test_each_coded_word_stands_in_the_extract_that_a_class_reads(tables):
    """What the coder saw in a note is shown besides the key phrase: no key rests on words that only
    the table has.
    """
    for message, rows in tables.elements[
        tables.elements["seen_in"].isin(["key phrase", "note"])
    ].groupby("message_id"):
        shown = unescape(extract_message(tables, message).html())
        assert all(words in shown for words in rows["words"]), message


def test_no_element_of_a_key_phrase_is_overlooked(tables):
    """Kim's rows with 'unconditional' or an object of all policies, measures or decisions are coded
    so.
    """
    coded = {(r.message_id, r.element): r.present for r in tables.elements.itertuples()}
    for row in tables.messages.itertuples():
        if re.search("unconditional", row.key_phrase, re.I):
            assert coded[row.message_id, "unconditional"] == "yes"
        if re.search(r"support.*\ball\b.*(policies|measures|decisions)", row.key_phrase):
            assert (row.message_id, "unlimited_object") in coded
        if (
            re.match(r"I ", row.key_phrase)
            and row.form in ("letter", "telegram")
            and row.direction == "kim_to_putin"
        ):
            assert coded[row.message_id, "first_person"] == "yes"
    said = tables.messages[
        (tables.messages["direction"] != "putin_to_kim") & (tables.messages["weak"] == "")
    ]
    said = said[said["key_phrase"].str.contains("support", case=False)]
    assert set(said["message_id"]) - set(tables.elements["message_id"]) == {
        "M2023-10-18-a"
    }  # Lavrov's, the one envoy of Moscow's among them
    assert not set(tables.elements["message_id"]) & set(
        tables.messages.loc[tables.messages["direction"] == "putin_to_kim", "message_id"]
    )


def test_only_the_letter_of_january_2026_holds_all(tables):
    matrix = element_matrix(tables)
    held = (matrix[list(ELEMENTS)] == "yes").sum(axis=1)
    assert held.idxmax() == LETTER
    assert held[LETTER] == len(ELEMENTS)
    assert held.drop(LETTER).max() == 4
    assert held.drop(LETTER).idxmax() == "M2023-09-13-a"
    assert (matrix.drop(LETTER)["respect"] == "not seen").all()
    ages = element_ages(tables).set_index("element")
    assert ages.index[ages["found"] == "not found in one"].tolist() == ["respect", "all together"]
    assert ages.loc["first_person", "first"] == "M2019-04-18-a"
    assert ages.loc["permanence", "first"] == "M2023-09-13-a"
    for earlier, element in (
        ("M2024-05-09-a", "first_person"),
        ("M2024-10-07-a", "first_person"),
        ("M2023-09-13-a", "unlimited_object"),
        ("M2024-06-19-b", "unlimited_object"),
        ("M2025-08-12-a", "unlimited_object"),
        ("M2024-10-07-a", "permanence"),
        ("M2025-10-23-a", "permanence"),
    ):
        assert matrix.at[earlier, element] == "yes"


def test_the_elements_title_follows_the_table(tables):
    exhibit = elements(tables)
    six = f"all {number(len(ELEMENTS))} elements"
    assert exhibit.title.startswith(f"Only the letter of 8 January 2026 holds {six}")
    assert (
        exhibit.html().count("? not seen</span>")
        == (element_matrix(tables)[list(ELEMENTS)] == "not seen").sum().sum()
    )
    changed = Tables(tables.folder)
    changed.elements = tables.elements[
        ~((tables.elements["message_id"] == LETTER) & (tables.elements["element"] == "respect"))
    ]
    assert elements(changed).title.startswith("No messages hold all six")


def test_versions_say_what_varies(tables):
    exhibit = versions(tables, LETTER)
    rows = (tables.renderings["message_id"] == LETTER).sum()
    assert exhibit.title.startswith(f"Of {number(rows)} versions ")
    assert "lang='ko'" in exhibit.html()
    assert "F279" in exhibit.html()
    with pytest.raises(ValueError, match="no versions"):
        versions(tables, "M2019-04-12-a")
    quoted = tables.facts.set_index("fact_id")
    for row in tables.renderings.itertuples():
        here = tables.resolve(row.address)[0].text + (
            quoted.at[row.address, "note"]
            if row.address.startswith("F")
            else tables.messages.set_index("message_id").at[row.address, "note"]
        )
        assert row.words in here, row


# exhibits


def test_first_uses(tables):
    exhibit = first_uses(tables)
    found = tables.first_uses["first_date"]
    assert exhibit.title.startswith(
        f"Of {len(found)} wordings in our count,"
        f" {number((found < '2022-08-15').sum())} were found before"
    )
    assert "not first ever" in exhibit.subtitle
    support = first_uses(tables, about="support")
    assert len(support.rows) == tables.first_uses["wording"].str.contains("support").sum()
    assert "page of www.redstartv.org" in exhibit.html()
    assert "//www.redstartv.org" not in exhibit.html()
    flagged = tables.messages[
        (tables.messages["link"] == "no")
        & tables.messages["message_id"].isin(tables.first_uses["found_in"])
    ]
    assert (
        {"M2020-05-09-a", "M2022-05-09-a"}
        <= set(flagged["message_id"])
        <= {row.address for row in exhibit.evidence}
    )
    assert not any(url in exhibit.html() for url in flagged["source_url"])


def test_an_extract_of_a_message(tables):
    exhibit = extract_message(tables, "M2024-10-07-a")
    assert "disinterested support" in exhibit.html()
    assert "excerpts only" in exhibit.subtitle
    assert "Also quoted from it" in exhibit.html()
    assert "Pyongyang will always stand by Moscow" in exhibit.html()
    assert extract_message(tables, "M2023-08-15-b").title.startswith(
        "Who published it first is not settled"
    )
    with pytest.raises(ValueError, match="no wording was seen"):
        extract_message(tables, "M2026-01-09-a")
    then = extract_message(tables.as_of("2022-08-01"), "M2022-06-12-a").html()
    assert "Babel&#x27;s paraphrase" in then or "Babel's paraphrase" in then
    assert "babel.ua" not in then


def test_the_log_counts_each_lane_in_alphabetical_order_and_says_that_they_have_none(tables):
    picture = message_log(tables)
    names = [label.get_text() for label in picture.axes[0].get_yticklabels()]
    counts = tables.messages["support_wording"].value_counts()
    assert names == [f"{name} · {counts[lane]}" for lane, name in LANES.items()]
    assert list(LANES.values()) == sorted(LANES.values())
    events = log_rows(tables)["event"].nunique()
    assert "unordered" in picture.subtitle
    assert f"{events} events" in picture.subtitle
    support = ["full_support", "support_solidarity", "unconditional_support"]
    assert (
        not tables.messages[(tables.messages["direction"] == "putin_to_kim")]["support_wording"]
        .isin(support)
        .any()
    )
    for word in ("step", "escalat", "rise", "climb", "strong"):
        assert word not in picture.title


def marks(picture):
    return [
        line
        for line in picture.axes[0].get_lines()
        if line.get_marker() in "^vDo" and len(line.get_xdata())
    ]


def test_every_row_has_its_mark_weak_ones_hollow_and_none_hides_another(tables):
    picture = message_log(tables)
    found = [
        (matplotlib.dates.date2num(x), y, line.get_markerfacecolor())
        for line in marks(picture)
        for x, y in zip(line.get_xdata(), line.get_ydata())
    ]
    assert len(found) == len(tables.messages)
    assert sum(colour == "white" for _, _, colour in found) == (tables.messages["weak"] != "").sum()
    places = picture.axes[0].transData.transform([(x, y) for x, y, _ in found])
    for i, (x, y) in enumerate(places):
        for u, v in places[i + 1 :]:
            assert abs(x - u) + abs(y - v) > 4


def test_a_log_of_900_is_counted_by_quarter(tables, log_of_900):
    rows = len(log_of_900.messages)
    assert rows == 10 * len(tables.messages) > MANY
    picture = message_log(log_of_900)
    assert len(picture.svg()) < 400_000
    assert not marks(picture)
    assert "by quarter" in picture.subtitle
    assert f"{rows} rows" in picture.subtitle


def test_the_bars_of_900_add_up(log_of_900):
    counts = log_of_900.messages["support_wording"].value_counts()
    names = [label.get_text() for label in message_log(log_of_900).axes[0].get_yticklabels()]
    assert names == [f"{name} · {counts[lane]}" for lane, name in LANES.items()]


@pytest.mark.parametrize("many", [False, True])
def test_text_of_the_log_is_large_inside_and_apart(tables, log_of_900, many):
    check_legible(message_log(log_of_900 if many else tables))


def test_text_of_the_publishers_is_large_inside_and_apart(tables):
    check_legible(who_published(tables))


@pytest.mark.parametrize("draw", [message_log, who_published])
def test_pictures_of_the_log_have_the_same_bytes(tables, draw):
    picture = draw(tables)
    assert picture.svg() == picture.svg() == draw(tables).svg()


def test_kcnas_share_is_the_tables(tables):
    first = (tables.messages["first_publisher"] == "KCNA").sum()
    assert f"publisher of {first} of {len(tables.messages)} rows" in who_published(tables).title
    unsettled = tables.messages.loc[
        tables.messages["first_publisher"] == "not settled", "message_id"
    ]
    assert set(unsettled) == {
        "M2019-04-25-a",
        "M2019-04-25-b",
        "M2023-08-15-b",
        "M2023-09-09-a",
        "M2023-09-13-a",
        "M2023-09-13-b",
        "M2023-10-12-b",
        "M2024-06-18-a",
        "M2024-06-19-a",
        "M2024-06-19-b",
        "M2024-06-19-c",
        "M2024-06-19-d",
        "M2025-06-04-a",
        "M2025-09-03-a",
    }


@pytest.mark.parametrize(
    "exhibit",
    [message_log, who_published, first_uses, elements, element_grid],
    ids=lambda f: f.__name__,
)
def test_no_exhibit_of_the_log_leaks(planted, exhibit):  # noqa: F811
    shown = exhibit(planted.as_of("2025-12-31"))
    words = re.sub(r"data:image[^\"]*", "", shown.html() + shown.plain())
    assert MARK not in words
    assert "2030" not in words
    assert "2026-01" not in words
    assert "unconditionally respect" not in words


# the phrase finder


def test_the_finder_is_stored_as_of_the_eve_of_the_first_letters(planted):  # noqa: F811
    panel = find_phrase(planted)
    text, html = panel.stored()
    assert "as of 14 August 2022: none found" in text
    assert "“None found” is not “none sent”" in html
    assert MARK not in text + html
    assert not re.search(r"202[3-9]|2030", text + html)


def test_the_finder_counts_the_phrases_that_it_looked_through(tables):
    panel = find_phrase(tables, "zebra")
    days = control(panel, SelectionSlider).options
    phrases = [phrase for phrase in tables.messages["key_phrase"] if phrase]
    assert 0 < len(phrases) < len(tables.messages)
    control(panel, SelectionSlider).value = days[-1][1]
    assert f"none of the {len(phrases)} key phrases public on that day has it" in panel.result
    longest = max(len(phrase.split()) for phrase in phrases)
    assert f"of at most {longest} words" in panel.result


def test_the_finder_on_every_day_shows_what_was_public(planted):  # noqa: F811
    panel = find_phrase(planted, "support")
    slider = control(panel, SelectionSlider)
    for label, day in slider.options[:-1]:
        if day >= "2030":
            continue
        slider.value = day
        then = planted.as_of(day)
        shown = set(re.findall(r"M\d{4}-\d\d-\d\d-[a-z]", panel.result))
        assert label in panel.says
        assert shown <= set(then.messages["message_id"])
        assert MARK not in panel.result
        assert panel.result.count("<tr><td>") == len(find(then, "support"))
        assert set(control(panel, Dropdown).options[1:]) == set(wordings(then))
        assert MARK not in str(control(panel, Dropdown).options)


def test_the_finder_marks_the_words_and_says_who_and_where(tables):
    panel = find_phrase(tables)
    control(panel, SelectionSlider).value = LATEST
    places = len(find(tables, "unconditional"))
    assert panel.says.startswith(
        f"“unconditional”, in any form, with all we have: found in {number(places)} places."
    )
    assert "(M2023-09-13-a). One weak row left out of that comparison." in panel.says
    assert "full and <mark>[unconditional]</mark> support" in panel.result
    assert "weak: machine-translated wording" in panel.result
    assert panel.result.count("▸ first found") == 1
    assert "https://tass.com/world/1988683" in panel.result
    assert "<a " not in panel.result
    control(panel, Checkbox, "Show the rows").value = True
    assert rows_table(tables.resolve("M2023-09-13-a"))[:60] in panel.result
    assert "page of M2023-09-13-a</a>" in panel.result
    control(panel, Checkbox, "other forms too (unconditionally, supports)").value = False
    assert "exactly so" in panel.says
    assert "found in one place" in panel.says


def test_the_finder_takes_a_wording_from_the_list_and_back(tables):
    panel = find_phrase(tables)
    slider, chosen, own = (
        control(panel, SelectionSlider),
        control(panel, Dropdown),
        control(panel, Text),
    )
    slider.value = LATEST
    chosen.value = "same trench"
    assert own.value == "same trench"
    assert panel.says.startswith("“same trench”")
    own.value = "alliance of"
    assert chosen.value == OWN
    assert "“alliance of”" in panel.says
    chosen.value = "same trench"
    slider.value = slider.options[0][1]
    assert chosen.value == OWN
    assert "same trench" not in chosen.options
    assert "none found" in panel.says
    assert own.value == "same trench"


def test_the_finder_escapes_and_shortens_what_is_typed(tables):
    panel = find_phrase(tables, "<script>alert(1)</script>")
    assert "<script" not in panel.stored()[1]
    assert "none found" in panel.says
    own = control(panel, Text)
    own.value = "support " + "x" * 10_000
    assert panel.says.startswith(f"Only the first {LONGEST} characters are looked for.")
    assert len(panel.says) < 250
    own.value = "   "
    assert panel.says == "No wording yet."
    own.value = "ключ \u202e🙂"
    assert "none found" in panel.says


def test_rows_with_weak_wording_alone_name_no_first_use(tables):
    panel = find_phrase(tables, "expand and strengthen in all areas")
    control(panel, SelectionSlider).value = LATEST
    assert panel.says.endswith("All of them are weak: no first use is named.")
    assert "▸ first found" not in panel.result


def test_the_days_of_the_finder_come_from_the_tables(tables):
    days = days_of_the_log(tables)
    assert days == sorted(days)
    assert days[0] == "2022-08-14"
    assert {"2022-08-15", "2023-09-13", "2024-06-19", "2026-01-09"} <= set(days)


def test_nothing_above_the_headline_answers_it():
    import json

    page = json.loads((HOUSE / "notebooks" / "07-unconditional.ipynb").read_text(encoding="utf-8"))[
        "cells"
    ]
    above = ""
    for cell in page:
        if cell["id"] == "headline":
            break
        above += "".join(cell["source"]) + str(cell.get("outputs", ""))
    assert "2023-09" not in above
    assert "September 2023" not in above
    assert "27 months" not in above


def test_nothing_above_the_corrected_headline_tells_when_the_word_was_first_found():
    import json

    page = json.loads((HOUSE / "notebooks" / "07-unconditional.ipynb").read_text(encoding="utf-8"))
    above = ""
    for cell in page["cells"]:
        if cell["id"] == "line":
            break
        above += "".join(cell["source"])
        for output in cell["outputs"] if cell["cell_type"] == "code" else ():
            above += "".join("".join(text) for text in output["data"].values())
    above = re.sub(r"data:image[^\"]*", "", above)
    for told in ("2023-09", "Vostochny", "September 2023", "27 months", "full and unconditional"):
        assert told not in above
