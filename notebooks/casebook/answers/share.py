"""Work that leaves this machine and comes back: an export of choices only, and an import that
overwrites nothing unasked.
"""

from pathlib import Path
from typing import NamedTuple

from casebook.answers import shape
from casebook.answers.files import why_not
from casebook.answers.shape import Entry
from casebook.answers.store import NAME, NotKept, Work, now
from casebook.core.files import write_whole


class Export(NamedTuple):
    """The file written, how many choices it holds, and how many texts stayed here."""

    path: Path
    choices: int
    left: int


class Plan(NamedTuple):
    """What an import would do, each {(kind, key): Entry}: ``new`` here, ``newer`` in the file,
    ``older`` in the file than here, and the number that is the ``same``; ``problems`` name what the
    file holds and can't be kept.
    """

    new: dict
    newer: dict
    older: dict
    same: int
    problems: list


def export(work: Work) -> Export:
    """Write the choices (no writing) beside the work, signed with the pseudonym, each with its day
    and no time of day. Raises NotKept.
    """
    entries = work.entries()
    choices = {
        (kind, key): Entry(entry.value, shape.day_of(entry.at))
        for (kind, key), entry in entries.items()
        if kind in shape.CHOICES
    }
    path = work.folder / f"answers-of-{work.pseudonym}.json"
    try:
        write_whole(path, shape.written(work.pseudonym, choices))
    except OSError as error:
        raise NotKept(f"Not exported: {why_not(error)}.") from error
    return Export(path, len(choices), len(entries) - len(choices))


def receive(work: Work, name: str, raw: bytes) -> str:
    """Put a file that a browser was given where ``look`` finds it; the name that it has there.
    Raises NotKept.
    """
    name = Path(name.replace("\\", "/")).name
    if len(raw) > shape.MOST_BYTES:
        raise NotKept(f"{shape.short(name, 60)} is too large to be an export.")
    if name in ("", NAME):
        name = f"import-of-{NAME}"
    try:
        write_whole(work.folder / name, raw)
    except OSError as error:
        raise NotKept(
            f"{shape.short(name, 60)} could not be taken in: {why_not(error)}."
        ) from error
    return name


def look(work: Work, name: str) -> Plan:
    """What importing the file ``name`` of the work's folder would do. Raises NotKept with the
    reason if it can't be read.
    """
    if not name or Path(name).name != name or name == NAME:
        raise NotKept(
            "Name a file in my_work/, as in answers-of-Ada.json, without a folder before it."
        )
    path = work.folder / name
    try:
        if path.is_symlink() or not path.is_file():
            raise NotKept(
                f"There is no file {shape.short(name, 60)} in my_work/. Put it there first."
            )
        with open(path, "rb") as file:
            content = shape.read(file.read(shape.MOST_BYTES + 1))
    except (shape.Damaged, shape.Newer) as problem:
        raise NotKept(f"{shape.short(name, 60)} can't be imported: {problem}.") from None
    except (OSError, ValueError):
        raise NotKept(f"{shape.short(name, 60)} could not be read.") from None
    return plan(work.entries(), content)


def plan(here: dict, content: shape.Content) -> Plan:
    """Compare the entries of a file with those here. A time in the future counts as now, so that it
    does not win for ever.
    """
    new, newer, older, same, latest = {}, {}, {}, 0, now()
    for place, entry in content.entries.items():
        entry, mine = Entry(entry.value, min(entry.at, latest)), here.get(place)
        if mine is None:
            new[place] = entry
        elif mine.value == entry.value:
            same += 1
        elif entry.at > mine.at:
            newer[place] = entry
        else:
            older[place] = entry
    return Plan(new, newer, older, same, content.problems)


def carry_out(work: Work, plan: Plan, older_too: bool = False) -> int:
    """Import what the plan names; answers that are newer here only if ``older_too``. Returns how
    many. Raises NotKept.
    """
    entries = plan.new | plan.newer | (plan.older if older_too else {})
    if entries:
        work.add(entries)
    return len(entries)
