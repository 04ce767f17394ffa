"""One count of sanctions: what two reports make of it, one gap in several numbers, what stands
between.
"""

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import (
    STATES,
    Html,
    Picture,
    TableExhibit,
    as_html,
    cell,
    evidence_of,
    strong,
    styled,
)
from casebook.figure.english import capital, listed, number, several
from casebook.subjects.sanctions.methods.sanctions import comparisons, sanction_figures

__all__ = ["in_our_words", "stands_between", "ways_to_say"]

NOT_OURS = "not ours"
VOICES = {
    "quoted": "quoted",
    "paraphrased": "told in other words",
    "outlet": "the outlet's own voice",
}
BEFORE = "Russia before 22 February 2022"  # its figure of another day (F027)
# Colour and hatch; the two that Business Upturn names have their states' colours, the others grey.
FILLS = {
    "Russia": (STATES["Russia"], ""),
    "North Korea": (STATES["North Korea"], ""),
    "Iran": ("#8a8a8a", "//"),
    "Syria": ("#b0b0b0", ".."),
    BEFORE: (STATES["Russia"], ""),
}
# Ways to say a gap: the sentence, and what it does not show.
WAYS = {
    "more": ("{a} has {n} more than {b}", "how large the two figures are"),
    "times": ("{a} has {n} times as many as {b}", "how large the two figures are"),
    "per cent more": (
        "{a} has {n} per cent more than {b}",
        "that the smaller figure is the hundred",
    ),
    "per cent fewer": (
        "{b} has {n} per cent fewer than {a}",
        "that now the larger figure is the hundred",
    ),
    "share of the two": ("Of the two, {a} has {n} per cent", "everybody else"),
    "share of the four": (
        "Of the four that Business Insider names, {a} has {n} per cent",
        "everybody else, and that the four are the report's choice",
    ),
}


def _claims(tables: Tables, place: str, topic: str) -> list:
    """The claims of a paragraph (S0 ¶11) on a topic; ValueError where there is none."""
    source, paragraph = place.split(" ¶")
    claims = tables.claims
    found = claims[
        (claims["source_id"] == source)
        & (claims["paragraph"] == int(paragraph))
        & (claims["topic"] == topic)
    ]
    if found.empty:
        raise ValueError(f"{place} has no claim on {topic}")
    return list(found.itertuples())


def in_our_words(tables: Tables, *places: str, topic: str = "sanctions") -> TableExhibit:
    """The claims of some paragraphs on one topic, in our words, with their voice and numbers as
    printed.

    ``places`` are addresses of paragraphs (S0 ¶11). Raises ValueError for one without a claim on
    the topic.
    """
    found = [claim for place in places for claim in _claims(tables, place, topic)]
    reports = len({claim.source_id for claim in found})
    outlets = tables.sources.set_index("source_id")["outlet"]
    printed = [claim.number_text for claim in found if claim.number_text]
    numbers = f", {several(len(printed), 'number')}: {listed(printed)}" if printed else ""
    return TableExhibit(
        ["Where", "The claim, in our words", "Voice", "Number, as printed"],
        # Who counted is left to the reader: it stands in the claim, or does not.
        [
            [
                cell(strong(outlets[c.source_id]), f" ({c.source_id} ¶{c.paragraph})"),
                c.claim,
                Html(VOICES[c.voice]),
                c.number_text or "–",
            ]
            for c in found
        ],
        widths=[20, 0, 20, 14],
    ).describe(
        title=(f"{capital(several(reports, 'report'))}, {several(len(found), 'claim')}{numbers}"),
        subtitle=(
            f"What {'they say' if reports > 1 else 'it says'} of {topic}, claim by claim; their"
            " text is not carried here"
        ),
        description=f"Table of {len(found)} claims from {listed(places)}: "
        + " ".join(claim.claim for claim in found),
        source="; ".join(places)
        + f". Numbers printed there are quoted singly and {NOT_OURS} (F032)",
        evidence=evidence_of(tables, places, ["F032"]),
    )


def ways_to_say(
    tables: Tables, larger: str = "Russia", smaller: str = "North Korea"
) -> TableExhibit:
    """One gap between two countries in several numbers, each true, and what each does not show."""
    found = comparisons(tables)
    found = found[(found["larger"] == larger) & (found["smaller"] == smaller)]
    low, high = (
        found.loc[at, "printed"] for at in (found["value"].idxmin(), found["value"].idxmax())
    )
    places = "; ".join(dict.fromkeys(sanction_figures(tables)["address"]))

    def said(way: str, figure: str, a: str = larger, b: str = smaller) -> str:
        return WAYS[way][0].format(a=a, b=b, n=figure)

    def in_table(way: str, figure: str) -> Html:
        return Html(said(way, strong(figure), as_html(larger), as_html(smaller)))

    return TableExhibit(
        ["How it can be said", "What that does not show"],
        [[in_table(w.way, w.printed), Html(WAYS[w.way][1])] for w in found.itertuples()],
        widths=[55, 0],
    ).describe(
        title=f"One gap, {number(len(found))} true numbers, from {low} to {high}",
        subtitle=(
            f"{larger} and {smaller} on the count that Business Insider, by our inference, uses,"
            f" worked out from single quoted figures; the figures are {NOT_OURS}"
        ),
        description=f"Table of {len(found)} ways to say one gap: "
        + "; ".join(said(w.way, w.printed) for w in found.itertuples())
        + ".",
        source=f"{places}; terms: F032",
        evidence=evidence_of(tables, [places, "F032"]),
    )


@styled
def stands_between(tables: Tables) -> Picture:
    """The four figures that S0 ¶11 speaks of, on one axis from zero."""
    figures = sanction_figures(tables)
    picture = Picture(height=2.5)
    picture.subplots_adjust(left=0.135, right=0.985, top=0.985, bottom=0.11)
    _draw_bars(picture.add_subplot(), figures)
    amid = figures[figures["between"] == "yes"]
    places = "; ".join(dict.fromkeys(figures["address"]))
    return picture.describe(
        title=(
            f"{capital(number(len(amid)))} countries stand between Russia and North Korea:"
            f" {listed(f'{r.country} with {r.figure:,}' for r in amid.itertuples())}"
        ),
        subtitle=(
            "Listings of persons, entities, ships and aircraft in March 2022, by the count that"
            " Business Insider, by our inference, uses. The figures are"
            f" {figures['owner'].iloc[0]}'s, quoted singly from relays: {NOT_OURS}"
        ),
        description="Horizontal bars from zero: "
        + "; ".join(f"{r.country} {r.figure:,}" for r in figures.itertuples())
        + f". {listed(amid['country'])} stand between Russia and North Korea.",
        source=f"{places}; what is counted: F030; terms: F032",
        evidence=evidence_of(tables, [places, "F027", "F030", "F032"]),
    )


def _draw_bars(axes, figures: pd.DataFrame):
    for i, row in enumerate(figures.itertuples()):
        colour, hatch = FILLS[row.country]
        look = {"color": colour, "hatch": hatch, "edgecolor": "white", "linewidth": 0}
        axes.barh(i, row.figure, height=0.62, **look)
        axes.text(row.figure + 50, i, f"{row.figure:,} ({row.address})", va="center", fontsize=11)
    axes.set_yticks(range(len(figures)), figures["country"])
    axes.set_ylim(len(figures) - 0.5, -0.5)
    end = figures["figure"].max() * 1.2
    axes.set_xlim(0, end)
    axes.set_xticks(range(0, int(end), 1000), [f"{stop:,}" for stop in range(0, int(end), 1000)])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
