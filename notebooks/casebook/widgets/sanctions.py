"""A chart that can be made to mislead, its lie factor, and its honest twin."""

from ipywidgets import Checkbox, Dropdown, SelectionSlider

from casebook.charts.twins import BEFORE, DRAWN, ORDERS, UNITS, TwinsPicture
from casebook.figure import rows_table
from casebook.methods.sanctions import NAMED, russia_parts, sanction_figures
from casebook.widgets.panel import Panel, made

LEAST = "the smallest figure"
STARTS = (0, 500, 1000, 1500, 2000, 2500)
SHOWN = {
    "Russia, North Korea": ("Russia", "North Korea"),
    "Russia, Iran": ("Russia", "Iran"),
    "Syria, North Korea": ("Syria", "North Korea"),
    "all four": NAMED,
    "Russia before 22 February 2022, North Korea": (BEFORE, "North Korea"),
}


def mislead(tables) -> Panel:
    """Choose what is shown, where the axis begins, what is drawn, unit and order; the lie factor
    and the honest twin follow.
    """
    whom = made(
        Dropdown,
        options=[(names, names) for names in SHOWN],
        value="Russia, North Korea",
        description="Show",
        width="420px",
    )
    start = made(
        SelectionSlider,
        options=[(f"{n:,}", n) for n in STARTS] + [(LEAST, LEAST)],
        value=0,
        description="Axis begins at",
        width="370px",
    )
    shape = made(
        Dropdown,
        options=[(text, key) for key, text in DRAWN.items()],
        value="bars",
        description="Drawn as",
        width="300px",
    )
    unit = made(
        Dropdown,
        options=[(text, key) for key, text in UNITS.items()],
        value="listings",
        description="Unit",
        width="265px",
    )
    order = made(
        Dropdown,
        options=[(text, key) for key, text in ORDERS.items()],
        value="largest",
        description="Order",
        width="200px",
    )
    rows = made(Checkbox, value=False, description="Show the rows", indent=False)
    panel = Panel(
        "How far can a chart of true figures mislead?", [whom, start, shape, unit, order, rows]
    )
    figures = {
        **sanction_figures(tables).set_index("country")["figure"],
        BEFORE: russia_parts(tables).set_index("part").at["before", "number"],
    }
    picture, states = TwinsPicture(tables), {}

    def draw(_=None):
        shown = SHOWN[whom.value]
        begins = int(min(figures[name] for name in shown)) if start.value == LEAST else start.value
        state = shown, begins, shape.value, unit.value, order.value
        if state not in states:
            states[state] = picture.as_set(*state).html(in_panel=True), picture.title
        html, title = states[state]
        panel.show(
            html + (rows_table(picture.evidence) if rows.value else ""),
            title,
            controls=(
                f"<p>Show: {whom.value}; axis begins at {start.label}; drawn as"
                f" {DRAWN[shape.value]}; unit: {UNITS[unit.value]}; order:"
                f" {ORDERS[order.value]}.</p>"
            ),
        )

    for control in (whom, start, shape, unit, order, rows):
        control.observe(draw, "value")
    draw()
    return panel
