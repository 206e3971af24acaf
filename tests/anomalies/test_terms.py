"""Which deals are weighed: the recent ones, those a control looks back to, and those that still use a limit."""

import pytest
from drawn_day import drawn_day

from bolib.anomalies import orders, terms
from bolib.findings import breaches_of

BOND, SHARE = "FR0000571218", "FR0099Z00116"
DAY = {
    "books": "book | currency\nGOV | EUR",
    "instruments": f"""
        isin    | asset_class | currency | quotation | multiplier | coupon_rate | coupon_frequency | day_count | maturity_date
        {BOND}  | BOND        | EUR      | PERCENT   | 1          | 5.5         | 1                | ACT/ACT   | 2029-04-25
        {SHARE} | EQUITY      | EUR      | UNIT      | 1          |             |                  |           |
    """,
    "fx_rates": "date | currency | rate\n2026-01-30 | USD | 1.19",
    "prices": f"date | isin | source | price | currency\n2026-01-29 | {BOND} | CLOSE | 105 | EUR",
    "limits": "subject | kind | valid_from | amount | currency\nLEI | UNSETTLED | 2026-01-01 | 1000.00 | EUR",
}


def told(control, settled, **thresholds):
    """Return what is found of two deals entered 42 business days ago, at a price that makes no sense."""
    deals = "\n".join(
        f"{name} | 1 | NEW | GOV | {isin} | BUY | 1000 | 20 | {gross} | EUR | 2026-01-30 | {settled} | LEI | 2026-01-30 09:00"
        for name, isin, gross in (("B", BOND, "200.00"), ("S", SHARE, "20000.00"))
    )
    head = "trade_id | version | action | book | isin | side | quantity | price | gross_amount | currency"
    trades = f"{head} | trade_date | settlement_date | counterparty | entered_at\n{deals}"
    day = drawn_day("anomalies", "2026-03-31", {control: thresholds}, trades=trades, **DAY)
    terms.prepare(day)
    orders.prepare(day)
    item = next(item for item in day.controls if item.id == control)
    return [breach.key for breach in breaches_of(day, item)]


@pytest.mark.parametrize("control", ["COH-24", "COH-25"])
def test_a_control_that_looks_further_back_than_deals_are_weighed_loses_none(control):
    assert told(control, "2026-02-03") == []
    assert told(control, "2026-02-03", looked_back_days=60) == ["B"]


def test_a_deal_entered_long_ago_still_uses_its_limit_until_it_settles():
    """What is dealt to settle months later is what a limit on the unsettled is for."""
    assert told("ORD-08", "2026-06-30") == ["LEI UNSETTLED deals not yet settled"]
    assert told("ORD-08", "2026-03-31") == []
