"""The edition: pages from the notebooks as stored, with every state of every panel."""

import base64
import gzip
import json
import random
import re
from html import escape
from html.parser import HTMLParser

import pytest

from casebook.core.addresses import parse_all
from casebook.edition.notebook import blocks, nobodys_work, panels_in
from casebook.edition.page import Page, index_page
from casebook.edition.parts import Parts, closed, opened
from casebook.edition.prose import Prose
from casebook.edition.states import is_alive
from casebook.edition.tasks import task_data
from casebook.exercises import Exercise, exercises
from casebook.figure import marked
from casebook.panel.explore import DeclaredPanel
from helpers import build_edition, notebooks, page_data

MOST = 200  # states that are drawn of a panel that has more
PAGE, WHOLE = 1_500_000, 15_000_000  # bytes, compressed
each = pytest.mark.parametrize("notebook", notebooks(), ids=lambda path: path.stem)


class Read(HTMLParser):
    """What a page holds: (tag, attributes) of every element, ids, and the words."""

    def __init__(self, html: str):
        super().__init__()
        self.tags, self.words = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", "", "".join(self.words))


def page(edition, notebook) -> str:
    return (edition / f"{notebook.stem}.html").read_text("utf-8")


def data(edition, notebook) -> dict:
    return page_data(edition, notebook.stem)


def files(folder) -> dict:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


# -- the whole -------------------------------------------------------------------------------------


def test_a_second_build_gives_the_same_bytes(edition, tmp_path):
    build_edition(tmp_path / "again", seed="2")
    ours, again = files(edition), files(tmp_path / "again")
    assert list(ours) == list(again)
    assert [name for name in ours if ours[name] != again[name]] == []


def test_the_index_leads_to_the_kit_where_one_lies(tables):
    pages = [Page(path.stem, path.stem, "", "") for path in notebooks()]
    assert "kit/index.html" not in index_page(tables, pages).html
    assert "<a href='kit/index.html'>" in index_page(tables, pages, "kit/index.html").html


def test_a_page_and_the_whole_are_small(edition):
    sizes = {name: len(gzip.compress(raw, 6)) for name, raw in files(edition).items()}
    assert sum(sizes.values()) <= WHOLE
    shared = sum(size for name, size in sizes.items() if name.startswith("assets/"))
    for notebook in notebooks():
        own = sizes[f"{notebook.stem}.html"] + sizes[f"data/{notebook.stem}.js"]
        shown = set(re.findall(r"pictures/\w+\.svg", page(edition, notebook)))
        assert own + shared + sum(map(sizes.get, shown)) <= PAGE


def test_nothing_is_loaded_from_outside_the_folder(edition):
    for path in edition.glob("*.html"):
        for tag, attributes in Read(path.read_text("utf-8")).tags:
            assert not [name for name in attributes if name.startswith("on")]
            loaded = attributes.get("src") or (tag == "link" and attributes["href"]) or "data:"
            assert loaded.startswith("data:") or (edition / loaded).is_file()
    for path in edition.glob("assets/*.css"):
        assert not re.search(r"@import|url\(", path.read_text("utf-8"))
    script = (edition / "assets" / "edition.js").read_text("utf-8")
    assert not re.search(r"fetch\(|XMLHttpRequest|\bimport\b *[({\"']|https?://", script)


def test_every_link_inside_leads_somewhere(edition):
    read = {path.name: Read(path.read_text("utf-8")) for path in edition.glob("*.html")}
    ids = {name: {a.get("id") for _, a in page.tags} for name, page in read.items()}
    for name, page in read.items():
        for tag, attributes in page.tags:
            if tag == "a" and not attributes["href"].startswith(("https://", "http://")):
                file, query, place = re.fullmatch(
                    r"([^?#]*)(\?present)?#?(.*)", attributes["href"]
                ).groups()
                assert file or query or place
                assert not place or place in ids[file or name], attributes["href"]
                assert (file or name) in read, attributes["href"]


# -- what a catalogue reads ------------------------------------------------------------------------

# The vocabulary's own definitions (https://schema.org/LearningResource, CreativeWork, Thing and the
# types that stand here): of each property we use, what its value may be.
VOCABULARY = {
    "LearningResource": {
        "name": "Text",
        "description": "Text",
        "url": "URL",
        "about": "Thing",  # a text names it
        "author": "Organization",
        "audience": "EducationalAudience",
        "hasPart": "LearningResource",
        "inLanguage": "Text",
        "isAccessibleForFree": "Boolean",
        "isPartOf": "LearningResource",
        "learningResourceType": "Text",
        "license": "URL",
        "teaches": "Text",
        "timeRequired": "Duration",
    },
    "EducationalAudience": {"educationalRole": "Text"},
    "Organization": {"name": "Text"},
}
FITS = {
    "Text": lambda value: isinstance(value, str) and value.strip() == value != "",
    "Thing": lambda value: isinstance(value, str) and value.strip() == value != "",
    "Boolean": lambda value: isinstance(value, bool),
    "URL": lambda value: bool(re.fullmatch(r"https://\S+|[\w.-]+\.html", value)),
    "Duration": lambda value: bool(re.fullmatch(r"P(?=.)(\d+D)?(T(?=.)(\d+H)?(\d+M)?)?", value)),
}
WANTED = {"name", "learningResourceType", "license", "inLanguage", "teaches", "author", "audience"}


def faults(thing: dict, place: str = "page") -> list[str]:
    """What of a description the vocabulary does not have, or has otherwise."""
    kind = thing.get("@type")
    if kind not in VOCABULARY:
        return [f"{place}: no type {kind}"]
    found = []
    for name, value in thing.items():
        if name.startswith("@"):
            continue
        wanted = VOCABULARY[kind].get(name)
        for one in value if isinstance(value, list) else [value]:
            if wanted is None:
                found.append(f"{place}: {kind} has no {name}")
            elif isinstance(one, dict):
                found += faults(one, f"{place}.{name}")
                found += [f"{place}.{name}: a {one.get('@type')}"] * (one.get("@type") != wanted)
            elif wanted not in FITS or not FITS[wanted](one):
                found.append(f"{place}.{name}: {one!r} is no {wanted}")
    return found


def test_each_page_describes_itself_in_the_words_of_schema_org(edition, tables):
    minutes = {row.file[:-6]: row.minutes for row in tables.lessons.itertuples()}
    for path in sorted(edition.glob("*.html")):
        (raw,) = re.findall(
            r"<script type='application/ld\+json'>(.*?)</script>", path.read_text("utf-8")
        )
        told = json.loads(raw)
        assert told["@context"] == "https://schema.org"
        assert faults(told) == []
        assert set(told) >= WANTED
        if path.stem in minutes:
            assert told["timeRequired"] == f"PT{minutes[path.stem]}M"
            assert told["url"] == path.name
    parts = [part["url"] for part in told["hasPart"]]  # the index comes last
    assert parts == [f"{name}.html" for name in minutes]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"@type": "Lesson"},
        {"@type": "LearningResource", "colour": "red"},
        {"@type": "LearningResource", "timeRequired": "45 minutes"},
        {"@type": "LearningResource", "isAccessibleForFree": "yes"},
        {"@type": "LearningResource", "audience": {"@type": "Organization", "name": "x"}},
    ],
)
def test_a_description_that_is_wrong_is_found(spoilt):
    assert len(faults(spoilt)) == 1


def test_the_pages_lead_from_lesson_to_lesson(edition, tables):
    files = [row.file[:-6] for row in tables.lessons.itertuples()]
    html = {name: (edition / f"{name}.html").read_text("utf-8") for name in files}
    for before, after in zip(files, files[1:]):
        assert f"<a rel='next' href='{after}.html'>" in html[before]
        assert f"<a rel='prev' href='{before}.html'>" in html[after]


# -- a page ----------------------------------------------------------------------------------------


@each
def test_every_heading_of_the_notebook_is_in_its_page_with_a_name(edition, notebook):
    read = Read(page(edition, notebook))
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    prose = "\n\n".join("".join(c["source"]) for c in cells if c["cell_type"] == "markdown")
    wanted = re.findall(r"^#{1,4} (.*)", prose, re.MULTILINE)
    names = [a["id"] for tag, a in read.tags if re.fullmatch(r"h[1-4]", tag) and "id" in a]
    assert wanted
    for heading in wanted:
        assert re.sub(r"[\s*`]|</?sup>", "", heading) in read.text
        assert re.sub(r"[*`]|</?sup>", "", heading).replace(" ", "-") in names
    assert len(set(names)) == len(names)


@each
def test_no_tag_stands_in_a_page_as_text(edition, notebook):
    html = re.sub(r"<code>.*?</code>", "", page(edition, notebook), flags=re.DOTALL)
    assert not re.findall(r"&lt;/?[a-z]+[ &]", html)


@each
def test_every_address_of_a_page_has_its_row(edition, notebook):
    rows = (edition / "assets" / "addresses.js").read_text("utf-8")
    known = json.loads(rows.removeprefix("casebook.rows = ").splitlines()[0].removesuffix(";"))
    marks = re.findall(r"<sup>(.*?)</sup>", page(edition, notebook))
    assert {str(a) for mark in marks for a in parse_all(mark)} <= set(known)


def test_prose_can_do_no_harm():
    html = Prose().html(
        "# A <img src=x onerror=alert(1)>\n<script>x</script>\n\n[b](javascript:alert(1)) *c*"
        " <sup>F001</sup> <a href='data:text/html,x' onclick='y'>d</a>"
    )
    tags = {tag for tag, _ in Read(html).tags}
    assert tags == {"h1", "p", "a", "em", "sup"}
    assert all(set(a) <= {"id"} for _, a in Read(html).tags)


# -- panels ----------------------------------------------------------------------------------------


def drawn(states):
    """All states, or ``MOST`` of them."""
    states = list(states)
    return states if len(states) <= MOST else random.Random(2026).sample(states, MOST)


def key_of(panel, told, state) -> str:
    """The numbers by which the page knows these values, found by what they are called."""
    numbers = {}
    for control, (name, declared) in zip(told["controls"], panel.declared.items()):
        beside = ",".join(str(list(numbers.values())[need]) for need in control["needs"])
        place = [value for _, value in declared.offered(state)].index(state[name])
        numbers[name] = control["offers"][beside]["options"][place][1]
    return ",".join(map(str, numbers.values()))


@each
def test_every_state_of_every_panel_is_in_its_page(edition, notebook):
    told = data(edition, notebook)
    parts = Parts()
    parts.texts = told["parts"]
    with nobodys_work():
        shown = [block.panel for block in blocks(notebook) if block.kind == "panel"]
        declared = [p for p in shown if isinstance(p, DeclaredPanel) and not p.in_page]
        panels = [p for p in declared if is_alive(p)]
        assert len(panels) == len(told["panels"])
        for panel, ours in zip(panels, told["panels"]):
            assert len(ours["states"]) == len(list(panel.states()))
            for state in drawn(panel.states()):
                html, says, rows = ours["states"][key_of(panel, ours, state)]
                assert parts.html(ours["html"][html]) == panel.state(state)[0]
                assert ours["says"][says] == marked(panel.state(state)[1])
                assert parts.html(ours["rows"][rows]) == (
                    panel.rows(state) if panel.rows_label else ""
                )


@each
def test_a_panel_that_is_not_alive_says_where_it_works(edition, notebook):
    html = page(edition, notebook)
    for panel in re.findall(r"<div class='lp-panel' role='group' aria-label=\"[^>]*>", html):
        if not re.search("data-(panel|task|scene)", panel):
            after = html[html.index(panel) :].split("lp-panel'", 2)[1]
            assert "JupyterLab" in after
    assert "<em>Run this notebook" not in html


NOT_ALIVE = {"Can the build read your record?"}


@each
def test_all_panels_but_the_form_of_a_record_work_in_the_pages(edition, notebook):
    """Which does not is a list that nobody lengthens without thinking."""
    frames = re.findall(
        r"<div class='lp-panel' role='group' aria-label=\"([^\"]*)\"([^>]*)>",
        page(edition, notebook),
    )
    dead = {name for name, data in frames if not re.search("data-(panel|task|scene)", data)}
    assert dead <= NOT_ALIVE


@each
def test_what_a_panel_tells_on_request_is_not_in_the_page_before(edition, notebook):
    """Of the scenes: verdicts, outcomes, the key are veiled with the rest of their data."""
    raw = (edition / "data" / f"{notebook.stem}.js").read_text("utf-8")
    html, told = page(edition, notebook), data(edition, notebook)["scenes"]
    scenes = json.loads(base64.b64decode(told)) if told else []
    assert html.count("data-scene=") == len(scenes)
    for scene in scenes:
        secrets = {
            "line": lambda s: [line["why"] for line in s["lines"]],
            "grades": lambda s: [
                r for c in s["claims"] for one in c["reasons"] for r in one.values()
            ],
            "cards": lambda s: [
                s["verdict"],
                *(step["front"] for step in s["steps"] if step["front"]),
            ],
            "outcomes": lambda s: [day["outcomes"] for day in s["days"]],
            "ladders": lambda s: [
                s["frames"][-1],
                *(svg for name, svg in s["picture"]["layers"] if name.startswith("reader ")),
            ],
        }.get(scene["model"], lambda _: [])(scene)
        assert not [secret for secret in secrets if secret in html or secret in raw]


def test_a_form_stands_in_its_page_without_its_key(edition, tables):
    notebook = next(path for path in notebooks() if path.stem == "before-and-after")
    told = data(edition, notebook)["scenes"]
    whole = base64.b64decode(told).decode("utf-8") + page(edition, notebook)
    for form in tables.read_json("forms"):
        for item in form["items"]:
            assert escape(item["question"]) in whole
            for secret in [choice["why"] for choice in item["choices"]] + item["rubric"]:
                assert (secret if isinstance(secret, str) else secret["looks"]) not in whole


@each
def test_there_is_nothing_to_run_where_a_page_says_so(edition, notebook):
    html = page(edition, notebook)
    assert ("there is nothing to run" in html) != ("it works in jupyterlab" in html.casefold())


def test_a_picture_is_taken_apart_and_put_together_again():
    html = '<p>a</p><img src="data:image/svg+xml;base64,PHN2Zz7CtjwvZz4="><p>b</p>'
    assert "¶" in opened(html)
    assert closed(opened(html)) == html
    parts = Parts()
    packed = parts.pack([html, html + "<p>c</p>"])
    assert [parts.html(numbers) for numbers in packed] == [html, html + "<p>c</p>"]
    assert len(parts.texts) < 4


# -- exercises -------------------------------------------------------------------------------------


@each
def test_nothing_of_an_answer_can_be_read_in_the_page_or_its_data(edition, notebook, tables):
    lesson = notebook.stem[:2]
    told = exercises(tables, lesson) + exercises(tables, lesson, group="check-out")
    raw = (edition / "data" / f"{notebook.stem}.js").read_text("utf-8")
    text, cells = (
        Read(page(edition, notebook)).text,
        json.loads(notebook.read_text("utf-8"))["cells"],
    )
    shown = [
        out["data"].get("text/html", [])
        for c in cells
        for out in c.get("outputs", [])
        if "data" in out
    ]
    stored = "".join(Read("".join(part)).text for part in [*(c["source"] for c in cells), *shown])
    for task in told:
        compared = task.kind in ("predict", "vote", "sentence")  # its hint says how to begin
        hidden = [
            task.worked,
            *([] if compared else [task.hint]),
            *(why for *_, why in task.choices),
        ]
        for secret in filter(None, hidden):
            words = Read(marked(secret)).text
            assert words not in text or words in stored, "what the lesson itself says may stand"
            assert secret not in raw


def test_what_says_an_answer_is_no_part_of_an_exercise_alone(tables):
    """The lines of each choice are those that the check gives, for a class of one's own as well."""
    text = {
        "exercise_id": "99-vote",
        "kind": "vote",
        "group": "exercise",
        "question": "Which?",
        "hint": "Say it.",
        "worked": "Both can be said.",
        "snippet": None,
        "snippet_address": None,
        "choices": [{"value": "a", "text": "One <b>.", "why": "Since (F001)."}],
        "bins": [],
        "most": None,
        "again": None,
        "key": None,
    }
    told = task_data(Exercise(text, tables))
    assert told["choices"] == [["a", "One &lt;b&gt;."]]
    assert told["kept_as"] == "prediction"
    sentence = task_data(Exercise(text | {"kind": "sentence", "choices": []}, tables))
    assert (sentence["kept_as"], sentence["longest"]) == ("writing", 400)
    assert sentence["rules"]["found"] == "Both can be said."


def test_panels_are_found_in_whatever_holds_them(tables):
    from casebook.exercises.widgets import check_out

    assert len(panels_in(check_out(tables, "01"))) == 5
    assert panels_in("a text") == []
