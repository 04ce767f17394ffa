"""The as-of control that the lines of time share: a slider over the days that matter, Earlier and
Later, and the rows on request.
"""

from functools import cache

from ipywidgets import Button, Checkbox, SelectionSlider

from casebook.figure import rows_table
from casebook.figure.english import day
from casebook.widgets.panel import Panel, made

LATEST = "latest"


def explore_days(
    question: str, days: list[str], draw, new, latest: bool = False, width: str = "360px"
) -> Panel:
    """A panel that shows a picture as of each of ``days`` (ISO), opened at the first; ``latest``:
    and with all we have.

    ``draw(day)`` gives the exhibit of a day (None: all we have), whose title is what the panel
    says; ``new(index)`` is HTML of what became public since the day before.
    """
    options = [*((day(d), d) for d in days), *([("all we have", LATEST)] if latest else [])]
    slider = made(SelectionSlider, options=options, value=days[0], description="As of", width=width)
    earlier, later = made(Button, description="Earlier"), made(Button, description="Later")
    rows = made(Checkbox, value=False, description="Show the rows", indent=False)
    panel = Panel(question, [slider, earlier, later, rows])
    edge = {-1: "No earlier day. ", 1: "No later day. "}

    def drawn(value):
        return draw(None if value == LATEST else value)

    @cache
    def state(value):
        exhibit = drawn(value)
        return exhibit.html(in_panel=True), exhibit.title

    @cache
    def evidence(value):
        return rows_table(drawn(value).evidence)

    def step(by):
        # The buttons stay enabled at both ends: a button that is disabled while it has the focus
        # loses it.
        if 0 <= slider.index + by < len(options):
            slider.index += by
        else:
            panel.show(
                panel.result, edge[by] + panel.says.removeprefix(edge[-1]).removeprefix(edge[1])
            )

    def show(_=None):
        html, title = state(slider.value)
        seen = "With all we have" if slider.value == LATEST else f"As of {day(slider.value)}"
        panel.show(
            html
            + (new(slider.index) if 0 < slider.index < len(days) else "")
            + (evidence(slider.value) if rows.value else ""),
            f"{title}.",
            controls=f"<p>{seen}</p>",
        )

    earlier.on_click(lambda _: step(-1))
    later.on_click(lambda _: step(1))
    slider.observe(show, "value")
    rows.observe(show, "value")
    show()
    return panel
