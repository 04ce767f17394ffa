"""The pieces of a page as HTML, readable before any script has run, and on paper."""

import re
from html import escape

from casebook.edition.prose import page_of
from casebook.exercises import Exercise
from casebook.figure import marked
from casebook.panel.panel import Panel

LAB = "in JupyterLab, which <code>python start.py</code> opens"  # where a part needs Python
IN_LAB = f"<p class='ed-where'>This part needs Python: it works {LAB}.</p>"
NEEDS = f"<p class='ed-where'>{{}} It works {LAB}.</p>"
NOT_YOURS = (
    "<p class='ed-where'>What you keep in this browser does not enter here; in JupyterLab your own"
    " answers do.</p>"
)
ANSWERS = "Your answers"
RUN = "<p><em>Run this notebook to use the controls.</em></p>"  # what a stored panel ends with


def cell_of(place: int, html: str) -> str:
    """What a cell of the notebook gives: a step on the projector begins with one."""
    return f"<div class='ed-cell' data-cell='{place}'>{html}</div>"


def code(source: str) -> str:
    """A cell's source."""
    return f"<pre class='ed-code' tabindex='0'><code>{escape(source)}</code></pre>"


def plain(text: str) -> str:
    """What a cell printed."""
    return f"<pre class='ed-printed' tabindex='0'>{escape(text)}</pre>"


def output(html: str) -> str:
    """What a cell showed when it was stored."""
    html = re.sub(r"<style.*?</style>", "", html, flags=re.DOTALL).replace(RUN, IN_LAB)
    html = re.sub(r"(?<=href=[\"'])[^\"']+", lambda found: page_of(found[0]), html)
    return f"<div class='ed-output'>{html}</div>"


def declared(panel: Panel, number: int | None, note: str = "") -> str:
    """A panel whose states the page brings along under a number; None: as it is stored, with the
    way to where it works.
    """
    if number is None:
        where = NEEDS.format(panel.not_in_page) if panel.not_in_page else IN_LAB
        return _frame(panel, "", where)
    return _frame(panel, f" data-panel='{number}'", note)


def scene(panel: Panel, number: int) -> str:
    """A panel that a model of the page's script plays under a number."""
    return _frame(panel, f" data-scene='{number}'", "")


def asked(panel: Panel, task: Exercise, part: str) -> str:
    """An exercise; ``part`` says what is asked of the learner: check, commit or compare. In a
    check-out the addresses wait for the first check.
    """
    waits = " data-waits" if task.group == "check-out" else ""
    return _frame(panel, f" data-task='{escape(task.id)}' data-part='{part}'{waits}", "")


def own_work(heading: str = "h2") -> str:
    """The place for what a learner has kept in this browser."""
    return (
        f"<section id='your-answers' class='lp-panel' aria-labelledby='your-answers-name'>"
        f"<{heading} id='your-answers-name'>{ANSWERS}</{heading}><p>What you choose and write is"
        " kept in this browser, on this machine, and goes nowhere. An export is a file with your"
        " choices, for your teacher or for another browser.</p><div class='lp-controls'></div>"
        "<noscript><p>This needs scripts, which are switched off.</p></noscript></section>"
    )


def _frame(panel: Panel, data: str, note: str) -> str:
    lead = f"<div class='lp-lead'>{panel.lead}</div>" if panel.lead else ""
    name = escape(panel.question, quote=True)
    return (
        f"<div class='lp-panel' role='group' aria-label=\"{name}\"{data}>"
        f"<p class='lp-question'>{marked(panel.question)}</p>{lead}"
        f"<div class='lp-controls'>{panel.told}</div>"
        f"<p class='lp-says' aria-live='polite'>{marked(panel.says)}</p>"
        f"<div class='lp-result'>{panel.result}</div>{note}</div>"
    )
