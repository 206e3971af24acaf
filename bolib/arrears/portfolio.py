"""Read the tables of a kernel into whole numbers: days, cents, and the places of loans and units."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.arrears.terms import Terms
from bolib.valuation.exact import integers, multiply_divide
from bolib.valuation.keys import in_order

NEVER = 2**31 - 1
"""A day beyond all others."""

UNKNOWN = 2**56
"""An amount beyond all others."""

ONE = 10**8
"""One unit of a currency for one euro, in the hundred-millionths rates are kept in."""


@dataclass
class Loans:
    """The loans of some borrowers, in order of borrower and loan; a place is an index of these arrays."""

    loan: np.ndarray
    obligor: np.ndarray
    kind: np.ndarray  # index of Terms.kinds
    alone: np.ndarray  # whether the loan is judged by itself
    outstanding: np.ndarray  # cents; UNKNOWN where it is
    forborne: np.ndarray  # day, or NEVER
    per_euro: np.ndarray  # units of its currency for one euro, in hundred-millionths
    unit: np.ndarray  # place of the loan that stands for its unit
    first_of_obligor: np.ndarray  # place of the borrower's first loan


@dataclass
class Dues:
    """Instalments."""

    place: np.ndarray
    number: np.ndarray
    due: np.ndarray
    cents: np.ndarray
    onerous: np.ndarray
    known: np.ndarray  # day from which it counts
    until: np.ndarray  # day from which another version counts, or NEVER

    def of(self, chosen: np.ndarray) -> "Dues":
        """Return some of them."""
        return Dues(*(values[chosen] for values in vars(self).values()))


@dataclass
class Receipts:
    """Payments."""

    place: np.ndarray
    value: np.ndarray
    cents: np.ndarray
    known: np.ndarray  # day from which it counts
    until: np.ndarray  # day on which it was returned, or from which another version counts, or NEVER
    target: np.ndarray  # number of the instalment the borrower named, or -1

    def of(self, chosen: np.ndarray) -> "Receipts":
        """Return some of them."""
        return Receipts(*(values[chosen] for values in vars(self).values()))


@dataclass
class Pauses:
    """Days that do not count, both ends included."""

    place: np.ndarray
    start: np.ndarray
    end: np.ndarray
    known: np.ndarray


@dataclass
class Exposures:
    """What the bank had lent to a borrower in all, in cents of a euro, from a day on."""

    obligor: np.ndarray
    day: np.ndarray
    cents: np.ndarray


def days(column: pa.ChunkedArray, null: int = NEVER) -> np.ndarray:
    """Return dates as days since 1970 (int32), `null` standing for none."""
    return pc.fill_null(column.cast(pa.int32()), null).to_numpy()


def read_loans(table: pa.Table, terms: Terms) -> Loans:
    """Return the loans; columns obligor, loan, kind, outstanding, forborne_on, per_euro (empty: the euro itself)."""
    table = table.sort_by([("obligor", "ascending"), ("loan", "ascending")])
    obligor = integers(table["obligor"])
    kind = pc.index_in(table["kind"], pa.array(terms.kinds, pa.string())).to_numpy()
    alone = np.isin(kind, [terms.kinds.index(name) for name in terms.by_facility])
    first = np.searchsorted(obligor, obligor)
    return Loans(
        integers(table["loan"]), obligor, kind, alone, integers(table["outstanding"], null=UNKNOWN),
        days(table["forborne_on"]), integers(table["per_euro"], null=ONE),
        np.where(alone, np.arange(len(obligor)), first), first,
    )  # fmt: skip


def in_euro(cents: np.ndarray, per_euro: np.ndarray) -> np.ndarray:
    """Return amounts of a currency as cents of a euro, rounded once; the unknown stays so.

    >>> in_euro(np.array([11_000, UNKNOWN]), np.array([110_000_000, 110_000_000])).tolist() == [10_000, UNKNOWN]
    True
    """
    foreign = (per_euro != ONE) & (cents != UNKNOWN)
    if not foreign.any():
        return cents
    found = cents.copy()
    found[foreign] = multiply_divide([cents[foreign], ONE], [per_euro[foreign]])
    return found


class Places:
    """Where each loan stands among the loans of a kernel's call."""

    def __init__(self, loan: np.ndarray):
        self.loan, self.number = loan, len(loan)
        self._first = int(loan.min(initial=0))
        self._place = np.full(int(loan.max(initial=-1)) + 1 - self._first, -1, np.int32)
        self._place[loan - self._first] = np.arange(len(loan))

    def of(self, column: pa.ChunkedArray) -> np.ndarray:
        """Return the place of each row's loan."""
        return self._place[integers(column) - self._first]


def read_dues(table: pa.Table, places: Places) -> Dues:
    """Return the instalments in any order; columns loan, instalment_no, due_on, amount, onerous, known_on, until_on."""
    return Dues(
        places.of(table["loan"]), integers(table["instalment_no"]), days(table["due_on"]), integers(table["amount"]),
        integers(table["onerous"], null=0), days(table["known_on"], null=-NEVER), days(table["until_on"]),
    )  # fmt: skip


def read_receipts(table: pa.Table, places: Places) -> Receipts:
    """Return the payments in any order; columns loan, value_date, amount, known_on, until_on, designated_to."""
    return Receipts(
        places.of(table["loan"]), days(table["value_date"]), integers(table["amount"]), days(table["known_on"]),
        days(table["until_on"]), integers(table["designated_to"], null=-1),
    )  # fmt: skip


def read_pauses(table: pa.Table, places: Places) -> Pauses:
    """Return the pauses, in order; columns loan, from_date, to_date, known_on."""
    place, start = places.of(table["loan"]), days(table["from_date"])
    order = in_order(place, start)
    known = days(table["known_on"], null=-NEVER)
    return Pauses(*(values[order] for values in (place, start, days(table["to_date"]), known)))


def read_exposures(table: pa.Table) -> Exposures:
    """Return the exposures in euro, in order; columns obligor, date, on_balance, per_euro (empty: the euro itself)."""
    obligor, day = integers(table["obligor"]), days(table["date"])
    order = in_order(obligor, day)
    lent = in_euro(integers(table["on_balance"]), integers(table["per_euro"], null=ONE))
    return Exposures(obligor[order], day[order], lent[order])
