"""Lesson 05 in tables: an answer's words, open cells, one claim in two tellings, the two scales."""

from casebook.core.tables import Tables
from casebook.figure import BREAK, TableExhibit, badge, cell, each_once, evidence_of, strong
from casebook.figure.english import capital, count_words, day, listed, none_or, number, several
from casebook.subjects.stances.charts.lanes import speaker
from casebook.subjects.stances.methods import (
    LANES,
    SINCE,
    answers,
    changes_on_the_way,
    denials_until,
    open_cells,
    searched,
    stances_in,
)

__all__ = ["came_after", "denials_up_to", "on_the_way", "said", "scales", "who_answered"]

CHANGES = {
    "kept": ("good", "= kept"),
    "lost": ("bad", "− lost"),
    "gained": ("new", "+ gained"),
    "changed": ("mixed", "≠ changed"),
}

ANSWERED = {"arms": "arms", "troops": "soldiers", "technology": "technology", "goods": "goods"}


def said(tables: Tables, stance_id: str) -> TableExhibit:
    """The words of one answer, with who said them, when and about what; not how we code it."""
    row = tables.stances.set_index("stance_id").loc[stance_id]
    words = count_words(row["words"])
    name, direction, _ = LANES[row["lane"]]
    return TableExhibit(
        ["The words", f"“{row['words']}”"],
        [
            ["Who, and when", f"{row['side']}, {row['actor']}; {day(row['date'])}"],
            ["About what", f"{name} ({direction})"],
        ],
        widths=[22, 0],
    ).describe(
        title=f"We have {several(words, 'word')} of this answer, in English",
        subtitle="As our fact quotes them; the rest of the statement is not shown",
        description=f"Answer of {words} words: {row['words']}.",
        source=row["address"],
        evidence=tables.resolve(row["address"]),
    )


def denials_up_to(tables: Tables, until: str) -> TableExhibit:
    """The denials of the two states found up to a day (ISO), in the order of time: who, in which
    words, of what; not which way the thing is said to go.
    """
    found = denials_until(tables, until)
    counts = found["side"].value_counts()
    told = listed(f"{side} {number(int(n))}" for side, n in counts.items())
    return TableExhibit(
        ["Day", "Who", "What is denied, and how", "It answers a charge of"],
        [
            [
                strong(day(row.date)),
                f"{row.side}, {row.actor}",
                f"{row.says} ({row.address})",
                listed(ANSWERED[lane] for lane in row.lanes),
            ]
            for row in found.itertuples()
        ],
        widths=[17, 23, 0, 16],
    ).describe(
        title=f"The denials that we found up to {day(until)}",
        subtitle="By the two states, since the invasion of February 2022, in our words",
        description=f"Table of {len(found)} denials: {told}.",
        source="table stances",
        evidence=evidence_of(tables, found["address"]),
    )


def came_after(tables: Tables, lane: str, after: str) -> TableExhibit:
    """What was said of one claim after a day (ISO), in the order of time: who, and in which
    words.
    """
    found = stances_in(tables)
    found = found[(found["lane"] == lane) & (found["date"] > after)]
    quoted = [f" “{row.words}”" if row.words else "" for row in found.itertuples()]
    return TableExhibit(
        ["Day", "Who", "What was said"],
        [
            [strong(day(row.date)), speaker(row), f"{row.says}{words} ({row.address})"]
            for row, words in zip(found.itertuples(), quoted)
        ],
        widths=[17, 27, 0],
    ).describe(
        title=f"What came after {day(after)}: {several(len(found), 'statement')}",
        subtitle="Of those that we found, in our words; between marks the speaker's own",
        description=f"Table of {several(len(found), 'statement')}: "
        + " ".join(f"{day(row.date)}, {speaker(row)}." for row in found.itertuples()),
        source="table stances",
        evidence=evidence_of(tables, found["address"]),
    )


def who_answered(tables: Tables) -> TableExhibit:
    """Claim × state: how often denied, neither, admitted; open cells say so."""
    cells, behind = open_cells(tables), searched(tables)
    unanswered = cells[cells["open"] != "admitted"]
    done = cells[cells["open"] == "admitted"]
    claims = listed(dict.fromkeys(f"“{LANES[lane][0]}”" for lane in done["lane"])) or "no claim"
    told = (
        f"{LANES[c.lane][0]}, {c.side}: {c.denied} denied, {c.neither} neither, {c.admitted}"
        " admitted"
        for c in cells.itertuples()
    )
    return TableExhibit(
        [
            "Claim, who answers, and which way it goes",
            "Denied",
            "Neither confirmed nor denied",
            "Admitted",
            "What is open",
        ],
        [_answers_to(c, behind) for c in cells.itertuples()],
        widths=[34, 10, 20, 12, 24],
    ).describe(
        title=(
            f"Of {number(len(cells))} cells {none_or(len(done))} hold an admission, of {claims};"
            " the others stay open"
        ),
        subtitle=(
            f"Answers found since {day(SINCE)}, by the one accused. “None found” is not “none made”"
        ),
        description=f"Table of {len(cells)} cells: {'; '.join(told)}.",
        source="table stances, answers of the two states; the searches named in the cells",
        evidence=evidence_of(
            tables,
            answers(tables)["address"],
            [behind[key] for key in unanswered["cell"] if key in behind],
        ),
    )


def _answers_to(row, behind: dict[str, str]) -> list[str]:
    """A row of ``open_cells`` as cells: the claim, three numbers, what is open and the search."""
    name, direction, _ = LANES[row.lane]
    admitted = row.open == "admitted"
    search = f" {behind[row.cell]}" if not admitted and row.cell in behind else ""
    return [
        cell(strong(f"{name}: {row.side}"), BREAK, direction),
        *(f"{n}" if n else "–" for n in (row.denied, row.neither, row.admitted)),
        cell(badge("good" if admitted else "open", row.open), search),
    ]


def on_the_way(tables: Tables, pair: str = "NBC News to The New York Sun") -> TableExhibit:
    """One claim in two tellings, element by element: kept, lost, gained, changed."""
    found = changes_on_the_way(tables, pair)
    first, second = pair.split(" to ")
    counts = found["change"].value_counts()
    guess = "; the descent is inferred" if (found["basis"] == "inferred").any() else ""
    return TableExhibit(
        ["Element", first, second, "Change", "Address"],
        [
            [
                strong(p.element),
                p.earlier or "–",
                p.later or "–",
                badge(*CHANGES[p.change]),
                p.address,
            ]
            for p in found.itertuples()
        ],
        widths=[22, 24, 24, 14, 16],
    ).describe(
        title=(
            f"Of {number(len(found))} elements"
            f" {listed(f'{number(int(counts[c]))} {c}' for c in CHANGES if c in counts)}"
        ),
        subtitle=(
            f"{pair.replace(' to ', ' and ')}: the same charge in two tellings, in our"
            f" words{guess}. Where a change was made, we can't see"
        ),
        description=f"Table of {len(found)} elements. "
        + " ".join(f"{capital(p.element)}: {p.change}." for p in found.itertuples()),
        source=each_once(found["address"]),
        evidence=evidence_of(tables, found["address"]),
    )


def scales(tables: Tables) -> TableExhibit:
    """The two scales side by side: a letter for the source, a number for the information."""
    letters, numbers = (
        tables.scales[tables.scales["axis"] == axis] for axis in ("reliability", "credibility")
    )
    return TableExhibit(
        ["Source", "Ask", "Information", "Ask"],
        [
            [*_grade(letter), *_grade(digit)]
            for letter, digit in zip(letters.itertuples(), numbers.itertuples())
        ],
        widths=[21, 27, 22, 30],
    ).describe(
        title=(
            f"{capital(number(len(letters)))} letters for the source, {number(len(numbers))}"
            " numbers for what it says"
        ),
        subtitle=(
            "Names of STANAG 2511 (2003), as a working group's forum has them; questions in our"
            " words. F and 6 mean unknown: they stand last, and are not worst"
        ),
        description=f"Table of {len(letters)} letters and {len(numbers)} numbers: "
        + "; ".join(f"{s.grade} {s.name}" for s in tables.scales.itertuples())
        + ".",
        source=listed(dict.fromkeys(tables.scales["address"])),
        evidence=evidence_of(tables, tables.scales["address"]),
    )


def _grade(row) -> list[str]:
    return [cell(strong(row.grade), " ", row.name), row.test]
