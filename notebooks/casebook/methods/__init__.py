"""What can be worked out from the tables: pure functions, tables in, tables or numbers out."""
from casebook.methods.corpus import newsrooms, voice_counts
from casebook.methods.coverage import (
    claims_only_in, common_ground, position_matrix, positions_by_report, reports, statements_in, verdicts)
from casebook.methods.treaties import (
    BY_WHOM, NOT, ON_WHOM, OPEN, SITUATIONS, SPEAKS, clauses_for, days_to_force, obligation_grid, situations)
from casebook.methods.log import element_ages, element_matrix, find, log_by_year, wordings_before

__all__ = ["BY_WHOM", "claims_only_in", "clauses_for", "common_ground", "days_to_force", "element_ages",
           "element_matrix", "find", "log_by_year", "newsrooms", "NOT", "obligation_grid", "ON_WHOM", "OPEN",
           "position_matrix", "positions_by_report", "reports", "situations", "SITUATIONS", "SPEAKS",
           "statements_in", "verdicts", "voice_counts", "wordings_before"]
