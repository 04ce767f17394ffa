"""Figures that a learner draws with pyplot, shown as the casebook shows its own: a sharp picture
with words for it.

Jupyter would print such a figure as PNG without a description. ``take_over`` puts ``show`` in its
place, where ``%matplotlib inline`` does not reach: that clears the printers of picture formats, not
those that display by themselves.
"""

import base64
import io
import re
import sys
from html import escape

import matplotlib
import numpy as np
from IPython.core.interactiveshell import InteractiveShell
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.category import StrCategoryFormatter
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.container import BarContainer
from matplotlib.dates import AutoDateFormatter, DateFormatter, num2date
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter

from casebook.figure import Exhibit

MARGIN, POINTS = 0.1, 72  # round a figure, inches; points in an inch, the unit of matplotlib's SVG
FRAME = re.compile(rb'width="[^"]+" height="[^"]+" viewBox="[^"]+"')
SECOND = 1 / 86400  # in days: the middle of a bar may fall a hair short of midnight
NAMED = 12  # at most so many bars are named one by one in a description
# The same figure gives the same bytes; letters as outlines, so that it looks the same everywhere.
SAME_BYTES = {
    "svg.hashsalt": "letters-to-pact",
    "svg.fonttype": "path",
    "savefig.bbox": "standard",
    "text.usetex": False,
}


def take_over(shell: InteractiveShell) -> None:
    """Let an IPython shell show Figures by ``show``."""
    shell.display_formatter.ipython_display_formatter.for_type(Figure, show)


def show(figure: Figure) -> None:
    """Show a figure once: it is closed in pyplot, which else would print it again at the end of the
    cell.
    """
    if isinstance(figure, Exhibit):
        return figure._ipython_display_()
    from IPython.display import display

    display({"text/html": html(figure), "text/plain": described(figure)}, raw=True)
    close(figure)


def close(figure: Figure) -> None:
    """Take a figure out of pyplot's list of open ones, where pyplot is loaded at all. The figure
    itself lives on.
    """
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close(figure)


def svg(figure: Figure) -> bytes:
    """The figure as SVG, cut to what is drawn as Jupyter does, so that long labels are not lost.

    bbox_inches="tight" would draw all of it twice. An SVG holds what lies outside of its frame too:
    draw once, then move the frame. Letters are matplotlib's own, whatever a learner has set: LaTeX
    may not be there.
    """
    out = io.BytesIO()
    for words in figure.findobj(Text):
        words.set_usetex(False)
    with matplotlib.rc_context(SAME_BYTES):
        figure.savefig(
            out, format="svg", facecolor="white", metadata={"Date": None, "Creator": None}
        )
    drawn = figure.get_tightbbox().padded(MARGIN)
    left, top = drawn.x0 * POINTS, (figure.get_figheight() - drawn.y1) * POINTS
    wide, high = drawn.width * POINTS, drawn.height * POINTS
    frame = (
        f'width="{wide:.2f}pt" height="{high:.2f}pt" viewBox="{left:.2f} {top:.2f} {wide:.2f}'
        f' {high:.2f}"'
    )
    return FRAME.sub(frame.encode("ascii"), out.getvalue(), count=1)


def html(figure: Figure) -> str:
    """The figure as HTML, with its description."""
    coded = base64.b64encode(svg(figure)).decode("ascii")
    return (
        '<figure class="lp-exhibit" style="margin: 0"><img'
        f' alt="{escape(described(figure), quote=True)}" src="data:image/svg+xml;base64,{coded}"'
        ' style="max-width: 100%; height: auto; background: white"><figcaption>Source: drawn by'
        " the code above from the casebook's tables</figcaption></figure>"
    )


def described(figure: Figure) -> str:
    """What a figure shows, in words and numbers: title, axes, bars, lines, points. What has no name
    is said to have none.
    """
    parts = [_axes_described(axes) for axes in figure.axes if axes.get_visible()]
    return "\n".join(parts) or "An empty figure: it has 0 charts."


def _axes_described(axes) -> str:
    says = [f"Chart: {title}." if (title := title_of(axes)) else "A chart that has no title yet."]
    for which, axis, (low, high) in (
        ("Across", axes.xaxis, axes.get_xlim()),
        ("Upwards", axes.yaxis, axes.get_ylim()),
    ):
        spans = (
            "words"
            if has_words(axis)
            else (
                f"days from {_name(axis, low)} to {_name(axis, high)}"
                if _has_dates(axis)
                else f"numbers from {low:.4g} to {high:.4g}"
            )
        )
        says.append(f"{which}: {axis.get_label_text() or 'an axis without a name'}, {spans}.")
    if bars := bars_of(axes):
        named = [f"{name} {value:.6g}" for name, value in list(bars.items())[:NAMED]]
        left = f" and {len(bars) - NAMED} more" if len(bars) > NAMED else ""
        says.append(f"Bars: {len(bars)}: {', '.join(named)}{left}.")
    for line in axes.lines:
        if len(points := _points(line)):
            heights = [y for _, y in points]
            says.append(
                f"{'A line of' if is_joined(line) else 'Dots without a line:'} {len(points)} points"
                f" from {points[0][0]} ({points[0][1]:.6g}) to {points[-1][0]}"
                f" ({points[-1][1]:.6g}), lowest {min(heights):.6g}, highest {max(heights):.6g}."
            )
    if dots := sum(len(c.get_offsets()) for c in _scatters(axes)):
        says.append(f"Points: {dots}.")
    if alone := sum(
        len(c.get_segments()) for c in axes.collections if isinstance(c, LineCollection)
    ):
        says.append(f"Straight lines without points, such as intervals: {alone}.")
    if words := [text.get_text() for text in axes.texts if text.get_text().strip()]:
        says.append(f"Words in it: {', '.join(words[:NAMED])}.")
    if len(says) == 3 and not axes.patches and not axes.images:
        says.append("Nothing is drawn in it yet.")
    return " ".join(says)


def title_of(axes: Axes) -> str:
    """The title of a chart, wherever it was set; the figure's where the chart has none. Empty:
    none.
    """
    found = [axes.get_title(place) for place in ("center", "left", "right")] + [
        axes.figure.get_suptitle()
    ]
    return next((title.strip() for title in found if title.strip()), "")


def marks_of(figure: Figure) -> dict[str, float]:
    """What a figure's marks say: the bars' names and lengths or, where there are none, the points
    of lines and of ax.scatter.
    """
    marks = {}
    for axes in figure.axes:
        for name, value in bars_of(axes).items():
            marks[name] = marks.get(name, 0) + value
    if not marks:
        marks = {name: value for axes in figure.axes for name, value in _dots(axes)}
    return marks


def _dots(axes) -> list[tuple[str, float]]:
    """The points of a chart, of its lines and of ax.scatter: name at the axis below and height."""
    scattered = [
        (_name(axes.xaxis, x), float(y))
        for dots in _scatters(axes)
        for x, y in np.ma.filled(dots.get_offsets(), np.nan)
        if y == y
    ]
    return [point for line in axes.lines for point in _points(line)] + scattered


def _scatters(axes) -> list:
    return [c for c in axes.collections if isinstance(c, PathCollection)]


def bars_of(axes: Axes) -> dict[str, float]:
    """The bars of a chart, standing or lying: name as printed at its axis → length; stacked ones
    are summed.
    """
    bars = {}
    for container in axes.containers:
        if isinstance(container, BarContainer):
            for patch in container.patches:
                name, length = _bar(axes, container, patch)
                bars[name] = bars.get(name, 0) + length
    return bars


def _bar(axes, container, patch):
    if container.orientation == "horizontal":
        return _name(axes.yaxis, patch.get_y() + patch.get_height() / 2), float(patch.get_width())
    return _name(axes.xaxis, patch.get_x() + patch.get_width() / 2), float(patch.get_height())


def _name(axis, place: float) -> str:
    """What an axis prints at a place: the word of a category, a date by its day, else the
    number.
    """
    if _named_places(axis):
        places = np.asarray(axis.get_majorticklocs(), dtype=float)
        if len(places) and abs(places - place).min() < 0.5:
            return str(
                axis.get_major_formatter().format_ticks(places)[int(abs(places - place).argmin())]
            )
    if _has_dates(axis):
        return str(num2date(place + SECOND).date())
    return mark_name(place)


def mark_name(value: object) -> str:
    """What a bar or point is called: a word as it is, a number without needless noughts, a date by
    its day.
    """
    if isinstance(value, (int, float, np.number)):
        return f"{value:g}"
    return str(value)[:10] if isinstance(value, np.datetime64) else str(value)


def _has_dates(axis) -> bool:
    return isinstance(axis.get_major_formatter(), (AutoDateFormatter, DateFormatter))


def is_joined(line: Line2D) -> bool:
    """Whether a line is drawn through the points of ax.plot, which else are dots."""
    return line.get_linestyle() not in ("None", "", " ")


def _named_places(axis) -> bool:
    """Whether each place of an axis has a name of its own: categories, or labels set by hand."""
    formatter = axis.get_major_formatter()
    return isinstance(formatter, (StrCategoryFormatter, FixedFormatter)) or (
        isinstance(formatter, FuncFormatter) and isinstance(axis.get_major_locator(), FixedLocator)
    )


def has_words(axis: Axis) -> bool:
    """Whether words stand at an axis, which then explains itself: categories, and not years or
    numbers as text ('2024', 'S0' is a word).
    """
    printed = (
        axis.get_major_formatter().format_ticks(axis.get_majorticklocs())
        if _named_places(axis)
        else []
    )
    return any(text.strip() and not text.strip().isdigit() for text in printed)


def _points(line) -> list[tuple[str, float]]:
    across, upwards = (
        np.atleast_1d(line.get_xdata(orig=True)),
        np.atleast_1d(line.get_ydata(orig=False)),
    )
    return [(mark_name(x), float(y)) for x, y in zip(across, upwards) if y == y]
