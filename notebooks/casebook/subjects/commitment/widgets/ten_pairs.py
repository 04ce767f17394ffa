"""Ten pairs to judge before any scale is shown, and the two ladders: one's own first."""

from collections.abc import Callable
from functools import cache

import pandas as pd
from ipywidgets import HTML, Button, RadioButtons

from casebook.answers import learner
from casebook.core.tables import Tables
from casebook.figure import rows_table
from casebook.figure.english import capital, number, several, shortened
from casebook.panel.controls import slide
from casebook.panel.explore import Shown, explore
from casebook.panel.kept import keep
from casebook.panel.panel import InPage, Panel, made
from casebook.subjects.commitment.charts.ladders import STAGES, Ladders, reader_six
from casebook.subjects.commitment.methods.pairs import CANNOT, NotConnected
from casebook.subjects.commitment.methods.scale import ALPHA, noise_floor, scale_of
from casebook.subjects.commitment.methods.ten import (
    EQUAL,
    Pair,
    circle_in,
    judged_unlike,
    own_order,
    six_phrasings,
    ten_pairs,
)
from casebook.subjects.commitment.widgets.judging import (
    FIRST,
    KIND,
    SECOND,
    key_of,
    own_judgements,
    pair_as_html,
)

__all__ = ["judge_ten", "two_ladders"]

BLIND = "<p>Nothing is shown before, because whoever has seen a scale judges by it.</p>"
FOLLOWING: dict[str, Callable[[], None]] = {}  # the newest panel that shows what was judged


def own_six(tables: Tables) -> pd.DataFrame:
    """The learner's judgements of the ten pairs: columns judge, first, second, chosen."""
    mine, asked = own_judgements(tables, learner()), {key_of(pair) for pair in ten_pairs(tables)}
    keys = [key_of((row.first, row.second)) in asked for row in mine.itertuples()]
    return mine[keys].reset_index(drop=True)


def judge_ten(tables: Tables) -> Panel:
    """Ten pairs of phrasings: which sounds as if it commits more, or can't they be compared? Each
    answer is kept; no scale, no date and no speaker is shown.
    """
    # Not declared: the pair on the screen follows from what is kept, and each answer is kept.
    return _Ten(tables).panel


class _Ten:
    """The ten pairs, and which of them is on the screen."""

    def __init__(self, tables: Tables):
        self._tables, self._pairs = tables, ten_pairs(tables)
        self._phrases = tables.phrases.set_index("phrase_id")
        self._shown = made(HTML, width="100%")
        self._choice = made(
            RadioButtons,
            options=[
                f"{FIRST} sounds as if it commits more",
                f"{SECOND} sounds as if it commits more",
                "they can't be compared",
            ],
            value=None,
            description="In English,",
            width="100%",
        )
        next_, back = (made(Button, description=name) for name in ("Keep it, next pair", "Back"))
        self.panel = Panel(
            "Which sounds as if it commits more, or can't they be compared?",
            [self._shown, self._choice, next_, back],
        )
        self.panel.choice = self._choice
        self.panel.in_page = InPage("ten pairs", lambda: _pairs_for_page(tables))
        self._at = self._first_open()
        next_.on_click(lambda _: self._keep())
        back.on_click(lambda _: self._back())
        self._draw()

    def _judged(self) -> dict[str, str]:
        """What was chosen of each pair so far, by its key."""
        mine = own_six(self._tables)
        return {key_of((row.first, row.second)): row.chosen for row in mine.itertuples()}

    def _first_open(self) -> int:
        judged = self._judged()
        places = (n for n, pair in enumerate(self._pairs) if key_of(pair) not in judged)
        return next(places, len(self._pairs))

    def _keep(self) -> None:
        if self._at == len(self._pairs):
            self._draw()
            return
        if self._choice.value is None:
            self._draw("Choose one of the three first. ")
            return
        pair = self._pairs[self._at]
        problem = keep(KIND, key_of(pair), [*pair, CANNOT][self._choice.index])
        self._at = self._at + 1 if problem else self._first_open()
        self._draw(f"{problem} " if problem else "")
        for redraw in FOLLOWING.values():
            redraw()

    def _back(self) -> None:
        if self._at == 0:
            self._draw("This is the first pair. ")
            return
        self._at -= 1
        self._draw("Judge it again, or go on. ")

    def _draw(self, told: str = "") -> None:
        done, count = len(self._judged()), len(self._pairs)
        over = self._at == count
        pair: Pair | None = None if over else self._pairs[self._at]
        self._shown.value = "" if over else pair_as_html(self._phrases, pair)
        with self.panel.quietly():
            self._choice.value = None
        says = f"{done} of {count} judged."
        if over:
            says = f"All {number(count)} pairs are judged: your own scale opens in the next panel."
        options = "".join(f"<li>{option}</li>" for option in self._choice.options)
        self.panel.show("", told + says, controls=f"{self._shown.value}<ul>{options}</ul>")


def _pairs_for_page(tables: Tables) -> dict:
    """The ten pairs for a page without a kernel, with the words of the six."""
    words = tables.phrases.set_index("phrase_id")["words"]
    return {
        "pairs": ten_pairs(tables),
        "cannot": CANNOT,
        "words": {phrase: words[phrase] for phrase in six_phrasings(tables).all},
    }


def two_ladders(tables: Tables) -> Panel:
    """The learner's own scale of the six phrasings, then the two that are one sentence, then the
    reader's scale beside it, then what lies too near to tell.
    """
    ladders = cache(lambda: Ladders(tables))

    def draw(stage: int) -> Shown:
        mine, count = own_six(tables), len(ten_pairs(tables))
        if len(mine) < count:
            left = several(count - len(mine), "pair")
            return Shown(BLIND, f"Your scale opens when all are judged: {left} to go.")
        try:
            own = own_order(six_phrasings(tables), mine)
        except NotConnected:
            return Shown(BLIND, _no_scale(mine))
        picture = ladders().show(own, stage)
        return Shown.of(picture, f"{picture.title}. {_more(tables, mine, stage)}".strip())

    panel = explore(
        "Your own scale first: what does it say, and of what?",
        stage=slide("Show", [(name, n) for n, name in enumerate(STAGES)], width="460px"),
        draw=draw,
        stored="Show: {stage}",
        fresh=True,  # judgements are made in another panel
    )
    FOLLOWING["ladders"] = panel.redraw
    panel.in_page = InPage("ladders", lambda: _ladders_for_page(tables))
    return panel


def _ladders_for_page(tables: Tables) -> dict:
    """What a page without a kernel needs to fit the learner's scale and to draw the ladders."""
    ladders = Ladders(tables)
    return {
        **_pairs_for_page(tables),
        **ladders.for_page(),
        "twins": six_phrasings(tables).twins,
        "reader": list(reader_six(tables)["phrase_id"]),
        "alpha": ALPHA,
        "equal": EQUAL,
        "floor": f"{noise_floor(scale_of(tables), tables.phrases):.2f}",
        "blind": BLIND,
        "rows": rows_table(ladders.evidence),
    }


def _no_scale(mine: pd.DataFrame) -> str:
    unsure = int((mine["chosen"] == CANNOT).sum())
    return (
        f"{capital(several(unsure, 'pair'))} of {len(mine)} you called not comparable, and what is"
        " left joins no chain from each phrasing to every other. That is a result: no scale."
    )


def _more(tables: Tables, mine: pd.DataFrame, stage: int) -> str:
    if stage == 0:
        unsure = int((mine["chosen"] == CANNOT).sum())
        return (
            f"It rests on {len(mine)} judgements, {number(unsure) if unsure else 'none'} of them"
            f" “{CANNOT}”, and so few"
            f" can turn round at one answer.{_circle(tables, mine)}"
        )
    if stage == 1:
        unlike = judged_unlike(six_phrasings(tables), mine)
        return f"Against {number(unlike)} of four others you judged them unlike."
    if stage == 2:
        return ""
    floor = noise_floor(scale_of(tables), tables.phrases)
    return (
        "The grey is as deep as those two Englishes lie apart on the reader's scale, by our reading"
        f" of them: {floor:.2f} of its units, called log odds. That depth is the noise floor, the"
        " difference that a second translator can make."
    )


def _circle(tables: Tables, mine: pd.DataFrame) -> str:
    """Three answers that no order can keep, if there are such."""
    words = tables.phrases.set_index("phrase_id")["words"]
    ring = [f"“{shortened(words[p], 30)}”" for p in circle_in(six_phrasings(tables), mine)]
    return (
        f" You went round in a circle: {ring[0]} over {ring[1]}, that over {ring[2]}, and that over"
        " the first again, so no order keeps all three answers."
        if ring
        else ""
    )
