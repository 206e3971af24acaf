"""The days of the depositories, with the hours at which settlement stops and at which the next day opens."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np

from bolib.calendars import calendar, find_calendar
from bolib.day import Day
from bolib.penalties import PenaltyDays
from bolib.rulebook import Rule

DAYS, HOURS = "T2S_PENALTY", "A-32"


def penalty_days(day: Day) -> PenaltyDays:
    """Return the settlement days up to the day, from the first on which one of the instructions was due."""
    rows = day.engine.query("select min(intended_settlement_date) as first from penalty_instructions")
    start = max(day.rulebook.timeline(HOURS)[0].valid_from, find_calendar(DAYS).first)
    days = calendar(DAYS, max(rows["first"][0].as_py() or day.as_of, start), day.as_of)
    dates = days["date"].filter(days["open"]).to_pylist()
    return PenaltyDays(
        dates=np.array(dates, "datetime64[D]"),
        ends=_moments(day, dates, lambda rule: rule.parameters["next_day_opens"]),
        cut_offs={
            payment: _moments(day, dates, lambda rule, payment=payment: rule.parameters["cut_off"][payment])
            for payment in ("APMT", "FREE")
        },
        since=np.datetime64(day.rows("penalty_window")[0]["since"]),
    )


def _moments(day: Day, dates: list[date], hour: Callable[[Rule], str]) -> np.ndarray:
    """Return an hour of each day in UTC, as the rule in force on that day says it."""
    rules = [day.rulebook.at(HOURS, on) for on in dates]
    pairs = zip(dates, rules, strict=True)
    local = [datetime.combine(on, time.fromisoformat(hour(rule)), ZoneInfo(rule.time_zone)) for on, rule in pairs]
    return np.array([moment.astimezone(UTC).replace(tzinfo=None) for moment in local], "datetime64[us]")
