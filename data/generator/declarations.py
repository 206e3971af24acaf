"""What must be filed with authorities, and what was: all invented, and all in time unless the deal itself came late."""

import random
from datetime import date, datetime, timedelta
from decimal import Decimal as D

from generator.days import AS_OF, after, at
from generator.deals import TTF_RATE
from generator.instruments import INSTRUMENTS, REAL
from generator.knowledge import latest
from generator.money import rounded

MIFIR_FROM, EMIR_FROM = date(2026, 3, 16), date(2026, 3, 2)
OPENED_FROM, LENT_FROM, TAXED_FROM = date(2026, 3, 1), date(2026, 1, 1), date(2026, 1, 1)
YEAR_END = date(2025, 12, 31)
CASH_LIMIT = D(10_000)
NOT_TRADED = "not traded on an EU venue (FIRDS)"
CANCELLED = "deal cancelled, report withdrawn"
BY_PERIOD = {"COSI": 18, "TTF": 3, "WITHHOLDING": 12, "IFU": 42}
"""Regime -> days after the end of the month or year on which its filing is sent."""


def reportable(rows: dict[str, list[dict]]) -> list[dict]:
    """Return what starts a filing: deals, loans of securities, accounts, cash, tax status, taxes; with exemptions."""
    found = [*_deals(rows["trades"]), *_loans(rows["securities_loans"]), *_accounts(rows["accounts"])]
    found += [*_cash(rows["cash_operations"], rows["accounts"]), *_taxed(rows["trades"]), *_by_period()]
    found += _residents(rows["customers"], rows["accounts"])
    found.append(dict(regime="SHORT", object_id="FR0099Z00116", event_at=datetime(2026, 3, 24, 23, 0), in_scope=False,
                      exemption_reason="net position is long", amount=D("0.00"), currency="EUR"))  # fmt: skip
    return sorted(found, key=lambda row: (row["regime"], row["event_at"], row["object_id"]))


def _event(regime: str, object_id: str, moment: datetime, amount: D | None = None, **others) -> dict:
    currency = others.pop("currency", "EUR") if amount is not None else None
    return dict(regime=regime, object_id=object_id, event_at=moment, in_scope=True, amount=amount, currency=currency) | others


def _deals(trades: list[dict]) -> list[dict]:
    """Return the deals with other parties: all for MiFIR but American bonds, options for EMIR too."""
    found = []
    for row in latest(trades):
        if row.get("from_book"):
            continue
        amount = dict(amount=row["gross_amount"], currency=row["currency"])
        if row["trade_date"] >= MIFIR_FROM:
            found.append(_event("MIFIR", row["trade_id"], row["traded_at"], **amount) | _exempted(row))
        if row["trade_date"] >= EMIR_FROM and INSTRUMENTS[row["isin"]]["asset_class"] == "OPTION":
            found.append(_event("EMIR", row["trade_id"], row["traded_at"], **amount))
    return found + [
        _event("MIFIR", row["trade_id"], row["traded_at"], row["gross_amount"], currency=row["currency"])
        | dict(in_scope=False, exemption_reason=CANCELLED)
        for row in trades if row["action"] == "CANCEL" and _reported_before(row, trades)
    ]  # fmt: skip


def _exempted(deal: dict) -> dict:
    """Return that a deal is exempted where its instrument is not traded in the EU; large American shares are."""
    american = INSTRUMENTS[deal["isin"]]["currency"] == "USD" and deal["isin"] not in {row[0] for row in REAL.values()}
    return dict(in_scope=False, exemption_reason=NOT_TRADED) if american else {}


def _reported_before(cancel: dict, trades: list[dict]) -> bool:
    """Return whether a deal of the days reported on was cancelled after its report was sent."""
    if cancel["trade_date"] < MIFIR_FROM or cancel.get("from_book") or _exempted(cancel):
        return False
    return _first_sent("MIFIR", cancel, trades) < cancel["entered_at"]


def _loans(loans: list[dict]) -> list[dict]:
    return [_event("SFTR", row["loan_ref"], at(row["from_date"], 34_200)) for row in loans if row["from_date"] >= LENT_FROM]


def _accounts(accounts: list[dict]) -> list[dict]:
    opened = [(row["account"], row["opened_on"]) for row in accounts if row["opened_on"] >= OPENED_FROM]
    closed = [(row["account"], row["closed_on"]) for row in accounts if row.get("closed_on")]
    return [_event("FICOBA", account, at(day, 36_000)) for account, day in opened + closed]


def _cash(operations: list[dict], accounts: list[dict]) -> list[dict]:
    """Return each customer and month with more than 10,000 euros in one direction."""
    holder = {row["account"]: row["customer_id"] for row in accounts}
    sums: dict[tuple, D] = {}
    for row in operations:
        key = holder[row["account"]], row["date"].replace(day=1), row["direction"]
        sums[key] = sums.get(key, D(0)) + row["amount"]
    return [_event("COSI", key[0], at(_month_end(key[1]), 72_000), total) for key, total in sums.items() if total > CASH_LIMIT]


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)


def _taxed(trades: list[dict]) -> list[dict]:
    """Return the tax on financial transactions by share and month, on the net purchases of each settlement day."""
    days: dict[tuple, list[D]] = {}
    for row in latest(trades):
        if INSTRUMENTS[row["isin"]]["ttf"] and not row.get("from_book") and TAXED_FROM <= row["settlement_date"] <= AS_OF:
            sums = days.setdefault((row["isin"], row["settlement_date"]), [D(0), D(0), D(0)])
            sums[0 if row["side"] == "BUY" else 1] += row["quantity"]
            sums[2] += row["gross_amount"] if row["side"] == "BUY" else 0
    due: dict[tuple, D] = {}
    for (isin, day), (bought, sold, paid) in days.items():
        tax = rounded(paid * max(bought - sold, D(0)) / bought * TTF_RATE / 100) if bought else D(0)
        due[isin, _month_end(day)] = due.get((isin, _month_end(day)), D(0)) + tax
    return [_event("TTF", isin, at(min(end, AS_OF), 72_000), tax) for (isin, end), tax in due.items() if tax]


def _by_period() -> list[dict]:
    """Return the yearly statement of income paid (IFU) and the monthly payment of what was withheld."""
    withheld = ((date(2026, 1, 31), "48210.00"), (date(2026, 2, 28), "39877.00"), (AS_OF, "41502.00"))
    months = [_event("WITHHOLDING", "2777", at(day, 72_000), D(amount)) for day, amount in withheld]
    return [_event("IFU", "2561", at(YEAR_END, 72_000)), *months]


def _residents(customers: list[dict], accounts: list[dict]) -> list[dict]:
    """Return the customers with an account in 2025 who live elsewhere (CRS) or are American (FATCA)."""
    held = {row["customer_id"] for row in accounts if row["opened_on"] <= YEAR_END}
    found = []
    for row in customers:
        if row["customer_id"] in held and row["tax_residence"] not in ("FR", "US"):
            found.append(_event("CRS", row["customer_id"], at(YEAR_END, 72_000)))
        if row["customer_id"] in held and row["us_person"]:
            found.append(_event("FATCA", row["customer_id"], at(YEAR_END, 72_000)))
    return found


def filings(events: list[dict], trades: list[dict]) -> list[dict]:
    """Return the filings sent by the evening of the day: one an event, and the corrections of deals changed since."""
    draw, found = random.Random("filings"), []
    versions: dict[str, list[dict]] = {}
    for row in trades:
        versions.setdefault(row["trade_id"], []).append(row)
    for row in events:
        if row["in_scope"] or row.get("exemption_reason") == CANCELLED:
            found += _sent_for(draw, row, versions.get(row["object_id"], []))
    return [row for row in found if row["sent_at"].date() <= AS_OF]


def _sent_for(draw: random.Random, event: dict, versions: list[dict]) -> list[dict]:
    first = _filing(event, _sent(draw, event, versions))
    changes = [row for row in versions if row["entered_at"] > first["sent_at"]]
    found = [first]
    for number, change in enumerate(changes, 1):
        sent = change["entered_at"] + timedelta(hours=2)
        found.append(_filing(event, sent) | dict(filing_id=f"{first['filing_id']}-C{number}", replaces=found[-1]["filing_id"]))
    return found


def _filing(event: dict, sent: datetime) -> dict:
    day = "" if event["regime"] in ("MIFIR", "EMIR", "SFTR") else f"-{event['event_at']:%y%m%d}"
    return dict(
        filing_id=f"{event['regime'][:2]}-{event['object_id']}{day}", regime=event["regime"], object_id=event["object_id"],
        event_at=event["event_at"], sent_at=sent, status="ACCEPTED", acknowledged_at=sent + timedelta(hours=2),
        replaces=None,
    )  # fmt: skip


def _sent(draw: random.Random, event: dict, versions: list[dict]) -> datetime:
    """Return when a filing is sent: the next morning for deals, days later for what has days or weeks."""
    day, regime = event["event_at"].date(), event["regime"]
    if versions:
        return _first_sent(regime, versions[0], versions)
    if regime in BY_PERIOD:
        return at(_month_end(day) + timedelta(BY_PERIOD[regime]), 30_000 + draw.randrange(20_000))
    if regime in ("CRS", "FATCA"):
        return at(date(2026, 6, 15), 36_000)
    return at(after(day, 1 if regime == "SFTR" else draw.randint(1, 4)), 30_000 + draw.randrange(20_000))


def _first_sent(regime: str, deal: dict, trades: list[dict]) -> datetime:
    """Return when a deal is first reported: the next working morning, or two hours after it was entered where later."""
    seconds = 30_000 + random.Random(f"{regime} {deal['trade_id']}").randrange(20_000)
    entered = min(row["entered_at"] for row in trades if row["trade_id"] == deal["trade_id"])
    return max(at(after(deal["trade_date"], 1), seconds), entered + timedelta(hours=2))
