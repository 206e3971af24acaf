"""The files: what was received, what is missing, what could not be read or does not add up."""

import pyarrow as pa

from bolib.day import Day

TABLES = ("completeness", "set_aside")
FAULTS = ("control", "severity", "key", "message", "evidence")


def prepare(day: Day) -> None:
    """Add what the load says about itself: completeness, set_aside, and load_faults (one row a fault of a file)."""
    day.engine.add("completeness", day.loaded.completeness)
    day.engine.add("set_aside", day.loaded.set_aside)
    schema = pa.schema([(name, pa.string()) for name in FAULTS])
    day.engine.add("load_faults", pa.Table.from_pylist(day.loaded.findings, schema=schema))
