"""A million deadlines on all calendars, each with its arithmetic in words, beside numpy.busday_offset alone.

    python benchmarks/deadlines.py

Every day of ten years starts a clock of 1 to 25 open days on each calendar: all are different. NumPy is given the
holidays, made before the watch starts, and returns dates; bolib returns dates, and says how it came to each. The dates
are compared, all of them. Printed: seconds of the processor and of the clock, and their ratios.
"""

import time
from collections.abc import Callable

import numpy as np

from bolib.calendars import CALENDARS, Delay, calendar, due_dates

MARKETS = ("XLON", "XNYS", "XSWX")
TRIGGERS = np.arange("2020-01-01", "2030-01-01", dtype="datetime64[D]")
DELAYS = range(1, 26)
NAMES = (*CALENDARS, *MARKETS)


def main() -> None:
    """Print what both take, and that they agree."""
    print("first look-up of each calendar:", said(timed(lambda: [closures(name) for name in NAMES])[1]))
    given = {name: np.busdaycalendar(weeks(name), closures(name)) for name in NAMES}
    theirs, alone = timed(lambda: [offsets(given[name], count) for name in NAMES for count in DELAYS])
    ours, full = timed(lambda: [ends(name, count) for name in NAMES for count in DELAYS])
    dates = np.concatenate([found.due_date for found in ours])
    if not (dates == np.concatenate(theirs)).all():
        raise SystemExit("the dates differ")
    print(f"{len(dates):,} deadlines on {len(NAMES)} calendars, the same dates from both, as")
    print(f"    {ours[-1].arithmetic[-1]}")
    print("numpy.busday_offset alone:      ", said(alone))
    print("bolib, with the arithmetic:     ", said(full))
    print(f"ratio:                          {full[0] / alone[0]:7.1f}   CPU {full[1] / alone[1]:7.1f}   wall")


def timed(work: Callable) -> tuple[list, tuple[float, float]]:
    """Return what `work` returns, with its seconds of the processor and of the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    found = work()
    return found, (time.process_time() - cpu, time.perf_counter() - wall)


def said(seconds: tuple[float, float]) -> str:
    """Return seconds as a reader compares them."""
    return "{:7.3f} s CPU {:7.3f} s wall".format(*seconds)


def closures(name: str) -> np.ndarray:
    """Return every day on which a calendar is closed, from the first trigger to well after the last."""
    days = calendar(name, TRIGGERS[0].item(), TRIGGERS[-1].item().replace(year=2030))
    return days["date"].to_numpy()[~days["open"].to_numpy(zero_copy_only=False)]


def weeks(name: str) -> str:
    """Return the week of a calendar as NumPy writes it: 1 for the weekdays that are ever open."""
    open_days = np.setdiff1d(TRIGGERS, closures(name))
    return "".join(str(int(weekday in (open_days.astype(np.int64) + 3) % 7)) for weekday in range(7))


def offsets(given: np.busdaycalendar, count: int) -> np.ndarray:
    """Return what NumPy makes of it: back to the last open day, then `count` open days on."""
    return np.busday_offset(TRIGGERS, count, roll="backward", busdaycal=given)


def ends(name: str, count: int):
    """Return what bolib makes of it."""
    return due_dates(Delay(count, "business_days", name), TRIGGERS)


if __name__ == "__main__":
    main()
