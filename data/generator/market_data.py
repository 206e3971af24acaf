"""Prices, rates and events: the real ones moved in time, the invented ones drawn at random."""

import csv
import gzip
import io
import random
import zipfile
from datetime import date, datetime, timedelta
from decimal import Decimal as D
from pathlib import Path

from generator.bonds import coupons
from generator.days import AS_OF, BUSINESS_DAYS, SHARES_MOVED, after, at, on_or_after
from generator.instruments import FIRST_PRICE, INSTRUMENTS, ISIN, REAL, SHORT_NAME
from generator.money import rounded
from generator.planting import Planted

CURRENCIES = ("USD", "GBP", "CHF", "JPY")
RATES_FROM = date(2025, 9, 1)
REVERSE_SPLIT = date(2026, 1, 19)
LATE_EVENT = ("MSFT", date(2026, 2, 10))
"""A real dividend that the bank hears of two days late: MSFT's, of 13 May 2014."""

FAILS = ("date", "cusip", "symbol", "quantity", "name", "price")
FAILS_MOVED = timedelta(weeks=265)
"""From early February 2021 to early March 2026."""

STALE = ("AGB28", date(2026, 3, 18))
"""A planted fault: the last day on which this invented price moved."""
JUMP = ("VER", AS_OF)
"""A planted fault: this invented price jumps by a sixth on that day."""


def quandl(source: Path) -> list[dict]:
    """Return the rows of the unadjusted archive: AAPL, BRK_A, MSFT, ZEN of 2014."""
    with zipfile.ZipFile(source / "prices_us" / "QUANDL_ARCHIVE.zip") as archive:
        text = archive.read("QUANDL_SAMPLE_TABLE.csv").decode()
    return list(csv.DictReader(io.StringIO(text)))


def yahoo(source: Path, ticker: str) -> list[dict]:
    """Return the rows of 2014 of a ticker's own file, under the names of the archive (KO and IBM did not split)."""
    text = gzip.decompress((source / "prices_us" / f"{ticker}.csv.gz").read_bytes()).decode()
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["date"].startswith("2014")]
    return [row | {"ticker": ticker, "ex-dividend": row["dividend"], "split_ratio": row["split"]} for row in rows]


def market_fails(source: Path) -> list[dict]:
    """Return the fails to deliver of the real shares as the SEC published them for early February 2021, moved."""
    with zipfile.ZipFile(source / "sec_fails_to_deliver" / "cnsfails202102a.zip") as archive:
        text = archive.read("cnsfails202102a.txt").decode("latin-1")
    isins = {isin[2:11]: isin for isin in (ISIN[name] for name in REAL)}
    rows = (dict(zip(FAILS, line.split("|"), strict=False)) for line in text.splitlines()[1:-2])
    return [
        dict(date=datetime.strptime(row["date"], "%Y%m%d").date() + FAILS_MOVED, security=isins[row["cusip"]],
             symbol=row["symbol"], name=row["name"], quantity=D(row["quantity"]), price=D(row["price"]))
        for row in rows if row["cusip"] in isins
    ]  # fmt: skip


def real_rows(source: Path) -> list[dict]:
    """Return the real rows that fall, once moved, on a business day of the sample; `date` is the moved one."""
    rows = [*quandl(source), *yahoo(source, "IBM"), *yahoo(source, "KO")]
    moved = [row | {"date": date.fromisoformat(row["date"]) + SHARES_MOVED} for row in rows]
    days = set(BUSINESS_DAYS)
    return [row for row in moved if row["date"] in days]


def real_prices(rows: list[dict]) -> list[dict]:
    """Return prices rows of the real shares, as the source writes them."""
    return [
        _price(row["date"], ISIN[row["ticker"]], D(row["close"]), D(row["low"]), D(row["high"]))
        for row in rows
    ]  # fmt: skip


def _price(day: date, isin: str, price: D, low: D | None = None, high: D | None = None) -> dict:
    currency = INSTRUMENTS[isin]["currency"]
    return dict(date=day, isin=isin, source="CLOSE", price=price, currency=currency, low=low, high=high)


def carried_prices(prices: list[dict]) -> list[dict]:
    """Return, for each business day on which a real share has no price of its own, its close before."""
    closes = {(row["isin"], row["date"]): row["price"] for row in prices}
    carried = []
    for isin in (ISIN[ticker] for ticker in REAL):
        last = None
        for day in BUSINESS_DAYS:
            if (isin, day) not in closes and last is not None:
                carried.append(_price(day, isin, last))
            last = closes.get((isin, day), last)
    return carried


def invented_prices(isin: str) -> list[dict]:
    """Return a random walk: about 0.15 % a day for bonds, 1.2 % for the rest; bonds come to 100 at maturity."""
    draw, bond = random.Random(f"price {SHORT_NAME[isin]}"), "coupon_rate" in INSTRUMENTS[isin]
    spread, digits = (0.0015, 3) if bond else (0.012, 2 if INSTRUMENTS[isin]["asset_class"] != "OPTION" else 3)
    price, rows = FIRST_PRICE[isin], []
    for day in BUSINESS_DAYS:
        if bond and day > INSTRUMENTS[isin]["maturity_date"]:
            break
        moved = _next_price(isin, day, price, draw.gauss(0, spread), digits)
        reach = price * D(repr(round(abs(draw.gauss(0, spread)) + spread / 4, 8)))
        if SHORT_NAME[isin] == STALE[0] and day > STALE[1]:
            moved, reach = price, D(0)
        price = moved
        rows.append(_price(day, isin, price, rounded(price - reach, digits), rounded(price + reach, digits)))
    return rows


def _next_price(isin: str, day: date, price: D, move: float, digits: int) -> D:
    maturity = INSTRUMENTS[isin].get("maturity_date")
    if maturity and (maturity - day).days <= 12:
        return D(100)
    if SHORT_NAME[isin] == "VER" and day == REVERSE_SPLIT:
        price *= 5
    if (SHORT_NAME[isin], day) == JUMP:
        price *= D("1.17")
    return max(rounded(price * (1 + D(repr(round(move, 8)))), digits), D("0.05"))


def prices(rows: list[dict]) -> list[dict]:
    """Return every price of the sample, by date and instrument."""
    real = real_prices(rows)
    drawn = [row for isin in FIRST_PRICE for row in invented_prices(isin)]
    return sorted([*real, *carried_prices(real), *drawn], key=lambda row: (row["date"], row["isin"]))


def fx_rates(source: Path) -> list[dict]:
    """Return the ECB's reference rates of the days themselves, as published."""
    with zipfile.ZipFile(source / "fx_ecb" / "eurofxref-hist.zip") as archive:
        text = archive.read(archive.namelist()[0]).decode()
    found = [
        dict(date=day, currency=currency, rate=D(row[currency]))
        for row in csv.DictReader(io.StringIO(text))
        for day in [date.fromisoformat(row["Date"])]
        if RATES_FROM <= day <= AS_OF
        for currency in CURRENCIES
    ]
    return sorted(found, key=lambda row: (row["date"], row["currency"]))


def corporate_actions(rows: list[dict]) -> list[dict]:
    """Return the events of the sample: real dividends and the real split, made-up coupons and others."""
    events = [*_real_events(rows), *_coupon_events(), *_invented_events()]
    events.sort(key=lambda row: (row["ex_date"], row["isin"], row["type"]))
    return [dict(ca_id=f"CA{number:04d}") | row for number, row in enumerate(events, 1)]


def _real_events(rows: list[dict]) -> list[dict]:
    events = []
    for row in rows:
        isin, day = ISIN[row["ticker"]], row["date"]
        if D(row["ex-dividend"]):
            known = at(date(2026, 2, 12), 32_400) if (row["ticker"], day) == LATE_EVENT else None
            events.append(_cash(isin, "DVCA", day, D(row["ex-dividend"])) | {"known_at": known})
        if D(row["split_ratio"]) != 1:
            events.append(_ratio(isin, "SPLF", day, D(row["split_ratio"]), D(1)))
    return events


def _coupon_events() -> list[dict]:
    found = [_cash(isin, "INTR", day, amount) for isin in FIRST_PRICE if "coupon_rate" in INSTRUMENTS[isin]
             for day, amount in coupons(isin)]  # fmt: skip
    matured = INSTRUMENTS[ISIN["VAL26"]]
    return [*found, _cash(matured["isin"], "REDM", matured["maturity_date"], D(100))]


def _invented_events() -> list[dict]:
    return [
        _ratio(ISIN["VER"], "SPLR", REVERSE_SPLIT, D(1), D(5)),
        _cash(ISIN["ACI"], "DVCA", date(2025, 12, 3), D("0.62")),
        _cash(ISIN["ETF"], "DVCA", date(2026, 3, 4), D("0.85")),
        _cash(ISIN["ACI"], "DVCA", date(2026, 3, 31), D("0.35"))
        | dict(market_deadline=datetime(2026, 4, 10, 15, 0), record_date=date(2026, 4, 1), pay_date=date(2026, 4, 20)),
    ]


def _cash(isin: str, kind: str, day: date, amount: D) -> dict:
    """Return a payment: bonds count holders on the eve of it, shares on the day those dealt on the eve settle."""
    currency, bond = INSTRUMENTS[isin]["currency"], kind in ("INTR", "REDM")
    paid = on_or_after(day) if bond else after(day, 10)
    recorded = after(paid, -1) if bond else day if currency == "USD" else after(day, 1)
    return dict(
        isin=isin, type=kind, ex_date=day, record_date=recorded, pay_date=paid, amount=amount, currency=currency
    )


def _ratio(isin: str, kind: str, day: date, new: D, old: D) -> dict:
    """Return a split: in New York given before it is dealt ex; in Europe once the last deals before it have settled."""
    american = INSTRUMENTS[isin]["currency"] == "USD"
    return dict(
        isin=isin,
        type=kind,
        ex_date=day,
        record_date=day - timedelta(days=3) if american else after(day, 1),
        pay_date=day if american else after(day, 2),
        ratio_new=new,
        ratio_old=old,
    )


def note_faults(planted: Planted) -> None:
    """Record the faults put into prices and events."""
    stale, jump = ISIN[STALE[0]], ISIN[JUMP[0]]
    planted.add("prices", f"{AS_OF} {stale}", f"price unmoved since {STALE[1]}", "stale price", "pnl")
    planted.add("prices", f"{AS_OF} {jump}", "price up by a sixth in a day, without an event", "price jump", "pnl")
    planted.add(
        "prices",
        f"{AS_OF} {jump}",
        "the jump makes the result of EQ-EU unusual for its exposure",
        "unusual result",
        "pnl",
    )
    planted.add(
        "corporate_actions",
        "CA0012",
        "dividend of 10 February known on the 12th: restated two days late",
        "late event",
        "pnl",
    )
