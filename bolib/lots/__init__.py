"""Lots: what is left of each trade, what each sale closed and what it earned, by FIFO or PMP.

`match_lots` and `results_by_method` are kernels: rows in any order, whole instruments at a time, exact
to the cent. They read the events (`events`) as legs of positions (`legs`), add what own-book transfers
bring (`transfers`), cut what each leg closes into slices of lots (`pools`) and write rows (`trail`).
"""

from collections.abc import Callable

import numpy as np
import pyarrow as pa

from bolib.lots.events import Events, read
from bolib.lots.pools import average, by_method, cost_change, earned, fifo, path
from bolib.lots.trail import COLUMNS, NO_LATER_DAY, trail_rows
from bolib.lots.transfers import with_arrivals
from bolib.valuation.exact import AMOUNT, decimals
from bolib.valuation.keys import combined, ranks

__all__ = ["BOOK_COLUMNS", "COLUMNS", "NO_LATER_DAY", "match_lots", "results_by_method"]

BOOK_COLUMNS = pa.schema(
    [("state", pa.int64()), ("book", pa.string()), ("day", pa.int64()), ("method", pa.string())]
    + [("result", AMOUNT), ("cost_change", AMOUNT)]
)
"""The result of `results_by_method`, in the book's currency."""


def match_lots(legs: pa.Table) -> pa.Table:
    """Return matches, lots and positions (`COLUMNS`) of the events `legs`, one row each, in any order.

    legs: state, isin, book, method (FIFO|PMP), day, seq (order in time inside state and isin), kind
    (OPEN|TRADE|TRANSFER|SPLIT|REDEEM), trade_id, opened_on, quantity (buy +, sell -; of a transfer: what
    the giving book loses -), amount (>= 0, the book's currency; of a transfer its value at the close),
    to_book, to_method, to_amount (TRANSFER), ratio_new, ratio_old (SPLIT, one row for all books).
    """
    if not legs.num_rows:
        return COLUMNS.empty_table()
    events = read(legs)
    all_legs = with_arrivals(events)
    way = path(all_legs)
    slices, lots = by_method(way, all_legs.position, events.positions.average[all_legs.position])
    return trail_rows(events, all_legs, way, slices, lots)


def results_by_method(legs: pa.Table) -> pa.Table:
    """Return by state, book and day what FIFO and what PMP realises, and by how much the cost of what is held changes.

    Every book is kept by both methods, whatever its own: for the choice of a method, and for long
    histories where nobody reads the lots; trade_id is not needed. An engine calls it for some instruments at a
    time: add up its rows.
    """
    if not legs.num_rows:
        return BOOK_COLUMNS.empty_table()
    events = read(legs)
    parts = []
    for method, cut in (("FIFO", fifo), ("PMP", average)):
        events.positions.average[:] = cut is average
        parts.append(_sums(events, method, cut))
    return pa.concat_tables(parts)


def _sums(events: Events, method: str, cut: Callable) -> pa.Table:
    """Return realised results and changes of cost by state, book and day."""
    legs = with_arrivals(events)
    way = path(legs)
    slices, _ = cut(way, legs.position)
    (state,), states = ranks(pa.chunked_array([events.positions.state]))
    (book,), books = ranks(pa.chunked_array([events.positions.book]))
    home, of_state, of_book = combined(state, book)
    first = int(legs.day.min())
    number, of_home, day = combined(home[legs.position], legs.day - first)
    sums = np.zeros((2, len(day)), np.int64)
    np.add.at(sums[0], number, earned(legs, way, slices))
    np.add.at(sums[1], number, cost_change(way, slices))
    names = [states.take(of_state[of_home]), books.take(of_book[of_home]), pa.array(day + first)]
    names.append(pa.repeat(method, len(day)))
    return pa.table(names + [decimals(cents, AMOUNT) for cents in sums], schema=BOOK_COLUMNS)
