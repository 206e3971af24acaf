"""The slow, obvious twin of the penalty kernels: one instruction after the other, one evening after the other."""

import datetime
from fractions import Fraction


def fail_days(instructions: list[dict], steps: list[dict], hours: dict[datetime.date, dict], since: datetime.date):
    """Return (instruction_id, date, charged_on, type, quantity, reason, hold, told) of each day charged, sorted.

    hours: the settlement days in order, each with `APMT`, `FREE` (when nothing settles any more) and `end`.
    """
    rows = []
    for one in instructions:
        own = sorted((step for step in steps if step["instruction_id"] == one["instruction_id"]), key=lambda s: s["at"])
        rows += _rows(one, own, hours, since)
    return sorted(rows, key=lambda row: (row[0], row[1]))


def _rows(one: dict, steps: list[dict], hours: dict, since: datetime.date) -> list[tuple]:
    payment, rows = one["payment"], []
    matched_on = _day_of(one["matched_at"], hours)
    last = list(hours)[-1]
    ended = bool(one["settled_on"]) and one["settled_on"] <= last
    ended |= any(_in_time(step, payment, hours, last) for step in steps if step["status"] == "CANC")
    for day in hours:
        if day < one["intended_settlement_date"]:
            continue
        if one["settled_on"] and one["settled_on"] <= day:
            break
        if any(step["status"] == "CANC" and _in_time(step, payment, hours, day) for step in steps):
            break
        if not matched_on or matched_on > day or (matched_on == day and one["matched_at"] >= hours[day][payment]):
            if matched_on and matched_on >= since or (not matched_on and not ended):
                rows.append((one["instruction_id"], day, matched_on, "LMFP", one["quantity"], None, None, True))
        elif day >= since:
            rows += _evening(one, steps, hours, day)
    return rows


def _evening(one: dict, steps: list[dict], hours: dict, day: datetime.date) -> list[tuple]:
    """Return the row of a matched instruction that has not settled by this evening."""
    known = [step for step in steps if _in_time(step, one["payment"], hours, day)]
    counted = [step for step in steps if (_day_of(step["at"], hours) or datetime.date.max) <= day]
    current = day == list(hours)[-1] and one["status"] in ("PENF", "PEND")
    if not known and not current:
        return [(one["instruction_id"], day, day, "SEFP", None, None, None, False)]
    settled = counted[-1]["settled_quantity"] if counted else one["settled_quantity"]
    left = one["quantity"] - settled
    if left <= 0 < one["quantity"]:
        return []
    reason = known[-1]["reason"] if known else None
    reason = reason or (one["reason"] if current else None)
    return [(one["instruction_id"], day, day, "SEFP", left, reason, known[-1]["hold"] if known else None, True)]


def _day_of(moment: datetime.datetime | None, hours: dict) -> datetime.date | None:
    """Return the settlement day a moment falls on: the first that has not ended by then."""
    return next((day for day in hours if moment is not None and moment <= hours[day]["end"]), None)


def _in_time(step: dict, payment: str, hours: dict, day: datetime.date) -> bool:
    """Return whether a step tells of the evening of `day`: before its cut-off, or the notice of the fail itself."""
    on = _day_of(step["at"], hours)
    if on is None or on > day:
        return False
    return on < day or step["at"] < hours[day][payment] or step["status"] == "PENF"


def charged(quantity, price, multiplier, divisor, charge_rate, charge_divisor, rate, book_rate) -> int:
    """Return the cents of a charge: exact, rounded once, a half to the even neighbour."""
    exact = Fraction(quantity) * Fraction(price) * Fraction(multiplier) * Fraction(charge_rate) * Fraction(book_rate)
    return round(exact * 100 / (divisor * charge_divisor * Fraction(rate)))
