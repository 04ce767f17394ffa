"""Days: when a thing happened, and when it could be known (seeds/RULES.md, 1)."""

from collections import defaultdict

from casebook import addresses
from casebook.records import schema

WRITTEN = ("letter", "telegram", "oral_message")


def check_days(seeds, wrong) -> None:
    """A public act is known on its day; what was sent or said behind closed doors when a page
    printed it; one page has one day.
    """
    for row in [*seeds.facts, *seeds.messages]:
        if (
            row.public_from_basis == "event"
            and row.date
            and row.public_from != schema.last_day(row.date).isoformat()
        ):
            wrong(
                row,
                "public_from",
                f"an event of {row.date} is known from {row.public_from}",
                "the day of the event, or basis 'page date'",
            )
        if (
            row.public_from
            and row.date
            and row.public_from < schema.first_day(row.date).isoformat()
        ):
            wrong(
                row,
                "public_from",
                f"known on {row.public_from}, before it happened ({row.date})",
                "the day of the event or a later one",
            )
    for row in seeds.messages:
        if row.form in WRITTEN and row.date_basis == "sent" and row.public_from_basis == "event":
            wrong(
                row,
                "public_from_basis",
                f"a {row.form} that was sent is known from its day as an event",
                "page date: the day on which it was printed",
            )
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
