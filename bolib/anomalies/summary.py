"""The anomalies in one sentence, and in the few numbers a manager reads first."""

import pyarrow as pa

from bolib.day import Day
from bolib.results import Verdict, judged

OFFICES = ("COH-01", "COH-02", "COH-03", "COH-04")
"""Controls that compare the front office with the back office."""

RECONCILED = {
    "NOSTRO": "NOSTRO-01",
    "DEPOT": "DEPOT-01",
    "CARDS": "CLEAR-01",
    "CARD_ACCOUNTS": "CLEAR-05",
    "ATM": "ATM-01",
}
"""Reconciliations but TRADES (see `_offices`), each with a control that runs only where both sides were received."""

READ = """
select
    cast(coalesce(sum(rows_read), 0) as bigint) as read, cast(coalesce(sum(rows_set_aside), 0) as bigint) as aside,
    cast(count(*) as bigint) as files, cast(coalesce(sum(case when proven then 0 else 1 end), 0) as bigint) as unproven
from completeness
"""

OPEN = """
select reconciliation, cast(count(*) as bigint) as open
from breaks where class <> 'TIMING_EXPECTED' group by reconciliation
"""

FOLLOWED = """
select
    cast(coalesce(sum(operations), 0) as bigint) as operations, cast(coalesce(sum(overdue), 0) as bigint) as overdue
from funnel
"""

JUSTIFIED = """
select
    cast(count(*) as bigint) as accounts,
    cast(coalesce(sum(
        case when missing or unproven > 0 or gap <> 0 or from_before <> 0 or differences > 0 then 1 else 0 end
    ), 0) as bigint) as unjustified
from account_sheets
"""


def verdict(day: Day, findings: pa.Table, checked: list[dict]) -> Verdict:
    """Return the sentence: is everything accounted for, do both sides agree, how far are the operations, what else."""
    parts = (_received(day), _offices(findings, checked), _reconciled(day, checked), _followed(day))
    return judged(day, f"Anomalies of {day.as_of:%-d %B %Y}: {'; '.join(parts)}.", findings, checked)


def _received(day: Day) -> str:
    [total] = day.engine.query(READ).to_pylist()
    if total["unproven"]:
        return f"{total['unproven']} of {total['files']} files are NOT PROVEN"
    aside = f"{total['aside']:,} of them set aside with their reasons" if total["aside"] else "none set aside"
    files = "1 file" if total["files"] == 1 else f"{total['files']:,} files"
    return f"all {total['read']:,} records of {files} accounted for, {aside}"


def _offices(findings: pa.Table, checked: list[dict]) -> str:
    if any(item["control"] in OFFICES and item["status"] == "off" for item in checked):
        return "front and back office not compared, for want of a table"
    deals = _disagreeing(findings)
    return f"{deals} deals differ between the offices" if deals else "front and back office agree on every deal"


def _reconciled(day: Day, checked: list[dict]) -> str:
    """Say how many lines and holdings do not agree with correspondents, depositaries, cards and cash machines."""
    ran = {item["control"] for item in checked if item["status"] == "ran"}
    compared = [name for name, control in RECONCILED.items() if control in ran]
    if not compared:
        return "nothing reconciled, for want of a table"
    left = {row["reconciliation"]: row["open"] for row in day.engine.query(OPEN).to_pylist()}
    open_lines = sum(left.get(name, 0) for name in compared)
    many = f"{open_lines:,} lines and holdings do not agree" if open_lines else "all lines and holdings agree"
    return f"{many} with the other side"


def _followed(day: Day) -> str:
    """Say how many operations are followed, and how many of them wait beyond the due date of their next step."""
    [total] = day.engine.query(FOLLOWED).to_pylist()
    if not total["operations"]:
        return "no operation to follow"
    late = f"{total['overdue']:,} overdue" if total["overdue"] else "none overdue"
    return f"{total['operations']:,} operations followed, each in one state, {late} for the next step"


def _disagreeing(findings: pa.Table) -> int:
    pairs = zip(findings["control"].to_pylist(), findings["key"].to_pylist(), strict=True)
    return len({key for control, key in pairs if control in OFFICES})


def headline(day: Day, findings: pa.Table) -> list[dict]:
    """Return label, value, unit and note of the numbers shown first."""
    [total] = day.engine.query(READ).to_pylist()
    [followed] = day.engine.query(FOLLOWED).to_pylist()
    [ledger] = day.engine.query(JUSTIFIED).to_pylist()
    differ = _disagreeing(findings)
    return [
        {"label": "Records read", "value": f"{total['read']:,}", "unit": "", "note": f"in {total['files']} files"},
        {"label": "Set aside", "value": f"{total['aside']:,}", "unit": "", "note": "each with file, line and reasons"},
        {"label": "Not proven", "value": f"{total['unproven']:,}", "unit": "", "note": "files that do not add up"},
        {"label": "Deals that differ", "value": f"{differ:,}", "unit": "", "note": "front office against back office"},
        {
            "label": "Operations overdue",
            "value": f"{followed['overdue']:,}",
            "unit": "",
            "note": f"for their next step, of {followed['operations']:,} followed",
        },
        {
            "label": "Accounts not justified",
            "value": f"{ledger['unjustified']:,}",
            "unit": "",
            "note": f"of {ledger['accounts']:,}, from opening to closing",
        },
    ]
