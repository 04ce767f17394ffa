"""A function per widget. The only room that knows ipywidgets."""
from casebook.widgets.arc import explore_arc, first_forecast
from casebook.widgets.exercises import check_out, exercise, predict
from casebook.widgets.reports import compare_reports, weigh_statement
from casebook.widgets.words import align_sentence, follow_chain

__all__ = ["align_sentence", "check_out", "compare_reports", "exercise", "explore_arc", "first_forecast", "follow_chain", "predict", "weigh_statement"]
