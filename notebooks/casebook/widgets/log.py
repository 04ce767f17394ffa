"""The phrase finder: a wording, when, who, in which words, at which address; as of a day."""

import re
from html import escape

import pandas as pd
from ipywidgets import Checkbox, Dropdown, SelectionSlider, Text

from casebook import addresses
from casebook.charts.log import SIDES
from casebook.figure import badge, rows_table
from casebook.figure.english import capital, day, several
from casebook.methods.log import find, first_found, moments
from casebook.widgets.panel import Panel, made

LONGEST = 60  # characters of a wording
OWN = "my own words"
LATEST = "latest"


def wordings(tables) -> list[str]:
    """The wordings of ``first_uses``, as one would type them: without remarks in brackets, variants
    apart.
    """
    found = []
    for wording in tables.first_uses["wording"]:
        found += [
            part.strip() for part in re.sub(r"\([^)]*\)", "", wording).split("/") if part.strip()
        ]
    return sorted(dict.fromkeys(found), key=str.lower)


def days_of_the_log(tables) -> list[str]:
    """The days of the as-of control: the eve of the first labelled message, then each day on which
    a labelled message or the first use found of a wording became public. What is undated shows with
    all we have only.
    """
    public = dict(zip(tables.messages["message_id"], tables.messages["public_from"]))
    shown = moments(tables)
    eve = public[shown[0]] - pd.Timedelta(days=1)
    marked = [public[a] for a in [*shown, *tables.first_uses["found_in"]] if a in public]
    days = {d for d in marked if d > eve}
    return [d.strftime("%Y-%m-%d") for d in sorted(days | {eve})]


def find_phrase(tables, phrase: str = "unconditional") -> Panel:
    """Type a wording, or choose one: its first use found, all uses, who, the words around it, the
    address; as of a day.

    Stored as of the eve of the first labelled message. At most ``LONGEST`` characters are looked
    for.
    """
    days = days_of_the_log(tables)
    views = {}
    own = made(Text, value=phrase, description="Wording", width="330px")
    chosen = made(Dropdown, options=[OWN], value=OWN, description="or choose", width="330px")
    forms = made(
        Checkbox,
        value=True,
        description="other forms too (unconditionally, supports)",
        indent=False,
        width="360px",
    )
    slider = made(
        SelectionSlider,
        options=[*((day(d), d) for d in days), ("all we have", LATEST)],
        value=days[0],
        description="As of",
        width="420px",
    )
    rows = made(Checkbox, value=False, description="Show the rows", indent=False)
    panel = Panel(
        "A wording: when was it first found, who used it, in which words?",
        [own, chosen, forms, slider, rows],
    )
    state = {"busy": False}

    def view():
        if slider.value not in views:
            views[slider.value] = tables.as_of(None if slider.value == LATEST else slider.value)
        return views[slider.value]

    def offer():
        """Offer the wordings known on the day; one that is not yet known is dropped."""
        options = [OWN, *wordings(view())]
        if list(chosen.options) != options:
            kept = chosen.value if chosen.value in options else OWN
            state["busy"] = True
            chosen.options = options
            chosen.value = kept
            state["busy"] = False

    def draw(change=None):
        if state["busy"]:
            return
        offer()
        if change is not None and change["owner"] is chosen and chosen.value != OWN:
            state["busy"] = True
            own.value = chosen.value
            state["busy"] = False
        elif change is not None and change["owner"] is own and chosen.value != own.value:
            state["busy"] = True
            chosen.value = OWN
            state["busy"] = False
        sought = own.value[:LONGEST].strip()
        when = "with all we have" if slider.value == LATEST else f"as of {day(slider.value)}"
        hits = find(view(), sought, forms.value)
        html, says = _result(view(), hits, sought, forms.value, when)
        if rows.value and len(hits):
            html += rows_table(
                view().resolve("; ".join(a for a in hits["address"] if addresses.parse_all(a)))
            )
        if len(own.value) > LONGEST:
            says = f"Only the first {LONGEST} characters are looked for. {says}"
        panel.show(
            html,
            says,
            controls=(
                "<p>Wording:"
                f" {escape(sought)}{', other forms too' if forms.value else ', exactly'};"
                f" {when}</p>"
            ),
        )

    for control in (own, chosen, forms, slider, rows):
        control.observe(draw, "value")
    draw()
    return panel


def _result(tables, hits, sought, by_stem, when) -> tuple[str, str]:
    if not sought:
        return "<p>Type a word or two, for instance <em>full support</em>.</p>", "No wording yet."
    how = "in any form" if by_stem else "exactly so"
    rows = len(tables.messages)
    if hits.empty:
        return (
            (
                f"<p><strong>What this means:</strong> none of the {rows} key phrases public on"
                " that day has it, nor a quoted context of the list of first"
                " uses.</p><p><strong>What it does not mean:</strong> that it was not said or"
                " sent. The log holds excerpts of at most twenty-five words, from pages that were"
                " stored, most of them English. “None found” is not “none sent”.</p>"
            ),
            f"“{sought}”, {how}, {when}: none found among {rows} rows.",
        )
    first, weak = first_found(hits), int((hits["weak"] != "").sum())
    events = hits["event"].nunique()
    says = f"“{sought}”, {how}, {when}: found in {several(len(hits), 'place')}"
    says += f" ({several(events, 'event')})" if events != len(hits) else ""
    says += (
        f". First found: {day(first['date'])}, {_who(first)}, {_short(first['address'])}."
        if first is not None
        else ". All of them are weak: no first use is named."
    )
    says += (
        f" {capital(several(weak, 'weak row'))} left out of that comparison."
        if weak and first is not None
        else ""
    )
    lines = [
        _line(hit, first is not None and hit.address == first["address"])
        for hit in hits.itertuples()
    ]
    head = "".join(
        f"<th scope='col'>{name}</th>" for name in ("Date", "Who", "The words", "Found in")
    )
    return (
        (
            f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table><p>"
            "<small>First"
            " found, not first ever: the log holds excerpts. The same word may have another"
            " object, and another speaker: read the words around it.</small></p>"
        ),
        says,
    )


def _who(hit) -> str:
    return SIDES[hit["direction"]][0] if hit["direction"] else "not a message of the log"


def _short(address: str) -> str:
    return address if addresses.parse_all(address) else f"page of {address.split('/')[2]}"


def _line(hit, is_first) -> str:
    words, last = "", 0
    for start, end in hit.spans:
        words += f"{escape(hit.text[last:start])}<mark>[{escape(hit.text[start:end])}]</mark>"
        last = end
    words += escape(hit.text[last:])
    sign = badge("good", "▸ first found") + "<br>" if is_first else ""
    weak = f" {badge('mixed', 'weak: ' + hit.weak)}" if hit.weak else ""
    who = _who(hit._asdict()) + (
        "<br><small>"
        f"{'' if hit.form == 'meeting' else escape(hit.form.replace('_', ' ')) + '; '}"
        f"{escape(hit.occasion)}</small>"
        if hit.form
        else ""
    )
    ours = bool(addresses.parse_all(hit.address))
    where = (
        f"<strong style='white-space: nowrap'>{hit.address}</strong><br><small>{hit.where}</small>"
        if ours
        else (
            f"<small>{hit.where}: <span style='overflow-wrap:"
            f" anywhere'>{escape(hit.address)}</span></small>"
        )
    )
    return (
        f"<tr><td>{sign}{day(hit.date)}</td><td>{who}</td><td>“{words}”{weak}</td><td>{where}"
        "</td></tr>"
    )
