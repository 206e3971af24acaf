"""What each calendar is: its words, its week, its holidays and the years it really knows."""

import warnings
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from bolib.errors import CalendarError

Days = np.ndarray
"""Dates as datetime64[D]."""

MONDAY_TO_FRIDAY, MONDAY_TO_SATURDAY, EVERY_DAY = 5, 6, 7
SUNDAY = 6


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


def _american_closures(start: date, end: date) -> Collection[date]:
    """Return when New York trades but nothing settles, its banks being closed, beside when it does not trade."""
    from holidays import financial_holidays

    years = range(start.year, end.year + 1)
    columbus = [date(year, 10, 14 - date(year, 10, 14).weekday()) for year in years]  # the second Monday of October
    veterans = [date(year, 11, 12 if date(year, 11, 11).weekday() == SUNDAY else 11) for year in years]
    return {*financial_holidays("XNYS", years=years), *columbus, *veterans}


_FRENCH = (date(1982, 1, 1), date(2100, 12, 31))  # 8 May is a holiday again since 1982

OWN = {
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
    "DTC": Calendar(
        "Days American securities settle: sessions of New York but Columbus Day and Veterans Day",
        "DTC settlement day", "DTC settlement days", MONDAY_TO_FRIDAY, date(2000, 1, 1), date(2100, 12, 31),
        _american_closures,
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

CALENDARS = (*OWN, "XPAR")
"""Calendars known by name; any other market of exchange_calendars ("XNYS") is known too."""

BANK_CALENDARS = ("OUVRABLE", "OUVRE", "PSP", "OUVRABLE-57", "OUVRE-57")
"""Calendars that may also leave out days on which the bank itself is closed."""

_EXCHANGES_SINCE = date(2000, 1, 1)
_EXCHANGES_UNTIL = date(2100, 12, 31)


@lru_cache
def find_calendar(name: str) -> Calendar:
    """Return the calendar called `name`, an own one or a market of exchange_calendars."""
    if name in OWN:
        return OWN[name]
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
        return np.setdiff1d(days_between(start, end), sessions.values.astype("datetime64[D]")).tolist()

    return closed


def days_between(start: date, end: date) -> Days:
    """Return every date from `start` to `end`, both included."""
    return np.arange(np.datetime64(start), np.datetime64(end) + 1)
