"""The paper part of a lesson, as one HTML page to print: extracts, a table to fill, tasks. No
network, no script.
"""

from html import escape
from pathlib import Path

import casebook
from casebook.core.tables import Tables
from casebook.exercises import exercises, find_exercise
from casebook.figure import TableExhibit, marked
from casebook.subjects.reports.charts.reports import extract
from casebook.subjects.reports.methods.coverage import reports

STYLE = """
body {
    font: 11pt/1.45 Georgia, 'DejaVu Serif', serif;
    max-width: 18cm;
    margin: 1cm auto;
    color: #000;
    background: #fff;
    padding: 0 0.5cm;
}
h1 { font-size: 18pt; margin: 0 0 2mm }
h2 { font-size: 13pt; margin: 7mm 0 2mm; break-after: avoid }
table { border-collapse: collapse; width: 100%; margin: 2mm 0 }
td, th {
    border: 1px solid #555;
    padding: 1.5mm 2mm;
    text-align: left;
    vertical-align: top;
    font-weight: normal;
}
thead th { font-weight: bold }
.fill td { height: 9mm }
section, tr { break-inside: avoid }
ol, ul { padding-left: 6mm }
.line { border-bottom: 1px solid #777; height: 9mm }
.box { list-style: none; padding-left: 2mm }
.box li::before { content: "\\2610\\00a0\\00a0" }
.answer { border-left: 3px solid #000; padding-left: 3mm; margin: 2mm 0 }
blockquote { margin: 2mm 0; padding-left: 4mm; border-left: 2px solid #777 }
footer { margin-top: 8mm; font-size: 9pt; border-top: 1px solid #777; padding-top: 2mm }
@page { size: A4; margin: 15mm }
"""


def page(tables: Tables, lesson: str, answers: bool = False) -> str:
    """The hand-out of a lesson ('01') as a whole HTML page; with ``answers`` the teacher's copy.

    Raises KeyError, naming those there are, for a lesson without a hand-out.
    """
    handouts = {h["lesson"]: h for h in tables.read_json("handouts")}
    if lesson not in handouts:
        raise KeyError(
            f"there is no hand-out for lesson {lesson!r}; there are: {', '.join(handouts)}"
        )
    row = tables.lessons.set_index("lesson").loc[lesson]
    body = "".join(_part(tables, lesson, part, answers) for part in handouts[lesson]["parts"])
    copy = " · teacher's copy, with answers" if answers else ""
    name = (
        ""
        if answers
        else "<p>Name or pseudonym: ______________________ &emsp; Date: ______________</p>"
    )
    return (
        "<!doctype html><html lang='en'><head><meta"
        f" charset='utf-8'><title>{escape(row['title'])}</title><style>{STYLE}</style></head><body>"
        f"<h1>{lesson}"
        f" · {escape(row['title'])}</h1><p><strong>{escape(row['question'])}</strong>{copy}</p>"
        f"{name}{body}<footer>Letters"
        f" to Pact. {_documents(tables, body)} Quotations remain their authors'; the rest is CC BY"
        " 4.0.</footer></body></html>\n"
    )


def _documents(tables: Tables, body: str) -> str:
    """Where the articles named on the page can be read."""
    named = [
        s
        for s in tables.sources.itertuples()
        if any(sign in body for sign in (f"{s.source_id} ¶", f">{escape(s.outlet)}<"))
    ]
    return " ".join(f"{escape(s.outlet)} ({s.source_id}): “{escape(s.title)}”." for s in named)


def _part(tables: Tables, lesson, part, answers) -> str:
    html = f"<section><h2>{escape(part['heading'])}</h2>"
    html += f"<p>{marked(part['task'])}</p>" if part["task"] else ""
    html += "".join(_extract(tables, quote) for quote in part["extracts"])
    html += "</section>"
    if part["topics"]:
        html += _claims(tables, part["topics"])
    if part["table"]:
        html += _table(tables, part["table"], answers)
    asked = [find_exercise(tables, name) for name in part["exercises"]]
    asked += exercises(tables, lesson, group="check-out") if part["check_out"] else []
    html += "".join(_exercise(number, task, answers) for number, task in enumerate(asked, 1))
    return html + "<div class='line'></div>" * (0 if answers else part["lines"])


def _extract(tables: Tables, quote_id) -> str:
    exhibit = extract(tables, quote_id)
    around = exhibit.rows[-1]
    return (
        f"<blockquote>{exhibit.head[1]}</blockquote><p>{around[0]}: {around[1]}</p>"
        f"<p><small>{escape(exhibit.title)}. {escape(exhibit.source)}.</small></p>"
    )


def _claims(tables: Tables, topics) -> str:
    """What each report says on these topics, in our words, side by side, for a class without the
    articles.
    """
    sources = reports(tables)
    claims = tables.claims[
        tables.claims["topic"].isin(topics) & (tables.claims["role"] != "artefact")
    ]
    cells = "".join(
        "<td>"
        + "<br>".join(
            f"¶{c.paragraph} {escape(c.claim)}"
            for c in claims[claims["source_id"] == s].itertuples()
        )
        + "</td>"
        for s in sources
    )
    outlets = tables.sources.set_index("source_id")["outlet"]
    return (
        f"<table><thead><tr>{''.join(f'<th>{escape(outlets[s])}</th>' for s in sources)}</tr>"
        f"</thead><tbody><tr>{cells}</tr></tbody></table>"
    )


def _table(tables: Tables, wanted, answers) -> str:
    """An exhibit of words with its cells left blank but for boxes to tick, or filled in the
    teacher's copy; only the rows named.
    """
    exhibit = getattr(casebook, wanted["exhibit"])(tables)
    rows = [
        row
        for row in exhibit.rows
        if not wanted["rows"] or any(name in row[0] for name in wanted["rows"])
    ]
    blank = (
        rows
        if answers
        else [
            [first, *[cell if cell.startswith("☐") else "" for cell in cells]]
            for first, *cells in rows
        ]
    )
    return f"<div class='fill'>{TableExhibit(exhibit.head, blank, exhibit.widths).body()}</div>"


def _exercise(number, task, answers) -> str:
    html = f"<section><p><strong>{number}.</strong> {marked(task.question)}</p>"
    if task.snippet:
        html += (
            f"<blockquote>{marked(task.snippet)}<sup>{escape(task.snippet_address)}</sup>"
            "</blockquote>"
        )
    if task.kind == "sort":
        heads = "".join(f"<th>{escape(b)}</th>" for b in task.bins)
        cells = "".join(
            f"<tr><td>{escape(text)}</td>"
            + "".join(
                f"<td>{'✓' if answers and task.key[value] == b else ''}</td>" for b in task.bins
            )
            + "</tr>"
            for value, text, _ in task.choices
        )
        html += f"<table><thead><tr><th></th>{heads}</tr></thead><tbody>{cells}</tbody></table>"
    elif task.choices:
        html += (
            "<ul class='box'>"
            f"{''.join(f'<li>{escape(text)}</li>' for _, text, _ in task.choices)}</ul>"
        )
    elif task.kind == "sentence":
        html += "<div class='line'></div><div class='line'></div>"
    else:
        html += "<p>Your number: __________</p>"
    if answers:
        right = [
            text for value, text, _ in task.choices if task.kind != "sort" and value in task.key
        ] or ([f"{task.key}."] if task.kind in ("number", "predict") else [])
        html += f"<div class='answer'>{escape(' '.join(right))} {marked(task.worked)}</div>"
    return html + "</section>"


def write(tables: Tables, lesson: str, folder: Path, answers: bool = False) -> Path:
    """Write a lesson's hand-out into ``folder``; returns the file."""
    text = page(tables, lesson, answers)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{lesson}{'-answers' if answers else ''}.html"
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
