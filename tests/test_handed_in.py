"""A class's files as learning platforms and people hand them in: a folder a pupil, a ZIP, systems'
own files, a newer casebook's export.
"""

import zipfile

import pytest

from casebook.answers.pool import pool
from test_pool import ALLOWED, GOOD, file_of, put


def platform_folder(folder):
    """A class as Moodle's “Download all submissions” unpacks: a folder a pupil."""
    for n, name in enumerate(("Ada", "Bo", "Cy")):
        pupil = folder / f"Pupil {n}_100{n}_assignsubmission_file"
        pupil.mkdir(parents=True)
        put(pupil, f"answers-of-{name}.json", file_of(name, GOOD))
    return folder


def zipped(folder, path, password=False):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.rglob("*.json")):
            archive.write(file, file.relative_to(folder))
    if password:  # as a platform marks it: the first bit of the entries' flags
        raw = bytearray(path.read_bytes())
        for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            at = raw.find(sign)
            while at >= 0:
                raw[at + offset] |= 1
                at = raw.find(sign, at + 4)
        path.write_bytes(raw)
    return path


def test_a_folder_a_pupil_is_read(tmp_path):
    pooled = pool(platform_folder(tmp_path), ALLOWED)
    assert (pooled.learners, pooled.files) == (["Ada", "Bo", "Cy"], 3)
    assert pooled.problems.empty


def test_what_extract_all_makes_is_read(tmp_path):
    """One folder more, named like the ZIP."""
    platform_folder(tmp_path / "Class 9b-Lesson 01-1234")
    assert pool(tmp_path, ALLOWED).learners == ["Ada", "Bo", "Cy"]


def test_a_zip_is_read_and_nothing_is_unpacked_to_the_disk(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    zipped(platform_folder(tmp_path / "from"), folder / "Class 9b.ZIP")
    pooled = pool(folder, ALLOWED)
    assert (pooled.learners, pooled.files) == (["Ada", "Bo", "Cy"], 3)
    assert pooled.problems.empty
    assert [path.name for path in folder.iterdir()] == ["Class 9b.ZIP"]


def test_a_folder_that_lies_too_deep_or_is_empty_is_named(tmp_path):
    platform_folder(tmp_path / "one/two")
    (tmp_path / "empty").mkdir()
    pooled = pool(tmp_path, ALLOWED)
    assert pooled.learners == []
    found = dict(zip(pooled.problems["file"], pooled.problems["problem"]))
    assert "this folder lies too deep" in found["one/two/Pupil 0_1000_assignsubmission_file"]
    assert "this folder holds no file" in found["empty"]


def bomb(path):
    """A file of 200 MB that packs to 200 kB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("answers.json", b"0" * 200_000_000)


def climbing(path):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("../../../../etc/answers.json", file_of("Eve", GOOD))


def corrupt(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("answers.json", file_of("Ada", GOOD) * 50)
    raw = bytearray(path.read_bytes())
    raw[60:90] = b"\xff" * 30
    path.write_bytes(raw)


@pytest.mark.parametrize(
    "make, why",
    [
        (lambda path: path.write_bytes(b"PK\x03\x04 no zip"), "can't be read as a ZIP"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "holds no file"),
        (bomb, "more than 1,000,000 bytes"),
        (climbing, "holds no file"),  # and is never unpacked
        (corrupt, "can't be read out of its ZIP"),
        (lambda path: zipped(platform_folder(path.parent.parent / "from"), path, True), "password"),
    ],
    ids=["no zip", "empty", "bomb", "climbing", "corrupt", "password"],
)
def test_a_zip_that_can_not_be_used_is_named(tmp_path, make, why):
    folder = tmp_path / "class"
    folder.mkdir()
    make(folder / "class.zip")
    pooled = pool(folder, ALLOWED)
    assert pooled.learners == []
    assert len(pooled.problems)
    assert all(why in problem for problem in pooled.problems["problem"])


SYSTEMS_OWN = ["desktop.ini", "Thumbs.db", "Icon\r", "~$answers.json", ".DS_Store", "._a.json"]


def test_the_systems_own_files_are_passed_over(tmp_path):
    """With nothing else in the folder there is no class yet."""
    for name in SYSTEMS_OWN:
        put(tmp_path, name, b"")
    (tmp_path / "__MACOSX").mkdir()
    put(tmp_path / "__MACOSX", "._answers.json", b"")
    assert pool(tmp_path, ALLOWED).files == 0
    with zipfile.ZipFile(tmp_path / "mac.zip", "w") as archive:
        archive.writestr("__MACOSX/9b/._answers.json", b"")
        archive.writestr("9b/answers.json", file_of("Ada", GOOD))
    pooled = pool(tmp_path, ALLOWED)
    assert (pooled.learners, pooled.files, len(pooled.problems)) == (["Ada"], 1, 0)


def test_a_newer_casebooks_export_keeps_its_good_answers(tmp_path):
    """A pupil whose casebook has exercises that this one has not."""
    newer = {("exercise", f"99-{n}"): "a" for n in range(89)}
    put(tmp_path, "a.json", file_of("Ada", GOOD | newer))
    pooled = pool(tmp_path, ALLOWED)
    assert pooled.learners == ["Ada"]
    assert len(pooled.exercises) == 5
    ((place, problem, left_out),) = pooled.problems[["place", "problem", "left_out"]].values
    assert (place, left_out) == ("many entries", "entry")
    assert problem.startswith("89 of its answers can't be used, the first one at exercise, “99-0”")
    assert problem.endswith("the other 10 are; its casebook may be newer or older than this one")


def test_two_people_with_one_pseudonym_are_thought_of(tmp_path):
    put(tmp_path, "1.json", file_of("Ada", GOOD))
    put(tmp_path, "2.json", file_of("Ada", {("exercise", "01-one"): "b"}, "2026-02-01T12:00:00Z"))
    (problem,) = pool(tmp_path, ALLOWED).problems["problem"]
    assert "if they are two people, one needs another pseudonym" in problem
