"""Phrasings to compare, the scale that judgements give in a table, and the log climbed as if its
wordings were a ladder.
"""

from collections.abc import Sequence

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import BREAK, Html, TableExhibit, cell, evidence_of, small, strong
from casebook.figure.english import capital, day, listed, number, several
from casebook.subjects.commitment.methods.pairs import (
    CANNOT,
)
from casebook.subjects.commitment.methods.scale import (
    LADDER,
    OTHER_AFTER,
    READER,
    SYNTHETIC,
    WAR,
    judgements_of,
    noise_floor,
    rising_triples,
    scale_of,
    sets_compared,
    twins,
)
from casebook.subjects.commitment.methods.ten import ten_pairs
from casebook.subjects.messages.charts.log import LANES

__all__ = [
    "judged",
    "pairs_on_paper",
    "phrasings",
    "rising",
    "scale_on_paper",
    "scale_table",
    "ten_on_paper",
]

CALLED = {
    READER: "One reader of this project, a language model",
    SYNTHETIC: "SYNTHETIC class, nobody's judgements",
}
LATER = "dates, speakers and addresses stand in the table of the scale"
METHOD = (
    "strengths.csv, from judgements.csv by the model of Bradley and Terry (F490), fitted with the"
    " package choix"
)
BOXES = Html("☐ the first<br>☐ the second<br>☐ can't be compared")
# Columns of ``sets_compared`` and what heads them.
SETS = {
    "judges": "Judges",
    "judgements": "Judgements",
    "cannot": f"“{CANNOT}”",
    "groups": "Groups that hang together",
    "triads": "Triads decided",
    "circles": "of them circles",
    "floor": "Noise floor, log odds",
}


def called(made: str) -> str:
    """Whose judgements a set has, in short."""
    return CALLED[made].split(",")[0]


def phrasings(tables: Tables, *phrase_ids: str) -> TableExhibit:
    """Phrasings to read closely: the words alone, without date or speaker. Raises KeyError for one
    that is not there.
    """
    words = tables.phrases.set_index("phrase_id")["words"]
    return TableExhibit(
        ["", "The words"], [[strong(p), f"“{words[p]}”"] for p in phrase_ids], widths=[8, 0]
    ).describe(
        title=f"{capital(several(len(phrase_ids), 'phrasing'))}, the words alone",
        subtitle="Exact words; […] marks what was cut, so that no name gives them away",
        description=" ".join(f"{p}: {words[p]}." for p in phrase_ids),
        source=f"phrases.csv; {LATER}",
    )


def paper_pairs(tables: Tables) -> list[tuple[str, str]]:
    """Three pairs to judge on paper, from the reader's judgements: the ends of the scale, its top
    two, and the first that could not be compared.
    """
    order, judged = list(scale_of(tables)["phrase_id"]), judgements_of(tables)
    apart = set(tables.phrases.loc[tables.phrases["version_of"] != "", "phrase_id"])
    free = ~judged["first"].isin(apart) & ~judged["second"].isin(apart)
    unsure = judged[(judged["chosen"] == CANNOT) & free].iloc[0]
    return [(order[-1], order[0]), (order[1], order[0]), (unsure["first"], unsure["second"])]


def pairs_on_paper(tables: Tables) -> TableExhibit:
    """Three pairs to judge by hand, with boxes to tick."""
    return _to_tick(tables, paper_pairs(tables))


def ten_on_paper(tables: Tables) -> TableExhibit:
    """The ten pairs of the learner's own scale, with boxes to tick."""
    return _to_tick(tables, ten_pairs(tables))


def _to_tick(tables: Tables, pairs: Sequence[tuple[str, str]]) -> TableExhibit:
    words = tables.phrases.set_index("phrase_id")["words"]
    rows = [
        [
            cell(
                *(strong(f"Pair {n},"), f" first: “{words[first]}”"),
                *(BREAK, f"second: “{words[second]}”"),
            ),
            BOXES,
            "…",
        ]
        for n, (first, second) in enumerate(pairs, 1)
    ]
    told = (f"Pair {n}: {words[a]}; {words[b]}." for n, (a, b) in enumerate(pairs, 1))
    return TableExhibit(
        ["Two phrasings", "Sounds as if it commits more", "The word that decides"],
        rows,
        widths=[56, 24, 20],
    ).describe(
        title=(
            f"{capital(number(len(pairs)))} pairs: which sounds as if it commits more, or can't"
            " they be compared?"
        ),
        subtitle="In English, without context. On paper first",
        description=" ".join(told),
        source=f"phrases.csv; {LATER}",
    )


def counted(tables: Tables, made: str) -> str:
    """'190 judgements'."""
    mine = judgements_of(tables, made)
    judges = mine["judge"].nunique()
    by = f" of {number(judges)} made-up judges" if judges > 1 else ""
    return f"{len(mine)} judgements{by}"


def two_englishes(found: pd.DataFrame, tables: Tables) -> str:
    """'P19 and P11 0.62, P04 and P20 0.12': how far apart two Englishes lie that are taken for one
    sentence, the widest pair first.
    """
    return ", ".join(
        f"{pair.stronger} and {pair.weaker} {pair.distance:.2f}"
        for pair in twins(found, tables.phrases).itertuples()
    )


def scale_table(tables: Tables, made: str = READER) -> TableExhibit:
    """The phrasings, strongest first, with date, speaker, strength and interval: what the points of
    the picture stand for.
    """
    found = scale_of(tables, made)
    floor, first, last = noise_floor(found, tables.phrases), found.iloc[0], found.iloc[-1]
    return TableExhibit(
        ["Place", "The words", "Whose, when, where", "Strength", "Decided"],
        [_phrasing(r) for r in found.itertuples()],
        widths=[9, 46, 21, 15, 9],
    ).describe(
        title=(
            f"{called(made)}: from {last['phrase_id']} to {first['phrase_id']} it is"
            f" {first['strength'] - last['strength']:.1f} log odds; the noise floor is {floor:.2f}"
            f" ({two_englishes(found, tables)})"
        ),
        subtitle=(
            f"{CALLED[made]}; {counted(tables, made)}. Strength with the middle 95 % of resamples;"
            " “Decided”: comparisons in which one was chosen. Mean strength 0"
        ),
        description=f"Table of {len(found)} phrasings: "
        + "; ".join(f"{r.place}. {r.phrase_id}, {r.strength:.2f}" for r in found.itertuples())
        + ".",
        source=METHOD,
        evidence=evidence_of(tables, found["address"]),
    )


def _phrasing(row) -> list[str]:
    twin = [BREAK, small(f"one of two Englishes: {row.version_of}")] if row.version_of else []
    return [
        cell(f"{row.place}. ", strong(row.phrase_id)),
        cell(f"“{row.words}”", *twin),
        cell(row.speaker, BREAK, day(row.date), BREAK, small(row.address)),
        cell(f"{row.strength:+.2f}", BREAK, small(f"{row.low:+.2f} to {row.high:+.2f}")),
        str(row.compared),
    ]


def scale_on_paper(tables: Tables, made: str = READER) -> TableExhibit:
    """The phrasings down to the weaker of two Englishes of one sentence, strongest first, without
    date and speaker, and the noise floor that these two give.
    """
    found = scale_of(tables, made)
    widest = next(twins(found, tables.phrases).itertuples())
    shown = found.head(list(found["phrase_id"]).index(widest.weaker) + 1)
    places = listed(shown.loc[shown["version_of"] != "", "place"].astype(str))
    floor = f"The noise floor, between places {places}"
    return TableExhibit(
        ["The words", "Strength", "Interval"],
        [
            *(
                [
                    f"{r.place}. “{r.words}”",
                    f"{r.strength:+.2f}",
                    f"{r.low:+.2f} to {r.high:+.2f}",
                ]
                for r in shown.itertuples()
            ),
            [strong(floor), f"{widest.distance:.2f}", ""],
        ],
        widths=[70, 12, 18],
    ).describe(
        title=f"{called(made)}: the strongest {number(len(shown))}",
        subtitle="Strength with the middle 95 % of resamples",
        description=f"Table of {len(shown)} phrasings with their strength and interval.",
        source=METHOD,
        evidence=evidence_of(tables, shown["address"]),
    )


def judged(tables: Tables) -> TableExhibit:
    """What the two shipped sets of judgements are, side by side."""
    sets = [row for _, row in sets_compared(tables).iterrows()]
    circles = {row["made"]: f"{row['circles']} go" for row in sets if row["circles"]}
    told = "; ".join(
        f"{called(r['made'])}: of {r['triads']} triads {circles.get(r['made'], 'none goes')} round"
        " in a circle"
        for r in sets
    )
    return TableExhibit(
        ["Whose judgements", *SETS.values()],
        [
            [
                strong(CALLED[r["made"]]),
                *(f"{r[c]:.2f}" if c == "floor" else str(r[c]) for c in SETS),
            ]
            for r in sets
        ],
        widths=[24, *[10] * len(SETS)],
    ).describe(
        title=told,
        subtitle=(
            "A circle: a over b, b over c, c over a. One group: everything was compared with"
            " everything, over some chain of pairs"
        ),
        description=f"Table of {len(sets)} sets of judgements. {told}.",
        source="judgements.csv",
    )


def rising(tables: Tables) -> TableExhibit:
    """The share of rising triples in the log and in shuffles of it, over the whole and from the war
    on.
    """
    found, war = rising_triples(tables), tables.events.set_index("event_id").loc[WAR]
    return TableExhibit(
        [
            "Messages and ladder",
            "Period",
            "Messages",
            "Rising triples",
            "In shuffles",
            "Middle 95 of 100 shuffles",
        ],
        [_triples(r) for r in found.itertuples()],
        widths=[33, 16, 10, 13, 12, 16],
    ).describe(
        title="How often three messages rise, in the log and in shuffles of it",
        subtitle=(
            "Any three messages, not only neighbours, in the order of their dates, a speech in two"
            " rows counted once; they rise if each stands higher than the one before on our ladder:"
            f" {listed(LANES[step] for step in LADDER)}, “{LANES['other']}” after"
            f" {LANES[OTHER_AFTER]}. The classes of the log have no order of their"
            " own: the ladder is a supposition"
        ),
        description=f"Table of {len(found)} comparisons. "
        + "; ".join(
            f"{r.rows}, other {r.other}, {r.period}: {r.observed:.1%} against {r.shuffled:.1%}"
            for r in found.itertuples()
        )
        + ".",
        source=f"the message log (M…); the war: {war['address']}",
        evidence=tables.resolve(war["address"]),
    )


def _triples(row) -> list[str]:
    ladder = "on the ladder" if row.other == "in" else "left out"
    return [
        cell(strong(row.rows), f", “{LANES['other']}” {ladder}"),
        row.period,
        str(row.messages),
        f"{row.observed:.1%}",
        f"{row.shuffled:.1%}",
        f"{row.low:.1%} to {row.high:.1%}",
    ]
