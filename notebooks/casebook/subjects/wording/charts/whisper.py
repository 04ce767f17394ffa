"""The words of one sentence as tiles, and the hands that they go through."""

from collections.abc import Callable, Sequence
from html import escape

from casebook.core.tables import Evidence, Tables
from casebook.figure import TONES, Exhibit, Html, each_once, evidence_of
from casebook.figure.english import number, several, verb
from casebook.subjects.wording.methods.alignment import GAP, Operation, count
from casebook.subjects.wording.methods.whisper import Hand, Page, hands, sentences, whisper_pages

__all__ = ["as_tiles"]

TILE = (
    "display: inline-block; margin: 3px 2px; padding: 2px 7px; border-radius: 4px; line-height: 1.5"
)
PLAIN = "background: #ffffff; color: #222222; border: 1.5px solid #8a8a8a"
FADED = "background: #ececec; color: #5c5c5c; border: 1.5px dotted #8a8a8a"
LEGEND = "A word a tile: ⇄ changed · − dropped · + added · ‹ › not quoted"


class Tiles(Exhibit):
    """A sentence as one page has it, each word a tile, under the hands it went through."""

    def __init__(self, body: str):
        self._body = body

    def body(self) -> str:
        return self._body


def as_tiles(tables: Tables, variant: str) -> Tiles:
    """The sentence as one version has it, each word a tile. Raises KeyError for a version that is
    none of it.
    """
    row = sentences(tables).loc[variant]
    tiles = "".join(_tile(word, PLAIN) for word in row["text"].split())
    return Tiles(f"<p style='margin: 0; font-size: 17px'>{tiles}</p>").describe(
        title=f"The sentence in {row['label']}",
        subtitle=f"{count(row['text'])} words, a word a tile",
        description=row["text"],
        source=row["address"],
        evidence=evidence_of(tables, [row["address"]]),
    )


def passed_on(tables: Tables, source: str, variant: str) -> Tiles:
    """The sentence as a page has it on its way to a report: what became of the words of the page
    before. Raises StopIteration for a page that does not stand on this way.
    """
    rows = sentences(tables)
    page = next(page for page in whisper_pages(tables, source) if page.variant == variant)
    told = told_of(page, rows["label"].to_dict())
    addresses = rows.loc[[key for key in (page.before, page.variant) if key], "address"]
    body = _strip(hands(tables, source), page) + _tiles(page) + _said_of(rows["said_of"], page)
    return Tiles(body).describe(
        title=told,
        subtitle=LEGEND,
        description=f"{told}. {rows.at[variant, 'text']}",
        source=each_once(addresses),
        evidence=_rows(tables, addresses),
    )


def _rows(tables: Tables, addresses: Sequence[str]) -> Callable[[], Sequence[Evidence]]:
    return lambda: evidence_of(tables, addresses)


def from_to(page: Page, labels: dict[str, str]) -> str:
    """From which page to which the sentence goes."""
    return f"From {labels[page.before]} to {labels[page.variant]}"


def told_of(page: Page, labels: dict[str, str]) -> str:
    """What became of the words on the way to a page, counted: the counts add up to the words of the
    page before.
    """
    kept, changed, added = (page.alignment.counts[k] for k in ("kept", "changed", "added"))
    if not page.before:
        return f"{labels[page.variant]}: {kept} words set out"
    became = page.alignment.words("changed", "variant")
    says = {
        f"{several(changed, 'word')} became {number(became)}": changed,
        f"{number(page.missing)} {verb(page.missing, 'is', 'are')} dropped": page.missing,
        f"{number(page.unquoted)} {verb(page.unquoted, 'is', 'are')} not quoted": page.unquoted,
    }
    terms = [kept, *filter(None, says.values())]
    of = sum(terms)
    adds_up = f" ({' + '.join(map(str, terms))} = {of})" if len(terms) > 1 else ""
    parts = [f"{kept} of {of} words are kept", *(text for text, n in says.items() if n)]
    parts[-1] += adds_up
    parts += [f"{several(added, 'word')} {verb(added, 'is', 'are')} added"] * bool(added)
    parts += ["the page says them of something else"] * page.turned
    return f"{from_to(page, labels)}: {', '.join(parts)}"


def _strip(every: Sequence[Hand], page: Page) -> str:
    """All hands of the way; those since the page before are marked, inferred ones dashed."""
    boxes = []
    for hand in every:
        here = hand in page.hands
        line = "dashed" if hand.basis == "inferred" else "solid"
        look = f"background: {TONES['new'][1]}; color: {TONES['new'][0]}" if here else FADED
        border = f"border: 2px {line} {TONES['new'][0] if here else '#8a8a8a'}"
        name = f"<strong>▶ {escape(hand.who)}</strong>" if here else escape(hand.who)
        note = " (inferred)" if hand.basis == "inferred" else ""
        boxes.append(f"<span style='{TILE}; {look}; {border}'>{name}{note}</span>")
    return f"<p style='margin: 6px 0 10px'>{' › '.join(boxes)}</p>"


def _tiles(page: Page) -> str:
    shown = "".join(_stretch(x, page.quotes) for x in page.alignment.operations)
    return f"<p style='margin: 0; font-size: 17px'>{shown}</p>"


def _stretch(x: Operation, quotes: bool) -> str:
    """The tiles of a stretch of words. A mark alone, such as a comma, goes with its neighbour."""
    before, now = x.reference.split(), x.variant.split()
    if x.kind == "kept":
        return "".join(_tile(word, PLAIN) for word in now)
    if x.kind == "added":
        return _signed("ins", "good", f"+ {' '.join(now)}") if now != [GAP] else ""
    if x.kind == "changed":
        return _instead(" ".join(before), " ".join(now))
    if x.where == "inside" or not quotes:
        return _signed("del", "bad", f"− {' '.join(before)}") if count(x.reference) else ""
    words = [word for word in before if count(word)]
    return "".join(_tile(f"‹{word.strip(',')}›", FADED) for word in words)


def _tile(text: str, look: str) -> str:
    return f"<span style='{TILE}; {look}'>{escape(text)}</span>"


def _instead(before: str, now: str) -> str:
    """A tile of words that stand in the place of others."""
    html = f"<s style='opacity: 0.8'>{escape(before)}</s> ⇄ <strong>{escape(now)}</strong>"
    return _signed("span", "mixed", Html(html))


def _signed(tag: str, tone: str, text: str) -> str:
    colour, ground = TONES[tone]
    html = text if isinstance(text, Html) else escape(text)
    look = f"background: {ground}; color: {colour}; border: 1.5px solid {colour}"
    return f"<{tag} style='{TILE}; {look}; text-decoration: none'>{html}</{tag}>"


def _said_of(said_of, page: Page) -> str:
    """Of what a page says the words, and of what the page before did where that is another."""
    now = said_of[page.variant]
    tile = _instead(said_of[page.before], now) if page.turned else _tile(now, PLAIN)
    return f"<p style='margin: 10px 0 4px'>On this page the words are about: {tile}</p>"
