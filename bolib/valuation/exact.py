"""Whole numbers for money: what a kernel computes with between two decimal columns.

A decimal is its unscaled integer (12.34 is 1234 cents), so sums, comparisons and differences are
those of int64. Products and quotients happen in `multiply_divide` alone and are rounded once.
"""

from collections.abc import Sequence
from functools import reduce
from math import prod
from operator import mul

import numpy as np
import pyarrow as pa

from bolib.errors import BolibError

QUANTITY, PRICE, AMOUNT = pa.decimal128(18, 6), pa.decimal128(18, 8), pa.decimal128(18, 2)

Whole = np.ndarray | int
"""An array of int64, or one Python integer that stands for all rows."""

_FLOAT_SLACK = 2.0**-48
"""More than the relative error of a double after fifteen conversions and fifteen operations."""


def integers(column: pa.Array | pa.ChunkedArray, null: int | None = None) -> np.ndarray:
    """Return the unscaled integers of a decimal or int64 column, `null` standing for a missing value.

    >>> integers(pa.array(["12.34", "-0.01"]).cast(AMOUNT)).tolist()
    [1234, -1]
    """
    values = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if values.null_count and null is None:
        raise BolibError("kernel", "a value in every row", f"{values.null_count} missing", "Fill in the rows.")
    whole = _unscaled(values) if pa.types.is_decimal(values.type) else values.fill_null(null or 0).to_numpy()
    return np.where(missing(values), null, whole) if values.null_count else whole


def _unscaled(values: pa.Array) -> np.ndarray:
    """Return the low 64 of the 128 bits of each decimal: all of its value, for up to 18 digits."""
    words = np.frombuffer(values.cast(pa.decimal128(18, values.type.scale)).buffers()[1], np.int64)
    return words[2 * values.offset : 2 * (values.offset + len(values)) : 2].copy()


def missing(column: pa.Array | pa.ChunkedArray) -> np.ndarray:
    """Return where a column has no value."""
    return column.is_null().to_numpy(zero_copy_only=False)


def decimals(values: np.ndarray, kind: pa.DataType, null: np.ndarray | None = None) -> pa.Array:
    """Return unscaled integers as a decimal column, missing where `null` is true.

    >>> decimals(np.array([1234, -1]), AMOUNT).to_pylist()
    [Decimal('12.34'), Decimal('-0.01')]
    """
    _fits(values, 10**kind.precision)
    words = np.empty((len(values), 2), np.int64)
    words[:, 0] = values
    words[:, 1] = words[:, 0] >> 63
    known = None if null is None else pa.py_buffer(np.packbits(~null, bitorder="little"))
    return pa.Array.from_buffers(kind, len(values), [known, pa.py_buffer(words)])


def _fits(values: np.ndarray, limit: int) -> None:
    if len(values) and max(int(values.max()), -int(values.min())) >= limit:
        raise BolibError("kernel", f"a result below {limit:.0e}", "more", "Look for a wrong quantity, price or rate.")


def multiply_divide(numerators: Sequence[Whole], denominators: Sequence[Whole]) -> np.ndarray:
    """Return product(numerators) / product(denominators), rounded once, a half to the even neighbour.

    Exact for any int64 factors as long as the result fits. Denominators are positive. A quotient of
    doubles proposes the result; it is beyond doubt unless it lies within its own error of a half.
    The few doubtful rows are decided by whole numbers. Give the widest numerator first.

    >>> multiply_divide([np.array([5, 15, -25])], [10]).tolist()    # halves go to the even neighbour
    [0, 2, -2]
    """
    ratio = reduce(mul, map(_double, numerators[1:]), 1.0) / reduce(mul, map(_double, denominators))
    quotient = np.atleast_1d(_double(numerators[0]) * ratio)
    proposed = np.rint(quotient)
    largest = max(-quotient.min(initial=0), quotient.max(initial=0))
    distance = np.abs(np.subtract(quotient, proposed, out=quotient), out=quotient)
    doubtful = ~(distance < 0.5 - largest * _FLOAT_SLACK)
    with np.errstate(invalid="ignore"):
        result = proposed.astype(np.int64)
    if doubtful.any():
        rows = np.nonzero(doubtful)
        chosen = [[_rows(factor, result.shape, rows) for factor in side] for side in (numerators, denominators)]
        result[rows] = _decided(proposed[rows], *chosen)
    return result


def _double(factor: Whole) -> np.ndarray | float:
    return factor.astype(np.float64) if isinstance(factor, np.ndarray) else float(factor)


def _rows(factor: Whole, shape: tuple[int, ...], chosen: tuple[np.ndarray, ...]) -> np.ndarray:
    return np.broadcast_to(np.asarray(factor, np.int64), shape)[chosen]


def _decided(proposed: np.ndarray, numerators: list[np.ndarray], denominators: list[np.ndarray]) -> np.ndarray:
    """Return the rounded quotients from their remainders, in Python's integers where 64 bits do not suffice."""
    numerators, denominators = _cancelled(numerators, denominators)
    wide = (np.abs(proposed) >= 2.0**48) | (reduce(mul, map(_double, denominators)) >= 2.0**61)
    result = np.empty(len(proposed), np.int64)
    near = ~wide
    top, bottom = (reduce(mul, (factor[near] for factor in side)) for side in (numerators, denominators))
    result[near] = _nearest(proposed[near].astype(np.int64), top, bottom)
    for row in np.flatnonzero(wide):
        result[row] = _rounded(prod(int(n[row]) for n in numerators), prod(int(d[row]) for d in denominators))
    return result


def _nearest(proposed: np.ndarray, top: np.ndarray, bottom: np.ndarray) -> np.ndarray:
    """Return the proposal moved by -1, 0 or 1 to the even-rounded quotient top / bottom.

    `top` has wrapped around 2^64, and that does no harm: the proposal is less than 1.5 away, so the
    remainder top - proposal x bottom lies within 1.5 x 2^61, where arithmetic modulo 2^64 is exact.
    """
    twice = 2 * (top - proposed * bottom)
    odd = proposed & 1
    return proposed + (twice + odd > bottom) - (twice - odd < -bottom)


def _rounded(top: int, bottom: int) -> int:
    below, rest = divmod(top, bottom)
    rounded = below + (2 * rest + (below & 1) > bottom)
    if abs(rounded) >= 2**63:
        raise BolibError("kernel", "a result within 63 bits", str(rounded), "Look for a wrong quantity, price or rate.")
    return rounded


def _cancelled(numerators: list[np.ndarray], denominators: list[np.ndarray]) -> tuple[list, list]:
    """Return the factors without what two of them, one above and one below, have in common."""
    above, below = list(numerators), list(denominators)
    for i in range(len(above)):
        for j in range(len(below)):
            shared = np.maximum(np.gcd(above[i], below[j]), 1)
            above[i], below[j] = above[i] // shared, below[j] // shared
    return above, below


def share(amount: np.ndarray, part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """Return the part of `amount` that falls on `part` of `whole` units: all of it when the part is the whole.

    >>> share(np.array([1000, 1000]), np.array([1, 3]), np.array([3, 3])).tolist()
    [333, 1000]
    """
    whole_drawn = part == whole
    result = np.where(whole_drawn, amount, 0)
    some = np.flatnonzero(~whole_drawn & (part != 0))
    result[some] = multiply_divide([amount[some], part[some]], [whole[some]])
    return result
