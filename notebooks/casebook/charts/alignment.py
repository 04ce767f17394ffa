"""Versions of one sentence under a reference, word by word; and who explains two words how."""

from html import escape

from casebook.charts.words import capital, listed, number, several
from casebook.figure import Matrix, mark
from casebook.methods import align_group, descent, kept_words, versions_of
from casebook.methods.alignment import GAP, count

# A stretch's sign, colour and ground; the sign and the word, not the colour, tell them apart.
SIGNS = {
    "dropped": ("−", "#6b1010", "#f8dcd6"),
    "added": ("+", "#0b3d2e", "#d9efe3"),
    "changed": ("⇄", "#5c4300", "#f6e7c0"),
    "outside": ("‹ ›", "#444444", "#f1f1f1"),
}
PLACES = {"before": "before it begins", "after": "after it ends", "gap": "between two quotations"}


def aligned(alignment) -> str:
    """An alignment as HTML: kept words plain, all others with a sign; what lies outside the
    quotation as a number of words.
    """
    parts = []
    for x in alignment.operations:
        before, now = escape(x.reference.strip()), escape(x.variant.strip())
        if x.kind == "kept":
            parts.append(now)
        elif x.kind == "dropped" and x.where != "inside":
            if count(x.reference):
                parts.append(
                    _signed(
                        "outside",
                        f"‹{several(count(x.reference), 'word')} {PLACES[x.where]}›",
                        "span",
                    )
                )
        elif x.kind == "dropped":
            parts.append(_signed("dropped", f"− {before}", "del"))
        elif x.kind == "added" and now != GAP:
            parts.append(_signed("added", f"+ {now}", "ins"))
        elif x.kind == "changed":
            parts.append(_signed("changed", f"⇄ {before} → {now}", "span"))
    return " ".join(parts)


def _signed(kind: str, html: str, tag: str) -> str:
    _, colour, ground = SIGNS[kind]
    return (
        f"<{tag} style='background: {ground}; color: {colour}; padding: 1px 4px; border-radius:"
        f" 3px'>{html}</{tag}>"
    )


def inside(alignment) -> str:
    """What a version changes, drops and adds inside its marks."""
    said = []
    stretches = {
        kind: [x for x in alignment.operations if x.kind == kind and x.where in ("", "inside")]
        for kind in ("dropped", "added", "changed")
    }
    if stretches["changed"]:
        said.append(
            "changes "
            + listed(
                f"“{x.reference.strip()}” to “{x.variant.strip()}”" for x in stretches["changed"]
            )
        )
    if stretches["dropped"]:
        said.append("drops " + listed(f"“{x.reference.strip()}”" for x in stretches["dropped"]))
    if added := [x.variant.strip() for x in stretches["added"] if x.variant.strip() != GAP]:
        said.append("adds " + listed("a comma" if text == "," else f"“{text}”" for text in added))
    return f"inside its marks it {listed(said) or 'changes nothing'}"


def outside(alignment) -> int:
    """How many words of the reference a version does not quote: before it begins, after it ends,
    between two quotations.
    """
    return sum(alignment.words("dropped", where=place) for place in PLACES)


def what_changed(alignment) -> str:
    """One sentence of what a version does to its reference."""
    counts, left = alignment.counts, outside(alignment)
    text = (
        f"keeps {counts['kept']} of {counts['kept'] + counts['dropped'] + counts['changed']} words"
    )
    return f"{text}{f', leaves {left} outside' if left else ''}; {inside(alignment)}"


def at_which_step(tables, variant: str, reference: str) -> str:
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


def shared(tables, group: str, reference: str) -> str:
    """How many words of the reference all other documents keep that have the sentence; without one,
    how many the versions keep.
    """
    table = versions_of(tables, group)
    own = table.at[reference, "source_id"]
    documents = sorted(set(table["source_id"]) - {"", own})
    words = kept_words(tables, group)
    words = words[words["reference"] == reference]
    kept = int((words["kept_by"] == len(documents)).sum()) if documents else 0
    who = (
        f"all {number(len(documents))} reports ({listed(documents)})"
        if len(documents) > 2
        else listed(documents)
    )
    if not documents:
        keeps = [x.counts["kept"] for x in align_group(tables, group, reference).values()]
        return (
            f"Of {len(words)} words in {table.at[reference, 'label']}, the other versions keep"
            f" {min(keeps)} to {max(keeps)}"
        )
    return (
        f"Of {len(words)} words in {table.at[reference, 'label']}, {kept} stand between the marks"
        f" of {who}"
    )


def alignment(tables, group: str, reference: str, only=None) -> Matrix:
    """A sentence's versions against one of them: kept, dropped, added, changed, with counts and the
    step of the chain.

    ``only`` are the variant_ids to show besides the reference; None shows all. Raises KeyError for
    an unknown sentence or reference.
    """
    table = versions_of(tables, group)
    main, found = table.loc[reference], align_group(tables, group, reference)
    found = {key: found[key] for key in (found if only is None else only)}
    own = (
        f"<p style='margin: 5px 0 0'>Its own last step ({main['step_basis']}):"
        f" {escape(main['step'])}.</p>"
        if "step" in tables.variants
        else ""
    )
    rows = [
        [
            f"<strong>{escape(capital(main['label']))}</strong><br>the reference",
            f"{escape(main['text'])}{own}",
            escape(main["said_of"]),
            f"{count(main['text'])} words",
        ]
    ]
    for key, x in found.items():
        row, changes = table.loc[key], "" if only and len(only) == 1 else f"{capital(inside(x))}. "
        numbers = {
            "kept": x.counts["kept"],
            "dropped": x.words("dropped", where="inside"),
            "not quoted": outside(x),
            "added": x.counts["added"],
            "changed": x.counts["changed"],
        }
        rows.append(
            [
                f"<strong>{escape(capital(row['label']))}</strong>",
                (
                    f"{aligned(x)}<p style='margin: 5px 0 0'>{escape(changes)}"
                    f"{escape(at_which_step(tables, key, reference))}</p>"
                ),
                escape(row["said_of"]),
                "<br>".join(f"{k} {n}" for k, n in numbers.items()),
            ]
        )
    place = "; ".join(dict.fromkeys(table.loc[[reference, *found], "address"]))
    told = " ".join(f"{table.at[key, 'label']} {what_changed(x)}." for key, x in found.items())
    return Matrix(
        ["Version", "Its words, against the reference", "Said of", "Words"],
        rows,
        widths=[13, 57, 15, 15],
    ).tell(
        title=(
            shared(tables, group, reference)
            if only is None
            else (
                f"{table.at[next(iter(found)), 'label']} {what_changed(next(iter(found.values())))}"
            )
        ),
        subtitle=(
            f"“{capital(group)}”: − dropped, + added, ⇄ changed, ‹ › not quoted; a comma or full"
            " stop at the very end and capitals are not compared"
        ),
        description=(
            f"Table of {1 + len(found)} versions against {main['label']} ({count(main['text'])}"
            f" words). {told}"
        ),
        source=place,
        evidence=tables.resolve(place),
    )


def glosses(tables) -> Matrix:
    """Whom texts name in explaining “hostile forces”, or in its place: one row a text, one column a
    name.
    """
    rows = tables.glosses
    names = list(dict.fromkeys(name for cell in rows["names"] for name in cell.split("; ") if name))
    head = ["Text", "Its words", *map(capital, names), "How it puts it"]
    cells = [
        [
            f"<strong>{escape(r.by)}</strong><br>{escape(r.kind)}, {escape(r.address)}",
            f"“{escape(r.words)}”",
            *[
                (
                    mark("✓ named", "#0b3d2e", "#d9efe3")
                    if name in r.names.split("; ")
                    else mark("· no", "#555555", "#f1f1f1")
                )
                for name in names
            ],
            escape(r.remark),
        ]
        for r in rows.itertuples()
    ]
    explained = rows[rows["kind"] == "gloss"]
    different = explained["names"].nunique()
    message = rows[(rows["kind"] == "the message") & (rows["names"] == "")]
    return Matrix(head, cells, widths=[24, 14, *[9] * len(names), 0]).tell(
        title=(
            f"{capital(several(len(explained), 'gloss', 'glosses'))} of “hostile forces”,"
            f" {number(different)} different sets of names"
        )
        + ("; the message itself names nobody" if len(message) else ""),
        subtitle="Who is named, by whom; a gloss belongs to the one who adds it",
        description=f"Table of {len(rows)} texts. "
        + " ".join(
            f"{r.by}: {r.names.replace('; ', ', ') or 'names nobody'}." for r in rows.itertuples()
        ),
        source="; ".join(rows["address"]),
        evidence=tables.resolve("; ".join(rows["address"])),
    )
