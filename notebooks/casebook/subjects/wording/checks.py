"""What no single version can know: where its quotations stand, and what it comes after."""

from typing import TYPE_CHECKING

from casebook.records.reader import Wrong

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


def check(seeds: "Seeds", wrong: Wrong) -> None:
    """A version stands at the address of its quotations, and comes after one of the same words."""
    groups = {v.variant_id: v.group for v in seeds.variants}
    for variant in seeds.variants:
        for key in filter(None, (variant.quote_ids or "").split("; ")):
            source, quote = seeds.quotes.get(key, (None, None))
            place = f"{source} ¶{quote.paragraph}" if quote else variant.address
            if variant.address != place:
                wrong(variant, "address", f"{key} does not stand at {variant.address}", place)
        if variant.after and groups.get(variant.after) != variant.group:
            wrong(
                variant,
                "after",
                f"{variant.after} is no version of this sentence",
                "a version of the same group",
            )
    pieces = {v.version_id: (v.message_id, v.piece) for v in seeds.letter_versions}
    for version in seeds.letter_versions:
        if version.after and pieces.get(version.after) != (version.message_id, version.piece):
            wrong(
                version,
                "after",
                f"{version.after} is no version of this piece",
                "a version of the same piece",
            )
