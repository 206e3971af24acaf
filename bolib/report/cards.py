"""Cards as people read them: who waits for a refund, whose move each dispute is, and which machines do not count."""

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

THEIR_MOVE = "CHARGEBACK"
"""The stage in which the merchant's bank must answer."""


def disputes(result: Result) -> Display:
    """Return the disputes that run, by the end of their clock: whose move it is, who has his money back."""
    found = numerals.records(result.tables["dispute_work"])
    rows = [row | {"move": _move(row), "refund": _refund(row)} for row in found]
    rows.sort(key=lambda row: (row["due_date"], row["dispute_id"]))
    drawn = columns(
        *("dispute_id|Dispute|key", "scheme|Scheme|word", "stage|Stage|word", "amount|Amount|money"),
        *("currency|Currency|word", "refund|Customer|word", "move|Whose move|word", "due_date|Until|date"),
        *("days_left|Days left|integer", "rule|Rule|key"),
    )
    return table(rows, drawn, "Card disputes", "results/deadlines.csv", empty="No dispute runs.")


def _move(row: dict) -> str:
    return "merchant's bank" if row["stage"] == THEIR_MOVE else "ours"


def _refund(row: dict) -> str:
    """Return whether the customer has the money back; only a payment nobody authorised is owed at once."""
    if row["refunded_on"] is not None:
        return f"refunded {numerals.day(row['refunded_on'])}"
    return "owed now" if row["unauthorised"] else "waits for the outcome"


def cash_machines(result: Result) -> Display:
    """Return the cash machines: days counted, cash on the last one, and what does not add up."""
    found: dict[str, list[dict]] = {}
    for row in numerals.records(result.tables["cash_counts"]):
        found.setdefault(row["atm"], []).append(row)
    rows = [_machine(name, sorted(counts, key=lambda row: row["date"])) for name, counts in sorted(found.items())]
    drawn = columns(
        *("atm|Machine|key", "days|Days counted|integer", "last|Last count|date", "counted|Cash|money"),
        *("short|Short or over|change", "broken|Opened with another count|integer", "currency|Currency|word"),
    )
    return table(rows, drawn, "Cash machines, counted", empty="No count of a cash machine was received.")


def _machine(name: str, counts: list[dict]) -> dict:
    last = counts[-1]
    broken = [row for row in counts if row["counted_before"] is not None and row["opening"] != row["counted_before"]]
    return {
        "atm": name,
        "days": len(counts),
        "last": last["date"],
        "counted": last["counted"],
        "short": sum(row["difference"] for row in counts) or None,
        "broken": len(broken) or None,
        "currency": last["currency"],
    }
