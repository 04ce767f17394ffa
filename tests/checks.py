"""Checks that several files of tests share."""

import re
import shutil

import matplotlib.text
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.legend import Legend

from casebook.build.seeds import read_seeds
from casebook.records.reader import SeedsError
from helpers import HOUSE, spoil

SMALLEST = 13  # px: 10 pt
TALLEST = 5.3  # inches: a picture with its words fits a screen


def check_legible(picture, apart: str = ""):
    """Every text of a picture is large enough and inside it, none covers another, and the picture
    fits a screen.

    ``apart`` is a pattern: only texts that it matches whole must lie apart.
    """
    canvas = FigureCanvasAgg(picture)
    canvas.draw()  # legends and names of axes take their places only then
    renderer, frame, boxes = canvas.get_renderer(), picture.bbox, []
    legends = [legend for legend in picture.findobj(Legend) if not legend.get_visible()]
    hidden = {text for legend in legends for text in legend.get_texts()}
    for text in picture.findobj(matplotlib.text.Text):
        if text not in hidden and text.get_visible() and text.get_text().strip():
            assert text.get_fontsize() * 96 / 72 >= SMALLEST, text
            box = text.get_window_extent(renderer)
            assert (
                box.x0 >= -1 and box.x1 <= frame.x1 + 1 and box.y0 >= -1 and box.y1 <= frame.y1 + 1
            ), text
            if not apart or re.fullmatch(apart, text.get_text()):
                boxes.append((text.get_text(), box))
    assert boxes
    assert picture.get_size_inches()[1] <= TALLEST
    for i, (one, a) in enumerate(boxes):
        for other, b in boxes[i + 1 :]:
            assert not a.overlaps(b), f"{one} covers {other}"


def check_slip(folder, name: str, old: str, new: str, says: str):
    """One wrong word in a copy of the seeds, made in ``folder``, is noticed, and the message says
    this.
    """
    seeds = shutil.copytree(HOUSE / "seeds", folder / "seeds")
    spoil(seeds, name, old if re.match(r"\w+: ", old) else re.escape(old), new)
    with pytest.raises(SeedsError, match=re.escape(says)):
        read_seeds(seeds)
