"""Settlement as people read it: what failed, how old it is, and what it costs."""

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result


def ageing(result: Result) -> Display:
    """Return what is past its settlement date by age band, with the share of it own funds must cover."""
    rows = sorted(numerals.records(result.tables["ageing"]), key=lambda row: (row["from_day"], row["currency"]))
    drawn = columns(
        "band|Business days late|word",
        "currency|Currency|word",
        "instructions|Instructions|integer",
        "amount|Amount|money",
        "factor|Own funds, % of the price difference|integer",
    )
    caption = "Unsettled instructions past their date, by age"
    return table(rows, drawn, caption, empty="No instruction is past its settlement date.")
