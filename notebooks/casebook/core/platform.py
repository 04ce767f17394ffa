"""What the machine offers: where things are, and what a kernel in a browser (Pyodide) does
otherwise. Whoever needs to know that asks here.

In a browser files have no locks and stay in that browser; a package that few lessons need is
fetched from the site when it is imported; what shows itself must not leave an empty result.
"""

import importlib.abc
import importlib.machinery
import os
import sys
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

IN_BROWSER = sys.platform == "emscripten"
PACKAGE = Path(__file__).resolve().parents[1]
# A wheel carries data/ and seeds/ inside the package; elsewhere they lie beside notebooks/.
_CARRIED = PACKAGE / "house"
HOUSE = _CARRIED if _CARRIED.is_dir() else PACKAGE.parents[1]
DATA, SEEDS, NOTEBOOKS = HOUSE / "data", HOUSE / "seeds", HOUSE / "notebooks"
DRIVE = Path("/drive")  # what JupyterLite keeps in the browser's storage
# Where the learner's work is, in a sentence for them.
WHERE_KEPT = (
    "in this browser, on this machine: other browsers and private windows do not see it, and it"
    " goes when the browser's data are cleared. Export it to keep it elsewhere."
    if IN_BROWSER
    else "my_work/answers.json, beside the folder notebooks (or in the folder that CASEBOOK_WORK"
    " names). It stays on this machine, unless a program copies this folder elsewhere, as OneDrive"
    " does. Delete it here, or delete the file."
)


def work_folder() -> Path:
    """Where the learner's work is kept: the folder that CASEBOOK_WORK names, else my_work/ beside
    notebooks/, in a browser on its drive.
    """
    named = os.environ.get("CASEBOOK_WORK")
    return Path(named) if named else (DRIVE if IN_BROWSER else HOUSE) / "my_work"


def class_folder(name: str) -> Path:
    """Where a class's files are put: the folder ``name`` beside notebooks/, or in the folder that
    CASEBOOK_WORK names.
    """
    return Path(os.environ.get("CASEBOOK_WORK") or (DRIVE if IN_BROWSER else HOUSE)) / name


class Late(importlib.abc.MetaPathFinder):
    """Imports what the site carries and the kernel did not load at its start.

    ``homes`` names the package of each module that can be imported, ``needs`` the packages that a
    package imports, ``fetch`` brings one to where Python looks.
    """

    def __init__(
        self,
        homes: dict[str, str],
        needs: dict[str, list[str]],
        there: set[str],
        fetch: Callable[[str], None],
    ):
        self._homes, self._needs, self._there, self._fetch = homes, needs, set(there), fetch

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """The module, once its package is there; None for what the site does not carry."""
        package = self._homes.get(fullname)
        if package is None or package in self._there:
            return None
        self._bring(package)
        importlib.invalidate_caches()
        return importlib.machinery.PathFinder.find_spec(fullname, path, target)

    def _bring(self, package: str) -> None:
        if package not in self._there:
            self._there.add(package)
            for needed in self._needs[package]:
                self._bring(needed)
            self._fetch(package)


def late_packages(pyodide: ModuleType, js: ModuleType, folder: Path = PACKAGE.parent) -> Late:
    """The finder for the site that this kernel came from. The request is a waiting one, which a
    worker may make: an import cannot be suspended.
    """
    packages = pyodide.lockfile.packages.to_py()

    def fetch(package: str) -> None:
        request = js.XMLHttpRequest.new()
        request.open("GET", pyodide.lockfileBaseUrl + packages[package]["file_name"], False)
        request.responseType = "arraybuffer"
        request.send(None)
        if request.status >= 400:
            raise ImportError(f"{package} could not be fetched: the site answers {request.status}")
        pyodide.unpackArchive(request.response, "wheel", extractDir=str(folder))

    return Late(
        {module: name for name, entry in packages.items() for module in entry["imports"]},
        {name: entry["depends"] for name, entry in packages.items()},
        set(pyodide.loadedPackages.to_py()),
        fetch,
    )


def without_empty_results(hook: type) -> None:
    """Let a kernel's display hook send no result where there is none: what shows itself (a
    picture, a panel) would leave an empty one beside it, in pyodide-kernel 0.8.6.
    """
    finish = hook.finish_displayhook

    def finish_displayhook(self) -> None:
        send = self.publish_execution_result
        if not self.data:
            self.publish_execution_result = None
        try:
            finish(self)
        finally:
            self.publish_execution_result = send

    hook.finish_displayhook = finish_displayhook


def without_f2py() -> None:
    """Let scipy name numpy.f2py, which makes modules of Fortran: the site doesn't carry it."""
    import numpy

    numpy.f2py = sys.modules.setdefault("numpy.f2py", ModuleType("numpy.f2py"))


def without_time_zones() -> None:
    """Let dateutil find no list of time zones: the site leaves it out, and no date here has one."""
    warnings.filterwarnings("ignore", category=UserWarning, module=r"dateutil\.zoneinfo")


def prepare() -> None:
    """In a browser, make the kernel ready for the casebook; elsewhere nothing is to be done."""
    if not IN_BROWSER or any(isinstance(finder, Late) for finder in sys.meta_path):
        return
    import js
    import pyodide_js
    from pyodide_kernel.display import LiteDisplayHook

    without_empty_results(LiteDisplayHook)
    without_f2py()
    without_time_zones()
    sys.meta_path.append(late_packages(pyodide_js, js))
