"""Kernel: on which evenings a position in a share passed a threshold of the company's capital."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa

from bolib.valuation.exact import integers, multiply_divide
from bolib.valuation.keys import combined, ranks, running, starts

SCHEMA = pa.schema([
    ("regime", pa.string()), ("isin", pa.string()), ("event_on", pa.date32()), ("told", pa.string()),
])  # fmt: skip


@dataclass(frozen=True)
class Thresholds:
    """Thresholds as shares of the capital, by first day of validity, the oldest first.

    short: (first day, first threshold, step above it); holding: (first day, thresholds ascending).
    """

    short: tuple[tuple[date, Fraction, Fraction], ...]
    holding: tuple[tuple[date, tuple[Fraction, ...]], ...]

    def lowest(self) -> float:
        """Return a share below which no position can pass a threshold."""
        every = [first for _, first, _ in self.short] + [levels[0] for _, levels in self.holding]
        return 0.999 * float(min(every))


@dataclass(frozen=True)
class Evening:
    """A share on an evening: the units held (short negative), those of the evening before, and the capital."""

    isin: str
    day: date
    before: int
    after: int
    capital: int

    def percent(self, held: int) -> str:
        """Return a holding in percent of the capital, cut after four decimals."""
        return f"{(Decimal(100 * abs(held)) / self.capital).quantize(Decimal('0.0001'), ROUND_DOWN):f} %"


def crossings(moves: pa.Table, splits: pa.Table, thresholds: Thresholds) -> pa.Table:
    """Return each evening on which a position passed a threshold: regime, isin, event_on, told.

    moves: isin, day, quantity (bought positive), capital (units in issue today), short_scope and holding_scope
    (whether the share is in scope of SHORT and of HOLDING); splits: isin, ex_date, ratio_new, ratio_old. Quantities
    dealt before a split are taken in today's units, as the capital is. Several thresholds passed at once are one row.
    """
    found = []
    for evening, short_scope, holding_scope in _evenings(moves, splits, thresholds.lowest()):
        told = {"SHORT": short_scope and _short(evening, thresholds.short)}
        told["HOLDING"] = holding_scope and _holding(evening, thresholds.holding)
        found += [(regime, evening.isin, evening.day, words) for regime, words in told.items() if words]
    return pa.table([list(column) for column in zip(*found, strict=True)] or [[]] * len(SCHEMA), schema=SCHEMA)


def _evenings(moves: pa.Table, splits: pa.Table, lowest: float) -> Iterator[tuple[Evening, bool, bool]]:
    """Yield the evenings on which, or before which, a holding reached the lowest share of the capital."""
    if not moves.num_rows:
        return
    (share,), isins = ranks(moves["isin"])
    day = moves["day"].cast(pa.int32()).to_numpy().astype(np.int64)
    number, of_share, of_day = combined(share, day)
    order = np.argsort(number, kind="stable")
    first = starts(number[order])
    after = running(np.add.reduceat(_in_todays_units(moves, splits)[order], first), of_share)
    before = np.where(np.append(True, of_share[1:] != of_share[:-1]), 0, np.append(0, after[:-1]))
    row = order[first]
    capital = integers(moves["capital"])[row]
    wanted = np.flatnonzero(np.maximum(np.abs(before), np.abs(after)) >= lowest * capital)
    scopes = [moves[name].to_numpy()[row] for name in ("short_scope", "holding_scope")]
    for place in wanted.tolist():
        when = np.datetime64(int(of_day[place]), "D").item()
        held = (int(before[place]), int(after[place]), int(capital[place]))
        yield Evening(isins[int(of_share[place])].as_py(), when, *held), *(bool(scope[place]) for scope in scopes)


def _in_todays_units(moves: pa.Table, splits: pa.Table) -> np.ndarray:
    """Return the quantities in millionths of a unit of today: those before a split are multiplied by its ratio."""
    units, day = integers(moves["quantity"]), moves["day"].to_numpy()
    isin = moves["isin"].to_numpy(zero_copy_only=False)
    for split in splits.sort_by("ex_date").to_pylist():
        rows = np.flatnonzero((isin == split["isin"]) & (day < np.datetime64(split["ex_date"])))
        ratio = [int(split[name].scaleb(6)) for name in ("ratio_new", "ratio_old")]
        units[rows] = multiply_divide([units[rows], ratio[0]], [ratio[1]])
    return units


def _in_force(versions: Sequence[tuple], day: date) -> tuple | None:
    """Return what a version says after its first day; None before the first."""
    return next((version[1:] for version in reversed(versions) if version[0] <= day), None)


def _short(evening: Evening, versions: Sequence[tuple[date, Fraction, Fraction]]) -> str:
    version = _in_force(versions, evening.day)
    if version is None:
        return ""
    before, after = (_level(-held, evening.capital, *version) for held in (evening.before, evening.after))
    if before == after:
        return ""
    short, earlier = (evening.percent(min(held, 0)) for held in (evening.after, evening.before))
    side, level = ("above", after) if after > before else ("below", before)
    return f"net short position of {short} of the capital, {earlier} the evening before: {side} {_said(level)}"


def _level(held: int, capital: int, first: Fraction, step: Fraction) -> Fraction:
    """Return the highest threshold a short position has reached, 0 below the first; thresholds are steps from it."""
    share = Fraction(held, capital)
    return first + (share - first) // step * step if share >= first else Fraction(0)


def _holding(evening: Evening, versions: Sequence[tuple[date, tuple[Fraction, ...]]]) -> str:
    version = _in_force(versions, evening.day)
    before, after = (Fraction(held, evening.capital) for held in (evening.before, evening.after))
    passed = [level for level in (version[0] if version else ()) if (before >= level) != (after >= level)]
    if not passed:
        return ""
    now, earlier = (evening.percent(max(held, 0)) for held in (evening.after, evening.before))
    side, levels = "upwards" if after > before else "downwards", " and ".join(map(_said, passed))
    return f"{now} of the capital, {earlier} the evening before: {levels} passed {side}"


def _said(level: Fraction) -> str:
    """Return a share as a percentage: 0.1 %, 33 1/3 %."""
    whole, rest = divmod(level * 100, 1)
    if (rest * 10**6).denominator == 1:
        return f"{Decimal(int(level * 10**8)).scaleb(-6).normalize():f} %"
    return f"{whole} {rest} %"
