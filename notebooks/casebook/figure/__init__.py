"""What exhibits are made of: pictures and tables that carry their words and rows, and the style."""

from casebook.figure.badge import TONES, badge
from casebook.figure.evidence import each_once, evidence_of
from casebook.figure.exhibit import CODED, Exhibit, Picture, TableExhibit
from casebook.figure.labels import Box, place_all, place_labels
from casebook.figure.layers import LayeredPicture, Parts
from casebook.figure.marks import in_markdown, marked
from casebook.figure.style import DASHES, GREY, INK, PALE, SOFT, STATES, WIDTH, YEARS, styled
from casebook.figure.table import (
    BREAK,
    NO_SHORTCUTS,
    Html,
    as_html,
    cell,
    html_table,
    rows_table,
    side_by_side,
    small,
    strong,
)
from casebook.figure.timeline import Timeline

__all__ = [
    "as_html",
    "badge",
    "Box",
    "BREAK",
    "cell",
    "CODED",
    "DASHES",
    "each_once",
    "evidence_of",
    "Exhibit",
    "GREY",
    "Html",
    "html_table",
    "in_markdown",
    "INK",
    "LayeredPicture",
    "marked",
    "NO_SHORTCUTS",
    "PALE",
    "Parts",
    "Picture",
    "place_all",
    "place_labels",
    "rows_table",
    "side_by_side",
    "small",
    "SOFT",
    "STATES",
    "strong",
    "styled",
    "TableExhibit",
    "Timeline",
    "TONES",
    "WIDTH",
    "YEARS",
]
