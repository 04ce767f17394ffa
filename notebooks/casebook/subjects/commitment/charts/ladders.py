"""Two ladders of six phrasings: the learner's own, and the reader's beside it."""

from collections.abc import Mapping, Sequence

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import GREY, INK, STATES, Picture, evidence_of, styled
from casebook.figure.english import number, several, shortened
from casebook.subjects.commitment.methods.scale import noise_floor, scale_of
from casebook.subjects.commitment.methods.ten import Six, six_phrasings

__all__: list[str] = []

STAGES = (
    "my own scale",
    "which two we take for one sentence",
    "the reader's scale beside it",
    "what the reader can't tell apart",
)
TWIN = {"marker": "D", "color": STATES["North Korea"], "markersize": 11}
OTHER = {"marker": "o", "color": GREY, "markersize": 9}
LABEL = 36  # characters of a phrasing beside its mark
WIDE = (-1.6, 2.6)  # from left to right; the ladders stand at 0 and 1


def reader_six(tables: Tables) -> pd.DataFrame:
    """The six on the reader's scale, strongest first: the columns of ``scale_of``."""
    found = scale_of(tables)
    six = six_phrasings(tables).all
    return found[found["phrase_id"].isin(six)].reset_index(drop=True)


def places_apart(order: Sequence[str], six: Six) -> int:
    """How many places the two Englishes lie apart in an order."""
    one, other = (list(order).index(twin) for twin in six.twins)
    return abs(one - other)


@styled
def two_ladders_picture(tables: Tables, own: Sequence[str], stage: int) -> Picture:
    """The six in the learner's ``own`` order, strongest on top; by ``stage`` (of STAGES) the two
    Englishes marked, the reader's order beside it, and what lies within the reader's noise floor.
    """
    six, reader = six_phrasings(tables), reader_six(tables)
    ladders = {"Your scale": list(own)}
    if stage >= 2:
        ladders["One reader's scale"] = list(reader["phrase_id"])
    picture = Picture(height=4.0)
    picture.subplots_adjust(left=0.01, right=0.99, top=0.9, bottom=0.03)
    axes = picture.add_subplot()
    words = tables.phrases.set_index("phrase_id")["words"]
    if stage == 3:
        _draw_floor(axes, tables, reader)
    _draw_ladders(axes, ladders, words, six if stage >= 1 else None)
    return picture.describe(
        title=_title(six, ladders, stage),
        subtitle="Six phrasings, the one that sounds strongest on top; words cut short end in …",
        description=_told(ladders, words, six, stage),
        source="your own judgements" + ("; phrases.csv; strengths.csv" if stage >= 2 else ""),
        evidence=evidence_of(tables, reader["address"]),
    )


def _draw_ladders(
    axes, ladders: Mapping[str, list[str]], words: pd.Series, marked: Six | None
) -> None:
    across = dict(zip(ladders, (0.0, 1.0)))
    axes.set_xlim(*WIDE)
    axes.set_ylim(5.6, -0.9)
    axes.axis("off")
    orders = list(ladders.values())
    for phrase in orders[0]:
        twin = marked is not None and phrase in marked.twins
        look = TWIN if twin else OTHER
        heights = [order.index(phrase) for order in orders]
        wide = 2.6 if twin else 1.2
        axes.plot(list(across.values()), heights, linewidth=wide, zorder=3 if twin else 2, **look)
        weight = "bold" if twin else "normal"
        sides = zip(across.values(), heights, ("right", "left"), (-0.07, 0.07))
        for x, height, side, off in sides:
            text = shortened(words[phrase], LABEL)
            ink = look["color"] if twin else INK
            axes.text(
                x + off,
                height,
                text,
                ha=side,
                va="center",
                fontsize=10.5,
                fontweight=weight,
                color=ink,
            )
    for name, x in across.items():
        axes.text(x, -0.75, name, ha="center", va="center", fontsize=12, fontweight="bold")


def _draw_floor(axes, tables: Tables, reader: pd.DataFrame) -> None:
    """What on the reader's scale lies nearer to the strongest of the six than the noise floor."""
    last = _within(tables, reader) - 1
    axes.fill_between([0.93, WIDE[1]], -0.4, last + 0.4, color="#dcdcdc", linewidth=0, zorder=0)


def _within(tables: Tables, reader: pd.DataFrame) -> int:
    """How many of the six lie within the noise floor under the strongest of them, it included."""
    floor = noise_floor(scale_of(tables), tables.phrases)
    return int((reader["strength"] >= reader["strength"].iloc[0] - floor).sum())


def _title(six: Six, ladders: Mapping[str, list[str]], stage: int) -> str:
    own = several(places_apart(ladders["Your scale"], six), "place")
    if stage == 0:
        return "Your scale of six phrasings"
    if stage == 1:
        return f"On your scale two Englishes that we take for one sentence lie {own} apart"
    reader = number(places_apart(ladders["One reader's scale"], six))
    if stage == 2:
        return (
            f"Two Englishes that we take for one sentence: {own} apart on your scale,"
            f" {reader} on the reader's"
        )
    return "On the reader's scale what stands on grey can't be told from the top"


def _told(ladders: Mapping[str, list[str]], words: pd.Series, six: Six, stage: int) -> str:
    orders = (
        f"{name}: " + "; ".join(f"{n}. {words[p]}" for n, p in enumerate(order, 1))
        for name, order in ladders.items()
    )
    marked = f" The two Englishes: {words[six.twins[0]]}; {words[six.twins[1]]}." * (stage >= 1)
    return ". ".join(orders) + "." + marked
