"""Read the table of events: number its positions, count in common units, set its transfers apart.

A market is an instrument in a state of knowledge; a position is a book in a market.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.lots.legs import Legs, joined, leg_rows
from bolib.valuation.exact import integers
from bolib.valuation.keys import combined, ranks, starts
from bolib.valuation.splits import common_units, counted


@dataclass
class Positions:
    """What is known of each position, by its number; the numbers ascend with those of the markets."""

    market: np.ndarray
    state: pa.Array
    isin: pa.Array
    book: pa.Array
    average: np.ndarray  # whether its cost is the weighted average (PMP), not first in, first out
    factor: np.ndarray  # common units in one unit, after the last split
    unit: np.ndarray  # millionths of a quantity in a common unit, times the factor


@dataclass
class Transfers:
    """Transfers between the bank's own books, in order of time inside a market."""

    row: np.ndarray
    giver: np.ndarray  # position
    receiver: np.ndarray  # position
    amount: np.ndarray  # cents, in the giver's currency
    to_amount: np.ndarray  # cents, in the receiver's


@dataclass
class Events:
    """The table given, as whole numbers."""

    table: pa.Table
    legs: Legs  # in time; without the arrivals of transfers
    transfers: Transfers
    positions: Positions
    redeems: np.ndarray  # by row of the table: whether it closes the whole position
    splits: np.ndarray  # by row of the table

    @cached_property
    def trade_id(self) -> pa.Array:
        """Return the trade of each row of the table; the one more stands for the average of all trades."""
        named = self.table["trade_id"]
        return pa.concat_arrays([*named.chunks, pa.array(["PMP"], named.type)])


@dataclass
class _Columns:
    """The columns of the table that all steps need."""

    table: pa.Table
    market: np.ndarray
    seq: np.ndarray
    split: np.ndarray
    factor: np.ndarray
    last_factor: np.ndarray  # by market
    moves: np.ndarray  # rows that are transfers, in order of time inside a market


def read(table: pa.Table) -> Events:
    """Return the events of `table`, whatever the order of its rows."""
    columns, markets = _columns(table)
    deals = np.flatnonzero(~columns.split)
    position, receiver, positions = _numbered(columns, markets, deals)
    legs = joined([_deal_legs(columns, position, deals), _split_legs(columns, positions)]).in_time()
    legs.units, positions.unit = _in_common_units(legs, positions.market)
    giver = position[np.searchsorted(deals, columns.moves)]
    amount, to_amount = (integers(table[name].take(columns.moves)) for name in ("amount", "to_amount"))
    transfers = Transfers(columns.moves, giver, receiver, amount, to_amount)
    return Events(table, legs, transfers, positions, _is(table, "REDEEM"), columns.split)


def _is(table: pa.Table, kind: str) -> np.ndarray:
    return pc.equal(table["kind"], kind).to_numpy()


def _columns(table: pa.Table) -> tuple[_Columns, tuple[pa.Array, pa.Array]]:
    """Return the columns, and the state and the isin of each market."""
    ((state,), states), ((isin,), isins) = ranks(table["state"]), ranks(table["isin"])
    market, of_state, of_isin = combined(state, isin)
    seq, split = integers(table["seq"]), _is(table, "SPLIT")
    factor, last_factor = _factors(table, market, seq, split)
    moves = np.flatnonzero(_is(table, "TRANSFER"))
    moves = moves[np.lexsort((seq[moves], market[moves]))]
    return _Columns(table, market, seq, split, factor, last_factor, moves), (states.take(of_state), isins.take(of_isin))


def _factors(table: pa.Table, market: np.ndarray, seq: np.ndarray, split: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the common units in one unit: by row (for a split, after it) and by market (after its last)."""
    factor, last = np.ones(len(market), np.int64), np.ones(int(market.max(initial=-1)) + 1, np.int64)
    for number in np.unique(market[split]):
        rows = np.flatnonzero(market == number)
        rows = rows[np.argsort(seq[rows])]
        new, old = (integers(table[name].take(rows[split[rows]])).tolist() for name in ("ratio_new", "ratio_old"))
        epochs = np.array(common_units(list(zip(new, old, strict=True))))
        factor[rows], last[number] = epochs[np.cumsum(split[rows])], epochs[-1]
    return factor, last


def _numbered(
    columns: _Columns, markets: tuple[pa.Array, pa.Array], deals: np.ndarray
) -> tuple[np.ndarray, np.ndarray, Positions]:
    """Return the position of each deal, the receiver of each transfer, and the positions."""
    table, moves = columns.table, columns.moves
    (book, to_book), books = ranks(table["book"].take(deals), table["to_book"].take(moves))
    market = np.concatenate([columns.market[deals], columns.market[moves]])
    number, home, of_book = combined(market, np.concatenate([book, to_book]))
    position, receiver = np.split(number, [len(deals)])
    average = np.zeros(len(home), bool)
    average[receiver] = pc.equal(table["to_method"].take(moves), "PMP").to_numpy()
    average[position] = pc.equal(table["method"].take(deals), "PMP").to_numpy()
    state, isin = (names.take(home) for names in markets)
    unit = np.ones(len(home), np.int64)
    positions = Positions(home, state, isin, books.take(of_book), average, columns.last_factor[home], unit)
    return position, receiver, positions


def _deal_legs(columns: _Columns, position: np.ndarray, deals: np.ndarray) -> Legs:
    """Return a leg for each row that is not a split, in common units of a millionth."""
    table, factor = columns.table, columns.factor[deals]
    quantity, amount, day = (integers(table[name], null=0)[deals] for name in ("quantity", "amount", "day"))
    opened_on = table["opened_on"].cast(pa.int32()).fill_null(0).to_numpy()[deals]
    number = np.full(len(columns.market), -1)
    number[columns.moves] = np.arange(len(columns.moves))
    return leg_rows(
        position, deals, order=columns.seq[deals], units=counted(quantity, factor), amount=amount, opener=deals,
        opened_on=opened_on, day=day, factor=factor, transfer=number[deals],
    )  # fmt: skip


def _split_legs(columns: _Columns, positions: Positions) -> Legs:
    """Return a leg without units for each split and each position of its market."""
    splits = np.flatnonzero(columns.split)
    first, end = (np.searchsorted(positions.market, columns.market[splits], side) for side in ("left", "right"))
    row = np.repeat(splits, end - first)
    position = np.arange(len(row)) + np.repeat(end - np.cumsum(end - first), end - first)
    day = integers(columns.table["day"])
    return leg_rows(position, row, order=columns.seq[row], day=day[row], factor=columns.factor[row])


def _in_common_units(legs: Legs, market: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the legs' units in the largest unit that measures all quantities of a market, and that unit."""
    of_market = market[legs.position]
    unit, first = np.ones(int(market.max(initial=-1)) + 1, np.int64), starts(of_market)
    if len(first):
        unit[of_market[first]] = np.maximum(np.gcd.reduceat(np.abs(legs.units), first), 1)
    return legs.units // unit[of_market], unit[market]
