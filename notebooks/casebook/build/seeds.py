"""Read all of seeds/ and check what no single row can know: references, order in time, the texts themselves."""
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from casebook import addresses
from casebook.records import schema
from casebook.records.reader import Node, Problem, SeedsError, field_name, read_csv, read_list, read_one

PARTS = ("claims", "quotes", "events", "chain", "signs")       # the lists of a record


@dataclass
class Seeds:
    """Everything people wrote down, checked. Lists keep the order of the files."""

    records: list = field(default_factory=list)
    facts: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    first_uses: list = field(default_factory=list)
    events: list = field(default_factory=list)
    statements: list = field(default_factory=list)
    variants: list = field(default_factory=list)
    glosses: list = field(default_factory=list)
    glossary: list = field(default_factory=list)
    lessons: list = field(default_factory=list)
    exercises: list = field(default_factory=list)
    words: list = field(default_factory=list)
    codings: dict = field(default_factory=dict)     # coder's name → rows
    changes: list = field(default_factory=list)


def read_seeds(folder: Path, texts: Path | None = None) -> Seeds:
    """All of ``folder``, checked; against the articles too where ``texts`` names their folder.

    Raises SeedsError with every problem found.
    """
    problems: list[Problem] = []
    seeds, places = Seeds(), {}

    def keep(rows, file):
        for row, line in rows:
            places[id(row)] = (file, Node(None, {(): line}), ())
        return [row for row, _ in rows]

    for path in sorted((folder / "records").glob("*.yaml"), key=_natural):
        if (read := read_one(schema.Record, path, problems)) is not None:
            record, node = read
            seeds.records.append(record)
            places[id(record)] = (path.name, node, ())
            for part in PARTS:
                for i, row in enumerate(getattr(record, part)):
                    places[id(row)] = (path.name, node, (part, i))
            if path.stem != record.source_id:
                problems.append(Problem(path.name, node.line(("source_id",)), "source_id",
                                        f"{record.source_id} in a file of another name", f"{path.stem}"))
    for name, model in (("facts", schema.Fact), ("messages", schema.Message), ("first_uses", schema.FirstUse),
                        ("words", schema.WordCount)):
        setattr(seeds, name, keep(read_csv(model, folder / f"{name}.csv", problems), f"{name}.csv"))
    for name, model in (("events", schema.Event), ("statements", schema.Statement), ("glossary", schema.Term),
                        ("lessons", schema.Lesson), ("variants", schema.Variant), ("glosses", schema.Gloss)):
        setattr(seeds, name, keep(read_list(model, folder / f"{name}.yaml", problems), f"{name}.yaml"))
    for path in sorted((folder / "codings").glob("*.csv")):
        seeds.codings[path.stem] = keep(read_csv(schema.Coding, path, problems), path.name)
    if (changes := folder / "codings" / "changes.yaml").exists():
        seeds.changes = keep(read_list(schema.Change, changes, problems), changes.name)
    for path in sorted((folder / "exercises").glob("*.yaml")):
        seeds.exercises += keep(read_list(schema.Exercise, path, problems), path.name)
    for record in seeds.records:
        seeds.events += record.events
    seeds.events.sort(key=lambda e: (schema.first_day(e.date), e.event_id))

    def wrong(row, name, what, allowed=""):
        file, node, place = places[id(row)]
        problems.append(Problem(file, node.line((*place, name)), field_name((*place, name)), what, allowed))

    _check_ids(seeds, wrong)
    _check_references(seeds, wrong)
    _check_records(seeds, wrong)
    _check_variants(seeds, wrong)
    _check_codings(seeds, wrong)
    if texts is not None:
        for record in seeds.records:
            check_against_text(record, texts, wrong)
    if problems:
        raise SeedsError(problems)
    return seeds


def _natural(path: Path):
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", path.name)]


def _check_ids(seeds, wrong):
    """Every identifier stands once, and says where it belongs."""
    for name, rows in (
        ("source_id", seeds.records),
        ("claim_id", [c for r in seeds.records for c in r.claims]),
        ("quote_id", [q for r in seeds.records for q in r.quotes]),
        ("event_id", seeds.events), ("fact_id", seeds.facts), ("message_id", seeds.messages),
        ("statement_id", seeds.statements), ("term", seeds.glossary), ("lesson", seeds.lessons),
        ("exercise_id", seeds.exercises), ("variant_id", seeds.variants), ("gloss_id", seeds.glosses),
    ):
        counts = Counter(getattr(row, name) for row in rows)
        seen = set()
        for row in rows:
            key = getattr(row, name)
            if counts[key] > 1 and key in seen:
                wrong(row, name, f"{key} stands twice", "each identifier once")
            seen.add(key)
    for record in seeds.records:
        for row, name in [(c, "claim_id") for c in record.claims] + [(q, "quote_id") for q in record.quotes]:
            if not getattr(row, name).startswith(record.source_id + "-"):
                wrong(row, name, f"{getattr(row, name)} in the record of {record.source_id}", f"{record.source_id}-…")
    for row in seeds.messages:
        if row.message_id[1:11] != row.date:
            wrong(row, "message_id", f"{row.message_id} is dated {row.date}", "the date inside the identifier")


def _check_references(seeds, wrong):
    """Every address, event and statement that is named exists."""
    paragraphs = {r.source_id: r.paragraphs for r in seeds.records}
    facts = {f.fact_id for f in seeds.facts}
    messages = {m.message_id for m in seeds.messages}
    events = {e.event_id for e in seeds.events}
    statements = {s.statement_id for s in seeds.statements}

    def resolves(address):
        if address.kind == "paragraph":
            return 1 <= address.paragraph <= paragraphs.get(address.row, 0)
        return address.row in (facts if address.kind == "fact" else messages)

    addressed = [(e, "address", e.address) for e in seeds.events]
    addressed += [(s, "evidence", e.address) for s in seeds.statements for e in s.evidence]
    addressed += [(t, "address", t.address) for t in seeds.glossary if t.address]
    addressed += [(v, "address", v.address) for v in [*seeds.variants, *seeds.glosses]]
    addressed += [(s, "address", s.address) for r in seeds.records for s in r.chain]
    addressed += [(r, name, getattr(r, name)) for r in seeds.records for name in ("outlet_basis", "published_address")]
    addressed += [(x, "worked", x.worked) for x in seeds.exercises]
    addressed += [(x, "snippet_address", x.snippet_address) for x in seeds.exercises if x.snippet_address]
    for row, name, text in addressed:
        for address in addresses.parse_all(text):
            if not resolves(address):
                wrong(row, name, f"{address} leads nowhere", "a paragraph, fact or message that is here")
    for record in seeds.records:
        for claim in record.claims:
            if claim.event_id and claim.event_id not in events:
                wrong(claim, "event_id", f"{claim.event_id} is no event here", "an event of events.yaml or of this record")
            for key in claim.on:
                if key not in statements:
                    wrong(claim, "on", f"{key} is no statement here", "a statement of statements.yaml")
    for use in seeds.first_uses:
        if use.found_in.startswith("M") and use.found_in not in messages:
            wrong(use, "found_in", f"{use.found_in} leads nowhere", "a message that is here, or an address of a page")


def _check_variants(seeds, wrong):
    """A version is made of quotations that are here, at its address; it comes after a version of the same sentence."""
    quotes = {q.quote_id: (r.source_id, q.paragraph) for r in seeds.records for q in r.quotes}
    groups = {v.variant_id: v.group for v in seeds.variants}
    for variant in seeds.variants:
        for key in filter(None, (variant.quote_ids or "").split("; ")):
            if key not in quotes:
                wrong(variant, "quote_ids", f"{key} is no quotation here", "a quotation of a record")
            elif variant.address != "{} ¶{}".format(*quotes[key]):
                wrong(variant, "address", f"{key} does not stand at {variant.address}", "{} ¶{}".format(*quotes[key]))
        if variant.after and groups.get(variant.after) != variant.group:
            wrong(variant, "after", f"{variant.after} is no version of this sentence", "a version of the same group")


def _check_records(seeds, wrong):
    """Paragraphs exist, rows keep the text's order, nothing is dated after it was written, variants have company."""
    groups = Counter(q.variant_group for r in seeds.records for q in r.quotes if q.variant_group)
    for record in seeds.records:
        for rows in (record.claims, record.quotes, record.signs):
            last = 0
            for row in rows:
                if row.paragraph > record.paragraphs:
                    wrong(row, "paragraph", f"¶{row.paragraph} is beyond the end of the text",
                          f"1 to {record.paragraphs}")
                if row.paragraph < last:
                    wrong(row, "paragraph", f"¶{row.paragraph} after ¶{last}", "the order of the text")
                last = row.paragraph
        for quote in record.quotes:
            if quote.variant_group and groups[quote.variant_group] == 1:
                wrong(quote, "variant_group", f"“{quote.variant_group}” has this quotation alone", "two quotations or more")
        for claim in record.claims:
            late = claim.date and schema.first_day(claim.date) > schema.last_day(record.published)
            if late and not claim.date_reason:
                wrong(claim, "date", f"{claim.date} lies after the text's date {record.published}",
                      "an earlier date, or a date_reason")
        if record.coded == "not yet" and record.claims:
            wrong(record, "coded", "its claims are coded", "once or twice")


def _check_codings(seeds, wrong):
    """Each coder codes claims that exist, each once; a document that says 'twice' has two complete codings."""
    claims = {c.claim_id for r in seeds.records for c in r.claims}
    for rows in seeds.codings.values():
        seen = set()
        for row in rows:
            if row.claim_id not in claims:
                wrong(row, "claim_id", f"{row.claim_id} is no claim here", "a claim of a record")
            if row.claim_id in seen:
                wrong(row, "claim_id", f"{row.claim_id} is coded twice by one coder", "each claim once")
            seen.add(row.claim_id)
    coded = [{row.claim_id for row in rows} for rows in seeds.codings.values()]
    for record in seeds.records:
        missing = [c for c in record.claims if sum(c.claim_id in coder for coder in coded) < 2]
        if record.coded == "twice" and missing:
            wrong(record, "coded", f"'twice', but {len(missing)} claims lack a second coding, {missing[0].claim_id} first",
                  "once, or two codings of every claim in seeds/codings/")
    for change in seeds.changes:
        for claim in filter(None, change.because.split("; ")):
            if claim not in claims:
                wrong(change, "because", f"{claim} is no claim here", "claims of the records, parted by '; '")


def paragraphs_of(text: str) -> list[str]:
    """The non-empty lines of a text as captured; ¶1 is the first."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _stands_between_marks(words: str, paragraph: str) -> bool:
    """Whether a paragraph has exactly these words between quotation marks."""
    return re.search(rf"[“\"‘']{re.escape(words)}[”\"’']", paragraph) is not None


def check_against_text(record, texts: Path, wrong):
    """Quotations word for word at their paragraph, numbers at theirs, length and hash as recorded."""
    path = texts / record.file
    if not path.is_file():
        wrong(record, "file", f"{record.file} is not in the folder of texts", "the text as captured")
        return
    raw = path.read_bytes()
    if hashlib.sha256(raw).hexdigest() != record.sha256:
        wrong(record, "sha256", "the text is not the one that was recorded", hashlib.sha256(raw).hexdigest())
        return
    text = raw.decode("utf-8")
    lines = paragraphs_of(text)
    if len(lines) != record.paragraphs:
        wrong(record, "paragraphs", f"{record.paragraphs} recorded", str(len(lines)))
    if schema.count_words(text) != record.words:
        wrong(record, "words", f"{record.words} recorded", str(schema.count_words(text)))
    for quote in record.quotes:
        if quote.paragraph <= len(lines) and not _stands_between_marks(quote.text, lines[quote.paragraph - 1]):
            there = [i for i, line in enumerate(lines, 1) if _stands_between_marks(quote.text, line)]
            wrong(quote, "text", f"not word for word in ¶{quote.paragraph}",
                  f"the words of that paragraph (found in ¶{', ¶'.join(map(str, there))})" if there else "the words of that paragraph")
    for claim in record.claims:
        if claim.number_text and claim.paragraph <= len(lines) and not re.search(
                rf"(?<![\w,.]){re.escape(claim.number_text)}(?!\w|[,.]\d)", lines[claim.paragraph - 1]):
            wrong(claim, "number_text", f"{claim.number_text!r} is not in ¶{claim.paragraph}", "the number as printed there")
