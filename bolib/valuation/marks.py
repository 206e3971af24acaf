"""Marks: what each day says about an instrument in a book's currency, as a grid of groups by days.

A group is a state of knowledge, an instrument and a book's currency.
"""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
import pyarrow as pa

from bolib.valuation.exact import Whole, integers, missing
from bolib.valuation.splits import common_units
from bolib.valuation.values import worth


@dataclass
class Marks:
    """Arrays of groups by days, in whole numbers; a day that a group does not have repeats no other."""

    present: np.ndarray  # whether the group has this day
    known: np.ndarray  # whether its price, accrued interest and rates are
    price: np.ndarray
    accrued: np.ndarray
    rate: np.ndarray
    book_rate: np.ndarray
    multiplier: np.ndarray
    divisor: np.ndarray
    dividend: np.ndarray
    coupon: np.ndarray
    capital: np.ndarray
    redemption: np.ndarray
    new: np.ndarray  # yesterday's price is that of `new` / `old` units of today; 1 on the first day
    old: np.ndarray
    factor: np.ndarray  # common units in one unit of the day
    factor_before: np.ndarray  # and in one of the day before

    def at(self, group: np.ndarray, day: np.ndarray | slice) -> "Marks":
        """Return the marks of some groups and days."""
        return Marks(*(getattr(self, field.name)[group, day] for field in fields(self)))

    def worth(self, quantity: Whole, price: np.ndarray, per: Whole = 1) -> np.ndarray:
        """Return the cents that a quantity is worth at a price, each day at its rate."""
        return worth(quantity, price, self.multiplier, self.divisor, self.rate, self.book_rate, per)

    @cached_property
    def first(self) -> np.ndarray:
        """Return by group its first day."""
        return self.present.argmax(axis=1)

    @cached_property
    def end(self) -> np.ndarray:
        """Return by group the day after its last, 0 where it has none."""
        days = self.present.shape[1]
        return np.where(self.present.any(axis=1), days - self.present[:, ::-1].argmax(axis=1), 0)

    @cached_property
    def yesterday(self) -> "Marks":
        """Return the marks of the day before; the first day stands for its own yesterday."""
        day = np.maximum(np.arange(self.present.shape[1]) - 1, self.first[:, None])
        return Marks(*(np.take_along_axis(getattr(self, field.name), day, axis=1) for field in fields(self)))


_ABSENT = {
    "price": 0, "accrued": 0, "rate": 1, "book_rate": 1, "multiplier": 1, "divisor": 1,
    "dividend": 0, "coupon": 0, "capital": 0, "redemption": 0, "split_new": 1, "split_old": 1,
}  # fmt: skip
"""What stands in the grid where a day or a value is absent."""


def read_marks(rows: pa.Table, group: np.ndarray, day: np.ndarray, shape: tuple[int, int]) -> Marks:
    """Return the grid of `rows`, given the group and the day that each belongs to."""

    def grid(values: np.ndarray, absent: int) -> np.ndarray:
        cells = np.full(shape, absent, values.dtype)
        cells[group, day] = values
        return cells

    known = ~np.logical_or.reduce([missing(rows[name]) for name in ("price", "accrued", "rate", "book_rate")])
    *columns, new, old = [grid(integers(rows[name], null=absent), absent) for name, absent in _ABSENT.items()]
    shared = np.gcd(new, old)
    new, old = new // shared, old // shared
    factors, present = _factors(new, old), grid(known | True, False)
    first = np.arange(shape[0]), present.argmax(axis=1)
    new[first] = old[first] = 1
    return Marks(present, grid(known, False), *columns, new, old, *factors)


def _factors(new: np.ndarray, old: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the common units in one unit of each day, and of the day before, by group."""
    after, before = np.ones_like(new), np.ones_like(new)
    for group in np.flatnonzero((new != old).any(axis=1)):
        epochs = common_units(list(zip(new[group].tolist(), old[group].tolist(), strict=True)))
        before[group], after[group] = epochs[:-1], epochs[1:]
    return after, before
