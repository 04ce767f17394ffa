"""What a class did: its files pooled, and shown to its teacher. Without files a SYNTHETIC class,
called so in every title.
"""

from casebook.classroom.exhibits import (
    came_in,
    coding_agreement,
    coding_confusions,
    left_out,
    question_results,
)
from casebook.classroom.forms import before_and_after, pupil_card
from casebook.classroom.lab import class_calibration, class_parts, class_scores
from casebook.classroom.minds import changed_minds, turned_at
from casebook.classroom.peers import peer_agreement
from casebook.classroom.work import class_work

__all__ = [
    "before_and_after",
    "came_in",
    "changed_minds",
    "class_calibration",
    "class_parts",
    "class_scores",
    "class_work",
    "coding_agreement",
    "coding_confusions",
    "left_out",
    "peer_agreement",
    "pupil_card",
    "question_results",
    "turned_at",
]
