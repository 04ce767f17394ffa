"""Print your headline: write one and stake on it, move the day until the first use appears, correct
it. Headline and stake are kept as writing, which no export holds.
"""

import re
from collections.abc import Callable
from functools import cache
from html import escape
from typing import NamedTuple

import pandas as pd
from ipywidgets import RadioButtons, SelectionSlider, Text

from casebook.core.tables import Tables
from casebook.figure import Html, badge, html_table, marked
from casebook.figure.english import day, several
from casebook.panel.controls import days
from casebook.panel.explore import DeclaredPanel, Shown, explore
from casebook.panel.kept import keep, kept
from casebook.panel.panel import Fold, InPage, Panel, made
from casebook.subjects.messages.charts.word import WordLine
from casebook.subjects.messages.methods import (
    STRIKING,
    find,
    moments,
    stake_points,
    use_days,
    used_before,
)

__all__ = ["move_the_day", "print_headline"]

LONGEST_HEADLINE = 100  # characters
CORRECTION = "My correction"
FIRST, SECOND, STAKE = "07-headline", "07-headline-again", "07-stake"
CLAIMS = {"never": "never said before", "before": "said before"}
CLAIMED = {
    "never": "until this letter his side had not used the word for Russia",
    "before": "an older message of his side has it already",
}
STAKES = (50, 60, 70, 80, 90, 100)
SEARCH = "Q031"  # of stored pages, for an older use of the word
FOLLOWING: list[Callable[[], None]] = []  # redraws the newest panel that shows what was printed
# A front page, in the type of one; in the theme's own ink.
SHEET = "border: 1px solid; border-top: 5px double; padding: 4px 14px 8px; overflow-wrap: anywhere"
NAME = "font-size: 14px; border-bottom: 1px solid; padding-bottom: 4px; margin-bottom: 6px"
LARGE = "font: bold 25px/1.2 Georgia, 'DejaVu Serif', serif"
EMPTY = "font: italic 20px/1.2 Georgia, 'DejaVu Serif', serif"


class Printed(NamedTuple):
    """What a learner printed: the headline, the claim staked on ("": none yet) and the stake."""

    headline: str
    claim: str
    stake: int


def _headline(key: str) -> str:
    """A headline as it was kept; "" where there is none, or what is kept is none."""
    text, _ = kept("writing", key)
    return text[:LONGEST_HEADLINE] if isinstance(text, str) else ""


def printed() -> Printed:
    """What was printed and kept."""
    stake, _ = kept("writing", STAKE)
    found = re.fullmatch(r"(never|before) (\d{2,3})", stake) if isinstance(stake, str) else None
    if not found or int(found[2]) not in STAKES:
        return Printed(_headline(FIRST), "", STAKES[0])
    return Printed(_headline(FIRST), found[1], int(found[2]))


def print_headline(tables: Tables) -> Panel:
    """Write a headline about the newest labelled letter, and stake 50 to 100 per cent on whether
    its striking word had been said before. Both are kept on this machine.
    """
    # Not declared: what is typed and staked is kept, and a text has no states to count.
    before = printed()
    text = _field("Your headline", before.headline)
    claims = [(f"I stake on “{name}”: {CLAIMED[key]}", key) for key, name in CLAIMS.items()]
    claim = made(RadioButtons, options=claims, value=before.claim or None, width="100%")
    steps = [(f"{share} per cent", share) for share in STAKES]
    stake = made(SelectionSlider, options=steps, description="My stake", width="430px")
    stake.value = before.stake
    panel = Panel(
        "Print your headline: what did this letter say, and was the word ever said before?",
        [text, claim, stake],
    )

    def draw(problem: str = "") -> None:
        now = Printed(_clean(text.value), claim.value or "", stake.value)
        panel.show(_sheet(_dated(tables), now.headline, _staked(now)), problem or _next(now))

    def on_change(_) -> None:
        staked = f"{claim.value} {stake.value}" if claim.value else ""
        draw(keep("writing", FIRST, _clean(text.value)) or keep("writing", STAKE, staked))
        for redraw in FOLLOWING:
            redraw()

    panel.watch(on_change, text, claim, stake)
    panel.in_page = InPage("headline", lambda: _for_page(tables))
    draw()
    return panel


def _for_page(tables: Tables) -> dict:
    """What pages without a kernel need to print a headline, to stamp and to correct it: the keys
    under which it is kept, the words, the sheets, with a sign in place of what a learner writes.
    """
    blank, name = "\x01", _dated(tables)
    return {
        "keys": {"first": FIRST, "second": SECOND, "stake": STAKE},
        "longest": LONGEST_HEADLINE,
        "claims": [[key, said, CLAIMED[key]] for key, said in CLAIMS.items()],
        "stakes": STAKES,
        "word": STRIKING,
        "sheet": _sheet(name, blank, blank, Html(blank)).split(blank),
        "correction": _sheet(CORRECTION, blank).split(blank),
        "bare": _sheet(name, "", blank, Html(blank)).split(blank),
        "beside": _beside(blank, blank).split(blank),
        "stamps": {claim: [_stamp(claim, found) for found in (False, True)] for claim in CLAIMS},
    }


def move_the_day(tables: Tables) -> Panel:
    """Move the day through the log until the first use of the striking word appears; correct the
    headline that was printed, beside which the correction stands; on request see what the stake
    has earned or cost by that day.
    """
    steps, letter = use_days(tables), moments(tables)[-1]
    line, view = cache(lambda: WordLine(tables)), cache(tables.as_of)
    text = _field("Corrected headline", _headline(SECOND))
    count = Fold("Count of my stake", "")

    def draw(day: str | None) -> Shown:
        picture = line()
        first, now = used_before(view(day), letter), printed()
        stamp = _stamp(now.claim, first is not None)
        html = _sheets(_dated(tables), now, stamp, _clean(text.value))
        html += _counted(view(day), letter, now) if count.is_open else ""
        picture.as_of(day)
        return Shown(
            html + _read_aloud(view(day), first) + picture.body(),
            f"{picture.title}. {_meaning(view(day), first is not None)}",
            lambda: picture.as_of(day).evidence,
        )

    panel = explore(
        "Has anybody said it before? Move the day; then correct your headline.",
        day=days(steps, latest=True, label="The log as of", width="480px"),
        draw=draw,
        stored="The log {day}",
        fresh=True,  # the headline is written in another panel, and corrected in this one
    )

    def on_change(_) -> None:
        problem = keep("writing", SECOND, _clean(text.value))
        panel.redraw()
        if problem:
            panel.remark(problem)

    panel.watch(on_change, text)
    count.on_press(panel.redraw)
    panel.controls.children += (text, count.button)
    FOLLOWING[:] = [panel.redraw]
    panel.in_page = InPage("day of the headline", lambda: _days_for_page(tables, panel))
    return panel


def _days_for_page(tables: Tables, panel: DeclaredPanel) -> dict:
    """What pages need beside the sheets. Of each state, in their order: whether the word is found,
    what is said, and which of the ``counts`` holds. A count has what each stake earned or cost, by
    claim and share; "" for no stake.
    """
    letter, states = moments(tables)[-1], list(panel.states())
    views = [tables.as_of(state["day"]) for state in states]
    counts = [_counts(view, letter) for view in views]
    distinct = [count for n, count in enumerate(counts) if counts.index(count) == n]
    return _for_page(tables) | {
        "found": [used_before(view, letter) is not None for view in views],
        "says": [panel.state(state)[1] for state in states],
        "counts": distinct,
        "counted": [distinct.index(count) for count in counts],
    }


def _counts(view: Tables, letter: str) -> dict:
    counts = {
        claim: {share: _counted(view, letter, Printed("", claim, share)) for share in STAKES}
        for claim in CLAIMS
    }
    return counts | {"": _counted(view, letter, Printed("", "", STAKES[0]))}


def _field(name: str, value: str) -> Text:
    hint = f"one line, at most {LONGEST_HEADLINE} characters"
    look = {"name_width": "150px", "width": "98%"}
    return made(
        Text,
        value=value,
        description=name,
        placeholder=hint,
        continuous_update=False,
        **look,
    )


def _clean(text: str) -> str:
    """A headline in one line, no longer than it may be."""
    return " ".join(text.split())[:LONGEST_HEADLINE].rstrip()


def _dated(tables: Tables) -> str:
    """The day of the newspaper: that on which the letter became public."""
    public = dict(zip(tables.messages["message_id"], tables.messages["public_from"]))
    return f"My front page · {day(public[moments(tables)[-1]])}"


def _sheet(name: str, headline: str, staked: str = "", stamp: str = "") -> str:
    """A front page as HTML."""
    look, text = (LARGE, escape(headline)) if headline else (EMPTY, "the headline stands here")
    return (
        f"<div style='{SHEET}'><div style='{NAME}'>{escape(name)}. {escape(staked)} {stamp}</div>"
        f'<div style="{look}">{text}</div></div>'
    )


def _sheets(name: str, now: Printed, stamp: Html | str, corrected: str) -> str:
    """The front page as HTML, and once it is corrected the correction beside it."""
    first = _sheet(name, now.headline, _staked(now), stamp)
    return _beside(first, _sheet(CORRECTION, corrected)) if corrected else first


def _beside(first: str, second: str) -> str:
    cells = [Html(first), Html(second)]
    return html_table(["Printed", "Corrected"], [cells], kind="lp-compared")


def _staked(now: Printed) -> str:
    if not now.claim:
        return "No stake yet."
    return f"Stake: {now.stake} per cent on “{CLAIMS[now.claim]}”."


def _next(now: Printed) -> str:
    """What is left to do."""
    if not now.headline:
        return f"Write your headline, with the word “{STRIKING}” in it. It stays on this machine."
    if not now.claim:
        return "Kept. Now choose on what you stake, and how much: 50 means that you can't say."
    return "Printed, and kept on this machine. Read on before you change it."


def _stamp(claim: str, found: bool) -> Html | str:
    """How the claim stands as of a day."""
    if not claim:
        return ""
    if not found:
        return badge("open", "? nothing found yet")
    return badge(*(("bad", "✗ found earlier") if claim == "never" else ("good", "✓ found earlier")))


def _meaning(view: Tables, found: bool) -> str:
    """What the state of a day means, and what it does not."""
    if not found:
        return "None found is not none sent."
    if address := _search(view):
        return f"A search of other pages brought up nothing older{address}."
    return "First found is not first ever."


def _search(view: Tables) -> str:
    """The address of the search of other pages, in brackets, once it stands; before it ""."""
    searched = view.searches.set_index("search_id")["answer"]
    return f" ({SEARCH})" if searched.get(SEARCH) == "stands" else ""


def _read_aloud(view: Tables, first: pd.Series | None) -> str:
    """A row to read aloud, as HTML: the first with the word, else the newest with “support”."""
    told = "The first row with the word"
    if first is None:
        hits = find(view, "support")
        hits = hits[hits["weak"] == ""]
        if hits.empty:
            return "<p>None of these rows has “support” either.</p>"
        told, first = "The newest row with “support”", hits.iloc[-1]
    return (
        f"<p>{told}, {day(first['date'])}: “{escape(first['text'])}”."
        f"<sup>{escape(first['address'])}</sup></p>"
    )


def _counted(view: Tables, letter: str, now: Printed) -> str:
    """What the stake has earned or cost as HTML, as the log stands, and by which rule."""
    earlier = used_before(view, letter)
    said = (
        f"An earlier message has the word, of {day(earlier['date'])} ({earlier['address']})."
        if earlier is not None
        else f"No earlier row has the word so far{_search(view)}."
    )
    if not now.claim:
        return f"<p>{marked(said)} You had staked nothing, so nothing is counted.</p>"
    right = (now.claim == "before") == (earlier is not None)
    points, miss = stake_points(now.stake, right), 100 - now.stake if right else now.stake
    result = (
        "win and lose nothing"
        if points == 0
        else f"{'win' if points > 0 else 'lose'} {several(abs(points), 'point')}"
    )
    you = "You" if earlier is not None else "So far you"
    far = f"{miss / 100:.1f}"
    rule = (
        f"25 − 100 × {far} × {far} = {points:+d}. The {far} is how far you were from what came out,"
        " and its square is Brier's rule (F310)."
    ).replace("= -", "= −")
    return (
        f"<p>{marked(said)} You had staked {now.stake} per cent on “{CLAIMS[now.claim]}”."
        f" {you} {result}. It is {marked(rule)} Fifty per cent is worth nothing either way, and"
        " whoever is sure and wrong loses most.</p>"
    )
