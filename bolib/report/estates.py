"""Estates as people read them: what each file still needs, and what the law allows to charge on it."""

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result


def estates(result: Result) -> Display:
    """Return the estates not closed: what is still to be done, the fees and funeral costs against their limits."""
    rows = [row | {"next": _next(row)} for row in numerals.records(result.tables["estate_work"])]
    rows.sort(key=lambda row: (row["assets_paid_on"] is None, row["notified_on"], row["estate_id"]))
    drawn = columns(
        *("estate_id|Estate|key", "died_on|Death|date", "notified_on|Known|date", "balance_at_death|Balance|money"),
        *("next|Still to do|reason", "papers|Papers missing|integer", "fees_charged|Fees|money"),
        *("fee_at_most|at most|money", "funeral_paid|Funeral|money", "funeral_at_most|at most|money"),
        "currency|Currency|word",
    )
    return table(rows, drawn, "Estates not closed", "results/deadlines.csv", empty="No estate is open.")


def _next(row: dict) -> str:
    """Return what is still missing in a file, in words."""
    missing = [
        "block the accounts" if row["blocked_on"] is None else "",
        "send the list to the tax office" if row["assets_paid_on"] and row["tax_list_sent_on"] is None else "",
        "get the papers" if row["papers"] else "",
        "pay out" if row["assets_paid_on"] is None else "close",
    ]
    return ", ".join(word for word in missing if word)
