"""Exact amounts, rounded half to even, independently of the library that the sample tests."""

from decimal import ROUND_HALF_EVEN, Decimal, getcontext

getcontext().prec = 40
CENT, UNIT = Decimal("0.01"), Decimal(1)


def rounded(value: Decimal, digits: int = 2) -> Decimal:
    """Return `value` with `digits` after the point, half to even."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN)


def value_of(quantity: Decimal, price: Decimal, instrument: dict) -> Decimal:
    """Return quantity x price x multiplier, by hundred in percent, in the instrument's currency, not rounded."""
    value = quantity * price * instrument["multiplier"]
    return value / 100 if instrument["quotation"] == "PERCENT" else value
