"""Whatever a learner or another program has set in matplotlib: an exhibit is drawn in our style."""

import dataclasses
import os

import matplotlib
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import findfont, fontManager

from casebook.core.backend import INLINE, mend_backend
from casebook.exercises.pyplot_figures import svg
from casebook.figure.style import ELSEWHERE, style
from casebook.subjects.reports.charts.reports import voices

SET = {
    "TeX for all text": {"text.usetex": True},
    "a sketch of lines": {"path.sketch": (1, 100, 2)},
    "a layout engine": {"figure.autolayout": True},
    "a dark ground": {"axes.facecolor": "black", "figure.facecolor": "black"},
    "other sizes": {"font.size": 30, "lines.linewidth": 9, "figure.dpi": 300},
    "a grid and no frame": {"axes.grid": True, "axes.spines.top": False, "xtick.top": True},
    "commas for points": {"axes.formatter.use_locale": True},
}


@pytest.fixture(scope="module")
def plain(tables) -> bytes:
    return voices(tables).svg()


@pytest.mark.parametrize("settings", SET.values(), ids=SET)
def test_a_picture_is_the_same_whatever_is_set(tables, plain, settings):
    with matplotlib.rc_context(settings):
        assert voices(tables).svg() == plain


def test_a_learners_own_chart_needs_no_latex():
    with matplotlib.rc_context({"text.usetex": True}):
        figure = Figure()
        axes = figure.add_subplot()
        axes.bar(["one", "two"], [1, 2])
        axes.set_title("Under 50 % & more_or_less")
        assert b"<svg" in svg(figure)


@pytest.mark.parametrize(
    "left, found",
    [
        ("module://ipympl_of_another.backend_nbagg", INLINE),
        ("module://backend_of_an_editor", INLINE),
        (INLINE, INLINE),
        ("agg", "agg"),
        ("", ""),
    ],
)
def test_a_back_end_that_is_not_installed_here_is_none(monkeypatch, left, found):
    monkeypatch.setenv("MPLBACKEND", left)
    mend_backend()
    assert os.environ["MPLBACKEND"] == found


def test_text_is_drawn_with_the_font_that_matplotlib_brings(monkeypatch):
    """And not with a machine's own of the same name, as a list of fonts may have it first."""
    own = findfont("DejaVu Sans")
    other = dataclasses.replace(
        next(font for font in fontManager.ttflist if font.fname == own), fname=__file__
    )
    monkeypatch.setattr(fontManager, "ttflist", [other, *fontManager.ttflist])
    style.cache_clear()
    style()
    assert findfont("DejaVu Sans", rebuild_if_missing=False) == own
    style.cache_clear()


def test_windows_and_keys_are_left_alone():
    assert not [name for name in style() if ELSEWHERE.match(name)]
    assert {"text.usetex", "svg.hashsalt", "path.sketch"} <= set(style())
