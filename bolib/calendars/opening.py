"""The open days of a calendar, as a table that holds every date."""

from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import pyarrow as pa

from bolib.calendars.known import BANK_CALENDARS, Days, days_between, find_calendar
from bolib.errors import CalendarError

LOOK_AROUND = 15
"""Days looked at on either side of a range for the open day before or after; no calendar closes so long."""


def calendar(name: str, start: date, end: date, closing_days: Collection[date] = ()) -> pa.Table:
    """Return every date from `start` to `end` with its place among the open days of the calendar.

    date, open, day, next_open, previous_open: `day` counts the open days from `start` up to and
    including the date, so that later.day - earlier.day is the number of business days between; a
    closed day has the number of the open day before. `next_open` and `previous_open` are the date
    itself where it is open. `closing_days` are the bank's own, for its own calendars.

    >>> calendar("TARGET", date(2026, 4, 2), date(2026, 4, 7))["day"].to_pylist()  # Easter
    [1, 1, 1, 1, 1, 2]
    """
    days, openings = days_between(start, end), open_days_around(name, start, end, closing_days)
    before = np.searchsorted(openings, days, side="right") - 1
    after = np.searchsorted(openings, days, side="left")
    if before[0] < 0 or after[-1] >= len(openings):
        raise unknown(name, start if before[0] < 0 else end)
    is_open = openings[before] == days
    columns = {"date": days, "open": is_open, "day": np.cumsum(is_open), "next_open": openings[after]}
    return pa.table({**columns, "previous_open": openings[before]})


def open_days_around(name: str, start: date, end: date, closing_days: Collection[date] = ()) -> Days:
    """Return the open days from shortly before `start` to shortly after `end`."""
    known = find_calendar(name)
    for day in (start, end):
        if not known.first <= day <= known.last:
            raise unknown(name, day)
    if end < start:
        raise CalendarError(f"calendar {name}", f"an end on or after {start}", str(end), "Swap the two dates.")
    if closing_days and name not in BANK_CALENDARS:
        remedy = "A market's days are not the bank's to change."
        raise CalendarError(f"calendar {name}", f"closing days only for {', '.join(BANK_CALENDARS)}", "some", remedy)
    first = max(known.first, start - timedelta(LOOK_AROUND))
    last = min(known.last, end + timedelta(LOOK_AROUND))
    decades = range(first.year // 10, last.year // 10 + 1)
    openings = np.concatenate([_open_days(name, decade) for decade in decades])
    openings = openings[(openings >= np.datetime64(first)) & (openings <= np.datetime64(last))]
    return openings[~np.isin(openings, np.array(sorted(closing_days), "datetime64[D]"))] if closing_days else openings


@lru_cache
def _open_days(name: str, decade: int) -> Days:
    """Return the open days of ten years, cut to what the calendar knows; kept, since many dates ask for them."""
    known = find_calendar(name)
    start, end = max(known.first, date(10 * decade, 1, 1)), min(known.last, date(10 * decade + 9, 12, 31))
    days = days_between(start, end)
    closed = np.array(sorted(known.holidays(start, end)), "datetime64[D]")
    return days[(weekdays(days) < known.week) & ~np.isin(days, closed)]


def weekdays(days: Days) -> np.ndarray:
    """Return 0 for Monday to 6 for Sunday (1 January 1970 was a Thursday)."""
    return (days.astype(np.int64) + 3) % 7


def unknown(name: str, day: date) -> CalendarError:
    """Return the error of a date outside what the calendar knows."""
    known = find_calendar(name)
    return CalendarError(
        f"calendar {name}", f"a date it knows, {known.first} to {known.last}", str(day), "Correct the date."
    )
