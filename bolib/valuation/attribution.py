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

import numpy as np
import pyarrow as pa

from bolib.valuation.cells import read_cells
from bolib.valuation.exact import AMOUNT, QUANTITY, decimals
from bolib.valuation.keys import combined, ranks
from bolib.valuation.places import Places, read_places
from bolib.valuation.steps import COMPONENTS, Steps, steps

CELLS_AT_ONCE = 32_768
"""Positions times days in one step: as many as stay in a processor's cache."""

_KEY = [("state", pa.int64()), ("book", pa.string()), ("currency", pa.string()), ("day", pa.int64())]
_COMPONENTS = [(name, AMOUNT) for name in COMPONENTS]

COLUMNS = pa.schema([("isin", pa.string()), *_KEY, ("q0", QUANTITY), ("q1", QUANTITY), *_COMPONENTS])
"""The result of `attribute`: q0 is yesterday's close in the units of the day, q1 the day's."""

BOOK_COLUMNS = pa.schema([*_KEY, *_COMPONENTS])
"""The result of `attribute_books`."""


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
    if not flows.num_rows:
        return COLUMNS.empty_table()
    places, strips = _strips(flows, marks)
    return pa.concat_tables([_rows(places, start, strip) for start, strip in strips])


def attribute_books(flows: pa.Table, marks: pa.Table) -> pa.Table:
    """Return what `attribute` does, summed over the instruments given: by state, book, currency and day.

    For long histories of many positions, where nobody reads the instruments of each day. An engine
    calls it for some instruments at a time: add up its rows. A sum with a missing part is missing.
    """
    if not flows.num_rows:
        return BOOK_COLUMNS.empty_table()
    places, strips = _strips(flows, marks)
    book, first = _books(places)
    sums = np.zeros((len(COMPONENTS), len(first), len(places.days)), np.int64)
    shown, unknown = (np.zeros(sums.shape[1:], bool) for _ in range(2))
    for start, strip in strips:
        into = book[start : start + len(strip.shown)]
        once = len(np.unique(into)) == len(into)
        for total, name in zip(sums, COMPONENTS, strict=True):
            if name in strip.parts:
                _gather(np.add, total, into, strip.parts[name], once)
        _gather(np.logical_or, shown, into, strip.shown, once)
        if strip.unknown.any():
            _gather(np.logical_or, unknown, into, strip.unknown, once)
    at = np.nonzero(shown)
    columns = [places.names[name].take(first[at[0]]) for name in ("state", "book", "currency")]
    columns += [pa.array(places.days[at[1]])]
    return pa.table(columns + [decimals(total[at], AMOUNT, unknown[at]) for total in sums], schema=BOOK_COLUMNS)


def _books(places: Places) -> tuple[np.ndarray, np.ndarray]:
    """Return the number of each position's state, book and currency, and a position that has each."""
    state, book, currency = (ranks(pa.chunked_array([places.names[n]]))[0][0] for n in ("state", "book", "currency"))
    number = combined(combined(state, book)[0], currency)[0]
    return number, np.unique(number, return_index=True)[1]


def _gather(operation: np.ufunc, total: np.ndarray, into: np.ndarray, rows: np.ndarray, once: bool) -> None:
    """Add rows of days to the rows of `total` that `into` names, each `once` or several into one."""
    if once:
        total[into] = operation(total[into], rows)
    else:
        operation.at(total, into, rows)


def _rows(places: Places, start: int, strip: Steps) -> pa.Table:
    at = np.nonzero(strip.shown)
    position, unknown, quantities = pa.array(at[0] + start), strip.unknown[at], strip.quantities
    columns = [places.names[name].take(position) for name in ("isin", "state", "book", "currency")]
    columns += [pa.array(places.days[at[1]]), *(decimals(q[at], QUANTITY) for q in (quantities.q0, quantities.q1))]
    columns += [decimals(strip.parts[name][at], AMOUNT, unknown) for name in COMPONENTS]
    return pa.table(columns, schema=COLUMNS)


def _strips(flows: pa.Table, marks: pa.Table) -> tuple[Places, Iterator[tuple[int, Steps]]]:
    """Return the places, and strip by strip the number of its first position and what happened."""
    places, grid = read_places(flows, marks)
    cells = read_cells(flows, places, grid)
    strips = places.strips(CELLS_AT_ONCE)
    return places, ((strip.start, steps(places.group[strip], cells.of(strip), grid)) for strip in strips)
