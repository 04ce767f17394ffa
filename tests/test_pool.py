"""A class pooled: files from other machines are read safely; what is bad is named with its reason
and left out.
"""

import json
import os

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook.answers import shape
from casebook.answers.pool import COLUMNS, MOST_BYTES, pool
from casebook.answers.shape import Entry

AT = "2026-01-31T12:00:00Z"
ALLOWED = {
    "exercise": {
        "01-one": {"kind": "choose", "choices": ["a", "b"], "bins": []},
        "01-all": {"kind": "choose all", "choices": ["a", "b", "c"], "bins": []},
        "01-sort": {"kind": "sort", "choices": ["T1", "T2"], "bins": ["yes", "no"]},
        "01-number": {"kind": "number", "choices": [], "bins": []},
    },
    "prediction": {"01-predict": 7},
    "forecast": {"Q01@2022-08-01", "Q01@hindsight"},
    "phrases": {"P01", "P02", "P03"},
    "cannot": "cannot compare",
    "items": {"C01", "C02"},
    "codes": {"voice": {"quoted", "outlet"}},
}
GOOD = {
    ("exercise", "01-one"): "a",
    ("exercise", "01-all"): ["a", "c"],
    ("exercise", "01-sort"): {"T1": "yes"},
    ("exercise", "01-number"): 2,
    ("prediction", "01-predict"): 7,
    ("forecast", "Q01@2022-08-01"): 0.35,
    ("forecast", "Q01@hindsight"): "known",
    ("judgement", "P01|P03"): "P03",
    ("judgement", "P01|P02"): "cannot compare",
    ("coding", "C01/1/voice"): "outlet",
}


def file_of(learner, answers, at=AT) -> bytes:
    return shape.written(learner, {place: Entry(value, at) for place, value in answers.items()})


def put(folder, name, raw):
    (folder / name).write_bytes(raw)


def frame(rows, name):
    return pd.DataFrame(rows, columns=COLUMNS[name], dtype=object)


def test_good_files_become_tidy_tables(tmp_path):
    put(tmp_path, "b.json", file_of("Bo", {("exercise", "01-one"): "b"}))
    put(tmp_path, "a.json", file_of("Ada", GOOD))
    calls = []
    pooled = pool(tmp_path, ALLOWED, lambda *n: calls.append(n))
    assert pooled.learners == ["Ada", "Bo"]
    assert pooled.files == 2
    assert calls == [(1, 2), (2, 2)]
    assert pooled.problems.empty
    assert sorted(pooled.exercises["exercise"]) == [
        "01-all",
        "01-number",
        "01-one",
        "01-one",
        "01-predict",
        "01-sort",
    ]
    assert pooled.exercises.set_index(["learner", "exercise"]).at[("Ada", "01-sort"), "value"] == {
        "T1": "yes"
    }
    pd.testing.assert_frame_equal(
        pooled.forecasts,
        frame(
            [("Ada", "Q01", "2022-08-01", 0.35), ("Ada", "Q01", "hindsight", "known")], "forecasts"
        ),
    )
    pd.testing.assert_frame_equal(
        pooled.judgements,
        frame(
            [("Ada", "P01", "P02", "cannot compare"), ("Ada", "P01", "P03", "P03")], "judgements"
        ),
    )
    pd.testing.assert_frame_equal(
        pooled.codings, frame([("Ada", "C01", "1", "voice", "outlet")], "codings")
    )


@pytest.mark.parametrize("make", [lambda p: p, lambda p: p / "none"], ids=["empty", "missing"])
def test_an_empty_class_has_all_tables_with_their_columns(tmp_path, make):
    pooled = pool(make(tmp_path), ALLOWED)
    assert pooled.learners == []
    assert pooled.files == 0
    assert {name: list(getattr(pooled, name).columns) for name in COLUMNS} == COLUMNS
    assert all(getattr(pooled, name).empty for name in COLUMNS)


BAD_FILES = {
    "too large": (b" " * (MOST_BYTES + 1), "bytes; allowed: at most 1,000,000"),
    "not UTF-8": (b'{"schema": "\xff"}', "not UTF-8 text (byte 13)"),
    "UTF-16": ('{"schema": 1}'.encode("utf-16"), "not UTF-8"),
    "no JSON": (b"hello", "no JSON (line 1, column 1"),
    "empty": (b"", "no JSON"),
    "cut": (file_of("Ada", GOOD)[:200], "no JSON (line"),
    "too deep": (b"[" * 400_000, "nested too deep"),
    "deep objects": (b'{"a":' * 150_000, "nested too deep"),
    "NaN": (file_of("Ada", GOOD).replace(b"0.35", b"NaN"), "NaN, which is no number"),
    "Infinity": (
        file_of("Ada", GOOD).replace(b"0.35", b"-Infinity"),
        "-Infinity, which is no number",
    ),
    "digits": (file_of("Ada", GOOD).replace(b"0.35", b"9" * 100_000), "too many digits"),
    "twice": (b'{"schema": "casebook answers", "schema": "casebook answers"}', "a name twice"),
    "a list": (b"[]", "no file of answers"),
    "another schema": (b'{"schema": "grades"}', "no file of answers"),
    "newer": (
        file_of("Ada", GOOD).replace(b'"version": 1', b'"version": 2'),
        "newer casebook (version 2",
    ),
    "version": (file_of("Ada", GOOD).replace(b'"version": 1', b'"version": -1'), "its version is"),
    "markup as pseudonym": (
        file_of("Ada", GOOD).replace(b'"Ada"', b'"<b>Ada</b>"'),
        "allowed: 2 to 20 letters",
    ),
    "long pseudonym": (
        file_of("Ada", GOOD).replace(b'"Ada"', b'"' + b"a" * 10_000 + b'"'),
        "allowed: 2 to 20 letters",
    ),
    "shape": (
        b'{"schema": "casebook answers", "version": 1, "learner": "Ada", "answers": [1]}',
        "not sorted by kind",
    ),
    "kinds": (
        (
            b'{"schema": "casebook answers", "version": 1, "learner": "Ada", "answers":'
            b' {"exercise": [1]}}'
        ),
        "not sorted by kind",
    ),
    "many entries": (
        json.dumps(
            {
                "schema": "casebook answers",
                "version": 1,
                "learner": "Ada",
                "answers": {"exercise": {f"e{i}": {"value": 1, "at": AT} for i in range(6000)}},
            }
        ).encode(),
        "6,000 answers; allowed: at most 5,000",
    ),
    "all unknown": (
        file_of("Ada", {("exercise", f"99-{i}"): 1 for i in range(21)}),
        "21 of its answers can't be used, the first one at exercise, “99-0”",
    ),
}


@pytest.mark.parametrize("raw, why", BAD_FILES.values(), ids=BAD_FILES)
def test_a_bad_file_is_named_with_its_reason_and_left_out(tmp_path, raw, why):
    put(tmp_path, "a good.json", file_of("Bo", GOOD))
    put(tmp_path, "bad.json", raw)
    pooled = pool(tmp_path, ALLOWED)
    assert pooled.learners == ["Bo"]
    assert pooled.files == 2
    (problem,) = pooled.problems.itertuples()
    assert (problem.file, problem.place, problem.left_out) == ("bad.json", "the file", "file")
    assert why in problem.problem
    assert len(problem.problem) < 400


BAD_ENTRIES = [
    ("exercise", "01-gone", "a", "no such exercise; allowed: 01-all, 01-number, 01-one, 01-sort"),
    ("exercise", "01-one", "z", "“z” is none of its choices; allowed: a, b"),
    ("exercise", "01-one", ["a"], "none of its choices"),
    ("exercise", "01-one", 1, "none of its choices"),
    ("exercise", "01-one", "<img src=x onerror=alert(1)>", "none of its choices"),
    ("exercise", "01-one", "x" * 10_000, "10,000 characters; allowed: at most 500"),
    ("exercise", "01-all", ["a", "a"], "each once"),
    ("exercise", "01-all", "a", "no list"),
    ("exercise", "01-all", ["a", "z"], "no list"),
    ("exercise", "01-all", [], "no list"),
    ("exercise", "01-all", ["a"] * 61, "61 parts"),
    ("exercise", "01-sort", {"T9": "yes"}, "does not sort"),
    ("exercise", "01-sort", {"T1": "perhaps"}, "allowed: T1, T2 into no, yes"),
    ("exercise", "01-sort", {"T1": {"a": 1}}, "no texts"),
    ("exercise", "01-number", -1, "no count"),
    ("exercise", "01-number", 1.5, "no count"),
    ("exercise", "01-number", "2", "no count"),
    ("exercise", "01-number", 10**11, "no count"),
    ("exercise", "01-number", 10**40, "no answer"),
    ("exercise", "01-number", True, "no answer"),
    ("exercise", "01-number", None, "no answer"),
    ("exercise", "01-number", 1e300, "no answer"),
    ("prediction", "01-one", 1, "no such prediction"),
    ("prediction", "01-predict", 8, "a whole number from 0 to 7"),
    ("forecast", "Q09@2022-08-01", 0.5, "no such question on such a day"),
    ("forecast", "Q01@2022-08-02", 0.5, "no such question"),
    ("forecast", "Q01@2022-08-01", 1.5, "0 to 1"),
    ("forecast", "Q01@2022-08-01", "often", "0 to 1"),
    ("judgement", "P03|P01", "P01", "no pair of phrasings, sorted"),
    ("judgement", "P01|P01", "P01", "no pair"),
    ("judgement", "P01|P02|P03", "P01", "no pair"),
    ("judgement", "P01|P09", "P01", "no pair"),
    ("judgement", "P01|P02", "P03", "allowed: P01, P02, cannot compare"),
    ("coding", "C01/3/voice", "outlet", "no item, round and code"),
    ("coding", "C01/1/tone", "outlet", "no item, round and code"),
    ("coding", "C09/1/voice", "outlet", "no item"),
    ("coding", "C01/1/voice/x", "outlet", "no item"),
    ("coding", "C01/1/voice", "loud", "no value of voice; allowed: outlet, quoted"),
    ("coding", "C01/1/voice", 3, "names the choice"),
    ("writing", "07-write", "mine alone", "a text is not pooled"),
    ("grade", "01-one", 1, "no kind of answer"),
    ("exercise", "<script>", 1, "no key"),
    ("exercise", "a" * 10_000, 1, "no key"),
]


@pytest.mark.parametrize("kind, key, value, why", BAD_ENTRIES, ids=range(len(BAD_ENTRIES)))
def test_a_bad_entry_is_named_with_its_place_and_what_is_allowed(tmp_path, kind, key, value, why):
    document = json.loads(file_of("Ada", {("prediction", "01-predict"): 3}))
    document["answers"].setdefault(kind, {})[key] = {"value": value, "at": AT}
    put(tmp_path, "ada.json", json.dumps(document).encode())
    pooled = pool(tmp_path, ALLOWED)
    (problem,) = pooled.problems.itertuples()
    assert (problem.file, problem.left_out) == ("ada.json", "entry")
    assert kind in problem.place
    assert key[:20] in problem.place
    assert len(problem.place) < 100
    assert why in problem.problem
    assert "allowed" in problem.problem
    assert len(problem.problem) < 300
    assert "mine alone" not in problem.problem
    assert pooled.learners == ["Ada"]
    assert len(pooled.exercises) == (0 if (kind, key) == ("prediction", "01-predict") else 1)
    assert pooled.forecasts.empty
    assert pooled.judgements.empty
    assert pooled.codings.empty


@pytest.mark.parametrize(
    "entry",
    [
        5,
        {"value": "a"},
        {"value": "a", "at": "now"},
        {"value": "a", "at": AT, "grade": 6},
        None,
        [],
    ],
)
def test_an_entry_of_another_shape_is_left_out(tmp_path, entry):
    document = json.loads(file_of("Ada", {}))
    document["answers"]["exercise"] = {"01-one": entry}
    put(tmp_path, "ada.json", json.dumps(document).encode())
    pooled = pool(tmp_path, ALLOWED)
    assert list(pooled.problems["left_out"]) == ["entry"]
    assert pooled.exercises.empty


def test_of_two_files_of_one_pseudonym_the_one_with_the_latest_answer_is_used(tmp_path):
    put(tmp_path, "1.json", file_of("Ada", {("exercise", "01-one"): "a"}))
    put(tmp_path, "2.json", file_of("Ada", {("exercise", "01-one"): "b"}, "2026-02-01T12:00:00Z"))
    put(tmp_path, "3.json", file_of("Ada", {("exercise", "01-one"): "b"}, "2026-02-01T12:00:00Z"))
    pooled = pool(tmp_path, ALLOWED)
    assert pooled.learners == ["Ada"]
    assert list(pooled.exercises["value"]) == ["b"]
    assert list(pooled.problems["file"]) == ["1.json", "3.json"]
    assert all("one file a pseudonym" in p for p in pooled.problems["problem"])
    assert "2.json too; the one with the latest answer is used" in pooled.problems["problem"][0]
    assert "it says the same" in pooled.problems["problem"][1]


def test_links_folders_pipes_and_other_files_are_named_and_not_read(tmp_path):
    outside = tmp_path / "outside.json"
    outside.write_bytes(file_of("Eve", GOOD))
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "folder.json").mkdir()
    put(folder, "notes.txt", b"hello")
    put(folder, ".DS_Store", b"hidden files are the system's own")
    wanted = {"folder.json": "holds no file", "notes.txt": "does not end in .json"}
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "pipe.json")
        (folder / "link.json").symlink_to(outside)
        (folder / "nowhere.json").symlink_to(tmp_path / "nothing")
        wanted |= {"pipe.json": "no plain file", "link.json": "a link", "nowhere.json": "a link"}
    pooled = pool(folder, ALLOWED)
    assert pooled.learners == []
    assert pooled.files == len(wanted)
    found = dict(zip(pooled.problems["file"], pooled.problems["problem"]))
    assert set(found) == set(wanted)
    assert all(why in found[name] for name, why in wanted.items())


def test_a_hostile_name_of_a_file_is_shortened_to_one_line(tmp_path):
    names = ["<img src=x onerror=alert(1)>.json", "a\nb\u202e.json", "x" * 200 + ".json"]
    try:
        for name in names:
            put(tmp_path, name, b"")
    except OSError:
        pytest.skip("this file system has no such names")
    shown = list(pool(tmp_path, ALLOWED).problems["file"])
    assert len(shown) == 3
    assert all(name.isprintable() and len(name) <= 61 for name in shown)


def test_more_files_than_can_be_pooled_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr("casebook.answers.pool.MOST_FILES", 2)
    for n in range(3):
        put(tmp_path, f"{n}.json", file_of(f"Ada{n}", GOOD))
    pooled = pool(tmp_path, ALLOWED)
    assert pooled.learners == ["Ada0", "Ada1"]
    assert list(pooled.problems["file"]) == ["2.json"]


@pytest.mark.slow
@settings(max_examples=200)
@given(
    st.dictionaries(
        st.sampled_from([*shape.KINDS, "grade"]),
        st.dictionaries(
            st.sampled_from(
                [
                    "01-one",
                    "01-all",
                    "01-sort",
                    "01-number",
                    "01-predict",
                    "Q01@2022-08-01",
                    "P01|P02",
                    "C01/1/voice",
                ]
            )
            | st.text(max_size=6),
            st.fixed_dictionaries(
                {
                    "value": (
                        st.none()
                        | st.booleans()
                        | st.integers()
                        | st.floats(allow_nan=False, allow_infinity=False)
                        | st.text(max_size=5)
                        | st.sampled_from(["a", "known", "P01", "outlet"])
                        | st.lists(st.sampled_from("abz"), max_size=4)
                        | st.dictionaries(
                            st.sampled_from(["T1", "T9"]), st.sampled_from(["yes", "x"])
                        )
                    ),
                    "at": st.just(AT),
                }
            ),
            max_size=6,
        ),
        max_size=6,
    )
)
def test_whatever_stands_in_a_file_only_what_is_allowed_comes_in(tmp_path, answers):
    document = {"schema": shape.SCHEMA, "version": 1, "learner": "Ada", "answers": answers}
    put(tmp_path, "ada.json", json.dumps(document).encode())
    pooled = pool(tmp_path, ALLOWED)
    rows = sum(
        len(getattr(pooled, name)) for name in ("exercises", "forecasts", "judgements", "codings")
    )
    if "file" in set(pooled.problems["left_out"]):
        assert rows == 0
    else:
        counted = sum(
            int(row.problem.split()[0]) if row.place == "many entries" else 1
            for row in pooled.problems.itertuples()
        )
        assert rows + counted == sum(map(len, answers.values()))
    assert set(pooled.codings["value"]) <= {"outlet"}
    assert set(pooled.judgements["chosen"]) <= {"P01"}
    assert all(v == "known" or 0 <= v <= 1 for v in pooled.forecasts["value"])
