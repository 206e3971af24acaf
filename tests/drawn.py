"""Tables drawn with | as a reader sees them, in the types declared for their columns.

    trade_id | version | side
    T1       | 1       | BUY

An empty cell is missing. Columns that are not drawn are missing too.
"""

import datetime
from decimal import Decimal

import pyarrow as pa

from bolib.views import DECLARED, arrow_type


def drawn(name: str, text: str, types: dict[str, str] | None = None) -> pa.Table:
    """Return the rows drawn in `text` as the declared table `name`; `types` declares columns of a view."""
    head, *lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    wrong = [line for line in lines if len(line) != len(head)]
    assert not wrong, f"{name}: expected {len(head)} cells, found {wrong}"
    kinds = [_type(name, column, types or {}) for column in head]
    columns = [
        [_value(cell, kind) for cell in column]
        for column, kind in zip(zip(*lines, strict=True) if lines else [()] * len(head), kinds, strict=True)
    ]
    rows = pa.table([pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)], names=head)
    for column, kind in (types or {}).items():
        if column not in head:
            rows = rows.append_column(column, pa.nulls(len(rows), arrow_type(kind)))
    return rows


def _type(name: str, column: str, types: dict[str, str]) -> pa.DataType:
    if column in types:
        return arrow_type(types[column])
    if column in ("source_file", "source_line"):
        return pa.string() if column == "source_file" else pa.int64()
    return arrow_type(DECLARED[name][column].sql_type)


def _value(cell: str, kind: pa.DataType):
    if not cell:
        return None
    if pa.types.is_decimal(kind):
        return Decimal(cell)
    if pa.types.is_date(kind):
        return datetime.date.fromisoformat(cell)
    if pa.types.is_timestamp(kind):
        return datetime.datetime.fromisoformat(cell)
    if pa.types.is_boolean(kind):
        return {"true": True, "false": False}[cell]
    return int(cell) if pa.types.is_integer(kind) else cell
