"""What a record in lesson 10's form looks like: its parts, its rows, their names and fields."""

import json
import re

from casebook.figure.english import shortened

LISTS = {
    "claims": "claims",
    "quotes": "quotes",
    "chain": "chains",
    "signs": "signs",
}  # list of a record → its table
HEAD = {"claims": "claim_id", "quotes": "quote_id"}  # what names a row
DERIVED = {"public_from", "public_from_basis", "contested", "step"}  # columns that the build adds
PARTS = {
    "the document": "sources",
    "claims": "claims",
    "quotations": "quotes",
    "the chain": "chain",
    "signs": "signs",
    "its text": "text",
    "save and load": "files",
}
MOST_ROWS, LONGEST = 300, 2_000

Record = dict[str, str | list[dict]]  # fields of the document, and lists of rows
Column = tuple[str, str, list[str], bool]  # (field, what it means, allowed values, required)


def columns(package: dict, part: str) -> list[Column]:
    """The fields of a part of a record, as the data package says it."""
    table = LISTS.get(part, part)
    resource = next(r for r in package["resources"] if r["name"] == table)
    return [
        (
            f["name"],
            f["description"],
            f.get("constraints", {}).get("enum", []),
            f.get("constraints", {}).get("required", False),
        )
        for f in resource["schema"]["fields"]
        if f["name"] not in DERIVED and not (part in LISTS and f["name"] == "source_id")
    ]


def copied(record: Record) -> Record:
    """A copy that shares nothing with the record."""
    return json.loads(json.dumps(record))


def next_name(record: Record, part: str) -> str:
    """The next free identifier of a part: S90-c15."""
    letter = HEAD[part][0]
    taken = [
        int(m[1])
        for r in record[part]
        if (m := re.fullmatch(rf".*-{letter}(\d{{1,3}})", str(r.get(HEAD[part], ""))))
    ]
    return f"{record.get('source_id', '')}-{letter}{max(taken, default=0) + 1:02}"


def place_of(row: dict) -> int:
    """The paragraph of a row; 0 where it names none."""
    text = row.get("paragraph", "")
    return int(text) if str(text).isascii() and str(text).isdigit() and len(str(text)) < 6 else 0


def name_of(part: str, row: dict) -> str:
    """How the list of rows calls a row."""
    words = row.get(
        {"claims": "claim", "quotes": "text", "chain": "act", "signs": "sign"}[part], ""
    )
    head = (
        row.get(HEAD[part], "")
        if part in HEAD
        else row.get("thread", f"¶{row.get('paragraph', '')}")
    )
    return shortened(f"{head} {words}".strip(), 70) or "empty"


def filled(record: Record) -> Record:
    """A record without what is empty: how it is compared."""
    return {
        key: (
            [{k: v for k, v in row.items() if v} for row in value]
            if isinstance(value, list)
            else value
        )
        for key, value in record.items()
        if value
    }


def as_record(value: object) -> Record:
    """A record of texts and lists of rows of texts. Raises ValueError for any other shape."""
    if not isinstance(value, dict):
        raise ValueError("it is no set of fields")
    for name, part in value.items():
        rows = part if isinstance(part, list) else [{name: part}]
        if len(rows) > MOST_ROWS:
            raise ValueError(
                f"{shortened(name, 40)} has {len(rows):,} rows; at most {MOST_ROWS} are taken"
            )
        for row in rows:
            if not isinstance(row, dict):
                raise ValueError(f"{shortened(name, 40)} holds a row that is no set of fields")
            for key, text in row.items():
                parts = list(text.values()) if isinstance(text, dict) and key == "on" else [text]
                if not all(isinstance(one, str) and len(one) <= LONGEST for one in parts):
                    raise ValueError(
                        f"{shortened(key, 40)} is no text of at most {LONGEST:,} characters"
                    )
    if any(not isinstance(value.get(part, []), list) for part in LISTS):
        raise ValueError("claims, quotes, chain and signs are to be lists")
    return value
