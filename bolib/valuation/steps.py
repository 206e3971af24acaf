"""The path of value from yesterday's close to today's, for a strip of positions by days.

Every level is a worth in whole cents, every component a difference of two neighbouring levels, or cash.
"""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from bolib.valuation.cells import Cells
from bolib.valuation.exact import multiply_divide
from bolib.valuation.marks import Marks, Quotes

COMPONENTS = ("price_effect", "carry", "fx", "new", "fees", "taxes", "dividend", "corporate_action")


@dataclass
class Quantities:
    """Millionths of a quantity, as written in the units of the day."""

    held: np.ndarray  # yesterday's close, still in yesterday's units
    q0: np.ndarray  # the same in today's
    traded: np.ndarray  # after the day's flows
    redeemed: np.ndarray  # of these
    q1: np.ndarray


@dataclass
class Steps:
    """Arrays of positions by days."""

    quantities: Quantities
    parts: dict[str, np.ndarray]  # cents, by component; one that is missing is zero throughout
    shown: np.ndarray  # where there is a position or a flow
    unknown: np.ndarray  # where a missing price or rate leaves no result


def steps(group: np.ndarray, cells: Cells, marks: Marks) -> Steps:
    """Return what happened to positions, given the group of each and their cells."""
    rows = group[:1] if group[0] == group[-1] else group
    today, yesterday = marks.at((rows, slice(None))), tuple(part[rows] for part in marks.yesterday)
    quantities = _quantities(len(group), cells, today)
    flows = cells.from_first_day()
    at, close = (flows.position, flows.day), marks.quotes.at((group[flows.position], flows.day))

    parts = defaultdict(lambda: np.zeros(quantities.q0.shape, np.int64))
    held = today.quotes.worth(quantities.q0, today.quotes.dirty)
    final = held.copy()
    final[at] = close.worth(quantities.traded[at], close.dirty)
    _trade(parts, quantities, flows, close, final[at] - held[at])
    _redeem(parts, quantities, today, final)
    _hold(parts, quantities.q0, today, marks.quotes.at(yesterday), held)
    parts["price_effect"] -= _opening(final, held, today)
    _income(parts, quantities.held, today)
    if not today.present.all():
        parts.update({name: np.where(today.present, cents, 0) for name, cents in parts.items()})
    return Steps(quantities, parts, *_status(quantities, at, today, marks.known[yesterday]))


def _quantities(positions: int, cells: Cells, marks: Marks) -> Quantities:
    """Return the quantities of each day, rolled from the flows in common units, where a split is no event."""
    close = np.zeros((positions, marks.present.shape[1] + 1), np.int64)
    close[cells.position, cells.day + 1] = cells.units
    np.cumsum(close, axis=1, out=close)
    before, after = close[:, :-1], close[:, 1:]
    redeemed = _redeemed(after, marks.redemption > 0)
    held, q0 = _written(before, marks.factor_before), _written(before, marks.factor)
    traded, q1 = _written(after + redeemed, marks.factor), _written(after, marks.factor)
    return Quantities(held, q0, traded, _written(redeemed, marks.factor), q1)


def _redeemed(close: np.ndarray, redeems: np.ndarray) -> np.ndarray:
    """Return the units that redemptions end, and take them off `close` from their day on."""
    redeemed = np.zeros_like(close)
    for day in np.flatnonzero(redeems.any(axis=0)):
        redeemed[:, day] = np.where(redeems[:, day], close[:, day], 0)
        close[:, day:] -= redeemed[:, day, None]
    return redeemed


def _written(units: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Return common units as millionths of a quantity."""
    return units if (factor == 1).all() else multiply_divide([units], [factor])


def _trade(parts: dict, quantities: Quantities, flows: Cells, close: Quotes, step: np.ndarray) -> None:
    """Add what the flows of each day were worth more at its close than was paid; `step` is their worth."""
    at = flows.position, flows.day
    clean = step
    if close.accrued.any():
        clean = close.worth(quantities.traded[at], close.price) - close.worth(quantities.q0[at], close.price)
        parts["carry"][at] += step - clean
    cash = {"new": clean + flows.gross, "carry": flows.accrued, "fees": flows.fees, "taxes": flows.taxes}
    for name, cents in cash.items():
        if cents.any():
            parts[name][at] += cents


def _redeem(parts: dict, quantities: Quantities, today: Marks, final: np.ndarray) -> None:
    """Add redemption cash less what is given up for it, whose level in `final` falls to nothing."""
    gone = quantities.redeemed != 0
    if gone.any():
        cash = today.quotes.worth(quantities.redeemed, today.redemption)
        parts["corporate_action"] += np.where(gone, cash - final, 0)
        final[gone] = 0


def _hold(parts: dict, q0: np.ndarray, today: Marks, before: Quotes, held: np.ndarray) -> None:
    """Add what yesterday's quantity earned, from today's end of the path back: by the rate, by accrued interest.

    What is left is the level after the first step, under the price effect: yesterday's level is still to come off.
    """
    now, level = today.quotes, held
    if (now.rate != before.rate).any() or (now.book_rate != before.book_rate).any():
        level = before.worth(q0, now.dirty)
        parts["fx"] += held - level
    if now.accrued.any() or before.accrued.any():
        after_price = before.worth(q0, now.price * today.new + before.accrued * today.old, per=today.new)
        parts["carry"] += level - after_price
        level = after_price
    parts["price_effect"] = parts.get("price_effect", 0) + level


def _opening(final: np.ndarray, held: np.ndarray, today: Marks) -> np.ndarray:
    """Return yesterday's closing level; on the first day, which knows no yesterday, that of the day itself."""
    opening = np.empty_like(final)
    opening[:, 1:] = final[:, :-1]
    each, first = np.arange(len(final)), np.broadcast_to(today.first, len(final))
    opening[each, first] = held[each, first]
    opening[:, 0] = held[:, 0]
    return opening


def _income(parts: dict, held: np.ndarray, today: Marks) -> None:
    """Add what each unit of yesterday's close was paid."""
    paid = {"dividend": today.dividend, "carry": today.coupon, "corporate_action": today.capital}
    for name, cash in paid.items():
        if cash.any():
            parts[name] += today.quotes.worth(held, cash)


def _status(
    quantities: Quantities, flows: tuple[np.ndarray, np.ndarray], today: Marks, before_known: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return where there is a position or a flow, and where it has no result for want of a price or rate."""
    had = (quantities.held | quantities.q0) != 0
    shown = had | (quantities.q1 != 0)
    shown[flows] = True
    shown &= today.present
    return shown, shown & ~(today.known & (before_known | ~had))
