"""A copy of the house that has grown: a sixth document and one message more, built and refreshed.

``python tests/grown.py FOLDER`` makes one to look at; ``tests/test_grown.py`` runs the suite there.
"""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import yaml

HOUSE = Path(__file__).resolve().parents[1]
RECORDS, MESSAGES = "seeds/corpus/records", "seeds/messages/messages.csv"
LEFT_BEHIND = shutil.ignore_patterns(
    ".*cache", "__pycache__", ".ipynb_checkpoints", ".git", ".venv", "my_work", "class_answers"
)


def next_source(house: Path = HOUSE) -> str:
    """The first name that no document of the corpus has: S5 after S4."""
    return f"S{1 + max(int(path.stem[1:]) for path in (house / RECORDS).glob('S*.yaml'))}"


def made_up_record(source: str) -> dict:
    """One document more, made up, as a record's file holds it."""
    event = f"E90{source[1:]}"
    return {
        "source_id": source,
        "file": "made_up.txt",
        "outlet": "The Made-Up Post",
        "outlet_basis": f"{source} ¶1",
        "country": "Ukraine",
        "language": "uk",
        "title": "A made-up report",
        "title_basis": "text",
        "published": "2027-02-03",
        "published_basis": "made up",
        "published_address": f"{source} ¶1",
        "kind": "news report",
        "paragraphs": "3",
        "words": "40",
        "sha256": "0" * 64,
        "coded": "once",
        "quotes": [
            {
                "quote_id": f"{source}-q01",
                "paragraph": "2",
                "text": "made-up words",
                "speaker": "Putin",
            }
        ],
        "claims": [
            {
                "claim_id": f"{source}-c01",
                "paragraph": "2",
                "claim": "A made-up thing was said.",
                "actor": "Putin",
                "voice": "quoted",
                "stance": "asserted",
                "role": "news",
                "origin": "leader_or_state_media",
                "topic": "exchange",
                "event_id": event,
                "on": {"T01": "contradicts"},
            }
        ],
        "events": [
            {
                "event_id": event,
                "date": "2027-02-01",
                "lane": "messages",
                "event": "A made-up letter.",
                "label": "made up",
                "address": f"{source} ¶2",
            }
        ],
    }


def made_up_message() -> dict[str, str]:
    """One message more, made up: a letter of Putin's of which no word was released.

    Its wording is of the kind "other", which the ladder of lesson 08 leaves out: a message that
    changed an answer would rightly be refused until the exercise's "why" is written anew.
    """
    return {
        "message_id": "M2027-02-01-a",
        "date": "2027-02-01",
        "date_basis": "published",
        "direction": "putin_to_kim",
        "form": "letter",
        "occasion": "A made-up anniversary",
        "first_publisher": "KCNA",
        "words_seen": "none",
        "topics": "personal",
        "support_wording": "other",
        "source_title": "[A made-up page]",
        "source_outlet": "The Made-Up Post",
        "source_date": "2027-02-01",
        "source_url": "https://example.org/made-up",
        "note": "Made up: no such letter is known.",
        "public_from": "2027-02-01",
        "public_from_basis": "event",
    }


def add_document(house: Path, **changes: str) -> str:
    """Put the made-up record, with ``changes``, into the seeds of ``house``; returns its name."""
    source = next_source(house)
    record = made_up_record(source) | changes
    (house / RECORDS / f"{source}.yaml").write_text(
        yaml.safe_dump(record, allow_unicode=True, sort_keys=False), encoding="utf-8"
    )
    return source


def add_message(house: Path) -> None:
    """Put the made-up message at the end of the log in the seeds of ``house``."""
    path = house / MESSAGES
    with path.open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, restval="", lineterminator="\n").writerow(made_up_message())


def run(house: Path, *words: str) -> subprocess.CompletedProcess:
    """Run Python with ``words`` in ``house``, without the texts and with its own package."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("CASEBOOK_", "PYTEST"))}
    return subprocess.run(
        [sys.executable, *words],
        cwd=house,
        env=environment | {"PYTHONPATH": str(house / "notebooks")},
        capture_output=True,
        encoding="utf-8",
    )


def grow(folder: Path) -> Path:
    """Copy the house to ``folder``, add a document and a message, build and refresh.

    Raises RuntimeError, with what was said, where a step fails.
    """
    shutil.copytree(HOUSE, folder, ignore=LEFT_BEHIND)
    add_document(folder)
    add_message(folder)
    for word in ("build", "refresh"):
        done = run(folder, "-m", "casebook", word)
        if done.returncode:
            raise RuntimeError(f"{word}: {done.stdout}{done.stderr}")
    return folder


if __name__ == "__main__":
    print(grow(Path(sys.argv[1]).resolve()))
