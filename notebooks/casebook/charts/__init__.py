"""A function per exhibit: tables in, exhibit out. Pictures for quantities, times and relations; tables for words."""
from casebook.charts.arc import ArcPicture, arc
from casebook.charts.corpus import addresses_in, corpus, glossary, walk
from casebook.charts.log import elements, extract_message, first_uses, message_log, versions, who_published
from casebook.charts.reports import coverage, extract, voices

__all__ = ["elements", "extract_message", "first_uses", "message_log", "versions", "who_published",
           "ArcPicture", "addresses_in", "arc", "corpus", "coverage", "extract", "glossary", "voices", "walk"]
