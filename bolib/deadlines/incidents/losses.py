"""What the loss of an incident is measured by: own funds, the loss data set, the thresholds of a major incident."""

from datetime import date
from decimal import Decimal

import pyarrow as pa

from bolib.day import Day
from bolib.rulebook import Rule

EVENT_TYPES, LOSS_SET, SIGNIFICANT, MAJOR = "H-01", "H-02", "H-03", "H-04"
CENT = Decimal("0.01")
AMOUNT = pa.decimal128(18, 2)
THRESHOLDS = pa.schema([
    ("incident_id", pa.string()), ("loss_set_from", AMOUNT), ("major_loss_from", AMOUNT), ("significant_from", AMOUNT),
    ("own_funds", AMOUNT), ("own_funds_date", pa.date32()),
])  # fmt: skip

WITH_LOSS = """
select incident_id, cast(aware_at as date) as aware_on, currency, event_type
from known_incidents where loss is not null order by incident_id
"""


def add_thresholds(day: Day) -> None:
    """Add, for each incident with a loss, the amounts (EUR) it is compared with; empty where nothing tells them.

    Rules and own funds are those of the day of the incident. A loss in another currency is compared with nothing.
    """
    rows = [
        {"incident_id": row["incident_id"], **_thresholds(day, row["aware_on"], row["event_type"])}
        if row["currency"] == "EUR" else {"incident_id": row["incident_id"]}
        for row in day.engine.query(WITH_LOSS).to_pylist()
    ]  # fmt: skip
    day.engine.add("incident_thresholds", pa.Table.from_pylist(rows, THRESHOLDS))


def _thresholds(day: Day, on: date, event_type: str | None) -> dict:
    loss_set, major, significant = (_rule(day, name, on) for name in (LOSS_SET, MAJOR, SIGNIFICANT))
    found = {}
    if loss_set:
        found["loss_set_from"] = Decimal(loss_set.parameters["threshold"])
    if major and event_type in major.parameters["event_types"]:
        found["major_loss_from"] = Decimal(major.parameters["economic_impact"])
    own_funds = [known for known in day.parameters.get("cet1") or () if known["date"] <= on]
    if significant and own_funds:
        latest = max(own_funds, key=lambda known: known["date"])
        found |= {"own_funds": Decimal(latest["amount"]), "own_funds_date": latest["date"]}
        found["significant_from"] = _significant(significant, found["own_funds"])
    return found


def _rule(day: Day, rule_id: str, on: date) -> Rule | None:
    """Return the rule as of a day, or None before it came into force."""
    return day.rulebook.at(rule_id, on) if on >= day.rulebook.period(rule_id)[0] else None


def _significant(rule: Rule, own_funds: Decimal) -> Decimal:
    """Return the share of own funds from which an incident is significant, or the floor where it is higher."""
    percent = Decimal(rule.parameters["percent_of_cet1"])
    return max(Decimal(rule.parameters["floor"]), (own_funds * percent / 100).quantize(CENT))


def add_event_types(day: Day) -> None:
    """Add the Basel event types of losses: event_type, meaning."""
    kinds = day.rulebook.closest(EVENT_TYPES, day.as_of).parameters["event_types"]
    day.engine.add("basel_event_types", pa.table({"event_type": list(kinds), "meaning": list(kinds.values())}))
