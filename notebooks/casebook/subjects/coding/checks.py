"""What no single coding can know."""

from typing import TYPE_CHECKING

from casebook.records.reader import Wrong

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


def check(seeds: "Seeds", wrong: Wrong) -> None:
    """Codings are whole; the items of lesson 10 are claims with their quotations."""
    _check_codings(seeds, wrong)
    _check_coding_items(seeds, wrong)


def _check_codings(seeds: "Seeds", wrong: Wrong):
    """Each coder codes claims that exist, each once; a document that says 'twice' has two complete
    codings.
    """
    for rows in seeds.codings.values():
        seen = set()
        for row in rows:
            if row.claim_id not in seeds.there:
                wrong(row, "claim_id", f"{row.claim_id} is no claim here", "a claim of a record")
            if row.claim_id in seen:
                wrong(
                    row,
                    "claim_id",
                    f"{row.claim_id} is coded twice by one coder",
                    "each claim once",
                )
            seen.add(row.claim_id)
    coded = [{row.claim_id for row in rows} for rows in seeds.codings.values()]
    for record in seeds.records:
        missing = [c for c in record.claims if sum(c.claim_id in coder for coder in coded) < 2]
        if record.coded == "twice" and missing:
            wrong(
                record,
                "coded",
                f"'twice', but {len(missing)} claims lack a second coding, {missing[0].claim_id}"
                " first",
                "once, or two codings of every claim in seeds/coding/codings/",
            )
    for change in seeds.changes:
        for claim in filter(None, (change.because or "").split("; ")):
            if claim not in seeds.there:
                wrong(
                    change,
                    "because",
                    f"{claim} is no claim here",
                    "claims of the records, parted by '; '",
                )


def _check_coding_items(seeds: "Seeds", wrong: Wrong):
    """The quotation of an item stands in the paragraph of its claim."""
    for item in seeds.coding_items:
        claim, quote = seeds.claims.get(item.claim_id), seeds.quotes.get(item.quote_id)
        if not claim or not quote:
            continue
        if (claim[0], claim[1].paragraph) != (quote[0], quote[1].paragraph):
            wrong(
                item,
                "quote_id",
                f"{item.quote_id} does not stand in the paragraph of {item.claim_id}",
                "a quotation of its paragraph",
            )
