"""Lateral reading: guess who is behind an outlet, then open its card."""

from html import escape

from casebook.core.tables import Tables
from casebook.figure.english import capital, number, several
from casebook.panel.controls import choose, tick
from casebook.panel.explore import Shown, explore
from casebook.panel.panel import Panel
from casebook.subjects.outlets.charts import outlet_card

__all__ = ["read_laterally"]

NONE = "not guessed yet"


GUESSES = {
    "owner": ("a media group", "a company of its own", "a state or a party", "not found"),
    "pays": (
        "readers",
        "advertisers",
        "readers and advertisers",
        "a state or a party",
        "not found",
    ),
    "others": ("praise", "criticism", "description only", "not found"),
}


FIRST = {"owner": "Who owns it?", "pays": "Who pays?", "others": "What do others say?"}


TO_GUESS = "; ".join(f"{FIRST[question]} {', '.join(of)}" for question, of in GUESSES.items())


def read_laterally(tables: Tables, start: str = "") -> Panel:
    """Choose an outlet, guess three answers, then open its card: what pages from outside say,
    beside the guesses. Each outlet has guesses of its own, and opens closed.
    """
    cards = tables.outlet_cards
    names = dict(zip(cards["card_id"], cards["outlet"]))

    def draw(outlet: str, opened: bool, **guesses: str) -> Shown:
        if not opened:
            said = sum(guess != NONE for guess in guesses.values())
            return Shown(
                "<p>The card is closed. Where outside the article would you look?</p>",
                f"{names[outlet]}: {several(said, 'guess', 'guesses')} so far, of three.",
            )
        card = outlet_card(tables, outlet)
        list_, says = _compared(cards[cards["card_id"] == outlet], guesses)
        return Shown.of(card, f"{card.title}. {says}", before=list_)

    return explore(
        "Who is behind it? Leave the article, guess, then open the card.",
        outlet=choose(
            "Outlet",
            [(_called(key, name), key) for key, name in names.items()],
            start or None,
            width="330px",
            reads=names.get,
        ),
        **{
            question: choose(FIRST[question], [NONE, *choices], width="320px", per="outlet")
            for question, choices in GUESSES.items()
        },
        opened=tick("Open the card", width="150px", anew="outlet"),
        draw=draw,
        stored=f"Outlet: {{outlet}}; to guess: {TO_GUESS}",
        rows="Show the pages",
        rows_width="150px",
    )


def _called(key: str, name: str) -> str:
    """How the list calls an outlet: by its key and name, or by its name where that is its key."""
    return f"{key} · {name}" if key != name.split(",")[0] else name


def _compared(card, guesses: dict[str, str]) -> tuple[str, str]:
    """The guesses beside the card's own answers, as a list, and in words how many are the same."""
    kinds = card[card["kind"] != ""].set_index("question")["kind"]
    lines = ""
    for question, guess in guesses.items():
        mine = "no guess" if guess == NONE else f"you guessed {guess}"
        has = kinds.get(question, "not public yet")
        lines += f"<li>{FIRST[question]} {escape(mine)}; the card: {escape(has)}</li>"
    right = sum(kinds.get(question) == guess for question, guess in guesses.items())
    return (
        f"<ul>{lines}</ul>",
        f"{capital(number(right)) if right else 'None'} of your three guesses"
        f" {'is' if right == 1 else 'are'} what the card has.",
    )
