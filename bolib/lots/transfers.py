"""Own-book transfers hand over pieces of lots with their date, their opening trade and their cost.

In the giver a transfer is a closing leg at its value of the day, so the latent result crystallises
there. In the receiver every piece arrives as a leg of its own at the cost it carries, and what the
giver realised on it is realised again with the other sign: over the two books it nets to zero.
Units that the giver did not hold open a short there and arrive at the value of the day.

A piece is known once all that the giver had received before is known. Transfers are therefore
taken level by level; a transfer has the level of the longest chain of transfers that it ends.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from bolib.lots.events import Events, Transfers
from bolib.lots.legs import Legs, joined, leg_rows
from bolib.lots.pools import Path, Slices, by_method, draws, path
from bolib.valuation.exact import multiply_divide, share
from bolib.valuation.keys import running


def with_arrivals(events: Events) -> Legs:
    """Return all legs in time: those too that transfers bring, and redemptions with their units."""
    if not len(events.transfers.row):
        return _sized(events.legs, events.redeems)
    gives = np.isin(events.legs.position, events.transfers.giver)
    touched, arrived = events.legs.take(gives), []
    for level in _levels(events.transfers):
        known = joined([touched, *arrived])
        known = known.take(np.isin(known.position, events.transfers.giver[level])).in_time()
        arrived += _pieces(events, _sized(known, events.redeems), level)
    return _sized(joined([events.legs, *arrived]).in_time(), events.redeems)


def _levels(transfers: Transfers) -> Iterator[np.ndarray]:
    """Yield which transfers have level 0, 1 and so on."""
    reached, levels = {}, []
    for giver, receiver in zip(transfers.giver.tolist(), transfers.receiver.tolist(), strict=True):
        levels.append(reached.get(giver, 0))
        reached[receiver] = max(reached.get(receiver, 0), levels[-1] + 1)
    for level in range(max(levels) + 1):
        yield np.array(levels) == level


def _sized(legs: Legs, redeems: np.ndarray) -> Legs:
    """Return the legs, each redemption with the units that close its position."""
    rows = np.flatnonzero(redeems[legs.row])
    if not len(rows):
        return legs
    units = legs.units.copy()
    units[rows] = 0
    held = running(units, legs.position)[rows]
    again = np.diff(legs.position[rows], prepend=-1) == 0
    units[rows] = np.where(again, np.roll(held, 1), 0) - held
    return replace(legs, units=units)


def _pieces(events: Events, legs: Legs, level: np.ndarray) -> list[Legs]:
    """Return the arriving legs of the transfers of a level: pieces of lots, and what the giver did not hold."""
    way = path(legs)
    slices, _ = by_method(way, legs.position, events.positions.average[legs.position])
    leaves = (legs.transfer >= 0) & level[legs.transfer]
    to_amount = events.transfers.to_amount[legs.transfer]
    for_closed = share(to_amount, way.closed, np.abs(legs.units))
    uncovered = np.flatnonzero(leaves & (way.opened > 0))
    value = (to_amount - for_closed)[uncovered]
    return [
        _covered(events, legs, way, slices.take(leaves[slices.leg]), for_closed),
        _arriving(events, legs, uncovered, units=(-np.sign(legs.units) * way.opened)[uncovered], amount=value),
    ]


def _covered(events: Events, legs: Legs, way: Path, slices: Slices, for_closed: np.ndarray) -> Legs:
    """Return the pieces of lots that leave, at the cost they carry."""
    number, first = legs.transfer[slices.leg], np.diff(slices.leg, prepend=-1) != 0
    value, _ = draws(slices.leg, slices.units, slices.in_leg, np.where(first, for_closed[slices.leg], 0))
    carried = _converted(slices.drawn, events.transfers.amount[number], events.transfers.to_amount[number])
    sign = np.sign(way.before[slices.leg])
    proceeds, cost = np.where(sign > 0, (carried, value), (value, carried))
    return _arriving(
        events, legs, slices.leg, units=sign * slices.units, amount=carried, opener=openers(events, legs, slices.pool),
        opened_on=legs.opened_on[slices.pool], proceeds=proceeds, cost=cost,
    )  # fmt: skip


def _arriving(events: Events, legs: Legs, leaving: np.ndarray, **piece: np.ndarray) -> Legs:
    """Return legs in the receiver at the place in time of the leaving ones; they are opened by the transfer itself."""
    at = legs.take(leaving)
    own = {name: getattr(at, name) for name in ("order", "opener", "opened_on", "day", "factor")}
    return leg_rows(events.transfers.receiver[at.transfer], at.row, **own | piece)


def _converted(cents: np.ndarray, amount: np.ndarray, to_amount: np.ndarray) -> np.ndarray:
    """Return a cost in the receiver's currency; equal values, or a worthless one, leave it as it is."""
    result, differ = cents.copy(), (amount != to_amount) & (amount > 0)
    result[differ] = multiply_divide([cents[differ], to_amount[differ]], [amount[differ]])
    return result


def openers(events: Events, legs: Legs, pool: np.ndarray) -> np.ndarray:
    """Return the row of the trade that opened a pool; for an average, the row after the last stands."""
    return np.where(events.positions.average[legs.position[pool]], len(events.splits), legs.opener[pool])
