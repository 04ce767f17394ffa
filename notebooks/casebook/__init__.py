"""Letters to Pact: the package that the lessons import.

``from casebook import *`` gives a lesson its words; nothing is loaded before it is used.
Rooms, each importing only what stands before it: addresses, tables, methods, figure, charts, exercises, widgets;
beside them answers, what a learner did, and classroom, what a class did; apart from them texts, records and build, which turn seeds/ into data/.
"""
import importlib

_ROOMS = {
    "tables": ["open_tables"],
    "methods": ["align", "claims_only_in", "common_ground", "find", "kept_words", "newsrooms", "statements_in",
                "verdicts", "versions_of", "voice_counts"],
    "charts": ["addresses_in", "alignment", "arc", "articles_seen", "chain", "chain_table", "clause", "codebook", "coding_sheet", "corpus",
                "coverage", "elements", "endings", "englishes", "extract", "extract_message", "first_uses",
                "glossary", "glosses", "message_log", "namings", "obligations", "reliability", "statement", "to_force", "versions", "voices",
                "who_published"],
    "classroom": ["came_in", "class_work", "coding_agreement", "coding_confusions", "left_out", "peer_agreement", "question_results"],
    "widgets": ["align_sentence", "check_out", "class_questions", "code_passages", "compare_reports", "exercise", "explore_arc", "explore_situation",
                "find_phrase", "first_forecast", "follow_chain", "look_up", "my_work", "predict", "walk",
                "weigh_statement", "write_record"],
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}
__all__ = list(_ROOM_OF)


def __getattr__(name):
    if name in _ROOM_OF:
        return getattr(importlib.import_module(f"casebook.{_ROOM_OF[name]}"), name)
    raise AttributeError(f"casebook has no {name!r}")
