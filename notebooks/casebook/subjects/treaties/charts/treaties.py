"""The treaties of 1961, 2000 and 2024 in tables: the grid of obligations, what could be read, two
Englishes and the originals, what they were called, how one ended.
"""

import pandas as pd

from casebook.core.tables import Tables
from casebook.figure import BREAK, Html, TableExhibit, badge, cell, evidence_of, strong
from casebook.figure.english import LANGUAGES, capital, day, listed, number, several
from casebook.subjects.treaties.methods import obligation_grid

__all__ = [
    "articles_seen",
    "clause",
    "endings",
    "englishes",
    "namings",
    "obligations",
    "originals",
]

CELLS = {
    "yes": ("good", "✓ yes"),
    "no": ("bad", "✗ no"),
    "text not seen": ("open", "? text not seen"),
    "": ("later", "· not public yet"),
}
SEEN = {
    "wording": "¶ a clause or more read",
    "content": "≈ content known",
    "field only": "… a field, number not seen",
    "not seen": "? text not seen",
}
ALLIANCE = {
    "says so": ("good", "● alliance"),
    "denies it": ("bad", "✗ denies it"),
    "another word": ("open", "○ another word"),
}


def _searches(rows: pd.DataFrame) -> list[str]:
    """The searches behind what was not seen; none in an as-of view, which is older than they
    are.
    """
    return list(rows["search"]) if "search" in rows else []


def obligations(tables: Tables) -> TableExhibit:
    """Obligation × treaty: yes, no or text not seen, with article, address and reason."""
    grid, cells = obligation_grid(tables), tables.obligations.set_index("cell_id")
    years = list(tables.treaties["treaty_id"])
    attack = grid.loc[grid["situation"] == "attack", years].iloc[0]
    unseen = {year: int((grid[year] == "text not seen").sum()) for year in years}
    least = max(unseen, key=unseen.get)
    counts = {year: grid[year].value_counts().sort_index() for year in years}
    return TableExhibit(
        ["Promise", *years],
        [
            [strong(capital(text)), *(_obligation(cells, f"{o}-{year}") for year in years)]
            for o, text in zip(grid["obligation_id"], grid["obligation"])
        ],
        widths=[25, *[25] * len(years)],
    ).describe(
        title=(
            f"Military help stands in the texts of {listed(attack.index[attack == 'yes'])}; of"
            f" {least} we can say neither yes nor no in {number(unseen[least])} of {len(grid)} rows"
        ),
        subtitle=(
            "What the treaties oblige the parties to: yes, no, or text not seen. “No” stands only"
            " where a text was read, as far as the cell says; a report can make a “yes”, and the"
            " cell says that too"
        ),
        description=f"Grid of {len(grid)} obligations by {len(years)} treaties. "
        + " ".join(
            f"{year}: {', '.join(f'{name} {n}' for name, n in found.items())}."
            for year, found in counts.items()
        ),
        source="table obligations; the facts and searches named in the cells",
        evidence=evidence_of(tables, tables.obligations["address"], _searches(tables.obligations)),
    )


def _obligation(cells: pd.DataFrame, key: str) -> Html:
    if key not in cells.index:
        return badge(*CELLS[""])
    row = cells.loc[key]
    places = "; ".join(filter(None, (row["address"], row.get("search", ""))))
    why = f"{row['why']} ({places})" if places else row["why"]
    return cell(badge(*CELLS[row["cell"]]), " ", row["article"], BREAK, why)


def articles_seen(tables: Tables, treaty_id: str) -> TableExhibit:
    """How much of each article of a treaty could be read."""
    found = tables.treaty_articles[tables.treaty_articles["treaty_id"] == treaty_id]
    groups = {seen: found[found["seen"] == seen] for seen in SEEN}
    counts = {seen: len(here) for seen, here in groups.items()}
    return TableExhibit(
        ["How much", "Articles", "Which, and what they are about"],
        [[strong(SEEN[seen]), f"{len(here)}", _articles(here)] for seen, here in groups.items()],
        widths=[22, 9, 0],
    ).describe(
        title=(
            f"Of {len(found)} articles we could read a clause or more of"
            f" {number(counts['wording'])}; of {number(counts['field only'] + counts['not seen'])}"
            " we know a field at most"
        ),
        subtitle=(
            f"The treaty of {treaty_id}, article by article: what stored public pages show of its"
            " text, in any language"
        ),
        description=f"Table of {len(found)} articles in four groups: "
        + ", ".join(f"{SEEN[s][2:]} {n}" for s, n in counts.items())
        + ".",
        source="table treaty_articles; the facts and searches below",
        evidence=evidence_of(tables, found["address"], _searches(found)),
    )


def _articles(found: pd.DataFrame) -> Html:
    return Html("; ".join(cell(strong(f"{a.article}"), " ", a.about) for a in found.itertuples()))


def clause(tables: Tables, clause_id: str) -> TableExhibit:
    """One published version of a clause to read closely."""
    row = tables.clauses.set_index("clause_id").loc[clause_id]
    words = len(f"{row['when']} {row['then']}".split())
    place = f"{row['treaty_id']}, {row['article'] or 'article number not seen'}"
    return TableExhibit(
        ["If", f"“… {row['when']} …”"],
        [
            ["then the other", f"“… {row['then']} …”"],
            ["in keeping with, in our words", row["qualifications"] or "nothing that it names"],
        ],
        widths=[22, 0],
    ).describe(
        title=f"{place}: we have {several(words, 'word')} in the English of {row['version']}",
        subtitle="As our facts quote them; the sentence runs on between the parts",
        description=f"Clause of {words} words. When: {row['when']}. What follows: {row['then']}.",
        source=row["address"],
        evidence=tables.resolve(row["address"]),
    )


def englishes(
    tables: Tables, treaty_id: str = "2024", article: str = "Article 4", beside: str = "C1961-1"
) -> TableExhibit:
    """The English versions of one article side by side, with an older clause beside them."""
    found = tables.clauses
    versions = found[(found["treaty_id"] == treaty_id) & (found["article"] == article)]
    old = found[found["clause_id"] == beside]
    columns = [*versions.itertuples(), *old.itertuples()]
    lines = {
        "What happens": lambda c: badge("term", c.key_word),
        "When it applies": lambda c: f"“… {c.when}”",
        "What follows": lambda c: f"“{c.then}”",
        "Tied to": lambda c: c.qualifications or "nothing in the article",
        "By whom": lambda c: c.by_whom,
        "Address": lambda c: c.address,
    }
    return TableExhibit(
        ["", *(cell(f"{c.treaty_id}, {c.article}", BREAK, c.version) for c in columns)],
        [[strong(name), *map(show, columns)] for name, show in lines.items()],
        widths=[13, *[29] * len(columns)],
    ).describe(
        title=f"{article} in {number(len(versions))} Englishes, beside its forerunner",
        subtitle=(
            f"Published English wording of {article} of {treaty_id}, and of its forerunner of"
            f" {listed(old['treaty_id'])}"
        ),
        description=f"Table of {len(columns)} versions. "
        + " ".join(f"{c.treaty_id}, {c.version}: {c.key_word}, by {c.by_whom}." for c in columns),
        source="; ".join(c.address for c in columns),
        evidence=evidence_of(tables, [c.address for c in columns]),
    )


def originals(tables: Tables) -> TableExhibit:
    """The word that starts the duty to help, in the originals and in the Englishes."""
    english = tables.clauses[tables.clauses["follows"] == "help"]
    rows = [
        [f"{w.treaty_id}, {w.article}", LANGUAGES[w.language], strong(w.word), w.reads, w.address]
        for w in tables.treaty_words.itertuples()
    ]
    rows += [
        [f"{c.treaty_id}, {c.article}", f"English: {c.version}", strong(c.key_word), "", c.address]
        for c in english.itertuples()
    ]
    own = len(tables.treaty_words)
    return TableExhibit(
        ["Text", "Language", "What starts the duty", "In Latin letters", "Address"],
        rows,
        widths=[18, 22, 24, 22, 0],
    ).describe(
        title="The words of the originals, and those of their Englishes",
        subtitle="What must happen before one party owes the other help, language by language",
        description=(
            f"Table of {len(rows)} texts, {own} of them in the treaties' own languages. "
            + " ".join(
                f"{w.treaty_id}, {w.language}: {w.word}." for w in tables.treaty_words.itertuples()
            )
        ),
        source="tables treaty_words and clauses",
        evidence=evidence_of(tables, tables.treaty_words["address"], english["address"]),
    )


def namings(tables: Tables, kinds: tuple[str, ...] = ("title", "outlet", "leader")) -> TableExhibit:
    """What the treaty was called, by whom; who says alliance."""
    found = tables.namings[tables.namings["kind"].isin(kinds)]
    so = found[found["alliance"] == "says so"]
    first = so[so["kind"] == "leader"].sort_values("date", kind="stable").drop_duplicates("speaker")
    said = listed(f"{n.speaker} in {day(n.date[:7])}" for n in first.itertuples())
    return TableExhibit(
        ["When", "Who", "The words", "Alliance?", "Address"],
        [
            [day(n.date), n.speaker, f"“{n.word}”", badge(*ALLIANCE[n.alliance]), n.address]
            for n in found.itertuples()
        ],
        widths=[15, 22, 30, 15, 0],
    ).describe(
        title=f"“Alliance” or “allied”, earliest found of the leaders: {said}",
        subtitle=(
            "What the treaty or the relation was called, by its own title, by The New York Sun and"
            " by the two leaders"
        ),
        description=(f"Table of {len(found)} namings, {len(so)} with the word alliance or allied."),
        source="table namings",
        evidence=evidence_of(tables, found["address"]),
    )


def endings(tables: Tables, treaty_id: str = "1961") -> TableExhibit:
    """Accounts of how a treaty ended, side by side."""
    found = tables.endings[tables.endings["treaty_id"] == treaty_id]
    years = sorted({date[:4] for date in found["date"]})
    return TableExhibit(
        ["Who says so", "Date", "What is said to have happened", "Address"],
        [[strong(e.says), day(e.date), e.account, e.address] for e in found.itertuples()],
        widths=[30, 18, 0, 9],
    ).describe(
        title=(
            f"{capital(several(len(found), 'account'))} of one ending: their dates are of"
            f" {listed(years)}"
        ),
        subtitle=f"When and how the treaty of {treaty_id} ended, by whom: accounts side by side",
        description=f"Table of {len(found)} accounts with dates from {years[0]} to {years[-1]}.",
        source="table endings",
        evidence=evidence_of(tables, found["address"]),
    )
