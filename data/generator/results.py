"""The books' results by the plainest method, and the estimates the desks sent: value plus cash, day after day."""

import random
from datetime import date
from decimal import Decimal as D

from generator.bonds import accrued
from generator.days import AS_OF, BUSINESS_DAYS, after, known_day, on_or_after
from generator.dealing import Market
from generator.instruments import INSTRUMENTS
from generator.knowledge import latest, legs
from generator.money import rounded, value_of
from generator.parties import BOOKS

CASH_EVENTS = ("DVCA", "INTR", "REDM", "CAPD")


class Position:
    """One instrument in one book, with all it has done so far: its value and the cash it gave."""

    def __init__(self, market: Market, book: str, isin: str, lots: list[dict], trades: list[dict]):
        self.market, self.book, self.isin = market, book, isin
        self.currency = next(row[3] for row in BOOKS if row[0] == book)
        self.lots = [(lot["opened_on"], lot["quantity"]) for lot in lots if (lot["book"], lot["isin"]) == (book, isin)]
        self.trades = [row for row in trades if row["isin"] == isin and book in (row["book"], row.get("from_book"))]
        self.factors = [(day, factor) for (split, day), factor in market.factor.items() if split == isin]
        self.events = [e for e in market.events if e["isin"] == isin and e["type"] in CASH_EVENTS]

    def exchanged(self, amount: D, day: date) -> D:
        """Return an amount of the instrument's currency in the book's, at the rate of `day`."""
        return amount * self.market.exchange(self.isin, self.currency, day)

    def quantity(self, moves: list[tuple[date, D]], evening: date) -> D:
        """Return what is held at the close of `evening`, in the units of that day."""
        total = D(0)
        for day, quantity in moves:
            for ex_date, factor in self.factors:
                if day < ex_date <= evening:
                    quantity *= factor
            total += quantity if on_or_after(day) <= evening else 0
        return total

    def cumulated(self, evening: date) -> D:
        """Return value at the close plus all cash since the first day, as known on that evening."""
        known = [
            leg
            for leg in legs(latest(self.trades, evening))
            if leg["book"] == self.book and on_or_after(leg["day"]) <= evening
        ]
        moves = self.lots + [(leg["day"], leg["quantity"]) for leg in known]
        cash = sum((self.exchanged(leg["cash"], on_or_after(leg["day"])) for leg in known), D(0))
        return self._value(moves, evening) + cash + self._income(moves, evening)

    def _value(self, moves: list[tuple[date, D]], evening: date) -> D:
        held = self.quantity(moves, evening)
        if not held:
            return D(0)
        dirty = self.market.close(self.isin, evening) + accrued(self.isin, evening)
        return self.exchanged(value_of(held, dirty, INSTRUMENTS[self.isin]), evening)

    def _income(self, moves: list[tuple[date, D]], evening: date) -> D:
        total = D(0)
        for event in self.events:
            day = on_or_after(event["ex_date"])
            if day <= evening and (event.get("known_at") is None or known_day(event["known_at"]) <= evening):
                entitled = self.quantity(moves, after(day, -1))
                total += self.exchanged(value_of(entitled, event["amount"], INSTRUMENTS[self.isin]), day)
        return total


def book_results(market: Market, lots: list[dict], trades: list[dict]) -> dict[tuple[str, date], D]:
    """Return the result of each book and day but the first, in the book's currency, not rounded."""
    keys = {(lot["book"], lot["isin"]) for lot in lots}
    keys |= {(leg["book"], leg["isin"]) for leg in legs(trades)}
    results: dict[tuple[str, date], D] = {}
    for book, isin in sorted(keys):
        position, before = Position(market, book, isin, lots, trades), None
        for day in BUSINESS_DAYS:
            now = position.cumulated(day)
            if before is not None:
                results[book, day] = results.get((book, day), D(0)) + now - before
            before = now
    return results


def pnl_flash(results: dict[tuple[str, date], D]) -> list[dict]:
    """Return the desks' estimates: the result within about half a percent and some tens of euros."""
    draw, currency, rows = random.Random("flash"), {row[0]: row[3] for row in BOOKS}, []
    for (book, day), result in sorted(results.items(), key=lambda item: (item[0][1], item[0][0])):
        share, add = D(repr(round(draw.gauss(0, 0.004), 6))), D(repr(round(draw.gauss(0, 60), 2)))
        rows.append(dict(date=day, book=book, amount=rounded(result * (1 + share) + add), currency=currency[book]))
    return rows


def adjustments() -> list[dict]:
    """Return the manual adjustments of the last month; all small."""
    rows = (
        (
            "ADJ-0001",
            date(2026, 3, 3),
            "EQ-US-CORE",
            "-845.20",
            "commission invoiced late",
            "z.abadie",
            "u.control",
            date(2026, 6, 30),
        ),
        (
            "ADJ-0002",
            date(2026, 3, 12),
            "GOV-EUR",
            "1250.00",
            "bid-offer reserve released",
            "z.abadie",
            "u.control",
            date(2026, 4, 30),
        ),
        ("ADJ-0003", date(2026, 3, 20), "EQ-EU", "-410.75", "stamp duty of February", "z.abadie", "u.control", None),
        (
            "ADJ-0004",
            date(2026, 3, 27),
            "CREDIT-EUR",
            "-2300.00",
            "illiquidity reserve",
            "z.abadie",
            "u.control",
            date(2026, 6, 30),
        ),
        (
            "ADJ-0005",
            AS_OF,
            "UST-USD",
            "680.00",
            "repo funding of the month",
            "z.abadie",
            "u.control",
            date(2026, 4, 30),
        ),
    )
    names = ("adjustment_id", "date", "book", "amount", "reason", "author", "approver", "expires_on")
    currency = {row[0]: row[3] for row in BOOKS}
    found = [dict(zip(names, row, strict=True)) for row in rows]
    return [row | dict(amount=D(row["amount"]), currency=currency[row["book"]]) for row in found]
