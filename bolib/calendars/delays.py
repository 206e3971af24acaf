"""Due dates, each with its arithmetic in words and dates."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta
from itertools import groupby

import numpy as np

from bolib.calendars.known import MONDAY_TO_FRIDAY, OWN, Days, days_between, find_calendar
from bolib.calendars.opening import open_days_around, unknown, weekdays

UNITS = ("days", "business_days", "months")
ROLLS = ("none", "following", "preceding")


def due_date(
    trigger: date, delay: int, unit: str, name: str, roll: str = "none", closing_days: Collection[date] = ()
) -> tuple[date, str]:
    """Return the last day of a delay, and the arithmetic in words and dates.

    The day of the event is not counted (CPC art. 641). Months end on the same day-number, or on
    the last day of the month. `business_days` counts open days of the calendar `name`; otherwise
    it serves to `roll` an end on a closed day to the open day "following" or "preceding".
    """
    if unit == "business_days" and delay > 0:
        end, words = _after_open_days(trigger, delay, name, closing_days)
    elif unit == "months":
        end, words = _after_months(trigger, delay)
    else:
        end, words = trigger + timedelta(delay), f"{_count('CALENDAR', delay)} from {_day(trigger)}"
    rolled = _rolled(end, name, roll, closing_days)
    if delay == 0:
        words = _day(trigger) if rolled != end else f"{_day(trigger)} itself"
    if rolled != end:
        side = "next" if rolled > end else "last"
        words += f"{f', {_day(end)}' if delay else ','} closed ({find_calendar(name).many}): {side} open day"
    return rolled, f"{words} → {_day(rolled)}" if delay or rolled != end else words


def _after_open_days(trigger: date, delay: int, name: str, closing_days: Collection[date]) -> tuple[date, str]:
    # twice the delay and a month always hold enough open days, even around Christmas
    horizon = trigger + timedelta(2 * delay + 30)
    openings = open_days_around(name, trigger, min(horizon, find_calendar(name).last), closing_days)
    place = np.searchsorted(openings, np.datetime64(trigger), side="right") - 1 + delay
    if place >= len(openings):
        raise unknown(name, horizon)
    end = openings[place].item()
    closed = _closedweekdays(trigger, end, name, openings)
    words = f"{_count(name, delay)} from {_day(trigger)}"
    return end, f"{words}, {_listed(closed)} excluded" if closed else words


def _closedweekdays(trigger: date, end: date, name: str, openings: Days) -> list[date]:
    """Return the days after `trigger`, to `end`, that the week would count but the calendar does not."""
    days = days_between(trigger + timedelta(1), end)
    week = OWN[name].week if name in OWN else MONDAY_TO_FRIDAY
    return days[(weekdays(days) < week) & ~np.isin(days, openings)].tolist()


def _after_months(trigger: date, delay: int) -> tuple[date, str]:
    year, month = divmod(trigger.year * 12 + trigger.month - 1 + delay, 12)
    last = monthrange(year, month + 1)[1]
    end = date(year, month + 1, min(trigger.day, last))
    words = f"{delay} month{'s' if delay != 1 else ''} from {_day(trigger)}"
    return end, words if trigger.day <= last else f"{words}, no {trigger.day} {end:%b}: last day of the month"


def _rolled(end: date, name: str, roll: str, closing_days: Collection[date]) -> date:
    if roll == "none":
        return end
    openings = open_days_around(name, end, end, closing_days)
    place = np.searchsorted(openings, np.datetime64(end), side="left" if roll == "following" else "right")
    place -= roll == "preceding"
    if not 0 <= place < len(openings):
        raise unknown(name, end)
    return openings[place].item()


def _count(name: str, number: int) -> str:
    known = find_calendar(name)
    return f"{number} {known.one if number == 1 else known.many}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _listed(days: list[date]) -> str:
    """Return days as a reader lists them: "1, 6 and 8 May, 14 Jul"."""
    months = [list(of_month) for _, of_month in groupby(days, lambda day: (day.year, day.month))]
    return ", ".join(f"{_joined([str(day.day) for day in part])} {part[0]:%b}" for part in months)


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
