"""What the price of a bond brings a year to its maturity: the yield at which its payments are worth the price.

With y the yield, f the coupons a year, n those left, w the part of the period left to the next one, c the coupon in
percent a year, and v = 1 / (1 + y / f), a bond is worth

    price + accrued = v^w x (c / f x (1 + v + ... + v^(n-1)) + 100 x v^(n-1))

(ICMA rule 803.1; a bond without a coupon counts in whole years). A yield is an opinion, no money: it is a double,
rounded once to ten-thousandths of a percent, and decides nothing that is booked.
"""

import numpy as np
import pyarrow as pa

from bolib.valuation.accrued import coupon_period, whole_days
from bolib.valuation.exact import integers, missing

YIELD = pa.decimal128(18, 4)
LOWEST, HIGHEST = -0.9, 10.0
"""A period's yields looked at; a price beyond them has the nearest."""
HALVINGS = 60
"""More than enough for a double's precision."""


def yields(rows: pa.Table, price: str = "price") -> np.ndarray:
    """Return the yield of each row in ten-thousandths of a percent a year; nothing where `known` says it is none.

    rows: price and accrued (percent of nominal, clean), coupon_rate, coupon_frequency, maturity_date,
    settlement_date.
    """
    settled, maturity = (whole_days(rows[name])[:, None] for name in ("settlement_date", "maturity_date"))
    frequency = integers(rows["coupon_frequency"], null=1)
    months = 12 // frequency[:, None]
    last, following = coupon_period(maturity, months, settled)
    left = _whole_months(following, maturity) // months + 1
    part = (following - settled).astype(float) / np.maximum((following - last).astype(float), 1)
    coupon = integers(rows["coupon_rate"], null=0) / 1e8 / frequency
    dirty = (integers(rows[price], null=0) + integers(rows["accrued"], null=0)) / 1e8
    return np.rint(_solved(dirty, coupon, left[:, 0], part[:, 0]) * frequency * 1e6).astype(np.int64)


def known(rows: pa.Table, price: str = "price") -> np.ndarray:
    """Return the rows that have a yield: a price, and payments still to come after the settlement."""
    lacking = np.any([missing(rows[name]) for name in (price, "accrued", "maturity_date", "settlement_date")], axis=0)
    return ~lacking & (integers(rows[price], null=0) > 0) & (
        whole_days(rows["settlement_date"]) < whole_days(rows["maturity_date"])
    )  # fmt: skip


def _whole_months(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    return (last.astype("datetime64[M]") - first.astype("datetime64[M]")).astype(np.int64)


def _solved(dirty: np.ndarray, coupon: np.ndarray, left: np.ndarray, part: np.ndarray) -> np.ndarray:
    """Return the yield of a period by halving: a bond is worth less the more it must bring."""
    low, high = np.full(len(dirty), LOWEST), np.full(len(dirty), HIGHEST)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        dear = _worth(middle, coupon, left, part) > dirty
        low, high = np.where(dear, middle, low), np.where(dear, high, middle)
    return (low + high) / 2


def _worth(rate: np.ndarray, coupon: np.ndarray, left: np.ndarray, part: np.ndarray) -> np.ndarray:
    v = 1 / (1 + rate)
    flat = np.abs(rate) < 1e-12
    annuity = np.where(flat, left, (1 - v**left) / np.where(flat, 1, 1 - v))
    with np.errstate(over="ignore"):
        return v**part * (coupon * annuity + 100 * v ** (left - 1))
