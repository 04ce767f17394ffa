"""A function per exhibit: tables in, exhibit out. Pictures for quantities, times and relations;
tables for words.
"""

from casebook.charts.alignment import alignment, glosses
from casebook.charts.arc import ArcPicture, arc
from casebook.charts.calibration import calibration_chart, score_parts
from casebook.charts.chain import chain, chain_table
from casebook.charts.chains import chains_together
from casebook.charts.coding import codebook, codebook_card, coding_sheet, reliability, statement
from casebook.charts.corpus import addresses_in, corpus, glossary, walk
from casebook.charts.council import council_line
from casebook.charts.lanes import LanesPicture, stances
from casebook.charts.letters import letter_versions
from casebook.charts.log import message_log, who_published
from casebook.charts.messages import elements, extract_message, first_uses, versions
from casebook.charts.outlets import outlet_card, outlets
from casebook.charts.reports import coverage, extract, voices
from casebook.charts.said import on_the_way, said, scales, who_answered
from casebook.charts.sanctions import in_our_words, stands_between, ways_to_say
from casebook.charts.scale import (
    judged,
    pairs_on_paper,
    phrasings,
    rising,
    scale_table,
)
from casebook.charts.scores import base_rates_then, forecast_questions, score_dots
from casebook.charts.searches import searches
from casebook.charts.strengths import strengths_by_date
from casebook.charts.to_force import to_force
from casebook.charts.treaties import (
    articles_seen,
    clause,
    endings,
    englishes,
    namings,
    obligations,
)
from casebook.charts.troops import troop_figures
from casebook.charts.votes import article_says, council_fates, council_votes

__all__ = [
    "addresses_in",
    "alignment",
    "arc",
    "ArcPicture",
    "article_says",
    "articles_seen",
    "base_rates_then",
    "calibration_chart",
    "chain",
    "chain_table",
    "chains_together",
    "clause",
    "codebook",
    "codebook_card",
    "coding_sheet",
    "corpus",
    "council_fates",
    "council_line",
    "council_votes",
    "coverage",
    "elements",
    "endings",
    "englishes",
    "extract",
    "extract_message",
    "first_uses",
    "forecast_questions",
    "glossary",
    "glosses",
    "in_our_words",
    "judged",
    "LanesPicture",
    "letter_versions",
    "message_log",
    "namings",
    "obligations",
    "on_the_way",
    "outlet_card",
    "outlets",
    "pairs_on_paper",
    "phrasings",
    "reliability",
    "rising",
    "said",
    "scale_table",
    "scales",
    "score_dots",
    "score_parts",
    "searches",
    "stances",
    "stands_between",
    "statement",
    "strengths_by_date",
    "to_force",
    "troop_figures",
    "versions",
    "voices",
    "walk",
    "ways_to_say",
    "who_answered",
    "who_published",
]
