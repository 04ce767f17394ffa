"""What a class did in the methods lab: its forecasts beside their rivals, and what its judgements
of phrasings come to.
"""

from html import escape

import pandas as pd

from casebook.classroom.exhibits import nothing_came_in, source_of
from casebook.classroom.work import ClassWork
from casebook.core.tables import Tables
from casebook.figure import BREAK, NO_SHORTCUTS, Exhibit, Html, TableExhibit, cell, strong
from casebook.figure.english import capital, day, several
from casebook.subjects.commitment.methods import scale as bt
from casebook.subjects.commitment.methods.pairs import CANNOT, items_of, parts_of, triads, wins
from casebook.subjects.forecasts.charts.calibration import calibration_chart, score_parts
from casebook.subjects.forecasts.methods.scores import KNOWN, beside_rivals, pool

HINDSIGHT = "hindsight"  # the day of what was recalled afterwards
FEWEST = 50  # forecasts below which a calibration is mostly noise
MADE = "Learners make forecasts in lesson 09, the first one in lesson 00."
JUDGED = "Learners compare pairs of phrasings in lesson 08."
READERS_PLACE = Html("The reader's place")
HEADS = ["Forecasts", "Brier score", "Base rate", "Always 50 %"]


class _WithFold(TableExhibit):
    """A table with a second one under it, in a fold."""

    def __init__(self, head, rows, widths, summary, under: TableExhibit):
        super().__init__(head, rows, widths)
        self.summary, self.under = summary, under

    def body(self) -> str:
        return (
            f"{super().body()}<details><summary"
            f" {NO_SHORTCUTS}>{escape(self.summary)}</summary>{self.under.body()}</details>"
        )


def class_scores(work: ClassWork) -> TableExhibit:
    """Brier scores of a class, of its mean forecast, of each day and (in a fold) of each learner,
    beside the rivals on the same questions.
    """
    given = work.pooled.forecasts
    scored = beside_rivals(work.tables, pool(work.tables, given))
    if scored.empty:
        return nothing_came_in(work, "no forecast came in that can be scored", "09", MADE)
    middle = _of_the_mean(work.tables, scored)
    rows = [_score_row(strong("The class, all forecasts"), scored)]
    rows.append(_score_row(Html("The class's mean forecast on each question"), middle))
    for date, mine in scored.groupby("date", sort=True):
        rows.append(_score_row(f"All forecasts as of {day(date)}", mine))
    each = [_score_row(learner, mine) for learner, mine in scored.groupby("learner", sort=True)]
    before, learners = given[given["date"] != HINDSIGHT], scored["learner"].nunique()
    known = int((before["value"] == KNOWN).sum())
    means_of = scored.groupby("learner")["score"].mean()
    ranked = _ranked_means(scored)
    return _WithFold(
        ["Who", *HEADS],
        rows,
        [40, 15, 15, 15, 15],
        f"Each learner: {len(each)}, by pseudonym",
        TableExhibit(["Learner", *HEADS], each, [40, 15, 15, 15, 15]),
    ).describe(
        title=f"{work.name}, {several(len(scored), 'forecast')}: {ranked}",
        subtitle=(
            "Brier scores, 0 is perfect; the rivals on the same questions."
            f" {capital(several(learners, 'learner'))}. Not scored:"
            f" {len(before) - known - len(scored)} on questions still open, {known} “I already"
            " knew”, and what was recalled afterwards"
        ),
        description=(
            f"Table of Brier scores: {ranked}; the mean forecast on each question"
            f" {middle['score'].mean():.2f}. {len(each)} learners, from {means_of.min():.2f} to"
            f" {means_of.max():.2f}."
        ),
        source=source_of(work, "table resolutions; base rates: table precedents; the score: F310"),
    )


def _ranked_means(scored: pd.DataFrame) -> str:
    """The class and its rivals with their mean scores, the best first."""
    means = {
        "the class": scored["score"].mean(),
        "base rate": scored["base_score"].mean(),
        "always 50 %": scored["half_score"].mean(),
    }
    return ", ".join(f"{name} {means[name]:.2f}" for name in sorted(means, key=means.get))


def _of_the_mean(tables: Tables, scored):
    """The class's mean forecast on each question, scored as if one learner had made it."""
    mean = scored.groupby(["question", "date"], as_index=False)["value"].mean().assign(learner="")
    return beside_rivals(tables, pool(tables, mean))


def _score_row(name, mine) -> list[str]:
    return [
        name,
        str(len(mine)),
        *(f"{mine[column].mean():.2f}" for column in ("score", "base_score", "half_score")),
    ]


def class_calibration(work: ClassWork) -> Exhibit:
    """Of what the class called about as likely, how much happened? Below ``FEWEST`` forecasts it is
    told why none is drawn.
    """
    return _pooled(work, calibration_chart)


def class_parts(work: ClassWork) -> TableExhibit:
    """Murphy's three terms of the class's score. Below ``FEWEST`` forecasts it is told why none are
    given.
    """
    return _pooled(work, score_parts)


def _pooled(work: ClassWork, exhibit):
    count = len(pool(work.tables, work.pooled.forecasts))
    if not count:
        return nothing_came_in(work, "no forecast came in that can be scored", "09", MADE)
    if count < FEWEST:
        return nothing_came_in(
            work,
            f"{several(count, 'forecast')} that can be scored, too few for this part",
            "09",
            f"{MADE} With fewer than {FEWEST} such a figure is mostly chance.",
        )
    return exhibit(work.tables, work.pooled.forecasts, work.name)


def judgements_of_class(work: ClassWork) -> pd.DataFrame:
    """A class's judgements as ``methods.scale`` asks for them. Columns: judge, first, second,
    chosen.
    """
    return work.pooled.judgements.rename(columns={"learner": "judge"})


def class_ranking(work: ClassWork, fitted: bool = False) -> TableExhibit:
    """A class's phrasings ranked by how often each was chosen; ``fitted``: by the scale of Bradley
    and Terry, which takes longer.

    A scale needs judgements that hang together; where they do not, the groups are named, and no
    scale is fitted.
    """
    judged = judgements_of_class(work)
    decided = judged[judged["chosen"] != CANNOT]
    if decided.empty:
        return nothing_came_in(
            work, "no judgement came in that decides between two phrasings", "08", JUDGED
        )
    items = items_of(decided)
    groups = parts_of(decided, items)
    if fitted and len(groups) == 1:
        return _fitted(work, judged, items)
    return _counted(work, judged, items, groups)


def _counted(work: ClassWork, judged, items, groups) -> TableExhibit:
    """The share of comparisons in which each phrasing was chosen; no common scale is supposed."""
    table = wins(judged, items)
    found = pd.DataFrame(
        {
            "phrase_id": items,
            "won": table.sum(axis=1).astype(int),
            "of": (table + table.T).sum(axis=1).astype(int),
        }
    )
    found = found.assign(share=found["won"] / found["of"]).sort_values(
        ["share", "of"], ascending=False, kind="stable"
    )
    rows = _rows(work, found, lambda r: [f"{r.share:.0%}", f"{r.won} of {r.of}"])
    first = found.iloc[0]
    apart = (
        ""
        if len(groups) == 1
        else (
            "; no common scale: the phrasings fall into groups that were never compared with each"
            " other, " + " | ".join(", ".join(group) for group in groups)
        )
    )
    return _ranked(
        work,
        judged,
        found["phrase_id"],
        ["", "The words", "Whose, when", "Chosen", "Comparisons decided", READERS_PLACE],
        rows,
        [6, 41, 22, 9, 13, 9],
        f"{first['phrase_id']} was chosen most often, in {first['won']} of {first['of']}"
        f" comparisons{apart}",
        "Share of the comparisons in which it was chosen; it depends on what it was compared with",
    )


def _fitted(work: ClassWork, judged, items) -> TableExhibit:
    """The scale, with intervals over judges where there are several."""
    over = "judges" if judged["judge"].nunique() > 1 else "judgements"
    found = bt.scale(judged, items, over)
    rows = _rows(work, found, lambda r: [f"{r.strength:+.2f}", f"{r.low:+.2f} to {r.high:+.2f}"])
    top, floor = found.iloc[0], bt.noise_floor(found, work.tables.phrases)
    near = [
        r.phrase_id
        for r in found.iloc[1:].itertuples()
        if r.high >= top["low"] or top["strength"] - r.strength <= floor
    ]
    told = f"but not clear of {', '.join(near)}" if near else "clear of all others"
    twins = (
        ""
        if pd.isna(floor)
        else f". Noise floor, two Englishes that we take for one sentence: {floor:.2f}"
    )
    return _ranked(
        work,
        judged,
        found["phrase_id"],
        ["", "The words", "Whose, when", "Strength", "Middle 95 %", READERS_PLACE],
        rows,
        [6, 41, 22, 9, 13, 9],
        f"{top['phrase_id']} stands highest, {told}",
        f"Strength in log odds, mean 0 (Bradley and Terry), with {bt.TIMES} resamples of"
        f" {over}{twins}",
    )


def _rows(work: ClassWork, found, figures) -> list[list[str]]:
    phrases = work.tables.phrases.set_index("phrase_id")
    reader = bt.scale_of(work.tables).set_index("phrase_id")["place"]
    rows = []
    for r in found.itertuples():
        phrase = phrases.loc[r.phrase_id]
        place = Html(f"<small style='white-space: nowrap'>{escape(phrase['address'])}</small>")
        rows.append(
            [
                strong(r.phrase_id),
                f"“{phrase['words']}”",
                cell(phrase["speaker"], BREAK, day(phrase["date"]), BREAK, place),
                *figures(r),
                str(reader.get(r.phrase_id, "–")),
            ]
        )
    return rows


def _ranked(
    work: ClassWork, judged, phrases, heads, rows, widths, finding, measure
) -> TableExhibit:
    judges, cannot = judged["judge"].nunique(), int((judged["chosen"] == CANNOT).sum())
    whole, circles = triads(judged)
    return TableExhibit(heads, rows, widths).describe(
        title=f"{work.name}: {finding}",
        subtitle=(
            f"{capital(several(len(judged), 'judgement'))} of {several(judges, 'learner')},"
            f" {cannot} of them “{CANNOT}”; of {whole} triads decided {circles} go round in a"
            f" circle. {measure}. Phrasings chosen by hand, no sample: no trend can be read off"
        ),
        description=f"Table of {len(rows)} phrasings, strongest first: "
        + "; ".join(f"{phrase} {row[3]}" for phrase, row in zip(phrases, rows))
        + ".",
        source=source_of(work, "phrases.csv; the reader's place: strengths.csv"),
    )
