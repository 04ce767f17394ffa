"""Phrasings to compare, the scale that judgements give, and the log climbed as if its wordings were
a ladder.
"""

import math
from html import escape

import pandas as pd

from casebook.charts.log import LANES, SIDES
from casebook.charts.words import capital, day, listed, number, several
from casebook.figure import INK, Matrix, Picture, styled
from casebook.methods.scale import (
    CANNOT,
    LADDER,
    OTHER_AFTER,
    READER,
    SYNTHETIC,
    TIMES,
    WAR,
    judgements_of,
    near_the_top,
    noise_floor,
    rising_triples,
    scale_of,
    sets_compared,
    twins,
)

MARKS = {
    "Kim Jong Un": SIDES["kim_to_putin"][:3],
    "Vladimir Putin": SIDES["putin_to_kim"][:3],
}  # as in the log
DODGE = 34  # days between marks that would cover each other
LABEL = (100, 0.27)  # room of a label: days, log odds
CALLED = {
    READER: "One reader of this project, a language model",
    SYNTHETIC: "SYNTHETIC class, nobody's judgements",
}
LATER = "dates, speakers and addresses stand under the scale, further down"
METHOD = (
    "strengths.csv, from judgements.csv by the model of Bradley and Terry (F490), fitted with the"
    " package choix"
)
BOXES = "☐ the first<br>☐ the second<br>☐ can't be compared"


def phrasings(tables, *phrase_ids) -> Matrix:
    """Phrasings to read closely: the words alone, without date or speaker. Raises KeyError for one
    that is not there.
    """
    words = tables.phrases.set_index("phrase_id")["words"]
    rows = [[f"<strong>{p}</strong>", f"“{escape(words[p])}”"] for p in phrase_ids]
    return Matrix(["", "The words"], rows, widths=[8, 0]).tell(
        title=f"{capital(several(len(rows), 'phrasing'))}, without date or speaker",
        subtitle="Exact words; […] marks what was cut, so that no name gives them away",
        description=" ".join(f"{p}: {words[p]}." for p in phrase_ids),
        source=f"phrases.csv; {LATER}",
    )


def paper_pairs(tables) -> list[tuple[str, str]]:
    """Three pairs to judge on paper, from the reader's judgements: the ends of the scale, its top
    two, and the first that could not be compared.
    """
    found, judged = scale_of(tables), judgements_of(tables)
    order = list(found["phrase_id"])
    apart = set(tables.phrases.loc[tables.phrases["version_of"] != "", "phrase_id"])
    unsure = judged[
        (judged["chosen"] == CANNOT) & ~judged["first"].isin(apart) & ~judged["second"].isin(apart)
    ].iloc[0]
    return [(order[-1], order[0]), (order[1], order[0]), (unsure["first"], unsure["second"])]


def pairs_on_paper(tables) -> Matrix:
    """Three pairs to judge by hand, with boxes to tick."""
    words = tables.phrases.set_index("phrase_id")["words"]
    pairs = paper_pairs(tables)
    rows = [
        [
            (
                f"<strong>Pair {n}</strong><br>first: “{escape(words[a])}”<br>second:"
                f" “{escape(words[b])}”"
            ),
            BOXES,
            "…",
        ]
        for n, (a, b) in enumerate(pairs, 1)
    ]
    return Matrix(
        ["Two phrasings", "Sounds as if it commits more", "The word that decides"],
        rows,
        widths=[56, 24, 20],
    ).tell(
        title=(
            f"{capital(number(len(pairs)))} pairs: which sounds as if it commits more, or can't"
            " they be compared?"
        ),
        subtitle="In English, without context. On paper first",
        description=" ".join(
            f"Pair {n}: {words[a]}; {words[b]}." for n, (a, b) in enumerate(pairs, 1)
        ),
        source=f"phrases.csv; {LATER}",
    )


@styled
def strengths_by_date(tables, made: str = READER) -> Picture:
    """The scale against the date: strength, the middle 95 % of its resamples, and the noise floor
    as a band below the strongest.
    """
    found = _placed(scale_of(tables, made))
    floor, top = noise_floor(found, tables.phrases), found["strength"].max()
    picture = Picture(height=4.9)
    picture.subplots_adjust(left=0.085, right=0.985, top=0.875, bottom=0.075)
    axes = picture.add_subplot()
    axes.axhspan(top - floor, top, color="#dcdcdc", linewidth=0, zorder=0)
    axes.text(
        found["day"].min(),
        top - floor / 2,
        "noise floor: as deep as two Englishes\ntaken for one sentence lie apart",
        fontsize=10,
        va="center",
        ha="left",
        color=INK,
    )
    for speaker, (_, shape, colour) in MARKS.items():
        mine = found[found["speaker"] == speaker]
        axes.vlines(mine["at"], mine["low"], mine["high"], color=colour, linewidth=1.6, zorder=2)
        axes.plot(
            mine["at"],
            mine["strength"],
            shape,
            color=colour,
            markersize=8,
            linestyle="none",
            zorder=3,
            label=speaker,
        )
    for pair in twins(found, tables.phrases).itertuples():
        ends = found.set_index("phrase_id").loc[[pair.stronger, pair.weaker]]
        axes.plot(
            ends["at"], ends["strength"], color=INK, linewidth=1.2, linestyle=(0, (2, 2)), zorder=1
        )
    axes.plot(
        [],
        [],
        color=INK,
        linewidth=1.2,
        linestyle=(0, (2, 2)),
        label="two Englishes taken for one sentence",
    )
    for phrase, when, height in _labels(found):
        axes.text(when, height, phrase, ha="center", va="center", fontsize=10)
    _frame(axes, found, tables)
    return _tell(picture, tables, found, made, floor)


def _placed(found):
    """The scale in the order of dates, with ``day`` and ``at``: where its mark stands, moved aside
    where another is near.
    """
    found = (
        found.assign(day=pd.to_datetime(found["date"]))
        .sort_values(["day", "strength"], kind="stable")
        .reset_index(drop=True)
    )
    places, last = [], None
    for when in found["day"]:
        last = when if last is None else max(when, last + pd.Timedelta(days=DODGE))
        places.append(last)
    return found.assign(at=places)


def _labels(found):
    """(phrase_id, when, height) of each label: under its line if nothing is there, else above it,
    else farther off.
    """
    wide, high = pd.Timedelta(days=LABEL[0]), LABEL[1]
    taken = [
        (row.at - wide / 4, row.at + wide / 4, row.low, row.high) for row in found.itertuples()
    ]
    for row in found.itertuples():
        for height in (
            row.low - 0.6 * high,
            row.high + 0.6 * high,
            row.low - 1.6 * high,
            row.high + 1.6 * high,
            row.low - 2.6 * high,
        ):
            box = (row.at - wide / 2, row.at + wide / 2, height - high / 2, height + high / 2)
            if not any(
                box[0] < right and left < box[1] and box[2] < top and bottom < box[3]
                for left, right, bottom, top in taken
            ):
                break
        taken.append(box)
        yield row.phrase_id, row.at, height


def _frame(axes, found, tables):
    war = pd.Timestamp(tables.events.set_index("event_id").at[WAR, "date"])
    axes.axvline(war, color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
    bottom = found["low"].min() - 0.55
    axes.text(war, bottom, f" {day(war)}", fontsize=10, ha="left", va="bottom")
    years = range(found["day"].min().year, found["day"].max().year + 1)
    axes.set_xlim(pd.Timestamp(years[0], 1, 1), found["at"].max() + pd.Timedelta(days=100))
    top = max(found["high"].max(), found["strength"].max()) + 0.35
    axes.set_ylim(bottom, top)
    axes.set_yticks(range(math.ceil(bottom), math.floor(top) + 1))
    axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], years)
    axes.set_xticks([pd.Timestamp(year, 7, 1) for year in years], minor=True)
    for label in axes.get_xticklabels():
        label.set_ha("left")
    axes.set_ylabel("strength (log odds)", fontsize=10.5)
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.015, 1.0),
        ncols=3,
        frameon=False,
        fontsize=10.5,
        handletextpad=0.3,
        columnspacing=1.4,
    )


def _counts(tables, made) -> str:
    """'190 judgements, 11 of them not comparable'."""
    mine = judgements_of(tables, made)
    judges = mine["judge"].nunique()
    by = f" of {number(judges)} made-up judges" if judges > 1 else ""
    return f"{len(mine)} judgements{by}, {(mine['chosen'] == CANNOT).sum()} of them “{CANNOT}”"


def _finding(tables, made) -> str:
    """What the top of a scale can carry, in a sentence without its end."""
    top, near = scale_of(tables, made).iloc[0], near_the_top(tables, made)
    clear = (near["told_apart"] == "yes").all()
    return (
        f"{top['phrase_id']}, of {day(top['date'])}, stands highest,"
        f" {'clear of all others' if clear else 'but not clear of all others'}"
    )


def _pairs(found, tables) -> str:
    """'P19 and P11 0.62, P04 and P20 0.12': how far apart two Englishes lie that are taken for one
    sentence, the widest pair first.
    """
    return ", ".join(
        f"{pair.stronger} and {pair.weaker} {pair.distance:.2f}"
        for pair in twins(found, tables.phrases).itertuples()
    )


def _tell(picture, tables, found, made, floor):
    resampled = (
        "judgements"
        if found["resampled"].iloc[0] == "judgements"
        else "judges and of their judgements"
    )
    rows = "; ".join(
        f"{r.phrase_id}, {day(r.date)}, {r.speaker}: {r.strength:.2f} ({r.low:.2f} to {r.high:.2f})"
        for r in found.itertuples()
    )
    return picture.tell(
        title=f"{CALLED[made].split(',')[0]}: {_finding(tables, made)}",
        subtitle=(
            f"How strong {len(found)} phrasings sound in English. {CALLED[made]}:"
            f" {_counts(tables, made)}. Lines: the middle 95 % of {TIMES} resamples of {resampled}."
            f" Grey band: {floor:.2f} deep; that its two Englishes are one sentence is our reading"
            f" (apart: {_pairs(found, tables)}). Phrasings chosen by hand, no sample: no trend can"
            " be read off"
        ),
        description=(
            f"Strength against date for {len(found)} phrasings, with intervals. {rows}. Noise floor"
            f" {floor:.2f}."
        ),
        source=(
            f"{METHOD}; {', '.join(found['address'])}; the dashed upright line:"
            f" {tables.events.set_index('event_id').at[WAR, 'address']}"
        ),
        evidence=tables.resolve("; ".join(found["address"])),
    )


def scale_table(tables, made: str = READER) -> Matrix:
    """The phrasings, strongest first, with date, speaker, strength and interval: what the points of
    the picture stand for.
    """
    found = scale_of(tables, made)
    floor = noise_floor(found, tables.phrases)
    rows = [
        [
            f"{r.place}. <strong>{r.phrase_id}</strong>",
            f"“{escape(r.words)}”"
            + (
                f"<br><small>one of two Englishes: {escape(r.version_of)}</small>"
                if r.version_of
                else ""
            ),
            f"{escape(r.speaker)}<br>{day(r.date)}<br><small>{r.address}</small>",
            f"{r.strength:+.2f}<br><small>{r.low:+.2f} to {r.high:+.2f}</small>",
            str(r.compared),
        ]
        for r in found.itertuples()
    ]
    first, last = found.iloc[0], found.iloc[-1]
    return Matrix(
        ["Place", "The words", "Whose, when, where", "Strength", "Decided"],
        rows,
        widths=[9, 46, 21, 15, 9],
    ).tell(
        title=(
            f"{CALLED[made].split(',')[0]}: from {last['phrase_id']} to {first['phrase_id']} it is"
            f" {first['strength'] - last['strength']:.1f} log odds; the noise floor is {floor:.2f}"
            f" ({_pairs(found, tables)})"
        ),
        subtitle=(
            f"{CALLED[made]}; {_counts(tables, made)}. Strength with the middle 95 % of resamples;"
            " “Decided”: comparisons in which one was chosen. Mean strength 0"
        ),
        description=f"Table of {len(rows)} phrasings: "
        + "; ".join(f"{r.place}. {r.phrase_id}, {r.strength:.2f}" for r in found.itertuples())
        + ".",
        source=METHOD,
        evidence=tables.resolve("; ".join(found["address"])),
    )


def judged(tables) -> Matrix:
    """What the two shipped sets of judgements are, side by side."""
    sets = sets_compared(tables)
    heads = {
        "judges": "Judges",
        "judgements": "Judgements",
        "cannot": f"“{CANNOT}”",
        "groups": "Groups that hang together",
        "triads": "Triads decided",
        "circles": "of them circles",
        "floor": "Noise floor, log odds",
    }
    rows = [
        [
            f"<strong>{escape(CALLED[r['made']])}</strong>",
            *(f"{r[c]:.2f}" if c == "floor" else str(r[c]) for c in heads),
        ]
        for _, r in sets.iterrows()
    ]
    told = "; ".join(
        f"{CALLED[r['made']].split(',')[0]}: of {r['triads']} triads"
        f" {'none goes' if r['circles'] == 0 else str(r['circles']) + ' go'} round in a circle"
        for _, r in sets.iterrows()
    )
    return Matrix(
        ["Whose judgements", *heads.values()], rows, widths=[24, *[10] * len(heads)]
    ).tell(
        title=told,
        subtitle=(
            "A circle: a over b, b over c, c over a. One group: everything was compared with"
            " everything, over some chain of pairs"
        ),
        description=f"Table of {len(sets)} sets of judgements. {told}.",
        source="judgements.csv",
    )


def rising(tables) -> Matrix:
    """The share of rising triples in the log and in shuffles of it, over the whole and from the war
    on.
    """
    found, war = rising_triples(tables), tables.events.set_index("event_id").loc[WAR]
    rows = [
        [
            (
                f"<strong>{escape(r.rows)}</strong>, “{LANES['other']}”"
                f" {'on the ladder' if r.other == 'in' else 'left out'}"
            ),
            escape(r.period),
            str(r.messages),
            f"{r.observed:.1%}",
            f"{r.shuffled:.1%}",
            f"{r.low:.1%} to {r.high:.1%}",
        ]
        for r in found.itertuples()
    ]
    parts = {(r.rows, r.other, r.period): r for r in found.itertuples()}
    whole, later = parts["all rows", "in", "whole log"], parts["all rows", "in", "from the war on"]
    ladder = listed(LANES[step] for step in LADDER)
    return Matrix(
        [
            "Rows and ladder",
            "Period",
            "Rows",
            "Rising triples",
            "In shuffles",
            "Middle 95 of 100 shuffles",
        ],
        rows,
        widths=[34, 17, 8, 13, 12, 16],
    ).tell(
        title=(
            f"Over the whole log {whole.observed:.1%} of triples rise, in shuffles"
            f" {whole.shuffled:.1%}; from {day(war['date'])} on {later.observed:.1%} and"
            f" {later.shuffled:.1%}"
        ),
        subtitle=(
            "Any three messages in the order of their dates; they rise if each stands higher on"
            f" our ladder: {ladder}, “{LANES['other']}” after {LANES[OTHER_AFTER]}. The lanes of"
            " the log are unordered: the ladder is a supposition"
        ),
        description=f"Table of {len(rows)} comparisons. "
        + "; ".join(
            f"{r.rows}, other {r.other}, {r.period}: {r.observed:.1%} against {r.shuffled:.1%}"
            for r in found.itertuples()
        )
        + ".",
        source=f"the message log (M…); the war: {war['address']}",
        evidence=tables.resolve(war["address"]),
    )
