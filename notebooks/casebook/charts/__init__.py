"""A function per exhibit: tables in, exhibit out. Pictures for quantities, times and relations; tables for words."""
from casebook.charts.arc import ArcPicture, arc
from casebook.charts.corpus import addresses_in, corpus, glossary, walk
from casebook.charts.reports import coverage, extract, voices
from casebook.charts.treaties import articles_seen, clause, endings, englishes, namings, obligations, to_force

__all__ = ["ArcPicture", "addresses_in", "arc", "corpus", "coverage", "extract", "glossary", "voices", "walk",
           "articles_seen", "clause", "endings", "englishes", "namings", "obligations", "to_force"]
