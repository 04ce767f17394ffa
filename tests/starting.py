"""start.py under test: a copy of what it needs, stand-ins for the tools it runs, what it says."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
Asked = list[tuple[str, list[str]]]  # (name of the tool, command)


def load_start(place: Path = ROOT) -> ModuleType:
    """start.py as a module."""
    spec = importlib.util.spec_from_file_location("start_under_test", place / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def copy_project(folder: Path) -> Path:
    """A copy of what start.py needs."""
    (folder / "notebooks").mkdir(parents=True)
    for name in ("start.py", "requirements.txt", "requirements-test.txt"):
        shutil.copy(ROOT / name, folder)
    for name in ("00-start-here", "05-said-alleged-denied", "class-results"):
        (folder / f"notebooks/{name}.ipynb").write_text(
            '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}', "utf-8"
        )
    return folder.resolve()


def tool_of(command: list[str]) -> str:
    """Which tool a command is: venv, uv by pip, uv, pip, compileall; what only asks is 'where' (uv
    for what is installed) or 'works' (whether all loads).
    """
    if "-c" in command:
        return "works"
    if "freeze" in command:
        return "where"
    if "--no-deps" in command:
        return "uv by pip"
    return next(name for name in ("uv", "compileall", "pip", "venv") if name in command)


def stand_ins(start: ModuleType) -> tuple[Asked, dict[str, tuple[int, str]]]:
    """Stand-ins for the tools: what was asked of those that change something, and what each shall
    answer.
    """
    asked: Asked = []
    answers = {"where": (0, "uv==1")}

    def run(command, **extra):
        command = [str(part) for part in command]
        name = tool_of(command)
        if name not in ("works", "where"):
            asked.append((name, command))
        if name == "venv":
            Path(start.venv_python()).parent.mkdir(parents=True, exist_ok=True)
            Path(start.venv_python()).touch()
        return answers.get(name, (0, ""))

    start.run = run
    return asked, answers


def names(tools) -> list[str]:
    """Which tools were asked."""
    return [name for name, _ in tools[0]]


def failed(start, capsys, *arguments: str, code: int = 1) -> str:
    """What stands on stderr after a run that has to fail."""
    assert start.main(list(arguments)) == code
    return capsys.readouterr().err
