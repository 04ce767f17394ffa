"""The one schema: what a record and each context table may hold.

``build`` reads seeds/ through these models and prints data/datapackage.json from them.
A date is written ``2022``, ``2022-08``, ``2022-08-15`` or, for an interval, ``2022-08-15/2022-08-16``.
"""
import ast
import calendar
import datetime as dt
import re
from typing import Annotated, Literal, Optional

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from casebook import addresses
from casebook.records import codebook

LONGEST_QUOTATION = 45      # words of leaders and officials
LONGEST_PHRASE = 7          # words of an outlet's own


def count_words(text: str) -> int:
    """Words as people count them: runs of letters or digits, hyphens and apostrophes inside."""
    return len(re.findall(r"\w+(?:[-'’]\w+)*", text))


def last_day(text: str) -> dt.date:
    """The last day that a date of any precision can mean.

    >>> last_day("2022-02")
    datetime.date(2022, 2, 28)
    """
    end = text.split("/")[-1].strip()
    parts = [int(part) for part in end.split("-")]
    if len(parts) == 1:
        return dt.date(parts[0], 12, 31)
    if len(parts) == 2:
        return dt.date(parts[0], parts[1], calendar.monthrange(*parts)[1])
    return dt.date(*parts)


def first_day(text: str) -> dt.date:
    """The first day that a date of any precision can mean."""
    parts = [int(part) for part in text.split("/")[0].strip().split("-")]
    return dt.date(*(parts + [1, 1])[:3])


WINDOW = 17             # months that every forecast question runs, as the first one of lesson 00 does


def closing_day(opens: str) -> dt.date:
    """The last day of a question that opens on ``opens``, the first of a month, and runs ``WINDOW`` months.

    >>> closing_day("2022-08-01")
    datetime.date(2023, 12, 31)
    """
    first = dt.date.fromisoformat(opens)
    months = first.year * 12 + first.month - 1 + WINDOW
    return dt.date(months // 12, months % 12 + 1, first.day) - dt.timedelta(days=1)


def _date(text: str) -> str:
    halves = text.split("/")
    if len(halves) > 2:
        raise ValueError("a date has at most one '/': 2022-08-15/2022-08-16")
    for half in halves:
        if not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", half):
            raise ValueError("write a date as 2022, 2022-08, 2022-08-15 or 2022-08-15/2022-08-16")
    try:
        first, last = first_day(text), last_day(text)
    except ValueError:
        raise ValueError("this date does not exist in the calendar") from None
    if first > last:
        raise ValueError("the interval ends before it begins")
    return text


def _day(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        raise ValueError("write a whole day: 2022-08-15")
    return _date(text)


def _address(text: str) -> str:
    found = addresses.parse_all(text)
    if not found or addresses.join(found) != text:
        raise ValueError("write addresses as 'S0 ¶8', 'F056' or 'M2026-01-08-a', several parted by '; '")
    return text


def _empty_is_none(value):
    return None if value in ("", None) else value


def _one_line(text: str) -> str:
    if "\n" in text or text != text.strip():
        raise ValueError("one line, without blanks at its ends")
    return text


def _one_of(names):
    return Literal[tuple(names)]


Text = Annotated[str, Field(min_length=1, max_length=1000), AfterValidator(_one_line)]
Date = Annotated[str, AfterValidator(_date)]
Day = Annotated[str, AfterValidator(_day)]
Addresses = Annotated[str, AfterValidator(_address)]
Maybe = BeforeValidator(_empty_is_none)
SourceId = Annotated[str, Field(pattern=r"^S\d{1,4}$")]
Paragraph = Annotated[int, Field(ge=1, le=5000)]
Number = Annotated[float, Field(allow_inf_nan=False)]

Voice = _one_of(codebook.names("voice"))
Stance = _one_of(codebook.names("stance"))
Role = _one_of(codebook.names("role"))
Origin = _one_of(codebook.names("origin"))
Topic = _one_of(codebook.TOPICS)
Relation = Literal["agrees", "contradicts"]
Bearing = Literal["supports", "contradicts", "weighs against", "may explain"]
Lane = Literal["messages", "meetings", "treaty", "votes", "recognition", "war", "said"]


class Row(BaseModel):
    """A row people write: unknown fields are refused, so that a slip of the pen does not vanish."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Sign(Row):
    """What the text itself gives away, and the layer that left it."""

    paragraph: Paragraph = Field(description="Paragraph in which it stands")
    layer: Literal["outlet", "page template", "our capture", "page template or our capture"] = Field(
        description="Who left it: the outlet wrote it, the page added it, or our capture of the page")
    kind: Literal["misspelling", "repetition", "caption", "credit", "link", "residue", "grammar", "name", "headline"] = Field(
        description="What sort of sign it is")
    sign: Text = Field(description="What it is, in our words; at most seven of the outlet's, in marks")


class Step(Row):
    """One step on the way of the words: who did what to them."""

    thread: Text = Field(description="Whose words: the strand of the chain that the step belongs to")
    actor: Text = Field(description="Who acted")
    act: Literal["spoke", "wrote", "published", "translated", "relayed", "reported", "edited"] = Field(
        description="What they did to the words")
    language: Literal["ko", "ru", "en", "ja", "unknown"] = Field(description="Language in which the words left this step")
    date: Annotated[Optional[Date], Maybe] = Field(None, description="When, as precisely as known")
    basis: Literal["known", "inferred"] = Field(description="Whether a source says so, or we infer it")
    address: Addresses = Field(description="Where that stands, or what the inference rests on")
    note: Annotated[Optional[Text], Maybe] = Field(None, description="What is uncertain about it")


class Quote(Row):
    """One stretch of text inside quotation marks, word for word."""

    quote_id: Annotated[str, Field(pattern=r"^S\d{1,4}-q\d{2,3}$")] = Field(description="Identifier, S0-q01")
    paragraph: Paragraph = Field(description="Paragraph in which it stands")
    text: Text = Field(description="The words between the marks, exactly as the text has them")
    kind: Literal["statement", "term", "title", "headline"] = Field(
        "statement", description="A statement; a single quoted term; a title of a work; another story's headline")
    speaker: Text = Field(description="Whose words, as the text presents them; 'not named' if it does not say")
    addressee: Annotated[Optional[Text], Maybe] = Field(None, description="To whom they were said or written")
    medium: Annotated[Optional[Text], Maybe] = Field(None, description="Letter, speech, statement and the like")
    publisher: Annotated[Optional[Text], Maybe] = Field(None, description="Who published them first, by the text")
    relay: Annotated[Optional[Text], Maybe] = Field(None, description="Through whom they came to this text")
    variant_group: Annotated[Optional[Text], Maybe] = Field(None, description="Same sentence in other quotations")

    @model_validator(mode="after")
    def _short_enough(self):
        limit = LONGEST_PHRASE if self.kind in ("term",) and self.speaker == "outlet" else LONGEST_QUOTATION
        if count_words(self.text) > limit:
            raise ValueError(f"a quotation has at most {limit} words here; this one has {count_words(self.text)}")
        return self


class Claim(Row):
    """One actor, one act, one time, in our words."""

    claim_id: Annotated[str, Field(pattern=r"^S\d{1,4}-c\d{2,3}$")] = Field(description="Identifier, S0-c01")
    paragraph: Paragraph = Field(description="Paragraph in which it stands")
    claim: Text = Field(description="What is claimed, in our words")
    actor: Text = Field(description="Who acts in it")
    target: Annotated[Optional[Text], Maybe] = Field(None, description="Towards whom")
    date: Annotated[Optional[Date], Maybe] = Field(None, description="When what is claimed happened or holds")
    date_reason: Annotated[Optional[Text], Maybe] = Field(
        None, description="Why a claim may be dated after its text was published")
    attributed_to: Annotated[Optional[Text], Maybe] = Field(None, description="Who it is put down to, as printed")
    voice: Voice = Field(description=codebook.CODES["voice"][0])
    stance: Stance = Field(description=codebook.CODES["stance"][0])
    role: Role = Field(description=codebook.CODES["role"][0])
    origin: Origin = Field(description=codebook.CODES["origin"][0])
    number: Annotated[Optional[Number], Maybe] = Field(None, description="The number in it, plain")
    number_text: Annotated[Optional[Text], Maybe] = Field(None, description="The number as printed")
    number_owner: Annotated[Optional[Text], Maybe] = Field(None, description="Whose figure it is, where it is not ours to license")
    unit: Annotated[Optional[Text], Maybe] = Field(None, description="What the number counts")
    topic: Topic = Field(description="What it is about")
    event_id: Annotated[Optional[Text], Maybe] = Field(None, description="The event it speaks of")
    on: dict[Annotated[str, Field(pattern=r"^T\d{2,3}$")], Relation] = Field(
        default_factory=dict, description="Statements it speaks to, and how")

    @model_validator(mode="after")
    def _number_has_its_parts(self):
        if (self.number is None) != (self.number_text is None):
            raise ValueError("number and number_text stand together or not at all")
        if self.number is not None and self.unit is None:
            raise ValueError("a number needs its unit: what does it count?")
        return self


class Event(Row):
    """A dated happening that claims, facts or messages speak of."""

    event_id: Annotated[str, Field(pattern=r"^E\d{3}$")] = Field(description="Identifier, E001")
    date: Date = Field(description="When it happened")
    lane: Lane = Field(description="The row of the arc in which it is drawn")
    event: Text = Field(description="What happened, attributed where it is a claim")
    label: Annotated[Optional[Text], Maybe] = Field(None, description="Two to four words for the arc; none: a mark only")
    address: Addresses = Field(description="Where that stands")


class Record(Row):
    """A document: what it is, how its words came, what it claims, quotes and gives away."""

    source_id: SourceId = Field(description="Identifier, S0")
    file: Annotated[str, Field(pattern=r"^[A-Za-z0-9_.-]+\.txt$")] = Field(description="Name of the text as captured")
    outlet: Text = Field(description="Who published the page")
    outlet_basis: Addresses = Field(description="Where the outlet is known from")
    country: Text = Field(description="Where the outlet works from")
    language: Literal["en", "ko", "ru", "uk", "zh", "ja", "de", "fr"] = Field(description="Language of the text")
    title: Text = Field(description="Headline")
    title_basis: Literal["text", "page address", "not seen"] = Field(description="Where the headline was seen")
    published: Date = Field(description="When the page was published")
    published_basis: Text = Field(description="How that is known")
    published_address: Addresses = Field(description="Where that stands")
    kind: Literal["news report", "opinion piece", "agency report", "official text"] = Field(description="What sort of text")
    paragraphs: Annotated[int, Field(ge=1, le=5000)] = Field(description="Non-empty lines of the text as captured")
    words: Annotated[int, Field(ge=1, le=200_000)] = Field(description="Words of the text as captured")
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] = Field(description="SHA-256 of the text as captured")
    coded: Literal["not yet", "once", "twice"] = Field(description="How many independent codings its claims have")
    signs: tuple[Sign, ...] = ()
    chain: tuple[Step, ...] = ()
    quotes: tuple[Quote, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = Field((), description="Events that no other record has")


class Fact(Row):
    """A checked piece of context, with the page on which it was seen."""

    fact_id: Annotated[str, Field(pattern=r"^F\d{3}[a-z]?$")] = Field(description="Identifier, F056; F060a where one fact had two dates")
    date: Annotated[Optional[Date], Maybe] = Field(description="When it happened; empty for a standing fact")
    public_from: Annotated[Optional[Day], Maybe] = Field(description="Day from which it could be known; empty: shown in the latest view only")
    public_from_basis: Literal["event", "page date", "year end", "month end", "unknown"] = Field(description="What that day rests on")
    fact: Text = Field(description="The fact, in our words")
    figure: Annotated[Optional[Text], Maybe] = Field(description="Its number or key word, as the source gives it")
    figure_owner: Annotated[Optional[Text], Maybe] = Field(description="Whose figure it is, where it is not ours to license")
    source: Text = Field(description="Publisher, title where seen, date of the page")
    url: Text = Field(description="Address of the page or pages, several parted by ' ; '")
    confidence: Literal["high", "medium", "low"] = Field(description="How sure, by the one who checked")
    note: Annotated[Optional[Annotated[str, Field(max_length=1200)]], Maybe] = Field(description="What to know about it; may speak of later times")


class Message(Row):
    """One entry of the log of messages between the leaders, or near them."""

    message_id: Annotated[str, Field(pattern=r"^M\d{4}-\d{2}-\d{2}-[a-z]$")] = Field(description="Identifier, its date and a letter")
    date: Day = Field(description="When it was sent, held or published: see date_basis")
    date_basis: Literal["sent", "held", "published"] = Field(description="What the date is the date of")
    direction: Literal["kim_to_putin", "putin_to_kim", "both", "via_envoy"] = Field(description="From whom to whom")
    form: Literal["letter", "telegram", "oral_message", "speech", "meeting"] = Field(description="Form; letter and telegram follow the page")
    occasion: Text = Field(description="On what occasion")
    first_publisher: Text = Field(description="Who published it first")
    text_released: Literal["full", "excerpts", "summary_only", "not_released"] = Field(description="How much of its text was made public, as far as pages show")
    key_phrase: Annotated[Optional[Text], Maybe] = Field(description="Strongest commitment or support wording seen, exact")
    key_phrase_language_note: Annotated[Optional[Text], Maybe] = Field(description="Whose English it is")
    topics: Text = Field(description="Topics, parted by ';'")
    support_wording: Literal["none", "good_wishes", "cooperation", "support_solidarity", "full_support", "unconditional_support", "other"] = Field(
        description="Class of support wording, by one coder; unordered")
    source_title: Text = Field(description="Title of the page; in [brackets] where none was seen")
    source_outlet: Text = Field(description="Who published the page")
    source_date: Annotated[Optional[Day], Maybe] = Field(description="Date of the page")
    source_url: Text = Field(description="Address of the page")
    note: Annotated[Optional[Annotated[str, Field(max_length=1200)]], Maybe] = Field(description="What to know about it; may speak of later times")
    public_from: Annotated[Optional[Day], Maybe] = Field(description="Day from which it could be known; empty: shown in the latest view only")
    public_from_basis: Literal["event", "page date", "unknown"] = Field(description="What that day rests on")
    weak: Annotated[Optional[Text], Maybe] = Field(description="Why its wording is not fit for comparison; empty: it is")
    same_event_as: Annotated[Optional[Annotated[str, Field(pattern=r"^M\d{4}-\d{2}-\d{2}-[a-z]$")]], Maybe] = Field(
        description="The row that tells of the same event; count the two as one")


class Element(Row):
    """One element of a promise in one message of the log: whether the words we have hold it. No row: not in the excerpt."""

    message_id: Annotated[str, Field(pattern=r"^M\d{4}-\d{2}-\d{2}-[a-z]$")] = Field(description="The message")
    element: Literal["first_person", "unlimited_object", "permanence", "unconditional", "respect"] = Field(
        description="I, not we or the state; all policies, measures or decisions; always, without end or change; the word; respect for policies")
    present: Literal["yes", "no"] = Field(description="yes: the words hold it; no: they put it otherwise. By one coder")
    words: Text = Field(description="The words that show it, exact")
    seen_in: Annotated[str, Field(pattern=r"^(key phrase|note|F\d{3}[a-z]?)$")] = Field(description="Where the words stand: key phrase or note of the message, or a fact")


class Rendering(Row):
    """One version, in one language, of words that the log has in English."""

    message_id: Annotated[str, Field(pattern=r"^M\d{4}-\d{2}-\d{2}-[a-z]$")] = Field(description="The message")
    language: Literal["en", "ko", "ru"] = Field(description="Language of this version")
    carrier: Text = Field(description="Who has it, and through whom")
    words: Text = Field(description="The words, exact")
    sounds: Annotated[Optional[Text], Maybe] = Field(description="How the words sound, in Latin letters; empty where they are English")
    english: Annotated[Optional[Text], Maybe] = Field(description="Our word-for-word English; empty where the words are English")
    shows: Literal["“unconditional”", "another wording", "one adverb twice", "two different adverbs", "a single adverb"] = Field(
        description="What to see in it")
    address: Addresses = Field(description="Where it stands")


class FirstUse(Row):
    """A wording and the first place in which it was found, from January 2019 on. First found, not first ever."""

    wording: Text = Field(description="The wording")
    first_date: Day = Field(description="Date of the first use found")
    found_in: Text = Field(description="Message of the log, or address of the page")
    quoted_context: Text = Field(description="The words around it, exact")
    confidence: Literal["high", "medium", "low"] = Field(description="How sure, by the one who checked")
    note: Text = Field(description="What to know about it; may speak of later times")


class WordCount(Row):
    """How often a word stands in a document: counted once where the texts are (``python start.py words``)."""

    source_id: SourceId = Field(description="The document")
    word: Annotated[str, Field(pattern=r"^[^\s,]{1,60}$")] = Field(description="The word, in small letters")
    count: Annotated[int, Field(ge=1, le=100_000)] = Field(description="How often it stands there")


class Coding(Row):
    """One coder's four codes for one claim, before the codes were settled."""

    claim_id: Annotated[str, Field(pattern=r"^S\d{1,4}-c\d{2,3}$")] = Field(description="The claim")
    voice: Voice = Field(description=codebook.CODES["voice"][0])
    stance: Stance = Field(description=codebook.CODES["stance"][0])
    role: Role = Field(description=codebook.CODES["role"][0])
    origin: Origin = Field(description=codebook.CODES["origin"][0])
    note: Annotated[Optional[Text], Maybe] = Field(description="The coder's own remark, with the alternative")


class Change(Row):
    """What was changed in the codebook because two coders disagreed."""

    code: Literal["voice", "stance", "role", "origin", "claim"] = Field(description="The code, or 'claim' for the unit itself")
    change: Text = Field(description="What the codebook says now that it did not say before")
    because: Annotated[str, Field(max_length=300)] = Field(description="Claims that showed the need, parted by '; '")


class Evidence(Row):
    """What bears on a statement from outside the reports."""

    address: Addresses = Field(description="A fact or a message")
    bearing: Bearing = Field(description="How it bears on the statement")
    why: Text = Field(description="Why, in one sentence")


class Statement(Row):
    """One thing that reports say, or do not: a row of the coverage matrix."""

    statement_id: Annotated[str, Field(pattern=r"^T\d{2,3}$")] = Field(description="Identifier, T01")
    topic: Topic = Field(description="What it is about")
    statement: Text = Field(description="The statement, in our words")
    evidence: tuple[Evidence, ...] = Field((), description="What bears on it from outside the reports")


class Act(Row):
    """A dated act in a treaty's life."""

    date: Day = Field(description="When it was done")
    kind: Literal["signed", "published", "ratified", "in force"] = Field(
        description="What it was; 'ratified' for each step by which a state binds itself")
    by: Literal["both", "Russia", "North Korea"] = Field(description="Which state acted")
    act: Text = Field(description="What was done, in a sentence")
    label: Text = Field(description="Two to four words for the picture")
    address: Addresses = Field(description="Where that stands")


class Article(Row):
    """An article of a treaty, and how much of it could be read."""

    article: Annotated[int, Field(ge=1, le=200)] = Field(description="Its number")
    seen: Literal["wording", "content", "field only", "not seen"] = Field(
        description="At least a sentence of its wording, in any language; its content; a field that may be its own; nothing")
    address: Annotated[Optional[Addresses], Maybe] = Field(None, description="Where that stands")
    about: Text = Field(description="What it is about, as far as seen")


class Clause(Row):
    """One published version of a clause that speaks of a threat or an attack."""

    clause_id: Annotated[str, Field(pattern=r"^C\d{4}-\d{1,2}[a-z]?$")] = Field(description="Identifier, C2024-4a: treaty, article or place, version")
    article: Annotated[Optional[Text], Maybe] = Field(None, description="Its article; empty where no number was seen")
    version: Text = Field(description="Whose English it is")
    situation: Literal["threat", "attack"] = Field(description="What it speaks of")
    on_whom: Literal["either party"] = Field(description="Whom that must befall")
    by_whom: Literal["one or several states", "not named"] = Field(description="Who must be behind it")
    follows: Literal["consult", "help"] = Field(description="What the parties then do")
    at_request: Literal["yes", "no"] = Field(description="Whether it waits for a party's request")
    qualifications: Annotated[Optional[Text], Maybe] = Field(None, description="What the duty is tied to in the clause, parted by '; '; empty: nothing in what was seen")
    key_word: Text = Field(description="The words of this version for what happens")
    when: Text = Field(description="When it applies, exact as the fact quotes it")
    then: Text = Field(description="What follows, exact as the fact quotes it")
    address: Addresses = Field(description="Facts that quote it")


class Ending(Row):
    """One account of how a treaty ended."""

    ending_id: Annotated[str, Field(pattern=r"^X\d{2}$")] = Field(description="Identifier, X01")
    says: Text = Field(description="Who says so")
    dated: Literal["a notice", "the end", "no notice"] = Field(description="What the account dates: Russia's notice, the end, or that no notice was given")
    date: Date = Field(description="The date it gives")
    account: Text = Field(description="What it says, in our words")
    address: Addresses = Field(description="Where that stands")


class Naming(Row):
    """One occasion on which somebody said what the treaty is."""

    naming_id: Annotated[str, Field(pattern=r"^N\d{2}$")] = Field(description="Identifier, N01")
    date: Day = Field(description="Day on which it was said or printed")
    speaker: Text = Field(description="Whose word it is")
    kind: Literal["title", "leader", "official", "outlet"] = Field(description="The treaty itself, a leader, an official, or a newsroom")
    word: Text = Field(description="The word or words, exact")
    alliance: Literal["says so", "denies it", "another word"] = Field(description="Whether the speaker calls the relation an alliance, or the states allies")
    address: Addresses = Field(description="Where that stands")


class Treaty(Row):
    """A treaty between the two states: what it is, what became of it, what of it could be read."""

    treaty_id: Annotated[str, Field(pattern=r"^\d{4}$")] = Field(description="Identifier: the year of its signature")
    name: Text = Field(description="Its name")
    parties: Text = Field(description="Whose treaty it is")
    signed: Day = Field(description="When it was signed")
    articles: Annotated[int, Field(ge=1, le=200)] = Field(description="How many articles it has")
    term: Text = Field(description="How long it was to run, in our words")
    address: Addresses = Field(description="Where that stands")
    acts: tuple[Act, ...] = ()
    texts: tuple[Article, ...] = ()
    clauses: tuple[Clause, ...] = ()
    endings: tuple[Ending, ...] = ()
    namings: tuple[Naming, ...] = ()


class Cell(Row):
    """Whether a treaty has an obligation: a cell of the grid. 'no' only where the text was read."""

    treaty_id: Annotated[str, Field(pattern=r"^\d{4}$")] = Field(description="The treaty")
    cell: Literal["yes", "no", "text not seen"] = Field(description="Whether its text has it")
    article: Annotated[Optional[Text], Maybe] = Field(None, description="The article read; empty where no number was seen")
    address: Annotated[Optional[Addresses], Maybe] = Field(None, description="Where that stands")
    why: Text = Field(description="Why, in a sentence")

    @model_validator(mode="after")
    def _rests_on_something(self):
        if self.cell != "text not seen" and not self.address:
            raise ValueError("yes and no need an address")
        return self


class Obligation(Row):
    """A kind of promise, and its cell for each treaty: a row of the grid."""

    obligation_id: Annotated[str, Field(pattern=r"^O\d{2}$")] = Field(description="Identifier, O01")
    obligation: Text = Field(description="The promise, in our words")
    situation: Annotated[Optional[Literal["threat", "attack"]], Maybe] = Field(None, description="The situation it answers, if one")
    cells: tuple[Cell, ...] = ()

class CardLine(Row):
    """One question about an outlet, and what pages from outside say."""

    question: Literal["owner", "founded", "pays", "itself", "others", "copy"] = Field(
        description="Who owns it, since when it is there, who pays, what it says of itself, what others say, how it gets its copy")
    found: Literal["yes", "in part", "no"] = Field(description="Whether pages that answer it were found")
    kind: Annotated[Optional[Literal["a media group", "a company of its own", "a state or a party", "readers", "advertisers", "praise", "criticism",
                                     "description only", "not found"]], Maybe] = Field(None, description="The answer as one of a few, for owner, pays and others")
    answer: Text = Field(description="What the pages say, in our words")
    address: Annotated[Optional[Addresses], Maybe] = Field(None, description="Where that stands; empty where nothing was found")

    @model_validator(mode="after")
    def _found_somewhere(self):
        if (self.found == "no") != (self.address is None):
            raise ValueError("what was found has an address, what was not found has none")
        if (self.question in ("owner", "pays", "others")) != (self.kind is not None):
            raise ValueError("owner, pays and others have a kind, and only they")
        return self


class Card(Row):
    """An outlet, or an agency, looked at from outside."""

    card_id: Annotated[str, Field(pattern=r"^(S\d{1,4}|[A-Z]{2,8})$")] = Field(description="The document whose outlet it is, or the agency")
    outlet: Text = Field(description="Its name")
    lines: tuple[CardLine, ...] = ()


class AtopCategory(Row):
    """A category of the ATOP project, with our own reading of the treaties by it."""

    category: Literal["defense", "offense", "neutrality", "nonaggression", "consultation"] = Field(description="ATOP's category")
    asks: Text = Field(description="What it asks of a treaty, in our words")
    definition: Addresses = Field(description="Where its definition was seen")
    cells: tuple[Cell, ...] = ()


class LetterVersion(Row):
    """One English version of a piece of a letter."""

    version_id: Annotated[str, Field(pattern=r"^L\d{2}$")] = Field(description="Identifier, L01")
    message_id: Annotated[str, Field(pattern=r"^M\d{4}-\d{2}-\d{2}-[a-z]$")] = Field(description="The letter")
    piece: Text = Field(description="The piece of the letter that it is a version of")
    label: Text = Field(description="Short name of the version")
    english_by: Text = Field(description="Whose English it is")
    carrier: Text = Field(description="Whose page has it")
    text: Text = Field(description="The words, exact; […] where a newsroom puts its own between two quotations")
    address: Addresses = Field(description="Where the words stand")
    after: Annotated[Optional[Annotated[str, Field(pattern=r"^L\d{2}$")]], Maybe] = Field(None, description="The version it is compared with; empty for that version itself")
    changed_by: Annotated[Optional[Literal["translator", "outlet", "not known"]], Maybe] = Field(None, description="Who stands behind the difference from that version")
    step: Annotated[Optional[Text], Maybe] = Field(None, description="What the difference is, and at which step it arose")

    @model_validator(mode="after")
    def _short_and_whole(self):
        if count_words(self.text) > LONGEST_QUOTATION:
            raise ValueError(f"a quotation has at most {LONGEST_QUOTATION} words here; this one has {count_words(self.text)}")
        if len({self.after is None, self.changed_by is None, self.step is None}) > 1:
            raise ValueError("after, changed_by and step stand together or not at all")
        return self


class Variant(Row):
    """One version of a sentence that came in several: its words, who has them, and the step at which it parts from the version before."""

    variant_id: Annotated[str, Field(pattern=r"^V\d{2,3}$")] = Field(description="Identifier, V01")
    group: Text = Field(description="The sentence it is a version of")
    label: Text = Field(description="Short name of the version")
    quote_ids: Annotated[Optional[Annotated[str, Field(pattern=r"^S\d{1,4}-q\d{2,3}(; S\d{1,4}-q\d{2,3})*$")]], Maybe] = Field(
        None, description="Quotations that it is made of; where several, the report's own words between them are a gap, […]")
    text: Annotated[Optional[Text], Maybe] = Field(None, description="The words, exact; for a quotation of ours those of quotes")
    speaker: Text = Field(description="Whose words, by this version")
    said_of: Text = Field(description="What this version says them of")
    publisher: Text = Field(description="Who published these words")
    language_step: Text = Field(description="How they came into this language")
    address: Addresses = Field(description="Where the words stand")
    after: Annotated[Optional[Annotated[str, Field(pattern=r"^V\d{2,3}$")]], Maybe] = Field(None, description="The version it is held to come after")
    step: Text = Field(description="The step of the chain at which it differs from that version, or from the original")
    step_basis: Literal["known", "inferred", "not known"] = Field(description="Whether a source shows that step, we infer it, or nobody can say")
    use: Literal["lesson", "check-out"] = Field("lesson", description="Shown in the lesson, or kept for its check-out")

    @model_validator(mode="after")
    def _has_words(self):
        if (self.quote_ids is None) == (self.text is None):
            raise ValueError("a version has quote_ids or text: one of the two")
        if self.text and count_words(self.text) > LONGEST_QUOTATION:
            raise ValueError(f"a quotation has at most {LONGEST_QUOTATION} words here; this one has {count_words(self.text)}")
        return self


class Gloss(Row):
    """Whom somebody says that the words “hostile forces” mean, or that nobody is named."""

    gloss_id: Annotated[str, Field(pattern=r"^G\d{2}$")] = Field(description="Identifier, G01")
    by: Text = Field(description="Whose text or explanation")
    words: Text = Field(description="The words explained, or used in their place")
    names: Annotated[Optional[Text], Maybe] = Field(None, description="States it names, parted by '; '; none: it names nobody")
    kind: Literal["the message", "no gloss", "gloss", "another message"] = Field(description="What sort of text names them, or does not")
    address: Addresses = Field(description="Where that stands")
    remark: Text = Field(description="How it is put, in our words")


class CouncilAct(Row):
    """Something done in or about the Security Council on North Korea: a row of the line of time."""

    council_id: Annotated[str, Field(pattern=r"^K\d{2}$")] = Field(description="Identifier, K01")
    kind: Literal["adopted", "renewed", "vetoed", "created", "ended", "stays", "debated", "unanimous", "rule"] = Field(
        description="What it is: a resolution adopted, or one that renews a mandate; a draft vetoed; a body created, ended or still there; a debate; "
                    "a statement on several votes; a rule in force")
    resolution: Annotated[Optional[Annotated[int, Field(ge=1)]], Maybe] = Field(None, description="Number of the resolution")
    date: Date = Field(description="When, as precisely as seen")
    body: Literal["Security Council", "sanctions", "Panel of Experts", "MSMT", "General Assembly"] = Field(description="What it concerns, or who acts")
    what: Text = Field(description="What was done, in a sentence")
    label: Annotated[Optional[Text], Maybe] = Field(None, description="Two or three words for the picture")
    after: Annotated[Optional[Text], Maybe] = Field(None, description="What it answers: nuclear test, launches, or both, parted by '; '")
    counts_as: Annotated[Optional[Literal["measures", "names only", "before the sanctions", "renewal"]], Maybe] = Field(
        None, description="By what rule a resolution is counted: it sets measures; adds names only; came before the sanctions committee; renews the Panel's mandate")
    votes_for: Annotated[Optional[Annotated[int, Field(ge=0, le=15)]], Maybe] = Field(None, description="Votes for, where seen")
    votes_against: Annotated[Optional[Annotated[int, Field(ge=0, le=15)]], Maybe] = Field(None, description="Votes against, where seen")
    abstained: Annotated[Optional[Annotated[int, Field(ge=0, le=15)]], Maybe] = Field(None, description="Abstentions, where seen")
    unanimous: Annotated[Optional[Literal["yes"]], Maybe] = Field(None, description="yes where its own page says that it was unanimous")
    vetoed_by: Annotated[Optional[Text], Maybe] = Field(None, description="Permanent members that voted against, parted by '; '")
    abstaining: Annotated[Optional[Text], Maybe] = Field(None, description="Members that abstained, as far as named, parted by '; '")
    drafted_by: Annotated[Optional[Text], Maybe] = Field(None, description="Whose draft it was, where seen")
    subject: Annotated[Optional[Literal["sanctions", "monitoring"]], Maybe] = Field(None, description="What a vetoed draft was about")
    effect: Annotated[Optional[Literal["tighten", "renew"]], Maybe] = Field(None, description="What a vetoed draft would have done")
    forbids: Annotated[Optional[Text], Maybe] = Field(None, description="What a rule forbids")
    address: Addresses = Field(description="Where that stands")

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self):
        needs = {"adopted": ("resolution", "counts_as"), "renewed": ("resolution", "counts_as"), "vetoed": ("vetoed_by", "subject", "effect"), "rule": ("forbids",)}
        for name in needs.get(self.kind, ()):
            if getattr(self, name) is None:
                raise ValueError(f"a row of the kind '{self.kind}' needs {name}")
        return self


class LinePoint(Row):
    """One thing that an article's sentence says, as a question that the council's record can answer."""

    asks: Literal["vetoed by", "drafted by", "subject", "effect", "vote on the resolutions", "first veto of", "forbidden", "said of UN sanctions"] = Field(
        description="What the record is asked")
    when: Annotated[Optional[Date], Maybe] = Field(None, description="In which month or on which day")
    state: Annotated[Optional[Text], Maybe] = Field(None, description="Of which state")
    says: Text = Field(description="What the sentence says to it, parted by '; '")
    why: Text = Field(description="What to look at in the record")


class ArticleLine(Row):
    """An article's one-line version of what happened in the Council, to be set against the record."""

    line_id: Annotated[str, Field(pattern=r"^L\d{2}$")] = Field(description="Identifier, L01")
    claim_id: Text = Field(description="The claim that it is")
    points: tuple[LinePoint, ...] = Field(min_length=1, description="What it says, point by point")


class Reason(Row):
    """What one speaker gave as reasons on one occasion."""

    reason_id: Annotated[str, Field(pattern=r"^R\d{2}$")] = Field(description="Identifier, R01")
    occasion: Text = Field(description="The occasion")
    side: Literal["against the draft", "for the draft"] = Field(description="On which side the speaker stood; who abstained or defends the veto stands against")
    speaker: Text = Field(description="The state that spoke")
    date: Day = Field(description="When it spoke, or was reported")
    text: Text = Field(description="Its reasons in our words; an official's own words between marks, as the fact has them")
    seen_in: Text = Field(description="Where we read it: the speaker's own text, or a report")
    address: Addresses = Field(description="Where that stands")
    use: Literal["lesson", "check-out"] = Field("lesson", description="Shown in the lesson, or kept for its check-out")
class Phrase(Row):
    """A phrasing to compare with others: how strong does it sound?"""

    phrase_id: Annotated[str, Field(pattern=r"^P\d{2}$")] = Field(description="Identifier, P07; says nothing of date or speaker")
    words: Text = Field(description="The words, exact; […] marks what was cut so that they don't give themselves away")
    address: Addresses = Field(description="Where they stand: one message or fact")
    speaker: Literal["Kim Jong Un", "Vladimir Putin"] = Field(description="Whose words they are, by their source")
    version_of: Annotated[Optional[Text], Maybe] = Field(None, description="The sentence of which this is one of two English versions")


class Judgement(Row):
    """One judgement of a pair: which sounds as if it commits more?"""

    judge: Text = Field(description="Who judged")
    place: Annotated[int, Field(ge=1)] = Field(description="Its place in the order in which this judge saw the pairs")
    first: Annotated[str, Field(pattern=r"^P\d{2}$")] = Field(description="The phrase shown first")
    second: Annotated[str, Field(pattern=r"^P\d{2}$")] = Field(description="The phrase shown second")
    chosen: Annotated[str, Field(pattern=r"^(P\d{2}|cannot compare)$")] = Field(description="The one that sounds stronger, or 'cannot compare'")

    @model_validator(mode="after")
    def _of_the_pair(self):
        if self.first == self.second or self.chosen not in (self.first, self.second, "cannot compare"):
            raise ValueError("chosen is one of two different phrases, or 'cannot compare'")
        return self


class Strength(Row):
    """The strength of a phrase on the scale of one set of judgements; worked out by ``python -m casebook scale``, never typed."""

    made: Literal["one reader", "SYNTHETIC"] = Field(description="Whose judgements: those of one reader of this project, a language model; or nobody's: SYNTHETIC, generated by a stated model")
    phrase_id: Annotated[str, Field(pattern=r"^P\d{2}$")] = Field(description="The phrase")
    strength: Number = Field(description="Log odds; the mean is 0")
    low: Number = Field(description="Lower end of the middle 95 % of resamples")
    high: Number = Field(description="Upper end of the middle 95 % of resamples")
    compared: Annotated[int, Field(ge=1)] = Field(description="Decided comparisons it stands in")
    resampled: Literal["judgements", "judges"] = Field(description="What was drawn anew: judgements, or judges and then their judgements")


class Term(Row):
    """A word of the trade, explained."""

    term: Text = Field(description="The word")
    meaning: Text = Field(description="What it means here, in one or two sentences")
    example: Text = Field(description="An example from this case")
    address: Annotated[Optional[Addresses], Maybe] = Field(None, description="Where the example stands")
    lesson: Annotated[str, Field(pattern=r"^\d{2}$")] = Field(description="The lesson that needs it first")


class Lesson(Row):
    """One notebook of the walk."""

    lesson: Annotated[str, Field(pattern=r"^\d{2}$")] = Field(description="Its number")
    file: Annotated[str, Field(pattern=r"^\d{2}-[a-z-]+\.ipynb$")] = Field(description="Its notebook")
    title: Text = Field(description="Its title")
    question: Text = Field(description="Its question")
    tier: Literal["opening", "core path", "option", "methods lab"] = Field(description="Its place in the walk")
    part: Literal["", "I · 2022: the letters", "II · 2024: the pact", "III · 2026: the letter"] = Field(description="Its part of the story")
    minutes: Annotated[int, Field(ge=5, le=180)] = Field(description="Minutes for its marked core")


def _lesson_code(code: str) -> str:
    """Code as a cell of the Code track may hold it. Raises ValueError, saying what it may not."""
    code = code.rstrip()
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        raise ValueError(f"is no Python: {error.msg}, line {error.lineno}") from None
    if len(code.splitlines()) > 14 or max(map(len, code.splitlines())) > 105:
        raise ValueError("has at most 14 lines of 105 characters: a cell's fifteenth is the check")
    for node in ast.walk(tree):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)):
            raise ValueError("defines and imports nothing")
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "merge" and "validate" not in [k.arg for k in node.keywords]:
            raise ValueError("a merge says validate=")
    return code


LessonCode = Annotated[str, Field(min_length=1), AfterValidator(_lesson_code)]


class Key(Row):
    """How the right answer is computed: rows of a table, asked for by a query, and the column that holds the answer."""

    table: Text = Field(description="A table of data/")
    query: Text = Field(description="pandas query that picks the rows")
    column: Annotated[Optional[Text], Maybe] = Field(None, description="Column whose values are the answer; none: the number of rows")
    item: Annotated[Optional[Text], Maybe] = Field(None, description="For 'sort': the column that names the item")
    as_of: Annotated[Optional[Day], Maybe] = Field(None, description="Ask the tables as of this day")


class Choice(Row):
    """One choice of an exercise, and what to say to one who takes it."""

    value: Text = Field(description="What the key must hold for this choice to be right")
    text: Text = Field(description="What the learner reads")
    why: Text = Field(description="Why it is right, or what idea leads to it and where that idea fails")


class Exercise(Row):
    """A question that is checked, and whose check says why."""

    exercise_id: Annotated[str, Field(pattern=r"^\d{2}-[a-z0-9-]+$")] = Field(description="Identifier, 01-meeting")
    kind: Literal["choose", "choose all", "sort", "number", "predict"] = Field(
        description="One answer, several, one bin for each item, a number, or a number guessed before the evidence")
    group: Literal["exercise", "check-out"] = Field("exercise", description="Within the lesson, or at its end")
    snippet: Annotated[Optional[Annotated[str, Field(max_length=1200)]], Maybe] = Field(None, description="An extract to read first")
    snippet_address: Annotated[Optional[Addresses], Maybe] = Field(None, description="Where the extract stands")
    question: Text = Field(description="The question")
    hint: Text = Field(description="Where to look")
    choices: tuple[Choice, ...] = Field((), description="The choices; for 'sort' the items")
    bins: tuple[Text, ...] = Field((), description="For 'sort': the bins")
    most: Annotated[Optional[Annotated[int, Field(ge=1, le=100_000)]], Maybe] = Field(None, description="For 'predict': the largest number that can be guessed")
    key: Key = Field(description="How the answer is computed")
    worked: Text = Field(description="The worked answer, with its addresses")

    @model_validator(mode="after")
    def _has_choices(self):
        if self.kind not in ("number", "predict") and len(self.choices) < 2:
            raise ValueError("a question to choose from needs at least two choices")
        if (self.kind == "sort") != bool(self.bins):
            raise ValueError("'sort' needs bins, and only 'sort'")
        if (self.kind == "predict") != (self.most is not None):
            raise ValueError("'predict' needs most, the largest number, and only 'predict'")
        return self


class CodeMistake(Row):
    """Code that goes wrong in a typical way, and what to say to one who gets the same result."""

    code: LessonCode = Field(description="The code")
    says: Text = Field(description="What goes wrong, and why")


class CodeExercise(Row):
    """A short exercise in pandas or matplotlib; the answer is what its solution gives on the tables (exercises/code.py)."""

    code_id: Annotated[str, Field(pattern=r"^\d{2}-code-[a-z0-9-]+$")] = Field(description="Identifier, 01-code-voices")
    title: Text = Field(description="What it is about, in a few words: its heading in the lesson")
    gives: Literal["table", "series", "number", "chart"] = Field(description="What the code gives: a DataFrame, a Series, a number, a Figure")
    ordered: Literal["yes", "no"] = Field("no", description="Whether the order of a table's rows counts")
    colours: Annotated[int, Field(ge=1, le=8)] = Field(1, description="For 'chart': colours that mean something")
    joined: Literal["yes", "no"] = Field("yes", description="For 'chart': whether a line may join points")
    start: LessonCode = Field(description="The cell as the learner finds it: it runs, and is not yet the answer")
    solution: LessonCode = Field(description="The worked solution, which is run to check an answer")
    hint: Text = Field(description="Which verb to look at")
    shows: Text = Field(description="What the result shows, and what not; said once it is solved")
    mistakes: tuple[CodeMistake, ...] = Field((), description="Typical mistakes")

    @model_validator(mode="after")
    def _gives_its_result(self):
        result = "fig" if self.gives == "chart" else "answer"
        for code in (self.start, self.solution, *(mistake.code for mistake in self.mistakes)):
            if not re.search(rf"^{result}(, ax)? = ", code, re.M):
                raise ValueError(f"the code of a {self.gives} must set {result}")
        return self


class HandoutTable(Row):
    """A table of words to be filled in on paper."""

    exhibit: Annotated[str, Field(pattern=r"^[a-z_]+$")] = Field(description="The exhibit whose cells are left blank")
    rows: tuple[Text, ...] = Field((), description="The rows to take, by a word of their first cell; none: all")


class HandoutPart(Row):
    """A part of a hand-out."""

    heading: Text = Field(description="Its heading")
    task: Annotated[Optional[Text], Maybe] = Field(None, description="What to do")
    extracts: tuple[Text, ...] = Field((), description="Quotations to read, by identifier")
    topics: tuple[Topic, ...] = Field((), description="Topics on which each report's claims are printed, in our words")
    table: Optional[HandoutTable] = Field(None, description="A table to fill in")
    exercises: tuple[Text, ...] = Field((), description="Exercises, by identifier")
    lines: Annotated[int, Field(ge=0, le=30)] = Field(0, description="Lines to write on")
    check_out: bool = Field(False, description="Whether the lesson's check-out stands here")


class Handout(Row):
    """The paper part of a lesson."""

    lesson: Annotated[str, Field(pattern=r"^\d{2}$")] = Field(description="The lesson")
    parts: tuple[HandoutPart, ...] = Field(description="Its parts, in order")


class Precedent(Row):
    """A case of the event a question asks about: the year, and the row that tells of it."""

    year: Annotated[int, Field(ge=1900, le=2100)] = Field(description="The year in which it happened")
    address: Addresses = Field(description="Where that stands")


class Asked(Row):
    """One asking of a question: from which day, and what came of it."""

    question_id: Annotated[str, Field(pattern=r"^Q\d{2}$")] = Field(description="Identifier, Q01")
    opens: Day = Field(description="The day as of which it is asked")
    outcome: Literal["yes", "no", "open"] = Field(description="What came of it by its closing; open: not closed, and not settled")
    address: Annotated[Optional[Addresses], Maybe] = Field(None, description="What settles it")
    why: Annotated[Optional[Text], Maybe] = Field(None, description="How that settles it, in a sentence")

    @model_validator(mode="after")
    def _rests_on_something(self):
        if (self.outcome == "open") != (self.address is None) or (self.address is None) != (self.why is None):
            raise ValueError("yes and no need an address and a why; an open question has neither")
        return self


class Question(Row):
    """A forecast question, asked word for word the same on several days."""

    subject_id: Annotated[str, Field(pattern=r"^[a-z]+$")] = Field(description="Its subject, in a word")
    question: Text = Field(description="The question, without the closing date and the question mark")
    counts: Text = Field(description="What counts as yes, and what does not")
    reference_class: Text = Field(description="Which years are counted for its base rate")
    since: Annotated[int, Field(ge=1900, le=2100)] = Field(description="First year of the reference class")
    since_address: Addresses = Field(description="Why the class begins there")
    once: Literal["yes", "no"] = Field(description="Whether it can happen only once: then it is not asked again when its yes is public")
    happened: tuple[Precedent, ...] = Field((), description="Cases, for the base rate")
    read: Addresses = Field(description="Rows on the subject, to show as far as they were public")
    asked: tuple[Asked, ...] = Field(description="When it is asked, and what came of it")
class CodingItem(Row):
    """A claim to be coded in lesson 10."""

    claim_id: Annotated[str, Field(pattern=r"^S\d{1,4}-c\d{2,3}$")] = Field(description="The claim")
    quote_id: Annotated[Optional[Annotated[str, Field(pattern=r"^S\d{1,4}-q\d{2,3}$")]], Maybe] = Field(
        None, description="The quotation that its sentence carries, if one")
    because: Text = Field(description="Why it was chosen, by the rule at the head of seeds/coding_items.yaml")
