"""Lesson 05: one charge walked along with a vote at each stop, the lanes of stances as of a day,
and a claim graded on two axes.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from html import escape

from ipywidgets import Button, Dropdown

from casebook.core.tables import Tables
from casebook.figure import badge, rows_table
from casebook.figure.english import capital, day, number, several, shortened
from casebook.panel.as_of import explore_days
from casebook.panel.controls import choose, days
from casebook.panel.explore import Shown, explore
from casebook.panel.kept import keep, kept
from casebook.panel.panel import InPage, Panel, made
from casebook.subjects.stances.charts.lane import ChargePicture
from casebook.subjects.stances.charts.lanes import LanesPicture, speaker
from casebook.subjects.stances.methods import (
    GRADES,
    LETTERS,
    NUMBERS,
    days_of_stances,
    diagonal,
    grade_key,
    within,
)

__all__ = ["explore_stances", "grade_claim", "walk_charge"]

UNCHOSEN = "?"
# Around the lines of the table of reasons.
BOTH_READERS = (
    "<table><thead><tr><th scope='col' style='width: 24%'>Axis</th><th scope='col'>One"
    " reader</th><th scope='col'>Another reader</th></tr></thead><tbody>",
    "</tbody></table><p><small>Both readers are ours: two readings that can be defended, not two"
    " people, and not the truth. Have you a better reason? Then your grade may be better,"
    " too.</small></p>",
)
IN_RANGE = {
    True: ("good", "✓ in the accepted range"),
    False: ("bad", "✗ outside it"),
}


NOT_YET = "not yet"
VOTES = {"true": "▲ true", "false": "▼ false", "open": "● can't tell"}


def walk_charge(tables: Tables, lane: str, stops: Sequence[str], question: str) -> Panel:
    """Walk along one lane and stop at days (ISO). At each stop what is new is told in words; the
    class votes on ``question``, and then the marks are set. A vote stays with its stop.
    """
    picture = ChargePicture(tables, lane)

    def draw(day: str, vote: str) -> Shown:
        earlier = next(reversed([stop for stop in stops if stop < day]), None)
        fresh = _fresh_html(picture.fresh(earlier, day))
        if vote != NOT_YET:
            exhibit = picture.as_of(day)
            return Shown(
                fresh + exhibit.html(in_panel=True),
                f"Your vote: {VOTES[vote]}. {exhibit.title}.",
                lambda: picture.as_of(day).evidence,
            )
        seen = picture.as_of(earlier).html(in_panel=True) if earlier else ""
        return Shown(fresh + seen, f"{_on(day)}: read what is new, vote, and see it marked.", None)

    return explore(
        question,
        day=days(stops, label="Stop at"),
        vote=choose(
            "Your vote now",
            [(NOT_YET, NOT_YET), *((words, vote) for vote, words in VOTES.items())],
            width="260px",
            per="day",
        ),
        draw=draw,
        stored="{day}; your vote: {vote}",
    )


def _on(iso: str) -> str:
    return f"On {day(iso)}"


def _fresh_html(rows: list) -> str:
    """What came since the stop before, in words, without how we code it."""
    lines = "".join(
        f"<li><strong>{day(row.date)}</strong>, {escape(speaker(row))}: {escape(row.says)}"
        f"{f' “{escape(row.words)}”' if row.words else ''}<sup>{row.address}</sup></li>"
        for row in rows
    )
    return f"<p style='margin-bottom: 0'><strong>New:</strong></p><ul>{lines}</ul>"


def explore_stances(tables: Tables) -> Panel:
    """The lanes, hiding what was not yet public; moved by a slider, or Earlier and Later. Stored as
    of its first day.
    """
    picture, days = LanesPicture(tables), days_of_stances(tables)

    def new(index):
        before, now = (dt.date.fromisoformat(d) for d in days[index - 1 : index + 1])
        lines = "".join(f"<li>{escape(line)}</li>" for line in picture.new_between(before, now))
        return (
            f"<p style='margin-bottom: 0'><strong>New since {day(before)}:</strong></p><ul"
            f" style='margin-top: 2px'>{lines or '<li>nothing of its own</li>'}</ul>"
        )

    return explore_days(
        "Who said what about it, and how sure could one be on that day?",
        days,
        lambda d: picture.as_of(dt.date.fromisoformat(d)),
        new,
    )


def grade_claim(tables: Tables) -> Panel:
    """Grade claims by the reliability of their source, A to F, and their credibility, 1 to 6, each
    with what was public on its day.

    A range is accepted; the reasons of two readings are shown once a grade is checked, and all
    grades given so far on the grid. A grade is kept once letter and number are chosen; the panel
    opens with what is kept.
    """
    # Not declared: it keeps grades, and shows them all together. Long, since its handlers share
    # its controls.
    claims = {g.grading_id: g for g in tables.gradings.itertuples()}
    before, notice = kept("exercise")
    grades = {
        key: tuple(before[grade_key(key)]) for key in claims if before.get(grade_key(key)) in GRADES
    }
    view, checked = cache(tables.as_of), set()
    claim = made(
        Dropdown,
        options=[
            (f"{capital(_called(key))} · {shortened(g.claim, 80)}", key)
            for key, g in claims.items()
        ],
        description="Claim",
        width="98%",
    )
    letter = _grades_to_choose(tables, "reliability", LETTERS, "Source", "330px")
    digit = _grades_to_choose(tables, "credibility", NUMBERS, "Claim's credibility", "400px")
    check = made(Button, description="Check")
    panel = Panel(
        "How reliable is the source, and how credible is this claim, on its day?",
        [claim, letter, digit, check],
    )

    def draw(told=""):
        row = claims[claim.value]
        grade = (letter.value, digit.value)
        html, says = _claim_shown(view(row.day), row, grade, claim.value in checked)
        if grades:
            html += _grid(grades)
            says += f" {_where(grades)}"
        panel.show(
            html,
            f"{told} {says}".strip(),
            controls=f"<p>{capital(_called(claim.value))}; no grade chosen yet</p>",
        )

    def on_claim(_):
        """Another claim: its own grade if it has one."""
        with panel.quietly():
            letter.value, digit.value = grades.get(claim.value, (UNCHOSEN, UNCHOSEN))
        draw()

    def on_grade(_):
        """A grade given, changed or taken back: kept, and to be checked anew."""
        checked.discard(claim.value)
        grades.pop(claim.value, None)
        if UNCHOSEN not in (letter.value, digit.value):
            grades[claim.value] = letter.value, digit.value
        draw(keep("exercise", grade_key(claim.value), "".join(grades.get(claim.value, ()))))

    def on_check(_):
        if claim.value in grades:
            checked.add(claim.value)
        draw()

    panel.watch(on_claim, claim)
    panel.watch(on_grade, letter, digit)
    check.on_click(on_check)
    panel.in_page = InPage(
        "grades",
        lambda: {
            "claims": [_for_page(view(row.day), row) for row in claims.values()],
            "labels": [part.description for part in (claim, letter, digit, check)],
            "calls": [[called for called, _ in part.options] for part in (claim, letter, digit)],
            "readers": BOTH_READERS,
            "badge": badge("own", "?"),
        },
    )
    on_claim(None)
    if grades or notice:
        draw(f"{notice}Kept from before: {several(len(grades), 'grade')}." if grades else notice)
    return panel


def _called(grading_id: str) -> str:
    """What a claim is called on the page: its number, since its identifier is the tables' alone."""
    return f"claim {int(grading_id[1:])}"


def _grades_to_choose(tables: Tables, axis: str, grades, label: str, width: str) -> Dropdown:
    """A list of the grades of an axis, with their names."""
    scale = tables.scales[tables.scales["axis"] == axis]
    names = dict(zip(scale["grade"], scale["name"]))
    options = [("choose …", UNCHOSEN), *((f"{grade} {names[grade]}", grade) for grade in grades)]
    return made(Dropdown, options=options, value=UNCHOSEN, description=label, width=width)


def _claim_shown(view: Tables, row, grade: tuple[str, str], checked: bool) -> tuple[str, str]:
    """(HTML, what to say) of a claim in the view of its day; ``checked``: with the reasons."""
    html = (
        f"<p><strong>{escape(row.claim)}</strong><br>The letter is for: {escape(row.graded)}."
        f" Grade it as of {day(row.day)}, by these rows.</p>"
        + rows_table(view.resolve(row.address))
    )
    if checked:
        return html + _reasons(row, *grade), _verdict(row, *grade)
    if UNCHOSEN in grade:
        return (
            html,
            f"{capital(_called(row.grading_id))}: choose a letter and a number, then check.",
        )
    return html, f"{''.join(grade)} for {_called(row.grading_id)}: check it."


def _ranges(row):
    """For each axis: its name, best and worst grade accepted, whether unknown is, the reasons for
    both ends, what unknown is called.
    """
    return (
        (
            "Source",
            row.best,
            row.worst,
            row.f_accepted == "yes",
            row.best_reason,
            row.worst_reason,
            "F",
        ),
        (
            "Credibility",
            row.highest,
            row.lowest,
            row.six_accepted == "yes",
            row.highest_reason,
            row.lowest_reason,
            "6",
        ),
    )


def _range_text(best, worst, unknown_too, unknown) -> str:
    return (
        f"{best} to {worst}{f', or {unknown}' if unknown_too else ''}"
        if best != worst
        else f"{best}{f', or {unknown}' if unknown_too else ''}"
    )


def _verdict(row, letter, digit) -> str:
    verdicts = f"{_axis_verdict(row, 0, letter)}; {_axis_verdict(row, 1, digit)}"
    return f"{capital(_called(row.grading_id))}: {verdicts}."


def _axis_verdict(row, place: int, grade: str) -> str:
    axis, best, worst, unknown_too, _, _, unknown = _ranges(row)[place]
    where = "in the range" if within(grade, best, worst, unknown_too) else "outside the range"
    return f"{axis} {grade} is {where} {_range_text(best, worst, unknown_too, unknown)}"


def _reasons(row, letter, digit) -> str:
    """Both axes with the reasons of two readings for the ends of the accepted range."""
    lines = _axis_reasons(row, 0, letter) + _axis_reasons(row, 1, digit)
    return f"{BOTH_READERS[0]}{lines}{BOTH_READERS[1]}"


def _axis_reasons(row, place: int, grade: str) -> str:
    """A line of the table of reasons: the axis at ``place``, with a grade given on it."""
    axis, best, worst, unknown_too, better, worse, unknown = _ranges(row)[place]
    fits = within(grade, best, worst, unknown_too)
    return (
        f"<tr><th scope='row'>{axis}: you say"
        f" {grade}<br>{badge(*IN_RANGE[fits])}</th><td><strong>{best}:</strong>"
        f" {escape(better)}</td><td><strong>{worst}{f' or {unknown}' if unknown_too else ''}:"
        "</strong>"
        f" {escape(worse)}</td></tr>"
    )


def _for_page(view: Tables, row) -> dict:
    """A claim for a page without a kernel: what is shown and said of it, by the grade given."""
    told, _ = _claim_shown(view, row, (UNCHOSEN, UNCHOSEN), False)
    return {
        "id": row.grading_id,
        "called": _called(row.grading_id),
        "key": grade_key(row.grading_id),
        "told": told,
        "verdicts": [
            {grade: _axis_verdict(row, place, grade) for grade in axis}
            for place, axis in enumerate((LETTERS, NUMBERS))
        ],
        "reasons": [
            {grade: _axis_reasons(row, place, grade) for grade in axis}
            for place, axis in enumerate((LETTERS, NUMBERS))
        ],
    }


def _grid(grades) -> str:
    """The grades given so far on the 6 × 6 grid; its diagonal is marked."""
    head = "".join(f"<th scope='col'>{n}</th>" for n in NUMBERS)
    lines = ""
    for i, letter in enumerate(LETTERS):
        cells = ""
        for j, digit in enumerate(NUMBERS):
            here = [key for key in sorted(grades) if grades[key] == (letter, digit)]
            badges = " ".join(badge("own", _called(key)) for key in here)
            content = badges or ("<span aria-hidden='true'>╲</span>" if i == j else "")
            cells += f"<td style='text-align: center; min-width: 52px'>{content}</td>"
        lines += f"<tr><th scope='row'>{letter}</th>{cells}</tr>"
    return (
        "<p style='margin-bottom: 2px'><strong>Your grades so far</strong> (╲ is the"
        " diagonal)</p><table><thead><tr><th"
        f" scope='col'></th>{head}</tr></thead><tbody>{lines}</tbody></table>"
    )


def _where(grades) -> str:
    """How the grades lie to the diagonal."""
    places = diagonal(grades.values())
    total = len(grades)
    on, beside, off = (number(n) if n else "none" for n in places)
    text = (
        f"{capital(several(total, 'claim'))} graded: {on} on the diagonal, {beside} a step beside"
        f" it, {off} further off."
    )
    if total >= 3 and places.on == total:
        text += " All on the diagonal: did you judge the source twice?"
    return text
