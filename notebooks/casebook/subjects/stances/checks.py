"""What no single row of lesson 05's tables can know: relays of one origin, words in their facts,
grades by what was public.
"""

from typing import TYPE_CHECKING

from casebook.core import addresses
from casebook.records.reader import Wrong
from casebook.subjects.stances.methods import LANES, cells_of
from casebook.subjects.stances.schema import StanceTaken

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


def check(seeds: "Seeds", wrong: Wrong) -> None:
    """Stances and their facts, gradings and what was public, the scales, open cells."""
    facts = {f.fact_id: f for f in seeds.facts}
    stances = {s.stance_id: s for s in seeds.stances}
    for row in seeds.stances:
        _check_stance(row, facts, stances, wrong)
    _check_gradings(seeds, wrong)
    _check_scales(seeds, wrong)
    covered = {cell for search in seeds.searches for cell in search.covers}
    for cell in sorted(open_cells(seeds.stances) - covered):
        wrong(
            seeds.stances[0],
            "",
            f"the open cell {cell} rests on no search",
            "a search that covers it",
        )


def _check_gradings(seeds: "Seeds", wrong: Wrong) -> None:
    """What a grading rests on was public on its day, as far as its rows could be read."""
    for row in seeds.gradings:
        reasons = (row.best_reason, row.worst_reason, row.highest_reason, row.lowest_reason)
        rests_on = dict.fromkeys(addresses.parse_all(" ".join((row.address, *reasons))))
        known = [a for a in rests_on if a.row in seeds.days]
        late = [str(a) for a in known if (seeds.days[a.row] or "9999") > row.day]
        if late:
            wrong(
                row,
                "day",
                f"{row.grading_id} is graded on {row.day}, before {', '.join(late)} was public",
                "what was public on that day",
            )


def _check_scales(seeds: "Seeds", wrong: Wrong) -> None:
    """Each scale has all its grades in order."""
    for axis, grades in (("reliability", "ABCDEF"), ("credibility", "123456")):
        found = "".join(s.grade for s in seeds.scales if s.axis == axis)
        if seeds.scales and found != grades:
            wrong(
                seeds.scales[0],
                "grade",
                f"{axis} has the grades {found}",
                f"{grades}, in this order",
            )


def _check_stance(row, facts, stances, wrong: Wrong):
    rests_on = [
        facts[a.row]
        for a in addresses.parse_all(row.address)
        if a.kind == "fact" and a.row in facts
    ]
    if row.words and not any(row.words in fact.fact for fact in rests_on):
        wrong(
            row,
            "words",
            f"{row.stance_id}: {row.words!r} is not in its fact",
            "words as the fact quotes them",
        )
    if rests_on and row.date not in {fact.date for fact in rests_on}:
        wrong(
            row,
            "date",
            f"{row.stance_id} is dated {row.date}, its fact otherwise",
            ", ".join(fact.date for fact in rests_on),
        )
    if not row.relay_of:
        return
    origin = stances.get(row.relay_of)
    if origin is None or origin is row:
        wrong(
            row, "relay_of", f"{row.relay_of} is no other stance here", "the stance it tells again"
        )
    elif (
        origin.relay_of
        or (origin.lane, origin.side, origin.stance) != (row.lane, row.side, row.stance)
        or origin.date > row.date
    ):
        wrong(
            row,
            "relay_of",
            f"{row.stance_id} can't be a relay of {row.relay_of}",
            "an origin of the same lane, side and stance, not later",
        )


def open_cells(stances: list[StanceTaken]) -> set[str]:
    """The cells of lesson 05 that say that something was not found: 'arms|Russia' without an
    admission or an answer, 'troops|others' unexamined.
    """
    shown = [s for s in stances if s.use == "lesson"]
    cells = {cell["cell"] for cell in cells_of(shown) if cell["open"] != "admitted"}
    examined = {s.lane for s in shown if s.stance == "verified"}
    return cells | {
        f"{lane}|others"
        for lane, (_, _, sides) in LANES.items()
        if "others" in sides and lane not in examined and any(s.lane == lane for s in shown)
    }
