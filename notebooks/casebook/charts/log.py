"""The message log: a timeline in unordered lanes, first uses, elements of a promise, versions in
three languages, who published.
"""

from html import escape

import pandas as pd

from casebook import addresses
from casebook.charts.corpus import LANGUAGES
from casebook.charts.words import capital, day, listed, number, several
from casebook.figure import GREY, INK, PALE, STATES, WIDTH, Matrix, Picture, mark, styled
from casebook.methods.log import ELEMENTS, element_matrix, log_by_year, log_rows, moments, spans_of

LANES = {
    "cooperation": "cooperation",
    "full_support": "full support",
    "good_wishes": "good wishes",
    "none": "no wording seen",
    "other": "other wording",
    "support_solidarity": "support and solidarity",
    "unconditional_support": "unconditional support",
}
# Direction: name, mark, colour, and the places in the lane (up is Kim's side), filled in this order
# where marks are close.
SIDES = {
    "kim_to_putin": ("Kim to Putin", "^", STATES["North Korea"], (-0.19, -0.37)),
    "putin_to_kim": ("Putin to Kim", "v", STATES["Russia"], (0.19, 0.37)),
    "both": ("both, at a meeting", "D", INK, (0.0, 0.15)),
    "via_envoy": ("through envoys", "o", GREY, (0.0, 0.15, -0.15)),
}
RIVALS = (
    "full_support",
    "support_solidarity",
)  # the named classes that the last wording is compared with
UNSETTLED = "not settled"  # the first publisher, where pages do not decide
MANY = 500  # above so many rows the timeline counts instead of marking each
CLOSE = 32  # days: marks nearer than this in one lane take another place
MARKS_ROOM = 0.965  # right edge of the axes
PRESENT = {
    "yes": ("✓", "#0b3d2e", "#d9efe3"),
    "no": ("✗", "#6b1010", "#f8dcd6"),
    "not seen": ("? not seen", "#555555", "#f1f1f1"),
}
HEADS = {
    "letter": "A letter",
    "first_person": "“I”",
    "unlimited_object": "Object without limit",
    "permanence": "Permanence",
    "unconditional": "“unconditional”",
    "respect": "“respect” for policies",
}


def extract_message(tables, message_id: str) -> Matrix:
    """A message of the log to read closely: the words seen of it, and what is known of how they
    came.

    Raises KeyError for a message that is not in the log, ValueError for one of which no wording was
    seen.
    """
    row = tables.messages.set_index("message_id").loc[message_id]
    if not row["key_phrase"]:
        raise ValueError(f"of {message_id} no wording was seen")
    name, _, _, _ = SIDES[row["direction"]]
    noted = tables.elements[
        (tables.elements["message_id"] == message_id) & (tables.elements["seen_in"] == "note")
    ]["words"]
    met = row["form"] == "meeting"
    details = [
        ("Also quoted from it", "; ".join(f"“{words}”" for words in noted)),
        ("Who", name if met else f"{name}; {row['form'].replace('_', ' ')}"),
        ("Occasion", row["occasion"]),
        ("First told of by" if met else "First published by", row["first_publisher"]),
        (
            "Made public",
            {"full": "in full, it seems; we saw an excerpt"}.get(
                row["text_released"], row["text_released"].replace("_", " ")
            ),
        ),
        ("Whose English", row.get("key_phrase_language_note", "")),
        ("Fit for comparing wordings", row["weak"] or "yes"),
    ]
    words = len(row["key_phrase"].split())
    told = "told of it first" if met else "published it first"
    first = (
        f"Who {told} is not settled"
        if row["first_publisher"] == UNSETTLED
        else f"{row['first_publisher']} {told}"
    )
    return Matrix(
        ["The words", f"“{escape(row['key_phrase'])}”"],
        [[k, escape(v)] for k, v in details if v],
        widths=[24, 0],
    ).tell(
        title=(
            f"{first}; the key phrase has {several(words, 'word')}: {row['occasion']},"
            f" {day(row['date'])}"
        ),
        subtitle=f"{message_id}, the words as the page has them; the log holds excerpts only",
        description=f"Excerpt of {words} words: {row['key_phrase']}",
        source=message_id
        + (
            f". The page: {row['source_outlet']}; its text is not carried here"
            if "source_outlet" in row
            else ""
        ),
        evidence=tables.resolve(message_id),
    )


@styled
def message_log(tables) -> Picture:
    """The log as a timeline in lanes of support wording. The lanes stand in the order of the
    alphabet: no lane is above another.

    A mark for each row; counts by quarter where there are more than ``MANY``.
    """
    log, shown = log_rows(tables), moments(tables)
    picture = Picture(height=5.2)
    picture.subplots_adjust(left=0.252, right=MARKS_ROOM, top=0.845, bottom=0.06)
    axes = picture.add_subplot()
    _frame(axes, log, shown)
    (_draw_counts if len(log) > MANY else _draw_marks)(axes, log)
    return _tell_log(picture, tables, log, shown)


def _frame(axes, log, shown):
    first, last = log["day"].min(), log["day"].max()
    axes.set_xlim(pd.Timestamp(first.year, 1, 1), last + pd.Timedelta(days=190))
    axes.set_ylim(len(LANES) - 0.45, -0.55)
    counts = log["support_wording"].value_counts()
    axes.set_yticks(
        range(len(LANES)), [f"{name} · {counts.get(lane, 0)}" for lane, name in LANES.items()]
    )
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    years = range(
        first.year, (last + pd.Timedelta(days=40)).year + 1
    )  # none at the edge, where its name would leave the picture
    axes.set_xticks([pd.Timestamp(year, 1, 1) for year in years], years)
    for label in axes.get_xticklabels():
        label.set_ha("left")
    for lane in range(1, len(LANES)):
        axes.axhline(lane - 0.5, color=PALE, linewidth=1, zorder=1)
    for message in shown:
        when = pd.Timestamp(message[1:11])
        axes.axvline(when, color=INK, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        axes.text(when, -0.62, f"{when.day} {when:%b %Y}", ha="center", va="bottom", fontsize=10)


def _draw_marks(axes, log):
    taken, order, points = {}, list(LANES), {}
    for row in log.itertuples():
        places = SIDES[row.direction][3]
        lane, at = order.index(row.support_wording), row.day.toordinal()
        place = next((p for p in places if at - taken.get((lane, p), 0) >= CLOSE), None)
        place = min(places, key=lambda p: taken.get((lane, p), 0)) if place is None else place
        taken[lane, place] = at
        points.setdefault((row.direction, bool(row.weak)), []).append((row.day, lane + place))
    for (direction, weak), spots in points.items():
        _, shape, colour, _ = SIDES[direction]
        axes.plot(
            *zip(*spots),
            shape,
            markersize=6.2 if weak else 7.5 if shape in "^v" else 6.5,
            color=colour,
            linestyle="none",
            zorder=4 if weak else 3,
            markerfacecolor="white" if weak else colour,
            markeredgecolor=colour if weak else "white",
            markeredgewidth=1.4 if weak else 0.7,
        )
    for name, shape, colour, _ in SIDES.values():
        axes.plot([], [], shape, color=colour, markersize=7.5, linestyle="none", label=name)
    axes.plot(
        [],
        [],
        "^",
        markerfacecolor="white",
        markeredgecolor=INK,
        markeredgewidth=1.4,
        markersize=7.5,
        linestyle="none",
        label="hollow: weak",
    )
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.03, 1.065),
        ncols=5,
        frameon=False,
        fontsize=10,
        handletextpad=0.1,
        columnspacing=1.0,
    )


def _draw_counts(axes, log):
    """Bars by quarter: Kim's up, Putin's down, the others grey on top of Kim's."""
    counts, order = _by_quarter(log), list(LANES)
    most = _tallest(counts)
    for (lane, quarter), row in counts.iterrows():
        x, base = quarter.start_time + pd.Timedelta(days=45), order.index(lane)
        up, rest, down = (
            0.44 * n / most
            for n in (row["kim_to_putin"], row["both"] + row["via_envoy"], row["putin_to_kim"])
        )
        for height, bottom, colour, hatch in (
            (-up, base, SIDES["kim_to_putin"][2], ""),
            (-rest, base - up, "#b5b5b5", "//"),
            (down, base, SIDES["putin_to_kim"][2], ".."),
        ):
            if height:
                axes.bar(
                    x,
                    height,
                    bottom=bottom,
                    width=70,
                    color=colour,
                    hatch=hatch,
                    edgecolor="white",
                    linewidth=0,
                    zorder=3,
                )
    for name, colour, hatch in (
        ("up: Kim to Putin", SIDES["kim_to_putin"][2], ""),
        ("on top: meetings, envoys", "#b5b5b5", "//"),
        ("down: Putin to Kim", SIDES["putin_to_kim"][2], ".."),
    ):
        axes.bar(log["day"].min(), 0, color=colour, hatch=hatch, edgecolor="white", label=name)
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.03, 1.065),
        ncols=3,
        frameon=False,
        fontsize=10,
        title=None,
    )


def _by_quarter(log):
    """Rows by lane, quarter and direction."""
    counts = (
        log.groupby([log["support_wording"], log["day"].dt.to_period("Q"), log["direction"]])
        .size()
        .unstack(fill_value=0)
    )
    return counts.reindex(columns=list(SIDES), fill_value=0)


def _tallest(counts) -> int:
    return int(
        max(counts.drop(columns="putin_to_kim").sum(axis=1).max(), counts["putin_to_kim"].max())
    )


def _tell_log(picture, tables, log, shown):
    events, weak = log["event"].nunique(), int((log["weak"] != "").sum())
    lanes = "; ".join(
        f"{name}: " + (_directions(log[log["support_wording"] == lane]) or "none")
        for lane, name in LANES.items()
    )
    drawn = (
        f"Bars count rows by quarter, the tallest {_tallest(_by_quarter(log))}"
        if len(log) > MANY
        else "A mark is a row of the log"
    )
    return picture.tell(
        title=_log_title(log, shown),
        subtitle=(
            f"{drawn} ({len(log)} rows, {events} events). Lanes of support wording, by one coder,"
            " in the order of the alphabet: unordered, no ladder. “Other wording” holds strong"
            " wordings too"
        ),
        description=(
            f"Timeline of {len(log)} rows ({events} events), {day(log['date'].min())} to"
            f" {day(log['date'].max())}, in {len(LANES)} lanes. {capital(lanes)}."
            f" {capital(several(weak, 'row'))} with weak wording {'is' if weak == 1 else 'are'}"
            f" drawn hollow. Dashed lines: {listed(day(m[1:11]) for m in shown)}."
        ),
        source=f"the message log (M…); dashed lines: {', '.join(shown)}",
        evidence=[e for m in log["message_id"] for e in tables.resolve(m)],
    )


def _directions(rows) -> str:
    counts = rows["direction"].value_counts()
    return (
        f"{len(rows)} rows, "
        + ", ".join(f"{counts[d]} {SIDES[d][0]}" for d in SIDES if counts.get(d))
        if len(rows)
        else ""
    )


def _log_title(log, shown) -> str:
    """What the lanes show of the last labelled message's wording: how often it stood there before,
    and what came between.
    """
    last = log[log["message_id"].isin(shown)].iloc[-1:] if shown else log.iloc[:0]
    if last.empty:
        return f"{capital(several(len(log), 'row'))} of the log, by wording"
    lane, when = last.iloc[0]["support_wording"], last.iloc[0]["day"]
    before = log[(log["day"] < when) & (log["support_wording"] == lane) & (log["weak"] == "")]
    title = (
        f"Before {day(last.iloc[0]['date'])} {several(len(before), 'row')}"
        f" {'stands' if len(before) == 1 else 'stand'} in the lane “{LANES[lane]}”"
    )
    after = log[
        (log["day"] > before["day"].max())
        & (log["day"] < when)
        & (log["weak"] == "")
        & log["support_wording"].isin(RIVALS)
    ]
    if len(after) and len(before):
        title += (
            f", the next {number(len(after))} of the support lanes in"
            f" {' or '.join('“' + LANES[x] + '”' for x in RIVALS if x != lane)}"
        )
    return title + " (weak rows left out)"


def first_uses(tables, about: str = "") -> Matrix:
    """When each wording was first found, and where; with ``about``, the wordings that hold that
    word (by stem).
    """
    uses = tables.first_uses.sort_values(["first_date", "wording"], kind="stable")
    uses = uses[[not about or bool(spans_of(w, about)) for w in uses["wording"]]]
    rows = []
    for use in uses.itertuples():
        place = (
            use.found_in
            if addresses.parse_all(use.found_in)
            else f"page of {use.found_in.split('/')[2]}"
        )
        sure = getattr(use, "confidence", "")
        rows.append(
            [
                day(use.first_date),
                f"<strong>{escape(use.wording)}</strong>",
                f"“{escape(use.quoted_context)}”",
                _whole(place) if addresses.parse_all(place) else escape(place),
                *([sure] if sure else []),
            ]
        )
    shown = moments(tables)
    about_words = f" with “{about}”" if about else ""
    title = f"{capital(several(len(uses), 'wording'))}{about_words}, each where it was first found"
    if len(shown) > 1:
        early, late = (
            (uses["first_date"] < shown[0][1:11]).sum(),
            (uses["first_date"] >= shown[-1][1:11]).sum(),
        )
        title = (
            f"Of {number(len(uses))} wordings{about_words}, {number(early)}"
            f" {'was' if early == 1 else 'were'} found before {day(shown[0][1:11])}, {number(late)}"
            f" first on {day(shown[-1][1:11])}"
        )
    return Matrix(
        [
            "First found",
            "Wording",
            "The words around it",
            "Where",
            *(["How sure"] if "confidence" in uses else []),
        ],
        rows,
    ).tell(
        title=title,
        subtitle=(
            "First found, not first ever: stored pages from January 2019 on, most of them English"
        ),
        description=f"Table of {len(rows)} wordings: "
        + "; ".join(f"{u.wording}, {day(u.first_date)}" for u in uses.itertuples())
        + ".",
        source="the messages and pages named in the rows; the searches below",
        evidence=[
            e
            for place in dict.fromkeys([*uses["found_in"], *uses.get("search", ())])
            if addresses.parse_all(place)
            for e in tables.resolve(place)
        ],
    )


def _whole(address: str) -> str:
    """An address in bold, kept in one line."""
    return f"<strong style='white-space: nowrap'>{escape(address)}</strong>"


def elements(tables) -> Matrix:
    """Message × element of the promise: in the words we have, put otherwise there, or not in the
    excerpt.
    """
    matrix, log = element_matrix(tables), log_rows(tables).set_index("message_id")
    coded = tables.elements.set_index(["message_id", "element"])
    rows = []
    for message, cells in matrix.iterrows():
        weak = f"<br>{mark('weak', '#5c4300', '#f6e7c0')}" if cells["weak"] else ""
        row = [f"{_whole(message)}<br>{SIDES[log.at[message, 'direction']][0]}{weak}"]
        for element in ELEMENTS:
            sign, colour, ground = PRESENT[cells[element]]
            said = log.at[message, "form"].replace("_", " ") if element == "letter" else ""
            if (message, element) in coded.index:
                use = coded.loc[(message, element)]
                said = f"“{use['words']}”" + (
                    f" ({use['seen_in']})" if use["seen_in"].startswith("F") else ""
                )
            row.append(f"{mark(sign, colour, ground)} {escape(said)}")
        rows.append(row)
    fit = matrix[matrix["weak"] == ""]
    held = (fit[list(ELEMENTS)] == "yes").sum(axis=1)
    whole, rest = list(held.index[held == len(ELEMENTS)]), held[held < len(ELEMENTS)]
    title = (
        f"Only {listed(whole)} holds all {number(len(ELEMENTS))} elements in the words we have; no"
        f" other holds more than {number(rest.max())}"
        if len(whole) == 1
        else (
            f"{capital(number(len(whole)))} messages hold all {number(len(ELEMENTS))} elements in"
            " the words we have"
        )
    )
    return Matrix(["Message", *HEADS.values()], rows, widths=[16, 10, 14, 18, 15, 14, 13]).tell(
        title=title,
        subtitle=(
            "Messages of Kim's side that hold at least one element of wording, coded by one reader."
            " ✓ in the words we have; ✗ they put it otherwise; ? not seen: they don't say"
        ),
        description=f"Table of {len(matrix)} messages by {len(ELEMENTS)} elements. "
        + "; ".join(
            f"{m}: {listed([HEADS[e] for e in ELEMENTS if fit.at[m, e] == 'yes'])}"
            for m in fit.index
        )
        + ".",
        source="key phrases and notes of the log; F… where a fact is named",
        evidence=tables.resolve(
            "; ".join(
                dict.fromkeys(
                    [*matrix.index, *(s for s in tables.elements["seen_in"] if s.startswith("F"))]
                )
            )
        ),
    )


def versions(tables, message_id: str) -> Matrix:
    """One sentence in the versions that were found: language, carrier, words, and our word-for-word
    English.
    """
    found = tables.renderings[tables.renderings["message_id"] == message_id]
    if found.empty:
        raise ValueError(f"no versions of {message_id} are recorded")
    rows = [
        [
            f"<strong>{LANGUAGES[v.language]}</strong>",
            escape(v.carrier),
            f"<span lang='{v.language}'>“{escape(v.words)}”</span>"
            + (f"<br><em>{escape(v.sounds)}</em>" if v.sounds else ""),
            escape(v.english) or "as it stands",
            escape(v.shows),
            _whole(v.address),
        ]
        for v in found.itertuples()
    ]
    said = listed(
        f"{number(n)} {'has' if n == 1 else 'have'} {kind}"
        for kind, n in found.groupby("shows", sort=False).size().items()
    )
    return Matrix(
        ["Language", "Who has it", "The words", "Word for word", "What to see", "Address"],
        rows,
        widths=[10, 20, 28, 18, 12, 12],
    ).tell(
        title=f"Of {number(len(found))} versions {said}",
        subtitle=(
            f"One sentence of {message_id} in the versions found; in italics how it sounds, beside"
            " it our English"
        ),
        description=f"Table of {len(found)} versions: "
        + "; ".join(f"{LANGUAGES[v.language]}, {v.carrier}: {v.shows}" for v in found.itertuples())
        + ".",
        source=", ".join(dict.fromkeys(found["address"])),
        evidence=tables.resolve("; ".join(dict.fromkeys([message_id, *found["address"]]))),
    )


@styled
def who_published(tables) -> Picture:
    """Rows of the log by year, those first published by KCNA apart."""
    years = log_by_year(tables)
    picture = Picture(height=2.6, width=WIDTH)
    picture.subplots_adjust(left=0.05, right=0.985, top=0.84, bottom=0.11)
    axes = picture.add_subplot()
    places = range(len(years))
    others = years["rows"] - years["kcna"]
    axes.bar(
        places,
        years["kcna"],
        color=STATES["North Korea"],
        width=0.62,
        label="first published by KCNA",
    )
    axes.bar(
        places,
        others,
        bottom=years["kcna"],
        color="#bdbdbd",
        hatch="//",
        edgecolor="white",
        width=0.62,
        label="first published by others, or not settled",
    )
    for i, (_, year) in enumerate(years.iterrows()):
        axes.text(
            i,
            year["rows"] + 0.6,
            f"{year['kcna']} of {year['rows']}",
            ha="center",
            va="bottom",
            fontsize=10.5,
        )
    axes.set_xticks(places, years.index)
    axes.set_yticks([])
    axes.set_ylim(0, years["rows"].max() * 1.16)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="x", length=0)
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(-0.01, 1.0),
        ncols=2,
        frameon=False,
        fontsize=10.5,
        handlelength=1.4,
    )
    most = years["rows"].idxmax()
    log = log_rows(tables)
    return picture.tell(
        title=(
            f"By our coding KCNA was the first publisher of {years['kcna'].sum()} of"
            f" {years['rows'].sum()} rows; the log grows from {number(years['rows'].iloc[0])} rows"
            f" in {years.index[0]} to {years['rows'].max()} in {most}"
        ),
        subtitle=(
            "Rows of the log by year; numbers: KCNA's of all. The growth may in part be that of"
            " attention: after 2022 more of the press may have looked"
        ),
        description="Stacked bars, one a year. "
        + " ".join(
            f"{year}: {r['rows']} rows, {r['kcna']} first published by KCNA."
            for year, r in years.iterrows()
        ),
        source="the message log (M…), column “first_publisher”",
        evidence=[e for m in log["message_id"] for e in tables.resolve(m)],
    )
