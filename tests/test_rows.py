"""What a machine can hold of single rows: weekdays, spans, sources and addresses, elements in the
words of a message. Each check is tried on a planted case.
"""

import datetime
import re
from collections import namedtuple

import pytest

from casebook.core.months import whole_months

MONTHS = [datetime.date(2000, n, 1).strftime("%B") for n in range(1, 13)]
WEEKDAYS = [datetime.date(2024, 1, n).strftime("%A") for n in range(1, 8)]
NUMBERS = [
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
]

# -- weekdays --------------------------------------------------------------------------------------

_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_DAY = rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: {_MONTH})?(?: (?P<year>\d{{4}}))?\b"
_WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
NAMED = [
    re.compile(rf"{_WEEKDAY}['’”]?,? ?[=(]? ?(?:the )?{_DAY}"),
    re.compile(rf"\b{_DAY}(?: was|,) a {_WEEKDAY}"),
]


def weekdays(text, date):
    """Each weekday that a text names beside a day: (words, weekday named, weekday of that day). A
    month or a year that is not named is that of ``date``.
    """
    for pattern in NAMED:
        for found in pattern.finditer(text):
            month = MONTHS.index(found["month"]) + 1 if found["month"] else int(date[5:7])
            day = datetime.date(int(found["year"] or date[:4]), month, int(found["day"]))
            yield found[0], found["weekday"], WEEKDAYS[day.weekday()]


def texts(tables):
    """(address, date, public_from, words) of each fact, message and first use."""
    for row in tables.messages.itertuples():
        words = f"{row.note} | {row.key_phrase_language_note} | {row.occasion}"
        yield row.message_id, row.date, f"{row.public_from:%Y-%m-%d}", words
    for row in tables.facts.itertuples():
        known = "" if row.public_from != row.public_from else f"{row.public_from:%Y-%m-%d}"
        yield row.fact_id, row.date, known, f"{row.fact} | {row.note} | {row.source}"
    for row in tables.first_uses.itertuples():
        yield row.wording, row.first_date, row.first_date, row.note


def test_weekdays_fit_their_days(tables):
    found = [
        (address, *named)
        for address, date, _, words in texts(tables)
        for named in weekdays(words, date)
    ]
    assert len(found) >= 15
    assert not [row for row in found if row[2] != row[3]]


@pytest.mark.parametrize(
    "text, fits",
    [
        ("KCNA had it on Monday, 9 September (asiaone.com)", True),
        ("KCNA had it on Tuesday, 9 September (asiaone.com)", False),
        ("'Saturday' = 9 May 2020", True),
        ("'on Sunday' = 9 May 2020", False),
        ("8 April 2024 was a Monday", True),
        ("say on Monday, the 10th", False),
    ],
)
def test_a_wrong_weekday_is_noticed(text, fits):
    [(_, named, right)] = weekdays(text, "2024-09-09")
    assert (named == right) == fits


# -- spans -----------------------------------------------------------------------------------------

SPAN = re.compile(
    rf"(?P<more>more than |nearly |over |less than )?\b(?P<number>\d+|an?|{'|'.join(NUMBERS)})"
    r"(?P<half> and a half)? (?P<unit>day|week|month|year)s? (?:later|after|before|earlier)\b"
    r"(?P<rest>[^.;|]*)",
    re.I,
)
ADDRESS = re.compile(r"\b(?:F\d{3}[a-z]?|M\d{4}-\d\d-\d\d-[a-z]|S\d)\b")


def length(start, end, unit):
    """Whole days, weeks, months or years between two days, with a half where one is gone by."""
    days = (datetime.date.fromisoformat(end) - datetime.date.fromisoformat(start)).days
    months = whole_months(start, end)
    return {"day": days, "week": days / 7, "month": months, "year": months / 12}[unit]


def spans(words, days, known):
    """Each span of a text that names an address: (words, whether it fits one of the row's days and
    one of the addresses').

    days: the row's own; known: address → its days.
    """
    for found in SPAN.finditer(words):
        named = [known[a] for a in ADDRESS.findall(found["rest"]) if a in known]
        if not named:
            continue
        number = found["number"].lower()
        said = (
            int(number)
            if number.isdigit()
            else 1
            if number in ("a", "an")
            else NUMBERS.index(number) + 1
        ) + (0.5 if found["half"] else 0)
        room = {"day": 0, "week": 0.5, "month": 1, "year": 0.5}[found["unit"].lower()]
        lengths = [
            length(*sorted((own, other)), found["unit"].lower())
            for own in days
            for others in named
            for other in others
        ]
        yield found[0], any(abs(one - said) <= room for one in lengths)


def exact_days(tables):
    """Address → its days, where they are whole days."""
    rows = [(r.message_id, r.date, r.public_from) for r in tables.messages.itertuples()]
    rows += [(r.fact_id, r.date, r.public_from) for r in tables.facts.itertuples()]
    rows += [
        (r.source_id, f"{r.public_from:%Y-%m-%d}", r.public_from)
        for r in tables.sources.itertuples()
    ]
    known = {}
    for address, date, public in rows:
        days = {date} if len(date) == 10 else set()
        if public == public:
            days.add(f"{public:%Y-%m-%d}")
        known[address] = days
    return known


def test_spans_fit_the_days_of_their_rows(tables):
    known = exact_days(tables)
    found = [
        (address, *span)
        for address, date, public, words in texts(tables)
        for span in spans(
            words,
            sorted({d for d in (date, public) if len(d) == 10} | known.get(address, set())),
            known,
        )
    ]
    assert len(found) >= 8
    assert not [row for row in found if not row[2]]


@pytest.mark.parametrize(
    "text, fits",
    [
        ("as Kim had two days before (M2025-08-12-a)", True),
        ("as Kim had three days before (M2025-08-12-a)", False),
        ("four months after the letter (F001)", True),
        ("nine months after the letter (F001)", False),
        ("three and a half weeks before (F002)", True),
        ("five weeks before (F002)", False),
    ],
)
def test_a_wrong_span_is_noticed(text, fits):
    known = {"M2025-08-12-a": {"2025-08-12"}, "F001": {"2025-04-10"}, "F002": {"2025-07-20"}}
    [(_, right)] = spans(text, ["2025-08-14"], known)
    assert right == fits


# -- sources and addresses -------------------------------------------------------------------------


def uncounted(rows):
    """Facts that name more or fewer sources than addresses."""
    return [row.fact_id for row in rows if len(row.source.split(";")) != len(row.url.split(" ; "))]


def test_a_fact_has_an_address_for_each_source(tables):
    assert not uncounted(tables.facts.itertuples())
    row = namedtuple("Row", "fact_id source url")
    assert uncounted([row("F001", "TASS; UPI, 30 May 2025", "https://tass.com/1")]) == ["F001"]
    assert uncounted([row("F001", "TASS", "https://tass.com/1 ; https://tass.com/2")]) == ["F001"]


# -- elements in the words of a message ------------------------------------------------------------

SIGNS = {
    "first_person": r"(?<!no )“I\b|^I\b|(?<!\w)나는|\bich\b|first person|speaks? (as|there as) “I”",
    "permanence": r"\b(always|everlasting|eternal|permanent|invariably|immortal)\b|언제나|변함없이",
    "unconditional": r"unconditional",
    "unlimited_object": r"\ball\b[^.|”]{0,25}\b(policies|measures|decisions)\b",
}
# Words that are not Kim's side's promise, or are coded under another row of the same event.
NOT_A_PROMISE = {
    ("M2023-09-13-b", "unconditional"): "the reporter's words, of the opening remarks",
}


def uncoded(messages, elements):
    """(message, element) of Kim's side whose key phrase or note has a sign of it, and no row."""
    coded = {(row.message_id, row.element) for row in elements}
    return [
        (row.message_id, element)
        for row in messages
        if row.direction != "putin_to_kim"
        for element, sign in SIGNS.items()
        if any(re.search(sign, text) for text in (row.key_phrase, row.note))
        and (row.message_id, element) not in coded
        and (row.message_id, element) not in NOT_A_PROMISE
    ]


def test_each_element_in_the_words_of_a_message_is_coded(tables):
    assert not uncoded(tables.messages.itertuples(), tables.elements.itertuples())


@pytest.mark.parametrize(
    "key_phrase, note, direction, found",
    [
        ("I promise", "", "kim_to_putin", ["first_person"]),
        ("", "In Korean in the first person.", "kim_to_putin", ["first_person"]),
        ("", "The sentence begins “I am rejoiced”.", "both", ["first_person"]),
        ("", "Dong-A has 나는 in it.", "kim_to_putin", ["first_person"]),
        ("", "In Korean in the first person.", "putin_to_kim", []),
        ("", "No “you”, and no “I” in what is quoted.", "kim_to_putin", []),
        ("would always be with us", "", "kim_to_putin", ["permanence"]),
        (
            "unconditionally support all the measures",
            "",
            "kim_to_putin",
            ["unconditional", "unlimited_object"],
        ),
    ],
)
def test_an_element_without_its_row_is_noticed(key_phrase, note, direction, found):
    message = namedtuple("Message", "message_id direction key_phrase note")
    row = message("M2020-01-01-a", direction, key_phrase, note)
    assert [element for _, element in uncoded([row], [])] == found


def told_twice(messages):
    """Rows whose note says that who was first is not settled, and that name a first publisher."""
    return [
        row.message_id
        for row in messages
        if re.search(r"(who (was|published) first|was first) (is|was) not settled", row.note)
        and row.first_publisher != "not settled"
    ]


def test_a_note_and_the_first_publisher_do_not_part(tables):
    assert not told_twice(tables.messages.itertuples())
    message = namedtuple("Message", "message_id first_publisher note")
    row = message("M2020-01-01-a", "KCNA", "TASS had it, too: who was first is not settled.")
    assert told_twice([row]) == ["M2020-01-01-a"]


def not_only_reported(messages):
    """Rows told in reported speech alone, by their note, that count as quoted."""
    return [
        row.message_id
        for row in messages
        if re.search(r"tell(s)? (the|it|the message|the letter).{0,12}in reported speech", row.note)
        and not re.search(r"whole|in Korean", row.note)
        and row.words_seen == "quoted"
    ]


def test_reported_speech_is_no_excerpt(tables):
    assert not not_only_reported(tables.messages.itertuples())
    message = namedtuple("Message", "message_id words_seen note")
    note = "KCNA and Rodong Sinmun tell the message in reported speech (SBS)."
    assert not_only_reported([message("M2020-01-01-a", "quoted", note)]) == ["M2020-01-01-a"]
    assert not not_only_reported([message("M2020-01-01-a", "retold", note)])
