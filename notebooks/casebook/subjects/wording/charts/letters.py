"""One letter in several Englishes, piece by piece."""

from casebook.core.tables import Tables
from casebook.figure import BREAK, TableExhibit, badge, cell, evidence_of, small, strong
from casebook.figure.english import capital, count_words, day, several, verb
from casebook.subjects.wording.charts.alignment import aligned, inside, outside
from casebook.subjects.wording.methods.alignment import Alignment
from casebook.subjects.wording.methods.chains import letter_alignments

__all__ = ["letter_versions"]

BY = {
    "translator": ("mixed", "a translator or an editor"),
    "outlet": ("outlet", "an outlet"),
    "not known": ("open", "not known"),
}


def letter_versions(
    tables: Tables, message_id: str, piece: str, behind: bool = True
) -> TableExhibit:
    """One piece of a letter in its Englishes: words against the first version, whose English, who
    stands behind the difference.

    ``behind`` says whether the last is told or left to the reader. Raises KeyError for a piece that
    is not recorded.
    """
    found = letter_alignments(tables, message_id, piece)
    versions = tables.letter_versions
    versions = versions[(versions["message_id"] == message_id) & (versions["piece"] == piece)]
    kept = sorted(x.counts["kept"] for x in found.values())
    most = str(kept[0]) if kept[0] == kept[-1] else f"{kept[0]} to {kept[-1]}"
    words, first = count_words(versions["text"].iloc[0]), versions["label"].iloc[0]
    date = tables.messages.set_index("message_id").at[message_id, "date"]
    told = (_told(row, found.get(row.version_id)) for row in versions.itertuples())
    return TableExhibit(
        ["Version", "Its words, against the first", "Who stands behind the difference?", "Address"],
        [_version(row, found.get(row.version_id), behind) for row in versions.itertuples()],
        widths=[21, 37, 31, 11],
    ).describe(
        title=(
            f"Letter of {day(date)}, “{piece}”: of {words} words in {first}, {most} stand in the"
            f" {verb(len(kept), 'other', 'others')}"
        ),
        subtitle=(
            "− dropped, + added, ⇄ changed, ‹ › not quoted; capitals and a comma or full stop at"
            " the very end are not compared"
        ),
        description=f"Table of {len(versions)} versions. {' '.join(told)}",
        source="; ".join(dict.fromkeys(versions["address"])),
        evidence=evidence_of(tables, [message_id], versions["address"]),
    )


def _version(row, x: Alignment | None, behind: bool) -> list[str]:
    """A version, its words and who stands behind them; ``x`` is None for the first."""
    whose = f"English: {row.english_by}; page: {row.carrier}"
    who = cell(strong(capital(row.label)), BREAK, small(whose))
    if x is None:
        return [who, row.text, "the version that the others are compared with", row.address]
    said = cell(badge(*BY[row.changed_by]), BREAK, row.step)
    hidden = "A translator, or an outlet? Decide first."
    return [who, aligned(x), said if behind else hidden, row.address]


def _told(row, x: Alignment | None) -> str:
    if x is None:
        return f"{row.label}: {count_words(row.text)} words."
    return (
        f"{row.label} keeps {x.counts['kept']} words; {inside(x)};"
        f" {several(outside(x), 'word')} outside."
    )
