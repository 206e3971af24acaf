"""Cards as people read them: who waits for a refund, whose move each dispute is, and which machines do not count."""

from bolib.report import numerals
from bolib.report.cases import cases, facts, source
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

THEIR_MOVE = "CHARGEBACK"
"""The stage in which the merchant's bank must answer."""


def disputes(result: Result) -> Display:
    """Return the disputes that run, by the end of their clock: whose move it is, who has his money back."""
    files = [_file(row) for row in numerals.records(result.tables["dispute_work"])]
    return cases(result, ("dispute", "refund"), files, "card dispute", "No dispute runs.")


def _file(row: dict) -> dict:
    said = facts(
        scheme=row["scheme"], stage=row["stage"], since=row["stage_on"], whose_move=_move(row), customer=_refund(row),
        reason=row["reason"], payment=row["transaction_date"], reported=row["reported_on"], clearing_line=row["arn"],
    )  # fmt: skip
    about = f"{row['scheme']}, {numerals.label(row['stage']).lower()}: {_move(row)}'s move; {_refund(row)}"
    named = {"key": row["dispute_id"], "about": about, "facts": said, "source": source(row)}
    return named | {"amount": row["amount"], "currency": row["currency"]}


def _move(row: dict) -> str:
    """Return who must act next; of a dispute that has ended, nobody."""
    if row["rule"] is None:
        return "nobody"
    return "the merchant's bank" if row["stage"] == THEIR_MOVE else "the issuer"


def _refund(row: dict) -> str:
    """Return whether the customer has the money back; only a payment nobody authorised is owed at once."""
    if row["refunded_on"] is not None:
        return f"refunded {numerals.day(row['refunded_on'])}"
    return "refund owed now" if row["unauthorised"] else "waits for the outcome"


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
