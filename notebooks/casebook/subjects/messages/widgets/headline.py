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
from casebook.panel.explore import Shown, explore
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

__all__ = ["correct_headline", "move_the_day", "print_headline"]

LONGEST_HEADLINE = 100  # characters
FIRST, SECOND, STAKE = "07-headline", "07-headline-again", "07-stake"
CLAIMS = {"never": "never said before", "before": "said before"}
CLAIMED = {
    "never": "until this letter his side had not used the word for Russia",
    "before": "an older message of his side has it already",
}
STAKES = (50, 60, 70, 80, 90, 100)
SEARCH = "Q031"  # of stored pages, for an older use of the word
FOLLOWING: dict[str, Callable[[], None]] = {}  # the newest panels that show what was printed
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
        for redraw in FOLLOWING.values():
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
        "correction": _sheet("My correction", blank).split(blank),
        "bare": _sheet(name, "", blank, Html(blank)).split(blank),
        "bare_correction": _sheet("My correction", ""),
        "stamps": {claim: [_stamp(claim, found) for found in (False, True)] for claim in CLAIMS},
    }


def move_the_day(tables: Tables) -> Panel:
    """Move the day through the log until the first use of the striking word appears, with the
    headline that was printed on top.
    """
    steps, letter = use_days(tables), moments(tables)[-1]
    line, view = cache(lambda: WordLine(tables)), cache(tables.as_of)

    def draw(day: str | None) -> Shown:
        picture = line()
        first, now = used_before(view(day), letter), printed()
        stamp = _stamp(now.claim, first is not None)
        sheet = _sheet(_dated(tables), now.headline, _staked(now), stamp)
        picture.as_of(day)
        return Shown(
            sheet + _read_aloud(view(day), first) + picture.body(),
            f"{picture.title}. {_meaning(view(day), first is not None)}",
            lambda: picture.as_of(day).evidence,
        )

    panel = explore(
        "Has anybody said it before? Move the day, and watch the line.",
        day=days(steps, latest=True, label="The log as of", width="480px"),
        draw=draw,
        stored="The log {day}",
        fresh=True,  # the headline is written in another panel
    )
    FOLLOWING["move"] = panel.redraw

    def for_page() -> dict:
        """Of each state, in their order, whether the word is found, and what is said."""
        states = list(panel.states())
        found = [used_before(view(state["day"]), letter) is not None for state in states]
        says = [panel.state(state)[1] for state in states]
        return _for_page(tables) | {"found": found, "says": says}

    panel.in_page = InPage("day of the headline", for_page)
    return panel


def correct_headline(tables: Tables) -> Panel:
    """Correct the headline; both stand side by side, and on request what the stake earned or
    cost.
    """
    # Not declared: what is typed is kept, and a text has no states to count.
    text = _field("Corrected headline", _headline(SECOND))
    count = Fold("Count of my stake", "")
    panel = Panel("And now? Correct your headline.", [text, count.button])

    def draw(problem: str = "") -> None:
        now = printed()
        sheets = [
            Html(_sheet(_dated(tables), now.headline, _staked(now))),
            Html(_sheet("My correction", _clean(text.value))),
        ]
        html = html_table(["Printed", "Corrected"], [sheets], kind="lp-compared")
        html += _counted(tables, now) if count.is_open else ""
        panel.show(html, problem or "Correct it in one line; then open the count of your stake.")

    def on_change(_) -> None:
        draw(keep("writing", SECOND, _clean(text.value)))

    panel.watch(on_change, text)
    count.on_press(draw)
    panel.buttons = {"count": count.button}
    panel.in_page = InPage("correction", lambda: _for_page(tables) | _counts_for_page(tables))
    FOLLOWING["correct"] = draw
    draw()
    return panel


def _counts_for_page(tables: Tables) -> dict:
    """What each stake earned or cost, by claim and share; "" for no stake."""
    stakes = {claim: {share: Printed("", claim, share) for share in STAKES} for claim in CLAIMS}
    counts = {
        claim: {share: _counted(tables, now) for share, now in shares.items()}
        for claim, shares in stakes.items()
    }
    return {"counts": counts | {"": _counted(tables, Printed("", "", STAKES[0]))}}


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
    searched = view.searches.set_index("search_id")
    if SEARCH in searched.index and searched.at[SEARCH, "answer"] == "stands":
        return f"A search of other pages brought up nothing older ({SEARCH})."
    return "First found is not first ever."


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


def _counted(tables: Tables, now: Printed) -> str:
    """What the stake earned or cost as HTML, and by which rule, in a fold."""
    letter = moments(tables)[-1]
    earlier = used_before(tables, letter)
    said = (
        f"An earlier message has the word, of {day(earlier['date'])} ({earlier['address']})."
        if earlier is not None
        else f"No earlier row has the word ({SEARCH})."
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
    far = f"{miss / 100:.1f}"
    rule = (
        f"25 − 100 × {far} × {far} = {points:+d}. The {far} is how far you were from what came out,"
        " and its square is Brier's rule (F310)."
    ).replace("= -", "= −")
    return (
        f"<p>{marked(said)} You had staked {now.stake} per cent on “{CLAIMS[now.claim]}”. You"
        f" {result}. It is {marked(rule)} Fifty per cent is worth nothing either way, and whoever"
        " is sure and wrong loses most.</p>"
    )
