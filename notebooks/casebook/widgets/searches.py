"""The search behind a "none found", opened in place."""

from ipywidgets import Checkbox, Dropdown

from casebook.charts.searches import searches
from casebook.figure.english import shortened
from casebook.widgets.panel import Panel, made


def open_search(tables, *search_ids: str) -> Panel:
    """Choose a question, say how you would have searched, then open the search: its words, how much
    was read, what was found nearest.
    """
    asked = dict(zip(tables.searches["search_id"], tables.searches["asked"]))
    chosen = search_ids or tuple(asked)
    question = made(
        Dropdown,
        options=[(f"{key} · {shortened(asked[key], 76)}", key) for key in chosen],
        value=chosen[0],
        description="Question",
        width="98%",
    )
    opened = made(Checkbox, value=False, description="Open the search", indent=False, width="170px")
    panel = Panel(
        "How was it looked for? In which words would you have looked?", [question, opened]
    )

    def draw(_=None):
        key = question.value
        if not opened.value:
            panel.show(
                "<p>The search is closed. Write down three words, in any language you know, with"
                " which you would look.</p>",
                f"{key}: {asked[key]}",
                controls=f"<p>Question: {key}</p>",
            )
            return
        exhibit = searches(tables, key)
        panel.show(
            exhibit.html(in_panel=True), f"{exhibit.title}.", controls=f"<p>Question: {key}</p>"
        )

    def close(_):
        opened.value = False
        draw()

    question.observe(close, "value")
    opened.observe(draw, "value")
    draw()
    return panel
