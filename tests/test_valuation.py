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
from walk_of_days import COMPONENTS, walk_of_days

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


_PRICE = st.one_of(st.integers(1, 200), st.decimals("0.00000001", "150", places=8)).map(Decimal)
_CENTS = st.integers(-100_000, 100_000).map(lambda cents: Decimal(cents) / 100)
_SOMETIMES = st.sampled_from([0, 0, 0, 0, 1])


@st.composite
def stories(draw) -> tuple[list[dict], list[dict]]:
    """Return the flows of two books in one or two currencies, and their marks."""
    days, first = draw(st.integers(1, 6)), draw(st.integers(0, 2))
    currencies = {"A": "EUR", "B": draw(st.sampled_from(["EUR", "USD"])), "C": "USD"}
    bond = draw(st.booleans())
    told = [_mark(draw, first + day, bond) for day in range(days)]
    marks = [row | {"currency": code, "book_rate": rate} for row in told for code, rate in _rates(draw)]
    flows = []
    for book, code in currencies.items():
        for _ in range(draw(st.integers(0, 4))):
            kind = draw(st.sampled_from(["OPEN", "TRADE", "TRADE", "TRANSFER_IN", "TRANSFER_OUT"]))
            quantity = Decimal(draw(st.one_of(st.integers(-300, 300), st.integers(-9, 9)))) or Decimal("0.000001")
            row = {"state": 0, "isin": "X", "book": book, "currency": code, "kind": kind, "quantity": quantity}
            row["day"] = draw(st.integers(0, first + days))
            flows.append(row | {name: draw(_CENTS) for name in ("gross", "accrued", "fees", "taxes")})
    return flows, marks


def _rates(draw):
    return [("EUR", Decimal(1)), ("USD", draw(st.sampled_from([Decimal("1.0837"), Decimal("1.25"), Decimal("1.1")])))]


def _mark(draw, day: int, bond: bool) -> dict:
    new, old = draw(st.sampled_from([(1, 1), (1, 1), (1, 1), (7, 1), (1, 3), (2, 3)]))
    row = {"state": 0, "isin": "X", "day": day, "price": draw(st.one_of(_PRICE, _PRICE, _PRICE, st.none()))}
    row |= {"accrued": draw(_PRICE) if bond else Decimal(0), "split_new": Decimal(new), "split_old": Decimal(old)}
    row |= {"rate": draw(st.sampled_from([Decimal(1), Decimal("1.0837"), Decimal("0.8612"), None]))}
    row |= {"multiplier": Decimal(1), "divisor": 100 if bond else 1}
    return row | {name: draw(_PRICE) * draw(_SOMETIMES) for name in ("dividend", "coupon", "capital", "redemption")}


def attributed(flows: list[dict], marks: list[dict]) -> list[tuple]:
    """Return the kernel's rows as the walk writes them."""
    lines = attribute(table(flows), table(marks, accrued=PRICE)).to_pylist() if flows else []
    return sorted(
        (
            *(line[name] for name in ("state", "isin", "book", "currency", "day")),
            *(int(line[name] * 10**6) for name in ("q0", "q1")),
            *(str(None if line[name] is None else int(line[name] * 100)) for name in COMPONENTS),
        )
        for line in lines
    )


@settings(max_examples=200, deadline=None)
@given(stories())
def test_the_kernel_is_a_walk_through_the_days(story):
    assert attributed(*story) == walk_of_days(*story)
