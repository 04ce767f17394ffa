"""The forms before and after, their key, and the page of standards, as documents of the kit."""

from html import escape

from casebook.core.tables import Tables
from casebook.figure import Html, cell, html_table
from casebook.kit.page import Document

LEFT_OUT = (
    "Left out, because we could not read their text with its codes: the C3 Framework of the"
    " National Council for the Social Studies, and the knowledge part of the Council of Europe's"
    " model (the page that we read breaks off before it)."
)
RULES = (
    "Let one half of the class sit A before and B after, the other half B before and A after, for"
    " one form may be harder. Ten minutes each, alone, without help. Closed items have the points"
    " that stand behind each choice; open items 2, 1 or 0 by the rubric. Count first attempts"
    " alone. On paper a pupil can reach 16 points; type pseudonym, before and after into"
    " class-results. Nothing is claimed about learning: no class has sat them yet."
)


def form_sheets(tables: Tables, folder: str) -> list[Document]:
    """The two forms for pupils, and the key with rubric and annotated answers for the teacher."""
    forms = tables.read_json("forms")
    sheets = [
        Document(f"{folder}/form-{form['form']}", f"Form {form['form']}", _form(form), most=3)
        for form in forms
    ]
    key = f"<h1>Before and after: the key</h1><p>{escape(RULES)}</p>"
    key += "".join(map(_key, forms))
    return [*sheets, Document(f"{folder}/forms-key", "Before and after: the key", key)]


def _form(form: dict) -> str:
    texts = "".join(
        f"<p><strong>{escape(text['who'])}.</strong> “{escape(text['text'])}”</p>"
        for text in form["sources"]
    )
    return (
        f"<h1>Form {form['form']}</h1><p>Pseudonym: ______________________ &emsp; before / after"
        f"</p><p>{escape(form['case'])} Read the three texts; you have ten minutes.</p>"
        f"<section>{texts}</section>{''.join(map(_item, form['items']))}"
    )


def _item(item: dict) -> str:
    asks = f"<p><strong>{item['item']}.</strong> {escape(item['question'])}</p>"
    boxes = "".join(f"<li>{escape(choice['text'])}</li>" for choice in item["choices"])
    answer = f"<ul class='box'>{boxes}</ul>" if boxes else "<div class='line'></div>" * 3
    return f"<section>{asks}{answer}</section>"


def _key(form: dict) -> str:
    rows = [
        [f"{item['item']}", item["skill"], _worth(item), "; ".join(_levels(item))]
        for item in form["items"]
    ]
    head = ["Item", "Skill", "2 points", "What gives 1 or 0"]
    annotated = "".join(
        f"<li><strong>Item {answer['item']}, {answer['points']} of 2:</strong>"
        f" “{escape(answer['answer'])}” {escape(answer['why'])}</li>"
        for answer in form["annotated"]
    )
    return (
        f"<h2>Form {form['form']}</h2>{html_table(head, rows, 'evidence', (6, 14, 35, 45))}"
        f"<p>Answers with their points; they are invented.</p><ul>{annotated}</ul>"
    )


def _said(item: dict) -> list[tuple[int, str]]:
    """(points, what has them) of an item, choices with their reason."""
    if item["choices"]:
        return [(c["points"], f"“{c['text']}” {c['why']}") for c in item["choices"]]
    return [(level["points"], level["looks"]) for level in item["rubric"]]


def _worth(item: dict) -> str:
    return " ".join(text for points, text in _said(item) if points == 2)


def _levels(item: dict) -> list[str]:
    return [f"{points}: {text}" for points, text in _said(item) if points < 2]


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
