"""The locks and environment.yml: one resolution, hashed, for the Pythons that start.py lets in."""

import re
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


def test_environment_yml_has_a_python_that_is_tested():
    start = load_start()
    python = re.search(
        r"- python=(\d+)\.(\d+)$", (ROOT / "environment.yml").read_text("utf-8"), re.MULTILINE
    )
    assert start.OLDEST <= tuple(map(int, python.groups())) <= start.NEWEST
