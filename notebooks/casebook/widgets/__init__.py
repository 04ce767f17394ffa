"""A function per widget. The only room that knows ipywidgets."""

from casebook.widgets.addresses import look_up
from casebook.widgets.arc import explore_arc, first_forecast
from casebook.widgets.classroom import class_questions, rank_phrasings
from casebook.widgets.code import check_code
from casebook.widgets.coding import code_passages
from casebook.widgets.council import count_resolutions, explore_council, judge_line, weigh_reasons
from casebook.widgets.exercises import check_out, exercise, predict
from casebook.widgets.forecasts import forecast, open_outcomes
from casebook.widgets.judging import judge_phrasings
from casebook.widgets.log import find_phrase
from casebook.widgets.more import compare_chains, compare_englishes, read_laterally
from casebook.widgets.record import write_record
from casebook.widgets.reports import compare_reports, weigh_statement
from casebook.widgets.said import explore_stances, grade_claim
from casebook.widgets.sanctions import mislead
from casebook.widgets.scale import leave_one_out
from casebook.widgets.scores import look_back, score_forecasts
from casebook.widgets.searches import open_search
from casebook.widgets.treaties import explore_situation
from casebook.widgets.words import align_sentence, follow_chain
from casebook.widgets.work import my_work, walk

__all__ = [
    "align_sentence",
    "check_code",
    "check_out",
    "class_questions",
    "code_passages",
    "compare_chains",
    "compare_englishes",
    "compare_reports",
    "count_resolutions",
    "exercise",
    "explore_arc",
    "explore_council",
    "explore_situation",
    "explore_stances",
    "find_phrase",
    "first_forecast",
    "follow_chain",
    "forecast",
    "grade_claim",
    "judge_line",
    "judge_phrasings",
    "leave_one_out",
    "look_back",
    "look_up",
    "mislead",
    "my_work",
    "open_outcomes",
    "open_search",
    "predict",
    "rank_phrasings",
    "read_laterally",
    "score_forecasts",
    "walk",
    "weigh_reasons",
    "weigh_statement",
    "write_record",
]
