"""start.py on computers as they are: other Pythons, none that fits, settings of other programs, a
damaged .venv, no network.
"""

import json
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from starting import ROOT, failed, load_start, names

POSIX = pytest.mark.skipif(os.name == "nt", reason="the other Python is a script")
NO_NETWORK = """WARNING: Retrying after connection broken by 'NewConnectionError(': Failed to \
establish a new connection: [Errno -3] Temporary failure in name resolution')': /simple/uv/
ERROR: Could not find a version that satisfies the requirement uv==0.13.9 (from versions: none)"""


# The Python


@pytest.mark.parametrize(
    "version, said",
    [
        ((3, 10), "is too old"),
        ((3, 11), ""),
        ((3, 15), ""),
        ((3, 16), "is too new"),
        ((4, 0), "is too new"),
    ],
)
def test_the_pythons_that_fit(start, monkeypatch, version, said):
    monkeypatch.setattr(sys, "version_info", (*version, 0, "final", 0))
    assert start.unfit() == said


def test_kinds_of_python_that_have_no_packages(start, monkeypatch):
    monkeypatch.setattr(start.sysconfig, "get_config_var", lambda name: name == "Py_GIL_DISABLED")
    assert start.unfit() == "is the kind without a global lock"
    monkeypatch.setattr(sys, "maxsize", 2**31 - 1)
    assert start.unfit() == "is one of 32 bit"


def test_a_python_that_fits_is_gone_on_with(start, monkeypatch, capsys, tmp_path):
    """It gets the same words, and start.py ends as it does."""
    monkeypatch.setattr(start, "unfit", lambda: "is too new")
    told = tmp_path / "told"
    (start.ROOT / "start.py").write_text(
        f"import sys\nopen({str(told)!r}, 'w').write(' '.join(sys.argv[1:]))\nsys.exit(7)\n",
        "utf-8",
    )
    monkeypatch.setattr(start, "other_python", lambda: [sys.executable])
    assert start.main(["test", "-k", "veto"]) == 7
    assert told.read_text("utf-8") == "test -k veto"
    said = capsys.readouterr().out
    assert "is too new: the casebook needs 3.11 to 3.15. Going on with " in said


def test_a_python_is_asked_itself_whether_it_fits(start):
    assert start.fits([sys.executable])
    assert not start.fits(["no-python-of-this-name"])
    whole = (start.ROOT / "start.py").read_text("utf-8")
    start_of_another = whole.replace("(3, 11), (3, 15), (3, 14)", "(3, 98), (3, 99), (3, 99)")
    assert start_of_another != whole
    (start.ROOT / "start.py").write_text(start_of_another, "utf-8")
    assert not start.fits([sys.executable])


def mirror(folder: Path, version: str) -> Path:
    """A list of Pythons to fetch with one in it, as uv reads it: an archive in the form of those it
    fetches, whose Python is a script that calls the one that runs the tests.
    """
    minor = version.rsplit(".", 1)[0]
    library = folder / f"python/lib/python{minor}"
    library.mkdir(parents=True)
    data = "# system configuration generated and used by the sysconfig module\nbuild_time_vars = {}"
    (library / "_sysconfigdata__linux_x86_64-linux-gnu.py").write_text(data + "\n", "utf-8")
    script = folder / f"python/bin/python{minor}"
    script.parent.mkdir()
    base = getattr(sys, "_base_executable", sys.executable)
    script.write_text(f'#!/bin/sh\nexec "{base}" "$@"\n', "utf-8")
    script.chmod(0o755)
    (script.parent / "python3").symlink_to(script.name)
    with tarfile.open(folder / "python.tar.gz", "w:gz") as archive:
        archive.add(folder / "python", "python")
    machine = os.uname().machine
    major, minor, patch = map(int, version.split("."))
    entry = {
        "name": "cpython",
        "arch": {"family": machine, "variant": None},
        "os": "linux",
        "libc": "gnu",
        **{"major": major, "minor": minor, "patch": patch, "prerelease": ""},
        "url": (folder / "python.tar.gz").as_uri(),
        **{"sha256": None, "variant": None, "build": "20260101"},
    }
    listed = folder / "pythons.json"
    listed.write_text(json.dumps({f"cpython-{version}-linux-{machine}-gnu": entry}), "utf-8")
    return listed


@pytest.mark.skipif(sys.platform != "linux", reason="the mirror holds a Python for Linux")
def test_where_no_python_fits_uv_fetches_one_from_a_local_mirror(
    start, monkeypatch, capsys, tmp_path
):
    """With the real uv, whose way of going about it is not ours to imitate."""
    import uv

    def fetch_uv(home):
        (home / "uv").mkdir()
        shutil.copy(uv.find_uv_bin(), home / "uv/uv")
        return 0, ""

    listed = mirror(tmp_path / "mirror", start.dotted(sys.version_info))
    monkeypatch.setattr(start, "FETCHED", sys.version_info[:2])
    monkeypatch.setattr(start, "fetch_uv", fetch_uv)
    monkeypatch.setattr(
        start, "other_python", lambda: next(([str(p)] for p in start.fetched_pythons()), [])
    )
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS_JSON_URL", str(listed))
    monkeypatch.setenv("UV_PYTHON_DOWNLOADS", "never")  # as somebody may have set it
    monkeypatch.setattr(start, "unfit", lambda: "is too old")
    assert start.main(["--help"]) == 0
    assert not (start.ROOT / ".python").exists()  # help needs no Python that fits
    (python,) = start.fetch_python("This Python is too old.")
    assert Path(python).is_relative_to(start.ROOT / ".python")
    assert start.fits([python])
    assert "Fetching Python" in capsys.readouterr().out


def test_without_a_network_it_says_what_to_do(start, tools, monkeypatch, capsys):
    monkeypatch.setattr(start, "unfit", lambda: "is too new")
    tools[1]["uv by pip"] = 1, NO_NETWORK
    said = failed(start, capsys, "setup")
    assert (
        "is too new: the casebook needs 3.11 to 3.15. One could not be fetched: the network" in said
    )
    assert "What to do: connect to the network and run this again." in said
    assert (
        "Or install Python 3.14 from python.org beside this one, and run start.py with it." in said
    )
    assert not start.venv().exists()


# Other programs' settings


HOSTILE = {
    "PYTHONSAFEPATH": "1",
    "PYTHONWARNINGS": "error",
    "PYTHONSTARTUP": "/elsewhere.py",
    "MPLBACKEND": "module://backend_interagg",
    "MATPLOTLIBRC": "/elsewhere",
    "PIP_TARGET": "/elsewhere",
    "PIP_PREFIX": "/elsewhere",
    "PIP_DRY_RUN": "1",
    "UV_SYSTEM_PYTHON": "1",
    "JUPYTER_CONFIG_PATH": "/elsewhere",
    "CONDA_PREFIX": "/elsewhere",
}


def test_what_other_programs_have_set_does_not_reach_ours(start, monkeypatch):
    for name, value in HOSTILE.items():
        monkeypatch.setenv(name, value)
    for name in ("HTTPS_PROXY", "PIP_INDEX_URL", "PIP_CERT", "UV_DEFAULT_INDEX", "SSL_CERT_FILE"):
        monkeypatch.setenv(name, "kept")
    start.venv().mkdir()
    env = start.child_env()
    assert not set(HOSTILE) & set(env)
    assert {env[name] for name in ("HTTPS_PROXY", "PIP_INDEX_URL", "PIP_CERT")} == {"kept"}
    assert {env[name] for name in ("UV_DEFAULT_INDEX", "SSL_CERT_FILE")} == {"kept"}
    for name in ("MPLCONFIGDIR", "IPYTHONDIR"):
        assert Path(env[name]).is_relative_to(start.venv())


def test_in_a_folder_of_onedrive_files_are_copied(start, monkeypatch):
    assert start.no_links() == {}
    monkeypatch.setenv("OneDrive", str(start.ROOT.parent))
    assert start.no_links() == {"UV_LINK_MODE": "copy"}
    lines = "import os; print(os.environ['UV_LINK_MODE'])"
    start.venv().mkdir()
    assert start.run([sys.executable, "-c", lines]) == (0, "copy\n")


def test_a_target_of_pip_is_overruled(start, tools):
    start.main(["setup"])
    command = dict(tools[0])["uv by pip"]
    assert command[command.index("--target") + 1] == ""


def test_where_uv_would_put_packages_elsewhere_pip_is_asked(start, tools, capsys):
    tools[1]["where"] = 0, ""
    assert start.main(["setup"]) == 0
    assert names(tools) == ["venv", "uv by pip", "pip", "compileall"]


def test_no_stamp_before_all_is_in_its_place(start, tools, capsys):
    tools[1]["works"] = 1, "missing: annotated-types 0.8.0"
    said = failed(start, capsys, "setup")
    assert "not where they belong: annotated-types 0.8.0 cannot be found in .venv." in said
    assert "What to do: look for a setting of pip or uv" in said
    assert start.reason_to_set_up(start.LEARN) == "half"


@pytest.mark.slow
def test_what_works_means(tmp_path):
    """The Python that runs the tests has what the lock names; with one version more it has not."""
    start = load_start()
    lock = tmp_path / "lock.txt"
    lock.write_bytes((ROOT / "requirements-test.txt").read_bytes())
    command = [sys.executable, "-c", start.WORKS, lock]
    assert subprocess.run(command, env=start.child_env()).returncode == 0
    lock.write_text(
        "pandas==0.1 \\\n    --hash=sha256:0\nnumpy==9 ; python_version < '3'\n", "utf-8"
    )
    done = subprocess.run(command, env=start.child_env(), capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (1, "missing: pandas 0.1")


def package_folder(start) -> Path:
    """Where .venv of this start.py has its packages, with three in it."""
    scheme = {"base": str(start.venv()), "platbase": str(start.venv())}
    place = Path(start.sysconfig.get_path("purelib", "venv", scheme))
    for name in ("pandas", "pandas-3.1.1.dist-info", "jupyter_core"):
        (place / name).mkdir(parents=True)
    return place


@pytest.mark.parametrize("gone", ["jupyter_core", "pandas-3.1.1.dist-info"])
def test_a_damaged_venv_is_noticed_and_set_up_again(start, tools, capsys, gone):
    """A package that a virus scanner took, or another version that somebody installed."""
    start.main(["setup"])
    place = package_folder(start)
    start.write_stamp(start.read_stamp()["locks"])
    assert start.reason_to_set_up(start.LEARN) == ""
    (place / "something-of-ones-own").mkdir()
    assert start.reason_to_set_up(start.LEARN) == ""
    (place / gone).rmdir()
    tools[0].clear()
    assert start.main(["setup"]) == 0
    assert "Something in .venv is missing or was changed; setting up again." in (
        capsys.readouterr().out
    )
    assert names(tools)[0] == "venv"


def test_where_jupyterlab_cannot_be_loaded_the_next_start_sets_up_again(
    start, tools, monkeypatch, capsys
):
    class Child:
        wait = staticmethod(lambda: 1)

    start.main(["setup"])
    tools[1]["works"] = 1, "ModuleNotFoundError: No module named 'jupyterlab.labapp'"
    monkeypatch.setattr(start, "start", lambda command, env: Child)
    monkeypatch.setattr(start, "lab_address", lambda child, env, name: "")
    said = failed(start, capsys)
    assert "JupyterLab could not be started: something in .venv is missing or was changed." in said
    assert "What to do: run this again: it sets up anew." in said
    assert start.reason_to_set_up(start.LEARN) == "half"


@POSIX
def test_a_venv_that_is_a_link_is_replaced_and_what_it_leads_to_is_left_alone(start, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "kept.txt").touch()
    start.venv().symlink_to(theirs)
    start.run = lambda command: (0, "")
    start.make_venv()
    assert (theirs / "kept.txt").exists()
    assert not start.venv().exists()


def test_a_server_without_our_token_is_stopped(start, tmp_path, monkeypatch):
    class Child:
        pid = 4711
        poll = staticmethod(lambda: None)
        terminate = staticmethod(lambda: stopped.append(1))

    stopped = []
    monkeypatch.setattr(
        start.subprocess, "check_output", lambda *args, **kwargs: str(tmp_path).encode()
    )
    info = {"pid": 4711, "token": "", "url": "http://127.0.0.1:8888/", "hostname": "127.0.0.1"}
    (tmp_path / "jpserver-1.json").write_text(json.dumps(info | {"port": 8888}), "utf-8")
    with pytest.raises(start.Stop, match="another token"):
        start.lab_address(Child, {"JUPYTER_TOKEN": "ours"})
    assert stopped == [1]


def test_nobodys_configuration_of_jupyter_is_read(start, tools, monkeypatch, tmp_path):
    """But the theme and the size of letters, which are the person's own."""
    seen = []

    class Child:
        wait = staticmethod(lambda: 0)

    monkeypatch.setenv("JUPYTER_CONFIG_DIR", str(tmp_path / "mine"))
    monkeypatch.setattr(start, "start", lambda command, env: seen.append((command, env)) or Child)
    monkeypatch.setattr(start, "lab_address", lambda child, env, name: "")
    assert start.main([]) == 0
    command, env = seen[0]
    assert Path(env["JUPYTER_CONFIG_DIR"]).is_relative_to(start.venv())
    assert env["JUPYTERLAB_SETTINGS_DIR"] == str(tmp_path / "mine/lab/user-settings")
    assert "--KernelManager.transport_encryption=auto" in command


# A pack


@pytest.mark.parametrize(
    "words, asked",
    [
        (["windows", "3.13"], ("windows", "3.13", False)),
        (["linux", "--python"], ("linux", "3.14", True)),
        (["macos-arm", "3.15"], ("macos-arm", "3.15", False)),
    ],
)
def test_what_a_pack_is_made_for(start, words, asked):
    assert start.asked_of_pack(words) == asked


def test_a_pack_for_what_there_is_not(start, tools, capsys):
    said = failed(start, capsys, "pack", "amiga", code=2)
    assert "A pack cannot be made for amiga." in said
    assert "name one of windows, macos-arm, macos-intel, linux, one of 3.11, 3.12" in said


def test_nobodys_answers_are_packed(start):
    there = [".git", ".venv", "my_work", "class_answers", "data", "start.py", "wheels"]
    assert set(there) - set(start.not_packed(str(start.ROOT), there)) == {"data", "start.py"}
    inside = str(start.ROOT / "notebooks" / "casebook")
    assert start.not_packed(inside, ["edition", "lab", "__pycache__"]) == ["__pycache__"]


def as_pack(start, python: str) -> None:
    """Let the folder be an unpacked pack for a Python."""
    (start.ROOT / "wheels").mkdir()
    told = {"platform": "linux", "python": python}
    (start.ROOT / "wheels/pack.json").write_text(json.dumps(told), "utf-8")


def test_a_pack_is_set_up_from_its_own_packages(start, tools):
    as_pack(start, start.dotted(sys.version_info[:2]))
    assert start.main(["setup"]) == 0
    for _, command in tools[0][1:]:
        assert command[command.index("--no-index") + 1 :][:2] == [
            "--find-links",
            str(start.ROOT / "wheels"),
        ]


def test_a_pack_says_which_python_it_needs(start, tools, capsys):
    as_pack(start, "3.99")
    tools[1]["uv by pip"] = 1, "ERROR: No matching distribution found for uv==0.13.9"
    said = failed(start, capsys, "setup")
    assert "is not the one of this pack's packages: the casebook needs 3.99." in said


def test_a_pack_has_no_packages_for_the_tests(start, tools, capsys):
    as_pack(start, start.dotted(sys.version_info[:2]))
    assert "came as a pack" in failed(start, capsys, "test")
    assert names(tools) == []
