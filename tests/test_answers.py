"""Answers kept: saved at every change, whole or not at all; nothing is lost through a mishap, and
each is told.
"""

import errno
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import filelock
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casebook import answers
from casebook.answers import export, shape, store
from casebook.answers.store import NAME, NotKept, Work
from helpers import HOUSE


@pytest.fixture
def work(tmp_path):
    return Work(tmp_path / "work")


def again(work):
    """The same folder, as another kernel sees it."""
    return Work(work.folder)


def in_another_process(folder, code, *arguments, check=True):
    """Run code with ``work`` (the folder's Work) in a Python of its own."""
    code = (
        "import os, sys\nfrom casebook.answers import shape, store\nwork ="
        f" store.Work(sys.argv[1])\n{code}"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(folder), *arguments],
        env=os.environ | {"PYTHONPATH": str(HOUSE / "notebooks")},
        check=check,
        capture_output=True,
        text=True,
    )


SOME = [
    ("exercise", "01-sort", {"T06": "supported"}),
    ("exercise", "00-knowable", ["F003", "F044"]),
    ("exercise", "00-dates", 2),
    ("exercise", "01-photograph", "2019-04"),
    ("prediction", "06-predict", 12),
    ("forecast", "Q01@2022-08-01", 0.35),
    ("forecast", "Q02@hindsight", "known"),
    ("judgement", "P03|P11", "cannot compare"),
    ("coding", "C05/1/voice", "paraphrased"),
    ("writing", "07-write", "Unconditional?\n<b>Ж 朝</b>"),
]


@pytest.mark.parametrize("kind, key, value", SOME)
def test_what_is_kept_is_there_for_the_next_kernel(work, kind, key, value):
    work.keep(kind, key, value)
    assert again(work).kept(kind) == {key: value}
    assert again(work).kept(kind, key) == value
    assert again(work).kept(kind, "nothing", "default") == "default"


def test_nothing_is_made_before_something_is_kept(work):
    assert work.kept("exercise") == {}
    assert work.notices() == []
    assert not work.folder.exists()
    work.forget("exercise", "01-sort")
    assert not work.folder.exists()


def test_a_set_is_kept_sorted_and_a_value_can_be_forgotten(work):
    work.keep("exercise", "00-knowable", {"F044", "F003"})
    assert work.kept("exercise", "00-knowable") == ["F003", "F044"]
    work.forget("exercise", "00-knowable")
    assert again(work).kept("exercise") == {}


def test_the_file_is_readable_sorted_and_names_its_schema(work):
    for kind, key, value in reversed(SOME):
        work.keep(kind, key, value)
    text = work.path.read_text("utf-8")
    document = json.loads(text)
    assert document["schema"] == "casebook answers"
    assert document["version"] == 1
    assert "Ж 朝" in text
    assert text.endswith("}\n")
    assert list(document) == sorted(document)
    assert all(
        list(kept) == sorted(kept) for kept in [document["answers"], *document["answers"].values()]
    )
    assert all(
        any(f'"{key}": {{"at": ' in line for line in text.splitlines()) for _, key, _ in SOME
    ), "a line an answer"
    assert work.path.read_bytes() == shape.written(
        work.pseudonym, dict(reversed(work.entries().items()))
    )
    assert json.loads(shape.written("Ada", {})) == {
        "answers": {},
        "learner": "Ada",
        "schema": "casebook answers",
        "version": 1,
    }
    assert [p.name for p in work.folder.iterdir() if not p.name.startswith(".")] == [NAME]


def test_the_folder_is_the_one_named_or_my_work_beside_the_notebooks(tmp_path, monkeypatch):
    monkeypatch.setenv("CASEBOOK_WORK", str(tmp_path / "mine"))
    assert answers.learner().folder == tmp_path / "mine"
    assert answers.learner() is answers.learner()
    monkeypatch.delenv("CASEBOOK_WORK")
    assert answers.learner().folder == HOUSE / "my_work"
    assert "my_work/" in (HOUSE / ".gitignore").read_text("utf-8").splitlines()


# -- what may be kept ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind, key, value, why",
    [
        ("exercise", "", 1, "no key"),
        ("exercise", "a" * 121, 1, "no key"),
        ("exercise", "<b>", 1, "no key"),
        ("exercise", 7, 1, "no key"),
        ("exercise", "a\nb", 1, "no key"),
        ("exercise", "a", None, "no answer"),
        ("exercise", "a", True, "no answer"),
        ("exercise", "a", float("nan"), "no answer"),
        ("exercise", "a", int("9" * 400), "no answer"),
        ("exercise", "a", "x" * 501, "501 characters"),
        ("exercise", "a", ["x"] * 61, "61 parts"),
        ("exercise", "a", [["x"]], "no texts"),
        ("exercise", "a", {"x": 1}, "no texts"),
        ("exercise", "a", {"x": "y" * 501}, "501 characters"),
        ("exercise", "a", "\ud800", "half a character"),
        ("forecast", "Q01@2022-08-01", 1.01, "0 to 1"),
        ("forecast", "Q01@2022-08-01", "often", "0 to 1"),
        ("forecast", "Q01@2022-08-01", float("inf"), "0 to 1"),
        ("judgement", "P03|P11", 3, "names the choice"),
        ("judgement", "P03|P11", "x" * 501, "501 characters"),
        ("coding", "C05/1/voice", "", "names the choice"),
        ("writing", "a", "x" * 50_001, "50,001 characters"),
        ("writing", "a", 5, "no writing"),
    ],
)
def test_what_may_not_be_kept_is_refused_with_what_is_allowed(work, kind, key, value, why):
    work.keep("exercise", "01-sort", 1)
    with pytest.raises(NotKept, match=why) as refused:
        work.keep(kind, key, value)
    assert "allowed" in str(refused.value)
    assert len(str(refused.value)) < 200
    work.keep("exercise", "01-other", 2)  # what was refused does not come back
    assert again(work).kept("exercise") == {"01-sort": 1, "01-other": 2}


def test_an_unknown_kind_is_a_mistake_of_ours(work):
    for call in (lambda: work.keep("grade", "a", 1), lambda: work.kept("grade")):
        with pytest.raises(ValueError, match="'grade' is no kind of answer: exercise, "):
            call()


def test_there_is_room_for_so_many_answers_and_no_more(work, monkeypatch):
    monkeypatch.setattr(shape, "MOST_ENTRIES", 3)
    for n in range(3):
        work.keep("exercise", f"e{n}", n)
    with pytest.raises(NotKept, match="room for 3 answers"):
        work.keep("exercise", "e3", 3)
    work.keep("exercise", "e2", 22)
    assert again(work).kept("exercise") == {"e0": 0, "e1": 1, "e2": 22}
    monkeypatch.setattr(shape, "MOST_BYTES", 1000)
    with pytest.raises(NotKept, match="0.001 MB"):
        work.keep("writing", "e2", "x" * 1000)
    assert again(work).kept("exercise", "e2") == 22


# -- a second kernel or tab ------------------------------------------------------------------------


def test_two_kernels_see_each_other_and_the_last_one_wins(work):
    other = again(work)
    work.keep("exercise", "a", 1)
    other.keep("exercise", "b", 2)
    assert work.kept("exercise") == {"a": 1, "b": 2}
    other.keep("exercise", "a", 3)
    assert work.kept("exercise", "a") == 3
    assert work.pseudonym == other.pseudonym
    work.forget("exercise", "b")
    assert other.kept("exercise") == {"a": 3}


@pytest.mark.slow
def test_two_processes_writing_two_hundred_keys_each_at_once_lose_nothing(tmp_path):
    code = "\n".join(
        [
            "name, n = sys.argv[2], int(sys.argv[3])",
            "for i in range(n):",
            "    work.keep('exercise', f'{name}-{i:03}', i)",
            "    work.keep('exercise', 'shared', name)",
        ]
    )
    env = os.environ | {"PYTHONPATH": str(HOUSE / "notebooks")}
    head = (
        "import sys\nfrom casebook.answers import store\nstore.WAIT = 600.0  # a busy machine is"
        " no failure\nwork = store.Work(sys.argv[1])\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", head + code, str(tmp_path), name, "200"], env=env)
        for name in "ab"
    ]
    assert [p.wait() for p in running] == [0, 0]
    kept = Work(tmp_path).kept("exercise")
    assert kept.pop("shared") in "ab"
    assert len(kept) == 400
    assert Work(tmp_path).notices() == []


def test_a_kernel_that_holds_the_lock_too_long_does_not_lose_the_answer(work, monkeypatch):
    monkeypatch.setattr(store, "WAIT", 0.05)
    work.keep("exercise", "a", 1)
    with (
        filelock.FileLock(work.folder / f".{NAME}.lock"),
        pytest.raises(NotKept, match="another kernel has been saving"),
    ):
        work.keep("exercise", "b", 2)
    assert work.kept("exercise") == {"a": 1, "b": 2}
    assert work.unsaved == 1
    work.keep("exercise", "c", 3)
    assert again(work).kept("exercise") == {"a": 1, "b": 2, "c": 3}
    assert work.unsaved == 0


@pytest.mark.parametrize(
    "refusal",
    [
        OSError(errno.ENOLCK, "no locks"),
        OSError(errno.ENOSYS, "no such call"),
        NotImplementedError("no flock"),
    ],
)
def test_where_nothing_can_be_locked_the_presence_of_a_file_is_the_lock(work, monkeypatch, refusal):
    class NoLock(filelock.FileLock):
        def acquire(self, *args, **kwargs):
            raise refusal

    monkeypatch.setattr(filelock, "FileLock", NoLock)
    monkeypatch.setattr(store, "WAIT", 0.05)
    work.keep("exercise", "a", 1)
    with (
        filelock.SoftFileLock(work.folder / f".{NAME}.locked"),
        pytest.raises(NotKept, match="another kernel"),
    ):
        work.keep("exercise", "b", 2)
    work.keep("exercise", "c", 3)
    assert again(work).kept("exercise") == {"a": 1, "b": 2, "c": 3}


def test_a_lock_that_another_machine_left_behind_does_not_bar_saving(work, monkeypatch, recwarn):
    """On a share that can't lock: fcntl says so, and the mark names a machine that is off."""
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_):
        raise OSError(errno.ENOSYS, "no such call")

    monkeypatch.setattr(fcntl, "flock", refuse)
    monkeypatch.setattr(store, "WAIT", 0.05)
    for name in (f".{NAME}.lock", f".{NAME}.locked"):
        (work.folder).mkdir(exist_ok=True)
        (work.folder / name).write_text("4242\nLAB-PC-17\n1\n", "utf-8")
    work.keep("exercise", "a", 1)
    assert again(work).kept("exercise") == {"a": 1}
    assert not (work.folder / f".{NAME}.locked").exists()
    assert not [warning for warning in recwarn if "lock" in str(warning.message).lower()]


# -- a crash, a full disk, a folder that may not be written ----------------------------------------


def test_killed_while_saving_all_that_was_saved_is_there(tmp_path):
    code = (
        "import sys\nfrom casebook.answers import store\nwork = store.Work(sys.argv[1])\nn ="
        " 0\nwhile True:\n    n += 1\n    work.keep('exercise', f'e{n % 400:03}', n)\n    print(n,"
        " flush=True)\n"
    )
    for round_ in range(3):
        running = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)],
            env=os.environ | {"PYTHONPATH": str(HOUSE / "notebooks")},
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(40):
            last = int(running.stdout.readline())
        time.sleep(0.003 * round_)
        running.kill()
        rest = [int(line) for line in running.stdout.read().splitlines() if line.strip()]
        running.wait()
        last = rest[-1] if rest else last
        work = Work(tmp_path)
        assert work.kept("exercise", f"e{last % 400:03}") in (last, last + 1)
        assert work.notices() == []
        work.forget("exercise", "e001")  # the dead process's lock holds nobody up


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no kill -9 here")
@pytest.mark.parametrize("moment", ["os.fsync", "os.replace"])
def test_killed_between_writing_and_replacing_the_old_file_is_whole(tmp_path, moment):
    Work(tmp_path).keep("exercise", "a", 1)
    before = (tmp_path / NAME).read_bytes()
    ran = in_another_process(
        tmp_path,
        f"{moment} = lambda *a: os.kill(os.getpid(), 9)\nwork.keep('exercise', 'b', 2)",
        check=False,
    )
    assert ran.returncode == -signal.SIGKILL
    assert (tmp_path / NAME).read_bytes() == before
    work = Work(tmp_path)
    work.keep("exercise", "c", 3)
    assert again(work).kept("exercise") == {"a": 1, "c": 3}
    assert not (tmp_path / f".{NAME}.partial").exists()


@pytest.mark.parametrize(
    "number, say",
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "your share of the disk is full"),
        (errno.EROFS, "may only be read"),
        (errno.EACCES, "may not be written"),
        (errno.EIO, "error"),
    ],
)
@pytest.mark.parametrize("where", ["fsync", "replace"])
def test_a_disk_that_refuses_leaves_the_old_file_and_holds_the_value(
    work, monkeypatch, number, say, where
):
    work.keep("exercise", "a", 1)
    before = work.path.read_bytes()

    def refuse(*_):
        raise OSError(number, os.strerror(number), "/some/where")

    with monkeypatch.context() as full:
        full.setattr(os, where, refuse)
        with pytest.raises(NotKept, match=say) as told:
            work.keep("exercise", "b", 2)
        with pytest.raises(NotKept, match=say):
            work.forget("exercise", "a")
    assert "held" in str(told.value)
    assert "/some" not in str(told.value)
    assert work.path.read_bytes() == before
    assert sorted(p.name for p in work.folder.iterdir()) == [
        f".{NAME}.lock",
        NAME,
    ]
    assert work.kept("exercise") == {"b": 2}
    assert again(work).kept("exercise") == {"a": 1}
    assert work.unsaved == 2
    work.keep("exercise", "c", 3)
    assert again(work).kept("exercise") == {"b": 2, "c": 3}
    assert work.unsaved == 0


def test_a_folder_that_can_not_be_made_or_written_holds_the_value(tmp_path):
    (tmp_path / "work").write_text("a file where the folder should be", "utf-8")
    work = Work(tmp_path / "work")
    with pytest.raises(NotKept, match="Not saved yet"):
        work.keep("exercise", "a", 1)
    assert work.kept("exercise") == {"a": 1}
    (tmp_path / "work").unlink()
    work.keep("exercise", "b", 2)
    assert again(work).kept("exercise") == {"a": 1, "b": 2}


@pytest.mark.parametrize(
    "number, say",
    [(errno.EROFS, "this disk may only be read"), (errno.EACCES, "this folder may not be written")],
)
def test_where_nothing_may_be_written_an_export_and_a_deletion_say_so_in_their_own_words(
    work, monkeypatch, number, say
):
    work.keep("exercise", "a", 1)

    def refuse(*_, **__):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("casebook.core.files.open", refuse, raising=False)
    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(NotKept, match=f"Not exported: {say}."):
        export(work)
    with pytest.raises(NotKept, match=f"answers.json could not be deleted: {say}."):
        work.delete()
    monkeypatch.setattr(store, "acquired", refuse)
    with pytest.raises(NotKept, match=f"^Not deleted: {say}.$"):
        work.delete()
    assert again(work).kept("exercise") == {"a": 1}


@pytest.mark.skipif(
    getattr(os, "geteuid", lambda: 0)() == 0, reason="who may do everything can write everywhere"
)
def test_a_read_only_folder_holds_the_value(work):
    work.keep("exercise", "a", 1)
    work.folder.chmod(0o500)
    try:
        with pytest.raises(NotKept, match="may not be written"):
            work.keep("exercise", "b", 2)
        assert work.kept("exercise") == {"a": 1, "b": 2}
    finally:
        work.folder.chmod(0o700)


# -- a damaged file, a file of another version -----------------------------------------------------


def full(folder):
    work = Work(folder)
    work.add({(kind, key): shape.Entry(value, "2026-01-31T12:00:00Z") for kind, key, value in SOME})
    return work.path.read_bytes()


def set_aside(folder):
    return sorted(folder.glob("answers.damaged-*.json"))


DAMAGE = {
    "cut at the start": lambda raw: raw[:1],
    "cut in the middle": lambda raw: raw[: len(raw) // 2],
    "cut at the end": lambda raw: raw[:-3],
    "empty": lambda raw: b"",
    "zeroed": lambda raw: b"\0" * len(raw),
    "a byte that is no text": lambda raw: raw[:200] + b"\xff" + raw[201:],
    "a bracket": lambda raw: raw.replace(b"{", b"[", 1),
    "NaN": lambda raw: raw.replace(b"0.35", b"NaN"),
    "too deep": lambda raw: b"[" * 100_000,
    "another file": lambda raw: b'{"cells": []}',
    "a list": lambda raw: b"[]",
    "too large": lambda raw: raw + b" " * 5_000_000,
    "many digits": lambda raw: raw.replace(b"0.35", b"9" * 5000),
    "a name twice": lambda raw: raw.replace(b'"schema"', b'"version": 1, "schema"'),
    "a version that is none": lambda raw: raw.replace(b'"version": 1', b'"version": true'),
    "answers that are none": lambda raw: (
        b'{"schema": "casebook answers", "version": 1, "learner": "Ada", "answers": {"exercise":'
        b" []}}"
    ),
    "a pseudonym that is none": lambda raw: (
        b'{"schema": "casebook answers", "version": 1, "learner": "<b>", "answers": {}}'
    ),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_set_aside_and_named_and_the_lesson_goes_on(tmp_path, damage):
    broken = damage(full(tmp_path))
    (tmp_path / NAME).write_bytes(broken)
    work = Work(tmp_path)
    assert work.kept("exercise") == {}
    (aside,) = set_aside(tmp_path)
    (notice,) = work.notices()
    assert aside.name in notice
    assert "was damaged (it" in notice
    assert aside.read_bytes() == broken
    assert work.notices() == []
    work.keep("exercise", "a", 1)
    assert again(work).kept("exercise") == {"a": 1}
    assert len(set_aside(tmp_path)) == 1


def test_every_cut_and_every_changed_byte_is_survived(tmp_path):
    raw = full(tmp_path)
    for n in range(0, len(raw), 37):
        for broken in (raw[:n], raw[:n] + b"\x07" + raw[n + 1 :], raw[:n] + b'"' + raw[n + 1 :]):
            (tmp_path / NAME).write_bytes(broken)
            work = Work(tmp_path)
            work.keep("exercise", "new", n)
            assert again(work).kept("exercise", "new") == n
            for path in set_aside(tmp_path):
                path.unlink()


def test_what_a_kernel_knows_is_saved_again_when_the_file_is_damaged_meanwhile(work):
    work.keep("exercise", "a", 1)
    work.path.write_bytes(b"broken")
    assert work.kept("exercise") == {"a": 1}
    assert "1 answers that were still known" in work.notices()[0]
    assert again(work).kept("exercise") == {"a": 1}
    work.path.write_bytes(b"broken again")
    work.keep("exercise", "b", 2)
    assert again(work).kept("exercise") == {"a": 1, "b": 2}
    assert len(set_aside(work.folder)) == 2


@pytest.mark.parametrize(
    "entry, why",
    [
        ({"value": True, "at": "2026-01-31T12:00:00Z"}, "no answer"),
        ({"value": 1}, "has a value and a time"),
        (5, "has a value and a time"),
        ({"value": 1, "at": "today"}, "no time"),
        ({"value": 1, "at": "2026-01-31T12:00:00Z", "grade": 6}, "nothing else"),
    ],
)
def test_one_bad_entry_does_not_cost_the_others(tmp_path, entry, why):
    document = json.loads(full(tmp_path))
    document["answers"]["exercise"]["00-dates"] = entry
    (tmp_path / NAME).write_text(json.dumps(document), "utf-8")
    work = Work(tmp_path)
    assert len(work.entries()) == len(SOME) - 1
    assert work.kept("exercise", "00-dates") is None
    (notice,) = work.notices()
    assert why in notice
    assert "00-dates" in notice
    assert f"{len(SOME) - 1} answers that were still known" in notice
    assert len(set_aside(tmp_path)) == 1
    assert len(again(work).entries()) == len(SOME) - 1


def test_a_damaged_file_that_can_not_be_set_aside_is_left_and_told(tmp_path, monkeypatch):
    full(tmp_path)
    (tmp_path / NAME).write_bytes(b"broken")

    def refuse(*_):
        raise OSError(errno.EROFS, "read-only")

    work = Work(tmp_path)
    with monkeypatch.context() as only_read:
        only_read.setattr(os, "replace", refuse)
        assert work.kept("exercise") == {}
        assert work.kept("exercise") == {}
        assert "could not be set aside" in work.notices()[0]
        assert work.notices() == []
        with pytest.raises(NotKept, match="may only be read"):
            work.keep("exercise", "a", 1)
    assert (tmp_path / NAME).read_bytes() == b"broken"
    assert work.kept("exercise") == {"a": 1}


def test_a_file_of_a_newer_version_is_left_alone(tmp_path):
    newer = full(tmp_path).replace(b'"version": 1', b'"version": 2')
    (tmp_path / NAME).write_bytes(newer)
    work = Work(tmp_path)
    assert work.kept("exercise") == {}
    for _ in range(2):
        with pytest.raises(
            NotKept, match=r"newer casebook \(version 2; this casebook reads up to version 1\)"
        ):
            work.keep("exercise", "a", 1)
    assert (tmp_path / NAME).read_bytes() == newer
    assert work.kept("exercise") == {"a": 1}
    assert len(work.notices()) == 1
    assert not set_aside(tmp_path)
    (tmp_path / NAME).unlink()
    work.keep("exercise", "b", 2)
    assert again(work).kept("exercise") == {"a": 1, "b": 2}


def test_a_file_of_an_older_version_is_taken_over_and_a_copy_kept(tmp_path, monkeypatch):
    old = full(tmp_path)

    def second(document):
        """As if version 2 kept no predictions."""
        return {**document, "answers": {**document["answers"], "prediction": {}}}

    monkeypatch.setattr(shape, "VERSION", 2)
    monkeypatch.setattr(shape, "MIGRATIONS", {1: second})
    work = Work(tmp_path)
    assert work.kept("exercise", "00-dates") == 2
    assert work.kept("prediction") == {}
    assert (tmp_path / NAME).read_bytes() == old
    work.keep("exercise", "00-dates", 3)
    assert json.loads((tmp_path / NAME).read_bytes())["version"] == 2
    assert (tmp_path / "answers.version-1.json").read_bytes() == old
    assert again(work).kept("exercise", "00-dates") == 3
    monkeypatch.setattr(shape, "MIGRATIONS", {1: lambda document: document["nothing"]})
    (tmp_path / NAME).write_bytes(old)
    assert "of version 1, and is not" in Work(tmp_path).notices()[0]


def test_a_file_that_can_not_be_read_is_left_and_read_later(work, monkeypatch):
    work.keep("exercise", "a", 1)
    other = again(work)

    def refuse(*_):
        raise OSError(errno.EIO, "input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(store, "read_bytes", refuse)
        assert other.kept("exercise") == {}
        assert "could not be read" in other.notices()[0]
        with pytest.raises(NotKept, match="could not be read"):
            other.keep("exercise", "b", 2)
    assert other.kept("exercise") == {"a": 1, "b": 2}
    other.keep("exercise", "c", 3)
    assert work.kept("exercise") == {"a": 1, "b": 2, "c": 3}


@pytest.mark.slow
@settings(max_examples=150)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.text(max_size=8)
                | st.sampled_from(
                    ["schema", "version", "learner", "answers", "exercise", "value", "at"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_whatever_json_stands_there_the_lesson_goes_on(tmp_path, document):
    if isinstance(document, dict):
        document = {
            "schema": "casebook answers",
            "version": 1,
            "learner": "Ada",
            "answers": document,
            **document,
        }
    (tmp_path / NAME).write_text(json.dumps(document), "utf-8")
    work = Work(tmp_path)
    before = work.entries()
    with_new = {("exercise", "new"): 1}
    if not work._barred:
        work.keep("exercise", "new", 1)
        assert {k: e.value for k, e in again(work).entries().items()} == {
            k: e.value for k, e in before.items()
        } | with_new


# -- the pseudonym, and deleting -------------------------------------------------------------------


def test_a_pseudonym_is_made_at_random_and_can_be_given(work):
    assert shape.PSEUDONYM.fullmatch(work.pseudonym)
    assert work.pseudonym.startswith("learner-")
    assert not work.folder.exists()
    name = work.pseudonym
    work.keep("exercise", "a", 1)
    assert again(work).pseudonym == name
    work.rename("Ada-7")
    assert again(work).pseudonym == "Ada-7"
    assert again(work).kept("exercise") == {"a": 1}


@pytest.mark.parametrize(
    "name", ["", "A", "a" * 21, "Ada Lovelace", "Ада", "<b>ada</b>", "ada\n", "-ada", None]
)
def test_a_pseudonym_is_no_free_text(work, name):
    with pytest.raises(NotKept, match="2 to 20 letters"):
        work.rename(name)
    assert not work.folder.exists()


def test_a_pseudonym_that_could_not_be_saved_is_saved_with_the_next(work, monkeypatch):
    with monkeypatch.context() as full_disk:
        full_disk.setattr(
            os, "fsync", lambda _: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full"))
        )
        with pytest.raises(NotKept):
            work.rename("Ada")
    assert work.pseudonym == "Ada"
    work.keep("exercise", "a", 1)
    assert again(work).pseudonym == "Ada"


def test_deleting_takes_the_file_and_all_copies_set_aside_and_leaves_exports(work):
    work.keep("exercise", "a", 1)
    other = again(work)
    other.kept("exercise")
    for name in (
        "answers.damaged-2026-01-31-120000.json",
        "answers.version-1.json",
        "answers-of-Ada.json",
        "notes.txt",
        f".{NAME}.partial",
    ):
        (work.folder / name).write_text("x", "utf-8")
    name = work.pseudonym
    assert work.delete() == [
        NAME,
        f".{NAME}.partial",
        "answers.damaged-2026-01-31-120000.json",
        "answers.version-1.json",
    ]
    assert sorted(p.name for p in work.folder.iterdir()) == [
        f".{NAME}.lock",
        "answers-of-Ada.json",
        "notes.txt",
    ]
    assert work.kept("exercise") == {} == other.kept("exercise")
    assert work.pseudonym != name
    assert work.delete() == []
    other.keep("exercise", "b", 2)
    assert work.kept("exercise") == {"b": 2}


def test_a_file_mended_in_an_editor_that_puts_a_mark_before_it_is_read(tmp_path):
    raw = full(tmp_path)
    (tmp_path / "answers.json").write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    work = Work(tmp_path)
    assert work.kept("exercise", "00-dates") == 2
    assert work.notices() == []
    work.keep("exercise", "00-dates", 3)
    assert again(work).kept("prediction") == {"06-predict": 12}


@pytest.mark.parametrize(
    "make",
    [
        os.mkdir,
        pytest.param(
            getattr(os, "mkfifo", None),
            marks=pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here"),
        ),
    ],
    ids=["folder", "pipe"],
)
def test_what_is_no_plain_file_is_told_and_not_waited_for(tmp_path, make):
    make(tmp_path / "answers.json")
    work = Work(tmp_path)
    with pytest.raises(NotKept, match="it is no plain file. What you do now is held"):
        work.keep("exercise", "a", 1)
    assert work.kept("exercise") == {"a": 1}
