"""Incidents and own processing times of the made-up day, with awkward words on purpose."""

from datetime import date, datetime
from decimal import Decimal

import pandas as pd

INERT = "<script>window.broken = true</script>"


def hours(*amounts: str | None) -> list[Decimal | None]:
    """Return amounts as decimals."""
    return [None if amount is None else Decimal(amount) for amount in amounts]


def incidents() -> dict[str, pd.DataFrame]:
    """Return one report overdue to the hour, one due by the end of a day, one sent, and the losses of two types."""
    reports = [
        ("I2", "final report", "H-06.final", "OPEN", date(2026, 4, 13), None, None, "disk"),
        ("I1", "initial notification", "H-06.initial", "OVERDUE", date(2026, 3, 30), datetime(2026, 3, 30, 12, 15), None, INERT),
        ("I3", "classification", "H-06.classification", "DONE", date(2026, 3, 2), datetime(2026, 3, 2, 9), date(2026, 3, 2), "typo"),
    ]  # fmt: skip
    names = ("incident_id", "stage", "rule", "status", "due_date", "due_at", "done_on", "cause")
    rows = [dict(zip(names, row, strict=True)) | {"owner": "s.kaya", "step": "1 of 2: head"} for row in reports]
    losses = {"event_type": ["?", "EDPM"], "meaning": [None, "Execution"], "currency": ["EUR", "EUR"]}
    losses |= {"incidents": [1, 3], "major_incidents": [0, 1], "in_loss_set": [0, 1]}
    losses |= {"loss": hours(None, "48310.00"), "loss_in_set": hours(None, "48000.00")}
    return {
        "incident_reports": pd.DataFrame(rows).astype({"due_at": "datetime64[us]"}),
        "incident_losses": pd.DataFrame(losses),
    }


STEPS = (
    # activity, cases, rework, events, repeats, follows, waits, median, p95, share, this month, usual
    ("CAPTURED", 40, 0, 40, 0, None, 0, None, None, None, (0, None), (0, None)),
    (INERT, 40, 10, 52, 12, "CAPTURED", 52, "0.20", "1.50", "25.00", (30, "0.80"), (22, "0.20")),
    ("SETTLED", 38, 0, 38, 0, INERT, 38, "2.00", "9.00", "75.00", (20, "1.00"), (18, "2.00")),
    ("*", 40, 10, 130, 12, None, 38, "2.40", "11.00", None, (20, "2.00"), (18, "2.50")),
)


def process(kind: str) -> list[dict]:
    """Return the steps of a kind of object."""
    rows = []
    for activity, cases, rework, events, repeats, follows, waits, half, most, share, month, usual in STEPS:
        row = {"object_type": kind, "activity": activity, "cases": cases, "rework": rework, "events": events}
        row |= {"repeats": repeats, "follows": follows, "waits": waits, "waiting_share": hours(share)[0]}
        row |= dict(zip(("median_hours", "p95_hours"), hours(half, most), strict=True))
        row |= dict(zip(("median_business_hours", "p95_business_hours"), hours(half, most), strict=True))
        row |= {"variant_share": Decimal("90.00"), "batch_share": None if activity == "*" else Decimal("0.00")}
        row |= {"month_waits": month[0], "month_business_hours": hours(month[1])[0]}
        rows.append(row | {"usual_waits": usual[0], "usual_business_hours": hours(usual[1])[0]})
    return rows


def processing() -> dict[str, pd.DataFrame]:
    """Return two kinds of object: their steps, their two ways, twenty days of arrivals, and what is open."""
    ways = [
        {"object_type": "trade", "variant": 1, "path": f"CAPTURED → {INERT} → {INERT} → SETTLED", "cases": 30}
        | {"cases_share": Decimal("78.95"), "median_business_hours": Decimal("2.40"), "example": "T1"},
        {"object_type": "trade", "variant": 11, "path": "CAPTURED → SETTLED", "cases": 8}
        | {"cases_share": Decimal("21.05"), "median_business_hours": Decimal("2.00"), "example": "T9"},
    ]
    flow = [
        {"object_type": kind, "date": date(2026, 3, day), "arrived": day, "ended": 30 - day, "open_cases": 2 * day}
        for kind in ("trade", "mandate") for day in range(9, 31)
    ]  # fmt: skip
    open_cases = [
        {"object_type": "trade", "last_activity": INERT, "cases": 2, "oldest": "T7", "oldest_since": datetime(2026, 3, 2, 9)}
        | dict(zip(("median_idle_business_hours", "longest_idle_business_hours"), hours("4.00", "31.50"), strict=True))
    ]  # fmt: skip
    return {
        "process": pd.DataFrame(process("trade") + process("mandate")),
        "process_variants": pd.DataFrame(ways),
        "process_flow": pd.DataFrame(flow),
        "process_stock": pd.DataFrame(open_cases),
    }
