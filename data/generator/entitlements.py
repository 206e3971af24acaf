"""What corporate actions brought to the custody accounts, and the choices made on the one that offers some."""

from decimal import Decimal as D

from generator.custody import by_account
from generator.days import AS_OF, after, on_or_after
from generator.dealing import Market
from generator.instruments import INSTRUMENTS
from generator.knowledge import latest, positions
from generator.money import rounded, value_of
from generator.parties import ACCOUNT_OF
from generator.settlement import open_over

WITHHELD = D("0.15")
"""American tax on dividends, kept at source."""


def ca_receipts(market: Market, lots: list[dict], trades: list[dict], instructions: list[dict]) -> list[dict]:
    """Return one receipt an event and account, on the payment date, for what was held on the eve of the ex-date.

    Deliveries open over the record date are made good in it; of a reverse split they are replaced instead.
    """
    rows, live = [], latest(trades)
    dealt, book = ({row["trade_id"]: row[name] for row in live} for name in ("trade_date", "book"))
    for event in market.events:
        if event["pay_date"] > AS_OF:
            continue
        eve = after(on_or_after(event["ex_date"]), -1)
        held = by_account(positions(lots, live, market.factor, eve))
        for row in open_over(event, instructions, dealt) if event["type"] == "SPLR" else ():
            sign = 1 if row["movement"] == "DELI" else -1
            held[ACCOUNT_OF[book[row["trade_id"]]], row["isin"]] += sign * row["quantity"] * event["ratio_old"] / event["ratio_new"]
        for (account, isin), quantity in sorted(held.items()):
            if isin == event["isin"]:
                rows.append(_receipt(event, account, quantity))
    return rows


def _receipt(event: dict, account: str, quantity: D) -> dict:
    row = dict(ca_id=event["ca_id"], account=account, received_on=event["pay_date"])
    if event.get("amount") is None:
        return row | dict(quantity=quantity * event["ratio_new"] / event["ratio_old"] - quantity)
    gross = rounded(value_of(quantity, event["amount"], INSTRUMENTS[event["isin"]]))
    taxed = event["type"] == "DVCA" and event["currency"] == "USD"
    tax = rounded(gross * WITHHELD) if taxed else D("0.00")
    return row | dict(amount=gross - tax, tax=tax, currency=event["currency"])


def elections(events: list[dict]) -> list[dict]:
    """Return the choices on the event that has a deadline: one made, one still to make."""
    found = []
    for event in events:
        if event.get("market_deadline"):
            found.append(dict(ca_id=event["ca_id"], account="SAF-EU", option="CASH", elected_on=after(AS_OF, -3)))
            found.append(dict(ca_id=event["ca_id"], account="SAF-CLIENTS", option=None, elected_on=None))
    return found
