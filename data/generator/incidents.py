"""Operational incidents: all invented. Hours from awareness to classification, from there to each report."""

from datetime import datetime, timedelta
from decimal import Decimal as D


def incidents() -> list[dict]:
    """Return the operational incidents of the last months, the last one not yet classified."""
    rows = (
        ("INC-000", "2025-11-12T09:30", 6, False, None, None, None, "1875.00", "EDPM", "duplicate payment"),
        ("INC-001", "2026-01-14T07:40", 2, False, None, None, None, "1200.00", "EDPM", "wrong static data"),
        ("INC-002", "2026-02-03T05:55", 3, True, 3, 60, 600, "48000.00", "BDSF", "storage failure"),
        ("INC-003", "2026-02-19T13:10", 5, False, None, None, None, "310.00", "EDPM", "duplicate payment"),
        ("INC-004", "2026-03-05T09:20", 4, False, None, None, None, None, "EF", "card fraud attempt"),
        ("INC-006", "2026-03-09T08:00", 2, True, 3, 70, None, "4200.00", "BDSF", "expired certificate"),
        ("INC-007", "2026-03-18T10:00", 3, False, None, None, None, "9400.00", "EDPM", "wrong settlement instruction"),
        ("INC-008", "2026-03-24T14:20", 5, False, None, None, None, "26500.00", "EDPM", "card file cleared twice"),
        ("INC-005", "2026-03-30T06:15", 2, True, 3, None, None, "15000.00", "BDSF", "network outage at a provider"),
        ("INC-010", "2026-03-31T05:40", None, False, None, None, None, None, "BDSF", "slow payment gateway"),
    )
    return [_incident(*row) for row in rows]


def _incident(key, aware, hours, major, initial, intermediate, final, loss, kind, cause) -> dict:
    known = datetime.fromisoformat(aware)
    first = known + timedelta(hours=hours + initial) if initial else None
    return dict(
        incident_id=key, aware_at=known, classified_at=known + timedelta(hours=hours) if hours else None, major=major,
        initial_at=first,
        intermediate_at=first + timedelta(hours=intermediate) if intermediate else None,
        final_at=first + timedelta(hours=final) if final else None, loss=D(loss) if loss else None,
        currency="EUR" if loss else None, event_type=kind, cause=cause,
    )  # fmt: skip
