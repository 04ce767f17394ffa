"""A chart that can be made to mislead, its lie factor, and its honest twin."""

from casebook.core.tables import Tables
from casebook.panel.controls import choose, slide
from casebook.panel.explore import explore
from casebook.panel.panel import Panel
from casebook.subjects.sanctions.charts.twins import BEFORE, DRAWN, ORDERS, UNITS, TwinsPicture
from casebook.subjects.sanctions.methods.sanctions import NAMED, russia_parts, sanction_figures

__all__ = ["mislead"]

LEAST = "the smallest figure"
STARTS = (0, 500, 1000, 1500, 2000, 2500)
SHOWN = {
    "Russia, North Korea": ("Russia", "North Korea"),
    "Russia, Iran": ("Russia", "Iran"),
    "Syria, North Korea": ("Syria", "North Korea"),
    "all four": NAMED,
    "Russia before 22 February 2022, North Korea": (BEFORE, "North Korea"),
}


def mislead(tables: Tables) -> Panel:
    """Choose what is shown, where the axis begins, what is drawn, unit and order; the lie factor
    and the honest twin follow.
    """
    figures = {
        **sanction_figures(tables).set_index("country")["figure"],
        BEFORE: russia_parts(tables).set_index("part").at["before", "number"],
    }
    picture = TwinsPicture(tables)

    def draw(whom, start, shape, unit, order):
        shown = SHOWN[whom]
        begins = int(min(figures[name] for name in shown)) if start == LEAST else start
        return picture.as_set(shown, begins, shape, unit, order)

    def named(words: dict[str, str]) -> list[tuple[str, str]]:
        return [(text, key) for key, text in words.items()]

    return explore(
        "How far can a chart of true figures mislead?",
        whom=choose("Show", [(names, names) for names in SHOWN], width="420px"),
        start=slide(
            "Axis begins at",
            [*((f"{n:,}", n) for n in STARTS), (LEAST, LEAST)],
            width="370px",
        ),
        shape=choose("Drawn as", named(DRAWN), "bars", width="300px"),
        unit=choose("Unit", named(UNITS), "listings", width="265px"),
        order=choose("Order", named(ORDERS), "largest", width="200px"),
        draw=draw,
        stored=(
            "Show: {whom}; axis begins at {start}; drawn as {shape}; unit: {unit}; order: {order}."
        ),
    )
