"""Letters to Pact: the package that the lessons import.

``from casebook import *`` gives a lesson its words; nothing is loaded before it is used.
Rooms, each importing only what stands before it: addresses, tables, methods, figure, charts, exercises, widgets;
beside them answers, what a learner did, and classroom, what a class did; apart from them texts, records and build, which turn seeds/ into data/.
"""
import importlib

_ROOMS = {
    "tables": ["open_tables"],
    "methods": ["align", "claims_only_in", "common_ground", "find", "kept_words", "lie_factor", "newsrooms",
                "sanction_figures", "statements_in", "strands", "verdicts", "versions_of", "voice_counts"],
    "charts": ["addresses_in", "alignment", "arc", "article_says", "articles_seen", "base_rates_then",
                "calibration_chart", "chain", "chain_table", "clause", "codebook", "codebook_card", "coding_sheet", "corpus",
                "council_fates", "council_line", "council_votes", "coverage", "elements", "endings", "englishes",
                "extract", "extract_message", "first_uses", "forecast_questions", "glossary", "glosses",
                "in_our_words", "judged", "letter_versions", "message_log", "namings", "obligations", "on_the_way",
                "outlets", "pairs_on_paper", "phrasings", "reliability", "rising", "said", "scale_table", "scales",
                "score_parts", "searches", "stances", "stands_between", "statement", "strengths_by_date", "to_force",
                "troop_figures", "versions", "voices", "walk", "ways_to_say", "who_answered", "who_published"],
    "widgets": ["align_sentence", "check_code", "check_out", "class_questions", "code_passages", "compare_chains",
                "compare_englishes", "compare_reports", "count_resolutions", "exercise", "explore_arc",
                "explore_council", "explore_situation", "explore_stances", "find_phrase", "first_forecast",
                "follow_chain", "forecast", "grade_claim", "judge_line", "judge_phrasings", "leave_one_out",
                "look_back", "look_up", "mislead", "my_work", "open_outcomes", "open_search", "predict", "rank_phrasings",
                "read_laterally", "score_forecasts", "walk", "weigh_reasons", "weigh_statement", "write_record"],
    "classroom": ["came_in", "class_calibration", "class_parts", "class_scores", "class_work", "coding_agreement",
                "coding_confusions", "left_out", "peer_agreement", "question_results"],
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}
__all__ = list(_ROOM_OF)


def __getattr__(name):
    if name in _ROOM_OF:
        return getattr(importlib.import_module(f"casebook.{_ROOM_OF[name]}"), name)
    raise AttributeError(f"casebook has no {name!r}")
