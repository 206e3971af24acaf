"""The days of the depositories, with the hours at which settlement stops and at which the next day opens."""

from collections.abc import Callable
from datetime import time

import numpy as np

from bolib.calendars import calendar, find_calendar
from bolib.calendars.zones import to_utc
from bolib.day import Day
from bolib.penalties import PenaltyDays
from bolib.rulebook import Rule

DAYS, REGIME, NEXT_DAY = "T2S_PENALTY", "A-32", "A2.day.change"
CUT_OFFS = {"APMT": "A2.cutoff.dvp", "FREE": "A2.cutoff.fop"}
"""Rules of the hour from which on nothing settles, by payment; those of T2S stand for all depositories."""


def penalty_days(day: Day) -> PenaltyDays:
    """Return the settlement days up to the day, from the first on which one of the instructions was due."""
    rows = day.engine.query("select min(intended_settlement_date) as first from penalty_instructions")
    start = max(day.rulebook.timeline(REGIME)[0].valid_from, find_calendar(DAYS).first)
    days = calendar(DAYS, max(rows["first"][0].as_py() or day.as_of, start), day.as_of)
    dates = days["date"].filter(days["open"]).to_numpy()
    return PenaltyDays(
        dates=dates,
        ends=_moments(day, dates, NEXT_DAY, lambda rule: time.fromisoformat(rule.parameters["at"])),
        cut_offs={payment: _moments(day, dates, name, lambda rule: rule.at) for payment, name in CUT_OFFS.items()},
        since=np.datetime64(day.rows("penalty_window")[0]["since"]),
    )


def _moments(day: Day, dates: np.ndarray, name: str, hour: Callable[[Rule], time]) -> np.ndarray:
    """Return the hour of a rule on each date in UTC, by the version in force on that date."""
    found = np.empty(len(dates), "datetime64[us]")
    for version in day.rulebook.timeline(name):
        since = dates >= np.datetime64(version.valid_from)
        found[since] = to_utc(dates[since], hour(version), version.time_zone)
    return found
