"""What a learner did, kept; and what a class did, pooled (``pool``). Imports nothing else of ours.

``learner().keep(kind, key, value)`` saves before it returns, or raises ``NotKept`` with a message
to show.
"""

from casebook.answers.shape import CHOICES, KINDS, Entry
from casebook.answers.share import carry_out, export, look, receive
from casebook.answers.store import NotKept, Work, learner

__all__ = [
    "carry_out",
    "CHOICES",
    "Entry",
    "export",
    "KINDS",
    "learner",
    "look",
    "NotKept",
    "receive",
    "Work",
]
