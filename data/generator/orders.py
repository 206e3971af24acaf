"""Orders behind the deals of the last weeks, and a few that were never filled."""

import random
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal as D

from generator.custody import client_positions
from generator.days import AS_OF, at
from generator.instruments import INSTRUMENTS, ISIN
from generator.money import rounded
from generator.parties import UNIVERSE
from generator.planting import Planted

FROM = date(2026, 2, 2)
SOLD = {ISIN[name]: book for book in ("EQ-US-CORE", "EQ-EU") for name in UNIVERSE[book]}
"""What clients sell, and the book that takes it."""


def with_orders(deals: list[dict]) -> tuple[list[dict], list[dict]]:
    """Return the deals, half of the recent ones on listed securities naming an order, and those orders."""
    draw, dealt, found = random.Random("orders"), [], []
    for row in deals:
        if row["trade_date"] >= FROM and row.get("venue") and draw.random() < 0.5:
            row = row | dict(order_id=f"R{row['trade_id'][1:]}")
            found.append(_order(draw, row))
        dealt.append(row)
    return dealt, found + _unfilled(draw)


def _order(draw: random.Random, row: dict) -> dict:
    slack = D(draw.randint(2, 15)) / 1000
    limit = rounded(row["price"] * (1 + slack if row["side"] == "BUY" else 1 - slack))
    return dict(
        order_id=row["order_id"], book=row["book"], isin=row["isin"], side=row["side"], quantity=row["quantity"],
        limit_price=limit if draw.random() < 0.7 else None, currency=row["currency"],
        ordered_at=row["traded_at"] - timedelta(minutes=draw.randint(1, 90)), entered_by=row["trader"], status="FILLED",
    )  # fmt: skip


def close(orders: list[dict], trades: list[dict]) -> None:
    """Mark the orders whose deal was cancelled."""
    gone = {row.get("order_id") for row in trades if row["action"] == "CANCEL"}
    for row in orders:
        row["status"] = "CANCELLED" if row["order_id"] in gone else row["status"]


def grouped(orders: list[dict], trades: list[dict], planted: Planted) -> list[dict]:
    """Return the orders of clients that three of the last orders were grouped from; one is allotted 100 too many."""
    touched = {word for entry in planted.entries for word in f"{entry['key']} {entry['what']}".split()}
    versions = Counter(row["trade_id"] for row in trades)
    named = Counter(row.get("order_id") for row in trades)
    deals = {row["order_id"]: row for row in trades if row.get("order_id") and versions[row["trade_id"]] == 1}
    plain = [
        row for row in orders
        if row["order_id"] in deals and named[row["order_id"]] == 1 and row["side"] == "BUY" and row["status"] == "FILLED"
        and row["quantity"] == deals[row["order_id"]]["quantity"] >= 600
        and not {row["order_id"], deals[row["order_id"]]["trade_id"]} & touched
    ]  # fmt: skip
    parents = plain[-3:]
    rows = [part for parent in parents for part in _parts(parent, deals[parent["order_id"]])]
    rows[-1]["allocated_quantity"] += 100
    rows[-1]["quantity"] += 100
    what = f"{rows[-1]['order_id']} is allotted 100 that were not dealt"
    planted.add("orders", parents[-1]["order_id"], what, "order allocation", "anomalies")
    return rows


def _parts(parent: dict, deal: dict) -> list[dict]:
    """Return an order for 200 of one client and one for the rest of another, given before and allotted after the deal."""
    ordered, allotted = parent["ordered_at"] - timedelta(minutes=20), deal["traded_at"] + timedelta(minutes=45)
    quantities = (D(200), parent["quantity"] - D(200))
    return [
        parent | dict(
            order_id=f"{parent['order_id']}-{number}", account=f"CLI-{number:04d}", quantity=quantity, limit_price=None,
            ordered_at=ordered, entered_by="sales.nagy", parent_order_id=parent["order_id"], allocated_quantity=quantity,
            allocated_at=allotted,
        )
        for number, quantity in enumerate(quantities, 1)
    ]  # fmt: skip


def _unfilled(draw: random.Random) -> list[dict]:
    """Return orders of clients: they buy, or sell some of what they hold."""
    rows, held = [], {row["client_account"]: row for row in client_positions() if row["isin"] in SOLD}
    for number in range(12):
        book = draw.choice(("EQ-US-CORE", "EQ-US-EUR", "EQ-EU"))
        isin, account = ISIN[draw.choice(UNIVERSE[book])], f"CLI-{number + 1:04d}"
        side, quantity = draw.choice(("BUY", "SELL")), D(100 * draw.randint(1, 30))
        if side == "SELL" and account in held:
            book, isin = SOLD[held[account]["isin"]], held[account]["isin"]
            quantity = min(quantity, held[account]["quantity"])
        rows.append(dict(
            order_id=f"R{AS_OF:%y%m%d}-9{number:02d}", book=book, account=account, isin=isin,
            side=side if account in held else "BUY", quantity=quantity, limit_price=None,
            currency=INSTRUMENTS[isin]["currency"], ordered_at=at(AS_OF, 30_000 + 1_000 * number),
            entered_by="sales.nagy",
            status=draw.choice(("OPEN", "CANCELLED")),
        ))  # fmt: skip
    return rows
