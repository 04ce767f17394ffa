"""Whose words: a sentence's versions against a chosen one, and the chain by which words came."""

from collections.abc import Callable, Sequence
from functools import cache, partial

from casebook.core.tables import Tables
from casebook.figure.english import capital, listed, several
from casebook.panel.controls import choose, pick, tick
from casebook.panel.explore import Shown, explore
from casebook.panel.panel import Panel
from casebook.subjects.reports.methods.coverage import reports
from casebook.subjects.wording.charts.alignment import alignment, shared, what_changed
from casebook.subjects.wording.charts.chain import (
    MOST_COLUMNS,
    chain,
    chain_steps,
    chain_table,
    chain_title,
    threads,
)
from casebook.subjects.wording.methods.alignment import align_group, versions_of

__all__ = ["align_sentence", "follow_chain"]

ALL = "all"


def align_sentence(tables: Tables, start: str = "", reference: str = "") -> Panel:
    """Choose a sentence, the version to compare with, and one version or all: alignment, counts,
    what changed and at which step.
    """
    groups = [g for g in tables.variants["group"].unique() if len(versions_of(tables, g)) > 1]

    def labels(sentence: str) -> dict[str, str]:
        return versions_of(tables, sentence)["label"].to_dict()

    def versions(sentence: str) -> list[tuple[str, str]]:
        return [(label, key) for key, label in labels(sentence).items()]

    def others(sentence: str, against: str) -> list[tuple[str, str]]:
        others = [(label, key) for label, key in versions(sentence) if key != against]
        return [("all of them", ALL), *others]

    def draw(sentence: str, against: str, which: str) -> Shown:
        shown = alignment(tables, sentence, against, None if which == ALL else [which])
        if which == ALL:
            return Shown.of(shown, f"{shared(tables, sentence, against)}.")
        found = align_group(tables, sentence, against)[which]
        return Shown.of(shown, f"{capital(labels(sentence)[which])} {what_changed(found)}.")

    every = tables.variants["label"]
    called = {**dict(zip(tables.variants["variant_id"], every)), ALL: "all"}
    return explore(
        "Which words stayed, which did not, and at which step of the chain?",
        sentence=choose(
            "Sentence",
            [(f"“{g}” ({len(versions_of(tables, g))} versions)", g) for g in groups],
            start or None,
            width="380px",
            reads=str,
        ),
        against=choose("Reference", versions, reference, width="400px"),
        which=choose("Version", others, ALL, width="400px", reads=called.get),
        draw=draw,
        stored="Sentence “{sentence}”; reference: {against}; version: {which}",
    )


def follow_chain(
    tables: Tables,
    sources: Sequence[str] | None = None,
    start: str = "",
    first: Sequence[str] | None = None,
) -> Panel:
    """Choose a thread of words and one document or several: the chain as a picture and as a table.
    ``first`` are the documents that it opens with; None: all.
    """
    sources = reports(tables) if sources is None else list(sources)
    outlets = tables.sources.set_index("source_id")["outlet"]

    @cache
    def picture(thread: str, have: tuple[str, ...]) -> str:
        return chain(tables, have, thread).html(in_panel=True)

    return explore(
        "Through whose hands did the words come?",
        thread=choose(
            "Whose words",
            [(capital(thread), thread) for thread in threads(tables, sources)],
            start or None,
            width="350px",
        ),
        documents=pick(
            "Documents",
            [(outlets[source], source) for source in sources],
            sources if first is None else first,
            width="230px",
            joined=listed,
        ),
        words=tick("Show the steps as a table", width="230px"),
        draw=partial(_followed, tables, picture),
        stored="{thread}; documents: {documents}",
        rows="",
    )


def _followed(
    tables: Tables,
    picture: Callable[[str, tuple[str, ...]], str],
    thread: str,
    documents: tuple[str, ...],
    words: bool,
) -> Shown:
    """The chain of a thread to these documents; ``words``: as a table too."""
    if not documents:
        return Shown("<p>Tick a document.</p>", "No document is chosen.")
    have = [source for source in documents if len(chain_steps(tables, source, thread))]
    if not have:
        return Shown(
            "<p>Choose other words, or another document.</p>",
            f"{chain_title(tables, documents, thread)}.",
        )
    outlets = tables.sources.set_index("source_id")["outlet"]
    lack = [outlets[source] for source in documents if source not in have]
    without = f" {listed(lack)} {'has' if len(lack) == 1 else 'have'} no such words."
    says = f"{chain_title(tables, have, thread)}.{without if lack else ''}"
    many = len(have) > MOST_COLUMNS
    most = f"<p>The picture shows {several(MOST_COLUMNS, 'document')} at most.</p>"
    html = most if many else picture(thread, tuple(have))
    if many or words:
        html += chain_table(tables, have, thread).html(in_panel=True)
    return Shown(html, says)
