"""Begin a lesson: its notebook, its seeds and its teacher's page, filled from the files in new/."""

import re
from pathlib import Path
from string import Template

import nbformat

from casebook.build.refresh import FIRST_CELL, METADATA

TEMPLATES = Path(__file__).with_name("new")
NAME = re.compile(r"(\d\d)-([a-z]+(?:-[a-z]+)*)")
CODE = re.compile(r"^```python\n(.*?)\n```$", re.M | re.S)


class Refused(ValueError):
    """A name that a new lesson can't have; the text says why, and what it can have."""


def new_lesson(house: Path, name: str) -> list[Path]:
    """Write the files of a lesson called ``name`` (11-your-title) into the project at ``house``;
    returns them. Each stands where the build and the tests ask for it; nothing is built or run.

    Raises Refused, before anything is written, for a name of another form or a number that is
    taken.
    """
    number, slug = _parts(house, name)
    words = {"number": number, "slug": slug, "title": slug.replace("-", " ").capitalize()}
    words["first_cell"] = FIRST_CELL

    def filled(template: Path) -> str:
        return Template(template.read_text("utf-8")).substitute(words)

    texts = {
        house / "notebooks" / f"{name}.ipynb": _notebook(filled(TEMPLATES / "notebook.md")),
        house / "teach" / f"{number}.md": filled(TEMPLATES / "teach.md"),
    }
    for template in sorted(TEMPLATES.glob("*.yaml")):
        texts[house / "seeds" / "lessons" / number / template.name] = filled(template)
    plan = house / "teach" / "plan.md"
    texts[plan] = f"{plan.read_text('utf-8')}\nNot planned yet: {number}, {words['title']}.\n"
    for path, text in texts.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    return list(texts)


def _parts(house: Path, name: str) -> tuple[str, str]:
    """The number and the words of a name. Raises Refused."""
    there = (*house.glob("notebooks/*.ipynb"), *house.glob("seeds/lessons/*"))
    taken = {path.name[:2] for path in (*there, *house.glob("teach/*.md"))}
    free = next(f"{n:02d}" for n in range(100) if f"{n:02d}" not in taken)
    match = NAME.fullmatch(name)
    if not match:
        raise Refused(
            f"{name!r} is no name for a lesson. It has two digits, then words of small letters a to"
            f" z, with hyphens between: {free}-your-title."
        )
    if match[1] in taken:
        raise Refused(f"There is a lesson {match[1]} already. The first free number is {free}.")
    return match[1], match[2]


def _notebook(text: str) -> str:
    """A notebook, not run, from Markdown in which each block of Python is a cell."""
    cells, track = [], []
    for place, part in enumerate(CODE.split(text)):
        part = part.strip()
        if not part:
            continue
        name = f"cell-{len(cells) + 1}"
        if place % 2:
            metadata = {"tags": track} if track else {}
            cells.append(nbformat.v4.new_code_cell(part, id=name, metadata=metadata))
            continue
        cells.append(nbformat.v4.new_markdown_cell(part, id=name))
        for heading in re.findall(r"^## (.+)$", part, re.M):
            track = ["code-track"] if heading == "Code track" else []
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells, metadata=METADATA)) + "\n"
