"""What a catalogue of teaching material reads of a page: schema.org's LearningResource."""

import json

from casebook.core.tables import Tables

LICENSE = "https://creativecommons.org/licenses/by/4.0/"
CASEBOOK = {"@type": "LearningResource", "name": "Letters to Pact"}
AUTHOR = {"@type": "Organization", "name": "The Letters to Pact authors"}
ABOUT = ("source criticism", "Russia", "North Korea (DPRK)")
TEACHES = "Reading sources critically: who says what, resting on whom, known since when"


# Pages that are no lesson: what they are called, of which kind, and for whom.
OTHERS = {
    "class-results": ("The class's results", "class report", "teacher"),
    "before-and-after": ("Before and after: two forms", "assessment", "student"),
}


def described(tables: Tables, name: str) -> dict:
    """A page's description: of a lesson by its file's name, of the whole casebook for ""; other
    pages as ``OTHERS`` says. Raises KeyError for a page that is neither.
    """
    lessons = {row.file[:-6]: row for row in tables.lessons.itertuples()}
    every = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "about": list(ABOUT),
        "author": AUTHOR,
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": LICENSE,
        "teaches": TEACHES,
    }
    if not name:
        parts = [_part(row) for row in lessons.values()]
        kind = {"learningResourceType": "course of lessons", "hasPart": parts}
        return every | kind | {"name": CASEBOOK["name"], "audience": _for_whom("student")}
    if name not in lessons:
        title, kind, role = OTHERS[name]
        own = {"name": title, "learningResourceType": kind}
        return every | own | {"isPartOf": CASEBOOK, "audience": _for_whom(role)}
    row = lessons[name]
    return every | _part(row) | {"isPartOf": CASEBOOK, "audience": _for_whom("student")}


def _part(row: tuple) -> dict:
    """A row of the table of lessons as a learning resource of its own."""
    return {
        "@type": "LearningResource",
        "name": f"{row.lesson} · {row.title}",
        "description": row.question,
        "learningResourceType": "lesson",
        "timeRequired": f"PT{row.minutes}M",
        "url": f"{row.file[:-6]}.html",
    }


def _for_whom(role: str) -> dict:
    return {"@type": "EducationalAudience", "educationalRole": role}


def in_script(described: dict) -> str:
    """A description as text that may stand in a script: nothing in it ends the script."""
    plain = json.dumps(described, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return plain.replace("<", "\\u003c")
