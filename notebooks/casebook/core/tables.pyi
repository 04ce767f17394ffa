# Built from tables.py and the models by `python start.py build`; do not edit.
import csv
import datetime as dt
import json
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
import pandas as pd
from casebook.core import addresses
from casebook.core.platform import DATA
__all__: Path
class Evidence(NamedTuple):
    address: str
    text: str
    source: str
    date: str
    link: str
class Tables:
    def __init__(self, folder: Path=DATA, day: dt.date | None=None, whole: 'Tables | None'=None):
        ...
    def read_json(self, name: str) -> list | dict:
        ...
    @property
    def names(self) -> list[str]:
        ...
    def as_of(self, day: str | dt.date | None) -> 'Tables':
        ...
    def knows(self, address: str) -> bool:
        ...
    def resolve(self, address: str) -> list[Evidence]:
        ...
    sources: pd.DataFrame  # The documents
    words: pd.DataFrame  # How often each word stands in each document
    signs: pd.DataFrame  # What the texts give away, by the layer that left it
    chains: pd.DataFrame  # How the words came to each document, step by step
    quotes: pd.DataFrame  # Every stretch inside quotation marks, word for word; the words remain their authors'
    claims: pd.DataFrame  # Every claim of every document, in our words, with its codes
    events: pd.DataFrame  # Dated happenings
    facts: pd.DataFrame  # Checked context, each with its page
    searches: pd.DataFrame  # What was searched for, in which words, and what was found nearest: behind every “none found”
    glossary: pd.DataFrame  # Words of the trade
    lessons: pd.DataFrame  # The walk: the notebooks
    codebook_changes: pd.DataFrame  # What the codebook says since two coders parted, and over which claims
    coding_items: pd.DataFrame  # Claims to be coded in lesson 10
    codings: pd.DataFrame  # Two independent codings of each claim, and what was settled
    reliability: pd.DataFrame  # How far the two codings agree, per code
    codebook: pd.DataFrame  # The codes: for each value the question that decides it, an example and a near miss
    phrases: pd.DataFrame  # Phrasings to compare: how strong does it sound in English?
    judgements: pd.DataFrame  # Judgements of pairs of phrasings, by one reader of this project (a language model) and by a SYNTHETIC class
    strengths: pd.DataFrame  # Bradley-Terry strengths of the phrasings, with intervals, for each set of judgements
    council: pd.DataFrame  # What was done in or about the Security Council on North Korea, as far as pages show
    reasons: pd.DataFrame  # The reasons that states gave, by occasion and side, both sides at one length
    article_lines: pd.DataFrame  # One-line versions in the articles of what happened in the Council, point by point
    questions: pd.DataFrame  # Forecast questions, as of the day on which each is asked
    resolutions: pd.DataFrame  # What came of the forecast questions that are settled
    precedents: pd.DataFrame  # Cases to count for a question's base rate, and rows to read on its subject
    messages: pd.DataFrame  # The log of messages between the leaders, or near them
    elements: pd.DataFrame  # Elements of a promise by Kim's side, in messages of the log: held, or put otherwise; no row: not in the words we have
    first_uses: pd.DataFrame  # Wordings and the first place in which each was found, from January 2019 on
    outlet_cards: pd.DataFrame  # Who is behind each outlet: a row a question, with what pages say, its own ones marked, or that nothing was found
    statements: pd.DataFrame  # Things that reports say or leave out: rows of the coverage matrix
    positions: pd.DataFrame  # Which claim agrees with or contradicts which statement
    bearings: pd.DataFrame  # What bears on a statement from outside the reports
    cards: pd.DataFrame  # What is laid open, one after the other, before a class that votes on a statement
    stances: pd.DataFrame  # Who took which stance towards which claim, when; relays of one origin are marked
    passages: pd.DataFrame  # One claim in two tellings, element by element
    scales: pd.DataFrame  # The two scales of STANAG 2511
    gradings: pd.DataFrame  # Claims to grade, with the ranges accepted and the reasons for both ends
    troop_figures: pd.DataFrame  # Figures of soldiers sent, killed or wounded, each by one source on one day
    treaties: pd.DataFrame  # The treaties of the two states
    treaty_acts: pd.DataFrame  # Dated acts in the life of a treaty
    treaty_articles: pd.DataFrame  # The articles of a treaty, and how much of each could be read
    clauses: pd.DataFrame  # Published versions of the clauses that speak of a threat or an attack
    treaty_words: pd.DataFrame  # What starts the duty to help, in the treaties' own languages
    endings: pd.DataFrame  # Accounts of how a treaty ended
    namings: pd.DataFrame  # What a treaty, or the relation it made, was called, by whom
    obligations: pd.DataFrame  # The grid: has a treaty this obligation, as far as its text was read?
    atop: pd.DataFrame  # ATOP's categories in the treaties' articles: our own reading, not ATOP's
    variants: pd.DataFrame  # Versions of one sentence, each with its words and the step at which it parts from the version before
    glosses: pd.DataFrame  # Whom texts name in explaining “hostile forces”, or in its place
    renderings: pd.DataFrame  # Versions, in three languages, of words that the log has in English
    letter_versions: pd.DataFrame  # Pieces of letters in two Englishes or more, each with whose English it is and who stands behind the difference
WHO: Path
def open_tables() -> Tables:
    ...
