"""Deals one office seems not to know, or not in their last version: a record of them was set aside at the load."""

import re

import pyarrow as pa

from bolib.day import Day

OFFICES = ("trades", "bookings")
SEPARATORS = re.compile(r"[,;|\t]")
"""What stands between the fields of a record set aside: it is kept as it was read, in the separator of its file."""

SCHEMA = pa.schema([("office", pa.string()), ("trade_id", pa.string()), ("record", pa.string())])


def add_set_aside(day: Day) -> None:
    """Add `deals_set_aside`: of each unpaired deal and office, the first of its records set aside there, and why."""
    aside = [(office, row) for office in OFFICES for row in _set_aside(day, office)]
    unpaired = set(day.engine.query("select trade_id from unpaired_deals")["trade_id"].to_pylist()) if aside else set()
    found: dict[tuple[str, str], str] = {}
    for office, row in aside:
        for name in _fields(row["raw"]) & unpaired:
            found.setdefault((office, name), words(row))
    rows = [{"office": office, "trade_id": name, "record": record} for (office, name), record in found.items()]
    day.engine.add("deals_set_aside", pa.Table.from_pylist(rows, schema=SCHEMA))


def words(row: dict) -> str:
    """Return where a record set aside stands, and why it was.

    >>> words({"file": "bookings.csv", "line": 12, "column": "price", "reason": "missing"})
    'bookings.csv, line 12, price: missing'
    """
    return f"{row['file']}, line {row['line']}, {row['column'] or 'record'}: {row['reason']}"


def _set_aside(day: Day, office: str) -> list[dict]:
    files = f"select distinct source_file from {office}"
    select = f"select file, line, \"column\", reason, raw from set_aside where source = '{office}' or file in ({files})"
    return sorted(day.engine.query(select).to_pylist(), key=lambda row: (row["file"], row["line"], row["column"] or ""))


def _fields(raw: str | None) -> set[str]:
    return {field.strip(" \"'") for field in SEPARATORS.split(raw or "")}
