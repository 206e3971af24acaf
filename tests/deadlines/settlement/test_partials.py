"""Partial settlement: cases worked by hand, and every choice of quantities tried as slow twin."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from queue_of_units import largest_cure

from bolib.deadlines.settlement.partials import COLUMNS, partials

CANDIDATES = pa.schema(
    [("pool", pa.string()), ("instruction_id", pa.string()), ("due", pa.date32())]
    + [("open_quantity", pa.decimal128(18, 6)), ("open_amount", pa.decimal128(18, 2))]
    + [("available", pa.decimal128(18, 6)), ("lot_size", pa.decimal128(18, 6))]
)


def candidates(*rows, available, lot=None):
    """Return candidates drawn as (key, day of March, units, amount) of one pool."""
    named = [
        {"pool": "P", "instruction_id": key, "due": date(2026, 3, day), "open_quantity": Decimal(units)}
        | {"open_amount": Decimal(amount), "available": Decimal(available), "lot_size": lot and Decimal(lot)}
        for key, day, units, amount in rows
    ]
    return pa.Table.from_pylist(named, schema=CANDIDATES)


def served(found):
    return [
        (row["instruction_id"], int(row["partial_quantity"]), str(row["cured_amount"])) for row in found.to_pylist()
    ]


def test_the_dearest_delivery_comes_first_and_the_last_one_is_cut():
    """Of 60: 40 at 10.50 in full, then 20 of the 30 at 10.00; the one at 9.00 gets nothing."""
    found = partials(
        candidates(("cheap", 2, 30, "270.00"), ("middle", 3, 30, "300.00"), ("dear", 4, 40, "420.00"), available=60)
    )
    assert found.schema == COLUMNS
    assert served(found) == [("dear", 40, "420.00"), ("middle", 20, "200.00")]


def test_of_equals_the_oldest_comes_first():
    found = partials(candidates(("young", 5, 30, "300.00"), ("old", 2, 30, "300.00"), available=40))
    assert served(found) == [("old", 30, "300.00"), ("young", 10, "100.00")]


def test_a_part_is_a_whole_number_of_lots():
    """Of 61,500 of a bond in lots of 1,000, 61,000 of the 115,000 settle: 119,261.58 x 61 / 115 = 63,260.49."""
    found = partials(candidates(("bond", 2, 115_000, "119261.58"), available=61_500, lot=1_000))
    assert served(found) == [("bond", 61_000, "63260.49")]
    assert not partials(candidates(("bond", 2, 115_000, "119261.58"), available=999, lot=1_000)).num_rows


@given(
    st.integers(0, 12),
    st.sampled_from([1, 2]),
    st.lists(st.tuples(st.integers(1, 4), st.integers(0, 50)), min_size=1, max_size=4),
)
@settings(max_examples=150)
def test_no_other_choice_of_lots_cures_more(available, lot, drawn):
    deliveries = [(units * lot, cents) for units, cents in drawn]
    rows = [(f"D{n}", 2, units, Decimal(cents) / 100) for n, (units, cents) in enumerate(deliveries)]
    found = partials(candidates(*rows, available=available, lot=lot)) if available else COLUMNS.empty_table()
    chosen = {row["instruction_id"]: int(row["partial_quantity"]) for row in found.to_pylist()}
    assert sum(chosen.values()) <= available and all(units % lot == 0 for units in chosen.values())
    cured = sum(Fraction(cents * chosen.get(f"D{n}", 0), units) for n, (units, cents) in enumerate(deliveries))
    assert cured == largest_cure(available, lot, deliveries)
