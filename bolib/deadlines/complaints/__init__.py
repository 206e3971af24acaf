"""Complaints: acknowledged, answered, or overdue by the clocks of their kind."""

from bolib.day import Day

TABLES = ()

SILENT_SOURCE = "COMPL-08"


def prepare(day: Day) -> None:
    """Add the sources of complaints that never record an answer: what the control on them finds."""
    control = next(item for item in day.controls if item.id == SILENT_SOURCE)
    day.engine.create("silent_sources", control.sql, **day.bound, **control.thresholds)
