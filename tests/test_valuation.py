"""Valuation: known answers worked out by hand, exact fractions as slow twin, identities that must hold."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pyarrow as pa
import pytest
from bolib.errors import BolibError
from bolib.valuation import AMOUNT, PRICE, QUANTITY, accrued_interest, attribute, convert, decimals, integers
from bolib.valuation import multiply_divide, value
from hypothesis import given, settings
from hypothesis import strategies as st

RATE = PRICE
_TYPES = {
    "state": pa.int64(), "isin": pa.string(), "book": pa.string(), "currency": pa.string(), "day": pa.int64(),
    "kind": pa.string(), "quantity": QUANTITY, "gross": AMOUNT, "accrued": AMOUNT, "fees": AMOUNT, "taxes": AMOUNT,
    "price": PRICE, "rate": RATE, "book_rate": RATE, "multiplier": QUANTITY, "divisor": pa.int64(),
    "split_new": QUANTITY, "split_old": QUANTITY, "dividend": PRICE, "coupon": PRICE, "capital": PRICE,
    "redemption": PRICE,
}  # fmt: skip
FLOW = {"state": 0, "isin": "X", "book": "A", "currency": "EUR", "kind": "TRADE", "accrued": 0, "fees": 0, "taxes": 0}
MARK = {
    "state": 0, "isin": "X", "currency": "EUR", "accrued": 0, "rate": 1, "book_rate": 1, "multiplier": 1, "divisor": 1,
    "split_new": 1, "split_old": 1, "dividend": 0, "coupon": 0, "capital": 0, "redemption": 0,
}  # fmt: skip


def table(rows: list[dict], **types: pa.DataType) -> pa.Table:
    """Return rows as a table with the columns' own types; `types` replaces some of them."""
    kinds = _TYPES | types
    return pa.table({name: pa.array([_exact(row[name], kinds[name]) for row in rows], kinds[name]) for name in rows[0]})


def _exact(cell, kind):
    return Decimal(cell).quantize(Decimal(1).scaleb(-kind.scale)) if cell is not None and pa.types.is_decimal(kind) else cell


def flows(*rows: dict) -> pa.Table:
    return table([FLOW | {"gross": 0} | row for row in rows])


def marks(*rows: dict, **every: object) -> pa.Table:
    return table([MARK | every | {"day": number} | row for number, row in enumerate(rows)], accrued=PRICE)


def days(result: pa.Table, *names: str) -> list[tuple]:
    """Return plain values by row, in order of book and day."""
    ordered = sorted(result.to_pylist(), key=lambda row: (row["state"], row["isin"], row["book"], row["day"]))
    return [tuple(float(row[name]) if isinstance(row[name], Decimal) else row[name] for name in names) for row in ordered]


def test_price_and_rate_move_a_holding():
    """100 at 10 USD, then 11: at 1.25 USD a EUR, then 1.10. 100 x 1 / 1.25 = 80; 1100 / 1.10 - 1100 / 1.25 = 120."""
    result = attribute(
        flows({"day": 0, "kind": "OPEN", "quantity": 100}),
        marks({"price": 10, "rate": "1.25"}, {"price": 11, "rate": "1.10"}),
    )
    assert days(result, "day", "q0", "q1", "price_effect", "fx", "new") == [(0, 100, 100, 0, 0, 0), (1, 100, 100, 80, 120, 0)]
