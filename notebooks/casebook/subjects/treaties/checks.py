"""What no single row of the treaties can know."""

from typing import TYPE_CHECKING

from casebook.core import addresses
from casebook.records.reader import Wrong

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds


def check(seeds: "Seeds", wrong: Wrong) -> None:
    """Grids are whole, articles are counted right, clauses quote their facts, and what was not seen
    names a search.
    """
    known = sorted(t.treaty_id for t in seeds.treaties)
    for row in [*seeds.obligations, *seeds.atop]:
        if sorted(cell.treaty_id for cell in row.cells) != known:
            wrong(row, "cells", "not one cell for each treaty", ", ".join(known))
    facts = {f.fact_id: f.fact for f in seeds.facts}
    notes = {f.fact_id: f"{f.fact} {f.note}" for f in seeds.facts}
    for treaty in seeds.treaties:
        articles = [article.article for article in treaty.texts]
        if articles and articles != list(range(1, treaty.articles + 1)):
            wrong(
                treaty, "texts", "not one row for each article in order", f"1 to {treaty.articles}"
            )
        for clause in treaty.clauses:
            _check_clause(clause, facts, wrong)
        for original in treaty.words:
            _check_word(original, notes, wrong)
    _check_unseen(seeds, wrong)


def _check_clause(clause, facts, wrong: Wrong):
    quoted = " ".join(facts.get(a.row, "") for a in addresses.parse_all(clause.address))
    for name in ("when", "then"):
        words = getattr(clause, name)
        if words not in quoted:
            wrong(
                clause,
                name,
                f"{clause.clause_id}: {words!r} is not in its facts",
                "words as the facts quote them",
            )
    if clause.key_word not in clause.when:
        wrong(
            clause,
            "key_word",
            f"{clause.clause_id}: {clause.key_word!r} is not in its wording",
            "words of 'when'",
        )


def _check_word(original, notes, wrong: Wrong):
    quoted = " ".join(notes.get(a.row, "") for a in addresses.parse_all(original.address))
    if original.word not in quoted:
        wrong(
            original,
            "word",
            f"{original.word_id}: {original.word!r} is not in its facts",
            "words as the facts or their notes quote them",
        )


def _check_unseen(seeds: "Seeds", wrong: Wrong):
    cells = [cell for row in [*seeds.obligations, *seeds.atop] for cell in row.cells]
    unseen = {cell.treaty_id for cell in cells if cell.cell == "text not seen"}
    unseen |= {
        treaty.treaty_id
        for treaty in seeds.treaties
        for article in treaty.texts
        if article.seen in ("field only", "not seen")
    }
    for treaty in seeds.treaties:
        if treaty.treaty_id in unseen and not treaty.search:
            wrong(
                treaty,
                "search",
                f"texts of {treaty.treaty_id} were not seen, and no search is named",
                "a search of seeds/context/searches.yaml",
            )
