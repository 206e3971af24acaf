"""One row against several of the other side: which of them sum to it, in exact minor units, and only they."""

from collections import Counter

import numpy as np

from bolib.matching.passes import Group, Settings
from bolib.matching.rows import NONE, Side

LEGS = 12
"""Candidates among which a sum is sought; with more of them, chance finds sums that mean nothing."""

ALL = np.array([[mask >> leg & 1 for leg in range(LEGS)] for mask in range(1 << LEGS)], np.int64)
"""Every choice among the candidates, one row each."""


def by_sum(left: Side, right: Side, settings: Settings) -> list[Group]:
    """Return the rows that are the sum of several of the other side in one way only, and are in no other such sum.

    Where a party is known and the same for all, that is sure; otherwise it is suggested.
    """
    found = [Group("SUM", (one,), legs, sure=sure) for one, legs, sure in _sums_of(left, right, settings, 1)]
    found += [Group("SUM", legs, (one,), sure=sure) for one, legs, sure in _sums_of(right, left, settings, -1)]
    used = Counter(member for group in found for member in _members(group))
    return [group for group in found if all(used[member] == 1 for member in _members(group))]


def _members(group: Group) -> list[tuple[str, int]]:
    return [("LEFT", row) for row in group.left] + [("RIGHT", row) for row in group.right]


def _sums_of(one: Side, many: Side, settings: Settings, direction: int) -> list[tuple[int, tuple[int, ...], bool]]:
    """Return (row, legs, sure) for each open row of `one` that open rows of `many` make up in a single way."""
    found = []
    days = (settings.earliest, settings.latest) if direction > 0 else (-settings.latest, -settings.earliest)
    by_block = _blocks(many)
    for row in one.open.tolist():
        legs = by_block.get(int(one.block[row]), np.empty(0, np.int64))
        gap = many.date[legs] - one.date[row]
        legs = legs[(days[0] <= gap) & (gap <= days[1]) & (np.sign(many.amount[legs]) == np.sign(one.amount[row]))]
        legs = legs[np.abs(many.amount[legs]) < abs(one.amount[row])]
        legs = legs[(many.party[legs] == one.party[row]) | (many.party[legs] == NONE) | (one.party[row] == NONE)]
        chosen = only_sum(many.amount[legs], int(one.amount[row]))
        if chosen is not None:
            rows = legs[chosen]
            sure = one.party[row] != NONE and bool((many.party[rows] == one.party[row]).all())
            found.append((row, tuple(sorted(rows.tolist())), sure))
    return found


def _blocks(side: Side) -> dict[int, np.ndarray]:
    rows = side.open[np.argsort(side.block[side.open], kind="stable")]
    if not len(rows):
        return {}
    blocks, starts = np.unique(side.block[rows], return_index=True)
    return dict(zip(blocks.tolist(), np.split(rows, starts[1:]), strict=True))


def only_sum(amounts: np.ndarray, total: int) -> np.ndarray | None:
    """Return which of the amounts make up the total, where exactly one choice of two or more does.

    >>> only_sum(np.array([500, 300, 200]), 700)
    array([0, 2])
    >>> only_sum(np.array([500, 200, 300, 400]), 700) is None  # 500 + 200, and 300 + 400
    True
    """
    if not 2 <= len(amounts) <= LEGS:
        return None
    choices = ALL[: 1 << len(amounts), : len(amounts)]
    hits = np.flatnonzero((choices @ amounts == total) & (choices.sum(axis=1) > 1))
    return np.flatnonzero(choices[hits[0]]) if len(hits) == 1 else None
