"""The forms before and after, their key, and the page of standards, as documents of the kit."""

from html import escape

from casebook.core.tables import Tables
from casebook.exercises.form_widget import TIMES
from casebook.figure import BREAK, Html, cell, html_table
from casebook.kit.page import Document

LEFT_OUT = (
    "Left out, because we could not read their text with its codes: the C3 Framework of the"
    " National Council for the Social Studies, and the knowledge part of the Council of Europe's"
    " model (the page that we read breaks off before it)."
)
LETTERS = "abcd"
TO_SIT, TO_MARK, PUPILS = 15, 3, 28  # minutes a form, minutes to mark one, a class
HOURS = round(2 * PUPILS * TO_MARK / 60)
WHO_FIRST = (
    "One half of the class sits form A before the lessons and form B after them, the other half B"
    " before and A after."
)
RULES = {
    "Who sits which": f"{WHO_FIRST} Then it matters less if one form is harder.",
    "Sitting": f"{TO_SIT} minutes each, alone, without help. Pupils note their made-up name in"
    " their own exercise book, for they need it again after the lessons; whoever has lost it makes"
    " no pair, and no list of names is needed.",
    "Marking": "A closed item has the points of the box that was ticked; an open one 2, 1 or 0 by"
    " the rubric; 16 are the most. What is handed in counts, with no second try. Reckon with"
    f" {TO_MARK} minutes a form, so with some {HOURS} hours for {PUPILS} pupils and both forms;"
    " that is our estimate, and nobody has timed it.",
    "Results": "On paper fill the side “Results by hand”; it needs no computer. Whoever has the"
    " casebook with its notebooks can type made-up name, before and after into class-results, which"
    " adds an interval.",
    "What is not asked": "Contextualisation, the skill of lesson 07: whether a word is new can only"
    f" be said beside a log of older words, and a form of {TO_SIT} minutes has no room for one. Use"
    " the fourth part of “Another task” for it. Calibration, items 7 and 8, is the skill of lesson"
    " 09; the core path only touches it, with the forecast of 00, so look at these two apart.",
    "What is claimed": "Nothing about learning: no class has sat them yet.",
}
CANNOT = (
    "A difference of one pupil by two or three points says little, since one open item that is"
    " read more kindly is two points.",
    f"If two pupils in three change by no more than 3 points up or down, then in a class of"
    f" {PUPILS} a mean change below {{smallest}} can't be told from none.",
    "What changed it can't be said: there is no class beside yours that had other lessons, and"
    " practice or the weeks between may have done it.",
)
ITEMS = [str(number) for number in range(1, 9)]


def form_sheets(tables: Tables, folder: str) -> list[Document]:
    """The two forms for pupils; for the teacher the key with rubric and annotated answers, and a
    side for the results.
    """
    forms = tables.read_json("forms")
    sheets = [
        Document(f"{folder}/form-{form['form']}", f"Form {form['form']}", _form(form), most=3)
        for form in forms
    ]
    key = "<h1>Before and after: the key</h1>"
    key += "".join(f"<p><strong>{what}.</strong> {escape(how)}</p>" for what, how in RULES.items())
    key += "".join(map(_key, forms))
    by_hand = Document(f"{folder}/results-by-hand", "Results by hand", _by_hand(), most=1)
    return [*sheets, Document(f"{folder}/forms-key", "Before and after: the key", key), by_hand]


def _form(form: dict) -> str:
    texts = "".join(
        f"<p><strong>{escape(text['who'])}.</strong> “{escape(text['text'])}”</p>"
        for text in form["sources"]
    )
    return (
        f"<h1>Form {form['form']}</h1><p>Made-up name, not your own: ________________ &emsp;"
        f" \u2610 before the lessons &emsp; \u2610 after them</p>"
        f"<p><small>{escape(WHO_FIRST)} Your teacher says which half is yours.</small></p>"
        f"<p>{escape(form['case'])} Read the three texts; you have {TO_SIT} minutes.</p>"
        f"<section>{texts}</section>{''.join(map(_item, form['items']))}"
    )


def _item(item: dict) -> str:
    asks = f"<p><strong>{item['item']}.</strong> {escape(item['question'])}</p>"
    boxes = "".join(
        f"<li><strong>{letter}</strong> {escape(choice['text'])}</li>"
        for letter, choice in zip(LETTERS, item["choices"])
    )
    answer = f"<ul class='box'>{boxes}</ul>" if boxes else "<div class='line'></div>" * 3
    return f"<section>{asks}{answer}</section>"


def _key(form: dict) -> str:
    rows = [
        [f"{item['item']}", item["skill"], _worth(item), _levels(item)] for item in form["items"]
    ]
    head = ["Item", "Skill", "2 points", "What gives 1 or 0"]
    boxes = ", ".join(
        f"{item['item']} {letter}"
        for item in form["items"]
        for letter, choice in zip(LETTERS, item["choices"])
        if choice["points"] == 2
    )
    annotated = "".join(
        f"<li><strong>Item {answer['item']}, {answer['points']} of 2:</strong>"
        f" “{escape(answer['answer'])}” {escape(answer['why'])}</li>"
        for answer in form["annotated"]
    )
    return (
        f"<h2>Form {form['form']}</h2><p>Boxes with 2 points: <strong>{boxes}</strong>.</p>"
        f"{html_table(head, rows, 'evidence', (6, 14, 35, 45))}"
        f"<p>Answers with their points; they are invented.</p><ul>{annotated}</ul>"
    )


def _said(item: dict) -> list[tuple[int, str]]:
    """(points, what has them) of an item, choices with their box and their reason."""
    if item["choices"]:
        return [
            (choice["points"], f"Box {letter}: “{choice['text']}” {choice['why']}")
            for letter, choice in zip(LETTERS, item["choices"])
        ]
    return [(level["points"], level["looks"]) for level in item["rubric"]]


def _worth(item: dict) -> str:
    return " ".join(text for points, text in _said(item) if points == 2)


def _levels(item: dict) -> Html:
    """What gives one point, then what gives none, a line each."""
    lower = sorted((said for said in _said(item) if said[0] < 2), key=lambda said: -said[0])
    lines = [f"{points}: {text}" for points, text in lower]
    return cell(*[part for line in lines for part in (line, BREAK)][:-1])


def smallest_change(spread: float = 3, pupils: int = PUPILS) -> float:
    """The smallest mean change that a class can tell from none, where changes spread so far (one
    standard deviation); twice the standard error, which by hand is near enough to 95 per cent.
    """
    return 2 * spread / pupils**0.5


def _by_hand() -> str:
    """The side on which a teacher without a computer puts the points together."""
    columns = [("Made-up name", 19)]
    for time in TIMES:
        columns += [(f"{time}<br>form", 8), *((item, 3.3) for item in ITEMS), ("<br>sum", 5)]
    columns += [("<br>+/−", 5)]
    head = "".join(f"<th style='width: {share}%'>{name}</th>" for name, share in columns)
    rows = f"<tr>{'<td></td>' * len(columns)}</tr>" * PUPILS
    cannot = " ".join(CANNOT).format(smallest=f"{smallest_change():.1f} points")
    return (
        "<h1>Results by hand</h1><p>For the teacher. Points of each item, 0 to 2, first for the"
        " form that was sat before the lessons (made-up name to first sum), then for the one after"
        " them; in the last column the second sum less the first. Below, the mean of all pairs;"
        " a pupil with one form alone counts in no pair.</p><table class='tally'><thead><tr>"
        f"{head}</tr></thead><tbody>{rows}</tbody></table><p>Pairs: ______ &emsp; Mean before:"
        " ______ &emsp; Mean after: ______ &emsp; Mean change: ______</p><p><strong>What this"
        f" can't show.</strong> {escape(cannot)} Destroy it with the forms.</p>"
    )


def served(tables: Tables, standard: dict) -> list[str]:
    """The exercises that serve a standard."""
    names = [text["exercise_id"] for text in tables.read_json("exercises")]
    return [n for n in names if n[:2] in standard["lessons"] or n in standard["exercises"]]


def _named(tables: Tables, standard: dict) -> str:
    """The exercises that serve a standard, whole lessons by their number."""
    titles = tables.lessons.set_index("lesson")["title"]
    whole = [f"all of {lesson} ({titles[lesson]})" for lesson in standard["lessons"]]
    return "; ".join([*whole, *standard["exercises"]])


def standards_page(tables: Tables, name: str) -> Document:
    """Which exercise serves which standard, framework by framework."""
    frameworks: dict[str, list[dict]] = {}
    for standard in tables.read_json("standards"):
        frameworks.setdefault(standard["framework"], []).append(standard)
    body = (
        "<h1>Standards</h1><p>Which exercises serve which standard, by our reading. Words between"
        " marks are the framework's own; the rest is ours.</p>"
    )
    for framework, found in frameworks.items():
        page = found[0]["page"]
        rows = [[s["code"], s["words"], _named(tables, s)] for s in found]
        body += f"<h2>{escape(framework)}</h2><p>Read on {_link(page)}.</p>"
        body += html_table(["Code", "It asks to", "Exercises"], rows, "evidence", (14, 30, 56))
    return Document(name, "Standards", f"{body}<p>{escape(LEFT_OUT)}</p>")


def _link(page: str) -> Html:
    return cell(Html(f"<a href='{escape(page)}'>{escape(page)}</a>"))
