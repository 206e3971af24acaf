"""Coupons and accrued interest of the sample's bonds, from the definitions of the conventions."""

from datetime import date
from decimal import Decimal as D
from functools import cache

from generator.days import AS_OF, FIRST, months_later
from generator.instruments import INSTRUMENTS
from generator.money import rounded


@cache
def coupon_dates(isin: str) -> tuple[date, ...]:
    """Return the coupon dates of a bond, oldest first, the last being its maturity."""
    bond = INSTRUMENTS[isin]
    step = 12 // bond["coupon_frequency"]
    return tuple(months_later(bond["maturity_date"], -step * n) for n in range(80, -1, -1))


def _period(isin: str, day: date) -> tuple[date, date]:
    dates = coupon_dates(isin)
    place = next(n for n, coupon in enumerate(dates) if coupon > day)
    return dates[place - 1], dates[place]


def _thirties(first: date, last: date) -> int:
    days = min(last.day, 30) - min(first.day, 30)
    return (last.year - first.year) * 360 + (last.month - first.month) * 30 + days


def _fraction(bond: dict, first: date, last: date, whole: int) -> D:
    """Return the part of a year's coupon earned from `first` to `last`; `whole` = days of the coupon period."""
    actual = D((last - first).days)
    if bond["day_count"] == "ACT/ACT":
        return actual / whole / bond["coupon_frequency"]
    if bond["day_count"] == "30E/360":
        return D(_thirties(first, last)) / 360
    return actual / (365 if bond["day_count"] == "ACT/365" else 360)


@cache
def accrued(isin: str, day: date) -> D:
    """Return interest accrued on `day` per 100 of nominal; 0 on the coupon date and for other instruments."""
    bond = INSTRUMENTS[isin]
    if "coupon_rate" not in bond or day >= bond["maturity_date"]:
        return D(0)
    first, last = _period(isin, day)
    return rounded(bond["coupon_rate"] * _fraction(bond, first, day, (last - first).days), 8)


def coupons(isin: str) -> list[tuple[date, D]]:
    """Return the coupons from the first to the last day of the sample: date, amount per 100 of nominal."""
    bond, dates = INSTRUMENTS[isin], coupon_dates(isin)
    return [
        (last, rounded(bond["coupon_rate"] * _fraction(bond, first, last, (last - first).days), 8))
        for first, last in zip(dates, dates[1:], strict=False)
        if FIRST < last <= AS_OF
    ]


def coupon_between(isin: str, trade_date: date, settlement_date: date) -> bool:
    """Return whether a coupon falls after the trade and up to its settlement, when bonds are not dealt here."""
    return "coupon_rate" in INSTRUMENTS[isin] and any(
        trade_date < coupon <= settlement_date for coupon in coupon_dates(isin)
    )
