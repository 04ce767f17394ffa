"""Treaties side by side: the grid of obligations, days from signature to force, which clauses'
wording speaks to a situation.
"""

from itertools import product

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables

SITUATIONS = {"threat": "a threat of attack", "attack": "an attack"}
ON_WHOM = ("Russia", "North Korea", "a third state")
BY_WHOM = ("one state", "several states", "nobody named")
SPEAKS, NOT, OPEN = "speaks to it", "does not", "can't be told"


@derived_table
def obligation_grid(tables: Tables) -> pd.DataFrame:
    """Obligation × treaty. Columns: obligation_id, obligation, situation, then a column a treaty
    ('1961' …) with 'yes', 'no' or 'text not seen'; empty where the cell was not yet public.
    """
    cells = tables.obligations
    wide = (
        cells.pivot(index="obligation_id", columns="treaty_id", values="cell")
        .reindex(columns=tables.treaties["treaty_id"])
        .fillna("")
    )
    heads = cells.drop_duplicates("obligation_id").set_index("obligation_id")[
        ["obligation", "situation"]
    ]
    return heads.join(wide, validate="1:1").reset_index()


def days_to_force(tables: Tables, treaty_id: str) -> int | None:
    """Days from the signature of a treaty to its entry into force; None where one of the two is not
    known in this view.
    """
    acts = tables.treaty_acts[tables.treaty_acts["treaty_id"] == treaty_id]
    days = {
        kind: pd.to_datetime(acts.loc[acts["kind"] == kind, "date"]).min()
        for kind in ("signed", "in force")
    }
    return (
        None
        if any(pd.isna(day) for day in days.values())
        else (days["in force"] - days["signed"]).days
    )


def clauses_for(tables: Tables, situation: str, on_whom: str, by_whom: str) -> pd.DataFrame:
    """The clauses, and whether the published wording of each speaks to a situation. It is a reading
    of words, not of law.

    ``situation`` is 'threat' or 'attack', ``on_whom`` one of ON_WHOM, ``by_whom`` one of BY_WHOM;
    ValueError for another. Columns: those of ``clauses``, then answer ('speaks to it', 'does not',
    'can't be told') and reason.
    """
    if situation not in SITUATIONS or on_whom not in ON_WHOM or by_whom not in BY_WHOM:
        raise ValueError(f"no such situation: {situation!r}, {on_whom!r}, {by_whom!r}")
    parties = tables.treaties.set_index("treaty_id")["parties"]
    found = [
        _answer(clause, parties[clause.treaty_id], situation, on_whom, by_whom)
        for clause in tables.clauses.itertuples()
    ]
    return tables.clauses.assign(answer=[a for a, _ in found], reason=[r for _, r in found])


def _answer(clause, parties, situation, on_whom, by_whom):
    if on_whom not in ("Russia", "North Korea"):
        return NOT, "It speaks of the parties only; a third state is none."
    if clause.situation != situation:
        if clause.at_request == "not known":  # quoted with a gap
            return (
                OPEN,
                (
                    f"It speaks of {SITUATIONS[clause.situation]}; the quotation has a gap, and"
                    " what stands in it is not known."
                ),
            )
        return NOT, f"It speaks of {SITUATIONS[clause.situation]}, not of {SITUATIONS[situation]}."
    if by_whom == "nobody named" and clause.by_whom != "not named":
        return OPEN, "It speaks of one or several states; here nobody is named."
    if on_whom not in parties:
        return (
            OPEN,
            (
                f"Its parties were the {parties}. Whether {on_whom} stands in the place of one is a"
                " question of law."
            ),
        )
    return (
        SPEAKS,
        (
            "It names nobody who must be behind it."
            if clause.by_whom == "not named"
            else "It speaks of one or several states."
        ),
    )


@derived_table
def situations(tables: Tables) -> pd.DataFrame:
    """Every situation that can be set, with every clause. Columns: asked, on, by, then those of
    ``clauses_for``.
    """
    return pd.concat(
        [
            clauses_for(tables, asked, on, by).assign(asked=asked, on=on, by=by)
            for asked, on, by in product(SITUATIONS, ON_WHOM, BY_WHOM)
        ],
        ignore_index=True,
    )
