"""How widgets keep what a learner does: what to say when it could not be saved, and what to say at
the next opening.
"""

from collections.abc import Callable

from casebook.answers import NotKept, learner

Kept = str | int | float | list[str] | set[str] | dict[str, str]  # what a kind of answers may be


def saved(action: Callable[..., str | None], *arguments: object) -> str:
    """Do it, and give what it says; where it can't be saved, why."""
    try:
        return action(*arguments) or ""
    except NotKept as why:
        return str(why)


def keep(kind: str, key: str, value: Kept | None) -> str:
    """Keep a value, or forget it where it is empty (None, "", an empty set, list or dict); '' or
    why it is not saved.
    """
    work = learner()
    if is_empty(value):
        return saved(work.forget, kind, key)
    return saved(work.keep, kind, key, value)


def is_empty(value: Kept | None) -> bool:
    """Whether nothing is answered; 0 is an answer."""
    return value in (None, "", set(), [], {})


def opened_key(opens: str) -> str:
    """The key that notes that the outcomes of a day have been opened: from then on its forecasts
    stay.

    It is kept as writing, a kind that no export holds: it is no answer.
    """
    return f"09-opened-{opens}"


def opened(opens: str) -> bool:
    """Have the outcomes of this day's questions been opened?"""
    return learner().kept("writing", opened_key(opens)) is not None


def kept(kind: str, key: str | None = None) -> tuple[Kept | dict[str, Kept] | None, str]:
    """(the kept value or None, what the learner should be told once, with a space after it);
    without a key all values of the kind.
    """
    work = learner()
    return work.kept(kind, key), "".join(f"{notice} " for notice in work.notices())
