"""What can be worked out from the tables: pure functions, tables in, tables or numbers out."""
from casebook.methods.alignment import align, align_group, descent, kept_words, verbatim, versions_of, word_changes
from casebook.methods.coding import changes, coded, coding_items, item_codes, kappa, most_common, named_confusions, with_key
from casebook.methods.corpus import newsrooms, voice_counts
from casebook.methods.coverage import (
    claims_only_in, common_ground, position_matrix, positions_by_report, reports, statements_in, verdicts)
from casebook.methods.treaties import (
    BY_WHOM, NOT, ON_WHOM, OPEN, SITUATIONS, SPEAKS, clauses_for, days_to_force, obligation_grid, situations)
from casebook.methods.log import element_ages, element_matrix, find, log_by_year, wordings_before

__all__ = ["align", "align_group", "BY_WHOM", "changes", "coded", "coding_items", "item_codes", "kappa", "most_common", "named_confusions", "with_key", "claims_only_in", "clauses_for", "common_ground", "days_to_force",
           "descent", "element_ages", "element_matrix", "find", "kept_words", "log_by_year", "newsrooms", "NOT",
           "obligation_grid", "ON_WHOM", "OPEN", "position_matrix", "positions_by_report", "reports", "situations",
           "SITUATIONS", "SPEAKS", "statements_in", "verbatim", "verdicts", "versions_of", "voice_counts",
           "word_changes", "wordings_before"]
