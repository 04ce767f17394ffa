"""What a learner did, kept; and what a class did, pooled. Imports nothing else of ours.

``learner().keep(kind, key, value)`` saves before it returns, or raises ``NotKept`` with a message to show.
"""
from casebook.answers.shape import CHOICES, Entry, KINDS
from casebook.answers.store import learner, NotKept, Work

__all__ = ["CHOICES", "Entry", "KINDS", "learner", "NotKept", "Work"]
