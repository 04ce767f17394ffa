"""The pages of data/: the codebook with how far two coders agree on it, and the data essay."""

from collections import Counter

from casebook.build.seeds import Seeds
from casebook.build.tables import table_rows
from casebook.records import codebook, registry
from casebook.subjects.coding.methods.agreement import confusions
from casebook.subjects.coding.methods.coding import TOLD
from casebook.subjects.coding.rows import codings, reliability


def codebook_page(seeds: Seeds) -> str:
    """The codebook as Markdown: the schema's own values, then how far two coders agreed on them."""
    lines = [
        "# Codebook",
        "",
        "Built from the schema and from two codings; do not edit.",
        "",
        "## What a claim is",
        "",
        codebook.UNIT,
        "",
        (
            "Each claim has four codes, kept apart because they answer different questions. Code"
            " each on its own."
        ),
        "",
    ]
    for code, (question, values) in codebook.CODES.items():
        lines += [f"## {code}", "", question, ""]
        lines += ["| value | test question | example | near miss |", "|---|---|---|---|"]
        lines += [f"| `{v.name}` | {v.test} | {v.example} | {v.near_miss} |" for v in values] + [""]
    lines += ["## Rules for what is hard", ""]
    lines += [f"- **{name}.** {rule}" for name, rule in codebook.RULES.items()] + [""]
    lines += [
        "## topic",
        "",
        (
            "What is it about? One topic a claim, given by one coder; its reliability was not"
            " measured."
        ),
        "",
        "| value | meaning |",
        "|---|---|",
    ]
    lines += [f"| `{name}` | {meaning} |" for name, meaning in codebook.TOPICS.items()] + [""]
    return "\n".join(lines + reliability_section(seeds)) + "\n"


def reliability_section(seeds: Seeds) -> list[str]:
    """How far the two codings agree, where they part, what was changed; lines of Markdown."""
    figures = reliability(seeds)
    lines = ["## How far two coders agree", ""]
    if not figures:
        return lines + [
            "The claims have been coded once. Nothing can be said yet about how far a second coder"
            " would agree."
        ]
    rows = codings(seeds)
    return lines + _figures(figures) + _partings(rows) + _contested(seeds, rows) + _changes(seeds)


def _figures(figures: list[dict]) -> list[str]:
    """Who the coders were, what a third one found, and alpha of each code."""
    told = [f"{alpha:.2f} for {code}" for code, alpha in TOLD.items()]
    lines = [
        (
            f"Two coders coded the settled list of {figures[0]['claims']} claims independently,"
            " each alone: the second had this codebook as it stood then, the texts and the list"
            " without codes. Both are language models that read for this project, and no persons."
            " The figures are computed from seeds/coding/codings/ at every build:"
            " Krippendorff's alpha for nominal data, with a 95 % interval from 1,000 resamples of"
            " the claims. They can't be taken for what two strangers would reach: both coders"
            " worked for one project; the claims' own wording, which the first coder wrote, gives"
            " some codes away (“is believed to”); and some examples above are claims of this"
            " corpus."
        ),
        "",
        (
            "A third coding of the same list, independent of the two, was made outside this"
            " project. Its coder's alpha against the settled codes, as they stood then, is told as"
            f" {', '.join(told[:-1])} and {told[-1]}: told to us, not computed here."
        ),
        "",
        "| code | claims | same value | alpha | 95 % interval |",
        "|---|---|---|---|---|",
    ]
    return lines + [
        f"| {f['code']} | {f['claims']} | {f['agreement']:.1%} | {f['alpha']:.3f} | {f['low']:.3f}"
        f" to {f['high']:.3f} |"
        for f in figures
    ]


def _partings(rows: list[dict]) -> list[str]:
    """Which value the one coder gave where the other gave which."""
    lines = [
        "",
        "### Where they part",
        "",
        "| code | first coder | second coder | claims |",
        "|---|---|---|---|",
    ]
    for code in codebook.CODES:
        given = [(r["first"], r["second"]) for r in rows if r["code"] == code]
        lines += [f"| {code} | `{a}` | `{b}` | {n} |" for a, b, n in confusions(given)]
    return lines


def _contested(seeds: Seeds, rows: list[dict]) -> list[str]:
    """The claims that the two coded otherwise, and those settled as neither wrote."""
    contested = [r for r in rows if r["contested"] == "yes"]
    claims = {c.claim_id: c.claim for r in seeds.records for c in r.claims}
    lines = [
        "",
        f"### Contested: {len({r['claim_id'] for r in contested})} claims on at least one code",
        "",
        "| claim | code | first | second | settled | what it says |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {r['claim_id']} | {r['code']} | `{r['first']}` | `{r['second']}` | `{r['settled']}` |"
        f" {claims[r['claim_id']]} |"
        for r in contested
    ]
    if neither := [r for r in rows if r["settled"] not in (r["first"], r["second"])]:
        lines += [
            "",
            "Settled as neither coder wrote, by a rule that came later; the two codings stay as"
            " they were written: "
            + "; ".join(f"{r['claim_id']}, {r['code']} (`{r['settled']}`)" for r in neither)
            + ".",
        ]
    return lines


def _changes(seeds: Seeds) -> list[str]:
    if not seeds.changes:
        return []
    return ["", "### What was changed in the codebook since the two codings", ""] + [
        f"- **{change.code}**: {change.change}" + (f" ({change.because})" if change.because else "")
        for change in seeds.changes
    ]


def _countries(seeds: Seeds) -> list[str]:
    """How many documents each country has, the most first; of which no page says it, and why."""
    return [
        f"{n} {country}"
        + "".join(
            f" ({r.outlet} {r.country_note}, {r.outlet_basis})"
            for r in seeds.records
            if r.country == country and r.country_note
        )
        for country, n in Counter(r.country for r in seeds.records).most_common()
    ]


def essay_page(seeds: Seeds, template: str) -> str:
    """The data essay: seeds/essay.md with its numbers filled in from what was built."""
    quotes, claims = (
        [row for r in seeds.records for row in getattr(r, part)] for part in ("quotes", "claims")
    )
    figures = {f["code"]: f for f in reliability(seeds)}
    numbers = {
        "documents": len(seeds.records),
        "claims": len(claims),
        "quotes": len(quotes),
        "facts": len(seeds.facts),
        "messages": len(seeds.messages),
        "events": len(seeds.events),
        "statements": len(seeds.statements),
        "countries": ", ".join(_countries(seeds)),
        "kcna": sum(m.first_publisher == "KCNA" for m in seeds.messages),
        "undated": (
            sum(not f.public_from for f in seeds.facts)
            + sum(not m.public_from for m in seeds.messages)
        ),
        "low_confidence": sum(f.confidence == "low" for f in seeds.facts),
        "contested": len({r["claim_id"] for r in codings(seeds) if r["contested"] == "yes"}),
        "owners": ", ".join(f.fact_id for f in seeds.facts if f.figure_owner),
        "alphas": (
            ", ".join(f"{code} {f['alpha']:.2f}" for code, f in figures.items())
            or "not measured yet"
        ),
        "tables": "\n".join(
            f"| {table.subject} | `{table.name}.csv` | {table.title} |"
            f" {len(table_rows(table, seeds))} |"
            for table in registry.tables().values()
        ),
    }
    return template.format(**numbers)
