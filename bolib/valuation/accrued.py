"""What a bond has earned since its last coupon, in percent of its nominal.

Coupon dates are the anniversaries of the maturity, every 12 / frequency months; where a month is too
short, its last day. With D the days from the last coupon date to the day, T those to the next coupon,
c the coupon in percent a year and f the frequency (2006 ISDA definitions, section 4.16; ICMA rule 251):

    ACT/ACT   c / f x D / T
    ACT/360   c x D / 360
    ACT/365   c x D / 365
    30E/360   c x D30 / 360, where months have 30 days and a 31st counts as a 30th
"""

import numpy as np
import pyarrow as pa

from bolib.valuation.exact import PRICE, decimals, integers, missing, multiply_divide

CONVENTIONS = ("ACT/ACT", "ACT/360", "ACT/365", "30E/360")


def accrued_interest(bonds: pa.Table, dates: pa.Array) -> pa.Table:
    """Return isin, date, accrued (percent of nominal) for each bond and each date.

    bonds: isin, coupon_rate (percent a year), day_count, maturity_date, coupon_frequency (missing = 1).
    Zero on a coupon date, from the maturity on, and for a bond without coupon; missing where a bond
    with a coupon has no maturity or no known convention.
    """
    day = whole_days(dates)
    percent, unknown = _earned(bonds, day[None, :])
    return pa.table({
        "isin": bonds["isin"].take(pa.array(np.repeat(np.arange(len(bonds)), len(dates)))),
        "date": pa.array(np.tile(day, len(bonds))),
        "accrued": decimals(percent.ravel(), PRICE, unknown.repeat(len(dates))),
    })  # fmt: skip


def accrued_at(bonds: pa.Table, date: str) -> pa.Array:
    """Return what each bond has earned by its own date, in the column named; the bonds as above, missing alike."""
    percent, unknown = _earned(bonds, whole_days(bonds[date])[:, None])
    return decimals(percent[:, 0], PRICE, unknown | missing(bonds[date]))


def _earned(bonds: pa.Table, day: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return percent of nominal (1e-8) by bond and day, and the bonds of which it cannot be told."""
    rate, known = integers(bonds["coupon_rate"], null=0), ~missing(bonds["maturity_date"])
    convention = np.array(bonds["day_count"].to_pylist(), object)[:, None]
    maturity = whole_days(bonds["maturity_date"])[:, None]
    months = 12 // integers(bonds["coupon_frequency"], null=1)[:, None]
    earned, year = _fraction(convention, day, *coupon_period(maturity, months, day), months)
    earned = np.where(day >= maturity, 0, earned)
    known &= np.isin(convention[:, 0], CONVENTIONS)
    return multiply_divide([earned, rate[:, None]], [year]), (rate != 0) & ~known


def whole_days(column: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """Return dates as numpy's days, 1970 for a missing one."""
    return column.cast(pa.int32()).fill_null(0).to_numpy().astype("datetime64[D]")


def _fraction(
    convention: np.ndarray, day: np.ndarray, last: np.ndarray, following: np.ndarray, months: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the days earned and the days of a year, by convention; no days in a year of one where it is unknown."""
    actual, period = (day - last).astype(np.int64), (following - last).astype(np.int64)
    ways = {"ACT/ACT": (actual, period * (12 // months)), "ACT/360": (actual, 360), "ACT/365": (actual, 365)}
    ways["30E/360"] = (_days_30e(last, day), 360)
    earned, year = np.zeros_like(actual), np.ones_like(actual)
    for name, (days, of_year) in ways.items():
        earned, year = np.where(convention == name, (days, np.broadcast_to(of_year, days.shape)), (earned, year))
    return earned, year


def coupon_period(maturity: np.ndarray, months: np.ndarray, day: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the coupon dates around each day: the last one on or before it, and the following."""
    this_month = day.astype("datetime64[M]")
    back = (this_month - maturity.astype("datetime64[M]")).astype(np.int64) % months
    last_month = this_month - back
    last_month = last_month - np.where(_anniversary(maturity, last_month) > day, months, 0)
    return _anniversary(maturity, last_month), _anniversary(maturity, last_month + months)


def _anniversary(maturity: np.ndarray, month: np.ndarray) -> np.ndarray:
    """Return the maturity's day in a month, or the month's last where it is too short."""
    month = month.astype("datetime64[M]")
    same_day = month.astype("datetime64[D]") + (maturity - maturity.astype("datetime64[M]").astype("datetime64[D]"))
    return np.minimum(same_day, (month + 1).astype("datetime64[D]") - 1)


def _days_30e(first: np.ndarray, last: np.ndarray) -> np.ndarray:
    """Return the days from `first` to `last` where every month has thirty."""
    months = (last.astype("datetime64[M]") - first.astype("datetime64[M]")).astype(np.int64)
    return 30 * months + _day_of_month(last) - _day_of_month(first)


def _day_of_month(day: np.ndarray) -> np.ndarray:
    return np.minimum((day - day.astype("datetime64[M]").astype("datetime64[D]")).astype(np.int64) + 1, 30)
