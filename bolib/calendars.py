"""The business calendars as tables; a due date together with its arithmetic.

A calendar table holds every date, open or not, with the running number of open days, so that a
join never loses a row and business days between two dates are a subtraction. Outside the range
a calendar really knows it stops: a date is never guessed.

>>> due_date(date(2027, 4, 30), 10, "business_days", "OUVRABLE")
(datetime.date(2027, 5, 15), '10 jours ouvrables from 30 Apr 2027, 1, 6 and 8 May excluded → 15 May 2027')
"""

import warnings
from calendar import monthrange
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

import numpy as np
import pyarrow as pa

from bolib.errors import CalendarError

Days = np.ndarray
"""Dates as datetime64[D]."""

MONDAY_TO_FRIDAY, MONDAY_TO_SATURDAY, EVERY_DAY = 5, 6, 7

UNITS = ("days", "business_days", "months")
ROLLS = ("none", "following", "preceding")

LOOK_AROUND = 15
"""Days looked at on either side of a range for the open day before or after; no calendar closes so long."""


@dataclass(frozen=True)
class Calendar:
    """What a calendar is: its words, its week, the range it knows, and the week days on which it is closed."""

    meaning: str
    one: str
    many: str
    week: int
    first: date
    last: date
    holidays: Callable[[date, date], Collection[date]]


def _no_holiday(start: date, end: date) -> Collection[date]:
    return ()


def _target_holidays(start: date, end: date) -> Collection[date]:
    from holidays import financial_holidays

    return financial_holidays("ECB", years=range(start.year, end.year + 1), observed=False)


def _t2s_holidays(start: date, end: date) -> Collection[date]:
    return {date(year, *day) for year in range(start.year, end.year + 1) for day in ((1, 1), (12, 25))}


def _french_holidays(start: date, end: date) -> Collection[date]:
    from holidays import country_holidays

    return country_holidays("FR", years=range(start.year, end.year + 1), observed=False)


def _moselle_holidays(start: date, end: date) -> Collection[date]:
    from holidays import country_holidays

    return country_holidays("FR", subdiv="57", years=range(start.year, end.year + 1), observed=False)


_FRENCH = (date(1982, 1, 1), date(2100, 12, 31))  # 8 May is a holiday again since 1982

_OWN = {
    "CALENDAR": Calendar(
        "Every day", "calendar day", "calendar days", EVERY_DAY, date(1900, 1, 1), date(2199, 12, 31), _no_holiday
    ),
    "TARGET": Calendar(
        "Days the euro settles between banks (T2)", "TARGET day", "TARGET days", MONDAY_TO_FRIDAY,
        date(1999, 1, 1), date(2100, 12, 31), _target_holidays,
    ),
    "T2S_PENALTY": Calendar(
        "Days securities settle and penalties run: all but Saturday, Sunday, 1 January and 25 December",
        "T2S penalty day", "T2S penalty days", MONDAY_TO_FRIDAY, date(2015, 6, 22), date(2100, 12, 31), _t2s_holidays,
    ),
    "OUVRABLE": Calendar(
        "Monday to Saturday but French holidays", "jour ouvrable", "jours ouvrables", MONDAY_TO_SATURDAY,
        *_FRENCH, _french_holidays,
    ),
    "OUVRE": Calendar(
        "Monday to Friday but French holidays", "jour ouvré", "jours ouvrés", MONDAY_TO_FRIDAY,
        *_FRENCH, _french_holidays,
    ),
    "PSP": Calendar(
        "Days a payment service provider executes payments; Monday to Friday but French holidays",
        "PSP business day", "PSP business days", MONDAY_TO_FRIDAY, *_FRENCH, _french_holidays,
    ),
    "OUVRABLE-57": Calendar(
        "OUVRABLE in Alsace-Moselle", "jour ouvrable (Alsace-Moselle)", "jours ouvrables (Alsace-Moselle)",
        MONDAY_TO_SATURDAY, *_FRENCH, _moselle_holidays,
    ),
    "OUVRE-57": Calendar(
        "OUVRE in Alsace-Moselle", "jour ouvré (Alsace-Moselle)", "jours ouvrés (Alsace-Moselle)", MONDAY_TO_FRIDAY,
        *_FRENCH, _moselle_holidays,
    ),
}  # fmt: skip

CALENDARS = (*_OWN, "XPAR")
"""Calendars known by name; any other market of exchange_calendars ("XNYS") is known too."""

BANK_CALENDARS = ("OUVRABLE", "OUVRE", "PSP", "OUVRABLE-57", "OUVRE-57")
"""Calendars that may also leave out days on which the bank itself is closed."""

_EXCHANGES_SINCE = date(2000, 1, 1)
_EXCHANGES_UNTIL = date(2100, 12, 31)


@lru_cache
def find_calendar(name: str) -> Calendar:
    """Return the calendar called `name`, an own one or a market of exchange_calendars."""
    if name in _OWN:
        return _OWN[name]
    from exchange_calendars import calendar_utils

    if name not in calendar_utils.get_calendar_names(include_aliases=True):
        known = f"one of {', '.join(CALENDARS)} or a market of exchange_calendars"
        raise CalendarError(f"calendar {name}", known, "no such calendar", "Correct the name.")
    market = calendar_utils.resolve_alias(name)
    made_by = calendar_utils._default_calendar_factories[market]
    low, high = made_by.bound_min(), made_by.bound_max()
    first = max(low.date(), _EXCHANGES_SINCE) if low is not None else _EXCHANGES_SINCE
    last = high.date() if high is not None else _EXCHANGES_UNTIL
    closed = _market_closures(market)
    return Calendar(f"Sessions of {name}", f"{name} session", f"{name} sessions", EVERY_DAY, first, last, closed)


def _market_closures(market: str) -> Callable[[date, date], Collection[date]]:
    def closed(start: date, end: date) -> Collection[date]:
        from exchange_calendars import get_calendar

        with warnings.catch_warnings(action="ignore"):  # the library still uses what pandas 3 deprecates
            # both ends passed: left to itself it stops one year ahead
            sessions = get_calendar(market, start=start.isoformat(), end=end.isoformat()).sessions
        return np.setdiff1d(_range(start, end), sessions.values.astype("datetime64[D]")).tolist()

    return closed


def calendar(name: str, start: date, end: date, closing_days: Collection[date] = ()) -> pa.Table:
    """Return every date from `start` to `end` with its place among the open days of the calendar.

    date, open, day, next_open, previous_open: `day` counts the open days from `start` up to and
    including the date, so that later.day - earlier.day is the number of business days between; a
    closed day has the number of the open day before. `next_open` and `previous_open` are the date
    itself where it is open. `closing_days` are the bank's own, for its own calendars.

    >>> calendar("TARGET", date(2026, 4, 2), date(2026, 4, 7))["day"].to_pylist()  # Easter
    [1, 1, 1, 1, 1, 2]
    """
    days, openings = _range(start, end), _around(name, start, end, closing_days)
    before = np.searchsorted(openings, days, side="right") - 1
    after = np.searchsorted(openings, days, side="left")
    if before[0] < 0 or after[-1] >= len(openings):
        raise _unknown(name, start if before[0] < 0 else end)
    is_open = openings[before] == days
    columns = {"date": days, "open": is_open, "day": np.cumsum(is_open), "next_open": openings[after]}
    return pa.table({**columns, "previous_open": openings[before]})


def _range(start: date, end: date) -> Days:
    return np.arange(np.datetime64(start), np.datetime64(end) + 1)


def _around(name: str, start: date, end: date, closing_days: Collection[date] = ()) -> Days:
    """Return the open days from shortly before `start` to shortly after `end`."""
    known = find_calendar(name)
    for day in (start, end):
        if not known.first <= day <= known.last:
            raise _unknown(name, day)
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
    return openings[~np.isin(openings, np.array(sorted(closing_days), "datetime64[D]"))]


@lru_cache
def _open_days(name: str, decade: int) -> Days:
    """Return the open days of ten years, cut to what the calendar knows; kept, since many dates ask for them."""
    known = find_calendar(name)
    start, end = max(known.first, date(10 * decade, 1, 1)), min(known.last, date(10 * decade + 9, 12, 31))
    days = _range(start, end)
    closed = np.array(sorted(known.holidays(start, end)), "datetime64[D]")
    return days[(_weekdays(days) < known.week) & ~np.isin(days, closed)]


def _weekdays(days: Days) -> np.ndarray:
    """Return 0 for Monday to 6 for Sunday (1 January 1970 was a Thursday)."""
    return (days.astype(np.int64) + 3) % 7


def _unknown(name: str, day: date) -> CalendarError:
    known = find_calendar(name)
    return CalendarError(
        f"calendar {name}", f"a date it knows, {known.first} to {known.last}", str(day), "Correct the date."
    )


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
    openings = _around(name, trigger, min(horizon, find_calendar(name).last), closing_days)
    place = np.searchsorted(openings, np.datetime64(trigger), side="right") - 1 + delay
    if place >= len(openings):
        raise _unknown(name, horizon)
    end = openings[place].item()
    closed = _closed_weekdays(trigger, end, name, openings)
    words = f"{_count(name, delay)} from {_day(trigger)}"
    return end, f"{words}, {_listed(closed)} excluded" if closed else words


def _closed_weekdays(trigger: date, end: date, name: str, openings: Days) -> list[date]:
    """Return the days after `trigger`, to `end`, that the week would count but the calendar does not."""
    days = _range(trigger + timedelta(1), end)
    week = _OWN[name].week if name in _OWN else MONDAY_TO_FRIDAY
    return days[(_weekdays(days) < week) & ~np.isin(days, openings)].tolist()


def _after_months(trigger: date, delay: int) -> tuple[date, str]:
    year, month = divmod(trigger.year * 12 + trigger.month - 1 + delay, 12)
    last = monthrange(year, month + 1)[1]
    end = date(year, month + 1, min(trigger.day, last))
    words = f"{delay} month{'s' if delay != 1 else ''} from {_day(trigger)}"
    return end, words if trigger.day <= last else f"{words}, no {trigger.day} {end:%b}: last day of the month"


def _rolled(end: date, name: str, roll: str, closing_days: Collection[date]) -> date:
    if roll == "none":
        return end
    openings = _around(name, end, end, closing_days)
    place = np.searchsorted(openings, np.datetime64(end), side="left" if roll == "following" else "right")
    place -= roll == "preceding"
    if not 0 <= place < len(openings):
        raise _unknown(name, end)
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
