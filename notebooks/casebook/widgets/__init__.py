"""A function per widget. The only room that knows ipywidgets."""
from casebook.widgets.addresses import look_up
from casebook.widgets.arc import explore_arc, first_forecast
from casebook.widgets.classroom import class_questions
from casebook.widgets.coding import code_passages
from casebook.widgets.exercises import check_out, exercise, predict
from casebook.widgets.log import find_phrase
from casebook.widgets.record import write_record
from casebook.widgets.reports import compare_reports, weigh_statement
from casebook.widgets.treaties import explore_situation
from casebook.widgets.words import align_sentence, follow_chain
from casebook.widgets.work import my_work, walk

__all__ = ["align_sentence", "check_out", "class_questions", "code_passages", "compare_reports", "exercise", "explore_arc", "explore_situation",
           "find_phrase", "first_forecast", "follow_chain", "look_up", "my_work", "predict", "walk", "weigh_statement", "write_record"]
