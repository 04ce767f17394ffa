"""Whose words: a sentence's versions against a chosen one, and the chain by which words came."""

from ipywidgets import Checkbox, Dropdown

from casebook.charts.alignment import alignment, shared, what_changed
from casebook.charts.chain import (
    MOST_COLUMNS,
    chain,
    chain_steps,
    chain_table,
    chain_title,
    threads,
)
from casebook.figure import rows_table
from casebook.figure.english import capital, listed, several
from casebook.methods import align_group, reports, versions_of
from casebook.widgets.panel import Panel, made

ALL = "all"


def align_sentence(tables, start: str = "", reference: str = "") -> Panel:
    """Choose a sentence, the version to compare with, and one version or all: alignment, counts,
    what changed and at which step.
    """
    groups = [g for g in tables.variants["group"].unique() if len(versions_of(tables, g)) > 1]
    sentence = made(
        Dropdown,
        options=[(f"“{g}” ({len(versions_of(tables, g))} versions)", g) for g in groups],
        value=start or groups[0],
        description="Sentence",
        width="380px",
    )
    against = made(Dropdown, description="Reference", width="330px")
    which = made(Dropdown, description="Version", width="330px")
    rows = made(Checkbox, value=False, description="Show the rows", indent=False)
    panel = Panel(
        "Which words stayed, which did not, and at which step of the chain?",
        [sentence, against, which, rows],
    )
    busy = {"now": False}

    def fill(_=None):
        busy["now"] = True
        table = versions_of(tables, sentence.value)
        against.options = [(label, key) for key, label in table["label"].items()]
        against.value = reference if reference in table.index else table.index[0]
        fill_versions()

    def fill_versions(_=None):
        busy["now"] = True
        table, kept = versions_of(tables, sentence.value), which.value
        which.value = None
        which.options = [("all of them", ALL)] + [
            (label, key) for key, label in table["label"].items() if key != against.value
        ]
        which.value = kept if kept in [key for _, key in which.options] else ALL
        busy["now"] = False
        draw()

    def on_reference(_):
        if not busy["now"]:
            fill_versions()

    def draw(_=None):
        if busy["now"]:
            return
        only = None if which.value == ALL else [which.value]
        shown = alignment(tables, sentence.value, against.value, only)
        labels = versions_of(tables, sentence.value)["label"]
        if only:
            found = align_group(tables, sentence.value, against.value)[which.value]
            says = f"{capital(labels[which.value])} {what_changed(found)}."
        else:
            says = shared(tables, sentence.value, against.value) + "."
        panel.show(
            shown.html(in_panel=True) + (rows_table(shown.evidence) if rows.value else ""),
            says,
            controls=(
                f"<p>Sentence “{sentence.value}”; reference: {labels[against.value]}; version:"
                f" {'all' if only is None else labels[which.value]}</p>"
            ),
        )

    sentence.observe(fill, "value")
    against.observe(on_reference, "value")
    which.observe(draw, "value")
    rows.observe(draw, "value")
    fill()
    return panel


def follow_chain(tables, sources=None, start: str = "") -> Panel:
    """Choose a thread of words and one document or several: the chain as a picture and as a
    table.
    """
    sources = reports(tables) if sources is None else list(sources)
    names, cache = threads(tables, sources), {}
    thread = made(
        Dropdown,
        options=[(capital(t), t) for t in names],
        value=start or names[0],
        description="Whose words",
        width="350px",
    )
    boxes = {
        source: made(Checkbox, value=True, description=source, indent=False, width="70px")
        for source in sources
    }
    words = made(
        Checkbox, value=False, description="Show the steps as a table", indent=False, width="230px"
    )
    panel = Panel("Through whose hands did the words come?", [thread, *boxes.values(), words])

    def state(chosen):
        key = thread.value, tuple(chosen)
        if key not in cache:
            cache[key] = chain(tables, chosen, thread.value).html(in_panel=True)
        return cache[key]

    def draw(_=None):
        chosen = [source for source, box in boxes.items() if box.value]
        have = [source for source in chosen if len(chain_steps(tables, source, thread.value))]
        lack = [source for source in chosen if source not in have]
        if not chosen:
            panel.show("<p>Tick a document.</p>", "No document is chosen.")
            return
        without = (
            f" {listed(lack)} {'has' if len(lack) == 1 else 'have'} no such words." if lack else ""
        )
        if not have:
            panel.show(
                "<p>Choose other words, or another document.</p>",
                f"{chain_title(tables, chosen, thread.value)}.",
            )
            return
        many = (
            f"<p>The picture shows {several(MOST_COLUMNS, 'document')} at most.</p>"
            if len(have) > MOST_COLUMNS
            else ""
        )
        table = (
            chain_table(tables, have, thread.value).html(in_panel=True)
            if words.value or many
            else ""
        )
        panel.show(
            (many or state(have)) + table,
            f"{chain_title(tables, have, thread.value)}.{without}",
            controls=f"<p>{capital(thread.value)}; documents: {listed(chosen)}</p>",
        )

    for control in (thread, *boxes.values(), words):
        control.observe(draw, "value")
    draw()
    return panel
