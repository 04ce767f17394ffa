"""The documents: who wrote them, when, in which language."""

from casebook.core.tables import Evidence, Tables
from casebook.figure import TableExhibit, strong
from casebook.figure.english import LANGUAGES, capital, day, listed, number, several
from casebook.subjects.reports.methods.corpus import newsrooms

__all__ = ["corpus", "corpus_dates"]

# Newsrooms a reader of this case would want to hear: those of the two states, of the country at
# war, of the neighbours.
WANTED = {
    "Ukraine": "Ukrainian",
    "North Korea": "North Korean",
    "South Korea": "South Korean",
    "Russia": "Russian",
    "China": "Chinese",
}


def corpus(tables: Tables) -> TableExhibit:
    """Who wrote the documents, when, in which language; and whose newsroom is missing."""
    sources = tables.sources
    there = set(sources["country"])
    missing = [adjective for country, adjective in WANTED.items() if country not in there]
    wanted = f". Missing: a {listed(missing).replace(' and ', ' or ')} newsroom" if missing else ""
    tongues = listed(LANGUAGES[code] for code in sources["language"].unique())
    return TableExhibit(
        ["Outlet", "Works from", "Language", "Published", "Kind", "Words"],
        [_document(s) for s in sources.itertuples()],
    ).describe(
        title=(
            f"{capital(several(len(sources), 'document'))}, {_countries(tables)}, all in {tongues}"
        ),
        subtitle=f"The corpus{wanted}",
        description=(
            f"Table of {len(sources)} documents with outlet, country, language, date, kind and"
            " length."
        ),
        source="; ".join(f"{s.outlet}: {s.outlet_basis}" for s in sources.itertuples()),
        evidence=_evidence(tables),
    )


def corpus_dates(tables: Tables) -> TableExhibit:
    """When each document was published, and how that is known."""
    sources = tables.sources
    return TableExhibit(
        ["Outlet", "Published", "How we know the date"],
        [[strong(s.outlet), day(s.published), s.published_basis] for s in sources.itertuples()],
        widths=[24, 26, 50],
    ).describe(
        title="When was each article published, and how is that known?",
        subtitle="A day, a span of days or a month, as closely as it is known",
        description=f"Table of {len(sources)} documents: "
        + "; ".join(f"{s.outlet}, {day(s.published)}" for s in sources.itertuples())
        + ".",
        source="; ".join(f"{s.outlet}: {s.published_address}" for s in sources.itertuples()),
        evidence=_evidence(tables),
    )


def _evidence(tables: Tables) -> list[Evidence]:
    return [
        e
        for s in tables.sources.itertuples()
        for e in tables.resolve(f"{s.outlet_basis}; {s.published_address}")
    ]


def _document(row) -> list[str]:
    return [
        strong(row.outlet),
        f"{row.country} ({row.country_note})" if row.country_note else row.country,
        LANGUAGES[row.language],
        day(row.published),
        row.kind,
        f"{row.words}",
    ]


def _countries(tables: Tables) -> str:
    """'three from the United States (one of them by its text) and two from India'."""
    counts = newsrooms(tables).groupby("country", sort=False)["documents"].sum()
    return listed(
        f"{number(n)} from {'the ' * country.startswith('United')}{country}"
        f"{_not_by_a_page(tables, country)}"
        for country, n in counts.items()
    )


def _not_by_a_page(tables: Tables, country: str) -> str:
    """How many of a country's outlets no page places there, and what does."""
    notes = tables.sources.loc[tables.sources["country"] == country, "country_note"]
    notes = notes[notes != ""].value_counts(sort=False)
    if notes.empty:
        return ""
    return f" ({listed(f'{number(n)} of them {note}' for note, n in notes.items())})"
