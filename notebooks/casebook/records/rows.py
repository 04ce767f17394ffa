"""Rows of the tables that documents and context give, where they are more than what was written."""

from typing import TYPE_CHECKING

from pydantic import BaseModel

from casebook.core import addresses
from casebook.records import base
from casebook.records.documents import Claim, Record
from casebook.records.registry import cells_of, rows_of

if TYPE_CHECKING:
    from casebook.build.seeds import Seeds

# Hosts whose pages may be blocked or unlawful to open in some countries, and all below them: North
# Korean ones (F111), Russian state media and what carries them (F112). Shown as text, never as a
# link.
FLAGGED_HOSTS = (
    "kp",
    "kcna.co.jp",
    "rt.com",
    "ria.ru",
    "rian.ru",
    "rg.ru",
    "iz.ru",
    "lenta.ru",
    "tvzvezda.ru",
    "sarabic.ae",
    "news-front.info",
    "news-front.su",
    "news-pravda.com",
    "pravda-en.com",
)
FLAGGED_NAMES = ("sputnik",)  # in whatever country's domain


def flagged(url: str) -> bool:
    """Whether an address is one to show as plain text only."""
    hosts = [
        part.split("/")[2] for part in url.split(" ; ") if part.count("/") >= 2 and "://" in part
    ]
    return any(f".{host}".endswith(f".{flag}") for host in hosts for flag in FLAGGED_HOSTS) or any(
        name in host for host in hosts for name in FLAGGED_NAMES
    )


def plain(row: BaseModel, *names: str) -> dict:
    """Some fields of a row by name."""
    return {name: getattr(row, name) for name in names}


def published(record: Record) -> dict:
    """When a document could be read, and what that rests on: the last day its date can mean."""
    day = base.last_day(record.published)
    parts = record.published.split("/")[-1].count("-")
    until_the_month_ends = "/" in record.published and day == base.last_day(f"{day:%Y-%m}")
    return {
        "public_from": day.isoformat(),
        "public_from_basis": (
            "month end" if until_the_month_ends else ("year end", "month end", "page date")[parts]
        ),
    }


def known(seeds: "Seeds", address: str | None) -> dict:
    """public_from of a row that rests on ``address``: the day on which all of it could be read, and
    what decides it.
    """
    found = [(seeds.days[a.row] or "", str(a)) for a in addresses.parse_all(address or "")]
    if not found or not all(day for day, _ in found):
        return {"public_from": "", "public_from_basis": "unknown"}
    day, last = max(found)
    return {"public_from": day, "public_from_basis": last}


@cells_of("chains")
def step_place(seeds: "Seeds", record: Record, step: BaseModel, place: int) -> dict:
    """The place of a step in its record's chain."""
    return {"step": place}


@cells_of("claims")
def contested(seeds: "Seeds", record: Record, claim: Claim, place: int) -> dict:
    """The codes on which two codings of a claim parted."""
    coders = [seeds.coded(name).get(claim.claim_id) for name in ("first", "second")]
    parted = [
        code
        for code in base.CODES
        if all(coders) and getattr(coders[0], code) != getattr(coders[1], code)
    ]
    return {"contested": "; ".join(parted)}


@rows_of("events")
def events(seeds: "Seeds") -> list[dict]:
    """Dated happenings, each public from the first day on which something of it could be read."""
    rows = []
    for event in seeds.events:
        days = {
            str(a): seeds.days[a.row]
            for a in addresses.parse_all(event.address)
            if seeds.days[a.row]
        }
        first = min(days, key=lambda a: (days[a], a), default="")
        public = {"public_from": days.get(first, ""), "public_from_basis": first or "unknown"}
        rows.append(event.model_dump() | public)
    return rows


@rows_of("searches")
def searches(seeds: "Seeds") -> list[dict]:
    """Searches, a row each, public from the day of the search."""
    rows = []
    for search in seeds.searches:
        url = " ; ".join(page.url for page in search.pages)
        titles = [
            ", ".join(filter(None, (page.publisher, page.title, page.date)))
            for page in search.pages
        ]
        rows.append(
            plain(search, "search_id", "asked", "read", "collection", "date", "answer", "nearest")
            | {
                "words": "; ".join(f"{query.language}: {query.words}" for query in search.queries),
                "queries": len(search.queries),
                "results": sum(query.results for query in search.queries),
                "pages": " ; ".join(titles),
                "url": url,
                "covers": "; ".join(search.covers),
                "link": "no" if flagged(url) else "yes",
                "public_from": search.date,
                "public_from_basis": "day of the search",
            }
        )
    return rows
