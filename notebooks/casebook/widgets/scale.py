"""Judge pairs of phrasings, and see what a scale hangs on: without one judge, without one
phrase.
"""

from html import escape

from ipywidgets import HTML, Button, Checkbox, Dropdown, RadioButtons

from casebook.answers import NotKept, learner
from casebook.charts.scale import CALLED
from casebook.figure.english import capital, day, several, shortened
from casebook.methods.scale import (
    CANNOT,
    READER,
    SYNTHETIC,
    NotConnected,
    class_judgements,
    items_of,
    judgements_of,
    next_pair,
    noise_floor,
    pair_order,
    scale,
    twins,
    without,
)
from casebook.widgets.idle import when_idle
from casebook.widgets.panel import Panel, made

KIND, MINE, NOTHING = "judgement", "my own judgements", "nothing"
WANTED = 10  # comparisons of each phrase that are generally enough (F295)
FEW = (
    f"A study of many such scales finds that {WANTED} are generally enough (F295); of one judge"
    " alone it says nothing. Take yours as a first guess, and its intervals as too narrow."
)
FIRST, SECOND = "the first", "the second"


def opening_pair(phrases) -> tuple[str, str]:
    """The pair that everybody judges first, so that a class has one in common: none of the two
    Englishes of a sentence.
    """
    apart = set(phrases.loc[phrases["version_of"] != "", "phrase_id"])
    return next(pair for pair in pair_order(phrases["phrase_id"], 0) if not apart & set(pair))


def own_judgements(tables, work, judge: str = "me"):
    """The learner's judgements of phrases that are here, as a table."""
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


def _key(pair) -> str:
    return "|".join(sorted(pair))


def judge_phrasings(tables) -> Panel:
    """Two phrasings: which sounds as if it commits more, or can't they be compared? Kept by
    ``answers``; dates, speakers and the learner's own scale on request, once there are as many
    judgements as phrases.
    """
    work, phrases = learner(), tables.phrases.set_index("phrase_id")
    items, opening, enough = list(phrases.index), opening_pair(tables.phrases), len(phrases)
    pair_shown = made(HTML, width="100%")
    choice = made(
        RadioButtons,
        options=[f"{FIRST} sounds stronger", f"{SECOND} sounds stronger", "they can't be compared"],
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
    scales, state = (
        {},
        {"pair": None},
    )  # pair: the one on the screen, which stays when another tab judges

    def draw(told="", pair=None):
        judged = _usable(items, work)
        done = len(judged)
        pair = state["pair"] = pair or next_pair(items, judged, opening)
        pair_shown.value = _pair(phrases, pair)
        says = (
            f"{told} {done} of {enough} judged.".strip()
            if done <= enough
            else f"{told} {done} judged; {enough} were asked for.".strip()
        )
        html = ""
        if pair is None:
            says = f"{told} All {done} pairs are judged.".strip()
        if reveal.value and done < enough:
            html = (
                "<p>Your scale, the dates and the speakers open after"
                f" {several(enough - done, 'more judgement')}: whoever knows them hears them.</p>"
            )
        elif reveal.value:
            html = _own_scale(tables, work, scales)
        panel.show(
            html,
            says,
            controls=pair_shown.value
            + "<ul>"
            + "".join(f"<li>{escape(option)}</li>" for option in choice.options)
            + "</ul>",
        )

    def on_keep(_):
        pair = state["pair"]
        if pair is None or choice.value is None:
            draw("" if pair is None else "Choose one of the three first.", pair)
            return
        told = "Kept."
        try:
            work.keep(KIND, _key(pair), [*pair, CANNOT][choice.index])
        except NotKept as error:
            told = str(error)
        choice.value = None
        draw(told)

    def on_undo(_):
        judged = _usable(items, work)
        if not judged:
            draw("Nothing to undo yet.", state["pair"])
            return
        pair, told = _last(work, items, judged, opening), "Undone: judge it again."
        try:
            work.forget(KIND, _key(pair))
        except NotKept as error:
            told = str(error)
        choice.value = None
        draw(told, pair)

    keep.on_click(on_keep)
    undo.on_click(on_undo)
    reveal.observe(lambda _: draw(pair=state["pair"]), "value")
    panel.choice = choice
    draw()
    return panel


def _last(work, items, judged, opening) -> tuple[str, str]:
    """The pair that was judged last: the answers are gone through as they were asked for. Where an
    import brought in others, the latest by its time.
    """
    so_far, pair = {}, None
    while len(so_far) < len(judged):
        asked = next_pair(items, so_far, opening)
        if _key(asked) not in judged:
            times = {
                key: entry.at
                for (kind, key), entry in work.entries().items()
                if kind == KIND and key in judged
            }
            return tuple(max(times, key=times.get).split("|"))
        pair = asked
        so_far[_key(pair)] = judged[_key(pair)]
    return pair


def _pair(phrases, pair) -> str:
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
    unsure = int((mine["chosen"] == CANNOT).sum())
    said = (
        f"<p>{capital(several(unsure, 'pair'))} of {len(mine)} you called not comparable: counted"
        " here, left out of the scale.</p>"
    )
    try:
        found = scale(mine, sorted(tables.phrases["phrase_id"])).merge(
            tables.phrases, on="phrase_id"
        )
    except NotConnected as gap:
        rows = "".join(
            f"<tr><td>{day(r.date)}</td><td>{escape(r.speaker)}"
            f" <small>({r.address})</small></td><td>{r.phrase_id}: “{escape(r.words)}”</td></tr>"
            for r in tables.phrases.sort_values(["date", "phrase_id"]).itertuples()
        )
        return (
            said
            + _loose(gap.parts, mine, tables.phrases)
            + "<details><summary>Dates and speakers, without strengths: better read when you have"
            " judged on</summary><table><thead><tr><th scope='col'>When</th><th"
            " scope='col'>Whose</th><th scope='col'>The words</th></tr></thead><tbody>"
            + rows
            + "</tbody></table></details>"
        )
    rows = "".join(
        f"<tr><td>{n}</td><td>“{escape(r.words)}”</td><td>{escape(r.speaker)}, {day(r.date)}"
        f" <small>({r.address})</small></td><td>{r.strength:+.1f} <small>({r.low:+.1f} to"
        f" {r.high:+.1f})</small></td></tr>"
        for n, r in enumerate(found.itertuples(), 1)
    )
    pairs = "; ".join(
        f"{p.stronger} and {p.weaker} {several(p.places, 'place')} apart"
        for p in twins(found, tables.phrases).itertuples()
    )
    floor = (
        "<p>Your noise floor: two Englishes that we take for one sentence lie up to"
        f" {noise_floor(found, tables.phrases):.1f} log odds apart ({escape(pairs)}).</p>"
    )
    each = 2 * (len(mine) - unsure) / len(found)
    few = (
        f"<p>Each phrasing stands in {each:.0f} comparisons on average. {FEW}</p>"
        if each < WANTED
        else ""
    )
    return (
        said
        + floor
        + few
        + "<table><thead><tr><th scope='col'>Place</th><th scope='col'>The words</th><th"
        " scope='col'>Whose, when</th><th scope='col'>Strength, and where it lies in 95 of 100"
        f" resamples</th></tr></thead><tbody>{rows}</tbody></table>"
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


def leave_one_out(tables) -> Panel:
    """A scale without one of its judges or one of its phrases: what changes? Worked out when
    something is left out.
    """
    sets = made(
        Dropdown,
        options=[
            (CALLED[READER].split(",")[0], READER),
            (CALLED[SYNTHETIC].split(",")[0], SYNTHETIC),
            (MINE, MINE),
        ],
        value=SYNTHETIC,
        description="Judgements",
        width="330px",
    )
    left = made(Dropdown, options=[NOTHING], value=NOTHING, description="Leave out", width="98%")
    panel = Panel("What does the scale hang on?", [sets, left])
    words = dict(zip(tables.phrases["phrase_id"], tables.phrases["words"]))
    state = {"busy": False}

    def judgements():
        return (
            own_judgements(tables, learner())
            if sets.value == MINE
            else judgements_of(tables, sets.value)
        )

    def offer():
        mine = judgements()
        judges = [(f"judge: {name}", ("judge", name)) for name in sorted(set(mine["judge"]))]
        state["busy"] = True
        left.options = [
            (NOTHING, NOTHING),
            *judges,
            *((f"{p}: {shortened(words[p], 80)}", ("phrase", p)) for p in items_of(mine)),
        ]
        left.value = NOTHING
        state["busy"] = False

    def draw(_=None):
        if not state["busy"]:
            html, says = _change(tables, judgements(), left.value, words)
            panel.show(
                html,
                says,
                controls=f"<p>Judgements: {escape(sets.label)}; left out: {escape(left.label)}</p>",
            )

    def on_sets(_):
        offer()
        draw()

    sets.observe(on_sets, "value")
    left.observe(draw, "value")
    offer()
    draw()
    when_idle(
        lambda: _change(tables, judgements(), left.options[1][1], words)
    )  # scipy, and the whole scale
    return panel


def _change(tables, mine, left, words) -> tuple[str, str]:
    if mine.empty:
        return "<p>Judge some pairs first; they are kept.</p>", "You have no judgements yet."
    if left == NOTHING:
        judges = sorted(set(mine["judge"]))
        return (
            "<p>Choose a judge or a phrase to leave out.</p>",
            (
                f"Nothing left out: {several(len(judges), 'judge')}, {len(mine)} judgements of"
                f" {len(items_of(mine))} phrasings."
            ),
        )
    kind, name = left
    if kind == "judge" and mine["judge"].nunique() == 1:
        return (
            (
                "<p>A scale by one judge is that judge's. How far another would agree, it can't"
                " say.</p>"
            ),
            f"Without {name} nothing is left: it is the only judge.",
        )
    try:
        change = without(mine, **{kind: name})
    except NotConnected as gap:
        return (
            (
                f"<p>{escape(capital(str(gap)))}. Numbers would be nonsense here, so none are"
                " given.</p>"
            ),
            f"Without {name} there is no common scale.",
        )
    moved = change[change["moved"] != 0]
    says = f"Without {name}: {several(len(moved), 'phrasing')} of {len(change)} change places"
    if len(moved):
        most = moved.loc[moved["moved"].abs().idxmax()]
        says += (
            f", {most['phrase_id']} most, by {several(abs(int(most['moved'])), 'place')}"
            f" {'up' if most['moved'] > 0 else 'down'}"
        )
    floors = [
        noise_floor(change.rename(columns={side: "strength"}), tables.phrases)
        for side in ("before", "after")
    ]
    says += (
        f". Noise floor {floors[0]:.2f} before, {floors[1]:.2f} now."
        if floors[0] == floors[0]
        else "."
    )
    rows = "".join(
        f"<tr><td>{r.place_before}</td><td>{_arrow(r.moved)}</td><td>{r.place_after}</td><td>"
        f"{r.phrase_id}:"
        f" “{escape(words[r.phrase_id])}”</td><td>{r.before:+.2f} → {r.after:+.2f}</td></tr>"
        for r in change.itertuples()
    )
    return (
        (
            "<table><thead><tr><th scope='col'>Place before</th><th scope='col'>Moved</th><th"
            " scope='col'>Place now</th><th scope='col'>The words</th><th"
            f" scope='col'>Strength</th></tr></thead><tbody>{rows}</tbody></table>"
        ),
        says,
    )


def _arrow(moved: int) -> str:
    return "·" if not moved else f"{'▲' if moved > 0 else '▼'} {abs(moved)}"
