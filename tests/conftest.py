"""What the tests share: the tables, the folder of the articles' texts, a class."""

import os
import secrets
from pathlib import Path

import pytest
from filelock import FileLock

from casebook.answers import shape
from casebook.answers.shape import Entry
from casebook.classroom import class_work
from casebook.classroom.work import FOLDER
from helpers import build_edition
from starting import copy_project, load_start, stand_ins

AT = "2026-01-31T12:00:00Z"


@pytest.fixture(autouse=True)
def no_work_of_mine(tmp_path_factory, monkeypatch):
    """No test sees or changes the work of whoever runs it: each has an empty folder of its own."""
    monkeypatch.setenv(
        "CASEBOOK_WORK", str(tmp_path_factory.getbasetemp() / "work" / secrets.token_hex(8))
    )


@pytest.fixture(scope="session")
def tables():
    """The tables of data/, latest view."""
    from casebook.core.tables import Tables

    return Tables()


@pytest.fixture(scope="session")
def edition(tmp_path_factory, worker_id) -> Path:
    """The folder of the edition, built once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "edition"
    with FileLock(f"{folder}.lock"):
        if not folder.exists():
            build_edition(folder)
    return folder


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
    from casebook.records.texts import paragraphs_of

    return {
        row.source_id: paragraphs_of((texts / row.file).read_text(encoding="utf-8"))
        for row in tables.sources.itertuples()
    }


@pytest.fixture(scope="module")
def synthetic(tables, tmp_path_factory):
    before = os.environ.get("CASEBOOK_WORK")
    os.environ["CASEBOOK_WORK"] = str(tmp_path_factory.mktemp("empty"))
    try:
        return class_work(tables)
    finally:
        (
            os.environ.pop("CASEBOOK_WORK")
            if before is None
            else os.environ.update(CASEBOOK_WORK=before)
        )


@pytest.fixture
def hand_in():
    folder = Path(os.environ["CASEBOOK_WORK"]) / FOLDER
    folder.mkdir(parents=True)

    def put(learner, answers):
        (folder / f"{learner}.json").write_bytes(
            shape.written(learner, {place: Entry(value, AT) for place, value in answers.items()})
        )

    put.folder = folder
    return put


@pytest.fixture
def start(tmp_path, monkeypatch):
    """start.py as a module, for a copy of the project in a folder with spaces and other letters, on
    a computer that has no other Python.
    """
    module = load_start()
    monkeypatch.setattr(module, "ROOT", copy_project(tmp_path / "Größe 북 русский"))
    monkeypatch.setattr(module, "other_python", list)
    return module


@pytest.fixture
def tools(start):
    """Stand-ins for the tools: what they were asked, and what each shall answer."""
    return stand_ins(start)
