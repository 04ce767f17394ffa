"""What each table of data/ holds: its columns with type and meaning, its key, its references, its
rows.
"""

import types
import typing
from collections.abc import Callable
from typing import Any, NamedTuple

from casebook import addresses
from casebook.methods import scale
from casebook.methods.agreement import agreement
from casebook.records import codebook, schema
from casebook.records.schema import said

LICENCE_OURS = "CC-BY-4.0"
# Hosts whose pages may be blocked or unlawful to open in some countries (F111, F112): shown as
# text, never as a link.
FLAGGED_HOSTS = (
    ".kp",
    "sputnik",
    "news-front",
    "news-pravda",
    "pravda-en.com",
    "rian.ru",
    "ria.ru",
    "rt.com",
    "kcna.co.jp",
)


# What a table holds that is not ours to license.
RIGHTS = {
    "claims": "Ours, told in our words; a figure with a number_owner is that owner's.",
    "quotes": (
        "The words remain their authors' and publishers'; the selection and the coding are ours."
    ),
    "facts": (
        "Ours, told in our words; a figure with a figure_owner is that owner's, quoted singly with"
        " attribution."
    ),
    "variants": (
        "The words remain their authors' and publishers'; the selection and the steps are ours."
    ),
    "messages": (
        "The key phrases remain their authors' and publishers'; the selection and the coding are"
        " ours."
    ),
    "first_uses": (
        "The quoted contexts remain their authors' and publishers'; the selection is ours."
    ),
    "elements": "The words remain their authors' and publishers'; the coding is ours.",
    "renderings": (
        "The words remain their authors' and publishers'; the English beside them is ours."
    ),
    "reasons": "Ours, told in our words; words between marks remain their speakers'.",
    "sources": "Ours; the headlines remain the outlets'.",
    "clauses": (
        "The quoted wording remains its publishers' and translators'; the selection and the coding"
        " are ours."
    ),
    "stances": "The quoted words remain their speakers'; the selection and the coding are ours.",
    "scales": "The grades' names are STANAG 2511's; the tests are ours.",
    "troop_figures": "Each figure is its source's, quoted singly with attribution.",
    "phrases": "The words remain their authors' and publishers'; the selection is ours.",
    "namings": "The quoted words remain their speakers'; the selection and the coding are ours.",
    "letter_versions": (
        "The words remain their authors', translators' and publishers'; the selection and the"
        " coding are ours."
    ),
    "atop": "Our own reading; the categories are those of the ATOP project.",
}


class Column(NamedTuple):
    """A column: its name, its type in the Table Schema, what it means, its constraints."""

    name: str
    type: str
    description: str
    constraints: dict


class Table(NamedTuple):
    """A table of data/: what it is, its columns, primary key, foreign keys {column: (table,
    column)}, and its rows.
    """

    name: str
    title: str
    columns: list[Column]
    key: list[str]
    references: dict[str, tuple[str, str]]
    rows: Callable[[Any], list[dict]]

    @property
    def rights(self) -> str:
        """What of the table is ours to license, and what is not."""
        return RIGHTS.get(self.name, "Ours.")


def _from(model, *names) -> list[Column]:
    """Columns as the schema has them."""
    columns = []
    for name in names:
        info = model.model_fields[name]
        kind, constraints = _kind(info.annotation)
        for extra in info.metadata:
            if getattr(extra, "pattern", None):
                constraints["pattern"] = extra.pattern
            if getattr(extra, "ge", None) is not None:
                constraints["minimum"] = extra.ge
        may_be_empty = type(None) in typing.get_args(info.annotation) or "" in typing.get_args(
            info.annotation
        )
        if not may_be_empty:
            constraints["required"] = True
        if not info.description:
            raise ValueError(f"{model.__name__}.{name} has no description")
        columns.append(Column(name, kind, info.description, constraints))
    return columns


def _kind(annotation) -> tuple[str, dict]:
    """The Table Schema type of a field, with what it allows."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        annotation = next(a for a in typing.get_args(annotation) if a is not type(None))
    if typing.get_origin(annotation) is typing.Annotated:
        marks, annotation = typing.get_args(annotation)[1:], typing.get_args(annotation)[0]
        if any(getattr(m, "func", None) is schema.base._day for m in marks):
            return "date", {}
    if annotation is typing.Annotated:
        annotation = str
    if typing.get_origin(annotation) is typing.Literal:
        return "string", {"enum": [v for v in typing.get_args(annotation) if v]}
    return {int: "integer", float: "number"}.get(annotation, "string"), {}


def _new(name, description, kind="string", **constraints) -> list[Column]:
    """A column that the build derives."""
    return [Column(name, kind, description, constraints)]


SOURCE = _new("source_id", "The document", required=True)
PUBLIC = _new(
    "public_from", "Day from which it could be known; empty: shown in the latest view only", "date"
) + _new("public_from_basis", "What that day rests on", required=True)


def public_from(record) -> tuple[str, str]:
    """When a document could be read, and what that rests on: the last day that its date can
    mean.
    """
    day = schema.last_day(record.published)
    parts = record.published.split("/")[-1].count("-")
    until_the_month_ends = "/" in record.published and day == schema.last_day(f"{day:%Y-%m}")
    return day.isoformat(), (
        "month end" if until_the_month_ends else ("year end", "month end", "page date")[parts]
    )


def flagged(url: str) -> bool:
    """Whether an address is one to show as plain text only."""
    hosts = [
        part.split("/")[2] for part in url.split(" ; ") if part.count("/") >= 2 and "://" in part
    ]
    return any(
        mark in host if not mark.startswith(".") else host.endswith(mark)
        for host in hosts
        for mark in FLAGGED_HOSTS
    )


def _plain(row, *names) -> dict:
    return {name: getattr(row, name) for name in names}


def _of_records(part, *names, extra=lambda record, row: {}):
    def rows(seeds):
        return [
            {"source_id": r.source_id, **_plain(row, *names), **extra(r, row)}
            for r in seeds.records
            for row in getattr(r, part)
        ]

    return rows


def _published(record, row=None):
    return dict(zip(("public_from", "public_from_basis"), public_from(record)))


def _claims(seeds):
    contested = {}
    for row in codings(seeds):
        if row["contested"] == "yes":
            contested.setdefault(row["claim_id"], []).append(row["code"])
    rows = _of_records(
        "claims", "claim_id", "paragraph", "claim", *CLAIM, *CODES, "number_owner", extra=_published
    )(seeds)
    return [{**row, "contested": "; ".join(contested.get(row["claim_id"], []))} for row in rows]


def codings(seeds) -> list[dict]:
    """Both independent codings beside the settled one, a row for each claim and code that two
    coders decided.
    """
    if len(seeds.codings) < 2:
        return []
    first, second = (
        {row.claim_id: row for row in seeds.codings[name]} for name in ("first", "second")
    )
    return [
        {
            "claim_id": c.claim_id,
            "source_id": r.source_id,
            "code": code,
            "first": getattr(first[c.claim_id], code),
            "second": getattr(second[c.claim_id], code),
            "settled": getattr(c, code),
            "contested": (
                "yes"
                if getattr(first[c.claim_id], code) != getattr(second[c.claim_id], code)
                else "no"
            ),
        }
        for r in seeds.records
        for c in r.claims
        if c.claim_id in first and c.claim_id in second
        for code in FOUR
    ]


def reliability(seeds) -> list[dict]:
    """Krippendorff's alpha of the two codings, per code (casebook.methods.agreement)."""
    rows = codings(seeds)
    return (
        [
            {
                "code": code,
                **agreement(
                    [(r["first"], r["second"]) for r in rows if r["code"] == code]
                )._asdict(),
            }
            for code in FOUR
        ]
        if rows
        else []
    )


def _events(seeds):
    known = {f.fact_id: f.public_from for f in seeds.facts} | {
        m.message_id: m.public_from for m in seeds.messages
    }
    known |= {r.source_id: public_from(r)[0] for r in seeds.records}
    rows = []
    for event in seeds.events:
        days = {str(a): known[a.row] for a in addresses.parse_all(event.address) if known[a.row]}
        first = min(days, key=lambda a: (days[a], a), default="")
        rows.append(
            {
                **_plain(event, "event_id", "date", "lane", "event", "label", "address"),
                "public_from": days.get(first, ""),
                "public_from_basis": first or "unknown",
            }
        )
    return rows


def _known(seeds, address) -> dict:
    """public_from of a row that rests on ``address``: the day on which all of it could be read, and
    what decides it.
    """
    days = {f.fact_id: f.public_from for f in seeds.facts} | {
        m.message_id: m.public_from for m in seeds.messages
    }
    days |= {r.source_id: public_from(r)[0] for r in seeds.records} | {
        s.search_id: s.date for s in seeds.searches
    }
    found = [(days[a.row] or "", str(a)) for a in addresses.parse_all(address or "")]
    if not found or not all(day for day, _ in found):
        return {"public_from": "", "public_from_basis": "unknown"}
    day, last = max(found)
    return {"public_from": day, "public_from_basis": last}


def _of_treaties(part, model):
    """Rows of one list of the treaties, each with its treaty and the day on which it could be
    known.
    """

    def rows(seeds):
        return [
            {
                "treaty_id": t.treaty_id,
                **_plain(row, *model.model_fields),
                **_known(seeds, row.address or t.address),
            }
            for t in seeds.treaties
            for row in getattr(t, part)
        ]

    return rows


def _searched(seeds, treaty_id, unseen) -> dict:
    """The search for a treaty's text, where something of it was not seen."""
    return {
        "search": (
            next(t.search for t in seeds.treaties if t.treaty_id == treaty_id) if unseen else ""
        )
    }


def _articles(seeds):
    rows = _of_treaties("texts", schema.Article)(seeds)
    return [
        {**row, **_searched(seeds, row["treaty_id"], row["seen"] in ("field only", "not seen"))}
        for row in rows
    ]


def _obligations(seeds):
    whole = {t.treaty_id: t.address for t in seeds.treaties}
    return [
        {
            "cell_id": f"{o.obligation_id}-{c.treaty_id}",
            **_plain(o, "obligation_id", "obligation", "situation"),
            **_plain(c, *schema.Cell.model_fields),
            **_searched(seeds, c.treaty_id, c.cell == "text not seen"),
            **_known(seeds, c.address or whole[c.treaty_id]),
        }
        for o in seeds.obligations
        for c in o.cells
    ]


def _outlet_cards(seeds):
    return [
        {
            "card_id": c.card_id,
            "outlet": c.outlet,
            **_plain(line, *schema.CardLine.model_fields),
            **_known(seeds, line.address),
        }
        for c in seeds.outlets
        for line in c.lines
    ]


def _atop(seeds):
    whole = {t.treaty_id: t.address for t in seeds.treaties}
    return [
        {
            **_plain(a, "category", "asks", "definition"),
            **_plain(c, *schema.Cell.model_fields),
            **_searched(seeds, c.treaty_id, c.cell == "text not seen"),
            **_known(seeds, c.address or whole[c.treaty_id]),
        }
        for a in seeds.atop
        for c in a.cells
    ]


def _searches(seeds):
    return [
        {
            **_plain(s, "search_id", "asked"),
            "words": "; ".join(f"{q.language}: {q.words}" for q in s.queries),
            "queries": len(s.queries),
            "results": sum(q.results for q in s.queries),
            **_plain(s, "read", "collection", "date", "answer", "nearest"),
            "pages": " ; ".join(
                ", ".join(filter(None, (p.publisher, p.title, p.date))) for p in s.pages
            ),
            "url": (url := " ; ".join(p.url for p in s.pages)),
            "covers": "; ".join(s.covers),
            **_link(url),
            "public_from": s.date,
            "public_from_basis": "day of the search",
        }
        for s in seeds.searches
    ]


def _steps(seeds):
    return [
        {
            "source_id": r.source_id,
            "step": n,
            **_plain(s, "thread", "actor", "act", "language", "date", "basis", "address", "note"),
        }
        for r in seeds.records
        for n, s in enumerate(r.chain, 1)
    ]


def _bearings(seeds):
    return [
        {"statement_id": s.statement_id, **_plain(e, "address", "bearing", "why")}
        for s in seeds.statements
        for e in s.evidence
    ]


def _positions(seeds):
    return [
        {
            "statement_id": key,
            "source_id": r.source_id,
            "claim_id": c.claim_id,
            "relation": c.on[key],
        }
        for r in seeds.records
        for c in r.claims
        for key in sorted(c.on)
    ]


def _variants(seeds):
    quotes = {q.quote_id: (r.source_id, q.text) for r in seeds.records for q in r.quotes}
    rows = []
    for v in seeds.variants:
        parts = [quotes[key] for key in filter(None, (v.quote_ids or "").split("; "))]
        rows.append(
            {
                **_plain(v, *VARIANT),
                "source_id": parts[0][0] if parts else "",
                "text": v.text or " […] ".join(text for _, text in parts),
                **_known(seeds, v.address),
            }
        )
    return rows


def _article_lines(seeds):
    at = {c.claim_id: (r.source_id, c.paragraph) for r in seeds.records for c in r.claims}
    rows = []
    for line in seeds.article_lines:
        source, paragraph = at.get(line.claim_id, ("", ""))
        for n, point in enumerate(line.points, 1):
            rows.append(
                {
                    "point_id": f"{line.line_id}-{n}",
                    **_plain(line, "line_id", "claim_id"),
                    "source_id": source,
                    "address": f"{source} ¶{paragraph}",
                    **_plain(point, *schema.LinePoint.model_fields),
                    **_known(seeds, f"{source} ¶{paragraph}"),
                }
            )
    return rows


def questions(seeds) -> list[dict]:
    """The forecast questions in the order of their identifiers, each public from the day on which
    it is asked.
    """
    rows = [
        {
            "question_id": a.question_id,
            **_plain(
                q, "subject_id", "question", "counts", "reference_class", "since", "since_address"
            ),
            "opens": a.opens,
            "closes": schema.closing_day(a.opens).isoformat(),
            "public_from": a.opens,
            "public_from_basis": "opening",
        }
        for q in seeds.questions
        for a in q.asked
    ]
    return sorted(rows, key=lambda row: row["question_id"])


def resolutions(seeds) -> list[dict]:
    """What came of the questions that are settled, public from the day on which that could be
    read.
    """
    rows = [
        {**_plain(a, "question_id", "outcome", "address", "why"), **_known(seeds, a.address)}
        for q in seeds.questions
        for a in q.asked
        if a.outcome != "open"
    ]
    return sorted(rows, key=lambda row: row["question_id"])


def precedents(seeds) -> list[dict]:
    """Cases to count for a base rate, and rows to read on a subject, each public when its row
    is.
    """
    rows = [
        {
            "subject_id": q.subject_id,
            "role": "case",
            "year": p.year,
            "address": p.address,
            **_known(seeds, p.address),
        }
        for q in seeds.questions
        for p in q.happened
    ]
    return rows + [
        {
            "subject_id": q.subject_id,
            "role": "to read",
            "year": "",
            "address": str(a),
            **_known(seeds, str(a)),
        }
        for q in seeds.questions
        for a in addresses.parse_all(q.read)
    ]


def _phrases(seeds):
    dates = {m.message_id: m.date for m in seeds.messages} | {
        f.fact_id: f.date for f in seeds.facts
    }
    return [
        {
            **_plain(p, *schema.Phrase.model_fields),
            "date": dates[p.address],
            **_known(seeds, p.address),
        }
        for p in seeds.phrases
    ]


def synthetic(seeds) -> list[dict]:
    """The SYNTHETIC class made from the reader's scale: rows of judgements."""
    found = {s.phrase_id: s.strength for s in seeds.strengths if s.made == scale.READER}
    words = {p.phrase_id: schema.count_words(p.words) for p in seeds.phrases}
    return scale.synthetic_class(found, words) if found else []


def _judgements(seeds):
    return [
        {"made": scale.READER, **_plain(j, *schema.Judgement.model_fields)}
        for j in seeds.judgements
    ] + [{"made": scale.SYNTHETIC, **row} for row in synthetic(seeds)]


CLAIM = ("actor", "target", "date")
CODES = (
    "attributed_to",
    "voice",
    "stance",
    "role",
    "origin",
    "number",
    "number_text",
    "unit",
    "topic",
    "event_id",
)
FOUR = ("voice", "stance", "role", "origin")
QUOTE = (
    "quote_id",
    "paragraph",
    "text",
    "kind",
    "speaker",
    "addressee",
    "medium",
    "publisher",
    "relay",
    "variant_group",
)
VARIANT = tuple(name for name in schema.Variant.model_fields if name != "text")
GLOSS = tuple(schema.Gloss.model_fields)
FACT = (
    "fact_id",
    "date",
    "public_from",
    "public_from_basis",
    "fact",
    "figure",
    "figure_owner",
    "source",
    "url",
    "confidence",
    "note",
)
SOURCES = (
    "source_id",
    "file",
    "outlet",
    "outlet_basis",
    "country",
    "language",
    "title",
    "title_basis",
    "published",
    "published_basis",
    "published_address",
    "kind",
    "paragraphs",
    "words",
    "sha256",
    "coded",
)
TREATY = ("treaty_id", "name", "parties", "signed", "articles", "term", "address", "search")
MADE = _from(schema.Strength, "made")
TREATY_ID = _new("treaty_id", "The treaty", required=True)
OF_TREATY = {"treaty_id": ("treaties", "treaty_id")}
OF_SEARCH = {"search": ("searches", "search_id")}
SEARCHED = _new("search", "The search for the text, where it was not seen")
FLAG = _new(
    "link",
    "yes: may be shown as a link; no: plain text only, may be blocked or unlawful where you are",
    enum=["yes", "no"],
    required=True,
)


def _link(url):
    return {"link": "no" if flagged(url) else "yes"}


TABLES = [
    Table(
        "sources",
        "The documents",
        _from(schema.Record, *SOURCES) + PUBLIC,
        ["source_id"],
        {},
        lambda seeds: [{**_plain(r, *SOURCES), **_published(r)} for r in seeds.records],
    ),
    Table(
        "claims",
        "Every claim of every document, in our words, with its codes",
        _from(schema.Claim, "claim_id")
        + SOURCE
        + _from(schema.Claim, "paragraph", "claim", *CLAIM)
        + PUBLIC
        + _from(schema.Claim, *CODES, "number_owner")
        + _new("contested", "Codes on which two independent codings disagreed, parted by '; '"),
        ["claim_id"],
        {"source_id": ("sources", "source_id"), "event_id": ("events", "event_id")},
        _claims,
    ),
    Table(
        "quotes",
        "Every stretch inside quotation marks, word for word; the words remain their authors'",
        _from(schema.Quote, "quote_id") + SOURCE + _from(schema.Quote, *QUOTE[1:]) + PUBLIC,
        ["quote_id"],
        {"source_id": ("sources", "source_id")},
        _of_records("quotes", *QUOTE, extra=_published),
    ),
    Table(
        "signs",
        "What the texts give away, by the layer that left it",
        SOURCE + _from(schema.Sign, "paragraph", "layer", "kind", "sign"),
        [],
        {"source_id": ("sources", "source_id")},
        _of_records("signs", "paragraph", "layer", "kind", "sign"),
    ),
    Table(
        "chains",
        "How the words came to each document, step by step",
        SOURCE
        + _new("step", "Its place in the record's chain", "integer", required=True)
        + _from(
            schema.Step, "thread", "actor", "act", "language", "date", "basis", "address", "note"
        ),
        ["source_id", "step"],
        {"source_id": ("sources", "source_id")},
        _steps,
    ),
    Table(
        "events",
        "Dated happenings",
        _from(schema.Event, "event_id", "date", "lane", "event", "label", "address") + PUBLIC,
        ["event_id"],
        {},
        _events,
    ),
    Table(
        "statements",
        "Things that reports say or leave out: rows of the coverage matrix",
        _from(schema.Statement, "statement_id", "topic", "statement"),
        ["statement_id"],
        {},
        lambda seeds: [_plain(s, "statement_id", "topic", "statement") for s in seeds.statements],
    ),
    Table(
        "positions",
        "Which claim agrees with or contradicts which statement",
        _new("statement_id", "The statement", required=True)
        + SOURCE
        + _new("claim_id", "The claim", required=True)
        + _new(
            "relation",
            "How the claim stands to the statement",
            enum=["agrees", "contradicts"],
            required=True,
        ),
        ["statement_id", "claim_id"],
        {
            "statement_id": ("statements", "statement_id"),
            "claim_id": ("claims", "claim_id"),
            "source_id": ("sources", "source_id"),
        },
        _positions,
    ),
    Table(
        "bearings",
        "What bears on a statement from outside the reports",
        _new("statement_id", "The statement", required=True)
        + _from(schema.Evidence, "address", "bearing", "why"),
        ["statement_id", "address"],
        {"statement_id": ("statements", "statement_id")},
        _bearings,
    ),
    Table(
        "facts",
        "Checked context, each with its page",
        _from(schema.Fact, *FACT) + FLAG,
        ["fact_id"],
        {},
        lambda seeds: [{**_plain(f, *FACT), **_link(f.url)} for f in seeds.facts],
    ),
    Table(
        "messages",
        "The log of messages between the leaders, or near them",
        _from(schema.Message, *schema.Message.model_fields) + FLAG,
        ["message_id"],
        {},
        lambda seeds: [
            {**_plain(m, *schema.Message.model_fields), **_link(m.source_url)}
            for m in seeds.messages
        ],
    ),
    Table(
        "first_uses",
        "Wordings and the first place in which each was found, from January 2019 on",
        _from(schema.FirstUse, *schema.FirstUse.model_fields),
        ["wording"],
        OF_SEARCH,
        lambda seeds: [_plain(u, *schema.FirstUse.model_fields) for u in seeds.first_uses],
    ),
    Table(
        "searches",
        "What was searched for, in which words, and what was found nearest: behind every “none"
        " found”",
        _from(schema.Search, "search_id", "asked")
        + _new(
            "words", "The words searched for, each with its language, parted by '; '", required=True
        )
        + _new("queries", "How many times words were sent", "integer", required=True)
        + _new("results", "How many results came back", "integer", required=True)
        + _from(schema.Search, "read", "collection", "date", "answer", "nearest")
        + _new("pages", "The pages on which that stands: publisher, title, date, parted by ' ; '")
        + _new("url", "Their addresses, parted by ' ; '")
        + _new("covers", "Open cells of lesson 05 that rest on it, parted by '; '")
        + FLAG
        + PUBLIC,
        ["search_id"],
        {},
        _searches,
    ),
    Table(
        "treaties",
        "The treaties of the two states",
        _from(schema.Treaty, *TREATY) + PUBLIC,
        ["treaty_id"],
        OF_SEARCH,
        lambda seeds: [{**_plain(t, *TREATY), **_known(seeds, t.address)} for t in seeds.treaties],
    ),
    Table(
        "treaty_acts",
        "Dated acts in the life of a treaty",
        TREATY_ID + _from(schema.Act, *schema.Act.model_fields) + PUBLIC,
        ["treaty_id", "date", "by"],
        OF_TREATY,
        _of_treaties("acts", schema.Act),
    ),
    Table(
        "treaty_articles",
        "The articles of a treaty, and how much of each could be read",
        TREATY_ID + _from(schema.Article, *schema.Article.model_fields) + SEARCHED + PUBLIC,
        ["treaty_id", "article"],
        OF_TREATY | OF_SEARCH,
        _articles,
    ),
    Table(
        "clauses",
        "Published versions of the clauses that speak of a threat or an attack",
        TREATY_ID + _from(schema.Clause, *schema.Clause.model_fields) + PUBLIC,
        ["clause_id"],
        OF_TREATY,
        _of_treaties("clauses", schema.Clause),
    ),
    Table(
        "endings",
        "Accounts of how a treaty ended",
        TREATY_ID + _from(schema.Ending, *schema.Ending.model_fields) + PUBLIC,
        ["ending_id"],
        OF_TREATY,
        _of_treaties("endings", schema.Ending),
    ),
    Table(
        "namings",
        "What a treaty was called, by whom",
        TREATY_ID + _from(schema.Naming, *schema.Naming.model_fields) + PUBLIC,
        ["naming_id"],
        OF_TREATY,
        _of_treaties("namings", schema.Naming),
    ),
    Table(
        "obligations",
        "The grid: has a treaty this obligation, as far as its text was read?",
        _new("cell_id", "Obligation and treaty", required=True)
        + _from(schema.Obligation, "obligation_id", "obligation", "situation")
        + _from(schema.Cell, *schema.Cell.model_fields)
        + SEARCHED
        + PUBLIC,
        ["cell_id"],
        OF_TREATY | OF_SEARCH,
        _obligations,
    ),
    Table(
        "elements",
        "Elements of a promise by Kim's side, in messages of the log: held, or put otherwise; no"
        " row: not in the words we have",
        _from(schema.Element, *schema.Element.model_fields),
        ["message_id", "element"],
        {"message_id": ("messages", "message_id")},
        lambda seeds: [_plain(e, *schema.Element.model_fields) for e in seeds.elements],
    ),
    Table(
        "renderings",
        "Versions, in three languages, of words that the log has in English",
        _from(schema.Rendering, *schema.Rendering.model_fields),
        [],
        {"message_id": ("messages", "message_id")},
        lambda seeds: [_plain(v, *schema.Rendering.model_fields) for v in seeds.renderings],
    ),
    Table(
        "variants",
        "Versions of one sentence, each with its words and the step at which it parts from the"
        " version before",
        _from(schema.Variant, "variant_id", "group", "label")
        + _new("source_id", "The document, where it is one of ours")
        + _from(schema.Variant, "quote_ids", "text", *VARIANT[4:])
        + PUBLIC,
        ["variant_id"],
        {},
        _variants,
    ),
    Table(
        "glosses",
        "Whom texts name in explaining “hostile forces”, or in its place",
        _from(schema.Gloss, *GLOSS) + PUBLIC,
        ["gloss_id"],
        {},
        lambda seeds: [{**_plain(g, *GLOSS), **_known(seeds, g.address)} for g in seeds.glosses],
    ),
    Table(
        "council",
        "What was done in or about the Security Council on North Korea, as far as pages show",
        _from(schema.CouncilAct, *schema.CouncilAct.model_fields) + PUBLIC,
        ["council_id"],
        {},
        lambda seeds: [
            {**_plain(a, *schema.CouncilAct.model_fields), **_known(seeds, a.address)}
            for a in seeds.council
        ],
    ),
    Table(
        "article_lines",
        "One-line versions in the articles of what happened in the Council, point by point",
        _new("point_id", "The point", required=True)
        + _from(schema.ArticleLine, "line_id", "claim_id")
        + SOURCE
        + _new("address", "Where the line stands", required=True)
        + _from(schema.LinePoint, *schema.LinePoint.model_fields)
        + PUBLIC,
        ["point_id"],
        {"claim_id": ("claims", "claim_id"), "source_id": ("sources", "source_id")},
        _article_lines,
    ),
    Table(
        "reasons",
        "The reasons that states gave, by occasion and side, both sides at one length",
        _from(schema.Reason, *schema.Reason.model_fields) + PUBLIC,
        ["reason_id"],
        {},
        lambda seeds: [
            {**_plain(x, *schema.Reason.model_fields), **_known(seeds, x.address)}
            for x in seeds.reasons
        ],
    ),
    Table(
        "outlet_cards",
        "Who is behind each outlet: a row a question, with what pages say, its own ones marked, or"
        " that nothing was found",
        _from(schema.Card, "card_id", "outlet")
        + _from(schema.CardLine, *schema.CardLine.model_fields)
        + PUBLIC,
        ["card_id", "question"],
        OF_SEARCH,
        _outlet_cards,
    ),
    Table(
        "atop",
        "ATOP's categories in the treaties' articles: our own reading, not ATOP's",
        _from(schema.AtopCategory, "category", "asks", "definition")
        + _from(schema.Cell, *schema.Cell.model_fields)
        + SEARCHED
        + PUBLIC,
        ["category", "treaty_id"],
        OF_TREATY | OF_SEARCH,
        _atop,
    ),
    Table(
        "letter_versions",
        "Pieces of letters in two Englishes or more, each with whose English it is and who stands"
        " behind the difference",
        _from(schema.LetterVersion, *schema.LetterVersion.model_fields) + PUBLIC,
        ["version_id"],
        {"message_id": ("messages", "message_id")},
        lambda seeds: [
            {**_plain(v, *schema.LetterVersion.model_fields), **_known(seeds, v.address)}
            for v in seeds.letters
        ],
    ),
    Table(
        "stances",
        "Who took which stance towards which claim, when; relays of one origin are marked",
        _from(said.StanceTaken, *said.StanceTaken.model_fields) + PUBLIC,
        ["stance_id"],
        {},
        lambda seeds: [
            {**_plain(s, *said.StanceTaken.model_fields), **_known(seeds, s.address)}
            for s in seeds.stances
        ],
    ),
    Table(
        "passages",
        "One claim in two tellings, element by element",
        _from(said.Passage, *said.Passage.model_fields) + PUBLIC,
        ["pair", "element"],
        {},
        lambda seeds: [
            {**_plain(p, *said.Passage.model_fields), **_known(seeds, p.address)}
            for p in seeds.passages
        ],
    ),
    Table(
        "scales",
        "The two scales of STANAG 2511",
        _from(said.Scale, *said.Scale.model_fields),
        ["axis", "grade"],
        {},
        lambda seeds: [_plain(s, *said.Scale.model_fields) for s in seeds.scales],
    ),
    Table(
        "gradings",
        "Claims to grade, with the ranges accepted and the reasons for both ends",
        _from(said.Grading, *said.Grading.model_fields) + PUBLIC,
        ["grading_id"],
        {},
        lambda seeds: [
            {
                **_plain(g, *said.Grading.model_fields),
                "public_from": g.day,
                "public_from_basis": "day of grading",
            }
            for g in seeds.gradings
        ],
    ),
    Table(
        "troop_figures",
        "Figures of soldiers sent, killed or wounded, each by one source on one day",
        _from(said.TroopFigure, *said.TroopFigure.model_fields) + PUBLIC,
        ["figure_id"],
        {},
        lambda seeds: [
            {**_plain(f, *said.TroopFigure.model_fields), **_known(seeds, f.address)}
            for f in seeds.figures
        ],
    ),
    Table(
        "phrases",
        "Phrasings to compare: how strong does it sound in English?",
        _from(schema.Phrase, *schema.Phrase.model_fields)
        + _new("date", "Date of the row in which it stands", required=True)
        + PUBLIC,
        ["phrase_id"],
        {},
        _phrases,
    ),
    Table(
        "judgements",
        "Judgements of pairs of phrasings, by one reader of this project (a language model) and by"
        " a SYNTHETIC class",
        MADE + _from(schema.Judgement, *schema.Judgement.model_fields),
        ["judge", "place"],
        {"first": ("phrases", "phrase_id"), "second": ("phrases", "phrase_id")},
        _judgements,
    ),
    Table(
        "strengths",
        "Bradley-Terry strengths of the phrasings, with intervals (casebook.methods.scale), for"
        " each set of judgements",
        _from(schema.Strength, *schema.Strength.model_fields),
        ["made", "phrase_id"],
        {"phrase_id": ("phrases", "phrase_id")},
        lambda seeds: [_plain(s, *schema.Strength.model_fields) for s in seeds.strengths],
    ),
    Table(
        "glossary",
        "Words of the trade",
        _from(schema.Term, *schema.Term.model_fields),
        ["term"],
        {},
        lambda seeds: [_plain(t, *schema.Term.model_fields) for t in seeds.glossary],
    ),
    Table(
        "questions",
        "Forecast questions, as of the day on which each is asked",
        _from(schema.Asked, "question_id")
        + _from(
            schema.Question,
            "subject_id",
            "question",
            "counts",
            "reference_class",
            "since",
            "since_address",
        )
        + _from(schema.Asked, "opens")
        + _new(
            "closes", "Its last day: every question runs seventeen months", "date", required=True
        )
        + PUBLIC,
        ["question_id"],
        {},
        questions,
    ),
    Table(
        "resolutions",
        "What came of the forecast questions that are settled",
        _from(schema.Asked, "question_id", "outcome", "address", "why") + PUBLIC,
        ["question_id"],
        {"question_id": ("questions", "question_id")},
        resolutions,
    ),
    Table(
        "precedents",
        "Cases to count for a question's base rate, and rows to read on its subject",
        _from(schema.Question, "subject_id")
        + _new("role", "A case to count, or a row to read", enum=["case", "to read"], required=True)
        + _new("year", "The year of a case", "integer")
        + _from(schema.Precedent, "address")
        + PUBLIC,
        [],
        {},
        precedents,
    ),
    Table(
        "lessons",
        "The walk: the notebooks",
        _from(schema.Lesson, *schema.Lesson.model_fields),
        ["lesson"],
        {},
        lambda seeds: [_plain(x, *schema.Lesson.model_fields) for x in seeds.lessons],
    ),
    Table(
        "codings",
        "Two independent codings of each claim, and what was settled",
        _new("claim_id", "The claim", required=True)
        + SOURCE
        + _new("code", "The code", enum=list(FOUR), required=True)
        + _new("first", "Value given by the first coder", required=True)
        + _new("second", "Value given by the second coder", required=True)
        + _new("settled", "Value settled on, the codebook having been sharpened", required=True)
        + _new("contested", "Whether the two coders disagreed", enum=["yes", "no"], required=True),
        ["claim_id", "code"],
        {"claim_id": ("claims", "claim_id"), "source_id": ("sources", "source_id")},
        codings,
    ),
    Table(
        "reliability",
        "How far the two codings agree, per code",
        _new("code", "The code", enum=list(FOUR), required=True)
        + _new("claims", "Claims coded twice", "integer", required=True)
        + _new(
            "agreement",
            "Share of claims on which both coders gave the same value",
            "number",
            required=True,
        )
        + _new("alpha", "Krippendorff's alpha, nominal", "number")
        + _new("low", "Lower end of the 95 % bootstrap interval", "number")
        + _new("high", "Upper end of the 95 % bootstrap interval", "number"),
        ["code"],
        {},
        reliability,
    ),
    Table(
        "codebook",
        "The codes: for each value the question that decides it, an example and a near miss",
        _new("code", "The code", enum=list(FOUR), required=True)
        + _new("question", "What the code asks", required=True)
        + _new("value", "The value", required=True)
        + _new("test", "The question that decides it", required=True)
        + _new("example", "An example", required=True)
        + _new("near_miss", "What looks like it, with its right value", required=True),
        ["code", "value"],
        {},
        lambda seeds: [
            {
                "code": code,
                "question": codebook.CODES[code][0],
                "value": v.name,
                "test": v.test,
                "example": v.example,
                "near_miss": v.near_miss,
            }
            for code in FOUR
            for v in codebook.CODES[code][1]
        ],
    ),
    Table(
        "coding_items",
        "Claims to be coded in lesson 10",
        _from(schema.CodingItem, *schema.CodingItem.model_fields),
        ["claim_id"],
        {"claim_id": ("claims", "claim_id")},
        lambda seeds: [_plain(i, *schema.CodingItem.model_fields) for i in seeds.coding_items],
    ),
    Table(
        "words",
        "How often each word stands in each document",
        _from(schema.WordCount, *schema.WordCount.model_fields),
        ["source_id", "word"],
        {"source_id": ("sources", "source_id")},
        lambda seeds: [_plain(w, *schema.WordCount.model_fields) for w in seeds.words],
    ),
]
