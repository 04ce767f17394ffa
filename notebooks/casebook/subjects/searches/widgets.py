"""The search behind a "none found", opened in place."""

from casebook.core.tables import Tables
from casebook.figure import Exhibit
from casebook.figure.english import shortened
from casebook.panel.controls import choose, tick
from casebook.panel.explore import Shown, explore
from casebook.panel.panel import Panel
from casebook.subjects.searches.charts import searches

__all__ = ["open_search"]


def open_search(tables: Tables, *search_ids: str) -> Panel:
    """Choose a question, say how you would have searched, then open the search: its words, how much
    was read, what was found nearest.
    """
    asked = dict(zip(tables.searches["search_id"], tables.searches["asked"]))

    def draw(question: str, opened: bool) -> Exhibit | Shown:
        if opened:
            return searches(tables, question)
        return Shown(
            f"<p>The search is closed.<sup>{question}</sup> Write down three words, in any language"
            " you know, with which you would look.</p>",
            asked[question],
        )

    return explore(
        "How was it looked for? In which words would you have looked?",
        question=choose(
            "Question",
            [(shortened(asked[key], 82), key) for key in search_ids or asked],
            width="98%",
        ),
        opened=tick("Open the search", width="170px", anew="question"),
        draw=draw,
        stored="Question: {question}",
        rows="",
    )
