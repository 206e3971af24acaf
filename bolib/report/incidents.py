"""Operational incidents as people read them: what must be declared before which hour, and which losses count."""

import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bolib.report import numerals
from bolib.report.clocks import CSV, LATE_FIRST, RUNNING
from bolib.report.display import Display
from bolib.report.tables import columns, table
from bolib.results import Result

INITIAL = "H-06.initial"
NONE_RECEIVED = "No incidents were received: nothing can be said of them."


def incidents_to_declare(result: Result) -> Display:
    """Return the reports on incidents still owed, the most overdue first, each with the hour before which it is due."""
    known = numerals.records(result.tables["incident_reports"])
    owed = [_owed(result, row) for row in known if row["status"] in RUNNING]
    owed.sort(key=lambda row: (LATE_FIRST.index(row["status"]), str(row["before"]), row["incident"]))
    drawn = columns(
        *("incident|Incident|link", "status|State|status", "before|Due before|moment", "stage|What is owed|word"),
        *("cause|Cause|reason", "owner|Owner|word", "step|Step reached|text"),
    )
    caption = f"Reports owed to the authority; hours on the clocks of {_zone(result, INITIAL)}"
    return table(owed, drawn, caption, CSV, empty=_all_sent(result, known))


def _owed(result: Result, row: dict[str, Any]) -> dict[str, Any]:
    """Return the row with its end on the clocks of the rule's place; a report without an hour is due by midnight."""
    zone = ZoneInfo(_zone(result, row["rule"]))
    name = f"#deadline-{row['rule']}-{row['incident_id']}"
    moment = row["due_at"] and row["due_at"].replace(tzinfo=datetime.UTC).astimezone(zone).replace(tzinfo=None)
    return row | {"incident": (row["incident_id"], name, ""), "before": moment or row["due_date"]}


def _zone(result: Result, rule: str) -> str:
    return result.day.rulebook.rules(rule)[-1].time_zone


def _all_sent(result: Result, known: list[dict]) -> str:
    if "incidents" not in result.day.present:
        return NONE_RECEIVED
    number = numerals.count(len(known), "clock")
    return f"No report is owed: every incident known is classified and each of its reports sent ({number} looked at)."


def incident_losses(result: Result) -> Display:
    """Return this year's incidents by Basel event type, with their losses and those in the loss data set."""
    rows = numerals.records(result.tables["incident_losses"])
    rows.sort(key=lambda row: (-(row["loss"] or Decimal(0)), row["event_type"], row["currency"]))
    for row in rows:
        row["kind"] = row["meaning"] or "Without a Basel event type"
    drawn = columns(
        *("kind|Event type|text", "incidents|Incidents|integer", "major_incidents|Major|integer", "loss|Loss|money"),
        *("currency|Currency|word", "in_loss_set|In the data set|integer", "loss_in_set|Their loss|money"),
    )
    empty = "No incident is known this year." if "incidents" in result.day.present else NONE_RECEIVED
    return table(rows, drawn, "Incidents known this year, by Basel event type", empty=empty)
