"""A learner's coding beside the key and beside itself: shares, chance-corrected figures,
confusions, changes between two rounds.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables
from casebook.subjects.coding.methods.agreement import alpha

CODES = ("voice", "stance", "role", "origin")
NO_VALUE = "no value fits"  # what a learner says where the codebook has a gap
# A third, independent coding, made outside this project: its coder's alpha against the settled
# codes, as told to us. Not computed here.
TOLD = {"voice": 0.91, "stance": 0.96, "role": 0.95, "origin": 0.99}


def in_words(value: str) -> str:
    """A value of the codebook as people read it.

    >>> in_words("none_named")
    'none named'
    """
    return value.replace("_", " ")


class WithKey(NamedTuple):
    """Agreement with the key on one code: items scored, how many alike, the share, and kappa (None
    where it is not defined).
    """

    code: str
    items: int
    same: int
    share: float
    kappa: float | None


def coding_items(tables: Tables) -> pd.DataFrame:
    """The claims to be coded, in their order, a row each.

    Columns: claim_id, quote_id, because, source_id, outlet, kind, published, paragraph, claim,
    attributed_to, contested, voice, stance, role, origin (the settled codes), quote (its words, or
    '').
    """
    claims = tables.claims[
        ["claim_id", "source_id", "paragraph", "claim", "attributed_to", "contested", *CODES]
    ]
    sources = tables.sources[["source_id", "outlet", "kind", "published"]]
    words = tables.quotes.set_index("quote_id")["text"]
    found = tables.coding_items.merge(claims, on="claim_id", how="left", validate="1:1").merge(
        sources, on="source_id", how="left", validate="m:1"
    )
    return found.assign(quote=found["quote_id"].map(words).fillna(""))


@derived_table
def item_codes(tables: Tables) -> pd.DataFrame:
    """The key of the items, a row for each item and code.

    Columns: claim_id, code, first, second (the two coders), settled (the key), contested ('yes' or
    'no').
    """
    chosen = tables.codings[tables.codings["claim_id"].isin(tables.coding_items["claim_id"])]
    return chosen[["claim_id", "code", "first", "second", "settled", "contested"]].reset_index(
        drop=True
    )


def kappa(pairs: Iterable[tuple[str, str]]) -> float | None:
    """Agreement of two codings beyond chance: Cohen's kappa, nominal; None without pairs or where
    chance agrees always.

    ``pairs`` are (one's value, the other's). Source: J. Cohen, A Coefficient of Agreement for
    Nominal Scales (1960).
    """
    pairs = list(pairs)
    if not pairs:
        return None
    n = len(pairs)
    one, other = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    expected = sum(one[value] * other[value] for value in one) / n**2
    if expected == 1:
        return None
    return (sum(a == b for a, b in pairs) / n - expected) / (1 - expected)


def coded(kept: dict, round_: str) -> dict:
    """{(item, code): value} of one round, from kept codings {'item/round/code': value}; what is no
    such key is left out.
    """
    found = {}
    for key, value in kept.items():
        item, _, rest = key.partition("/")
        its_round, _, code = rest.partition("/")
        if its_round == round_ and code in CODES:
            found[item, code] = value
    return found


def with_key(tables: Tables, mine: dict) -> list[WithKey]:
    """How far ``mine``, {(item, code): value}, agrees with the key, per code; contested items are
    left out: nobody is scored on them.
    """
    key, figures = item_codes(tables), []
    for code in CODES:
        rows = key[(key["code"] == code) & (key["contested"] == "no")]
        pairs = [
            (mine[item, code], settled)
            for item, settled in zip(rows["claim_id"], rows["settled"])
            if (item, code) in mine
        ]
        same = sum(a == b for a, b in pairs)
        figures.append(
            WithKey(code, len(pairs), same, same / len(pairs) if pairs else 0.0, kappa(pairs))
        )
    return figures


def named_confusions(tables: Tables, mine: dict) -> pd.DataFrame:
    """Where ``mine`` differs from the key on items that are not contested, the most frequent first.

    Columns: code, said, key, times, items (their identifiers), near_miss (what the codebook says of
    the value that was said).
    """
    near = tables.codebook.set_index(["code", "value"]).sort_index()["near_miss"]
    rows: dict = {}
    for row in item_codes(tables).itertuples():
        said = mine.get((row.claim_id, row.code))
        if row.contested == "no" and said not in (None, row.settled):
            rows.setdefault((row.code, said, row.settled), []).append(row.claim_id)
    found = [
        (code, said, key, len(items), "; ".join(items), near.get((code, said), ""))
        for (code, said, key), items in rows.items()
    ]
    return pd.DataFrame(
        sorted(found, key=lambda r: (-r[3], CODES.index(r[0]), r[1:3])),
        columns=["code", "said", "key", "times", "items", "near_miss"],
    )


def changes(tables: Tables, first: dict, second: dict) -> pd.DataFrame:
    """What changed between two rounds, {(item, code): value} each; only what both hold.

    Columns: claim_id, code, first, second, settled, move ('to the key', 'from the key',
    'elsewhere', 'contested').
    """
    rows = []
    for row in item_codes(tables).itertuples():
        before, after = first.get((row.claim_id, row.code)), second.get((row.claim_id, row.code))
        if before and after and before != after:
            move = (
                "contested"
                if row.contested == "yes"
                else (
                    "to the key"
                    if after == row.settled
                    else "from the key"
                    if before == row.settled
                    else "elsewhere"
                )
            )
            rows.append((row.claim_id, row.code, before, after, row.settled, move))
    return pd.DataFrame(rows, columns=["claim_id", "code", "first", "second", "settled", "move"])


@derived_table
def most_common(tables: Tables) -> pd.DataFrame:
    """The value that each code has most often among all claims: whoever always guesses it is right
    that often.

    Columns: code, value, claims, share.
    """
    rows = []
    for code in CODES:
        counts = tables.claims[code].value_counts()
        rows.append(
            (code, counts.index[0], int(counts.iloc[0]), counts.iloc[0] / len(tables.claims))
        )
    return pd.DataFrame(rows, columns=["code", "value", "claims", "share"])


def document_codes(
    tables: Tables, code: str, own: Sequence[str] = (), name: str = ""
) -> pd.DataFrame:
    """How many claims of each document have each value of a code; ``own`` are the values of the
    learner's document, whose ``name`` is the last row.

    Index: the outlets, in the order of the documents. Columns: the codebook's values in its order,
    then NO_VALUE.
    """
    values = tables.codebook.loc[tables.codebook["code"] == code, "value"]
    names = tables.sources.set_index("source_id")["outlet"]
    counts = pd.crosstab(tables.claims["source_id"], tables.claims[code]).reindex(names.index)
    counts = counts.set_axis(names, axis=0).reindex(columns=[*values, NO_VALUE])
    if len(own):
        counts.loc[name] = pd.Series(own).value_counts()
    return counts.fillna(0).astype(int)


@derived_table
def alpha_of_ten(_: Tables) -> pd.DataFrame:
    """What alpha says of two coders who code ten claims: all alike, or by halves.

    Columns: case, alpha ('1', or 'not defined').
    """
    halves = ["asserted", "hedged"] * 5
    cases = {"asserted by both": ["asserted"] * 10, "by halves, the same": halves}
    found = {case: alpha([(value, value) for value in said]) for case, said in cases.items()}
    told = [(case, "not defined" if a is None else f"{a:g}") for case, a in found.items()]
    return pd.DataFrame(told, columns=["case", "alpha"])
