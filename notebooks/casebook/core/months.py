"""Months between two days, counted one way everywhere."""

import pandas as pd


def whole_months(start: str | pd.Timestamp, end: str | pd.Timestamp) -> int:
    """Whole months gone by from one day to another: a month is full when its day of the month is
    reached again.

    >>> whole_months("2023-09-13", "2026-01-08"), whole_months("2024-10-18", "2025-04-26")
    (27, 6)
    """
    start, end = pd.Timestamp(start), pd.Timestamp(end)
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
