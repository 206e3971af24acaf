"""The hours the bank works, so that a night or a weekend is not taken for a wait somebody could have shortened."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from bolib.calendars import calendar
from bolib.calendars.zones import Moments, on_the_spot
from bolib.errors import ParameterError

SECOND = np.timedelta64(1, "s")


@dataclass(frozen=True)
class Opening:
    """The days from `first` on, each with the open seconds of all days before it, and whether it is open itself.

    `start` and `end` are seconds after midnight on the clocks of `time_zone`.
    """

    first: date
    before: np.ndarray
    is_open: np.ndarray
    start: int
    end: int
    time_zone: str

    def seconds(self, moments: Moments) -> np.ndarray:
        """Return the open seconds before each moment (UTC): the difference of two is the time worked between."""
        local = on_the_spot(moments, self.time_zone)
        day = local.astype("datetime64[D]")
        place = (day - np.datetime64(self.first)).astype(np.int64)
        today = np.clip((local - day) // SECOND - self.start, 0, self.end - self.start)
        return self.before[place] + np.where(self.is_open[place], today, 0)


def opening_hours(said: dict, first: date, last: date, closing_days: Mapping[str, Collection[date]]) -> Opening:
    """Return the opening hours on the days from `first` to `last` (UTC), as a parameters file says them.

    said: {calendar: OUVRE, from: "08:00", to: "18:00", time_zone: Europe/Paris}; closing_days: the bank's, by calendar.
    """
    start, end = (_second_of_day(said, name) for name in ("from", "to"))
    if start >= end:
        raise _wrong("", "an hour to close after the one to open", f"{said['from']} to {said['to']}")
    zone, name = _time_zone(said), str(said.get("calendar"))
    margin = timedelta(days=1)  # on the spot it may still be yesterday, or already tomorrow
    days = calendar(name, first - margin, last + margin, closing_days.get(name, ()))
    is_open = days["open"].to_numpy()
    before = (np.cumsum(is_open) - is_open) * (end - start)
    return Opening(first - margin, before, is_open, start, end, zone)


def _second_of_day(said: dict, name: str) -> int:
    try:
        hour = time.fromisoformat(said[name])
    except (KeyError, TypeError, ValueError) as error:
        raise _wrong(f", {name}", 'an hour as "08:00"', repr(said.get(name))) from error
    return hour.hour * 3600 + hour.minute * 60


def _time_zone(said: dict) -> str:
    try:
        return ZoneInfo(said["time_zone"]).key
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise _wrong(", time_zone", "a time zone as Europe/Paris", repr(said.get("time_zone"))) from error


def _wrong(word: str, expected: str, found: str) -> ParameterError:
    return ParameterError(f"opening{word}", expected, found, "Correct the parameters file.")
