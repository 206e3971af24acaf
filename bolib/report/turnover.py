"""What is new, still open and gone since the last publication, by control and by owner; ages in business days."""

from collections import defaultdict
from typing import Any

from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.operations import amounts
from bolib.report.tables import columns, table
from bolib.results import Result
from bolib.rulebook import SEVERITIES

TALLY = (
    *("new|New|integer", "open|Still open|integer", "gone|Gone|integer", "oldest|Oldest, days|integer"),
    "amounts|Gross amounts|text",
)
CSV = "results/findings.csv"


def standing_by_control(result: Result) -> Display:
    """Return a row a control that has or had findings: new, still open, gone, oldest, who answers, how much."""
    title = {item["control"]: item["title"] for item in result.checked}
    rows = [
        row | {"title": title.get(row["control"], row["control"])} for row in _standing(result, ("control", "severity"))
    ]
    rows.sort(key=lambda row: (SEVERITIES.index(row["severity"]), -row["new"] - row["open"], row["control"]))
    drawn = columns(
        *("control|Control|key", "severity|Severity|severity", *TALLY, "owners|Owner|word", "title|What it asks|reason")
    )
    return table(rows, drawn, "Findings by control", CSV, total=_total(rows, "control"))


def standing_by_owner(result: Result) -> Display:
    """Return a row an owner: what is new, still open and gone, the oldest of it, and how much."""
    rows = [row | {"owner": row["owner"] or "nobody"} for row in _standing(result, ("owner", "team"))]
    rows.sort(key=lambda row: (-row["new"] - row["open"], row["owner"]))
    drawn = columns("owner|Owner|word", "team|Team|text", *TALLY)
    return table(rows, drawn, "Findings by owner", CSV, total=_total(rows, "owner"))


def _standing(result: Result, by: tuple[str, ...]) -> list[dict[str, Any]]:
    found: dict[tuple, dict[str, list[dict]]] = defaultdict(lambda: {"NEW": [], "OPEN": [], "GONE": []})
    for row in numerals.records(result.findings):
        found[tuple(row[name] for name in by)][row["status"]].append(row)
    for row in numerals.records(result.gone):
        found[tuple(row[name] for name in by)]["GONE"].append(row)
    return [dict(zip(by, key, strict=True)) | _tally(rows) for key, rows in found.items()]


def _tally(rows: dict[str, list[dict]]) -> dict[str, Any]:
    now = rows["NEW"] + rows["OPEN"]
    return {
        "new": len(rows["NEW"]),
        "open": len(rows["OPEN"]),
        "gone": len(rows["GONE"]),
        "oldest": max((row["age_days"] for row in now), default=None),
        "amounts": amounts(now) or None,
        "owners": ", ".join(sorted({row["owner"] or "nobody" for row in now})) or None,
    }


def _total(rows: list[dict], first: str) -> dict[str, Any]:
    return {first: "All"} | {name: sum(row[name] for row in rows) for name in ("new", "open", "gone")}
