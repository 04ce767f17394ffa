"""Letters that a machine may lack: which scripts a page is written in, and the same page with a
note in place of words that can't be printed.
"""

import re
import unicodedata

# What a reader calls a script; one that is not here goes by its own name.
LANGUAGES = {
    "HANGUL": "Korean",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "CJK": "Chinese",
    "DEVANAGARI": "Hindi",
    "CYRILLIC": "Russian",
}
HERE = {"LATIN", "COMBINING", "MODIFIER", "MICRO", "FEMININE", "MASCULINE"}  # every font has these


def script_of(letter: str) -> str:
    """The script of a letter or of a mark on one ('HANGUL'); '' for all that every font has.

    >>> script_of("한"), script_of("é"), script_of("?")
    ('HANGUL', '', '')
    """
    if unicodedata.category(letter)[0] not in "LM":
        return ""
    script = re.split("[ -]", unicodedata.name(letter, "LATIN"))[0]
    return "" if script in HERE else script


def scripts_in(text: str) -> dict[str, str]:
    """{script: two of its letters} of a text; where it has one alone, the next letter beside it."""
    found: dict[str, str] = {}
    for letter in dict.fromkeys(text):
        script = script_of(letter)
        if script and len(found.get(script, "")) < 2 and unicodedata.category(letter)[0] == "L":
            found[script] = found.get(script, "") + letter
    return {
        s: letters if len(letters) > 1 else letters + chr(ord(letters) + 1)
        for s, letters in found.items()
    }


def language(script: str) -> str:
    """What a reader calls it."""
    return LANGUAGES.get(script, script.capitalize())


def without_scripts(html: str, missing: set[str]) -> str:
    """The page with a note in place of words in these scripts; where their English follows, it is
    all that is printed.

    >>> without_scripts("<p>It says: “한국 사람”.</p>", {"HANGUL"})
    '<p>It says: “[Korean words, not printed]”.</p>'
    >>> without_scripts("<p>It says: “한국 사람”, people of Korea.</p>", {"HANGUL"})
    '<p>It says: [Korean, in English:] people of Korea.</p>'
    """
    letters = "".join(sorted({c for c in html if script_of(c) in missing}))
    if not letters:
        return html
    word = f"[{re.escape(letters)}]+"
    noted = re.sub(rf"{word}(?:[^\w<>“”]{{1,3}}{word})*", _note, html)
    return re.sub(r"“\[(\w+) words, not printed\]”[,:] (?=[a-z])", r"[\1, in English:] ", noted)


def in_other_letters(text: str) -> bool:
    """Whether a text quotes words in other letters, with no English of them behind the marks.

    >>> in_other_letters("It says: “한국 사람”."), in_other_letters("It says “한국 사람”: Koreans.")
    (True, False)
    """
    return any(
        scripts_in(quoted[1]) and not re.match(r"[,:] [A-Za-z]", text[quoted.end() :])
        for quoted in re.finditer(r"“([^“”]*)”", text)
    )


def _note(found: re.Match) -> str:
    scripts = [script_of(letter) for letter in found[0] if script_of(letter)]
    of_its_own = next((s for s in scripts if s != "CJK"), scripts[0])
    return f"[{language(of_its_own)} words, not printed]"
