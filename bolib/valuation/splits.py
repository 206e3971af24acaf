"""Units that no split changes.

A position of 10 becomes 70 on a 7:1 split, and 10/3 on a 1:3: counted in *common units*, small
enough for every epoch between two splits to be a whole number of them, it stays what it was. A
quantity of epoch e counts `factor[e]` common units; it is rounded only when it is written.
"""

from math import gcd

import numpy as np

from bolib.errors import BolibError


def common_units(ratios: list[tuple[int, int]]) -> list[int]:
    """Return the factor of each epoch, one more than the splits, given (new, old) in order of time.

    >>> common_units([(7, 1)])          # 1 old share = 7 common units, 1 new share = 1
    [7, 1]
    >>> common_units([(1, 3), (2, 1)])
    [2, 6, 3]
    """
    factors = [1]
    for new, old in ratios:
        factors = [factor * new for factor in factors] + [factors[-1] * old]
    shared = gcd(*factors)
    factors = [factor // shared for factor in factors]
    if max(factors) >= 2**62:
        raise BolibError("splits", "ratios whose product fits 62 bits", str(ratios), "Look for a wrong split ratio.")
    return factors


def counted(quantity: np.ndarray, factor: np.ndarray) -> np.ndarray:
    """Return quantities (in millionths) in common units (of a millionth)."""
    if np.abs(quantity).max(initial=0) * float(factor.max(initial=1)) >= 2.0**62:
        raise BolibError("splits", "quantities below 4e12 common units", "more", "Look for a wrong quantity or ratio.")
    return quantity * factor
