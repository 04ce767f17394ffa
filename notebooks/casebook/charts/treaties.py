"""The treaties of 1961, 2000 and 2024: the grid of obligations, what could be read, two Englishes,
from signature to force.
"""

import datetime as dt
from html import escape

import matplotlib.dates as mdates

from casebook.charts.words import capital, day, listed, number, several
from casebook.figure import INK, PALE, STATES, YEARS, Matrix, Picture, mark, styled
from casebook.methods import days_to_force, obligation_grid

CELLS = {
    "yes": ("✓ yes", "#0b3d2e", "#d9efe3"),
    "no": ("✗ no", "#6b1010", "#f8dcd6"),
    "text not seen": ("? text not seen", "#555555", "#f1f1f1"),
    "": ("· not public yet", "#555555", "#ffffff"),
}
SEEN = {
    "wording": "¶ a clause or more read",
    "content": "≈ content known",
    "field only": "… a field, number not seen",
    "not seen": "? text not seen",
}
MARKS = {"signed": "^", "published": "o", "ratified": "s", "in force": "P", "document": "*"}
LANES = ("both", "Russia", "North Korea", "documents")
CHARACTER = 0.080  # inches a character of a label takes at 10.5 pt, on the wide side


def _rows(tables, addresses) -> list:
    """The evidence of several addresses, each once."""
    return tables.resolve(
        "; ".join(dict.fromkeys(part for text in addresses if text for part in text.split("; ")))
    )


def _searches(rows) -> list[str]:
    """The searches behind what was not seen; none in an as-of view, which is older than they
    are.
    """
    return list(rows["search"]) if "search" in rows else []


def obligations(tables) -> Matrix:
    """Obligation × treaty: yes, no or text not seen, with article, address and reason."""
    grid, cells = obligation_grid(tables), tables.obligations.set_index("cell_id")
    years = list(tables.treaties["treaty_id"])
    rows = [
        [f"<strong>{o}</strong> {escape(text)}", *(_cell(cells, f"{o}-{year}") for year in years)]
        for o, text in zip(grid["obligation_id"], grid["obligation"])
    ]
    help_in = list(
        grid.loc[grid["situation"] == "attack", years].iloc[0].loc[lambda row: row == "yes"].index
    )
    unseen = {year: int((grid[year] == "text not seen").sum()) for year in years}
    least = max(unseen, key=unseen.get)
    return Matrix(["Obligation", *years], rows, widths=[25, *[25] * len(years)]).tell(
        title=(
            f"Military help stands in the texts of {listed(help_in)}; of {least} we can say neither"
            f" yes nor no in {number(unseen[least])} of {len(grid)} rows"
        ),
        subtitle=(
            "What the treaties oblige the parties to: yes, no, or text not seen. “No” stands only"
            " where a text was read, as far as the cell says; a report can make a “yes”, and the"
            " cell says that too"
        ),
        description=f"Grid of {len(grid)} obligations by {len(years)} treaties. "
        + " ".join(
            f"{year}: "
            + ", ".join(f"{cell} {n}" for cell, n in grid[year].value_counts().sort_index().items())
            + "."
            for year in years
        ),
        source="table obligations; the facts and searches named in the cells",
        evidence=_rows(tables, [*tables.obligations["address"], *_searches(tables.obligations)]),
    )


def _cell(cells, key: str) -> str:
    if key not in cells.index:
        return mark(*CELLS[""])
    cell = cells.loc[key]
    place = ", ".join(
        part for part in (cell["article"], cell["address"], cell.get("search", "")) if part
    )
    return f"{mark(*CELLS[cell['cell']])} {escape(place)}<br>{escape(cell['why'])}"


def articles_seen(tables, treaty_id: str) -> Matrix:
    """How much of each article of a treaty could be read."""
    found = tables.treaty_articles[tables.treaty_articles["treaty_id"] == treaty_id]
    rows, counts = [], {}
    for seen, name in SEEN.items():
        here = found[found["seen"] == seen]
        counts[seen] = len(here)
        rows.append(
            [
                f"<strong>{name}</strong>",
                f"{len(here)}",
                "; ".join(
                    f"<strong>{a.article}</strong> {escape(a.about)}" for a in here.itertuples()
                ),
            ]
        )
    return Matrix(
        ["How much", "Articles", "Which, and what they are about"], rows, widths=[22, 9, 0]
    ).tell(
        title=(
            f"Of {len(found)} articles we could read a clause or more of"
            f" {number(counts['wording'])}; of {number(counts['field only'] + counts['not seen'])}"
            " we know a field at most"
        ),
        subtitle=(
            f"The treaty of {treaty_id}, article by article: what stored public pages show of its"
            " text, in any language"
        ),
        description=f"Table of {len(found)} articles in four groups: "
        + ", ".join(f"{SEEN[s][2:]} {n}" for s, n in counts.items())
        + ".",
        source="table treaty_articles; the facts and searches below",
        evidence=_rows(tables, [*found["address"], *_searches(found)]),
    )


def clause(tables, clause_id: str) -> Matrix:
    """One published version of a clause to read closely."""
    row = tables.clauses.set_index("clause_id").loc[clause_id]
    words = len(f"{row['when']} {row['then']}".split())
    place = f"{row['treaty_id']}, {row['article'] or 'article number not seen'}"
    return Matrix(
        ["When", f"“… {escape(row['when'])} …”"],
        [
            ["What follows", f"“… {escape(row['then'])} …”"],
            ["Tied to, in our words", escape(row["qualifications"] or "nothing in what was seen")],
        ],
        widths=[22, 0],
    ).tell(
        title=f"{place}: we have {several(words, 'word')} in the English of {row['version']}",
        subtitle="As our facts quote them; the sentence runs on between the parts",
        description=f"Clause of {words} words. When: {row['when']}. What follows: {row['then']}.",
        source=row["address"],
        evidence=tables.resolve(row["address"]),
    )


def englishes(
    tables, treaty_id: str = "2024", article: str = "Article 4", beside: str = "C1961-1"
) -> Matrix:
    """The English versions of one article side by side, with an older clause beside them."""
    found = tables.clauses
    versions = found[(found["treaty_id"] == treaty_id) & (found["article"] == article)]
    old = found[found["clause_id"] == beside]
    columns = [*versions.itertuples(), *old.itertuples()]
    lines = {
        "What happens": lambda c: mark(escape(c.key_word), INK, "#eeeeee"),
        "When it applies": lambda c: f"“… {escape(c.when)}”",
        "What follows": lambda c: f"“{escape(c.then)}”",
        "Tied to": lambda c: escape(c.qualifications) or "nothing in the article",
        "By whom": lambda c: escape(c.by_whom),
        "Address": lambda c: c.address,
    }
    rows = [
        [f"<strong>{name}</strong>", *(show(c) for c in columns)] for name, show in lines.items()
    ]
    heads = [f"{c.treaty_id}, {escape(c.article)}<br>{escape(c.version)}" for c in columns]
    words = listed(f"“{v.key_word}” ({v.version})" for v in versions.itertuples())
    return Matrix(["", *heads], rows, widths=[13, *[29] * len(columns)]).tell(
        title=f"One {article}, {number(len(versions))} Englishes: {words}",
        subtitle=(
            f"Published English wording of {article} of {treaty_id}, and of its forerunner of"
            f" {listed(old['treaty_id'])}"
        ),
        description=f"Table of {len(columns)} versions. "
        + " ".join(f"{c.treaty_id}, {c.version}: {c.key_word}, by {c.by_whom}." for c in columns),
        source="; ".join(c.address for c in columns),
        evidence=_rows(tables, [c.address for c in columns]),
    )


def namings(tables, kinds=("title", "outlet", "leader")) -> Matrix:
    """What the treaty was called, by whom; who says alliance."""
    found = tables.namings[tables.namings["kind"].isin(kinds)]
    signs = {
        "says so": mark("● alliance", "#0b3d2e", "#d9efe3"),
        "denies it": mark("✗ denies it", "#6b1010", "#f8dcd6"),
        "another word": mark("○ another word", "#555555", "#f1f1f1"),
    }
    rows = [
        [day(n.date), escape(n.speaker), f"“{escape(n.word)}”", signs[n.alliance], n.address]
        for n in found.itertuples()
    ]
    first = (
        found[(found["kind"] == "leader") & (found["alliance"] == "says so")]
        .sort_values("date")
        .drop_duplicates("speaker")
    )
    said = listed(f"{n.speaker} in {day(n.date[:7])}" for n in first.itertuples())
    return Matrix(
        ["When", "Who", "The words", "Alliance?", "Address"], rows, widths=[15, 22, 30, 15, 0]
    ).tell(
        title=f"“Alliance” or “allied”, earliest found of the leaders: {said}",
        subtitle=(
            "What the treaty or the relation was called, by its own title, by S2 and by the two"
            " leaders"
        ),
        description=(
            f"Table of {len(found)} namings, {int((found['alliance'] == 'says so').sum())} with the"
            " word alliance or allied."
        ),
        source="table namings",
        evidence=_rows(tables, found["address"]),
    )


def endings(tables, treaty_id: str = "1961") -> Matrix:
    """Accounts of how a treaty ended, side by side."""
    found = tables.endings[tables.endings["treaty_id"] == treaty_id]
    rows = [
        [
            f"<strong>{e.ending_id}</strong> {escape(e.says)}",
            day(e.date),
            escape(e.account),
            e.address,
        ]
        for e in found.itertuples()
    ]
    years = sorted({date[:4] for date in found["date"]})
    return Matrix(
        ["Who says so", "Date", "What is said to have happened", "Address"],
        rows,
        widths=[30, 18, 0, 9],
    ).tell(
        title=(
            f"{capital(several(len(found), 'account'))} of one ending name the years"
            f" {listed(years)}"
        ),
        subtitle=f"When and how the treaty of {treaty_id} ended, by whom: accounts side by side",
        description=f"Table of {len(found)} accounts with dates from {years[0]} to {years[-1]}.",
        source="table endings",
        evidence=_rows(tables, found["address"]),
    )


@styled
def to_force(tables, treaty_id: str = "2024") -> Picture:
    """From signature to force: the acts of a treaty by state and day, with the documents of the day
    of its signature.
    """
    acts = tables.treaty_acts[tables.treaty_acts["treaty_id"] == treaty_id]
    documents = tables.sources[
        tables.sources["published"]
        == tables.treaties.set_index("treaty_id").at[treaty_id, "signed"]
    ]
    spots = [(a.by, dt.date.fromisoformat(a.date), a.label, a.kind) for a in acts.itertuples()]
    spots += [
        ("documents", dt.date.fromisoformat(s.published), f"{s.source_id} published", "document")
        for s in documents.itertuples()
    ]
    picture = Picture(height=4.5)
    picture.subplots_adjust(left=0.135, right=0.99, top=0.985, bottom=0.075)
    between = days_to_force(tables, treaty_id)
    _draw(picture.add_subplot(), picture.get_size_inches()[0] * 0.855, spots, between)
    return picture.tell(
        title=(
            f"{between} days lay between signature and force"
            if between is not None
            else "Signed; not in force, as far as was known on the last day shown"
        ),
        subtitle=(
            f"The treaty of {treaty_id}: acts of both states, of each state, and the document in"
            " our corpus that is of the day of signature"
        ),
        description=f"Timeline in {len(LANES)} lanes. "
        + " ".join(f"{capital(day(a.date))}: {a.act}" for a in acts.itertuples())
        + "".join(
            f" {day(s.published)}: {s.source_id} is published." for s in documents.itertuples()
        ),
        source="; ".join([*acts["address"], *(f"{s} ¶1" for s in documents["source_id"])]),
        evidence=_rows(tables, [*acts["address"], *(f"{s} ¶1" for s in documents["source_id"])]),
    )


def _draw(axes, inches, spots, between):
    first, last = min(s[1] for s in spots), max(s[1] for s in spots)
    start, end = first - dt.timedelta(days=12), last + dt.timedelta(days=48)
    axes.set_xlim(start, end)
    axes.set_ylim(len(LANES) - 0.45, -0.6)
    axes.set_yticks(range(len(LANES)), ["Both states", "Russia", "North Korea", "Our document"])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_locator(mdates.MonthLocator())
    axes.xaxis.set_major_formatter(mdates.DateFormatter("%b %Y"))
    axes.hlines(range(len(LANES)), start, end, color=PALE, linewidth=1, zorder=1)
    if between is not None:
        force = next(s[1] for s in spots if s[3] == "in force")
        axes.plot([first, force], [0, 0], color=INK, linewidth=2.5, zorder=2)
        axes.text(
            first + (force - first) / 2,
            -0.12,
            f"{between} days",
            ha="center",
            va="bottom",
            fontsize=12,
            fontweight="bold",
            color=INK,
        )
    colours = {"both": INK, "documents": YEARS["2024"], **STATES}
    for row, lane in enumerate(LANES):
        here = sorted(spot for spot in spots if spot[0] == lane)
        labels = [f"{label}\n{day(when.isoformat())[:-5]}" for _, when, label, _ in here]
        at = [(when - start).days * inches / (end - start).days for _, when, _, _ in here]
        places = _places(
            [(x, max(map(len, text.split("\n"))) * CHARACTER) for x, text in zip(at, labels)],
            inches,
        )
        for (_, when, _, kind), text, place in zip(here, labels, places or [None] * len(here)):
            axes.plot(
                when,
                row,
                MARKS[kind],
                color=colours[lane],
                markersize=12 if kind in ("document", "in force") else 9,
                markeredgecolor="white",
                markeredgewidth=0.8,
                zorder=4,
                linestyle="none",
            )
            if place is not None:
                level, left = place
                axes.annotate(
                    text,
                    (mdates.date2num(when), row),
                    xytext=(-4 if left else 4, -8 * level),
                    textcoords="offset points",
                    ha="right" if left else "left",
                    va="bottom" if level < 0 else "top",
                    fontsize=10.5,
                    color=colours[lane],
                    zorder=5,
                    linespacing=1.1,
                )


def _places(labels, inches, used=()):
    """Where the labels of a lane go: a list of (level, left), above or below the line, right or
    left of the mark; None where not all find room. ``labels`` are (place of the mark, width) in
    inches.
    """
    if not labels:
        return []
    (at, width), *rest = labels
    for level, left in ((-1, False), (1, False), (-1, True), (1, True)):
        begin, end = (at - width, at) if left else (at, at + width)
        if (
            begin >= 0
            and end <= inches
            and all(
                level != other or begin > stop + 0.06 or end + 0.06 < go for other, go, stop in used
            )
        ):
            following = _places(rest, inches, (*used, (level, begin, end)))
            if following is not None:
                return [(level, left), *following]
    return None
