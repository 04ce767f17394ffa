"""Who wrote the documents, and how they put what they say."""

from collections.abc import Sequence

import pandas as pd

from casebook.core.tables import Tables

__all__ = ["newsrooms", "voice_counts"]


def newsrooms(tables: Tables) -> pd.DataFrame:
    """How many documents come from each country, in each language. Columns: country, language,
    documents.
    """
    return (
        tables.sources.groupby(["country", "language"], sort=False)
        .size()
        .rename("documents")
        .reset_index()
        .sort_values(["documents", "country"], ascending=[False, True], kind="stable")
        .reset_index(drop=True)
    )


def voice_counts(tables: Tables, sources: Sequence[str] | None = None) -> pd.DataFrame:
    """How many claims each report gives in each voice; artefacts of the page are left out.

    Index: source_id; columns: quoted, paraphrased, outlet.
    """
    claims = tables.claims[tables.claims["role"] != "artefact"]
    counts = pd.crosstab(claims["source_id"], claims["voice"]).reindex(
        columns=["quoted", "paraphrased", "outlet"], fill_value=0
    )
    return counts if sources is None else counts.reindex(list(sources), fill_value=0)


def outlet_names(tables: Tables) -> dict[str, str]:
    """The outlet of each document, by which readers know it: {source_id: outlet}."""
    return dict(zip(tables.sources["source_id"], tables.sources["outlet"]))
