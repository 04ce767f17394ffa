"""The codebook as a table, how far this corpus's two coders agree, and what an unseen record says:
exhibits of words.
"""

import re
from html import escape

from casebook.charts.words import capital, count_words, number, several
from casebook.figure import Matrix
from casebook.methods import coding_items
from casebook.methods.coding import CODES, TOLD


def codebook(tables, code: str) -> Matrix:
    """One code of the codebook: for each value its test question, an example, a near miss. Raises
    KeyError for no code.
    """
    values = tables.codebook[tables.codebook["code"] == code]
    if values.empty:
        raise KeyError(
            f"there is no code {code!r}; there are:"
            f" {', '.join(dict.fromkeys(tables.codebook['code']))}"
        )
    rows = [
        [
            f"<strong>{escape(v.value)}</strong>",
            escape(v.test),
            escape(v.example),
            escape(v.near_miss),
        ]
        for v in values.itertuples()
    ]
    return Matrix(["Value", "Ask", "An example", "A near miss"], rows, [14, 30, 26, 30]).tell(
        title=(
            f"{capital(code)} has {several(len(rows), 'value')}, each with a question that"
            " decides it"
        ),
        subtitle=f"{values.iloc[0]['question']} If two values seem to fit, the near miss decides",
        description=(
            f"Table of {len(rows)} values of the code {code}: {', '.join(values['value'])}."
        ),
        source="data/codebook.md",
    )


def reliability(tables) -> Matrix:
    """How far the two coders of this corpus agree, per code, and why the figures flatter."""
    found = tables.reliability
    rows = [
        [
            f"<strong>{r.code}</strong>",
            str(r.claims),
            f"{r.agreement:.1%}",
            f"{r.alpha:.2f}",
            f"{r.low:.2f} to {r.high:.2f}",
            f"{TOLD[r.code]:.2f}",
        ]
        for r in found.itertuples()
    ]
    contested = tables.codings.loc[tables.codings["contested"] == "yes", "claim_id"].nunique()
    return Matrix(
        ["Code", "Claims", "Same value", "Alpha", "95 % interval", "A third coder, as told"], rows
    ).tell(
        title=(
            f"Two coders parted over {contested} of {found['claims'].max()} claims; on every code"
            f" alpha is {found['alpha'].min():.2f} or more"
        ),
        subtitle=(
            "Krippendorff's alpha: 1 is full agreement, 0 is what chance gives. Both coders are"
            " language models that read for this project, each alone. The figures flatter: one"
            " project, the claims' wording gives some codes away, and some examples of the codebook"
            " are claims of this corpus. Last column: alpha of a third, independent coding from"
            " outside against the settled codes, as told to us, not computed here"
        ),
        description=f"Table of {number(len(rows))} codes: "
        + "; ".join(
            f"{r.code} alpha {r.alpha:.2f} over {r.claims} claims; a third coder, as told,"
            f" {TOLD[r.code]:.2f}"
            for r in found.itertuples()
        )
        + ".",
        source="data/reliability.csv, from data/codings.csv; the last column: told to us",
    )


def codebook_card(tables) -> Matrix:
    """All four codes in one column, for paper: each code's question, each value's test question and
    near miss.
    """
    rows = []
    for code in CODES:
        values = tables.codebook[tables.codebook["code"] == code]
        lines = "".join(
            f"<li><strong>{escape(v.value)}</strong>: {escape(v.test)} <em>Near miss:</em>"
            f" {escape(v.near_miss)}</li>"
            for v in values.itertuples()
        )
        rows.append(
            [f"<strong>{code}</strong>: {escape(values.iloc[0]['question'])}<ul>{lines}</ul>"]
        )
    return Matrix(["Code, values, test questions and near misses"], rows).tell(
        title=(
            f"{capital(number(len(rows)))} codes have {len(tables.codebook)} values, each with a"
            " question that decides it"
        ),
        subtitle="The codebook, without its examples",
        description=f"Table of {len(rows)} codes: {', '.join(CODES)}.",
        source="data/codebook.md",
    )


def coding_sheet(tables, first: int = 5) -> Matrix:
    """The first few claims of lesson 10 with their settled codes: on paper the cells are blank."""
    items = coding_items(tables).head(first)
    rows = []
    for i in items.itertuples():
        quote = f" “{escape(i.quote)}”" if i.quote else ""
        named = (
            f"put down to: {escape(i.attributed_to)}"
            if i.attributed_to
            else "nobody named beside it"
        )
        small = f"{i.source_id} ¶{i.paragraph}, {escape(i.kind)}; {named}"
        rows.append(
            [
                f"{escape(i.claim)}{quote} <small>{small}</small>",
                *(getattr(i, code) for code in CODES),
            ]
        )
    return Matrix(
        ["The claim, in our words, and what is quoted with it", *CODES], rows, [44, 14, 14, 14, 14]
    ).tell(
        title=f"{capital(number(len(rows)))} claims to code",
        subtitle="Four codes each, by the codebook's questions",
        description=f"Table of {len(rows)} claims by four codes.",
        source="; ".join(f"{i.source_id} ¶{i.paragraph}" for i in items.itertuples()),
    )


def statement(tables, address: str) -> Matrix:
    """A document known to us from facts alone: what each of them has of it, in order."""
    rows = [
        [f"<strong>{row.address}</strong>", escape(row.text), escape(row.source)]
        for row in tables.resolve(address)
    ]
    words = sum(
        count_words(part)
        for row in tables.resolve(address)
        for part in re.findall("“([^”]*)”", row.text)
    )
    return Matrix(["Address", "What is known of it", "Where from"], rows, [9, 61, 30]).tell(
        title=f"An unseen statement, {words} words of it exact, the rest in ours",
        subtitle="Words inside marks are the statement's own",
        description=f"Table of {len(rows)} rows on one statement: {address}.",
        source=address,
        evidence=tables.resolve(address),
    )
