"""What can be worked out from the tables: pure functions, tables in, tables or numbers out."""
from casebook.methods.corpus import newsrooms, voice_counts
from casebook.methods.coverage import (
    claims_only_in, common_ground, position_matrix, positions_by_report, reports, statements_in, verdicts)
from casebook.methods.log import element_ages, element_matrix, find, log_by_year, wordings_before

__all__ = ["element_ages", "element_matrix", "find", "log_by_year", "wordings_before",
           "claims_only_in", "common_ground", "newsrooms", "position_matrix", "positions_by_report", "reports", "statements_in", "verdicts", "voice_counts"]
