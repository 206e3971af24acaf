"""Complaints: the real ones of the CFPB, moved in time, and a few of the bank's own, made up."""

import csv
from collections import Counter
from datetime import date, datetime
from decimal import Decimal as D
from itertools import zip_longest
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
                left_out[
                    "no date sent to the company" if received is None else "sent to the company after the day"
                ] += 1
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


_BANK = (
    # number, kind, sent, received, channel, subject, acknowledged, holding, answered, outcome, mediator, amount
    (
        1,
        "BANKING",
        "2026-01-05",
        "2026-01-07",
        "letter",
        "fees on account",
        "2026-01-12",
        None,
        "2026-02-10",
        "refused",
        True,
        "24.00",
    ),
    (
        2,
        "PAYMENT",
        "2026-02-02",
        "2026-02-03",
        "mail",
        "transfer not received",
        "2026-02-05",
        None,
        "2026-02-20",
        "upheld",
        None,
        "980.00",
    ),
    (
        3,
        "PAYMENT",
        "2026-03-02",
        "2026-03-03",
        "branch",
        "card payment contested",
        "2026-03-04",
        "2026-03-20",
        None,
        None,
        None,
        "142.30",
    ),
    (
        4,
        "INVESTMENT",
        "2026-02-16",
        "2026-02-18",
        "letter",
        "order executed late",
        "2026-02-25",
        None,
        "2026-03-27",
        "refused",
        True,
        "310.00",
    ),
    (
        5,
        "BANKING",
        "2026-03-17",
        "2026-03-18",
        "mail",
        "closing of a savings account",
        "2026-03-24",
        None,
        None,
        None,
        None,
        None,
    ),
    (
        6,
        "PAYMENT",
        "2026-03-23",
        "2026-03-23",
        "phone",
        "direct debit contested",
        "2026-03-25",
        None,
        None,
        None,
        None,
        "59.90",
        "SDD-2026-03-20-0417",
    ),
    (
        7,
        "BANKING",
        "2026-03-26",
        "2026-03-27",
        "branch",
        "estate: delay of payment",
        None,
        None,
        None,
        None,
        None,
        None,
    ),
    (
        8,
        "INVESTMENT",
        "2026-03-09",
        "2026-03-11",
        "mail",
        "tax statement wrong",
        "2026-03-16",
        None,
        None,
        None,
        None,
        "415.00",
    ),
    (
        10,
        "PAYMENT",
        "2026-03-23",
        "2026-03-23",
        "app",
        "card payment contested",
        "2026-03-24",
        None,
        None,
        None,
        None,
        "106.74",
        "74000000000000000000197",
    ),
)


HELD_UNTIL = date(2026, 4, 17)
"""Announced in the holding answer of 20 March, within 35 business days of reception."""


def bank_complaints() -> list[dict]:
    """Return the bank's own complaints, all invented, with the dates of each answer."""
    names = ("complaint_id", "kind", "sent_on", "received_on", "channel", "subject", "acknowledged_on",
    "holding_answer_on",
             "answered_on", "outcome", "mediator_named", "amount", "contested_key")  # fmt: skip
    return [_bank_complaint(dict(zip_longest(names, row))) for row in _BANK]


def _bank_complaint(row: dict) -> dict:
    days = ("sent_on", "received_on", "acknowledged_on", "holding_answer_on", "answered_on")
    dated = {name: date.fromisoformat(row[name]) if row[name] else None for name in days}
    amount = D(row["amount"]) if row["amount"] else None
    held = {"holding_reason": "the merchant's bank was asked", "holding_until": HELD_UNTIL} if row["holding_answer_on"] else {}
    return row | dated | held | dict(
        complaint_id=f"BANK-{row['complaint_id']:04d}", customer_id=f"C{row['complaint_id'] * 7:05d}", amount=amount,
        currency="EUR" if amount else None,
    )  # fmt: skip
