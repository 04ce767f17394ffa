"""The three days that a headline would draw as steps, and every day of the log from the first of
them on.
"""

import pandas as pd

from casebook.core.derived import derived_table
from casebook.core.tables import Tables

__all__ = []

# The events that a newspaper would pick, and the word that it would write on each step.
STEPS = {"E008": "messages", "E019": "pact", "E029": "letter"}
SIDES = ("kim_to_putin", "putin_to_kim", "others")  # others: talks, calls, envoys


def steps(tables: Tables) -> pd.DataFrame:
    """The three days: event_id, day (timestamp), word, lane, address, in the order of time."""
    found = tables.events[tables.events["event_id"].isin(list(STEPS))]
    found = found.assign(day=pd.to_datetime(found["date"]), word=found["event_id"].map(STEPS))
    return found.sort_values("day", kind="stable")[["event_id", "day", "word", "lane", "address"]]


def log_from_the_first_step(tables: Tables) -> pd.DataFrame:
    """The log's rows from the first of the three days on: message_id, day, side, direction,
    on_a_step.
    """
    picked = steps(tables)["day"]
    log = tables.messages.assign(day=pd.to_datetime(tables.messages["date"]))
    log = log[log["day"] >= picked.min()]
    log = log.assign(
        side=log["direction"].where(log["direction"].isin(SIDES), "others"),
        on_a_step=log["day"].isin(picked),
    )
    return log.sort_values(["day", "message_id"], kind="stable")[
        ["message_id", "day", "side", "direction", "on_a_step"]
    ]


@derived_table
def days_of_the_log(tables: Tables) -> pd.DataFrame:
    """Every day from the first step on that has a row of the log, and whether it is one of the
    three: day (ISO), step ('yes', 'no'), putin (whether Putin writes, speaks, or
    talks with Kim, by the log's direction; what it has as by way of envoys is neither's).
    """
    log = log_from_the_first_step(tables)
    log = log.assign(putin=log["direction"].isin(["putin_to_kim", "both"]))
    days = log.groupby("day", as_index=False).agg(step=("on_a_step", "any"), putin=("putin", "any"))
    said = {True: "yes", False: "no"}
    return pd.DataFrame(
        {
            "day": days["day"].dt.strftime("%Y-%m-%d"),
            "step": days["step"].map(said),
            "putin": days["putin"].map(said),
        }
    )


@derived_table
def step_readings(tables: Tables) -> pd.DataFrame:
    """What may be read off three steps, and whether it is carried.

    A rise would need all days that the log has; that nothing changed would need three events of one
    kind; that the days were chosen needs others to choose from.
    """
    others = (days_of_the_log(tables)["step"] == "no").sum()
    carried = {
        "rise": others == 0,
        "chosen": others > 0,
        "same": steps(tables)["lane"].nunique() == 1,
    }
    return pd.DataFrame(
        [(reading, "yes" if holds else "no") for reading, holds in carried.items()],
        columns=["reading", "carried"],
    )


@derived_table
def ways_to_test(tables: Tables) -> pd.DataFrame:
    """What would test a rise drawn from three of Putin's days, by the days that it would cover: a
    way is a test where it covers all that the log has.
    """
    days = (days_of_the_log(tables)["putin"] == "yes").sum()
    covers = {"every": days, "fourth": 4, "repeat": 3}
    rows = [(way, covered, "yes" if covered >= days else "no") for way, covered in covers.items()]
    return pd.DataFrame(rows, columns=["way", "covers", "tests"])
