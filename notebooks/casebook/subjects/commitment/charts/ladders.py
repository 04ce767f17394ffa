"""Two ladders of six phrasings: the learner's own, and the reader's beside it."""

from collections.abc import Mapping, Sequence
from functools import partial
from textwrap import fill
from typing import Self

import pandas as pd
from matplotlib.artist import Artist

from casebook.core.tables import Tables
from casebook.figure import CODED, GREY, INK, STATES, LayeredPicture, Parts, evidence_of, styled
from casebook.figure.english import number, several, shortened
from casebook.subjects.commitment.methods.scale import noise_floor, scale_of
from casebook.subjects.commitment.methods.ten import Six, six_phrasings

__all__: list[str] = []

STAGES = (
    "my own scale",
    "which two we take for one sentence",
    "the reader's scale beside it",
    "what lies too near to tell",
)
SUBTITLE = "Six phrasings, the one that sounds strongest on top; words cut short end in …"
OWN, READERS = "Your scale", "One reader's scale"
LOOKS = {
    "twin": {"marker": "D", "color": STATES["North Korea"], "markersize": 11},
    "plain": {"marker": "o", "color": GREY, "markersize": 9},
}
HIGH = {"twin": 3, "plain": 2}  # which lies above the other
LABEL = 38  # characters of a line of a phrasing beside its mark, which has two
WIDE = (-1.6, 2.6)  # from left to right
ACROSS = {OWN: 0.0, READERS: 1.0}  # where the ladders stand


def reader_six(tables: Tables) -> pd.DataFrame:
    """The six on the reader's scale, strongest first: the columns of ``scale_of``."""
    found = scale_of(tables)
    six = six_phrasings(tables).all
    return found[found["phrase_id"].isin(six)].reset_index(drop=True)


def places_apart(order: Sequence[str], six: Six) -> int:
    """How many places the two Englishes lie apart in an order."""
    one, other = (list(order).index(twin) for twin in six.twins)
    return abs(one - other)


class Ladders(LayeredPicture):
    """Two ladders, of which each rung, each line from one to the other and the floor is a part."""

    @styled
    def __init__(self, tables: Tables):
        super().__init__(height=4.0)
        self._tables, self._six, self._reader = tables, six_phrasings(tables), reader_six(tables)
        self._words = tables.phrases.set_index("phrase_id")["words"]
        self.subplots_adjust(left=0.01, right=0.99, top=0.9, bottom=0.03)
        self._axes = self.add_subplot()
        self._axes.set_xlim(*WIDE)
        self._axes.set_ylim(5.6, -0.9)
        self._axes.axis("off")

    @styled
    def show(self, own: Sequence[str], stage: int) -> Self:
        """The six in the learner's ``own`` order, strongest on top; by ``stage`` (of STAGES) the
        two Englishes marked, the reader's order beside it, and what lies within the reader's noise
        floor. Returns the picture, with its words.
        """
        ladders = {OWN: list(own)}
        if stage >= 2:
            ladders[READERS] = list(self._reader["phrase_id"])
        self.show_parts(self._rungs(ladders, stage))
        beside = "; phrases.csv; strengths.csv" if stage >= 2 else ""
        return self.describe(
            title=_title(self._six, ladders, stage),
            subtitle=SUBTITLE,
            description=_told(ladders, self._words, self._six, stage),
            source=f"your own judgements{beside}",
            evidence=lambda: evidence_of(self._tables, self._reader["address"]),
        )

    def _rungs(self, ladders: Mapping[str, list[str]], stage: int) -> Parts:
        """The parts of a state, by names from which the script of a page knows them."""
        parts: Parts = {("head", name): partial(self._heading, name) for name in ladders}
        for place, phrase in enumerate(ladders[OWN]):
            marked = stage >= 1 and phrase in self._six.twins
            look = "twin" if marked else "plain"
            parts["own", phrase, place, look] = partial(self._rung, OWN, phrase, place, look)
            if READERS in ladders:
                there = ladders[READERS].index(phrase)
                parts["line", phrase, place] = partial(self._line, (place, there), look)
                parts["reader", phrase] = partial(self._rung, READERS, phrase, there, look)
        if stage == 3:
            parts["floor",] = self._floor
        return parts

    def _heading(self, name: str) -> list[Artist]:
        look = {"ha": "center", "va": "center", "fontsize": 12, "fontweight": "bold"}
        return [self._axes.text(ACROSS[name], -0.75, name, **look)]

    def _rung(self, ladder: str, phrase: str, place: int, look: str) -> list[Artist]:
        """A mark, and the phrasing on its outer side."""
        x, mark = ACROSS[ladder], LOOKS[look]
        dots = self._axes.plot([x], [place], linestyle="none", zorder=HIGH[look], **mark)
        side, off = ("right", -0.07) if ladder == OWN else ("left", 0.07)
        weight, ink = ("bold", mark["color"]) if look == "twin" else ("normal", INK)
        place_of = {"ha": side, "va": "center", "fontsize": 10.5, "fontweight": weight}
        text = fill(shortened(self._words[phrase], 2 * LABEL - 8), LABEL)
        return [*dots, self._axes.text(x + off, place, text, color=ink, **place_of)]

    def _line(self, heights: tuple[int, int], look: str) -> list[Artist]:
        across, wide = list(ACROSS.values()), 2.6 if look == "twin" else 1.2
        ink = {"color": LOOKS[look]["color"], "linewidth": wide}
        return self._axes.plot(across, heights, zorder=HIGH[look], **ink)

    def _floor(self) -> list[Artist]:
        """What on the reader's scale lies nearer to the strongest of the six than the noise
        floor.
        """
        last = _within(self._tables, self._reader) - 1
        grey = {"color": "#dcdcdc", "linewidth": 0, "zorder": 0}
        return [self._axes.fill_between([0.93, WIDE[1]], -0.4, last + 0.4, **grey)]

    def for_page(self) -> dict:
        """What a page without a kernel draws the ladders from: the picture in layers, and around
        it the HTML of each stage, with "?" for its description.
        """
        six, frames = self._six.all, []
        for stage in range(len(STAGES)):
            for first in range(len(six)):  # every phrasing once in every place
                self.show([*six[first:], *six[:first]], stage).svg()
            self.description = "?"
            frames.append(CODED.sub("", self.html(in_panel=True)))
        return {"frames": frames, "picture": self.in_layers()}


def two_ladders_picture(tables: Tables, own: Sequence[str], stage: int) -> Ladders:
    """A picture of its own of the learner's order at a stage."""
    return Ladders(tables).show(own, stage)


def _within(tables: Tables, reader: pd.DataFrame) -> int:
    """How many of the six lie within the noise floor under the strongest of them, it included."""
    floor = noise_floor(scale_of(tables), tables.phrases)
    return int((reader["strength"] >= reader["strength"].iloc[0] - floor).sum())


def _title(six: Six, ladders: Mapping[str, list[str]], stage: int) -> str:
    own = several(places_apart(ladders[OWN], six), "place")
    if stage == 0:
        return "Your scale of six phrasings"
    if stage == 1:
        return f"On your scale two Englishes that we take for one sentence lie {own} apart"
    reader = number(places_apart(ladders[READERS], six))
    if stage == 2:
        return (
            f"Two Englishes that we take for one sentence: {own} apart on your scale,"
            f" {reader} on the reader's"
        )
    return "What stands on grey lies too near the top of these six to tell it apart"


def _told(ladders: Mapping[str, list[str]], words: pd.Series, six: Six, stage: int) -> str:
    orders = (
        f"{name}: " + "; ".join(f"{n}. {words[p]}" for n, p in enumerate(order, 1))
        for name, order in ladders.items()
    )
    marked = f" The two Englishes: {words[six.twins[0]]}; {words[six.twins[1]]}." * (stage >= 1)
    return ". ".join(orders) + "." + marked
