"""A function per exhibit: tables in, exhibit out. Pictures for quantities, times and relations; tables for words."""
from casebook.charts.alignment import alignment, glosses
from casebook.charts.arc import ArcPicture, arc
from casebook.charts.chain import chain, chain_table
from casebook.charts.coding import codebook, coding_sheet, reliability, statement
from casebook.charts.corpus import addresses_in, corpus, glossary, walk
from casebook.charts.log import elements, extract_message, first_uses, message_log, versions, who_published
from casebook.charts.reports import coverage, extract, voices
from casebook.charts.treaties import articles_seen, clause, endings, englishes, namings, obligations, to_force

__all__ = ["addresses_in", "alignment", "arc", "ArcPicture", "articles_seen", "chain", "chain_table", "clause", "codebook", "coding_sheet", "reliability", "statement",
           "corpus", "coverage", "elements", "endings", "englishes", "extract", "extract_message", "first_uses",
           "glossary", "glosses", "message_log", "namings", "obligations", "to_force", "versions", "voices", "walk",
           "who_published"]
