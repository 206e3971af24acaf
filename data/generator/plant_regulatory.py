"""Faults in filings and in who answers for them."""

from datetime import timedelta

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


def plant_owner(rows: list[dict], planted: Planted) -> list[dict]:
    """Return the owners without that of the card disputes."""
    planted.add("owners", "card", "nobody answers for cards", "owner missing", "anomalies")
    return [row for row in rows if row["object_type"] != "card"]
