"""The house style: matplotlib's settings (house.mplstyle), sizes and the palette."""

import re
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path

import matplotlib
import matplotlib.style

STYLE = Path(__file__).with_name("house.mplstyle")
WIDTH = 8.6  # inches: 826 px, the width of a notebook's output at 1280 x 800

# Safe for colour-blind eyes; each at least 4.5:1 on white. Never the only sign: shapes, hatches or
# words go with them.
STATES = {"Russia": "#0b5fa5", "North Korea": "#b23a00"}
YEARS = {"2022": "#6a3d9a", "2024": "#00695c", "2026": "#a3490a"}
INK, GREY, PALE = "#222222", "#6b6b6b", "#e3e3e3"
SOFT = "#444444"  # the ink of words beside the marks
DASHES = (0, (4, 3))  # a dashed line: long enough to be seen as one

# Settings of windows, keys and programs beside the drawing: nobody's are touched.
ELSEWHERE = re.compile(
    r"backend|interactive|toolbar|timezone|date\.epoch|keymap|webagg|tk\.|animation|"
    r"figure\.(max_open_warning|raise_window|hooks)|savefig\.directory|docstring"
)


@cache
def style() -> dict:
    """All of matplotlib's settings that concern a drawing: its own, and the house's in their
    place. What a learner or another program has set (TeX for text, a sketch of lines …) is none of
    them.
    """
    _put_own_fonts_first()
    own = matplotlib.rcParamsDefault
    drawing = {name: own[name] for name in own if not ELSEWHERE.match(name)}
    return drawing | dict(matplotlib.rc_params_from_file(STYLE, use_default_template=False))


def _put_own_fonts_first() -> None:
    """Have text drawn with the DejaVu Sans that matplotlib brings. Of two fonts of one name it
    takes the first in its list, and a machine's own has other glyphs, so gives another picture.
    """
    from matplotlib.font_manager import fontManager  # late: a lesson without pictures needs it not

    before = len(fontManager.ttflist)
    for path in sorted(Path(matplotlib.get_data_path()).glob("fonts/ttf/DejaVuSans*.ttf")):
        fontManager.addfont(path)
    fontManager.ttflist = fontManager.ttflist[before:] + fontManager.ttflist[:before]


def styled(function: Callable) -> Callable:
    """Draw in the house style, whatever a learner has set."""

    @wraps(function)
    def wrapper(*args, **kwargs):
        with matplotlib.rc_context():
            # As rc_context itself puts them back: they were validated once.
            dict.update(matplotlib.rcParams, style())
            return function(*args, **kwargs)

    return wrapper
