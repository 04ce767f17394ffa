"""Set the casebook up and open it: `python start.py`. `python start.py --help` says what else it
can do.

One file, standard library only. It makes a Python of its own in .venv, installs there exactly what
the lock names (requirements.txt, checked by hash), and starts things with it; nothing outside this
folder is changed. It has to load on old Pythons too, so that they get a sentence instead of a
SyntaxError: please keep its syntax plain.
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

# From OLDEST to TESTED is tested; below TOO_NEW is let in.
OLDEST, TESTED, TOO_NEW = (3, 11), (3, 13), (3, 15)

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
        "run the tests; --browser adds the browser's; --quick leaves out browser and notebooks",
    ),
    "present": (LEARN, [], (), "open a lesson for the projector: present 07"),
    "build": (LEARN, ["casebook", "build"], (), "make data/ from seeds/"),
    "handout": (
        LEARN,
        ["casebook", "handout"],
        (),
        "a lesson's paper part to print: handout 01, with --answers the teacher's",
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

# Settings of another Python, venv or Jupyter that would mislead ours, or have every kernel compile
# the casebook anew.
# PIP_* and UV_* stay: proxies, mirrors.
IN_THE_WAY = (
    "VIRTUAL_ENV",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONDONTWRITEBYTECODE",
    "__PYVENV_LAUNCHER__",
    "JUPYTER_PATH",
    "JUPYTERLAB_DIR",
)

REASONS = {
    "first": "Setting up the casebook.",
    "half": "An earlier set-up stopped half-way; beginning it again.",
    "moved": "This folder has been moved or copied; setting up again in its new place.",
    "python": "This is another Python than last time; setting up again for it.",
    "lock": "Some packages are missing or have new versions; installing those.",
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


def check_python():
    """Stop unless the lock is made for the Python that runs this."""
    version = sys.version_info[:2]
    if OLDEST <= version < TOO_NEW and sys.implementation.name == "cpython":
        return
    kind = (
        "too old"
        if version < OLDEST
        else "too new"
        if version >= TOO_NEW
        else "not the usual one (CPython)"
    )
    fitting = other_python()
    raise Stop(
        f"This Python, {dotted(sys.version_info)}, is {kind}: the casebook needs "
        f"{dotted(OLDEST)} to "
        f"{dotted(TESTED)}.",
        f"this computer has one that fits; run: {fitting} start.py"
        if fitting
        else f"install Python {dotted(TESTED)} from python.org beside this one, and run start.py "
        "with it.",
    )


def other_python():
    """The command of a tested Python on this computer; '' if none is found."""
    for minor in range(TESTED[1], OLDEST[1] - 1, -1):
        command = ["py", f"-3.{minor}"] if os.name == "nt" else [f"python3.{minor}"]
        with contextlib.suppress(OSError):
            if not subprocess.call(
                command + ["-c", ""], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ):
                return " ".join(command)
    return ""


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
    another = bits == 32 or sys.version_info[:2] != TESTED
    return Stop(
        f"There is no ready-made {package.group(1) if package else 'package'} for this computer "
        f"({platform.system()}, {platform.machine()}) with this Python "
        f"({dotted(sys.version_info)}, {bits} bit).",
        f"install the 64-bit Python {dotted(TESTED)} from python.org and run start.py with it."
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
        json.dumps({"place": str(ROOT), "python": this_python(), "locks": locks}, indent=1), "utf-8"
    )
    os.replace(str(draft), str(stamp_file()))


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
        if sys.version_info[:2] > TESTED:
            say(f"Python {dotted(sys.version_info)} is not tested with these packages; trying it.")
        locks = read_stamp()["locks"] if reason == "lock" else {}
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            stamp_file().unlink()  # from here on the set-up is half-way
        if reason != "lock":
            make_venv()
        install(lock)
        settings = venv() / "share/jupyter/lab/settings/overrides.json"
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(json.dumps(OVERRIDES), "utf-8")
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
    import importlib.util

    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        raise no_venv()
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


def has_uv(version="*"):
    """Whether .venv has uv, in any version or in this one."""
    packages = sysconfig.get_path("purelib", "venv", {"base": str(venv()), "platbase": str(venv())})
    return any(Path(packages).glob(f"uv-{version}.dist-info"))


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
    return run(
        [
            venv_python(),
            "-m",
            "uv",
            "pip",
            "install",
            "--python",
            venv_python(),
            "--require-hashes",
            "--only-binary",
            ":all:",
            "--compile-bytecode",
            "-r",
            ROOT / lock,
        ]
    )


def install_with_pip(lock):
    """Install the lock with pip, and compile it; (exit code, output)."""
    code, output = run(pip_install("-r", ROOT / lock))
    if (
        not code
    ):  # some packages carry files that cannot compile, so this one's exit code says nothing
        run([venv_python(), "-m", "compileall", "-q", "-j", "0", venv()])
    return code, output


def pip_install(*arguments):
    """The command for .venv's pip: hashes demanded, nothing built on this computer."""
    return [
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
    ] + list(arguments)


def run(command):
    """Run a tool quietly, with a sign of life now and then; (exit code, all it printed)."""
    command = [str(part) for part in command]
    began = time.monotonic()
    with tempfile.TemporaryFile() as printed:
        child = subprocess.Popen(
            command,
            cwd=str(ROOT),
            env=child_env(NO_COLOR="1", PIP_USER="0"),
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


def keep(command, output):
    """Keep what a tool printed in .venv/setup.log, if there is a .venv to keep it in."""
    with contextlib.suppress(OSError), open(
        str(venv() / "setup.log"), "a", encoding="utf-8"
    ) as log:
        log.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} $ {' '.join(command)}\n{output}\n")


# Starting things with the casebook's own Python


def child_env(hidden=(), **extra):
    """The environment for what is started from here."""
    env = {
        name: value for name, value in os.environ.items() if name not in IN_THE_WAY + tuple(hidden)
    }
    # The kernel named python3 shall be .venv's, whatever kernels this person has registered.
    env.update(PYTHONUTF8="1", JUPYTER_PREFER_ENV_PATH="1", **extra)
    return env


def start(arguments, env):
    """Start the casebook's Python; Ctrl+C is from now on for what it runs, not for start.py."""
    child = subprocess.Popen([venv_python(), "-m"] + arguments, cwd=str(ROOT), env=env)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    return child


def run_word(word, arguments):
    """Run what a word stands for; its exit code."""
    lock, module, hidden, _ = WORDS[word]
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
    return child.wait()


def lab_command(arguments, browser, name=FIRST):
    """What `python -m` gets: our settings where the command line names no other, the lesson alone
    and without a list of files among them, then the command line's.
    """
    ours = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.root_dir": ROOT / LESSONS,  # a projected file list shows lessons
        "Application.log_level": "WARN",
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
    folder = subprocess.check_output([venv_python(), "-c", where], env=env).decode("utf-8").strip()
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
    check_python()
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
    if word == "present":
        return present(arguments[1:])
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
