"""Panels that keep what is done in them: the page's models against the lab's panels, over acts
drawn at random, with what both keep.
"""

import os
import random
import re
import shutil

import pytest
from ipywidgets import HTML, Box, Button, Checkbox, Dropdown, RadioButtons, SelectionSlider, Text

from casebook.answers import Entry, learner
from casebook.edition.notebook import blocks, nobodys_work
from helpers import notebooks

GAMES, ACTS = 6, 40  # learners who begin anew, and what each of them does
KINDS = {
    Dropdown: "select",
    SelectionSlider: "slide",
    RadioButtons: "radio",
    Checkbox: "tick",
    Text: "text",
    Button: "press",
    HTML: "html",
}
with_scenes = pytest.mark.parametrize("notebook", notebooks(), ids=lambda path: path.stem)
PLAY = """([which, before, acts, at]) => {
    localStorage.clear();
    const answers = new casebook.Answers(), data = casebook.scenes[which];
    answers.add(before.map(([kind, key, value], n) => [kind, key, {at: at[n], value}]));
    const scene = new casebook.SCENES[data.model](data, answers, casebook.page.parts);
    const look = () => [scene.says, scene.html, scene.controls.map(c =>
        [c.kind, c.label ?? '', c.options ?? [], c.at, Boolean(c.off)])];
    const act = ([place, value]) => { scene.act(place, value); return look(); };
    const seen = [look(), ...acts.map(act)];
    return [seen, Object.entries(answers.file.answers).flatMap(([kind, entries]) =>
        Object.entries(entries).map(([key, entry]) => [kind, key, entry.value]))]; }"""


def leaves(box):
    """The controls of a panel as one sees them, in their order."""
    return [
        leaf
        for child in box.children
        for leaf in (leaves(child) if isinstance(child, Box) else [child])
    ]


def told_of(control) -> list:
    """What a page's model must tell of a control."""
    kind = KINDS[type(control)]
    if kind == "html":
        return [kind, "", [], control.value, False]
    options, at = [], None
    if kind in ("select", "slide", "radio"):
        options = [called for called, _ in pairs(control)]
        at = -1 if control.index is None else control.index
    elif kind != "press":
        at = control.value
    return [kind, control.description, options, at, control.disabled]


def pairs(control):
    """(what it is called, value) of each option."""
    return [o if isinstance(o, tuple) else (o, o) for o in control.options]


def look(panel) -> list:
    """What a panel says, shows and offers now."""
    return [panel.says, panel.result, [told_of(c) for c in leaves(panel.controls)]]


def play(panel, dice, words, acts=ACTS):
    """Acts drawn at random on a panel of the lab: (the acts, what it said after each)."""
    done, seen = [], [look(panel)]
    for _ in range(acts):
        controls = leaves(panel.controls)
        free = [n for n, c in enumerate(controls) if not getattr(c, "disabled", True)]
        if not free:
            break
        place = dice.choice(free)
        control, kind = controls[place], KINDS[type(controls[place])]
        value = None
        if kind == "press":
            control.click()
        elif kind == "tick":
            value = control.value = not control.value
        elif kind == "text":
            value = control.value = dice.choice(words)
        else:
            value = control.index = dice.randrange(len(control.options))
        done.append([place, value])
        seen.append(look(panel))
    return done, seen


def kept() -> list:
    """What the lab has kept, as the page has it."""
    return sorted([kind, key, entry.value] for (kind, key), entry in learner().entries().items())


def times(before) -> list[str]:
    """When what is kept from before was kept: a second each."""
    return [f"2026-01-31T12:{n // 60:02}:{n % 60:02}Z" for n in range(len(before))]


def anew(before=()):
    """A learner who has kept nothing but what is given."""
    shutil.rmtree(os.environ["CASEBOOK_WORK"], ignore_errors=True)
    entries = zip(before, times(before))
    learner().add({(kind, key): Entry(value, at) for (kind, key, value), at in entries})


def scenes_of(notebook) -> list:
    """The panels of a notebook that a model plays, in the order of its page."""
    return [b.panel for b in blocks(notebook) if b.kind == "panel" and b.panel.in_page]


# The page draws the marks of scores itself, and resamples judgements by dice of its own.
OWN_WAY = re.compile(r"base64,[A-Za-z0-9+/=]+|\([+-]\d+\.\d to [+-]\d+\.\d\)")


def masked(seen):
    """What is seen, but for the bytes of pictures and the intervals of strengths."""
    says, html, controls = seen
    return [says, OWN_WAY.sub("", html), controls]


def begun(scenes, dice) -> list:
    """What some learners have done before, who come to what only many answers open: judgements of
    pairs, whole rounds of codes.
    """
    kept = []
    for data in scenes:
        if data["model"] == "pairs":
            ids = sorted(phrase["id"] for phrase in data["phrases"])
            pairs = [[a, b] for n, a in enumerate(ids) for b in ids[n + 1 :]]
            for pair in dice.sample(pairs, dice.choice([0, 15, 25, 60, 188])):
                chosen = dice.choice([*pair, *pair, data["cannot"]])
                kept.append(["judgement", "|".join(pair), chosen])
        if data["model"] == "coding":
            for number in "12"[: dice.randrange(3)]:
                for claim, code, _, _, settled, _ in data["key"]:
                    other = dice.choice(data["tests"][code])[0]
                    value = settled if dice.random() < 0.7 else other
                    kept.append(["coding", f"{claim}/{number}/{code}", value])
    return kept


WORDS = ["", "Kim “pledges” <b> support & more", "  Two   words ", "full support", "x" * 130]


@with_scenes
def test_a_scene_in_the_page_says_shows_and_keeps_what_the_panel_does(notebook, opened):
    with nobodys_work():
        count = len(scenes_of(notebook))
        if not count:
            return
        page, dice = opened(notebook.stem), random.Random(notebook.stem)
        for which in range(count):
            before = []
            for game in range(GAMES):
                anew(before)
                panel = scenes_of(notebook)[which]
                acts, wanted = play(panel, dice, WORDS)
                ours, left = page.evaluate(PLAY, [which, before, acts, times(before)])
                for step, (one, two) in enumerate(zip(ours, wanted, strict=True)):
                    assert one == two, (panel.question, game, acts[:step])
                assert sorted(left) == kept()
                before = left if game % 2 == 0 else []  # every other learner comes back
