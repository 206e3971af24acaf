"""Six months of deals: purchases and sales around the opening positions, transfers, and their later versions."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal as D

from generator.bonds import coupon_between
from generator.days import AS_OF, BUSINESS_DAYS, FIRST, after, at, new_york_days
from generator.deals import deal, settlement_date, transfer, version
from generator.instruments import INSTRUMENTS, ISIN
from generator.money import rounded
from generator.parties import BOOKS, DEALERS, SHORT_ALLOWED, TRANSFERS, UNIVERSE

CURRENCY = {row[0]: row[3] for row in BOOKS}
METHOD = {row[0]: row[4] for row in BOOKS}
OPENING_VALUE = D(3_000_000)
DEALS_A_DAY = 22
OPENED_SHORT = (("EQ-ARB", "KO"), ("UST-USD", "UST28"))


class Market:
    """Closing prices, rates and quantity factors (0 when redeemed) of the sample, by instrument and day."""

    def __init__(self, prices: list[dict], rates: list[dict], events: list[dict]):
        self.row = {(row["isin"], row["date"]): row for row in prices}
        self.rate = {(row["currency"], row["date"]): row["rate"] for row in rates}
        self.rate |= {("EUR", day): D(1) for _, day in list(self.rate)}
        self.events = events
        self.factor = {
            (e["isin"], e["ex_date"]): e["ratio_new"] / e["ratio_old"] for e in events if e["type"] in ("SPLF", "SPLR")
        }
        self.factor |= {(e["isin"], e["ex_date"]): D(0) for e in events if e["type"] == "REDM"}

    def close(self, isin: str, day: date) -> D:
        """Return the close of `day`, in the instrument's currency."""
        return self.row[isin, day]["price"]

    def exchange(self, isin: str, currency: str, day: date) -> D:
        """Return units of `currency` for one unit of the instrument's."""
        return self.rate[currency, day] / self.rate[INSTRUMENTS[isin]["currency"], day]

    def dealt(self, isin: str, day: date) -> bool:
        """Return whether the instrument is dealt on `day`: it has a price of its own and its market is open."""
        row, bond = self.row.get((isin, day)), INSTRUMENTS[isin]
        if row is None or row["low"] is None or bond["currency"] == "USD" and day not in new_york_days():
            return False
        settled = settlement_date(isin, day)
        return settled < bond.get("maturity_date", date.max) and not coupon_between(isin, day, settled)


def _sized(value: D, price: D, isin: str) -> D:
    """Return about `value` worth of the instrument, in whole lots, at least one."""
    instrument = INSTRUMENTS[isin]
    unit = price * instrument["multiplier"] / (100 if instrument["quotation"] == "PERCENT" else 1)
    lots = int(value / unit / instrument["lot_size"])
    if lots >= 500 and instrument["quotation"] == "UNIT":
        lots -= lots % 100
    return max(lots, 1) * instrument["lot_size"]


def opening_lots(market: Market) -> list[dict]:
    """Return the lots held on the eve of the first day: two or three an instrument, one on average cost."""
    draw, rows = random.Random("opening lots"), []
    for book, names in UNIVERSE.items():
        for name in names:
            if (ISIN[name], FIRST) not in market.row:
                continue
            for number in range(1 if METHOD[book] == "PMP" else draw.randint(2, 3)):
                rows.append(
                    _opening_lot(market, draw, book, ISIN[name], number, -1 if (book, name) in OPENED_SHORT else 1)
                )
    return rows


def _opening_lot(market: Market, draw: random.Random, book: str, isin: str, number: int, sign: int) -> dict:
    price, instrument = market.close(isin, FIRST), INSTRUMENTS[isin]
    quantity = _sized(OPENING_VALUE * draw.randint(60, 140) / 100, price, isin)
    quantity -= quantity % 5 if instrument["asset_class"] == "EQUITY" and quantity > 500 else 0
    paid = price * D(draw.randint(860, 1080)) / 1000 * quantity * instrument["multiplier"]
    paid = paid / 100 if instrument["quotation"] == "PERCENT" else paid
    opened = after(FIRST, -draw.randint(20, 300))
    return dict(
        book=book, isin=isin, trade_id=f"O{opened:%y%m%d}-{book}-{number + 1}-{isin[-4:]}", opened_on=opened,
        quantity=sign * quantity, cost=rounded(paid * market.exchange(isin, CURRENCY[book], FIRST)),
        currency=CURRENCY[book],
    )  # fmt: skip


class Desk:
    """What the traders do, day after day, knowing what each book holds."""

    def __init__(self, market: Market, lots: list[dict]):
        self.market, self.draw, self.rows = market, random.Random("dealing"), []
        self.held: dict[tuple[str, str], D] = {}
        for lot in lots:
            key = lot["book"], lot["isin"]
            self.held[key] = self.held.get(key, D(0)) + lot["quantity"]
        self.usual = {key: abs(quantity) for key, quantity in self.held.items()}

    def trade(self) -> list[dict]:
        """Return the first versions of all deals, in the order of their making."""
        for day in BUSINESS_DAYS:
            self._split(day)
            choices = [(b, ISIN[n]) for b in UNIVERSE for n in UNIVERSE[b] if self.market.dealt(ISIN[n], day)]
            moments = sorted(
                self._moment(isin, day) + (book, isin) for book, isin in self.draw.choices(choices, k=DEALS_A_DAY)
            )
            for number, (instant, book, isin) in enumerate(moments, 1):
                self._deal(f"T{day:%y%m%d}-{number:03d}", book, isin, instant)
            if day.day % 3 == 0:
                self._transfer(day)
        return self.rows

    def _split(self, day: date) -> None:
        for (isin, ex_date), factor in self.market.factor.items():
            for key in [key for key in self.held if key[1] == isin and ex_date == day]:
                self.held[key], self.usual[key] = self.held[key] * factor, self.usual[key] * factor

    def _moment(self, isin: str, day: date) -> tuple[datetime]:
        first, last = (52_200, 60_300) if INSTRUMENTS[isin]["currency"] == "USD" else (28_800, 57_000)
        return (at(day, self.draw.randint(first, last)),)

    def _deal(self, trade_id: str, book: str, isin: str, instant: datetime) -> None:
        row, draw = self.market.row[isin, instant.date()], self.draw
        place = D(draw.randint(150, 850)) / 1000
        digits = 3 if INSTRUMENTS[isin]["quotation"] == "PERCENT" else 2
        price = rounded(row["low"] + (row["high"] - row["low"]) * place, digits)
        side, quantity = self._size(book, isin, price)
        dealer = draw.choice(DEALERS[INSTRUMENTS[isin]["currency"]])
        self.rows.append(deal(trade_id, book, isin, side, quantity, price, instant, dealer, draw.randrange(3)))
        self._hold(book, isin, quantity if side == "BUY" else -quantity)

    def _size(self, book: str, isin: str, price: D) -> tuple[str, D]:
        """Return the side and the quantity: sales stay small beside what is held, unless the book may be short."""
        held, usual = self.held.get((book, isin), D(0)), self.usual.get((book, isin), D(0))
        quantity = _sized(D(self.draw.randint(20, 260) * 1000), price, isin)
        if book in SHORT_ALLOWED:
            return ("BUY" if held < 0 and self.draw.random() < 0.62 or self.draw.random() < 0.48 else "SELL"), quantity
        lots = INSTRUMENTS[isin]["lot_size"]
        if held < usual * D("0.55") or held < quantity * 4 or self.draw.random() < 0.47 and held < usual * D("1.6"):
            return "BUY", quantity
        return "SELL", min(quantity, max(lots, held / 12 // lots * lots))

    def _transfer(self, day: date) -> None:
        giver, book = self.draw.choice(TRANSFERS)
        shared = [n for n in UNIVERSE[giver] if n in UNIVERSE[book] and self.market.dealt(ISIN[n], day)]
        if not shared:
            return
        isin = ISIN[self.draw.choice(shared)]
        lots = INSTRUMENTS[isin]["lot_size"]
        quantity = self.held.get((giver, isin), D(0)) / 14 // lots * lots
        if quantity <= 0:
            return
        row = transfer(f"X{day:%y%m%d}-001", giver, book, isin, quantity, self.market.close(isin, day), at(day, 61_200))
        self.rows.append(row)
        self._hold(book, isin, quantity)
        self._hold(giver, isin, -quantity)

    def _hold(self, book: str, isin: str, quantity: D) -> None:
        self.held[book, isin] = self.held.get((book, isin), D(0)) + quantity
        self.usual.setdefault((book, isin), D(0))


def later_versions(rows: list[dict]) -> list[dict]:
    """Return the deals with their amendments, cancellations and late entries, ordered as they were entered."""
    draw, found = random.Random("versions"), []
    known_today = {trade_id: kind for trade_id, kind in _known_today(rows)}
    for row in rows:
        kind = known_today.get(row["trade_id"]) or _kind(draw, row)
        found += _versions(draw, row, kind)
    return sorted(found, key=lambda row: (row["entered_at"], row["trade_id"], row["version"]))


def _known_today(rows: list[dict]) -> list[tuple[str, str]]:
    """Return the deals of the days before that are amended, cancelled or entered on the sample's own day."""
    recent = [row for row in rows if after(AS_OF, -8) <= row["trade_date"] < AS_OF and not row.get("from_book")]
    kinds = ("AMEND TODAY", "CANCEL TODAY", "ENTER TODAY")
    wanted = ["EQ-US-CORE", "EQ-US-EUR", "EQ-EU", "GOV-EUR", "CREDIT-EUR", "EQ-US-PMP"]
    chosen = []
    for number, book in enumerate(wanted * 2):
        free = [r for r in recent if r["book"] == book and r["trade_id"] not in {t for t, _ in chosen}]
        chosen += [(free[len(free) // 2]["trade_id"], kinds[(number + number // 6) % 3])] if free else []
    return chosen


def _kind(draw: random.Random, row: dict) -> str:
    drawn, room = draw.random(), row["trade_date"] < after(AS_OF, -6)
    if row.get("from_book"):
        return "NEW"
    bounds = (
        (0.055, "AMEND SOON"),
        (0.075, "CANCEL SOON"),
        (0.09, "AMEND LATE"),
        (0.097, "CANCEL LATE"),
        (0.107, "ENTER LATE"),
    )
    kind = next((name for bound, name in bounds if drawn < bound), "NEW")
    return kind if room or kind.endswith("SOON") else "NEW"


def _versions(draw: random.Random, row: dict, kind: str) -> list[dict]:
    """Return the versions of a deal; LATE ones are known one to five business days after it, TODAY's on the day."""
    word, _, when = kind.partition(" ")
    if not when:
        return [row]
    late = at(AS_OF, 30_000 + draw.randrange(20_000))
    if when == "LATE":
        late = at(after(row["trade_date"], draw.randint(1, 5)), 30_000 + draw.randrange(20_000))
    if when == "SOON":
        late = row["entered_at"] + timedelta(minutes=draw.randint(4, 14))
    if word == "ENTER":
        return [
            row
            | dict(
                entered_at=late, confirmed_at=late + timedelta(minutes=20), explanation="entered late: ticket mislaid"
            )
        ]
    if word == "CANCEL":
        return [row, version(row, "CANCEL", late, "dealt in error")]
    change = draw.choice((D("0.999"), D("1.001"), D("1.002")))
    digits = 3 if INSTRUMENTS[row["isin"]]["quotation"] == "PERCENT" else 2
    return [
        row,
        version(row, "AMEND", late, "price corrected after confirmation", price=rounded(row["price"] * change, digits)),
    ]
