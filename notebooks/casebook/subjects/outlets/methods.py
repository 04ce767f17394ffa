"""Who is behind each outlet: what pages say, question by question."""

from __future__ import annotations

import pandas as pd

from casebook.core.tables import Tables


def cards_found(tables: Tables) -> pd.DataFrame:
    """Card × question: 'yes', 'in part' or 'no'. Index: card_id; columns: the questions in the
    order of the cards; empty where a line is not public yet.
    """
    lines = tables.outlet_cards
    order = {
        "index": list(dict.fromkeys(lines["card_id"])),
        "columns": list(dict.fromkeys(lines["question"])),
    }
    return (
        lines.pivot(index="card_id", columns="question", values="found").reindex(**order).fillna("")
    )
