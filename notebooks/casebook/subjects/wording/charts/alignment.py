"""Versions of one sentence under a reference, word by word; and who explains two words how."""

from html import escape

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import (
    BREAK,
    TONES,
    Html,
    TableExhibit,
    badge,
    cell,
    each_once,
    evidence_of,
    strong,
)
from casebook.figure.english import capital, listed, number, several
from casebook.subjects.wording.methods.alignment import (
    GAP,
    Alignment,
    align_group,
    count,
    descent,
    kept_words,
    versions_of,
)

__all__ = ["alignment", "between_marks", "glosses"]

# A stretch's tag, colour and ground; the sign and the word, not the colour, tell them apart.
LOOKS = {
    "dropped": ("del", *TONES["bad"]),
    "added": ("ins", *TONES["good"]),
    "changed": ("span", *TONES["mixed"]),
    "outside": ("span", "#444444", "#f1f1f1"),
}
PLACES = {"before": "before it begins", "after": "after it ends", "gap": "between two quotations"}


def aligned(alignment: Alignment) -> Html:
    """An alignment as HTML: kept words plain, all others with a sign; what lies outside the
    quotation as a number of words.
    """
    return Html(" ".join(filter(None, map(_stretch, alignment.operations))))


def _stretch(x) -> str:
    """A stretch of words with its sign; empty for one of which nothing is shown."""
    before, now = escape(x.reference.strip()), escape(x.variant.strip())
    if x.kind == "kept":
        return now
    if x.kind == "changed":
        return _signed("changed", f"⇄ {before} → {now}")
    if x.kind == "added":
        return _signed("added", f"+ {now}") if now != GAP else ""
    if x.where == "inside":
        return _signed("dropped", f"− {before}")
    words = count(x.reference)
    return _signed("outside", f"‹{several(words, 'word')} {PLACES[x.where]}›") if words else ""


def _signed(kind: str, html: str) -> str:
    tag, colour, ground = LOOKS[kind]
    return (
        f"<{tag} style='background: {ground}; color: {colour}; padding: 1px 4px; border-radius:"
        f" 3px'>{html}</{tag}>"
    )


def inside(alignment: Alignment) -> str:
    """What a version changes, drops and adds inside its marks."""
    here = [x for x in alignment.operations if x.where in ("", "inside")]
    changed = [
        f"“{x.reference.strip()}” to “{x.variant.strip()}”" for x in here if x.kind == "changed"
    ]
    dropped = [f"“{x.reference.strip()}”" for x in here if x.kind == "dropped"]
    added = [x.variant.strip() for x in here if x.kind == "added" and x.variant.strip() != GAP]
    added = ["a comma" if text == "," else f"“{text}”" for text in added]
    verbs = {"changes": changed, "drops": dropped, "adds": added}
    said = [f"{verb} {listed(stretches)}" for verb, stretches in verbs.items() if stretches]
    return f"inside its marks it {listed(said) or 'changes nothing'}"


def outside(alignment: Alignment) -> int:
    """How many words of the reference a version does not quote: before it begins, after it ends,
    between two quotations.
    """
    return sum(alignment.words("dropped", where=place) for place in PLACES)


def what_changed(alignment: Alignment) -> str:
    """One sentence of what a version does to its reference."""
    counts, left = alignment.counts, outside(alignment)
    text = (
        f"keeps {counts['kept']} of {counts['kept'] + counts['dropped'] + counts['changed']} words"
    )
    return f"{text}{f', does not quote {left}' if left else ''}; {inside(alignment)}"


def at_which_step(tables: Tables, variant: str, reference: str) -> str:
    """At which step of the chain a version parts from the reference: step by step along its line,
    or 'not known'.
    """
    if "step" not in tables.variants:
        return "At which step: hidden in a view of the past."
    rows = tables.variants.set_index("variant_id")
    line = descent(tables, variant, reference)
    if not line:
        own = rows.loc[variant]
        return (
            f"At which step: not known; no line leads from {rows.at[reference, 'label']} to it. Its"
            f" own last step ({own['step_basis']}): {own['step']}."
        )
    steps = [f"{rows.at[key, 'step']} ({rows.at[key, 'step_basis']})" for key in reversed(line)]
    return "At which step: " + "; then ".join(steps) + "."


def shared(tables: Tables, group: str, reference: str) -> str:
    """How many words of the reference all other documents keep that have the sentence; without one,
    how many the versions keep.
    """
    table = versions_of(tables, group)
    own = table.at[reference, "source_id"]
    documents = sorted(set(table["source_id"]) - {"", own})
    words = kept_words(tables, group)
    words = words[words["reference"] == reference]
    of_all = f"Of {len(words)} words in {table.at[reference, 'label']}"
    if not documents:
        keeps = [x.counts["kept"] for x in align_group(tables, group, reference).values()]
        return f"{of_all}, the other versions keep {min(keeps)} to {max(keeps)}"
    kept = int((words["kept_by"] == len(documents)).sum())
    who = listed(tables.sources.set_index("source_id").loc[documents, "outlet"])
    if len(documents) > 2:
        who = f"all {number(len(documents))} reports ({who})"
    return f"{of_all}, {kept} stand between the marks of {who}"


def alignment(
    tables: Tables,
    group: str,
    reference: str,
    only: list[str] | None = None,
    words_only: bool = False,
) -> TableExhibit:
    """A sentence's versions against one of them: kept, dropped, added, changed, with counts and the
    step of the chain.

    ``only`` are the variant_ids to show besides the reference; None shows all. ``words_only``:
    neither at which step each came about, nor of what it says the words. Raises KeyError for an
    unknown sentence or reference.
    """
    table, found = versions_of(tables, group), align_group(tables, group, reference)
    found = {key: found[key] for key in (found if only is None else only)}
    told = [f"{table.at[key, 'label']} {what_changed(x)}" for key, x in found.items()]
    main = table.loc[reference]
    addresses = table.loc[[reference, *found], "address"]
    alone = bool(only) and len(only) == 1  # its title says what it changes
    steps = {key: "" if words_only else at_which_step(tables, key, reference) for key in found}
    rows = [
        ["Version", "Its words, against the reference", "Said of", "Words"],
        _reference(main, not words_only and "step" in tables.variants),
        *(_version(table.loc[key], x, alone, steps[key]) for key, x in found.items()),
    ]
    head, *rows = [row[:2] + row[3:] for row in rows] if words_only else rows
    return TableExhibit(
        head, rows, widths=[14, 68, 18] if words_only else [13, 57, 15, 15]
    ).describe(
        title=shared(tables, group, reference) if only is None else told[0],
        subtitle=(
            f"“{capital(group)}”: − dropped, + added, ⇄ changed, ‹ › not quoted; a comma or full"
            " stop at the very end and capitals are not compared"
        ),
        description=(
            f"Table of {1 + len(found)} versions against {main['label']} ({count(main['text'])}"
            f" words). {' '.join(f'{text}.' for text in told)}"
        ),
        source=each_once(addresses),
        evidence=evidence_of(tables, addresses),
    )


def _step(text: str) -> Html:
    return Html(f"<p style='margin: 5px 0 0'>{escape(text)}</p>")


def _reference(row: pd.Series, with_step: bool) -> list[str]:
    step = [_step(f"Its own last step ({row['step_basis']}): {row['step']}.")] if with_step else []
    return [
        cell(strong(capital(row["label"])), BREAK, "the reference"),
        cell(row["text"], *step),
        row["said_of"],
        f"{count(row['text'])} words",
    ]


def _version(row: pd.Series, x: Alignment, alone: bool, step: str) -> list[str]:
    numbers = {
        "kept": x.counts["kept"],
        "dropped": x.words("dropped", where="inside"),
        "not quoted": outside(x),
        "added": x.counts["added"],
        "changed": x.counts["changed"],
    }
    changes = "" if alone else f"{capital(inside(x))}. "
    return [
        strong(capital(row["label"])),
        cell(aligned(x), _step((changes + step).strip())),
        row["said_of"],
        Html(BREAK.join(f"{kind} {n}" for kind, n in numbers.items())),
    ]


def between_marks(tables: Tables, group: str, variants: list[str]) -> TableExhibit:
    """Versions of a sentence as they stand between quotation marks, for readers to compare."""
    rows = versions_of(tables, group).loc[variants]
    return TableExhibit(
        ["Report", "Between its quotation marks"],
        [
            [cell(strong(row.label), f" ({row.address})"), f"“{row.text}”"]
            for row in rows.itertuples()
        ],
        widths=[25, 75],
    ).describe(
        title=f"One sentence in {number(len(rows))} reports",
        subtitle=f"Exactly as each has it; {GAP}: here the report has words of its own between",
        description=" ".join(
            f"{row.label}, {count(row.text)} words: “{row.text}”." for row in rows.itertuples()
        ),
        source=each_once(rows["address"]),
        evidence=evidence_of(tables, rows["address"]),
    )


def glosses(tables: Tables) -> TableExhibit:
    """Whom texts name in explaining “hostile forces”, or in its place: one row a text, one column a
    name.
    """
    rows = tables.glosses
    names = list(dict.fromkeys(name for text in rows["names"] for name in text.split("; ") if name))
    explained = rows[rows["kind"] == "gloss"]
    silent = bool(((rows["kind"] == "the message") & (rows["names"] == "")).any())
    return TableExhibit(
        ["Text", "Its words", *map(capital, names), "How it puts it"],
        [_gloss(row, names) for row in rows.itertuples()],
        widths=[24, 14, *[9] * len(names), 0],
    ).describe(
        title=(
            f"{capital(several(len(explained), 'gloss', 'glosses'))} of “hostile forces”,"
            f" {number(explained['names'].nunique())} different sets of names"
            f"{'; the message itself names nobody' * silent}"
        ),
        subtitle="Who is named, by whom; a gloss belongs to the one who adds it",
        description=f"Table of {len(rows)} texts. "
        + " ".join(
            f"{r.by}: {r.names.replace('; ', ', ') or 'names nobody'}." for r in rows.itertuples()
        ),
        source="; ".join(rows["address"]),
        evidence=evidence_of(tables, rows["address"]),
    )


def _gloss(row, names: list[str]) -> list[str]:
    here = row.names.split("; ")
    return [
        cell(strong(row.by), BREAK, f"{row.kind} ({row.address})"),
        f"“{row.words}”",
        *(badge("good", "✓ named") if name in here else "·" for name in names),
        row.remark,
    ]
