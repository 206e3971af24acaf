"""Differences put between the back office's bookings and the front office's deals."""

import random
from decimal import Decimal as D

from generator.days import AS_OF, after
from generator.deals import amounts
from generator.parties import LEI
from generator.planting import Chooser, Planted


def plant(bookings: list[dict], planted: Planted) -> list[dict]:
    """Return the bookings with the differences that the coherence controls must find."""
    several = {row["trade_id"] for row in bookings if row["version"] > 1}
    first, last = after(AS_OF, -7), after(AS_OF, -1)
    quiet = [row for row in bookings if row["trade_id"] not in several and first <= row["trade_date"] <= last
             and row["trade_id"] < "T260331" and "-9" not in row["trade_id"] and not row.get("from_book")]  # fmt: skip
    random.Random("faulty bookings").shuffle(quiet)
    free = Chooser(quiet)
    gone = _missing(free, planted) + _behind(bookings, planted)
    _different(free, planted)
    _late_or_elsewhere(free, planted)
    kept = [row for row in bookings if not any(row is lost for lost in gone)]
    return kept + _unknown(free, planted)


def _note(planted: Planted, row: dict, what: str, control: str) -> None:
    planted.add("bookings", f"{row['trade_id']} {row['version']}", what, control, "anomalies")


def _missing(free: Chooser, planted: Planted) -> list[dict]:
    rows = [free.take(book="EQ-US-CORE"), free.take(book="UST-USD"), free.take(book="EQ-EU")]
    for row in rows:
        _note(planted, row, "the deal has no booking", "missing in the back office")
    return rows


def _behind(bookings: list[dict], planted: Planted) -> list[dict]:
    """Return the last versions that the back office did not take: two amendments and a cancellation."""
    changed = [row for row in bookings if row["version"] > 1 and row["trade_date"] >= after(AS_OF, -12)]
    rows = [r for r in changed if r["action"] == "AMEND"][:2] + [r for r in changed if r["action"] == "CANCEL"][:1]
    for row in rows:
        what = (
            "still live: the cancellation was not taken" if row["action"] == "CANCEL" else "the amendment was not taken"
        )
        _note(planted, row | dict(version=1), what, "version behind")
    return rows


def _different(free: Chooser, planted: Planted) -> None:
    row = free.take(book="EQ-US-EUR")
    _amounts(row, price=row["price"] + D("0.10"))
    _note(planted, row, "price 0.10 above the deal's", "price differs")
    row = free.take(book="GOV-EUR")
    _amounts(row, quantity=row["quantity"] + 10_000)
    _note(planted, row, "nominal 10,000 above the deal's", "quantity differs")
    row = free.take(book="CREDIT-EUR")
    row["settlement_date"] = after(row["settlement_date"], 1)
    _note(planted, row, "settles one business day after the deal's date", "settlement date differs")
    row = free.take(book="EQ-ARB")
    row["counterparty"] = LEI["ALPINA"] if row["counterparty"] != LEI["ALPINA"] else LEI["HUDSON"]
    _note(planted, row, "another counterparty than the deal's", "counterparty differs")
    row = free.take(book="EQ-US-PMP")
    row["book"] = "EQ-US-EUR"
    _note(planted, row, "booked in EQ-US-EUR, dealt for EQ-US-PMP", "book differs")
    row = free.take(book="EQ-EU", side="SELL")
    row["side"] = "BUY"
    _amounts(row)
    _note(planted, row, "a purchase where the deal is a sale", "side differs")


def _late_or_elsewhere(free: Chooser, planted: Planted) -> None:
    row = free.take(book="GOV-EUR", trade_date=after(AS_OF, -2))
    row["entered_at"] = row["entered_at"] + (after(AS_OF, -1) - after(AS_OF, -2))
    _note(planted, row, "recorded a business day after the deal", "booked after the close")
    row = free.take(book="EQ-EU")
    row["pset_bic"] = "DAKVDEFF"
    _note(planted, row, "another place of settlement than the deal's", "other record")


def _amounts(row: dict, **changes) -> None:
    row.update(changes)
    row.update(amounts(row["isin"], row["side"], row["quantity"], row["price"], row["settlement_date"]))


def _unknown(free: Chooser, planted: Planted) -> list[dict]:
    rows = []
    for book, number in (("EQ-US-CORE", 951), ("CREDIT-EUR", 952)):
        row = free.take(book=book)
        rows.append(row | dict(trade_id=f"T{row['trade_date']:%y%m%d}-{number}"))
        _note(planted, rows[-1], "booked without a deal in the front office", "missing in the front office")
    return rows
