"""What can be worked out from the tables: pure functions, tables in, tables or numbers out."""
from casebook.methods.alignment import align, align_group, descent, kept_words, verbatim, versions, word_changes
from casebook.methods.corpus import newsrooms, voice_counts
from casebook.methods.coverage import (
    claims_only_in, common_ground, position_matrix, positions_by_report, reports, statements_in, verdicts)

__all__ = ["align", "align_group", "claims_only_in", "common_ground", "descent", "kept_words", "newsrooms", "position_matrix", "positions_by_report",
           "reports", "statements_in", "verbatim", "verdicts", "versions", "voice_counts", "word_changes"]
