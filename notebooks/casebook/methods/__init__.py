"""What can be worked out from the tables: pure functions, tables in, tables or numbers out."""
from casebook.methods.corpus import newsrooms, voice_counts
from casebook.methods.coverage import (
    claims_only_in, common_ground, position_matrix, positions_by_report, reports, statements_in, verdicts)
from casebook.methods.treaties import (
    BY_WHOM, NOT, ON_WHOM, OPEN, SITUATIONS, SPEAKS, clauses_for, days_to_force, obligation_grid, situations)

__all__ = ["claims_only_in", "common_ground", "newsrooms", "position_matrix", "positions_by_report", "reports", "statements_in", "verdicts", "voice_counts",
           "BY_WHOM", "NOT", "ON_WHOM", "OPEN", "SITUATIONS", "SPEAKS", "clauses_for", "days_to_force", "obligation_grid", "situations"]
