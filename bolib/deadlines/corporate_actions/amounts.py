"""What quantities are entitled to: cash in whole cents, securities in whole units and the fraction left over."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.valuation.exact import integers, missing, multiply_divide

UNIT = 10**6
"""Quantities are counted in millionths."""

PRICE_SCALE, CENTS, PERCENT = 10**8, 100, 100
REPLACED = ("SPLF", "SPLR")
"""Events that replace the units held; the others add to them."""


@dataclass(frozen=True)
class Terms:
    """The terms of an event for each row: whole numbers, 0 where an event has no cash or no ratio.

    amount in 1e-8 of the currency per unit, or per hundred of nominal where `divisor` is 100; multiplier and ratios
    in millionths; rate in 1e-8 percent, 0 where unknown; replaced: whether the units held are replaced.
    """

    amount: np.ndarray
    multiplier: np.ndarray
    divisor: np.ndarray
    rate: np.ndarray
    new: np.ndarray
    old: np.ndarray
    replaced: np.ndarray

    def take(self, rows: np.ndarray) -> "Terms":
        """Return the terms of some rows."""
        return Terms(**{name: values[rows] for name, values in vars(self).items()})


def read_terms(table: pa.Table) -> Terms:
    """Return the terms of each row: amount, multiplier, quotation, tax_rate, ratio_new, ratio_old and type."""
    with_ratio = ~missing(table["ratio_new"]) & ~missing(table["ratio_old"])
    return Terms(
        amount=integers(table["amount"], null=0),
        multiplier=integers(table["multiplier"]),
        divisor=np.where(pc.equal(table["quotation"], "PERCENT").to_numpy(), PERCENT, 1),
        rate=integers(table["tax_rate"], null=0),
        new=np.where(with_ratio, integers(table["ratio_new"], null=0), 0),
        old=np.where(with_ratio, integers(table["ratio_old"], null=1), 1),
        replaced=pc.is_in(table["type"], pa.array(REPLACED)).to_numpy(),
    )


def gross(quantity: np.ndarray, terms: Terms) -> np.ndarray:
    """Return quantity x amount x multiplier (/ 100 for nominal), in cents, rounded once, a half to the even cent.

    Received positive: a short position pays. Quantities in millionths.
    """
    scale = UNIT * UNIT * PRICE_SCALE // CENTS
    return multiply_divide([quantity, terms.amount, terms.multiplier], [scale, terms.divisor])


def tax(cash: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """Return the tax on gross amounts in cents, at `rate` (1e-8 percent), rounded once, a half to the even cent."""
    return multiply_divide([cash, rate], [PERCENT * PRICE_SCALE])


@dataclass(frozen=True)
class Worth:
    """What quantities bring: units and fractions of a unit in millionths; gross, tax and net in cents."""

    quantity: np.ndarray
    units: np.ndarray
    fraction: np.ndarray
    gross: np.ndarray
    tax: np.ndarray
    net: np.ndarray

    def rows(self) -> Iterator[tuple[int, int, int, int, int]]:
        """Return quantity, units, fraction, gross and tax of each row, in turn."""
        columns = (self.quantity, self.units, self.fraction, self.gross, self.tax)
        return zip(*(column.tolist() for column in columns), strict=True)


def worth(quantity: np.ndarray, terms: Terms) -> Worth:
    """Return what each quantity (millionths) brings on the terms of its row."""
    due, left = units(quantity, terms)
    cash = gross(quantity, terms)
    withheld = tax(cash, terms.rate)
    return Worth(quantity, due, left, cash, withheld, cash - withheld)


def units(quantity: np.ndarray, terms: Terms) -> tuple[np.ndarray, np.ndarray]:
    """Return the units to receive (negative: to give up) and the fraction of a unit paid in cash, in millionths.

    Units x new / old, rounded down to whole ones, towards zero for a short position; what replaces the units held
    counts less those. A holding that is itself in fractions (of a fund) keeps its fractions, and none is left.
    """
    due, left = np.zeros((2, len(quantity)), np.int64)
    rows = np.flatnonzero(terms.new)
    given = (quantity[rows], terms.new[rows], terms.old[rows], terms.replaced[rows])
    for row, values in zip(rows, zip(*(column.tolist() for column in given), strict=True), strict=True):
        due[row], left[row] = _units(*values)
    return due, left


def _units(quantity: int, new: int, old: int, replaced: bool) -> tuple[int, int]:
    size, kept = abs(quantity), quantity if replaced else 0
    after = size * new // old
    whole = after if quantity % UNIT else after - after % UNIT
    sign = -1 if quantity < 0 else 1
    return sign * whole - kept, sign * (after - whole)
