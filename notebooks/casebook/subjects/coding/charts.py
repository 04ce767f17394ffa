"""The codebook as a table, how far this corpus's two coders agree, what an unseen record says, and
each document as a bar of its codes, the learner's own among them.
"""

import re
from collections.abc import Sequence
from functools import partial

import pandas as pd
from matplotlib.patches import Patch

from casebook.core.tables import Tables
from casebook.figure import (
    CODED,
    GREY,
    INK,
    Html,
    LayeredPicture,
    Parts,
    TableExhibit,
    cell,
    small,
    strong,
    styled,
)
from casebook.figure.english import capital, count_words, listed, number, several
from casebook.subjects.coding.methods.coding import (
    CODES,
    NO_VALUE,
    TOLD,
    coding_items,
    document_codes,
    in_words,
)

__all__ = [
    "codebook",
    "codebook_card",
    "coding_sheet",
    "reliability",
    "statement",
    "statement_card",
]

# A value's look by its place in the codebook: colour and hatch, so that colour is never alone.
LOOKS = (
    ("#0b5fa5", ""),
    ("#7fb2d9", "//"),
    ("#bdbdbd", ".."),
    ("#b23a00", ""),
    ("#e9b08c", "\\\\"),
    ("#6a3d9a", "--"),
)
NO_LOOK = ("#ffffff", "xxx")  # a claim for which the codebook has no value
BAR = 0.62  # inches: a document's row
THICK = 0.7  # of it
NOBODYS = " "  # the name and the only value of a document that is not written yet
LABEL = 24  # characters of a document's name beside its bar


def _values(tables: Tables, code: str) -> pd.DataFrame:
    return tables.codebook[tables.codebook["code"] == code]


def codebook(tables: Tables, code: str) -> TableExhibit:
    """One code of the codebook: for each value its test question, an example, a near miss. Raises
    KeyError for no code.
    """
    values = _values(tables, code)
    if values.empty:
        there = ", ".join(dict.fromkeys(tables.codebook["code"]))
        raise KeyError(f"there is no code {code!r}; there are: {there}")
    return TableExhibit(
        ["Value", "Ask", "An example", "A near miss"],
        [[strong(in_words(v.value)), v.test, v.example, v.near_miss] for v in values.itertuples()],
        widths=[14, 30, 26, 30],
    ).describe(
        title=(
            f"{capital(code)} has {several(len(values), 'value')}, each with a question that"
            " decides it"
        ),
        subtitle=f"{values.iloc[0]['question']} If two values seem to fit, read both near misses",
        description=(
            f"Table of {len(values)} values of the code {code}: {', '.join(values['value'])}."
        ),
        source="data/codebook.md",
    )


def reliability(tables: Tables) -> TableExhibit:
    """How far the two coders of this corpus agree, per code, and why the figures flatter."""
    found = tables.reliability
    contested = tables.codings.loc[tables.codings["contested"] == "yes", "claim_id"].nunique()
    told = (
        f"{r.code} alpha {r.alpha:.2f} over {r.claims} claims; a third coder, as told,"
        f" {TOLD[r.code]:.2f}"
        for r in found.itertuples()
    )
    return TableExhibit(
        ["Code", "Claims", "Same value", "Alpha", "95 % interval", "A third coder, as told"],
        [
            [
                strong(r.code),
                str(r.claims),
                f"{r.agreement:.1%}",
                f"{r.alpha:.2f}",
                # Drawn anew, claims on which nobody parted show no doubt, but there is some.
                f"{r.low:.2f} to {r.high:.2f}" if r.low < r.high else "none: nobody parted",
                f"{TOLD[r.code]:.2f}",
            ]
            for r in found.itertuples()
        ],
    ).describe(
        title=(
            f"Two coders parted over {contested} of {found['claims'].max()} claims; on every code"
            f" alpha is about {found['alpha'].min():.2f} or more"
        ),
        subtitle=(
            "Krippendorff's alpha: 1 is full agreement, 0 is what chance gives. Both coders are"
            " language models that read for this project, each alone. The figures flatter: one"
            " project, the claims' wording gives some codes away, and some examples of the codebook"
            " are claims of this corpus. Last column: alpha of a third, independent coding from"
            " outside against the settled codes, as told to us, not computed here"
        ),
        description=f"Table of {number(len(found))} codes: {'; '.join(told)}.",
        source="data/reliability.csv, from data/codings.csv; the last column: told to us",
    )


def codebook_card(tables: Tables) -> TableExhibit:
    """All four codes in one column, for paper: each code's question, each value's test question and
    near miss.
    """
    return TableExhibit(
        ["Code, values, test questions and near misses"],
        [[_card(code, _values(tables, code))] for code in CODES],
    ).describe(
        title=(
            f"{capital(number(len(CODES)))} codes have {len(tables.codebook)} values, each with a"
            " question that decides it"
        ),
        subtitle="The codebook, without its examples",
        description=f"Table of {len(CODES)} codes: {', '.join(CODES)}.",
        source="data/codebook.md",
    )


def _card(code: str, values: pd.DataFrame) -> Html:
    lines = (
        cell(
            *(Html("<li>"), strong(in_words(v.value)), f": {v.test} "),
            *(Html("<em>Near miss:</em>"), f" {v.near_miss}", Html("</li>")),
        )
        for v in values.itertuples()
    )
    question = f": {values.iloc[0]['question']}"
    return cell(strong(code), question, Html("<ul>"), *lines, Html("</ul>"))


def coding_sheet(tables: Tables, first: int = 5) -> TableExhibit:
    """The first few claims of lesson 10, each with its words or with the claim before it, since a
    role is one in a text, and with its settled codes: on paper the cells are blank.
    """
    before = tables.claims.groupby("source_id")["claim"].shift()
    before = dict(zip(tables.claims["claim_id"], before, strict=True))
    items = coding_items(tables).head(first)
    items = items.assign(before=items["claim_id"].map(before).fillna(""))
    return TableExhibit(
        ["The claim, in our words, and what is quoted with it", *CODES],
        [[_claim(item), *(getattr(item, code) for code in CODES)] for item in items.itertuples()],
        widths=[44, 14, 14, 14, 14],
    ).describe(
        title=f"{capital(number(len(items)))} claims to code",
        subtitle="Four codes each, by the codebook's questions",
        description=f"Table of {len(items)} claims by four codes.",
        source="; ".join(f"{i.source_id} ¶{i.paragraph}" for i in items.itertuples()),
    )


def _claim(item) -> Html:
    """A claim, what is quoted with it, where it stands, and, without words, after which claim."""
    place = f"{item.source_id} ¶{item.paragraph}, {item.kind}"
    place += f"; the claim before it: {item.before}" if item.before and not item.quote else ""
    return cell(item.claim, f" “{item.quote}” " if item.quote else " ", small(place))


def statement(tables: Tables, address: str) -> TableExhibit:
    """A document known to us from facts alone: what each of them has of it, in order."""
    rows = tables.resolve(address)
    words = sum(count_words(part) for row in rows for part in re.findall("“([^”]*)”", row.text))
    return TableExhibit(
        ["Address", "What is known of it", "Where from"],
        [[strong(row.address), row.text, row.source] for row in rows],
        widths=[9, 61, 30],
    ).describe(
        title=f"An unseen statement, {words} words of it exact, the rest in ours",
        subtitle="What stands inside the marks is the statement's own; the marks are ours",
        description=f"Table of {len(rows)} rows on one statement: {address}.",
        source=address,
        evidence=rows,
    )


def statement_card(tables: Tables, address: str = "F380; F381") -> TableExhibit:
    """The unseen statement in one column, for paper."""
    whole = statement(tables, address)
    rows = [
        [cell(text, small(f" {row.address}"))]
        for row, (_, text, _) in zip(whole.evidence, whole.rows)
    ]
    return TableExhibit(["What is known of it"], rows).describe(
        title=whole.title,
        subtitle=whole.subtitle,
        description=whole.description,
        source=whole.source,
        evidence=whole.evidence,
    )


@styled
def codes_of_documents(
    tables: Tables, code: str, own: Sequence[str] = (), name: str = ""
) -> LayeredPicture:
    """Each document as a bar of its claims' values of one code, at the foot the learner's ``own``
    values, under the ``name`` of their document.
    """
    counts = document_codes(tables, code, own, name)
    shown = [value for value in counts if len(own) or counts[value].any()]
    picture = _documents(counts[shown], list(counts), bool(own))
    told = {label: _told_values(row) for label, row in counts.iterrows()}
    return picture.describe(
        title=f"{name} has {several(len(own), 'claim')}: {told[name]}" if own else "Five documents",
        subtitle=(f"Share of each document's claims by {code}; the numbers in the bars are claims"),
        description=f"Stacked bars of {code}, one a document. "
        + " ".join(f"{label}: {values}." for label, values in told.items()),
        source="data/claims.csv" + ("; the last bar: your own codes" if own else ""),
    )


@styled
def documents_for_page(tables: Tables, code: str, most: int) -> dict:
    """The documents by a code for a page without a kernel: five, and six of which it draws the
    last bar itself. Each has its HTML, without the picture's bytes and with "?" for what is said of
    the sixth, and its picture in layers; six have a part for each value and each number up to
    ``most``. ``across``, ``down`` and ``label`` say where the last bar lies, and how its name
    looks.
    """
    five = codes_of_documents(tables, code)
    six = codes_of_documents(tables, code, [NOBODYS], NOBODYS)
    values = list(document_codes(tables, code))
    (axes,), row = six.axes, len(tables.sources)
    parts: Parts = {
        ("bar", value): partial(axes.barh, row, 1, height=THICK, **_look(values, value))
        for value in values
    }
    parts |= {("count", n): partial(_draw_count, axes, 0, row, n) for n in range(1, most + 1)}
    six.show_parts(parts)
    frames = [CODED.sub("", picture.html(in_panel=True)) for picture in (five, six)]
    across, down = zip(*(axes.transData.transform([[0, row], [1, row]]) * 72 / six.dpi))
    (*_, label) = axes.get_yticklabels()
    return {
        "five": {"frame": frames[0], "picture": five.in_layers()},
        "six": {"frame": frames[1].replace(f"{NOBODYS}: .", "?"), "picture": six.in_layers()},
        "across": [round(float(x), 3) for x in across],
        "down": round(float(72 * six.get_figheight() - down[0]), 3),
        "label": {
            "most": LABEL,
            "size": label.get_fontsize(),
            "off": axes.yaxis.get_tick_padding(),
            "ink": INK,
        },
    }


def _told_values(counts: pd.Series) -> str:
    """The values that a document has and how often: 'three paraphrased and one quoted'."""
    there = counts[counts > 0].sort_values(ascending=False, kind="stable")
    return listed(f"{number(n)} “{in_words(value)}”" for value, n in there.items())


def _documents(counts: pd.DataFrame, values: Sequence[str], own: bool) -> LayeredPicture:
    """A picture with a bar for each document; ``values`` are all of the code."""
    lines = -(-len(counts.columns) // 3)
    picture = LayeredPicture(height=BAR * len(counts) + 0.3 * lines + 0.4)
    top = 1 - (0.3 * lines + 0.25) / picture.get_figheight()
    picture.subplots_adjust(left=0.285, right=0.985, top=top, bottom=0.03)
    axes = picture.add_subplot()
    shares = counts.div(counts.sum(axis=1), axis=0).fillna(0)
    left = 0 * shares.iloc[:, 0]
    for value in counts:
        for row, (count, start, share) in enumerate(zip(counts[value], left, shares[value])):
            if count:
                axes.barh(row, share, left=start, height=THICK, **_look(values, value))
                _draw_count(axes, start + share / 2, row, count)
        left = left + shares[value]
    axes.set_xlim(0, 1)
    axes.set_ylim(len(counts) - 0.5, -0.5)
    axes.set_yticks(range(len(counts)), [_short(name) for name in counts.index])
    axes.set_xticks([])
    axes.spines[:].set_visible(False)
    axes.tick_params(axis="y", length=0)
    if own:
        axes.get_yticklabels()[-1].set(fontweight="bold", color=INK, parse_math=False)
        axes.axhline(len(counts) - 1.5, color=INK, linewidth=1.2)
    meaning = [Patch(label=in_words(value), **_look(values, value)) for value in counts]
    place = {"loc": "lower left", "bbox_to_anchor": (-0.4, 1.0), "ncols": 3}
    axes.legend(handles=meaning, frameon=False, fontsize=11, **place)
    return picture


def _short(name: str) -> str:
    """A document's name, cut where it is longer than its place beside the bar."""
    return name if len(name) <= LABEL else f"{name[: LABEL - 1].rstrip()}…"


def _look(values: Sequence[str], value: str) -> dict:
    """How a value looks; ``values`` are all of the code."""
    colour, hatch = NO_LOOK if value == NO_VALUE else LOOKS[values.index(value)]
    edge = GREY if value == NO_VALUE else "white"
    return {"facecolor": colour, "hatch": hatch, "edgecolor": edge, "linewidth": 1}


def _draw_count(axes, across: float, row: int, count: int) -> list:
    ground = {"facecolor": "white", "edgecolor": "none", "boxstyle": "round,pad=0.18"}
    look = {"ha": "center", "va": "center", "fontsize": 11, "fontweight": "bold", "bbox": ground}
    return [axes.text(across, row, str(count), color=INK, **look)]
