"""Several reports of one thing, side by side: what they share, how they put it, and extracts to
read.
"""

from html import escape

from casebook.charts.words import count_words, day, listed, number, several
from casebook.figure import Matrix, Picture, mark, styled
from casebook.methods import position_matrix, reports, voice_counts

SIGNS = {
    "agrees": ("✓ agrees", "#0b3d2e", "#d9efe3"),
    "contradicts": ("✗ contradicts", "#6b1010", "#f8dcd6"),
    "both": ("± both", "#5c4300", "#f6e7c0"),
    "silent": ("· silent", "#555555", "#f1f1f1"),
}
VOICES = {
    "quoted": ("quoted", "#0b5fa5", ""),
    "paraphrased": ("told in other words", "#7fb2d9", "//"),
    "outlet": ("the outlet's own voice", "#bdbdbd", ".."),
}


def coverage(tables, sources=None) -> Matrix:
    """Statement × report: agrees, silent or contradicts, with the paragraphs."""
    sources = reports(tables) if sources is None else list(sources)
    matrix, spots = position_matrix(tables, sources), _paragraphs(tables)
    statements = tables.statements.set_index("statement_id")["statement"]
    rows = []
    for key, cells in matrix.iterrows():
        row = [f"<strong>{key}</strong> {escape(statements[key])}"]
        for source in sources:
            word, colour, ground = SIGNS[cells[source]]
            row.append(f"{mark(word, colour, ground)} {spots.get((key, source), '')}")
        rows.append(row)
    shared = int((matrix == "agrees").all(axis=1).sum())
    alone = int((matrix.isin(["agrees", "both"]).sum(axis=1) == 1).sum())
    return Matrix(["Statement", *sources], rows, widths=[0, *[18] * len(sources)]).tell(
        title=(
            f"Of {len(matrix)} statements, {number(shared)} stand in all {number(len(sources))}"
            f" reports and {number(alone)} in only one"
        ),
        subtitle=(
            "What each report says of the exchange: agrees, contradicts or is silent, with the"
            " paragraph"
        ),
        description=(
            f"Matrix of {len(matrix)} statements by {len(sources)} reports ({listed(sources)}): "
        )
        + "; ".join(f"{s}: {_counts(matrix[s])}" for s in sources)
        + ".",
        source="; ".join(
            f"{s} ({o})"
            for s, o in zip(tables.sources["source_id"], tables.sources["outlet"])
            if s in sources
        ),
        evidence=[
            e for s in sources for p in _spoken_to(tables, s) for e in tables.resolve(f"{s} ¶{p}")
        ],
    )


def _spoken_to(tables, source) -> list[int]:
    """The paragraphs of a report that speak to a statement."""
    claims = tables.positions.loc[tables.positions["source_id"] == source, "claim_id"]
    return sorted(set(tables.claims.loc[tables.claims["claim_id"].isin(claims), "paragraph"]))


def _counts(column) -> str:
    return ", ".join(f"{kind} {n}" for kind, n in column.value_counts().sort_index().items())


def _paragraphs(tables) -> dict:
    """(statement, source) → '¶3, ¶9'."""
    found = tables.positions.merge(
        tables.claims[["claim_id", "paragraph"]], on="claim_id", validate="m:1"
    )
    return {
        key: ", ".join(f"¶{p}" for p in sorted(set(group)))
        for key, group in found.groupby(["statement_id", "source_id"])["paragraph"]
    }


@styled
def voices(tables, sources=None) -> Picture:
    """How each report puts what it says: quoted, told in other words, or in the outlet's own
    voice.
    """
    sources = reports(tables) if sources is None else list(sources)
    counts = voice_counts(tables, sources)
    shares = counts.div(counts.sum(axis=1), axis=0)
    outlets = tables.sources.set_index("source_id")["outlet"]
    picture = Picture(height=0.62 * len(sources) + 1.0)
    picture.subplots_adjust(left=0.285, right=0.985, top=0.80, bottom=0.03)
    axes = picture.add_subplot()
    left = 0 * shares["quoted"]
    for voice, (_, colour, hatch) in VOICES.items():
        axes.barh(
            range(len(sources)),
            shares[voice],
            left=left,
            color=colour,
            hatch=hatch,
            edgecolor="white",
            linewidth=1,
            height=0.62,
        )
        for i, source in enumerate(sources):
            if counts.at[source, voice]:
                axes.text(
                    left[source] + shares.at[source, voice] / 2,
                    i,
                    str(counts.at[source, voice]),
                    ha="center",
                    va="center",
                    fontsize=11.5,
                    fontweight="bold",
                    color="#111111",
                    bbox={"facecolor": "white", "edgecolor": "none", "boxstyle": "round,pad=0.18"},
                )
        left = left + shares[voice]
    axes.set_xlim(0, 1)
    axes.set_ylim(len(sources) - 0.5, -0.5)
    axes.set_yticks(range(len(sources)), [f"{s} · {outlets[s]}" for s in sources])
    axes.set_xticks([])
    axes.spines[:].set_visible(False)
    axes.tick_params(axis="y", length=0)
    handles = [
        axes.barh(0, 0, color=c, hatch=h, edgecolor="white", label=n) for n, c, h in VOICES.values()
    ]
    axes.legend(
        handles=handles,
        loc="lower left",
        bbox_to_anchor=(-0.01, 1.0),
        ncols=3,
        frameon=False,
        fontsize=10.5,
        handlelength=1.4,
    )
    claims = tables.claims
    return picture.tell(
        title=(
            "In the outlet's own voice:"
            f" {listed(f'{share:.0%} of what {s} says' for s, share in shares['outlet'].items())}"
        ),
        subtitle=(
            "Claims by the voice in which each report puts them; numbers in the bars are claims,"
            " captions and credits left out"
        ),
        description="Stacked bars, one a report. "
        + " ".join(
            f"{s} ({outlets[s]}): {counts.at[s, 'quoted']} quoted, {counts.at[s, 'paraphrased']}"
            f" told in other words, {counts.at[s, 'outlet']} in the outlet's own voice, of"
            f" {counts.loc[s].sum()}."
            for s in sources
        ),
        source=f"claims of {listed(sources)}, code “voice”, coded "
        + listed(sorted(set(tables.sources.set_index("source_id").loc[sources, "coded"]))),
        evidence=[
            e
            for s in sources
            for p in sorted(set(claims.loc[claims["source_id"] == s, "paragraph"]))
            for e in tables.resolve(f"{s} ¶{p}")
        ],
    )


def extract(tables, quote_id: str) -> Matrix:
    """A quotation to read closely, with what is known of it and where the whole stands."""
    quote = tables.quotes.set_index("quote_id").loc[quote_id]
    document = tables.sources.set_index("source_id").loc[quote["source_id"]]
    details = [
        ("Speaker, by the report", quote["speaker"]),
        ("To", quote["addressee"]),
        ("Medium", quote["medium"]),
        ("First published by", quote["publisher"]),
        ("Came by way of", quote["relay"]),
    ]
    rows = [
        [name, escape(value) if value else "the report does not say"] for name, value in details
    ]
    around = tables.claims[
        (tables.claims["source_id"] == quote["source_id"])
        & (tables.claims["paragraph"] == quote["paragraph"])
    ]
    rows.append(["The paragraph, in our words", escape(" ".join(around["claim"]))])
    place = f"{quote['source_id']} ¶{quote['paragraph']}"
    return Matrix(["The words", f"“{escape(quote['text'])}”"], rows, widths=[22, 0]).tell(
        title=(
            f"{place} gives {several(count_words(quote['text']), 'word')} of {quote['speaker']}'s, "
        )
        + (
            f"published first by {quote['publisher']}"
            if quote["publisher"]
            else "and does not say who published them first"
        ),
        subtitle=(
            "The words exactly as the report has them, and what it says of where they come from"
        ),
        description=f"Quotation of {count_words(quote['text'])} words: {quote['text']}",
        source=(
            f"{place}. The whole article: {document['outlet']}, “{document['title']}”,"
            f" {day(document['published'])}; its text is not carried here"
        ),
        evidence=tables.resolve(place),
    )
