"""Chains: which receipt, once it settles, would let which of our deliveries settle.

Inside a pool (an account's holding of a security at one depository) what comes first serves what is due first. On an
axis of units, in order of due date, each delivery wants an interval; the stock, then each receipt, gives one. Where
the interval of a receipt meets that of a delivery, the one would release the other by so many units.
"""

from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.valuation import QUANTITY, decimals, integers
from bolib.valuation.keys import ranks, running, spans

COLUMNS = pa.schema(
    [("pool", pa.string()), ("receipt", pa.string()), ("delivery", pa.string()), ("quantity", QUANTITY)]
    + [("releases", pa.bool_())]
)

SORTED = [(name, "ascending") for name in ("pool", "due", "key")]


def chain(coming: pa.Table, wanted: pa.Table) -> pa.Table:
    """Return pool, receipt, delivery, quantity, releases: one row for each receipt that serves a delivery.

    coming: pool, instruction_id (empty = stock), due (empty = there now), quantity (stock may be negative: receipts
    first make it up). wanted: pool, instruction_id, intended_settlement_date, open_quantity. `releases` is true on
    the receipt that completes its delivery; a delivery that the stock covers appears nowhere.
    """
    if not coming.num_rows or not wanted.num_rows:
        return COLUMNS.empty_table()
    coming = _in_order(coming, "pool", "due", "instruction_id")
    wanted = _in_order(wanted, "pool", "intended_settlement_date", "instruction_id")
    (giver, taker), _ = ranks(*(pa.chunked_array(rows["pool"]) for rows in (coming, wanted)))
    given, taken = integers(coming["quantity"]), integers(wanted["open_quantity"])
    given_to, taken_to = running(given, giver), running(taken, taker)
    receipts = np.flatnonzero(pc.is_valid(coming["instruction_id"]).to_numpy())
    given_from, taken_from = given_to - given, taken_to - taken
    near, delivery = _meetings(giver[receipts], given_from[receipts], given_to[receipts], taker, taken_from, taken_to)
    receipt = receipts[near]
    units = np.minimum(given_to[receipt], taken_to[delivery]) - np.maximum(given_from[receipt], taken_from[delivery])
    return pa.table([
        coming["pool"].take(receipt), coming["instruction_id"].take(receipt), wanted["instruction_id"].take(delivery),
        decimals(units, QUANTITY), pa.array(given_to[receipt] >= taken_to[delivery]),
    ], schema=COLUMNS)  # fmt: skip


def _in_order(rows: pa.Table, pool: str, due: str, key: str) -> pa.Table:
    """Return the rows by pool, due date and key; what has neither date nor key first."""
    filled = [pc.fill_null(rows[pool], ""), pc.fill_null(rows[due], date.min), pc.fill_null(rows[key], "")]
    order = pc.sort_indices(pa.table(filled, names=["pool", "due", "key"]), sort_keys=SORTED)
    return rows.take(order)


def _meetings(giver, given_from, given_to, taker, taken_from, taken_to) -> tuple[np.ndarray, np.ndarray]:
    """Return the pairs (giving, taking) of which the intervals overlap in one pool; both ascend with pool and place."""
    places = _places([giver, giver, taker, taker], [given_from, given_to, taken_from, taken_to])
    starts, ends, wants_from, wants_to = places
    return spans(np.searchsorted(wants_to, starts, "right"), np.searchsorted(wants_from, ends, "left"))


def _places(pools: list[np.ndarray], values: list[np.ndarray]) -> list[np.ndarray]:
    """Return the rank of each (pool, value) among all of them: one axis for all pools, whatever their quantities."""
    pool, value = np.concatenate(pools), np.concatenate(values)
    order = np.lexsort((value, pool))
    pool, value = pool[order], value[order]
    new = np.ones(len(order), bool)
    new[1:] = (pool[1:] != pool[:-1]) | (value[1:] != value[:-1])
    rank = np.empty(len(order), np.int64)
    rank[order] = np.cumsum(new)
    return np.split(rank, np.cumsum([len(part) for part in values])[:-1])
