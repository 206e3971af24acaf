"""The prudential backstop of non-performing loans (CRR, article 47c): what must be deducted, from when on."""

from dataclasses import dataclass
from datetime import date

from bolib.calendars import Delay, due_date


@dataclass(frozen=True)
class Deduction:
    """From a day on, so many percent of the exposure are deducted from own funds."""

    day: date
    percent: int


def deductions(non_performing_since: date, steps: dict[int, int]) -> list[Deduction]:
    """Return the deductions of a loan, in time; `steps` is the year after the classification → percent.

    >>> deductions(date(2026, 3, 31), {3: 35, 4: 100})[-1]
    Deduction(day=datetime.date(2029, 3, 31), percent=100)
    """
    return [
        Deduction(due_date(non_performing_since, Delay(12 * (year - 1), "months", "CALENDAR"))[0], percent)
        for year, percent in sorted(steps.items())
    ]
