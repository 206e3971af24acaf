"""What an instalment should be: equal principal, equal totals, a last one, and one altered, by hand."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from bolib.scoring import schedules
from bolib.valuation import AMOUNT

RATE = pa.decimal128(18, 8)


def loan(*parts, lent="1200.00", rate="12", months=1, first=1, name="L1"):
    """Return instalments as the kernel takes them; parts are (principal, interest), in euro."""
    count = len(parts)
    columns = {
        "block": (["instalments"] * count, pa.string()),
        "key": ([f"{name} {first + n}" for n in range(count)], pa.string()),
        "loan_id": ([name] * count, pa.string()),
        "product": (["CAR"] * count, pa.string()),
        "instalment_no": ([first + n for n in range(count)], pa.int64()),
        "due_date": ([date(2025, 1 + n, 5) for n in range(count)], pa.date32()),
        "judged": ([True] * count, pa.bool_()),
        "lent": ([Decimal(lent)] * count, AMOUNT),
        "rate": ([Decimal(rate)] * count, RATE),
        "months": ([months] * count, pa.int64()),
        "principal": ([Decimal(part[0]) for part in parts], AMOUNT),
        "interest": ([Decimal(part[1]) for part in parts], AMOUNT),
    }
    return pa.table({name: pa.array(*column) for name, column in columns.items()})


def apart(*parts, **terms):
    """Return in euro how far each instalment is from its schedule."""
    return [None if value is None else float(value) for value in schedules(loan(*parts, **terms))["amount"].to_pylist()]


def test_equal_parts_of_principal_bear_one_percent_a_month_of_what_is_left():
    """1,200 at 12 % a year in parts of 400: 12, 8 and 4. Of the first principal nothing says what it should be but
    itself: it is reckoned from what is left, 1,200, and no instalment but a sole one is due so."""
    found = schedules(loan(("400.00", "12.00"), ("400.00", "8.00"), ("400.00", "4.00")))
    assert found["due_interest"].to_pylist() == [Decimal("12.00"), Decimal("8.00"), Decimal("4.00")]
    assert [float(value) for value in found["amount"].to_pylist()[1:]] == [0.0, 0.0]


def test_equal_totals_and_the_last_one_that_clears_are_as_due():
    """1,200 at 12 % in three of 408.03: 12.00, 8.04 and 4.04 of interest; the last principal is what is left."""
    assert apart(("396.03", "12.00"), ("399.99", "8.04"), ("403.98", "4.04"))[1:] == [0.0, 0.0]


def test_an_interest_or_a_principal_altered_is_told_by_how_much_and_does_not_spoil_the_next():
    parts = [("100.00", f"{12 - n}.00") for n in range(8)]
    wrong = [*parts[:4], ("100.00", "80.00"), *parts[5:]]
    assert apart(*wrong)[1:] == [0, 0, 0, 72.0, 0, 0, 0]
    found = apart(*parts[:4], ("130.00", "8.00"), ("100.00", "6.70"), ("100.00", "5.70"), ("100.00", "4.70"))
    assert found[1:] == [0, 0, 0, 30.0, 0, 0, 0]


def test_a_part_of_a_schedule_is_reckoned_from_the_instalment_before():
    assert apart(("100.00", "8.00"), ("100.00", "7.00"), ("100.00", "6.50"), first=5) == [None, 0.0, 0.5]


def test_a_quarter_bears_three_months():
    """1,200 at 12 % a quarter: 36.00, then 27.00 on 900."""
    assert apart(("300.00", "36.00"), ("300.00", "27.00"), ("300.00", "19.00"), months=3)[1:] == [0.0, 1.0]


def test_no_instalment_is_no_row():
    assert schedules(loan()).num_rows == 0


@given(st.lists(st.integers(1, 40), min_size=2, max_size=9), st.integers(0, 2000), st.randoms())
def test_loans_in_any_order_give_what_each_gives_alone(parts, rate, draw):
    drawn = [
        loan(*((f"{part}.00", f"{part % 7}.00") for part in parts[n:]), rate=str(Decimal(rate) / 100), name=f"L{n}")
        for n in range(2)
    ]
    rows = pa.concat_tables(drawn)
    order = list(range(rows.num_rows))
    draw.shuffle(order)
    alone = pa.concat_tables([schedules(rows) for rows in drawn])
    assert schedules(rows.take(pa.array(order))).to_pylist() == alone.to_pylist()
