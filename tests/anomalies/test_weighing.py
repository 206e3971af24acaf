"""What the kernel says of a deal, by hand and against exact fractions."""

from datetime import datetime
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

import pyarrow as pa
from drawn import drawn
from hypothesis import given
from hypothesis import strategies as st

from bolib.anomalies.terms.bonds import BONDS, weighed_bonds
from bolib.anomalies.terms.weighing import WEIGHED, weighed

TYPES = {
    "trade_id": "varchar", "version": "bigint", "gross": "decimal(18,2)", "rate": "decimal(18,8)",
    "quantity": "decimal(18,6)", "lot_size": "decimal(18,6)", "fee_bp": "decimal(18,8)",
    "fee_minimum": "decimal(18,2)", "price": "decimal(18,8)", "reference": "decimal(18,8)",
    "usual_bp": "decimal(18,2)", "traded_at": "timestamp", "entered_at": "timestamp",
}  # fmt: skip


def test_a_deal_by_hand():
    """223,660 USD at 1.1498 for 1 EUR; 2 bp are 44.732; 96,500 are 96 lots and 500; 44.45 is 616.19 bp over 41.87."""
    rows = drawn("deal_rows", """
        trade_id | version | gross     | rate   | quantity | lot_size | fee_bp | fee_minimum | price | reference | usual_bp | traded_at           | entered_at
        T1       | 1       | 223660.00 | 1.1498 | 96500    | 1000     | 2      | 5.00        | 44.45 | 41.87     | 63.71    | 2026-03-31 09:00:59 | 2026-03-31 09:03:00
        T2       | 1       | 100.00    | 1      | 3000     | 1000     | 2      | 5.00        | 41.87 | 41.87     | 63.71    | 2026-03-31 09:00:00 | 2026-03-31 09:00:00
    """, TYPES)  # fmt: skip
    first, second = weighed(rows).to_pylist()
    assert (first["gross_eur"], first["grid_fee"], first["beyond_lot"]) == (
        Decimal("194520.79"), Decimal("44.73"), Decimal(500)
    )  # fmt: skip
    assert (first["move_bp"], first["times"]) == (Decimal("616.19"), Decimal("9.67"))
    assert first["entered_minute"] - first["traded_minute"] == 3
    assert (second["grid_fee"], second["beyond_lot"], second["move_bp"]) == (Decimal("5.00"), 0, 0)


def test_what_cannot_be_told_is_empty_never_zero():
    rows = drawn("deal_rows", """
        trade_id | version | gross  | rate | quantity | lot_size | fee_bp | fee_minimum | price | reference | usual_bp | traded_at | entered_at
        T1       | 1       | 100.00 |      | 10       |          |        |             | 5.00  |           |          |           |
        T2       | 1       | 100.00 | 1    | 10       | 0        |        | 5.00        | 5.00  | 5.00      | 0.00     |           |
    """, TYPES)  # fmt: skip
    first, second = weighed(rows).to_pylist()
    named = ("gross_eur", "grid_fee", "beyond_lot", "move_bp", "times", "traded_minute")
    assert [first[name] for name in named] == [None] * 6
    assert [second[name] for name in named[1:]] == [None, None, 0, None, None]


def test_no_deal_gives_the_columns():
    assert weighed(drawn("deal_rows", "trade_id", TYPES)).schema == WEIGHED


BOND_TYPES = {
    "trade_id": "varchar", "version": "bigint", "quantity": "decimal(18,6)", "price": "decimal(18,8)",
    "reference": "decimal(18,8)", "settlement_date": "date", "coupon_rate": "decimal(18,8)", "coupon_frequency": "bigint",
    "day_count": "varchar", "maturity_date": "date", "multiplier": "decimal(18,6)", "divisor": "bigint",
}  # fmt: skip


def test_a_bond_by_hand():
    """100 days of 3.65 % a year are 1 %; on its coupon date a bond at par yields its coupon; 103 for 100 is 3 %."""
    rows = drawn("bond_rows", """
        trade_id | version | quantity | price | reference | settlement_date | coupon_rate | coupon_frequency | day_count | maturity_date | multiplier | divisor
        INTEREST | 1       | 250000   | 99    |           | 2026-09-02      | 3.65        |                  | ACT/365   | 2030-05-25    | 1          | 100
        PAR      | 1       | 250000   | 100   | 100       | 2026-05-25      | 4           | 2                | ACT/ACT   | 2030-05-25    | 1          | 100
        ZERO     | 1       | 1000     | 100   | 50        | 2029-05-25      | 3           | 1                | ACT/ACT   | 2030-05-25    | 10         | 1
        UNKNOWN  | 1       | 1000     | 100   | 100       | 2026-05-26      | 3           | 1                |           | 2030-05-25    | 1          | 100
        OVER     | 1       | 1000     | 100   | 100       | 2030-05-25      | 3           | 1                | ACT/ACT   | 2030-05-25    | 1          | 100
    """, BOND_TYPES)  # fmt: skip
    interest, par, zero, unknown, over = weighed_bonds(rows).to_pylist()
    assert (interest["accrued_percent"], interest["accrued_due"], interest["close_yield"]) == (1, 2500, None)
    assert (par["accrued_due"], par["yield_percent"], par["days_left"]) == (0, 4, 1461)
    assert (zero["yield_percent"], zero["close_yield"]) == (3, 106)
    assert (unknown["accrued_due"], unknown["yield_percent"]) == (None, None)
    assert (over["accrued_due"], over["yield_percent"], over["days_left"]) == (0, None, 0)


def test_no_bond_gives_the_columns():
    assert weighed_bonds(drawn("bond_rows", "trade_id", BOND_TYPES)).schema == BONDS


money = st.integers(1, 10**13).map(lambda cents: Decimal(cents).scaleb(-2))
small = st.integers(1, 10**10).map(lambda part: Decimal(part).scaleb(-4))
rate = st.integers(100, 10**8).map(lambda part: Decimal(part).scaleb(-4))


def nearest(value: Fraction) -> Decimal:
    """Return cents, a half to the even neighbour, from an exact fraction."""
    whole = value * 100
    return Decimal(round(whole)).scaleb(-2).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


@given(st.lists(st.tuples(money, rate, rate, small, small, small), min_size=1, max_size=20))
def test_the_kernel_agrees_with_exact_fractions(deals):
    names = ("gross", "rate", "fee_bp", "price", "reference", "lot_size")
    columns = {name: [row[place] for row in deals] for place, name in enumerate(names)}
    count = len(deals)
    columns |= {"trade_id": [f"T{n}" for n in range(count)], "version": [1] * count, "usual_bp": [None] * count}
    columns |= {"quantity": columns["gross"], "fee_minimum": [Decimal("5.00")] * count}
    columns |= {"traded_at": [datetime(2026, 3, 31)] * count, "entered_at": [None] * count}
    empty = drawn("deal_rows", "trade_id", TYPES).schema
    rows = pa.Table.from_pylist(
        [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)], empty
    )
    for row, said in zip(deals, weighed(rows).to_pylist(), strict=True):
        gross, rate, bp, price, reference, lot = map(Fraction, row)
        assert said["gross_eur"] == nearest(gross / rate)
        assert said["grid_fee"] == max(nearest(gross * bp / 10_000), Decimal("5.00"))
        assert said["beyond_lot"] == Decimal(row[0]) % Decimal(row[5])
        assert said["move_bp"] == nearest((min(price, reference * 10**6) - reference) / reference * 10_000)
