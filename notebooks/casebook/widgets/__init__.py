"""A function per widget. The only room that knows ipywidgets."""
from casebook.widgets.addresses import look_up
from casebook.widgets.arc import explore_arc, first_forecast
from casebook.widgets.exercises import check_out, exercise, predict
from casebook.widgets.log import find_phrase
from casebook.widgets.reports import compare_reports, weigh_statement
from casebook.widgets.scale import judge_phrasings, leave_one_out
from casebook.widgets.treaties import explore_situation
from casebook.widgets.words import align_sentence, follow_chain

__all__ = ["align_sentence", "check_out", "compare_reports", "exercise", "explore_arc", "explore_situation",
           "find_phrase", "first_forecast", "follow_chain", "judge_phrasings", "leave_one_out", "look_up", "predict", "weigh_statement"]
