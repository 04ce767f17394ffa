"""A function per exhibit: tables in, exhibit out. Pictures for quantities, times and relations; tables for words."""
from casebook.charts.alignment import alignment, glosses
from casebook.charts.arc import ArcPicture, arc
from casebook.charts.chain import chain, chain_table
from casebook.charts.corpus import addresses_in, corpus, glossary, walk
from casebook.charts.reports import coverage, extract, voices

__all__ = ["ArcPicture", "addresses_in", "alignment", "arc", "chain", "chain_table", "corpus", "coverage", "extract", "glossary", "glosses", "voices", "walk"]
