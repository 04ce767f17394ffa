"""The locks and environment.yml: one resolution, hashed, for the Pythons that start.py lets in."""

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

from starting import load_start

ROOT = Path(__file__).resolve().parents[1]


def pins(lock):
    """{'name==version ; marker': its hashes} of a lock."""
    text = (ROOT / lock).read_text("utf-8")
    blocks = re.findall(r"^([a-z0-9].*?) *\\\n((?: +--hash=\S+(?: \\)?\n)+)", text, re.MULTILINE)
    return {
        pin: frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})", hashes))
        for pin, hashes in blocks
    }


def wanted(file):
    """The names that a .in file asks for."""
    return set(re.findall(r"^([a-z][a-z0-9-]*)", (ROOT / file).read_text("utf-8"), re.MULTILINE))


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_every_line_of_a_lock_is_pinned_and_hashed(lock):
    lines = [
        line
        for line in (ROOT / lock).read_text("utf-8").splitlines()
        if line and line[0] not in " #"
    ]
    assert len(lines) > 100
    assert sorted(pins(lock)) == sorted(line.rstrip(" \\") for line in lines)
    assert all("==" in pin for pin in pins(lock))
    assert all(pins(lock).values())


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_a_lock_names_no_address(lock):
    assert "://" not in (ROOT / lock).read_text("utf-8")


def test_both_locks_are_one_resolution():
    learn, test = pins("requirements.txt"), pins("requirements-test.txt")
    assert {pin: hashes for pin, hashes in test.items() if pin in learn} == learn


def test_every_package_has_one_version_for_all_pythons():
    """But for those that 3.11 has in their last version for it, which requirements.in names."""
    found = [pin.split("==")[0] for pin in pins("requirements-test.txt")]
    twice = {name for name in found if found.count(name) > 1}
    named = re.findall(
        r"^(\S+)>=\S+ ; python_version >= '3.12'$",
        (ROOT / "requirements.in").read_text("utf-8"),
        re.MULTILINE,
    )
    assert twice == set(named), "lock with --fork-strategy fewest, as requirements.in says"
    for name in named:
        markers = {
            pin.split(" ; ")[1] for pin in pins("requirements-test.txt") if f"{name}==" in pin
        }
        assert markers == {"python_full_version < '3.12'", "python_full_version >= '3.12'"}


@pytest.mark.parametrize(
    "file, lock",
    [("requirements.in", "requirements.txt"), ("requirements-test.in", "requirements-test.txt")],
)
def test_what_is_asked_for_is_locked(file, lock):
    assert wanted(file) <= {pin.split("==")[0] for pin in pins(lock)}


def test_start_finds_uv_with_its_hashes_in_the_lock():
    start = load_start()
    version, block = start.uv_block(start.LEARN)
    assert pins(start.LEARN)[f"uv=={version}"] == frozenset(
        re.findall(r"sha256:[0-9a-f]{64}", block)
    )
    assert block.startswith("uv==")
    assert block.count("==") == 1


def test_conda_reads_environment_yml():
    rattler = pytest.importorskip("rattler", reason="py-rattler has no wheel for this computer")
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    assert environment["name"] == "letters-to-pact"
    assert environment["channels"] == ["conda-forge", "nodefaults"]
    conda = [line for line in environment["dependencies"] if isinstance(line, str)]
    assert [rattler.MatchSpec(line, strict=True).name.normalized for line in conda] == [
        "python",
        "pip",
    ]
    assert environment["dependencies"][-1] == {"pip": ["-r requirements.txt"]}


def package(name, version, depends=()) -> dict:
    """A package as a channel lists it."""
    listed = {"name": name, "version": version, "depends": list(depends), "subdir": "noarch"}
    made = {"build": "0", "build_number": 0, "md5": "0" * 32, "sha256": "0" * 64, "size": 1}
    return {f"{name}-{version}-0.tar.bz2": listed | made}


def test_conda_solves_environment_yml(tmp_path):
    """Against a channel made here, with Pythons before and after the one that is named."""
    rattler = pytest.importorskip("rattler", reason="py-rattler has no wheel for this computer")
    environment = yaml.safe_load((ROOT / "environment.yml").read_text("utf-8"))
    conda = [line for line in environment["dependencies"] if isinstance(line, str)]
    packages = package("pip", "25.0", ["python >=3.9"])
    for minor in range(11, 17):
        packages |= package("python", f"3.{minor}.2")
    for subdir, listed in (("noarch", packages), ("linux-64", {})):
        found = {"info": {"subdir": subdir}, "packages": listed, "packages.conda": {}}
        (tmp_path / subdir).mkdir()
        (tmp_path / subdir / "repodata.json").write_text(json.dumps(found), "utf-8")
    channels, platforms = [rattler.Channel(tmp_path.as_uri())], ["linux-64", "noarch"]

    async def solve():
        return await rattler.solve(channels, conda, platforms=platforms)

    with ThreadPoolExecutor(1) as aside:  # a browser's tests may have a loop running in this thread
        solved = aside.submit(asyncio.run, solve()).result()
    versions = {record.name.normalized: str(record.version) for record in solved}
    assert versions == {"pip": "25.0", "python": "3.13.2"}


def test_binder_takes_environment_yml(monkeypatch):
    """By repo2docker's own look at the files, as Binder and a hub's image have it."""
    app = pytest.importorskip(
        "repo2docker.app", reason="Linux and macOS only", exc_type=ImportError
    )
    monkeypatch.chdir(ROOT)
    packs = (pack("any image") for pack in app.Repo2Docker().buildpacks)
    chosen = next(pack for pack in packs if pack.detect())
    assert type(chosen).__name__ == "CondaBuildPack"
    assert chosen.python_version == "3.13"


def test_environment_yml_has_a_python_that_is_tested():
    start = load_start()
    python = re.search(
        r"- python=(\d+)\.(\d+)$", (ROOT / "environment.yml").read_text("utf-8"), re.MULTILINE
    )
    assert start.OLDEST <= tuple(map(int, python.groups())) <= start.NEWEST
