"""Worth of positions and of cash in a book's currency.

Rates are units of a currency for 1 EUR, as the ECB quotes them; the cross rate book_rate / rate is
kept as its two quoted figures, never as a rounded number.
"""

import numpy as np
import pyarrow as pa

from bolib.valuation.exact import AMOUNT, Whole, decimals, integers, missing, multiply_divide

_ONE_EURO = 10**8
"""The euro's rate to itself, in units of 1e-8."""

_SCALE = 10**18
"""Millionths of a quantity x 1e-8 of a price x millionths of a multiplier, in cents: 10^(6 + 8 + 6 - 2)."""


def worth(
    quantity: Whole, price: Whole, multiplier: Whole, divisor: Whole, rate: Whole, book_rate: Whole, per: Whole = 1
) -> np.ndarray:
    """Return cents: quantity x price x multiplier x book_rate / (divisor x rate x per), rounded half-even.

    `divisor` is 1 for a price per unit and 100 for one in percent; `per` divides the price.
    """
    return multiply_divide([quantity, price, multiplier, book_rate], [rate, divisor, per, _SCALE])


def value(rows: pa.Table) -> pa.Table:
    """Return `rows` with market_value (accrued interest included) and clean_value, in the book's currency.

    rows: quantity, price, accrued (per unit, quoted as the price is), multiplier, divisor (1 UNIT, 100
    PERCENT), rate, book_rate. A row where one of them is missing has no value, never zero.
    """
    unknown = _any_missing(rows, "quantity", "price", "accrued", "multiplier", "divisor", "rate", "book_rate")
    price, accrued = integers(rows["price"], null=0), integers(rows["accrued"], null=0)
    quantity = integers(rows["quantity"], null=0)
    terms = [integers(rows[name], null=1) for name in ("multiplier", "divisor", "rate", "book_rate")]
    clean = worth(quantity, price, *terms)
    dirty = worth(quantity, price + accrued, *terms) if accrued.any() else clean
    rows = rows.append_column("market_value", decimals(dirty, AMOUNT, unknown))
    return rows.append_column("clean_value", decimals(clean, AMOUNT, unknown))


def convert(rows: pa.Table) -> pa.Table:
    """Return `rows` with cash_gross, cash_accrued, cash_fees, cash_taxes and cash_net in the book's currency.

    rows: gross, accrued, fees, taxes (cash: received +, paid -), rate, book_rate. The running sums gross,
    gross + accrued and so on are converted and rounded; the parts are their differences, so that they
    add up to the converted net to the cent. A row without a rate has no cash.
    """
    unknown = _any_missing(rows, "rate", "book_rate")
    parts = [integers(rows[name], null=0) for name in ("gross", "accrued", "fees", "taxes")]
    cash = converted_parts(parts, integers(rows["rate"], null=1), integers(rows["book_rate"], null=1))
    for name, cents in zip(("gross", "accrued", "fees", "taxes", "net"), [*cash, sum(cash)], strict=True):
        rows = rows.append_column(f"cash_{name}", decimals(cents, AMOUNT, unknown))
    return rows


def booked_apart(rows: pa.Table) -> pa.Table:
    """Return the rows whose `booked` is more than `tolerated` from `in_euro`, which is gross / rate.

    gross: unsigned, in a currency of which `rate` units make 1 EUR; booked and tolerated: unsigned, in euros. A row
    that lacks one of them says nothing.
    """
    gross, rate = integers(rows["gross"], null=0), integers(rows["rate"], null=1)
    in_euro = multiply_divide([gross, _ONE_EURO], [rate])
    apart = np.abs(in_euro - integers(rows["booked"], null=0)) > integers(rows["tolerated"], null=0)
    apart &= ~_any_missing(rows, "gross", "rate", "booked", "tolerated")
    return rows.filter(pa.array(apart)).append_column("in_euro", decimals(in_euro[apart], AMOUNT))


def converted_parts(parts: list[np.ndarray], rate: np.ndarray, book_rate: np.ndarray) -> list[np.ndarray]:
    """Return cents in the book's currency, as differences of the converted running sums of `parts`."""
    levels, total = [np.zeros_like(parts[0])], np.zeros_like(parts[0])
    for part in parts:
        total = total + part
        levels.append(multiply_divide([total, book_rate], [rate]) if part.any() else levels[-1])
    return [after - before for before, after in zip(levels, levels[1:], strict=False)]


def _any_missing(rows: pa.Table, *names: str) -> np.ndarray:
    return np.logical_or.reduce([missing(rows[name]) for name in names])
