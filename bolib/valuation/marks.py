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

Where = tuple[np.ndarray | slice, np.ndarray | slice]
"""Groups and days of a grid."""


@dataclass
class Quotes:
    """What it takes to turn a quantity into cents, in whole numbers."""

    price: np.ndarray
    accrued: np.ndarray
    multiplier: np.ndarray
    divisor: np.ndarray
    rate: np.ndarray
    book_rate: np.ndarray

    def at(self, where: Where) -> "Quotes":
        """Return the quotes of some groups and days."""
        return Quotes(*(getattr(self, field.name)[where] for field in fields(self)))

    @cached_property
    def dirty(self) -> np.ndarray:
        """Return the price with accrued interest."""
        return self.price + self.accrued

    def worth(self, quantity: Whole, price: np.ndarray, per: Whole = 1) -> np.ndarray:
        """Return the cents that a quantity is worth at a price / per, at the rate of these quotes."""
        return worth(quantity, price, self.multiplier, self.divisor, self.rate, self.book_rate, per)


@dataclass
class Marks:
    """Arrays of groups by days, in whole numbers."""

    quotes: Quotes
    present: np.ndarray  # whether the group has this day
    known: np.ndarray  # whether its price, accrued interest and rates are
    dividend: np.ndarray
    coupon: np.ndarray
    capital: np.ndarray
    redemption: np.ndarray
    new: np.ndarray  # `old` units of yesterday are `new` of today; 1 on the first day
    old: np.ndarray
    factor: np.ndarray  # common units in one unit of the day
    factor_before: np.ndarray  # and in one of the day before

    def at(self, where: Where) -> "Marks":
        """Return the marks of some groups and days."""
        return Marks(self.quotes.at(where), *(getattr(self, field.name)[where] for field in fields(self)[1:]))

    @cached_property
    def first(self) -> np.ndarray:
        """Return by group its first day."""
        return self.present.argmax(axis=1)

    @cached_property
    def last(self) -> np.ndarray:
        """Return by group its last day."""
        return self.present.shape[1] - 1 - self.present[:, ::-1].argmax(axis=1)

    @cached_property
    def yesterday(self) -> Where:
        """Return where each group's day before is; the first day stands for its own."""
        days = np.arange(self.present.shape[1])
        return np.arange(len(self.present))[:, None], np.maximum(days - 1, np.minimum(days, self.first[:, None]))


_QUOTES = {"price": 0, "accrued": 0, "multiplier": 1, "divisor": 1, "rate": 1, "book_rate": 1}
_EVENTS = {"dividend": 0, "coupon": 0, "capital": 0, "redemption": 0, "split_new": 1, "split_old": 1}
"""The columns, and what stands in the grid where a day or a value is absent."""


def read_marks(rows: pa.Table, group: np.ndarray, day: np.ndarray, shape: tuple[int, int]) -> Marks:
    """Return the grid of `rows`, given the group and the day that each belongs to."""

    def grid(values: np.ndarray, absent: int) -> np.ndarray:
        cells = np.full(shape, absent, values.dtype)
        cells[group, day] = values
        return cells

    quotes = Quotes(*(grid(integers(rows[name], null=absent), absent) for name, absent in _QUOTES.items()))
    *paid, new, old = (grid(integers(rows[name], null=absent), absent) for name, absent in _EVENTS.items())
    present = grid(np.ones(len(group), bool), False)
    known = ~np.logical_or.reduce([missing(rows[name]) for name in ("price", "accrued", "rate", "book_rate")])
    shared = np.gcd(new, old)
    new, old = new // shared, old // shared
    factors = _factors(new, old)
    first = np.arange(shape[0]), present.argmax(axis=1)
    new[first] = old[first] = 1
    return Marks(quotes, present, grid(known, False), *paid, new, old, *factors)


def _factors(new: np.ndarray, old: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the common units in one unit of each day, and of the day before, by group."""
    after, before = np.ones_like(new), np.ones_like(new)
    for group in np.flatnonzero((new != old).any(axis=1)):
        epochs = common_units(list(zip(new[group].tolist(), old[group].tolist(), strict=True)))
        before[group], after[group] = epochs[:-1], epochs[1:]
    return after, before
