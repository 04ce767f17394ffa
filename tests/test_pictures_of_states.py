"""Pictures put together from parts: a state looks as if matplotlib had drawn it alone, whatever was
shown before.
"""

import datetime as dt
import io
import re
from xml.etree import ElementTree

import matplotlib.colors
import numpy as np
import pytest

from casebook.figure import Box, LayeredPicture, Picture, place_all, place_labels
from casebook.subjects.arc.charts.arc import ArcPicture
from casebook.subjects.arc.widgets import days_that_matter
from casebook.subjects.council.charts.council import CouncilPicture
from casebook.subjects.council.widgets import council_days
from casebook.subjects.sanctions.charts.twins import TwinsPicture
from casebook.subjects.sanctions.widgets import SHOWN
from casebook.subjects.stances.charts.lanes import LanesPicture
from casebook.subjects.stances.methods import days_of_stances

pytestmark = pytest.mark.slow


def on_days(kind, days):
    """(the class, its states in an order, how a picture shows one) of a picture that an as-of
    control moves.
    """
    return (
        kind,
        lambda tables: [*map(dt.date.fromisoformat, days(tables)), None],
        lambda picture, state: picture.as_of(state),
    )


SETTINGS = [
    (countries, start, shape, unit, order)
    for countries in SHOWN.values()
    for start in (0, 1500, 2077, 2500)
    for shape, unit, order in (
        ("bars", "listings", "largest"),
        ("sheets", "times", "smallest"),
        ("fair sheets", "share", "alphabet"),
    )
]
KINDS = {
    "arc": on_days(ArcPicture, days_that_matter),
    "lanes": on_days(LanesPicture, days_of_stances),
    "council": on_days(CouncilPicture, council_days),
    "twins": (TwinsPicture, lambda tables: SETTINGS, lambda picture, state: picture.as_set(*state)),
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(params=KINDS)
def moved(request, tables):
    """(the class, its states, how one is shown, a picture that has shown every one of them)."""
    kind, states, show = KINDS[request.param]
    picture, found = kind(tables), states(tables)
    for state in found:
        show(picture, state).svg()
    return kind, found, show, picture


def marks(svg: bytes) -> list:
    """Everything that an SVG draws, in its order, with its glyphs and marks looked up: [(tag,
    style, place, outline)].
    """
    root = ElementTree.fromstring(svg)
    outlines = {
        e.get("id"): [
            (part.tag, part.get("d"), part.get("style"), part.get("x"), part.get("y"))
            for part in e.iter()
        ]
        for defs in root.iter(f"{SVG}defs")
        for e in defs
    }
    parents = {child: parent for parent in root.iter() for child in parent}
    inside = {e for defs in root.iter(f"{SVG}defs") for e in defs.iter()}
    found = []
    for e in root.iter():
        if e not in inside and e.tag in (f"{SVG}path", f"{SVG}use"):
            looks = re.sub(
                r"url\(#(\w+)\)",
                lambda m: str(outlines[m[1]]),
                f"{e.get('style')} {e.get('clip-path', '')} {parents[e].get('clip-path', '')}"
                f" {parents[e].get('style')}",
            )
            found.append(
                (
                    e.tag,
                    looks,
                    e.get("x"),
                    e.get("y"),
                    e.get("transform"),
                    parents[e].get("transform"),
                    e.get("d") or outlines[e.get("{http://www.w3.org/1999/xlink}href")[1:]],
                )
            )
    return found


def test_a_state_gives_the_same_bytes_whatever_was_shown_before(moved, tables):
    kind, states, show, picture = moved
    for state in (states[0], states[len(states) // 2], states[-2], states[-1]):
        assert show(picture, state).svg() == show(kind(tables), state).svg() == picture.svg()


def test_a_state_is_what_matplotlib_draws_in_one_go(moved):
    """The same marks, glyphs, hatches and clips, as often; the order may differ among those at one
    height only.
    """
    _, states, show, picture = moved
    for state in (states[0], states[len(states) // 2], states[-2], states[-1]):
        show(picture, state)
        ours, whole = marks(picture.svg()), marks(Picture.svg(picture))
        assert len(ours) > 50
        assert sorted(map(str, ours)) == sorted(map(str, whole))


def test_what_is_hidden_leaves_nothing_in_the_picture(moved):
    """Not even the shape of a letter that only later words have, nor a comment with their text."""
    _, states, show, picture = moved
    first, last = (show(picture, state).svg().decode() for state in (states[0], states[-1]))
    words = re.findall(r"<!-- (.*?) -->", first)
    assert words
    assert set(re.findall(r"<!-- (.*?) -->", last)) - set(words)
    assert set(re.findall(r'<path id="([^"]+)"', first)) == {
        name for name in re.findall(r'href="#([^"]+)"', first)
    }


def test_each_part_is_drawn_once(moved, monkeypatch):
    _, states, show, picture = moved
    drawn = []
    monkeypatch.setattr(Picture, "svg", lambda self: drawn.append(self))
    for state in states:
        assert show(picture, state).svg()
    assert drawn == [], "all states had been shown: matplotlib had nothing left to draw"


def test_parts_lie_in_the_order_of_their_heights_and_names():
    picture = LayeredPicture(height=2)
    axes = picture.add_subplot()
    axes.set_axis_off()

    def square(colour, zorder):
        return lambda: [axes.axvspan(0, 1, color=colour, zorder=zorder)]

    wanted = {"b": square("#0000ff", 2), "a": square("#00ff00", 2), "c": square("#ff0000", 1)}
    picture.show_parts(wanted)
    assert re.findall(r"fill: (#0000ff|#00ff00|#ff0000)", picture.svg().decode()) == [
        "#ff0000",
        "#00ff00",
        "#0000ff",
    ]
    picture.show_parts({"c": wanted["c"]})
    assert b"#0000ff" not in picture.svg()
    assert b"#ff0000" in picture.svg()
    raster = io.BytesIO()
    picture.savefig(
        raster, format="rgba", dpi=20
    )  # saved in another format, it shows the same state
    assert tuple(np.frombuffer(raster.getvalue(), np.uint8)[-4:]) != (0, 0, 255, 255)
    assert (
        (
            np.frombuffer(raster.getvalue(), np.uint8).reshape(-1, 4)[:, :3]
            == np.array(matplotlib.colors.to_rgb("red")) * 255
        )
        .all(axis=1)
        .any()
    )


def boxes(*spans, line="a"):
    return [Box(line, left, right) for left, right in spans]


def test_a_label_takes_the_first_box_that_is_free():
    here, there = boxes((0, 4)), boxes((0, 4), line="b")
    assert place_labels([here, here + there, here + there]) == [0, 1, None]
    assert place_labels([boxes((0, 4)), boxes((4, 8))]) == [0, 0]
    assert place_labels([boxes((0, 4)), boxes((4, 8))], gap=1) == [0, None]
    assert place_labels([here + there], taken=here) == [1]
    assert place_labels([here], taken=[Box("a", 0, 4, bottom=1, top=2)]) == [0]


def test_where_no_box_is_free_a_label_covers_least_or_takes_its_last():
    crowd = [boxes((0, 4)), boxes((1, 5), (3, 7), (2, 6))]
    assert place_labels(crowd, crowded="cover least") == [0, 1]
    assert place_labels(crowd, crowded="take last") == [0, 2]


def test_a_label_moves_where_a_later_one_would_have_no_room():
    first, second = boxes((0, 4), (6, 9)), boxes((2, 5))
    assert place_labels([first, second]) == [0, None]
    assert place_all([first, second]) == [1, 0]
    assert place_all([second, second]) is None


@pytest.mark.parametrize("name", ["arc", "lanes", "council"])
def test_what_became_public_is_what_the_later_view_has_and_the_earlier_has_not(name, tables):
    kind, states, _ = KINDS[name]
    picture, days = kind(tables), [day for day in states(tables) if day]
    told = [line for pair in zip(days, days[1:]) for line in picture.new_between(*pair)]
    first, last = (picture.rows(picture.view(day)) for day in (days[0], days[-1]))
    assert len(told) == len(last) - len(first) > 0
    assert picture.new_between(days[-1], days[0]) == []
