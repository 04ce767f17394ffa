"""Declared panels: what a declaration gives, and that every panel's states are what its controls
allow and are what it shows.
"""

import inspect
import re
from math import prod
from typing import get_type_hints

import pytest
from ipywidgets import Button, Checkbox, Dropdown, SelectionSlider, Text

import casebook
from casebook.core.tables import Evidence
from casebook.figure import Exhibit, rows_table
from casebook.panel.controls import OWN, choose, days, pick, slide, tick, type_in
from casebook.panel.explore import Shown, explore
from helpers import control, controls, press

MOST = 40  # states that are drawn of a panel that has more
WITH = {  # what a panel needs besides tables
    "look_up": ["01"],
    "code_together": ["S3-c11", "voice"],
    "walk_charge": ["troops", ["2022-08-11", "2024-10-25", "2024-12-31"], "Sent, or not?"],
    "weigh_statement": [["2022-08-31"]],
}
WORDS = {word: getattr(casebook, word) for word in casebook.__all__}
WIDGETS = {word: made for word, made in WORDS.items() if "widget" in made.__module__}
SOURCES = {word: inspect.getsource(made) for word, made in WIDGETS.items()}
DECLARED = [word for word, source in SOURCES.items() if re.search(r"\bexplore(_days)?\(", source)]
COUNTABLE = [word for word in DECLARED if "type_in(" not in SOURCES[word]]
countable = pytest.mark.parametrize("declared", COUNTABLE, indirect=True)


@pytest.fixture(params=DECLARED, scope="module")
def declared(request, tables):
    make = WIDGETS[request.param]
    of_a_class = "work" in inspect.signature(make).parameters
    subject = request.getfixturevalue("synthetic") if of_a_class else tables
    return make(subject, *WITH.get(request.param, []))


def spread(states):
    """At most ``MOST`` of the states, from the first to the last."""
    return [*states[:: -(-len(states) // MOST)], states[-1]]


# -- all panels of the casebook --------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(WIDGETS) - set(DECLARED)))
def test_what_is_not_declared_says_why_at_its_place_or_is_no_panel(name):
    function = WIDGETS[name]
    made = get_type_hints(function)["return"]
    assert "# Not declared: " in inspect.getsource(function) or issubclass(made, Exhibit)


@countable
def test_the_states_are_as_many_as_the_controls_allow(declared):
    parts, states = declared.declared, list(declared.states())
    assert len({tuple(state.values()) for state in states}) == len(states)
    assert declared.values in states
    if not any(part.needs for part in parts.values()):
        assert len(states) == prod(len(part.offered({})) for part in parts.values())
    for state in spread(states):
        for name, part in parts.items():
            assert state[name] in [value for _, value in part.offered(state)]


@pytest.mark.slow
@countable
def test_each_state_is_what_the_panel_shows_once_its_controls_are_set(declared, monkeypatch):
    monkeypatch.delenv("CASEBOOK_TEXTS", raising=False)
    for state in spread(list(declared.states())):
        html, says = declared.state(state)
        for name, part in declared.declared.items():
            part.value = state[name]
        assert declared.values == state
        assert (declared.result, declared.says) == (html, says)
        assert html.startswith("<")
        assert says


def test_only_a_text_to_type_in_keeps_the_states_from_being_counted(declared):
    typed = any(isinstance(part.widgets[0], Text) for part in declared.declared.values())
    assert (declared.states() is None) == typed
    assert declared.state(declared.values) == (declared.result, declared.says)


# -- the declaration itself ------------------------------------------------------------------------

ROW = Evidence("F001", "what stands there", "where from", "2024", "")


class Words(Exhibit):
    """An exhibit that shows its title."""

    def body(self) -> str:
        return f"<p>{self.title}</p>"


def drawn(text: str, evidence=(ROW,)) -> Exhibit:
    return Words().describe(text, "", text, "F001", evidence)


def test_an_exhibit_is_drawn_said_and_its_rows_are_opened_on_request():
    panel = explore(
        "Which?",
        what=choose("What", [("the first", 1), ("the second", 2)]),
        draw=lambda what: drawn(f"Number {what}"),
    )
    assert panel.says == "Number 1."
    assert "<p>Number 1</p>" in panel.result
    assert "<p>What: the first</p>" in panel.stored()[1]
    control(panel, Checkbox, "Show the rows").value = True
    assert panel.result.endswith(rows_table([ROW]))
    assert panel.rows({"what": 2}) == rows_table([ROW])
    control(panel, Dropdown).value = 2
    assert panel.says == "Number 2."
    assert panel.result.endswith(rows_table([ROW]))
    assert panel.state({"what": 2})[0] in panel.result
    assert "<p>What: the second</p>" in panel.stored()[1]


def test_a_state_is_drawn_once_and_its_rows_are_asked_for_only_when_shown():
    calls = []

    def rows():
        calls.append("rows")
        return [ROW]

    def draw(on):
        calls.append(on)
        return Shown("<p>here</p>", "Here.", rows)

    panel = explore("Which?", on=tick("On"), draw=draw)
    box = control(panel, Checkbox, "On")
    for value in (True, False, True):
        box.value = value
    assert calls == [False, True]
    control(panel, Checkbox, "Show the rows").value = True
    control(panel, Checkbox, "Show the rows").value = False
    control(panel, Checkbox, "Show the rows").value = True
    assert calls == [False, True, "rows"]


def test_what_hangs_on_more_than_the_values_is_drawn_anew_each_time():
    calls = []

    def draw(on):
        calls.append(on)
        return Shown("<p>here</p>", "Here.")

    panel = explore("Which?", on=tick("On"), draw=draw, rows="", fresh=True)
    control(panel, Checkbox).value = True
    control(panel, Checkbox).value = False
    assert calls == [False, True, False]
    assert not [box for box in controls(panel, Checkbox) if box.description == "Show the rows"]


def test_what_is_live_only_is_neither_stored_nor_a_state():
    panel = explore(
        "Which?",
        n=slide("N", [1, 2]),
        draw=lambda n: Shown("<p>stored</p>", "Stored."),
        live=lambda n: Shown("<p>secret</p>", "Live."),
        rows="",
    )
    assert panel.result == "<p>stored</p>"
    assert "secret" not in panel.stored()[1]
    control(panel, SelectionSlider).value = 2
    assert panel.result == "<p>secret</p>"
    assert panel.state({"n": 2}) == ("<p>stored</p>", "Stored.")


def test_days_step_by_slider_and_buttons_and_say_where_they_end():
    panel = explore(
        "When?",
        day=days(["2022-08-31", "2024-06-19"], latest=True),
        draw=lambda day: drawn(f"On {day}"),
        stored="{day}",
    )
    assert [state["day"] for state in panel.states()] == ["2022-08-31", "2024-06-19", None]
    press(panel, "Earlier")
    press(panel, "Earlier")
    assert panel.says == "No earlier day. On 2022-08-31."
    assert panel.values["day"] == "2022-08-31"
    for _ in range(3):
        press(panel, "Later")
    assert panel.says == "No later day. On None."
    assert "<p>With all we have</p>" in panel.stored()[1]
    press(panel, "Earlier")
    assert panel.says == "On 2024-06-19."
    assert "<p>As of 19 June 2024</p>" in panel.stored()[1]
    assert [button.disabled for button in controls(panel, Button)] == [False, False]


def test_several_may_be_picked_and_every_set_of_them_is_a_state():
    panel = explore(
        "Which?",
        some=pick("Some", [("A", 1), ("B", 2), ("C", 3)], [2]),
        draw=lambda some: drawn(f"{some}"),
        rows="",
    )
    assert panel.says == "(2,)."
    assert "<p>Some: B</p>" in panel.stored()[1]
    control(panel, Checkbox, "A").value = True
    assert panel.values == {"some": (1, 2)}
    assert "<p>Some: A, B</p>" in panel.stored()[1]
    states = [state["some"] for state in panel.states()]
    assert len(states) == 8
    assert states[0] == ()
    assert states[-1] == (1, 2, 3)
    panel.declared["some"].value = ()
    assert panel.says == "()."
    assert "<p>Some: none</p>" in panel.stored()[1]


def test_options_follow_another_control_and_keep_what_is_still_offered():
    shown = []

    def draw(word, letter):
        shown.append((word, letter))
        return drawn(f"{letter} of {word}")

    panel = explore(
        "Which?",
        word=choose("Word", ["abc", "bcd", "xyz"]),
        letter=choose("Letter", lambda word: list(word), "b"),
        draw=draw,
    )
    word, letter = controls(panel, Dropdown)
    assert letter.options == ("a", "b", "c")
    assert panel.values["letter"] == "b"
    letter.value = "c"
    word.value = "bcd"
    assert panel.values == {"word": "bcd", "letter": "c"}
    assert letter.options == ("b", "c", "d")
    word.value = "xyz"
    assert panel.values == {"word": "xyz", "letter": "x"}
    word.value = "abc"
    assert panel.values == {"word": "abc", "letter": "b"}
    assert len(list(panel.states())) == 9
    assert all(letter in word for word, letter in shown)  # no state between two is ever drawn


def test_a_control_starts_anew_or_takes_up_what_it_was_when_another_moves():
    panel = explore(
        "Which?",
        who=choose("Who", ["A", "B"]),
        guess=choose("Guess", ["none", "yes", "no"], per="who"),
        opened=tick("Open", anew="who"),
        draw=lambda who, guess, opened: drawn(f"{who} {guess} {opened}"),
        rows="",
    )
    who, guess = controls(panel, Dropdown)
    guess.value = "yes"
    control(panel, Checkbox).value = True
    who.value = "B"
    assert panel.says == "B none False."
    guess.value = "no"
    who.value = "A"
    assert panel.says == "A yes False."
    who.value = "B"
    assert panel.says == "B no False."


def test_a_text_is_typed_in_or_taken_from_a_list_and_has_no_states():
    panel = explore(
        "Which?",
        text=type_in("Text", "own", offers=lambda day: ["one", "two"] if day else ["three"]),
        day=days(["2022-08-31"], latest=True, steps=False),
        draw=lambda text, day: drawn(f"{text} {day}"),
    )
    box, listed = control(panel, Text), control(panel, Dropdown)
    assert panel.states() is None
    assert listed.options == (OWN, "one", "two")
    listed.value = "two"
    assert box.value == "two"
    assert panel.says == "two 2022-08-31."
    box.value = "twofold"
    assert listed.value == OWN
    assert panel.says == "twofold 2022-08-31."
    listed.value = "one"
    control(panel, SelectionSlider).value = "latest"
    assert listed.options == (OWN, "three")
    assert listed.value == OWN
    assert panel.says == "one None."
    assert panel.state({"text": "any", "day": None})[1] == "any None."


def test_a_drawing_that_does_not_take_the_controls_is_refused():
    with pytest.raises(TypeError, match="nobody"):
        explore("Which?", on=tick("On"), draw=lambda nobody: drawn("none"))
