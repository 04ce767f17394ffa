"""Judge pairs of phrasings, and see the scale that one's own judgements give."""

from html import escape

import pandas as pd
from ipywidgets import HTML, Button, Checkbox, RadioButtons

from casebook.answers import Work, learner
from casebook.core.tables import Tables
from casebook.figure import Html, cell, html_table, small
from casebook.figure.english import capital, day, several
from casebook.panel.kept import saved
from casebook.panel.panel import InPage, Panel, made
from casebook.subjects.commitment.methods.pairs import (
    CANNOT,
    SEED,
    NotConnected,
    class_judgements,
    next_pair,
    pair_order,
)
from casebook.subjects.commitment.methods.scale import (
    ALPHA,
    TIMES,
    noise_floor,
    scale,
    twins,
)

__all__ = ["judge_phrasings"]

KIND = "judgement"
WANTED = 10  # comparisons of each phrase that are generally enough (F295)
FEW = (
    f"A study of many such scales finds that {WANTED} are generally enough (F295); of one judge"
    " alone it says nothing. Take yours as a first guess, and its intervals as too narrow."
)
FIRST, SECOND = "the first", "the second"


def opening_pair(phrases: pd.DataFrame) -> tuple[str, str]:
    """The pair that everybody judges first, so that a class has one in common: none of the two
    Englishes of a sentence.
    """
    apart = set(phrases.loc[phrases["version_of"] != "", "phrase_id"])
    return next(pair for pair in pair_order(phrases["phrase_id"], 0) if not apart & set(pair))


def own_judgements(tables: Tables, work: Work, judge: str = "me") -> pd.DataFrame:
    """The learner's judgements of phrases that are here: columns judge, first, second, chosen."""
    return class_judgements(_usable(tables.phrases["phrase_id"], work), judge)


def _usable(items, work) -> dict:
    """What is kept, without what is no judgement and what is of phrases that are not here."""
    known, found = set(items), {}
    for key, chosen in work.kept(KIND).items():
        pair = key.split("|")
        if (
            len(pair) == 2
            and pair == sorted(set(pair))
            and known.issuperset(pair)
            and chosen in (*pair, CANNOT)
        ):
            found[key] = chosen
    return found


def key_of(pair: tuple[str, str]) -> str:
    """The key under which the judgement of a pair is kept."""
    return "|".join(sorted(pair))


def judge_phrasings(tables: Tables) -> Panel:
    """Two phrasings: which sounds as if it commits more, or can't they be compared? Kept by
    ``answers``; dates, speakers and the learner's own scale on request, once there are as many
    judgements as phrases.
    """
    # Not declared: the pair on the screen follows from what is kept, and each answer is kept.
    # Long, since its handlers share its controls.
    work, phrases = learner(), tables.phrases.set_index("phrase_id")
    items, opening = list(phrases.index), opening_pair(tables.phrases)
    pair_shown = made(HTML, width="100%")
    choice = made(
        RadioButtons,
        options=[
            f"{FIRST} sounds as if it commits more",
            f"{SECOND} sounds as if it commits more",
            "they can't be compared",
        ],
        value=None,
        description="In English,",
        width="100%",
    )
    keep, undo = (
        made(Button, description="Keep it, next pair"),
        made(Button, description="Undo the last"),
    )
    reveal = made(
        Checkbox,
        value=False,
        description="Show my scale, with dates and speakers",
        indent=False,
        width="420px",
    )
    panel = Panel(
        "Which sounds as if it commits more, or can't they be compared?",
        [pair_shown, choice, keep, undo, reveal],
    )
    scales = {}
    state = {"pair": None}  # the one on the screen, which stays when another tab judges

    def draw(told="", pair=None):
        judged = _usable(items, work)
        pair = state["pair"] = pair or next_pair(items, judged, opening)
        pair_shown.value = pair_as_html(phrases, pair)
        options = "".join(f"<li>{escape(option)}</li>" for option in choice.options)
        html = ""
        if reveal.value:
            enough = len(judged) >= len(phrases)
            html = _own_scale(tables, work, scales) if enough else _closed(judged, phrases)
        panel.show(
            html,
            _count(told, len(judged), len(phrases), pair is None),
            controls=f"{pair_shown.value}<ul>{options}</ul>",
        )

    def on_keep(_):
        pair = state["pair"]
        if pair is None or choice.value is None:
            draw("" if pair is None else "Choose one of the three first.", pair)
            return
        problem = saved(work.keep, KIND, key_of(pair), [*pair, CANNOT][choice.index])
        choice.value = None
        draw(problem or "Kept.")

    def on_undo(_):
        judged = _usable(items, work)
        if not judged:
            draw("Nothing to undo yet.", state["pair"])
            return
        pair = _last(work, items, judged, opening)
        problem = saved(work.forget, KIND, key_of(pair))
        choice.value = None
        draw(problem or "Undone: judge it again.", pair)

    keep.on_click(on_keep)
    undo.on_click(on_undo)
    panel.watch(lambda _: draw(pair=state["pair"]), reveal)
    panel.choice = choice
    panel.in_page = InPage("pairs", lambda: _for_page(tables.phrases, opening))
    draw()
    return panel


def _for_page(phrases: pd.DataFrame, opening: tuple[str, str]) -> dict:
    """The phrasings for a page without a kernel, which asks for pairs and fits the scale itself."""
    return {
        "opening": opening,
        "cannot": CANNOT,
        "wanted": WANTED,
        "few": FEW,
        "alpha": ALPHA,
        "times": TIMES,
        "seed": SEED,
        "dates": _dates_and_speakers(phrases),
        "phrases": [
            {
                "id": p.phrase_id,
                "words": escape(p.words),
                "version_of": p.version_of,
                "whose": _whose(p),
            }
            for p in phrases.itertuples()
        ],
    }


def _whose(row) -> str:
    """Whose words a phrasing is, and of when, as HTML."""
    return f"{escape(row.speaker)}, {day(row.date)} <small>({row.address})</small>"


def _count(told: str, done: int, wanted: int, all_judged: bool) -> str:
    """How many pairs are judged, after what is to be told first."""
    if all_judged:
        says = f"All {done} pairs are judged."
    elif done <= wanted:
        says = f"{done} of {wanted} judged."
    else:
        says = f"{done} judged; {wanted} were asked for."
    return f"{told} {says}".strip()


def _closed(judged: dict, phrases: pd.DataFrame) -> str:
    """Why the scale is not shown yet."""
    more = several(len(phrases) - len(judged), "more judgement")
    return (
        f"<p>Your scale, the dates and the speakers open after {more}: whoever knows them hears"
        " them.</p>"
    )


def _last(work, items, judged, opening) -> tuple[str, str]:
    """The pair that was judged last: the answers are gone through as they were asked for. Where an
    import brought in others, the latest by its time.
    """
    so_far, pair = {}, None
    while len(so_far) < len(judged):
        asked = next_pair(items, so_far, opening)
        if key_of(asked) not in judged:
            times = {
                key: entry.at
                for (kind, key), entry in work.entries().items()
                if kind == KIND and key in judged
            }
            return tuple(max(sorted(times), key=times.get).split("|"))
        pair = asked
        so_far[key_of(pair)] = judged[key_of(pair)]
    return pair


def pair_as_html(phrases: pd.DataFrame, pair: tuple[str, str] | None) -> str:
    """The words of a pair of phrasings, one over the other."""
    if pair is None:
        return "<p>No pair is left.</p>"
    return "".join(
        f"<blockquote><strong>{capital(name)}:</strong>"
        f" “{escape(phrases.at[p, 'words'])}”</blockquote>"
        for name, p in zip((FIRST, SECOND), pair)
    )


def _own_scale(tables, work, scales) -> str:
    """The learner's own scale as HTML; worked out once for a state of the judgements."""
    mine = own_judgements(tables, work)
    state = tuple(map(tuple, mine.to_numpy()))
    if state not in scales:
        scales.clear()
        scales[state] = _scale_html(tables, mine)
    return scales[state]


def _scale_html(tables, mine) -> str:
    phrases, unsure = tables.phrases, int((mine["chosen"] == CANNOT).sum())
    said = (
        f"<p>{capital(several(unsure, 'pair'))} of {len(mine)} you called not comparable: counted"
        " here, left out of the scale.</p>"
    )
    try:
        found = scale(mine, sorted(phrases["phrase_id"])).merge(phrases, on="phrase_id")
    except NotConnected as gap:
        return said + _loose(gap.parts, mine, phrases) + _dates_and_speakers(phrases)
    pairs = "; ".join(
        f"{p.stronger} and {p.weaker} {several(p.places, 'place')} apart"
        for p in twins(found, phrases).itertuples()
    )
    floor = (
        "<p>Your noise floor: two Englishes that we take for one sentence lie up to"
        f" {noise_floor(found, phrases):.1f} log odds apart ({escape(pairs)}).</p>"
    )
    each = 2 * (len(mine) - unsure) / len(found)
    few = (
        f"<p>Each phrasing stands in {each:.0f} comparisons on average. {FEW}</p>"
        if each < WANTED
        else ""
    )
    return said + floor + few + _places(found)


def _places(found: pd.DataFrame) -> str:
    """The scale as a table, the strongest first."""
    return html_table(
        [
            "Place",
            "The words",
            "Whose, when",
            "Strength, and where it lies in 95 of 100 resamples",
        ],
        [
            [
                f"{n}",
                f"“{r.words}”",
                Html(_whose(r)),
                cell(f"{r.strength:+.1f} ", small(f"({r.low:+.1f} to {r.high:+.1f})")),
            ]
            for n, r in enumerate(found.itertuples(), 1)
        ],
    )


def _dates_and_speakers(phrases: pd.DataFrame) -> str:
    table = html_table(
        ["When", "Whose", "The words"],
        [
            [day(r.date), f"{r.speaker} ({r.address})", f"{r.phrase_id}: “{r.words}”"]
            for r in phrases.sort_values(["date", "phrase_id"], kind="stable").itertuples()
        ],
    )
    return (
        "<details><summary>Dates and speakers, without strengths: better read when you have"
        f" judged on</summary>{table}</details>"
    )


def _loose(parts, mine, phrases) -> str:
    """Why there is no scale yet, how many more decided pairs it takes at least, and which phrases
    hang loose.
    """
    words, count = dict(zip(phrases["phrase_id"], phrases["words"])), len(phrases)
    most = max(parts, key=len)
    loose = [p for part in parts if part is not most for p in part]
    met = {p: int(((mine["first"] == p) | (mine["second"] == p)).sum()) for p in loose}
    html = (
        "<p><strong>No scale yet.</strong> “Can't be compared” is a real answer, and no fault:"
        " yours are kept. A scale needs a chain of decided pairs from each phrasing to every"
        f" other. {capital(several(len(parts) - 1, 'more decided pair'))} would close the chain,"
        " and the pairs that come next are chosen for it.</p>"
    )
    if len(most) == 1:
        return (
            html
            + "<p>So far no pair is decided. If none of them can be compared for you, that is a"
            " result as well: no scale.</p>"
        )
    lines = "".join(
        f"<li>{p}:"
        f" “{escape(words[p])}”"
        f"{' (all its pairs are judged: it stays off)' if met[p] == count - 1 else ''}</li>"
        for p in loose
    )
    return (
        html + f"<p>{capital(several(len(most), 'phrasing'))} hang together."
        f" {capital(several(len(loose), 'phrasing'))} not yet joined to them:</p><ul>{lines}</ul>"
    )
