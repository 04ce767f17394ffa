"""A teacher's page and its lesson agree: minutes, what may be left out, what is known on a
page's day; and no text says more of an outlet than a row does.
"""

import json
import re

import pytest

from casebook.core import addresses
from casebook.core.tables import open_tables
from helpers import HOUSE, PAGES, lessons, prose

LESSONS = open_tables().lessons.set_index("lesson")
CORE = [p for p in lessons() if LESSONS.at[p.stem[:2], "tier"] in ("core path", "methods lab")]
each = pytest.mark.parametrize("path", lessons(), ids=lambda p: p.stem)
each_core = pytest.mark.parametrize("path", CORE, ids=lambda p: p.stem)


def markdown(path):
    """The text cells of a notebook, (id, text)."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [(c["id"], "".join(c["source"])) for c in cells if c["cell_type"] == "markdown"]


# -- minutes ---------------------------------------------------------------------------------------


def clock(path):
    """The minutes at which the parts of a lesson end, by its headings."""
    text = "\n".join(text for _, text in markdown(path))
    ends, now = [0], 0
    for minutes in re.findall(r"^## .* · (\d+) minutes", text, re.M):
        now += int(minutes)
        ends.append(now)
    return ends


def table_under(page, heading):
    """The rows (from, to) of the table of minutes under a heading that begins so."""
    part = re.search(rf"^## (?:{heading}).*?\n(.*?)(?=^## |\Z)", page, re.M | re.S)
    return [(int(a), int(b)) for a, b in re.findall(r"^\| (\d+)-(\d+) \|", part[1], re.M)]


def astray(rows, ends):
    """The rows that cut a part of the lesson in two: neither within one part, nor whole parts."""
    return [
        (a, b)
        for a, b in rows
        if any(a < end < b for end in ends) and not (a in ends and b in ends)
    ]


def teachers_page(path):
    return (HOUSE / "teach" / f"{path.stem[:2]}.md").read_text(encoding="utf-8")


@each_core
def test_the_teachers_minutes_are_the_lessons(path):
    rows = table_under(teachers_page(path), "45 minutes|60 minutes")
    assert rows[-1][1] == clock(path)[-1]
    assert not astray(rows, clock(path))


@each
def test_minutes_follow_each_other(path):
    page = teachers_page(path)
    for rows in (table_under(page, "15 minutes"), table_under(page, "(?:45|60|10) minutes")):
        assert all(before[1] == after[0] for before, after in zip(rows, rows[1:]))
    assert table_under(page, "15 minutes")[-1][1] == 15


def test_a_minute_that_strays_is_noticed():
    ends = [0, 4, 14, 21]
    assert not astray([(0, 4), (4, 21)], ends)
    assert not astray([(0, 4), (4, 10), (10, 14), (14, 21)], ends)
    assert astray([(0, 5), (5, 14)], ends) == [(0, 5)]


# -- what may be left out --------------------------------------------------------------------------


def left_out():
    """(the row's lessons, the headings that it leaves out) of each row of the plan that names
    some, in italics.
    """
    plan = (HOUSE / "teach" / "plan.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in plan.splitlines() if line.startswith("| ")]
    for cells in (row for row in rows if len(row) == 5):
        headings = re.findall(r"\*([^*]+)\*", cells[3])
        if headings:
            yield set(re.findall(r"\b\d\d\b", cells[1])), headings


def in_the_core(lesson):
    """The headings of a lesson above *More time*, without their minutes."""
    path = next(p for p in lessons() if p.stem[:2] == lesson)
    core = "\n".join(text for _, text in markdown(path)).split("\n## More time")[0]
    return {heading.split(" · ")[0] for heading in re.findall(r"^#{2,} (.*)$", core, re.M)}


@pytest.mark.prose
def test_what_the_plan_leaves_out_stands_in_the_core():
    rows = list(left_out())
    assert len(rows) >= 4
    for numbers, headings in rows:
        core = set().union(*(in_the_core(lesson) for lesson in numbers))
        assert set(headings) <= core, f"{numbers}: {set(headings) - core} saves no minute"


def test_a_part_of_more_time_is_not_in_the_core():
    assert "Read three extracts" in in_the_core("01")
    assert "A picture and its caption" not in in_the_core("01")


@each
def test_each_lesson_has_a_part_for_those_with_more_time(path):
    assert any(text.startswith("## More time") for _, text in markdown(path))


# -- what a page knows -----------------------------------------------------------------------------


def known_after(tables, text, day):
    """The addresses in a text that no one could have had on a day."""
    then = tables.as_of(day)
    here = {row.address for row in tables.resolve(text)}
    return here - {row.address for row in then.resolve(text)}


@pytest.mark.prose
def test_nothing_above_the_first_forecast_is_of_a_later_day(tables):
    path = next(p for p in lessons() if p.stem.startswith("00"))
    above = []
    for name, text in markdown(path):
        above.append(text)
        if name == "forecast-ask":
            break
    text = "\n".join(above)
    assert "1 August 2022" in text
    assert len(addresses.parse_all(text)) >= 5
    assert not known_after(tables, text, "2022-08-01")


def test_a_later_address_is_noticed(tables):
    assert known_after(tables, "Kim leads North Korea (F380, F010).", "2022-08-01") == {"F380"}


# -- what is known of an outlet --------------------------------------------------------------------

# No page on the site was found (Q054); its piece is written as by an American (F108).
NEAR = r"[^.|\n]{0,70}"
SAID_OF_THE_SITE = re.compile(
    rf"Red-Blooded Conservative{NEAR}\b(?:American|US (?:site|outlet|newspaper))\b"
    rf"|\b(?:American|US) (?:site|outlet|blog){NEAR}Red-Blooded Conservative"
    r"|\bopinion site\b|\bsite of opinion\b",
    re.I,
)


def said_of_the_site(text):
    return SAID_OF_THE_SITE.findall(text.replace("as by an American", "").replace("**", ""))


@pytest.mark.prose
def test_no_text_calls_red_blooded_conservative_american():
    texts = {path.name: " ".join(prose(path).split()) for path in PAGES}
    for path in sorted((HOUSE / "seeds").rglob("*.yaml")):
        texts[str(path.relative_to(HOUSE))] = path.read_text(encoding="utf-8")
    assert any("Red-Blooded Conservative" in text for text in texts.values())
    assert not {name: found for name, text in texts.items() if (found := said_of_the_site(text))}


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        ("one by **Red-Blooded Conservative**, an American site where a writer", True),
        ("Tick Red-Blooded Conservative, an opinion site, and read", True),
        ("Red-Blooded Conservative, a site whose piece is written as by an American.", False),
    ],
)
def test_a_site_called_american_is_noticed(text, noticed):
    assert bool(said_of_the_site(text)) == noticed
