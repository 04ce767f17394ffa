"""What a scale hangs on: without one judge, without one phrase."""

from html import escape

import pandas as pd

from casebook.answers import learner
from casebook.core.tables import Tables
from casebook.figure import html_table
from casebook.figure.english import capital, several, shortened
from casebook.panel.controls import choose
from casebook.panel.explore import Shown, explore
from casebook.panel.idle import when_idle
from casebook.panel.panel import Panel
from casebook.subjects.commitment.charts.scale import CALLED
from casebook.subjects.commitment.methods.pairs import (
    NotConnected,
    items_of,
)
from casebook.subjects.commitment.methods.scale import (
    READER,
    SYNTHETIC,
    judgements_of,
    noise_floor,
    without,
)
from casebook.subjects.commitment.widgets.judging import own_judgements

__all__ = ["leave_one_out"]

MINE, NOTHING = "my own judgements", "nothing"


def leave_one_out(tables: Tables) -> Panel:
    """A scale without one of its judges or one of its phrases: what changes? Worked out when
    something is left out.
    """
    words = dict(zip(tables.phrases["phrase_id"], tables.phrases["words"]))

    def judgements(judged: str) -> pd.DataFrame:
        if judged == MINE:
            return own_judgements(tables, learner())
        return judgements_of(tables, judged)

    def draw(judged: str, left: str | tuple[str, str]) -> Shown:
        return _change(tables, judgements(judged), left, words)

    panel = explore(
        "What does the scale hang on?",
        judged=choose(
            "Judgements",
            [*((CALLED[key].split(",")[0], key) for key in (READER, SYNTHETIC)), (MINE, MINE)],
            SYNTHETIC,
            width="330px",
        ),
        left=choose(
            "Leave out",
            lambda judged: [(NOTHING, NOTHING), *_parts(judgements(judged), words)],
            NOTHING,
            width="98%",
            anew="judged",
        ),
        draw=draw,
        stored="Judgements: {judged}; left out: {left}",
        rows="",
        fresh=True,  # the learner's own judgements may have changed
    )
    # scipy, and the whole scale
    when_idle(lambda: draw(SYNTHETIC, _parts(judgements(SYNTHETIC), words)[0][1]))
    return panel


def _parts(judged: pd.DataFrame, words: dict[str, str]) -> list[tuple[str, tuple[str, str]]]:
    """The judges and the phrases that can be left out: (what it is called, (kind, name))."""
    judges = [(f"judge: {name}", ("judge", name)) for name in sorted(set(judged["judge"]))]
    phrases = [(f"{p}: {shortened(words[p], 80)}", ("phrase", p)) for p in items_of(judged)]
    return [*judges, *phrases]


def _change(
    tables: Tables, judged: pd.DataFrame, left: str | tuple[str, str], words: dict[str, str]
) -> Shown:
    if judged.empty:
        return Shown(
            "<p>In the notebook your own judgements can be tried here, once you have judged some"
            " pairs. A page without Python can't work them out.</p>",
            "No judgements of yours are at hand here.",
        )
    judges = set(judged["judge"])
    if left == NOTHING:
        return Shown(
            "<p>Choose a judge or a phrase to leave out.</p>",
            f"Nothing left out: {several(len(judges), 'judge')}, {len(judged)} judgements of"
            f" {len(items_of(judged))} phrasings.",
        )
    kind, name = left
    if kind == "judge" and len(judges) == 1:
        return Shown(
            "<p>A scale by one judge is that judge's. How far another would agree, it can't"
            " say.</p>",
            f"Without {name} nothing is left: it is the only judge.",
        )
    try:
        change = without(judged, **{kind: name})
    except NotConnected as gap:
        return Shown(
            f"<p>{escape(capital(str(gap)))}. Numbers would be nonsense here, so none are"
            " given.</p>",
            f"Without {name} there is no common scale.",
        )
    return Shown(_change_table(change, words), _moved(change, name, tables.phrases))


def _moved(change: pd.DataFrame, name: str, phrases: pd.DataFrame) -> str:
    """How many phrasings change places, which most, and what becomes of the noise floor."""
    moved = change[change["moved"] != 0]
    says = f"Without {name}: {several(len(moved), 'phrasing')} of {len(change)} change places"
    if len(moved):
        most = moved.loc[moved["moved"].abs().idxmax()]
        says += (
            f", {most['phrase_id']} most, by {several(abs(int(most['moved'])), 'place')}"
            f" {'up' if most['moved'] > 0 else 'down'}"
        )
    before, now = (
        noise_floor(change.rename(columns={side: "strength"}), phrases)
        for side in ("before", "after")
    )
    if pd.isna(before):
        return f"{says}."
    return f"{says}. Noise floor {before:.2f} before, {now:.2f} now."


def _change_table(change: pd.DataFrame, words: dict[str, str]) -> str:
    return html_table(
        ["Place before", "Moved", "Place now", "The words", "Strength"],
        [
            [
                f"{r.place_before}",
                _arrow(r.moved),
                f"{r.place_after}",
                f"{r.phrase_id}: “{words[r.phrase_id]}”",
                f"{r.before:+.2f} → {r.after:+.2f}",
            ]
            for r in change.itertuples()
        ],
    )


def _arrow(moved: int) -> str:
    return "·" if not moved else f"{'▲' if moved > 0 else '▼'} {abs(moved)}"
