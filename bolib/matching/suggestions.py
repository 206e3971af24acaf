"""What may belong together and is not sure: open rows of both sides, each pair with a score and its reason.

Pairs are ranked by their own score, not by an assignment of all rows at once. An assignment gives a row its second best
so that the total is higher, its ties follow the order of the rows, and a row that comes or goes changes what is said of
others; a person decides pair by pair, and wants the likeliest of each row, the same again tomorrow.
"""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from bolib.matching.passes import FEW, Settings
from bolib.matching.rows import NONE, Side, joined, pairs

SAME_REFERENCE, SAME_AMOUNT, SAME_PARTY, SAME_DATE = 40, 40, 10, 10
BEST = 3
"""Suggestions kept for a row of either side."""


@dataclass(frozen=True)
class Suggestion:
    """A pair that may be one thing; `score` of 100, and in words why."""

    left: int
    right: int
    score: int
    reason: str


def suggested(left: Side, right: Side, settings: Settings) -> list[Suggestion]:
    """Return the best pairs among open rows that share an amount or a reference, dates twice as far apart allowed."""
    found: dict[tuple[int, int], Suggestion] = {}
    for name in ("reference", "amount"):
        for ours, theirs in zip(*_near(left, right, name, settings), strict=True):
            pair = int(ours), int(theirs)
            found[pair] = _scored(left, right, *pair)
    ranked = sorted(found.values(), key=lambda one: (-one.score, left.order[one.left], right.order[one.right]))
    kept, ours, theirs = [], Counter(), Counter()
    for one in ranked:
        ours[one.left] += 1
        theirs[one.right] += 1
        if min(ours[one.left], theirs[one.right]) <= BEST:
            kept.append(one)
    return kept


def _near(left: Side, right: Side, name: str, settings: Settings) -> tuple[np.ndarray, np.ndarray]:
    ours, theirs = left.open, right.open
    if name != "amount":
        ours, theirs = ours[getattr(left, name)[ours] != NONE], theirs[getattr(right, name)[theirs] != NONE]
    columns = [np.concatenate([getattr(left, part)[ours], getattr(right, part)[theirs]]) for part in ("block", name)]
    codes = joined(*columns)
    few = np.bincount(codes, minlength=codes.max(initial=-1) + 1) <= FEW
    mine, other = codes[: len(ours)], codes[len(ours) :]
    ours, theirs, mine, other = ours[few[mine]], theirs[few[other]], mine[few[mine]], other[few[other]]
    a, b = pairs(mine, other)
    gap = right.date[theirs[b]] - left.date[ours[a]]
    close = (2 * settings.earliest <= gap) & (gap <= 2 * settings.latest)
    return ours[a][close], theirs[b][close]


def _scored(left: Side, right: Side, ours: int, theirs: int) -> Suggestion:
    gap, days = int(right.amount[theirs] - left.amount[ours]), int(right.date[theirs] - left.date[ours])
    same = {
        "reference": left.reference[ours] != NONE and left.reference[ours] == right.reference[theirs],
        "party": left.party[ours] != NONE and left.party[ours] == right.party[theirs],
    }
    score = SAME_REFERENCE * same["reference"] + SAME_AMOUNT * (gap == 0) + SAME_PARTY * same["party"]
    score += max(SAME_DATE - abs(days), 0)
    said = [f"same {name}" for name, is_same in same.items() if is_same]
    said.append("same amount" if gap == 0 else f"amounts {Decimal(gap).scaleb(-2):+,.2f} apart")
    said.append("same day" if days == 0 else f"{abs(days)} days {'later' if days > 0 else 'earlier'}")
    return Suggestion(ours, theirs, int(score), ", ".join(said))
