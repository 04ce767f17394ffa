"""The sanctions count of March 2022: single figures as quoted, ways to say a gap, what the count
can decide, what a factor sees.

The figures are Castellum.AI's and not ours (F032): each is read from the row that quotes it. They
need the latest view, since an as-of view hides the figures of facts.
"""

import math
import re

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables
from casebook.subjects.sanctions.methods.lie_factor import chart_lie_factor, lie_factor

__all__ = ["sanction_figures"]

NAMED = ("Russia", "Iran", "Syria", "North Korea")  # those that S0 ¶11 names
# The relay of the list, Russia's two parts, the counter's comparison.
RELAY, PARTS, COMPARED = "F028", "F027", "F293"
HOLDS, FAILS, OPEN = "holds", "fails", "the count can't tell"
SEEN, UNSEEN = "the factor sees it", "the factor does not"


def _figure(tables: Tables, fact_id: str) -> str:
    return tables.facts.set_index("fact_id").at[fact_id, "figure"]


@derived_table
def sanction_figures(tables: Tables) -> pd.DataFrame:
    """The four figures, largest first. Columns: country, figure (listings), address, owner, rank,
    between ('yes' where it stands between Russia and North Korea), ahead_before ('yes' where it
    stood above Russia's figure before 22 February 2022), in_comparison ('yes' where the counter's
    own comparison names it).
    """
    claims = tables.claims[
        tables.claims["number_owner"].str.startswith("Castellum")
        & (tables.claims["source_id"] == "S0")
    ]
    found = {c.actor: (int(c.number), f"S0 ¶{c.paragraph}") for c in claims.itertuples()}
    for country, number in re.findall(r"([A-Z][A-Za-z ]*?) ([\d,]+)", _figure(tables, RELAY)):
        found.setdefault(country, (int(number.replace(",", "")), RELAY))
    rows = pd.DataFrame(
        [(name, *found[name]) for name in NAMED], columns=["country", "figure", "address"]
    )
    rows = rows.sort_values("figure", ascending=False, kind="stable").reset_index(drop=True)
    ends = sorted(found[name][0] for name in ("Russia", "North Korea"))
    before = russia_parts(tables).set_index("part").at["before", "number"]
    compared = tables.facts.set_index("fact_id").at[COMPARED, "fact"]
    return rows.assign(
        owner=tables.facts.set_index("fact_id").at[RELAY, "figure_owner"],
        rank=range(1, len(rows) + 1),
        between=_yes(rows["figure"].between(*ends, inclusive="neither")),
        ahead_before=_yes((rows["figure"] > before) & (rows["country"] != "Russia")),
        in_comparison=_yes(rows["country"].map(lambda name: name in compared)),
    )


def _yes(flags):
    return flags.map({True: "yes", False: "no"})


@derived_table
def russia_parts(tables: Tables) -> pd.DataFrame:
    """Russia's figure in its parts, as F027 quotes them. Columns: part ('before' 22 February 2022,
    'new', 'sum'), number.
    """
    before, new = (
        int(re.search(rf"([\d,]+) {word}", _figure(tables, PARTS))[1].replace(",", ""))
        for word in ("before", "new")
    )
    return pd.DataFrame({"part": ["before", "new", "sum"], "number": [before, new, before + new]})


@derived_table
def comparisons(tables: Tables) -> pd.DataFrame:
    """Each pair of countries in several ways, all of them true. Columns: larger, smaller, way,
    value, printed.

    Ways: 'more' (listings), 'times', 'per cent more' (of the smaller), 'per cent fewer' (of the
    larger), 'share of the two' and 'share of the four' (the larger's, per cent).
    """
    figures = sanction_figures(tables)
    total, rows = figures["figure"].sum(), []
    for i, large in enumerate(figures.itertuples()):
        for small in figures.iloc[i + 1 :].itertuples():
            a, b = large.figure, small.figure
            for way, value, printed in (
                ("more", a - b, f"{a - b:,}"),
                ("times", a / b, f"{a / b:.1f}"),
                ("per cent more", 100 * (a - b) / b, f"{100 * (a - b) / b:.0f}"),
                ("per cent fewer", 100 * (a - b) / a, f"{100 * (a - b) / a:.0f}"),
                ("share of the two", 100 * a / (a + b), f"{100 * a / (a + b):.0f}"),
                ("share of the four", 100 * a / total, f"{100 * a / total:.0f}"),
            ):
                rows.append((large.country, small.country, way, value, printed))
    return pd.DataFrame(rows, columns=["larger", "smaller", "way", "value", "printed"])


@derived_table
def count_tests(tables: Tables) -> pd.DataFrame:
    """Sentences, tested on this count alone. Columns: test, verdict ('holds', 'fails', 'the count
    can't tell').

    A sentence on weight or harm has no test here: the count is of listings, and sectoral measures
    are not in it (F030).
    """
    n = sanction_figures(tables).set_index("country")["figure"]
    ranked = list(n.index)
    tested = {
        "most": ranked[0] == "Russia",
        "two most": set(ranked[:2]) == {"Russia", "North Korea"},
        "more than twice": n["Russia"] > 2 * n["North Korea"],
        "more than next two": n["Russia"] > n["Iran"] + n["Syria"],
        "hit hardest": None,
    }
    return pd.DataFrame(
        [
            (test, OPEN if held is None else HOLDS if held else FAILS)
            for test, held in tested.items()
        ],
        columns=["test", "verdict"],
    )


@derived_table
def lie_factors(tables: Tables) -> pd.DataFrame:
    """Settings of a chart of Russia and North Korea, with their lie factor. Columns: setting, start
    (listings), shape, factor (infinite where one is drawn as nothing, empty where nothing can be
    drawn).
    """
    figures = sanction_figures(tables).set_index("country")["figure"]
    pair = [int(figures[name]) for name in ("Russia", "North Korea")]
    settings = [
        ("honest", 0, "bars"),
        ("axis at 1,000", 1000, "bars"),
        ("axis at the smaller figure", min(pair), "bars"),
        ("axis above the smaller figure", 2500, "bars"),
        ("sheets", 0, "sheets"),
        ("fair sheets", 0, "fair sheets"),
        ("axis at 1,000 and sheets", 1000, "sheets"),
    ]
    rows = [(name, start, shape, _factor(pair, start, shape)) for name, start, shape in settings]
    rows.append(("twice as high, twice as wide", 0, "sheets", lie_factor((1, 2 * 2), (1, 2))))
    return pd.DataFrame(rows, columns=["setting", "start", "shape", "factor"])


def _factor(figures, start, shape):
    try:
        return chart_lie_factor(figures, start, shape)
    except ValueError:
        return math.nan


@derived_table
def what_it_sees(tables: Tables) -> pd.DataFrame:
    """Each trick tried alone on an honest chart: does the lie factor move from 1? Columns: trick,
    seen.
    """
    figures = sanction_figures(tables).set_index("country")["figure"]
    four, before = (
        [int(f) for f in figures],
        int(russia_parts(tables).set_index("part").at["before", "number"]),
    )
    pair = [int(figures["Russia"]), int(figures["North Korea"])]
    tricks = {
        "axis": (pair, 1000, "bars"),
        "picture": (pair, 0, "sheets"),
        "left out": (pair, 0, "bars"),
        "order": (four[::-1], 0, "bars"),
        "unit": ([100 * f / sum(four) for f in four], 0, "bars"),
        "date": ([before, pair[1]], 0, "bars"),
    }
    return pd.DataFrame(
        [
            (trick, UNSEEN if math.isclose(chart_lie_factor(*setting), 1) else SEEN)
            for trick, setting in tricks.items()
        ],
        columns=["trick", "seen"],
    )
