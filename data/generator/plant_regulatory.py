"""Faults in filings and incidents."""

from datetime import datetime, timedelta

from generator.planting import Planted


def plant_filings(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the filings with one late, one missing, one rejected and not sent again, one twice, one about nothing."""
    deals = [row for row in rows if row["regime"] == "MIFIR"]
    accounts = [row for row in rows if row["regime"] == "FICOBA"]
    late, lost, refused, twice = deals[10], deals[20], deals[30], deals[40]
    late["sent_at"] += timedelta(days=5)
    late["acknowledged_at"] += timedelta(days=5)
    refused["status"] = "REJECTED"
    again = twice | dict(filing_id=twice["filing_id"] + "-B", sent_at=twice["sent_at"] + timedelta(hours=3))
    orphan = twice | dict(filing_id="MI-T260318-777", object_id="T260318-777")
    slow = accounts[0]
    slow["sent_at"] = slow["event_at"] + timedelta(days=12)
    faults = (
        (late, "sent five days late", "filing deadline"),
        (lost, "no filing for this deal", "filing missing"),
        (refused, "rejected, and not sent again", "filing rejected"),
        (again, "same deal reported twice", "filing twice"),
        (orphan, "reports a deal that does not exist", "filing without object"),
        (slow, "account declared 12 days after its opening", "filing deadline"),
    )
    for row, what, control in faults:
        planted.add("filings", f"{row['regime']} {row['object_id']}", what, control, "deadlines")
    return [row for row in rows if row is not lost] + [again, orphan]


def plant_incidents(rows: list[dict], planted: Planted) -> None:
    """Let the intermediate report of an incident be late."""
    row = next(r for r in rows if r["incident_id"] == "INC-002")
    row["intermediate_at"] = row["initial_at"] + timedelta(hours=90)
    planted.add(
        "incidents",
        "INC-002",
        "intermediate report 90 hours after the initial one (72 allowed)",
        "incident deadline",
        "deadlines",
    )
    row = next(r for r in rows if r["incident_id"] == "INC-005")
    row["initial_at"] = datetime(2026, 3, 31, 9, 0)
    planted.add(
        "incidents",
        "INC-005",
        "initial notification 26 h 45 after awareness (24 h allowed)",
        "incident deadline",
        "deadlines",
    )


def plant_owner(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the owners without that of the card disputes."""
    planted.add("owners", "card", "nobody answers for cards", "owner missing", "anomalies")
    return [row for row in rows if row["object_type"] != "card"]
