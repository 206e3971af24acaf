"""Cut what each leg closes into slices, and give each slice its cost and its proceeds.

A leg first *closes* units of the opposite sign that its position holds, then *opens* the rest.
What it opens lies in a *pool* of units and cents; what it closes is drawn from pools. The two
methods differ only in their pools:

- FIFO: every opening leg is a pool. Put the opened units of a position on an axis, in order of
  time: the k-th unit closed closes the k-th unit opened, so each closing leg covers the interval
  of the axis that follows the one before it, and the opening legs whose intervals it meets are
  its lots. Longs, shorts and crossings of zero need no case of their own.
- PMP: a chapter of a position, from leaving zero to the next zero or crossing, is one pool.

A slice of q units draws from a pool of Q units and C cents: C if q = Q, else C x q / Q rounded
half-even. What rounding moves stays in the pool, and the last slice clears it. The amount of a
closing leg is dealt out to its slices by the same rule.
"""

from dataclasses import dataclass, fields

import numpy as np

from bolib.errors import BolibError
from bolib.lots.legs import Legs
from bolib.valuation.exact import share
from bolib.valuation.keys import ends, running, spans, starts


@dataclass
class Path:
    """What each leg does to its position."""

    before: np.ndarray  # signed units held
    after: np.ndarray
    closed: np.ndarray  # units, >= 0
    opened: np.ndarray
    for_closed: np.ndarray  # the amount's cents, shared between the two
    for_opened: np.ndarray

    def take(self, legs: np.ndarray) -> "Path":
        """Return the path of some of the legs."""
        return Path(*(getattr(self, field.name)[legs] for field in fields(self)))


@dataclass
class Slices:
    """Units that one leg draws from one pool, in order of time; legs are named by their index."""

    leg: np.ndarray  # that closes
    pool: np.ndarray  # leg that began the pool
    units: np.ndarray
    in_leg: np.ndarray  # units the leg has still to close, these included
    drawn: np.ndarray  # cents from the pool
    left: np.ndarray  # cents in the pool after
    dealt: np.ndarray  # cents of the closing leg's amount

    def take(self, chosen: np.ndarray) -> "Slices":
        """Return some of the slices."""
        return Slices(*(getattr(self, field.name)[chosen] for field in fields(self)))


@dataclass
class Lots:
    """What pools hold after the last leg."""

    pool: np.ndarray  # leg that began the pool
    units: np.ndarray  # > 0
    cents: np.ndarray


def path(legs: Legs) -> Path:
    """Return what each leg closes and opens."""
    after, size = running(legs.units, legs.position), np.abs(legs.units)
    before = after - legs.units
    closed = np.where((before ^ legs.units) < 0, np.minimum(np.abs(before), size), 0)
    for_closed = share(legs.amount, closed, size)
    return Path(before, after, closed, size - closed, for_closed, legs.amount - for_closed)


def fifo(way: Path, position: np.ndarray) -> tuple[Slices, Lots]:
    """Return the slices and the remaining lots where each opening leg is a pool."""
    opening, closing = np.flatnonzero(way.opened), np.flatnonzero(way.closed)
    opened, closed, all_closed = _axis(way, position)
    high, until = opened[opening], closed[closing]
    low, since = high - way.opened[opening], until - way.closed[closing]

    first, last = np.searchsorted(high, since, "right"), np.searchsorted(high, until, "left")
    closer, lot = spans(first, last + 1)
    begin, end = np.maximum(low[lot], since[closer]), np.minimum(high[lot], until[closer])
    leg, pool, units = closing[closer], opening[lot], end - begin

    put_in = np.where(begin == low[lot], way.for_opened[pool], 0)
    drawn, left = draws(pool, units, high[lot] - begin, put_in)
    in_leg = until[closer] - begin
    dealt, _ = draws(leg, units, in_leg, np.where(begin == since[closer], way.for_closed[leg], 0))
    slices = Slices(leg, pool, units, in_leg, drawn, left, dealt)
    return slices, _open_lots(slices, way, opening, high - all_closed[opening])


def _axis(way: Path, position: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return where on the axis of all opened units each leg's opened and closed units end, and its position's last."""
    if way.opened.sum(dtype=float) >= 2.0**62:
        raise BolibError("lots", "quantities adding up to less than 4e18 common units", "more", "Use smaller buckets.")
    opened, closed, first = np.cumsum(way.opened), np.cumsum(way.closed), starts(position)
    size = np.diff(first, append=len(position))
    origin = np.repeat((opened - way.opened - closed + way.closed)[first], size)
    closed += origin
    return opened, closed, np.repeat(closed[first + size - 1], size)


def draws(pool: np.ndarray, units: np.ndarray, held: np.ndarray, put_in: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the cents each slice draws from its pool, and those it leaves; slices of a pool stand together.

    `put_in` are the cents that came in since the slice before. Each turn takes the next slice of every pool.
    """
    cents, drawn = put_in.copy(), np.empty_like(put_in)
    turn, last = starts(pool), ends(pool)
    while len(turn):
        drawn[turn] = share(cents[turn], units[turn], held[turn])
        more = turn < last
        turn, last = turn[more], last[more]
        cents[turn + 1] += cents[turn] - drawn[turn]
        turn = turn + 1
    return drawn, cents - drawn


def _open_lots(slices: Slices, way: Path, opening: np.ndarray, beyond: np.ndarray) -> Lots:
    """Return the lots that lie, wholly or in part, beyond what their position has closed."""
    cents = way.for_opened.copy()
    last = ends(slices.pool)
    cents[slices.pool[last]] = slices.left[last]
    pool = opening[beyond > 0]
    return Lots(pool, np.minimum(beyond[beyond > 0], way.opened[pool]), cents[pool])


def average(way: Path, position: np.ndarray) -> tuple[Slices, Lots]:
    """Return the slices and the remaining lots where each chapter of a position is a pool."""
    begins = (way.opened > 0) & ((way.before == 0) | (way.closed > 0))
    chapter = np.maximum.accumulate(np.where(begins, np.arange(len(position)), 0))
    leg = np.flatnonzero(way.closed)
    pool, units = chapter[leg - 1], way.closed[leg]
    opened_before = np.cumsum(way.for_opened) - way.for_opened
    since = np.where(np.diff(pool, prepend=-1) == 0, np.roll(leg, 1), pool)
    drawn, left = draws(pool, units, np.abs(way.before[leg]), opened_before[leg] - opened_before[since])
    slices = Slices(leg, pool, units, units, drawn, left, way.for_closed[leg])
    last = ends(position)
    last = last[way.after[last] != 0]
    return slices, Lots(chapter[last], np.abs(way.after[last]), cost_after(way, slices, position)[last])


def earned(legs: Legs, way: Path, slices: Slices) -> np.ndarray:
    """Return the cents that each leg realises."""
    closing = np.where(way.closed > 0, way.for_closed - by_leg(slices, len(way.closed)), 0)
    return np.sign(way.before) * closing + legs.proceeds - legs.cost


def cost_after(way: Path, slices: Slices, position: np.ndarray) -> np.ndarray:
    """Return the cents that the pools of a leg's position hold after it."""
    return running(cost_change(way, slices), position)


def cost_change(way: Path, slices: Slices) -> np.ndarray:
    """Return the cents that each leg puts into the pools of its position, less those it draws."""
    return way.for_opened - by_leg(slices, len(way.for_opened))


def by_leg(slices: Slices, legs: int) -> np.ndarray:
    """Return the cents that each leg draws."""
    total, first = np.zeros(legs, np.int64), starts(slices.leg)
    if len(first):
        total[slices.leg[first]] = np.add.reduceat(slices.drawn, first)
    return total


def by_method(way: Path, position: np.ndarray, by_average: np.ndarray) -> tuple[Slices, Lots]:
    """Return slices and lots, each position by its own method."""
    slices, lots = [], []
    for method, chosen in ((fifo, ~by_average), (average, by_average)):
        legs = np.flatnonzero(chosen)
        cut, open_lots = method(way.take(legs), position[legs])
        cut.leg, cut.pool, open_lots.pool = legs[cut.leg], legs[cut.pool], legs[open_lots.pool]
        slices.append(cut)
        lots.append(open_lots)
    return _together(slices), _together(lots)


def _together(parts: list) -> "Slices | Lots":
    kind = type(parts[0])
    return kind(*(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(kind)))
