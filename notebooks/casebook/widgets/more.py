"""Widgets of the 'More time' parts: an outlet seen from outside, all chains at once, one letter in
several Englishes.
"""

from html import escape

from casebook.charts import chains_together, letter_versions, outlet_card
from casebook.figure import Exhibit
from casebook.figure.english import capital, day, number, several
from casebook.methods import strands
from casebook.tables import Tables
from casebook.widgets.controls import choose, tick
from casebook.widgets.explore import Shown, explore
from casebook.widgets.panel import Panel

NONE = "not guessed yet"
GUESSES = {
    "owner": ("a media group", "a company of its own", "a state or a party", "not found"),
    "pays": ("readers", "advertisers", "a state or a party", "not found"),
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


def compare_chains(tables: Tables) -> Panel:
    """The chains of all documents in one table, with the inferred steps or with gaps in their
    place.
    """

    def draw(leaders: bool, inferred: bool) -> Exhibit | Shown:
        exhibit = chains_together(tables, leaders, inferred)
        return exhibit if inferred else Shown.of(exhibit, _stated(tables, leaders))

    return explore(
        "Five documents, five chains: what do they share?",
        leaders=choose(
            "Show",
            [("the two leaders' words", True), ("all strands", False)],
            width="300px",
            reads={True: "The two leaders’ words", False: "All strands"}.get,
        ),
        inferred=tick("With the inferred steps", True, width="210px", reads=("left out", "shown")),
        draw=draw,
        stored="{leaders}; inferred steps {inferred}",
        rows_width="150px",
    )


def _stated(tables: Tables, leaders: bool) -> str:
    """How many strands are left where only what sources state is counted."""
    table = strands(tables)
    table = table[table["leader"] == "yes"] if leaders else table
    whole = int((table["unbroken"] == "yes").sum())
    return (
        f"By what sources state alone, {number(whole) if whole else 'none'} of {len(table)}"
        " strands reach our page without a gap."
    )


def compare_englishes(tables: Tables, start: str = "") -> Panel:
    """Choose a piece of a letter: its English versions, word by word, whose each is, and who stands
    behind a difference.
    """
    table = tables.letter_versions
    pieces = sorted(dict.fromkeys(zip(table["message_id"], table["piece"])), key=lambda x: x[0])
    dates = dict(zip(tables.messages["message_id"], tables.messages["date"]))
    return explore(
        "One letter, several Englishes: what stays, what changes, and who changed it?",
        piece=choose(
            "Letter",
            [
                (f"{day(dates[m])}: “{p}” ({int((table['piece'] == p).sum())} versions)", (m, p))
                for m, p in pieces
            ],
            next((x for x in pieces if x[1] == start), None),
            width="500px",
            reads=lambda piece: "{}, “{}”".format(*piece),
        ),
        behind=tick("Say who changed it", width="180px"),
        draw=lambda piece, behind: letter_versions(tables, *piece, behind),
        stored="Letter: {piece}",
        rows_width="150px",
    )
