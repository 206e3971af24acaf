"""Lots: known answers, a queue of fractions as slow twin, and what must never change."""

from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pyarrow as pa
from bolib.lots import COLUMNS, match_lots

LEGS = pa.schema(
    [("state", pa.int64())]
    + [(name, pa.string()) for name in ("isin", "book", "method")]
    + [("day", pa.int64()), ("seq", pa.int64()), ("kind", pa.string()), ("trade_id", pa.string())]
    + [("opened_on", pa.date32()), ("quantity", pa.decimal128(18, 6)), ("amount", pa.decimal128(18, 2))]
    + [("to_book", pa.string()), ("to_amount", pa.decimal128(18, 2)), ("to_method", pa.string())]
    + [("ratio_new", pa.decimal128(18, 6)), ("ratio_old", pa.decimal128(18, 6))]
)
_DECIMAL = {"quantity": "0.000001", "amount": "0.01", "to_amount": "0.01", "ratio_new": "0.000001", "ratio_old": "0.000001"}


def legs(drawn: str, **every: object) -> pa.Table:
    """Return legs drawn as a table; `-` is a missing value, `every` a column the same in all rows."""
    header, *lines = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
    rows = [{"state": 0, "isin": "X", "book": "A", "method": "FIFO"} | every | _row(header, line) for line in lines]
    for number, row in enumerate(rows):
        row.setdefault("seq", number)
        row.setdefault("day", number)
        row.setdefault("kind", "TRADE")
        row.setdefault("trade_id", f"T{number}")
        row.setdefault("opened_on", date(2026, 1, 1 + row["day"]))
    return pa.Table.from_pylist(rows, schema=LEGS)


def _row(header, line):
    cells = {name: cell for name, cell in zip(header, line, strict=True) if cell != "-"}
    for name, cell in cells.items():
        if name in _DECIMAL:
            cells[name] = Decimal(cell).quantize(Decimal(_DECIMAL[name]))
        elif name in ("day", "seq", "state"):
            cells[name] = int(cell)
    return cells


def rows(table: pa.Table, kind: str, *names: str) -> list[tuple]:
    """Return the rows of a kind as tuples of plain values."""
    return [tuple(row[name] for name in names) for row in table.to_pylist() if row["kind"] == kind]


def test_the_oldest_lot_closes_first():
    table = match_lots(legs("""
        quantity | amount
        100      | 1000
        50       | 600
        -120     | 1800"""))
    assert table.schema == COLUMNS
    matches = rows(table, "MATCH", "open_trade_id", "close_trade_id", "quantity", "cost", "proceeds", "result")
    assert matches == [("T0", "T2", 100, 1000, 1500, 500), ("T1", "T2", 20, 240, 300, 60)]
    assert rows(table, "LOT", "open_trade_id", "opened_on", "quantity", "cost") == [("T1", date(2026, 1, 2), 30, 360)]
    positions = rows(table, "POSITION", "day", "until_day", "quantity", "cost", "result")
    assert positions == [(0, 1, 100, 1000, 0), (1, 2, 150, 1600, 0), (2, 99999999, 30, 360, 560)]
