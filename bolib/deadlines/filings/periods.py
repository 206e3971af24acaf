"""What one filing covers: the day of an event in Paris, and the day, month, quarter or year it belongs to."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pyarrow as pa

from bolib.calendars.zones import on_the_spot
from bolib.deadlines.filings.regimes import SPANS

AUTHORITIES = "Europe/Paris"
"""The clocks of the authorities filed with."""

PERIODS = pa.schema([
    ("span", pa.string()), ("date", pa.date32()), ("period", pa.string()), ("whole_from", pa.date32()),
])  # fmt: skip


def paris_days(moments: pa.Table) -> pa.Table:
    """Return each moment (UTC) with its day in Paris; midnight belongs to the day that ends.

    A position is taken at midnight at the end of a trading day, and is that day's.
    """
    instant = moments["moment"].to_numpy().astype("datetime64[us]") - np.timedelta64(1, "us")
    days = on_the_spot(instant, AUTHORITIES).astype("datetime64[D]")
    return pa.table({"moment": moments["moment"], "day": pa.array(days, pa.date32())})


def periods(days: Iterable[date]) -> pa.Table:
    """Return, for each span and day, the period it belongs to and the first day of that period (whole_from)."""
    rows = [(span, day, *period(span, day)) for span in SPANS.values() for day in sorted(set(days))]
    return pa.table([list(column) for column in zip(*rows, strict=True)] or [[]] * len(PERIODS), schema=PERIODS)


def period(span: str, day: date) -> tuple[str, date]:
    """Return the name and the first day of the period a day belongs to.

    >>> period("QUARTER", date(2026, 5, 4))
    ('2026-Q2', datetime.date(2026, 4, 1))
    """
    quarter = (day.month + 2) // 3
    return {
        "DAY": (day.isoformat(), day),
        "MONTH": (f"{day:%Y-%m}", day.replace(day=1)),
        "QUARTER": (f"{day.year}-Q{quarter}", date(day.year, 3 * quarter - 2, 1)),
        "YEAR": (f"{day.year}", date(day.year, 1, 1)),
    }[span]
