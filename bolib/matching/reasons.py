"""Why two lines of one reference are not the same amount: a fee, a rate, a cent, a part; each with its numbers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from bolib.matching.lines import Line, money

BASIS = 10_000
KNOWN_FOR = 5
"""Days for which a rate of the day before still stands."""


@dataclass(frozen=True)
class Grounds:
    """What may explain a difference. Amounts in minor units.

    `tariffs` are (words, currency, amount) a bank may take; `fees` (words, currency, minimum, basis points, from, to)
    of the grid; `rates` (day, currency) → units for one euro. `fx_band` is how far, in basis points, a rate may be
    from the day's; `part` the percents of an amount between which another is a part of it.
    """

    earliest: int
    latest: int
    tariffs: tuple[tuple[str, str, int], ...] = ()
    fees: tuple[tuple[str, str, int, Fraction, date, date | None], ...] = ()
    rates: dict[tuple[date, str], Fraction] = field(default_factory=dict)
    fx_band: int = 20
    part: tuple[int, int] = (5, 90)

    def near(self, line: Line, other: Line) -> bool:
        """Return whether two lines of opposite sides are as close as a suggestion allows: twice the days of a match."""
        days = (other.day - line.day) * (1 if line.side == "LEFT" else -1)
        return 2 * self.earliest <= days <= 2 * self.latest

    def rate(self, currency: str, day: date) -> Fraction | None:
        """Return units of a currency for one euro, as known last before the end of the day."""
        if currency == "EUR":
            return Fraction(1)
        days = (day - timedelta(back) for back in range(KNOWN_FOR))
        return next((self.rates[one, currency] for one in days if (one, currency) in self.rates), None)


def explained(line: Line, other: Line, grounds: Grounds) -> Iterator[tuple[str, str]]:
    """Yield (class, words) of every reason that tells a line from one of the same reference on the other side."""
    ours, theirs = (line, other) if line.side == "LEFT" else (other, line)
    gap = theirs.amount - ours.amount
    if gap == 0:
        days = theirs.day - ours.day
        yield "TIMING", f"{other.key} is the same, {abs(days)} days {'later' if days > 0 else 'earlier'} on their side"
        return
    yield from _fee(ours, gap, grounds)
    yield from _fx(ours, theirs, grounds)
    if abs(gap) == 1:
        yield "ROUNDING", f"{other.key} is a cent away"
    if ours.amount == -theirs.amount:
        yield "SIGN", f"{other.key} is the same amount with the other sign"
        return
    yield from _part(ours, theirs, grounds)
    if not grounds.near(line, other):
        yield "MULTI", f"{other.key} has this reference, another amount ({money(gap)} apart) and a date too far"
    said = f"{other.key} has this reference and {money(other.amount)}: {money(gap)} apart"
    yield "AMOUNT", said + _swapped(ours, theirs)


def _fee(ours: Line, gap: int, grounds: Grounds) -> Iterator[tuple[str, str]]:
    """A fee lowers what is received and raises what is paid: theirs is less than ours by it."""
    for words, currency, amount in grounds.tariffs:
        if (currency, -amount) == (ours.currency, gap):
            yield "FEE", f"the difference of {money(gap)} is the tariff {words}"
            return
    for words, currency, minimum, points, first, last in grounds.fees:
        valid = first <= ours.date and (last is None or ours.date <= last)
        fee = max(minimum, round(abs(ours.amount) * points / BASIS))
        if valid and (currency, -fee) == (ours.currency, gap):
            yield "FEE", f"the difference of {money(gap)} is the fee of {words} on {money(ours.amount)}"
            return


def _fx(ours: Line, theirs: Line, grounds: Grounds) -> Iterator[tuple[str, str]]:
    """One side is the other times the rate of the day between two currencies, within the band."""
    own = grounds.rate(ours.currency, ours.date)
    if own is None or ours.amount * theirs.amount <= 0:
        return
    for currency in sorted(({name for _, name in grounds.rates} | {"EUR"}) - {ours.currency}):
        rate = grounds.rate(currency, ours.date)
        for factor in () if rate is None or rate == own else (rate / own, own / rate):
            if abs(theirs.amount - ours.amount * factor) * BASIS <= abs(ours.amount) * factor * grounds.fx_band:
                ratio = f"{float(Fraction(theirs.amount, ours.amount)):.4f}"
                yield "FX", f"theirs is {ratio} times ours: the rate of {currency} on the day is {float(factor):.4f}"
                return


def _part(ours: Line, theirs: Line, grounds: Grounds) -> Iterator[tuple[str, str]]:
    small, large = sorted((abs(ours.amount), abs(theirs.amount)))
    low, high = grounds.part
    if ours.amount * theirs.amount > 0 and low * large <= 100 * small <= high * large:
        whose = "theirs" if abs(theirs.amount) < abs(ours.amount) else "ours"
        percent = f"{100 * small / large:.1f}"
        yield "PARTIAL", f"{whose} is {percent} % of the other: {money(large - small)} still to come"


def _swapped(ours: Line, theirs: Line) -> str:
    """Return a remark where the digits are the same in another order: two were swapped as they were typed."""
    return "; the digits are the same, swapped" if sorted(str(ours.amount)) == sorted(str(theirs.amount)) else ""
