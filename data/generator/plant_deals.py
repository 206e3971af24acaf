"""Deals made wrong on purpose: all of them are accepted, and move the results as the deals they are."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal as D

from generator.days import AS_OF, after, at
from generator.deals import amounts, deal, version
from generator.instruments import ISIN
from generator.knowledge import latest
from generator.parties import LEI, OWN
from generator.planting import Chooser, Planted

FRIDAY, EVE = date(2026, 3, 27), after(AS_OF, -1)


def recent(trades: list[dict]) -> Chooser:
    """Return the single-version deals of the last week with other parties, none of them touched yet."""
    several = {row["trade_id"] for row in trades if row["version"] > 1}
    rows = [row for row in latest(trades) if row["trade_id"] not in several and row["counterparty"] != OWN]
    return Chooser(
        [row for row in rows if after(AS_OF, -6) <= row["trade_date"] and row["entered_at"].date() == row["trade_date"]]
    )


def plant(trades: list[dict], planted: Planted, closes) -> list[dict]:
    """Return the deals with the faulty ones; `closes(isin, day)` is the close of a day."""
    free = recent(trades)
    for change in (_people, _conditions):
        for row, changes in change(free, planted):
            row.update(changes)
    added = [*_copies(free, planted), *_shorts(planted, closes), *_late(planted, closes), *_limits(planted, closes)]
    elsewhere = free.take(venue="XPAR", isin=ISIN["ACI"])
    elsewhere["pset_bic"] = "DAKVDEFF"
    key = f"{elsewhere['trade_id']} {elsewhere['version']}"
    what = "dealt in Paris, to settle in Frankfurt"
    planted.add("trades", key, what, "settlement place", "deadlines")
    return sorted([*trades, *added], key=lambda row: (row["entered_at"], row["trade_id"], row["version"]))


def _note(planted: Planted, row: dict, what: str, control: str) -> None:
    planted.add("trades", f"{row['trade_id']} {row['version']}", what, control, "anomalies")


def _people(free: Chooser, planted: Planted) -> Iterator[tuple[dict, dict]]:
    row = free.take(trade_date=AS_OF, book="EQ-US-CORE")
    _note(planted, row, "entered and approved by the same person", "four eyes")
    yield row, dict(approved_by=row["entered_by"])
    row = free.take(trade_date=AS_OF, book="GOV-EUR")
    _note(planted, row, "approved by nobody", "four eyes")
    yield row, dict(approved_by=None)
    row = free.take(trade_date=EVE, book="EQ-EU")
    _note(planted, row, "entered by j.petit while on leave", "absence")
    yield row, dict(entered_by="j.petit")
    row = free.take(trade_date=after(AS_OF, -4), book="EQ-US-EUR")
    _note(planted, row, "not confirmed four business days after the deal", "unconfirmed deal")
    yield row, dict(confirmed_at=None)


def _conditions(free: Chooser, planted: Planted) -> Iterator[tuple[dict, dict]]:
    row = free.take(trade_date=EVE, book="CREDIT-EUR")
    _note(planted, row, "counterparty is the technical one", "technical counterparty")
    yield row, dict(counterparty=LEI["TOBEFOUND"])
    row = free.take(trade_date=EVE, book="EQ-ARB")
    _note(planted, row, "counterparty's LEI lapsed on 2026-03-13", "lapsed LEI")
    yield row, dict(counterparty=LEI["LAPSED"])
    row = free.take(trade_date=EVE, book="EQ-US-CORE")
    _note(planted, row, "fee ten times the grid", "fee against the grid")
    yield row, _with_fee(row, row["fees"] * 10)
    row = free.take(trade_date=AS_OF, book="EQ-US-EUR")
    _note(planted, row, "price 6 % above the highest of the day", "off-market price")
    yield row, _priced(row, row["price"] * D("1.06"))
    row = free.take(trade_date=FRIDAY, book="GOV-EUR")
    _note(planted, row, "settles nine business days after the deal", "settlement cycle")
    yield row, _settled(row, after(row["trade_date"], 9))
    row = free.take(trade_date=FRIDAY, book="CREDIT-EUR")
    _note(planted, row, "nominal is not a multiple of the lot of 1,000", "lot size")
    yield row, _sized(row, row["quantity"] + 500)


def _with_fee(row: dict, fees: D) -> dict:
    costs = fees + row["taxes"]
    net = row["gross_amount"] + (row["accrued_interest"] or 0) + (costs if row["side"] == "BUY" else -costs)
    return dict(fees=fees, net_amount=net)


def _priced(row: dict, price: D) -> dict:
    price = price.quantize(row["price"])
    return dict(price=price) | amounts(row["isin"], row["side"], row["quantity"], price, row["settlement_date"])


def _settled(row: dict, day: date) -> dict:
    return dict(settlement_date=day) | amounts(row["isin"], row["side"], row["quantity"], row["price"], day)


def _sized(row: dict, quantity: D) -> dict:
    return dict(quantity=quantity) | amounts(row["isin"], row["side"], quantity, row["price"], row["settlement_date"])


def _copies(free: Chooser, planted: Planted) -> list[dict]:
    row = free.take(trade_date=EVE, book="EQ-US-PMP")
    twin = row | dict(trade_id="T260330-901", entered_at=row["entered_at"] + timedelta(minutes=2), order_id=None)
    _note(planted, twin, f"same economics as {row['trade_id']}, entered two minutes later", "duplicate deal")
    buy = deal("T260331-902", "EQ-ARB", ISIN["IBM"], "BUY", D(1200), D("186.10"), at(AS_OF, 55_800), LEI["LEVANT"], 1)
    sell = deal("T260331-903", "EQ-ARB", ISIN["IBM"], "SELL", D(1200), D("186.10"), at(AS_OF, 55_860), LEI["LEVANT"], 1)
    _note(planted, buy, "bought and sold back within a minute at one price: T260331-903", "wash pair")
    changed = free.take(trade_date=AS_OF, book="EQ-EU")
    silent = version(
        changed, "AMEND", changed["confirmed_at"] + timedelta(minutes=35), "", price=changed["price"] + D("0.25")
    )
    _note(planted, silent, "price changed after confirmation, without a reason", "amended after confirmation")
    return [twin, buy, sell, silent | dict(explanation=None)]


def _shorts(planted: Planted, closes) -> list[dict]:
    day = after(AS_OF, -2)
    row = deal(
        "T260327-904",
        "EQ-US-EUR",
        ISIN["IBM"],
        "SELL",
        D(2500),
        closes(ISIN["IBM"], day),
        at(day, 56_000),
        LEI["HUDSON"],
        2,
    )
    planted.add("trades", "T260327-904 1", "EQ-US-EUR sells 2,500 IBM it does not hold", "forbidden short", "pnl")
    start, isin = after(AS_OF, -5), ISIN["VAL32"]
    price = closes(isin, start)
    buy = deal("T260324-905", "CREDIT-EUR", isin, "BUY", D(400_000), price, at(start, 40_000), LEI["PONANT"], 1)
    sell = deal(
        "T260324-906", "CREDIT-EUR", isin, "SELL", D(400_000), price + D("0.05"), at(start, 44_000), LEI["ZUIDER"], 1
    )
    late = version(sell, "AMEND", at(AS_OF, 41_000), "price corrected by the broker", price=price + D("0.65"))
    planted.add(
        "trades",
        "T260324-906 2",
        "amended on the day when the book holds nothing of it any more",
        "result without position",
        "pnl",
    )
    return [row, buy, sell, late]


def _late(planted: Planted, closes) -> list[dict]:
    day = after(AS_OF, -9)
    row = deal(
        "T260318-907",
        "GOV-EUR",
        ISIN["VAL32"],
        "BUY",
        D(300_000),
        closes(ISIN["VAL32"], day),
        at(day, 39_000),
        LEI["BUNDBANK"],
        1,
    )
    row |= dict(entered_at=at(AS_OF, 35_000), confirmed_at=at(AS_OF, 36_200))
    _note(planted, row, "entered nine business days after the deal, without an explanation", "late entry")
    weekend = at(date(2026, 3, 28), 40_000)
    saturday = deal(
        "T260328-908",
        "GOV-EUR",
        ISIN["BUN29"],
        "BUY",
        D(200_000),
        closes(ISIN["BUN29"], FRIDAY),
        weekend,
        LEI["ZUIDER"],
        1,
    )
    saturday |= dict(entered_at=at(EVE, 30_000), confirmed_at=at(EVE, 31_000))
    _note(planted, saturday, "dealt on a Saturday", "closed day")
    return [row, saturday]


def _limits(planted: Planted, closes) -> list[dict]:
    price = closes(ISIN["BUN29"], AS_OF)
    row = deal(
        "T260331-909", "GOV-EUR", ISIN["BUN29"], "BUY", D(8_600_000), price, at(AS_OF, 50_000), LEI["MERIDIEN"], 2
    )
    _note(planted, row, "8.4 million in one deal; the trader's limit is 8 million", "limit")
    return [row]
