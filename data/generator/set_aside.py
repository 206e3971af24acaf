"""Rows that must not be accepted: each breaks one declared rule, and none is needed for a result."""

from datetime import date, datetime, timedelta
from decimal import Decimal as D

from generator.days import AS_OF, after
from generator.planting import Planted

EVE = after(AS_OF, -1)


def spoil(rows: dict[str, list[dict]], planted: Planted) -> None:
    """Add to the files rows that the loading must set aside, with their reasons."""
    for name, key, what, row in (*_deals(rows), *_markets(rows), *_operations(rows), *_retail(rows)):
        rows[name].append(row)
        table = name.partition(".")[0].partition("/")[0]
        planted.add(table, key, what, "row set aside", "anomalies", "set_aside")


def _deals(rows: dict[str, list[dict]]) -> list[tuple]:
    model = next(
        r for r in rows["trades"] if r["trade_date"] == EVE and r["book"] == "EQ-US-CORE" and r["side"] == "BUY"
    )

    def bad(number: int, **changes) -> dict:
        return model | dict(trade_id=f"T260330-98{number}", version=1, order_id=None) | changes

    faults = (
        ("ISIN with a wrong check digit", dict(isin="US0378331006")),
        ("net_amount is not gross + fees + taxes", dict(net_amount=model["net_amount"] + D("100.00"))),
        ("settlement before the deal", dict(settlement_date=after(EVE, -1))),
        ("unknown book", dict(book="EQ-US-OLD")),
        ("negative quantity", dict(quantity=-model["quantity"])),
        ("trade_date is not a date", dict(trade_date="31/02/2026")),
        ("price is not a number: letter O", dict(price=format(model["price"], "f").replace("0", "O", 1) + "O")),
        ("gross_amount is not quantity x price", dict(quantity=model["quantity"] + 7)),
    )
    found = [("trades", f"T260330-98{n} 1", what, bad(n, **changes)) for n, (what, changes) in enumerate(faults, 1)]
    booking = next(r for r in rows["bookings.csv"] if r["trade_date"] == EVE) | dict(
        trade_id="T260330-991", counterparty="9999"
    )
    order = dict(rows["orders"][0])
    return [*found, ("bookings.csv", "T260330-991 1", "LEI of four characters", booking),
            ("orders", order["order_id"], "same key as the order before", order)]  # fmt: skip


def _markets(rows: dict[str, list[dict]]) -> list[tuple]:
    price = next(r for r in rows["prices"] if r["date"] == AS_OF and r["low"] is not None)
    key = f"{AS_OF} {price['isin']}"
    return [
        ("prices", f"{key} SECOND", "price above the highest of the day", price | dict(source="SECOND",
        price=price["high"] + 1)),
        ("prices", f"{key} THIRD", "currency is not the instrument's", price | dict(source="THIRD", currency="GBP")),
        ("fx_rates.csv", f"{AS_OF} SEK", "rate of zero", dict(date=AS_OF, currency="SEK", rate=D(0))),
        ("counterparties", "999900BROKENXXXXXX00", "LEI with a wrong check digit",
         dict(lei="999900BROKENXXXXXX00", name="Broken Code Bank (invented)", bic=None, country="FR", technical=False)),
    ]  # fmt: skip


def _operations(rows: dict[str, list[dict]]) -> list[tuple]:
    settled = next(r for r in rows["settlements"] if r["status"] == "SETT" and r.get("settled_on") == AS_OF)
    over = settled | dict(instruction_id="I260330-990", settled_quantity=settled["quantity"] + 1)
    hasty = settled | dict(instruction_id="I260330-991", matched_at=settled["accepted_at"] - timedelta(hours=1))
    line = next(r for r in rows["journal"] if r["debit"] > 0) | dict(entry_no="009999", line_no=1)
    balance = next(r for r in rows["trial_balance"] if r["date"] == AS_OF) | dict(account="999999")
    early = rows["incidents"][-1] | dict(incident_id="INC-099", classified_at=datetime(2026, 3, 30, 8, 0))
    return [
        ("incidents", "INC-099", "classified before it was known", early),
        ("settlements", "I260330-990", "settled more than instructed", over),
        ("settlements", "I260330-991", "matched before it was accepted", hasty),
        ("journal", "SEC 009999 1", "debit and credit on one line", line | dict(credit=line["debit"])),
        (
            "trial_balance",
            f"{AS_OF} 999999",
            "opening + debit - credit is not closing",
            balance | dict(closing=balance["closing"] + 1),
        ),
    ]


def _retail(rows: dict[str, list[dict]]) -> list[tuple]:
    cleared = rows["card_clearings"][0] | dict(arn="74" + "8" * 21, card="4970101234567890")
    complaint = rows["complaints/bank.csv"][0] | dict(complaint_id="BANK-0099", answered_on=date(2026, 1, 2))
    return [
        ("card_clearings", cleared["arn"], "card number in clear instead of a token", cleared),
        ("complaints/bank.csv", "BANK-0099", "answered before it was received", complaint),
        ("instalments", "LN00001 900", "due before the loan was granted",
         rows["instalments"][0] | dict(instalment_no=900, due_date=date(2020, 1, 5))),
        ("payments", "PM00001-901", "paid before the loan was granted",
         rows["payments"][0] | dict(payment_id="PM00001-901", value_date=date(2020, 1, 6))),
        ("pauses", "LN00011 2026-03-01", "a pause that ends before it begins",
         dict(loan_id="LN00011", from_date=date(2026, 3, 1), to_date=date(2026, 2, 1), kind="HOLIDAY")),
        ("loans", "LN99999", "unknown customer", rows["loans"][0] | dict(loan_id="LN99999", customer_id="C99999")),
    ]  # fmt: skip
