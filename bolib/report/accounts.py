"""Journals and balances as people read them: does each journal balance, what justifies each account, what is left."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

ITEMS = 12
"""Open items drawn inside an account; the others stand in the CSV."""
KINDS = {"SUSPENSE": "suspense", "TRANSFER": "internal transfers", "RESULT": "result", "CARRIED": "result carried"}


def journals(result: Result) -> Display:
    """Return each journal with its totals: debit is credit, and no number is missing, or it is not proven."""
    rows = [row | {"state": _state(row)} for row in numerals.records(result.tables["journal_totals"])]
    drawn = columns(
        *("journal_code|Journal|key", "state|Proof|status", "journal_label|Name|text", "entries|Entries|integer"),
        *("by_hand|By hand|integer", "missing|Missing|integer", "debit|Debit|money", "credit|Credit|money"),
        "difference|Apart|money",
    )
    total = {name: sum((row[name] for row in rows), Decimal(0)) for name in ("debit", "credit", "difference")}
    empty = "No journal was received: no entry was checked."
    counts = {name: sum(row[name] for row in rows) for name in ("entries", "missing", "by_hand")}
    last = {"journal_code": "All journals"} | counts | total
    ordered = sorted(rows, key=lambda row: row["journal_code"])
    return table(ordered, drawn, "The journals in figures, in EUR", total=last if rows else None, empty=empty)


def _state(row: dict[str, Any]) -> str:
    return "PROVEN" if row["difference"] == 0 and row["missing"] == 0 else "NOT_PROVEN"


def account_sheets(result: Result) -> Display:
    """Return the justification of each account: opening, movements by journal, closing, what justifies it or not."""
    by_journal, items = _journals(result), _items(result)
    rows = [
        _sheet(row, by_journal[row["account"]], items[row["account"]])
        for row in numerals.records(result.tables["account_sheets"])
    ]
    rows.sort(key=lambda row: (row["proven"], row["account"]))
    unproven = sum(not row["proven"] for row in rows)
    return Display(
        "accounts.html.j2",
        plain=f"{numerals.count(len(rows), 'account')}, {unproven} not justified whole",
        sheets=rows,
        unproven=unproven,
        shown=ITEMS,
    )


def _journals(result: Result) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = defaultdict(list)
    for row in sorted(numerals.records(result.tables["account_journals"]), key=lambda row: row["journal_code"]):
        found[row["account"]].append(row)
    return found


def _items(result: Result) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = defaultdict(list)
    for row in sorted(numerals.records(result.tables["suspense"]), key=lambda row: (-row["age_days"], row["item"])):
        found[row["account"]].append(row)
    return found


def _sheet(row: dict[str, Any], by_journal: list[dict], items: list[dict]) -> dict[str, Any]:
    """Return an account with what is left over: what the journal does not explain, and what no item or sub-ledger."""
    unjustified = (row["from_before"] or 0) if row["kind"] == "SUSPENSE" else 0
    apart, differences = row["apart"], row["differences"] or 0
    proven = row["gap"] == row["unproven"] == unjustified == differences == 0 and not row["missing"]
    return row | {
        "name": row["account_label"] or "",
        "what": KINDS.get(row["kind"] or "", ""),
        "by_journal": by_journal,
        "expected": row["opening"] + row["debit"] - row["credit"],
        "open_items": items[:ITEMS],
        "left_out": max(len(items) - ITEMS, 0),
        "is_suspense": row["kind"] == "SUSPENSE",
        "unjustified": unjustified,
        "differences": differences,
        "apart": apart,
        "compared": row["apart"] is not None,
        "proven": proven,
    }


def ledger_comparisons(result: Result) -> Display:
    """Return what stands beside the ledger, and how much of it agrees; what nobody compares is said."""
    beyond = set(result.findings.loc[result.findings["control"] == "ACC-05", "key"])
    rows = numerals.records(result.tables["ledger_comparisons"])
    rows = [row | {"state": _agreement(row, beyond)} for row in rows]
    drawn = columns(
        *(
            "comparison|Compared|text",
            "state|Proof|status",
            "compared|Operations|integer",
            "differences|Differ|integer",
        ),
        *("ledger_amount|Ledger|money", "other_amount|Beside it|money", "currency||word"),
    )
    empty = "Nothing is compared: name sub-ledgers and accounts of the result in parameters/anomalies.yml."
    caption = f"Beside the ledger{_not_compared(result)}"
    return table(sorted(rows, key=lambda row: row["comparison"]), drawn, caption, empty=empty)


def _agreement(row: dict[str, Any], beyond: set[str]) -> str:
    """Return the state of a comparison; a result may differ within the tolerance of its control."""
    if row["differences"] == 0:
        return "PROVEN"
    return "NOT_PROVEN" if row["result"] is None or row["result"] in beyond else "TOLERATED"


def _not_compared(result: Result) -> str:
    """Return the words for results that are not compared: no account is named, or nobody said what they were."""
    if not result.day.parameters.get("result_accounts"):
        return "; the result of the day is not compared, for no account of it is named in parameters/anomalies.yml"
    if not result.day.engine.table("stated_results").num_rows:
        return "; the result of the day before is not compared, for none was published and no desk estimated it"
    return ""
