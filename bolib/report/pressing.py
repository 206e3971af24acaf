"""Clocks as a reader counts them: how pressing each is, how old, in which week, and the one its object counts by."""

import datetime
from typing import Any

from bolib.deadlines.objects import said
from bolib.report import numerals
from bolib.report.clocks import RUNNING, clocks
from bolib.report.leads import CLOCKS, led
from bolib.results import Result

WEEKS = 12
"""Weeks over which is counted what fell due, and what of it was late."""

BANDS = "H-09"
"""The rule that says in which bands what is open is aged."""


def state(result: Result, row: dict[str, Any]) -> str:
    """Return overdue, today, soon or later for a running clock, late or done for another; soon is a parameter."""
    if row["status"] != "OPEN":
        return row["status"].lower()
    return "soon" if row["days_left"] <= result.day.parameters["days_ahead"] else "later"


def bands(result: Result) -> list[dict[str, Any]]:
    """Return the bands of days in which what is overdue is aged: `band`, and the day it is `from`."""
    return result.day.rulebook.rules(BANDS)[-1].parameters["bands"]


def age(result: Result, row: dict[str, Any]) -> int:
    """Return the number of the band an overdue clock is in, by the days of its own calendar."""
    return max(number for number, band in enumerate(bands(result)) if band["from"] <= -row["days_left"])


def week(result: Result, row: dict[str, Any]) -> datetime.date | None:
    """Return the Monday of the week a clock fell due in; None of one that ends today, later, or was due long ago."""
    day, as_of = row["due_date"], result.day.as_of
    told = as_of - datetime.timedelta(7 * WEEKS) < day <= as_of and row["status"] != "TODAY"
    return day - datetime.timedelta(day.weekday()) if told else None


def running(result: Result) -> list[dict[str, Any]]:
    """Return the clocks that still run, the first to end first.

    Those of sources that never record when a thing is done are left out: it may be done already.
    """
    found = [row for row in clocks(result) if row["status"] in RUNNING and row["recorded"]]
    return sorted(found, key=lambda row: (row["due_date"], row["rule"], row["object_type"], row["key"]))


def objects(result: Result) -> list[dict[str, Any]]:
    """Return the most pressing clock of each object, by which it counts once."""
    first: dict[tuple[str, str], dict] = {}
    for row in running(result):
        first.setdefault((row["object_type"], row["key"]), row)
    return list(first.values())


def found_by(result: Result, row: dict[str, Any]) -> dict[str, Any]:
    """Return the fields by which a figure finds a clock in the list of them."""
    now, monday = state(result, row), week(result, row)
    words = {"kind": said(row["object_type"]), "team": row["team"], "owner": row["owner"] or "nobody"}
    words |= {"currency": row["currency"], "status": now}
    words |= {"week": numerals.day(monday)} if monday else {}
    return words | ({"age": bands(result)[age(result, row)]["band"]} if now == "overdue" else {})


def at_stake(rows: list[dict[str, Any]], name: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return how many clocks there are, as `name`, and the amount at stake; both lead to the clocks."""
    amounts = [row["amount"] for row in rows if row["amount"] is not None]
    figures = {name: led(len(rows), CLOCKS, len(rows), wanted)}
    return figures | ({f"{name}_amount": led(sum(amounts), CLOCKS, len(rows), wanted)} if amounts else {})
