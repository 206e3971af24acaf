"""What moved a position's value on a day, exact to the cent.

The value is a product of quantity q, clean price v plus accrued interest a, and rate x. From
yesterday's close to today's it is walked along a path, one factor at a time; the level at each
turn is rounded once to the cent, and a component is the difference of two neighbouring levels:

    q0 v0 a0 x0  --price-->  v1  --carry-->  a1  --fx-->  x1  --new, carry-->  q1 v1 a1 x1

So the components add up to the whole way by construction, whatever the roundings. A split changes
neither the value of yesterday's position nor any component: quantities are rolled in common units,
in which it is no event, and written in the units of each day.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from bolib.errors import BolibError
from bolib.valuation.cells import read_cells
from bolib.valuation.exact import AMOUNT, QUANTITY, decimals
from bolib.valuation.keys import combined, ranks, starts
from bolib.valuation.marks import Marks, read_marks
from bolib.valuation.steps import COMPONENTS, Steps, steps

CELLS_AT_ONCE = 32_768
"""Positions times days in one step: as many as stay in a processor's cache."""


@dataclass
class Places:
    """What names each position and each day."""

    names: dict[str, pa.Array]  # state, isin, book and currency by position
    group: np.ndarray  # by position
    days: np.ndarray


def attribute(flows: pa.Table, marks: pa.Table) -> pa.Table:
    """Return the components of each state, isin, book and day with a position or a flow, in the book's currency.

    flows: state, isin, book, currency (the book's), day, kind (OPEN|TRADE|TRANSFER_OUT|TRANSFER_IN),
    quantity (buy +, sell -), gross, accrued, fees, taxes (cash in the instrument's currency: received
    +, paid -; a transfer is paid at the value of the day's close instead).
    marks: state, isin, currency (the book's), day (all of them, without gaps), price, accrued, rate,
    book_rate, multiplier, divisor, split_new, split_old, dividend, coupon, capital, redemption (cash a
    unit, quoted as the price is). On the first day nothing is known of yesterday's value, and what was
    held has no effect. A day that needs a missing price or rate has missing components.
    """
    strips = [_rows(places, start, strip) for places, start, strip in _strips(flows, marks)]
    return pa.concat_tables(strips) if strips else COLUMNS.empty_table()


def _rows(places: Places, start: int, strip: Steps) -> pa.Table:
    at = np.nonzero(strip.shown)
    position, unknown = pa.array(at[0] + start), strip.unknown[at]
    columns = [places.names[name].take(position) for name in ("state", "isin", "book", "currency")]
    columns += [pa.array(places.days[at[1]]), decimals(strip.q0[at], QUANTITY), decimals(strip.q1[at], QUANTITY)]
    columns += [decimals(strip.parts[name][at], AMOUNT, unknown) for name in COMPONENTS]
    return pa.table(columns, schema=COLUMNS)


COLUMNS = pa.schema(
    [("state", pa.int64()), ("isin", pa.string()), ("book", pa.string()), ("currency", pa.string())]
    + [("day", pa.int64()), ("q0", QUANTITY), ("q1", QUANTITY)]
    + [(name, AMOUNT) for name in COMPONENTS]
)
"""The result of `attribute`."""


def _strips(flows: pa.Table, marks: pa.Table) -> Iterator[tuple[Places, int, Steps]]:
    """Yield the components of all positions by strips, each with the number of its first position."""
    if not flows.num_rows:
        return
    places, position, group, grid = _read(flows, marks)
    cells = read_cells(flows, position, group, places.days, grid)
    for positions in _cut(places.group, max(1, CELLS_AT_ONCE // len(places.days))):
        yield places, positions.start, steps(places.group[positions], cells.of(positions), grid)


def _read(flows: pa.Table, marks: pa.Table) -> tuple[Places, np.ndarray, np.ndarray, Marks]:
    """Return the places, the position and the group of each flow, and the grid of marks."""
    (state, isin, currency), names = zip(*(ranks(flows[n], marks[n]) for n in ("state", "isin", "currency")))
    market = combined(np.concatenate(state), np.concatenate(isin))
    group = combined(market[0], np.concatenate(currency))
    of_flow, of_mark = np.split(group[0], [flows.num_rows])
    (book,), books = ranks(flows["book"])
    position, home, of_book = combined(of_flow, book)
    axis, day = np.unique(marks["day"].to_numpy(), return_inverse=True)
    grid = read_marks(marks, of_mark, day, (len(group[1]), len(axis)))
    if not grid.present[home].any(axis=1).all():
        raise BolibError("attribute", "marks for every state, isin and currency with a flow", "none", "Add its days.")
    of_market = group[1][home]
    parts = (market[1][of_market], market[2][of_market], of_book, group[2][home])
    named = dict(zip(("state", "isin", "book", "currency"), (names[0], names[1], books, names[2]), strict=True))
    taken = {name: values.take(pa.array(part)) for (name, values), part in zip(named.items(), parts, strict=True)}
    return Places(taken, home, axis), position, of_flow, grid


def _cut(group: np.ndarray, most: int) -> Iterator[slice]:
    """Yield the positions in strips of at most so many, cut between two groups where possible."""
    first = np.repeat(starts(group), np.diff(starts(group), append=len(group)))
    start = 0
    while start < len(group):
        end = min(start + most, len(group))
        if end < len(group) and first[end] > start:
            end = int(first[end])
        yield slice(start, end)
        start = end
