"""Kernel: the interest a deal in a bond should carry on its settlement date, and what its price brings a year."""

import numpy as np
import pyarrow as pa

from bolib.valuation import AMOUNT, accrued_at, decimals, integers, worth, yields
from bolib.valuation.accrued import whole_days
from bolib.valuation.exact import PRICE, missing
from bolib.valuation.yields import YIELD, known

BONDS = pa.schema([
    ("trade_id", pa.string()), ("version", pa.int64()), ("accrued_percent", PRICE), ("accrued_due", AMOUNT),
    ("yield_percent", YIELD), ("close_yield", YIELD), ("days_left", pa.int64()),
])  # fmt: skip
SAME = 10**8
"""The rate of a currency to itself."""


def weighed_bonds(rows: pa.Table) -> pa.Table:
    """Return BONDS, one row a deal, of the rows of the view `bond_rows`; what cannot be told is empty.

    `accrued_due` is quantity x what the bond has earned by the settlement date; the yields are of the deal's price and
    of the close of its day, percent a year.
    """
    rows = rows.append_column("accrued", accrued_at(rows, "settlement_date"))
    percent = integers(rows["accrued"], null=0)
    factors = [integers(rows[name], null=1) for name in ("multiplier", "divisor")]
    due = worth(integers(rows["quantity"], null=0), percent, *factors, SAME, SAME)
    columns = {"trade_id": rows["trade_id"], "version": rows["version"], "accrued_percent": rows["accrued"]}
    columns |= {"accrued_due": decimals(due, AMOUNT, missing(rows["accrued"]) | missing(rows["quantity"]))}
    columns |= {"yield_percent": _yield(rows, "price"), "close_yield": _yield(rows, "reference")}
    columns |= {"days_left": _days_left(rows)}
    return pa.table(columns, schema=BONDS)


def _yield(rows: pa.Table, price: str) -> pa.Array:
    told = known(rows, price)
    return decimals(np.where(told, yields(rows, price), 0), YIELD, ~told)


def _days_left(rows: pa.Table) -> pa.Array:
    days = (whole_days(rows["maturity_date"]) - whole_days(rows["settlement_date"])).astype(np.int64)
    return pa.array(days, mask=missing(rows["maturity_date"]) | missing(rows["settlement_date"]))
