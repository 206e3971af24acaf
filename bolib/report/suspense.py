"""Suspense as people read it: how much, how old, whose, and what is proposed; debits and credits never netted."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

LAST = 10**6
"""Days more than any band begins with: the line of the proof stands below them."""
NO_ACCOUNT = "No suspense account stands in the chart, or none has moved."


def suspense_by_age(result: Result) -> Display:
    """Return the open items by account and band of age: debits, credits, provisions proposed; and the proof."""
    proofs = {row["account"]: row for row in numerals.records(result.tables["suspense_proof"])}
    nothing = {"items": 0} | dict.fromkeys(("debits", "credits", "provision"), Decimal(0))
    found: dict[tuple, dict[str, Any]] = defaultdict(nothing.copy)
    for item in numerals.records(result.tables["suspense"]):
        row = found[item["account"], item["band"]]
        row["items"] += 1
        row["debits" if item["amount"] > 0 else "credits"] += abs(item["amount"])
        row["provision"] += item["provision"]
        row["youngest"] = min(row.get("youngest", item["age_days"]), item["age_days"])
    rows = [
        {"account": account, "band": f"{band.replace('-', ' to ')} days"} | row
        for (account, band), row in found.items()
    ]
    rows += [_proof(row) for row in proofs.values()]
    rows.sort(key=lambda row: (row["account"], row.get("youngest", LAST)))
    drawn = columns(
        *("account|Account|key", "band|Age|word", "items|Items|integer", "debits|Debits|money"),
        *("credits|Credits|money", "provision|Provision proposed|money", "closing|Ledger|money", "gap|Left over|money"),
        "state|Proof|status",
    )
    return table(rows, drawn, "Open items by age, in EUR", "results/suspense.csv", empty=NO_ACCOUNT)


def _proof(row: dict[str, Any]) -> dict[str, Any]:
    """Return the last line of an account: its items and what it held before are the ledger's balance."""
    before = f", {numerals.money(row['opening'])} from before" if row["opening"] else ""
    whole = row["gap"] == 0 and row["opening"] == 0
    return row | {"band": f"all{before}", "state": "PROVEN" if whole else "NOT_PROVEN"}


def suspense_items(result: Result) -> Display:
    """Return the open items, the oldest first, each with its owner, its stage and what is proposed."""
    rows = numerals.records(result.tables["suspense_items"])
    rows.sort(key=lambda row: (-row["age_days"], row["item"]))
    shown = [row | {"hint": _hint(row), "proposed": _proposed(row)} for row in rows]
    drawn = columns(
        *("item|Item|key", "account|Account|word", "amount|Amount|money", "age_days|Days|integer"),
        *("stage|Stage|status", "label|What it says|reason", "owner|Owner|word", "proposed|Proposed|text"),
        "hint|May be cleared by|text",
    )
    caption = "Open items in EUR, debit positive, the oldest first"
    return table(shown, drawn, caption, "results/suspense.csv", empty="No item is open.")


def _hint(row: dict[str, Any]) -> str | None:
    return f"{row['twin']}, of the same document" if row["twin"] else None


def _proposed(row: dict[str, Any]) -> str:
    amount = f": {numerals.money(row['provision'])}" if row["provision"] else ""
    signer = f"; {row['approver']} signs" if row["approver"] else ""
    return f"{row['proposal']}{amount}{signer}"
