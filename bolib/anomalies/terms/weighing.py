"""Kernel: what a deal is worth in euros, what it should have cost, how far from the market it was, and its minutes."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.valuation import AMOUNT, PRICE, QUANTITY, convert, decimals, integers, multiply_divide
from bolib.valuation.exact import missing

WEIGHED = pa.schema([
    ("trade_id", pa.string()), ("version", pa.int64()), ("gross_eur", AMOUNT), ("grid_fee", AMOUNT),
    ("beyond_lot", QUANTITY), ("move_bp", AMOUNT), ("usual_bp", AMOUNT), ("times", AMOUNT),
    ("traded_minute", pa.int64()), ("entered_minute", pa.int64()),
])  # fmt: skip
MICROSECONDS_A_MINUTE = 60_000_000
BASIS_POINTS, SCALE_OF_RATES = 10_000, 10**8
FARTHEST = 10**6
"""A price so many times the market's is far enough: beyond, the distance would not fit its column."""
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
    columns = {"trade_id": rows["trade_id"], "version": rows["version"], "gross_eur": _euros(rows)}
    columns |= {"grid_fee": _grid_fee(rows), "beyond_lot": _beyond_lot(rows)}
    columns |= {"move_bp": decimals(move, AMOUNT, missing(rows["reference"]) | missing(rows["price"]))}
    columns |= {"usual_bp": rows["usual_bp"], "times": decimals(times, AMOUNT, unjudged)}
    columns |= {"traded_minute": _minute(rows["traded_at"]), "entered_minute": _minute(rows["entered_at"])}
    return pa.table(columns, schema=WEIGHED)


def _beyond_lot(rows: pa.Table) -> pa.Array:
    lot, quantity = integers(rows["lot_size"], null=0), integers(rows["quantity"], null=0)
    return decimals(quantity % np.where(lot > 0, lot, ONE), QUANTITY, (lot <= 0) | missing(rows["quantity"]))


def _euros(rows: pa.Table) -> pa.ChunkedArray:
    nothing = decimals(np.zeros(len(rows), np.int64), AMOUNT)
    euro = decimals(np.full(len(rows), 10**8), PRICE)
    cash = rows.select(["gross", "rate"])
    for name in ("accrued", "fees", "taxes"):
        cash = cash.append_column(name, nothing)
    return convert(cash.append_column("book_rate", euro))["cash_gross"]


def _grid_fee(rows: pa.Table) -> pa.Array:
    """Return the fee of the grid: its basis points of the gross amount, and at least its minimum."""
    gross, points = integers(rows["gross"], null=0), integers(rows["fee_bp"], null=0)
    fee = multiply_divide([gross, points], [BASIS_POINTS, SCALE_OF_RATES])
    unknown = missing(rows["fee_bp"]) | missing(rows["gross"])
    return decimals(np.maximum(fee, integers(rows["fee_minimum"], null=0)), AMOUNT, unknown)


def _distance(rows: pa.Table) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return hundredths of a basis point from the reference, the usual size of a move, and where it is not judged."""
    reference, price = integers(rows["reference"], null=0), integers(rows["price"], null=0)
    known = (reference > 0) & ~missing(rows["price"])
    price = np.where(reference < FARTHEST**2, np.minimum(price, reference * FARTHEST), price)
    move = multiply_divide([np.where(known, price - reference, 0), 1_000_000], [np.where(known, reference, ONE)])
    usual = integers(rows["usual_bp"], null=0)
    return move, usual, ~known | (usual <= 0)


def _minute(moments: pa.ChunkedArray) -> pa.Array:
    """Return whole minutes since 1970, so that two moments have a distance."""
    return pc.divide(moments.cast(pa.timestamp("us")).cast(pa.int64()), MICROSECONDS_A_MINUTE)
