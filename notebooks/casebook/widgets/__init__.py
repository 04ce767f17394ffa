"""A function per widget. The only room that knows ipywidgets."""
from casebook.widgets.arc import explore_arc, first_forecast
from casebook.widgets.exercises import check_out, exercise, predict
from casebook.widgets.log import find_phrase
from casebook.widgets.reports import compare_reports, weigh_statement

__all__ = ["check_out", "compare_reports", "exercise", "explore_arc", "find_phrase", "first_forecast", "predict", "weigh_statement"]
