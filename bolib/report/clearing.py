"""Cards and cash machines as people read them: does each payment stand where it should, for what it is?"""

from collections import defaultdict
from decimal import Decimal

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result


def card_legs(result: Result) -> Display:
    """Return how many payments agree on each leg, from authorisation to clearing and from clearing to account."""
    cleared = numerals.records(result.tables["card_judged"])
    waiting = numerals.records(result.tables["uncleared"])
    accounts = numerals.records(result.tables["account_lines"])
    wrong = [row for row in cleared if row["class"] is not None]
    moved = [row for row in accounts if row["booked"] != row["due"]]
    known = {row["arn"] for row in accounts}
    unknown = [row for row in cleared if row["arn"] not in known]
    rows = [
        _leg("Clearings and their authorisation", cleared, wrong, "amount"),
        _leg("Authorisations nothing was presented for", waiting, [], "amount"),
        _leg("Clearings and the account they debit", accounts, moved, "due"),
        _leg("Clearings on accounts of which we have no record", unknown, [], "amount"),
    ]
    drawn = columns(
        *("leg|Leg|text", "rows|Payments|integer", "wrong|do not agree|integer", "gross|Gross amount|money"),
        "apart|of which open|money",
    )
    empty = "No clearing of cards was received: nothing was compared."
    return table(rows if cleared or waiting else [], drawn, "Card payments, leg by leg", empty=empty)


def _leg(name: str, rows: list[dict], wrong: list[dict], amount: str) -> dict:
    gross, apart = (sum((abs(row[amount]) for row in some), Decimal(0)) for some in (rows, wrong))
    return {"leg": name, "rows": len(rows), "wrong": len(wrong) or None, "gross": gross, "apart": apart or None}


def machine_ledger(result: Result) -> Display:
    """Return each cash machine against the ledger of its cash: days that agree, and what is apart."""
    found: dict[str, list[dict]] = defaultdict(list)
    for row in numerals.records(result.tables["machine_lines"]):
        found[row["atm"]].append(row)
    rows = [_machine(name, days) for name, days in sorted(found.items())]
    drawn = columns(
        *("atm|Machine|key", "days|Days|integer", "wrong|do not agree|integer", "given|Given out|money"),
        *("booked|booked|money", "apart|Apart, gross|money", "last|Last day apart|date", "currency|Currency|word"),
    )
    empty = "No cash machine has both a count and a ledger: nothing was compared."
    return table(rows, drawn, "Cash machines against the ledger", "results/breaks.csv", empty=empty)


def _machine(name: str, days: list[dict]) -> dict:
    wrong = [row for row in days if row["difference"] != 0 or not (row["counted"] and row["booked"])]
    return {
        "atm": name,
        "days": len(days),
        "wrong": len(wrong) or None,
        "given": sum((row["dispensed"] or Decimal(0) for row in days), Decimal(0)),
        "booked": sum((row["given"] or Decimal(0) for row in days), Decimal(0)),
        "apart": sum((abs(row["difference"]) for row in wrong), Decimal(0)) or None,
        "last": max((row["date"] for row in wrong), default=None),
        "currency": days[0]["currency"],
    }
