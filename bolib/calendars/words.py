"""The arithmetic of due dates in words and dates, for many at once.

A text is put together from columns of parts: the few different days, hours and lists of holidays are written once and
looked up, so that a million sentences cost little more than their letters.
"""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.calendars.known import Days, days_between, find_calendar
from bolib.calendars.zones import Moments

if TYPE_CHECKING:
    from bolib.calendars.delays import Delay

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SPANS = {"month_end": "month", "quarter_end": "quarter", "year_end": "year"}
HOURS = pa.array([f" {minute // 60:02}:{minute % 60:02}" for minute in range(24 * 60)])

Text = pa.Array | str
"""A column of texts, or one text for all rows."""


def arithmetic(delay: "Delay", event: Days, start: Days, notes: Text, end: Days, rolled: Days) -> pa.Array:
    """Return how each due date comes about: the count, what it left out, a move to an open day, the end."""
    lead = _said(_days(start), *_span(delay, event))
    if delay.fixed_date:
        month, day = delay.fixed_date
        lead = _said(f"first {day} {MONTHS[month - 1]} after ", lead)
    elif delay.count:
        lead = _said(f"{_count(delay)} {'from' if delay.count > 0 else 'before'} ", lead, notes)
    counted = delay.fixed_date or delay.count
    hour = f", {delay.at:%H:%M} {delay.time_zone}" if delay.at else ""
    unmoved = (" → ", _days(end), hour) if counted else ("" if delay.counted_from != "event" else " itself", hour)
    moved = (*((", ", _days(end)) if counted else (",",)), _move(delay), " → ", _days(rolled), hour)
    return _said(lead, _either(rolled != end, moved, unmoved))


def hours(delay: "Delay", start: Moments, end: Days, local: Moments) -> pa.Array:
    """Return how each end of a delay in hours comes about, its moments on the clocks of its time zone."""
    elapsed = (local - start).astype("timedelta64[h]").astype(np.int64)
    moved = local.astype("datetime64[D]") != end
    jump = _either(~moved & (elapsed != delay.count), (", the clocks change",), ("",))
    move = _either(moved, (", ", _days(end), _move(delay)), ("",))
    return _said(f"{_count(delay)} from ", *_moments(start), jump, move, " → ", *_moments(local), f" {delay.time_zone}")


def described(delay: "Delay") -> str:
    """Return a delay as a rule says it, without any event: "5 calendar days from the end of the month"."""
    start = f"the end of the {SPANS[delay.counted_from]}" if delay.counted_from != "event" else "the event"
    if delay.fixed_date:
        said = f"first {delay.fixed_date[1]} {MONTHS[delay.fixed_date[0] - 1]} after {start}"
    elif delay.count:
        said = f"{_count(delay)} {'from' if delay.count > 0 else 'before'} {start}"
    else:
        said = f"the day of {start}"
    if delay.roll != "none":
        many = find_calendar(delay.roll_calendar or delay.calendar).many
        said += f", on a closed day the {_moves_to(delay)} ({many})"
    said += f", {delay.at:%H:%M} {delay.time_zone}" if delay.at else ""
    return f"{said}, then {described(delay.then).replace('the event', 'there')}" if delay.then else said


def one_then_other(first: pa.Array, second: pa.Array) -> pa.Array:
    """Return the arithmetic of two delays, the second counted from the end of the first."""
    return _said(first, ", then ", second)


def shortened(number: np.ndarray, end: Days) -> Text:
    """Return what is to be said where a month has no day of the wanted number and ends before it."""
    month = end.astype("datetime64[M]")
    short = number > (end - month.astype("datetime64[D]")).astype(np.int64) + 1
    codes = pa.array(np.where(short, number * 12 + month.astype(np.int64) % 12, 0)).dictionary_encode()
    texts = [
        f", no {code // 12} {MONTHS[code % 12]}: last day of the month" if code else ""
        for code in codes.dictionary.to_pylist()
    ]
    return pa.array(texts).take(codes.indices)


def excluded(missing: Days, start: Days, end: Days) -> Text:
    """Return which of the days `missing` from a calendar lie after each `start`, up to `end`."""
    first, last = (np.searchsorted(missing, side, side="right") for side in (start, end))
    spans = pa.array(first * (len(missing) + 1) + last).dictionary_encode()
    days = [missing[slice(*divmod(span, len(missing) + 1))].tolist() for span in spans.dictionary.to_pylist()]
    return pa.array([f", {_listed(found)} excluded" if found else "" for found in days]).take(spans.indices)


def _said(*parts: Text) -> Text:
    """Return the texts one after the other, row by row."""
    if all(isinstance(part, str) for part in parts):
        return "".join(parts)
    return pc.binary_join_element_wise(*parts, "")


def _either(wanted: np.ndarray, these: Sequence[Text], others: Sequence[Text]) -> Text:
    """Return, row by row, the first texts where wanted, else the others; what no row needs is not made."""
    if not wanted.any():
        return _said(*others)
    return pc.if_else(pa.array(wanted), _said(*these), _said(*others))


def _span(delay: "Delay", event: Days) -> tuple[Text, ...]:
    if delay.counted_from == "event":
        return ()
    return (f", end of the {SPANS[delay.counted_from]} of ", _days(event))


def _move(delay: "Delay") -> Text:
    return f" closed ({find_calendar(delay.roll_calendar or delay.calendar).many}): {_moves_to(delay)}"


def _moves_to(delay: "Delay") -> str:
    return "next open day" if delay.roll == "following" else "last open day"


def _count(delay: "Delay") -> str:
    number = abs(delay.count)
    if delay.unit in ("months", "hours"):
        return f"{number} {delay.unit.removesuffix('s') if number == 1 else delay.unit}"
    known = find_calendar("CALENDAR" if delay.unit == "days" else delay.calendar)
    return f"{number} {known.one if number == 1 else known.many}"


def _days(days: Days) -> pa.Array:
    """Return days as a reader writes them: "31 Mar 2026"."""
    decades = (days.min().item().year // 10, days.max().item().year // 10)
    return _written(*decades).take(pa.array((days - np.datetime64(date(10 * decades[0], 1, 1))).astype(np.int64)))


@lru_cache(maxsize=16)
def _written(first: int, last: int) -> pa.Array:
    """Return every day from one decade to another in words; kept, since many dates ask for them."""
    days = days_between(date(10 * first, 1, 1), date(10 * last + 9, 12, 31)).tolist()
    return pa.array([f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in days])


def _moments(moments: Moments) -> tuple[Text, Text]:
    days = moments.astype("datetime64[D]")
    minutes = (moments - days).astype("timedelta64[m]").astype(np.int64)
    return _days(days), HOURS.take(pa.array(minutes))


def _listed(days: list[date]) -> str:
    """Return days as a reader lists them: "1, 6 and 8 May, 14 Jul"."""
    months = [list(of_month) for _, of_month in groupby(days, lambda day: (day.year, day.month))]
    return ", ".join(f"{_joined([str(day.day) for day in part])} {MONTHS[part[0].month - 1]}" for part in months)


def _joined(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
