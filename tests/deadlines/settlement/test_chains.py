"""Chains of fails: a case worked by hand, a queue of units as slow twin, and what must never change."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from queue_of_units import queue_of_units

from bolib.deadlines.settlement.chains import COLUMNS, chain

QUANTITY = pa.decimal128(18, 6)
COMING = pa.schema(
    [("pool", pa.string()), ("instruction_id", pa.string()), ("due", pa.date32()), ("quantity", QUANTITY)]
)
WANTED = pa.schema([
    ("pool", pa.string()), ("instruction_id", pa.string()), ("intended_settlement_date", pa.date32()),
    ("open_quantity", QUANTITY),
])  # fmt: skip
FIRST = date(2026, 3, 2)


def coming(*rows):
    return _table(COMING, rows)


def wanted(*rows):
    return _table(WANTED, rows)


def _table(schema, rows):
    """Return rows of pool, key, days after 2 March (None = there now), units."""
    named = [
        (pool, key, None if day is None else FIRST + timedelta(day), Decimal(units)) for pool, key, day, units in rows
    ]
    return pa.Table.from_pylist([dict(zip(schema.names, row, strict=True)) for row in named], schema=schema)


def links(found):
    rows = sorted(found.to_pylist(), key=lambda row: (row["pool"], row["receipt"], row["delivery"]))
    return [(row["pool"], row["receipt"], row["delivery"], int(row["quantity"]), row["releases"]) for row in rows]


def test_a_receipt_releases_what_is_due_first_once_the_stock_is_used():
    """60 in stock, 61 and 82 to come; 115 wanted first take the stock and 55, 145 wanted next the other 6 and all 82."""
    found = chain(
        coming(("P", None, None, 60), ("P", "R1", 0, 61), ("P", "R2", 5, 82)),
        wanted(("P", "D1", 1, 115), ("P", "D2", 5, 145)),
    )
    assert found.schema == COLUMNS
    assert links(found) == [("P", "R1", "D1", 55, True), ("P", "R1", "D2", 6, False), ("P", "R2", "D2", 82, False)]


def test_a_delivery_that_the_stock_covers_waits_for_nobody():
    assert not chain(coming(("P", None, None, 100), ("P", "R", 0, 50)), wanted(("P", "D", 0, 100))).num_rows


def test_an_overdrawn_account_is_made_up_first():
    found = chain(coming(("P", None, None, -30), ("P", "R", 0, 50)), wanted(("P", "D", 0, 20)))
    assert links(found) == [("P", "R", "D", 20, True)]
    found = chain(coming(("P", None, None, -31), ("P", "R", 0, 50)), wanted(("P", "D", 0, 20)))
    assert links(found) == [("P", "R", "D", 19, False)]


def test_of_two_receipts_the_last_one_releases():
    found = chain(coming(("P", "R1", 0, 40), ("P", "R2", 1, 40)), wanted(("P", "D", 0, 70)))
    assert links(found) == [("P", "R1", "D", 40, False), ("P", "R2", "D", 30, True)]


def test_pools_do_not_serve_one_another():
    assert not chain(coming(("A", "R", 0, 40)), wanted(("B", "D", 0, 40))).num_rows


POOLS = st.dictionaries(
    st.sampled_from("ABC"),
    st.tuples(
        st.integers(-6, 6),
        st.lists(st.integers(1, 5), max_size=5),
        st.lists(st.integers(1, 5), max_size=5),
    ),
)


@given(POOLS, st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_links_are_those_of_a_queue_of_units_whatever_the_order_of_the_rows(pools, chance):
    given_rows, wanted_rows, expected = [], [], []
    for pool, (stock, receipts, deliveries) in pools.items():
        receipts = [(f"R{n}", units) for n, units in enumerate(receipts)]
        deliveries = [(f"D{n}", units) for n, units in enumerate(deliveries)]
        given_rows += [(pool, None, None, stock)] * (stock != 0)
        given_rows += [(pool, key, n, units) for n, (key, units) in enumerate(receipts)]
        wanted_rows += [(pool, key, n, units) for n, (key, units) in enumerate(deliveries)]
        expected += [(pool, *link) for link in queue_of_units(stock, receipts, deliveries)]
    chance.shuffle(given_rows)
    chance.shuffle(wanted_rows)
    assert links(chain(coming(*given_rows), wanted(*wanted_rows))) == sorted(expected)


def test_quantities_of_eighteen_digits_do_not_overflow_between_pools():
    chance, largest = random.Random(3), 10**11
    given_rows = [(f"P{n}", "R", 0, largest - chance.randrange(9)) for n in range(300)]
    found = chain(coming(*given_rows), wanted(*((pool, "D", 0, units) for pool, _, _, units in given_rows)))
    assert [row[3] for row in links(found)] == [row[3] for row in sorted(given_rows)]
