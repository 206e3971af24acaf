"""What is at stake in an unsettled instruction: the part still open, and what a fall or rise of the price would cost.

CRR article 378: own funds are a factor, growing with the delay, of the difference between the agreed amount and the
current market value, where it could be a loss: for what we receive, market value above the amount; for what we
deliver, below. The agreed amount is the instructed one, in proportion to the open quantity.
"""

import numpy as np
import pyarrow as pa

from bolib.valuation import AMOUNT, QUANTITY, decimals, integers, multiply_divide
from bolib.valuation.exact import missing, share
from bolib.valuation.values import worth


def exposures(rows: pa.Table) -> pa.Table:
    """Return instruction_id, open_quantity, open_amount, price_difference and own_funds, in the amount's currency.

    rows: instruction_id, movement, payment, quantity, settled_quantity, amount, price and accrued (as quoted),
    multiplier, divisor (1 UNIT, 100 PERCENT), factor (percent; empty = not late). Without a quantity the whole amount
    is open. Free of payment, without a price or not late there is no price difference: it is empty, never zero.
    """
    quantity, settled = integers(rows["quantity"], null=0), integers(rows["settled_quantity"], null=0)
    amount, left = integers(rows["amount"], null=0), quantity - settled
    open_amount = share(amount, left, quantity)
    difference = np.maximum(_loss(rows, left, open_amount), 0)
    factor = integers(rows["factor"], null=0)
    unknown = _unknown(rows)
    return pa.table({
        "instruction_id": rows["instruction_id"],
        "open_quantity": decimals(left, QUANTITY, missing(rows["quantity"])),
        "open_amount": decimals(open_amount, AMOUNT, missing(rows["amount"])),
        "price_difference": decimals(difference, AMOUNT, unknown),
        "own_funds": decimals(multiply_divide([difference, factor], [100]), AMOUNT, unknown),
    })  # fmt: skip


def _loss(rows: pa.Table, left: np.ndarray, open_amount: np.ndarray) -> np.ndarray:
    """Return market value less agreed amount for what we receive, the opposite for what we deliver, in cents."""
    price = integers(rows["price"], null=0) + integers(rows["accrued"], null=0)
    value = worth(left, price, integers(rows["multiplier"], null=1), integers(rows["divisor"], null=1), 1, 1)
    receives = np.array(rows["movement"].to_pylist(), object) == "RECE"
    return np.where(receives, value - open_amount, open_amount - value)


def _unknown(rows: pa.Table) -> np.ndarray:
    needed = ("movement", "quantity", "amount", "price", "accrued", "multiplier", "divisor", "factor")
    free = np.array(rows["payment"].to_pylist(), object) != "APMT"
    return np.logical_or.reduce([free, *(missing(rows[name]) for name in needed)])
