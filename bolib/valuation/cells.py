"""Cells: what flows into a position on a day, added up, in whole numbers."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.valuation.exact import integers
from bolib.valuation.keys import in_order, starts
from bolib.valuation.marks import Marks
from bolib.valuation.places import Places
from bolib.valuation.splits import counted
from bolib.valuation.values import converted_parts

CASH = ("gross", "accrued", "fees", "taxes")


@dataclass
class Cells:
    """Arrays of equal length, one element a position and day with flows, in that order."""

    position: np.ndarray
    day: np.ndarray  # -1 is the day before the first
    units: np.ndarray  # common units, arriving + and leaving -
    gross: np.ndarray  # cents of cash in the book's currency, received + and paid -
    accrued: np.ndarray
    fees: np.ndarray
    taxes: np.ndarray

    def of(self, positions: slice) -> "Cells":
        """Return the cells of consecutive positions, numbered from the first of them."""
        chosen = slice(*np.searchsorted(self.position, (positions.start, positions.stop)))
        rest = (getattr(self, name)[chosen] for name in ("day", "units", *CASH))
        return Cells(self.position[chosen] - positions.start, *rest)

    def from_first_day(self) -> "Cells":
        """Return the cells without those of the day before the first."""
        chosen = self.day >= 0
        return Cells(*(getattr(self, name)[chosen] for name in ("position", "day", "units", *CASH)))


def read_cells(flows: pa.Table, places: Places, marks: Marks) -> Cells:
    """Return the cells of `flows`.

    What comes after a group's last day has not happened yet. An opening position, and whatever
    comes before the first day, is yesterday's position on that day.
    """
    position, days = places.of_flow, places.days
    group = places.group[position]
    happened = integers(flows["day"]) <= days[marks.last[group]]
    if not happened.all():
        flows, position, group = flows.filter(pa.array(happened)), position[happened], group[happened]
    day, first = integers(flows["day"]), marks.first[group]
    opening = pc.equal(flows["kind"], "OPEN").to_numpy() | (day < days[first])
    at = group, np.where(opening, first, np.searchsorted(days, day))
    factor = np.where(opening, marks.factor_before[at], marks.factor[at])
    units = counted(integers(flows["quantity"]), factor)
    cash = [np.where(opening, 0, part) for part in _cash(flows, marks, at)]
    return _added_up(position, np.where(opening, -1, at[1]), [units, *cash])


def _cash(flows: pa.Table, marks: Marks, at: tuple[np.ndarray, np.ndarray]) -> list[np.ndarray]:
    """Return cents of gross, accrued, fees and taxes at the day's rate; a transfer is paid at the day's close."""
    parts = [integers(flows[name], null=0) for name in CASH]
    moved = np.flatnonzero(pc.starts_with(flows["kind"], "TRANSFER").to_numpy())
    parts[0][moved] = parts[1][moved] = 0
    gross, accrued, fees, taxes = converted_parts(parts, marks.quotes.rate[at], marks.quotes.book_rate[at])
    quantity, close = integers(flows["quantity"].take(moved)), marks.quotes.at((at[0][moved], at[1][moved]))
    gross[moved] -= close.worth(quantity, close.price)
    accrued[moved] -= close.worth(quantity, close.dirty) + gross[moved]
    return [gross, accrued, fees, taxes]


def _added_up(position: np.ndarray, day: np.ndarray, values: list[np.ndarray]) -> Cells:
    """Return one cell for each position and day."""
    order = in_order(position, day)
    position, day = position[order], day[order]
    first = starts(position * (int(day.max(initial=0)) + 2) + day)
    sums = [np.add.reduceat(value[order], first) if len(first) else value for value in values]
    return Cells(position[first], day[first], *sums)
