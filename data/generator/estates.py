"""Estates of deceased customers and the documents asked of their heirs: all invented."""

from datetime import date, timedelta
from decimal import Decimal as D

_ESTATES = (
    # customer, died, notified, blocked, balance, fees, direct heir, complex, list sent, paid, closed
    (
        "C00101",
        "2025-10-11",
        "2025-10-15",
        "2025-10-15",
        "4210.55",
        "0.00",
        True,
        False,
        "2025-12-01",
        "2025-12-10",
        "2025-12-18",
    ),
    (
        "C00102",
        "2025-11-02",
        "2025-11-06",
        "2025-11-06",
        "38120.00",
        "0.00",
        True,
        False,
        "2026-01-20",
        "2026-02-02",
        "2026-02-09",
    ),
    (
        "C00103",
        "2025-11-20",
        "2025-11-25",
        "2025-11-26",
        "61240.10",
        "612.40",
        False,
        True,
        "2026-02-10",
        "2026-02-20",
        None,
    ),
    ("C00104", "2025-12-05", "2025-12-10", "2025-12-10", "112900.00", "850.00", False, True, None, None, None),
    ("C00105", "2026-01-03", "2026-01-07", "2026-01-07", "5800.00", None, True, False, None, None, None),
    ("C00106", "2026-01-18", "2026-01-22", "2026-01-22", "19750.35", None, True, False, None, None, None),
    ("C00107", "2026-02-01", "2026-02-05", "2026-02-05", "74300.00", None, False, True, None, None, None),
    ("C00108", "2026-02-14", "2026-02-18", "2026-02-18", "2980.20", None, True, False, None, None, None),
    ("C00109", "2026-02-25", "2026-03-02", "2026-03-02", "151000.00", None, False, True, None, None, None),
    ("C00110", "2026-03-08", "2026-03-11", "2026-03-11", "12440.00", None, True, False, None, None, None),
    ("C00111", "2026-03-15", "2026-03-19", "2026-03-19", "8870.90", None, True, False, None, None, None),
    ("C00112", "2026-03-22", "2026-03-26", "2026-03-26", "33015.00", None, False, False, None, None, None),
)
DOCUMENTS = (("DEATH_CERTIFICATE", 0, 6), ("HEIRS_ATTESTATION", 3, 30), ("BANK_DETAILS_OF_HEIRS", 3, 40))
"""Document, days after notification when it is asked, days it usually takes."""


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def estates() -> list[dict]:
    """Return the estates, one row each."""
    rows = []
    for number, row in enumerate(_ESTATES, 1):
        customer, died, notified, blocked, balance, fees, direct, complicated, sent, paid, closed = row
        rows.append(dict(
            estate_id=f"E{number:04d}", customer_id=customer, died_on=_day(died), notified_on=_day(notified),
            blocked_on=_day(blocked), balance_at_death=D(balance), currency="EUR",
            fees_charged=D(fees) if fees else None,
            direct_heir=direct, minor=False, complex=complicated, tax_list_sent_on=_day(sent),
            assets_paid_on=_day(paid),
            last_claim_on=_day(notified) + timedelta(days=20), funeral_paid=D("3900.00") if number % 3 == 0 else None,
            closed_on=_day(closed),
        ))  # fmt: skip
    return rows


def estate_documents(rows: list[dict], as_of: date) -> list[dict]:
    """Return the documents asked for each estate and when they came."""
    found = []
    for number, row in enumerate(rows):
        for document, after, takes in DOCUMENTS:
            asked = row["notified_on"] + timedelta(days=after)
            received = asked + timedelta(days=takes + number % 5)
            if asked <= as_of:
                found.append(dict(
                    estate_id=row["estate_id"], document=document, requested_on=asked,
                    received_on=received if received <= as_of else None,
                ))  # fmt: skip
    return found
