"""A few filings to draw pages from: every table the report functions on filings read, with awkward values on purpose."""

from datetime import date
from decimal import Decimal as D

import pandas as pd

AS_OF = date(2026, 3, 31)


def tables() -> dict[str, pd.DataFrame]:
    """Return the tables of the sections on filings."""
    return {
        "filings_by_regime": _by_regime(),
        "judged_filings": _judged(),
        "filing_faults": _faults(),
        "ttf_months": _tax(),
        "client_documents": _documents(),
        "obligations": _obligations(),
    }


def _by_regime() -> pd.DataFrame:
    names = ("in_scope", "filed", "filed_late", "exempted", "unexplained", "running", "overdue")
    told = {"source": "trades, instruments", "source_from": date(2025, 10, 2), "not_seen": "what FIRDS tells"}
    mifir = dict(zip(names, (12, 5, 1, 2, 1, 1, 2), strict=True)) | {"unlisted": 1, "undecided": 3, "strays": 1, **told}
    stor = dict.fromkeys((*names, "unlisted", "undecided", "strays"), 0)
    stor |= {"source": None, "source_from": None, "not_seen": "<script>suspicions</script>"}
    return pd.DataFrame([{"regime": "MIFIR", "rule": "B-01", **mifir}, {"regime": "STOR", "rule": "B-07", **stor}])


def _judged() -> pd.DataFrame:
    shared = {"regime": "MIFIR", "rule": "B-01", "period": "2026-03-24", "event_on": date(2026, 3, 24), "told": None}
    shared |= {"arithmetic": "1 TARGET day from 24 Mar 2026 → 25 Mar 2026", "owner": "q.lemoine", "team": None}
    shared |= {"amount": D("241704.76"), "currency": "EUR", "due_date": date(2026, 3, 25), "days_left": -4}
    overdue = {"status": "OVERDUE", "listed": True, "filing_id": None, "last_sent_on": None, "refused_on": None}
    sent = {"filing_id": "F1", "last_sent_on": date(2026, 3, 25)}
    later = {"status": "OPEN", "due_date": date(2026, 7, 15), "days_left": 106, "regime": "CRS", "rule": "B-14.crs"}
    rows = (
        {"object_id": "<b>T1</b>", "state": "NOT_SENT"},
        {"object_id": "T2", "state": "REJECTED", "refused_on": date(2026, 3, 25), **sent},
        {"object_id": "T3", "state": "SENT", **sent},
        {"object_id": "T4", "state": "NOT_SENT", "listed": False, "told": "dealt on XPAR", "amount": None},
        {"object_id": "C1", "state": "NOT_SENT", **later},
        {"object_id": "T5", "state": "FILED", "status": "DONE"},
    )
    return pd.DataFrame([{**shared, **overdue, **row, "key": f"MIFIR {row['object_id']}"} for row in rows])


def _faults() -> pd.DataFrame:
    row = {"regime": "MIFIR", "object_id": "T2", "period": "2026-03-24", "filing_id": "F1", "sent_on": date(2026, 3, 25)}
    return pd.DataFrame([{**row, "fault": fault, "due_date": date(2026, 3, 25)} for fault in ("TWICE", "REJECTED")])


def _tax() -> pd.DataFrame:
    row = {"name": "Acieries", "base": D("13250.00"), "rate_percent": D("0.4"), "tax_due": D("53.00")}
    filed = {"filed_on": date(2026, 3, 3), "due_date": date(2026, 3, 5), "declared": D("50.00")}
    early = {"filed_on": None, "due_date": None, "declared": None}
    return pd.DataFrame([
        {**row, **early, "period": "2025-12", "tax_booked": D("60.00")},
        {**row, **filed, "period": "2026-02", "tax_booked": D("60.00")},
    ])  # fmt: skip


def _documents() -> pd.DataFrame:
    row = {"tax_residence": "DE", "accounts": 2, "last_opened_on": date(2023, 6, 1)}
    states = (("Self-certification", "MISSING", None, None), ("W-8", "EXPIRED", date(2025, 12, 31), -90))
    names = ("document", "state", "valid_to", "days_left")
    rows = [dict(zip(names, state, strict=True)) for state in states]
    return pd.DataFrame([{"customer_id": f"C{number}", **one, **row} for number, one in enumerate(rows)])


def _obligations() -> pd.DataFrame:
    shared = {"send_by": date(2026, 4, 2), "calendar": "CALENDAR", "arithmetic": "5 calendar days", "known": 1}
    monthly = {"rule": "B-20", "regime": "TTF", "event": "first acquisition", "span": "MONTH", "period": "2026-03"}
    step = {"rule": "B-20.dge", "regime": None, "event": "TTF to the tax office", "span": "MONTH", "period": "2026-03"}
    daily = {"rule": "B-01", "regime": "MIFIR", "event": "execution", "span": "DAY", "period": None}
    dates = (date(2026, 4, 5), date(2026, 4, 24), date(2026, 4, 1))
    return pd.DataFrame([{**shared, **row, "due_date": due} for row, due in zip((monthly, step, daily), dates, strict=True)])
