"""Kernel: what breaks of positions are worth."""

import numpy as np
import pyarrow as pa

from bolib.valuation.exact import AMOUNT, decimals, integers, missing
from bolib.valuation.values import worth


def valued(rows: pa.Table) -> pa.Table:
    """Return the rows of `depot_valued` with `amount`: residual x price x multiplier (/ 100 for nominal), in cents.

    In the currency of the price; without one it is empty, never zero. Accrued interest is left out.
    """
    unknown = np.logical_or(missing(rows["price"]), missing(rows["multiplier"]))
    factors = (integers(rows[name], null=0) for name in ("residual", "price"))
    terms = (integers(rows[name], null=1) for name in ("multiplier", "divisor"))
    amounts = worth(*factors, *terms, 1, 1)
    return rows.drop_columns(["multiplier", "divisor"]).append_column("amount", decimals(amounts, AMOUNT, unknown))
