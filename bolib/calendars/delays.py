"""Due dates of many events at once, each with its arithmetic in words and dates.

The day of the event is not counted (CPC art. 641). Months end on the same day-number, or on the last day of the
month. A delay that ends at an hour, or is counted in hours, ends at a moment; the others at the end of their day.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

import numpy as np
import pyarrow as pa

from bolib.calendars import words
from bolib.calendars.known import MONDAY_TO_FRIDAY, OWN, Days, find_calendar
from bolib.calendars.opening import LOOK_AROUND, open_days_around, unknown, weekdays
from bolib.calendars.zones import Moments, on_the_spot, to_utc

UNITS = ("days", "business_days", "months", "hours")
ROLLS = ("none", "following", "preceding")
STARTS = ("event", "month_end", "quarter_end", "year_end")
MONTHS_OF = {"month_end": 1, "quarter_end": 3, "year_end": 12}

ClosingDays = Mapping[str, Collection[date]]
"""The bank's own closing days, by calendar."""


@dataclass(frozen=True)
class Delay:
    """How an end follows from an event.

    count and unit (a negative count ends before the event), or `fixed_date`, (month, day): the first such date after
    the start. `calendar` is counted on, or rolled on where `roll_calendar` names no other. `counted_from`: the count
    starts on the event, or at the end of its month, quarter or year. `at`: the hour of the last day, local to
    `time_zone`; of a delay in hours, the hour of the open day an end on a closed day moves to. `then`: a second delay,
    counted from the end of the first.
    """

    count: int
    unit: str
    calendar: str
    roll: str = "none"
    roll_calendar: str | None = None
    counted_from: str = "event"
    fixed_date: tuple[int, int] | None = None
    at: time | None = None
    time_zone: str | None = None
    then: "Delay | None" = None


@dataclass(frozen=True)
class Ends:
    """One end an event, in the order of the events.

    due_date datetime64[D], due_at datetime64[us] in UTC (NaT: the end of the day), arithmetic (Arrow text).
    """

    due_date: Days
    due_at: Moments
    arithmetic: pa.Array


def due_dates(
    delay: Delay, days: Days, moments: Moments | None = None, closing_days: ClosingDays | None = None
) -> Ends:
    """Return when a delay ends for events of these days; one in hours needs their `moments` (UTC) instead."""
    closed = closing_days or {}
    if not len(days):
        return Ends(days, np.empty(0, "datetime64[us]"), pa.array([], pa.string()))
    first = _after_hours(delay, moments, closed) if delay.unit == "hours" else _after_days(delay, days, closed)
    if delay.then is None:
        return first
    second = due_dates(delay.then, first.due_date, closing_days=closed)
    return Ends(second.due_date, second.due_at, words.one_then_other(first.arithmetic, second.arithmetic))


def _after_days(delay: Delay, days: Days, closed: ClosingDays) -> Ends:
    _check_known(delay.calendar, days)
    start = _starts(delay, days)
    end, notes = _ends(delay, start, closed)
    _check_known(delay.calendar, end)
    rolled = _rolled(end, delay, closed)
    due_at = to_utc(rolled, delay.at, delay.time_zone)
    return Ends(rolled, due_at, words.arithmetic(delay, days, start, notes, end, rolled))


def countable(delay: Delay) -> tuple[date, date]:
    """Return the first and last day of an event from which an end is surely within what the calendars know."""
    months_and_years = (31 * abs(delay.count) if delay.unit == "months" else 0) + (366 if delay.fixed_date else 0)
    # business days as in _after_open_days; two days for hours; a year to the end of a period; two weeks to an open day
    reach = timedelta(months_and_years + 2 * abs(delay.count) + 30 + 366 + LOOK_AROUND)
    known = [find_calendar(name) for name in {delay.calendar, delay.roll_calendar or delay.calendar}]
    first, last = max(each.first for each in known), min(each.last for each in known)
    if delay.then:
        first, last = max(first, countable(delay.then)[0]), min(last, countable(delay.then)[1])
    return first + (reach if delay.count < 0 else timedelta(LOOK_AROUND)), last - reach


def due_date(
    trigger: date, delay: Delay, moment: np.datetime64 | None = None, closing_days: ClosingDays | None = None
) -> tuple[date, str]:
    """Return the last day of a delay for one event, and the arithmetic.

    >>> due_date(date(2026, 3, 31), Delay(1, "business_days", "TARGET"))
    (datetime.date(2026, 4, 1), '1 TARGET day from 31 Mar 2026 → 1 Apr 2026')
    """
    moments = None if moment is None else np.array([moment], "datetime64[us]")
    ends = due_dates(delay, np.array([trigger], "datetime64[D]"), moments, closing_days)
    return ends.due_date[0].item(), ends.arithmetic[0].as_py()


def _starts(delay: Delay, days: Days) -> Days:
    """Return the day a count starts from: the event, or the last day of its month, quarter or year."""
    if delay.counted_from == "event":
        return days
    length = MONTHS_OF[delay.counted_from]
    month = days.astype("datetime64[M]").astype(np.int64)
    return _last_days(month - month % length + length - 1)


def _last_days(month: np.ndarray) -> Days:
    return (month + 1).astype("datetime64[M]").astype("datetime64[D]") - 1


def _ends(delay: Delay, start: Days, closed: ClosingDays) -> tuple[Days, pa.Array | str]:
    """Return the ends before any roll, with what is to be said of how they were counted."""
    if delay.fixed_date:
        return _next_dates(start, *delay.fixed_date), ""
    if delay.unit == "months":
        return _after_months(start, delay.count)
    if delay.unit == "business_days" and delay.count:
        return _after_open_days(start, delay.count, delay.calendar, closed.get(delay.calendar, ()))
    return start + delay.count, ""


def _next_dates(start: Days, month: int, day: int) -> Days:
    this_year = (start.astype("datetime64[Y]").astype("datetime64[M]") + month - 1).astype("datetime64[D]") + day - 1
    next_year = (start.astype("datetime64[Y]") + 1).astype("datetime64[M]") + month - 1
    return np.where(this_year > start, this_year, next_year.astype("datetime64[D]") + day - 1)


def _after_months(start: Days, count: int) -> tuple[Days, pa.Array]:
    end = months_after(start, count)
    number = (start - start.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64)
    return end, words.shortened(number + 1, end)


def months_after(start: Days, count: int) -> Days:
    """Return the same day-number so many months later, or the last day of that month (CPC art. 641).

    >>> months_after(np.array(["2024-02-29"], "datetime64[D]"), 24)
    array(['2026-02-28'], dtype='datetime64[D]')
    """
    first = start.astype("datetime64[M]")
    last = _last_days(first.astype(np.int64) + count)
    begin = last.astype("datetime64[M]").astype("datetime64[D]")
    return begin + np.minimum(last - begin, start - first.astype("datetime64[D]"))


def _after_open_days(start: Days, count: int, name: str, closing_days: Collection[date]) -> tuple[Days, pa.Array]:
    # twice the count and a month always hold enough open days, even around Christmas
    reach, known = 2 * abs(count) + 30, find_calendar(name)
    first, last = (start.min() - reach * (count < 0)).item(), (start.max() + reach * (count > 0)).item()
    openings = open_days_around(name, max(first, known.first), min(last, known.last), closing_days)
    # before an event, the open day it may fall on itself is not counted either
    place = _last_open(openings, start - (count < 0)) + count + (count < 0)
    if place.min() < 0 or place.max() >= len(openings):
        raise unknown(name, first if count < 0 else last)
    end, missing = openings[place], _missing(name, openings)
    return end, words.excluded(missing, start, end) if count > 0 else words.excluded(missing, end, start - 1)


def _missing(name: str, openings: Days) -> Days:
    """Return the days that the week of a calendar would count and the calendar does not."""
    days = np.arange(openings[0], openings[-1] + 1)
    week = OWN[name].week if name in OWN else MONDAY_TO_FRIDAY
    return days[(weekdays(days) < week) & ~_open_among(openings, openings[0], len(days))]


def _open_among(openings: Days, first: np.datetime64, length: int) -> np.ndarray:
    """Return, for each of `length` days from `first`, whether it is open."""
    is_open = np.zeros(length, bool)
    is_open[(openings - first).astype(np.int64)] = True
    return is_open


def _last_open(openings: Days, days: Days) -> np.ndarray:
    """Return the place of the last open day up to each day; -1 before the first.

    A look-up by the day's number: a search for each of a million days takes five times as long.
    """
    first, last = min(openings[0], days.min()), max(openings[-1], days.max())
    counted = np.cumsum(_open_among(openings, first, (last - first).astype(np.int64) + 1)) - 1
    return counted[(days - first).astype(np.int64)]


def _rolled(end: Days, delay: Delay, closed: ClosingDays) -> Days:
    if delay.roll == "none":
        return end
    name = delay.roll_calendar or delay.calendar
    openings = open_days_around(name, end.min().item(), end.max().item(), closed.get(name, ()))
    before = _last_open(openings, end)
    is_open = (before >= 0) & (openings[before] == end)
    place = before + (~is_open if delay.roll == "following" else 0)
    beyond = (place < 0) | (place >= len(openings))
    if beyond.any():
        raise unknown(name, end[beyond][0].item())
    return openings[place]


def _check_known(name: str, days: Days) -> None:
    known = find_calendar(name)
    for day in (days.min().item(), days.max().item()):
        if not known.first <= day <= known.last:
            raise unknown(name, day)


def _after_hours(delay: Delay, moments: Moments, closed: ClosingDays) -> Ends:
    """Return the ends of a delay in hours: they elapse, whatever the clocks on the wall do meanwhile."""
    due_at = moments + np.timedelta64(delay.count, "h")
    start, local = on_the_spot(moments, delay.time_zone), on_the_spot(due_at, delay.time_zone)
    end = local.astype("datetime64[D]")
    _check_known(delay.calendar, end)
    rolled = _rolled(end, delay, closed)
    if delay.roll != "none":
        due_at = np.where(rolled != end, to_utc(rolled, delay.at, delay.time_zone), due_at)
        local = on_the_spot(due_at, delay.time_zone)
    return Ends(rolled, due_at, words.hours(delay, start, end, local))
