"""Said, alleged, denied: stances by claim and side, relays of one origin, what changes between two
tellings, grades on two axes.
"""

from collections import Counter
from collections.abc import Iterable
from itertools import product
from typing import NamedTuple

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.months import whole_months
from casebook.core.tables import Tables

# Russia invades Ukraine (F249): what was said before it is another matter, and only named.
SINCE = "2022-02-24"
PARTIES = ("Russia", "North Korea")
# Each claim, which way the thing is said to go, and the sides that have a row.
LANES = {
    "arms": ("Arms for Russia", "North Korea → Russia", ("others", *PARTIES)),
    "troops": ("Troops for Russia", "North Korea → Russia", ("others", *PARTIES)),
    "technology": ("Technology", "Russia → North Korea", ("others", *PARTIES)),
    "goods": ("Goods, arms", "Russia → North Korea", ("others", *PARTIES)),
    "kursk": ("Kursk retaken", "nothing passed on", ("Russia", "Ukraine")),
}
STANCES = ("alleged", "denied", "neither", "admitted", "verified")
LETTERS, NUMBERS = "ABCDEF", "123456"
GRADES = tuple(letter + digit for letter, digit in product(LETTERS, NUMBERS))


def stances_in(tables: Tables, since: str = "") -> pd.DataFrame:
    """The stances shown in the lesson, in order of time: the columns of ``stances``, those kept for
    the check-out left out.

    ``since`` (ISO day) leaves earlier ones out.
    """
    found = tables.stances[(tables.stances["use"] == "lesson") & (tables.stances["date"] >= since)]
    return found.sort_values(["date", "stance_id"], kind="stable").reset_index(drop=True)


@derived_table
def answers(tables: Tables) -> pd.DataFrame:
    """What the two states answered since ``SINCE`` on arms, troops, technology and goods; the
    columns of ``stances``.
    """
    found = stances_in(tables, SINCE)
    return found[found["side"].isin(PARTIES) & (found["lane"] != "kursk")].reset_index(drop=True)


@derived_table
def answers_by_word(tables: Tables) -> pd.DataFrame:
    """The answers, and whether their words say that it is not so. Columns: stance_id, says_no:
    'denied' or 'neither yes nor no'; an admission is left out.
    """
    found = answers(tables)
    found = found[found["stance"] != "admitted"]
    told = found["stance"].map({"denied": "denied", "neither": "neither yes nor no"})
    return found[["stance_id"]].assign(says_no=told).reset_index(drop=True)


@derived_table
def open_cells(tables: Tables) -> pd.DataFrame:
    """Claim × state: what was answered since ``SINCE``, as far as found in this view.

    Columns: cell ('arms|Russia'), lane, side, denied, neither, admitted (counts), open: 'admitted',
    'no admission found' or 'no answer found'. A lane of which nothing is known yet has no rows.
    """
    return pd.DataFrame(
        cells_of(stances_in(tables).itertuples()),
        columns=["cell", "lane", "side", "denied", "neither", "admitted", "open"],
    )


def cells_of(stances: Iterable[tuple]) -> list[dict]:
    """The rows of ``open_cells`` from stances as tuples (lane, side, stance, date among their
    fields).
    """
    stances, rows = list(stances), []
    known = {s.lane for s in stances}
    counts = Counter((s.lane, s.side, s.stance) for s in stances if s.date >= SINCE)
    for lane, (_, _, sides) in LANES.items():
        for side in [s for s in sides if s in PARTIES and lane != "kursk" and lane in known]:
            found = {stance: counts[lane, side, stance] for stance in STANCES}
            state = (
                "admitted"
                if found["admitted"]
                else "no admission found"
                if any(found.values())
                else "no answer found"
            )
            rows.append(
                {
                    "cell": f"{lane}|{side}",
                    "lane": lane,
                    "side": side,
                    **{s: found[s] for s in ("denied", "neither", "admitted")},
                    "open": state,
                }
            )
    return rows


@derived_table
def origins(tables: Tables) -> pd.DataFrame:
    """Allegations by their origin. Columns: origin (stance_id), lane, carriers (how many tell it,
    the origin included), told_by.
    """
    found = stances_in(tables)
    found = found[found["stance"] == "alleged"]
    first = found["relay_of"].where(found["relay_of"] != "", found["stance_id"])
    grouped = found.groupby([first.rename("origin"), "lane"], sort=False)["actor"]
    return grouped.agg(carriers="size", told_by="; ".join).reset_index()


@derived_table
def waits(tables: Tables) -> pd.DataFrame:
    """From each charge to the earliest admission found, for claims that were admitted; relays are
    left out.

    Columns: charge (stance_id), lane, alleged, admitted (ISO days), days, months (whole ones).
    """
    found, rows = stances_in(tables, SINCE), []
    for lane, here in found.groupby("lane", sort=False):
        admitted = here.loc[here["stance"] == "admitted", "date"].min()
        for charge in here[(here["stance"] == "alleged") & (here["relay_of"] == "")].itertuples():
            if isinstance(admitted, str) and charge.date < admitted:
                start, end = pd.Timestamp(charge.date), pd.Timestamp(admitted)
                rows.append(
                    {
                        "charge": charge.stance_id,
                        "lane": lane,
                        "alleged": charge.date,
                        "admitted": admitted,
                        "days": (end - start).days,
                        "months": whole_months(start, end),
                    }
                )
    return pd.DataFrame(rows, columns=["charge", "lane", "alleged", "admitted", "days", "months"])


def days_of_stances(tables: Tables) -> list[str]:
    """The days of the as-of control: those on which a side first took a stance towards a claim, as
    far as found, since ``SINCE``.
    """
    found = stances_in(tables, SINCE)
    first = found.drop_duplicates(["lane", "side", "stance"])
    return sorted(
        {d.strftime("%Y-%m-%d") for d in [*first["public_from"], found["public_from"].max()]}
    )


def denials_until(tables: Tables, until: str) -> pd.DataFrame:
    """The two states' denials since ``SINCE`` that were public by ``until`` (ISO day), one that
    speaks to two charges once.

    Columns: date, side, actor, says, address, lanes (tuple).
    """
    found = answers(tables.as_of(until))
    found = found[found["stance"] == "denied"]
    about = found.groupby("address")["lane"].agg(tuple)
    found = found.drop_duplicates("address")
    found = found.assign(lanes=found["address"].map(about))
    return found[["date", "side", "actor", "says", "address", "lanes"]].reset_index(drop=True)


@derived_table
def changes_on_the_way(tables: Tables, pair: str | None = None) -> pd.DataFrame:
    """One claim in two tellings. Columns: those of ``passages``, then change: 'lost', 'gained',
    'kept' or 'changed'.
    """
    found = tables.passages if pair is None else tables.passages[tables.passages["pair"] == pair]
    return found.assign(change=[_change(p.earlier, p.later) for p in found.itertuples()])


def _change(earlier: str, later: str) -> str:
    if not earlier or not later:
        return "gained" if later else "lost"
    return "kept" if earlier == later else "changed"


def grade_key(grading_id: str) -> str:
    """The key under which a learner's grade of a claim is kept, as an exercise; its value is one of
    ``GRADES``.

    >>> grade_key("K01")
    '05-grade-K01'
    """
    return f"05-grade-{grading_id}"


def within(grade: str, best: str, worst: str, unknown_accepted: bool) -> bool:
    """Whether a grade lies between ``best`` and ``worst``. 'F' and '6' mean unknown: they lie on no
    range, but may be accepted.

    >>> within("C", "B", "D", False), within("F", "B", "E", False), within("F", "B", "C", True)
    (True, False, True)
    """
    if grade in "F6":
        return unknown_accepted
    return best <= grade <= worst


class Diagonal(NamedTuple):
    """How many grades lie on the diagonal of the 6 × 6 grid (A1, B2 … F6), beside it by one step,
    and further off.
    """

    on: int
    beside: int
    off: int


def diagonal(grades: Iterable[tuple[str, str]]) -> Diagonal:
    """Where grades, pairs of letter and number, lie. F and 6 are unknown, not low: with one of them
    a pair is 'off', with both 'on'.

    >>> diagonal([("A", "1"), ("B", "3"), ("D", "1"), ("F", "6"), ("F", "5")])
    Diagonal(on=2, beside=1, off=2)
    """
    steps = [_steps(letter, number) for letter, number in grades]
    return Diagonal(steps.count(0), steps.count(1), sum(step > 1 for step in steps))


def _steps(letter: str, number: str) -> int:
    if (letter == "F") != (number == "6"):
        return len(LETTERS)
    return abs(LETTERS.index(letter) - NUMBERS.index(number))


def accepted(grading: tuple) -> list[tuple[str, str]]:
    """Every pair of letter and number that a row of ``gradings`` accepts."""
    letters = [
        g for g in LETTERS if within(g, grading.best, grading.worst, grading.f_accepted == "yes")
    ]
    numbers = [
        g
        for g in NUMBERS
        if within(g, grading.highest, grading.lowest, grading.six_accepted == "yes")
    ]
    return list(product(letters, numbers))


@derived_table
def off_the_diagonal(tables: Tables) -> pd.DataFrame:
    """Claims to grade, and whether an accepted grade lies on the diagonal. Columns: grading_id,
    claim, on_diagonal: 'can' or 'cannot'.
    """
    rows = [
        {
            "grading_id": g.grading_id,
            "claim": g.claim,
            "on_diagonal": "can" if diagonal(accepted(g)).on else "cannot",
        }
        for g in tables.gradings.itertuples()
    ]
    return pd.DataFrame(rows, columns=["grading_id", "claim", "on_diagonal"])


def searched(tables: Tables) -> dict[str, str]:
    """The search behind each open cell ('arms|Russia'; 'troops|others' for what nobody examined);
    none in an as-of view.
    """
    return {
        cell: s.search_id
        for s in tables.searches.itertuples()
        for cell in s.covers.split("; ")
        if cell
    }
