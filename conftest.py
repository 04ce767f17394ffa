"""For every test, the notebooks' too: pytest asks the hooks of tests/ only for what lies there."""

import gc
import os
import tempfile
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck

pytest.register_assert_rewrite("checks", "helpers")
hypothesis.settings.register_profile(
    "any machine",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("any machine")

LONG = ("browser", "notebook", "pages", "slow")  # the markers that --quick leaves out
BROWSER = Path(__file__).parent / "tests" / "browser"
ON_REQUEST = ("grown", "hub", "programs", "site")  # left out unless asked for: -m site

_work: dict[Path, str] = {}


def pytest_addoption(parser):
    parser.addoption(
        "--quick", action="store_true", help="leave out browser, notebooks and what is slow"
    )
    parser.addoption(
        "--rewrite-wording", action="store_true", help="write tests/wording anew, to read its diff"
    )


def _left_out(config, items) -> list:
    """The tests that this run doesn't ask for."""
    markers = LONG if config.getoption("quick") else ()
    asked = config.getoption("markexpr")
    markers = (*markers, *(name for name in ON_REQUEST if name not in asked))
    return [item for item in items if any(map(item.get_closest_marker, markers))]


def _is_cell(item) -> bool:
    return type(item).__name__ == "IPyNbCell"


def pytest_ignore_collect(collection_path, config):
    """What --quick leaves out whole is not even read."""
    if not config.getoption("quick"):
        return None
    return collection_path.suffix == ".ipynb" or collection_path == BROWSER or None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    for item in filter(_is_cell, items):
        item.add_marker("notebook")
    for item in items:
        if "edition" in getattr(item, "fixturenames", ()):
            item.add_marker("pages")
    left_out = _left_out(config, items)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        kept = set(items) - set(left_out)
        items[:] = [item for item in items if item in kept]


def pytest_collection_finish():
    """What was read stays: the collector of garbage need not look at it with each test, nor at
    what the tests make every few hundred objects. It spares a tenth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_terminal_summary(terminalreporter, config):
    if config.getoption("quick"):
        terminalreporter.write_line(
            "Without the tests in a browser, those that run notebooks or build pages, and the slow"
            " ones (--quick)."
        )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A notebook under test sees neither the articles' texts nor what anybody has kept here."""
    if not _is_cell(item):
        return
    item.output_timeout = 600  # seconds: a slow machine is no failure
    path = Path(item.path)
    if path not in _work:
        _work[path] = tempfile.mkdtemp(prefix="casebook-work-")
    os.environ["CASEBOOK_WORK"] = _work[path]
    if "CASEBOOK_TEXTS" in os.environ:
        os.environ["CASEBOOK_TEXTS_OF_TESTS"] = os.environ.pop("CASEBOOK_TEXTS")
