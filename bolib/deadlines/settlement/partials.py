"""Partial settlement: how much of which failing delivery to settle with the stock at hand, to cure the largest amount.

Inside a pool all deliveries want the same security, so a unit cures most where the deal's amount for it is largest.
Deliveries are served in that order, the oldest first among equals, each in full or as far as the stock goes, in whole
lots. As long as open quantities are whole lots themselves, no other choice cures more.
"""

from fractions import Fraction
from itertools import groupby

import pyarrow as pa

from bolib.valuation import AMOUNT, QUANTITY, decimals, integers
from bolib.valuation.exact import share

COLUMNS = pa.schema(
    [("instruction_id", pa.string()), ("available", QUANTITY), ("partial_quantity", QUANTITY), ("cured_amount", AMOUNT)]
)
UNIT = 10**6
"""Millionths in one unit: the lot of a security of which none is known."""


def partials(candidates: pa.Table) -> pa.Table:
    """Return instruction_id, available, partial_quantity and cured_amount of the deliveries to settle in part or whole.

    candidates: pool, instruction_id, due, open_quantity, open_amount, available (of the pool), lot_size (may be
    empty). What is cured is the open amount in proportion to the quantity.
    """
    if not candidates.num_rows:
        return COLUMNS.empty_table()
    quantity, amount = integers(candidates["open_quantity"]), integers(candidates["open_amount"], null=0)
    stock, lot = integers(candidates["available"]), integers(candidates["lot_size"], null=UNIT)
    names = zip(*(candidates[name].to_pylist() for name in ("pool", "due", "instruction_id")), strict=True)
    rows = zip(names, quantity.tolist(), amount.tolist(), stock.tolist(), lot.tolist(), range(len(stock)), strict=True)
    served = _served(sorted(rows, key=lambda row: (row[0][0], -Fraction(row[2], row[1]), row[0])))
    order = pa.array([row for row, _ in served], pa.int64())
    part = integers(pa.array([units for _, units in served], pa.int64()))
    return pa.table([
        candidates["instruction_id"].take(order), candidates["available"].take(order), decimals(part, QUANTITY),
        decimals(share(amount[order], part, quantity[order]), AMOUNT),
    ], schema=COLUMNS)  # fmt: skip


def _served(rows: list[tuple]) -> list[tuple[int, int]]:
    """Return (row, units) for each row that the stock of its pool still serves, the rows being in order of service."""
    served = []
    for _, mine in groupby(rows, key=lambda row: row[0][0]):
        left = None
        for _, quantity, _, stock, lot, row in mine:
            left = stock if left is None else left
            units = quantity if quantity <= left else left - left % max(lot, 1)
            if units > 0:
                served.append((row, units))
                left -= units
    return served
