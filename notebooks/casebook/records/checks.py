"""What no single row can know: days, searches behind negatives, the order of a text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from pydantic import BaseModel

from casebook.core import addresses
from casebook.records.base import LONGEST_PHRASE, first_day, last_day
from casebook.records.documents import Record
from casebook.records.negatives import rows_without_search
from casebook.records.reader import Wrong

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds

WRITTEN = ("letter", "telegram", "oral_message")
ALLOWED = "a search of seeds/context/searches.yaml in the same row, as (Q012)"


def check(seeds: "Seeds", wrong: Wrong) -> None:
    """Identifiers, records, hand-outs, days and searches."""
    _check_identifiers(seeds, wrong)
    _check_records(seeds, wrong)
    _check_statements(seeds, wrong)
    _check_first_uses(seeds, wrong)
    _check_handouts(seeds, wrong)
    _check_standards(seeds, wrong)
    _check_days(seeds, wrong)
    _check_searches(seeds, wrong)


def _check_identifiers(seeds: "Seeds", wrong: Wrong):
    """Rows of a record carry its identifier; a message carries its date."""
    for record in seeds.records:
        for row, name in [(c, "claim_id") for c in record.claims] + [
            (q, "quote_id") for q in record.quotes
        ]:
            if not getattr(row, name).startswith(record.source_id + "-"):
                wrong(
                    row,
                    name,
                    f"{getattr(row, name)} in the record of {record.source_id}",
                    f"{record.source_id}-…",
                )
    for row in seeds.messages:
        if row.message_id[1:11] != row.date:
            wrong(
                row,
                "message_id",
                f"{row.message_id} is dated {row.date}",
                "the date inside the identifier",
            )


def _check_records(seeds: "Seeds", wrong: Wrong):
    """Paragraphs exist, rows keep the text's order, nothing is dated after it was written, variants
    have company.

    Whether a variant stands alone can only be said when every record could be read.
    """
    groups = Counter(q.variant_group for r in seeds.records for q in r.quotes if q.variant_group)
    for record in seeds.records:
        _check_paragraphs(record, wrong)
        for quote in record.quotes:
            if seeds.whole and quote.variant_group and groups[quote.variant_group] == 1:
                wrong(
                    quote,
                    "variant_group",
                    f"“{quote.variant_group}” has this quotation alone",
                    "two quotations or more",
                )
        for claim in record.claims:
            late = claim.date and first_day(claim.date) > last_day(record.published)
            if late and not claim.date_reason:
                wrong(
                    claim,
                    "date",
                    f"{claim.date} lies after the text's date {record.published}",
                    "an earlier date, or a date_reason",
                )
        if record.coded == "not yet" and record.claims:
            wrong(record, "coded", "its claims are coded", "once or twice")


def _check_paragraphs(record: Record, wrong: Wrong) -> None:
    for rows in (record.claims, record.quotes, record.signs):
        last = 0
        for row in rows:
            if row.paragraph > record.paragraphs:
                wrong(
                    row,
                    "paragraph",
                    f"¶{row.paragraph} is beyond the end of the text",
                    f"1 to {record.paragraphs}",
                )
            if row.paragraph < last:
                wrong(row, "paragraph", f"¶{row.paragraph} after ¶{last}", "the order of the text")
            last = row.paragraph


def _check_handouts(seeds: "Seeds", wrong: Wrong):
    """A hand-out prints quotations, claims and exercises that are here."""
    exercises = {x.exercise_id for x in seeds.exercises}
    for handout in seeds.handout:
        for part in handout.parts:
            for name in sorted(set(part.extracts) - seeds.there):
                wrong(handout, "parts", f"{name} is no quotation here", "a quotation of a record")
            for name in sorted(set(part.claims) - seeds.there):
                wrong(handout, "parts", f"{name} is no claim here", "a claim of a record")
            for name in sorted(set(part.exercises) - exercises):
                wrong(handout, "parts", f"{name} is no exercise here", "an exercise of its lesson")
        decided = {rule.exercise for rule in handout.decided_by}
        named = {"screen": handout.screen, "in_itself": handout.in_itself, "decided_by": decided}
        for column, names in named.items():
            for name in sorted(set(names) - exercises):
                wrong(handout, column, f"{name} is no exercise here", "an exercise of its lesson")


def _check_standards(seeds: "Seeds", wrong: Wrong):
    """A standard serves exercises that are here, and its own words are few."""
    exercises = {x.exercise_id for x in seeds.exercises}
    for standard in seeds.standards:
        for name in sorted(set(standard.exercises) - exercises):
            wrong(standard, "exercises", f"{name} is no exercise here", "an exercise of a lesson")
        served = [x for x in exercises if x[:2] in standard.lessons or x in standard.exercises]
        if not served:
            wrong(standard, "lessons", "it serves no exercise", "a lesson with exercises")
        for words in re.findall("“([^”]+)”", standard.words):
            if len(words.split()) > LONGEST_PHRASE:
                wrong(standard, "words", f"“{words}” is long", f"at most {LONGEST_PHRASE} words")


def _check_statements(seeds: "Seeds", wrong: Wrong):
    """The statements that a claim speaks to are here."""
    for record in seeds.records:
        for claim in record.claims:
            for key in claim.on:
                if key not in seeds.there:
                    wrong(
                        claim, "on", f"{key} is no statement here", "a statement of statements.yaml"
                    )


def _check_first_uses(seeds: "Seeds", wrong: Wrong):
    """A first use stands in a message that is here, or on a page."""
    for use in seeds.first_uses:
        if use.found_in.startswith("M") and use.found_in not in seeds.there:
            wrong(
                use,
                "found_in",
                f"{use.found_in} leads nowhere",
                "a message that is here, or an address of a page",
            )


def _check_days(seeds: "Seeds", wrong: Wrong) -> None:
    """A public act is known on its day, and nothing before it happened."""
    for row in [*seeds.facts, *seeds.messages]:
        if (
            row.public_from_basis == "event"
            and row.date
            and row.public_from != last_day(row.date).isoformat()
        ):
            wrong(
                row,
                "public_from",
                f"an event of {row.date} is known from {row.public_from}",
                "the day of the event, or basis 'page date'",
            )
        if row.public_from and row.date and row.public_from < first_day(row.date).isoformat():
            wrong(
                row,
                "public_from",
                f"known on {row.public_from}, before it happened ({row.date})",
                "the day of the event or a later one",
            )
    _check_written_messages(seeds, wrong)
    _check_days_of_events(seeds, wrong)
    _check_days_of_pages(seeds, wrong)


def _check_written_messages(seeds: "Seeds", wrong: Wrong) -> None:
    """What was sent is known from the day on which it was printed."""
    for row in seeds.messages:
        if row.form in WRITTEN and row.date_basis == "sent" and row.public_from_basis == "event":
            wrong(
                row,
                "public_from_basis",
                f"a {row.form} that was sent is known from its day as an event",
                "page date: the day on which it was printed",
            )


def _check_days_of_events(seeds: "Seeds", wrong: Wrong) -> None:
    """An event has the day of a row on which it rests."""
    dates = {f.fact_id: f.date for f in seeds.facts} | {
        m.message_id: m.date for m in seeds.messages
    }
    for row in seeds.events:
        rests_on = {dates[a.row] for a in addresses.parse_all(row.address) if dates.get(a.row)}
        if rests_on and row.date not in rests_on:
            wrong(
                row,
                "date",
                f"{row.event_id} is dated {row.date}, what it rests on"
                f" {', '.join(sorted(rests_on))}",
                "one day for one act",
            )


def _check_days_of_pages(seeds: "Seeds", wrong: Wrong) -> None:
    """A page has one day."""
    pages = defaultdict(set)
    for row in seeds.facts:
        if row.public_from_basis == "page date" and " ; " not in row.url:
            pages[row.url].add(row.public_from)
    for row in seeds.facts:
        if len(days := pages.get(row.url, ())) > 1 and row.public_from_basis == "page date":
            wrong(
                row,
                "public_from",
                f"its page has {len(days)} days: {', '.join(sorted(days))}",
                "one day for one page",
            )


def _check_searches(seeds: "Seeds", wrong: Wrong) -> None:
    """Every sentence that says that something was not found names its search; each is used."""
    used = set()
    for row in seeds.written(without="searches"):
        unnamed, named = (_said_of if isinstance(row, Record) else _remembered)(row)
        for name, sentence in unnamed:
            wrong(
                row,
                name if name in type(row).model_fields else "",
                f"{sentence[:120]!r} names no search",
                ALLOWED,
            )
        used |= named
        for search in sorted(named - seeds.there):
            wrong(row, "", f"{search} leads nowhere", "a search of seeds/context/searches.yaml")
    for search in seeds.searches:
        if search.search_id not in used and not search.covers:
            wrong(
                search,
                "search_id",
                f"nothing rests on {search.search_id}",
                "a search that a sentence or a cell names",
            )


def _said_of(row: BaseModel) -> tuple[tuple[tuple[str, str], ...], frozenset[str]]:
    """((field, negative that names no search), …) of a row, and the searches that it names."""
    unnamed = tuple((name, sentence) for _, name, sentence in rows_without_search(row))
    found = addresses.parse_all(" ".join(texts_of(row)))
    return unnamed, frozenset(a.row for a in found if a.kind == "search")


# The same rows come again and again while a record is written; a record itself, which holds a
# mapping, has no hash.
_remembered = lru_cache(10_000)(_said_of)


def texts_of(row: BaseModel) -> Iterator[str]:
    """Every text in a row and in the rows inside it."""
    for _, value in row:
        for part in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(part, BaseModel):
                yield from texts_of(part)
            elif isinstance(part, str):
                yield part
