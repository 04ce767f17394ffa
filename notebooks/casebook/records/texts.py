"""A record against the article's own text, for whoever has it."""

import hashlib
import re
from pathlib import Path

from casebook.records.base import count_words
from casebook.records.documents import Record
from casebook.records.reader import Wrong


def paragraphs_of(text: str) -> list[str]:
    """The non-empty lines of a text as captured; ¶1 is the first."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _stands_between_marks(words: str, paragraph: str) -> bool:
    """Whether a paragraph has exactly these words between quotation marks."""
    return re.search(rf"[“\"‘']{re.escape(words)}[”\"’']", paragraph) is not None


def check_against_text(record: Record, texts: Path, wrong: Wrong) -> None:
    """Quotations word for word at their paragraph, numbers at theirs, length and hash as
    recorded.
    """
    path = texts / record.file
    if not path.is_file():
        wrong(
            record, "file", f"{record.file} is not in the folder of texts", "the text as captured"
        )
        return
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != record.sha256:
        wrong(
            record,
            "sha256",
            "the text is not the one that was recorded",
            hashlib.sha256(raw).hexdigest(),
        )
        return
    text = raw.decode("utf-8")
    lines = paragraphs_of(text)
    if len(lines) != record.paragraphs:
        wrong(record, "paragraphs", f"{record.paragraphs} recorded", str(len(lines)))
    if count_words(text) != record.words:
        wrong(record, "words", f"{record.words} recorded", str(count_words(text)))
    _check_quotes(record, lines, wrong)
    _check_numbers(record, lines, wrong)


def _check_quotes(record: Record, lines: list[str], wrong: Wrong) -> None:
    for quote in record.quotes:
        if quote.paragraph <= len(lines) and not _stands_between_marks(
            quote.text, lines[quote.paragraph - 1]
        ):
            there = [
                i for i, line in enumerate(lines, 1) if _stands_between_marks(quote.text, line)
            ]
            wrong(
                quote,
                "text",
                f"not word for word in ¶{quote.paragraph}",
                (
                    f"the words of that paragraph (found in ¶{', ¶'.join(map(str, there))})"
                    if there
                    else "the words of that paragraph"
                ),
            )


def _check_numbers(record: Record, lines: list[str], wrong: Wrong) -> None:
    for claim in record.claims:
        if (
            claim.number_text
            and claim.paragraph <= len(lines)
            and not re.search(
                rf"(?<![\w,.]){re.escape(claim.number_text)}(?!\w|[,.]\d)",
                lines[claim.paragraph - 1],
            )
        ):
            wrong(
                claim,
                "number_text",
                f"{claim.number_text!r} is not in ¶{claim.paragraph}",
                "the number as printed there",
            )
