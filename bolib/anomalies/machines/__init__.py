"""Cash machines: what they say they gave out and were loaded with, against the ledger of their cash."""

from bolib.day import Day

TABLES = ("machine_lines", "open_counts")


def prepare(day: Day) -> None:
    """Nothing to add: the SELECTs read the tables of the day."""
