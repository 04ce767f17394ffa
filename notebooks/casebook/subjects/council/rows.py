"""Where the points of an article's line stand."""

from typing import TYPE_CHECKING

from casebook.records.registry import cells_of
from casebook.records.rows import known
from casebook.subjects.council.schema import ArticleLine, LinePoint

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


@cells_of("article_lines")
def line_place(seeds: "Seeds", line: ArticleLine, point: LinePoint, place: int) -> dict:
    """The document and paragraph of a point, known when the document could be read."""
    source, claim = seeds.claims.get(line.claim_id, ("", None))
    address = f"{source} ¶{claim.paragraph}" if claim else ""
    point_id = f"{line.line_id}-{place}"
    return {"point_id": point_id, "source_id": source, "address": address} | known(seeds, address)
