"""The dates of the sample day and the business days between them."""

from datetime import date, datetime, time, timedelta
from functools import cache

import exchange_calendars
import holidays

AS_OF = date(2026, 3, 31)
FIRST = date(2025, 10, 2)
SHARES_MOVED = timedelta(weeks=613)
COMPLAINTS_MOVED = timedelta(weeks=595)
CUT_OFF = time(18, 0)
"""Evening cut-off (UTC): whatever was entered later counts as known on the next business day."""

_TARGET = holidays.financial_holidays("ECB", years=range(2014, 2041))


def business_day(day: date) -> bool:
    """Return whether TARGET is open on `day`."""
    return day.weekday() < 5 and day not in _TARGET


def days_between(first: date, last: date) -> list[date]:
    """Return every calendar day from `first` to `last`, both included."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


BUSINESS_DAYS = [day for day in days_between(FIRST, AS_OF) if business_day(day)]


@cache
def after(day: date, count: int) -> date:
    """Return the business day `count` TARGET days after `day` (before it, when negative)."""
    step = timedelta(days=1 if count > 0 else -1)
    for _ in range(abs(count)):
        day += step
        while not business_day(day):
            day += step
    return day


def on_or_after(day: date) -> date:
    """Return `day`, or the first TARGET business day that follows it."""
    return day if business_day(day) else after(day, 1)


@cache
def new_york_days() -> frozenset[date]:
    """Return the days New York trades from 2025 to 2026, as the exchange really opens."""
    calendar = exchange_calendars.get_calendar("XNYS", start="2025-01-01", end="2026-12-31")
    return frozenset(session.date() for session in calendar.sessions)


def after_in_new_york(day: date, count: int) -> date:
    """Return the day `count` New York sessions after `day`."""
    return sorted(session for session in new_york_days() if session > day)[count - 1]


def at(day: date, seconds: int) -> datetime:
    """Return the instant `seconds` after midnight UTC of `day`."""
    return datetime.combine(day, time()) + timedelta(seconds=seconds)


def known_day(instant: datetime) -> date:
    """Return the business day on whose evening `instant` is known."""
    day = instant.date()
    return on_or_after(day if instant.time() <= CUT_OFF else day + timedelta(days=1))


def months_later(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise ValueError(f"no day in {year}-{month + 1}")
