"""What a rate takes of the value of a quantity, such as a cash penalty."""

import pyarrow as pa

from bolib.valuation.exact import AMOUNT, PRICE, decimals, integers, missing, multiply_divide

BASIS_POINTS = 10_000

_SCALES = 10**13, 10**13
"""Millionths of a quantity x 1e-8 of a price x millionths of a multiplier x 1e-8 of a rate, in cents: 10^26."""


def charge(rows: pa.Table) -> pa.Table:
    """Return `rows` with amount, and with rate_bp for people.

    amount = quantity x price x multiplier / divisor x charge_rate / charge_divisor x book_rate / rate, rounded once
    to the cent, a half to the even neighbour. rows: these columns; `divisor` is 1 UNIT, 100 PERCENT; `charge_rate`
    is per `charge_divisor` (10,000 basis points, 36,000 percents of a year of 360 days); `rate` and `book_rate` are
    units of the price's currency and of the amount's for 1 EUR. A row where one is missing has no amount.

    >>> row = {"quantity": "1000", "price": "100", "multiplier": "1", "charge_rate": "1", "rate": "1", "book_rate": "1"}
    >>> digits = {"quantity": 6, "multiplier": 6}
    >>> row = {name: pa.array([text]).cast(pa.decimal128(18, digits.get(name, 8))) for name, text in row.items()}
    >>> charge(pa.table(row | {"divisor": [1], "charge_divisor": [10_000]}))["amount"].to_pylist()
    [Decimal('10.00')]
    """
    above = [integers(rows[name], null=0) for name in ("quantity", "price", "multiplier", "charge_rate", "book_rate")]
    below = [integers(rows[name], null=1) for name in ("divisor", "charge_divisor", "rate")]
    amount = multiply_divide(above, [*below, *_SCALES])
    unknown = missing(rows["quantity"])
    for name in ("price", "multiplier", "charge_rate", "book_rate", "divisor", "charge_divisor", "rate"):
        unknown = unknown | missing(rows[name])
    points = multiply_divide([above[3], BASIS_POINTS], [below[1]])
    no_rate = missing(rows["charge_rate"]) | missing(rows["charge_divisor"])
    rows = rows.append_column("amount", decimals(amount, AMOUNT, unknown))
    return rows.append_column("rate_bp", decimals(points, PRICE, no_rate))
