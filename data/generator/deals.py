"""One front-office deal: how its amounts, dates and people follow from what was dealt."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D

from generator.bonds import accrued
from generator.days import after, after_in_new_york
from generator.instruments import INSTRUMENTS
from generator.money import rounded, value_of
from generator.parties import BOOKS, FEES, OWN, PLACE, on_leave

TRADER = {row[0]: row[2] for row in BOOKS}
CLERKS = ("j.petit", "v.moreau", "w.ito")
CHECKERS = ("x.lambert", "y.osei")
DEPUTY, SPARE_CLERK = "ab.sauvage", "v.moreau"
"""Who deals, and who enters, for someone on leave."""
TTF_RATE = D("0.4")
"""French transaction tax, percent of purchases since 1 April 2025."""


def settlement_date(isin: str, trade_date: date) -> date:
    """Return T+1 in New York for American securities, T+2 TARGET days otherwise."""
    if INSTRUMENTS[isin]["currency"] == "USD":
        return after_in_new_york(trade_date, 1)
    return after(trade_date, 2)


def fees_of(isin: str, gross: D) -> D:
    """Return the fee of the grid; bonds pay none."""
    kind = INSTRUMENTS[isin]["asset_class"]
    if kind not in FEES:
        return D("0.00")
    rate, minimum = FEES[kind]
    return max(rounded(gross * rate / 10_000), rounded(minimum))


def amounts(isin: str, side: str, quantity: D, price: D, settled: date, free: bool = False) -> dict:
    """Return the amounts of a deal; a `free` one, between books, bears no fee and no tax."""
    instrument = INSTRUMENTS[isin]
    gross = rounded(value_of(quantity, price, instrument))
    interest = rounded(quantity * accrued(isin, settled) / 100) if "coupon_rate" in instrument else None
    fees = D("0.00") if free else fees_of(isin, gross)
    taxed = instrument["ttf"] and side == "BUY" and not free
    taxes = rounded(gross * TTF_RATE / 100) if taxed else D("0.00")
    costs = fees + taxes if side == "BUY" else -fees - taxes
    net = gross + (interest or 0) + costs
    return dict(accrued_interest=interest, gross_amount=gross, fees=fees, taxes=taxes, net_amount=net)


def deal(trade_id: str, book: str, isin: str, side: str, quantity: D, price: D, traded_at: datetime, counterparty: str,
         clerk: int, **others) -> dict:  # fmt: skip
    """Return the first version of a deal, entered and approved minutes after it was made."""
    instrument, day = INSTRUMENTS[isin], traded_at.date()
    settled, venue, free = settlement_date(isin, day), instrument.get("market"), "from_book" in others
    entered = traded_at + timedelta(minutes=2 + clerk * 3)
    trader, typist = TRADER[book], CLERKS[clerk]
    row = dict(
        trade_id=trade_id, version=1, action="NEW", book=book, trader=DEPUTY if on_leave(trader, day) else trader,
        isin=isin, side=side, quantity=quantity, price=price, currency=instrument["currency"], trade_date=day,
        traded_at=traded_at, settlement_date=settled,
        counterparty=counterparty, venue=None if free else venue, pset_bic=PLACE.get(venue, instrument["csd"]),
        entered_by=SPARE_CLERK if on_leave(typist, day) else typist, entered_at=entered,
        approved_by=CHECKERS[clerk % 2],
        confirmed_at=entered + timedelta(minutes=25),
    )  # fmt: skip
    return row | amounts(isin, side, quantity, price, settled, free) | others


def transfer(trade_id: str, giver: str, book: str, isin: str, quantity: D, price: D, traded_at: datetime) -> dict:
    """Return a transfer of a position between two books, at the close, valued on its own day and without costs."""
    row = deal(
        trade_id, book, isin, "BUY", quantity, price, traded_at, OWN, 0, from_book=giver, explanation="book transfer"
    )
    day = traded_at.date()
    return row | dict(settlement_date=day, pset_bic=None) | amounts(isin, "BUY", quantity, price, day, free=True)


def version(row: dict, action: str, entered_at: datetime, why: str, **changes) -> dict:
    """Return the next version of a deal, with its amounts computed again."""
    new = row | dict(version=row["version"] + 1, action=action, entered_at=entered_at, explanation=why) | changes
    new["confirmed_at"] = None if action == "CANCEL" else entered_at + timedelta(minutes=30)
    free = new.get("from_book") is not None
    return new | amounts(new["isin"], new["side"], new["quantity"], new["price"], new["settlement_date"], free)
