"""start.py: what it says and does when things go well and when they do not.

Tools are replaced by stand-ins where the real ones need a network; their output is what the real
ones printed.
"""

import ast
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from starting import copy_project, failed, load_start, names

ROOT = Path(__file__).resolve().parents[1]

UV_REFUSED = """error: Request failed after 3 retries in 4.4s
  cause: Failed to fetch: http://127.0.0.1:9/simple/ipython/
  cause: error sending request for url (http://127.0.0.1:9/simple/ipython/)
  cause: tcp connect error
  cause: Connection refused (os error 111)"""
UV_NO_NAME = """error: Request failed after 3 retries in 4.9s
  cause: client error (Connect)
  cause: dns error
  cause: failed to lookup address information: Name or service not known"""
PIP_REFUSED = """WARNING: Retrying (Retry(total=0)) after connection broken by \
'NewConnectionError(': Failed to \
establish a new connection: [Errno 111] Connection refused')': /simple/uv/
ERROR: Could not find a version that satisfies the requirement uv==0.13.9 (from versions: none)
ERROR: No matching distribution found for uv==0.13.9"""
UV_NO_WHEEL = """error: No solution found when resolving dependencies
  cause: Because kiwisolver==1.5.1 has no usable wheels and you require kiwisolver==1.5.1, we can \
conclude that \
your requirements are unsatisfiable.
hint: Wheels are required for `kiwisolver` because building from source is disabled for all \
packages"""
PIP_NO_WHEEL = """ERROR: Could not find a version that satisfies the requirement \
kiwisolver==1.5.1 (from versions: none)
ERROR: No matching distribution found for kiwisolver==1.5.1"""
UV_DISK = """error: Failed to install: tzdata-2026.6-py2.py3-none-any.whl (tzdata==2026.6)
  cause: failed to copy file: No space left on device (os error 28)"""
PIP_ALTERED = """ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.
             Got        d7f459fe4fd247d830351c75686d3996"""


# The Python


def test_start_parses_on_python_3_8():
    ast.parse((ROOT / "start.py").read_text("utf-8"), feature_version=(3, 8))


def old_pythons():
    """Real Pythons that are too old, where this computer has some."""
    places = [Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")]
    found = [place for folder in places for place in sorted(folder.glob("3.[6789].*/bin/python"))]
    found += [
        Path(place)
        for place in map(shutil.which, ("python3.8", "python3.9", "python3.10"))
        if place
    ]
    return [
        place
        for place in found
        if subprocess.run([place, "-c", ""], capture_output=True).returncode == 0
    ]


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="the other Python is a script")
def test_a_real_old_python_says_so_and_goes_on_with_another(tmp_path):
    """In a copy, where nothing is set up; the only other Python is a script that says its name."""
    pythons = old_pythons()
    if not pythons:
        pytest.skip("no Python older than 3.11 on this computer")
    folder = copy_project(tmp_path / "old")
    script = tmp_path / "bin/python3.13"
    script.parent.mkdir()
    script.write_text('#!/bin/sh\ncase "$1" in -c) exit 0;; esac\necho "now with: $@"\n', "utf-8")
    script.chmod(0o755)
    for python in pythons:
        done = subprocess.run(
            [python, folder / "start.py", "setup"],
            capture_output=True,
            text=True,
            env={"PATH": str(script.parent), "HOME": str(tmp_path)},
        )
        assert "is too old: the casebook needs 3.11 to 3.15. Going on with " in done.stdout
        assert done.stdout.splitlines()[-1] == f"now with: {folder / 'start.py'} setup"
        assert (done.stderr, done.returncode) == ("", 0)
        assert not (folder / ".venv").exists()


# Words


def test_an_unknown_word(start, tools, capsys):
    said = failed(start, capsys, "tset", code=2)
    assert (
        "start.py does not know the word 'tset'. It knows: setup, test, present, build, handout,"
        " shorter, kit, edition, new, words, pack, refresh" in said
    )
    assert "What to do: run: python start.py test." in said
    assert names(tools) == []


def test_a_word_that_resembles_none(start, capsys):
    said = failed(start, capsys, "xyzzy", code=2)
    assert "run python start.py alone to open the casebook" in said
    assert "--help" in said


@pytest.mark.parametrize("flag", ["--help", "-h", "help"])
def test_help_names_every_word(start, capsys, flag):
    assert start.main([flag]) == 0
    said = capsys.readouterr().out
    assert all(f"python start.py {word} " in said for word in start.WORDS)
    assert "CASEBOOK_NO_BROWSER" in said
    assert "--port 9000" in said


def started(start, monkeypatch, *arguments, code=0):
    """What a word starts: (arguments of python -m, environment)."""
    seen = []

    class Child:
        @staticmethod
        def wait():
            return code

    monkeypatch.setattr(start, "start", lambda command, env: seen.append((command, env)) or Child)
    assert start.main(list(arguments)) == code
    return seen[0]


def test_test_hands_its_arguments_and_exit_code_through(start, tools, monkeypatch):
    monkeypatch.setenv("CASEBOOK_TEXTS", "/texts")
    command, env = started(start, monkeypatch, "test", "-k", "a b", "--maxfail=1", code=5)
    assert command == [
        "pytest",
        "-n",
        "2",
        "--dist",
        "loadscope",
        "--no-loadscope-reorder",
        "-k",
        "a b",
        "--maxfail=1",
    ]
    assert env["CASEBOOK_TEXTS"] == "/texts"


def test_the_quick_tests_are_named_in_the_help(start, tools, monkeypatch, capsys):
    assert start.main(["--help"]) == 0
    assert "--quick: no browser, notebooks, pages" in capsys.readouterr().out
    command, _ = started(start, monkeypatch, "test", "--quick")
    assert command[-1] == "--quick"


def test_refresh_does_not_see_the_texts(start, tools, monkeypatch):
    monkeypatch.setenv("CASEBOOK_TEXTS", "/texts")
    command, env = started(start, monkeypatch, "refresh", "--check", code=1)
    assert command == ["casebook", "refresh", "--check"]
    assert "CASEBOOK_TEXTS" not in env
    assert env["PYTHONPATH"] == str(start.ROOT / "notebooks")


def test_build_finds_the_package(start, tools, monkeypatch):
    command, env = started(start, monkeypatch, "build")
    assert command == ["casebook", "build"]
    assert env["PYTHONPATH"] == str(start.ROOT / "notebooks")


def test_other_environments_do_not_get_in_the_way(start, monkeypatch):
    for name in ("VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "JUPYTER_PATH"):
        monkeypatch.setenv(name, "/elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "mirror")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "mirror")
    env = start.child_env()
    assert not {"VIRTUAL_ENV", "PYTHONHOME", "PYTHONPATH", "JUPYTER_PATH"} & set(env)
    assert env["PIP_INDEX_URL"] == env["UV_DEFAULT_INDEX"] == "mirror"
    assert env["PYTHONUTF8"] == env["JUPYTER_PREFER_ENV_PATH"] == "1"


# Setting up


def test_first_set_up(start, tools, capsys):
    assert start.main(["setup"]) == 0
    assert names(tools) == ["venv", "uv by pip", "uv"]
    assert "--clear" in tools[0][0][1]
    for _, command in tools[0][1:]:
        assert "--require-hashes" in command
        assert command[command.index("--only-binary") + 1] == ":all:"
    assert (start.venv() / "uv.txt").read_text("utf-8").startswith("uv==")
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Setting up the casebook."
    assert said[1] == "Making a Python of its own in .venv (a few seconds) ..."
    assert re.fullmatch(
        r"Installing about 1\d0 packages \(a minute or so the first time\) \.\.\.", said[2]
    )
    assert said[3].startswith("Set up in ")
    assert said[4].startswith("Everything is set up.")


def test_the_news_prompt_is_off(start, tools):
    start.main(["setup"])
    settings = json.loads(
        (start.venv() / "share/jupyter/lab/settings/overrides.json").read_text("utf-8")
    )
    assert settings["@jupyterlab/apputils-extension:notification"]["fetchNews"] == "false"


def test_the_second_start_touches_nothing(start, tools, capsys):
    start.main(["setup"])
    tools[0].clear()
    before = {path: path.stat().st_mtime_ns for path in start.ROOT.rglob("*")}
    assert start.main(["setup"]) == 0
    assert names(tools) == []
    assert {path: path.stat().st_mtime_ns for path in start.ROOT.rglob("*")} == before


def test_a_set_up_does_even_where_nothing_can_be_written(start, tools, monkeypatch):
    start.main(["setup"])
    refuse_to_open(start, monkeypatch, PermissionError(13, "Permission denied"))
    assert start.main(["setup"]) == 0


def test_the_tests_only_add_the_rest(start, tools, monkeypatch, capsys):
    start.main(["setup"])
    tools[0].clear()
    started(start, monkeypatch, "test")
    assert "venv" not in names(tools)
    assert tools[0][-1][1][-1] == str(start.ROOT / "requirements-test.txt")
    assert (
        "Some packages are missing or have new versions; installing those."
        in capsys.readouterr().out
    )
    tools[0].clear()
    started(start, monkeypatch, "test")
    assert start.main(["setup"]) == 0
    assert names(tools) == []


def test_the_learners_need_no_second_install_after_the_tests(start, tools, monkeypatch):
    started(start, monkeypatch, "test")
    tools[0].clear()
    assert start.main(["setup"]) == 0
    assert names(tools) == []


def test_a_changed_lock_is_installed_without_a_new_venv(start, tools, capsys):
    start.main(["setup"])
    tools[0].clear()
    with open(start.ROOT / "requirements.txt", "a") as lock:
        lock.write("# changed\n")
    assert start.main(["setup"]) == 0
    assert names(tools) == ["uv by pip", "uv"]
    assert (
        "Some packages are missing or have new versions; installing those."
        in capsys.readouterr().out
    )


def test_line_ends_do_not_change_a_lock(start):
    before = start.digest(start.LEARN)
    lock = start.ROOT / start.LEARN
    lock.write_bytes(lock.read_bytes().replace(b"\n", b"\r\n"))
    assert start.digest(start.LEARN) == before


def test_a_moved_folder_is_set_up_again(start, tools, monkeypatch, capsys):
    start.main(["setup"])
    tools[0].clear()
    monkeypatch.setattr(start, "ROOT", start.ROOT.rename(start.ROOT.with_name("moved")))
    assert start.main(["setup"]) == 0
    assert (
        "This folder has been moved or copied; setting up again in its new place."
        in capsys.readouterr().out
    )
    assert names(tools)[0] == "venv"
    assert "--clear" in tools[0][0][1]


def test_another_python_gets_its_own_venv(start, tools, monkeypatch, capsys):
    start.main(["setup"])
    tools[0].clear()
    monkeypatch.setattr(start, "this_python", lambda: "cpython 3.12.0 elsewhere")
    assert start.main(["setup"]) == 0
    assert (
        "This is another Python than last time; setting up again for it." in capsys.readouterr().out
    )
    assert names(tools)[0] == "venv"


@pytest.mark.parametrize(
    "stamp", [None, "", "{", "[]", "{}", '{"place": "x", "python": "y", "locks": 3}', "\x00"]
)
def test_a_set_up_without_a_whole_stamp_is_begun_again(start, tools, capsys, stamp):
    start.main(["setup"])
    tools[0].clear()
    start.stamp_file().unlink() if stamp is None else start.stamp_file().write_text(stamp, "utf-8")
    assert start.main(["setup"]) == 0
    assert "An earlier set-up stopped half-way; beginning it again." in capsys.readouterr().out
    assert names(tools)[0] == "venv"
    assert "--clear" in tools[0][0][1]


def test_a_venv_without_its_python_is_made_again(start, tools, capsys):
    start.main(["setup"])
    Path(start.venv_python()).unlink()
    assert start.main(["setup"]) == 0
    assert "stopped half-way; beginning it again" in capsys.readouterr().out


@pytest.mark.parametrize("tool", ["venv", "uv by pip", "uv"])
def test_a_failed_set_up_leaves_no_stamp(start, tools, capsys, tool):
    start.main(["setup"])
    start.stamp_file().write_text("damaged", "utf-8")
    tools[1].update({tool: (1, UV_DISK)})
    assert "The disk is full." in failed(start, capsys, "setup")
    assert start.reason_to_set_up(start.LEARN) == "half"


def test_ctrl_c_says_that_the_next_start_goes_on(start, monkeypatch, capsys):
    def run(command):
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "run", run)
    said = failed(start, capsys, "setup")
    assert "Stopped before the set-up was finished; nothing is broken." in said
    assert "What to do: run this again: it repairs what is half-way." in said


@pytest.mark.skipif(os.name == "nt", reason="signals of this kind are not to be had on Windows")
def test_a_real_set_up_stopped_half_way(tmp_path):
    folder = copy_project(tmp_path / "half way")
    child = subprocess.Popen(
        [sys.executable, "start.py", "setup"],
        cwd=folder,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    said = [child.stdout.readline(), child.stdout.readline()]
    time.sleep(0.3)
    child.send_signal(signal.SIGTERM)
    _, errors = child.communicate()
    assert said[1].startswith("Making a Python of its own in .venv")
    assert child.returncode == 1
    assert "nothing is broken" in errors
    assert "run this again" in errors
    assert "Traceback" not in errors
    assert not (folder / ".venv/casebook-setup.json").exists()


def test_two_set_ups_wait_for_each_other(start, tools, monkeypatch, capsys):
    other = open(start.ROOT / ".venv-setup.lock", "a+b")  # noqa: SIM115 (closed while it waits)
    assert start.locked(other)
    monkeypatch.setattr(start.time, "sleep", lambda seconds: other.close())  # the other one ends
    assert start.main(["setup"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("Another set-up is at work in this folder; waiting for it to end ...")
    assert names(tools) == ["venv", "uv by pip", "uv"]


# What can go wrong


def refuse_to_open(start, monkeypatch, error):
    """Let start.py's own files not be opened."""

    def refuse(*args, **kwargs):
        raise error

    monkeypatch.setattr(start, "open", refuse, raising=False)


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_no_venv_module_and_nothing_to_fetch_another_python_with(
    start, tools, monkeypatch, capsys, module
):
    monkeypatch.setitem(sys.modules, module, None)
    tools[1]["uv by pip"] = 1, f"{sys.executable}: No module named pip"
    said = failed(start, capsys, "setup")
    assert "This Python lacks its venv module" in said
    assert f"sudo apt install python3.{sys.version_info[1]}-venv" in said
    assert names(tools) == ["uv by pip"]


def test_no_venv_module_as_debian_says_it(start, tools, capsys):
    tools[1]["venv"] = (
        1,
        "The virtual environment was not created successfully because ensurepip is not available.",
    )
    said = failed(start, capsys, "setup")
    assert "This Python lacks its venv module" in said
    assert "sudo apt install" in said


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Permission denied"), OSError(30, "Read-only file system")]
)
def test_a_folder_that_cannot_be_written(start, tools, monkeypatch, capsys, error):
    refuse_to_open(start, monkeypatch, error)
    said = failed(start, capsys, "setup")
    assert "This folder cannot be written." in said
    assert (
        "What to do: copy it to where you may write, such as your Documents, and run start.py"
        " there." in said
    )
    assert names(tools) == []


def test_a_file_in_the_place_of_the_venv(start, tools, capsys):
    start.venv().touch()
    said = failed(start, capsys, "setup")
    assert "A file named .venv is in the way." in said
    assert "delete or rename it" in said


def test_start_alone_out_of_its_folder(start, tools, capsys):
    (start.ROOT / "requirements.txt").unlink()
    said = failed(start, capsys)
    assert "Beside start.py there is no requirements.txt." in said
    assert "unpack or clone the whole casebook" in said


@pytest.mark.parametrize(
    "output", [PIP_REFUSED, UV_REFUSED, UV_NO_NAME, "ReadTimeoutError: Read timed out."]
)
def test_no_network_at_first_set_up(start, tools, capsys, output):
    tools[1]["uv by pip"] = 1, output
    said = failed(start, capsys, "setup")
    assert (
        "The packages could not be fetched: the network does not answer. Only setting up needs it."
        in said
    )
    assert "What to do: connect to the network and run this again." in said
    assert "HTTPS_PROXY" in said
    assert "  | " + output.splitlines()[-1] in said
    assert names(tools) == ["venv", "uv by pip"]  # pip has tried already


def test_where_only_uv_has_no_network_pip_is_asked(start, tools, monkeypatch, capsys):
    monkeypatch.setattr(start, "has_uv", lambda version="": True)
    tools[1]["uv"] = 2, UV_REFUSED
    assert start.main(["setup"]) == 0
    assert names(tools) == ["venv", "uv", "pip", "compileall"]
    assert "uv failed (.venv/setup.log says why); using pip" in capsys.readouterr().out


@pytest.mark.parametrize("tool", ["uv by pip", "uv"])
def test_pip_takes_over_where_uv_fails(start, tools, capsys, tool):
    tools[1][tool] = 1, "uv crashed"
    assert start.main(["setup"]) == 0
    assert names(tools)[-2:] == ["pip", "compileall"]
    assert tools[0][-2][1][-1] == str(start.ROOT / "requirements.txt")
    assert "--require-hashes" in tools[0][-2][1]
    assert "uv failed" in capsys.readouterr().out


def test_pip_takes_over_where_the_lock_has_no_uv(start, tools, monkeypatch):
    monkeypatch.setattr(start, "uv_block", lambda lock: ("", ""))
    assert start.main(["setup"]) == 0
    assert names(tools) == ["venv", "pip", "compileall"]


@pytest.mark.parametrize("output", [UV_NO_WHEEL, PIP_NO_WHEEL])
def test_a_processor_without_packages(start, tools, monkeypatch, capsys, output):
    monkeypatch.setattr("platform.machine", lambda: "riscv64")
    monkeypatch.setattr(start, "FETCHED", sys.version_info[:2])
    tools[1]["uv"] = 1, output
    said = failed(start, capsys, "setup")
    assert "There is no ready-made kiwisolver for this computer (" in said
    assert "riscv64" in said
    assert f"with this Python ({start.dotted(sys.version_info)}, 64 bit)" in said
    assert "What to do: use a 64-bit computer" in said
    assert "environment.yml" in said
    assert "pip" not in names(tools)


@pytest.mark.parametrize("bits, tested", [(32, sys.version_info[:2]), (64, (3, 10))])
def test_another_python_may_have_the_packages(start, tools, monkeypatch, capsys, bits, tested):
    monkeypatch.setattr(start, "unfit", lambda: "")
    if bits == 32:
        monkeypatch.setattr(sys, "maxsize", 2**31 - 1)
    monkeypatch.setattr(start, "FETCHED", tested)
    tools[1]["uv"] = 1, UV_NO_WHEEL
    said = failed(start, capsys, "setup")
    assert f"{bits} bit)" in said
    assert f"What to do: install the 64-bit Python {start.dotted(tested)} from python.org" in said


@pytest.mark.parametrize(
    "output, wrong, way_out",
    [
        (UV_DISK, "The disk is full.", "free about 1 GB"),
        ("OSError: [Errno 28] Kein Platz", "The disk is full.", "free about 1 GB"),
        (PIP_ALTERED, "not the one named in the lock", "on another network"),
        ("invalid peer certificate: UnknownIssuer", "certificate is not trusted", "SSL_CERT_FILE"),
        (
            "failed: The filename or extension is too long. (os error 206)",
            "path of this folder is too long",
            "move the folder somewhere short",
        ),
        (
            "Error: Refusing to create a venv because it contains the PATH separator :.",
            "has a sign in it",
            "rename the folder",
        ),
        ("PermissionError: [WinError 5] Zugriff verweigert", "in use", "close JupyterLab"),
        (
            "[WinError 1260] This program is blocked by group policy",
            "does not let programs run",
            "pages",
        ),
        (
            "error: Application Control policy blocked this (os error 4551)",
            "does not let programs run",
            "pages",
        ),
        (
            "error: Permission denied (os error 13)",
            "cannot be written",
            "copy it to where you may write",
        ),
        ("Segmentation fault", "for a reason unknown to start.py", "show .venv/setup.log"),
    ],
)
def test_other_failures_have_a_way_out(start, tools, capsys, output, wrong, way_out):
    tools[1].update({name: (1, output) for name in ("uv by pip", "uv", "pip")})
    said = failed(start, capsys, "setup")
    assert wrong in said.splitlines()[0]
    assert said.splitlines()[1].startswith("What to do: ")
    assert way_out in said.splitlines()[1]
    assert f"  | {output.splitlines()[-1]}" in said.splitlines() or output == PIP_ALTERED


def test_an_error_of_the_system_is_no_traceback(start, monkeypatch, capsys):
    refuse_to_open(start, monkeypatch, OSError(5, "Input/output error"))
    said = failed(start, capsys, "setup")
    assert "The system refused something: [Errno 5] Input/output error." in said
    assert "What to do: " in said


# Running tools


def test_a_tool_that_takes_long_gives_signs_of_life(start, monkeypatch):
    said, heard = [], start.venv() / "heard"
    monkeypatch.setattr(start, "SIGN_OF_LIFE", 0.1)
    monkeypatch.setattr(start, "say", lambda line: said.append(line) or heard.touch())
    start.venv().mkdir()
    lines = (
        "import os, sys, time\nprint('ä', flush=True)\n"
        "while not os.path.exists(sys.argv[1]):\n    time.sleep(0.05)\n1 / 0"
    )
    code, output = start.run([sys.executable, "-c", lines, heard])
    assert code == 1
    assert output.startswith("ä")
    assert "ZeroDivisionError" in output
    assert said[0].startswith("  ... still at it after ")
    assert "ZeroDivisionError" in (start.venv() / "setup.log").read_text("utf-8")


def test_only_the_last_lines_are_shown(start, capsys):
    start.show(
        start.Stop("Wrong.", "do this.", "\n".join(f"line {number}" for number in range(50)))
    )
    said = capsys.readouterr().err.splitlines()
    assert said[:3] == [
        "Wrong.",
        "What to do: do this.",
        "The last lines of the tool's own output:",
    ]
    assert said[3:] == [f"  | line {number}" for number in range(40, 50)]


# JupyterLab


def test_jupyterlab_stays_on_this_machine(start):
    command = start.lab_command([], browser=True)
    assert command[0] == "jupyterlab"
    assert "--LabApp.default_url=/doc/tree/00-start-here.ipynb" in command
    assert "--ServerApp.ip=127.0.0.1" in command
    assert f"--ServerApp.root_dir={start.ROOT / 'notebooks'}" in command
    assert "--no-browser" not in command
    assert not any("token" in part for part in command)


def test_what_follows_goes_on_to_jupyterlab(start):
    command = start.lab_command(
        ["--port", "9000", "--log-level=DEBUG", "--ServerApp.ip=::1"], browser=False
    )
    assert command[-3:] == ["9000", "--log-level=DEBUG", "--ServerApp.ip=::1"]
    assert "--no-browser" in command
    assert not any("log_level" in part or "127.0.0.1" in part for part in command)


@pytest.mark.parametrize("arguments", [["--port", "9000"], ["--", "--port", "9000"]])
def test_options_without_a_word_are_jupyterlabs(start, monkeypatch, arguments):
    seen = []
    monkeypatch.setattr(start, "open_lab", lambda rest: seen.append(rest) or 0)
    assert start.main(arguments) == 0
    assert seen == [["--port", "9000"]]


def opened(start, monkeypatch, *arguments):
    """What a command line opens: (the arguments of JupyterLab, its environment, the lesson)."""
    seen = []

    class Child:
        wait = staticmethod(lambda: 0)

    monkeypatch.setattr(start, "set_up", lambda lock: None)
    monkeypatch.setattr(start, "start", lambda command, env: seen.extend([command, env]) or Child)
    monkeypatch.setattr(start, "lab_address", lambda child, env, name: seen.append(name) or "")
    assert start.main(list(arguments)) == 0
    return seen


@pytest.mark.parametrize(
    "word", ["05", "5", "05-said-alleged-denied", "05-said-alleged-denied.ipynb"]
)
def test_a_number_opens_its_lesson(start, monkeypatch, word):
    command, _, name = opened(start, monkeypatch, word, "--port", "9000")
    assert name == "05-said-alleged-denied.ipynb"
    assert f"--LabApp.default_url=/doc/tree/{name}" in command
    assert command[command.index("--port") + 1] == "9000"
    assert word not in command


@pytest.mark.parametrize(
    "arguments, wrong, way_out",
    [
        (["23"], "There is no lesson 23.", "python start.py 05."),
        (["present"], "Which lesson?", "python start.py present 07."),
        (["present", "23"], "There is no lesson 23.", "python start.py present 07."),
    ],
)
def test_a_lesson_that_is_not_there(start, tools, capsys, arguments, wrong, way_out):
    said = failed(start, capsys, *arguments, code=2)
    assert said.splitlines()[:3] == [
        wrong,
        f"What to do: run for example: {way_out} There are:",
        "  00-start-here",
    ]
    assert "  class-results" in said.splitlines()
    assert names(tools) == []


def test_the_projector_sees_nothing_that_is_kept_here(start, monkeypatch):
    monkeypatch.setenv("CASEBOOK_WORK", "/mine")
    monkeypatch.setenv("JUPYTERLAB_SETTINGS_DIR", "/mine")
    monkeypatch.setattr(
        start, "projector", lambda place, real=start.projector: written.append(place) or real(place)
    )
    written = []
    command, env, name = opened(start, monkeypatch, "present", "05", "--port", "9000")
    (place,) = written
    assert name == "05-said-alleged-denied.ipynb"
    assert f"--LabApp.default_url=/doc/tree/{name}" in command
    assert f"--LabApp.app_settings_dir={Path(place, 'lab')}" in command
    assert command[-2:] == ["--port", "9000"]
    for variable in ("CASEBOOK_WORK", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR"):
        assert Path(env[variable]).parent == Path(place)
    assert not Path(place).exists()  # and nothing is left of it


def test_the_projectors_settings(start, tmp_path):
    start.projector(str(tmp_path))
    settings = json.loads((tmp_path / "lab/overrides.json").read_text("utf-8"))
    assert settings.items() >= start.OVERRIDES.items()
    assert settings["@jupyterlab/docmanager-extension:plugin"] == {"autosave": False}
    page = json.loads((tmp_path / "lab/page_config.json").read_text("utf-8"))
    assert page == {"casebookPresent": True}


def test_what_jupyterlab_gets_from_us_is_where_start_says():
    module = load_start()
    (package,) = (ROOT / module.LESSONS / module.EXTENSIONS).glob("*/package.json")
    load = json.loads(package.read_text("utf-8"))["jupyterlab"]["_build"]["load"]
    assert (package.parent / load).is_file()


def test_no_browser_where_there_is_none(start, monkeypatch):
    for name in ("CASEBOOK_NO_BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("webbrowser.get", lambda: "a browser")
    monkeypatch.setattr(sys, "platform", "linux")
    assert not start.has_browser()  # no screen
    monkeypatch.setenv("DISPLAY", ":0")
    assert start.has_browser()
    monkeypatch.setenv("CASEBOOK_NO_BROWSER", "1")
    assert not start.has_browser()


def test_no_browser_where_none_is_installed(start, monkeypatch):
    import webbrowser

    def none():
        raise webbrowser.Error

    monkeypatch.delenv("CASEBOOK_NO_BROWSER", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("webbrowser.get", none)
    assert not start.has_browser()


def write_server(folder, name, **info):
    (folder / f"jpserver-{name}.json").write_text(json.dumps(info), "utf-8")


def test_the_address_is_the_one_of_our_server(start, tmp_path, monkeypatch):
    class Child:
        pid = 4711
        poll = staticmethod(lambda: None)

    monkeypatch.setattr(
        start.subprocess, "check_output", lambda *args, **kwargs: str(tmp_path).encode() + b"\r\n"
    )
    (tmp_path / "jpserver-1.json").write_text('{"pid": 47', "utf-8")
    write_server(
        tmp_path,
        "2",
        pid=12,
        token="another",
        url="http://127.0.0.1:8888/",
        hostname="127.0.0.1",
        port=8888,
    )
    write_server(
        tmp_path, "3", pid=4711, token="ours", url="http://lab:8889/", hostname="0.0.0.0", port=8889
    )
    assert (
        start.lab_address(Child, {"JUPYTER_TOKEN": "ours"})
        == "http://lab:8889/doc/tree/00-start-here.ipynb?token=ours"
    )


def test_the_address_waits_until_the_server_listens(start, tmp_path, monkeypatch):
    server = socket.socket()
    server.bind(
        ("127.0.0.1", 0)
    )  # but does not listen, as JupyterLab does not when it writes its file
    port = server.getsockname()[1]
    asked = []

    class Child:
        pid = 4711
        poll = staticmethod(
            lambda: asked.append(1) or (server.listen() if len(asked) == 3 else None)
        )

    monkeypatch.setattr(
        start.subprocess, "check_output", lambda *args, **kwargs: str(tmp_path).encode()
    )
    monkeypatch.setattr(start.time, "sleep", lambda seconds: None)
    write_server(
        tmp_path,
        "1",
        pid=4711,
        token="ours",
        url=f"http://127.0.0.1:{port}/",
        hostname="127.0.0.1",
        port=port,
    )
    with server:
        assert start.lab_address(Child, {"JUPYTER_TOKEN": "ours"}).startswith(
            f"http://127.0.0.1:{port}/doc/tree/"
        )
    assert len(asked) == 3


def test_no_address_when_jupyterlab_ends(start, tmp_path, monkeypatch):
    class Child:
        poll = staticmethod(lambda: 1)

    monkeypatch.setattr(
        start.subprocess, "check_output", lambda *args, **kwargs: str(tmp_path).encode()
    )
    assert start.lab_address(Child, {"JUPYTER_TOKEN": "ours"}) == ""


@pytest.mark.slow
def test_a_real_jupyterlab_answers_at_the_printed_address(tmp_path):
    folder = copy_project(tmp_path / "real läb")
    lines = f"""
import importlib.util, sys
spec = importlib.util.spec_from_file_location("start", {str(folder / "start.py")!r})
start = importlib.util.module_from_spec(spec)
spec.loader.exec_module(start)
start.set_up = lambda lock: None
start.venv_python = lambda: sys.executable
sys.exit(start.main([]))
"""
    places = {f"JUPYTER_{name}_DIR": str(tmp_path / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    env = dict(os.environ, CASEBOOK_NO_BROWSER="1", JUPYTER_TOKEN="", **places)
    child = subprocess.Popen(
        [sys.executable, "-c", lines],
        env=env,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        said = child.stdout.readline(), child.stdout.readline(), child.stdout.readline()
        assert said[0] == "Starting JupyterLab ...\n"
        assert said[1].startswith("Open this address in a browser: http://127.0.0.1:")
        assert said[2] == "It runs until you press Ctrl+C here twice.\n"
        address = said[1].split()[-1]
        assert "/doc/tree/00-start-here.ipynb?token=" in address
        with urllib.request.urlopen(address) as answer:
            assert answer.status == 200
            assert b"jupyter-config-data" in answer.read()
        with pytest.raises(urllib.error.HTTPError, match="403"):
            urllib.request.urlopen(address.split("/doc/")[0] + "/api/contents")
    finally:
        child.terminate()
        child.communicate()
