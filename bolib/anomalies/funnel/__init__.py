"""The funnel: every operation in exactly one state, from the order to the accounts, with what comes next and when."""

from bolib.day import Day

TABLES = ("operation_states", "funnel")


def prepare(day: Day) -> None:
    """Nothing beforehand: the views name all they need."""
