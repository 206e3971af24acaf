"""Kernels that value: the only place where money is multiplied.

`value` and `convert` turn quantities, prices and cash into a book's currency, `attribute` says what moved a position's
value, `accrued_interest` what a bond has earned since its coupon, `yields` what its price brings a year, `charge` what
a rate takes of a value. All but a yield are exact: whole numbers in `exact`, one rounding a level, differences never
rounded.
"""

from bolib.valuation.accrued import accrued_at, accrued_interest
from bolib.valuation.attribution import attribute, attribute_books
from bolib.valuation.charges import charge
from bolib.valuation.exact import AMOUNT, PRICE, QUANTITY, decimals, integers, multiply_divide
from bolib.valuation.values import booked_apart, convert, value, worth
from bolib.valuation.yields import yields

__all__ = [
    "AMOUNT",
    "PRICE",
    "QUANTITY",
    "accrued_at",
    "accrued_interest",
    "attribute",
    "attribute_books",
    "booked_apart",
    "charge",
    "convert",
    "decimals",
    "integers",
    "multiply_divide",
    "value",
    "worth",
    "yields",
]
