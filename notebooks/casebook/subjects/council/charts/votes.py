"""The Security Council in tables: votes as far as seen, what ended and what stays, what two
articles say.
"""

from casebook.core.tables import Tables
from casebook.figure import TableExhibit, badge, cell, each_once, evidence_of, strong
from casebook.figure.english import capital, day, listed, none_or, several
from casebook.subjects.council.methods import fates, votes

__all__ = ["article_says", "council_fates", "council_votes"]

VOTES = {
    "for": ("good", "✓ for"),
    "against": ("bad", "✗ against"),
    "abstained": ("mixed", "○ abstained"),
    "not seen": ("open", "? not seen"),
}
FATES = {
    "never adopted": ("bad", "✗ never adopted"),
    "ended": ("mixed", "■ ended"),
    "stays in force": ("good", "✓ stays in force"),
    "outside the UN": ("elsewhere", "◇ outside the UN"),
}


def council_votes(
    tables: Tables, kinds: tuple[str, ...] = ("adopted", "renewed", "vetoed")
) -> TableExhibit:
    """Who voted how, as far as pages show: Russia and China by name, the others as a number.
    ``kinds``: of which rows.
    """
    found = votes(tables)
    found = found[found["kind"].isin(kinds)]
    what = tables.council.set_index("council_id")["what"]
    return TableExhibit(
        ["When", "What", "Votes, as far as seen", "Russia", "China", "Address"],
        [
            [
                strong(day(v.date)),
                what[v.council_id],
                _count(v),
                badge(*VOTES[v.Russia]),
                badge(*VOTES[v.China]),
                v.address,
            ]
            for v in found.itertuples()
        ],
        widths=[15, 0, 18, 12, 12, 12],
    ).describe(
        title=_against(found) if set(kinds) == {"vetoed"} else _of_russia(found),
        subtitle=(
            "Votes in the Security Council on North Korea; a number that no page showed stays blank"
        ),
        description=f"Table of {len(found)} votes. "
        + " ".join(
            f"{capital(day(v.date))}: Russia {v.Russia}, China {v.China}."
            for v in found.itertuples()
        ),
        source="table council",
        evidence=evidence_of(tables, found["address"]),
    )


def _against(found) -> str:
    vetoed = found[found["kind"] == "vetoed"]
    russia, china = ((vetoed[state] == "against").sum() for state in ("Russia", "China"))
    return f"Russia voted against {several(russia, 'draft')} and China against {none_or(china)}"


def _of_russia(found) -> str:
    seen = found.loc[found["Russia"] != "not seen", "Russia"]
    return (
        f"Of {len(found)} votes we know how Russia voted in {len(seen)}:"
        f" {(seen == 'for').sum()} for, {(seen == 'against').sum()} against"
    )


def _count(vote) -> str:
    """'11 for, 2 against': the numbers that a page shows."""
    counts = {"for": vote.votes_for, "against": vote.votes_against, "abstained": vote.abstained}
    parts = [f"{int(count)} {name}" for name, count in counts.items() if count == count]
    return ", ".join(parts) or ("unanimous" if vote.unanimous else "not seen")


def council_fates(tables: Tables) -> TableExhibit:
    """What was vetoed, what ended, what stayed, and what is new outside the United Nations."""
    found, council = fates(tables), tables.council
    what = dict(zip(zip(council["date"], council["address"]), council["what"]))
    by = {fate: list(found.loc[found["fate"] == fate, "thing"]) for fate in FATES}
    return TableExhibit(
        ["What", "What became of it", "When", "By the record", "Address"],
        [
            [
                strong(f"{'Draft: ' * (f.fate == 'never adopted')}{f.thing}"),
                badge(*FATES[f.fate]),
                day(f.date),
                what[f.date, f.address],
                f.address,
            ]
            for f in found.itertuples()
        ],
        widths=[20, 20, 15, 0, 10],
    ).describe(
        title=(
            f"{capital(several(len(by['never adopted']), 'draft'))} never adopted; ended:"
            f" {listed(by['ended']) or 'nothing'}; still in force:"
            f" {listed(by['stays in force']) or 'not said'}"
        ),
        subtitle=(
            "What was vetoed, what ended, what stays; a veto stops a draft, and leaves earlier"
            " resolutions as they are"
        ),
        description=f"Table of {len(found)} rows. "
        + " ".join(f"{f.thing}: {f.fate}, {day(f.date)}." for f in found.itertuples()),
        source="table council",
        evidence=evidence_of(tables, found["address"]),
    )


def article_says(tables: Tables, lines: list[str] | tuple[str, ...] = ()) -> TableExhibit:
    """What two articles make of votes in the Council, in our words; ``lines`` picks some by
    line_id, none: all.
    """
    found = tables.article_lines.drop_duplicates("line_id")
    found = found[found["line_id"].isin(lines)] if lines else found
    claims = tables.claims.set_index("claim_id")["claim"]
    published = tables.sources.set_index("source_id")["published"]
    outlet = tables.sources.set_index("source_id")["outlet"]
    per = found["source_id"].value_counts()
    lines_of = listed(several(per[s], "line") + " of " + outlet[s] for s in sorted(per.index))
    return TableExhibit(
        ["Article", "What it says, in our words", "Where"],
        [
            [
                cell(strong(outlet[x.source_id]), f", {day(published[x.source_id])}"),
                claims[x.claim_id],
                x.address,
            ]
            for x in found.itertuples()
        ],
        widths=[22, 0, 12],
    ).describe(
        title=f"{capital(lines_of)} on the Council",
        subtitle="One claim a row; the article's own words stand where the address leads",
        description=f"Table of {len(found)} claim{'s' * (len(found) != 1)}. "
        + " ".join(f"{outlet[x.source_id]}: {claims[x.claim_id]}" for x in found.itertuples()),
        source=each_once(found["address"]),
        evidence=evidence_of(tables, found["address"]),
    )
