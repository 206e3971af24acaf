"""Kernels that value: the only place where money is multiplied.

`value` and `convert` turn quantities, prices and cash into a book's currency, `attribute` says what
moved a position's value, `accrued_interest` what a bond has earned since its coupon. All are exact:
see `exact`.
"""

from bolib.valuation.exact import AMOUNT, PRICE, QUANTITY, decimals, integers, multiply_divide

__all__ = ["AMOUNT", "PRICE", "QUANTITY", "decimals", "integers", "multiply_divide"]
