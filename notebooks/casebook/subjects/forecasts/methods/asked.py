"""What exercises and counts ask of the forecast questions: which are settled, which no other lesson
tells, what Laplace's rule makes of their counts.
"""

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables
from casebook.subjects.forecasts.methods.scores import base_rates, rivals


@derived_table
def days_won_by_counting(tables: Tables) -> pd.DataFrame:
    """On how many days the base rate is nearer than 'always 50 %', on all settled questions.
    Column: days.
    """
    return pd.DataFrame({"days": [int((rivals(tables)["nearer"] == "base rate").sum())]})


@derived_table
def counted_by_the_rule(tables: Tables) -> pd.DataFrame:
    """What Laplace's rule makes of each question's count. Columns: subject_id, opens, with_two
    ('1 of 12': cases and years, with the two years that are made up).
    """
    rates = base_rates(tables)
    told = [f"{rate.cases + 1} of {rate.years + 2}" for rate in rates.itertuples()]
    return rates[["subject_id", "opens"]].assign(with_two=told)


@derived_table
def settled_questions(tables: Tables) -> pd.DataFrame:
    """The questions that are settled. Columns: question_id, opens, outcome ('yes' or 'no')."""
    opens = tables.questions[["question_id", "opens"]]
    settled = tables.resolutions[["question_id", "outcome"]]
    return opens.merge(settled, on="question_id", validate="1:1")


@derived_table
def untold(tables: Tables) -> pd.DataFrame:
    """The rows of ``questions`` of which no other lesson tells how they came out."""
    return tables.questions[tables.questions["told"] == ""]
