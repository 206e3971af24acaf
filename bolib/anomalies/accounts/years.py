"""The fiscal years, one row each: most begin on one month of the year, and a bank may say which of them did not."""

import datetime

import pyarrow as pa

from bolib.errors import ParameterError

BEFORE, AFTER = 30, 3
"""Calendar years around the day of which the fiscal years are told apart."""
EVER, NEVER = datetime.date(1, 1, 1), datetime.date(9999, 12, 31)
DATES = ("first_date", "opening_until", "until_date")
SCHEMA = pa.schema([("year", pa.int64()), *((name, pa.date32()) for name in DATES)])


def fiscal_years(as_of: datetime.date, opening_days: int, month: object = 1, others: object = None) -> pa.Table:
    """Return year (a number, one more for each), first_date, opening_until and until_date, the next one's first.

    `month`: in which the years begin. `others`: first days of years that were longer or shorter than twelve months and
    of their neighbours; between the first and the last of them no other year begins. Opening entries are dated on one
    of the first `opening_days` of a year, before opening_until.

    >>> told = fiscal_years(datetime.date(2026, 3, 31), 5, 1, [datetime.date(2024, 1, 1), datetime.date(2025, 7, 1)])
    >>> [str(day) for day in told["first_date"].to_pylist() if 2023 <= day.year <= 2026]
    ['2023-01-01', '2024-01-01', '2025-07-01', '2026-01-01']
    """
    known = sorted(_days(others))
    usual = [datetime.date(year, _month(month), 1) for year in range(as_of.year - BEFORE, as_of.year + AFTER)]
    kept = [day for day in usual if not known or day < known[0] or day > known[-1]]
    starts = [EVER, *sorted({*kept, *known})]
    opened = [day + datetime.timedelta(opening_days) for day in starts]
    columns = [list(range(1, len(starts) + 1)), starts, opened, [*starts[1:], NEVER]]
    return pa.table([pa.array(values, kind.type) for values, kind in zip(columns, SCHEMA, strict=True)], schema=SCHEMA)


def _month(month: object) -> int:
    if month not in range(1, 13):
        raise _wrong("fiscal_month", "a month from 1 to 12", month)
    return int(month)


def _days(others: object) -> list[datetime.date]:
    days = others or []
    if not isinstance(days, list) or not all(isinstance(day, datetime.date) for day in days):
        raise _wrong("fiscal_years", "first days of fiscal years, as [2024-07-01, 2025-10-01]", others)
    return days


def _wrong(name: str, wanted: str, found: object) -> ParameterError:
    return ParameterError(f"parameters/anomalies.yml, {name}", wanted, str(found), "Correct the file.")
