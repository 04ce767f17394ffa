"""A ruler over the lessons: what a reader meets, counted. It reads stored notebooks.

Minutes: 140 words of prose a minute, words in tables that are seen at half; what a task takes was
set by slow readings of four lessons. A connective says why, when, or what stands against it.
"""

import json
import re
from typing import NamedTuple

from casebook.core.addresses import PATTERN

WORDS_A_MINUTE = 140
TABLE_WORDS_A_MINUTE = 240  # one word in two is read
CALLS = {"exercise": 1.5, "predict": 1.5, "check_out": 6.0, "extract": 2.5, "extract_message": 2.5}
CALLS["first_forecast"] = 1.0
CALLS["print_headline"] = 2.5  # a line with a stake on it
PANEL = WRITING = BY_HAND = 6.0
AFTER_THE_CORE = ("More time", "Code track", "Every address", "Your own work")
CODE = re.compile(r"\bS\d\b")
MARK = re.compile(r"<sup>.*?</sup>", re.S)
JOINS = re.compile(
    r"\b(because|so that|so|therefore|but|although|though|however|while|whereas|when|since|unless"
    r"|until|if|for example|for instance|that is why|which is why|as a result|instead|even if"
    r"|before|after)\b",
    re.I,
)


class Part(NamedTuple):
    """A part of the core: its heading, the minutes it says and those counted."""

    heading: str
    said: int
    counted: float


class Measure(NamedTuple):
    """What the ruler reads off a lesson's core."""

    bare: int  # codes of documents as words
    outside: list[str]  # addresses that are no footnote mark
    short: float  # share of sentences of six words or fewer
    joined: float  # share of sentences with a connective
    parts: list[Part]


def measure(path) -> Measure:
    """The core of the notebook at ``path``, read with the ruler."""
    prose, parts, core = [], [["", 0, 0.0]], True
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code":
            parts[-1][2] += _minutes_of_call(cell, text) * core
            continue
        heading = re.match(r"## (.*)", text)
        if heading:
            core = not heading[1].startswith(AFTER_THE_CORE)
            if core:
                minutes = re.search(r"· (\d+) minutes?", heading[1])
                parts.append([heading[1], int(minutes[1]) if minutes else 0, 0.0])
        if core:
            prose.append(text)
            parts[-1][2] += _minutes_of_text(text, heading[1] if heading else "")
    plain = plain_prose("\n".join(prose))
    said = [words(s) for s in sentences(plain)]
    return Measure(
        len(CODE.findall(plain)),
        [m[0] for m in PATTERN.finditer(MARK.sub(" ", "\n".join(prose)))],
        sum(len(s) <= 6 for s in said) / len(said),
        sum(bool(JOINS.search(s)) for s in sentences(plain)) / len(said),
        [Part(*part) for part in parts],
    )


def words(text: str) -> list[str]:
    """The words of a text without its markup."""
    text = re.sub(r"data:[^\"')\s]*|<[^>]+>", " ", text)
    return re.findall(r"[a-z0-9]+", text.lower().replace("’", "").replace("'", ""))


def plain_prose(markdown: str) -> str:
    """Markdown as running text, a line a paragraph, without headings, code and addresses."""
    text = re.sub(r"```.*?```", " ", markdown, flags=re.S)
    text = MARK.sub(" ", re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text))
    lines = (line.strip() for line in text.splitlines())
    kept = (x for x in lines if x and not x.startswith("#") and set(x) - set("|-: "))
    return re.sub(
        r"<[^>]+>|[*`_]", " ", "\n".join(x.lstrip("-*> ").replace("|", " ") for x in kept)
    )


def sentences(text: str) -> list[str]:
    """A text cut behind its full stops, colons too."""
    parts = (re.split(r"(?<=[.?!:])[”\"’)]*\s+(?=[A-Z“\"‘0-9])", x) for x in text.splitlines())
    return [s for line in parts for s in line if re.search("[A-Za-z]", s)]


def _minutes_of_text(text: str, heading: str) -> float:
    reading = len(plain_prose(text).split()) / WORDS_A_MINUTE
    by_hand = BY_HAND * heading.startswith("By hand")
    return reading + WRITING * heading.startswith("Write") + by_hand


def _minutes_of_call(cell: dict, text: str) -> float:
    data = [output.get("data", {}) for output in cell["outputs"]]
    shown = "".join("".join(d.get("text/html", "")) for d in data)
    shown = re.sub(r"<details.*?</details>", " ", shown, flags=re.S)
    tables = " ".join(re.findall(r"<table.*?</table>", shown, flags=re.S))
    live = any("application/vnd.jupyter.widget-view+json" in d for d in data)
    call = re.match(r"\s*(\w+)\(", text)
    name = call[1] if call else ""
    task = CALLS.get(name, PANEL if live else 0.0)
    return len(words(tables)) / TABLE_WORDS_A_MINUTE + task
