"""UNEXPLAINED can fail: what attribution does not see, the total still holds, and the difference shows."""

from decimal import Decimal

import pyarrow.compute as pc
import pytest
from small import lines, small_day

from bolib import pnl, valuation

BOOKS = """
    book | desk | trader | currency | cost_method | fees_in_cost
    CASH | EQ   | ann    | EUR      | FIFO        | false
"""
OPENING = """
    book | isin | trade_id | opened_on  | quantity | cost    | currency
    CASH | A    | T0       | 2026-01-05 | 100      | 1000.00 | EUR
    CASH | B    | T0       | 2026-01-05 | 1000     | 980.00  | EUR
"""


def a_day():
    """100 A at 11, split 7 for 1 on the 30th, then at 1.60; 1,000 B whose coupon of 2 % is paid on the 30th;
    a buy of 10 A at 1.55 with a fee of 3.
    """
    return small_day(
        "2026-03-30",
        books=BOOKS,
        opening_lots=OPENING,
        instruments="""
        isin | name | asset_class | currency | quotation | multiplier
        A    | Ay   | EQUITY      | EUR      | UNIT      | 1
        B    | Be   | BOND        | EUR      | PERCENT   | 1
    """,
        prices="""
        date       | isin | price | currency
        2026-03-27 | A    | 11    | EUR
        2026-03-30 | A    | 1.60  | EUR
        2026-03-27 | B    | 98    | EUR
        2026-03-30 | B    | 98    | EUR
    """,
        corporate_actions="""
        ca_id | isin | type | ex_date    | amount | currency | ratio_new | ratio_old
        S1    | A    | SPLF | 2026-03-30 |        |          | 7         | 1
        C1    | B    | INTR | 2026-03-30 | 2      | EUR      |           |
    """,
        trades="""
        trade_id | book | isin | side | quantity | price | fees | net_amount | trade_date
        T1       | CASH | A    | BUY  | 10       | 1.55  | 3.00 | 18.50      | 2026-03-30
    """,
    )


def without(column: str, value):
    """Return a blindness: the marks show `value` in a column, as if the event had not been."""

    def blind(flows, marks):
        kind = marks.schema.field(column).type
        shown = pc.cast(pc.if_else(pc.is_valid(marks[column]), Decimal(value), Decimal(value)), kind)
        return flows, marks.set_column(marks.schema.get_field_index(column), column, shown)

    return blind


def without_fees(flows, marks):
    """Return the flows with their fees at zero."""
    none = pc.cast(pc.subtract(flows["fees"], flows["fees"]), flows.schema.field("fees").type)
    return flows.set_column(flows.schema.get_field_index("fees"), "fees", none), marks


def without_deals(flows, marks):
    """Return the opening positions alone."""
    return flows.filter(pc.equal(flows["kind"], "OPEN")), marks


def test_nothing_is_unexplained_when_everything_is_seen():
    """700 x 1.60 - 1,100 = 20; coupon 20; 10 x 1.60 - 15.50 = 0.50; fee 3."""
    assert lines(a_day(), "2026-03-30") == {"CARRY": "20.00", "FEES": "-3.00", "NEW": "0.50", "PRICE": "20.00"}


@pytest.mark.parametrize(
    ("blind", "unexplained"),
    [
        (without("split_new", "1"), "960.00"),  # 600 units at 1.60 appear from nowhere
        (without("coupon", "0"), "20.00"),
        (without_fees, "-3.00"),
        (without_deals, "-2.50"),  # 0.50 of the deal less its fee
    ],
    ids=["split", "coupon", "fee", "trade"],
)
def test_what_attribution_does_not_see_is_unexplained(blind, unexplained):
    *steps, (needed, kernel, into) = pnl.STEPS
    assert kernel is valuation.attribute
    blinded = (*steps, (needed, lambda *tables: kernel(*blind(*tables)), into))
    assert lines(a_day(), "2026-03-30", steps=blinded)["UNEXPLAINED"] == unexplained
