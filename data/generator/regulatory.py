"""Decisions on findings of earlier days: all invented."""

from datetime import date, datetime


def dispositions() -> list[dict]:
    """Return decisions on findings of earlier days; those findings are gone, so that they change nothing today."""
    return [
        dict(finding_id="5f0c1d2e3b4a5968", decided_at=datetime(2026, 3, 18, 9, 30), decision="CLOSED",
        actor="u.control",
             comment="price confirmed by the second source"),
        dict(finding_id="a1b2c3d4e5f60718", decided_at=datetime(2026, 3, 25, 15, 5), decision="ACCEPTED",
        scope="same book",
             expires_on=date(2026, 4, 30), actor="u.control", comment="known timing difference"),
    ]  # fmt: skip
