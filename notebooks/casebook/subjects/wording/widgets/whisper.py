"""The whisper: one sentence from hand to hand, and who is held to have changed it."""

from casebook.core.tables import Tables
from casebook.panel.controls import choose
from casebook.panel.explore import Shown, explore
from casebook.panel.panel import Panel
from casebook.subjects.reports.methods.coverage import reports
from casebook.subjects.wording.charts.whisper import from_to, passed_on
from casebook.subjects.wording.methods.whisper import (
    NOBODY,
    NOT_KNOWN,
    Page,
    hands,
    sentences,
    whisper_pages,
)

__all__ = ["whisper"]

UNSAID = ""
ASKED = "not said yet"
QUESTION = "Who changed it, shortened it, or said it of something else?"
NAMES = {NOBODY: "nobody: it is as before", NOT_KNOWN: "a hand that is not known"}

SAME_WORDS = "No quoted word changed. Look at the last line."
AGREED = {
    "known": "We think so too, by what the two pages show",
    "inferred": "We think so too, although nobody says so",
    NOT_KNOWN: "Yes, and that is an answer",
}


def whisper(tables: Tables, start: str = "") -> Panel:
    """Pass one sentence from page to page, and say at each at whose hand the words changed;
    ``start`` is the report it goes to first.
    """
    every = {source: whisper_pages(tables, source) for source in reports(tables)}
    every = {source: pages for source, pages in every.items() if pages}
    outlets = tables.sources.set_index("source_id")["outlet"]
    labels = sentences(tables)["label"].to_dict()

    def pages(report: str) -> list[tuple[str, str]]:
        return [(f"{n} · {labels[p.variant]}", p.variant) for n, p in enumerate(every[report], 1)]

    def suspects(report: str, page: str) -> list[tuple[str, str]]:
        if not every[report] or page == every[report][0].variant:
            return [(ASKED, UNSAID)]
        found = dict.fromkeys(hand.who for hand in hands(tables, report)[1:])
        return [(_named(who), who) for who in (UNSAID, *found, *NAMES)]

    def draw(report: str, page: str, who: str) -> Shown:
        shown = passed_on(tables, report, page)
        here = next(p for p in every[report] if p.variant == page)
        unsaid = who == UNSAID or (who == NOBODY != here.held)
        title = from_to(here, labels) if unsaid and here.before else shown.title
        return Shown.of(shown, f"{title}. {verdict(every[report], here, who)}")

    panel = explore(
        "The whisper: from page to page, what becomes of the sentence?",
        report=choose(
            "On the way to", [(outlets[s], s) for s in every], start or None, width="380px"
        ),
        page=choose("Page", pages, radio=True, anew="report", width="100%"),
        who=choose(
            QUESTION,
            suspects,
            radio=True,
            anew="page",
            reads=_named,
            width="100%",
        ),
        draw=draw,
        stored="On the way to {report}; page {page}; {who}",
        rows_width="150px",
    )
    for name in ("page", "who"):
        panel.declared[name].widgets[0].add_class("lp-in-a-row")
    return panel


def _named(who: str) -> str:
    return NAMES.get(who, who or ASKED)


def verdict(way: list[Page], page: Page, who: str) -> str:
    """What to say to who names a hand for what a page has of its own."""
    if not page.before:
        return "Pass it on: choose the next page."
    if who == UNSAID:
        return "Look at the whole page, then say who it was."
    found = f"{page.step[:1].upper()}{page.step[1:]}."
    if page.held == NOBODY:
        return f"{'Yes' if who == NOBODY else 'Look again: no tile has a sign'}. {found}"
    if who == NOBODY:
        return "Look again: some tiles have a sign." if page.change != "said of" else SAME_WORDS
    if who == page.held:
        return f"{AGREED[page.basis]}. {found}"
    if who == NOT_KNOWN:
        return f"A careful answer, since nobody has said who it was. What we think: {page.step}."
    return f"{_not_this(way, page, who)} {found}"


def _not_this(way: list[Page], page: Page, who: str) -> str:
    """Why a hand is not the one that is held to have changed the words."""
    if who in [hand.who for hand in page.hands]:
        return "It may be: the words went that way, and nothing shows them on their way."
    earlier = [hand.who for p in way[: way.index(page)] for hand in p.hands]
    if who in earlier:
        return "No: on the page before, which comes after that hand, the words are still whole."
    return "No: the change stands here already, before the words come to that hand."
