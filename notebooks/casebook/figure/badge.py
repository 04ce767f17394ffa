"""A badge: a short text on a ground of its own. The text says it all; the tone helps the eye."""

from casebook.figure.style import INK
from casebook.figure.table import Html, as_html

# Tone: colour and ground, readable in light and dark themes. Four tones judge …
TONES = {
    "good": ("#0b3d2e", "#d9efe3"),
    "bad": ("#6b1010", "#f8dcd6"),
    "mixed": ("#5c4300", "#f6e7c0"),
    "open": ("#555555", "#f1f1f1"),
    # … the others only set apart.
    "new": ("#0b3b66", "#dbe9f6"),
    "outlet": ("#0b3d57", "#dbeaf5"),
    "elsewhere": ("#3c1f63", "#ece4f5"),
    "later": ("#555555", "#ffffff"),
    "term": (INK, "#eeeeee"),
    "own": ("#ffffff", "#333333"),
}


def badge(tone: str, text: str) -> Html:
    """A short text in one of TONES: badge("good", "✓ yes")."""
    colour, ground = TONES[tone]
    return Html(
        f"<span style='background: {ground}; color: {colour}; padding: 1px 5px; border-radius: 3px;"
        f" white-space: nowrap'>{as_html(text)}</span>"
    )
