"""What can be worked out from the tables: pure functions, tables in, tables or numbers out."""
from casebook.methods.alignment import align, align_group, descent, kept_words, verbatim, versions_of, word_changes
from casebook.methods.coding import (
    changes, coded, coding_items, item_codes, kappa, most_common, named_confusions, with_key)
from casebook.methods.corpus import newsrooms, voice_counts
from casebook.methods.council import (
    CLASSES, counted, countings, fates, interval, JUDGEMENTS, line_key, line_points, line_verdicts, printed_counts,
    turns, votes)
from casebook.methods.coverage import (
    claims_only_in, common_ground, position_matrix, positions_by_report, reports, statements_in, verdicts)
from casebook.methods.lie_factor import chart_lie_factor, drawn_heights, drawn_sizes, effect, lie_factor
from casebook.methods.log import element_ages, element_matrix, find, log_by_year, log_months, wordings_before
from casebook.methods.more import cards_found, chain_actors, chain_stages, letter_alignments, STAGES, strands
from casebook.methods.sanctions import (
    comparisons, count_tests, lie_factors, russia_parts, sanction_figures, what_it_sees)
from casebook.methods.treaties import (
    BY_WHOM, clauses_for, days_to_force, NOT, obligation_grid, ON_WHOM, OPEN, SITUATIONS, situations, SPEAKS)

__all__ = ["align", "align_group", "BY_WHOM", "cards_found", "chain_actors", "chain_stages", "changes",
           "chart_lie_factor", "claims_only_in", "CLASSES", "clauses_for", "coded", "coding_items", "common_ground",
           "comparisons", "count_tests", "counted", "countings", "days_to_force", "descent", "drawn_heights",
           "drawn_sizes", "effect", "element_ages", "element_matrix", "fates", "find", "interval", "item_codes",
           "JUDGEMENTS", "kappa", "kept_words", "letter_alignments", "lie_factor", "lie_factors", "line_key",
           "line_points", "line_verdicts", "log_by_year", "log_months", "most_common", "named_confusions", "newsrooms", "NOT",
           "obligation_grid", "ON_WHOM", "OPEN", "position_matrix", "positions_by_report", "printed_counts",
           "reports", "russia_parts", "sanction_figures", "situations", "SITUATIONS", "SPEAKS", "STAGES",
           "statements_in", "strands", "turns", "verbatim", "verdicts", "versions_of", "voice_counts", "votes",
           "what_it_sees", "with_key", "word_changes", "wordings_before"]
