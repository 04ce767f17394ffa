"""Pictures of many states: each part is drawn once, a state is put together from its parts."""

import re
from collections.abc import Callable, Iterable
from xml.parsers import expat

from matplotlib.artist import Artist

from casebook.figure.exhibit import Picture
from casebook.figure.style import WIDTH, styled

# A part's key → the function that draws it and gives its artists.
Parts = dict[tuple, Callable[[], Iterable[Artist]]]


class LayeredPicture(Picture):
    """A picture of many states, such as the days of an as-of control, of which matplotlib draws
    each part once.

    Draw the ground, which stands in every state, into the picture's axes; then ``show_parts`` names
    what a state shows besides. A part never changes once it is drawn, it is shown or hidden: what
    looks different in another state is another part. The SVG of a state is put together from the
    parts that it shows, so a new state costs what is new in it, and the same state gives the same
    bytes whatever was shown before.
    """

    def __init__(self, height: float, width: float = WIDTH):
        super().__init__(height, width)
        self._parts: dict[tuple, list[Artist]] = {}
        self._names: dict[tuple, str] = {}  # part's key → its key as text
        self._drawn: dict[Artist, bytes] = {}  # artist → its SVG
        # Identifier → what an SVG refers to: glyphs, marks, clips, hatches.
        self._definitions: dict[bytes, bytes] = {}
        self._head = b""  # the SVG up to the first artist

    def show_parts(self, wanted: Parts) -> None:
        """Show the parts of ``wanted``, and no others.

        Of parts at one height (zorder) in one axes, the one whose key, as text, sorts later lies
        above.
        """
        for key, draw in wanted.items():
            if key not in self._parts:
                self._parts[key] = list(draw())
                self._names[key] = str(key)
        for key, artists in self._parts.items():
            for artist in artists:
                artist.set_visible(key in wanted)

    @styled
    def svg(self) -> bytes:
        shown = self._shown()
        body = b"".join(self._drawn[artist] for artist in shown)
        used = sorted(set(re.findall(rb'(?:href="|url\()#([^")]+)', body)))
        return b"".join(
            [
                self._head,
                body,
                b"  </g>\n </g>\n <defs>\n",
                *(self._definitions[name] for name in used),
                b" </defs>\n</svg>\n",
            ]
        )

    @styled
    def in_layers(self) -> dict:
        """The picture for a page without a kernel, which puts an SVG together from the parts that
        it shows, as ``svg`` does. ``layers``: [name of the part, SVG], the lowest first, with ""
        for the ground; only parts that were once shown are there.
        """
        artists = [artist for drawn in self._parts.values() for artist in drawn]
        before = [artist.get_visible() for artist in artists]
        for artist in artists:
            artist.set_visible(True)
        name = {artist: name_of(key) for key, drawn in self._parts.items() for artist in drawn}
        try:
            layers = [[name.get(one, ""), self._drawn[one].decode()] for one in self._shown()]
        finally:
            for artist, visible in zip(artists, before):
                artist.set_visible(visible)
        definitions = {key.decode(): svg.decode() for key, svg in self._definitions.items()}
        return {"head": self._head.decode(), "layers": layers, "definitions": definitions}

    def _shown(self) -> list:
        """The artists that are shown, the lowest first, each drawn by now."""
        shown = self._in_order()
        if new := [artist for artist in shown if artist not in self._drawn]:
            self._draw(new)
        return shown

    def _in_order(self) -> list:
        """The artists that are shown, the lowest first, one axes after the other."""
        places = {
            artist: (self._names[key], n)
            for key, artists in self._parts.items()
            for n, artist in enumerate(artists)
        }
        found = []
        for axes in self.axes:
            above = [
                artist
                for artist in axes.get_children()
                if artist.get_visible() and artist is not axes.patch
            ]
            found += [
                axes.patch,
                *sorted(
                    above, key=lambda artist: (artist.get_zorder(), *places.get(artist, ("", 0)))
                ),
            ]
        return found

    def _draw(self, new):
        """Have matplotlib draw some artists and no others, and keep the SVG of each."""
        hidden = [
            artist
            for axes in self.axes
            for artist in axes.get_children()
            if artist.get_visible() and artist not in new
        ]
        for artist in hidden:
            artist.set_visible(False)
        for n, artist in enumerate(new):
            artist.set_gid(f"part-{n}")
        try:
            raw = super().svg()
        finally:
            for artist in hidden:
                artist.set_visible(True)
            for artist in new:
                artist.set_gid(None)
        head, groups, definitions = _taken_apart(raw)
        self._head = self._head or head
        self._definitions |= definitions
        for n, artist in enumerate(new):  # an empty text draws nothing
            self._drawn[artist] = re.sub(rb'<g id="[^"]*"', b"<g", groups.get(f"part-{n}", b""))


def name_of(key: tuple) -> str:
    """A part's key as one name, for a page.

    >>> name_of(("rung", "P01", 3))
    'rung P01 3'
    """
    return " ".join(map(str, key))


def _taken_apart(raw: bytes) -> tuple[bytes, dict, dict]:
    """An SVG of matplotlib's: what stands before the first group of ours ("part-…"), {group: SVG},
    {identifier: definition}.

    The groups come without the definitions that stand inside them.
    """
    parser, opened, groups, definitions, cuts = expat.ParserCreate(), [], {}, {}, []

    def start(tag, attributes):
        opened.append((tag, attributes.get("id", ""), parser.CurrentByteIndex))

    def end(_):
        tag, name, begin = opened.pop()
        at = parser.CurrentByteIndex  # of an empty element's end: behind it
        stop = raw.index(b">", at) + 1 if raw.startswith(b"</", at) else at
        if tag == "g" and name.startswith("part-"):
            groups[name] = begin, stop
        elif opened and opened[-1][0] == "defs" and name:
            definitions[name.encode()] = raw[begin:stop] + b"\n"
        elif tag == "defs" and b"<style" not in raw[begin:stop]:
            cuts.append((len(raw[:begin].rstrip()), stop))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(raw, True)

    def without(begin, stop):
        kept, at = [], begin
        for first, last in cuts:
            if begin <= first and last <= stop:
                kept.append(raw[at:first])
                at = last
        return b"".join([*kept, raw[at:stop]]) + b"\n"

    head = raw[: min((begin for begin, _ in groups.values()), default=len(raw))]
    return head, {name: without(*place) for name, place in groups.items()}, definitions
