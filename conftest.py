"""For every test, the notebooks' too: pytest asks the hooks of tests/ only for what lies there."""

import os
import tempfile
from pathlib import Path

import hypothesis
import pytest

pytest.register_assert_rewrite("checks", "helpers")
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

_work: dict[Path, str] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A notebook under test sees neither the articles' texts nor what anybody has kept here."""
    if type(item).__name__ != "IPyNbCell":
        return
    path = Path(item.path)
    if path not in _work:
        _work[path] = tempfile.mkdtemp(prefix="casebook-work-")
    os.environ["CASEBOOK_WORK"] = _work[path]
    if "CASEBOOK_TEXTS" in os.environ:
        os.environ["CASEBOOK_TEXTS_OF_TESTS"] = os.environ.pop("CASEBOOK_TEXTS")
