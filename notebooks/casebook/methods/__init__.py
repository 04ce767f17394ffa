"""What can be worked out from the tables: pure functions, tables in, tables or numbers out."""
from casebook.methods.alignment import align, align_group, descent, kept_words, verbatim, versions_of, word_changes
from casebook.methods.corpus import newsrooms, voice_counts
from casebook.methods.coverage import (
    claims_only_in, common_ground, position_matrix, positions_by_report, reports, statements_in, verdicts)
from casebook.methods.council import (
    CLASSES, countings, counted, fates, interval, JUDGEMENTS, line_points, line_verdicts, printed_counts, turns, votes)
from casebook.methods.treaties import (
    BY_WHOM, NOT, ON_WHOM, OPEN, SITUATIONS, SPEAKS, clauses_for, days_to_force, obligation_grid, situations)
from casebook.methods.lie_factor import chart_lie_factor, drawn_heights, drawn_sizes, effect, lie_factor
from casebook.methods.sanctions import comparisons, count_tests, lie_factors, russia_parts, sanction_figures, what_it_sees
from casebook.methods.log import element_ages, element_matrix, find, log_by_year, wordings_before

__all__ = ["align", "align_group", "BY_WHOM", "chart_lie_factor", "claims_only_in", "clauses_for", "common_ground",
           "comparisons", "count_tests", "days_to_force", "drawn_heights", "drawn_sizes", "effect", "lie_factor",
           "lie_factors", "russia_parts", "sanction_figures", "what_it_sees",
           "descent", "element_ages", "element_matrix", "find", "kept_words", "log_by_year", "newsrooms", "NOT",
           "obligation_grid", "ON_WHOM", "OPEN", "position_matrix", "positions_by_report", "reports", "situations",
           "SITUATIONS", "SPEAKS", "statements_in", "verbatim", "verdicts", "versions_of", "voice_counts",
           "word_changes", "wordings_before", "CLASSES", "countings", "counted", "fates", "interval", "JUDGEMENTS",
           "line_points", "line_verdicts", "printed_counts", "turns", "votes"]
