"""Read all of seeds/ and check what no single row can know: references, order in time, the texts
themselves.
"""

import contextlib
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from casebook import addresses
from casebook.build.council import check_council
from casebook.build.days import check_days
from casebook.build.questions import check_questions
from casebook.build.said import check_said
from casebook.build.searches import check_searches
from casebook.records import schema
from casebook.records.reader import (
    Node,
    Problem,
    SeedsError,
    field_name,
    read_csv,
    read_list,
    read_one,
    read_text,
)
from casebook.records.schema import said

PARTS = ("claims", "quotes", "events", "chain", "signs")  # the lists of a record
TREATY_PARTS = ("acts", "texts", "clauses", "endings", "namings")  # the lists of a treaty


@dataclass
class Seeds:
    """Everything people wrote down, checked. Lists keep the order of the files."""

    records: list = field(default_factory=list)
    facts: list = field(default_factory=list)
    messages: list = field(default_factory=list)
    first_uses: list = field(default_factory=list)
    searches: list = field(default_factory=list)
    elements: list = field(default_factory=list)
    renderings: list = field(default_factory=list)
    events: list = field(default_factory=list)
    statements: list = field(default_factory=list)
    treaties: list = field(default_factory=list)
    obligations: list = field(default_factory=list)
    variants: list = field(default_factory=list)
    glosses: list = field(default_factory=list)
    council: list = field(default_factory=list)
    article_lines: list = field(default_factory=list)
    reasons: list = field(default_factory=list)
    outlets: list = field(default_factory=list)
    atop: list = field(default_factory=list)
    letters: list = field(default_factory=list)
    stances: list = field(default_factory=list)
    passages: list = field(default_factory=list)
    scales: list = field(default_factory=list)
    gradings: list = field(default_factory=list)
    figures: list = field(default_factory=list)
    phrases: list = field(default_factory=list)
    judgements: list = field(default_factory=list)
    strengths: list = field(default_factory=list)
    glossary: list = field(default_factory=list)
    lessons: list = field(default_factory=list)
    exercises: list = field(default_factory=list)
    counts: list = field(default_factory=list)
    code: list = field(default_factory=list)
    handouts: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    words: list = field(default_factory=list)
    codings: dict = field(default_factory=dict)  # coder's name → rows
    changes: list = field(default_factory=list)
    coding_items: list = field(default_factory=list)
    worked: list = field(
        default_factory=list
    )  # records that are no part of the corpus: worked examples


def read_seeds(folder: Path, texts: Path | None = None, also: Path | None = None) -> Seeds:
    """All of ``folder``, checked; against the articles too where ``texts`` names their folder.

    ``also`` is the file of one more record, read and checked as if it stood among them. Raises
    SeedsError with every problem found.
    """
    seeds = _read_and_check(folder, texts, also)
    for path in sorted((folder / "worked").glob("*.yaml")) if also is None else ():
        # A worked example passes the checks of a record in the company of the others, and stays out
        # of the corpus.
        seeds.worked.append(_read_and_check(folder, None, path).records[-1])
    return seeds


def _read_and_check(folder: Path, texts: Path | None, also: Path | None) -> Seeds:
    """Everything but the worked examples; the record of ``also`` comes last."""
    problems: list[Problem] = []
    seeds, places = Seeds(), {}

    def keep(rows, file):
        for row, line in rows:
            places[id(row)] = (file, Node(None, {(): line}), ())
        return [row for row, _ in rows]

    for path in [
        *sorted((folder / "records").glob("*.yaml"), key=_natural),
        *([also] if also else []),
    ]:
        if (read := read_one(schema.Record, path, problems)) is not None:
            record, node = read
            seeds.records.append(record)
            places[id(record)] = (path.name, node, ())
            for part in PARTS:
                for i, row in enumerate(getattr(record, part)):
                    places[id(row)] = (path.name, node, (part, i))
            if path.stem != record.source_id:
                problems.append(
                    Problem(
                        path.name,
                        node.line(("source_id",)),
                        "source_id",
                        f"{record.source_id} in a file of another name",
                        f"{path.stem}",
                    )
                )
    for name, model in (
        ("facts", schema.Fact),
        ("messages", schema.Message),
        ("first_uses", schema.FirstUse),
        ("elements", schema.Element),
        ("renderings", schema.Rendering),
        ("words", schema.WordCount),
        ("judgements", schema.Judgement),
        ("strengths", schema.Strength),
    ):
        setattr(seeds, name, keep(read_csv(model, folder / f"{name}.csv", problems), f"{name}.csv"))
    for name, model in (
        ("searches", schema.Search),
        ("events", schema.Event),
        ("statements", schema.Statement),
        ("glossary", schema.Term),
        ("lessons", schema.Lesson),
        ("handouts", schema.Handout),
        ("treaties", schema.Treaty),
        ("obligations", schema.Obligation),
        ("variants", schema.Variant),
        ("glosses", schema.Gloss),
        ("council", schema.CouncilAct),
        ("article_lines", schema.ArticleLine),
        ("reasons", schema.Reason),
        ("outlets", schema.Card),
        ("atop", schema.AtopCategory),
        ("letters", schema.LetterVersion),
        ("stances", said.StanceTaken),
        ("passages", said.Passage),
        ("scales", said.Scale),
        ("gradings", said.Grading),
        ("figures", said.TroopFigure),
        ("questions", schema.Question),
        ("phrases", schema.Phrase),
        ("coding_items", schema.CodingItem),
        ("counts", schema.Count),
    ):
        setattr(
            seeds, name, keep(read_list(model, folder / f"{name}.yaml", problems), f"{name}.yaml")
        )
    for path in sorted((folder / "codings").glob("*.csv")):
        seeds.codings[path.stem] = keep(read_csv(schema.Coding, path, problems), path.name)
    if (changes := folder / "codings" / "changes.yaml").exists():
        seeds.changes = keep(read_list(schema.Change, changes, problems), changes.name)
    for path in sorted((folder / "exercises").glob("*.yaml")):
        seeds.exercises += keep(read_list(schema.Exercise, path, problems), path.name)
    for path in sorted((folder / "code").glob("*.yaml")):
        seeds.code += keep(read_list(schema.CodeExercise, path, problems), path.name)
    for record in seeds.records:
        seeds.events += record.events
    seeds.events.sort(key=lambda e: (schema.first_day(e.date), e.event_id))

    def wrong(row, name, what, allowed=""):
        file, node, place = places[id(row)]
        problems.append(
            Problem(file, node.line((*place, name)), field_name((*place, name)), what, allowed)
        )

    there = _written_ids(folder, also)
    _check_ids(seeds, wrong)
    _check_references(seeds, there, wrong)
    _check_records(
        seeds,
        wrong,
        whole=len(seeds.records) == len(list((folder / "records").glob("*.yaml"))) + bool(also),
    )
    _check_codings(seeds, there, wrong)
    _check_treaties(seeds, wrong)
    _check_variants(seeds, there, wrong)
    check_council(seeds, there, wrong)
    _check_more_time(seeds, there, wrong)
    check_said(
        seeds,
        {f.fact_id: f.public_from for f in seeds.facts}
        | {r.source_id: schema.last_day(r.published).isoformat() for r in seeds.records},
        wrong,
    )
    check_questions(seeds, wrong)
    check_searches(seeds, there, wrong)
    check_days(seeds, wrong)
    _check_phrases(seeds, wrong)
    _check_coding_items(seeds, there, wrong)
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
        ("search_id", seeds.searches),
        ("event_id", seeds.events),
        ("fact_id", seeds.facts),
        ("message_id", seeds.messages),
        ("statement_id", seeds.statements),
        ("treaty_id", seeds.treaties),
        ("obligation_id", seeds.obligations),
        ("term", seeds.glossary),
        ("lesson", seeds.lessons),
        ("exercise_id", seeds.exercises),
        ("name", seeds.counts),
        ("code_id", seeds.code),
        ("variant_id", seeds.variants),
        ("gloss_id", seeds.glosses),
        ("council_id", seeds.council),
        ("line_id", seeds.article_lines),
        ("reason_id", seeds.reasons),
        ("card_id", seeds.outlets),
        ("category", seeds.atop),
        ("version_id", seeds.letters),
        ("stance_id", seeds.stances),
        ("grading_id", seeds.gradings),
        ("figure_id", seeds.figures),
        ("subject_id", seeds.questions),
        ("phrase_id", seeds.phrases),
    ):
        counts = Counter(getattr(row, name) for row in rows)
        seen = set()
        for row in rows:
            key = getattr(row, name)
            if counts[key] > 1 and key in seen:
                wrong(row, name, f"{key} stands twice", "each identifier once")
            seen.add(key)
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


def _written_ids(folder: Path, also: Path | None = None) -> set[str]:
    """Every identifier that stands in seeds/, also in rows that are faulty: a faulty row is one
    problem, not fifty more.
    """
    found = {path.stem for path in (folder / "records").glob("*.yaml")}
    if also:
        found.add(also.stem)
    for path in [
        *folder.glob("*.csv"),
        *folder.glob("*.yaml"),
        *(folder / "records").glob("*.yaml"),
        *([also] if also else []),
    ]:
        with contextlib.suppress(SeedsError):
            found |= set(
                re.findall(r"^(?: *- \{?\w+_id: )?[\"']?([FMETSQ]\d[\w-]*)", read_text(path), re.M)
            )
    return found


def _check_references(seeds, there, wrong):
    """Every address, event and statement that is named exists; ``there`` are the identifiers
    written anywhere.
    """
    paragraphs = {r.source_id: r.paragraphs for r in seeds.records}

    def resolves(address):
        if address.row not in there:
            return False
        return address.kind != "paragraph" or 1 <= address.paragraph <= paragraphs.get(
            address.row, address.paragraph
        )

    addressed = [(e, "address", e.address) for e in seeds.events]
    addressed += [(s, "evidence", e.address) for s in seeds.statements for e in s.evidence]
    addressed += [(t, "address", t.address) for t in seeds.glossary if t.address]
    addressed += [
        (v, "address", v.address)
        for v in [*seeds.variants, *seeds.glosses, *seeds.council, *seeds.reasons]
    ]
    addressed += [
        (x, "address", x.address)
        for x in [*seeds.stances, *seeds.passages, *seeds.scales, *seeds.gradings, *seeds.figures]
    ]
    addressed += [(s, "address", s.address) for r in seeds.records for s in r.chain]
    addressed += [
        (r, name, getattr(r, name))
        for r in seeds.records
        for name in ("outlet_basis", "published_address")
    ]
    addressed += [(t, "address", t.address) for t in seeds.treaties]
    addressed += [
        (t, part, row.address)
        for t in seeds.treaties
        for part in TREATY_PARTS
        for row in getattr(t, part)
        if row.address
    ]
    addressed += [(o, "cells", c.address) for o in seeds.obligations for c in o.cells if c.address]
    addressed += [(e, "seen_in", e.seen_in) for e in seeds.elements] + [
        (v, "address", v.address) for v in seeds.renderings
    ]
    addressed += [(c, "lines", x.address) for c in seeds.outlets for x in c.lines if x.address]
    addressed += [(a, "definition", a.definition) for a in seeds.atop] + [
        (a, "cells", c.address) for a in seeds.atop for c in a.cells if c.address
    ]
    addressed += [(v, "address", v.address) for v in seeds.letters]
    addressed += [(q, "read", q.read) for q in seeds.questions] + [
        (q, "since_address", q.since_address) for q in seeds.questions
    ]
    addressed += [(q, "happened", p.address) for q in seeds.questions for p in q.happened]
    addressed += [
        (q, "asked", f"{a.address or ''} {a.why or ''}") for q in seeds.questions for a in q.asked
    ]
    addressed += [(p, "address", p.address) for p in seeds.phrases]
    addressed += [(x, "worked", x.worked) for x in seeds.exercises]
    addressed += [(x, "shows", x.shows) for x in seeds.code]
    addressed += [
        (x, "snippet_address", x.snippet_address) for x in seeds.exercises if x.snippet_address
    ]
    for row, name, text in addressed:
        for address in addresses.parse_all(text):
            if not resolves(address):
                wrong(
                    row,
                    name,
                    f"{address} leads nowhere",
                    "a paragraph, fact, message or search that is here",
                )
    for record in seeds.records:
        for claim in record.claims:
            if claim.event_id and claim.event_id not in there:
                wrong(
                    claim,
                    "event_id",
                    f"{claim.event_id} is no event here",
                    "an event of events.yaml or of this record",
                )
            for key in claim.on:
                if key not in there:
                    wrong(
                        claim, "on", f"{key} is no statement here", "a statement of statements.yaml"
                    )
    exercises = {x.exercise_id for x in seeds.exercises}
    for handout in seeds.handouts:
        for part in handout.parts:
            for name in set(part.extracts) - there:
                wrong(handout, "parts", f"{name} is no quotation here", "a quotation of a record")
            for name in set(part.exercises) - exercises:
                wrong(
                    handout,
                    "parts",
                    f"{name} is no exercise here",
                    "an exercise of seeds/exercises/",
                )
    for row in seeds.messages:
        if row.same_event_as and (
            row.same_event_as not in there or row.same_event_as == row.message_id
        ):
            wrong(
                row,
                "same_event_as",
                f"{row.same_event_as} is no other message here",
                "another message of the log",
            )
    for row in [*seeds.elements, *seeds.renderings]:
        if row.message_id not in there:
            wrong(row, "message_id", f"{row.message_id} leads nowhere", "a message of the log")
    for use in seeds.first_uses:
        if use.found_in.startswith("M") and use.found_in not in there:
            wrong(
                use,
                "found_in",
                f"{use.found_in} leads nowhere",
                "a message that is here, or an address of a page",
            )


def _check_variants(seeds, there, wrong):
    """A version is made of quotations that are here, at its address; it comes after a version of
    the same sentence.
    """
    quotes = {q.quote_id: (r.source_id, q.paragraph) for r in seeds.records for q in r.quotes}
    groups = {v.variant_id: v.group for v in seeds.variants}
    for variant in seeds.variants:
        for key in filter(None, (variant.quote_ids or "").split("; ")):
            if key not in there:
                wrong(
                    variant, "quote_ids", f"{key} is no quotation here", "a quotation of a record"
                )
            elif key in quotes and variant.address != "{} ¶{}".format(*quotes[key]):
                wrong(
                    variant,
                    "address",
                    f"{key} does not stand at {variant.address}",
                    "{} ¶{}".format(*quotes[key]),
                )
        if variant.after and groups.get(variant.after) != variant.group:
            wrong(
                variant,
                "after",
                f"{variant.after} is no version of this sentence",
                "a version of the same group",
            )


def _check_more_time(seeds, there, wrong):
    """A card answers every question once; a category has a cell a treaty; a letter's version comes
    after one of the same piece.
    """
    asked = list(schema.CardLine.model_fields["question"].annotation.__args__)
    for card in seeds.outlets:
        if [line.question for line in card.lines] != asked:
            wrong(card, "lines", "not one line for each question in order", ", ".join(asked))
    known = sorted(t.treaty_id for t in seeds.treaties)
    for category in seeds.atop:
        if sorted(c.treaty_id for c in category.cells) != known:
            wrong(category, "cells", "not one cell for each treaty", ", ".join(known))
    pieces = {v.version_id: (v.message_id, v.piece) for v in seeds.letters}
    for version in seeds.letters:
        if version.message_id not in there:
            wrong(
                version, "message_id", f"{version.message_id} leads nowhere", "a message of the log"
            )
        if version.after and pieces.get(version.after) != (version.message_id, version.piece):
            wrong(
                version,
                "after",
                f"{version.after} is no version of this piece",
                "a version of the same piece",
            )


def _check_phrases(seeds, wrong):
    """A phrase has the words of its row, piece by piece; two versions of a sentence have each
    other; each pair is judged once by a judge.
    """
    texts = {m.message_id: m.key_phrase or "" for m in seeds.messages} | {
        f.fact_id: f.fact for f in seeds.facts
    }
    for variant in seeds.variants:
        texts[variant.address] = texts.get(variant.address, "") + " " + (variant.text or "")
    groups = Counter(p.version_of for p in seeds.phrases if p.version_of)
    for phrase in seeds.phrases:
        pieces = map(re.escape, (piece.strip() for piece in phrase.words.split("[…]")))
        if phrase.address in texts and not re.search(".*?".join(pieces), texts[phrase.address]):
            wrong(
                phrase,
                "words",
                "not word for word in its row",
                "the words as the row has them; […] for what is cut",
            )
        if phrase.version_of and groups[phrase.version_of] != 2:
            wrong(
                phrase,
                "version_of",
                f"“{phrase.version_of}” has {groups[phrase.version_of]} versions",
                "two",
            )
    known, seen = {p.phrase_id for p in seeds.phrases}, set()
    for row in seeds.judgements:
        for name in ("first", "second"):
            if getattr(row, name) not in known:
                wrong(
                    row, name, f"{getattr(row, name)} is no phrase here", "a phrase of phrases.yaml"
                )
        pair = (row.judge, *sorted((row.first, row.second)))
        if pair in seen:
            wrong(row, "first", f"{row.judge} judges this pair twice", "each pair once")
        seen.add(pair)
    decided = Counter(
        p for j in seeds.judgements if j.chosen != "cannot compare" for p in (j.first, j.second)
    )
    for row in seeds.strengths:
        if row.phrase_id not in known or (
            row.made == "one reader" and row.compared != decided[row.phrase_id]
        ):
            wrong(
                row,
                "compared",
                f"the scale of {row.phrase_id} is not that of the judgements",
                "run `python -m casebook scale`",
            )


def _check_records(seeds, wrong, whole):
    """Paragraphs exist, rows keep the text's order, nothing is dated after it was written, variants
    have company.

    Whether a variant stands alone can only be said when ``whole``: every record could be read.
    """
    groups = Counter(q.variant_group for r in seeds.records for q in r.quotes if q.variant_group)
    for record in seeds.records:
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
                    wrong(
                        row, "paragraph", f"¶{row.paragraph} after ¶{last}", "the order of the text"
                    )
                last = row.paragraph
        for quote in record.quotes:
            if whole and quote.variant_group and groups[quote.variant_group] == 1:
                wrong(
                    quote,
                    "variant_group",
                    f"“{quote.variant_group}” has this quotation alone",
                    "two quotations or more",
                )
        for claim in record.claims:
            late = claim.date and schema.first_day(claim.date) > schema.last_day(record.published)
            if late and not claim.date_reason:
                wrong(
                    claim,
                    "date",
                    f"{claim.date} lies after the text's date {record.published}",
                    "an earlier date, or a date_reason",
                )
        if record.coded == "not yet" and record.claims:
            wrong(record, "coded", "its claims are coded", "once or twice")


def _check_codings(seeds, there, wrong):
    """Each coder codes claims that exist, each once; a document that says 'twice' has two complete
    codings.
    """
    for rows in seeds.codings.values():
        seen = set()
        for row in rows:
            if row.claim_id not in there:
                wrong(row, "claim_id", f"{row.claim_id} is no claim here", "a claim of a record")
            if row.claim_id in seen:
                wrong(
                    row,
                    "claim_id",
                    f"{row.claim_id} is coded twice by one coder",
                    "each claim once",
                )
            seen.add(row.claim_id)
    coded = [{row.claim_id for row in rows} for rows in seeds.codings.values()]
    for record in seeds.records:
        missing = [c for c in record.claims if sum(c.claim_id in coder for coder in coded) < 2]
        if record.coded == "twice" and missing:
            wrong(
                record,
                "coded",
                f"'twice', but {len(missing)} claims lack a second coding, {missing[0].claim_id}"
                " first",
                "once, or two codings of every claim in seeds/codings/",
            )
    for change in seeds.changes:
        for claim in filter(None, change.because.split("; ")):
            if claim not in there:
                wrong(
                    change,
                    "because",
                    f"{claim} is no claim here",
                    "claims of the records, parted by '; '",
                )


def _check_coding_items(seeds, there, wrong):
    """Each item is a claim that is here, once, and the quotation stands in its paragraph."""
    paragraphs = {c.claim_id: (r.source_id, c.paragraph) for r in seeds.records for c in r.claims}
    paragraphs |= {q.quote_id: (r.source_id, q.paragraph) for r in seeds.records for q in r.quotes}
    for name, count in Counter(item.claim_id for item in seeds.coding_items).items():
        if count > 1:
            wrong(
                next(i for i in seeds.coding_items if i.claim_id == name),
                "claim_id",
                f"{name} stands twice",
                "each item once",
            )
    for item in seeds.coding_items:
        for name in ("claim_id", "quote_id"):
            key = getattr(item, name)
            if key and key not in there:
                wrong(item, name, f"{key} is not here", "a claim or quotation of a record")
        if (
            item.quote_id in paragraphs
            and item.claim_id in paragraphs
            and paragraphs[item.quote_id] != paragraphs[item.claim_id]
        ):
            wrong(
                item,
                "quote_id",
                f"{item.quote_id} does not stand in the paragraph of {item.claim_id}",
                "a quotation of its paragraph",
            )


def _check_treaties(seeds, wrong):
    """Each obligation has one cell a treaty; clauses quote their facts; identifiers stand once;
    articles are counted right.
    """
    known = {t.treaty_id for t in seeds.treaties}
    facts = {f.fact_id: f.fact for f in seeds.facts}
    for obligation in seeds.obligations:
        if sorted(c.treaty_id for c in obligation.cells) != sorted(known):
            wrong(obligation, "cells", "not one cell for each treaty", ", ".join(sorted(known)))
    for part, name in (
        ("clauses", "clause_id"),
        ("endings", "ending_id"),
        ("namings", "naming_id"),
    ):
        for key, count in Counter(
            getattr(row, name) for t in seeds.treaties for row in getattr(t, part)
        ).items():
            if count > 1:
                wrong(
                    next(
                        t
                        for t in seeds.treaties
                        if any(getattr(row, name) == key for row in getattr(t, part))
                    ),
                    part,
                    f"{key} stands twice",
                    "each identifier once",
                )
    for treaty in seeds.treaties:
        if treaty.texts and [a.article for a in treaty.texts] != list(
            range(1, treaty.articles + 1)
        ):
            wrong(
                treaty, "texts", "not one row for each article in order", f"1 to {treaty.articles}"
            )
        for clause in treaty.clauses:
            quoted = " ".join(facts.get(a.row, "") for a in addresses.parse_all(clause.address))
            for words in (clause.when, clause.then):
                if words not in quoted:
                    wrong(
                        treaty,
                        "clauses",
                        f"{clause.clause_id}: {words!r} is not in its facts",
                        "words as the facts quote them",
                    )
            if clause.key_word not in clause.when:
                wrong(
                    treaty,
                    "clauses",
                    f"{clause.clause_id}: {clause.key_word!r} is not in its wording",
                    "words of 'when'",
                )


def paragraphs_of(text: str) -> list[str]:
    """The non-empty lines of a text as captured; ¶1 is the first."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _stands_between_marks(words: str, paragraph: str) -> bool:
    """Whether a paragraph has exactly these words between quotation marks."""
    return re.search(rf"[“\"‘']{re.escape(words)}[”\"’']", paragraph) is not None


def check_against_text(record, texts: Path, wrong):
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
    if schema.count_words(text) != record.words:
        wrong(record, "words", f"{record.words} recorded", str(schema.count_words(text)))
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
