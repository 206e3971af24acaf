"""Kernel: what a deal is worth in euros, what it should have cost, how far from the market it was, and its minutes."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.valuation import AMOUNT, PRICE, QUANTITY, charge, convert, decimals, integers, multiply_divide
from bolib.valuation.exact import missing

WEIGHED = pa.schema([
    ("trade_id", pa.string()), ("version", pa.int64()), ("gross_eur", AMOUNT), ("grid_fee", AMOUNT),
    ("beyond_lot", QUANTITY), ("move_bp", AMOUNT), ("usual_bp", AMOUNT), ("times", AMOUNT),
    ("traded_minute", pa.int64()), ("entered_minute", pa.int64()),
])  # fmt: skip
MICROSECONDS_A_MINUTE = 60_000_000
ONE = 1


def weighed(rows: pa.Table) -> pa.Table:
    """Return WEIGHED, one row a deal; what cannot be told for want of a rate, lot, price or grid is empty.

    rows: trade_id, version, gross, rate, quantity, lot_size, fee_bp, fee_minimum, price, reference, usual_bp,
    traded_at, entered_at. `gross_eur` is gross / rate; `grid_fee` is fee_bp of gross and at least fee_minimum;
    `beyond_lot` is what is left of the quantity after whole lots; `move_bp` is price / reference - 1, and `times` its
    size over usual_bp.
    """
    move, usual, unjudged = _distance(rows)
    times = multiply_divide([np.abs(move), 100], [np.where(unjudged, ONE, usual)])
    lot, quantity = integers(rows["lot_size"], null=0), integers(rows["quantity"])
    return pa.table([
        rows["trade_id"], rows["version"], _euros(rows), _grid_fee(rows),
        decimals(quantity % np.where(lot > 0, lot, ONE), QUANTITY, lot <= 0),
        decimals(move, AMOUNT, missing(rows["reference"])), rows["usual_bp"], decimals(times, AMOUNT, unjudged),
        _minute(rows["traded_at"]), _minute(rows["entered_at"]),
    ], schema=WEIGHED)  # fmt: skip


def _euros(rows: pa.Table) -> pa.ChunkedArray:
    nothing = decimals(np.zeros(len(rows), np.int64), AMOUNT)
    euro = decimals(np.full(len(rows), 10**8), PRICE)
    cash = rows.select(["gross", "rate"])
    for name in ("accrued", "fees", "taxes"):
        cash = cash.append_column(name, nothing)
    return convert(cash.append_column("book_rate", euro))["cash_gross"]


def _grid_fee(rows: pa.Table) -> pa.Array:
    """Return the fee of the grid: its basis points of the gross amount, and at least its minimum."""
    count = len(rows)
    unit, whole = decimals(np.full(count, 10**8), PRICE), decimals(np.full(count, 10**6), QUANTITY)
    terms = {"quantity": rows["gross"].cast(QUANTITY), "price": unit, "multiplier": whole, "rate": unit}
    terms |= {"book_rate": unit, "charge_rate": rows["fee_bp"].cast(PRICE)}
    terms |= {"divisor": pa.array([1] * count, pa.int64()), "charge_divisor": pa.array([10_000] * count, pa.int64())}
    fee = charge(pa.table(terms))["amount"]
    return decimals(
        np.maximum(integers(fee, null=0), integers(rows["fee_minimum"], null=0)), AMOUNT, missing(rows["fee_bp"])
    )


def _distance(rows: pa.Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return hundredths of a basis point from the reference, the usual size of a move, and where it is not judged."""
    reference, price = integers(rows["reference"], null=0), integers(rows["price"])
    known = reference > 0
    move = multiply_divide([np.where(known, price - reference, 0), 1_000_000], [np.where(known, reference, ONE)])
    usual = integers(rows["usual_bp"], null=0)
    return move, usual, ~known | (usual <= 0)


def _minute(moments: pa.ChunkedArray) -> pa.Array:
    """Return whole minutes since 1970, so that two moments have a distance."""
    return pc.divide(moments.cast(pa.timestamp("us")).cast(pa.int64()), MICROSECONDS_A_MINUTE)
