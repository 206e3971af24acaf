"""Complaints: acknowledged, answered, or overdue by the clocks of their kind and of the payment they contest."""

import pyarrow as pa

from bolib.day import Day

TABLES = ("complaint_work", "complaint_causes", "complaints_received", "complaint_examples")

SILENT_SOURCE, CLAIM = "COMPL-08", "E-05"

CONTESTED = """
select distinct p.cleared_on as trigger_date
from complaints c join card_clearings p on p.arn = c.contested_key order by 1
"""


def prepare(day: Day) -> None:
    """Add the sources that never record an answer, and until when each contested payment could be reported."""
    add_silent_sources(day)
    add_claim_limits(day)


def add_silent_sources(day: Day) -> None:
    """Add `silent_sources`: what the control on sources of complaints without answers finds."""
    control = next(item for item in day.controls if item.id == SILENT_SOURCE)
    day.engine.create("silent_sources", control.sql, **day.bound, **control.thresholds)


def add_claim_limits(day: Day) -> None:
    """Add `claim_limits`: debited_on, latest, arithmetic; one row a day on which a contested payment was debited."""
    days = day.engine.query(CONTESTED)["trigger_date"]
    clocks = day.rulebook.countable(pa.table({"rule": pa.repeat(CLAIM, len(days)), "trigger_date": days}))
    found = day.rulebook.due_dates(clocks).select(["trigger_date", "due_date", "arithmetic"])
    day.engine.add("claim_limits", found.rename_columns(["debited_on", "latest", "arithmetic"]))
