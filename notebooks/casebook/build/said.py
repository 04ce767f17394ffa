"""What no single row of lesson 05's tables can know: relays of one origin, words in their facts,
grades by what was public.
"""

from casebook import addresses


def check_said(seeds, published: dict, wrong) -> None:
    """Check stances, gradings and the scales; ``published`` is the day from which each fact or
    document could be known.
    """
    facts = {f.fact_id: f for f in seeds.facts}
    stances = {s.stance_id: s for s in seeds.stances}
    for row in seeds.stances:
        _check_stance(row, facts, stances, wrong)
    for row in seeds.gradings:
        for text in (
            row.address,
            row.best_reason,
            row.worst_reason,
            row.highest_reason,
            row.lowest_reason,
        ):
            late = [
                str(a)
                for a in addresses.parse_all(text)
                if (published.get(a.row) or "9999") > row.day
            ]
            if late:
                wrong(
                    row,
                    "day",
                    f"{row.grading_id} is graded on {row.day}, before {', '.join(late)} was public",
                    "what was public on that day",
                )
    for axis, grades in (("reliability", "ABCDEF"), ("credibility", "123456")):
        found = "".join(s.grade for s in seeds.scales if s.axis == axis)
        if seeds.scales and found != grades:
            wrong(
                seeds.scales[0],
                "grade",
                f"{axis} has the grades {found}",
                f"{grades}, in this order",
            )


def _check_stance(row, facts, stances, wrong):
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
