"""Whatever is in a record, the reader answers with named problems or with rows; it never crashes
otherwise, and never hangs.
"""

import copy
import tempfile
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from casebook.build.seeds import read_seeds
from casebook.records import registry
from casebook.records.documents import Record
from casebook.records.reader import Problem, SeedsError, read_csv, read_one, read_yaml
from casebook.records.texts import check_against_text
from casebook.subjects.messages.schema import FirstUse
from helpers import HOUSE

RECORD = yaml.load(
    (HOUSE / "seeds/corpus/records/S0.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,
)
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # a record is written out 120 times
quick = settings(
    max_examples=120,
    derandomize=True,
    database=None,
)
scalars = st.one_of(
    st.text(max_size=40),
    st.integers().map(str),
    st.sampled_from(
        ["", "null", "2022-08-15", "S0-c01", "F001", "S0 ¶1", "agrees", "-1", "1e999", "\u202e"]
    ),
)
trees = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=12), inner, max_size=4)
    ),
    max_leaves=12,
)


def written(content: bytes, name="S0.yaml") -> Path:
    path = Path(tempfile.mkdtemp()) / name
    path.write_bytes(content)
    return path


def reads_or_names(read):
    """Run a reader; a SeedsError with problems is an answer, any other exception is not."""
    try:
        return read()
    except SeedsError as error:
        assert error.problems
        assert all(isinstance(p, Problem) and p.wrong for p in error.problems)


@quick
@given(st.binary(max_size=400))
@example(b"\xff\xfe- a")
@example(b"- \x85 a")
@example("- \u2028".encode())
@example(b"%YAML 9.9\n---\n- a")
@example(b"- !!python/object/apply:os.system ['true']")
def test_any_bytes(content):
    reads_or_names(lambda: read_yaml(written(content)))


@quick
@given(st.text(max_size=400))
def test_any_text_as_yaml_and_as_a_table(text):
    reads_or_names(lambda: read_yaml(written(text.encode("utf-8", "surrogatepass"))))
    problems = []
    assert (
        read_csv(
            FirstUse,
            written(text.encode("utf-8", "surrogatepass"), "first_uses.csv"),
            problems,
        )
        == []
    )
    assert problems


@quick
@given(trees)
def test_any_structure_as_a_record(tree):
    path = written(yaml.safe_dump(tree, allow_unicode=True).encode("utf-8", "surrogatepass"))
    problems = []
    assert read_one(Record, path, problems) == []
    assert problems
    assert all(str(p) for p in problems)


@pytest.mark.slow
@quick
@given(st.data())
def test_a_real_record_with_anything_in_place_of_one_of_its_fields(data):
    """A field at a random place is replaced; the answer is a record, or a problem that names the
    file and a line of it.
    """
    record = copy.deepcopy(RECORD)
    place = record
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if isinstance(place[key], (dict, list)) and place[key] and data.draw(st.booleans()):
            place = place[key]
            continue
        place[key] = data.draw(trees)
        break
    path = written(
        yaml.dump(record, Dumper=DUMPER, allow_unicode=True, sort_keys=False).encode(
            "utf-8", "surrogatepass"
        )
    )
    problems = []
    read = read_one(Record, path, problems)
    assert (read == []) == bool(problems)
    lines = len(path.read_text(encoding="utf-8", errors="replace").split("\n"))
    assert all(p.file == "S0.yaml" and 0 <= p.line <= lines for p in problems)
    if read:
        said = []
        check_against_text(read[0].row, path.parent, lambda *args: said.append(args))
        assert said  # no text lies there


def test_a_folder_with_nothing_in_it_is_told_file_by_file(tmp_path):
    try:
        read_seeds(tmp_path)
    except SeedsError as error:
        missing = {f"{name}.csv or {name}.yaml" for name in registry.written()}
        missing.discard("records.csv or records.yaml")  # a folder, which may be empty
        assert {problem.file for problem in error.problems} == missing
    else:
        raise AssertionError("an empty seeds/ was taken")
