"""The message log: finding a wording, first uses, elements of a promise, who published.

Words are compared letter for letter ('exact') or by their stems. ``stem`` is our own light English
stemming, in the manner of Porter's first step (An algorithm for suffix stripping, Program 14, 1980)
with -ly and -ility taken off too.
"""

import re
from functools import lru_cache

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables

__all__ = ["find"]

WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
ELEMENTS = ("letter", "first_person", "unlimited_object", "permanence", "unconditional", "respect")
# The log's forms of a written message; which of the two is not reliable.
WRITTEN = "letter", "telegram"
HITS = [
    "address",
    "date",
    "direction",
    "form",
    "occasion",
    "where",
    "text",
    "spans",
    "weak",
    "event",
]
PAGE = "a page outside the log"
STRIKING = "unconditional"  # the word that this lesson traces
READ = {"yes": "yes", "no": "no, otherwise", "not seen": "they don't say"}


@lru_cache(maxsize=10_000)
def stem(word: str) -> str:
    """A word without its common English endings; words of three letters or fewer stay as they are.

    In this order: plural (-ies and -ied to -y, -es after a hiss, -s), -ed and -ing where a vowel is
    left, -ibility and -ability to -ibl and -abl, -bly to -bl, -ly; then a last -e, and one of two
    like consonants at the end.

    >>> stem("Unconditionally") == stem("unconditional"), stem("fully") == stem("full")
    (True, True)
    >>> stem("supports")
    'support'
    """
    word = word.lower().replace("’", "'").removesuffix("'s")
    if len(word) <= 3:
        return word
    for pattern, ending in (
        (r"ie[sd]$", "y"),
        (r"(?<=s|x|z)es$|(?<=ch|sh)es$", ""),
        (r"(?<![su])s$", ""),
    ):
        if re.search(pattern, word):
            word = re.sub(pattern, ending, word)
            break
    word = (
        re.sub(r"(?<=[a-z]{2})(?:ed|ing)$", "", word)
        if re.search(r"[aeiouy][a-z]*[a-z](?:ed|ing)$", word)
        else word
    )
    word = re.sub(r"bility$", "bl", word)
    word = re.sub(r"bly$", "bl", word)
    word = re.sub(r"(?<=[a-z]{3})ly$", "", word)
    word = re.sub(r"(?<=[a-z]{3})e$", "", word)
    return re.sub(r"([b-df-hj-np-tv-z])\1$", r"\1", word)


def spans_of(text: str, phrase: str, by_stem: bool = True) -> tuple[tuple[int, int], ...]:
    """Where the words of ``phrase`` stand one after the other in ``text``: (start, end) of each;
    none for an empty phrase.

    Upper and lower case are the same; ``by_stem`` compares stems, else the words as written.
    """
    (sought, _), (words, places) = _words(phrase, by_stem), _words(text, by_stem)
    wide = len(sought)
    return tuple(
        (places[i][0], places[i + wide - 1][1])
        for i in range(len(words) - wide + 1)
        if wide and words[i : i + wide] == sought
    )


@lru_cache(maxsize=10_000)
def _words(text: str, by_stem: bool) -> tuple[tuple[str, ...], tuple[tuple[int, int], ...]]:
    """The words of a text as they are compared, and where each stands."""
    key, found = stem if by_stem else str.lower, list(WORD.finditer(text))
    return tuple(key(m.group()) for m in found), tuple(m.span() for m in found)


def log_rows(tables: Tables) -> pd.DataFrame:
    """The log in the order of its dates, with ``day`` (timestamp) and ``event`` (one for rows that
    tell of the same event).
    """
    rows = tables.messages.assign(day=pd.to_datetime(tables.messages["date"]))
    rows["event"] = rows["same_event_as"].where(rows["same_event_as"] != "", rows["message_id"])
    return rows.sort_values(["day", "message_id"], kind="stable").reset_index(drop=True)


def find(tables: Tables, phrase: str, by_stem: bool = True) -> pd.DataFrame:
    """Every use of a wording that the log holds, oldest first.

    Looks in the key phrases, and in the quoted contexts of ``first_uses`` where the key phrase of
    that message does not have it. Columns: address (message or page), date, direction, form,
    occasion, where ('key phrase', 'quoted context' or 'a page outside the log'), text, spans
    ((start, end) in the text), weak (why; empty: fit for comparison), event.
    """
    log = log_rows(tables).set_index("message_id", drop=False)
    texts = zip(log["message_id"], log["key_phrase"])
    spans = {message: spans_of(text, phrase, by_stem) for message, text in texts}
    hits = {message: _hit(log.loc[message], here) for message, here in spans.items() if here}
    for use in tables.first_uses.itertuples():
        here = spans_of(use.quoted_context, phrase, by_stem)
        if here and use.found_in not in hits:
            hits[use.found_in] = _hit_of_use(use, log, here)
    return (
        pd.DataFrame(list(hits.values()), columns=HITS)
        .sort_values(["date", "address"], kind="stable")
        .reset_index(drop=True)
    )


def texts_of(tables: Tables) -> list[dict]:
    """All that ``find`` looks through, in its order, each as a hit without places in the text."""
    log = log_rows(tables).set_index("message_id", drop=False)
    phrases = [_hit(log.loc[message], ()) for message in log.index]
    return phrases + [_hit_of_use(use, log, ()) for use in tables.first_uses.itertuples()]


def _hit(row: pd.Series, spans: tuple) -> dict:
    """A wording in the key phrase of a message."""
    known = {name: row[name] for name in ("date", "direction", "form", "occasion", "weak", "event")}
    where = {"address": row["message_id"], "where": "key phrase", "text": row["key_phrase"]}
    return known | where | {"spans": spans}


def _hit_of_use(use: tuple, log: pd.DataFrame, spans: tuple) -> dict:
    """A wording in the quoted context of a first use, in a message of the log or on a page."""
    if use.found_in in log.index:
        hit = _hit(log.loc[use.found_in], spans) | {"where": "quoted context"}
    else:
        weak = "low confidence" if getattr(use, "confidence", "") == "low" else ""
        hit = {"address": use.found_in, "direction": "", "form": "", "occasion": PAGE}
        hit |= {"where": PAGE, "spans": spans, "weak": weak, "event": use.found_in}
    return hit | {"date": use.first_date, "text": use.quoted_context}


def first_found(hits: pd.DataFrame) -> pd.Series | None:
    """The oldest hit that is fit for comparison, as a row; None where there is none."""
    fit = hits[hits["weak"] == ""]
    return fit.iloc[0] if len(fit) else None


def in_the_log(tables: Tables, phrase: str = STRIKING) -> pd.DataFrame:
    """The uses of a wording in rows of the log, as ``find`` gives them."""
    hits = find(tables, phrase)
    return hits[hits["where"] != PAGE].reset_index(drop=True)


def used_before(tables: Tables, message_id: str, phrase: str = STRIKING) -> pd.Series | None:
    """The first use found of a wording in a row of the log that is older than a message; None where
    there is none.
    """
    hits = in_the_log(tables, phrase)
    return first_found(hits[hits["date"] < message_id[1:11]])


def use_days(tables: Tables, phrase: str = STRIKING) -> list[str]:
    """The days on which to ask whether a wording was used: the ends of the years of the log before
    its first use found became public, then each day on which a row that has it did.
    """
    public = dict(zip(tables.messages["message_id"], tables.messages["public_from"]))
    dates = (public[address] for address in in_the_log(tables, phrase)["address"])
    found = sorted({date.strftime("%Y-%m-%d") for date in dates if pd.notna(date)})
    first = int(tables.messages["date"].min()[:4])
    return [f"{year}-12-31" for year in range(first, int(found[0][:4]))] + found


def stake_points(stake: int, right: bool) -> int:
    """What a stake of 50 to 100 per cent earned (or, below 0, cost): Brier's square of the miss,
    turned so that 50 per cent is worth nothing (F310).

    >>> stake_points(90, False), stake_points(90, True), stake_points(50, False)
    (-56, 24, 0)
    """
    miss = (100 - stake if right else stake) / 100
    return round(25 - 100 * miss**2)


def moments(tables: Tables) -> list[str]:
    """The messages with which our documents are concerned: the labelled letters and the signing of
    the treaty (message_id).
    """
    known = set(tables.messages["message_id"])
    documents = {day.strftime("%Y-%m") for day in tables.sources["public_from"]}
    found = {}
    for event in tables.events.itertuples():
        if event.label and event.lane in ("messages", "treaty") and event.date[:7] in documents:
            for address in event.address.split("; "):
                if address in known and address[1:11] not in found:
                    found[address[1:11]] = address
    return sorted(found.values())


def element_matrix(tables: Tables) -> pd.DataFrame:
    """Message × element: 'yes', 'no' (the words we have put it otherwise) or 'not seen' (not in the
    excerpt).

    Index: message_id, oldest first, of every message that holds at least one element of wording;
    columns: ELEMENTS, 'letter' from the log's form, and ``weak``.
    """
    log = log_rows(tables).set_index("message_id")
    coded = tables.elements
    holds = set(coded.loc[coded["present"] == "yes", "message_id"])
    matrix = pd.DataFrame(
        "not seen", index=[m for m in log.index if m in holds], columns=list(ELEMENTS), dtype=object
    )
    matrix.index.name = "message_id"
    for row in coded[coded["message_id"].isin(holds)].itertuples():
        matrix.at[row.message_id, row.element] = row.present
    matrix["letter"] = ["yes" if log.at[m, "form"] in WRITTEN else "no" for m in matrix.index]
    return matrix.assign(weak=[log.at[m, "weak"] for m in matrix.index])


@derived_table
def elements_read(tables: Tables) -> pd.DataFrame:
    """Whether the words that we have of each message of ``element_matrix`` hold each element.
    Columns: message_id, element, read (a value of ``READ``).
    """
    matrix = element_matrix(tables)[list(ELEMENTS)]
    long = matrix.reset_index().melt(id_vars="message_id", var_name="element", value_name="read")
    return long.assign(read=long["read"].map(READ))


@derived_table
def element_ages(tables: Tables) -> pd.DataFrame:
    """For each element of wording, and for all of them together in a letter: the first message in
    which it was found, and whether that is older than the newest message coded. Weak rows are left
    out.

    Columns: element, first (message_id), found ('found in an earlier message' or 'not found in
    one'). 'first_person' is looked for in letters alone, since a speaker says I.
    """
    matrix = element_matrix(tables)
    matrix = matrix[matrix["weak"] == ""]
    newest, rows = matrix.index[-1], []
    for element in ELEMENTS[1:]:
        fit = (matrix[element] == "yes") & (
            (matrix["letter"] == "yes") | (element != "first_person")
        )
        rows.append((element, matrix.index[fit][0]))
    rows.append(("all together", matrix.index[(matrix[list(ELEMENTS)] == "yes").all(axis=1)][0]))
    ages = pd.DataFrame(rows, columns=["element", "first"])
    return ages.assign(
        found=[
            "found in an earlier message" if first != newest else "not found in one"
            for first in ages["first"]
        ]
    )


def log_by_year(tables: Tables) -> pd.DataFrame:
    """Rows of the log by year. Index: year; columns: rows, events, kim_to_putin, putin_to_kim,
    both, via_envoy, kcna (KCNA published first), weak.
    """
    log = log_rows(tables)
    year = log["day"].dt.year.rename("year")
    directions = pd.crosstab(year, log["direction"]).reindex(
        columns=["kim_to_putin", "putin_to_kim", "both", "via_envoy"], fill_value=0
    )
    return (
        pd.DataFrame(
            {"rows": log.groupby(year).size(), "events": log.groupby(year)["event"].nunique()}
        )
        .join(directions)
        .assign(
            kcna=(log["first_publisher"] == "KCNA").groupby(year).sum(),
            weak=(log["weak"] != "").groupby(year).sum(),
        )
    )
