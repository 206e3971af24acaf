"""Faults in incidents, and a step of the deals that became slow."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D

from generator.planting import Planted

SLOW_FROM = date(2026, 3, 2)


def plant_incidents(rows: list[dict], planted: Planted) -> None:
    """Let incidents be classified, notified and reported late, weigh too much, come back, and lack their class."""
    by_key = {row["incident_id"]: row for row in rows}
    second, fifth, sixth = by_key["INC-002"], by_key["INC-005"], by_key["INC-006"]
    second["intermediate_at"] = second["initial_at"] + timedelta(hours=90)
    fifth["initial_at"] = datetime(2026, 3, 31, 9, 0)
    later = timedelta(hours=28)
    sixth |= {name: sixth[name] + later for name in ("classified_at", "initial_at", "intermediate_at")}
    by_key["INC-007"]["loss"] = D("640000.00")
    by_key["INC-008"]["event_type"] = None
    forgotten = by_key["INC-010"] | dict(incident_id="INC-009", aware_at=datetime(2026, 3, 28, 22, 10),
                                         cause="cash machines without connection")  # fmt: skip
    rows.insert(-1, forgotten)
    faults = (
        ("INC-002", "intermediate report 90 hours after the initial one (72 allowed)", "incident deadline"),
        ("INC-005", "initial notification 26 h 45 after awareness (4 h after classification)", "incident deadline"),
        ("INC-006", "classified 30 hours after awareness (24 allowed)", "incident deadline"),
        ("INC-009", "known on Saturday evening, not yet classified", "incident deadline"),
        ("INC-007", "loss above 0.5 % of own funds", "significant incident"),
        ("INC-008", "loss of 26,500 EUR without a Basel event type", "loss data set"),
        ("duplicate payment", "INC-000 and INC-003: same cause within six months", "recurring incident"),
    )
    for key, what, control in faults:
        planted.add("incidents", key, what, control, "deadlines")


def plant_events(rows: list[dict], planted: Planted) -> None:
    """Let the back office's check of deals take four times as long since the beginning of the month."""
    confirmed: dict[str, datetime] = {}
    instructed = {row["object_id"]: row["at"] for row in rows if row["activity"] == "INSTRUCTED"}
    for row in rows:
        key = row["object_id"]
        if row["activity"] == "CONFIRMED":
            confirmed[key] = row["at"]
        elif row["activity"] == "CHECKED" and row["at"].date() >= SLOW_FROM:
            slow = confirmed[key] + 4 * (row["at"] - confirmed[key])
            row["at"] = slow if slow < instructed[key] else row["at"]
    rows.sort(key=lambda row: (row["object_id"], row["at"], row["activity"]))
    what = "the check of deals takes four times as long since the beginning of March"
    planted.add("events", "trade CHECKED", what, "slow step", "deadlines")
