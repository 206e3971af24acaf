"""Why a page can be trusted: verdict, completeness, what ran, under which rules, from which files."""

import platform
from typing import Any

import bolib
from bolib.report import numerals
from bolib.report.display import Display
from bolib.report.tables import LIMIT, columns, table
from bolib.results import Result, Verdict
from bolib.rulebook import SEVERITIES

PROOF = columns(
    "file|File|key",
    "rows_read|Rows read|integer",
    "rows_accepted|accepted|integer",
    "rows_set_aside|set aside|integer",
    "rows_excluded|excluded|integer",
    "state|Proof|status",
    "amount_read|Amount read|money",
    "amount_accepted|accepted|money",
    "amount_set_aside|set aside|money",
    "amount_excluded|excluded|money",
    "declared|Declared|word",
    "reason|Why|reason",
)
SHOWN_FILES = 12
SHOWN_RECORDS = 200
RARE = ("amount_read", "amount_accepted", "amount_set_aside", "amount_excluded", "declared", "reason")
"""Columns of the proof drawn only where one of them is not zero or empty."""
LEVEL_WORDS = {"good": "Good", "warning": "Needs attention", "bad": "Action needed"}


def verdict(result: Result) -> Display:
    """Return the report in one sentence, with its counts, and whether the day is proven."""
    ran = sum(item["status"] == "ran" for item in result.checked)
    return verdict_banner(result.verdict, result.day.proven, ran, len(result.checked) - ran)


def verdict_banner(found: Verdict, proven: bool, ran: int | None = None, off: int = 0) -> Display:
    """Return the banner of a verdict; a day that is not proven is never better than bad."""
    return Display(
        "verdict.html.j2",
        plain=found.text if proven else f"NOT PROVEN. {found.text}",
        text=found.text,
        level=found.level if proven else "bad",
        word=LEVEL_WORDS[found.level] if proven else "Not proven",
        counts={name: found.counts.get(name, 0) for name in SEVERITIES} if found.counts or ran else {},
        proven=proven,
        ran=ran,
        off=off,
    )


def completeness(day: Any) -> Display:
    """Return the proof of the day with its first files; the index of the run holds them all."""
    return completeness_of(numerals.records(day.loaded.completeness.to_pandas()), day.proven, SHOWN_FILES)


def completeness_of(rows: list[dict[str, Any]], proven: bool, limit: int = LIMIT) -> Display:
    """Return rows of `completeness` as one sentence and a table; first what is not proven, then what was set aside."""
    names = ("rows_read", "rows_accepted", "rows_set_aside", "rows_excluded")
    totals = {name: sum(row[name] for row in rows) for name in names}
    ordered = sorted(rows, key=lambda row: (row["proven"], -row["rows_set_aside"], row["file"]))
    shown = [
        row | {"declared": _declared(row), "state": "PROVEN" if row["proven"] else "NOT_PROVEN"} for row in ordered
    ]
    drawn = [column for column in PROOF if column.name not in RARE or any(row[column.name] for row in shown)]
    total = {"file": "All files"} | totals
    files = table(shown, drawn, "Completeness, file by file", "results/completeness.csv", total, limit=limit)
    failed = [row for row in rows if not row["proven"]]
    plain = ("Proven" if proven else "NOT PROVEN") + f": {totals['rows_read']:,} rows in {len(rows)} files"
    return Display(
        "completeness.html.j2", plain, totals=totals, files=len(rows), proven=proven, failed=failed, table=files.html()
    )


def _declared(row: dict[str, Any]) -> str | None:
    parts = [f"{row['declared_rows']:,} rows"] if row.get("declared_rows") is not None else []
    parts += [numerals.money(row["declared_amount"])] if row.get("declared_amount") is not None else []
    return ", ".join(parts) or None


def set_aside(day: Any) -> Display:
    """Return the rows that failed a check, with every reason; what may be a card number is masked."""
    records: dict[str, list[dict]] = {}
    for row in numerals.records(day.loaded.set_aside.to_pandas()):
        hidden = {name: numerals.masked(row[name]) for name in ("value", "raw")}
        records.setdefault(f"{row['file']}:{row['line']}", []).append(row | hidden)
    return Display(
        "set_aside.html.j2",
        plain=numerals.count(len(records), "row") + " set aside",
        records=list(records.items())[:SHOWN_RECORDS],
        left_out=max(len(records) - SHOWN_RECORDS, 0),
    )


def controls(result: Result) -> Display:
    """Return what ran, with its thresholds, and what was off and why."""
    rows = [row | {"thresholds": dict(row["thresholds"]), "missing": list(row["missing"])} for row in result.checked]
    off = [row for row in rows if row["status"] == "off"]
    plain = f"{numerals.count(len(rows) - len(off), 'control')} ran, {len(off)} off"
    return Display("controls.html.j2", plain, rows=rows, off=off)


def rules(result: Result) -> Display:
    """Return the rules behind the controls and deadlines of the report, as in force on the day."""
    used = {row["rule"] for row in result.checked}
    if "deadlines" in result.tables:
        used |= set(result.tables["deadlines"]["rule"].dropna())
    found = [result.day.rulebook.rules(rule)[-1] for rule in sorted(used)]
    by_rule = {rule: [row for row in result.checked if row["rule"] == rule] for rule in used}
    return Display("rules.html.j2", numerals.count(len(found), "rule"), rules=found, controls=by_rule)


def unwatched(result: Result) -> Display:
    """Return the rules in force that no control or clock watches, by subject, and how many are not verified."""
    subjects: dict[str, list[dict]] = {}
    for row in numerals.records(result.tables["rules"]):
        if row["in_force"]:
            subjects.setdefault(row["subject"], []).append(row)
    rows = [row for found in subjects.values() for row in found]
    alone = sum(not row["watched_by"] for row in rows)
    return Display(
        "unwatched.html.j2",
        plain=f"{alone} of {len(rows)} rules in force are watched by nothing",
        alone=alone,
        total=len(rows),
        unverified=sum(not row["verified"] for row in rows),
        subjects=[_alone(name, found) for name, found in sorted(subjects.items())],
    )


def _alone(subject: str, rows: list[dict]) -> dict[str, Any]:
    alone = [row for row in rows if not row["watched_by"]]
    unverified = sum(not row["verified"] for row in rows)
    return {"name": subject, "rows": alone, "total": len(rows), "unverified": unverified}


def provenance(day: Any) -> Display:
    """Return what the report was made from: files and their hashes, parameters, versions."""
    return Display(
        "provenance.html.j2",
        plain=numerals.count(len(day.loaded.inputs), "input"),
        inputs=sorted(day.loaded.inputs.items()),
        parameters=sorted(day.parameters.items()),
        versions={"bolib": bolib.__version__, "Python": platform.python_version()},
        day=day,
    )
