"""The path of value from yesterday's close to today's, for a strip of positions by days.

Every level is a worth in whole cents; every component a difference of two neighbouring levels, or cash.
"""

from dataclasses import dataclass, replace

import numpy as np

from bolib.valuation.cells import Cells
from bolib.valuation.exact import multiply_divide
from bolib.valuation.marks import Marks

COMPONENTS = ("price_effect", "carry", "fx", "new", "fees", "taxes", "dividend", "corporate_action")


@dataclass
class Steps:
    """Arrays of positions by days: quantities in millionths, components in cents."""

    q0: np.ndarray  # yesterday's close, in the units of the day
    q1: np.ndarray
    parts: dict[str, np.ndarray]  # by component
    shown: np.ndarray  # where there is a position or a flow
    unknown: np.ndarray  # where a missing price or rate leaves no result


@dataclass
class _Quantities:
    """Millionths of a quantity, as written in the units of the day."""

    held: np.ndarray  # yesterday's close, still in yesterday's units
    q0: np.ndarray
    traded: np.ndarray  # after the day's flows
    redeemed: np.ndarray  # of these
    q1: np.ndarray


def steps(group: np.ndarray, cells: Cells, marks: Marks) -> Steps:
    """Return what happened to positions, given the group of each and their cells."""
    rows = group[:1] if group[0] == group[-1] else group
    today, before = marks.at(rows, slice(None)), marks.yesterday.at(rows, slice(None))
    quantities = _quantities(len(group), cells, today)
    flows = cells.from_first_day()
    at, close = (flows.position, flows.day), marks.at(group[flows.position], flows.day)

    held = today.worth(quantities.q0, today.price + today.accrued)
    final = held.copy()
    final[at] = close.worth(quantities.traded[at], close.price + close.accrued)
    parts = _income(quantities, today)
    _trade(parts, quantities, flows, close, final[at] - held[at])
    _redeem(parts, quantities, today, final)
    _hold(parts, quantities, today, before, held, _opening(final, held, today))

    had = (quantities.held | quantities.q0) != 0
    shown = had | (quantities.q1 != 0)
    shown[at] = True
    shown &= today.present
    unknown = shown & ~(today.known & (before.known | ~had))
    return Steps(quantities.q0, quantities.q1, parts, shown, unknown)


def _quantities(positions: int, cells: Cells, marks: Marks) -> _Quantities:
    """Return the quantities of each day, rolled from the flows in common units, where a split is no event."""
    close = np.zeros((positions, marks.present.shape[1] + 1), np.int64)
    close[cells.position, cells.day + 1] = cells.units
    np.cumsum(close, axis=1, out=close)
    redeemed = _redeemed(close, marks.redemption > 0)
    before = written(close[:, :-1], marks.factor_before)
    unsplit = (marks.factor == marks.factor_before).all()
    q0 = before if unsplit else written(close[:, :-1], marks.factor)
    q1 = written(close[:, 1:], marks.factor)
    if not redeemed.any():
        return _Quantities(before, q0, q1, redeemed, q1)
    return _Quantities(before, q0, written(close[:, 1:] + redeemed, marks.factor), written(redeemed, marks.factor), q1)


def written(units: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Return common units as millionths of a quantity."""
    return units if (factor == 1).all() else multiply_divide([units], [factor])


def _redeemed(close: np.ndarray, redeems: np.ndarray) -> np.ndarray:
    """Return the units that redemptions end, and take them off `close` from their day on."""
    redeemed = np.zeros_like(close[:, 1:])
    for day in np.flatnonzero(redeems.any(axis=0)):
        redeemed[:, day] = np.where(redeems[:, day], close[:, day + 1], 0)
        close[:, day + 1 :] -= redeemed[:, day, None]
    return redeemed


def _opening(final: np.ndarray, held: np.ndarray, today: Marks) -> np.ndarray:
    """Return yesterday's closing level; on the first day, which knows no yesterday, that of the day itself."""
    opening = np.empty_like(final)
    opening[:, 1:] = final[:, :-1]
    first = np.broadcast_to(today.first, len(final))
    each = np.arange(len(final))
    opening[each, first] = held[each, first]
    return opening


def _income(quantities: _Quantities, today: Marks) -> dict[str, np.ndarray]:
    """Return the components with what each unit of yesterday's close was paid, the rest being zero."""
    parts = {name: np.zeros_like(quantities.q0) for name in COMPONENTS}
    paid = {"dividend": (quantities.held, today.dividend), "carry": (quantities.held, today.coupon)}
    paid["corporate_action"] = (quantities.held, today.capital)
    for name, (quantity, cash) in paid.items():
        if cash.any():
            parts[name] += today.worth(quantity, cash)
    return parts


def _trade(parts: dict, quantities: _Quantities, flows: Cells, close: Marks, step: np.ndarray) -> None:
    """Add what the flows of each day were worth more at its close than was paid, `step` being their worth."""
    at = flows.position, flows.day
    clean = step
    if close.accrued.any():
        clean = close.worth(quantities.traded[at], close.price) - close.worth(quantities.q0[at], close.price)
    parts["new"][at] += clean + flows.gross
    parts["carry"][at] += step - clean + flows.accrued
    parts["fees"][at] += flows.fees
    parts["taxes"][at] += flows.taxes


def _redeem(parts: dict, quantities: _Quantities, today: Marks, final: np.ndarray) -> None:
    """Add redemption cash less what is given up for it, whose level in `final` falls to nothing."""
    gone = quantities.redeemed != 0
    if gone.any():
        cash = today.worth(quantities.redeemed, today.redemption)
        parts["corporate_action"] += np.where(gone, cash - final, 0)
        final[gone] = 0


def _opening(final: np.ndarray, held: np.ndarray, today: Marks) -> np.ndarray:
    """Return yesterday's closing level; on the first day, which knows no yesterday, that of the day itself."""
    opening = np.empty_like(final)
    opening[:, 1:] = final[:, :-1]
    each, first = np.arange(len(final)), np.broadcast_to(today.first, len(final))
    opening[each, first] = held[each, first]
    return opening


def _hold(
    parts: dict, quantities: _Quantities, today: Marks, before: Marks, held: np.ndarray, opening: np.ndarray
) -> None:
    """Add what yesterday's quantity earned: by the price, by accrued interest, by the rate; `held` is the end."""
    at_old_rate, after_carry = today, held
    if (today.rate != before.rate).any() or (today.book_rate != before.book_rate).any():
        at_old_rate = replace(today, rate=before.rate, book_rate=before.book_rate)
        after_carry = at_old_rate.worth(quantities.q0, today.price + today.accrued)
    after_price = after_carry
    if today.accrued.any() or before.accrued.any():
        price = today.price * today.new + before.accrued * today.old
        after_price = at_old_rate.worth(quantities.q0, price, per=today.new)
    parts["price_effect"] += after_price - opening
    parts["carry"] += after_carry - after_price
    parts["fx"] += held - after_carry
