"""What a sheet is made of: extracts, the claims of reports side by side, tables to fill, questions
with room for the answer.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape
from string import ascii_lowercase

import pandas as pd

import casebook
from casebook.core.tables import Tables
from casebook.exercises import Exercise
from casebook.figure import Html, TableExhibit, cell, html_table, marked, small, strong
from casebook.subjects.reports.charts.reports import extract
from casebook.subjects.reports.methods.coverage import reports

BOX = "☐"
LEAST = 100  # characters: a column of a few words is no narrower
ROOM = 42  # per cent of the width, for a column to write in
MOST_COLUMNS = 5  # of a table of one row


def points(task: str | None) -> list[str]:
    """A task in paragraphs: what is numbered (1), (2) … stands on lines of its own."""
    return re.split(r" (?=\(\d+\) )", task) if task else []


def extracts(tables: Tables, quotes: Sequence[str]) -> str:
    """The quotations with what is known of each; a paragraph that two of them come from is told
    once.
    """
    html, told = "", ""
    for name in quotes:
        exhibit = extract(tables, name)
        around, place = exhibit.rows[-1], exhibit.source.split(". The whole")[0]
        quoted = f"<blockquote>{exhibit.head[1]}<sup>{escape(place)}</sup></blockquote>"
        known = f"{escape(exhibit.title)}."
        if around[1] != told:
            known += f" {around[0]}: {around[1]}"
        html += f"<section>{quoted}<p><small>{known}</small></p></section>"
        told = around[1]
    return html


def claims_on(tables: Tables, part: dict) -> pd.DataFrame:
    """The claims of the reports on a part's topics, but for what a page template added, and the
    single ones that it names. Column ``row``: the topic under which each is printed; a single one
    stands with the first topic on which its paragraph has a claim.
    """
    claims = tables.claims[tables.claims["source_id"].isin(reports(tables))]
    on_topic = claims["topic"].isin(part["topics"]) & (claims["role"] != "artefact")
    found = claims[on_topic | claims["claim_id"].isin(part["claims"])]
    places = found["topic"].where(on_topic)
    order = {topic: n for n, topic in enumerate(part["topics"])}
    first = places.map(order).groupby([found["source_id"], found["paragraph"]]).transform("min")
    row = places.map(order).fillna(first).fillna(len(order) - 1)
    return found.assign(row=row.astype(int))


def told_whole(tables: Tables, part: dict) -> Iterable[str]:
    """The paragraphs of which a part prints every claim."""
    if not part["topics"]:
        return
    printed = set(claims_on(tables, part)["claim_id"])
    for (source, paragraph), claims in tables.claims.groupby(["source_id", "paragraph"]):
        if printed.issuperset(claims["claim_id"]):
            yield f"{source} ¶{paragraph}"


def claims_table(tables: Tables, part: dict) -> str:
    """What each report says on a part's topics, in our words, side by side, for a class without the
    articles; "" for a part without topics.
    """
    if not part["topics"]:
        return ""
    claims, outlets = claims_on(tables, part), tables.sources.set_index("source_id")["outlet"]
    shares = _shares(claims)
    heads = "".join(
        f"<th style='width: {share}%'>{escape(outlets[s])}</th>" for s, share in shares.items()
    )
    lines = "".join(
        f"<tr>{''.join(_told(rows[rows['source_id'] == s], outlets[s]) for s in shares)}</tr>"
        for _, rows in claims.groupby("row")
    )
    return (
        f"<table class='evidence claims'><thead><tr>{heads}</tr></thead>"
        f"<tbody>{lines}</tbody></table>"
    )


def _shares(claims) -> dict[str, int]:
    """The width of each report's column in per cent, by what it has to hold."""
    rows = claims["claim"].str.len().groupby([claims["row"], claims["source_id"]]).sum().unstack()
    longest = rows.max() + LEAST
    shares = (100 * longest / longest.sum()).round().astype(int)
    return shares.to_dict()


def _told(claims, outlet: str) -> str:
    """The cell of one report: paragraph after paragraph with its claims."""
    said = (
        f"<strong>¶{paragraph}</strong> {escape(' '.join(rows['claim']))}"
        for paragraph, rows in claims.groupby("paragraph", sort=False)
    )
    return f"<td data-outlet='{escape(outlet)}'>{' '.join(said) or '–'}</td>"


def table(tables: Tables, wanted: dict, answers: bool) -> str:
    """An exhibit of words with its cells left blank but for boxes to tick, or filled in the
    teacher's copy, or filled for pupils too where they are ``given``; only the rows named, in the
    order in which they are named; behind it an empty column where one is asked for. A single row
    of many columns is turned, so that no side is too narrow for it.
    """
    head, rows, widths = filled(tables, wanted)
    if not (answers or wanted["given"]):
        rows = [[first, *[c if c.startswith(BOX) else "" for c in cells]] for first, *cells in rows]
    if not wanted["given"] and len(rows) > 1:  # the key names lines by their numbers
        rows = [[cell(small(f"{n} "), row[0]), *row[1:]] for n, row in enumerate(rows, 1)]
    if wanted["room"]:
        head, rows = [*head, wanted["room"]], [[*row, ""] for row in rows]
        widths = [*(share * (100 - ROOM) // 100 for share in widths), ROOM]
    html = TableExhibit(head, rows, widths).body()
    return (
        f"<div class='given'>{html}</div>" if wanted["given"] else f"<div class='fill'>{html}</div>"
    )


def filled(tables: Tables, wanted: dict) -> tuple[list[str], list[list[str]], list[int]]:
    """(head, rows, widths in hundredths) of an exhibit of words, as ``table`` lays it out, with
    what belongs into its cells.
    """
    exhibit = getattr(casebook, wanted["exhibit"])(tables)
    head, widths = list(exhibit.head), list(wanted["widths"] or exhibit.widths)
    rows = [list(row) for name in wanted["rows"] or [""] for row in exhibit.rows if name in row[0]]
    if len(rows) == 1 and len(head) > MOST_COLUMNS:
        pairs = [list(pair) for pair in zip(head[1:], rows[0][1:])]
        return [head[0], rows[0][0]], pairs, [40, 60]
    return head, rows, widths


def asked(number: int, task: Exercise, answers: bool, whence: str, room: bool = True) -> str:
    """A question with its text, where its evidence stands, and ``room`` for the answer; in the
    teacher's copy with the answer.
    """
    html = f"<p><strong>{number}.</strong> {marked(task.question)}</p>"
    if task.snippet:
        html += (
            f"<blockquote>{marked(task.snippet)}<sup>{escape(task.snippet_address)}</sup>"
            "</blockquote>"
        )
    html += f"<p><small>{escape(whence)}</small></p>" if whence else ""
    html += _room(task, answers) if room or answers else ""
    if answers:
        said = f"{escape(right(task))} {marked(task.worked)}".strip()
        html += f"<div class='answer'><p>{said}</p></div>"
    return html


def right(task: Exercise) -> str:
    """What is right, by the box: 'b: That KCNA's text said so.', 'open: a, c', '3'; "" for a
    sentence, which has no key.
    """
    if task.kind == "sort":
        lettered = dict(zip((value for value, *_ in task.choices), ascii_lowercase))
        return "; ".join(
            f"{name}: {', '.join(lettered[v] for v, *_ in task.choices if task.key[v] == name)}"
            for name in task.bins
            if name in task.key.values()
        )
    if not task.choices:
        return f"{task.key:,}" if task.key else ""
    chosen = [
        f"{letter}: {text}"
        for letter, (value, text, _) in zip(ascii_lowercase, task.choices)
        if value in task.key
    ]
    return " ".join(chosen)


def _room(task: Exercise, answers: bool) -> str:
    """Where the answer is put: a table for a sorting, boxes, lines, a number."""
    lettered = [
        (value, cell(strong(letter), f" {text}"))
        for letter, (value, text, _) in zip(ascii_lowercase, task.choices)
    ]
    if task.kind == "sort":
        return html_table(
            ["", *task.bins],
            [
                [text, *(Html("✓" if answers and task.key[value] == b else "") for b in task.bins)]
                for value, text in lettered
            ],
        )
    if task.choices:
        return f"<ul class='box'>{''.join(f'<li>{text}</li>' for _, text in lettered)}</ul>"
    if task.kind == "sentence":
        return "<div class='line'></div><div class='line'></div>"
    return "<p>Your number: __________</p>"
