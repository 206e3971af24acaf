"""Number the positions, the groups of marks that they share, and the days."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from bolib.errors import BolibError
from bolib.valuation.keys import combined, ranks, starts
from bolib.valuation.marks import Marks, read_marks


@dataclass
class Places:
    """The axes of the result: positions, each in a group of marks, and days."""

    names: dict[str, pa.Array]  # state, isin, currency and book of each position
    group: np.ndarray  # of each position
    days: np.ndarray
    of_flow: np.ndarray  # position of each flow

    def strips(self, cells: int) -> Iterator[slice]:
        """Yield the positions in strips of about so many positions x days, cut between two groups where possible."""
        most, first = max(1, cells // len(self.days)), starts(self.group)
        group_start = np.repeat(first, np.diff(first, append=len(self.group)))
        start = 0
        while start < len(self.group):
            end = min(start + most, len(self.group))
            if end < len(self.group) and group_start[end] > start:
                end = int(group_start[end])
            yield slice(start, end)
            start = end


def read_places(flows: pa.Table, marks: pa.Table) -> tuple[Places, Marks]:
    """Return the positions of the flows, and the marks as a grid of groups by days."""
    (state, states), (isin, isins), (currency, currencies) = (
        ranks(flows[name], marks[name]) for name in ("state", "isin", "currency")
    )
    market, market_state, market_isin = combined(np.concatenate(state), np.concatenate(isin))
    group, group_market, group_currency = combined(market, np.concatenate(currency))
    of_flow, of_mark = np.split(group, [flows.num_rows])
    (book,), books = ranks(flows["book"])
    position, home, of_book = combined(of_flow, book)
    days, day = np.unique(marks["day"].to_numpy(), return_inverse=True)
    grid = read_marks(marks, of_mark, day, (len(group_market), len(days)))
    _complete(grid, marks.num_rows, home)
    names = {
        "state": states.take(market_state[group_market[home]]),
        "isin": isins.take(market_isin[group_market[home]]),
        "currency": currencies.take(group_currency[home]),
        "book": books.take(of_book),
    }
    return Places(names, home, days, position), grid


def _complete(grid: Marks, rows: int, used: np.ndarray) -> None:
    if grid.present.sum() != rows:
        raise BolibError("marks", "one row for each state, isin, currency and day", "several", "Remove the duplicates.")
    if not grid.present[used].any(axis=1).all():
        raise BolibError("marks", "days for every state, isin and currency with a flow", "none", "Add its marks.")
