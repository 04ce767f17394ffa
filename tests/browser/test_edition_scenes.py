"""Panels that keep what is done in them: the page's models against the lab's panels, over acts
drawn at random, with what both keep.
"""

import ast
import datetime as dt
import itertools
import json
import os
import random
import re
import shutil
from contextlib import nullcontext

import pytest
from ipywidgets import (
    HTML,
    Box,
    Button,
    Checkbox,
    Dropdown,
    RadioButtons,
    SelectionSlider,
    Text,
    Textarea,
)

from browser.conftest import load
from browser.test_edition import hand_in
from browser.twin import undrawn
from casebook.answers import Entry, learner
from casebook.answers.pool import pool
from casebook.classroom.work import allowed_answers
from casebook.edition.notebook import cells_of, nobodys_work, panels_in
from casebook.subjects.commitment.charts.ladders import STAGES
from casebook.subjects.messages.methods import WORD, spans_of, stem
from helpers import notebooks

GAMES, ACTS = 3, 30  # learners who begin anew, and what each of them does at random
KINDS = {
    Dropdown: "select",
    SelectionSlider: "slide",
    RadioButtons: "radio",
    Checkbox: "tick",
    Text: "text",
    Textarea: "area",
    Button: "press",
    HTML: "html",
}
with_scenes = pytest.mark.parametrize("notebook", notebooks(), ids=lambda path: path.stem)
# Both sides keep things a second apart, however fast they are: a tie could be taken either way.
SECONDS = dt.datetime(2026, 2, 1)
PLAY = """([which, before, acts, at]) => {
    localStorage.clear();
    if (!window.seconds) {
        window.seconds = Date.UTC(2026, 1, 1);
        window.Date = class extends Date {
            constructor(...at) { super(...(at.length ? at : [window.seconds += 1000])); }
        };
    }
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


def play(panel, dice, words, through=False):
    """Acts drawn at random on a panel of the lab: (the acts, what it said after each). Whoever
    goes ``through`` it sets each control once before.
    """
    done, seen = [], [look(panel)]
    first = len(leaves(panel.controls)) if through else 0
    for turn in range(first + ACTS):
        controls = leaves(panel.controls)
        free = [n for n, c in enumerate(controls) if not getattr(c, "disabled", True)]
        if not free:
            break
        place = turn if turn < first and turn in free else dice.choice(free)
        control, kind = controls[place], KINDS[type(controls[place])]
        value = None
        if kind == "press":
            control.click()
        elif kind == "tick":
            value = control.value = not control.value
        elif kind in ("text", "area"):
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


def makers_of(notebook) -> list:
    """For each panel of a notebook that a model plays, in the order of its page, what makes it
    anew.
    """
    space, makers = {}, []
    for cell in cells_of(notebook):
        if cell["cell_type"] != "code" or "code-track" in cell["metadata"].get("tags", []):
            continue
        *before, last = ast.parse("".join(cell["source"])).body
        exec(compile(ast.Module(before, []), notebook.name, "exec"), space)
        if isinstance(last, ast.Expr):
            code = compile(ast.Expression(last.value), notebook.name, "eval")
            found = [panel for panel in panels_in(eval(code, space)) if panel.in_page]
            makers += [
                lambda code=code, n=n: nth(panels_in(eval(code, space)), n)
                for n in range(len(found))
            ]
        else:
            exec(compile(ast.Module([last], []), notebook.name, "exec"), space)
    return makers


def nth(panels, place):
    """The panel at a place among those that a model plays."""
    return [panel for panel in panels if panel.in_page][place]


# The page draws the marks of scores and the last bar itself, and resamples judgements by dice of
# its own.
OWN_PICTURES = ("scores", "own document")
OWN_WAY = {
    **dict.fromkeys(OWN_PICTURES, re.compile(r"base64,[A-Za-z0-9+/=]+")),
    "pairs": re.compile(r"\([+-]\d+\.\d to [+-]\d+\.\d\)"),
}
NOTHING = re.compile(r"(?!)")


def masked(model, seen):
    """What is seen of a model, but for what the page does in its own way."""
    says, html, controls = seen
    return [says, OWN_WAY.get(model, NOTHING).sub("", html), controls]


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
        if data["model"] == "ten pairs":
            for pair in dice.sample(data["pairs"], dice.choice([0, 9, 10, 10])):
                chosen = dice.choice([*pair, *pair, data["cannot"]])
                kept.append(["judgement", "|".join(sorted(pair)), chosen])
        if data["model"] == "coding":
            for number in "12"[: dice.randrange(3)]:
                for claim, code, _, _, settled, _ in data["key"]:
                    other = dice.choice(data["tests"][code])[0]
                    value = settled if dice.random() < 0.7 else other
                    kept.append(["coding", f"{claim}/{number}/{code}", value])
    return kept


WORDS = [
    "",
    "Kim “pledges” <b> support & more",
    "  Two   words ",
    "full support",
    "x" * 130,
    "long " * 90,
]


def told_in(page) -> list:
    """The data of the page's scenes."""
    return page.evaluate("() => casebook.scenes")


@pytest.fixture
def ticking(monkeypatch):
    """A clock for what the lab keeps: each look at it is a second later."""
    later = (SECONDS + dt.timedelta(seconds=n) for n in itertools.count())
    monkeypatch.setattr("casebook.answers.store.now", lambda: f"{next(later):%Y-%m-%dT%H:%M:%SZ}")


@with_scenes
def test_a_scene_in_the_page_says_shows_and_keeps_what_the_panel_does(notebook, opened, ticking):
    """Each learner goes through the scenes of the page in their order, and once more."""
    with nobodys_work():
        makers = makers_of(notebook)
        if not makers:
            return
        page, dice = opened(notebook.stem), random.Random(notebook.stem)
        scenes = told_in(page)
        assert len(scenes) == len(makers)
        for game in range(GAMES):
            before = begun(scenes, dice)
            anew(before)
            for which, make in [*enumerate(makers), *enumerate(makers)]:
                with undrawn() if scenes[which]["model"] in OWN_PICTURES else nullcontext():
                    panel = make()
                    acts, wanted = play(panel, dice, WORDS, through=game == 0)
                seen, left = page.evaluate(PLAY, [which, before, acts, times(before)])
                for step, (one, two) in enumerate(zip(seen, wanted, strict=True)):
                    place = panel.question, game, acts[:step]
                    both = [masked(scenes[which]["model"], it) for it in (one, _plain(two))]
                    assert both[0] == both[1], place
                before = kept()
                assert sorted(left) == before
                anew(before)  # what was kept last is then the same on both sides


def _plain(seen):
    """What is seen as a page has it: lists and texts."""
    return json.loads(json.dumps(seen))


SCALED = """([judged, {alpha, times, seed}, size]) =>
    scaleOf(judged, size, {alpha, times, seed})"""


def test_a_scale_in_the_page_is_the_lab_s_within_the_noise_of_its_resamples(opened, tables):
    """Strengths to the eighth digit; the ends of intervals from 200 draws, by other dice."""
    from casebook.subjects.commitment.methods.scale import judgements_of, scale

    page = opened("08-measuring-commitment")
    mine = judgements_of(tables).drop_duplicates(["first", "second"])
    items = sorted(set(mine["first"]) | set(mine["second"]))
    place = {item: n for n, item in enumerate(items)}
    rows = [[place[r.first], place[r.second], place.get(r.chosen, -1)] for r in mine.itertuples()]
    (told,) = [scene for scene in told_in(page) if scene["model"] == "pairs"]
    ours = page.evaluate(SCALED, [rows, told, len(items)])
    wanted = scale(mine, items)
    assert [items[item] for item, *_ in ours] == list(wanted["phrase_id"])
    for (_, strength, low, high), row in zip(ours, wanted.itertuples()):
        assert strength == pytest.approx(row.strength, abs=1e-7)
        assert abs(low - row.low) + abs(high - row.high) < (row.high - row.low) / 2


ORDERED = """([which, several]) => several.map(kept => {
    const answers = new casebook.Answers();
    const judgement = Object.fromEntries(kept.map(([key, value]) => [key, {value}]));
    answers.held = {answers: {judgement}};
    return new casebook.SCENES.ladders(casebook.scenes[which], answers).own; })"""


def test_the_own_ladder_in_the_page_has_the_lab_s_order_with_equals_in_it(opened, tables):
    """Of ten answers many give two phrasings the same strength: both sides then go by the names."""
    from casebook.subjects.commitment.methods import pairs, scale, ten

    page, dice = opened("08-measuring-commitment"), random.Random(8)
    which = [scene["model"] for scene in told_in(page)].index("ladders")
    six, asked = ten.six_phrasings(tables), [sorted(pair) for pair in ten.ten_pairs(tables)]
    cases, wanted, equal = [], [], 0
    for _ in range(400):
        kept = {"|".join(p): dice.choice([*p, *p, *p, pairs.CANNOT]) for p in asked}
        mine = pairs.class_judgements(kept, "me")
        cases.append(list(kept.items()))
        try:
            wanted.append(ten.own_order(six, mine))
            equal += bool((scale.strengths(mine, six.all).diff().abs() < ten.EQUAL).any())
        except pairs.NotConnected:
            wanted.append(None)
    assert page.evaluate(ORDERED, [which, cases]) == wanted
    assert equal > 40 and None in wanted


STEMMED = "words => words.map(stem)"
SPANNED = "cases => cases.map(([words, phrase, byStem]) => spansOf(words, phrase, byStem))"
LETTERS = "abcdefghijklmnoprstuvxyzAEIOU'’-"
TAILS = ["s", "es", "ies", "ied", "ed", "ing", "ly", "bly", "bility", "ability", "ibility"]
TAILS += ["e", "ee", "ss", "zz", "ness", "'s", "’s"]


def drawn_words(tables, dice, count=4000) -> list[str]:
    """Words of the log, and drawn ones with the endings that the rules look at."""
    log = sorted({word for text in tables.messages["key_phrase"] for word in WORD.findall(text)})
    made = ["".join(dice.choices(LETTERS, k=dice.randrange(1, 9))) for _ in range(count)]
    return [*log, *(word + dice.choice(TAILS) * dice.randrange(3) for word in [*made, *log])]


def test_the_finder_in_the_page_has_the_lab_s_rules(opened, tables):
    page, dice = opened("07-unconditional"), random.Random(7)
    words = drawn_words(tables, dice)
    assert page.evaluate(STEMMED, words) == [stem(word) for word in words]
    texts = [*tables.messages["key_phrase"], "Поддержка, full 지지 — support’s “full-scale” x_y 5½"]
    cases = []
    for text in filter(WORD.search, texts):  # a row may hold no words yet
        for _ in range(20):
            there = WORD.findall(text)
            at = dice.randrange(len(there))
            some = there[at : at + dice.randrange(1, 4)]
            phrase = " ".join(word + dice.choice(["", "", "s", "ly"]) for word in some)
            cases.append(
                [text, phrase.upper() if dice.random() < 0.2 else phrase, dice.random() < 0.6]
            )
    wanted = [[list(span) for span in spans_of(*case)] for case in cases]
    assert sum(map(bool, wanted)) > 500
    assert page.evaluate(SPANNED, cases) == wanted


# -- under the hand --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [1280, 390])
def test_cards_are_voted_on_by_keyboard_alone(width, opened):
    page = opened("01-three-reports", width)
    scene = page.locator("[data-scene]").first
    press = scene.get_by_role("button", name="Open the next card")
    assert scene.get_by_role("radio").first.is_disabled()
    press.focus()
    page.keyboard.press("Enter")
    assert scene.locator(".lp-says").inner_text().startswith("Card 1 of")
    page.keyboard.press("Enter")
    assert scene.locator(".lp-says").inner_text().startswith("Vote first")
    assert page.evaluate("() => document.activeElement.textContent") == "Open the next card"
    scene.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    assert "Your vote: ▲ true." in scene.locator(".lp-says").inner_text()
    assert page.evaluate("() => document.activeElement.type") == "radio"
    load(page)
    assert scene.locator(".lp-says").inner_text().startswith("Kept from before: one vote.")


def test_a_headline_that_is_printed_stands_on_the_sheets_below(opened):
    page = opened("07-unconditional", 390)
    scenes = page.locator("[data-scene]")
    scenes.nth(0).get_by_label("Your headline").fill("“Never” & <never> before")
    page.keyboard.press("Tab")
    for place in (0, 1):
        assert "“Never” & <never> before" in scenes.nth(place).locator(".lp-result").inner_text()
    assert page.evaluate("() => casebook.answers.count(['writing'])") == 1


def test_outcomes_opened_are_scored_and_recalled_without_loading_anew(opened):
    page = opened("09-what-was-knowable")
    forecast, outcomes, back, scores = (page.locator("[data-scene]").nth(n) for n in range(4))
    forecast.get_by_role("slider", name="Probability").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert "you say 5%, rather unlikely" in forecast.locator(".lp-says").inner_text()
    outcomes.get_by_label("Open the outcomes of this day").check()
    assert "set what you think you said" in back.locator(".lp-says").inner_text()
    back.get_by_role("slider", name="I said").focus()
    page.keyboard.press("End")
    assert "you said 5%, you recall 100%" in back.locator(".lp-says").inner_text()
    scores.get_by_label("Show the scores").check()
    assert "one question: you " in scores.locator(".lp-says").inner_text()
    assert "you: mean" in scores.locator("img").get_attribute("alt")
    forecast.get_by_role("slider", name="Probability").focus()
    page.keyboard.press("End")
    assert "nothing is changed any more" in forecast.locator(".lp-says").inner_text()


def test_what_is_kept_in_scenes_is_exported_and_pooled(opened, tables, tmp_path):
    page = opened("10-code-a-source")
    scene = page.locator("[data-scene]").first
    for code in ("voice", "stance"):
        scene.get_by_label(code, exact=True).select_option(index=1)
    assert "two of four codes chosen" in scene.locator(".lp-says").inner_text()
    hand_in(page, tmp_path)
    pooled = pool(tmp_path, allowed_answers(tables))
    assert pooled.problems.empty
    assert len(pooled.codings) == 2


def test_ten_pairs_judged_open_the_ladders_in_the_next_panel(opened):
    page = opened("08-measuring-commitment")
    ten, ladders = (page.locator("[data-scene]").nth(n) for n in (0, 1))
    assert ladders.locator(".lp-says").inner_text().endswith("ten pairs to go.")
    for left in range(9, -1, -1):
        ten.get_by_role("radio").nth(left % 2).check()
        ten.get_by_role("button", name="Keep it, next pair").press("Enter")
        if left:
            assert f"{10 - left} of 10 judged." in ten.locator(".lp-says").inner_text()
            assert "img" not in ladders.locator(".lp-result").inner_html()
    assert "your own scale opens in the next panel" in ten.locator(".lp-says").inner_text()
    assert ladders.locator(".lp-says").inner_text().startswith("Your scale of six phrasings.")
    assert "reader" not in ladders.locator("img").get_attribute("alt")
    show = ladders.get_by_role("slider", name="Show")
    show.press("End")
    assert show.get_attribute("aria-valuetext") == STAGES[-1]
    assert ladders.locator("output").inner_text() == STAGES[-1]
    assert "One reader's scale: 1. " in ladders.locator("img").get_attribute("alt")
    assert ladders.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)")
    load(page)
    assert ladders.locator(".lp-says").inner_text().startswith("Your scale of six phrasings.")


@pytest.mark.parametrize("width", [1280, 390])
def test_a_form_is_sat_by_keyboard_alone_and_its_first_answers_stay(
    width, opened, tables, tmp_path
):
    page = opened("before-and-after", width)
    form = page.get_by_role("group", name="Form A, before", exact=True)
    says, finish = form.locator(".lp-says"), form.get_by_role("button", name="I have finished")
    choices, texts = form.get_by_role("group"), form.get_by_role("textbox")
    for n in range(choices.count()):
        choices.nth(n).get_by_role("radio").first.press("Space")
    finish.press("Enter")
    assert says.inner_text().startswith("Not yet answered: ")
    for n in range(texts.count()):
        texts.nth(n).focus()
        page.keyboard.type("“Words” & <mine>")
    finish.press("Enter")
    assert says.inner_text().startswith("Finished.")
    assert form.locator("input:enabled, textarea:enabled").count() == 0
    assert page.evaluate("() => document.activeElement.textContent") == "I have finished"
    load(page)
    assert says.inner_text().startswith("Finished.")
    assert texts.first.input_value() == "“Words” & <mine>"
    assert choices.first.get_by_role("radio").first.is_checked()
    assert page.get_by_role("group", name="Form A, after").locator("textarea:enabled").count()
    hand_in(page, tmp_path)
    pooled = pool(tmp_path, allowed_answers(tables))
    assert pooled.problems.empty
    assert len(pooled.forms) == choices.count()


def test_a_form_that_is_not_saved_says_so_and_stays_open(opened):
    page = opened("before-and-after")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new Error('full') } }")
    form = page.get_by_role("group", name="Form B, before", exact=True)
    for n in range(form.get_by_role("group").count()):
        form.get_by_role("group").nth(n).get_by_role("radio").first.check()
    for n in range(form.get_by_role("textbox").count()):
        form.get_by_role("textbox").nth(n).fill("mine")
    form.get_by_role("button", name="I have finished").click()
    assert form.locator(".lp-says").inner_text().startswith("Not saved: this browser keeps")
    assert form.get_by_role("button", name="I have finished").is_enabled()


def test_an_own_document_has_a_bar_of_its_claims_below_the_five(opened):
    page = opened("10-code-a-source")
    mine = page.get_by_role("group", name="Where does your document stand among the five?")
    mine.get_by_label("Your document").focus()
    page.keyboard.type("My paper of <Oren> & its lake")
    for voice in (1, 2, 2):
        mine.get_by_label("In your words").focus()
        page.keyboard.type("Somebody said (F001) <b>")
        page.keyboard.press("Tab")
        mine.get_by_label("voice", exact=True).select_option(index=voice)
        mine.get_by_role("button", name="Add a claim").press("Enter")
    assert mine.locator(".lp-says").inner_text().startswith("Three claims of your document")
    picture = mine.locator("img")
    assert picture.get_attribute("alt").endswith(
        "▸ My paper of <Oren> & its lake: two “paraphrased” and one “quoted”."
    )
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)")
    svg = picture.evaluate(
        "image => new TextDecoder().decode(Uint8Array.from("
        "atob(image.src.split(',')[1]), letter => letter.charCodeAt(0)))"
    )
    middle = [float(x) for x in re.findall(r'<g transform="translate\(([\d.]+) 0\)">', svg)]
    assert middle[1] == pytest.approx(4 * middle[0], abs=0.01)  # a third, and two after it
    assert "▸ My paper of &lt;Oren&gt; &amp;…</text>" in svg
    load(page)
    assert mine.get_by_label("Claim", exact=True).locator("option").count() == 3
    assert mine.locator("table .ed-address").count() == 3
