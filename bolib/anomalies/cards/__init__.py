"""Cards: each payment from its authorisation through its clearing to the account it debits, and its dispute."""

from bolib.day import Day

TABLES = (
    *("card_judged", "account_lines", "uncleared", "open_authorisations", "open_clearings", "open_entries"),
    "matched_clearings",
)


def prepare(day: Day) -> None:
    """Nothing to add: the SELECTs read the tables of the day."""
