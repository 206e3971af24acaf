"""What no rule foresaw, as people read it: what was expected and seen, how often such an alert was right, and why."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

CSV = "results/alerts.csv"
BLOCKS = {
    "trades": "Deal",
    "prices": "Price",
    "journal": "Entry",
    "cash_operations": "Cash",
    "card_authorisations": "Card",
    "instalments": "Instalment",
    "payments": "Payment",
    "pnl_books": "Result",
    "positions": "Position",
    "events": "Step",
}
"""What an alert is about, in a word."""

FOLDED = {
    "BELOW": "Below the line of the day's budget",
    "GROUPED": "Grouped under an earlier alert or a control's finding",
    "ACCEPTED": "Legitimate by a decision",
    "CLOSED": "Closed by the next day itself",
}
"""What is counted and listed apart, by place."""

LEVELS = 5
"""Shades of a table of counts."""


def alerts(result: Result) -> Display:
    """Return the alerts shown, the likeliest and dearest first, each with its counts; the others counted and folded."""
    rows = [_masked(row) for row in numerals.records(result.tables["alerts"])]
    heats = _heats(result)
    shown = sorted((row for row in rows if row["place"] == "SHOWN"), key=_rank)
    drawn = [
        row | {"what": BLOCKS[row["block"]], "heat": heats.get(row["alert_id"]), "pairs": _pairs(row)} for row in shown
    ]
    days = result.day.parameters["unusual_days"]
    none = f"Nothing of the last {days} business days is unlike what was known before it."
    return Display(
        "alerts.html.j2",
        plain=numerals.count(len(shown), "alert"),
        lead=_lead(rows, len(shown), days),
        rows=drawn,
        empty=none,
        folded=_folded(rows),
    )


def _masked(row: dict[str, Any]) -> dict[str, Any]:
    return row | {"sentence": numerals.masked(row["sentence"]), "scope": numerals.masked(row["scope"])}


def _rank(row: dict[str, Any]) -> tuple:
    return -row["priority"], -abs(row["score"]), row["alert_id"]


def _lead(rows: list[dict], shown: int, days: int) -> str:
    apart = [f"{count} {place.lower()}" for place in FOLDED if (count := sum(row["place"] == place for row in rows))]
    also = f"; {', '.join(apart)}" if apart else ""
    return (
        f"{numerals.count(shown, 'alert')} of the last {numerals.count(days, 'business day')}{also}. Each day was"
        " judged by what was known on it. An alert breaks no rule: it says what was never seen, and a person looks."
    )


def _pairs(row: dict[str, Any]) -> dict[str, str]:
    """Return what stands under an alert: where to look first, and what a decision could cover."""
    found = {
        "Blame first": f"{row['field'].replace('_', ' ')}: {_plain(row)}",
        "Strength": _strength(row),
        "How often right": row["chance"],
        "To accept such cases, a decision with the scope": row["scope"],
        "Alert": row["alert_id"],
    }
    if row["source_file"]:
        found["Source row"] = f"{row['source_file']}:{row['source_line']}"
    return {name: numerals.masked(str(value)) for name, value in found.items()}


def _strength(row: dict[str, Any]) -> str:
    if row["kind"] == "POSITION":
        return "exact: what moved leaves nothing over"
    unit = "nats of evidence" if row["kind"] in ("RARE", "FIRST", "STALE") else "spreads from the usual"
    return f"{abs(row['score']):,.1f} {unit}"


def _plain(row: dict[str, Any]) -> str:
    """Return the value to blame as a reader expects it."""
    if row["kind"] in ("AMOUNT", "RESULT", "SCHEDULE"):
        return numerals.money(Decimal(row["value"]))
    return numerals.price(Decimal(row["value"])) if row["kind"] in ("MOVE", "STALE", "POSITION") else row["value"]


def _heats(result: Result) -> dict[str, dict[str, Any]]:
    """Return for each alert of a pair the counts around it: its own values first, then the commonest."""
    cells: dict[str, list[dict]] = defaultdict(list)
    for row in numerals.records(result.tables["alert_counts"]):
        cells[row["alert_id"]].append(row)
    return {name: _heat(found) for name, found in cells.items()}


def _heat(cells: list[dict]) -> dict[str, Any]:
    heads = list(dict.fromkeys(cell["other_value"] for cell in cells))
    lines = list(dict.fromkeys(cell["value"] for cell in cells))
    most = max((cell["count"] for cell in cells), default=0)
    counts = {(cell["value"], cell["other_value"]): cell for cell in cells}
    drawn = [{"name": value, "cells": [_cell(counts[value, other], most) for other in heads]} for value in lines]
    words = {side: cells[0][side].replace("_", " ") for side in ("field", "other")}
    return {**words, "heads": heads, "lines": drawn}


def _cell(cell: dict[str, Any], most: int) -> dict[str, Any]:
    level = -(-LEVELS * cell["count"] // most) if most else 0
    return {"count": cell["count"], "marked": cell["marked"], "level": level}


def _folded(rows: list[dict]) -> list[dict]:
    parts = []
    for place, words in FOLDED.items():
        found = sorted((row for row in rows if row["place"] == place), key=_rank)
        drawn = columns("key|Record|key", "day|Day|date", "sentence|What|text", "cause|Under|reason")
        if found:
            inside = table(found, drawn, words, CSV, limit=100).html()
            parts.append({"title": words, "count": len(found), "table": inside})
    return parts
