"""The Security Council's record: resolutions counted by a rule, votes as far as seen, articles'
lines against the record.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import chain

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.months import whole_months
from casebook.core.tables import Tables

# By what a resolution is counted: the value of counts_as, and what a learner reads.
CLASSES = {
    "measures": "set or tighten measures",
    "names only": "only add names",
    "before the sanctions": "came before the sanctions committee",
    "renewal": "only renew the Panel",
}
HOLDS, PART, FAILS, OPEN = "holds", "holds in part", "fails", "open"
JUDGEMENTS = (HOLDS, PART, FAILS, OPEN)
SPEAKERS = {"Russia": ("Russia", "Putin")}  # whose quotations count as a state's
STATES = ("Russia", "China")


@cache
def interval(date: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """The first and the last day that a date of any precision can mean.

    >>> [d.strftime("%Y-%m-%d") for d in interval("2016-03")]
    ['2016-03-01', '2016-03-31']
    """
    first, last = (pd.Period(half) for half in (date.split("/")[0], date.split("/")[-1]))
    return first.start_time.normalize(), last.end_time.normalize()


def printed_counts(tables: Tables) -> dict[int, str]:
    """How many sanctions resolutions others count, and who: {9: 'CNN relay', …}, from the notes of
    the rows on all votes. Empty where the view hides notes.
    """
    if "note" not in tables.facts:
        return {}
    rows = tables.council[tables.council["kind"] == "unanimous"]
    notes = " ".join(tables.facts.loc[tables.facts["fact_id"].isin(rows["address"]), "note"])
    return {int(n): who for n, who in re.findall(r"(\d+) \(([^)]+)\)", notes)}


def counted(tables: Tables, classes: Iterable[str]) -> pd.DataFrame:
    """The resolutions that a rule counts: rows of ``council`` whose counts_as is in ``classes``.
    ValueError for an unknown class.
    """
    if unknown := set(classes) - set(CLASSES):
        raise ValueError(
            f"no such class: {', '.join(sorted(unknown))}; there are: {', '.join(CLASSES)}"
        )
    return tables.council[tables.council["counts_as"].isin(classes)]


@derived_table
def countings(tables: Tables) -> pd.DataFrame:
    """Rules, each wider than the one before, and their numbers. Columns: rule, classes, number,
    printed (who prints that number; '' if nobody).
    """
    names, printed = list(CLASSES), printed_counts(tables)
    rows = [
        ("; ".join(names[:n]), len(counted(tables, names[:n]))) for n in range(1, len(names) + 1)
    ]
    return pd.DataFrame(
        [(names[i], classes, n, printed.get(n, "")) for i, (classes, n) in enumerate(rows)],
        columns=["rule", "classes", "number", "printed"],
    )


@derived_table
def votes(tables: Tables) -> pd.DataFrame:
    """Votes of the Council as far as pages show them, oldest first.

    Columns: council_id, date, resolution, kind, counts_as, votes_for, votes_against, abstained,
    unanimous (bool), a column for each of STATES ('for', 'against', 'abstained' or 'not seen'),
    address (with the row that says unanimous).
    """
    council = tables.council
    found = council[council["kind"].isin(["adopted", "renewed", "vetoed"])]
    of_all = council.loc[council["kind"] == "unanimous", ["address", "date"]].to_numpy().tolist()
    rows = []
    for act in found.itertuples():
        cover = [
            address
            for address, span in of_all
            if act.counts_as in ("measures", "names only") and _within(act.date, span)
        ]
        unanimous = act.unanimous == "yes" or bool(cover)
        rows.append(
            {
                "council_id": act.council_id,
                "date": act.date,
                "resolution": act.resolution,
                "kind": act.kind,
                "counts_as": act.counts_as,
                "votes_for": act.votes_for,
                "votes_against": act.votes_against,
                "abstained": act.abstained,
                "unanimous": unanimous,
                **{state: _vote(act, state, unanimous) for state in STATES},
                "address": "; ".join([act.address, *cover]),
            }
        )
    return (
        pd.DataFrame(rows)
        .sort_values("date", key=lambda dates: [interval(d)[0] for d in dates], kind="stable")
        .reset_index(drop=True)
    )


def _within(date: str, span: str) -> bool:
    (first, last), (begin, end) = interval(date), interval(span)
    return begin <= first and last <= end


def _vote(act, state, unanimous) -> str:
    if state in act.vetoed_by.split("; "):
        return "against"
    if state in act.abstaining.split("; "):
        return "abstained"
    return "for" if unanimous else "not seen"


def record_says(
    tables: Tables, asks: str, when: str = "", state: str = "", says: str = ""
) -> tuple[set[str], list[str]]:
    """What the record answers to a question of ``article_lines``: the values, and the addresses
    they rest on. No value: open.

    ``when`` picks the drafts vetoed in that month or on that day. Raises ValueError for a question
    it does not know.
    """
    council = tables.council
    vetoed = council[council["kind"] == "vetoed"]
    columns = {
        "vetoed by": "vetoed_by",
        "drafted by": "drafted_by",
        "subject": "subject",
        "effect": "effect",
    }
    if asks in columns:
        rows = vetoed[vetoed["date"].str.startswith(when)]
        return _split(rows[columns[asks]]), list(rows["address"])
    if asks == "forbidden":
        rows = council[council["kind"] == "rule"]
        return _split(rows["forbids"]), list(rows["address"])
    if asks == "vote on the resolutions":
        rows = votes(tables)
        rows = rows[rows["counts_as"].isin(["measures", "names only"])]
        return set(rows[state]) - {"not seen"}, list(
            dict.fromkeys(chain(*(a.split("; ")[1:] for a in rows["address"])))
        )
    if asks == "first veto of":
        rows = (
            vetoed[[state in by.split("; ") for by in vetoed["vetoed_by"]]]
            .sort_values("date", kind="stable")
            .head(1)
        )
        return set(rows["date"]), list(rows["address"])
    if asks == "said of UN sanctions":
        return _said(tables, state, says)
    raise ValueError(f"the record cannot be asked {asks!r}")


def _split(cells) -> set[str]:
    return {part for cell in cells for part in cell.split("; ") if part}


def _said(tables: Tables, state, word) -> tuple[set[str], list[str]]:
    """Whether a state's quotation has the word and names the United Nations or its Council; where
    the word was found at all.
    """
    quotes = tables.quotes[
        tables.quotes["speaker"].isin(SPEAKERS[state]) & tables.quotes["text"].str.contains(word)
    ]
    of_the_un = quotes["text"].str.contains(r"\bU\.?N\b|United Nations|Security Council")
    return ({word} if of_the_un.any() else set()), [
        f"{q.source_id} ¶{q.paragraph}" for q in quotes.itertuples()
    ]


def compare(says: set[str], record: set[str]) -> str:
    """One point against the record: open without a record; a date is compared at the precision in
    which it is said.

    >>> compare({"China"}, {"China", "Russia"}), compare({"2024-03"}, {"2022-05-26"})
    ('holds in part', 'fails')
    >>> compare({"Russia"}, set())
    'open'
    """
    if not record:
        return OPEN
    record = {
        next((s for s in says if re.match(r"\d{4}-", s) and r.startswith(s)), r) for r in record
    }
    return HOLDS if says == record else PART if says & record else FAILS


def verdict(points: Iterable[str]) -> str:
    """Of a whole line, from the verdicts of its points: open if one is open and none fails; else
    what all have in common, or 'holds in part'.
    """
    points = set(points)
    if OPEN in points and FAILS not in points:
        return OPEN
    return points.pop() if len(points) == 1 else PART


def line_points(tables: Tables) -> pd.DataFrame:
    """The points of the articles' lines against the record. Columns: those of ``article_lines``,
    then record (values parted by '; '), rests_on (addresses) and result (one of JUDGEMENTS).
    """
    rows = []
    for p in tables.article_lines.itertuples():
        found, where = record_says(tables, p.asks, p.when, p.state, p.says)
        rows.append(
            ("; ".join(sorted(found)), "; ".join(where), compare(set(p.says.split("; ")), found))
        )
    return tables.article_lines.assign(
        record=[r for r, _, _ in rows],
        rests_on=[w for _, w, _ in rows],
        result=[v for _, _, v in rows],
    )


def line_key(line_id: str) -> str:
    """Under which name a learner's judgement of a line is kept, among the exercises of lesson 06.

    >>> line_key("L01")
    '06-line-L01'
    """
    return f"06-line-{line_id}"


@derived_table
def line_verdicts(tables: Tables, points: pd.DataFrame | None = None) -> pd.DataFrame:
    """How each article's line stands against the record. Columns: line_id, claim_id, source_id,
    claim, address, verdict.

    ``points``: as ``line_points`` gives them, where they were worked out already.
    """
    points = line_points(tables) if points is None else points
    rows = (
        points.groupby(["line_id", "claim_id", "source_id", "address"], sort=False)["result"]
        .agg(verdict)
        .rename("verdict")
        .reset_index()
    )
    return rows.merge(tables.claims[["claim_id", "claim"]], on="claim_id", validate="1:1")


@derived_table
def turns(tables: Tables) -> pd.DataFrame:
    """Turns that an article dates, and the first veto on record. Columns: line_id, state, printed,
    first, months (whole ones from the first veto to the end of the month printed; 0 where they
    agree).
    """
    rows = []
    for p in tables.article_lines[tables.article_lines["asks"] == "first veto of"].itertuples():
        (first,), _ = record_says(tables, p.asks, state=p.state)
        rows.append(
            (
                p.line_id,
                p.state,
                p.says,
                first,
                max(whole_months(first, pd.Period(p.says, "M").end_time), 0),
            )
        )
    return pd.DataFrame(rows, columns=["line_id", "state", "printed", "first", "months"])


@derived_table
def fates(tables: Tables) -> pd.DataFrame:
    """What became of what: never adopted, ended, stays, or new and outside the United Nations.
    Columns: thing, fate, date, address.

    'thing' is the subject of a vetoed draft, a body that ended, one that stays, or one that was
    created and is none of the Council's.
    """
    names = {"vetoed": "never adopted", "ended": "ended", "stays": "stays in force"}
    rows = [
        (a.label if a.kind == "vetoed" else a.body, names[a.kind], a.date, a.address)
        for a in tables.council.itertuples()
        if a.kind in names
    ]
    rows += [
        (a.body, "outside the UN", a.date, a.address)
        for a in tables.council.itertuples()
        if a.kind == "created" and a.body == "MSMT"
    ]
    return pd.DataFrame(rows, columns=["thing", "fate", "date", "address"])
