"""The passes, the surest first. Each takes what is undisputed on both sides at once, so that order never decides."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from bolib.matching.rows import NONE, Side, joined, pairs, undisputed

FEW = 64
"""Rows of one group looked at pair by pair; where more share a reference or an amount, nothing about them is sure."""


class Tolerance(NamedTuple):
    """A difference accepted for a reason: theirs minus ours, from lowest to highest, in minor units.

    Of every currency, or of one; the one that names a currency stands there instead of the others of its reason.
    """

    reason: str
    lowest: int
    highest: int
    currency: str | None = None


@dataclass(frozen=True)
class Settings:
    """What may differ: days between the dates (theirs minus ours), and amounts with the reason that explains them.

    A difference that two tolerances explain is explained by none. `alone_days`: two rows are the same by amount alone
    only where neither side has another row of that amount within so many days.
    """

    earliest: int = -2
    latest: int = 5
    tolerances: tuple[Tolerance, ...] = ()
    alone_days: int = 10


@dataclass(frozen=True)
class Group:
    """Rows found to be the same thing: places on both sides, the pass, what is left over and why."""

    name: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    residual: int = 0
    reason: str | None = None
    sure: bool = True


def by_reference_and_date(left: Side, right: Side, settings: Settings) -> list[Group]:
    """Return pairs of one reference, amount and date.

    Rows that have all three in common are twins: nothing tells one from another, so they are paired in the order of
    their keys, and those in excess on one side stay open.
    """
    ours, theirs = left.open[left.reference[left.open] != NONE], right.open[right.reference[right.open] != NONE]
    codes = joined(*(
        np.concatenate([getattr(left, name)[ours], getattr(right, name)[theirs]])
        for name in ("block", "reference", "amount", "date")
    ))  # fmt: skip
    mine = _ranked(codes[: len(ours)], left.order[ours])
    other = _ranked(codes[len(ours) :], right.order[theirs])
    twins = joined(*(np.concatenate(both) for both in zip(mine, other, strict=True)))
    a, b = pairs(twins[: len(ours)], twins[len(ours) :])
    return [Group("REFERENCE", (x,), (y,)) for x, y in zip(ours[a].tolist(), theirs[b].tolist(), strict=True)]


def _ranked(codes: np.ndarray, order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the codes and, for each row, its rank by key among the rows of its code."""
    places = np.lexsort((order, codes))
    starts = np.flatnonzero(np.diff(codes[places], prepend=-1))
    ranks = np.empty(len(codes), np.int64)
    ranks[places] = np.arange(len(codes)) - np.repeat(starts, np.diff(starts, append=len(codes)))
    return codes, ranks


def by_reference(left: Side, right: Side, settings: Settings) -> list[Group]:
    """Return pairs of one reference and amount, whose dates are close."""
    found = _candidates(left, right, "reference", "amount")
    return _pairs("REFERENCE_DATES", left, right, *_within(left, right, *found, (settings.earliest, settings.latest)))


def by_reference_with_difference(left: Side, right: Side, settings: Settings) -> list[Group]:
    """Return pairs of one reference whose amounts differ by what one named reason explains."""
    if not settings.tolerances:
        return []
    found = _within(left, right, *_candidates(left, right, "reference"), (settings.earliest, settings.latest))
    gaps = right.amount[found[1]] - left.amount[found[0]]
    explained = _explained(gaps, left.currency[found[0]], settings.tolerances)
    kept = (gaps != 0) & (explained.sum(axis=0) == 1)
    return [
        Group("REFERENCE_AMOUNT", (ours,), (theirs,), gap, settings.tolerances[int(np.argmax(why))].reason)
        for ours, theirs, gap, why in _sure(left, right, found, kept, gaps, explained.T)
    ]


def _explained(gaps: np.ndarray, currencies: np.ndarray, tolerances: tuple[Tolerance, ...]) -> np.ndarray:
    """Return, one row a tolerance, which gaps it explains."""
    found = np.empty((len(tolerances), len(gaps)), bool)
    for place, one in enumerate(tolerances):
        own = [one.currency] if one.currency else [it.currency for it in tolerances if it.reason == one.reason]
        named = np.isin(currencies, [currency for currency in own if currency])
        found[place] = (named == bool(one.currency)) & (one.lowest <= gaps) & (gaps <= one.highest)
    return found


def _sure(left: Side, right: Side, found: tuple, kept: np.ndarray, gaps: np.ndarray, why: np.ndarray) -> list[tuple]:
    ours, theirs = found[0][kept], found[1][kept]
    sure = undisputed(ours, theirs, (len(left.amount), len(right.amount)))
    columns = (ours[sure].tolist(), theirs[sure].tolist(), gaps[kept][sure].tolist(), why[kept][sure])
    return list(zip(*columns, strict=True))


def by_amount(left: Side, right: Side, settings: Settings) -> list[Group]:
    """Return pairs of one amount and close dates that no reference contradicts, where no other row has the amount."""
    alone = _alone(left, settings.alone_days), _alone(right, settings.alone_days)
    found = _within(left, right, *_candidates(left, right, "amount"), (settings.earliest, settings.latest))
    ours, theirs = found
    both_named = (left.reference[ours] != NONE) & (right.reference[theirs] != NONE)
    other_party = (left.party[ours] != right.party[theirs]) & (left.party[ours] != NONE) & (right.party[theirs] != NONE)
    kept = ~both_named & ~other_party & alone[0][ours] & alone[1][theirs]
    return _pairs("AMOUNT", left, right, ours[kept], theirs[kept])


def _alone(side: Side, days: int) -> np.ndarray:
    """Return which rows have no other of their block and amount within so many days, matched ones included."""
    codes = joined(side.block, side.amount)
    order = np.lexsort((side.date, codes))
    near = (np.diff(codes[order]) == 0) & (np.diff(side.date[order]) <= days)
    crowded = np.zeros(len(order), bool)
    crowded[order[1:]] |= near
    crowded[order[:-1]] |= near
    return ~crowded


def by_batch(left: Side, right: Side, settings: Settings) -> list[Group]:
    """Return the rows of one batch on both sides whose sums are equal: one payment against its parts, or many."""
    ours, theirs = left.open[left.batch[left.open] != NONE], right.open[right.batch[right.open] != NONE]
    codes = joined(
        np.concatenate([left.block[ours], right.block[theirs]]), np.concatenate([left.batch[ours], right.batch[theirs]])
    )
    size = codes.max(initial=-1) + 1
    mine, other = codes[: len(ours)], codes[len(ours) :]
    sums = _sums(mine, left.amount[ours], size), _sums(other, right.amount[theirs], size)
    counts = np.bincount(mine, minlength=size), np.bincount(other, minlength=size)
    equal = (counts[0] > 0) & (counts[1] > 0) & (sums[0] == sums[1])
    groups = zip(_grouped(ours, mine, equal), _grouped(theirs, other, equal), strict=True)
    return [
        Group("BATCH", tuple(sorted(a.tolist())), tuple(sorted(b.tolist())))
        for a, b in groups
        if _close(left.date[a], right.date[b], settings)
    ]


def _grouped(rows: np.ndarray, codes: np.ndarray, wanted: np.ndarray) -> list[np.ndarray]:
    """Return the rows of each wanted code, in the order of the codes."""
    kept = wanted[codes]
    order = np.argsort(codes[kept], kind="stable")
    _, starts = np.unique(codes[kept][order], return_index=True)
    return np.split(rows[kept][order], starts[1:]) if len(order) else []


def _sums(codes: np.ndarray, amounts: np.ndarray, size: int) -> np.ndarray:
    sums = np.zeros(size, np.int64)
    np.add.at(sums, codes, amounts)
    return sums


def _close(ours: np.ndarray, theirs: np.ndarray, settings: Settings) -> bool:
    return theirs.min() - ours.max() >= settings.earliest and theirs.max() - ours.min() <= settings.latest


def reversals(side: Side) -> list[tuple[int, int]]:
    """Return pairs of one side that undo each other: one reference and date, opposite amounts."""
    rows = side.open[side.reference[side.open] != NONE]
    codes = joined(side.block[rows], side.reference[rows], np.abs(side.amount[rows]), side.date[rows])
    plus, minus = np.flatnonzero(side.amount[rows] > 0), np.flatnonzero(side.amount[rows] < 0)
    ours, theirs = pairs(codes[plus], codes[minus])
    sure = undisputed(ours, theirs, (len(plus), len(minus)))
    return list(zip(rows[plus[ours[sure]]].tolist(), rows[minus[theirs[sure]]].tolist(), strict=True))


def _candidates(left: Side, right: Side, *names: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the places of open rows of one block that agree on all the named columns, and have them."""
    ours, theirs = left.open, right.open
    for name in names:
        if name != "amount":
            ours, theirs = ours[getattr(left, name)[ours] != NONE], theirs[getattr(right, name)[theirs] != NONE]
    columns = [np.concatenate([getattr(left, name)[ours], getattr(right, name)[theirs]]) for name in ("block", *names)]
    codes = joined(*columns)
    crowd = np.bincount(codes, minlength=codes.max(initial=-1) + 1) > 2 * FEW
    mine, other = codes[: len(ours)], codes[len(ours) :]
    ours, theirs, mine, other = ours[~crowd[mine]], theirs[~crowd[other]], mine[~crowd[mine]], other[~crowd[other]]
    a, b = pairs(mine, other)
    return ours[a], theirs[b]


def _within(left: Side, right: Side, ours: np.ndarray, theirs: np.ndarray, days: tuple[int, int]) -> tuple:
    gap = right.date[theirs] - left.date[ours]
    kept = (days[0] <= gap) & (gap <= days[1])
    return ours[kept], theirs[kept]


def _pairs(name: str, left: Side, right: Side, ours: np.ndarray, theirs: np.ndarray) -> list[Group]:
    sure = undisputed(ours, theirs, (len(left.amount), len(right.amount)))
    return [Group(name, (a,), (b,)) for a, b in zip(ours[sure].tolist(), theirs[sure].tolist(), strict=True)]
