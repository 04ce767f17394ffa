"""Set the casebook up and open it: `python start.py`. `python start.py --help` says what else it
can do.

One file, standard library only. It makes a Python of its own in .venv, installs there exactly what
the lock names (requirements.txt, checked by hash), and starts things with it; nothing outside this
folder is changed. Where the Python that runs it does not fit, it goes on with another one of this
computer, or fetches one into .python. It has to load on old Pythons too: please keep its syntax
plain.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

# All from OLDEST to NEWEST are tested, and the lock has ready-made packages for each. FETCHED is
# what is fetched where none of them is to be had.
OLDEST, NEWEST, FETCHED = (3, 11), (3, 15), (3, 14)

ROOT = Path(__file__).resolve().parent
LESSONS, FIRST = "notebooks", "00-start-here.ipynb"
EXTENSIONS = "casebook/lab"  # in LESSONS: what JupyterLab gets from us, read as it lies there
LEARN, TEST = "requirements.txt", "requirements-test.txt"
LOCKS = {
    LEARN: [LEARN],
    TEST: [LEARN, TEST],
}  # what holds once a lock is installed: the tests' has all of the first

WORDS = {
    # word: (the lock it needs, what `python -m` runs, variables hidden from that, what --help says)
    "setup": (LEARN, [], (), "set up, and stop there"),
    # Two at a time, a file at a time: a notebook's cells run in their order. The browser's files,
    # the slowest, begin.
    "test": (
        TEST,
        ["pytest", "-n", "2", "--dist", "loadscope", "--no-loadscope-reorder"],
        (),
        "run all tests; --quick: no browser, notebooks, pages; the rest goes on to pytest",
    ),
    "present": (LEARN, [], (), "open a lesson for the projector: present 07"),
    "build": (LEARN, ["casebook", "build"], (), "make data/ from seeds/"),
    "handout": (
        LEARN,
        ["casebook", "handout"],
        (),
        "a lesson's paper part to print: handout 01, with --answers the teacher's",
    ),
    "shorter": (
        LEARN,
        ["casebook", "shorter"],
        (),
        "a copy of a lesson without what my_questions/skip.txt names: shorter 01",
    ),
    "kit": (
        TEST,
        ["casebook", "kit"],
        ("CASEBOOK_TEXTS",),
        "the teacher's kit to print and to change: open edition/kit/index.html",
    ),
    "edition": (
        LEARN,
        ["casebook", "edition"],
        ("CASEBOOK_TEXTS",),
        "the lessons as pages that need no Python: open edition/index.html in a browser; --lab adds"
        " the notebooks, for a web server",
    ),
    # As refresh below, which it ends with.
    "new": (LEARN, ["casebook", "new"], ("CASEBOOK_TEXTS",), "begin a lesson: new 11-your-title"),
    "words": (
        LEARN,
        ["casebook", "words"],
        (),
        "count the words of the articles' texts into seeds/corpus/words.csv",
    ),
    "pack": (LEARN, [], (), "one file to set up from without a network: pack windows 3.13"),
    # What a lesson stores must never depend on who has the articles' texts.
    "refresh": (
        LEARN,
        ["casebook", "refresh"],
        ("CASEBOOK_TEXTS",),
        "run all notebooks and store what they show; --check only says which differ",
    ),
}

HELP = """python start.py             set up, then open JupyterLab on the first lesson
python start.py 05          the same on lesson 05
{words}

Options without a word go on to JupyterLab, for example: python start.py --port 9000
CASEBOOK_NO_BROWSER=1       print the address instead of opening a browser
CASEBOOK_TEXTS=FOLDER       where the articles' texts are, for the tests that compare with them"""

# What a pack can be made for: what uv calls it, which packages fit it, what uv calls its Python.
PLATFORMS = {
    "windows": ("x86_64-pc-windows-msvc", ["win_amd64"], "windows-x86_64-none"),
    "macos-arm": ("aarch64-apple-darwin", ["macosx_13_0_arm64"], "macos-aarch64-none"),
    "macos-intel": ("x86_64-apple-darwin", ["macosx_13_0_x86_64"], "macos-x86_64-none"),
    "linux": (
        "x86_64-manylinux_2_28",
        [f"manylinux_2_{minor}_x86_64" for minor in range(28, 4, -1)]
        + ["manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64"],
        "linux-x86_64-gnu",
    ),
}

# How a pack that brings its Python is started.
LAUNCHERS = {
    "start.cmd": '@for /d %%p in ("%~dp0.python\\cpython-*") do @("%%p\\python.exe" '
    '"%~dp0start.py" %* & exit /b)\r\n',
    "start.sh": '#!/bin/sh\nhere=$(dirname "$0")\nfor python in "$here"/.python/cpython-*; do\n'
    '    exec "$python/bin/python3" "$here/start.py" "$@"\ndone\n',
}

# What a .venv has to do: have each package of the lock in its version, and load what lessons need.
WORKS = r"""
import importlib.metadata, re, sys
from pathlib import Path

lock = Path(sys.argv[1]).read_text("utf-8")
for name, version in re.findall(r"^([^= ]+)==([^ ;]+) [^;\n]*$", lock, re.MULTILINE):
    try:
        assert importlib.metadata.version(name) == version
    except Exception:
        sys.exit(f"missing: {name} {version}")
import anywidget, ipykernel.kernelapp, ipywidgets, jupyterlab.labapp, pandas
import matplotlib.font_manager
"""

SIGN_OF_LIFE = 10  # seconds between two lines while a tool works

OVERRIDES = {
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    # Ctrl + Shift + H is ours (casebook/lab): it shows and hides a lesson's code.
    "@jupyterlab/shortcuts-extension:shortcuts": {
        "shortcuts": [
            {
                "command": "apputils:display-shortcuts",
                "keys": ["Accel Shift H"],
                "selector": "body",
                "disabled": True,
            }
        ]
    },
}
# On the projector besides: every cell is there when its step comes, and nothing is saved.
PROJECTOR = {
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none", "scrollPastEnd": False},
    "@jupyterlab/docmanager-extension:plugin": {"autosave": False},
}

# Settings of another Python, venv, Jupyter or matplotlib that would mislead ours, or have every
# kernel compile the casebook anew. PIP_* and UV_* stay (proxies, mirrors), but for those that put
# packages elsewhere or install only in part.
IN_THE_WAY = re.compile(
    r"PYTHON.*|VIRTUAL_ENV|CONDA_PREFIX|__PYVENV_LAUNCHER__|IPYTHONDIR|"
    r"JUPYTER_(PATH|CONFIG_DIR|CONFIG_PATH|NO_CONFIG|TOKEN_FILE)|JUPYTERLAB_DIR|"
    r"MPLBACKEND|MPLCONFIGDIR|MATPLOTLIBRC|"
    r"PIP_(TARGET|PREFIX|ROOT|USER|DRY_RUN|NO_DEPS|PYTHON|REQUIREMENT|REPORT|QUIET|ABI|PLATFORM|"
    r"PYTHON_VERSION|IMPLEMENTATION|IGNORE_REQUIRES_PYTHON|NO_BINARY|ONLY_BINARY|ISOLATED)|"
    r"UV_(PYTHON|SYSTEM_PYTHON|BREAK_SYSTEM_PACKAGES|NO_BINARY|TARGET|PREFIX|WORKING_DIRECTORY|"
    r"WORKING_DIR|PROJECT)"
)

REASONS = {
    "first": "Setting up the casebook.",
    "half": "An earlier set-up stopped half-way; beginning it again.",
    "moved": "This folder has been moved or copied; setting up again in its new place.",
    "python": "This is another Python than last time; setting up again for it.",
    "lock": "Some packages are missing or have new versions; installing those.",
    "damaged": "Something in .venv is missing or was changed; setting up again.",
}

# What a tool's output means: (name, how to recognise it, what is wrong, the way out). The first
# that fits counts.
CAUSES = (
    (
        "disk",
        r"No space left|[Ee]rr(no|or) (28|112|122)\b|not enough space|[Dd]isk quota exceeded",
        "The disk is full.",
        "free about 1 GB, then run this again: it repairs what is half-way.",
    ),
    (
        "certificate",
        r"certificate verify failed|CERTIFICATE_VERIFY_FAILED|invalid peer certificate|"
        r"UnknownIssuer",
        "The network's certificate is not trusted here; schools and firms often put their own in "
        "between.",
        "ask your IT for its certificate file, set PIP_CERT and SSL_CERT_FILE to it, and run this "
        "again.",
    ),
    (
        "network",
        r"dns error|tcp connect error|error sending request|[Cc]onnection (refused|reset|aborted|"
        r"broken)|"
        r"Failed to establish a new connection|timed out|[Nn]ame resolution|getaddrinfo failed|"
        r"ProxyError|"
        r"(Connect|Read)Timeout|tunnel error|Network is unreachable|"
        r"Network connectivity is disabled",
        "The packages could not be fetched: the network does not answer. Only setting up needs it.",
        "connect to the network and run this again. Behind a proxy, first set HTTPS_PROXY to its "
        "address.",
    ),
    (
        "altered",
        r"DO NOT MATCH THE HASHES|[Hh]ash mismatch",
        "A package that came is not the one named in the lock, so it was not installed.",
        "run this again, on another network if you can: a proxy or a mirror may have replaced it.",
    ),
    (
        "processor",
        r"no usable wheels|has no wheels|building from source is disabled|"
        r"No matching distribution found|"
        r"Could not find a version that satisfies|is not a supported wheel",
        "",
        "",
    ),  # see no_packages()
    ("venv", r"ensurepip is not available|No module named '?ensurepip", "", ""),  # see no_venv()
    (
        "long path",
        r"error 206\b|[Ww]indows [Ll]ong [Pp]ath|[Ff]ile ?name too long|"
        r"filename or extension is too long",
        "The path of this folder is too long for the packages' file names.",
        "move the folder somewhere short, such as C:\\casebook, and run this again there.",
    ),
    (
        "separator",
        r"contains the PATH separator",
        "The path of this folder has a sign in it (: or ;) that Python cannot work with.",
        "rename the folder and run this again.",
    ),
    (
        "forbidden",
        r"(WinError|os error) (1260|225|4551)\b|[Gg]roup [Pp]olicy|Application Control|AppLocker",
        "This computer does not let programs run from this folder: a rule of the school, or of"
        " whoever looks after the computer.",
        "ask them to allow this folder, or use the lessons as pages, which need nothing installed"
        " (README.md, the part on a link).",
    ),
    (
        "in use",
        r"WinError (5|32)\b|os error (5|32)\b|being used by another process",
        "A file in .venv is in use, so it cannot be replaced.",
        "close JupyterLab and every window that uses this folder, then run this again.",
    ),
    (
        "read-only",
        r"Permission denied|Read-only file system|Operation not permitted|os error (13|30)\b",
        "This folder cannot be written.",
        "copy it to where you may write, such as your Documents, and run start.py there.",
    ),
    (
        "",
        "",
        "The packages could not be installed, for a reason unknown to start.py.",
        "run this again; if that fails too, show .venv/setup.log to whoever gave you the casebook.",
    ),
)


class Stop(Exception):
    """Ends the run with a message for people: what is wrong, the way out, and what a tool printed
    about it.
    """

    def __init__(self, wrong, way_out, output="", code=1):
        super().__init__(wrong)
        self.wrong, self.way_out, self.output, self.code = wrong, way_out, output, code


def say(text):
    """Print a line at once, so that whoever waits sees it."""
    print(text, flush=True)


def dotted(version):
    """(3, 11) as 3.11."""
    return ".".join(str(number) for number in version[:3])


def venv():
    """The folder of the casebook's own Python."""
    return ROOT / ".venv"


def venv_python():
    """That Python. It is always run as `python -m ...`: console scripts would break in a moved
    folder.
    """
    return str(venv() / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))


# Messages


def unfit():
    """What is wrong with the Python that runs this, as the end of a sentence; '' if nothing is."""
    version = sys.version_info[:2]
    import importlib.util

    packed = pack()
    parts = ("venv", "ensurepip")
    reasons = (
        (version < OLDEST, "is too old"),
        (version > NEWEST, "is too new"),
        (sys.implementation.name != "cpython", "is not the usual one (CPython)"),
        (sys.maxsize <= 2**32, "is one of 32 bit"),
        (sysconfig.get_config_var("Py_GIL_DISABLED"), "is the kind without a global lock"),
        (packed and dotted(version) != packed["python"], "is not the one of this pack's packages"),
        (not all(map(importlib.util.find_spec, parts)), "lacks its venv module"),
    )
    return next((words for holds, words in reasons if holds), "")


def wanted_pythons():
    """In words, which Pythons do."""
    return pack()["python"] if pack() else f"{dotted(OLDEST)} to {dotted(NEWEST)}"


def other_python():
    """The command of a Python on this computer that fits, a fetched one first; [] if there is
    none.
    """
    minors = range(NEWEST[1], OLDEST[1] - 1, -1)
    found = [[str(place)] for place in fetched_pythons()]
    found += [["py", f"-3.{n}"] if os.name == "nt" else [f"python3.{n}"] for n in minors]
    return next((command for command in found if fits(command)), [])


def fetched_pythons():
    """The Pythons in .python, newest first."""
    executable = "python.exe" if os.name == "nt" else "bin/python3"
    return sorted((ROOT / ".python").glob(f"cpython-*/{executable}"), reverse=True)


def fits(command):
    """Whether there is such a Python, and it says of itself that it does."""
    ask = "import runpy, sys; sys.exit(bool(runpy.run_path(sys.argv[1])['unfit']()))"
    with contextlib.suppress(OSError):
        return not subprocess.call(
            command + ["-c", ask, str(ROOT / "start.py")],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=child_env(),
        )
    return False


def use_another_python(wrong, arguments):
    """Go on with another Python of this computer, or with one that is fetched for it. ``wrong`` is
    why this one does not do. The exit code.
    """
    wrong = f"This Python, {dotted(sys.version_info)}, {wrong}: the casebook needs"
    wrong = f"{wrong} {wanted_pythons()}{' with it' if 'lacks' in wrong else ''}."
    command = other_python()
    if command:
        say(f"{wrong} Going on with {' '.join(command)}.")
    else:
        command = fetch_python(wrong)
    return watched(command + [str(ROOT / "start.py")] + arguments, child_env()).wait()


def fetch_python(wrong):
    """Fetch a Python into .python by uv, which is fetched first; its command."""
    which = pack()["python"] if pack() else dotted(FETCHED)
    say(
        f"{wrong} Fetching Python {which} for it into .python, about 40 MB, once; nothing else on "
        "this computer changes ..."
    )
    home = ROOT / ".python"
    home.mkdir(exist_ok=True)
    with one_at_a_time():
        code, output = fetch_uv(home)
        if not code:
            code, output = run(
                [next(home.glob("uv/uv*")), "python", "install", "--install-dir", home]
                + ["--no-bin", "--no-registry", which],
                UV_PYTHON_DOWNLOADS="manual",
            )
    command = other_python()
    if code or not command:
        raise no_python(wrong, which, output)
    return command


def fetch_uv(home):
    """Fetch uv by its own block of the lock into home, with the pip of whatever Python this is;
    (exit code, output).
    """
    import zipfile

    only_uv = home / "uv.txt"
    only_uv.write_text(uv_block(LEARN)[1], "utf-8")
    code, output = run(
        [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes", "--no-input"]
        + ["--disable-pip-version-check", "--only-binary", ":all:", "--ignore-requires-python"]
        + ["-d", home, "-r", only_uv]
        + packed_only()
    )
    for wheel in home.glob("uv-*.whl"):
        with zipfile.ZipFile(str(wheel)) as archive:
            for name in archive.namelist():
                if name.endswith(("/scripts/uv", "/scripts/uv.exe")):
                    place = home / "uv" / name.split("/")[-1]
                    place.parent.mkdir(exist_ok=True)
                    place.write_bytes(archive.read(name))
                    place.chmod(0o755)
        wheel.unlink()
    return code, output


def no_python(wrong, which, output):
    """The message where no Python could be fetched."""
    if re.search(r"No module named '?pip", output):
        raise no_venv()
    name, _, why, way_out = cause(output)
    why = why if name and why else "None could be fetched."
    why = why.replace("The packages could not be fetched", "One could not be fetched")
    rest = f"install Python {which} from python.org beside this one, and run start.py with it."
    both = name in ("network", "certificate", "disk") and way_out
    return Stop(f"{wrong} {why}", f"{way_out} Or {rest}" if both else rest, output)


def pack():
    """What pack.json says of the packages in wheels/, where this folder came with them; else {}."""
    try:
        return json.loads((ROOT / "wheels" / "pack.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def packed_only():
    """What tells pip and uv to take packages from wheels/ alone, where this folder has them."""
    return ["--no-index", "--find-links", str(ROOT / "wheels")] if pack() else []


def check_folder():
    """Stop when start.py is alone, as in a zip that was opened but not unpacked."""
    missing = [name for name in (LEARN, TEST) if not (ROOT / name).is_file()]
    if missing:
        raise Stop(
            f"Beside start.py there is no {' and no '.join(missing)}.",
            "unpack or clone the whole casebook, and run start.py in its folder.",
        )


def unknown_word(word):
    """The message for a word that is none."""
    import difflib

    near = difflib.get_close_matches(word, WORDS, n=1)
    meant = (
        f"run: python start.py {near[0]}"
        if near
        else "run python start.py alone to open the casebook"
    )
    return Stop(
        f"start.py does not know the word '{word}'. It knows: {', '.join(WORDS)}.",
        f"{meant}. python start.py --help explains the words.",
        code=2,
    )


def lessons():
    """The names of the notebooks, in their order."""
    return sorted(path.name for path in (ROOT / LESSONS).glob("*.ipynb"))


def lesson(word):
    """The notebook that a word means, 05 or 05-said-alleged-denied; '' if none."""
    number = word.zfill(2) if word else "none"
    fits = (n for n in lessons() if word in (n, n[:-6]) or n.split("-")[0] == number)
    return next(fits, "")


def no_lesson(wrong, command):
    """The message where a lesson is asked for that isn't there; what there is, a line each."""
    there = "\n".join("  " + name[:-6] for name in lessons())
    return Stop(wrong, f"run for example: {command}. There are:\n{there}", code=2)


def no_venv():
    """The message for a Python without venv, as Debian and Ubuntu ship it."""
    return Stop(
        "This Python lacks its venv module, so the casebook cannot have a Python of its own.",
        f"on Debian or Ubuntu run: sudo apt install python{dotted(sys.version_info[:2])}-venv "
        "(or python3-venv); elsewhere install Python from python.org. Then run this again.",
    )


def no_packages(output):
    """The message for a processor, system or Python that a package was not made for."""
    import platform

    bits = 64 if sys.maxsize > 2**32 else 32
    package = re.search(r"(?:for|Because|requirement) `?([A-Za-z0-9._-]+)[={`]", output)
    packed = pack()
    another = bits == 32 or sys.version_info[:2] != FETCHED
    return Stop(
        f"There is no ready-made {package.group(1) if package else 'package'} for this computer "
        f"({platform.system()}, {platform.machine()}) with this Python "
        f"({dotted(sys.version_info)}, {bits} bit).",
        f"this pack is for {packed['platform']} with Python {packed['python']}: use it there, or "
        "delete the folder wheels and run this again with a network."
        if packed
        else f"install the 64-bit Python {dotted(FETCHED)} from python.org, and run start.py with "
        "it."
        if another
        else "use a 64-bit computer with Windows, macOS 13 or later, or Linux; or open the "
        "casebook on a "
        "JupyterHub or Binder, which read environment.yml.",
        output,
    )


def cause(output):
    """The row of CAUSES that a tool's output fits; the last fits all."""
    return next(row for row in CAUSES if re.search(row[1], output))


def explain(output):
    """The message for a tool that failed."""
    name, _, wrong, way_out = cause(output)
    if name == "processor":
        return no_packages(output)
    return no_venv() if name == "venv" else Stop(wrong, way_out, output)


def show(stop):
    """Print a message for people on stderr, under it the last lines of what the tool said."""
    lines = [line.rstrip() for line in stop.output.splitlines() if line.strip()][-10:]
    log = " (all of it is in .venv/setup.log)" if (venv() / "setup.log").exists() else ""
    tail = (
        [f"The last lines of the tool's own output{log}:"] + [f"  | {line}" for line in lines]
        if lines
        else []
    )
    sys.stdout.flush()
    print(
        "\n".join([stop.wrong, f"What to do: {stop.way_out}"] + tail), file=sys.stderr, flush=True
    )


# What a set-up leaves behind, and whether it still holds


def digest(lock):
    """The lock's hash, the same whatever its line ends."""
    return hashlib.sha256((ROOT / lock).read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def this_python():
    """The Python that runs this, in a line; another one needs another .venv."""
    return " ".join(
        [
            sys.implementation.name,
            dotted(sys.version_info) + getattr(sys, "abiflags", ""),
            sysconfig.get_platform(),
            sys.base_prefix,
        ]
    )


def stamp_file():
    """Where a finished set-up says what it did."""
    return venv() / "casebook-setup.json"


def read_stamp():
    """What the last finished set-up wrote: place, Python, the locks' hashes. Empty when none
    did.
    """
    try:
        stamp = json.loads(stamp_file().read_text("utf-8"))
        return (
            stamp if isinstance(stamp["locks"], dict) and stamp["place"] and stamp["python"] else {}
        )
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def write_stamp(locks):
    """Say that the set-up is finished: last of all and in one move, so that a stamp is whole or not
    there.
    """
    draft = stamp_file().with_suffix(".new")
    draft.write_text(
        json.dumps(
            {
                "place": str(ROOT),
                "python": this_python(),
                "locks": locks,
                "packages": sorted(packages()),
            },
            indent=1,
        ),
        "utf-8",
    )
    os.replace(str(draft), str(stamp_file()))


def packages():
    """What stands in .venv's folder of packages: a folder or a file each, and one with its
    version.
    """
    place = sysconfig.get_path("purelib", "venv", {"base": str(venv()), "platbase": str(venv())})
    with contextlib.suppress(OSError):
        return {name for name in os.listdir(place) if name != "__pycache__"}
    return set()


def reason_to_set_up(lock):
    """Why there is something to set up, as a key of REASONS; '' when all is in place."""
    if not venv().exists():
        return "first"
    stamp = read_stamp()
    if not stamp:
        return "half"
    if stamp["place"] != str(ROOT):
        return "moved"
    if stamp["python"] != this_python():
        return "python"
    if not os.path.exists(venv_python()):
        return "half"
    if not packages().issuperset(stamp.get("packages", ())):
        return "damaged"
    return "" if all(stamp["locks"].get(name) == digest(name) for name in LOCKS[lock]) else "lock"


# Setting up


def set_up(lock):
    """Bring .venv to what the lock says; touch nothing when it is there already."""
    if not reason_to_set_up(lock):
        return
    with one_at_a_time():
        reason = reason_to_set_up(
            lock
        )  # asked again: the set-up that was waited for may have done it
        if not reason:
            return
        began = time.monotonic()
        say(REASONS[reason])
        locks = read_stamp()["locks"] if reason == "lock" else {}
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            stamp_file().unlink()  # from here on the set-up is half-way
        if reason != "lock":
            make_venv()
        install(lock)
        settings = venv() / "share/jupyter/lab/settings/overrides.json"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(json.dumps(OVERRIDES), "utf-8")
        check_that_it_works(lock)
        locks.update((name, digest(name)) for name in LOCKS[lock])
        write_stamp(locks)
        say(f"Set up in {time.monotonic() - began:.0f} s. The next start is quick.")


@contextlib.contextmanager
def one_at_a_time():
    """Let one set-up at a time work in this folder. The system frees the lock when its holders end,
    however.
    """
    with open(str(ROOT / ".venv-setup.lock"), "a+b") as handle:
        os.set_inheritable(
            handle.fileno(), True
        )  # so a tool that outlives a killed start.py keeps the lock
        waited = 0
        while not locked(handle):
            if waited % 10 == 0:
                say("Another set-up is at work in this folder; waiting for it to end ...")
            time.sleep(1)
            waited += 1
        yield


def locked(handle):
    """Take the lock on an open file; False when another process has it."""
    try:
        if os.name == "nt":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:  # some network drives cannot lock at all: then go on without
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def make_venv():
    """Make .venv anew, emptying what is there."""
    if venv().is_symlink():
        venv().unlink()  # what it leads to is somebody else's, and not to be emptied
    if venv().is_file():
        raise Stop("A file named .venv is in the way.", "delete or rename it, then run this again.")
    say("Making a Python of its own in .venv (a few seconds) ...")
    base = (
        getattr(sys, "_base_executable", None) or sys.executable
    )  # not a venv's, which may be this very .venv
    code, output = run([base, "-m", "venv", "--clear", venv()])
    if code:
        raise explain(output)


def install(lock):
    """Install what the lock names into .venv: with uv, or with pip where uv fails."""
    names = set(re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / lock).read_text("utf-8"), re.MULTILINE))
    say(f"Installing about {round(len(names), -1)} packages (a minute or so the first time) ...")
    code, output = install_with_uv(lock)
    if code and pip_may_do_better(output):
        say("uv failed (.venv/setup.log says why); using pip, which takes about a minute more ...")
        code, output = install_with_pip(lock)
    if code:
        raise explain(output)


def pip_may_do_better(output):
    """Whether pip can succeed where uv failed: uv knows nothing of pip's configured proxy, mirror
    or certificate.
    """
    name = cause(output)[0]
    return name not in ("disk", "processor") and (
        name not in ("network", "certificate") or has_uv()
    )


def uv_block(lock):
    """(version, lines) of uv's own block in the lock, hashes included; ('', '') when there is
    none.
    """
    block = re.search(
        r"^uv==([^ \\\n]+)(?:.*\\\n)*.*$", (ROOT / lock).read_text("utf-8"), re.MULTILINE
    )
    return (block.group(1), block.group(0) + "\n") if block else ("", "")


def has_uv(version=""):
    """Whether .venv has uv, in any version or in this one."""
    return any(re.match(rf"uv-{re.escape(version)}", name) for name in packages())


def install_with_uv(lock):
    """Fetch uv by its own block of the lock, then let it install the rest; (exit code, output)."""
    version, block = uv_block(lock)
    if not version:
        return 1, "The lock names no uv."
    if not has_uv(version):
        only_uv = venv() / "uv.txt"
        only_uv.write_text(block, "utf-8")
        code, output = run(pip_install("--no-deps", "-r", only_uv))
        if code:
            return code, output
    uv = [venv_python(), "-m", "uv", "pip"]
    _, there = run(uv + ["freeze", "--python", venv_python()])
    if not re.search(r"^uv==", there, re.MULTILINE):
        return 1, "uv is set (in uv.toml) to put packages elsewhere."
    how = ["--require-hashes", "--only-binary", ":all:", "--compile-bytecode", "-r", ROOT / lock]
    return run(uv + ["install", "--python", venv_python()] + how + packed_only())


def install_with_pip(lock):
    """Install the lock with pip, and compile it; (exit code, output)."""
    code, output = run(pip_install("-r", ROOT / lock))
    if (
        not code
    ):  # some packages carry files that cannot compile, so this one's exit code says nothing
        run([venv_python(), "-m", "compileall", "-q", "-j", "0", venv()])
    return code, output


def check_that_it_works(lock):
    """Stop unless all that the lock names is in .venv, and loads. matplotlib looks for the fonts of
    this computer meanwhile, which the first lesson need not wait for then.
    """
    code, output = run([venv_python(), "-c", WORKS, ROOT / lock])
    if code:
        missing = re.findall(r"^missing: (.*)", output, re.MULTILINE)
        raise Stop(
            f"The packages were installed, but not where they belong: {missing[0]} cannot be found "
            "in .venv."
            if missing
            else "The packages were installed, but cannot be loaded.",
            "look for a setting of pip or uv (pip config list; uv.toml) that sends packages "
            "elsewhere, such as target or prefix, and take it away; or a program that protects "
            "this computer may have taken a file. Then run this again.",
            output,
        )


def pip_install(*arguments):
    """The command for .venv's pip: hashes demanded, nothing built on this computer. The empty
    target overrules one that somebody has set once and for all.
    """
    return (
        [
            venv_python(),
            "-m",
            "pip",
            "install",
            "--no-input",
            "--disable-pip-version-check",
            "--progress-bar",
            "off",
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--target",
            "",
        ]
        + packed_only()
        + list(arguments)
    )


def run(command, **extra):
    """Run a tool quietly, with a sign of life now and then; (exit code, all it printed)."""
    command = [str(part) for part in command]
    began = time.monotonic()
    with tempfile.TemporaryFile() as printed:
        child = subprocess.Popen(
            command,
            cwd=str(ROOT),
            env=child_env(NO_COLOR="1", PIP_USER="0", **dict(no_links(), **extra)),
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
            close_fds=os.name == "nt",
        )
        try:
            while child.poll() is None:
                try:
                    child.wait(timeout=SIGN_OF_LIFE)
                except subprocess.TimeoutExpired:
                    say(f"  ... still at it after {time.monotonic() - began:.0f} s")
        finally:
            if child.poll() is None:  # interrupted
                child.terminate()
                child.wait()
            printed.seek(0)
            output = printed.read().decode("utf-8", "replace")
            keep(command, output)
    return child.returncode, output


def no_links():
    """What tells uv to copy where this folder is OneDrive's, which neither takes nor leaves in
    peace a file that is in two places (os error 396).
    """
    synced = [
        os.environ.get(name) for name in ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
    ]
    inside = any(place and Path(place) in ROOT.parents for place in synced)
    return {"UV_LINK_MODE": "copy"} if inside else {}


def keep(command, output):
    """Keep what a tool printed in .venv/setup.log, if there is a .venv to keep it in."""
    with contextlib.suppress(OSError), open(
        str(venv() / "setup.log"), "a", encoding="utf-8"
    ) as log:
        log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} $ {' '.join(command)}\n{output}\n")


# A pack: the casebook with all that setting up needs, for a computer without a network


def make_pack(arguments):
    """Write the archive of a pack beside start.py; the exit code."""
    import shutil

    platform, python, brings = asked_of_pack(arguments)
    set_up(LEARN)
    name = f"letters-to-pact-{platform}-python{python}"
    say(f"Packing for {platform} with Python {python} (a minute or so) ...")
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, name)
        shutil.copytree(str(ROOT), str(folder), ignore=not_packed)
        wheels = folder / "wheels"
        wheels.mkdir()
        fetch_wheels(wheels, platform, python)
        told = {"platform": platform, "python": python}
        (wheels / "pack.json").write_text(json.dumps(told), "utf-8")
        if brings:
            pack_python(folder, platform, python)
        kind = "zip" if platform == "windows" else "gztar"
        archive = shutil.make_archive(str(ROOT / name), kind, place, name)
    say(f"Written: {archive}, {os.path.getsize(archive) / 1e6:.0f} MB.")
    how = "sh start.sh, or start.cmd on Windows" if brings else "python start.py"
    say(f"Copy it to the other computer, unpack it there, and run in its folder: {how}")
    return 0


def asked_of_pack(arguments):
    """(platform, Python, whether the pack brings that Python) of a command line."""
    here = {"win32": "windows", "darwin": "macos-arm"}.get(sys.platform, "linux")
    brings = "--python" in arguments
    python = dotted(FETCHED if brings else sys.version_info[:2])
    possible = [dotted((3, minor)) for minor in range(OLDEST[1], NEWEST[1] + 1)]
    for word in arguments:
        if word in PLATFORMS:
            here = word
        elif word in possible:
            python = word
        elif word != "--python":
            raise Stop(
                f"A pack cannot be made for {word}.",
                f"name one of {', '.join(PLATFORMS)}, one of {', '.join(possible)}, and --python "
                "if the pack shall bring its Python: python start.py pack windows 3.13 --python",
                code=2,
            )
    return here, python, brings


def not_packed(folder, names):
    """What stays here: what was made on this computer, and what anybody has answered."""
    if Path(folder) != ROOT:
        return [name for name in names if name in ("__pycache__", ".ipynb_checkpoints")]
    ours = ("my_work", "class_answers", "wheels", "edition", "handouts", "__pycache__")
    return [name for name in names if name in ours or name.startswith((".", "letters-to-pact-"))]


def fetch_wheels(wheels, platform, python):
    """Fetch what the lock names for a platform and a Python, by hash, into a folder."""
    triple, tags, _ = PLATFORMS[platform]
    code, output = run(
        [venv_python(), "-m", "uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate"]
        + ["--python-platform", triple, "--python-version", python, "-c", ROOT / LEARN]
        + [ROOT / "requirements.in"]
    )
    needed = set(re.findall(r"^\S+==\S+", output, re.MULTILINE))
    if code or not needed:
        raise explain(output)
    blocks = re.split(r"^(?=\S)", (ROOT / LEARN).read_text("utf-8"), flags=re.MULTILINE)
    chosen = [
        re.sub(r" ; [^\n]*?(?= \\\n)", "", block)
        for block in blocks
        if block.split(" ")[0] in needed
    ]
    lock = wheels / "requirements.txt"
    lock.write_text("".join(chosen), "utf-8")
    fits = ["--implementation", "cp", "--python-version", python]
    for tag in ["any"] + tags:
        fits += ["--platform", tag]
    for abi in ("cp" + python.replace(".", ""), "abi3", "none"):
        fits += ["--abi", abi]
    code, output = run(
        [venv_python(), "-m", "pip", "download", "--no-deps", "--require-hashes", "--no-input"]
        + ["--disable-pip-version-check", "--only-binary", ":all:", "-d", wheels, "-r", lock]
        + fits
    )
    lock.unlink()
    if code:
        raise explain(output)


def pack_python(folder, platform, python):
    """Put a Python for the platform into the pack, and what starts it."""
    import shutil

    home = folder / ".python"
    which = f"cpython-{python}-{PLATFORMS[platform][2]}"
    code, output = run(
        [venv_python(), "-m", "uv", "python", "install", "--install-dir", home]
        + ["--no-bin", "--no-registry", which],
        UV_PYTHON_DOWNLOADS="manual",
    )
    if code:
        raise explain(output)
    for extra in home.iterdir():  # uv's own: a lock, a link to the newest, a folder for its work
        if extra.is_symlink() or extra.is_file():
            extra.unlink()
        elif extra.name.startswith("."):
            shutil.rmtree(str(extra))
    for name, lines in LAUNCHERS.items():
        (folder / name).write_bytes(lines.encode("ascii"))


# Starting things with the casebook's own Python


def child_env(hidden=(), **extra):
    """The environment for what is started from here."""
    env = {
        name: value
        for name, value in os.environ.items()
        if not IN_THE_WAY.fullmatch(name) and name not in hidden
    }
    # The kernel named python3 shall be .venv's, whatever kernels this person has registered.
    env.update(PYTHONUTF8="1", JUPYTER_PREFER_ENV_PATH="1")
    if os.access(str(venv()), os.W_OK):  # else what they are for everything this person does
        env.update(
            IPYTHONDIR=str(venv() / "share/ipython"), MPLCONFIGDIR=str(venv() / "share/matplotlib")
        )
    env.update(extra)
    return env


def start(arguments, env):
    """Start the casebook's Python on a module."""
    return watched([venv_python(), "-m"] + arguments, env, str(ROOT))


def watched(command, env, folder=None):
    """Start a program; Ctrl+C is from now on for it, not for start.py."""
    child = subprocess.Popen(command, cwd=folder, env=env)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    return child


def run_word(word, arguments):
    """Run what a word stands for; its exit code."""
    lock, module, hidden, _ = WORDS[word]
    if lock == TEST and pack():
        raise Stop(
            "This folder came as a pack, with the packages of the lessons but not of the tests.",
            "delete the folder wheels and run this again with a network.",
        )
    set_up(lock)
    if not module:
        say("Everything is set up. Open the casebook with: python start.py")
        return 0
    extra = {"PYTHONPATH": str(ROOT / LESSONS)} if module[0] == "casebook" else {}
    return start(module + arguments, child_env(hidden, **extra)).wait()


def present(arguments):
    """Open a lesson for the projector, with settings of its own and an empty folder for answers:
    what is kept on this machine isn't shown, and what is done here isn't kept. The exit code.
    """
    name = lesson(arguments[0]) if arguments else ""
    if not name:
        wrong = f"There is no lesson {arguments[0]}." if any(arguments) else "Which lesson?"
        raise no_lesson(wrong, "python start.py present 07")
    set_up(LEARN)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as place:
        return open_lab(projector(place) + arguments[1:], name, at_the_projector(place))


def projector(place):
    """What JupyterLab is told besides, for the projector; its settings are written to place."""
    settings = Path(place, "lab")
    settings.mkdir()
    for name, content in (
        ("overrides.json", dict(OVERRIDES, **PROJECTOR)),
        ("page_config.json", {"casebookPresent": True}),
    ):
        (settings / name).write_text(json.dumps(content), "utf-8")
    return [f"--LabApp.app_settings_dir={settings}"]


def at_the_projector(place):
    """The environment that goes with it."""
    names = ("CASEBOOK_WORK", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR")
    return {name: str(Path(place, name.lower())) for name in names}


def open_lab(arguments, name=FIRST, extra=()):
    """Set up, start JupyterLab on a lesson, say its address, wait until it ends; its exit code."""
    import secrets

    set_up(LEARN)
    env = child_env(**dict(extra))
    # By the environment, where other users of this computer cannot see it.
    env["JUPYTER_TOKEN"] = env.get("JUPYTER_TOKEN") or secrets.token_hex(24)
    # A configuration that somebody wrote for other servers may take the token away, move the root
    # or load what isn't in .venv. The theme and the size of letters are the person's own.
    own = os.environ.get("JUPYTER_CONFIG_DIR") or os.path.expanduser("~/.jupyter")
    env.setdefault("JUPYTERLAB_SETTINGS_DIR", os.path.join(own, "lab", "user-settings"))
    env["JUPYTER_CONFIG_DIR"] = str(venv() / "share/jupyter/config")
    if os.access(str(venv()), os.W_OK):
        # Else JupyterLab looks for tabs that were open in other projects; and what it kept when its
        # root was another folder (lab/workspaces) names files where they no longer are.
        env.setdefault("JUPYTERLAB_WORKSPACES_DIR", str(venv() / "share/jupyter/lab/open"))
    browser = has_browser() and "--no-browser" not in arguments
    say("Starting JupyterLab ...")
    child = start(lab_command(arguments, browser, name), env)
    address = lab_address(child, env, name)
    if address:
        say(
            f"JupyterLab opens in your browser. If it does not, open this address: {address}"
            if browser
            else f"Open this address in a browser: {address}"
        )
        say("It runs until you press Ctrl+C here twice.")
    code = child.wait()
    if code and not address:
        check_that_it_starts()
    return code


def check_that_it_starts():
    """Stop when JupyterLab ended because .venv is damaged; the next start sets up again then."""
    code, output = run([venv_python(), "-c", WORKS, ROOT / LEARN])
    if code:
        with contextlib.suppress(OSError):
            stamp_file().unlink()
        raise Stop(
            "JupyterLab could not be started: something in .venv is missing or was changed.",
            "run this again: it sets up anew.",
            output,
        )


def lab_command(arguments, browser, name=FIRST):
    """What `python -m` gets: our settings where the command line names no other, the lesson alone
    and without a list of files among them, then the command line's.
    """
    ours = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.root_dir": ROOT / LESSONS,  # a projected file list shows lessons
        "Application.log_level": "WARN",
        # Else each kernel warns that what it says could be overheard, which on 127.0.0.1 it cannot.
        "KernelManager.transport_encryption": "auto",
        "LabApp.default_url": f"/doc/tree/{name}",
        "LabApp.extra_labextensions_path": ROOT / LESSONS / EXTENSIONS,
    }
    also = {"notebook_dir": "root_dir", "debug": "log_level"}
    # JupyterLab refuses to be told the same twice, so what the command line names is left to it.
    told = {
        argument.split("=")[0].split(".")[-1].lstrip("-").replace("-", "_")
        for argument in arguments
    }
    told |= {also.get(name) for name in told}
    command = ["jupyterlab"]
    command += [f"--{key}={value}" for key, value in ours.items() if key.split(".")[-1] not in told]
    if hasattr(os, "geteuid") and os.geteuid() == 0 and "--allow-root" not in arguments:
        command.append(
            "--allow-root"
        )  # usual in a container; the server answers this machine only, by token
    if not browser and "--no-browser" not in arguments:
        command.append("--no-browser")
    return command + arguments


def lab_address(child, env, name=FIRST):
    """The lesson's address, token included, once the server answers; '' when it ended
    before.
    """
    where = "from jupyter_core.paths import jupyter_runtime_dir; print(jupyter_runtime_dir())"
    try:
        folder = subprocess.check_output([venv_python(), "-c", where], env=env)
    except subprocess.CalledProcessError:  # JupyterLab will not be there either
        child.wait()
        return ""
    folder = folder.decode("utf-8").strip()
    while child.poll() is None:
        for file in Path(folder).glob("jpserver-*.json"):
            with contextlib.suppress(
                OSError, ValueError, KeyError
            ):  # another server's, or not yet whole
                server = json.loads(file.read_text("utf-8"))
                # On Windows a venv's Python is only a launcher, so there the child has another
                # number.
                if (
                    server["token"] == env["JUPYTER_TOKEN"]
                    if os.name == "nt"
                    else server["pid"] == child.pid
                ):
                    if server["token"] != env["JUPYTER_TOKEN"]:
                        child.terminate()
                        raise Stop(
                            "JupyterLab took another token than start.py gave it, so it was "
                            "stopped: anybody on this computer could use it.",
                            "take the token out of this computer's configuration of Jupyter (the "
                            "folders that `jupyter --paths` names), and run this again.",
                        )
                    if (
                        server["hostname"] == "127.0.0.1"
                    ):  # ours; it writes this file before it listens
                        socket.create_connection(("127.0.0.1", server["port"])).close()
                    return f"{server['url']}doc/tree/{name}?token={server['token']}"
        time.sleep(0.1)
    return ""


def has_browser():
    """Whether a browser window can show up here; a browser inside the terminal does not count."""
    import webbrowser

    if os.environ.get("CASEBOOK_NO_BROWSER"):
        return False
    shown = ("DISPLAY", "WAYLAND_DISPLAY", "BROWSER")
    try:
        return bool(
            (sys.platform in ("win32", "darwin") or any(map(os.environ.get, shown)))
            and webbrowser.get()
        )
    except webbrowser.Error:
        return False


def dispatch(arguments):
    """Do what the command line asks for; the exit code."""
    word = arguments[0] if arguments else ""
    if word in ("-h", "--help", "help"):
        say(
            HELP.format(
                words="\n".join(
                    f"python start.py {name:<11} {row[3]}" for name, row in WORDS.items()
                )
            )
        )
        return 0
    if word and not word.startswith("-") and word not in WORDS and not lesson(word):
        raise (
            no_lesson(f"There is no lesson {word}.", "python start.py 05")
            if word.isdigit()
            else unknown_word(word)
        )
    check_folder()
    wrong = unfit()
    if wrong:
        return use_another_python(wrong, arguments)
    if word == "present":
        return present(arguments[1:])
    if word == "pack":
        return make_pack(arguments[1:])
    if word in WORDS:
        return run_word(word, arguments[1:])
    if lesson(word):
        return open_lab(arguments[1:], lesson(word))
    return open_lab(arguments[1:] if word == "--" else arguments)


def main(arguments):
    """Do what the command line asks for; whatever stops it is said in plain words. The exit
    code.
    """
    try:
        return dispatch(arguments)
    except Stop as stop:
        show(stop)
        return stop.code
    except KeyboardInterrupt:
        show(
            Stop(
                "Stopped before the set-up was finished; nothing is broken.",
                "run this again: it repairs what is half-way.",
            )
        )
    except OSError as error:
        row = cause(str(error))
        show(
            Stop(row[2], row[3], str(error))
            if row[0]
            else Stop(
                f"The system refused something: {error}.", "put that right and run this again."
            )
        )
    return 1


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(
                errors="replace"
            )  # an old console need not know every letter of a path
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a polite end stops an installer too
    sys.exit(main(sys.argv[1:]))
