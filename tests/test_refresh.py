"""Re-executing notebooks: nothing that varies is stored, a difference is named, a failing cell is
told.
"""

import json

import nbformat
import pytest

from casebook.build import refresh


def notebook(path, *sources):
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(s, id=f"c{i}") for i, s in enumerate(sources)]
    )
    nbformat.write(book, path)
    return path


def test_renumber_gives_model_ids_by_first_use():
    text = (
        '"model_id": "'
        + "a" * 32
        + '" "model_id": "'
        + "b" * 32
        + '" "model_id": "'
        + "a" * 32
        + '"'
    )
    assert refresh.renumber(text).split('"model_id": ')[1:] == [
        f'"{1:032x}" ',
        f'"{2:032x}" ',
        f'"{1:032x}"',
    ]


@pytest.mark.notebook
def test_refresh_stores_and_then_finds_nothing_to_store(tmp_path, capsys):
    path = notebook(
        tmp_path / "01-a.ipynb",
        "import os\nprint('CASEBOOK_TEXTS' in os.environ,"
        " len(os.listdir(os.environ['CASEBOOK_WORK'])))",
    )
    assert refresh.refresh(tmp_path, [], check=True) == 1
    assert "DIFFERS" in capsys.readouterr().out
    assert refresh.refresh(tmp_path, ["01"]) == 0
    stored = path.read_bytes()
    assert refresh.refresh(tmp_path, [], check=True) == 0
    assert path.read_bytes() == stored
    cell = json.loads(stored)["cells"][0]
    assert cell["execution_count"] == 1
    assert "".join(cell["outputs"][0]["text"]) == "False 0\n"
    assert "execution" not in cell["metadata"]


@pytest.mark.notebook
def test_a_failing_cell_is_told_and_nothing_is_stored(tmp_path, capsys):
    path = notebook(tmp_path / "01-a.ipynb", "1 / 0")
    before = path.read_bytes()
    assert refresh.refresh(tmp_path, []) == 1
    assert "ZeroDivisionError: division by zero" in capsys.readouterr().out
    assert path.read_bytes() == before


def test_an_unknown_notebook_is_named_with_those_there_are(tmp_path):
    notebook(tmp_path / "01-a.ipynb")
    with pytest.raises(SystemExit, match="There is no notebook '07'. There are: 01-a."):
        refresh.choose(tmp_path, ["07"])
