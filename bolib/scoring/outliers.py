"""Kernel: amounts far from those of their kind, by a spread that a few odd amounts cannot widen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from bolib.valuation import AMOUNT, integers

LEAST = 8
"""Earlier amounts below which a group has no habits: the wider one is asked, or nobody."""

STRENGTH = 5
"""Amounts the spread of a typical group counts for, beside those of the group itself."""

NORMAL = 1.4826
"""Median distance from the median to the standard deviation, where nothing is odd."""

OUTLIERS = pa.schema(
    [
        *((name, pa.string()) for name in ("block", "key")),
        ("day", pa.date32()),
        ("score", pa.decimal128(18, 2)),
        ("kind", pa.string()),
        ("amount", AMOUNT),
        ("usual", AMOUNT),
        ("low", AMOUNT),
        ("high", AMOUNT),
        ("known", pa.int64()),
    ]
)


@dataclass(frozen=True)
class Habit:
    """What is usual in a group: the middle and the spread of its sizes, and of how many."""

    middle: float
    spread: float
    count: int


@dataclass(frozen=True)
class Measure:
    """How amounts are compared, and from how many spreads on they are told."""

    threshold: float
    relative: bool
    floor: float

    def sizes(self, cents: np.ndarray) -> np.ndarray:
        """Return amounts as they are compared."""
        return np.log(np.maximum(np.abs(cents), 1)) if self.relative else cents.astype(np.float64)

    def money(self, size: float) -> Decimal:
        """Return the amount of a size."""
        return Decimal(int(np.round(np.exp(size) if self.relative else size))).scaleb(-2)


def outliers(threshold: float, relative: bool, floor: float) -> Callable[[pa.Table], pa.Table]:
    """Return the kernel that gives the judged rows `threshold` spreads or more from the middle of their group.

    Rows: block, key, day, judged, kind, wider, amount. A row is compared with the amounts of its kind on
    earlier days, or of its wider kind where they are fewer than 8; where those too are fewer, it is not judged.
    `relative` compares how many times larger an amount is (logarithms of its size), else by how much
    it differs, as for what was seen minus what was expected.

    z = (x - median) / sqrt((n s^2 + 5 D^2) / (n + 5)), s = 1.4826 times the median distance from the median,
    D the median s of the groups of the block that have one; the root is never less than `floor` (a logarithm,
    or money in hundredths). `low` and `high` are what would not have been told.
    """

    return partial(_judged, Measure(threshold, relative, floor))


def _judged(measure: Measure, rows: pa.Table) -> pa.Table:
    rows = rows.filter(pc.is_valid(rows["amount"])).sort_by([("day", "ascending"), ("key", "ascending")])
    found = []
    for block in sorted(pc.unique(rows["block"]).to_pylist()):
        mine = rows.filter(pc.field("block") == block)
        sizes = measure.sizes(integers(mine["amount"]))
        for day in sorted(pc.unique(mine.filter(pc.field("judged"))["day"]).to_pylist()):
            found += _evening(measure, mine, sizes, day)
    return pa.Table.from_pylist(found, schema=OUTLIERS)


def _evening(measure: Measure, rows: pa.Table, sizes: np.ndarray, day: date) -> list[dict]:
    """Return what is told of the rows of a day, by what was known before it."""
    days = rows["day"].to_numpy()
    names = [rows[kind].to_numpy(zero_copy_only=False) for kind in ("kind", "wider")]
    habits = [_habits(groups, sizes, days < np.datetime64(day), measure.floor) for groups in names]
    told = []
    for place in np.flatnonzero((days == np.datetime64(day)) & rows["judged"].to_numpy()).tolist():
        both = zip(names, habits, strict=True)
        known = [(groups[place], usual[groups[place]]) for groups, usual in both if groups[place] in usual]
        if known:
            group, habit = known[0]
            score = int(np.round((sizes[place] - habit.middle) / habit.spread * 100))
            if abs(score) >= round(measure.threshold * 100):
                told.append(_told(measure, rows.slice(place, 1).to_pylist()[0], group, habit, score))
    return told


def _told(measure: Measure, row: dict, group: str, habit: Habit, score: int) -> dict:
    reach = measure.threshold * habit.spread
    usual, low, high = (measure.money(end) for end in (habit.middle, habit.middle - reach, habit.middle + reach))
    return {
        **{name: row[name] for name in ("block", "key", "day", "amount")},
        "score": Decimal(score).scaleb(-2),
        "kind": group,
        "usual": usual,
        "low": low,
        "high": high,
        "known": habit.count,
    }


def _habits(groups: np.ndarray, sizes: np.ndarray, before: np.ndarray, floor: float) -> dict[str, Habit]:
    """Return what was usual in each group of at least 8 earlier amounts, its spread shrunk to the typical one."""
    middles, spreads, counts = {}, {}, {}
    for group, known in _by_group(groups[before], sizes[before]):
        if len(known) >= LEAST:
            middles[group] = float(np.median(known))
            spreads[group] = float(np.median(np.abs(known - middles[group]))) * NORMAL
            counts[group] = len(known)
    typical = float(np.median(list(spreads.values()))) if spreads else 0.0
    return {
        group: Habit(middles[group], max(floor, _shrunk(spreads[group], counts[group], typical)), counts[group])
        for group in middles
    }


def _shrunk(spread: float, count: int, typical: float) -> float:
    return float(np.sqrt((count * spread**2 + STRENGTH * typical**2) / (count + STRENGTH)))


def _by_group(groups: np.ndarray, sizes: np.ndarray) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each named group, in the order of the names, with its sizes."""
    named = np.array([group is not None for group in groups], dtype=bool)
    groups, sizes = groups[named], sizes[named]
    order = np.argsort(groups, kind="stable")
    groups, sizes = groups[order], sizes[order]
    starts = np.flatnonzero(np.r_[True, groups[1:] != groups[:-1]]) if len(groups) else np.zeros(0, dtype=np.int64)
    for start, known in zip(starts, np.split(sizes, starts[1:]), strict=len(starts) > 0):
        yield groups[start], known
