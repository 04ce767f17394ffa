"""Exhibits of the 'More time' parts: cards on outlets, the chains of all documents side by side,
one letter in several Englishes.
"""

from html import escape

from casebook.charts.alignment import aligned, inside, outside
from casebook.charts.words import capital, count_words, day, listed, number, several
from casebook.figure import Matrix, mark
from casebook.methods import STAGES, cards_found, chain_stages, letter_alignments, strands

ASKED = {
    "owner": "Who owns it?",
    "founded": "Since when is it there?",
    "pays": "Who pays?",
    "itself": "What does it say of itself?",
    "others": "What do others say?",
    "copy": "How does it get its copy?",
}
FOUND = {
    "yes": ("✓ found", "#0b3d2e", "#d9efe3"),
    "in part": ("◐ in part", "#5c4300", "#f6e7c0"),
    "no": ("? not found", "#555555", "#f1f1f1"),
    "": ("· not public yet", "#555555", "#ffffff"),
}
BY = {
    "translator": ("a translator or an editor", "#5c4300", "#f6e7c0"),
    "outlet": ("an outlet", "#0b3d57", "#dbeaf5"),
    "not known": ("not known", "#555555", "#f1f1f1"),
}


def _places(x) -> list[str]:
    """The addresses of a line, and the search behind what was not found."""
    return [*filter(None, x.address.split("; ")), *filter(None, [getattr(x, "search", "")])]


def _evidence(tables, texts) -> list:
    """The evidence of several addresses, each once."""
    return tables.resolve(
        "; ".join(dict.fromkeys(part for text in texts if text for part in text.split("; ")))
    )


def outlet_card(tables, card_id: str) -> Matrix:
    """One card: six questions about an outlet, what pages from outside say, or that nothing was
    found. Raises KeyError for an unknown card.
    """
    lines = tables.outlet_cards[tables.outlet_cards["card_id"] == card_id]
    if lines.empty:
        raise KeyError(
            f"there is no card {card_id!r}; there are:"
            f" {', '.join(tables.outlet_cards['card_id'].unique())}"
        )
    name = lines["outlet"].iloc[0]
    rows = [
        [
            f"<strong>{ASKED[x.question]}</strong>",
            mark(*FOUND[x.found]),
            escape(x.answer),
            escape("; ".join(_places(x))),
        ]
        for x in lines.itertuples()
    ]
    places = list(dict.fromkeys(place for x in lines.itertuples() for place in _places(x)))
    lost = int((lines["found"] == "no").sum())
    return Matrix(
        ["Question", "Found?", "What pages say", "Address"], rows, widths=[20, 13, 0, 17]
    ).tell(
        title=f"{name}: of {number(len(lines))} questions, {number(lost)} without an answer",
        subtitle="From stored pages; “not found” does not mean that there is nothing",
        description=f"Card with {len(lines)} lines. "
        + " ".join(f"{ASKED[x.question]} {x.answer}" for x in lines.itertuples()),
        source="; ".join(places) or "no page was found",
        evidence=_evidence(tables, places),
    )


def outlets(tables) -> Matrix:
    """All cards at a glance: which question has an answer for which outlet."""
    grid = cards_found(tables)
    names = tables.outlet_cards.drop_duplicates("card_id").set_index("card_id")["outlet"]
    rows = [
        [
            f"<strong>{card}</strong> {escape(names[card].removeprefix(card).lstrip(', '))}",
            *(mark(*FOUND[cell]) for cell in cells),
        ]
        for card, cells in zip(grid.index, grid.to_numpy())
    ]
    answered = {question: int(grid[question].isin(["yes", "in part"]).sum()) for question in grid}
    empty = [
        names[card]
        for card in grid.index
        if not grid.loc[card, ["owner", "pays", "others"]].isin(["yes", "in part"]).any()
    ]
    return Matrix(
        ["Outlet", *(ASKED[q] for q in grid)], rows, widths=[22, *[13] * len(grid.columns)]
    ).tell(
        title=(
            f"Of {number(len(grid))}, an owner was found for {number(answered['owner'])} and who"
            f" pays for {number(answered['pays'])}; nothing on either, nor from others, for"
            f" {listed(empty)}"
        ),
        subtitle="What pages from outside say about each outlet and about the agency behind them",
        description=f"Grid of {len(grid)} outlets by {len(answered)} questions. "
        + " ".join(f"{ASKED[q]} answered for {n}." for q, n in answered.items()),
        source="table outlet_cards; the facts and searches below",
        evidence=_evidence(
            tables, [p for x in tables.outlet_cards.itertuples() for p in _places(x)]
        ),
    )


def shared_title(tables, leaders_only: bool = True) -> str:
    """What all documents' chains have in common, as far as the tables have it; steps are counted in
    the leaders' strands, or in all.
    """
    table = strands(tables)
    table = table[table["leader"] == "yes"] if leaders_only else table
    documents = list(table["source_id"].unique())
    steps = chain_stages(tables)
    both = [
        s
        for s in documents
        if {"Putin", "Kim Jong Un"}
        <= set(steps.loc[(steps["source_id"] == s) & (steps["leader"] == "yes"), "actor"])
    ]
    guessed = [s for s in documents if table.loc[table["source_id"] == s, "inferred"].sum()]
    who = f"All {number(len(documents))}" if both == documents else listed(both)
    where = "in each" if guessed == documents else f"in {listed(guessed)}"
    return (
        f"{who} carry words of both leaders, and {where} at least one step is inferred:"
        f" {int(table['inferred'].sum())} of {int(table['steps'].sum())} steps"
    )


def chains_together(tables, leaders_only: bool = True, inferred: bool = True) -> Matrix:
    """The chains of all documents in one table: a row a strand of words, a column a kind of step.

    An actor that stands in more than one document has a ◆; inferred steps are dashed, or, without
    ``inferred``, a gap.
    """
    steps = chain_stages(tables)
    shared = steps[steps["stage"] != "on our page"].groupby("actor")["source_id"].nunique()
    steps = steps[steps["leader"] == "yes"] if leaders_only else steps
    together = set(shared.index[shared > 1])
    table = {}  # strand: {stage: hands}
    for step in steps.itertuples():
        table.setdefault(step.strand, {}).setdefault(step.stage, []).append(
            _hand(step, step.actor in together, inferred)
        )
    rows = []
    for strand, stages in table.items():
        source, thread = strand.split(" · ", 1)
        rows.append(
            [
                f"<strong>{source}</strong> {escape(thread)}",
                *("<br>".join(stages.get(name, "·")) for name in STAGES),
            ]
        )
    return Matrix(
        ["Strand", *(capital(name) for name in STAGES)], rows, widths=[17, 15, 18, 16, 16, 18]
    ).tell(
        title=shared_title(tables, leaders_only),
        subtitle=(
            "◆ stands in more than one document;"
            f" {'dashed: inferred' if inferred else 'gap: a step that we infer'}; · no such step is"
            " recorded"
        ),
        description=(
            f"Table of {len(rows)} strands of words by {len(STAGES)} kinds of step,"
            f" {int((steps['basis'] == 'inferred').sum())} of {len(steps)} steps inferred."
        ),
        source="table chains; the addresses below",
        evidence=lambda: _evidence(tables, steps["address"]),
    )


def _hand(step, shared: bool, inferred: bool) -> str:
    """Who acted, with the signs of what is shared and what is inferred."""
    name = f"{'◆ ' if shared else ''}{escape(step.actor)}"
    if step.basis != "inferred":
        return f"<strong>{name}</strong>" if shared else name
    if not inferred:
        return (
            "<span style='display: inline-block; border: 1.5px dotted #6b6b6b; padding: 0"
            " 5px'>gap</span>"
        )
    return (
        f"<span style='display: inline-block; border: 1.5px dashed #8a5a00; padding: 0 4px'>{name}"
        " <small>inferred</small></span>"
    )


def letter_versions(tables, message_id: str, piece: str, behind: bool = True) -> Matrix:
    """One piece of a letter in its Englishes: words against the first version, whose English, who
    stands behind the difference.

    ``behind`` says whether the last is told or left to the reader. Raises KeyError for a piece that
    is not recorded.
    """
    found = letter_alignments(tables, message_id, piece)
    table = tables.letter_versions[
        (tables.letter_versions["message_id"] == message_id)
        & (tables.letter_versions["piece"] == piece)
    ].set_index("version_id")
    rows, told = [], []
    for key, row in table.iterrows():
        who = (
            f"<strong>{escape(capital(row['label']))}</strong><br><small>English:"
            f" {escape(row['english_by'])}; page: {escape(row['carrier'])}</small>"
        )
        if key not in found:
            rows.append(
                [
                    who,
                    escape(row["text"]),
                    "the version that the others are compared with",
                    row["address"],
                ]
            )
            told.append(f"{row['label']}: {count_words(row['text'])} words.")
            continue
        said = (
            f"{mark(*BY[row['changed_by']])}<br>{escape(row['step'])}"
            if behind
            else "A translator, or an outlet? Decide first."
        )
        rows.append([who, aligned(found[key]), said, row["address"]])
        told.append(
            f"{row['label']} keeps {found[key].counts['kept']} words; {inside(found[key])};"
            f" {several(outside(found[key]), 'word')} outside."
        )
    kept = [x.counts["kept"] for x in found.values()]
    words = count_words(table["text"].iloc[0])
    most = f"{min(kept)} to {max(kept)}" if min(kept) != max(kept) else str(kept[0])
    date = tables.messages.set_index("message_id").at[message_id, "date"]
    return Matrix(
        ["Version", "Its words, against the first", "Who stands behind the difference?", "Address"],
        rows,
        widths=[21, 37, 31, 11],
    ).tell(
        title=(
            f"Letter of {day(date)}, “{piece}”: of {words} words in {table['label'].iloc[0]},"
            f" {most} stand in the other{'s' * (len(kept) > 1)}"
        ),
        subtitle=(
            "− dropped, + added, ⇄ changed, ‹ › not quoted; capitals and a comma or full stop at"
            " the very end are not compared"
        ),
        description=f"Table of {len(table)} versions. " + " ".join(told),
        source="; ".join(dict.fromkeys(table["address"])),
        evidence=_evidence(tables, [message_id, *table["address"]]),
    )
