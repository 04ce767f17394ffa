"""Several reports of one thing, side by side: what they share, how they put it, and extracts to
read.
"""

from collections.abc import Iterable

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import Picture, TableExhibit, badge, cell, evidence_of, styled
from casebook.figure.english import capital, count_words, day, listed, number, several
from casebook.subjects.reports.methods.corpus import outlet_names, voice_counts
from casebook.subjects.reports.methods.coverage import (
    addresses_spoken_to,
    position_matrix,
    reports,
)

__all__ = ["coverage", "extract", "quotation", "voices"]

SIGNS = {
    "agrees": ("good", "✓ agrees"),
    "contradicts": ("bad", "✗ contradicts"),
    "both": ("mixed", "± both"),
    "silent": ("open", "· silent"),
}
# Voice: its name, colour and hatch.
VOICES = {
    "quoted": ("quoted", "#0b5fa5", ""),
    "paraphrased": ("told in other words", "#7fb2d9", "//"),
    "outlet": ("the outlet's own voice", "#bdbdbd", ".."),
}
UNSAID = "in a paragraph that names no publisher"
# What an extract's report leaves out, in words.
UNSAID_OF = {
    "Speaker, by the report": "who speaks",
    "To": "to whom",
    "Medium": "in which medium",
    "Published by, says the report": "who published the words first",
    "Came by way of": "by which way they came",
}
ROW, ABOVE = 0.62, 1.0  # inches: a report's row, and the room for the legend


def coverage(tables: Tables, sources: Iterable[str] | None = None) -> TableExhibit:
    """Statement × report: agrees, silent or contradicts, with the paragraphs."""
    sources = reports(tables) if sources is None else list(sources)
    matrix, spots = position_matrix(tables, sources), _paragraphs(tables)
    statements = tables.statements.set_index("statement_id")["statement"]
    shared = int((matrix == "agrees").all(axis=1).sum())
    alone = int((matrix.isin(["agrees", "both"]).sum(axis=1) == 1).sum())
    names = outlet_names(tables)
    return TableExhibit(
        ["Statement", *(names[s] for s in sources)],
        [
            [
                statements[key],
                *(cell(badge(*SIGNS[cells[s]]), " ", spots.get((key, s), "")) for s in sources),
            ]
            for key, cells in matrix.iterrows()
        ],
        widths=[0, *[18] * len(sources)],
    ).describe(
        title=(
            f"Of {len(matrix)} statements, {number(shared) if shared else 'none'} stand in all"
            f" {number(len(sources))} reports and {number(alone) if alone else 'none'} in only one"
        ),
        subtitle=(
            "What each report says of the exchange: agrees, contradicts or is silent, with the"
            " paragraph"
        ),
        description=(f"Matrix of {len(matrix)} statements by {len(sources)} reports: ")
        + "; ".join(f"{names[s]}: {_counts(matrix[s])}" for s in sources)
        + ".",
        source="; ".join(f"{names[s]} ({s})" for s in sources),
        evidence=evidence_of(tables, *(addresses_spoken_to(tables, s) for s in sources)),
    )


def _counts(column: pd.Series) -> str:
    return ", ".join(f"{kind} {n}" for kind, n in column.value_counts().sort_index().items())


def _paragraphs(tables: Tables) -> dict[tuple[str, str], str]:
    """(statement, source) → '¶3, ¶9'."""
    places = tables.claims[["claim_id", "paragraph"]]
    found = tables.positions.merge(places, on="claim_id", validate="m:1")
    return {
        key: ", ".join(f"¶{p}" for p in sorted(set(group)))
        for key, group in found.groupby(["statement_id", "source_id"])["paragraph"]
    }


@styled
def voices(tables: Tables, sources: Iterable[str] | None = None) -> Picture:
    """How each report puts what it says: quoted, told in other words, or in the outlet's own
    voice.
    """
    sources = reports(tables) if sources is None else list(sources)
    counts = voice_counts(tables, sources)
    shares = counts.div(counts.sum(axis=1), axis=0)
    documents = tables.sources.set_index("source_id")
    names = outlet_names(tables)
    picture = Picture(height=ROW * len(sources) + ABOVE)
    picture.subplots_adjust(left=0.285, right=0.985, top=0.80, bottom=0.03)
    _draw_bars(picture.add_subplot(), counts, shares, [names[s] for s in sources])
    claims = tables.claims.groupby("source_id")["paragraph"]
    return picture.describe(
        title=(
            "In the outlet's own voice:"
            f" {listed(f'{share:.0%} of {names[s]}' for s, share in shares['outlet'].items())}"
        ),
        subtitle=(
            "Claims by the voice in which each report puts them; numbers in the bars are claims,"
            " captions and credits left out"
        ),
        description="Stacked bars, one a report. "
        + " ".join(f"{names[s]}: {_told(counts.loc[s])}" for s in sources),
        source=f"claims of {listed(names[s] for s in sources)}, code “voice”, coded "
        + listed(sorted(set(documents.loc[sources, "coded"]))),
        evidence=evidence_of(
            tables,
            [f"{s} ¶{p}" for s in sources for p in sorted(set(claims.get_group(s)))],
        ),
    )


def _told(counts: pd.Series) -> str:
    return (
        f"{counts['quoted']} quoted, {counts['paraphrased']} told in other words,"
        f" {counts['outlet']} in the outlet's own voice, of {counts.sum()}."
    )


def _draw_bars(axes, counts: pd.DataFrame, shares: pd.DataFrame, names: list[str]):
    """A bar for each report, its voices side by side, with their numbers; above it the legend."""
    rows, left = range(len(names)), 0 * shares["quoted"]
    for voice, (_, colour, hatch) in VOICES.items():
        look = {"color": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 1}
        axes.barh(rows, shares[voice], left=left, height=ROW, **look)
        middles = left + shares[voice] / 2
        for i, (middle, count) in enumerate(zip(middles, counts[voice])):
            if count:
                _draw_number(axes, middle, i, count)
        left = left + shares[voice]
    axes.set_xlim(0, 1)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(rows, names)
    axes.set_xticks([])
    axes.spines[:].set_visible(False)
    axes.tick_params(axis="y", length=0)
    handles = [
        axes.barh(0, 0, color=colour, hatch=hatch, edgecolor="white", label=name)
        for name, colour, hatch in VOICES.values()
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


def _draw_number(axes, across: float, row: int, count: int):
    axes.text(
        across,
        row,
        str(count),
        ha="center",
        va="center",
        fontsize=11.5,
        fontweight="bold",
        color="#111111",
        bbox={"facecolor": "white", "edgecolor": "none", "boxstyle": "round,pad=0.18"},
    )


def extract(tables: Tables, quote_id: str) -> TableExhibit:
    """A quotation to read closely, with what is known of it and where the whole stands."""
    quote = tables.quotes.set_index("quote_id").loc[quote_id]
    document = tables.sources.set_index("source_id").loc[quote["source_id"]]
    place = f"{quote['source_id']} ¶{quote['paragraph']}"
    words, publisher = count_words(quote["text"]), quote["publisher"]
    details = {
        "Speaker, by the report": quote["speaker"],
        "To": quote["addressee"],
        "Medium": quote["medium"],
        "Published by, says the report": publisher,
        "Came by way of": quote["relay"],
    }
    silent = [UNSAID_OF[name] for name, value in details.items() if not value]
    around = tables.claims[
        (tables.claims["source_id"] == quote["source_id"])
        & (tables.claims["paragraph"] == quote["paragraph"])
    ]
    return TableExhibit(
        ["The words", f"“{quote['text']}”"],
        [
            *([name, value] for name, value in details.items() if value),
            *([["This paragraph does not say", listed(silent)]] if silent else []),
            ["The paragraph, in our words", " ".join(around["claim"])],
        ],
        widths=[22, 0],
    ).describe(
        title=(
            f"{document['outlet']} gives {several(words, 'word')} of {quote['speaker']}'s"
            f" {f'and names {publisher} for them' if publisher else UNSAID}"
        ),
        subtitle=(
            "The words exactly as the report has them, and what it says of where they come from"
        ),
        description=f"Quotation of {words} words: {quote['text']}",
        source=(
            f"{place}. The whole article: {document['outlet']}, “{document['title']}”,"
            f" {day(document['published'])}; its text is not carried here"
        ),
        evidence=tables.resolve(place),
    )


def quotation(tables: Tables, quote_id: str) -> TableExhibit:
    """The words of a quotation and where they stand, without what the report says of them: for
    whoever is to ask that.
    """
    quote = tables.quotes.set_index("quote_id").loc[quote_id]
    document = tables.sources.set_index("source_id").loc[quote["source_id"]]
    place, words = f"{quote['source_id']} ¶{quote['paragraph']}", count_words(quote["text"])
    return TableExhibit(["The words", f"“{quote['text']}”"], [], widths=[22, 0]).describe(
        title=f"{capital(several(words, 'word'))} in {document['outlet']}",
        subtitle="The words exactly as the report has them",
        description=f"Quotation of {words} words: {quote['text']}",
        source=f"{place}. The whole article: {document['outlet']}, “{document['title']}”",
        evidence=tables.resolve(place),
    )
