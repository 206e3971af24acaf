"""Why two lines of one reference differ: a fee, a rate, a cent, a tax, a part, interest; each with its numbers."""

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

    What is known of one deal or event stands under its name, the deal of a line or its reference: `parts` (class,
    words, currency, amount) that one side may have left out, `withheld` (words, percent) of its income. `interest`
    (words, currency, percent a year, days a year) is what money brings between two value dates.
    """

    earliest: int
    latest: int
    tariffs: tuple[tuple[str, str, int], ...] = ()
    fees: tuple[tuple[str, str, int, Fraction, date, date | None], ...] = ()
    rates: dict[tuple[date, str], Fraction] = field(default_factory=dict)
    fx_band: int = 20
    part: tuple[int, int] = (5, 90)
    parts: dict[str, tuple[tuple[str, str, str, int], ...]] = field(default_factory=dict)
    withheld: dict[str, tuple[str, Fraction]] = field(default_factory=dict)
    interest: tuple[tuple[str, str, Fraction, int], ...] = ()

    def parts_of(self, *lines: Line) -> list[tuple[str, str, str, int]]:
        """Return what is known of the deals and events some lines name, each deal once."""
        names = dict.fromkeys(name for line in lines for name in (line.deal, line.reference))
        return [part for name in names for part in self.parts.get(name, ())]

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
    yield from _tax(ours, theirs, grounds)
    if ours.amount == -theirs.amount:
        yield "SIGN", f"{other.key} is the same amount with the other sign"
        return
    yield from _part(ours, theirs, grounds)
    yield from _accrued(ours, theirs, grounds)
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


def _tax(ours: Line, theirs: Line, grounds: Grounds) -> Iterator[tuple[str, str]]:
    """A tax is in one amount and not in the other: one known of the deal or event, or the share of income withheld."""
    small, large = sorted((abs(ours.amount), abs(theirs.amount)))
    words, percent = grounds.withheld.get(ours.reference, ("", Fraction(0)))
    net = large * (1 - percent / 100)
    if percent and ours.amount * theirs.amount > 0 and abs(small - net) < 1:
        yield "TAX", f"{money(small)} is {money(large)} less {float(percent):g} % withheld: {words}"
    else:
        yield from _known("TAX", ours, theirs, grounds)


def _accrued(ours: Line, theirs: Line, grounds: Grounds) -> Iterator[tuple[str, str]]:
    """The interest a deal accrued is in one amount and not in the other, or that of the days between value dates."""
    yield from _known("ACCRUED", ours, theirs, grounds)
    gap, days = theirs.amount - ours.amount, abs(theirs.day - ours.day)
    for words, currency, percent, year in grounds.interest if days else ():
        for base in sorted((abs(ours.amount), abs(theirs.amount))):
            interest = base * days * percent / (100 * year)
            if currency == ours.currency and ours.amount * theirs.amount > 0 and abs(abs(gap) - interest) < 1:
                of = f"{days} days of {money(base)} at {float(percent):g} % a year of {year} days"
                yield "ACCRUED", f"the difference of {money(gap)} is {of}: {words}"
                return


def _known(name: str, ours: Line, theirs: Line, grounds: Grounds) -> Iterator[tuple[str, str]]:
    """Yield the first part known of the deal or event that is the difference, whichever side left it out."""
    gap = theirs.amount - ours.amount
    for kind, words, currency, amount in grounds.parts_of(ours, theirs):
        if (kind, currency, amount) == (name, ours.currency, abs(gap)) and ours.amount * theirs.amount > 0:
            yield name, f"the difference of {money(gap)} is {words}"
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
