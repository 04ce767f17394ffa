"""What the tests share: the tables, the folder of the articles' texts, a work folder of its own for
each notebook.
"""

import os
import secrets
import sys
import tempfile
from pathlib import Path

import hypothesis
import pytest

HOUSE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HOUSE / "notebooks"))

pytest.register_assert_rewrite("checks")
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

_work: dict[Path, str] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """A notebook under test sees neither the articles' texts nor what an earlier run kept."""
    if type(item).__name__ != "IPyNbCell":
        return
    os.environ["CASEBOOK_WORK"] = _work.setdefault(
        Path(item.path), tempfile.mkdtemp(prefix="casebook-work-")
    )
    if "CASEBOOK_TEXTS" in os.environ:
        os.environ["CASEBOOK_TEXTS_OF_TESTS"] = os.environ.pop("CASEBOOK_TEXTS")


@pytest.fixture(autouse=True)
def no_work_of_mine(tmp_path_factory, monkeypatch):
    """No test sees or changes the work of whoever runs it: each has an empty folder of its own."""
    monkeypatch.setenv(
        "CASEBOOK_WORK", str(tmp_path_factory.getbasetemp() / "work" / secrets.token_hex(8))
    )


@pytest.fixture(scope="session")
def tables():
    """The tables of data/, latest view."""
    from casebook.tables import Tables

    return Tables()


@pytest.fixture(scope="session")
def texts() -> Path:
    """The folder of the five texts; the test is skipped, with the reason, where there is none."""
    named = os.environ.get("CASEBOOK_TEXTS") or os.environ.get("CASEBOOK_TEXTS_OF_TESTS")
    if not named:
        pytest.skip(
            "CASEBOOK_TEXTS names no folder with the articles' texts: nothing to compare with"
        )
    assert Path(named).is_dir(), f"CASEBOOK_TEXTS names {named}, which is no folder"
    return Path(named)


@pytest.fixture(scope="session")
def articles(texts, tables) -> dict[str, list[str]]:
    """The paragraphs of each document's text."""
    from casebook.build.seeds import paragraphs_of

    return {
        row.source_id: paragraphs_of((texts / row.file).read_text(encoding="utf-8"))
        for row in tables.sources.itertuples()
    }


def notebooks() -> list[Path]:
    """The committed notebooks."""
    return sorted(p for p in (HOUSE / "notebooks").glob("*.ipynb") if not p.name.startswith("."))


def lessons() -> list[Path]:
    """The notebooks that are lessons: their name begins with a number."""
    return [p for p in notebooks() if p.stem[:2].isdigit()]


def prose_files() -> list[Path]:
    """Every text file of ours that could hold borrowed wording or an address."""
    found = []
    for folder in (
        "",
        "seeds",
        "seeds/records",
        "seeds/exercises",
        "seeds/code",
        "data",
        "notebooks",
        "notebooks/teach",
        "tests",
    ):
        for path in sorted((HOUSE / folder).glob("*")):
            if path.suffix in {
                ".md",
                ".yaml",
                ".yml",
                ".csv",
                ".json",
                ".py",
                ".ipynb",
                ".html",
                ".txt",
                ".cff",
            }:
                found.append(path)
    return found + sorted((HOUSE / "notebooks" / "casebook").rglob("*.py"))
