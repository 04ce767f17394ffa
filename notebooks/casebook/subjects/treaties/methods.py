"""Treaties side by side: the grid of obligations, days from signature to force, the parts of a
clause, the words of the originals, which clauses' wording speaks about a situation.
"""

from itertools import product

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables

SITUATIONS = {"threat": "a threat of attack", "attack": "an attack"}
ON_WHOM = ("Russia", "North Korea", "a third state")
BY_WHOM = ("one state", "several states", "nobody named")
SPEAKS, NOT, OPEN = "speaks about it", "does not", "can't be told"
# What a treaty's wording then asks of the other party.
NOTHING = "nothing"
# Parts of a clause, as a reader takes it apart.
STARTS, DUTY, TIED = "starts the duty", "is the duty", "ties the duty to something else"
ALONE, TIED_FURTHER, UNSEEN = "the attack alone", "tied further", "text not seen"
POINTS = ("by_whom", "follows", "at_request", "qualifications")


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
    """The clauses, and whether the published wording of each speaks about a situation. It is a
    reading of words, not of law.

    ``situation`` is 'threat' or 'attack', ``on_whom`` one of ON_WHOM, ``by_whom`` one of BY_WHOM;
    ValueError for another. Columns: those of ``clauses``, then answer ('speaks about it', 'does
    not', 'can't be told') and reason.
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
        return OPEN, f"It speaks of {clause.by_whom}; here nobody is named."
    if by_whom == "several states" and clause.by_whom.startswith("a third state"):
        return OPEN, f"It speaks of {clause.by_whom}; whether several are meant is not known."
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
            else f"It speaks of {clause.by_whom}."
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


def outcome(tables: Tables, situation: str, on_whom: str, by_whom: str, treaty_id: str) -> str:
    """What the wording of one treaty then asks of the other party: 'help', 'consult', 'nothing' or
    "can't be told".
    """
    found = clauses_for(tables, situation, on_whom, by_whom)
    found = found[found["treaty_id"] == treaty_id]
    speaks = found[found["answer"] == SPEAKS]
    if len(speaks):
        return speaks["follows"].iloc[0]
    cells = tables.obligations[
        (tables.obligations["situation"] == situation)
        & (tables.obligations["treaty_id"] == treaty_id)
    ]
    unseen = on_whom != "a third state" and (cells["cell"] == UNSEEN).any()
    return OPEN if unseen or (found["answer"] == OPEN).any() else NOTHING


@derived_table
def outcomes(tables: Tables) -> pd.DataFrame:
    """Every situation with every treaty. Columns: asked, on, by, treaty_id, outcome."""
    settings = product(SITUATIONS, ON_WHOM, BY_WHOM, tables.treaties["treaty_id"])
    return pd.DataFrame(
        [(*setting, outcome(tables, *setting)) for setting in settings],
        columns=["asked", "on", "by", "treaty_id", "outcome"],
    )


@derived_table
def clause_parts(tables: Tables) -> pd.DataFrame:
    """The clauses taken apart. Columns: clause_id, part ('starts the duty', 'is the duty', 'ties
    the duty to something else'), words.
    """
    rows = []
    for clause in tables.clauses.itertuples():
        ties = filter(None, clause.qualifications.split("; "))
        parts = [(STARTS, clause.key_word), (STARTS, clause.by_whom), (DUTY, clause.then)]
        rows += [(clause.clause_id, *part) for part in [*parts, *((TIED, tie) for tie in ties)]]
    return pd.DataFrame(rows, columns=["clause_id", "part", "words"])


@derived_table
def duties(tables: Tables) -> pd.DataFrame:
    """To what each treaty's duty to help is tied. Columns: treaty_id, duty ('the attack alone',
    'tied further', 'text not seen').
    """
    helps = tables.clauses[tables.clauses["follows"] == "help"]
    ties = helps.groupby("treaty_id")["qualifications"].agg(lambda found: found.ne("").any())
    names = {True: TIED_FURTHER, False: ALONE}
    years = tables.treaties["treaty_id"]
    return pd.DataFrame({"treaty_id": years, "duty": years.map(ties).map(names).fillna(UNSEEN)})


@derived_table
def parted_points(tables: Tables) -> pd.DataFrame:
    """In which points KCNA's Article 4 of 2024 and Article 1 of 1961 differ. Columns: point (a
    column of ``clauses``), differs ('yes' or 'no').
    """
    rows = tables.clauses.set_index("clause_id")
    if not {"C1961-1", "C2024-4a"} <= set(rows.index):
        return pd.DataFrame(columns=["point", "differs"])
    old, new = rows.loc["C1961-1"], rows.loc["C2024-4a"]
    differs = ["yes" if old[point] != new[point] else "no" for point in POINTS]
    return pd.DataFrame({"point": POINTS, "differs": differs})


@derived_table
def words_kept(tables: Tables) -> pd.DataFrame:
    """Whether one word starts the duty to help in all treaties that have one in a language.
    Columns: language, kept ('one word', 'several words', 'one treaty only').
    """
    english = tables.clauses[tables.clauses["follows"] == "help"]
    english = english.assign(language="en", word=english["key_word"])
    columns = ["treaty_id", "language", "word"]
    every = pd.concat([english[columns], tables.treaty_words[columns]])
    counts = every.groupby("language").agg({"treaty_id": "nunique", "word": "nunique"})
    kept = [
        "one treaty only" if row.treaty_id < 2 else "one word" if row.word == 1 else "several words"
        for row in counts.itertuples()
    ]
    return pd.DataFrame({"language": counts.index, "kept": kept})
