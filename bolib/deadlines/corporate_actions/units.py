"""Quantities dealt before a split, in the units of each event after it."""

import pyarrow as pa

from bolib.day import Day
from bolib.holdings.units import epochs, splits_by_security

UNITS = pa.schema([
    ("ca_id", pa.string()), ("from_date", pa.date32()), ("until_date", pa.date32()), ("numerator", pa.int64()),
    ("denominator", pa.int64()),
])  # fmt: skip


def add_units(day: Day, events: list[dict]) -> None:
    """Add `ca_units`: by event and day of deal (from_date, before until_date), units of the event in one unit then."""
    splits = splits_by_security(day, events)
    rows = [
        {"ca_id": event["ca_id"], **row}
        for event in events
        for row in epochs(event["ex_date"], splits.get(event["isin"], []))
    ]
    day.engine.add("ca_units", pa.Table.from_pylist(rows, schema=UNITS))
