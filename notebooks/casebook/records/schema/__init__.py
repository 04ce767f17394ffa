"""The one schema: what a record and each context table may hold.

``build`` reads seeds/ through these models and prints data/datapackage.json from them.
A date is written ``2022``, ``2022-08``, ``2022-08-15`` or, for an interval, ``2022-08-15/2022-08-16``.
"""
from casebook.records.schema.base import (
    Addresses, Bearing, count_words, Date, Day, first_day, Lane, last_day, LONGEST_PHRASE, LONGEST_QUOTATION, Maybe,
    Number, Origin, Paragraph, Relation, Role, Row, SearchId, SourceId, Stance, Text, Topic, Voice)
from casebook.records.schema.context import (
    Card, CardLine, Element, Event, Evidence, Fact, FirstUse, Message, Rendering, Statement)
from casebook.records.schema.council import (
    ArticleLine, CouncilAct, LinePoint, Reason)
from casebook.records.schema.documents import (
    Change, Claim, Coding, CodingItem, Quote, Record, Sign, Step, WordCount)
from casebook.records.schema.forecasts import (
    Asked, closing_day, Precedent, Question, WINDOW)
from casebook.records.schema.searches import (
    Page, Query, Search)
from casebook.records.schema.teaching import (
    Choice, CodeExercise, CodeMistake, Count, Exercise, Handout, HandoutPart, HandoutTable, Key, Lesson, LessonCode, Term)
from casebook.records.schema.treaties import (
    Act, Article, AtopCategory, Cell, Clause, Ending, Naming, Obligation, Treaty)
from casebook.records.schema.wording import (
    Gloss, Judgement, LetterVersion, Phrase, Strength, Variant)

__all__ = ["Act", "Addresses", "Article", "ArticleLine", "Asked", "AtopCategory", "Bearing", "Card", "CardLine",
           "Cell", "Change", "Choice", "Claim", "Clause", "closing_day", "CodeExercise", "CodeMistake", "Coding",
           "CodingItem", "Count", "CouncilAct", "count_words", "Date", "Day", "Element", "Ending", "Event", "Evidence",
           "Exercise", "Fact", "first_day", "FirstUse", "Gloss", "Handout", "HandoutPart", "HandoutTable",
           "Judgement", "Key", "Lane", "last_day", "Lesson", "LessonCode", "LetterVersion", "LinePoint",
           "LONGEST_PHRASE", "LONGEST_QUOTATION", "Maybe", "Message", "Naming", "Number", "Obligation", "Origin",
           "Page", "Paragraph", "Phrase", "Precedent", "Question", "Query", "Quote", "Reason", "Record", "Relation", "Rendering",
           "Role", "Row", "Search", "SearchId", "Sign", "SourceId", "Stance", "Statement", "Step", "Strength", "Term", "Text", "Topic",
           "Treaty", "Variant", "Voice", "WINDOW", "WordCount"]
