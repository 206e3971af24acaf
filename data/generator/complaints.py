"""Complaints: the real ones of the CFPB, moved in time, and a few of the bank's own, made up."""

import csv
from collections import Counter
from datetime import date, datetime
from pathlib import Path

from generator.days import AS_OF, COMPLAINTS_MOVED

PAYMENT_PRODUCTS = ("Credit card", "Money transfers")
"""Products whose complaints follow the clock of payment services; the others follow the banking one."""


def _moved(text: str) -> date | None:
    return datetime.strptime(text, "%m/%d/%Y").date() + COMPLAINTS_MOVED if text else None


def real_complaints(source: Path) -> tuple[list[dict], Counter]:
    """Return the complaints the bank had by the sample's day, and a count of those left out by reason."""
    left_out: Counter = Counter()
    rows = []
    path = source / "cfpb_complaints" / "complaints_2014-10-10_31.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            received = _moved(row["Date sent to company"])
            if received is None or received > AS_OF:
                left_out["no date sent to the company" if received is None else "sent to the company after the day"] += 1
                continue
            rows.append(_complaint(row, received))
    return sorted(rows, key=lambda row: (row["received_on"], row["complaint_id"])), left_out


def _complaint(row: dict, received: date) -> dict:
    product = [row["Product"], row["Issue"]]
    return dict(
        complaint_id=f"CFPB-{row['Complaint ID']}", kind="PAYMENT" if row["Product"] in PAYMENT_PRODUCTS else "BANKING",
        sent_on=_moved(row["Date received"]), received_on=received, channel=row["Submitted via"] or "unknown",
        subject=": ".join(part for part in product if part), outcome=row["Company response"] or None,
    )  # fmt: skip
