"""Widgets of the 'More time' parts: an outlet seen from outside, all chains at once, one letter in
several Englishes.
"""

from html import escape

from ipywidgets import Checkbox, Dropdown

from casebook.charts import chains_together, letter_versions, outlet_card
from casebook.figure import rows_table
from casebook.figure.english import capital, day, number, several
from casebook.methods import strands
from casebook.widgets.panel import Panel, made

NONE = "not guessed yet"
GUESSES = {
    "owner": ("a media group", "a company of its own", "a state or a party", "not found"),
    "pays": ("readers", "advertisers", "a state or a party", "not found"),
    "others": ("praise", "criticism", "description only", "not found"),
}
FIRST = {"owner": "Who owns it?", "pays": "Who pays?", "others": "What do others say?"}


def read_laterally(tables, start: str = "") -> Panel:
    """Choose an outlet, guess three answers, then open its card: what pages from outside say,
    beside the guesses.
    """
    cards = tables.outlet_cards
    names = dict(zip(cards["card_id"], cards["outlet"]))
    outlet = made(
        Dropdown,
        options=[
            (f"{key} · {name}" if key != name.split(",")[0] else name, key)
            for key, name in names.items()
        ],
        value=start or next(iter(names)),
        description="Outlet",
        width="330px",
    )
    guesses = {
        q: made(Dropdown, options=[NONE, *choices], value=NONE, description=FIRST[q], width="320px")
        for q, choices in GUESSES.items()
    }
    opened = made(Checkbox, value=False, description="Open the card", indent=False, width="150px")
    rows = made(Checkbox, value=False, description="Show the pages", indent=False, width="150px")
    panel = Panel(
        "Who is behind it? Leave the article, guess, then open the card.",
        [outlet, *guesses.values(), opened, rows],
    )
    kept, busy = {}, {"now": False}

    def compared():
        """The guesses beside the card's own answers, as a list."""
        kinds = cards[(cards["card_id"] == outlet.value) & (cards["kind"] != "")].set_index(
            "question"
        )["kind"]
        lines = []
        for question, box in guesses.items():
            mine = "no guess" if box.value == NONE else f"you guessed {box.value}"
            lines.append(
                f"<li>{FIRST[question]} {escape(mine)}; the card:"
                f" {escape(kinds.get(question, 'not public yet'))}</li>"
            )
        right = sum(kinds.get(question) == box.value for question, box in guesses.items())
        return f"<ul>{''.join(lines)}</ul>", right

    def draw(_=None):
        if busy["now"]:
            return
        said = [f"{FIRST[q]} {box.value}" for q, box in guesses.items() if box.value != NONE]
        controls = (
            f"<p>Outlet: {escape(names[outlet.value])}; to guess: "
            + "; ".join(f"{FIRST[q]} {', '.join(c)}" for q, c in GUESSES.items())
            + "</p>"
        )
        if not opened.value:
            panel.show(
                "<p>The card is closed. Where outside the article would you look?</p>",
                f"{names[outlet.value]}: {several(len(said), 'guess', 'guesses')} so far, of"
                " three.",
                controls=controls,
            )
            return
        card = outlet_card(tables, outlet.value)
        list_, right = compared()
        panel.show(
            list_ + card.html(in_panel=True) + (rows_table(card.evidence) if rows.value else ""),
            f"{card.title}. {capital(number(right)) if right else 'None'} of your three guesses"
            f" {'is' if right == 1 else 'are'} what the card has.",
            controls=controls,
        )

    def change(moved):
        # Each outlet has guesses of its own, and opens closed.
        busy["now"] = True
        kept[moved["old"]] = {q: box.value for q, box in guesses.items()}
        for question, box in guesses.items():
            box.value = kept.get(outlet.value, {}).get(question, NONE)
        opened.value = False
        busy["now"] = False
        draw()

    outlet.observe(change, "value")
    for control in (*guesses.values(), opened, rows):
        control.observe(draw, "value")
    draw()
    return panel


def compare_chains(tables) -> Panel:
    """The chains of all documents in one table, with the inferred steps or with gaps in their
    place.
    """
    whose = made(
        Dropdown,
        options=[("the two leaders' words", True), ("all strands", False)],
        value=True,
        description="Show",
        width="300px",
    )
    guessed = made(
        Checkbox, value=True, description="With the inferred steps", indent=False, width="210px"
    )
    rows = made(Checkbox, value=False, description="Show the rows", indent=False, width="150px")
    panel = Panel("Five documents, five chains: what do they share?", [whose, guessed, rows])
    cache = {}

    def stated():
        """How many strands are left where only what sources state is counted."""
        table = strands(tables)
        table = table[table["leader"] == "yes"] if whose.value else table
        whole = int((table["unbroken"] == "yes").sum())
        return (
            f"By what sources state alone, {number(whole) if whole else 'none'} of {len(table)}"
            " strands reach our page without a gap."
        )

    def draw(_=None):
        key = whose.value, guessed.value
        if key not in cache:
            cache[key] = chains_together(tables, *key)
        says = f"{cache[key].title}." if guessed.value else stated()
        panel.show(
            cache[key].html(in_panel=True)
            + (rows_table(cache[key].evidence) if rows.value else ""),
            says,
            controls=(
                f"<p>{'The two leaders’ words' if whose.value else 'All strands'}; inferred steps"
                f" {'shown' if guessed.value else 'left out'}</p>"
            ),
        )

    for control in (whose, guessed, rows):
        control.observe(draw, "value")
    draw()
    return panel


def compare_englishes(tables, start: str = "") -> Panel:
    """Choose a piece of a letter: its English versions, word by word, whose each is, and who stands
    behind a difference.
    """
    table = tables.letter_versions
    pieces = sorted(dict.fromkeys(zip(table["message_id"], table["piece"])), key=lambda x: x[0])
    dates = dict(zip(tables.messages["message_id"], tables.messages["date"]))
    piece = made(
        Dropdown,
        options=[
            (f"{day(dates[m])}: “{p}” ({int((table['piece'] == p).sum())} versions)", (m, p))
            for m, p in pieces
        ],
        value=next((x for x in pieces if x[1] == start), pieces[0]),
        description="Letter",
        width="500px",
    )
    behind = made(
        Checkbox, value=False, description="Say who changed it", indent=False, width="180px"
    )
    rows = made(Checkbox, value=False, description="Show the rows", indent=False, width="150px")
    panel = Panel(
        "One letter, several Englishes: what stays, what changes, and who changed it?",
        [piece, behind, rows],
    )
    cache = {}

    def draw(_=None):
        key = *piece.value, behind.value
        if key not in cache:
            cache[key] = letter_versions(tables, *key)
        shown = cache[key]
        panel.show(
            shown.html(in_panel=True) + (rows_table(shown.evidence) if rows.value else ""),
            f"{shown.title}.",
            controls=f"<p>Letter: {escape(piece.value[0])}, “{escape(piece.value[1])}”</p>",
        )

    for control in (piece, behind, rows):
        control.observe(draw, "value")
    draw()
    return panel
