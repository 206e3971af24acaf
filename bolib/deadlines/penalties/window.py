"""Which days are asked for, which of them the depository has reported on, and the dates of each month's cycle."""

from calendar import monthrange
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from bolib.calendars import calendar
from bolib.day import Day

CYCLE = {"appeal_until": "A-34.appeal", "report_on": "A-34.report", "payment_on": "A-34.payment"}
"""Dates of the month that follows, and the rules that set them."""


def add_window(day: Day) -> None:
    """Add `penalty_window`, one row: the first day asked for, and the days the depository has reported on.

    since, compared_from, compared_until; the last two are empty where no report was received.
    """
    since = months(day)[0].replace(day=1)
    reported = day.engine.query("select date from penalties where date <= $as_of", as_of=day.as_of)["date"]
    first = last = None
    if "penalties" in day.present:
        last = max(pc.max(reported).as_py() or since, _reported_by_now(day))
        first = max(pc.min(reported).as_py() or since, since)
    columns = {"since": since, "compared_from": first, "compared_until": last}
    day.engine.add("penalty_window", pa.table({name: pa.array([on], pa.date32()) for name, on in columns.items()}))


def _reported_by_now(day: Day) -> date:
    """Return the last day of which the report must have arrived."""
    days = calendar("T2S_PENALTY", day.as_of - timedelta(days=30), day.as_of)
    opened = days["date"].filter(days["open"]).to_pylist()
    return opened[-1 - day.parameters["penalties_reported_after"]]


def months(day: Day) -> list[date]:
    """Return the last days of the months asked for, that of the report's day included."""
    number = day.as_of.year * 12 + day.as_of.month - 1
    numbers = range(number - day.parameters["penalty_months_before"], number + 1)
    return [date(n // 12, n % 12 + 1, monthrange(n // 12, n % 12 + 1)[1]) for n in numbers]


def add_months(day: Day) -> None:
    """Add `penalty_months`: month (2026-03), appeal_until, report_on, payment_on; days_left until the appeal ends."""
    ends = months(day)
    columns = {"month": pa.array([f"{end:%Y-%m}" for end in ends], pa.string())}
    for name, rule in CYCLE.items():
        columns[name] = pa.array([day.rulebook.due(rule, end).due_date for end in ends], pa.date32())
    columns["days_left"] = pa.array([_penalty_days(day.as_of, end.as_py()) for end in columns["appeal_until"]])
    day.engine.add("penalty_months", pa.table(columns))


def _penalty_days(start: date, end: date) -> int:
    days = calendar("T2S_PENALTY", min(start, end), max(start, end))["day"]
    between = days[-1].as_py() - days[0].as_py()
    return between if start <= end else -between
