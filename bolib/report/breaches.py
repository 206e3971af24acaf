"""Findings as people read them: by control, the worst first; each opens on its rule, evidence and source rows."""

import json
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.results import Result, earlier
from bolib.rulebook import SEVERITIES

LIMIT = 25
"""Findings of one control drawn in a page; the others are counted and stand in the CSV."""
CORRECTIONS = ("RESTATE", "AMEND", "CANCEL")


def findings(result: Result) -> Display:
    """Return the findings of the report, grouped by control."""
    groups: dict[str, list[dict]] = defaultdict(list)
    for row in numerals.records(result.findings):
        row["message"] = numerals.masked(row["message"])
        groups[row["control"]].append(row | {"evidence": _evidence(row["evidence"])})
    drawn = [_group(item, groups[item["control"]]) for item in result.checked if groups[item["control"]]]
    return Display(
        "findings.html.j2",
        plain=numerals.count(len(result.findings), "finding"),
        groups=sorted(
            drawn, key=lambda group: (SEVERITIES.index(group["severity"]), -group["count"], group["control"])
        ),
        ran=sum(item["status"] == "ran" for item in result.checked),
    )


def _group(item: dict[str, Any], rows: list[dict]) -> dict[str, Any]:
    ordered = sorted(
        rows, key=lambda row: (row["status"] != "NEW", -abs(row["amount"] or Decimal(0)), row["finding_id"])
    )
    return {
        **item,
        "count": len(rows),
        "new": sum(row["status"] == "NEW" for row in rows),
        "thresholds": rows[0]["evidence"]["thresholds"],
        "rows": ordered[:LIMIT],
        "left_out": max(len(rows) - LIMIT, 0),
    }


def _evidence(text: str) -> dict[str, Any]:
    content = json.loads(numerals.masked(text))
    return {"row": {}, "sources": [], "thresholds": {}} | content


def changes(result: Result) -> Display:
    """Return what is new, gone and still open since the last publication, and how the result moved."""
    rows = numerals.records(result.findings)
    previous = earlier(result.day.history, result.day.as_of)
    new = [row for row in rows if row["status"] == "NEW"]
    gone = numerals.records(result.gone)
    return Display(
        "changes.html.j2",
        plain=f"{len(new)} new, {len(gone)} gone, {len(rows) - len(new)} still open",
        previous=date.fromisoformat(previous.parent.name) if previous else None,
        new=new[:LIMIT],
        gone=gone[:LIMIT],
        counts={"new": len(new), "gone": len(gone), "open": len(rows) - len(new)},
        moves=_moves(result) if "pnl_books" in result.tables else [],
    )


def _moves(result: Result) -> list[dict[str, Any]]:
    """Return, by currency, the result of the day and of the day before, and what corrects earlier days."""
    sums: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    books = numerals.records(result.tables["pnl_books"])
    days = sorted({row["date"] for row in books if row["date"] <= result.day.as_of})[-2:]
    for row in books:
        if row["date"] in days:
            sums[row["currency"]][str(row["date"])] += row["total"]
    lines = result.tables["pnl_lines"]
    for row in numerals.records(lines[lines["date"] == result.day.as_of]):
        if row["component"] in CORRECTIONS:
            sums[row["currency"]]["corrections"] += row["amount"]
    return [_move(currency, found, days) for currency, found in sorted(sums.items())]


def _move(currency: str, found: dict[str, Decimal], days: list) -> dict[str, Any]:
    now, before = found[str(days[-1])], found[str(days[0])] if len(days) > 1 else None
    return {
        "currency": currency,
        "day": days[-1],
        "day_before": days[0] if len(days) > 1 else None,
        "now": now,
        "before": before,
        "move": None if before is None else now - before,
        "corrections": found["corrections"],
    }
