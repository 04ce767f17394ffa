"""Alpha among peers on the items of lesson 10."""

import random

import pandas as pd

from casebook.answers.pool import pool
from casebook.classroom.work import CODES, allowed_answers, class_folder
from casebook.core.tables import Tables
from casebook.figure import TableExhibit, strong
from casebook.subjects.coding.methods.coding import item_codes

PAIR, SEED, HITS = 2, 2026, 0.8  # made-up coders, and how often each of them gives the key's value
SOURCES = {True: "made up by a program; nobody's answers", False: "the files of class_answers"}
HEADS = [
    "Code",
    "Coders",
    "Items coded by two or more",
    "Alpha among them, and where it lies in 95 of 100 draws",
]
SUBTITLE = "Krippendorff's alpha, first round: 1 is full agreement, 0 what luck gives"


def peer_agreement(tables: Tables) -> TableExhibit:
    """Krippendorff's alpha among classmates, per code and round 1, from the files in
    class_answers/; without files of two coders a SYNTHETIC pair, made by a seeded generator and
    called so.
    """
    # Here, as it brings a package that no other part of the lesson needs.
    from casebook.subjects.coding.methods.agreement import agreement

    codings = pool(class_folder(), allowed_answers(tables)).codings
    codings = codings[codings["round"] == "1"]
    synthetic = codings["learner"].nunique() < 2
    units = _synthetic_pair(tables) if synthetic else _units(codings)
    name = "SYNTHETIC pair of coders" if synthetic else "Your class"
    coders = PAIR if synthetic else codings["learner"].nunique()
    rows, found = [], {}
    for code in CODES:
        peers = agreement(units.get(code, []))
        found[code] = peers.alpha
        rows.append(
            [
                strong(code),
                str(coders),
                str(peers.claims),
                _interval(peers.alpha, peers.low, peers.high),
            ]
        )
    told = "; ".join(
        f"{code} {'not defined' if value is None else f'{value:.2f}'}"
        for code, value in found.items()
    )
    return TableExhibit(HEADS, rows).describe(
        title=f"{name}: alpha {told}",
        subtitle=SUBTITLE,
        description=f"Table of four codes. {name}: {told}.",
        source=SOURCES[synthetic],
    )


def _units(codings: pd.DataFrame) -> dict[str, list[list[str]]]:
    """{code: [what each coder gave an item, …]} of a class."""
    return {
        code: [list(values) for _, values in rows.groupby("item")["value"]]
        for code, rows in codings.groupby("code")
    }


def _synthetic_pair(tables: Tables) -> dict:
    """{code: [[one's value, the other's], …]}: each made-up coder gives the key's value in most
    cases, else any other.
    """
    draw, values = (
        random.Random(SEED),
        {code: sorted(rows["value"]) for code, rows in tables.codebook.groupby("code")},
    )
    units: dict = {code: [] for code in CODES}
    for row in item_codes(tables).itertuples():
        others = [value for value in values[row.code] if value != row.settled]
        units[row.code].append(
            [row.settled if draw.random() < HITS else draw.choice(others) for _ in range(PAIR)]
        )
    return units


def _interval(alpha, low, high) -> str:
    return (
        "not defined"
        if alpha is None
        else f"{alpha:.2f} ({low:.2f} to {high:.2f})".replace("-0.00", "0.00")
    )
