"""Markdown cells as HTML: only what prose needs, headings with names, links that lead to pages."""

import re
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote

import bleach
import mistune

TAGS = [
    *("p", "br", "hr", "em", "strong", "del", "sup", "sub", "code", "pre", "blockquote", "a"),
    *("ul", "ol", "li", "h1", "h2", "h3", "h4", "table", "thead", "tbody", "tr", "th", "td"),
    *("details", "summary"),
]
ATTRIBUTES = {"a": ["href"], "ol": ["start"], **{f"h{n}": ["id"] for n in range(1, 5)}}
NO_HEAD = re.compile(r"<thead>\s*<tr>\s*(<th></th>\s*)+</tr>\s*</thead>\s*")


class Heading(NamedTuple):
    """A heading of a page: its level, its text as HTML, and its name in the page."""

    level: int
    html: str
    name: str


class Prose:
    """Turns the Markdown of one page into HTML; ``headings`` are those met so far."""

    def __init__(self) -> None:
        self.headings: list[Heading] = []
        renderer = _Renderer(self.headings)
        self._to_html = mistune.create_markdown(renderer=renderer, plugins=["table"])

    def html(self, markdown: str) -> str:
        """A cell's Markdown as HTML that can do no harm."""
        dirty = NO_HEAD.sub("", self._to_html(markdown))
        return bleach.clean(dirty, TAGS, ATTRIBUTES, protocols=["https", "http"])


class _Renderer(mistune.HTMLRenderer):
    def __init__(self, headings: list[Heading]):
        super().__init__(escape=False)
        self._headings = headings

    def heading(self, text: str, level: int, **_: object) -> str:
        name = self._free(name_of(text))
        self._headings.append(Heading(level, text, name))
        return f'<h{level} id="{escape(name)}">{text}</h{level}>\n'

    def _free(self, name: str) -> str:
        taken = sum(heading.name.rsplit("--", 1)[0] == name for heading in self._headings)
        return f"{name}--{taken + 1}" if taken else name

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return f'<a href="{escape(page_of(url))}">{text}</a>'


def name_of(heading: str) -> str:
    """The name of a heading as JupyterLab gives it, from its HTML: what links of ours lead to."""
    return unescape(re.sub(r"<[^>]*>", "", heading)).strip().replace(" ", "-")


def page_of(url: str) -> str:
    """Where a link of a notebook leads in the edition.

    >>> page_of("01-three-reports.ipynb#Write"), page_of("https://example.org/a.ipynb")
    ('01-three-reports.html#Write', 'https://example.org/a.ipynb')
    """
    if re.match(r"\w+:", url):
        return url
    return re.sub(r"\.ipynb(?=#|$)", ".html", unquote(url))
