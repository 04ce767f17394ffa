"""The phrase finder: a wording, when, who, in which words, at which address; as of a day."""

import re
from functools import cache
from html import escape

import pandas as pd

from casebook.core import addresses
from casebook.core.tables import Tables
from casebook.figure import badge, rows_table
from casebook.figure.english import capital, day, several
from casebook.panel.controls import OWN, days, tick, type_in
from casebook.panel.explore import Shown, explore
from casebook.panel.panel import InPage, Panel
from casebook.subjects.messages.charts.log import SIDES
from casebook.subjects.messages.methods import find, first_found, moments, texts_of

__all__ = ["find_phrase"]

LONGEST = 60  # characters of a wording
BLANK = "\x01"  # where a page puts the words


def wordings(tables: Tables) -> list[str]:
    """The wordings of ``first_uses``, as one would type them: without remarks in brackets, variants
    apart.
    """
    found = []
    for wording in tables.first_uses["wording"]:
        found += [
            part.strip() for part in re.sub(r"\([^)]*\)", "", wording).split("/") if part.strip()
        ]
    return sorted(dict.fromkeys(found), key=str.lower)


def days_of_the_log(tables: Tables) -> list[str]:
    """The days of the as-of control: the eve of the first labelled message, then each day on which
    a labelled message or the first use found of a wording became public. What is undated shows with
    all we have only.
    """
    public = dict(zip(tables.messages["message_id"], tables.messages["public_from"]))
    shown = moments(tables)
    eve = public[shown[0]] - pd.Timedelta(days=1)
    marked = [public[a] for a in [*shown, *tables.first_uses["found_in"]] if a in public]
    shown_days = {d for d in marked if d > eve}
    return [d.strftime("%Y-%m-%d") for d in sorted(shown_days | {eve})]


def find_phrase(tables: Tables, phrase: str = "unconditional") -> Panel:
    """Type a wording, or choose one: its first use found, all uses, who, the words around it, the
    address; as of a day.

    Stored as of the eve of the first labelled message. At most ``LONGEST`` characters are looked
    for.
    """
    view = cache(tables.as_of)

    def draw(wording: str, forms: bool, day: str | None) -> Shown:
        sought = wording[:LONGEST].strip()
        hits = find(view(day), sought, forms)
        html, says = _result(view(day), hits, sought, forms, _when(day))
        if len(wording) > LONGEST:
            says = f"Only the first {LONGEST} characters are looked for. {says}"
        ours = "; ".join(a for a in hits["address"] if addresses.parse_all(a))
        return Shown(html, says, (lambda: view(day).resolve(ours)) if len(hits) else None)

    panel = explore(
        "A wording: when was it first found, who used it, in which words?",
        wording=type_in(
            "Wording",
            phrase,
            width="330px",
            offers=lambda day: wordings(view(day)),
            reads=lambda wording: wording[:LONGEST].strip(),
        ),
        forms=tick(
            "other forms too (unconditionally, supports)",
            True,
            width="360px",
            reads=("exactly", "other forms too"),
        ),
        day=days(days_of_the_log(tables), latest=True, width="420px", steps=False),
        draw=draw,
        stored="Wording: {wording}, {forms}; {day}",
    )
    panel.in_page = InPage("finder", lambda: _for_page(tables, phrase))
    return panel


def _for_page(tables: Tables, phrase: str) -> dict:
    """The log for a page that looks for wordings itself: the days, and of each text that is looked
    through and of each wording offered the place of the first day on which it is there.
    """
    every_day = [*days_of_the_log(tables), None]
    views = [tables.as_of(day) for day in every_day]
    offers: dict[str, int] = {}
    texts: dict[tuple, list] = {}  # of each text [place of a day, what is shown from then on]
    for place, view in enumerate(views):
        for wording in wordings(view):
            offers.setdefault(wording, place)
        for hit in texts_of(view):
            told = _text_for_page(view, hit)
            known = texts.setdefault((hit["where"], hit["address"], hit["text"]), [])
            if not known or known[-1][1] != told:
                known.append([place, told])
    return {
        "start": phrase,
        "longest": LONGEST,
        "own": OWN,
        "days": [[day(d) if d else "all we have", _when(d)] for d in every_day],
        "rows": [len(view.messages) for view in views],
        "offers": [[wording, offers[wording]] for wording in sorted(offers, key=str.lower)],
        "texts": [[text, *states] for (_, _, text), states in texts.items()],
        "none_found": [_none_found(view) for view in views],
        "no_rows": rows_table([]),
    }


def _text_for_page(view: Tables, hit: dict) -> dict:
    """A text that may be found, in the view of a day: what its line in the table has before and
    after the words, as the first found and as another; what is said of it; its row.
    """
    row = next(pd.DataFrame([hit | {"text": BLANK}]).itertuples())
    ours = bool(addresses.parse_all(hit["address"]))
    return {
        "address": hit["address"],
        "date": hit["date"],
        "day": day(hit["date"]),
        "event": hit["event"],
        "weak": hit["weak"] != "",
        "is_use": hit["where"] != "key phrase",
        "who": f"{_who(hit)}{_short(hit['address'])}",
        "line": [_line(row, is_first).split(BLANK) for is_first in (False, True)],
        "row": rows_table(view.resolve(hit["address"])) if ours else "",
    }


def _when(as_of: str | None) -> str:
    return f"as of {day(as_of)}" if as_of else "with all we have"


def _result(tables, hits, sought, by_stem, when) -> tuple[str, str]:
    if not sought:
        return "<p>Type a word or two, for instance <em>full support</em>.</p>", "No wording yet."
    how = f"“{sought}”, {'in any form' if by_stem else 'exactly so'}, {when}"
    if hits.empty:
        rows = len(tables.messages)
        return _none_found(tables), f"{how}: none found among {rows} rows."
    first = first_found(hits)
    lines = "".join(
        _line(hit, first is not None and hit.address == first["address"])
        for hit in hits.itertuples()
    )
    head = "".join(
        f"<th scope='col'>{name}</th>" for name in ("Date", "Who", "The words", "Found in")
    )
    return (
        f"<table><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table><p><small>First found,"
        " not first ever: the log holds excerpts. The same word may have another object, and"
        " another speaker: read the words around it.</small></p>",
        f"{how}: {_found(hits, first)}",
    )


def _none_found(tables: Tables) -> str:
    phrases = tables.messages["key_phrase"]
    phrases = phrases[phrases != ""]
    longest = max(len(phrase.split()) for phrase in phrases)
    return (
        f"<p><strong>What this means:</strong> none of the {len(phrases)} key phrases public on"
        " that day has it, nor a quoted context of the list of first"
        " uses.</p><p><strong>What it does not mean:</strong> that it was not said or"
        f" sent. The log holds excerpts, on that day of at most {longest} words, from pages that"
        " were stored, most of them English. “None found” is not “none sent”.</p>"
    )


def _found(hits, first) -> str:
    """In how many places a wording was found, and where first."""
    weak, events = int((hits["weak"] != "").sum()), hits["event"].nunique()
    says = f"found in {several(len(hits), 'place')}"
    says += f" ({several(events, 'event')})" if events != len(hits) else ""
    if first is None:
        return f"{says}. All of them are weak: no first use is named."
    says += f". First found: {day(first['date'])}, {_who(first)}{_short(first['address'])}."
    if weak:
        says += f" {capital(several(weak, 'weak row'))} left out of that comparison."
    return says


def _who(hit) -> str:
    return SIDES[hit["direction"]][0] if hit["direction"] else "not a message of the log"


def _short(address: str) -> str:
    if addresses.parse_all(address):
        return f" ({address})"
    return f", page of {address.split('/')[2]}"


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
        f"<small>{hit.where}</small><sup>{hit.address}</sup>"
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
