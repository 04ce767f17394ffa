"""The cards of a lesson's scene, to be cut out and read aloud where there is no screen: the same
rows that its panel opens one after the other.
"""

from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

import pandas as pd

from casebook.core import addresses
from casebook.core.tables import Tables
from casebook.figure import Html, as_html, cell, strong
from casebook.figure.english import capital, day, listed, several
from casebook.kit.page import Document
from casebook.subjects.arc.methods import log_from_the_first_step, steps
from casebook.subjects.coding.methods.parting import parting
from casebook.subjects.forecasts.charts.scores import asked_in_full
from casebook.subjects.messages.methods import STRIKING, find, in_the_log, log_rows, use_days
from casebook.subjects.reports.charts.cards import marked_text, since
from casebook.subjects.reports.charts.corpus import corpus
from casebook.subjects.reports.methods.coverage import common_ground
from casebook.subjects.treaties.charts.situations import READ_ALOUD, told, wordings
from casebook.subjects.wording.methods.whisper import whisper_pages

HOW = (
    "Print on one side of the paper, cut along the lines, and keep the order: it is part of the"
    " scene. One card is read aloud at a time, by you or by a pupil. “We” on a card are those who"
    " made the casebook; raised signs are addresses of evidence."
)
PARTED_OVER = ("S3-c11", "voice")  # the claim and the code of the scene of lesson 10
WAYS = ("S1", "S0", "S4")  # the reports to which the whisper goes, in the order of its tasks
SIDES = {"kim_to_putin": "Kim to Putin", "putin_to_kim": "Putin to Kim", "others": "talks, envoys"}


class Card(NamedTuple):
    """A card: what stands above, and what is read aloud."""

    head: str
    says: Html


def lesson_cards(tables: Tables, lesson: str) -> Document | None:
    """The cards of a lesson as a document; None where its scene has none."""
    if lesson not in SCENES:
        return None
    row = tables.lessons.set_index("lesson").loc[lesson]
    cards = "".join(
        f"<section class='card'><p><strong>{escape(card.head)}</strong></p><p>{card.says}</p>"
        "</section>"
        for card in SCENES[lesson](tables)
    )
    title = f"{lesson} · {row['title']} · cards"
    return Document(
        f"{lesson}/cards", title, f"<h1>{escape(title)}</h1><p>{HOW}</p>{cards}", most=3
    )


def _staircase(tables: Tables) -> Iterator[Card]:
    """The three steps, the rest of the log in numbers, and a card for each article."""
    for number, step in enumerate(steps(tables).itertuples(), 1):
        said = f"On {day(step.day)}: {step.word} ({step.address.replace('; ', ', ')})."
        yield Card(f"Step {number}, for the board", as_html(said))
    log = log_from_the_first_step(tables)
    others = log[~log["on_a_step"]]
    years = others.groupby(others["day"].dt.year)["day"].nunique()
    sides = others["side"].value_counts()
    by_year = listed(f"{count} in {year}" for year, count in years.items())
    by_side = listed(f"{name} {sides[side]}" for side, name in SIDES.items())
    yield Card(
        "The other days, after the vote",
        as_html(
            f"From the first step on our log has {years.sum()} other days on which something was"
            f" sent or said: {by_year}. Of the rows of these days: {by_side}. The log says when,"
            " and not how strongly; the heights of the steps were drawn by hand."
        ),
    )
    exhibit = corpus(tables)
    for name, *rest in exhibit.rows:
        facts = "; ".join(f"{head}: {text}" for head, text in zip(exhibit.head[1:], rest))
        yield Card("An article", cell(name, f". {facts}."))


def _toast(tables: Tables) -> Iterator[Card]:
    """The cards on the statement, and the statements that all the reports share."""
    for number, card in enumerate(tables.cards.itertuples(), 1):
        yield Card(f"Card {number} · {card.heading} · {since(card)}", marked_text(card))
    statements = tables.statements.set_index("statement_id")["statement"]
    shared = common_ground(tables)
    yield Card(
        f"After “Side by side”: {len(shared)} of {len(statements)} stand in all three reports",
        as_html(" ".join(statements[key] for key in shared)),
    )


def _whisper(tables: Tables) -> Iterator[Card]:
    """Each page with the sentence, once, on the way to one report after the other."""
    variants = tables.variants.set_index("variant_id")
    pages = [page for source in WAYS for page in whisper_pages(tables, source)]
    before = {page.variant: page.before for page in pages}
    places = {variant: place for place, variant in enumerate(before, 1)}
    for variant, place in places.items():
        row = variants.loc[variant]
        after = f", after page {places[before[variant]]}" if before[variant] else ""
        ours = ", word for word in our English" if not before[variant] else ""
        yield Card(
            f"Page {place}{after}: {row['publisher']}{ours}",
            cell(f"“{row['text']}” ", strong("Said of:"), f" {row['said_of']}."),
        )


def _situations(tables: Tables) -> Iterator[Card]:
    """The wordings, and the situations to vote on."""
    yield Card("The wordings, before the first situation", wordings(tables))
    for number, setting in enumerate(READ_ALOUD, 1):
        yield Card(f"Situation {number}", as_html(f"{told(*setting)}. What does the other owe?"))


def _move_the_day(tables: Tables) -> Iterator[Card]:
    """The log as it stood on each day to which the class moves."""
    before = ""
    for number, until in enumerate(use_days(tables), 1):
        view = tables.as_of(until)
        uses = in_the_log(view)
        new = uses[uses["address"].map(_public_from(view)) > before]
        if new.empty:
            says = f"None of the log's {several(len(log_rows(view)), 'row')} has the word."
            says += _newest_support(view)
        else:
            says = " ".join(
                f"{capital(use.occasion)}, {day(use.date)}: “{use.text}” ({use.address})."
                + f" {capital(use.weak)}." * bool(use.weak)
                for use in new.itertuples()
            )
        yield Card(f"{number} · The log as of {day(until)}", as_html(says))
        before = until
    yield Card(
        "Last",
        as_html(
            f"A search of other pages for an older “{STRIKING}” brought up none (Q031). First found"
            " is not first ever."
        ),
    )


def _public_from(view: Tables) -> dict[str, str]:
    """From which day each message is public, as ISO text."""
    days = view.messages["public_from"].dt.strftime("%Y-%m-%d")
    return dict(zip(view.messages["message_id"], days))


def _newest_support(view: Tables) -> str:
    """The newest row with “support”, in a sentence; that there is none, in another."""
    hits: pd.DataFrame = find(view, "support")
    hits = hits[hits["weak"] == ""]
    if hits.empty:
        return " None has “support” either."
    last = hits.iloc[-1]
    return f" The newest with “support”, {day(last['date'])}: “{last['text']}” ({last['address']})."


def _outcomes(tables: Tables) -> Iterator[Card]:
    """How each question of the first day came out, and what settles it."""
    questions = tables.questions[tables.questions["opens"] == tables.questions["opens"].min()]
    settled = tables.resolutions.set_index("question_id")
    for number, question in enumerate(questions.itertuples(), 1):
        found = settled.loc[question.question_id]
        address = found["address"].replace("; ", ", ")
        where = "" if addresses.parse_all(found["why"]) else f" ({address})"
        yield Card(
            f"Question {number} · {asked_in_full(question)}",
            cell(strong(capital(found["outcome"])), f". {found['why']}{where}"),
        )


def _two_coders(tables: Tables) -> Iterator[Card]:
    """What the two coders chose, and the rule that was made because they parted."""
    found = parting(tables, *PARTED_OVER)
    noted = f"Noted beside it: “{found.remark}”." if found.remark else "Nothing was noted."
    yield Card("The claim", as_html(found.claim["claim"]))
    yield Card("The first coder", as_html(f"{capital(found.first)}. Nothing was noted beside it."))
    yield Card("The second coder", as_html(f"{capital(found.second)}. {noted}"))
    yield Card("The rule made afterwards", as_html(f"{found.rule} Settled was: {found.settled}."))


# Of each lesson whose scene opens one thing after the other, its cards.
SCENES: dict[str, Callable[[Tables], Iterator[Card]]] = {
    "00": _staircase,
    "01": _toast,
    "02": _whisper,
    "04": _situations,
    "07": _move_the_day,
    "09": _outcomes,
    "10": _two_coders,
}
